"""The port: the user left the laptop, as the system tells it; chooses the way of this platform."""

import sys
from collections.abc import Callable
from enum import Enum
from typing import Protocol


class Away(Enum):
    """How the user left; the value ends the sentence *Om 14:05, …* on the lock screen."""

    LOCKED = "toen uw scherm op slot ging"
    SLEEP = "toen de laptop in slaap ging"
    LID = "toen de laptop dichtging"
    SWITCHED = "toen de laptop naar een andere gebruiker ging"


class SystemWatch(Protocol):
    """Tells that the user left. A system that can't tell is silent: idle time and Ctrl+L remain."""

    def start(self, away: Callable[[Away], None]) -> None:
        """Tell from now on, and where the platform allows hold sleep up until `stop` or the end of the process."""

    def stop(self) -> None:
        """Tell no more; what was to be written is written or can't be, so sleep need not wait."""


def here(window: int) -> SystemWatch:
    """Return the way of this platform, not started; `window` is the native handle of the main window."""
    if sys.platform == "win32":
        from vpdesk.ui.system.windows import WindowsWatch  # noqa: PLC0415 - of this platform only

        return WindowsWatch(window)
    if sys.platform == "darwin":
        from vpdesk.ui.system.macos import MacWatch  # noqa: PLC0415 - idem

        return MacWatch()
    from vpdesk.ui.system.linux import LinuxWatch  # noqa: PLC0415 - idem

    return LinuxWatch()
