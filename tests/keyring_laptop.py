"""A laptop whose keyring daemon can be locked, stopped, killed and started again, on a bus that outlives it."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tools.session import BUS_CONFIG, PATIENCE, _owned, home_environment, stop

if TYPE_CHECKING:
    from collections.abc import Iterator

DAEMON = ("gnome-keyring-daemon", "--foreground", "--components=secrets", "--unlock")


class Laptop:
    """One bus and at most one daemon; `environment` is for whoever asks it."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment
        self._daemon: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the daemon, which finds the keyring of before."""
        self._daemon = subprocess.Popen(
            DAEMON,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        assert self._daemon.stdin is not None
        with self._daemon.stdin as stdin:
            stdin.write(b"\n")
        self._wait(owned=True)

    def kill(self) -> None:
        """End the daemon at once; its bus goes on."""
        assert self._daemon is not None
        self._daemon.kill()
        self._daemon.wait(PATIENCE)
        self._daemon = None
        self._wait(owned=False)

    def freeze(self) -> None:
        """Let the daemon hear questions and answer none."""
        assert self._daemon is not None
        self._daemon.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        assert self._daemon is not None
        self._daemon.send_signal(signal.SIGCONT)

    def lock(self) -> None:
        """Lock the keyring; on this bus nobody can show the question that would unlock it."""
        import secretstorage  # noqa: PLC0415 - only tests of the keyring need it

        with contextlib.closing(secretstorage.dbus_init()) as bus:
            secretstorage.get_default_collection(bus).lock()

    def end(self) -> None:
        """Leave no daemon behind."""
        if self._daemon is not None:
            self.thaw()
            stop(self._daemon)

    def _wait(self, *, owned: bool) -> None:
        end = time.monotonic() + PATIENCE
        while _owned(self.environment) is not owned:
            assert time.monotonic() < end, "the daemon did not start or end"
            select.select([], [], [], 0.05)


@contextlib.contextmanager
def laptop() -> Iterator[Laptop]:
    """Yield a laptop with a running, unlocked keyring; everything is stopped and removed at the end."""
    with tempfile.TemporaryDirectory(prefix="vpd-", ignore_cleanup_errors=True) as folder:
        root = Path(folder)
        environment = home_environment(root, os.environ)
        socket, config = root / "run/bus", root / "bus.conf"
        config.write_text(BUS_CONFIG.format(socket=socket), encoding="utf-8")
        environment["DBUS_SESSION_BUS_ADDRESS"] = f"unix:path={socket}"
        bus = subprocess.Popen(
            ["dbus-daemon", f"--config-file={config}", "--nofork", "--nopidfile"],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        made = Laptop(environment)
        try:
            made.start()
            yield made
        finally:
            made.end()
            stop(bus)
