"""How the child tells the solver of a draw: which cells a table hides for their own sake, and which it drew."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

Term = tuple[list[int], list[int], float, float]
"""A row: columns, their weights, and between which two numbers the sum lies."""

Picked = tuple[int, ...]
"""For each code that a table may have drawn whether it did."""

Cells = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Pick:
    """A code that a table may have drawn: its cells, and how many cases they hold when it was not.

    `few` is how many they hold where a table was left out for two other large codes.
    """

    place: int
    code: str
    cells: Cells
    cap: int
    few: int


@dataclass(frozen=True, slots=True)
class _Beyond:
    """Between which two counts above its cap a code may be hidden for its own sake, picked or not."""

    place: int
    code: str
    cells: Cells
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class _Table:
    """The picks of one table; with `left_out` one or two are drawn, otherwise none or one."""

    picks: tuple[_Pick, ...]
    left_out: bool
    beyond: tuple[_Beyond, ...] = ()


class Tables:
    """The rows that keep a world to tables that the rule could have made, after `rows` others.

    `picks` is the number of columns they add after the first `columns`, and `soft` are the rows that bound a cell by
    what was picked: those that may be exceeded while picks are looked for. With `beyond` a cell may also be hidden for
    its own sake above its cap, as where so many leave few of a longer period.
    """

    def __init__(self, lines: Sequence[dict[str, Any]], columns: int, rows: int, *, beyond: bool = False) -> None:
        self.columns = columns
        self.beyond = beyond
        self.first = rows
        self.rows: list[Term] = []
        self.picks = 0
        self.soft: list[int] = []
        self.tables: list[_Table] = []
        self.clashes: set[tuple[int, int]] = set()
        printed = [line for line in lines if "few" not in line]
        for line in printed:
            self._printed(line)
        self._keep_apart(printed)
        for line in lines:
            if "few" in line:
                self._left_out(line)

    def fitting(self, values: Sequence[float]) -> Picked:
        """Return the picks under which these values exceed what cells may hold by the least, table by table."""
        picked: set[int] = set()
        for table in self.tables:
            held = {pick: sum(values[i] for i in pick.cells) for pick in table.picks}
            above = sorted(table.picks, key=lambda pick: (pick.cap - held[pick], -held[pick], pick.place))
            if not table.left_out:
                sums = [(each, sum(values[i] for i in each.cells)) for each in table.beyond]
                inside = {each.code: each.place for each, n in sums if each.least <= n <= each.most}
                picked |= {*inside.values()}
                above = [pick for pick in above if pick.code not in inside]
                able = (p for p in above if held[p] > p.cap and not any(self._clash(p.place, q) for q in picked))
                picked |= {pick.place for pick in able if pick is above[0]}
                continue
            by_few = sorted(table.picks, key=lambda pick: (pick.few - held[pick], pick.place))
            single = sum(max(0.0, held[pick] - pick.cap) for pick in above[1:])
            double = sum(max(0.0, held[pick] - pick.few) for pick in by_few[2:])
            picked |= {p.place for p in (above[:1] if single <= double else by_few[:2])}
        return tuple(int(place in picked) for place in range(self.picks))

    def _clash(self, one: int, other: int) -> bool:
        return (one, other) in self.clashes or (other, one) in self.clashes

    def _pick(self, code: str, cells: Sequence[int], cap: int, few: int) -> _Pick:
        pick = _Pick(self.picks, code, tuple(cells), cap, few)
        self.picks += 1
        return pick

    def _printed(self, line: dict[str, Any]) -> None:
        """Add the hidden cells of a table: small, or drawn beside the small ones, one at most."""
        own: list[_Pick] = []
        beyond: list[_Beyond] = []
        for code, cells in line["cells"].items():
            cap = line["caps"][code]
            above = []  # what lets it exceed its cap: the column, how many it then holds at least, and how many more
            if code in line["free"]:
                own.append(self._pick(code, cells, cap, cap))
                above.append((self.columns + own[-1].place, line["least"], line["sum"]))
            for least, most in line["beyond"][code] if self.beyond else ():
                beyond.append(_Beyond(self.picks, code, tuple(cells), least, most))
                above.append((self.columns + self.picks, least, most - cap))
                self.picks += 1
            self._cell(cells, cap, above)
        if own:
            self.rows.append(([self.columns + pick.place for pick in own], [1] * len(own), 0.0, 1.0))
        self.tables.append(_Table(tuple(own), left_out=False, beyond=tuple(beyond)))

    def _cell(self, cells: Sequence[int], cap: int, above: Sequence[tuple[int, int, int]]) -> None:
        """Add the rows that keep a cell to its cap, unless one of the columns lets it exceed that."""
        ones, columns = [1] * len(cells), [column for column, *_ in above]
        for column, least, _ in above:
            if least > 0:
                self.rows.append(([*cells, column], [*ones, -least], 0.0, float("inf")))
        if above:
            self.soft.append(self.first + len(self.rows))
        weights = [*ones, *(-more for *_, more in above)]
        self.rows.append(([*cells, *columns], weights, float("-inf"), float(cap)))
        if len(above) > 1:
            self.rows.append((columns, [1] * len(columns), 0.0, 1.0))

    def _keep_apart(self, lines: Sequence[dict[str, Any]]) -> None:
        """Add that of one draw no two tables each drew a code that the other shows."""
        for (one, line), (two, other) in combinations(zip(self.tables, lines, strict=True), 2):
            for pick in one.picks if line["group"] == other["group"] else ():
                for against in two.picks:
                    if pick.code in other["shown"] and against.code in line["shown"]:
                        self.clashes.add((pick.place, against.place))
                        pair = [self.columns + pick.place, self.columns + against.place]
                        self.rows.append((pair, [1, 1], 0.0, 1.0))

    def _left_out(self, line: dict[str, Any]) -> None:
        """Add that a table would show fewer than two counts.

        One code may be large and all others small, or two may and the others so few that one of the two would be drawn.
        """
        caps = line["caps"]
        picks = tuple(self._pick(c, cells, caps[c], min(caps[c], line["few"])) for c, cells in line["cells"].items())
        own = [self.columns + pick.place for pick in picks]
        self.rows.append((own, [1] * len(own), 1.0, 2.0))
        for pick in picks:
            column = self.columns + pick.place
            weights = [pick.cap - pick.few - (line["sum"] if other == column else 0) for other in own]
            self.soft.append(self.first + len(self.rows))
            places = [*pick.cells, *own]
            self.rows.append(
                (places, [*([1] * len(pick.cells)), *weights], float("-inf"), float(2 * pick.cap - pick.few))
            )
        self.tables.append(_Table(picks, left_out=True))
