"""Protecting and auditing in the child process: the same report, stopped at once, and no file after any trouble."""

from __future__ import annotations

import io
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from tests.reporting.disclosure.registry import (
    CLIENT,
    HALF,
    SECOND_HALF,
    YEAR,
    drawn,
    frozen,
    published,
    report,
    request,
)
from vpdesk import children
from vpdesk.domain.errors import CancelledError, ReportRefusedError
from vpdesk.domain.statements import Box, Of, Statement
from vpdesk.reporting.disclosure import auditor, office, wire
from vpdesk.reporting.disclosure.family import Relative
from vpdesk.reporting.disclosure.request import NOT_READY, Request, Said
from vpdesk.reporting.disclosure.result import CrossTable, Level

if TYPE_CHECKING:
    from collections.abc import Callable

    from vpdesk.reporting.disclosure.result import ProtectedReport

FACTS = drawn(40, 4)
ASKED = request(FACTS, YEAR, wanted=("rol",))
HANGS = [sys.executable, "-c", "import time; time.sleep(600)"]


def says(*lines: bytes, then: str = "") -> list[str]:
    """Return a child that takes the request and says these bytes."""
    said = b"".join(lines)
    script = f"import sys, time; given = input(); sys.stdout.buffer.write({said!r}); sys.stdout.flush(); {then}"
    return [sys.executable, "-c", script]


def word(**said: Any) -> bytes:
    return wire.encode(Said, Said(**said))


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """The children that are started from now on."""
    found: list[subprocess.Popen[bytes]] = []
    real: Callable[..., subprocess.Popen[bytes]] = children.start

    def start(*asked: Any, **how: Any) -> subprocess.Popen[bytes]:
        found.append(real(*asked, **how))
        return found[-1]

    monkeypatch.setattr(children, "start", start)
    return found


@pytest.mark.parametrize("cases", [3, 30, 90, 200])
def test_a_child_and_the_same_code_here_give_the_same_report(cases: int) -> None:
    facts = drawn(cases, cases)
    half = published(report(facts, HALF), HALF)
    asked = request(facts, YEAR, (half,))
    assert office.protected(asked) == report(facts, YEAR, (half,))


def test_how_far_it_is_goes_from_the_beginning_to_the_end_and_never_back() -> None:
    told: list[float] = []
    facts = drawn(90, 90)
    half = published(report(facts, HALF), HALF)
    office.protected(request(facts, YEAR, (half,)), progress=told.append)
    assert told == sorted(told)
    assert told[0] < 0.1
    assert told[-1] == 1


def test_a_refusal_comes_with_its_own_sentence() -> None:
    half = frozen((Statement(Of.CASES, Box(), HALF, 20, 20),), (), HALF)
    year = frozen((Statement(Of.CASES, Box(), YEAR, 12, 12),), (), YEAR, 2)
    with pytest.raises(ReportRefusedError, match="spreken elkaar tegen"):
        office.protected(request(FACTS, SECOND_HALF, (half, year)))


def refused(monkeypatch: pytest.MonkeyPatch, command: list[str]) -> None:
    monkeypatch.setattr(office, "command", lambda: command)
    with pytest.raises(ReportRefusedError, match=r"niet klaar gekomen\. Daarom is er niets geëxporteerd"):
        office.protected(ASKED)


@pytest.mark.parametrize(
    "command",
    [
        ["/nowhere/at/all"],
        [sys.executable, "-c", "pass"],
        says(b"no json\n"),
        says(b"[]\n"),
        says(b"{}\n"),
        says(b'{"progress":0.5}\n'),
        says(word()),
        says(word(progress=1.5)),
        says(word(progress=-0.1)),
        says(word(progress=0.5, refused="x")),
        says(word(refused="")),
        says(word(refused="x", report=report(FACTS, YEAR, wanted=("rol",)))),
        says(word(progress=0.5, report=report(FACTS, YEAR, wanted=("rol",)))),
        says(word(progress=0.5)),
        says(word(progress=0.5)[:-1]),
        says(b"\xff" * 100_000),
        says(then="import os, signal; os.kill(os.getpid(), signal.SIGKILL)"),
        says(word(progress=0.5), then="raise RuntimeError(given)"),
    ],
)
def test_a_child_that_fails_gives_no_report(
    command: list[str], monkeypatch: pytest.MonkeyPatch, started: list[subprocess.Popen[bytes]]
) -> None:
    refused(monkeypatch, command)
    assert all(child.returncode is not None for child in started)


def test_a_child_that_hangs_is_given_up_on(
    monkeypatch: pytest.MonkeyPatch, started: list[subprocess.Popen[bytes]]
) -> None:
    monkeypatch.setattr(office, "MOST_SILENT_POLLS", 3)
    monkeypatch.setattr(office, "command", lambda: HANGS)
    with pytest.raises(ReportRefusedError, match="stond stil en is gestopt"):
        office.protected(ASKED)
    assert started[0].returncode is not None


def test_each_word_of_a_child_begins_the_silence_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    beat = word(progress=0.1)
    heard = iter([None, None, beat, None, None, beat, None, None, word(refused="Zo niet.")])

    def get(timeout: float) -> bytes:
        assert timeout
        said = next(heard)
        if said is None:
            raise queue.Empty
        return said

    monkeypatch.setattr(queue, "SimpleQueue", lambda: SimpleNamespace(get=get, put=lambda _: None))
    monkeypatch.setattr(office, "MOST_SILENT_POLLS", 3)
    silent: Any = SimpleNamespace(stdin=None, stdout=None)
    assert office._heard(silent, b"", lambda _: None, None) == Said(refused="Zo niet.")


def test_a_child_at_work_beats_until_it_says_how_it_ended(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    worked = threading.Event()

    def work(**_asked: object) -> ProtectedReport:
        assert worked.wait(20)
        return report(FACTS, YEAR, wanted=("rol",))

    real = auditor._say

    def say(word: Said) -> None:
        real(word)
        worked.set()

    monkeypatch.setattr(auditor, "BEAT_SECONDS", 0.01)
    monkeypatch.setattr(auditor, "_say", say)
    monkeypatch.setattr(auditor, "protect_and_audit", work)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(wire.encode(Request, ASKED.bare()))))
    assert auditor.main() == 0
    *beats, last = [wire.decode(Said, line + b"\n") for line in capfdbinary.readouterr().out.splitlines()]
    assert beats
    assert all(beat == Said(progress=0.0) for beat in beats)
    assert last.report is not None


def answering(said: ProtectedReport) -> list[str]:
    """Return a child that says this report as the answer to the request, whatever the request is."""
    said_line = word(report=said, answers="@").decode()
    script = (
        "import hashlib, sys; given = sys.stdin.buffer.readline(); "
        f"sys.stdout.write({said_line!r}.replace('@', hashlib.sha256(given).hexdigest(), 1))"
    )
    return [sys.executable, "-c", script]


def test_a_report_on_the_request_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    said = report(FACTS, YEAR, wanted=("rol",))
    monkeypatch.setattr(office, "command", lambda: answering(said))
    assert office.protected(ASKED) == said


CROSS = CrossTable("rol", "iets anders", ("a",), ("b",), ((3,),), (3,), (3,), 3)


@pytest.mark.parametrize(
    "change",
    [
        lambda said: replace(said, audited=False),
        lambda said: replace(said, threshold=4),
        lambda said: replace(said, total=replace(said.total, period=HALF)),
        lambda said: replace(said, tables=(replace(said.tables[0], dimension="iets anders"),)),
        lambda said: replace(said, crossed=(CROSS,)),
    ],
    ids=["not audited", "for less", "another period", "another table", "another two-way table"],
)
def test_a_report_that_was_not_asked_for_is_none(
    change: Callable[[ProtectedReport], ProtectedReport], monkeypatch: pytest.MonkeyPatch
) -> None:
    refused(monkeypatch, answering(change(report(FACTS, YEAR, wanted=("rol",)))))


def test_a_child_that_cannot_be_spoken_with_gives_no_report(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children, "start", lambda _: subprocess.Popen([sys.executable, "-c", "pass"]))
    with pytest.raises(ReportRefusedError, match="niet klaar gekomen"):
        office.protected(ASKED)


def test_a_child_that_stays_after_its_answer_is_ended(
    monkeypatch: pytest.MonkeyPatch, started: list[subprocess.Popen[bytes]]
) -> None:
    monkeypatch.setattr(office, "LEAVE_SECONDS", 0.1)
    monkeypatch.setattr(office, "command", lambda: says(word(refused="Dit kan niet."), then="time.sleep(600)"))
    with pytest.raises(ReportRefusedError, match=r"^Dit kan niet\.$"):
        office.protected(ASKED)
    assert started[0].returncode == -signal.SIGKILL


def test_a_report_on_another_request_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    said = report(FACTS, YEAR, wanted=("rol",))
    refused(monkeypatch, says(word(report=said, answers="0" * 64)))


def test_a_child_that_is_killed_in_the_middle_gives_no_report(
    monkeypatch: pytest.MonkeyPatch, started: list[subprocess.Popen[bytes]]
) -> None:
    def kill(_: float) -> None:
        os.kill(started[0].pid, signal.SIGKILL)

    with pytest.raises(ReportRefusedError, match="niets geëxporteerd"):
        office.protected(request(drawn(200, 5), YEAR), progress=kill)


def test_a_child_without_highs_gives_no_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "highspy.py").write_text("raise ImportError('not installed')\n")
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}{os.pathsep}{Path.cwd()}")
    with pytest.raises(ReportRefusedError, match="niet klaar gekomen"):
        office.protected(ASKED)


def test_what_is_cancelled_before_it_began_starts_no_child(started: list[subprocess.Popen[bytes]]) -> None:
    with pytest.raises(CancelledError, match="Er is niets geëxporteerd"):
        office.protected(ASKED, cancelled=lambda: True)
    assert not started


def test_cancel_ends_a_child_that_does_not_even_listen(
    monkeypatch: pytest.MonkeyPatch, started: list[subprocess.Popen[bytes]]
) -> None:
    monkeypatch.setattr(office, "command", lambda: HANGS)
    large = request(drawn(2000, 1), YEAR)  # more than a pipe holds
    with pytest.raises(CancelledError):
        office.protected(large, cancelled=lambda: bool(started))
    assert started[0].returncode == -signal.SIGKILL


def test_who_hears_of_progress_may_stop_it_and_ends_the_child(started: list[subprocess.Popen[bytes]]) -> None:
    def stop(_: float) -> None:
        raise CancelledError("Gestopt.")

    with pytest.raises(CancelledError):
        office.protected(request(drawn(90, 1), YEAR), progress=stop)
    assert started[0].returncode is not None


def test_a_lock_that_ends_every_child_ends_this_one(
    monkeypatch: pytest.MonkeyPatch, started: list[subprocess.Popen[bytes]]
) -> None:
    monkeypatch.setattr(office, "command", lambda: HANGS)
    outcome: list[str] = []

    def ask() -> None:
        try:
            office.protected(ASKED)
        except ReportRefusedError as error:
            outcome.append(error.sentence)

    asking = threading.Thread(target=ask)
    asking.start()
    while not started:
        time.sleep(0.01)
    children.end_all()
    asking.join(20)
    assert outcome
    assert started[0].returncode == -signal.SIGKILL


def test_the_request_is_in_no_argument_and_no_environment(started: list[subprocess.Popen[bytes]]) -> None:
    office.protected(ASKED)
    assert started[0].args == [sys.executable, "-m", "vpdesk", "--audit-child"]


def test_a_share_that_is_none_is_not_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[float] = []
    monkeypatch.setattr(office, "command", lambda: says(word(progress=0.5), word(progress=1.5), word(progress=0.6)))
    with pytest.raises(ReportRefusedError):
        office.protected(ASKED, progress=told.append)
    assert told == [0.5]


def test_the_child_gets_no_file_title_or_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = "import sys; open(sys.argv[1], 'wb').write(sys.stdin.buffer.readline())"
    monkeypatch.setattr(office, "command", lambda: [sys.executable, "-c", copy, str(tmp_path / "given")])
    out = replace(published(report(FACTS, HALF), HALF), pdf=b"%PDF the report", title="Jaarverslag", recipient="Jansen")
    asked = request(FACTS, YEAR, (out,), family=(Relative(out, frozenset({CLIENT})),))
    with pytest.raises(ReportRefusedError):
        office.protected(asked)
    given = (tmp_path / "given").read_bytes()
    assert wire.decode(Request, given) == asked.bare()
    assert not any(word in given for word in (b"Jansen", b"A. Advies", b"Jaarverslag", b"the report".hex().encode()))


def test_a_frozen_program_starts_itself_as_the_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert office.command() == [sys.executable, "--audit-child"]


# The child's own end


def answered(line: bytes, monkeypatch: pytest.MonkeyPatch) -> tuple[int, list[Said]]:
    """What the child says, run in this process."""
    out = io.BytesIO()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(line)))
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(buffer=out))
    code = auditor.main()
    monkeypatch.undo()
    return code, [wire.decode(Said, said) for said in out.getvalue().splitlines(keepends=True)]


def test_the_child_says_how_far_it_is_and_then_the_report(monkeypatch: pytest.MonkeyPatch) -> None:
    facts = drawn(90, 90)
    half = published(report(facts, HALF), HALF)
    code, words = answered(wire.encode(Request, request(facts, YEAR, (half,))), monkeypatch)
    assert code == 0
    told = [0.0, *(said.progress or 0.0 for said in words[:-1])]
    assert all(now >= before + auditor.STEP for before, now in pairwise(told))
    assert len(told) > 5
    assert words[-1].report is not None
    assert words[-1].report.level is Level.EENRIJ


def test_what_is_hardly_further_is_not_worth_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(auditor, "STEP", 0.2)
    _, words = answered(wire.encode(Request, request(drawn(90, 90), YEAR)), monkeypatch)
    assert [said.progress is None for said in words] == [False] * (len(words) - 1) + [True]
    assert len(words) <= 5


def test_the_child_says_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "highspy", None)
    code, words = answered(wire.encode(Request, ASKED), monkeypatch)
    assert code == 0
    assert (words[-1].report, words[-1].refused) == (None, NOT_READY)


@pytest.mark.parametrize("line", [b"", b"{}\n", wire.encode(Request, ASKED)[:-1]], ids=["nothing", "empty", "half"])
def test_the_child_answers_half_a_request_with_nothing(line: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    assert answered(line, monkeypatch) == (1, [])


def test_a_child_that_falls_over_something_unexpected_says_nothing_of_it() -> None:
    named = [replace(fact, codes={**fact.codes, "Jansen": "Pietersen"}) for fact in FACTS]
    line = wire.encode(Request, request(named, YEAR, wanted=("Jansen",)))  # no list has that
    done = subprocess.run(office.command(), input=line, capture_output=True, check=False)
    assert done.returncode == 1
    assert done.stdout == b""
    assert b"statements.py" in done.stderr
    assert not any(name in done.stderr for name in (b"Jansen", b"Pietersen", b"melder", b"Traceback"))


LOADED = """
import sys
from vpdesk.reporting.disclosure import auditor
code = auditor.main()
print("\\n".join(sys.modules), file=sys.stderr)
"""


def test_the_child_loads_the_solver_and_nothing_of_window_vault_or_pdf() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED], input=wire.encode(Request, ASKED), capture_output=True, check=True
    )
    packages = {name.partition(".")[0] for name in done.stderr.decode().split()}
    assert {"highspy", "numpy"} <= packages
    assert packages.isdisjoint({"PySide6", "shiboken6", "reportlab", "sqlcipher3", "keyring", "hypothesis"})
    assert "vpdesk.operations" not in done.stderr.decode()
