"""macOS: the notifications of a locked screen, sleep and another user, through the Objective-C runtime.

Never run on macOS: only the decoding of names, and what is asked of the runtime, were tested. A closed lid puts a Mac
to sleep, so it has no notification of its own.
Sources: developer.apple.com, *NSWorkspace*, *NSDistributedNotificationCenter*, *Objective-C Runtime*.
"""

import ctypes
import ctypes.util
from collections.abc import Callable
from typing import Any, Final

from vpdesk.ui.system.port import Away

_MEANS: Final = {
    "com.apple.screenIsLocked": Away.LOCKED,
    "NSWorkspaceWillSleepNotification": Away.SLEEP,
    "NSWorkspaceSessionDidResignActiveNotification": Away.SWITCHED,
}
_APPKIT: Final = "/System/Library/Frameworks/AppKit.framework/AppKit"
_HEARD: Final = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)


def meaning(name: str) -> Away | None:
    """Return what the notification of that name tells, None when it is about something else."""
    return _MEANS.get(name)


class MacWatch:
    """An Objective-C object with one method, which hears the notifications on the main thread."""

    def __init__(self, runtime: Any = None) -> None:
        """Load the runtime and AppKit, unless a runtime is given."""
        if runtime is None:
            ctypes.CDLL(_APPKIT)
            runtime = ctypes.CDLL(ctypes.util.find_library("objc"))
        for function in (runtime.objc_getClass, runtime.sel_registerName, runtime.objc_allocateClassPair):
            function.restype = ctypes.c_void_p
        self._runtime = runtime
        self._away: Callable[[Away], None] | None = None
        self._method = _HEARD(self._hear)  # kept: the runtime holds no reference to it
        self._observer: Any = None

    def start(self, away: Callable[[Away], None]) -> None:
        """Tell from now on."""
        self._away = away
        if self._observer is None:
            self._observer = self._made()
            self._observe()

    def stop(self) -> None:
        """Tell no more; the observer stays, since a class can't be given back while it has one."""
        self._away = None

    def _observe(self) -> None:
        workspace = self._send(self._send(self._class("NSWorkspace"), "sharedWorkspace"), "notificationCenter")
        everywhere = self._send(self._class("NSDistributedNotificationCenter"), "defaultCenter")
        for name in _MEANS:
            centre = everywhere if name.startswith("com.apple.") else workspace
            self._send(centre, "addObserver:selector:name:object:", *self._observing(name))

    def _hear(self, _observer: int, _selector: int, notification: int) -> None:
        name = self._send(notification, "name")
        text = self._send(name, "UTF8String", answer=ctypes.c_char_p)
        why = meaning((text or b"").decode("utf-8", "replace"))
        if why is not None and self._away is not None:
            self._away(why)

    def _made(self) -> Any:
        runtime = self._runtime
        pair = runtime.objc_allocateClassPair(
            ctypes.c_void_p(self._class("NSObject")), b"VpdeskWatch", ctypes.c_size_t(0)
        )
        kind = ctypes.c_void_p(pair)
        runtime.class_addMethod(kind, ctypes.c_void_p(self._selector("heard:")), self._method, b"v@:@")
        runtime.objc_registerClassPair(kind)
        return self._send(self._send(pair, "alloc"), "init")

    def _observing(self, name: str) -> tuple[Any, ...]:
        text = self._send(self._class("NSString"), "stringWithUTF8String:", ctypes.c_char_p(name.encode()))
        return tuple(map(ctypes.c_void_p, (self._observer, self._selector("heard:"), text, None)))

    def _class(self, name: str) -> Any:
        return self._runtime.objc_getClass(name.encode())

    def _selector(self, name: str) -> Any:
        return self._runtime.sel_registerName(name.encode())

    def _send(self, receiver: Any, selector: str, *arguments: Any, answer: Any = ctypes.c_void_p) -> Any:
        send = self._runtime.objc_msgSend
        send.restype = answer
        send.argtypes = [ctypes.c_void_p, ctypes.c_void_p, *(type(argument) for argument in arguments)]
        return send(receiver, self._selector(selector), *arguments)
