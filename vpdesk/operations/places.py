"""Where backups go until the user chooses a place; apart, so that asking it loads nothing."""

from pathlib import Path


def usual_place(folder: Path) -> Path:
    """Return the folder for backups beside a vault's folder."""
    folder = folder.resolve()  # `.` has no name of its own
    return folder.with_name("reservekopieen" if folder.name == "kluis" else f"{folder.name}-reservekopieen")
