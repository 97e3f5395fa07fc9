"""The child process that protects and audits: a request on standard input, words and a report on standard output.

Everything that decides about a report runs here, the solver in the same process, so that the window is free of it and
the whole can be killed. What goes wrong without a sentence ends the process without a report.
"""

import hashlib
import sys
from dataclasses import fields
from typing import Final

from vpdesk.domain.errors import ReportRefusedError
from vpdesk.reporting.disclosure import wire
from vpdesk.reporting.disclosure.request import Request, Said
from vpdesk.reporting.statements import protect_and_audit

STEP: Final = 0.005
"""How much further it must be to be worth a line."""


def main() -> int:
    """Answer the one request on standard input; returns the exit code."""
    line = sys.stdin.buffer.readline()
    try:
        request = wire.decode(Request, line)
    except wire.WireError:
        return 1
    told = 0.0

    def progress(part: float) -> None:
        nonlocal told
        if part >= told + STEP:
            told = part
            _say(Said(progress=part))

    asked = {field.name: getattr(request, field.name) for field in fields(request)}
    try:
        report = protect_and_audit(**asked, progress=progress)
    except ReportRefusedError as refused:
        _say(Said(refused=refused.sentence))
    else:
        _say(Said(report=report, answers=hashlib.sha256(line).hexdigest()))
    return 0


def _say(word: Said) -> None:
    sys.stdout.buffer.write(wire.encode(Said, word))
    sys.stdout.buffer.flush()
