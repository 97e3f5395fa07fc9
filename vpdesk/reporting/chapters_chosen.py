"""What is left of a protected report when chapters are left out: their numbers stand nowhere else either."""

from dataclasses import replace
from typing import Final

from vpdesk.domain.report_chapters import Skippable, Skipped, with_a_table
from vpdesk.domain.statements import undated
from vpdesk.reporting.disclosure.result import NOT_YET_TWICE, REPEATED, Level, ProtectedReport

TABLES_FROM: Final = 2
"""From how many times the threshold of cases on a report has tables, and years beside each other."""


def as_printed(protected: ProtectedReport, skipped: Skipped) -> ProtectedReport:
    """Return the report with the tables of the chapters that it has; without tables it names the total.

    Numbers that went out before stay in what another edition says of the same period; they are not printed in this one.
    """
    tables = tuple(table for table in protected.tables if _has_a_place(table.dimension, skipped))
    crossed = tuple(
        table
        for table in protected.crossed
        if _has_a_place(table.down, skipped) and _has_a_place(table.across, skipped)
    )
    if len(tables) == len(protected.tables) and len(crossed) == len(protected.crossed):
        return protected
    level = Level.TOTAAL if protected.level is Level.EENRIJ and not tables else protected.level
    return replace(protected, tables=tables, crossed=crossed, level=level)


def _has_a_place(dimension: str, skipped: Skipped) -> bool:
    return bool(with_a_table((undated(dimension),), skipped))


def first_had_no_tables(protected: ProtectedReport) -> bool:
    """Return whether a report names a total only since no table was asked for when its period first went out.

    So many cases would have had tables, and of a table that a number kept back the publication says so.
    """
    total = protected.total
    again = REPEATED in protected.notes or NOT_YET_TWICE in {why for _, why in protected.left_out}
    return (
        protected.level is Level.TOTAAL
        and again
        and total is not None
        and total.minimum >= TABLES_FROM * protected.threshold
        and not protected.withheld
    )


def is_large(protected: ProtectedReport, skipped: Skipped) -> bool:
    """Return whether a report has the chapters that begin with tables, also when its tables are left out by choice."""
    total = protected.total
    return protected.level is Level.EENRIJ or (
        protected.level is Level.TOTAAL
        and Skippable.ONDERSTEUNING in skipped
        and total is not None
        and total.minimum >= TABLES_FROM * protected.threshold
    )
