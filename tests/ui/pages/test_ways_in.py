"""Kluis: how the vault opens is told and changed there, each change in steps, and nothing changes before the last."""

from __future__ import annotations

import shutil
import threading
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar, cast

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from tests.vault_kit import LONG_PHRASE, NOW, PHRASE, Made, fingerprint, make
from vpdesk.domain.errors import CancelledError, KeyringEntryError, KeyringLockedError, WrongSecretError
from vpdesk.domain.rows import TodayKind
from vpdesk.operations import access
from vpdesk.operations.backups import list_backups, make_backup, set_places, verify_backup
from vpdesk.operations.clients import add_client
from vpdesk.operations.places import usual_place
from vpdesk.store.keychain import LOCKED, MemoryKeychain
from vpdesk.store.keys import SlotKind
from vpdesk.store.words import encode_secret
from vpdesk.ui import theme
from vpdesk.ui.context import PageName, Place
from vpdesk.ui.desk import Desk
from vpdesk.ui.pages.access_dialogs import EmergencyDialog, LaptopDialog, NewWordsDialog, WithdrawDialog
from vpdesk.ui.pages.today import TodayPage
from vpdesk.ui.pages.vault import VaultPage
from vpdesk.ui.pages.vault_dialogs import AllWordsForm, ThreeWordsForm
from vpdesk.ui.screens.damaged import DamagedScreen
from vpdesk.ui.screens.lock import SHEETS, WORDS, LockScreen
from vpdesk.ui.screens.recovery_sheet import SaveSheetForm
from vpdesk.ui.widgets.buttons import Button
from vpdesk.ui.widgets.messages import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from tests.ui.pages.conftest import Opened
    from tests.ui.stage import Stage
    from vpdesk.store.vault import Vault
    from vpdesk.ui.pages.step_dialog import StepDialog
    from vpdesk.ui.screens.wizard_words import TypeBackStep

pytestmark = pytest.mark.window

R = TypeVar("R")
D = TypeVar("D", bound=QWidget)
WRONG = encode_secret(b"x" * 20)


@pytest.fixture
def kit(stage: Stage) -> Made:
    """A vault with one organisation and a copy beside it, closed."""
    folder = stage.session.door.folder
    folder.parent.mkdir(parents=True)
    made, vault = make(folder)
    with vault:
        add_client(vault, name="Gemeente Esdoornveen")
        set_places(vault, [usual_place(folder)])
        make_backup(vault, places=(usual_place(folder),), now=NOW)
    stage.keychain = made.keychain
    return made


def locked(stage: Stage) -> LockScreen:
    stage.session.begin()
    return cast("LockScreen", stage.screen(LockScreen))


def arrived(stage: Stage) -> Desk:
    desk = cast("Desk", stage.screen(Desk))
    stage.settle()
    return desk


def at_desk(stage: Stage) -> Desk:
    screen = locked(stage)
    stage.qtbot.keyClicks(screen.passphrase, PHRASE)
    stage.press(screen.open)
    return arrived(stage)


def on_page(stage: Stage, text: str = "") -> VaultPage:
    stage.desk.navigate(Place(PageName.KLUIS, text=text))
    stage.settle()
    page = stage.desk.page
    assert isinstance(page, VaultPage)
    return page


def dialog(stage: Stage, kind: type[D]) -> D:
    found = [child for child in stage.window.findChildren(kind) if child.isVisible()]
    assert found, f"no {kind.__name__} is open"
    return found[-1]


def ask(stage: Stage, operation: Callable[[Vault], R]) -> R:
    given: list[R] = []
    stage.worker.run(operation, given.append, lambda error: pytest.fail(error.sentence))
    stage.until(lambda: bool(given))
    return given[0]


def said_on(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def go_on(stage: Stage, steps: StepDialog) -> None:
    stage.until(steps.next.isEnabled)
    stage.press(steps.next)
    stage.settle()


def type_back(stage: Stage, step: TypeBackStep, words: Sequence[str]) -> None:
    for edit, word in zip(step.edits, words, strict=True):
        edit.clear()
        stage.qtbot.keyClicks(edit, word)


def ways_into(kit: Made) -> dict[str, str]:
    """What decides how the vault opens: pointer, generations and key files; the database may note a check meanwhile."""
    found = fingerprint(kit.folder)
    return {name: "" if name.endswith("vault.db") else content for name, content in found.items()}


def cells(page: VaultPage, column: int) -> list[object]:
    return [page.model.data(page.model.index(row, column)) for row in range(page.model.rowCount())]


def new_words_typed(stage: Stage) -> tuple[NewWordsDialog, tuple[str, ...]]:
    """Walk to where one press lets the new words count."""
    stage.press(on_page(stage).words.renew)
    steps = dialog(stage, NewWordsDialog)
    go_on(stage, steps)
    words = steps.words_step._words
    stage.press(steps.words_step.written)
    go_on(stage, steps)
    type_back(stage, steps.back_step, words)
    return steps, words


def test_the_cards_tell_how_the_vault_opens(stage: Stage, kit: Made) -> None:
    at_desk(stage)
    page = on_page(stage)
    assert "Gemaakt op 20 januari 2026. Voor het laatst gecontroleerd op 20 januari 2026." in page.words.said
    assert "Wachtzin, samen met een geheim in de sleutelbos" in page.laptop.said
    assert "Er zijn er nu geen." in page.emergency.said
    assert not page.emergency.withdraw.isVisible()
    shown = set(kit.words) & set(said_on(stage.window).split())
    assert len(shown) < 4, "the words are never shown again; the page may happen to use one in a sentence"
    assert cells(page, 4) == ["van nu"]


def test_new_words_with_the_keyboard_only(stage: Stage, kit: Made) -> None:
    at_desk(stage)
    page = on_page(stage)
    keys = stage.qtbot.keyClick
    for _ in range(60):
        if stage.window.focusWidget() is page.words.renew:
            break
        keys(stage.window.focusWidget(), Qt.Key.Key_Tab)
    keys(page.words.renew, Qt.Key.Key_Space)
    steps = dialog(stage, NewWordsDialog)

    def focus() -> QWidget:
        found = steps.focusWidget()
        assert found is not None
        return found

    assert focus() is steps.next
    keys(focus(), Qt.Key.Key_Return)
    assert steps.step is steps.words_step
    words = steps.words_step._words
    assert len(words) == 16
    assert focus() is steps.words_step.written
    keys(focus(), Qt.Key.Key_Backtab)
    assert focus() is steps.words_step.hide_words
    keys(focus(), Qt.Key.Key_Tab)
    assert focus() is steps.words_step.written
    keys(focus(), Qt.Key.Key_Space)
    keys(focus(), Qt.Key.Key_Return)
    assert steps.step is steps.back_step
    for word in words:
        stage.qtbot.keyClicks(focus(), word)
        keys(focus(), Qt.Key.Key_Space)
    stage.go_on(timedelta(days=30))
    keys(focus(), Qt.Key.Key_Return)
    stage.settle()
    assert steps.step is steps.done_step
    said = said_on(steps)
    assert "De nieuwe woorden gelden." in said
    assert "met uw nieuwe woorden geopend" in said
    assert "Oudere kopieën gaan alleen open met uw vorige woorden." in said
    assert steps.words_step.grid.accessibleDescription()
    keys(focus(), Qt.Key.Key_Return)
    stage.settle()
    assert not [child for child in stage.window.findChildren(NewWordsDialog) if child.isVisible()]
    assert cells(page, 4) == ["van nu", "van 20 jan 2026"]
    assert "Gemaakt op 19 februari 2026" in page.words.said
    newest, oldest = list_backups((usual_place(kit.folder),))
    assert verify_backup(newest, words=words).authentic
    assert verify_backup(oldest, words=kit.words).authentic
    with pytest.raises(WrongSecretError):
        verify_backup(newest, words=kit.words)
    stage.worker.close()
    stage.session.door.open(words=" ".join(words)).close()
    stage.session.door.open(passphrase=PHRASE).close()
    with pytest.raises(WrongSecretError):
        stage.session.door.open(words=" ".join(kit.words))


@pytest.mark.parametrize("factor", [1.0, 1.5])
def test_the_box_that_lets_the_user_go_on_is_in_sight_on_a_small_screen(
    stage: Stage, kit: Made, qapp: QApplication, factor: float
) -> None:
    """As at 200 percent, where a laptop has room for 492 units of dialog."""
    at_desk(stage)
    on_page(stage)
    theme.choose(qapp, theme.Scheme.LIGHT, factor)
    steps = NewWordsDialog(stage.desk.context, stage.desk)
    steps.open()
    steps.resize(912, 492)
    go_on(stage, steps)
    assert steps.step is steps.words_step
    box = steps.words_step.written
    stage.until(lambda: box.visibleRegion().boundingRect() == box.rect())
    stage.press(box)
    assert steps.next.isEnabled()
    go_on(stage, steps)
    assert not box.isVisible()
    steps.reject()


def test_words_typed_back_wrong_are_kept_and_change_nothing(stage: Stage, kit: Made) -> None:
    at_desk(stage)
    steps, words = new_words_typed(stage)
    before = ways_into(kit)
    for typed, said in (
        ((*words[:4], "qqqq", *words[5:]), "Woord 5, ‘qqqq’, staat niet in de lijst"),
        (kit.words, "Dit zijn niet de nieuwe woorden"),
    ):
        type_back(stage, steps.back_step, typed)
        go_on(stage, steps)
        assert said in steps.wrong
        assert steps.step is steps.back_step
        assert steps.back_step.words == tuple(typed)
    assert ways_into(kit) == before
    stage.press(steps.back)
    assert steps.words_step._words == words, "the same words, to look again"
    go_on(stage, steps)
    type_back(stage, steps.back_step, words)
    go_on(stage, steps)
    assert steps.step is steps.done_step


def test_closing_before_the_end_leaves_the_words_of_now(stage: Stage, kit: Made) -> None:
    at_desk(stage)
    before = ways_into(kit)
    steps, _ = new_words_typed(stage)
    stage.qtbot.keyClick(steps, Qt.Key.Key_Escape)
    stage.settle()
    assert ways_into(kit) == before
    stage.worker.close()
    stage.session.door.open(words=" ".join(kit.words)).close()


def test_a_rotation_can_be_stopped_and_changes_nothing(stage: Stage, kit: Made) -> None:
    at_desk(stage)
    steps, words = new_words_typed(stage)
    before = ways_into(kit)
    held = threading.Event()
    stage.worker.run(lambda _vault: held.wait(20), lambda _: None, stage.desk.show_failure)
    stage.press(steps.next)
    assert not steps.next.isEnabled()
    stage.until(steps.progress.isVisible)
    (stop,) = [button for button in steps.progress.findChildren(Button) if button.text() == "Annuleren"]
    stage.press(stop)
    held.set()
    stage.settle()
    assert steps.wrong.startswith("Gestopt. Er is niets veranderd.")
    assert steps.back_step.words == words
    assert ways_into(kit) == before
    go_on(stage, steps)
    assert steps.step is steps.done_step, "it can be tried again"


def test_where_no_place_takes_the_copy_it_says_what_to_do(stage: Stage, kit: Made) -> None:
    at_desk(stage)
    steps, words = new_words_typed(stage)
    place = usual_place(kit.folder)
    place.rename(place.with_name("weg"))
    go_on(stage, steps)
    said = said_on(steps)
    assert "De nieuwe woorden gelden, maar er is nog geen kopie die ermee opengaat." in said
    assert "Bewaar uw oude blad tot die er is." in said
    assert "Doe een stick met kopieën in de laptop" in said
    assert steps.focusWidget() is steps.done_step.again
    place.with_name("weg").rename(place)
    stage.press(steps.done_step.again)
    stage.settle()
    assert "met uw nieuwe woorden geopend" in said_on(steps)
    assert verify_backup(list_backups((place,))[0], words=words).authentic


def test_a_copy_that_is_stopped_is_missed(stage: Stage, kit: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    from vpdesk.ui.pages import step_dialog  # noqa: PLC0415 - where the copy is asked for

    def stopped(*_: object, **__: object) -> None:
        raise CancelledError("Gestopt.")

    at_desk(stage)
    steps, _ = new_words_typed(stage)
    monkeypatch.setattr(step_dialog, "backup_now", stopped)
    go_on(stage, steps)
    assert "De kopie is gestopt." in said_on(steps)


def make_sheets(stage: Stage) -> tuple[tuple[str, ...], tuple[str, ...]]:
    stage.press(on_page(stage).emergency.make)
    steps = dialog(stage, EmergencyDialog)
    assert steps.step is steps.holders_step
    assert not steps.next.isEnabled()
    for edit, name in zip(steps.holders_step.edits, ("collega Linde", "notaris Wilg"), strict=True):
        stage.qtbot.keyClicks(edit, name)
    go_on(stage, steps)
    words = tuple(step._words for step in steps.word_steps)
    for step in steps.word_steps:
        assert steps.step is step
        assert "in een dichte envelop aan wie het bewaart" in said_on(steps)
        assert "thuis" not in said_on(steps), "this sheet goes to somebody else"
        stage.press(step.written)
        go_on(stage, steps)
    sheets = [step._made_sheet() for step in steps.word_steps]
    assert "Dit blad gaat naar: collega Linde." in sheets[0].advice
    assert "Dit blad gaat naar: notaris Wilg." in sheets[1].advice
    for step_back, typed in zip(steps.back_steps, words, strict=True):
        type_back(stage, step_back, typed)
        go_on(stage, steps)
    assert steps.step is steps.done_step, steps.wrong
    assert "De twee noodbladen gelden." in said_on(steps)
    stage.press(steps.next)
    stage.settle()
    return words[0], words[1]


def closed(stage: Stage) -> None:
    """Close the vault, as locking does before the process is replaced."""
    stage.worker.close()
    stage.session.desk = None


def by_sheets(stage: Stage, first: str, second: str) -> LockScreen:
    screen = locked(stage)
    stage.press(screen.by_sheets)
    assert screen.way == SHEETS
    screen.sheets[0].setPlainText(first)
    stage.qtbot.keyClick(screen.sheets[0], Qt.Key.Key_Return)
    assert stage.window.focusWidget() is screen.sheets[1]
    screen.sheets[1].setPlainText(second)
    stage.qtbot.keyClick(screen.sheets[1], Qt.Key.Key_Return)
    stage.until(lambda: stage.worker.idle)
    return screen


def test_two_sheets_open_the_vault_and_the_owner_hears_of_it_until_it_is_known(stage: Stage, kit: Made) -> None:
    at_desk(stage)
    first, second = make_sheets(stage)
    assert "gemaakt op 20 januari 2026" in on_page(stage).emergency.said
    closed(stage)
    by_sheets(stage, " ".join(second), " ".join(first))
    desk = arrived(stage)
    assert "De eigenaar krijgt dat te zien" in said_on(desk)
    assert not on_page(stage).emergency.know.isVisible(), "who opened it so can't say that the owner knows"
    for _ in range(2):
        closed(stage)
        desk = at_desk(stage)
        assert "geopend met de twee noodbladen" in said_on(desk)
        page = on_page(stage)
        assert "Gebruikt: vandaag 10:00." in said_on(page.emergency)
    (message,) = [
        found for found in desk.findChildren(Message) if found.accessibleName().startswith("Deze kluis is vandaag")
    ]
    (known,) = message.findChildren(Button)
    assert known.text() == "Ik weet ervan"
    stage.press(known)
    stage.settle()
    assert "geopend met de twee noodbladen. Weet u" not in said_on(desk)
    assert "Gebruikt: vandaag 10:00." in page.emergency.said
    assert not page.emergency.know.isVisible()
    closed(stage)
    assert "geopend met de twee noodbladen" not in said_on(at_desk(stage))


def test_what_is_acknowledged_on_the_page_goes_everywhere(stage: Stage, kit: Made) -> None:
    at_desk(stage)
    first, second = make_sheets(stage)
    closed(stage)
    by_sheets(stage, " ".join(first), " ".join(second))
    arrived(stage)
    closed(stage)
    desk = at_desk(stage)
    page = on_page(stage)
    stage.press(page.emergency.know)
    stage.settle()
    assert "geopend met de twee noodbladen" not in said_on(desk)
    assert ask(stage, lambda vault: access.emergency_openings(vault, untold=True)) == ()


def test_wrong_sheets_are_said_below_the_sheet_and_kept(stage: Stage, kit: Made) -> None:
    at_desk(stage)
    first, _ = make_sheets(stage)
    closed(stage)
    wrong = " ".join((*first[:2], "qqqq", *first[3:]))
    screen = by_sheets(stage, wrong, " ".join(first))
    stage.settle()
    assert screen.sheet_fields[0].error.startswith("Noodblad 1: Woord 3")
    assert screen.sheets[0].textCursor().selectedText() == "qqqq"
    assert screen.sheets[0].toPlainText() == wrong
    screen.sheets[0].setPlainText(" ".join(WRONG))
    stage.press(screen.open_sheets)
    stage.settle()
    assert screen.sheet_fields[0].error == ""
    assert "noodbladen openen deze kluis niet" in screen.sheet_fields[1].error
    stage.press(screen.other)
    assert screen.passphrase.isVisible()


def test_the_checks_of_kluis_follow_what_was_made_without_leaving_the_page(stage: Stage, kit: Made) -> None:
    at_desk(stage)
    page = on_page(stage)
    assert "noodopening" not in said_on(page)
    make_sheets(stage)
    stage.until(lambda: "noodopening" in next(line.sentence for line in page._lines if line.name == "Sleutels"))
    copies = next(line.sentence for line in page._lines if line.name.startswith("Kopieën"))
    stage.press(page.backup)
    stage.until(lambda: copies != next(line.sentence for line in page._lines if line.name.startswith("Kopieën")))


def test_sheets_are_offered_only_where_there_are_any(stage: Stage, kit: Made) -> None:
    assert not locked(stage).by_sheets.isVisible()


def test_sheets_that_were_withdrawn_open_nothing_and_nothing_is_offered(stage: Stage, kit: Made) -> None:
    at_desk(stage)
    first, second = make_sheets(stage)
    page = on_page(stage)
    stage.press(page.emergency.withdraw)
    steps = dialog(stage, WithdrawDialog)
    go_on(stage, steps)
    assert "De noodbladen gelden niet meer." in said_on(steps)
    stage.press(steps.next)
    stage.settle()
    assert "Er zijn er nu geen." in page.emergency.said
    closed(stage)
    assert not locked(stage).by_sheets.isVisible()
    with pytest.raises(WrongSecretError):
        stage.session.door.open(sheets=(" ".join(first), " ".join(second)))


def test_replaced_sheets_open_nothing_and_the_dialog_says_so_first(stage: Stage, kit: Made) -> None:
    at_desk(stage)
    old = make_sheets(stage)
    stage.press(on_page(stage).emergency.make)
    assert "De bladen van nu gelden daarna niet meer." in said_on(dialog(stage, EmergencyDialog))
    dialog(stage, EmergencyDialog).reject()
    new = make_sheets(stage)
    closed(stage)
    with pytest.raises(WrongSecretError):
        stage.session.door.open(sheets=(" ".join(old[0]), " ".join(old[1])))
    stage.session.door.open(sheets=(" ".join(new[0]), " ".join(new[1]))).close()


def change_laptop(stage: Stage, kind: str, phrase: str = "") -> LaptopDialog:
    stage.press(on_page(stage).laptop.change)
    steps = dialog(stage, LaptopDialog)
    stage.press(steps.way_step.choices[kind].button)
    if phrase:
        stage.qtbot.keyClicks(steps.way_step.first, phrase)
        stage.qtbot.keyClicks(steps.way_step.second, phrase)
    go_on(stage, steps)
    return steps


def test_the_keyring_alone_opens_with_one_button_and_says_what_it_costs(stage: Stage, kit: Made) -> None:
    at_desk(stage)
    steps = change_laptop(stage, "keyring")
    assert steps.step is steps.done_step, steps.wrong
    assert "wie op deze laptop onder uw naam is aangemeld" in steps.way_step.choices["keyring"].more.text()
    stage.press(steps.next)
    stage.settle()
    assert "één knop, geen wachtzin" in on_page(stage).laptop.said
    closed(stage)
    screen = locked(stage)
    assert not screen.passphrase.isVisible()
    assert stage.window.focusWidget() is screen.open
    stage.qtbot.keyClick(screen.open, Qt.Key.Key_Space)
    arrived(stage)
    closed(stage)
    stage.keychain = MemoryKeychain()
    with pytest.raises(KeyringEntryError):
        stage.session.door.open()


def test_a_passphrase_alone_must_be_long_and_what_was_typed_stays(stage: Stage, kit: Made) -> None:
    at_desk(stage)
    before = ways_into(kit)
    steps = change_laptop(stage, "passphrase", PHRASE)
    assert "minstens 6 woorden of 20 tekens" in steps.wrong
    assert steps.way_step.first.text() == PHRASE
    assert ways_into(kit) == before
    stage.press(steps.way_step.propose)
    assert len(steps.way_step.proposal.text().split()) == 6
    for edit in (steps.way_step.first, steps.way_step.second):
        edit.clear()
        stage.qtbot.keyClicks(edit, LONG_PHRASE)
    go_on(stage, steps)
    assert steps.step is steps.done_step
    closed(stage)
    stage.keychain = MemoryKeychain()  # the keyring has no part in it
    stage.session.door.open(passphrase=LONG_PHRASE).close()


def test_a_keyring_that_cannot_keep_it_is_said_in_the_dialog_and_the_former_way_stays(stage: Stage, kit: Made) -> None:
    class Locked(MemoryKeychain):
        def put(self, entry: str, secret: str) -> None:
            del entry, secret
            raise KeyringLockedError(LOCKED)

    at_desk(stage)
    stage.keychain = Locked()
    before = ways_into(kit)
    steps = change_laptop(stage, "keyring")
    assert steps.wrong == LOCKED
    assert steps.way_step.chosen == "keyring"
    assert ways_into(kit) == before
    stage.keychain = kit.keychain
    go_on(stage, steps)
    assert steps.step is steps.done_step


def test_another_passphrase_and_the_former_opens_nothing(stage: Stage, kit: Made) -> None:
    at_desk(stage)
    steps = change_laptop(stage, "daily", "een andere lange zin")
    assert steps.step is steps.done_step, steps.wrong
    closed(stage)
    stage.session.door.open(passphrase="een andere lange zin").close()
    with pytest.raises(WrongSecretError):
        stage.session.door.open(passphrase=PHRASE)


def test_a_year_later_vandaag_asks_for_three_words_and_a_minute_does_it(stage: Stage, kit: Made) -> None:
    stage.now = NOW + timedelta(days=364)
    desk = at_desk(stage)
    assert "herstelwoorden er nog zijn" not in str([row for shown in today(desk).lists for row in shown.rows.rows])
    stage.now = NOW + timedelta(days=366)
    closed(stage)
    desk = at_desk(stage)
    (item,) = [row.key for shown in today(desk).lists for row in shown.rows.rows]
    assert (item.kind, item.action) == (TodayKind.HERSTELWOORDEN, "Nu controleren")
    assert "20 januari 2026" in item.detail
    today(desk).lists[0].acted.emit(item)
    stage.settle()
    form = dialog(stage, ThreeWordsForm)
    assert "Langer dan een jaar." in said_on(cast("VaultPage", desk.page).words)
    for place, edit in zip(form.places, form.edits, strict=True):
        stage.qtbot.keyClicks(edit, kit.words[place - 1])
    stage.qtbot.keyClick(form.edits[-1], Qt.Key.Key_Return)
    stage.settle()
    assert not [child for child in stage.window.findChildren(ThreeWordsForm) if child.isVisible()]
    assert not ask(stage, lambda vault: access.words_check_due(vault, now=stage.now))
    desk.navigate(Place(PageName.VANDAAG))
    stage.settle()
    assert today(desk).lists == []


def today(desk: Desk) -> TodayPage:
    page = desk.page
    assert isinstance(page, TodayPage)
    return page


def test_wrong_words_of_the_three_are_said_and_kept(stage: Stage, kit: Made) -> None:
    at_desk(stage)
    stage.press(on_page(stage).words.check)
    form = dialog(stage, ThreeWordsForm)
    stage.press(form.verb)
    assert form.isVisible()
    for edit in form.edits:
        edit.setText("qqqq")
    stage.press(form.verb)
    stage.settle()
    assert form.asked[0].error.startswith(f"Woord {form.places[0]} staat niet in de lijst")
    assert [edit.text() for edit in form.edits] == ["qqqq"] * 3
    for edit, place in zip(form.edits, form.places, strict=True):
        edit.setText(WRONG[place - 1])
    stage.press(form.verb)
    stage.settle()
    assert form.wrong.startswith("Deze drie woorden passen niet bij uw kluis")
    assert form.asked[0].error == ""


def test_all_words_are_tried_on_the_vault_and_on_the_newest_copy(stage: Stage, kit: Made) -> None:
    at_desk(stage)
    stage.press(on_page(stage).words.try_all)
    form = dialog(stage, AllWordsForm)
    form.words.setPlainText(" ".join(WRONG))
    stage.press(form.verb)
    stage.settle()
    assert "openen deze kluis niet" in form._field.error
    assert form.words.toPlainText() == " ".join(WRONG)
    stage.go_on(timedelta(days=40))
    form.words.setPlainText(" ".join(kit.words))
    stage.press(form.verb)
    stage.settle()
    assert "Zij openen uw kluis en uw nieuwste reservekopie." in said_on(form)
    assert form.words.toPlainText() == ""
    assert "gecontroleerd op 1 maart 2026" in on_page(stage).words.said


def test_all_words_say_when_no_copy_opens_with_them(stage: Stage, kit: Made) -> None:
    shutil.rmtree(usual_place(kit.folder))
    at_desk(stage)
    stage.press(on_page(stage).words.try_all)
    form = dialog(stage, AllWordsForm)
    form.words.setPlainText(" ".join(kit.words))
    stage.press(form.verb)
    stage.settle()
    assert "Er is nog geen reservekopie die ermee opengaat" in said_on(form)


def restoring(stage: Stage) -> DamagedScreen:
    stage.desk.commands.restore.trigger()
    screen = cast("DamagedScreen", stage.screen(DamagedScreen))
    stage.settle()
    return screen


def test_a_copy_of_the_vault_that_was_open_is_put_back_without_words(stage: Stage, kit: Made) -> None:
    at_desk(stage)
    _, words = new_words_typed(stage)
    go_on(stage, dialog(stage, NewWordsDialog))
    ask(stage, lambda vault: add_client(vault, name="Zorggroep Merelhof"))
    screen = restoring(stage)
    assert "geen herstelwoorden nodig" in said_on(screen)
    oldest = screen.model.rowCount() - 1
    screen.table.selectRow(oldest)
    screen._choose(oldest)
    stage.press(screen.go)
    assert not screen.words.isVisible()
    assert not screen.passphrase.isVisible()
    stage.press(screen.put_back)
    arrived(stage)
    assert screen._kept is None
    names = ask(stage, lambda vault: [client.name for client in vault.clients.all()])
    assert names == ["Gemeente Esdoornveen"]
    closed(stage)
    stage.session.door.open(words=" ".join(words)).close()
    stage.session.door.open(passphrase=PHRASE).close()
    with pytest.raises(WrongSecretError):
        stage.session.door.open(words=" ".join(kit.words))


def test_going_back_from_the_copies_lets_go_of_the_key(stage: Stage, kit: Made) -> None:
    at_desk(stage)
    screen = restoring(stage)
    assert screen._kept is not None
    stage.press(screen.quit)
    assert screen._kept is None
    stage.until(lambda: stage.ends)


def test_a_copy_of_another_time_asks_for_its_words(stage: Stage, kit: Made, tmp_path: Path) -> None:
    with stage.session.door.open(passphrase=PHRASE) as vault:
        elsewhere = make_backup(vault, places=(tmp_path / "stick",), now=NOW).path
    desk = at_desk(stage)
    ask(stage, lambda vault: vault.connection.execute("DELETE FROM former_keys").rowcount)
    new_words_typed(stage)
    go_on(stage, dialog(stage, NewWordsDialog))
    ask(stage, lambda vault: vault.connection.execute("DELETE FROM former_keys").rowcount)
    assert desk.page is not None
    screen = restoring(stage)
    screen.model.show_copies([copy for copy in screen.model.copies if copy.path.parent == elsewhere.parent])
    screen.look_in(elsewhere.parent)
    stage.settle()
    row = next(n for n, copy in enumerate(screen.model.copies) if copy.path == elsewhere)
    screen._choose(row)
    stage.press(screen.go)
    stage.press(screen.put_back)
    stage.settle()
    assert "uit de tijd waarin zij is gemaakt" in screen.words_field.error
    assert screen.words.isVisible()
    stage.qtbot.keyClicks(screen.words, " ".join(kit.words))
    stage.press(screen.put_back)
    arrived(stage)


def test_without_a_way_in_on_this_laptop_the_words_are_asked(stage: Stage) -> None:
    stage.session.show_lock(slots=frozenset({"recovery"}))
    screen = cast("LockScreen", stage.screen(LockScreen))
    assert screen.way == WORDS
    assert not screen.other.isVisible()


def test_the_practice_vault_has_no_ways_to_change(opened: Opened) -> None:
    page = opened.go(PageName.KLUIS)
    assert isinstance(page, VaultPage)
    assert "geen herstelwoorden en geen noodbladen" in said_on(page)
    assert not page.words.isVisible()
    assert page.model.columnCount() == 4


def test_a_sheet_can_be_saved_after_a_warning(stage: Stage, kit: Made, tmp_path: Path) -> None:
    at_desk(stage)
    stage.press(on_page(stage).words.renew)
    steps = dialog(stage, NewWordsDialog)
    go_on(stage, steps)
    stage.press(steps.words_step.save_words)
    form = dialog(stage, SaveSheetForm)
    assert "Een blad uit de printer is veiliger." in said_on(form)
    form.save_to(tmp_path / "herstelwoorden.pdf")
    text = PdfReader(tmp_path / "herstelwoorden.pdf").pages[0].extract_text()
    assert [word for word in steps.words_step._words if word not in text] == []
    form.reject()
    stage.press(steps.words_step.hide_words)
    assert steps.words_step.grid.accessibleDescription() == "verborgen"


def test_locking_takes_the_dialog_with_its_words_away_at_once(stage: Stage, kit: Made) -> None:
    at_desk(stage)
    steps, _ = new_words_typed(stage)
    assert steps.isVisible()
    stage.session.locking.lock()
    shown = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    assert shown == [stage.window]
    stage.until(lambda: stage.ends)
    stage.session.door.open(words=" ".join(kit.words)).close()


def test_a_vault_that_can_only_be_read_offers_no_change(stage: Stage, kit: Made) -> None:
    at_desk(stage)

    def bar(vault: Vault) -> None:
        vault.read_only = True

    stage.worker.run(bar, lambda _: None, stage.desk.show_failure)
    page = on_page(stage)
    for button in (page.words.check, page.words.renew, page.laptop.change, page.emergency.make):
        assert not button.isEnabled()


def test_a_slot_kind_for_every_choice() -> None:
    from vpdesk.ui.pages.vault_cards import ON_THIS_LAPTOP  # noqa: PLC0415 - codes that the store gives

    assert {SlotKind(kind) for kind in ON_THIS_LAPTOP} == {SlotKind.DAILY, SlotKind.KEYRING, SlotKind.PASSPHRASE}
