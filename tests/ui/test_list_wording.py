"""How rows, groups and dates are put into words in the lists."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from vpdesk.domain.ids import CaseId, ClientId, ConversationId
from vpdesk.domain.phases import Phase
from vpdesk.domain.rows import CaseRow, ConversationRow, TodayItem, TodayKind
from vpdesk.ui.models import case_table, conversation_table, today_list
from vpdesk.ui.widgets.tables import Cell

TODAY = date(2026, 9, 17)
ROW = CaseRow(
    CaseId(1), "2026-009", "Duinriet", ClientId(1), "Zorggroep Merelhof", Phase.NAFASE, "melder", "pesten",
    date(2026, 3, 1), None, None, None, "",
)  # fmt: skip
TALK = ConversationRow(
    ConversationId(1), TODAY, "telefoon", 25, CaseId(1), "2026-009", "Duinriet", "Merelhof", "Bellen"
)


def due(day: date) -> TodayItem:
    return TodayItem(TodayKind.NAZORG, "Nazorg: bellen", "", day, None, None, "", "", "")


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 9, 17), "vandaag"),
        (date(2026, 9, 16), "gisteren"),
        (date(2026, 9, 18), "18 sep"),
        (date(2025, 3, 5), "5 mrt 2025"),
    ],
)
def test_dates_in_columns_are_short(day: date, words: str) -> None:
    assert case_table.day_short(day, TODAY) == words


def test_a_late_step_is_told_by_icon_and_tone() -> None:
    assert case_table.next_cell(replace(ROW, next_on=date(2026, 9, 15)), TODAY) == Cell(
        "15 sep", weight=600, ink="warning", icon="let_op", icon_ink="warning"
    )
    assert case_table.next_cell(replace(ROW, next_on=TODAY), TODAY) == Cell("vandaag", weight=600)
    assert case_table.next_cell(ROW, TODAY) == Cell("geen", ink="muted")
    assert case_table.next_cell(replace(ROW, closed=TODAY), TODAY).text == "gesloten"


def test_every_column_of_a_case_has_words() -> None:
    cells = [column.cell(ROW) for column in case_table.case_columns(lambda: TODAY)]
    assert [cell.text for cell in cells] == ["2026-009", "Duinriet", "Zorggroep Merelhof", "nafase", "pesten", "geen"]
    assert case_table.theme_cell("onbekend").ink == "muted"


def test_a_conversation_shows_its_case_or_that_it_has_none() -> None:
    cells = [column.cell(TALK) for column in conversation_table.conversation_columns(lambda: TODAY)]
    assert [cell.text for cell in cells] == [
        "vandaag", "telefoon", "25 min", "2026-009 · Duinriet", "Merelhof", "Bellen",
    ]  # fmt: skip
    assert conversation_table.case_cell(replace(TALK, case=None)).text == "nog niet gekoppeld"


def test_today_is_cut_into_now_this_week_and_this_month() -> None:
    days = [date(2026, 9, day) for day in (30, 15, 24, 17, 25, 18)] + [date(2026, 10, 1)]
    found = today_list.groups([due(day) for day in days], TODAY)
    assert [(group.title, [item.due.day for item in group.items]) for group in found] == [
        ("Nu", [15, 17]),
        ("Komende zeven dagen", [18, 24]),
        ("Later deze maand", [25, 30]),
    ]
    assert today_list.groups([], TODAY) == ()


def test_lateness_counts_days() -> None:
    assert today_list.lateness(due(date(2026, 9, 15)), TODAY) == "2 dagen te laat"
    assert today_list.lateness(due(date(2026, 9, 16)), TODAY) == "1 dag te laat"
    assert today_list.lateness(due(TODAY), TODAY) == ""
    missing = replace(due(date(2026, 8, 1)), kind=TodayKind.GRENZEN)
    assert today_list.lateness(missing, TODAY) == "nog niet gedaan"


def test_every_kind_has_an_icon() -> None:
    assert set(today_list.ICONS) == set(TodayKind)
