"""Where the audit asks for worlds: whoever proposes them decides nothing, and what goes wrong there stops the report.

Runs in the child process with the audit; the solver itself is loaded by the first question.
"""

import json
from collections.abc import Callable
from typing import Any, Final, Self

from vpdesk.domain.errors import ReportRefusedError
from vpdesk.reporting.disclosure import cutting, search
from vpdesk.reporting.disclosure.block import UNBOUNDED
from vpdesk.reporting.disclosure.pool import Pool
from vpdesk.reporting.disclosure.request import NOT_READY
from vpdesk.reporting.disclosure.steps import Steps

__all__ = ["NODES", "NOT_READY", "AskedTooMuchError", "Proposer", "Solver"]

NODES: Final = 20_000
NO_PATTERN: Final = frozenset({"infeasible", "nodes"})
"""Why no pattern of a two-way table was found, where the answer is clear; anything else is no answer."""

Proposer = Callable[[list[dict[str, Any]], int, Callable[[float], None]], object]
"""Gives worlds for each block, within a limit on nodes, and tells how far it is; see `search.propose`."""

Hider = Callable[[dict[str, Any]], dict[str, Any]]
"""Gives the cells of a two-way table to hide, within a limit on nodes; see `cutting.solve`."""


class AskedTooMuchError(Exception):
    """A question would go past what may be asked: the way down ends, and less is said."""


class Solver:
    """The proposer, and what was found by its worlds until the `with` block ends.

    `pool` keeps the worlds that were found, so that a later question may try them first, `replayed` of which a draw
    makes the tables of a question, and `settled` what came of a question, by its words. `asked` counts the values asked
    for, on which a way down may be cut short: the same count on every machine; no question may take it past `most`.
    `steps` tells how far it all is.
    """

    def __init__(
        self,
        *,
        progress: Callable[[float], None] | None = None,
        nodes: int = NODES,
        propose: Proposer = search.propose,
        hide: Hider = cutting.solve,
    ) -> None:
        self._propose = propose
        self._hide = hide
        self._nodes = nodes
        self.steps = Steps(progress)
        self.pool = Pool()
        self.replayed: dict[object, dict[tuple[int, ...], bool]] = {}
        self.settled: dict[object, frozenset[Any]] = {}
        self.asked = 0
        self._patterns: dict[str, object] = {}
        self.most = UNBOUNDED

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.pool.clear()
        self.replayed.clear()
        self.settled.clear()

    def worlds(self, blocks: list[dict[str, Any]]) -> list[list[list[int]]]:
        """Return the worlds that are proposed for each block; they are still to be checked.

        Raises:
            ReportRefusedError: no solver, an unclear status, or an answer that is not one.
        """
        self.asked += sum(len(want[1]) for block in blocks for want in block["wants"])
        try:
            found = self._propose(blocks, self._nodes, self.steps.within)
        except (ImportError, search.UnclearError) as error:
            raise ReportRefusedError(NOT_READY) from error
        if not isinstance(found, list) or len(found) != len(blocks):
            raise ReportRefusedError(NOT_READY)
        return found

    def pattern(self, table: dict[str, Any]) -> object:
        """Return the places of the cells of a two-way table that are proposed to be hidden; None when none are found.

        None too when that can't be told within the nodes: then the table is left out. A table that was asked before is
        not asked again.

        Raises:
            ReportRefusedError: no solver, or an answer that is not one.
        """
        words = json.dumps(table)
        if words not in self._patterns:
            try:
                answer = self._hide({**table, "nodes": self._nodes})
            except ImportError as error:
                raise ReportRefusedError(NOT_READY) from error
            self._patterns[words] = _pattern(answer)
        return self._patterns[words]


def _pattern(answer: dict[str, Any]) -> object:
    """Return what was proposed to hide, None where it is clear that nothing was found."""
    if answer.get("none") in NO_PATTERN:
        return None
    if "hidden" not in answer:
        raise ReportRefusedError(NOT_READY)
    return answer["hidden"]
