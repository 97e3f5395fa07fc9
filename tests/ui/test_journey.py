"""A first day from beginning to end, through the window and with a real keyring: vault, talk, phase, report."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pypdf
import pytest
from PySide6.QtCore import Qt

from tests.ui.test_first_start import begun, go_on, to_words, type_back
from vpdesk.domain.periods import Period
from vpdesk.domain.phases import Phase
from vpdesk.domain.statements import Audience
from vpdesk.operations import backups, cases, conversations, reports
from vpdesk.operations.vaults import system_keychain
from vpdesk.ui.context import PageName, Place
from vpdesk.ui.models.link import Limits
from vpdesk.ui.pages.case import CasePage
from vpdesk.ui.pages.case_dialogs import MoveDialog
from vpdesk.ui.pages.conversation import ConversationPage
from vpdesk.ui.pages.report import ReportPage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import TypeVar

    from tests.ui.stage import Stage
    from vpdesk.operations.vaults import Vault

    T = TypeVar("T")

pytestmark = [pytest.mark.window, pytest.mark.keyring]

ORGANISATION = "Gemeente Esdoornveen"
WORDS = "Belt vanaf een eigen telefoon en wil eerst weten wat er kan."


def ask(stage: Stage, operation: Callable[[Vault], T]) -> T:
    given: list[T] = []
    stage.worker.run(operation, given.append, lambda error: pytest.fail(error.sentence))
    stage.until(lambda: given)
    return given[0]


def first_start(stage: Stage) -> None:
    stage.keychain = system_keychain()
    wizard = begun(stage)
    type_back(stage, wizard, to_words(stage, wizard))
    stage.qtbot.keyClicks(wizard.client_step.edit, ORGANISATION)
    go_on(stage, wizard)
    stage.until(lambda: stage.session.desk is not None)
    stage.settle()


def test_from_an_empty_laptop_to_a_report_in_one_window(stage: Stage, secret_service: None, tmp_path: Path) -> None:
    first_start(stage)

    stage.desk.commands.new_conversation.trigger()
    stage.settle()
    talk = stage.desk.page
    assert isinstance(talk, ConversationPage)
    stage.qtbot.keyClicks(talk.writing, WORDS)
    stage.qtbot.keyClick(talk.writing, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    stage.settle()
    talk.panel.client.setCurrentIndex(talk.panel.client.findText(ORGANISATION))
    talk.panel.question.answers[Limits.DISCUSSED].click()
    pseudonym = talk.panel.pseudonym.text()
    stage.press(talk.panel.save)
    stage.until(lambda: isinstance(stage.desk.page, CasePage))
    stage.settle()

    page = stage.desk.page
    assert isinstance(page, CasePage)
    number = page.case_id
    assert number is not None
    page.move_to(Phase.MELDINGSFASE)
    (dialog,) = [found for found in stage.window.findChildren(MoveDialog) if found.isVisible()]
    stage.qtbot.keyClicks(dialog.reason, "Wil vertrouwelijk melden")
    stage.press(dialog.verb)
    stage.until(lambda: not any(found.isVisible() for found in stage.window.findChildren(MoveDialog)))
    stage.settle()
    case = ask(stage, lambda vault: cases.get_case(vault, number))
    assert (case.pseudonym, case.phase) == (pseudonym, Phase.MELDINGSFASE)
    (row,) = ask(stage, lambda vault: conversations.list_conversations(vault, limit=5))
    kept = ask(stage, lambda vault: conversations.get_conversation(vault, row.id))
    assert kept.working_note == WORDS

    stage.desk.navigate(Place(PageName.JAARVERSLAG))
    stage.settle()
    report = stage.desk.page
    assert isinstance(report, ReportPage)
    report.choose(Period(date(case.opened.year, 1, 1), date(case.opened.year, 12, 31)), Audience.WERKGEVER)
    stage.until(lambda: report.export.isEnabled() and not report.making.busy)
    out = tmp_path / "verslag.pdf"
    report.export_to(out)
    stage.until(lambda: report.shown is not None and report.shown.exported is not None)
    stage.settle()

    text = " ".join(read.extract_text() for read in pypdf.PdfReader(out).pages)
    assert ORGANISATION in text
    assert "geen aantallen over mensen en gesprekken" in text
    (publication,) = ask(stage, lambda vault: reports.publications(vault, case.client))
    assert publication.pdf == out.read_bytes()
    state = ask(stage, lambda vault: backups.backup_state(vault, now=stage.now))
    assert state.verified
