"""Finds the files of the top-level `resources` folder, in a source checkout and in a frozen bundle."""

import sys
from pathlib import Path


def resource_path(*parts: str) -> Path:
    """The path of `resources/<parts>`; it is not checked that a file is there.

    A PyInstaller bundle unpacks its data beside the program and says where in `sys._MEIPASS`; in a checkout `resources`
    lies next to the package.
    """
    bundle = getattr(sys, "_MEIPASS", None)
    root = Path(bundle) if bundle is not None else Path(__file__).resolve().parent.parent
    return root.joinpath("resources", *parts)
