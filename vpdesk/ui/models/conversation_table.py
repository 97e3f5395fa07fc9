"""How conversations stand in the table: when, how, how long and with whom, never what was said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vpdesk.ui import icons
from vpdesk.ui.models.case_table import day_short
from vpdesk.ui.models.paged import Column
from vpdesk.ui.widgets.tables import Cell

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from vpdesk.domain.rows import ConversationRow


def case_cell(row: ConversationRow) -> Cell:
    """Return code and pseudonym of the case, or that the talk is not linked yet."""
    if row.case is None:
        return Cell("nog niet gekoppeld", ink="muted")
    return Cell(f"{row.case_code} · {row.pseudonym}", weight=600)


def conversation_columns(today: Callable[[], date]) -> tuple[Column[ConversationRow], ...]:
    """Return the columns of Gesprekken."""
    return (
        Column("Datum", 112, lambda row: Cell(day_short(row.on, today()))),
        Column("Kanaal", 116, lambda row: Cell(row.channel, icon=icons.OF_CHANNEL[row.channel]), yields=True),
        Column("Duur", 76, lambda row: Cell(f"{row.minutes} min", right=True), right=True),
        Column("Casus", 190, case_cell),
        Column("Organisatie", 180, lambda row: Cell(row.client_name), stretch=True),
        Column("Afspraak", 220, lambda row: Cell(row.agreements, ink="muted"), stretch=True),
    )
