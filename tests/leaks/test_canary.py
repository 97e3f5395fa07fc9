"""A text and a name that went through every function of the program are found in no file that it left or ever wrote."""

from __future__ import annotations

import json
import os
import resource
import select
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdf
import pytest

from tests.leaks import trace
from tests.leaks.canaries import NAME, ORGANISATION, TEXT, found_in, told_by
from tests.leaks.day import REPORT, SHEET
from tests.watching import watchable
from vpdesk import app

if TYPE_CHECKING:
    from collections.abc import Mapping

pytestmark = [pytest.mark.window, pytest.mark.keyring]

PASSPHRASE = "zeven stille schapen"
MEMORY = ("/memfd:", "/dev/shm/", "/dev/dri/", "/SYSV", "/dev/zero")  # noqa: S108 - never on a disk
ENDED = {"abort": -signal.SIGABRT, "kill": -signal.SIGKILL, "bug": 0}


def allow_cores() -> None:
    _, most = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (most, most))


@dataclass
class Laptop:
    """A laptop of whose files none is out of sight: HOME, keyring, runtime and temporary folders stand in `root`."""

    environment: dict[str, str]
    log: Path | None = None
    said: list[str] = field(default_factory=list)
    words: str = ""

    def __post_init__(self) -> None:
        self.root = Path(self.environment["HOME"]).parent
        self.vault = self.root / "home/.local/share/vpdesk/kluis"
        self.desk = self.root / f"home/Documenten {ORGANISATION}"
        self.desk.mkdir()
        self.write_sheet()
        self.logs: list[Path] = []

    def write_sheet(self) -> None:
        year = app.now().year - 1
        roles = ("melder", "melder", "melder", "getuige", "leidinggevende met adviesvraag")
        rows = [f"{1 + n % 28}-{1 + n % 12}-{year};{roles[n % 5]};{NAME} zei {TEXT}" for n in range(40)]
        (self.desk / SHEET).write_text("\n".join(["datum;rol;notitie", *rows, ""]), encoding="utf-8")

    def start(self, *command: str) -> subprocess.Popen[str]:
        before: list[str] = []
        if self.log is not None:
            self.logs.append(self.log / f"trace-{len(self.logs)}")
            before = trace.command(self.logs[-1])
        return subprocess.Popen(
            [*before, sys.executable, *command],
            cwd=self.desk,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            preexec_fn=allow_cores,  # noqa: PLW1509 - no threads before the program starts
        )

    def call(self, *arguments: str, given: str = "") -> Any:
        """Use the command line as it is, and return its answer."""
        process = self.start("-m", "vpdesk", *arguments, "--json")
        answer, _ = process.communicate(given, timeout=240)
        assert process.returncode == 0, answer
        return json.loads(answer.splitlines()[-1])

    def set_up(self) -> None:
        made = self.call("init", "--vault", str(self.vault), "--passphrase-stdin", given=f"{PASSPHRASE}\n")
        self.words = " ".join(next(value for value in made.values() if isinstance(value, list) and len(value) == 16))

    def spend(self, what: str) -> int:
        """Run the window until it ends by itself; what it said is kept."""
        process = self.start("-m", "tests.leaks.day", what, str(self.vault), PASSPHRASE)
        said, _ = process.communicate(timeout=240)
        self.said.append(said)
        return process.returncode

    def spend_a_day(self) -> dict[str, Any]:
        """Run the whole day, which ends in the lock screen of a replaced process; end that."""
        process = self.start("-m", "tests.leaks.day", "day", str(self.vault), PASSPHRASE)
        assert process.stdout is not None
        told = ""
        for line in process.stdout:
            if line.startswith("{"):
                told = line
                break
            self.said.append(line)
        assert told, "".join(self.said)
        number = self.program_of(process.pid)
        own = Path(f"/proc/{number}/cmdline")
        while "tests.leaks.day" in own.read_text(encoding="utf-8"):
            assert process.poll() is None, "the lock replaces the process, and ends it nowhere"
            select.select([], [], [], 0.02)
        self.wait_for_window(number)
        os.kill(number, signal.SIGKILL)
        said, _ = process.communicate(timeout=60)
        self.said.append(said)
        answer: dict[str, Any] = json.loads(told)
        return answer

    def program_of(self, pid: int) -> int:
        """The program itself, where another one watches it."""
        if self.log is None:
            return pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
        return int(children[0])

    def wait_for_window(self, pid: int) -> None:
        """Wait until the program listens for a second start, the last thing it does when its first screen is there."""
        end = time.monotonic() + 120
        while not any(path.is_socket() for path in (self.root / "run").glob("vpdesk-*")):
            assert Path(f"/proc/{pid}").exists()
            assert time.monotonic() < end, "the window never listened"
            select.select([], [], [], 0.02)

    @property
    def asked_for(self) -> list[Path]:
        """What holds the canaries because the user put them there or asked for it."""
        return [self.desk / SHEET, self.desk / REPORT]

    def use_the_command_line(self) -> None:
        """Copy the vault, check the copy, put it back and look at all of it; last, since it enrols the laptop anew."""
        backups = self.root / "home/kopie"
        self.call(
            "backup", "--vault", str(self.vault), "--to", str(backups), "--passphrase-stdin", given=f"{PASSPHRASE}\n"
        )
        copy, beside = sorted(backups.iterdir(), key=lambda path: path.suffix)
        self.call("verify", str(beside), "--words-stdin", given=f"{self.words}\n")
        self.call("verify", str(copy), "--words-stdin", given=f"{self.words}\n")
        self.call(
            "restore",
            str(copy),
            "--vault",
            str(self.root / "home/terug"),
            "--words-stdin",
            "--passphrase-stdin",
            given=f"{self.words}\n{PASSPHRASE}\n",
        )
        self.start("-m", "vpdesk", "doctor", "--vault", str(self.vault)).communicate(timeout=60)


@pytest.fixture
def laptop(another_laptop: dict[str, str]) -> Laptop:
    return made_laptop(watchable(another_laptop))


def made_laptop(environment: Mapping[str, str], log: Path | None = None) -> Laptop:
    kept = {name: value for name, value in environment.items() if not name.startswith("COVERAGE")}
    temporary = Path(kept["HOME"]).parent / "tmp"
    temporary.mkdir()
    made = Laptop(kept | {"TMPDIR": str(temporary), "PYTHONDONTWRITEBYTECODE": "1"}, log)
    made.set_up()
    return made


def nothing_told(laptop: Laptop, told: dict[str, Any]) -> None:
    plain = {str(path) for path in laptop.asked_for}
    assert told_by([laptop.root]).keys() == plain, "what the user has in the clear shows that canaries are found"
    assert told_by([laptop.root], but=laptop.asked_for) == {}
    exported = " ".join(page.extract_text() for page in pypdf.PdfReader(laptop.desk / REPORT).pages)
    assert TEXT in exported, "the report held the canary"
    assert "vpdesk" in told["titles"]
    assert told["dumpable"] == (0 if os.geteuid() == 0 else 1)
    assert found_in(json.dumps(told).encode()) == set()
    assert found_in("".join(laptop.said).encode()) == set()
    assert list(laptop.root.rglob("core*")) == []


def test_a_day_leaves_nothing_in_any_file(laptop: Laptop) -> None:
    told = laptop.spend_a_day()
    laptop.use_the_command_line()
    nothing_told(laptop, told)


def test_however_the_program_ends_nothing_is_left_in_any_file(laptop: Laptop) -> None:
    for end, code in ENDED.items():
        laptop.said.clear()
        assert laptop.spend(end) == code, laptop.said
        assert told_by([laptop.root], but=laptop.asked_for) == {}, end
        assert found_in("".join(laptop.said).encode()) == set(), end
        assert (laptop.said != [""]) is (end == "bug"), "a bug is said, without its words"
        assert list(laptop.root.rglob("core*")) == [], end


@pytest.mark.long
def test_no_canary_is_ever_written_not_even_to_a_file_that_is_removed_again(
    another_laptop: dict[str, str], tmp_path: Path
) -> None:
    laptop = made_laptop(watchable(another_laptop), tmp_path)
    told = laptop.spend_a_day()
    for end in ENDED:
        laptop.spend(end)
    laptop.use_the_command_line()
    nothing_told(laptop, told)
    runs = [trace.read(log) for log in laptop.logs]
    telling = {where for seen in runs for where in seen.told}
    assert telling, "the exported report shows that canaries are seen"
    assert {Path(where).parent for where in telling} == {laptop.desk}
    assert {Path(where).suffix for where in telling} == {".pdf"}
    written = {Path(where) for seen in runs for where in seen.made}
    assert laptop.vault / "current" in written
    assert {path for path in written if not path.is_relative_to(laptop.root)} <= {Path(os.devnull)}
    assert [where for seen in runs for where in seen.cut] == [], "every write was seen whole"
    shared = {where for seen in runs for where in seen.mapped}
    assert {where for where in shared if not where.startswith(MEMORY)} == set(), "writes that strace can't see"
    assert [line for seen in runs for line in seen.moved if ORGANISATION in line] == []
    if os.geteuid() == 0:  # whoever is not root had to be let in
        said = [" ".join(course) for seen in runs for course in seen.dumpable.values()]
        ends = [course.rsplit(maxsplit=1)[-1] for whole in said for course in whole.split("start")[1:]]
        assert set(ends) == {"shut"}, "every program ends up forbidding a look into its memory"
        assert sum(whole.count("start") for whole in said) > len(runs), "the audit and the lock start programs too"
