"""Rolconflict nagaan: reachable from where a call comes in, answers, shows no case unasked, and leaves no trace."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from vpdesk.domain.conflicts import NEUTRAL
from vpdesk.domain.errors import VaultError
from vpdesk.operations import clients, conversations
from vpdesk.ui.context import PageName
from vpdesk.ui.dialog_text import drafts_of_dialogs
from vpdesk.ui.pages import conflict_check
from vpdesk.ui.pages.case import CasePage
from vpdesk.ui.pages.cases import CasesPage
from vpdesk.ui.pages.conflict_check import (
    BESIDE,
    FOUND,
    NONE_FOUND,
    NOT_KEPT,
    NOTHING_ASKED,
    TOO_CLOSE,
    ConflictDialog,
)
from vpdesk.ui.pages.conversation import ConversationPage
from vpdesk.ui.pages.new_case import NewCaseDialog
from vpdesk.ui.pages.other_cases import OtherCases
from vpdesk.ui.pages.today import TodayPage

if TYPE_CHECKING:
    import pytest

    from tests.ui.pages.conftest import Opened
    from vpdesk.operations.vaults import Vault


def panel(opened: Opened) -> ConflictDialog:
    opened.desk.commands.check_conflict.trigger()
    opened.settle()
    return opened.child(ConflictDialog)


def asked(opened: Opened, dialog: ConflictDialog) -> str:
    opened.qtbot.keyClick(dialog.caller, Qt.Key.Key_Return)
    opened.settle()
    return dialog.answer


def texts(of: QWidget) -> str:
    return " ".join(part.text() for part in of.findChildren(QWidget) if isinstance(part, QLabel | QAbstractButton))


def test_a_name_is_answered_without_showing_the_other_case(opened: Opened) -> None:
    dialog = panel(opened)
    assert dialog.focusWidget() is dialog.caller
    assert dialog.answer == ""
    opened.qtbot.keyClicks(dialog.caller, "Haverkorst, R.")
    said = asked(opened, dialog)
    assert said.startswith(FOUND)
    assert NOT_KEPT in said
    assert dialog.sentence.isVisible()
    assert dialog.sentence.accessibleName().endswith(NEUTRAL)
    assert "Sluis" not in texts(dialog)
    assert "2025" not in texts(dialog)
    dialog.others.look.click()
    opened.settle()
    assert "Sluis" in texts(dialog)
    button = next(part for part in dialog.findChildren(QAbstractButton) if "Sluis" in part.text())
    assert dialog.focusWidget() is button
    button.click()
    opened.until(lambda: opened.gone(ConflictDialog))
    assert isinstance(opened.desk.page, CasePage)


def test_another_question_takes_the_answer_away(opened: Opened) -> None:
    dialog = panel(opened)
    dialog.caller.setText("Haverkorst, R.")
    asked(opened, dialog)
    dialog.others.look.click()
    opened.settle()
    dialog.caller.setText("Iemand Anders")
    assert dialog.answer == ""
    assert dialog.sentence.isHidden()
    assert dialog.others.shown == ()
    assert asked(opened, dialog) == f"{NONE_FOUND} {NOT_KEPT}"
    assert dialog.other_reason.isVisible()
    assert dialog.sentence.isVisible(), "no time is declined with the same sentence"
    assert dialog.others.isHidden()
    dialog.caller.setText("Haverkorst, R.")
    dialog.verb.click()
    dialog.caller.setText("Nog Iemand")
    opened.settle()
    assert dialog.answer == "", "an answer to an earlier question is not shown"


def test_what_says_too_little_is_named_and_alarms_nobody(opened: Opened) -> None:
    dialog = panel(opened)
    dialog.caller.setText("De Vries")
    said = asked(opened, dialog)
    assert said == (
        "‘De Vries’ alleen zegt te weinig om iets te vinden. Vraag ook een voornaam, een functie of de kwestie. "
        f"{NOT_KEPT}"
    )
    dialog.function.setText("Hoofd niets")
    assert asked(opened, dialog).startswith(f"{NONE_FOUND} ‘De Vries’ alleen")
    dialog.role.choose("melder")
    dialog.matter.setText("overleg over de roosters")
    dialog.other.setText("Mirthe Onbekend")
    said = asked(opened, dialog)
    assert said.startswith(FOUND), "a betrokkene is in that matter"
    dialog.matter.setText("pauzes tweede verdieping")
    dialog.organisation.setCurrentIndex(0)
    dialog.role.choose("naaste")
    assert asked(opened, dialog).startswith(BESIDE)


def test_somebody_close_is_sent_on_whatever_is_found(opened: Opened) -> None:
    dialog = panel(opened)
    assert asked(opened, dialog) == NOTHING_ASKED
    assert dialog.sentence.isHidden()
    dialog.close_to_me.click()
    assert dialog.answer == ""
    said = asked(opened, dialog)
    assert said.startswith(TOO_CLOSE)
    assert dialog.sentence.isVisible()
    assert dialog.other_reason.isHidden()
    dialog.caller.setText("Haverkorst, R.")
    assert TOO_CLOSE in asked(opened, dialog)
    assert dialog.answer.startswith(FOUND)


def test_a_failure_is_said_in_the_panel(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise VaultError("De kluis is niet te lezen. Er is niets veranderd.")

    dialog = panel(opened)
    monkeypatch.setattr(conflict_check, "ask", broken)
    dialog.caller.setText("Haverkorst, R.")
    assert asked(opened, dialog) == ""
    assert "niet te lezen" in dialog.wrong


def state(vault: Vault) -> tuple[object, ...]:
    files = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in vault.generation.iterdir()}
    return files, vault.revision, vault.connection.total_changes, conversations.drafts(vault)


def test_nothing_of_it_is_kept_anywhere(opened: Opened) -> None:
    opened.go(PageName.VANDAAG)
    before = opened.ask(state)
    dialog = panel(opened)
    opened.qtbot.keyClicks(dialog.caller, "Haverkorst, R.")
    opened.qtbot.keyClicks(dialog.other, "Mirthe Lindeboog")
    opened.qtbot.keyClicks(dialog.matter, "Overleg over de roosters")
    asked(opened, dialog)
    dialog.others.look.click()
    opened.settle()
    assert drafts_of_dialogs(opened.desk.context.clock()) == (), "what stands there on locking is not kept either"
    assert opened.desk.unsaved() == []
    dialog.reject()
    opened.until(lambda: opened.gone(ConflictDialog))
    assert opened.ask(state) == before
    again = panel(opened)
    assert again.question.given == (), "it opens empty"


def test_it_is_there_where_a_call_comes_in(opened: Opened) -> None:
    vandaag = opened.go(PageName.VANDAAG)
    assert isinstance(vandaag, TodayPage)
    talk = opened.go(PageName.GESPREK)
    assert isinstance(talk, ConversationPage)
    for button in (
        next(b for b in vandaag.quick.findChildren(QAbstractButton) if "Rolconflict" in b.text()),
        talk.check,
    ):
        button.click()
        opened.settle()
        opened.child(ConflictDialog).reject()
        opened.until(lambda: opened.gone(ConflictDialog))
    palette = opened.desk.palette_
    palette.open()
    opened.qtbot.keyClicks(palette.field, "betrokkene")
    opened.until(lambda: any("Rolconflict nagaan" in text for text in palette.texts))
    palette.close_quietly()


def test_in_front_of_a_new_case_it_asks_about_that_organisation_and_leads_nowhere(opened: Opened) -> None:
    page = opened.go(PageName.CASUSSEN)
    assert isinstance(page, CasesPage)
    page.new_case()
    opened.settle()
    form = opened.child(NewCaseDialog)
    waterveen = next(one for one in opened.ask(clients.clients) if one.name == "Gemeente Waterveen")
    form.organisation.choose(waterveen.id)
    form.check.click()
    opened.settle()
    dialog = next(widget for widget in form.findChildren(ConflictDialog) if widget.isVisible())
    assert dialog.question.client == waterveen.id
    dialog.caller.setText("Haverkorst, R.")
    asked(opened, dialog)
    dialog.others.look.click()
    opened.settle()
    assert len(dialog.others.shown) == 1
    assert not any("Sluis" in part.text() for part in dialog.findChildren(QAbstractButton)), "the form stays in front"
    dialog.reject()
    form.reject()
    opened.settle()


def test_one_organisation_is_chosen_by_itself(empty: Opened) -> None:
    client = empty.ask(lambda vault: clients.add_client(vault, name="Alleen deze"))
    dialog = panel(empty)
    assert dialog.question.client == client.id


def test_who_asks_before_the_list_of_organisations_came_gets_an_answer(empty: Opened) -> None:
    empty.ask(lambda vault: clients.add_client(vault, name="Alleen deze"))
    empty.desk.commands.check_conflict.trigger()
    dialog = empty.child(ConflictDialog)
    dialog.caller.setText("Ottoliena Wrevelhout")
    dialog.verb.click()
    empty.settle()
    assert dialog.answer == f"{NONE_FOUND} {NOT_KEPT}"


def test_of_many_cases_the_first_are_shown_and_the_rest_counted(opened: Opened) -> None:
    from vpdesk.domain.conflicts import Supported  # noqa: PLC0415 - only here
    from vpdesk.domain.ids import CaseId  # noqa: PLC0415 - idem

    others = OtherCases(opened.desk.context)
    opened.qtbot.addWidget(others)
    others.look.click()
    assert others.shown == (), "about nothing there is nothing to look at"
    found = [Supported(CaseId(n), "melder", f"2025-{n:03d}", "Kade") for n in range(1, 15)]
    others.about(lambda _vault: found)
    others.look.click()
    opened.settle()
    assert (len(others.shown), others.shown[-1]) == (13, "en nog 2")
