"""Whatever a form changes can be undone below the page, or takes a typed word, or stands here with the reason."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from typing import TYPE_CHECKING, Final

import pytest

from tests.ui.pages.test_casework import open_case
from vpdesk.domain.phases import Phase
from vpdesk.domain.rows import TodayKind
from vpdesk.operations import cases, today
from vpdesk.ui import pages
from vpdesk.ui.context import PageName
from vpdesk.ui.pages import reminder_menu
from vpdesk.ui.pages.case import CasePage
from vpdesk.ui.pages.case_dialogs import CloseDialog
from vpdesk.ui.widgets.form import FormDialog
from vpdesk.ui.widgets.messages import Toast

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.ui.pages.conftest import Opened
    from vpdesk.domain.cases import Case
    from vpdesk.domain.ids import CaseId
    from vpdesk.domain.reminders import Reminder

WAYS_BACK: Final = ("undo", "say_kept(", "_say(self.context", "postpone(", "postpone_call_back(")

CHANGES_NOTHING: Final = "asks or shows"
LEAVES_THE_VAULT: Final = "writes a file outside the vault, which the user throws away"
IN_THE_LEDGER: Final = "says what left the house; the same list has the way back, with a reason"
A_SETTING: Final = "the same form sets it back"

WITHOUT: Final = {
    "AllWordsForm": CHANGES_NOTHING,
    "BeginDialog": "begins a form; what it begins says how to take it back",
    "ChaptersDialog": A_SETTING,
    "ConflictDialog": CHANGES_NOTHING,
    "CrossedDialog": A_SETTING,
    "DetrimentView": CHANGES_NOTHING,
    "EarlierDialog": CHANGES_NOTHING,
    "GoOnDialog": "why one goes on despite a possible conflict stays with the case",
    "HandOverDialog": "the file can be thrown away and the cases opened again; what goes for good is named beforehand",
    "HandoverList": CHANGES_NOTHING,
    "HiddenDialog": CHANGES_NOTHING,
    "InvoiceDialog": CHANGES_NOTHING,
    "LedgerDialog": IN_THE_LEDGER,
    "LetterDialog": CHANGES_NOTHING,
    "LogoDialog": "the same form takes the picture away; the file that it came from stays where it was",
    "MeldingView": CHANGES_NOTHING,
    "MatterDialog": "the card has Loskoppelen beside the matter, which can be undone",
    "NeverSentForm": IN_THE_LEDGER,
    "PaperDialog": CHANGES_NOTHING,
    "PeriodDialog": A_SETTING,
    "ProofDialog": CHANGES_NOTHING,
    "RecipientForm": IN_THE_LEDGER,
    "RelayLogDialog": CHANGES_NOTHING,
    "RowsDialog": A_SETTING,
    "SentAnywayForm": IN_THE_LEDGER,
    "ThreeWordsForm": CHANGES_NOTHING,
    "WorkDialog": A_SETTING,
    "AdditionDialog": "a guided record that is final only grows: what stood there stays to be read",
    "AuthorDialog": A_SETTING,
    "EntryForm": IN_THE_LEDGER,
    "ExportDialog": LEAVES_THE_VAULT,
    "FinaliseDialog": "makes a guided record final, says so beforehand, and later additions stay possible",
    "HelpDialog": "the page that opens it puts the words back",
    "ImportDialog": "shows every row before anything is written, and asks",
    "KeepDialog": "why a piece of a report may stay; with other words there it is asked again",
    "NewCaseDialog": "an empty case is closed and destroyed; its code is never used twice",
    "PersonDialog": "the same form changes it back, and destroying a person takes a typed word",
    "PlacesForm": A_SETTING,
    "StartTimerDialog": "a clock that runs is thrown away from the top row, which can be undone",
    "TakeOverDialog": "cases that were taken over are closed and destroyed like any other",
    "StoreDialog": "what was stored is taken away beside it, with a typed word",
}


def forms() -> Iterator[type[FormDialog]]:
    """Every form of the window that is opened as it stands."""
    for module in pkgutil.iter_modules(pages.__path__):
        importlib.import_module(f"{pages.__name__}.{module.name}")
    waiting = [FormDialog]
    while waiting:
        below = waiting.pop().__subclasses__()
        waiting += below
        yield from (form for form in below if not form.__subclasses__() and form.__module__.startswith(pages.__name__))


def has_a_way_back(form: type[FormDialog]) -> bool:
    above = [one for one in form.__mro__ if one.__module__.startswith(pages.__name__)]
    typed = any(one.__name__ == "FinalDialog" for one in above)
    return typed or any(way in inspect.getsource(one) for one in above for way in WAYS_BACK)


@pytest.mark.window
def test_every_form_has_a_way_back_or_a_reason() -> None:
    lacking = {form.__name__ for form in forms() if not has_a_way_back(form) and form.__name__ not in WITHOUT}
    assert lacking == set()


@pytest.mark.window
def test_no_reason_stands_for_a_form_that_has_a_way_back() -> None:
    bare = {form.__name__ for form in forms() if not has_a_way_back(form)}
    assert set(WITHOUT) - bare == set()


def stands(opened: Opened, number: CaseId) -> tuple[Case, tuple[Reminder, ...]]:
    return opened.ask(lambda vault: (cases.get_case(vault, number), vault.reminders.of_case(number)))


@pytest.mark.window
def test_what_was_done_with_a_case_is_taken_back_from_the_bar(opened: Opened) -> None:
    page, toast = open_case(opened, Phase.NAFASE), opened.desk.findChild(Toast)
    number, day = page.case_id, page.context.clock().date()
    assert number is not None
    opened.ask(
        lambda vault: today.add_reminder(vault, case_id=number, kind=TodayKind.NAZORG, due=day, title="Nazorg: bellen")
    )
    page.refresh()
    opened.settle()
    before = stands(opened, number)
    reminder = next(one for one in before[1] if one.due == day)

    def close() -> None:
        page.close_case()
        opened.child(CloseDialog).verb.click()

    for do, said in (
        (close, "De casus is afgesloten."),
        (lambda: reminder_menu.done(page.context, reminder.id), "Gedaan."),
        (lambda: reminder_menu.drop(page.context, reminder.id), "Vervallen."),
    ):
        do()
        opened.until(lambda said=said: toast.text.startswith(said))  # type: ignore[misc]
        opened.settle()
        assert toast._undo.isVisible()
        assert stands(opened, number) != before, said
        toast._undo.click()
        opened.settle()
        assert stands(opened, number) == before, said


@pytest.mark.window
def test_that_the_limits_were_discussed_is_taken_back(opened: Opened) -> None:
    number = opened.ask(lambda vault: vault.cases.without_limits())[0].id
    page, toast = opened.go(PageName.CASUS, case=number), opened.desk.findChild(Toast)
    assert isinstance(page, CasePage)
    opened.settle()
    page.limits_button.click()
    opened.until(lambda: toast.text.startswith("Vastgelegd: de grenzen"))
    opened.settle()
    assert not page.limits.isVisible()
    toast._undo.click()
    opened.settle()
    assert page.limits.isVisible()
    assert stands(opened, number)[0].limits_discussed_on is None
