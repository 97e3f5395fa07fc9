"""How the child tells the solver of a draw: which cells a table hides for their own sake, and which it drew."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any

Term = tuple[list[int], list[int], float, float]
"""A row: columns, their weights, and between which two numbers the sum lies."""

Picked = tuple[int, ...]
"""For each code that a table may have drawn whether it did."""


@dataclass(frozen=True, slots=True)
class _Pick:
    """A code that a table may have drawn, and the column that tells whether it did."""

    code: str
    column: int


class Tables:
    """The rows that keep a world to tables that the rule could have made.

    `picks` is the number of columns they add after the first `columns`. With `beyond` a cell may also be hidden for its
    own sake above its cap, as where so many leave few of a longer period.
    """

    def __init__(self, lines: Sequence[dict[str, Any]], columns: int, *, beyond: bool = False) -> None:
        self.columns = columns
        self.beyond = beyond
        self.rows: list[Term] = []
        self.picks = 0
        printed = [line for line in lines if "few" not in line]
        self._keep_apart([(line, self._printed(line)) for line in printed])
        for line in lines:
            if "few" in line:
                self._left_out(line)

    def _column(self) -> int:
        """Add a column for one more pick."""
        self.picks += 1
        return self.columns + self.picks - 1

    def _printed(self, line: dict[str, Any]) -> list[_Pick]:
        """Add the hidden cells of a table, small, or drawn beside the small ones, one at most; return what it drew."""
        own: list[_Pick] = []
        for code, cells in line["cells"].items():
            cap = line["caps"][code]
            above = []  # what lets it exceed its cap: the column, how many it then holds at least, and how many more
            if code in line["free"]:
                own.append(_Pick(code, self._column()))
                above.append((own[-1].column, line["least"], line["sum"]))
            for least, most in line["beyond"][code] if self.beyond else ():
                above.append((self._column(), least, most - cap))
            self._cell(cells, cap, above)
        if own:
            self.rows.append(([pick.column for pick in own], [1] * len(own), 0.0, 1.0))
        return own

    def _cell(self, cells: Sequence[int], cap: int, above: Sequence[tuple[int, int, int]]) -> None:
        """Add the rows that keep a cell to its cap, unless one of the columns lets it exceed that."""
        ones, columns = [1] * len(cells), [column for column, *_ in above]
        for column, least, _ in above:
            if least > 0:
                self.rows.append(([*cells, column], [*ones, -least], 0.0, float("inf")))
        weights = [*ones, *(-more for *_, more in above)]
        self.rows.append(([*cells, *columns], weights, float("-inf"), float(cap)))
        if len(above) > 1:
            self.rows.append((columns, [1] * len(columns), 0.0, 1.0))

    def _keep_apart(self, tables: Sequence[tuple[dict[str, Any], Sequence[_Pick]]]) -> None:
        """Add that of one draw no two tables each drew a code that the other shows."""
        for (one, picks), (other, against) in combinations(tables, 2):
            for two in product(picks, against) if one["group"] == other["group"] else ():
                if two[0].code in other["shown"] and two[1].code in one["shown"]:
                    self.rows.append(([pick.column for pick in two], [1, 1], 0.0, 1.0))

    def _left_out(self, line: dict[str, Any]) -> None:
        """Add that a table would show fewer than two counts.

        One code may be large and all others small, or two may and the others so few that one of the two would be drawn.
        """
        own = [self._column() for _ in line["cells"]]
        self.rows.append((own, [1] * len(own), 1.0, 2.0))
        for (code, cells), column in zip(line["cells"].items(), own, strict=True):
            cap = line["caps"][code]
            few = min(cap, line["few"])
            weights = [cap - few - (line["sum"] if other == column else 0) for other in own]
            self.rows.append(([*cells, *own], [*([1] * len(cells)), *weights], float("-inf"), float(2 * cap - few)))
