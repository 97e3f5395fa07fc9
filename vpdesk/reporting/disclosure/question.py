"""What is to be reported, and how its tables are drawn given what is out already."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from vpdesk.domain import taxonomy
from vpdesk.domain.ids import ClientId
from vpdesk.domain.periods import Period
from vpdesk.domain.publications import Publication
from vpdesk.domain.report_choices import ReportChoices, codes_of, crossed_parts
from vpdesk.domain.statements import Audience, CaseFacts, dated
from vpdesk.reporting.disclosure.draw import drawn_order, reporting_year
from vpdesk.reporting.disclosure.family import Relative
from vpdesk.reporting.disclosure.protect import Line, Past, Rule, codes_in, plain, published_lines
from vpdesk.reporting.disclosure.totals import Placed, Said, choice, effective, silent_up_to

DAY_BOUND: Final = frozenset({"fase", "afloop"})

Truth = Callable[[str, str, tuple[Period, ...]], int | None]
"""The count of a code (of all, for the empty dimension) in a stretch of time; None when it is not known."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be reported: counts by plain dimension and row, what is out already, and the draw.

    `given` are rows that must be hidden because the counts behind them are not known apart; `truth` counts the cases,
    `facts` are the cases as far as they are known, and `family` is what went out about clients that belong together.
    `choices` are what the user chose for the tables; which rows they have stands in `counts`.
    """

    client: ClientId
    period: Period
    audience: Audience
    promised: int
    total: int
    counts: Mapping[str, Mapping[str, int]]
    dimensions: Mapping[str, tuple[str, ...]]
    earlier: Sequence[Publication]
    draw_key: bytes
    year_starts_in: int
    given: Mapping[str, frozenset[str]] = field(default_factory=dict)
    truth: Truth | None = None
    facts: Sequence[CaseFacts] = ()
    family: Sequence[Relative] = ()
    choices: ReportChoices = field(default_factory=ReportChoices)
    _pasts: dict[str, Past] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def threshold(self) -> int:
        """Return the threshold of this report: the client's, and at least 10 in the open."""
        return effective(self.promised, self.audience)

    @property
    def said(self) -> Said | None:
        """Return how the number of cases is said; None where what is out does not allow it to be what it is now."""
        made = choice(self.earlier, self.period, self.promised, self.audience, self.beside)
        return None if made is None else made.of(self.total)

    def order(self, dimension: str) -> tuple[str, ...]:
        """Return the drawn order of the rows of a plain dimension."""
        year = reporting_year(self.period, self.year_starts_in)
        return drawn_order(self.draw_key, self.client, dimension, year, tuple(self.counts[dimension]))

    def rule(self, dimension: str, *, forced: bool) -> Rule:
        """Return how the table of a plain dimension hides."""
        past = self._past(dimension)
        if dimension in self.given:
            return Rule(self.threshold, self.given[dimension], past, forced=True)
        row_of = {code: key for key in self.counts[dimension] for code in codes_of(key)}
        inside = Counter(row_of.get(code, code) for day, code in past.complaints if day in self.period)
        return Rule(self.threshold, self.first(dimension), past, forced=forced, known=inside)

    def _past(self, dimension: str) -> Past:
        """Return what is out before the table of a plain dimension; what it works out serves every reader."""
        if dimension not in self._pasts:
            name = named(dimension, self.period)
            lines = lines_of(self.earlier, name, self.dimensions[dimension], silent_up_to(self.earlier, self.beside))
            self._pasts[dimension] = Past.of(name, self.period, self.threshold, lines, self._complaints(name))
        return self._pasts[dimension]

    def _complaints(self, name: str) -> tuple[tuple[date, str], ...]:
        """Return the days of the formal complaints with their code in a dimension, where it is known."""
        found = []
        for fact in self.complaints:
            with suppress(KeyError):
                found.append((fact.opened, fact.code(name)))
        return tuple(found)

    @property
    def complaints(self) -> tuple[CaseFacts, ...]:
        """Return the cases that led to a formal complaint on any day that is reported: others know them in full."""
        return tuple(fact for fact in self.facts if taxonomy.FORMAL_COMPLAINT in fact.outcomes.values())

    def places(self) -> dict[ClientId, int]:
        """Return on which time line the cases of each client of the family lie; the client's own is 0."""
        others = sorted({client for relative in self.family for client in relative.clients} - {self.client})
        return {self.client: 0} | {client: place for place, client in enumerate(others, start=1)}

    @property
    def beside(self) -> tuple[Placed, ...]:
        """Return what went out about the family, with the time lines on which it counts."""
        places = self.places()
        return tuple((r.publication, tuple(sorted(places[c] for c in r.clients))) for r in self.family)

    def first(self, dimension: str) -> frozenset[str]:
        """Return the rows with a code that overlapping periods hide already."""
        return rows_with(self.counts[dimension], hidden_before(self.earlier, dimension, self.period))

    def group(self, dimension: str) -> str:
        """Return which tables are explained by one order of the draw: those of the client in a plain dimension.

        Each reporting year has an order of its own, but in which month it began when a table went out is kept nowhere.
        That all orders are alike is a draw like any other.
        """
        return f"{self.client}|{dimension}"


def named(dimension: str, period: Period) -> str:
    """Return the dimension as statements name it: phase and outcome carry the period's last day."""
    return dated(dimension, period.last) if dimension in DAY_BOUND else dimension


def lines_of(
    publications: Sequence[Publication], name: str, codes: Sequence[str], silent: Mapping[Period, int]
) -> list[Line]:
    """Return the tables that are out, and what was entered by hand of some codes, which bounds those only.

    In the order in which they went out. A report that said nothing is a table that hides in all codes at most as many
    cases as `silent` tells of its period.
    """
    lines = []
    for publication in publications:
        threshold = effective(publication.threshold, publication.audience)
        said = published_lines(publication.statements, publication.pattern, {plain(name): codes})
        lines += [replace(line, partial=publication.by_hand, threshold=threshold) for line in said]
        if publication.period in silent and not publication.statements:
            most = silent[publication.period]
            lines.append(Line(name, publication.period, {}, frozenset(codes), most, at_most=True))
    return lines


def hidden_before(earlier: Sequence[Publication], dimension: str, period: Period) -> frozenset[str]:
    """Return the codes that overlapping periods hide already."""
    lines = [line for p in earlier for line in p.pattern if crossed_parts(line.dimension) is None]
    near = (x for x in lines if plain(x.dimension) == dimension and x.period.overlaps(period) and x.period != period)
    return frozenset(code for line in near for code in codes_in(line.codes))


def rows_with(rows: Iterable[str], codes: frozenset[str]) -> frozenset[str]:
    """Return the rows that count at least one of these codes."""
    return frozenset(key for key in rows if not codes.isdisjoint(codes_of(key)))
