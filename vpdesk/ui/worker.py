"""The thread that owns the vault, and a second one for long work that needs no vault; results come back queued."""

import contextlib
import itertools
import queue
import threading
import weakref
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Final, NamedTuple, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import Shiboken

from vpdesk import children
from vpdesk.domain.errors import CancelledError, VpdeskError

if TYPE_CHECKING:
    from vpdesk.operations.vaults import Vault

T = TypeVar("T")
Failed = Callable[[VpdeskError], None]

SORRY: Final = (
    "Er ging iets mis in vpdesk. Wat bewaard was, is veilig in de kluis. "
    "Gaat het niet verder, sluit vpdesk dan af en start opnieuw."
)
_CHILD_GONE: Final = 1.0
_CANCELLED: Final = "Gestopt. Er is niets veranderd."


class Progress(QObject):
    """Passed to a long operation as its `progress`; call it from any thread, listen and cancel from the window."""

    moved = Signal(int, int)
    _running: ClassVar[weakref.WeakSet["Progress"]] = weakref.WeakSet()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cancelled = threading.Event()
        self._running.add(self)

    @classmethod
    def cancel_all(cls) -> None:
        """Cancel whatever still reports progress: the window locks or closes."""
        for progress in tuple(cls._running):
            progress.cancel()

    def cancel(self) -> None:
        """Let the next step of the operation raise CancelledError."""
        self._cancelled.set()

    @property
    def cancelled(self) -> bool:
        """Whether the operation is to stop; for who asks between two steps of progress."""
        return self._cancelled.is_set()

    def __call__(self, done: int, total: int) -> None:
        """Tell how far the work is.

        Raises:
            CancelledError: the user cancelled.
        """
        if self._cancelled.is_set():
            raise CancelledError(_CANCELLED)
        try:
            self.moved.emit(done, total)
        except RuntimeError as gone:  # whoever listened was destroyed meanwhile
            raise CancelledError(_CANCELLED) from gone


class _Lane:
    """A thread that does one piece of work at a time, started with the first piece."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._work: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    def put(self, work: Callable[[], None]) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._loop, name=self._name, daemon=True)
            self._thread.start()
        self._work.put(work)

    def stop(self, patience: float) -> None:
        if self._thread is not None:
            self._work.put(None)
            self._thread.join(patience)
            if not self._thread.is_alive():  # one that hangs still owns the vault: no other may take its place
                self._thread = None

    def abandon(self) -> None:
        """Let the thread end after what it is doing, without waiting; later work gets a thread of its own."""
        self._work.put(None)
        self._work, self._thread = queue.SimpleQueue(), None

    def _loop(self) -> None:
        given = self._work
        while (work := given.get()) is not None:
            work()


class _Asked(NamedTuple):
    """A piece of work and who hears of it.

    Only the window's thread drops it: with it may go the last of a dialog, and a widget that another thread destroys
    takes the program along.
    """

    round: int
    lane: _Lane
    job: Callable[[], Any]
    done: Callable[[Any], None]
    failed: Failed


class Worker(QObject):
    """Runs operations on the vault thread and hands their results to the window's thread.

    `busy` says whether the vault thread has anything to do, for the line at the foot of the sidebar that says what is
    saved; work beside it saves nothing. A bug is told to `failed` in
    one general sentence, so that nobody waits for ever, and then raised where it is loud; `told` is the last of them.
    `cut_short` says what was stopped because the window left, for whoever comes back to it.
    """

    busy = Signal(bool)
    _back = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lane = _Lane("vault")
        self._beside = _Lane("aside")
        self._vault: Vault | None = None
        self.told: BaseException | None = None
        self.cut_short = ""
        self._pending = 0
        self._with_vault = 0
        self._round = 0
        self._asked: dict[int, _Asked] = {}
        self._came: dict[int, tuple[Any, VpdeskError | None, BaseException | None]] = {}
        self._numbers = itertools.count()
        self._back.connect(self._hand_back, Qt.ConnectionType.QueuedConnection)

    def open(
        self, opener: "Callable[[], Vault]", done: "Callable[[Vault], None]", failed: Failed, *, stopped: str = ""
    ) -> None:
        """Let the vault thread open the vault it will own; `done` may read its plain attributes only.

        Where the opener can be stopped, `stopped` is what `cut_short` then says.
        """

        def opened() -> "Vault":
            with self._cutting(asked_in, stopped):
                self._vault = opener()
            return self._vault

        asked_in = self._round
        self._submit(self._lane, opened, done, failed)

    def run(
        self,
        operation: "Callable[[Vault], T]",
        done: Callable[[T], None],
        failed: Failed,
        *,
        progress: Progress | None = None,
        stopped: str = "",
    ) -> None:
        """Run an operation on the vault thread, after those asked for before it.

        With `progress` it may be stopped in the middle of a statement too, as by a window that locks: for operations
        that change nothing before their end, or hold it in one transaction. `stopped` is then what `cut_short` says.
        """

        def operate() -> T:
            if self._vault is None:
                raise CancelledError("De kluis is dicht. Open de kluis en probeer het opnieuw.")
            if progress is None:
                return operation(self._vault)
            with self._cutting(asked_in, stopped), self._vault.stoppable(lambda: progress.cancelled):
                return operation(self._vault)

        asked_in = self._round
        self._submit(self._lane, operate, done, failed)

    def aside(self, job: Callable[[], T], done: Callable[[T], None], failed: Failed) -> None:
        """Run a long job that needs no vault, so that lists stay alive."""
        self._submit(self._beside, job, done, failed)

    def before(self, job: Callable[[], T], done: Callable[[T], None], failed: Failed) -> None:
        """Run a job on the vault thread that needs no open vault: setting up, looking at a folder, restoring."""
        self._submit(self._lane, job, done, failed)

    @property
    def idle(self) -> bool:
        """Whether every piece of work was handed back."""
        return self._pending == 0

    def forget(self) -> None:
        """Drop what earlier work would hand back, since whoever asked is going; what was begun is still written.

        What can be stopped is: what shows progress, and the child processes.
        """
        self._round += 1
        Progress.cancel_all()
        children.end_all()
        self._pending = self._with_vault = 0

    def close(self, patience: float = 10.0) -> None:
        """Close the vault on its own thread, which ends; waits at most `patience` seconds for that.

        Work beside it is not waited for: it writes nothing, and nobody hears of it any more.
        """
        self.forget()
        self._lane.put(self._close_vault)
        self._beside.abandon()
        self._lane.stop(patience)
        children.end_all(_CHILD_GONE)

    @contextlib.contextmanager
    def _cutting(self, asked_in: int, stopped: str) -> Iterator[None]:
        try:
            yield
        except CancelledError:
            if asked_in != self._round:  # nobody is there any more to hear it
                self.cut_short = stopped
            raise

    def _close_vault(self) -> None:
        if self._vault is not None:
            self._vault.close()
            self._vault = None

    def _submit(self, lane: _Lane, job: Callable[[], T], done: Callable[[T], None], failed: Failed) -> None:
        number = next(self._numbers)
        self._asked[number] = _Asked(self._round, lane, job, done, failed)
        self._pending += 1
        if lane is self._lane:
            self._with_vault += 1
            if self._with_vault == 1:
                self.busy.emit(True)
        lane.put(partial(self._work, number))

    def _work(self, number: int) -> None:
        """Do a piece of work on the thread of its lane, which holds nothing of it any more when it tells."""
        self._came[number] = self._outcome(number)
        self._back.emit(number)

    def _outcome(self, number: int) -> tuple[Any, VpdeskError | None, BaseException | None]:
        try:
            return self._asked[number].job(), None, None
        except VpdeskError as error:
            return None, error, None
        except BaseException as bug:  # noqa: BLE001 - raised again in the window's thread, where it is loud
            return None, VpdeskError(SORRY), bug

    def _hand_back(self, number: int) -> None:
        asked = self._asked.pop(number)
        result, error, bug = self._came.pop(number)
        if asked.round != self._round:
            return
        self._pending -= 1
        if asked.lane is self._lane:
            self._with_vault -= 1
            if self._with_vault == 0:
                self.busy.emit(False)
        answer = asked.done if error is None else asked.failed
        asker = getattr(getattr(answer, "func", answer), "__self__", None)
        try:
            if not isinstance(asker, QObject) or Shiboken.isValid(asker):  # a dialog may be gone before its answer
                answer(result if error is None else error)
                self.told = bug
        finally:
            if bug is not None:
                raise bug
