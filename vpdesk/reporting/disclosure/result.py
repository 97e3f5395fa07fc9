"""What protection hands to the report: tables with hidden cells, and the statements that they print."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

from vpdesk.domain.publications import HiddenLine, Withheld
from vpdesk.domain.statements import Statement


class Level(StrEnum):
    """How much a report says, from least to most."""

    GEEN_GETALLEN = "geen getallen"
    INTERVAL = "interval"
    TOTAAL = "totaal"
    EENRIJ = "eenrij"


TOO_FEW_ROWS: Final = "minder dan twee categorieën zouden een getal tonen"
WOULD_TELL: Final = "samen met andere getallen herleidbaar"
CUT_SHORT: Final = "niet helemaal nagerekend, daarom weggelaten"
NOT_KEPT: Final = "van vernietigde casussen is dit gegeven niet bewaard"
NOT_YET_TWICE: Final = "deze periode is al eerder uitgegeven; wat toen niet is genoemd, blijft weg"
REPEATED: Final = "Deze periode is al eerder uitgegeven. Het verslag noemt dezelfde getallen als toen."


TIMES_THRESHOLD: Final = 6
"""From how many times the threshold of cases on a report has two-way tables."""

MOST_COLUMNS: Final = 8
"""How many categories of a two-way table stand side by side; one that is wider and not as high is turned."""


@dataclass(frozen=True, slots=True)
class ProtectedTable:
    """A one-way table: rows in fixed order with their count, None where hidden, `nvt` where impossible.

    A row is named by its code, or by `key_of` where it counts several together. `hidden_sum` is the combined row, None
    when nothing is hidden; `fase` and `afloop` carry their day.
    """

    dimension: str
    rows: tuple[tuple[str, int | Literal["nvt"] | None], ...]
    hidden_sum: int | None
    total: int


@dataclass(frozen=True, slots=True)
class CrossTable:
    """A two-way table: keys of rows and columns in fixed order, and a cell for each: None hidden, `nvt` impossible.

    Margins are those of the one-way tables beside it, None where they are hidden there too; phase and outcome carry
    their day.
    """

    down: str
    across: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[int | Literal["nvt"] | None, ...], ...]
    row_totals: tuple[int | None, ...]
    column_totals: tuple[int | None, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What a reader of everything that is out can at best conclude about the dashes of a table, never of one dash.

    A dash lies between `least` and `most`, and where it is known best between the two of `narrowest`; worlds show that
    these ends are possible.
    """

    dimension: str
    least: int
    most: int
    narrowest: tuple[int, int]


@dataclass(frozen=True, slots=True)
class ProtectedReport:
    """Everything a report may print about people, and nothing else.

    `threshold` is the one that was used (10 or more for an open report). `audited` tells that the audit passed; a
    report that says nothing needs none. `withheld` is what a reader who knows the method learns from its silence, and
    `conclusions` is what is left of the dashes for a reader of everything that is out.
    """

    level: Level
    statements: tuple[Statement, ...]
    tables: tuple[ProtectedTable, ...]
    total: Statement | None
    pattern: tuple[HiddenLine, ...]
    left_out: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    audited: bool
    threshold: int
    withheld: tuple[Withheld, ...] = ()
    crossed: tuple[CrossTable, ...] = ()
    conclusions: tuple[Conclusion, ...] = ()
