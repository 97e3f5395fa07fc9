"""Gives Python its own import statement back, which PySide6 replaces by one that reads the source of every module.

PySide6 looks in the source of whatever is imported after it, to learn whether `from __feature__ import snake_case` or
its like may matter there, and `linecache` then keeps all those sources in memory. vpdesk uses no such feature. Without
the detour the window is there sooner and rests in less memory.
"""

import builtins

import PySide6.QtCore  # noqa: F401 - the detour begins with it


def undo() -> None:
    """Put the import statement of Python back in its place; does nothing under a PySide6 without the detour."""
    original = getattr(builtins, "__orig_import__", None)
    if original is not None:
        builtins.__import__ = original
