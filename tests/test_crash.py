"""A crash leaves no image of the memory, and says nothing of what was being worked on."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from vpdesk.exchange import workbooks
from vpdesk.reporting.disclosure import office

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

SECRET = "zonnebloempitten"
AS_PROGRAM = "from vpdesk import crash; crash.leave_nothing(); "
CRASHES = [signal.SIGSEGV, signal.SIGABRT]
COMMAND_LINE = [sys.executable, "-m", "vpdesk", "verify", "kopie", "--passphrase-stdin"]
WINDOW = [sys.executable, "-m", "vpdesk", "--vault", "kluis"]
WITHOUT_CARE = [sys.executable, "-c", "import sys; print('daar', flush=True); sys.stdin.read()"]


def allow_cores() -> None:
    _, most = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (most, most))


def started(command: list[str], folder: Path, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        preexec_fn=allow_cores,  # noqa: PLW1509 - no threads before the program starts
    )


def dies_with_core(process: subprocess.Popen[bytes], crash: signal.Signals) -> bool:
    """Let a process crash; return whether the kernel made an image of it, in a file or for another program."""
    process.send_signal(crash)
    _, status = os.waitpid(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            stream.close()
    assert process.returncode == -crash
    return os.WCOREDUMP(status)


def environment_for(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    return kept | {"HOME": str(home), "XDG_CONFIG_HOME": str(home / "config"), "XDG_DATA_HOME": str(home / "data")}


def refuses_cores(process: subprocess.Popen[bytes]) -> bool:
    limits = Path(f"/proc/{process.pid}/limits").read_text(encoding="ascii")
    (line,) = [line for line in limits.splitlines() if line.startswith("Max core file size")]
    return line.split()[4:6] == ["0", "0"]


def test_these_tests_see_a_core_where_there_is_one(tmp_path: Path) -> None:
    process = started(WITHOUT_CARE, tmp_path, environment_for(tmp_path))
    assert process.stdout is not None
    assert process.stdout.readline() == b"daar\n"
    assert not refuses_cores(process)
    assert dies_with_core(process, signal.SIGABRT)


@pytest.mark.parametrize("crash", CRASHES)
@pytest.mark.parametrize(
    "start", [COMMAND_LINE, office.command(), workbooks.command()], ids=["command line", "audit", "sheet"]
)
def test_neither_the_command_line_nor_a_child_leaves_a_core(
    qtbot: QtBot, tmp_path: Path, start: list[str], crash: signal.Signals
) -> None:
    process = started(start, tmp_path, environment_for(tmp_path))
    qtbot.waitUntil(lambda: refuses_cores(process), timeout=20_000)
    assert not dies_with_core(process, crash)
    assert list(tmp_path.rglob("*core*")) == []


@pytest.mark.window
@pytest.mark.parametrize("crash", CRASHES)
def test_the_window_leaves_no_core(qtbot: QtBot, tmp_path: Path, crash: signal.Signals) -> None:
    process = started(WINDOW, tmp_path, environment_for(tmp_path))
    search = ["xdotool", "search", "--all", "--onlyvisible", "--pid", str(process.pid), "--name", "^vpdesk$"]
    qtbot.waitUntil(lambda: bool(subprocess.run(search, capture_output=True, check=False).stdout), timeout=30_000)
    assert refuses_cores(process)
    assert not dies_with_core(process, crash)
    assert [path for path in tmp_path.rglob("*core*") if path.is_file()] == []


def answer(code: str, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *options, "-c", code], capture_output=True, text=True, check=False)


def test_neither_a_file_nor_another_program_may_have_the_memory() -> None:
    ask = "import ctypes, resource; print(ctypes.CDLL(None).prctl(3), resource.getrlimit(resource.RLIMIT_CORE))"
    assert answer(ask).stdout.startswith("1 ")
    assert answer(AS_PROGRAM + ask).stdout == "0 (0, 0)\n"


FAILS = [
    f"raise ValueError({SECRET!r})",
    f"import threading\ndef work(): raise ValueError({SECRET!r})\nt = threading.Thread(target=work); t.start(); t.join()",
    f"class Gone:\n    def __del__(self): raise ValueError({SECRET!r})\nGone()",
]


@pytest.mark.parametrize("fails", FAILS, ids=["main thread", "other thread", "while cleaning up"])
def test_a_bug_is_said_without_content(fails: str) -> None:
    told = answer(AS_PROGRAM + "\n" + fails).stderr
    assert "ValueError bij <string>:" in told
    assert SECRET not in told
    assert "Traceback" not in told
    assert SECRET in answer(AS_PROGRAM + "\n" + fails, "-X", "dev").stderr


def test_no_stack_is_written_when_the_interpreter_dies() -> None:
    code = AS_PROGRAM + "import os; os.abort()"
    assert answer(code, "-X", "faulthandler").stderr == ""
    assert "Fatal Python error" in answer("import os; os.abort()", "-X", "faulthandler").stderr
