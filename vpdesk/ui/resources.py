"""Where the files that come with the program stand."""

import sys
from pathlib import Path


def resource(*parts: str) -> Path:
    """Return the path of a file under `resources/`, in the source tree and in a bundle."""
    bundle = getattr(sys, "_MEIPASS", None)
    root = Path(bundle) if bundle else Path(__file__).resolve().parents[2]
    return root.joinpath("resources", *parts)
