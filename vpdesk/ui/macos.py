"""The few calls to macOS that Qt has no name for, through the Objective-C runtime."""

import ctypes
import ctypes.util
from collections.abc import Iterable
from typing import Any, Final

SHARING_NONE: Final = 0
SHARING_READ_ONLY: Final = 1


class ObjectiveC:
    """Sends messages; every argument is a pointer or a whole number as wide as one."""

    def __init__(self, library: Any | None = None) -> None:
        self._library = library or ctypes.CDLL(ctypes.util.find_library("objc"))
        self._library.objc_getClass.restype = ctypes.c_void_p
        self._library.objc_getClass.argtypes = [ctypes.c_char_p]
        self._library.sel_registerName.restype = ctypes.c_void_p
        self._library.sel_registerName.argtypes = [ctypes.c_char_p]

    def kind(self, name: str) -> Any:
        """Return a class."""
        return self._library.objc_getClass(name.encode())

    def send(self, receiver: Any, message: str, *arguments: Any) -> Any:
        """Send a message and return its answer, a pointer."""
        kinds = [ctypes.c_char_p if isinstance(given, bytes) else ctypes.c_void_p for given in arguments]
        # Apple's processors pass the arguments of a variadic call elsewhere, so each call says what it is.
        form = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, *kinds)
        call = ctypes.cast(self._library.objc_msgSend, form)
        return call(receiver, self._library.sel_registerName(message.encode()), *arguments)


def set_sharing(view: int, sharing: int) -> None:
    """Say whether other programs may read the window in which a view stands."""
    runtime = ObjectiveC()
    window = runtime.send(view, "window")
    if window:
        runtime.send(window, "setSharingType:", sharing)


def declare_on_pasteboard(names: Iterable[str]) -> None:
    """Add types without content to what is on the pasteboard, for clipboard managers that look for them."""
    runtime = ObjectiveC()
    board = runtime.send(runtime.kind("NSPasteboard"), "generalPasteboard")
    empty = runtime.send(runtime.kind("NSData"), "data")
    for name in names:
        word = runtime.send(runtime.kind("NSString"), "stringWithUTF8String:", name.encode())
        types = runtime.send(runtime.kind("NSArray"), "arrayWithObject:", word)
        runtime.send(board, "addTypes:owner:", types, None)
        runtime.send(board, "setData:forType:", empty, word)
