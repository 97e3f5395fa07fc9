"""Waiting in a window: for as long as a busy machine may need, which costs nothing when what is waited for comes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pytestqt.qtbot import QtBot

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST: Final = 60_000
"""Milliseconds."""


class PatientBot(QtBot):
    """Waits so long unless a test names another time."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = LONGEST) -> None:  # noqa: N802 - of Qt
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: Any, *, timeout: int = LONGEST, **named: Any) -> Any:  # noqa: N802 - idem
        return super().waitSignal(signal, timeout=timeout, **named)

    def waitExposed(self, widget: Any, *, timeout: int = LONGEST) -> Any:  # noqa: N802 - idem
        return super().waitExposed(widget, timeout=timeout)
