"""Whether a correction of an exported report may go out beside it: what two editions of one period tell together.

The proof is in `docs/report-method.md`. Whoever holds both editions knows no more than somebody who also knows every
case that came, went or changed; so what the cases that stayed as they were keep hidden from that reader, both editions
keep hidden.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

from vpdesk.domain import taxonomy
from vpdesk.domain.corrections import Codes, lies_in
from vpdesk.domain.ids import CaseId
from vpdesk.domain.periods import Period
from vpdesk.domain.statements import Box, Of, Statement
from vpdesk.reporting.disclosure.audit import Drawn, Promise, Truth, audit, possible
from vpdesk.reporting.disclosure.bounds import bounds, contradictory, provable
from vpdesk.reporting.disclosure.definitions import DEPTH
from vpdesk.reporting.disclosure.editions import ALL, Editions, hidden_in, number_in
from vpdesk.reporting.disclosure.model import Reader
from vpdesk.reporting.disclosure.protect import MARGIN, Line, Past, Rule, plain
from vpdesk.reporting.disclosure.question import Question
from vpdesk.reporting.disclosure.solver import Solver


@dataclass(frozen=True, slots=True)
class TwiceRule(Rule):
    """How both editions hide, seen from the cases that stayed: those that went were there then, new ones are now.

    `then` and `now` are what each edition counts besides, by code.
    """

    then: Mapping[str, int] = field(default_factory=dict)
    now: Mapping[str, int] = field(default_factory=dict)

    def small(self, code: str, count: int) -> bool:
        """Return whether a count is hidden for its own sake in both editions: nobody needs a draw to hide it."""
        return all(self._one().small(code, count + more.get(code, 0)) for more in (self.then, self.now))

    def hidden(self, counts: Mapping[str, int], order: Sequence[str]) -> frozenset[str]:
        """Return the codes that both editions hide; none where they differ, which explains no table that hides."""
        both = {
            self._one().hidden({code: n + more.get(code, 0) for code, n in counts.items()}, order)
            for more in (self.then, self.now)
        }
        return both.pop() if len(both) == 1 else frozenset()

    def cap(self, code: str, limit: int) -> int:
        """Return up to which count a code is hidden for its own sake in both."""
        return max(0, min(self._one().cap(code, limit + more) - more for more in (self._then(code), self._now(code))))

    def _then(self, code: str) -> int:
        return self.then.get(code, 0)

    def _now(self, code: str) -> int:
        return self.now.get(code, 0)

    def _one(self) -> Rule:
        return Rule(self.threshold, self.first, self.past)


@dataclass(frozen=True, slots=True)
class TwiceDrawn(Drawn):
    """A table of the cases that stayed, of which the draw made that of both editions."""

    then: Mapping[str, int] = field(default_factory=dict)
    now: Mapping[str, int] = field(default_factory=dict)

    @property
    def tells_apart(self) -> tuple[Line, ...]:
        """Return the table, and how many cases of each code went and came: codes that differ in it are not alike."""
        line = self.line
        moved = (Line(line.dimension, line.period, more, frozenset(), 0) for more in (self.then, self.now))
        return (line, *moved)

    @property
    def words(self) -> tuple[object, ...]:
        """Return what tells this table from others."""
        line = self.line
        counted = (tuple(sorted(counts.items())) for counts in (line.shown, self.then, self.now))
        return (line.dimension, line.period, line.hidden, *counted)


def stays_open(editions: Editions, question: Question, complaints: Collection[CaseId], solver: Solver) -> bool:
    """Return whether every small number of both editions, and of what changed, keeps its values beside both.

    `complaints` are the numbers of the cases that others know in full. Raises ReportRefusedError as the audit does.
    """
    for lines in editions.groups:
        kept = editions.change.kept(line.dimension for line in lines)
        others = {number: codes for number, codes in kept.items() if number not in complaints}
        stayed = _Stayed(editions, question, lines, kept)
        if any(line.hidden for line in lines) and not (
            stayed.hides(solver)
            and (len(others) == len(kept) or replace(stayed, kept=others).hides(solver, knows=True))
        ):
            return False
        if not stayed.leaves_room(solver):
            return False
    return True


@dataclass(frozen=True, slots=True)
class _Stayed:
    """The cases that stayed as they were in one group of tied tables, as a report of their own."""

    editions: Editions
    question: Question
    lines: tuple[Line, ...]
    kept: Mapping[CaseId, Codes]

    def hides(self, solver: Solver, *, knows: bool = False) -> bool:
        """Return whether their hidden categories keep every value; `knows` asks it for whoever knows the complaints.

        The rows that both editions print are taken as known of these cases too: whoever knows who changed knows them.
        """
        none = self._none() if knows else []
        hidden = {Box.where_({line.dimension: code}) for line in self.lines for code in line.hidden}
        rows = [self._exactly(box) for box in dict.fromkeys((*self._rows(), *none))]
        before = self._known(rows, hidden - set(none))
        if before is None:
            return False
        drawn = [] if knows else [self._drawn(line) for line in self.lines if line.hidden]
        threshold, margin = self.question.threshold, 0 if knows else MARGIN
        promise = Promise(threshold, self.question.dimensions, self._truth(), before, margin=margin)
        said = dict.fromkeys((*before, *(self._exactly(box) for box in self._said())))
        return not audit(tuple(said), drawn, promise, solver)

    def _none(self) -> list[Box]:
        """Return the boxes in which no case lies that is not a complaint."""
        names = [line.dimension for line in self.lines if plain(line.dimension) == "afloop"]
        return [Box.where_({name: taxonomy.FORMAL_COMPLAINT}) for name in names]

    def leaves_room(self, solver: Solver) -> bool:
        """Return whether, for each code, the threshold of cases may have left it while as many others came.

        Then nobody can tell that none did. They change places with as many cases of another combination of codes.
        """
        k = self.question.threshold
        alike = [codes for codes, n in sorted(self._combinations().items()) if n >= k]
        strict = possible([self._exactly(box) for box in self._said()], self.question.dimensions, solver, strict=True)
        for line in self.lines:
            for code in sorted(line.shown.keys() | line.hidden):
                if code in line.shown and number_in(self.kept, Box.where_({line.dimension: code})) < k:
                    continue  # the others changed, and they are too many to be taken for none
                if not any(self._swaps(line.dimension, code, dict(other), solver, strict=strict) for other in alike):
                    return False
        return True

    def _swaps(self, dimension: str, code: str, other: Codes, solver: Solver, *, strict: bool) -> bool:
        """Return whether the threshold of cases with this code and as many with another may both be among these."""
        if other[dimension] == code:
            return False
        k = self.question.threshold
        there = self._combinations()
        mine = [codes for codes in self._possible_codes(strict=strict) if codes[dimension] == code]
        if any(there[tuple(codes.items())] >= k for codes in mine):
            return True
        for codes in mine:
            less = {box: k * (lies_in(codes, box) + lies_in(other, box)) for box in self._said()}
            if all(number_in(self.kept, box) >= n for box, n in less.items()):
                rest = [self._exactly(box, less=n) for box, n in less.items()]
                if possible(rest, self.question.dimensions, solver, strict=strict):
                    return True
        return False

    def _said(self) -> list[Box]:
        return [ALL, *self._rows(), *(hidden_in(line) for line in self.lines if line.hidden)]

    def _possible_codes(self, *, strict: bool) -> list[dict[str, str]]:
        """Return every combination of codes in these tables, with `strict` those that definitions allow."""
        names = [line.dimension for line in self.lines]
        every = product(*(sorted(line.shown.keys() | line.hidden) for line in self.lines))
        found = [dict(zip(names, codes, strict=True)) for codes in every]
        return [codes for codes in found if _allowed(codes)] if strict else found

    def _combinations(self) -> Counter[tuple[tuple[str, str], ...]]:
        names = [line.dimension for line in self.lines]
        return Counter(tuple((name, codes[name]) for name in names) for codes in self.kept.values())

    def _rows(self) -> list[Box]:
        return [Box.where_({line.dimension: code}) for line in self.lines for code in sorted(line.shown)]

    def _exactly(self, box: Box, *, less: int = 0) -> Statement:
        count = number_in(self.kept, box) - less
        return Statement(Of.CASES, box, self.editions.period, count, count)

    def _known(self, rows: Sequence[Statement], hidden: Collection[Box]) -> list[Statement] | None:
        """Return what is taken as known, with the hidden categories that are known to be large by it.

        The audit asks of a number no more than it had before, so a category that is narrowed down and small gives None.
        """
        known, k = list(rows), self.question.threshold
        asked = set(hidden)
        while narrowed := {box for box in asked if not self._free(known, box)}:
            if any(number_in(self.kept, box) < k for box in narrowed):
                return None
            most = len(self.kept)
            known += [Statement(Of.CASES, box, self.editions.period, k, most) for box in sorted(narrowed)]
            asked -= narrowed
        return known

    def _free(self, known: Sequence[Statement], box: Box) -> bool:
        """Return whether what is taken as known leaves a category all that is asked for, or makes it large."""
        k = self.question.threshold
        reader = Reader(known, self.question.dimensions, [self.editions.period])
        blocks = reader.blocks(strict=True)
        if any(contradictory(*bounds(block)) for block in blocks):
            blocks = reader.blocks(strict=False)  # as the audit does, with data that breaks definitions
        for block in blocks:
            proven = provable(block, *bounds(block))
            spreads = [t.spread for t in block.targets if t.code and Box.where_({t.dimension: t.code}) == box]
            for least, most in map(proven, spreads):
                if least < k and (least > 0 or most < k + MARGIN):
                    return False
        return True

    def _truth(self) -> Truth:
        def count(dimension: str, code: str, _when: tuple[Period, ...]) -> int | None:
            if dimension and dimension not in {line.dimension for line in self.lines}:
                return None
            return number_in(self.kept, Box.where_({dimension: code}) if dimension else ALL)

        return count

    def _drawn(self, line: Line) -> Drawn:
        period, threshold = self.editions.period, self.question.threshold
        kept = {code: number_in(self.kept, Box.where_({line.dimension: code})) for code in line.shown}
        then, now = (
            {
                code: sum(codes[line.dimension] == code for n, codes in cases.items() if n not in self.kept)
                for code in line.shown.keys() | line.hidden
            }
            for cases in (self.editions.change.was, self.editions.change.now)
        )
        rule = TwiceRule(threshold, frozenset(), Past(period, threshold), then=then, now=now)
        together = number_in(self.kept, hidden_in(line))
        group = self.question.group(plain(line.dimension))
        return TwiceDrawn(
            Line(line.dimension, period, kept, line.hidden, together), (rule,), group, new=True, then=then, now=now
        )


def _allowed(codes: Codes) -> bool:
    """Return whether a case can have these codes: a theme in its fields, a report beyond the first phase."""
    by_name = {plain(name): code for name, code in codes.items()}
    theme, subject = by_name.get("thema"), by_name.get("werkgebied")
    if theme is not None and subject is not None:
        return subject in taxonomy.fields_of_theme(theme)
    return not (by_name.get("fase") == DEPTH[0] and by_name.get("afloop") in taxonomy.OUTCOMES_OF_A_REPORT)
