"""Numbers in the user's own words: one that the report prints may be repeated, for what it is printed for.

A sentence with such a number may hold no more than plain words, the label under which the number is printed and the
report's own year; one with a number of an earlier year that the report quotes names that year. Anything else (a place,
somebody's role, another year) is something that the number was not audited for.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from vpdesk.domain.periods import Period
from vpdesk.domain.report_choices import key_of
from vpdesk.domain.statements import Of, Statement
from vpdesk.reporting import text_themes, text_words
from vpdesk.reporting.disclosure.result import CrossTable, ProtectedReport, ProtectedTable
from vpdesk.reporting.figures import NAMES, dimension_of
from vpdesk.reporting.report_words import is_a_year, label, percentage
from vpdesk.reporting.text_context import sentences

NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)*(?:%|(?:ste|de|e)\b)?")
YEAR: Final = re.compile(r"(?:19|20)\d\d")
PLURAL: Final = r"(?:e?n|[’']?s)?"
_CUT: Final = re.compile(r"[,;]|\b(?:en|waarvan)\b", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W\d_](?:[\w’'-]*\w)?")
_PLAIN_WORDS: Final = """
er waren was zijn is werden werd kwamen kwam komen komt gingen ging gaan gaat telden telde tellen telt hoorden hoorde
horen hoort had heeft heb hebben stonden stond speelden speelde betroffen betrof begonnen begon noemen noemt
in van de het een dat die dit dan over om voor bij door met als ook dus hier daar daarvan waarvan waarin daarin en
casus casussen keer aantal totaal samen geheel onderwerp onderwerpen thema thema’s hoofdthema rol fase
verslag verslagjaar periode wij we ik vertrouwenspersoon binnen nieuwe geteld uitkomst organisatie procent op uit
geregistreerd gestart startten binnengekomen ongeveer
"""
_PLAIN: Final = frozenset(_PLAIN_WORDS.split())
_SHORTER: Final = (("ongewenste omgangsvormen", "omgangsvormen"), ("buiten werkterrein", "buiten het werkterrein"))
_OWN_TIME: Final = re.compile(r"\b(?:in\s+)?(?:dit|het|het\s+hele|heel\s+het)\s+(?:verslag)?jaar\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Fact:
    """That the report prints a number for labels (none: for all cases) in a period."""

    labels: frozenset[str]
    period: Period | None

    def about(self, years: frozenset[str], own: Period | None) -> bool:
        """Return whether it is about the years that a sentence names, or about the report's own period without one."""
        return years == _years(self.period) if years else self.period == own


@dataclass(frozen=True, slots=True)
class PrintedNumbers:
    """What a report prints: by number, as it is written, for what."""

    facts: Mapping[str, tuple[_Fact, ...]]
    own: Period | None
    labels: re.Pattern[str]
    label_of: tuple[str, ...]

    @classmethod
    def of(
        cls, protected: ProtectedReport, units: Mapping[str, str], quotes: Iterable[Statement] = ()
    ) -> "PrintedNumbers":
        """Read the numbers from a protected report; `units` are the names of units by code.

        `quotes` are those of earlier years that it prints.
        """
        own = protected.total.period if protected.total is not None else None
        found: dict[str, set[_Fact]] = {}
        for statement in protected.statements:
            if statement.exact and statement.of is Of.CASES and not statement.box.where:
                _add(found, statement.minimum, (), statement.period)
        for quote in quotes:
            labels = [label(name, key_of(codes), units) for name, codes in quote.box.where]
            _add(found, quote.minimum, labels, quote.period)
        for table in protected.tables:
            _add_table(found, table, units, own)
        for crossed in protected.crossed:
            _add_crossed(found, crossed, units, own)
        known = {words for facts in found.values() for fact in facts for words in fact.labels}
        longest_first = sorted(known, key=lambda words: (-len(words), words))
        forms = {words: re.escape(words) + PLURAL for words in longest_first}
        others = [
            (label("thema", code).casefold(), rf"{code}{PLURAL}|{form.pattern}")
            for code, form in text_themes.FORMS.items()
        ]
        for words, form in (*others, *_SHORTER):
            if words in known:
                forms[words] += f"|{form}"
        return cls(
            {number: tuple(facts) for number, facts in found.items()},
            own,
            re.compile("|".join(rf"(?<!\w)({form})(?!\w)" for form in forms.values()) or r"(?!)", re.IGNORECASE),
            tuple(forms),
        )

    def unknown(self, text: str) -> Iterable[re.Match[str]]:
        """Yield the numbers that the report does not print; a year is one only before what is counted."""
        for found in NUMBER.finditer(text):
            is_year = YEAR.fullmatch(found.group()) and not text_words.COUNTED.match(text, found.end())
            if found.group() not in self.facts and not is_year:
                yield found

    def misused(self, text: str) -> Iterable[re.Match[str]]:
        """Yield the printed numbers in a sentence that says anything else of them than the report does."""
        for start, end in sentences(text):
            numbers = [found for found in NUMBER.finditer(text, start, end) if found.group() in self.facts]
            if numbers and not self._plain(text[start:end]):
                yield from numbers
            else:
                yield from self._mispaired(text, start, end, numbers)

    def _plain(self, sentence: str) -> bool:
        """Return whether a sentence holds no more than numbers, labels and plain words."""
        rest = _OWN_TIME.sub(" ", self.labels.sub(" ", sentence))
        return all(word.casefold() in _PLAIN for word in _WORD.findall(NUMBER.sub(" ", rest)))

    def _mispaired(self, text: str, start: int, end: int, numbers: list[re.Match[str]]) -> Iterable[re.Match[str]]:
        """Yield the numbers with another label or year than theirs, and all of a clause whose labels have no number."""
        named = {found.group() for found in NUMBER.finditer(text, start, end) if YEAR.fullmatch(found.group())}
        years = frozenset(named - self.facts.keys())
        for first, last in self._clauses(text, start, end):
            here = [found for found in numbers if first <= found.start() < last]
            labels = {self.label_of[(found.lastindex or 1) - 1] for found in self.labels.finditer(text, first, last)}
            fitting = [
                [f for f in self.facts[found.group()] if f.labels <= labels and f.about(years, self.own)]
                for found in here
            ]
            covered = {words for facts in fitting for fact in facts for words in fact.labels}
            for found, facts in zip(here, fitting, strict=True):
                if not facts or labels - covered or text_words.PEOPLE.match(text, found.end()):
                    yield found

    def _clauses(self, text: str, start: int, end: int) -> Iterable[tuple[int, int]]:
        """Yield the pieces of a sentence, cut at commas and *en*, but not inside a label."""
        labels = [found.span() for found in self.labels.finditer(text, start, end)]
        first = start
        for cut in _CUT.finditer(text, start, end):
            if not any(begin <= cut.start() < over for begin, over in labels):
                yield first, cut.start()
                first = cut.end()
        yield first, end


def _years(period: Period | None) -> frozenset[str]:
    """Return how a period may be called by its years; a part of a year has no such name."""
    if period is None or not is_a_year(period):
        return frozenset()
    return frozenset({str(period.first.year), str(period.last.year)})


def _add(found: dict[str, set[_Fact]], number: int | str, labels: Iterable[str], period: Period | None) -> None:
    fact = _Fact(frozenset(words.casefold() for words in labels), period)
    written = {number} if isinstance(number, str) else {str(number), f"{number:,}".replace(",", ".")}
    for each in written:
        found.setdefault(each, set()).add(fact)


def _add_table(
    found: dict[str, set[_Fact]], table: ProtectedTable, units: Mapping[str, str], period: Period | None
) -> None:
    """Add the rows of a table, its sum of dashes and its total, with their shares; none of them is ever nought."""
    rows = [((label(table.dimension, code, units),), value) for code, value in table.rows]
    for labels, value in (*rows, ((NAMES[dimension_of(table)][2],), table.hidden_sum), ((), table.total)):
        if isinstance(value, int) and value:
            _add(found, value, labels, period)
            _add(found, percentage(value, table.total), labels, period)


def _add_crossed(
    found: dict[str, set[_Fact]], crossed: CrossTable, units: Mapping[str, str], period: Period | None
) -> None:
    """Add the cells of a two-way table, with their share of the row and of the column, each for both its labels."""
    for row, cells, row_total in zip(crossed.rows, crossed.cells, crossed.row_totals, strict=True):
        for column, value, column_total in zip(crossed.columns, cells, crossed.column_totals, strict=True):
            if isinstance(value, int):
                both = (label(crossed.down, row, units), label(crossed.across, column, units))
                _add(found, value, both, period)
                for whole in (row_total, column_total):
                    if whole:
                        _add(found, percentage(value, whole), both, period)
