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

FLAG: Final = "--audit-child"
POLL_SECONDS: Final = 0.05
NODES: Final = 20_000
NO_PATTERN: Final = frozenset({"infeasible", "nodes"})
"""Why no pattern of a two-way table was found, where the answer is clear; anything else is no answer."""

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
    cut short: the same count on every machine.
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
        self._patterns: dict[str, object] = {}

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
            worlds = self._heard().get("worlds")
        except (ReportRefusedError, CancelledError):
            self._end()
            raise
        if not isinstance(worlds, list) or len(worlds) != len(blocks):
            self._end()
            raise ReportRefusedError(NOT_READY)
        return worlds

    def pattern(self, table: dict[str, Any]) -> object:
        """Return the places of the cells of a two-way table that the child proposes to hide; None when it finds none.

        None too when the child can't tell within the nodes: then the table is left out. A table that was asked before
        is not asked again.

        Raises:
            ReportRefusedError: no solver, no child, no answer, or an answer that is not one.
            CancelledError: the user cancelled.
        """
        words = json.dumps(table)
        if words not in self._patterns:
            process = self._started()
            try:
                self._ask(process, {"two_way": {**table, "nodes": self._nodes}})
                self._patterns[words] = _pattern(self._heard())
            except (ReportRefusedError, CancelledError):
                self._end()
                raise
        return self._patterns[words]

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

    def _heard(self) -> dict[str, Any]:
        """Return the child's answer, after what it tells of its progress."""
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
            if not isinstance(answer, dict):
                raise ReportRefusedError(NOT_READY)
            if not isinstance(answer.get("progress"), float):
                return answer
            self._advance(answer["progress"])

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


def _pattern(answer: dict[str, Any]) -> object:
    """Return what was proposed to hide, None where it is clear that nothing was found."""
    if answer.get("none") in NO_PATTERN:
        return None
    if "hidden" not in answer:
        raise ReportRefusedError(NOT_READY)
    return answer["hidden"]
