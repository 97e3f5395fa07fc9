"""Figures and tables of a report, composed from protected tables only; alternative texts by the same code."""

from typing import TYPE_CHECKING, Final

from vpdesk.domain import taxonomy
from vpdesk.domain.report_choices import codes_of, key_of
from vpdesk.domain.statements import undated
from vpdesk.domain.wording import joined, number
from vpdesk.reporting.document import (
    HIDDEN,
    NOT_APPLICABLE,
    Bar,
    BarGroup,
    Caption,
    Cell,
    PhaseFlow,
    Post,
    Row,
    RowKind,
    Table,
    ThemeBars,
    Width,
)
from vpdesk.reporting.report_words import Context, label, lower, percentage, spoken, when

if TYPE_CHECKING:
    from vpdesk.reporting.disclosure.result import ProtectedTable

NAMES: Final = {
    "rol": ("Casussen naar rol", "Rol", "Overige rollen samen"),
    "verbonden": ("Casussen naar band met de organisatie", "Verbonden als", "Overige vormen samen"),
    "relatie": ("Casussen naar verhouding", "Verhouding tot de ander", "Overige verhoudingen samen"),
    "werkgebied": ("Casussen naar werkgebied", "Werkgebied", "Overige werkgebieden samen"),
    "thema": ("Casussen naar hoofdthema", "Hoofdthema", "Overige thema’s samen"),
    "fase": ("Casussen naar fase", "Fase", "Overige fasen samen"),
    "afloop": ("Casussen naar afloop", "Afloop", "Overige uitkomsten samen"),
    "gevonden_via": ("Casussen naar de weg hierheen", "Gevonden via", "Overige wegen samen"),
    "onderdeel": ("Casussen naar onderdeel", "Onderdeel", "Overige onderdelen samen"),
}

PERCENTAGES_FROM: Final = 30  # below this many cases a percentage stands in a sentence, never in a column

LONGEST_BESIDE_A_BAR: Final = 32  # characters; the longest label of a single theme or relation is shorter

_GROUPS: Final = (
    ("Ongewenste omgangsvormen", taxonomy.OMGANGSVORMEN),
    ("Integriteit", taxonomy.INTEGRITEIT),
    ("Buiten het werkterrein", taxonomy.BUITEN),
    ("Niet bekend", frozenset({taxonomy.UNKNOWN.code})),
)

_PLURALS: Final = frozenset({"ongewenste nevenwerkzaamheden"})
_UNTITLED: Final = frozenset({"onbekend", "andere ongewenste omgangsvorm", "andere integriteitsschending"})


class Numbering:
    """Hands out `Tabel 1`, `Figuur 1`, in the order of the document."""

    def __init__(self) -> None:
        self._tables = 0
        self._figures = 0

    def table(self, title: str) -> Caption:
        """Return the caption of the next table."""
        self._tables += 1
        return Caption(f"Tabel {self._tables}", title)

    def figure(self, title: str) -> Caption:
        """Return the caption of the next figure."""
        self._figures += 1
        return Caption(f"Figuur {self._figures}", title)


def dimension_of(table: "ProtectedTable") -> str:
    """Return the name of the dimension without its day."""
    return undated(table.dimension)


def shows_something(table: "ProtectedTable") -> bool:
    """Return whether at least one row holds a number."""
    return any(isinstance(value, int) for _, value in table.rows)


def one_way(table: "ProtectedTable", numbering: Numbering, about: Context, width: Width = Width.MAIN) -> Table:
    """Return a table of counts; with a column of percentages when all its numbers are published and large enough."""
    title, head, combined = NAMES[dimension_of(table)]
    shares = table.total >= PERCENTAGES_FROM and table.hidden_sum is None
    rows: list[Row] = []
    for code, value in table.rows:
        cells: tuple[Cell, ...] = (label(table.dimension, code, about.units), _cell(value))
        if shares:
            cells = (*cells, percentage(value, table.total) if isinstance(value, int) else NOT_APPLICABLE)
        rows.append(Row(cells))
    if table.hidden_sum is not None:
        rows.append(Row((combined, table.hidden_sum), RowKind.COMBINED))
    rows.append(Row(("Alle casussen", table.total, *(("100%",) if shares else ())), RowKind.TOTAL))
    note = about.text("noot.percentage") if shares else ""
    if any(value == "nvt" for _, value in table.rows):
        note = f"{note} Waar n.v.t. staat, kan het aantal niet anders zijn dan nul.".strip()
    header = (head, "Casussen", "Aandeel") if shares else (head, "Casussen")
    return Table(numbering.table(title), header, tuple(rows), width=width, note=note)


def _cell(value: int | str | None) -> Cell:
    if value is None:
        return HIDDEN
    return value if isinstance(value, int) else NOT_APPLICABLE


def most_frequent(table: "ProtectedTable") -> tuple[str, int] | None:
    """Return the row that is the most frequent in every possible world, None when there is none to name.

    A hidden row is at most the sum of the hidden rows, so a number above that sum and above every other published
    number is the highest whatever the dashes stand for; and so is more than half of the total. A row that counts
    several codes is not named: it is no wonder that they are many together.
    """
    published = [(value, code) for code, value in table.rows if isinstance(value, int)]
    if not published:
        return None
    highest, code = max(published)
    others = [value for value, other in published if other != code]
    above_hidden = highest > (table.hidden_sum or 0) or 2 * highest > table.total
    alone = above_hidden and all(highest > value for value in others) and len(codes_of(code)) == 1
    return (code, highest) if alone else None


def theme_message(table: "ProtectedTable") -> str:
    """Return the title of the theme bars: the message when it holds in every possible world, else the subject."""
    top = most_frequent(table)
    if top is None or top[0] in _UNTITLED:
        return NAMES["thema"][0]
    verb = "komen" if top[0] in _PLURALS else "komt"
    return f"{label('thema', top[0])} {verb} het vaakst voor"


def can_be_drawn(table: "ProtectedTable") -> bool:
    """Return whether a figure of its dimension has a place for every row: else it is a table, which wraps its rows.

    Bars by theme stand in groups, the phases in a fixed place, and a label beside a bar on one line.
    """
    several = [codes_of(key) for key, _ in table.rows if len(codes_of(key)) > 1]
    if dimension_of(table) == "fase":
        return not several
    if dimension_of(table) == "thema" and not all(
        any(set(codes) <= group for _, group in _GROUPS) for codes in several
    ):
        return False
    return all(len(label(table.dimension, key_of(codes))) <= LONGEST_BESIDE_A_BAR for codes in several)


def theme_bars(table: "ProtectedTable", numbering: Numbering, about: Context) -> ThemeBars:
    """Return the bars by main theme, grouped by field, in the order of the code list."""
    bars = [(code, Bar(label("thema", code), value if isinstance(value, int) else None)) for code, value in table.rows]
    name = NAMES["thema"][2]
    combined = None if table.hidden_sum is None else Bar(name, table.hidden_sum)
    note = about.text("noot.thema") + ("" if combined is None else f" {about.text('noot.thema.samen')}")
    return ThemeBars(
        numbering.figure(theme_message(table)),
        tuple(BarGroup(title, tuple(b for key, b in bars if set(codes_of(key)) <= codes)) for title, codes in _GROUPS),
        combined,
        Bar("Alle casussen", table.total),
        note,
        _bars_alt(table, ("hoofdthema", "thema’s"), about),
        NAMES["thema"][1],
    )


def relation_bars(table: "ProtectedTable", numbering: Numbering, about: Context) -> ThemeBars:
    """Return the bars by relation to the other party, in the order of the code list."""
    title, head, together = NAMES["relatie"]
    bars = [Bar(label("relatie", code), value if isinstance(value, int) else None) for code, value in table.rows]
    combined = None if table.hidden_sum is None else Bar(together, table.hidden_sum)
    note = about.text("noot.relatie") + ("" if combined is None else f" {about.text('noot.relatie.samen')}")
    return ThemeBars(
        numbering.figure(title),
        (BarGroup(head, tuple(bars)),),
        combined,
        Bar("Alle casussen", table.total),
        note,
        _bars_alt(table, ("verhouding", "verhoudingen"), about),
        head,
    )


def _bars_alt(table: "ProtectedTable", words: tuple[str, str], about: Context) -> str:
    """Return the alternative text of bars; `words` are what they are by, and its plural."""
    subject, plural = words
    rows = [(lower(spoken(table.dimension, key)), value) for key, value in table.rows]
    published = ", ".join(f"{row} {number(value)}" for row, value in rows if isinstance(value, int))
    hidden = ", ".join(row for row, value in rows if not isinstance(value, int))
    parts = [
        f"Staafdiagram: casussen naar {subject} {when(about.period)}.",
        published[:1].upper() + published[1:] + ".",
    ]
    if table.hidden_sum is not None:
        together = f"Overige {plural} samen {number(table.hidden_sum)}"
        parts.append(f"{together}; bij die {plural} zijn de losse getallen niet genoemd: {hidden}.")
    parts.append(f"Alle casussen {number(table.total)}.")
    return " ".join(parts)


_STAYED: Final = {
    "voorfase": "bleven bij gesprekken en raad",
    "meldingsfase": "bleven in de meldingsfase",
    "nafase": "kwamen in de nafase",
    "onbekend": "van deze casussen is de fase niet vastgelegd",
}


def phase_flow(table: "ProtectedTable", numbering: Numbering, about: Context) -> PhaseFlow:
    """Return how far cases came: bands in proportion when all is published, else equal posts with their sum."""
    posts = tuple(
        Post(label("fase", code), value if isinstance(value, int) else None, _STAYED[code], arrow=code in _ARROWS)
        for code, value in table.rows
        if value != "nvt"
    )
    combined = None
    if table.hidden_sum is not None:
        names = [post.title.lower() for post in posts if post.value is None]
        together = joined(names)
        combined = Bar(f"{together[:1].upper()}{together[1:]} samen", table.hidden_sum)
    note = about.text("noot.fasen.streepje" if combined else "noot.fasen")
    return PhaseFlow(
        numbering.figure(phase_message(table)),
        posts,
        combined,
        table.total,
        note,
        _phase_alt(posts, combined, table.total),
        NAMES["fase"][1],
    )


_ARROWS: Final = frozenset({"meldingsfase", "nafase"})


def phase_message(table: "ProtectedTable") -> str:
    """Return the title of the phases: what the published numbers say, else the subject."""
    values = dict(table.rows)
    start, reported, after = (values.get(code) for code in ("voorfase", "meldingsfase", "nafase"))
    if isinstance(reported, int) and isinstance(after, int):
        return f"In {reported + after} van de {table.total} casussen kwam het tot een melding"
    if isinstance(start, int):
        return f"In {start} van de {table.total} casussen bleef het bij gesprekken en raad"
    return "Hoever het kwam"


def _phase_alt(posts: tuple[Post, ...], combined: Bar | None, total: int) -> str:
    parts = [f"{post.title} {'niet genoemd' if post.value is None else number(post.value)}" for post in posts]
    together = "" if combined is None else f" {combined.label} {combined.value}."
    return f"Schema van de fasen. {', '.join(parts)}.{together} Alle casussen {number(total)}."
