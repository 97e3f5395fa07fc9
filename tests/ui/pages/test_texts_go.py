"""What is typed in a small window goes with what it is about: every form that keeps its text says what that is."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import pytest
from PySide6.QtCore import Qt

from tests.full_case import a_record
from tests.operations.test_meldingen import harm
from tests.operations.test_relay import a_message, through_me
from tests.operations.test_steps import a_step, yes
from tests.ui.pages.test_undoing import forms
from vpdesk.domain.call_backs import CallBack
from vpdesk.domain.guided_questions import GuidedKind
from vpdesk.domain.ids import CallBackId, GuidedId
from vpdesk.domain.relay import Direction
from vpdesk.domain.retention import HoldKind
from vpdesk.domain.rows import CaseFilter
from vpdesk.domain.terms import TermKind
from vpdesk.domain.worklog import Activity
from vpdesk.operations import (
    aftercare,
    call_backs,
    cases,
    conversations,
    guided,
    people,
    relay,
    retention,
    steps,
    worklog,
)
from vpdesk.ui.dialog_text import drafts_of_dialogs
from vpdesk.ui.pages.activity_dialogs import ActivityDialog, FollowUpDialog
from vpdesk.ui.pages.call_back_dialogs import CallBackForm
from vpdesk.ui.pages.case_dialogs import FormOfCase
from vpdesk.ui.pages.detriment_dialogs import DetrimentDialog, FollowedDialog
from vpdesk.ui.pages.guided_dialogs import AdditionDialog
from vpdesk.ui.pages.melding_dialog import MeldingDialog
from vpdesk.ui.pages.melding_view import HeardDialog
from vpdesk.ui.pages.person_dialogs import PersonDialog
from vpdesk.ui.pages.relay_message import MessageDialog, PassDialog
from vpdesk.ui.pages.retention_dialogs import HoldDialog, KeepDialog, LiftDialog
from vpdesk.ui.pages.step_view import ConsentDialog, StepView, TakeDialog, WithdrawDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.ui.pages.conftest import Opened
    from vpdesk.domain.cases import Case
    from vpdesk.domain.consent import Consent
    from vpdesk.operations.vaults import Vault
    from vpdesk.ui.widgets.form import FormDialog

pytestmark = pytest.mark.window

OF_CASE: Final = "about a case, with which the text goes"
NOT_DESTROYED: Final = "about an organisation, a report or a setting, which nothing destroys"
REASONS: Final = {
    "AppointmentDialog": NOT_DESTROYED,
    "AgreementsDialog": NOT_DESTROYED,
    "RulesDialog": NOT_DESTROYED,
    "ClientDialog": NOT_DESTROYED,
    "UnitDialog": NOT_DESTROYED,
    "MergeDialog": NOT_DESTROYED,
    "EndDialog": NOT_DESTROYED,
    "TermsDialog": NOT_DESTROYED,
    "EntryDialog": "an address of the social map, about nobody who comes",
    "HelpDialog": NOT_DESTROYED,
    "AuthorDialog": NOT_DESTROYED,
    "TextsDialog": NOT_DESTROYED,
    "NeverSentForm": "about a line in the ledger, which stays",
    "RecipientForm": "about a line in the ledger, which stays",
    "EntryForm": "about a line in the ledger, which stays",
    "ImportDialog": "how columns are read; what was imported holds nothing of it",
    "NewCaseDialog": "there is no case yet",
    "StartTimerDialog": "there is nothing yet",
    "PlanningDialog": "an hour for a task, about nobody",
    "RenameMatterDialog": OF_CASE,
    "StopTimerDialog": "there is nothing yet; a clock says no more than a task",
    "KeepDialog": "why a piece of a report may stay; that of the same name about a case or record is made below",
    "FactsDialog": OF_CASE,
    "StoreDialog": OF_CASE,
}


def the_case(opened: Opened) -> Case:
    def found(vault: Vault) -> Case:
        (row,) = cases.list_cases(vault, CaseFilter(text="Sluis"), 1)
        return cases.get_case(vault, row.id)

    return opened.ask(found)


def made(opened: Opened, case: Case) -> list[tuple[FormDialog, str]]:
    """Make every form about a thing that goes by itself, each with the name of that thing."""
    context, desk = opened.desk.context, opened.desk
    activity = opened.ask(lambda v: worklog.write_activity(v, Activity(worklog.NEW, date(2026, 1, 5), "signaal", 30)))
    call = opened.ask(
        lambda v: call_backs.save_call_back(
            v, CallBack(CallBackId(0), date(2026, 1, 5), date(2026, 1, 6), called="mevrouw K.")
        )
    )
    step = opened.ask(lambda v: steps.record_step(v, a_step(case)))
    agreed: Consent = yes()
    step = opened.ask(lambda v: steps.note_consent(v, step_id=step.id, consent=agreed))
    melding = opened.ask(lambda v: through_me(v, case))
    message = opened.ask(lambda v: relay.write_message(v, a_message(melding, "tekst")))
    log = opened.ask(lambda v: relay.relay_log(v, melding.id))
    detriment = opened.ask(lambda v: aftercare.record_detriment(v, harm(case)))
    person = opened.ask(lambda v: people.people_of(v, case.id)).persons[0]
    number = opened.ask(lambda v: a_record(v, GuidedKind.INFORMATIE))
    record = opened.ask(lambda v: guided.get_guided(v, number))
    hold = opened.ask(
        lambda v: retention.place_hold(v, guided_id=number, kind=HoldKind.CLAIM, since=date(2026, 1, 5), reason="Claim")
    )
    letter = MessageDialog(context, desk, case, log, message, Direction.NAAR)
    of_message, of_record = f"relay_messages:{message.id}", f"guided_records:{number}"
    return [
        (ActivityDialog(context, desk, activity), f"activities:{activity.id}"),
        (FollowUpDialog(context, desk, activity), f"activities:{activity.id}"),
        (CallBackForm(context, desk, call), f"call_backs:{call.id}"),
        (PersonDialog(context, desk, case, person), f"persons:{person.id}"),
        (DetrimentDialog(context, desk, case, detriment), f"detriments:{detriment.id}"),
        (FollowedDialog(context, desk, case, detriment), f"detriments:{detriment.id}"),
        (MeldingDialog(context, desk, case, melding), f"meldingen:{melding.id}"),
        (HeardDialog(context, desk, case, melding, TermKind.BEVESTIGING), f"meldingen:{melding.id}"),
        (letter, of_message),
        (MessageDialog(context, desk, case, log, None, Direction.NAAR), f"meldingen:{melding.id}"),
        (PassDialog(letter, "Goedgekeurd", "Op", "", lambda _vault, _day: None), of_message),
        (StepView(context, desk, case, step.id), f"steps:{step.id}"),
        (ConsentDialog(context, desk, case, step), f"steps:{step.id}"),
        (WithdrawDialog(context, desk, case, step), f"steps:{step.id}"),
        (TakeDialog(context, desk, case, step), f"steps:{step.id}"),
        (AdditionDialog(context, desk, record), of_record),
        (KeepDialog(context, desk, None, "", number), of_record),
        (HoldDialog(context, desk, None, "", number), of_record),
        (LiftDialog(context, desk, hold), of_record),
    ]


def test_every_form_that_keeps_its_text_goes_with_what_it_is_about(opened: Opened) -> None:
    case = the_case(opened)
    found = made(opened, case)
    for form, thing in found:
        assert form.goes_with == thing, type(form).__name__
        if isinstance(form, FormOfCase):
            assert form.about == case.id
    opened.settle()
    of_a_thing = {type(form) for form, _ in found}
    others = {form for form in forms() if form.keeps_text and form not in of_a_thing}
    assert {form.__name__ for form in others if not issubclass(form, FormOfCase)} == set(REASONS)


def typed_away(opened: Opened, form: FormDialog, field: object, gone: Callable[[Vault], object]) -> None:
    """Type in a form, keep that as on locking, let the thing go, and see the text gone with it."""
    context = opened.desk.context
    form.open()
    opened.settle()
    opened.qtbot.keyClicks(field, "wat u nog typte")
    kept = drafts_of_dialogs(context.clock())
    assert any("wat u nog typte" in text for _, text in kept)
    form.reject()
    opened.ask(lambda vault: conversations.save_drafts(vault, kept, now=context.clock()))
    before = opened.ask(conversations.drafts)
    assert any("wat u nog typte" in draft.text for draft in before)
    opened.ask(gone)
    assert not any("wat u nog typte" in draft.text for draft in opened.ask(conversations.drafts))


def test_an_addition_that_was_typed_goes_with_its_record(opened: Opened) -> None:
    number: GuidedId = opened.ask(lambda vault: a_record(vault, GuidedKind.INFORMATIE))
    record = opened.ask(lambda vault: guided.get_guided(vault, number))
    form = AdditionDialog(opened.desk.context, opened.desk, record)
    typed_away(
        opened,
        form,
        form.text,
        lambda vault: guided.destroy_guided(vault, guided_id=number, now=opened.desk.context.clock()),
    )


def test_what_was_typed_about_a_call_back_goes_with_it(opened: Opened) -> None:
    call = opened.ask(
        lambda vault: call_backs.save_call_back(
            vault, CallBack(CallBackId(0), date(2026, 1, 5), date(2026, 1, 6), called="mevrouw K.")
        )
    )
    form = CallBackForm(opened.desk.context, opened.desk, call)
    typed_away(opened, form, form.reach, lambda vault: call_backs.destroy_call_back(vault, call.id))


def test_a_form_that_is_open_when_its_record_goes_keeps_nothing(opened: Opened) -> None:
    number: GuidedId = opened.ask(lambda vault: a_record(vault, GuidedKind.INFORMATIE))
    record = opened.ask(lambda vault: guided.get_guided(vault, number))
    context = opened.desk.context
    form = AdditionDialog(context, opened.desk, record)
    form.open()
    opened.qtbot.keyClicks(form.text, "wat u nog typte")
    opened.ask(lambda vault: guided.destroy_guided(vault, guided_id=number, now=context.clock()))
    kept = drafts_of_dialogs(context.clock())
    opened.ask(lambda vault: conversations.save_drafts(vault, kept, now=context.clock()))
    assert opened.ask(conversations.drafts) == ()
    opened.qtbot.keyClick(form, Qt.Key.Key_Escape)
