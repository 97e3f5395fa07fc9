"""Ctrl+F finds what was typed anywhere, says what it is, and Enter leads to where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from tests.operations.test_search_everything import a_full_case
from vpdesk.domain.rows import WrittenKind
from vpdesk.ui.context import PageName
from vpdesk.ui.pages.activities import ActivitiesPage
from vpdesk.ui.pages.activity_dialogs import ActivityDialog
from vpdesk.ui.pages.case import CasePage
from vpdesk.ui.pages.conversations import ConversationsPage
from vpdesk.ui.pages.detriment_dialogs import DetrimentView
from vpdesk.ui.pages.guided import GuidedPage
from vpdesk.ui.pages.relay_log import RelayLogDialog
from vpdesk.ui.pages.step_view import StepView
from vpdesk.ui.pages.today import TodayPage

if TYPE_CHECKING:
    from tests.ui.pages.conftest import Opened
    from vpdesk.domain.rows import SearchHit

pytestmark = pytest.mark.window

LEADS_TO = {
    WrittenKind.BERICHT: RelayLogDialog,
    WrittenKind.BENADELING: DetrimentView,
    WrittenKind.GEVOLG: DetrimentView,
    WrittenKind.STAP: StepView,
    WrittenKind.TOESTEMMING: StepView,
}


def hits(opened: Opened, words: str) -> tuple[ConversationsPage, dict[WrittenKind, int]]:
    """Search as a user does, and return in which row each kind of text stands."""
    opened.desk.commands.find.trigger()
    page = opened.desk.page
    assert isinstance(page, ConversationsPage)
    page.search.clear()
    opened.qtbot.keyClicks(page.search, words)
    opened.settle()
    opened.until(page.hits.isVisible)
    rows: list[SearchHit] = [row.key for row in page.hits.rows.rows]
    return page, {hit.written: at for at, hit in enumerate(rows) if hit.written is not None}


def enter(opened: Opened, page: ConversationsPage, at: int) -> None:
    page.hits.setCurrentIndex(page.hits.rows.index(at))
    opened.qtbot.keyClick(page.hits, Qt.Key.Key_Return)
    opened.settle()


def test_enter_leads_from_every_text_to_where_it_stands_and_back_shows_the_page_alone(opened: Opened) -> None:
    case = opened.ask(lambda vault: a_full_case(vault, "kwartelei"))
    opened.go(PageName.VANDAAG)
    page, rows = hits(opened, "kwartel")
    assert len(rows) == len(WrittenKind) - 2
    said = page.hits.rows.rows[rows[WrittenKind.BERICHT]]
    assert said.title.startswith("Bericht via u, ")
    assert (said.detail, said.middle) == ("Bericht met kwartelei", f"{case.code} · {case.pseudonym}")
    assert page.hits.rows.rows[rows[WrittenKind.HERINNERING]].detail == "Bellen · Over kwartelei"
    for kind, at in rows.items():
        page, _ = hits(opened, "kwartel")
        enter(opened, page, at)
        if kind in {WrittenKind.ANTWOORD, WrittenKind.AANVULLING}:
            assert isinstance(opened.desk.page, GuidedPage)
            continue
        shown = opened.desk.page
        assert isinstance(shown, CasePage), kind
        assert shown.case_id == case.id
        if kind not in LEADS_TO:
            continue
        dialog = opened.child(LEADS_TO[kind])
        if isinstance(dialog, RelayLogDialog):
            assert dialog.log is not None
            assert dialog.list.key == dialog.log.messages[0].id
        dialog.reject()
        opened.go(PageName.VANDAAG)
        opened.desk.commands.back.trigger()
        opened.settle()
        assert opened.gone(LEADS_TO[kind]), "on the way back it stays closed"


def test_an_activity_opens_and_what_belongs_to_no_case_says_so(opened: Opened) -> None:
    page, rows = hits(opened, "intervisie")
    at = rows[WrittenKind.ACTIVITEIT]
    assert page.hits.rows.rows[at].middle == "Zonder casus"
    enter(opened, page, at)
    assert isinstance(opened.desk.page, ActivitiesPage)
    opened.child(ActivityDialog).reject()


def test_the_palette_counts_other_texts_too(opened: Opened) -> None:
    opened.ask(lambda vault: a_full_case(vault, "kwartelei"))
    palette = opened.desk.palette_
    palette.open()
    opened.qtbot.keyClicks(palette.field, "kwartelei")
    opened.until(lambda: any("kwartelei" in text for text in palette.texts))
    assert f"{len(WrittenKind) - 2 + 1} teksten met ‘kwartelei’ in de notities" in palette.texts
    opened.qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    opened.settle()
    assert isinstance(opened.desk.page, ConversationsPage)


def test_a_reminder_of_no_case_leads_to_vandaag(opened: Opened) -> None:
    from tests.casework import TODAY  # noqa: PLC0415
    from vpdesk.domain.ids import ReminderId  # noqa: PLC0415
    from vpdesk.domain.reminders import Reminder  # noqa: PLC0415
    from vpdesk.domain.rows import TodayKind  # noqa: PLC0415

    loose = Reminder(ReminderId(0), TodayKind.STAP, TODAY, "Sleutelbos halen", "")
    opened.ask(lambda vault: vault.reminders.add(loose))
    page, rows = hits(opened, "sleutelbos")
    enter(opened, page, rows[WrittenKind.HERINNERING])
    assert isinstance(opened.desk.page, TodayPage)
