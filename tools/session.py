"""Private desktop parts for tests, pictures and measurements: a bus with a Secret Service, and a display."""

from __future__ import annotations

import contextlib
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PATIENCE: Final = 20.0
"""Seconds within which a daemon must answer; a slow machine needs well under two."""

BUS_NAME: Final = "org.freedesktop.secrets"

# No <servicedir>: nothing on this bus may start programs of the developer's desktop (another keyring, a
# prompter that waits for a person). What is not started here does not exist here.
BUS_CONFIG: Final = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""

KEYRING: Final = 'echo $$ >"$1"; shift; exec gnome-keyring-daemon --foreground --components=secrets "$@"'

INHERITED: Final = (
    "PATH",
    "LANG",
    "LC_ALL",
    "DISPLAY",
    "XAUTHORITY",
    "QT_QPA_PLATFORM",
    "COVERAGE_PROCESS_START",
    "COVERAGE_PROCESS_CONFIG",
)


class SessionError(RuntimeError):
    """A part of the private session did not start; the text says which."""


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a process that leads its own group, and everything in that group."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(5)


def home_environment(root: Path, inherited: Mapping[str, str] | None = None) -> dict[str, str]:
    """Environment of a user who just arrived: empty HOME and XDG folders under `root`, no keyring, no bus.

    Only what a program needs to run at all is taken from `inherited` (default: this process's environment).
    """
    source = os.environ if inherited is None else inherited
    environment = {name: source[name] for name in INHERITED if name in source}
    folders = {
        "HOME": root / "home",
        "XDG_DATA_HOME": root / "home/.local/share",
        "XDG_CONFIG_HOME": root / "home/.config",
        "XDG_CACHE_HOME": root / "home/.cache",
        "XDG_STATE_HOME": root / "home/.local/state",
        "XDG_RUNTIME_DIR": root / "run",
    }
    for name, folder in folders.items():
        folder.mkdir(parents=True, exist_ok=True)
        environment[name] = str(folder)
    folders["XDG_RUNTIME_DIR"].chmod(0o700)
    # A bus address that leads nowhere: without one, libraries look for the developer's own bus.
    environment["DBUS_SESSION_BUS_ADDRESS"] = f"unix:path={root / 'run' / 'no-bus'}"
    environment["DBUS_SYSTEM_BUS_ADDRESS"] = environment["DBUS_SESSION_BUS_ADDRESS"]
    return environment


def _owned(environment: Mapping[str, str]) -> bool:
    asked = subprocess.run(
        [
            "dbus-send",
            "--session",
            "--print-reply=literal",
            "--dest=org.freedesktop.DBus",
            "/org/freedesktop/DBus",
            "org.freedesktop.DBus.NameHasOwner",
            f"string:{BUS_NAME}",
        ],
        env=dict(environment),
        capture_output=True,
        check=False,
        timeout=PATIENCE,
    )
    return asked.returncode == 0 and b"true" in asked.stdout


@contextlib.contextmanager
def keyring_session(*, unlocked: bool = True, inherited: Mapping[str, str] | None = None) -> Iterator[dict[str, str]]:
    """A laptop of its own: empty HOME, private bus, and a gnome-keyring with one empty default collection.

    Yields the environment for processes that shall run on that laptop. With `unlocked=False` the Secret
    Service runs but has no collection and nobody who could answer a prompt. Everything is stopped and removed
    on exit.
    Raises SessionError when a part is missing or does not start.
    """
    for program in ("dbus-run-session", "dbus-daemon", "dbus-send", "gnome-keyring-daemon"):
        if shutil.which(program) is None:
            raise SessionError(f"{program} is not installed; `make test` installs it or names the command.")
    # Short on purpose: a socket's path may have 107 bytes.
    with tempfile.TemporaryDirectory(prefix="vpd-", ignore_cleanup_errors=True) as folder:
        root = Path(folder)
        environment = home_environment(root, inherited)
        socket = root / "run/bus"
        config = root / "bus.conf"
        config.write_text(BUS_CONFIG.format(socket=socket), encoding="utf-8")
        environment["DBUS_SESSION_BUS_ADDRESS"] = f"unix:path={socket}"
        keyring_id = root / "keyring.pid"
        command = [
            "dbus-run-session",
            f"--config-file={config}",
            "--",
            "sh",
            "-c",
            KEYRING,
            "sh",
            str(keyring_id),
        ]
        if unlocked:
            command.append("--unlock")
        with (root / "keyring.log").open("wb") as log:
            process = subprocess.Popen(
                command,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        try:
            if process.stdin is not None:
                with process.stdin as stdin:
                    stdin.write(b"\n")
            _wait_for_service(process, environment, root / "keyring.log")
            yield environment
        finally:
            # The keyring first: dbus-run-session then ends the bus itself, and nothing stays behind unreaped.
            with contextlib.suppress(OSError, ValueError):
                os.kill(int(keyring_id.read_text()), signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(5)
            stop(process)


def _wait_for_service(process: subprocess.Popen[bytes], environment: Mapping[str, str], log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while not _owned(environment):
        if process.poll() is not None or time.monotonic() > end:
            raise SessionError(f"gnome-keyring-daemon did not start: {log.read_text(errors='replace')[-400:]}")
        select.select([], [], [], 0.05)


@contextlib.contextmanager
def display(size: str = "1600x1000x24", framebuffer: Path | None = None) -> Iterator[str]:
    """A private X display without a window manager; yields its name, such as `:99`.

    With a folder as `framebuffer`, what is on the screen stands there in the file `Xvfb_screen0`, as XWD.
    Raises SessionError when Xvfb is missing or does not start.
    """
    if shutil.which("Xvfb") is None:
        raise SessionError("Xvfb is not installed; `make test` installs it or names the command.")
    reader, writer = os.pipe()
    command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", size, "-nolisten", "tcp", "-noreset"]
    if framebuffer is not None:
        command += ["-fbdir", str(framebuffer)]
    process = subprocess.Popen(
        command,
        pass_fds=[writer],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    os.close(writer)
    try:
        with os.fdopen(reader, "rb", buffering=0) as numbers:
            ready, _, _ = select.select([numbers], [], [], PATIENCE)
            # To the end of the line: the number and its newline come apart, and whoever hangs up between the two
            # makes Xvfb give up.
            number = numbers.readline().strip() if ready else b""
        if not number:
            raise SessionError("Xvfb did not start.")
        yield f":{int(number)}"
    finally:
        stop(process)


def stop_on_signals() -> None:
    """Let SIGTERM and SIGHUP unwind the stack as Ctrl+C does, so that what was started is stopped."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda received, _frame: sys.exit(128 + received))


def main() -> int:
    """Run the command after `--` with a temporary HOME, a keyring and a display; its exit code is ours."""
    command = sys.argv[1:]
    if command[:1] == ["--"]:
        command = command[1:]
    stop_on_signals()
    with display() as screen, keyring_session() as environment:
        environment |= {"DISPLAY": screen, "QT_QPA_PLATFORM": "xcb"}
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
