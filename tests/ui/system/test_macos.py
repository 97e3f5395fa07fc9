"""What the notifications of macOS mean, and what is asked of the Objective-C runtime; macOS itself is not here."""

from __future__ import annotations

import ctypes
from typing import Any

import pytest

from vpdesk.ui.system.macos import MacWatch, meaning
from vpdesk.ui.system.port import Away


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("com.apple.screenIsLocked", Away.LOCKED),
        ("com.apple.screenIsUnlocked", None),
        ("NSWorkspaceWillSleepNotification", Away.SLEEP),
        ("NSWorkspaceDidWakeNotification", None),
        ("NSWorkspaceSessionDidResignActiveNotification", Away.SWITCHED),
        ("NSWorkspaceSessionDidBecomeActiveNotification", None),
        ("", None),
    ],
)
def test_notifications_mean_what_the_documentation_says(name: str, why: Away | None) -> None:
    assert meaning(name) is why


class Function:
    """A C function: it has result and argument types, and is called."""

    def __init__(self, does: Any) -> None:
        self.does, self.restype, self.argtypes = does, None, None

    def __call__(self, *arguments: Any) -> Any:
        plain = [getattr(a, "value", a) for a in arguments]
        return self.does(*plain)


class Runtime:
    """In the place of libobjc: classes, selectors and objects are numbers that stand for a text."""

    def __init__(self) -> None:
        self.texts: list[str] = [""]
        self.sent: list[str] = []
        self.method: Any = None
        self.objc_getClass = Function(lambda name: self.number(name.decode()))
        self.sel_registerName = Function(lambda name: self.number(name.decode()))
        self.objc_allocateClassPair = Function(lambda _parent, name, _extra: self.number(name.decode()))
        self.objc_registerClassPair = Function(lambda _kind: None)
        self.class_addMethod = Function(self.add)
        self.objc_msgSend = Function(self.send)

    def number(self, text: str) -> int:
        self.texts.append(text)
        return len(self.texts) - 1

    def add(self, _kind: int, selector: int, method: Any, types: bytes) -> bool:
        assert types == b"v@:@"
        assert self.texts[selector] == "heard:"
        self.method = method
        return True

    def send(self, receiver: int, selector: int, *arguments: Any) -> Any:
        to, what = self.texts[receiver], self.texts[selector]
        if what == "UTF8String":
            return to.encode()
        if what == "stringWithUTF8String:":
            return self.number(arguments[0].decode())
        if what.startswith("addObserver"):
            self.sent.append(f"{to} {self.texts[arguments[2]]}")
            assert self.texts[arguments[0]] == "VpdeskWatch"
            return None
        return receiver

    def post(self, name: str) -> None:
        self.method(0, 0, ctypes.c_void_p(self.number(name)))


def test_each_notification_is_observed_where_it_is_posted_and_told_while_watching() -> None:
    runtime, told = Runtime(), list[Away]()
    watch = MacWatch(runtime)
    watch.start(told.append)
    assert runtime.sent == [
        "NSDistributedNotificationCenter com.apple.screenIsLocked",
        "NSWorkspace NSWorkspaceWillSleepNotification",
        "NSWorkspace NSWorkspaceSessionDidResignActiveNotification",
    ]
    runtime.post("NSWorkspaceWillSleepNotification")
    runtime.post("NSWorkspaceDidWakeNotification")
    assert told == [Away.SLEEP]
    watch.stop()
    runtime.post("com.apple.screenIsLocked")
    assert told == [Away.SLEEP]
    watch.start(told.append)
    assert len(runtime.sent) == 3, "observed once, however often it starts"
    runtime.post("com.apple.screenIsLocked")
    assert told == [Away.SLEEP, Away.LOCKED]
