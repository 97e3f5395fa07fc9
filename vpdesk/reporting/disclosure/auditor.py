"""The child process that protects and audits: a request on standard input, words and a report on standard output.

Everything that decides about a report runs here, the solver in the same process, so that the window is free of it and
the whole can be killed. What goes wrong without a sentence ends the process without a report.
"""

from __future__ import annotations

import gc
import hashlib
import sys
import threading
from contextlib import contextmanager
from dataclasses import fields
from typing import TYPE_CHECKING, Final

from vpdesk.domain.errors import ReportRefusedError
from vpdesk.reporting.disclosure import search, wire
from vpdesk.reporting.disclosure.request import LOADS, Request, Said
from vpdesk.reporting.statements import protect_and_audit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

STEP: Final = 0.005
"""How much further it must be to be worth a line."""

GARBAGE: Final = 100_000
"""After how many new objects circles among them are looked for: worlds and rows are in none."""

BEAT_SECONDS: Final = 15.0
"""After how long a line is said all the same, so that whoever waits knows that there is still work being done."""


def main(arguments: Sequence[str] = ()) -> int:
    """Answer the one request on standard input; returns the exit code.

    With `LOADS` it is asked for no more than whether the solver loads: 0 when it does.
    """
    if LOADS in arguments:
        search.load()
        return 0
    line = sys.stdin.buffer.readline()
    try:
        request = wire.decode(Request, line)
    except wire.WireError:
        return 1
    told = 0.0
    speaking = threading.Lock()

    def progress(part: float) -> None:
        nonlocal told
        if part >= told + STEP:
            with speaking:
                told = part
                _say(Said(progress=part))

    def beat() -> None:
        with speaking:
            _say(Said(progress=told))

    asked = {field.name: getattr(request, field.name) for field in fields(request)}
    try:
        with _every(BEAT_SECONDS, beat), _rarely_collecting():
            report = protect_and_audit(**asked, progress=progress)
    except ReportRefusedError as refused:
        _say(Said(refused=refused.sentence))
    else:
        _say(Said(report=report, answers=hashlib.sha256(line).hexdigest()))
    return 0


@contextmanager
def _every(seconds: float, told: Callable[[], None]) -> Iterator[None]:
    """Call this again and again while the work goes on, and not once more after it."""
    done = threading.Event()

    def tell() -> None:
        while not done.wait(seconds):
            told()

    telling = threading.Thread(target=tell, daemon=True)
    telling.start()
    try:
        yield
    finally:
        done.set()
        telling.join()


@contextmanager
def _rarely_collecting() -> Iterator[None]:
    """Look for circles among objects less often, and not among those that were loaded."""
    usual = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(GARBAGE)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()


def _say(word: Said) -> None:
    sys.stdout.buffer.write(wire.encode(Said, word))
    sys.stdout.buffer.flush()
