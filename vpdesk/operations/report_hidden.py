"""What the window says about hidden numbers: why, what is left of them, what would help.

That page gets shown to others, so everything here is computed from what is published: statements, hidden sets, what
was left out, what is out already. Never from a count behind a dash.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from vpdesk.domain.periods import Period
from vpdesk.domain.publications import Kind, Publication
from vpdesk.domain.report_chapters import asks_for_tables
from vpdesk.domain.report_choices import ReportChoices, Row, crossed_parts, crossing
from vpdesk.domain.statements import Audience
from vpdesk.domain.units import chosen_freely
from vpdesk.domain.wording import MONTHS, joined, long_date, number
from vpdesk.operations import report_ideas
from vpdesk.operations.cube import dimensions, unit_names
from vpdesk.operations.report_ideas import Idea
from vpdesk.reporting.chapters_chosen import first_had_no_tables
from vpdesk.reporting.cross_tables import hidden_cells, table_title
from vpdesk.reporting.disclosure.protect import plain
from vpdesk.reporting.disclosure.result import (
    CUT_SHORT,
    NOT_KEPT,
    NOT_YET_TWICE,
    TOO_FEW_ROWS,
    WOULD_TELL,
    Conclusion,
    Level,
)
from vpdesk.reporting.figures import NAMES
from vpdesk.reporting.report_words import label, lower

if TYPE_CHECKING:
    from vpdesk.operations.report_making import Gathered, Prepared

WHY: Final = (
    "Een getal achter een streepje is te klein, of zou door aftrekken te vinden zijn. Welke van de twee is niet te "
    "zien."
)
TOO_SMALL: Final = "Te klein is hier minder dan {threshold}."
TOO_SMALL_OPENLY: Final = "Te klein is hier minder dan {threshold}, omdat het verslag openbaar is."
OPENLY: Final = "Een openbaar verslag noemt geen aantal onder {threshold}."
IN_SHORT: Final = "te klein, of zou door aftrekken te vinden zijn"
IN_SHORT_BESIDE: Final = "te klein, zou door aftrekken te vinden zijn, of samen met {name} herleidbaar"
BESIDE: Final = "Ook samen met {names} mag geen klein aantal herleidbaar zijn; ook daarom kan er een streepje staan."
FEWER_ROWS: Final = "Met minder rijen of een langere periode telt elke rij meer casussen, en kan er meer in staan."
NOT_SETTLED: Final = (
    "Of in deze tabel een klein aantal herleidbaar is, is niet helemaal nagerekend: dat zou te lang duren. Daarom "
    "staat zij er niet in."
)
LESS_TO_CHECK: Final = "Met een langere periode, minder tabellen of minder rijen is er minder na te rekenen."
ONLY_TOTAL: Final = "Over dit aantal casussen zou elke tabel te veel laten zien."
ONLY_TOTAL_BEFORE: Final = (
    "Deze periode is al eerder uitgegeven, met alleen het totaal. Zij wordt niet opnieuw geteld: wat toen niet is "
    "genoemd, blijft weg."
)
CHOSEN: Final = "U hebt het hoofdstuk met de verdelingen weggelaten. Het verslag noemt daarom alleen het totaal."
NOTHING: Final = "Dit verslag noemt geen enkel aantal. Het is hetzelfde bij nul casussen en bij een paar."
EVERY_TABLE: Final = "Alle tabellen"
EVERY_NUMBER: Final = "Alle aantallen"
TOGETHER: Final = "Hier zijn rijen samengenomen. Er staat geen streepje meer."

_BRIEF: Final = {
    TOO_FEW_ROWS: "te weinig rijen met een getal",
    CUT_SHORT: "niet helemaal nagerekend",
    NOT_KEPT: "niet bewaard van vernietigde casussen",
    NOT_YET_TWICE: "stond niet in de eerdere uitgave",
}
"""What the engine says at length, as it fits in a row; the sentence stands below it."""

_MOST_NAMED: Final = 3
_OF_MONTHS: Final = {1: "maandverslag", 3: "kwartaalverslag", 6: "halfjaarverslag", 12: "jaarverslag"}
_KINDS: Final = {
    Kind.BRIEF: "de brief",
    Kind.FACTUUR: "de factuur",
    Kind.SIGNAAL: "het signaal",
    Kind.PRESENTATIE: "de presentatie",
    Kind.GESPROKEN: "wat is verteld",
    Kind.ANDERS: "wat is uitgegeven",
}


@dataclass(frozen=True, slots=True)
class HiddenNote:
    """What a table hides: its title, the rows with a dash and their sum, or the reason why it is left out.

    `reason` is short, `explained` the whole of it; `conclusion` is what a reader could at best make of a dash, such as
    *tussen 0 en 9*. `shown` counts the numbers that the table prints, `ideas` would let it print more, and `lines` are
    its rows with their labels as far as they may be counted together.
    """

    title: str
    rows: tuple[str, ...]
    total: int | None
    reason: str
    dimension: str = ""
    explained: tuple[str, ...] = ()
    conclusion: str = ""
    shown: int = 0
    ideas: tuple[Idea, ...] = ()
    lines: tuple[tuple[Row, str], ...] = ()


def hidden_notes(prepared: "Prepared") -> tuple[HiddenNote, ...]:
    """Return a note for each table that hides something, was left out, or counts rows together."""
    gathered, protected = prepared.gathered, prepared.protected
    longer, openly = _longer(gathered), _openly(prepared)
    if protected.level is Level.GEEN_GETALLEN:
        return (HiddenNote(EVERY_NUMBER, (), None, "bij nul casussen hetzelfde", "", (NOTHING, *openly), ideas=longer),)
    if protected.level is Level.TOTAAL and not asks_for_tables(gathered.skipped):
        return (HiddenNote(EVERY_TABLE, (), None, "niet gekozen", "", (CHOSEN, *openly)),)
    if first_had_no_tables(protected) and not protected.left_out:
        return (HiddenNote(EVERY_TABLE, (), None, _BRIEF[NOT_YET_TWICE], "", (ONLY_TOTAL_BEFORE, *openly)),)
    if protected.level is Level.TOTAAL and not protected.left_out:
        return (HiddenNote(EVERY_TABLE, (), None, "te weinig casussen", "", (ONLY_TOTAL, *openly), ideas=longer),)
    return (*_tables(prepared, longer), *_crossed(prepared, longer), *_left_out(prepared, longer))


def _longer(gathered: "Gathered") -> tuple[Idea, ...]:
    """Return which longer period could say more.

    None over days of which a table is out: whoever subtracts that one reads the rest of the days, so it would say less.
    """
    ideas = report_ideas.longer(gathered.period, gathered.client.year_starts_in)
    return tuple(idea for idea in ideas if idea.period is not None and not _has_tables_out(gathered, idea.period))


def _has_tables_out(gathered: "Gathered", period: Period) -> bool:
    return any(
        p.out and p.kind is Kind.VERSLAG and p.client == gathered.client.id and p.period.overlaps(period)
        and any(statement.box.where for statement in p.statements)
        for p in gathered.earlier
    )  # fmt: skip


def numbers_in(prepared: "Prepared", dimension: str = "") -> int:
    """Return how many numbers the table of a dimension prints, or all tables together."""
    return sum(isinstance(value, int) for value in _values(prepared, dimension))


def dashes_in(prepared: "Prepared", dimension: str = "") -> int:
    """Return how many dashes the table of a dimension shows, or all tables together."""
    return sum(value is None for value in _values(prepared, dimension))


def _values(prepared: "Prepared", dimension: str) -> list[int | str | None]:
    protected = prepared.protected
    tables = (t for t in protected.tables if dimension in {"", plain(t.dimension)})
    crossed = () if dimension else protected.crossed
    return [
        *(value for table in tables for _, value in table.rows),
        *(value for table in crossed for row in table.cells for value in row),
    ]


def _tables(prepared: "Prepared", longer: tuple[Idea, ...]) -> list[HiddenNote]:
    protected, names = prepared.protected, unit_names(prepared.gathered.units, prepared.gathered.period)
    left = {conclusion.dimension: conclusion for conclusion in protected.conclusions}
    notes = []
    for table in protected.tables:
        dimension = plain(table.dimension)
        dashes = [key for key, value in table.rows if value is None]
        together = report_ideas.apart(dimension, _freely(prepared.gathered))
        if not dashes and not together:
            continue
        again = () if _is_out(prepared.gathered) else together
        reason, explained = _why(prepared, dimension)
        notes.append(
            HiddenNote(
                table_title(dimension),
                tuple(label(dimension, key, names) for key in dashes),
                table.hidden_sum,
                reason if dashes else "rijen samengenomen",
                dimension,
                explained if dashes else (TOGETHER,),
                _between(left[table.dimension]) if table.dimension in left else "",
                sum(isinstance(value, int) for _, value in table.rows),
                (*_merges(prepared, dimension, dashes), *longer, *again) if dashes else again,
                _lines(prepared, dimension),
            )
        )
    return notes


def _crossed(prepared: "Prepared", longer: tuple[Idea, ...]) -> list[HiddenNote]:
    left = {conclusion.dimension: conclusion for conclusion in prepared.protected.conclusions}
    units, notes = unit_names(prepared.gathered.units, prepared.gathered.period), []
    for table in prepared.protected.crossed:
        name = crossing(table.down, table.across)
        inside = str if table.across == "onderdeel" else lower
        cells = tuple(f"{row}, {inside(column)}" for row, column in hidden_cells(table, units))
        if not cells:
            continue
        reason, explained = _why(prepared, name)
        conclusion = _between(left[name]) if name in left else ""
        shown = sum(isinstance(value, int) for row in table.cells for value in row)
        notes.append(HiddenNote(table_title(name), cells, None, reason, name, explained, conclusion, shown, longer))
    return notes


def _why(prepared: "Prepared", name: str) -> tuple[str, tuple[str, ...]]:
    """Return why a table shows dashes, in short and as sentences."""
    small = (TOO_SMALL_OPENLY if _openly(prepared) else TOO_SMALL).format(threshold=prepared.protected.threshold)
    beside = _beside(prepared, name)
    if not beside:
        return IN_SHORT, (WHY, small)
    return IN_SHORT_BESIDE.format(name=_in_short(beside)), (WHY, small, BESIDE.format(names=_names(beside)))


def _openly(prepared: "Prepared") -> tuple[str, ...]:
    """Return that less is said since everybody may read it, if that is so."""
    threshold = prepared.protected.threshold
    if prepared.gathered.audience is Audience.OPENBAAR and threshold > prepared.gathered.client.threshold:
        return (OPENLY.format(threshold=threshold),)
    return ()


def _left_out(prepared: "Prepared", longer: tuple[Idea, ...]) -> list[HiddenNote]:
    gathered, notes = prepared.gathered, []
    for name, why in prepared.protected.left_out:
        crossed = crossed_parts(name)
        dimension = name if crossed else plain(name)
        beside = _beside(prepared, dimension)
        reason, explained = _BRIEF.get(why, why), [_sentence(why)]
        if why == WOULD_TELL and beside:
            reason = f"samen met {_in_short(beside)} herleidbaar"
            explained = [f"Samen met {_names(beside)} zou in deze tabel een klein aantal herleidbaar zijn."]
        ideas: tuple[Idea, ...] = ()
        lines: tuple[tuple[Row, str], ...] = ()
        if why in {TOO_FEW_ROWS, WOULD_TELL, CUT_SHORT}:
            explained += [LESS_TO_CHECK] if why == CUT_SHORT else [*_openly(prepared), FEWER_ROWS]
            again = () if _is_out(gathered) else report_ideas.apart(dimension, _freely(gathered))
            ideas = longer if crossed else (*_merges(prepared, dimension, ()), *longer, *again)
            lines = () if crossed else _lines(prepared, dimension)
        title = table_title(name)
        notes.append(HiddenNote(title, (), None, reason, dimension, tuple(explained), ideas=ideas, lines=lines))
    return notes


def _merges(prepared: "Prepared", dimension: str, dashes: Sequence[str]) -> tuple[Idea, ...]:
    """Return which rows could be counted together."""
    gathered = prepared.gathered
    if _is_out(gathered):
        return ()
    codes, names = dimensions(gathered.units)[dimension], unit_names(gathered.units, gathered.period)
    return report_ideas.merges(dimension, dashes, codes, gathered.choices, names)


def _lines(prepared: "Prepared", dimension: str) -> tuple[tuple[Row, str], ...]:
    gathered = prepared.gathered
    if _is_out(gathered):
        return ()
    rows = gathered.choices.rows(dimension, dimensions(gathered.units)[dimension])
    names = unit_names(gathered.units, gathered.period)
    return tuple((row, report_ideas.row_label(dimension, row, names)) for row in rows)


def _freely(gathered: "Gathered") -> ReportChoices:
    """Return what the user chose to count together, without the units that can't be told apart in the period."""
    return chosen_freely(gathered.choices, gathered.units, gathered.period)


def _is_out(gathered: "Gathered") -> bool:
    """Return whether a report of this period is out: then no other rows can be printed."""
    return any(p.out and p.period == gathered.period and p.kind is Kind.VERSLAG for p in gathered.earlier)


def _beside(prepared: "Prepared", name: str) -> list[Publication]:
    """Return what is out about overlapping days and says or hides something of a dimension, or of either of two."""
    gathered = prepared.gathered
    names = {plain(part) for part in crossed_parts(name) or (name,)}
    return [
        p for p in gathered.earlier
        if p.out and p.client == gathered.client.id and p.period != gathered.period
        and p.period.overlaps(gathered.period) and names & _told(p)
    ]  # fmt: skip


def _told(publication: Publication) -> set[str]:
    """Return the plain dimensions of which a publication says, hides or keeps back something."""
    said = [name for statement in publication.statements for name, _ in statement.box.where]
    said += [line.dimension for line in publication.pattern] + [withheld.dimension for withheld in publication.withheld]
    every = set(NAMES) if "" in said else set()
    return every | {plain(part) for name in said for part in crossed_parts(name) or (name,)}


def _between(found: Conclusion) -> str:
    """Return *tussen 0 en 9*, and the narrowest range where dashes differ."""
    whole = _range(found.least, found.most)
    if found.narrowest == (found.least, found.most):
        return whole
    return f"{whole}, en waar het meest bekend is {_range(*found.narrowest)}"


def _range(low: int, high: int) -> str:
    return number(low) if low == high else f"tussen {number(low)} en {number(high)}"


def _sentence(why: str) -> str:
    """Return the reason of the engine as a sentence."""
    said = {
        TOO_FEW_ROWS: "Minder dan twee rijen zouden een getal tonen. Daarom staat deze tabel er niet in.",
        WOULD_TELL: "Samen met andere getallen in dit verslag zou in deze tabel een klein aantal herleidbaar zijn.",
        CUT_SHORT: NOT_SETTLED,
        NOT_KEPT: "Van vernietigde casussen is dit gegeven niet bewaard. Daarom staat deze tabel er niet in.",
        NOT_YET_TWICE: "Deze periode is al eerder uitgegeven. Wat toen niet is genoemd, blijft weg.",
    }
    return said.get(why, f"{why[:1].upper()}{why[1:]}.")


def _in_short(publications: Sequence[Publication]) -> str:
    """Return *het halfjaarverslag*, or that there were several."""
    names = {_name(p) for p in publications}
    return names.pop() if len(names) == 1 else "eerdere uitgaven"


def _names(publications: Sequence[Publication]) -> str:
    """Return the publications in words, the last ones first when there are many."""
    newest = sorted(publications, key=lambda p: p.exported, reverse=True)
    names = [in_words(p) for p in newest[:_MOST_NAMED]]
    return joined([*names, "wat er verder uit is"] if len(newest) > _MOST_NAMED else names)


def in_words(publication: Publication) -> str:
    """Return *het halfjaarverslag van januari tot en met juni 2025 (uitgegeven op 3 juli 2025)*."""
    days = _days(publication.period)
    return f"{_name(publication)} {days} (uitgegeven op {long_date(publication.exported.date())})"


def _name(publication: Publication) -> str:
    if publication.kind is not Kind.VERSLAG:
        return _KINDS[publication.kind]
    return f"het {_OF_MONTHS.get(_whole_months(publication.period), 'verslag')}"


def _whole_months(period: Period) -> int:
    """Return how many calendar months a period fills, 0 when it cuts one."""
    after = date.fromordinal(period.last.toordinal() + 1)
    if period.first.day != 1 or after.day != 1:
        return 0
    return (after.year - period.first.year) * 12 + after.month - period.first.month


def _days(period: Period) -> str:
    if period.is_calendar_year:
        return f"over {period.first.year}"
    months = _whole_months(period)
    if not months:
        return f"van {long_date(period.first)} tot en met {long_date(period.last)}"
    first, last = (f"{MONTHS[day.month - 1]} {day.year}" for day in (period.first, period.last))
    if months == 1:
        return f"van {last}"
    start = MONTHS[period.first.month - 1] if period.first.year == period.last.year else first
    return f"van {start} tot en met {last}"


def hidden_in_words(note: HiddenNote) -> str:
    """Return what a table hides as one line for the builder."""
    if note.shown and not note.rows:
        return f"{note.title}: {note.reason}."
    if not note.rows:
        return f"{note.title}: staat niet in het verslag ({note.reason})."
    together = "" if note.total is None else f", samen {number(note.total)}"
    return f"{note.title}: {joined([row.lower() for row in note.rows])} met een streepje{together}."
