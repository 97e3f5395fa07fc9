"""Protecting and auditing without a child process each time, for tests that are about what a report says.

Starting and stopping the child, and what it says wrongly, is tested in `tests/reporting/disclosure/test_office.py`;
whole reports by way of it in `tests/test_chain.py` and `tests/attacks`.
"""

from __future__ import annotations

import hashlib
from dataclasses import fields
from typing import TYPE_CHECKING

from vpdesk.domain.errors import CancelledError
from vpdesk.reporting.disclosure import office, wire
from vpdesk.reporting.disclosure.request import Request
from vpdesk.reporting.statements import protect_and_audit

if TYPE_CHECKING:
    from collections.abc import Callable

    from vpdesk.reporting.disclosure.answers import Answers
    from vpdesk.reporting.disclosure.result import ProtectedReport


def protected(
    request: Request,
    *,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    answers: Answers | None = None,
) -> ProtectedReport:
    """Return what the child gives for a request, by the code that the child runs and with what it is told of it."""
    assert answers is None, "what was audited a moment ago is for the window"
    asked = wire.decode(Request, wire.encode(Request, request.bare()))
    report = protect_and_audit(**{field.name: getattr(asked, field.name) for field in fields(asked)}, progress=progress)
    assert request.answered_by(report)
    return report


class Remembered:
    """Asks the child, and gives what it said again to whoever asks it the same: a request has one answer."""

    def __init__(self) -> None:
        self.child = office.protected
        self._said: dict[bytes, ProtectedReport] = {}

    def protected(
        self,
        request: Request,
        *,
        progress: Callable[[float], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
        answers: Answers | None = None,
    ) -> ProtectedReport:
        """Return what `office.protected` returns, and raise what it raises."""
        asked = wire.encode(Request, request.bare())
        if asked not in self._said:
            self._said[asked] = self.child(request, progress=progress, cancelled=cancelled)
        elif cancelled is not None and cancelled():
            raise CancelledError(office.CANCELLED)
        elif progress is not None:
            progress(1)
        if answers is not None:
            answers.keep(hashlib.sha256(asked).hexdigest(), self._said[asked])
        return self._said[asked]
