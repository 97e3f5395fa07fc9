"""The parent's end of the child process that protects and audits: gives it the request, and waits with cancel.

Whatever comes back but a whole report that answers the request is no report: a child that is not there or dies, half a
line, another type, another request.
"""

import hashlib
import queue
import subprocess
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import IO, Final

from vpdesk import children
from vpdesk.domain.errors import CancelledError, ReportRefusedError
from vpdesk.reporting.disclosure import wire
from vpdesk.reporting.disclosure.answers import Answers
from vpdesk.reporting.disclosure.request import LOADS, NOT_READY, STANDS_STILL, Request, Said
from vpdesk.reporting.disclosure.result import ProtectedReport

FLAG: Final = "--audit-child"
POLL_SECONDS: Final = 0.05
MOST_SILENT_POLLS: Final = 12_000
"""How often in a row nothing is heard before a child counts as hanging: ten minutes, without those of a sleep."""

MOST_LOADING_POLLS: Final = 600
"""How often it is looked whether a child has loaded the solver: half a minute."""

LEAVE_SECONDS: Final = 2.0
"""How long a child that has said everything may take to end by itself."""

LONGEST_LINE: Final = 32 * 1024 * 1024

CANCELLED: Final = "Het narekenen is gestopt. Er is niets geëxporteerd."


def command() -> list[str]:
    """Return the command line that starts the child."""
    return children.command(FLAG)


def protected(
    request: Request,
    *,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    answers: Answers | None = None,
) -> ProtectedReport:
    """Return what `protect_and_audit` returns, made in a child process that ends with this call, however it ends.

    What is in `answers` already was made so before, for the same request to the letter.

    Raises:
        ReportRefusedError: nothing may be said, or there is no answer that can be trusted.
        CancelledError: the user cancelled.
    """
    told = progress or (lambda _: None)
    line = wire.encode(Request, request.bare())
    question = hashlib.sha256(line).hexdigest()
    _stop_if(cancelled)
    known = answers.of(question) if answers is not None else None
    if known is not None:
        return known
    try:
        process = children.start(command())
    except OSError:
        raise ReportRefusedError(NOT_READY) from None
    try:
        said = _heard(process, line, told, cancelled)
        with suppress(subprocess.TimeoutExpired):
            process.wait(LEAVE_SECONDS)
    finally:
        process.kill()
        process.wait()
    if said.report is None:
        raise ReportRefusedError(said.refused or NOT_READY)
    if said.answers != question or not request.answered_by(said.report):
        raise ReportRefusedError(NOT_READY)
    if answers is not None:
        answers.keep(question, said.report)
    told(1)
    return said.report


def loads(cancelled: Callable[[], bool] | None = None) -> bool:
    """Return whether the solver loads, in a child of its own: a damaged library may end the process that tries.

    Raises:
        CancelledError: the user cancelled.
    """
    try:
        process = children.start([*command(), LOADS])
    except OSError:
        return False
    with process:
        try:
            for _ in range(MOST_LOADING_POLLS):
                _stop_if(cancelled)
                with suppress(subprocess.TimeoutExpired):
                    return process.wait(POLL_SECONDS) == 0
            return False
        finally:
            process.kill()


def _heard(
    process: "subprocess.Popen[bytes]",
    line: bytes,
    progress: Callable[[float], None],
    cancelled: Callable[[], bool] | None,
) -> Said:
    """Return the last word of the child, a report or a refusal, after what it tells of how far it is."""
    answers: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_give, args=(process.stdin, line), daemon=True).start()
    threading.Thread(target=_listen, args=(process.stdout, answers), daemon=True).start()
    silent = 0
    while True:
        _stop_if(cancelled)
        try:
            said = wire.decode(Said, answers.get(timeout=POLL_SECONDS))
        except queue.Empty:
            silent += 1
            if silent >= MOST_SILENT_POLLS:
                raise ReportRefusedError(STANDS_STILL) from None
            continue
        except wire.WireError:
            raise ReportRefusedError(NOT_READY) from None
        silent = 0
        match said:
            case Said(progress=float(part), refused=None, report=None) if 0 <= part <= 1:
                progress(part)
            case Said(progress=None, refused=None, report=ProtectedReport()):
                return said
            case Said(progress=None, refused=str(sentence), report=None) if sentence:
                return said
            case _:
                raise ReportRefusedError(NOT_READY)


def _give(given: IO[bytes] | None, line: bytes) -> None:
    """Write the request, aside, since a child that loads or hangs doesn't read."""
    if given is not None:
        with suppress(OSError), given:  # a child that ended early says so by its silence
            given.write(line)


def _listen(answers: IO[bytes] | None, heard: "queue.SimpleQueue[bytes]") -> None:
    """Take lines until the child ends, of which nothing at all is the last."""
    if answers is not None:
        with answers:
            while said := answers.readline(LONGEST_LINE):
                heard.put(said)
    heard.put(b"")


def _stop_if(cancelled: Callable[[], bool] | None) -> None:
    if cancelled is not None and cancelled():
        raise CancelledError(CANCELLED)
