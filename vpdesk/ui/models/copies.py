"""A backup as the window speaks of it; apart from the table that lists them, which few sessions open."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from vpdesk.domain.attachments import Beside


@dataclass(frozen=True, slots=True)
class CopyLine:
    """One copy; `problem` is empty when it is whole, `slot_id` tells the vault which words open it.

    One of a practice vault is `free`: it takes no words, and nothing that left the house stands in it. `beside` is what
    is known of its attachments.
    """

    path: Path
    made: datetime
    size: int
    problem: str = ""
    slot_id: str = ""
    free: bool = False
    beside: Beside | None = None


def place_of(folder: Path, vault: Path) -> tuple[str, str]:
    """Return the word and the icon for the folder in which copies stand."""
    if folder.is_relative_to(vault.parent):
        return "Deze laptop", "laptop"
    return folder.name or str(folder), "usb"
