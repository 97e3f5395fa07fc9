"""The parent's end of the child process: starts it, waits with cancel, and fails closed on anything unexpected."""

import json
import queue
import subprocess
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final, Self

from vpdesk import children
from vpdesk.domain.errors import CancelledError, ReportRefusedError
from vpdesk.reporting.disclosure.block import UNBOUNDED

FLAG: Final = "--audit-child"
POLL_SECONDS: Final = 0.05
NODES: Final = 20_000

NOT_READY: Final = (
    "Het narekenen is niet klaar gekomen. Daarom is er niets geëxporteerd. Uw gegevens zijn niet veranderd; "
    "probeer het opnieuw, of kies een langere periode."
)


def command() -> list[str]:
    """Return the command line that starts the child."""
    return children.command(FLAG)


class Solver:
    """A running child process; started at the first question and ended with the `with` block.

    `pool` keeps the worlds that were found, by what they are worlds of, so that a later question may try them first,
    and `settled` what came of a question, by its words. `asked` counts the values asked for, on which a way down may be
    cut short: the same count on every machine; no question may take it past `most`.
    """

    def __init__(
        self,
        *,
        progress: Callable[[float], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
        nodes: int = NODES,
    ) -> None:
        self._progress = progress
        self._cancelled = cancelled
        self._nodes = nodes
        self._process: subprocess.Popen[str] | None = None
        self._lines: queue.Queue[str] = queue.Queue()
        self._told = 0.0
        self.pool: dict[object, list[list[int]]] = {}
        self.settled: dict[object, frozenset[Any]] = {}
        self.asked = 0
        self.most = UNBOUNDED

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    @property
    def pid(self) -> int | None:
        """Return the process id of the child, None before the first question."""
        return self._process.pid if self._process else None

    def worlds(self, blocks: list[dict[str, Any]]) -> list[list[list[int]]]:
        """Return the worlds that the child proposes for each block; they are still to be checked.

        Raises:
            ReportRefusedError: no solver, no child, no answer, or an answer that is not one.
            CancelledError: the user cancelled.
        """
        self.asked += sum(len(want[1]) for block in blocks for want in block["wants"])
        process = self._started()
        try:
            self._ask(process, {"blocks": blocks, "nodes": self._nodes})
            return self._heard(len(blocks))
        except (ReportRefusedError, CancelledError):
            self._end()
            raise

    def _started(self) -> subprocess.Popen[str]:
        if self._process is None:
            try:
                self._process = children.start(command(), text=True)
            except OSError as error:
                raise ReportRefusedError(NOT_READY) from error
            threading.Thread(target=self._listen, args=(self._process,), daemon=True).start()
        return self._process

    def _listen(self, process: subprocess.Popen[str]) -> None:
        if process.stdout is not None:
            with process.stdout as answers:
                for line in answers:
                    self._lines.put(line)
        self._lines.put("")

    def _ask(self, process: subprocess.Popen[str], request: object) -> None:
        try:
            if process.stdin is None:
                raise ReportRefusedError(NOT_READY)
            process.stdin.write(json.dumps(request) + "\n")
            process.stdin.flush()
        except OSError as error:
            raise ReportRefusedError(NOT_READY) from error

    def _heard(self, blocks: int) -> list[list[list[int]]]:
        while True:
            if self._cancelled is not None and self._cancelled():
                raise CancelledError("Het narekenen is gestopt. Er is niets geëxporteerd.")
            try:
                line = self._lines.get(timeout=POLL_SECONDS)
            except queue.Empty:
                continue
            try:
                answer = json.loads(line)
            except ValueError as error:
                raise ReportRefusedError(NOT_READY) from error
            if isinstance(answer, dict) and isinstance(answer.get("progress"), float):
                self._advance(answer["progress"])
                continue
            worlds = answer.get("worlds") if isinstance(answer, dict) else None
            if not isinstance(worlds, list) or len(worlds) != blocks:
                raise ReportRefusedError(NOT_READY)
            return worlds

    def _advance(self, done: float) -> None:
        """Tell how far the questions asked so far are; never backwards, since nobody knows how many will follow."""
        self._told = max(self._told, done)
        if self._progress is not None:
            self._progress(self._told)

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        if process.stdin is not None:
            with suppress(OSError):
                process.stdin.close()
        process.wait()
