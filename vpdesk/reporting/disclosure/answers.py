"""The reports that were audited last, each under the digest of its whole question: the same question is asked once."""

import threading
from collections.abc import Callable
from datetime import datetime
from typing import Final

from vpdesk.reporting.disclosure.result import ProtectedReport

MOST: Final = 6


class Answers:
    """What was answered lately, in memory only; whoever holds this lets go of it when the vault locks.

    A question is the line that the child reads: every case, everything that is out and every choice is in it, so
    whatever changes one of those asks anew. `clock` tells when an answer came. May be used from any thread.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._guard = threading.Lock()
        self._kept: dict[str, tuple[ProtectedReport, datetime]] = {}

    def of(self, question: str) -> ProtectedReport | None:
        """Return the report that answered the question with this digest, None when it is not known any more."""
        with self._guard:
            found = self._kept.pop(question, None)
            if found is None:
                return None
            self._kept[question] = found  # the last to be forgotten
            return found[0]

    def keep(self, question: str, report: ProtectedReport) -> None:
        """Keep a report that was audited; the one that was not asked for longest makes room."""
        with self._guard:
            self._kept.pop(question, None)
            self._kept[question] = (report, self._clock())
            if len(self._kept) > MOST:
                del self._kept[next(iter(self._kept))]

    def audited(self, report: ProtectedReport) -> datetime | None:
        """Return when this very report was audited, None when it is not known any more."""
        with self._guard:
            return next((when for kept, when in self._kept.values() if kept is report), None)
