"""A private bus with a logind, a UPower or a screen saver on it that do as a test says."""

from __future__ import annotations

import contextlib
import os
import select
import subprocess
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

from jeepney import DBusAddress, HeaderFields, MatchRule, MessageType, new_error, new_method_return, new_signal
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection as open_alone
from jeepney.io.threading import DBusConnection, ReceiveStopped, open_dbus_connection

from tools.session import BUS_CONFIG, BUS_NAME, PATIENCE, home_environment, stop

if TYPE_CHECKING:
    from collections.abc import Iterator

LOGIND: Final = "org.freedesktop.login1"
MANAGER: Final = "/org/freedesktop/login1"
SESSION: Final = "/org/freedesktop/login1/session/_37"
UPOWER: Final = "org.freedesktop.UPower"
PROPERTIES: Final = "org.freedesktop.DBus.Properties"
SAVERS: Final = {
    "org.freedesktop.ScreenSaver": "/org/freedesktop/ScreenSaver",
    "org.gnome.ScreenSaver": "/org/gnome/ScreenSaver",
}


@contextlib.contextmanager
def private_bus() -> Iterator[str]:
    """A message bus on which nobody is yet; yields its address."""
    with tempfile.TemporaryDirectory(prefix="vpb-") as folder:
        socket, config = Path(folder) / "bus", Path(folder) / "bus.conf"
        config.write_text(BUS_CONFIG.format(socket=socket), encoding="utf-8")
        command = ["dbus-daemon", f"--config-file={config}", "--nofork", "--print-address=1"]
        daemon = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True)
        try:
            assert daemon.stdout is not None
            ready, _, _ = select.select([daemon.stdout], [], [], PATIENCE)
            assert ready, "dbus-daemon did not start"
            yield daemon.stdout.readline().decode().strip()
        finally:
            stop(daemon)
            assert daemon.stdout is not None
            daemon.stdout.close()


@contextlib.contextmanager
def secret_service(address: str, root: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A gnome-keyring on that bus, unlocked, which keeps its secrets under `root`; yields the daemon, to be killed."""
    environment = {**home_environment(root), "DBUS_SESSION_BUS_ADDRESS": address}
    command = ["gnome-keyring-daemon", "--foreground", "--components=secrets", "--unlock"]
    daemon = subprocess.Popen(
        command,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        assert daemon.stdin is not None
        with daemon.stdin as stdin:
            stdin.write(b"\n")
        with open_alone(address) as connection:
            rule = MatchRule(
                type="signal", sender="org.freedesktop.DBus", member="NameOwnerChanged", path="/org/freedesktop/DBus"
            )
            with connection.filter(rule) as heard:
                connection.send_and_get_reply(message_bus.AddMatch(rule), timeout=PATIENCE)
                owned = connection.send_and_get_reply(message_bus.NameHasOwner(BUS_NAME), timeout=PATIENCE).body[0]
                while not owned:
                    owned = connection.recv_until_filtered(heard, timeout=PATIENCE).body[0] == BUS_NAME
        yield daemon
    finally:
        stop(daemon)


class Desktop:
    """Owns the names of the services on a bus, answers as they do, and emits their signals when asked."""

    def __init__(self, address: str, *names: str) -> None:
        self.properties: dict[str, Any] = {"Active": True, "LockedHint": False, "LidIsClosed": False}
        self.inhibited: list[tuple[Any, ...]] = []
        self.asked: list[str] = []
        self.sessions = {"auto"}
        self._reader = -1
        self._connection: DBusConnection = open_dbus_connection(address, enable_fds=True)
        self._names = names
        for name in names:
            self._connection.send(message_bus.RequestName(name))
        self._owned = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="desktop", daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._connection.interrupt()
        self._thread.join(PATIENCE)
        self._connection.close()
        if self._reader >= 0:
            os.close(self._reader)

    def owns_all(self) -> bool:
        """Whether the bus gave every name."""
        return self._owned >= len(self._names)

    def holds_sleep(self) -> bool:
        """Whether somebody has an inhibitor open, seen as logind sees it: by the other end of a pipe."""
        if self._reader < 0:
            return False
        poll = select.poll()
        poll.register(self._reader, select.POLLHUP)
        return not poll.poll(0)

    def lock(self) -> None:
        """As `loginctl lock-session` does."""
        self._emit(SESSION, f"{LOGIND}.Session", "Lock", "", ())

    def sleep(self, *, starts: bool = True) -> None:
        """Tell that the laptop will sleep, or woke up."""
        self._emit(MANAGER, f"{LOGIND}.Manager", "PrepareForSleep", "b", (starts,))

    def turn(self, name: str, value: object) -> None:
        """Give a property of the session or of UPower another value, and tell so as they do."""
        self.properties[name] = value
        if name == "LidIsClosed":
            self._emit(
                "/org/freedesktop/UPower",
                PROPERTIES,
                "PropertiesChanged",
                "sa{sv}as",
                (UPOWER, {name: ("b", value)}, []),
            )
        else:
            body = (f"{LOGIND}.Session", {name: ("b", value)}, [])
            self._emit(SESSION, PROPERTIES, "PropertiesChanged", "sa{sv}as", body)

    def save_screen(self, name: str, *, active: bool = True) -> None:
        """Have the screen saver of that name tell that it began or ended."""
        self._emit(SAVERS[name], name, "ActiveChanged", "b", (active,))

    def _emit(self, path: str, interface: str, name: str, signature: str, body: tuple[object, ...]) -> None:
        self._connection.send(new_signal(DBusAddress(path, interface=interface), name, signature or None, body))

    def _serve(self) -> None:
        while not self._ended.is_set():
            try:
                message = self._connection.receive()
            except (ReceiveStopped, OSError):  # stopped by the test, or the bus is gone
                return
            self._owned += message.header.message_type is MessageType.method_return
            if message.header.message_type is MessageType.method_call:
                self._answer(message)

    def _answer(self, message: Any) -> None:
        member = message.header.fields[HeaderFields.member]
        self.asked.append(member)
        if member == "GetSession" and message.body[0] in self.sessions:
            answer = new_method_return(message, "o", (SESSION,))
        elif member == "Get":
            answer = new_method_return(message, "v", (("b", self.properties[message.body[1]]),))
        elif member == "Inhibit":
            self.inhibited.append(message.body)
            if self._reader >= 0:
                os.close(self._reader)
            self._reader, writer = os.pipe()
            answer = new_method_return(message, "h", (writer,))
            self._connection.send(answer)
            os.close(writer)
            return
        else:
            answer = new_error(message, "org.freedesktop.DBus.Error.UnknownMethod")
        self._connection.send(answer)
