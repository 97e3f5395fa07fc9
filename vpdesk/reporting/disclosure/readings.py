"""Who reads: what each reader has besides the report, and what he would gain from it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, NamedTuple

from vpdesk.domain import taxonomy
from vpdesk.domain.errors import ReportRefusedError
from vpdesk.domain.periods import Period, segments
from vpdesk.domain.publications import Publication, Why, Withheld
from vpdesk.domain.report_choices import crossed_parts, crossing
from vpdesk.domain.statements import Audience, Box, CaseFacts, Of, Statement, dated
from vpdesk.reporting.disclosure import crossings
from vpdesk.reporting.disclosure.audit import Drawn, Missing, Promise, Truth, audit, contradicts
from vpdesk.reporting.disclosure.bounds import bounds
from vpdesk.reporting.disclosure.counting import counts_in
from vpdesk.reporting.disclosure.family import Relative, apart
from vpdesk.reporting.disclosure.gluing import glue
from vpdesk.reporting.disclosure.lists import Dimensions, Moved, beliefs, lies_in
from vpdesk.reporting.disclosure.model import Reader, Told, chain, told
from vpdesk.reporting.disclosure.protect import MARGIN, Line, Past, Rule, codes_in, plain, published_lines
from vpdesk.reporting.disclosure.question import (
    DAY_BOUND,
    Question,
    hidden_before,
    lines_of,
    named,
    rows_with,
)
from vpdesk.reporting.disclosure.result import ProtectedReport
from vpdesk.reporting.disclosure.solver import Solver
from vpdesk.reporting.disclosure.totals import alike, effective, silent_up_to
from vpdesk.reporting.disclosure.unions import Unions, table_rows, unions

FEWEST_DAYS: Final = 2

CONTRADICTION: Final = (
    "De verslagen die al zijn uitgegeven spreken elkaar tegen, en zo valt niets na te rekenen. Daarom is er niets "
    "geëxporteerd. Kijk bij Jaarverslag of een verslag met de hand verkeerd is ingevoerd."
)


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What a reader has besides what went out.

    `still` is a dimension that he takes not to change with the days, `method` that he concludes from what was not said,
    `totals` that he knows the number of cases in each stretch of time, `records` are cases that he knows in full: his
    questions are about the others. `margin` is how many cases he may know besides, whichever they are, and with `pairs`
    he puts two of them together. `moved` is where he believes that the cases of a code are now which no list has any
    more.
    """

    name: str
    still: str = ""
    method: bool = False
    totals: bool = False
    records: tuple[CaseFacts, ...] = ()
    margin: int = 0
    pairs: bool = False
    moved: Moved | None = None

    @property
    def may_be_wrong(self) -> bool:
        """Return whether what went out can contradict what he believes; then he knows, and learns no more."""
        return bool(self.still or self.totals or self.records or self.moved)


OUTSIDER: Final = Knowledge("buitenstaander, of wie een of twee casussen kent", margin=MARGIN)
PAIR: Final = Knowledge("twee die elk een casus kennen", margin=MARGIN, pairs=True)


class _Heard(NamedTuple):
    """What hangs together, what of it the reader had before, and the tables among it."""

    near: tuple[Told, ...]
    had: set[Told]
    drawn: list[Drawn]


class Reading:
    """One reader of everything that is out: what this reader would gain from a report."""

    def __init__(
        self,
        question: Question,
        known: Sequence[Publication],
        drawn: Sequence[Drawn],
        threshold: int,
        knowledge: Knowledge,
        solver: Solver,
        *,
        family: Sequence[Relative],
    ) -> None:
        self.question = question
        self.knowledge = knowledge
        self.solver = solver
        self.known = (*_own(known), *_of_family(question, family))
        seen = replace(question, family=family).beside
        self.silences = tuple(alike(question.earlier, known, question.beside, seen))
        self.drawn = drawn
        truth = (
            _still_truth(question)
            if knowledge.still
            else _truth_of_others(question.truth, knowledge.records, question.dimensions)
        )
        self.promise = Promise(
            threshold,
            question.dimensions,
            truth,
            method=knowledge.method,
            margin=knowledge.margin,
            pairs=knowledge.pairs,
            moved=knowledge.moved,
        )
        self.out = (*known, *(relative.publication for relative in family))
        self.by_hand = {s.period for p in self.out if p.by_hand for s in p.statements}

    def gains(self, report: ProtectedReport) -> frozenset[Missing]:
        """Return what the new report adds to what had been given away already."""
        heard = self._heard(report)
        if heard is None:
            return frozenset()
        near, had, drawn = heard
        before = tuple(t for t in near if t in had)
        promise = replace(self.promise, before=before, unions=self._unions(near, report))
        if any(t.statement.period in self.by_hand for t in near):
            glue(near, drawn, promise, self.solver)
        lost = audit(near, drawn, promise, self.solver)
        if any(not missing.when for missing in lost):  # no world fits
            if self.knowledge.may_be_wrong:
                return frozenset()
            if contradicts(before, self.promise.dimensions, self.solver):
                raise ReportRefusedError(CONTRADICTION)
        if not lost and self.knowledge == OUTSIDER:
            return self._crossings(near, promise)
        return lost

    def _unions(self, near: Sequence[Told], report: ProtectedReport) -> Unions:
        """Return which codes are a number together in what hangs together with the report."""
        periods = {t.statement.period for t in near}
        out = (p for p in self.out if any(s.period in periods for s in p.statements))
        rows = table_rows(report.statements, report.pattern, report.withheld)
        return unions(out, rows, self.question.dimensions)

    def _crossings(self, near: Sequence[Told], promise: Promise) -> frozenset[Missing]:
        """Return what is forced about two dimensions together and was not before."""
        facts, dimensions, threshold = self.question.facts, promise.dimensions, promise.threshold
        reader = Reader(near, dimensions, unions=promise.unions)
        lost = set()
        if reader.segments:
            cuts = [period for t in near for period in t.where]
            had = Reader(promise.before, dimensions, cuts, unions=promise.unions)
            new = crossings.told(reader, facts, threshold) - crossings.told(had, facts, threshold)
            for name, code, other, _, region in new:
                table = name if any(name == n for t in near for n, _ in t.statement.box.where) else other
                lost.add(Missing(table, code, tuple(reader.segments[i] for i in region), 0, by_draw=False))
        return frozenset(lost)

    def _heard(self, report: ProtectedReport) -> _Heard | None:
        """Return what this reader has with the report; None when he learns no more from it than everybody."""
        question, knowledge = self.question, self.knowledge
        said = [told(s) for s in report.statements]
        before = [*self.known, *(self.silences if knowledge.method or knowledge.records else ())]
        new = [told(s) for s in _silence(question, report)] if knowledge.method else []
        said += new
        near = chain((*before, *said), question.period)
        drawn = _comparable((*self.drawn, *_own_draws(question, report)), near)
        if knowledge.method:
            covers = [(told(_all_codes(d.line)), d.new) for d in drawn if d.left_out]
            before += [t for t, new in covers if not new]
            near = (*near, *(t for t, _ in covers))
        if knowledge.totals:
            sums = [] if _all_exact(near, question) else _true_totals(near, question)
            return _Heard((*near, *sums), {*before, *sums}, drawn) if sums else None
        if knowledge.method:
            return _Heard(near, set(before), drawn) if _withheld(near, (*self.silences, *new), drawn) else None
        if knowledge.records:
            return _Heard(*_of_others(near, set(before), knowledge.records, question.dimensions), [])
        if knowledge.moved:
            names = {name for t in near for name, _ in t.statement.box.where}
            both = {knowledge.moved.before, plain(knowledge.moved.before)} <= names
            return _Heard(near, set(before), drawn) if both else None
        if knowledge.still:
            had = _stood_still(knowledge.still, [t for t in near if t in set(before)])
            heard = _Heard(_stood_still(knowledge.still, near), set(had), _drawn_still(knowledge.still, drawn))
            several = len(_days_of(knowledge.still, near)) >= FEWEST_DAYS
            return heard if several else None  # nothing is published of two days, so nothing can stand still
        return _Heard(near, set(before), [] if knowledge.pairs else drawn)  # what two records leave is arithmetic alone


def readers(question: Question, solver: Solver) -> tuple[Reading, ...]:
    """Return who reads: everybody with all editions together, and for an open report the public on its own.

    Each also as somebody who knows the method, as somebody who takes it that phases or outcomes did not change between
    the days of two reports (for imported cases that is so, and for others it is nearly so), as somebody who believes of
    a code that is gone where its cases went, as an employer who knows the number of cases, as whoever knows the formal
    complaints, and as two who know a case each.
    """
    groups = [(question.earlier, question.family, question.promised)]
    if question.threshold != question.promised:
        in_the_open = tuple(r for r in question.family if r.publication.audience is Audience.OPENBAAR)
        groups.append((public(question.earlier), in_the_open, question.threshold))
    knowing = [OUTSIDER, Knowledge("wie de werkwijze kent", method=True)]
    knowing += [
        Knowledge("wie weinig ziet veranderen", still=name) for name in sorted(DAY_BOUND & set(question.dimensions))
    ]
    knowing += [Knowledge("wie denkt dat een categorie anders heet", moved=m) for m in beliefs(question.dimensions)]
    if question.truth is not None:
        knowing.append(Knowledge("wie het aantal casussen kent", method=True, totals=True))
    if question.complaints:
        knowing.append(Knowledge("wie de formele klachten kent", records=question.complaints))
    knowing.append(PAIR)  # the last: the worlds found for others show most of what is asked for these two
    found = []
    for known, family, threshold in groups:
        made = _draws(question, known, silent_up_to(question.earlier, question.beside))
        drawn = (*made, *_draws_of_family(question, family))  # what their rules work out is shared
        found += [Reading(question, known, drawn, threshold, knowledge, solver, family=family) for knowledge in knowing]
    return tuple(found)


def public(publications: Sequence[Publication]) -> tuple[Publication, ...]:
    """Return what everybody can read."""
    return tuple(p for p in publications if p.audience is Audience.OPENBAAR)


def _own(publications: Sequence[Publication]) -> Iterator[Told]:
    for publication in publications:
        yield from (told(s) for s in publication.statements)


def _of_family(question: Question, family: Sequence[Relative]) -> Iterator[Told]:
    """Yield what went out about the client's family."""
    places = question.places()
    for relative in family:
        for statement in relative.publication.statements:
            yield Told(statement, tuple(sorted(apart(statement.period, places[c]) for c in relative.clients)))


def _silence(question: Question, report: ProtectedReport) -> Iterator[Statement]:
    """Yield what it tells whoever knows the method that a report says nothing, or an interval."""
    chosen = {Withheld("", Why.TE_KLEIN), Withheld("", Why.BEREIK)} & set(report.withheld)
    if chosen and question.said is not None:
        yield Statement(Of.CASES, Box(), question.period, *question.said.alike)
    elif chosen:
        yield Statement(Of.CASES, Box(), question.period, 0, question.threshold - 1)


def _comparable(drawn: Sequence[Drawn], near: Sequence[Told]) -> list[Drawn]:
    """Return the tables in periods that hang together; one that was left out only beside a printed one of its kind.

    Where no table of a dimension is out, one category can hold all of it in every period, so that each was left out.
    """
    tables = {plain(name) for t in near for name, _ in t.statement.box.where}
    inside = (d for d in drawn if any(d.line.period in t.where for t in near))
    return [d for d in inside if not d.left_out or plain(d.line.dimension) in tables]


def _all_codes(line: Line) -> Statement:
    """Return that every case has some code: true of any table, and by it the model has cells for one left out."""
    box = Box.where_({line.dimension: codes_in(line.hidden)})
    return Statement(Of.CASES, box, line.period, line.hidden_sum, line.hidden_sum)


def _withheld(near: Sequence[Told], silences: Sequence[Told], drawn: Sequence[Drawn]) -> bool:
    """Return whether anything was left unsaid that the numbers which hang together can be compared with."""
    return any(t in near for t in silences) or any(d.left_out for d in drawn)


def _all_exact(near: Sequence[Told], question: Question) -> bool:
    """Return whether everybody knows the number of cases in each stretch of time."""
    cuts = [period for t in near for period in t.where]
    reader = Reader([t for t in near if not t.statement.box.where], question.dimensions, cuts)
    (totals,) = reader.blocks(strict=False) or (None,)
    low, high = bounds(totals) if totals else ([], [])
    return low == high


def _true_totals(near: Sequence[Told], question: Question) -> list[Told]:
    """Return the number of cases in each stretch of time in which the client's are known."""
    pieces = segments(sorted({period for t in near for period in t.where}))
    counts = [(piece, question.truth("", "", (piece,)) if question.truth else None) for piece in pieces]
    return [told(Statement(Of.CASES, Box(), piece, n, n)) for piece, n in counts if n is not None]


def _of_others(
    near: Sequence[Told], had: set[Told], records: Sequence[CaseFacts], dimensions: Dimensions
) -> tuple[tuple[Told, ...], set[Told]]:
    """Return what is said, and what was, of the cases that are not among the records: none of them is a complaint."""
    less = {t: _less(t, records, dimensions) for t in near}
    days = {(name, t.where) for t in near for name, _ in t.statement.box.where if plain(name) == "afloop"}
    none = [
        Told(Statement(Of.CASES, Box.where_({name: taxonomy.FORMAL_COMPLAINT}), where[0], 0, 0), where)
        for name, where in sorted(days)
    ]
    kept = [t for t in less.values() if t is not None]
    earlier = {rest for t, rest in less.items() if rest is not None and t in had}
    return (*kept, *none), earlier | set(none)


def _less(said: Told, records: Sequence[CaseFacts], dimensions: Dimensions) -> Told | None:
    """Return a statement about the cases that are not among these; None where it is not known how they count in it."""
    statement = said.statement
    if statement.of is not Of.CASES:
        return None
    try:
        known = sum(any(r.opened in p for p in said.where) and lies_in(r, statement.box, dimensions) for r in records)
    except KeyError:
        return None
    low, high = statement.minimum - known, statement.maximum - known
    if high < 0:
        return None
    return Told(replace(statement, minimum=max(0, low), maximum=high), said.where)


def _truth_of_others(
    truth: Truth | None, records: Sequence[CaseFacts], dimensions: Mapping[str, tuple[str, ...]]
) -> Truth | None:
    if truth is None or not records:
        return truth

    def others(name: str, code: str, when: tuple[Period, ...]) -> int | None:
        count = truth(name, code, when)
        there = [r for r in records if any(r.opened in p for p in when)]
        try:
            known = sum([not name or counts_in(r, name, code, dimensions) for r in there])
        except KeyError:
            return None
        return None if count is None else count - known

    return others


def _days_of(name: str, statements: Sequence[Told]) -> set[str]:
    return {said for t in statements for said, _ in t.statement.box.where if plain(said) == name}


def _stood_still(name: str, statements: Sequence[Told]) -> tuple[Told, ...]:
    """Return the totals, and what is said of a dimension, and of what it is crossed with, as if its days were one."""
    boxes = [{plain(dimension) for dimension, _ in said.statement.box.where} for said in statements]
    near = {name}
    while more := {d for box in boxes if len(box) > 1 and box & near for d in box} - near:
        near |= more
    kept = []
    for said, box in zip(statements, boxes, strict=True):
        if box <= near:
            where: dict[str, str | frozenset[str]] = {
                _one_day(d, name): frozenset(codes) for d, codes in said.statement.box.where
            }
            kept.append(Told(replace(said.statement, box=Box.where_(where)), said.where))
    return tuple(kept)


def _one_day(dimension: str, name: str) -> str:
    return dated(name, date.max) if plain(dimension) == name else dimension


def _drawn_still(name: str, drawn: Sequence[Drawn]) -> list[Drawn]:
    return [
        replace(d, line=replace(d.line, dimension=dated(name, date.max)))
        for d in drawn
        if plain(d.line.dimension) == name
    ]


def _still_truth(question: Question) -> Truth | None:
    """Return the truth of a reader for whom all days are one: what holds on the report's own last day."""
    truth = question.truth
    if truth is None:
        return None

    def own(dimension: str) -> str:
        return named(plain(dimension), question.period) if dimension.endswith(f"@{date.max}") else dimension

    def count(name: str, code: str, when: tuple[Period, ...]) -> int | None:
        sides = crossed_parts(name)
        return truth(own(name) if sides is None else crossing(own(sides[0]), own(sides[1])), code, when)

    return count


def _draws(question: Question, publications: Sequence[Publication], silent: Mapping[Period, int]) -> tuple[Drawn, ...]:
    """Return the tables that are out, each with the rules it may have come from, given what was out before it.

    What was entered by hand is no table: no rule made it. `silent` tells how many cases there are at most where nothing
    was said, seen or not.
    """
    drawn: list[Drawn] = []
    for place, publication in enumerate(publications):
        if publication.by_hand:
            continue
        before = publications[:place]
        threshold = effective(publication.threshold, publication.audience)
        for line, left_out in _tables(question, publication):
            if any(line == d.line for d in drawn):
                continue
            dimension = plain(line.dimension)
            lines = lines_of(before, line.dimension, question.dimensions[dimension], silent)
            again = frozenset(
                code for old in lines if (old.dimension, old.period) == (line.dimension, line.period)
                for code in codes_in(old.hidden)
            )  # fmt: skip
            early = hidden_before(before, dimension, line.period) | again
            first = rows_with((*line.shown, *line.hidden), early)
            past = Past.of(line.dimension, line.period, threshold, lines)
            rules = (Rule(threshold, first, past, forced=bool(again)), Rule(threshold, first, past, forced=True))
            drawn.append(Drawn(line, rules, question.group(dimension), left_out=left_out))
    return tuple(drawn)


def _draws_of_family(question: Question, family: Sequence[Relative]) -> Iterator[Drawn]:
    """Yield the tables that vpdesk made of other clients of the family, on the days of their own time lines."""
    for client, place in question.places().items():
        theirs = [relative.publication for relative in family if place and relative.clients == {client}]
        silent = silent_up_to(question.earlier, question.beside, place)
        for drawn in _draws(replace(question, client=client), theirs, silent):
            yield replace(drawn, line=replace(drawn.line, period=apart(drawn.line.period, place)))


def _tables(question: Question, said: Publication | ProtectedReport) -> Iterator[tuple[Line, bool]]:
    """Yield the tables of a publication, and after them those that were left out for showing too few counts."""
    yield from ((line, False) for line in published_lines(said.statements, said.pattern, question.dimensions))
    period = said.period if isinstance(said, Publication) else question.period
    totals = [s for s in said.statements if not s.box.where and s.of is Of.CASES and s.exact and s.period == period]
    few = [w for w in said.withheld if w.why is Why.TE_WEINIG_RIJEN and w.dimension in question.dimensions]
    for left in few if totals else ():
        every = frozenset(left.rows or question.dimensions[left.dimension])
        yield Line(named(left.dimension, period), period, {}, every, totals[0].minimum), True


def _own_draws(question: Question, report: ProtectedReport) -> tuple[Drawn, ...]:
    drawn = []
    for line, left_out in _tables(question, report):
        dimension = plain(line.dimension)
        rule = question.rule(dimension, forced=False)
        rules: tuple[Rule, ...] = (rule, replace(rule, forced=True))
        if not left_out and rule.hidden(question.counts[dimension], question.order(dimension)) != line.hidden:
            rules = rules[1:]
        rules = tuple(r.unknowing() for r in rules)
        drawn.append(Drawn(line, rules, question.group(dimension), left_out=left_out, new=True))
    return tuple(drawn)
