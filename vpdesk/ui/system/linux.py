"""Linux: logind, UPower and the screen savers, over D-Bus; a bus or service that is absent is silent."""

import os
from collections.abc import Callable
from functools import partial
from typing import Any, Final

from PySide6.QtCore import SLOT, QCoreApplication, QObject, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusObjectPath, QDBusPendingCallWatcher, QDBusVariant

from vpdesk.ui.system.port import Away

LOGIND: Final = "org.freedesktop.login1"
UPOWER: Final = "org.freedesktop.UPower"
SAVERS: Final = ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver")
_MANAGER: Final = "/org/freedesktop/login1"
_LID: Final = "/org/freedesktop/UPower"
_PROPERTIES: Final = "org.freedesktop.DBus.Properties"
_PATIENCE: Final = 5000
_REASON: Final = "Bewaart eerst wat u typt"
# Only a change into one of these counts: a laptop in a dock works with its lid closed.
_TELLS: Final = {"Active": (False, Away.SWITCHED), "LockedHint": (True, Away.LOCKED), "LidIsClosed": (True, Away.LID)}


class LinuxWatch(QObject):
    """Hears the signals of the system and the session bus, and holds an inhibitor that delays sleep.

    Questions are asked without waiting, so that a service that hangs does not hold up the window. The inhibitor is a
    file descriptor that closes with the process, also when the process is replaced.
    """

    def __init__(self, system: QDBusConnection | None = None, session: QDBusConnection | None = None) -> None:
        super().__init__()
        self._system = system or QDBusConnection.systemBus()
        self._session = session or QDBusConnection.sessionBus()
        self._away: Callable[[Away], None] | None = None
        self._heard: list[tuple[QDBusConnection, tuple[str, str, str, str], Any]] = []
        self._known: dict[str, bool] = {}
        self._session_path = ""
        self._inhibitor = -1

    def start(self, away: Callable[[Away], None]) -> None:
        """Hear what there is; who is not there yet is heard when it comes."""
        self._away = away
        self._known.clear()
        if self._system.isConnected():
            self._hear(self._system, (LOGIND, _MANAGER, f"{LOGIND}.Manager", "PrepareForSleep"), "will_sleep(bool)")
            self._hear(self._system, (UPOWER, _LID, _PROPERTIES, "PropertiesChanged"), "look_at_lid()")
            self._ask(_MANAGER, f"{LOGIND}.Manager", "Inhibit", ("sleep", "vpdesk", _REASON, "delay"), self._hold)
            self._ask(_MANAGER, f"{LOGIND}.Manager", "GetSession", ("auto",), self._found, self._find_by_name)
            self.look_at_lid()
        if self._session.isConnected():
            for saver in SAVERS:  # the path differs between desktops
                self._hear(self._session, (saver, "", saver, "ActiveChanged"), "screen_saver(bool)")

    def stop(self) -> None:
        """Hear nothing more and let sleep begin."""
        self._away = None
        for bus, what, slot in self._heard:
            bus.disconnect(*what, self, slot)
        self._heard.clear()
        if self._inhibitor >= 0:
            os.close(self._inhibitor)
            self._inhibitor = -1

    @Slot(bool)
    def will_sleep(self, starts: bool) -> None:
        """Hear that the laptop goes to sleep, or that it woke up."""
        if starts:
            self._tell(Away.SLEEP)

    @Slot()
    def locked(self) -> None:
        """Hear that the session should lock."""
        self._tell(Away.LOCKED)

    @Slot(bool)
    def screen_saver(self, active: bool) -> None:
        """Hear that the screen saver began or ended."""
        if active:
            self._tell(Away.LOCKED)

    @Slot()
    def look_at_lid(self) -> None:
        """Ask whether the lid is closed."""
        self._look(UPOWER, _LID, UPOWER, "LidIsClosed")

    @Slot()
    def look_at_session(self) -> None:
        """Ask whether this session is the one in front, and whether it is locked."""
        for name in ("Active", "LockedHint"):
            self._look(LOGIND, self._session_path, f"{LOGIND}.Session", name)

    def _hear(self, bus: QDBusConnection, what: tuple[str, str, str, str], slot: str) -> None:
        signature: Any = SLOT(slot)  # the stubs ask for bytes, the call for str
        bus.connect(*what, self, signature)
        self._heard.append((bus, what, signature))

    def _ask(
        self,
        path: str,
        interface: str,
        method: str,
        arguments: tuple[str, ...],
        answered: Callable[[Any], None],
        refused: Callable[[], None] = lambda: None,
        *,
        service: str = LOGIND,
    ) -> None:
        question = QDBusMessage.createMethodCall(service, path, interface, method)
        question.setArguments(list(arguments))
        # Not a child of the watch: what waits for an answer keeps the watch alive, and may be the last that does.
        waiting = QDBusPendingCallWatcher(self._system.asyncCall(question, _PATIENCE), QCoreApplication.instance())

        def come(_finished: object) -> None:
            if not waiting.isError() and (found := waiting.reply().arguments()):
                answered(found[0])
            elif self._away is not None:
                refused()
            waiting.deleteLater()

        waiting.finished.connect(come)

    def _look(self, service: str, path: str, interface: str, name: str) -> None:
        self._ask(path, _PROPERTIES, "Get", (interface, name), partial(self._learn, name), service=service)

    def _learn(self, name: str, answer: QDBusVariant) -> None:
        value, before = bool(answer.variant()), self._known.get(name)
        self._known[name] = value
        counts, why = _TELLS[name]
        if before is not None and before != value and value is counts:
            self._tell(why)

    def _hold(self, inhibitor: Any) -> None:
        descriptor = inhibitor.takeFileDescriptor()
        if self._away is None:
            os.close(descriptor)
        else:
            self._inhibitor = descriptor

    def _find_by_name(self) -> None:
        """Ask an older logind, which does not know *auto*."""
        name = os.environ.get("XDG_SESSION_ID", "")
        self._ask(_MANAGER, f"{LOGIND}.Manager", "GetSession", (name,), self._found)

    def _found(self, session: QDBusObjectPath) -> None:
        if self._away is None:
            return
        self._session_path = session.path()
        self._hear(self._system, (LOGIND, self._session_path, f"{LOGIND}.Session", "Lock"), "locked()")
        self._hear(self._system, (LOGIND, self._session_path, _PROPERTIES, "PropertiesChanged"), "look_at_session()")
        self.look_at_session()

    def _tell(self, why: Away) -> None:
        if self._away is not None:
            self._away(why)
