"""Keeps Python's constants alive under a PySide6 that drops references to them.

PySide6 6.12.0 is built for Pythons whose constants are immortal, as they are from 3.12 on. On 3.11 each call that
returns None takes one reference to None away, and each emitted signal one to True; after some hundreds or thousands of
events the last one is gone and the interpreter aborts (`none_dealloc`). Here they get more references than a program
can use up in years.
"""

import ctypes
import sys
from typing import Final

PLENTY: Final = 1 << 40
_CONSTANTS: Final = (None, True, False, NotImplemented, ...)


def keep() -> None:
    """Give the constants references to spare, once; does nothing where they are immortal."""
    if sys.version_info >= (3, 12) or sys.implementation.name != "cpython":
        return
    for constant in _CONSTANTS:
        if sys.getrefcount(constant) < PLENTY // 2:
            # In a release build the count is the first word of an object.
            count = ctypes.c_ssize_t.from_address(id(constant))
            if abs(count.value - sys.getrefcount(constant)) < 100:  # so it is where we think it is
                count.value += PLENTY
