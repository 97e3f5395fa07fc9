"""Makes the preview in the background: the vault is read on its thread, the rest happens beside it, one at a time."""

from collections.abc import Callable, Mapping
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from vpdesk.domain.errors import CancelledError, VpdeskError
from vpdesk.operations import reports
from vpdesk.operations.reports import Answers, Gathered, Prepared
from vpdesk.operations.vaults import Vault
from vpdesk.ui.worker import Progress, Worker

Gather = Callable[[Vault], Gathered]


class Making(QObject):
    """`want(gather)` asks for a preview; a later wish overtakes an earlier one that was not begun yet.

    `begun()`, `moved(done, total)`, then `ready(Prepared)` or `refused(VpdeskError)`. What was audited lately is kept
    with the page, and shown again without an audit when the vault still says the same.
    """

    begun = Signal()
    moved = Signal(int, int)
    ready = Signal(object)
    refused = Signal(object)

    def __init__(self, worker: Worker, clock: Callable[[], datetime], parent: QObject) -> None:
        super().__init__(parent)
        self._worker = worker
        self._answers = Answers(clock)
        self._next: Gather | None = None
        self._running: Progress | None = None

    @property
    def busy(self) -> bool:
        """Whether a preview is being made."""
        return self._running is not None

    def audited(self, prepared: Prepared) -> datetime | None:
        """Return when the numbers of a report were audited, None when that is not known any more."""
        return self._answers.audited(prepared.protected)

    def want(self, gather: Gather) -> None:
        """Make a preview of what the vault says now."""
        self._next = gather
        if self._running is None:
            self._begin()
        else:
            self._running.cancel()  # what it would show is out of date

    def redraw(self, prepared: Prepared, findings: Mapping[str, str]) -> None:
        """Draw other texts around the same numbers, which need no new audit; not while a preview is being made."""
        self._running = Progress(self)
        self._worker.aside(lambda: reports.redrawn(prepared, findings), self._made, self._failed)

    def cancel(self) -> None:
        """Stop, and want nothing more."""
        self._next = None
        if self._running is not None:
            self._running.cancel()

    def _begin(self) -> None:
        gather, self._next = self._next, None
        if gather is None:
            return
        progress = self._running = Progress(self)
        progress.moved.connect(self.moved)
        self.begun.emit()
        self._worker.run(gather, lambda gathered: self._prepare(gathered, progress), self._failed, progress=progress)

    def _prepare(self, gathered: Gathered, progress: Progress) -> None:
        def tell(part: float) -> None:
            progress(round(part * 100), 100)

        self._worker.aside(
            lambda: reports.prepare(
                gathered, progress=tell, cancelled=lambda: progress.cancelled, answers=self._answers
            ),
            self._made,
            self._failed,
        )

    def _made(self, prepared: Prepared) -> None:
        self._running = None
        if self._next is None:
            self.ready.emit(prepared)
        else:
            self._begin()

    def _failed(self, error: VpdeskError) -> None:
        self._running = None
        if self._next is not None:
            self._begin()
        elif not isinstance(error, CancelledError):
            self.refused.emit(error)
        else:
            self.refused.emit(None)
