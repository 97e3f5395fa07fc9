"""The *spreekblad*: one page with what the report says, and answers for whoever presses for more.

Made from the document of the report alone, so that it can hold no number that is not out.
"""

from dataclasses import replace
from typing import Final

from vpdesk.domain.wording import joined, number
from vpdesk.reporting import document as doc
from vpdesk.reporting.editable.plain import IN_SHORT, Grid, grids

TITLE: Final = "Spreekblad"
_INTRODUCTION: Final = "Voor uzelf, bij het gesprek over het verslag. Noem alleen wat hier staat; meer is er niet uit."
_NOTHING: Final = (
    "Het verslag noemt geen aantallen over mensen en gesprekken. Noem ze ook mondeling niet, en zeg ook niet of er "
    "iemand was."
)
_ONLY_TOTAL: Final = "Meer dan dit noemt het verslag niet. Noem het ook mondeling niet."
_COUNTED: Final = "Casussen"
"""What a table that is read aloud counts; others set years or subjects side by side, or tell of the work."""

_MOST_ROWS: Final = 6
"""A table with more published rows than this is pointed to instead of read aloud."""

_ANSWERS: Final = (
    ("Wie was het?", "Dat houd ik voor mij. Juist daarom komen mensen."),
    (
        "Alleen de afdeling dan.",
        "Een afdeling is soms drie mensen. Ik noem wat u er kunt doen: gedrag bespreken, in elk team.",
    ),
    (
        "Ik kan niets doen zonder details.",
        "U kunt wel: voorlichten, uw deur openzetten, de regeling uitleggen. Wie wil melden, kan dat bij u.",
    ),
    (
        "Het is voor de Woo, de jurist of de accountant.",
        "Graag schriftelijk, met grondslag; ik overleg en kom erop terug.",
    ),
    ("Ik heb al een vermoeden. Klopt het?", "Ik bevestig en ontken nooit, ook niet als u ernaast zit."),
    ("U werkt voor mij.", "Ja, en onze afspraken zeggen dat ik dit niet deel."),
)
_DASHES: Final = (
    (
        "Waarom staat hier een streepje?",
        "Omdat een klein getal een persoon kan zijn. Alle streepjes betekenen hetzelfde.",
    ),
    ("Vorig jaar stond het er wel.", "Wat er staat, hangt af van alle cijfers samen. Per streepje leg ik niets uit."),
)
_HOURS: Final = (
    "En uw uren dan?",
    "Die staan op de factuur, zonder dagen. Hoeveel daarvan gesprekken waren, noem ik niet.",
)
_HOURS_SAID: Final = ("En uw uren dan?", "Die staan in het verslag, per taak en op hele uren. Meer noem ik niet.")
_NO_HOURS: Final = (
    "En uw uren dan?",
    "Ook die noem ik niet: wie weet hoeveel er is gepraat, weet ook of er is gepraat.",
)


def talking_sheet(report: doc.Document) -> doc.Document:
    """Return the sheet of a report, one page without a cover."""
    numbers = _key_numbers(report)
    tables = [grid for grid in grids(report) if grid.title != IN_SHORT]
    said = tuple(_line(grid) for grid in tables if grid.header[1] == _COUNTED)
    hidden = any(grid.has_hidden for grid in tables)
    people = any(grid.header[1] == _COUNTED for grid in tables)
    hours = _HOURS_SAID if _says_hours(report) else _HOURS if people else _NO_HOURS
    answers = (*_ANSWERS, *(_DASHES if hidden else ()), hours)
    nothing_more = doc.Paragraph(_ONLY_TOTAL if numbers else _NOTHING, width=doc.Width.WIDE)
    blocks: tuple[doc.Block, ...] = (
        *numbers,
        doc.BulletList(said, doc.Width.WIDE) if said else nothing_more,
        doc.Facts(doc.Caption("", "Als iemand doorvraagt"), answers),
    )
    chapter = doc.Chapter("", TITLE, TITLE, _INTRODUCTION, blocks, own_page=True, wide=True)
    return replace(report, title=f"{TITLE} bij {report.title}", chapters=(chapter,), sheet=True)


def _says_hours(report: doc.Document) -> bool:
    return any(isinstance(block, doc.TaskBar) for chapter in report.chapters for block in chapter.blocks)


def _key_numbers(report: doc.Document) -> tuple[doc.KeyNumbers, ...]:
    found = (block for chapter in report.chapters for block in chapter.blocks if isinstance(block, doc.KeyNumbers))
    return tuple(found)[:1]


def _line(grid: Grid) -> str:
    """Return the published rows of a table and what its dashes add up to; a table without any stands in no report."""
    counts = [(n, str(row[0]), row[1]) for n, row in enumerate(grid.rows) if isinstance(row[1], int)]
    rows = [(name, value) for n, name, value in counts if n not in grid.sums]
    sums = [(name, value) for n, name, value in counts if n in grid.sums]
    if len(rows) > _MOST_ROWS:
        return f"{grid.title}: lees dit uit het verslag voor."
    return f"{grid.title}: {joined([f'{name} {number(value)}' for name, value in (*rows, *sums[:-1])])}."
