"""From nothing to Vandaag: the wizard, the practice vault, and that leaving midway keeps nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from tests.vault_kit import LONG_PHRASE, PHRASE
from vpdesk.domain.errors import KeyringAbsentError, KeyringEntryError, KeyringLockedError
from vpdesk.operations.backups import places
from vpdesk.operations.clients import clients
from vpdesk.operations.places import usual_place
from vpdesk.operations.vaults import system_keychain
from vpdesk.store.keychain import MemoryKeychain
from vpdesk.ui.context import PageName
from vpdesk.ui.desk import Desk
from vpdesk.ui.screens.damaged import DamagedScreen
from vpdesk.ui.screens.wizard import Wizard
from vpdesk.ui.widgets.messages import Message

if TYPE_CHECKING:
    from tests.ui.stage import Stage
    from vpdesk.domain.clients import Client

pytestmark = pytest.mark.window


class NoKeyring(MemoryKeychain):
    def backend_name(self) -> str:
        raise KeyringAbsentError("Dit systeem heeft geen sleutelbos.")


class LockedKeyring(MemoryKeychain):
    def backend_name(self) -> str:
        raise KeyringLockedError("De sleutelbos is op slot. Ontgrendel hem en probeer het opnieuw.")


def begun(stage: Stage) -> Wizard:
    stage.session.begin()
    wizard = stage.screen(Wizard)
    assert isinstance(wizard, Wizard)
    return wizard


def go_on(stage: Stage, wizard: Wizard) -> None:
    stage.until(wizard.next.isEnabled)
    stage.press(wizard.next)
    stage.settle()


def to_words(stage: Stage, wizard: Wizard, phrase: str = PHRASE) -> tuple[str, ...]:
    go_on(stage, wizard)
    assert wizard.step is wizard.passphrase_step
    stage.qtbot.keyClicks(wizard.passphrase_step.first, phrase)
    stage.qtbot.keyClicks(wizard.passphrase_step.second, phrase)
    go_on(stage, wizard)
    assert wizard.step is wizard.words_step
    return wizard.words_step._words


def type_back(stage: Stage, wizard: Wizard, words: tuple[str, ...]) -> None:
    stage.press(wizard.words_step.written)
    go_on(stage, wizard)
    assert wizard.step is wizard.back_step
    for edit, word in zip(wizard.back_step.edits, words, strict=True):
        stage.qtbot.keyClicks(edit, word)
    go_on(stage, wizard)


def test_arrows_move_the_choice_of_place_and_tab_comes_by_the_button_of_the_first(stage: Stage) -> None:
    wizard = begun(stage)
    step = wizard.place_step
    stage.window.activateWindow()
    stage.until(stage.window.isActiveWindow)
    for key, choice in (("Down", "oefenkluis"), ("Down", "terugzetten"), ("Up", "oefenkluis"), ("Up", "kluis")):
        stage.keys(key)
        assert step.choice == choice
        assert stage.window.focusWidget() is step.first_focus()
    stage.keys("Tab")
    assert stage.window.focusWidget() is step.other
    stage.keys("Tab")
    assert stage.window.focusWidget() is wizard.back


def test_the_wizard_leads_to_vandaag(stage: Stage) -> None:
    wizard = begun(stage)
    type_back(stage, wizard, to_words(stage, wizard))
    assert wizard.step is wizard.client_step
    stage.qtbot.keyClicks(wizard.client_step.edit, "Gemeente Esdoornveen")
    go_on(stage, wizard)
    stage.screen(Desk)
    stage.settle()
    assert stage.desk.place is not None
    assert stage.desk.place.page is PageName.VANDAAG
    known: list[Client] = []
    stage.worker.run(clients, known.extend, stage.desk.show_failure)
    stage.settle()
    assert [client.name for client in known] == ["Gemeente Esdoornveen"]


@pytest.mark.keyring
def test_the_keyring_of_the_system_keeps_the_other_half(stage: Stage, secret_service: None) -> None:
    stage.keychain = system_keychain()
    wizard = begun(stage)
    type_back(stage, wizard, to_words(stage, wizard))
    go_on(stage, wizard)
    stage.screen(Desk)
    stage.settle()
    stage.worker.close()
    vault_id = stage.session.door.describe().id
    assert stage.keychain.get(vault_id)
    stage.session.door.open(passphrase=PHRASE).close()
    stage.keychain.drop(vault_id)
    with pytest.raises(KeyringEntryError):
        stage.session.door.open(passphrase=PHRASE)


def test_copies_go_beside_the_vault_until_another_place_is_chosen(stage: Stage) -> None:
    wizard = begun(stage)
    type_back(stage, wizard, to_words(stage, wizard))
    go_on(stage, wizard)
    stage.screen(Desk)
    chosen: list[object] = []
    stage.worker.run(places, chosen.append, stage.desk.show_failure)
    stage.settle()
    assert chosen == [(usual_place(stage.session.door.folder),)]


def test_words_that_do_not_fit_can_be_typed_again(stage: Stage) -> None:
    wizard = begun(stage)
    words = to_words(stage, wizard)
    swapped = (
        (words[1], words[0], *words[2:]) if words[0] != words[1] else (words[2], *words[1:2], words[0], *words[3:])
    )
    type_back(stage, wizard, swapped)
    assert wizard.step is wizard.back_step
    assert not stage.session.door.describe().exists
    fifth = wizard.back_step.edits[4]
    fifth.setText("qqqq")
    go_on(stage, wizard)
    assert stage.window.focusWidget() is fifth, "the field that the sentence names"
    assert fifth.property("wrong") == "true"
    stage.qtbot.keyClicks(fifth, "m")
    assert fifth.property("wrong") == "false"
    wizard.back_step.edits[15].setText("molen molen qqqq")
    fifth.setText(words[4])
    go_on(stage, wizard)
    assert stage.window.focusWidget() is wizard.back_step.edits[15], "a field with several words"
    wizard.back_step.clear()
    for edit, word in zip(wizard.back_step.edits, words, strict=True):
        edit.setText(word)
    go_on(stage, wizard)
    assert wizard.step is wizard.client_step


def test_a_space_leads_to_the_next_word(stage: Stage) -> None:
    wizard = begun(stage)
    to_words(stage, wizard)
    stage.press(wizard.words_step.written)
    go_on(stage, wizard)
    first, second = wizard.back_step.edits[:2]
    first.setFocus()
    stage.qtbot.keyClicks(first, "molen")
    stage.qtbot.keyClick(first, Qt.Key.Key_Space)
    assert stage.window.focusWidget() is second
    assert first.text() == "molen"


def test_leaving_midway_keeps_nothing(stage: Stage) -> None:
    wizard = begun(stage)
    to_words(stage, wizard)
    stage.window.close()
    stage.until(lambda: stage.ends == ["uit"])
    assert not stage.session.door.folder.exists()


def test_going_back_from_the_words_keeps_nothing(stage: Stage) -> None:
    wizard = begun(stage)
    first = to_words(stage, wizard)
    stage.press(wizard.back)
    stage.settle()
    assert not stage.session.door.folder.exists()
    go_on(stage, wizard)
    assert wizard.words_step._words != first


def test_one_cannot_go_on_until_the_words_are_on_paper(stage: Stage) -> None:
    wizard = begun(stage)
    to_words(stage, wizard)
    assert not wizard.next.isEnabled()
    assert wizard.step.missing
    stage.press(wizard.words_step.written)
    assert wizard.next.isEnabled()


def test_words_can_be_hidden(stage: Stage) -> None:
    wizard = begun(stage)
    words = to_words(stage, wizard)
    assert words[0] in wizard.words_step.grid.accessibleDescription()
    stage.press(wizard.words_step.hide_words)
    assert wizard.words_step.grid.accessibleDescription() == "verborgen"


def test_a_short_passphrase_is_not_accepted(stage: Stage) -> None:
    wizard = begun(stage)
    go_on(stage, wizard)
    stage.qtbot.keyClicks(wizard.passphrase_step.first, "kort")
    stage.qtbot.keyClicks(wizard.passphrase_step.second, "kort")
    assert not wizard.next.isEnabled()
    assert "8 tekens" in wizard.step.missing


def test_without_a_keyring_a_long_phrase_is_proposed(stage: Stage) -> None:
    stage.keychain = NoKeyring()
    wizard = begun(stage)
    go_on(stage, wizard)
    assert wizard.passphrase_step.alone.isVisible()
    proposed = wizard.passphrase_step.proposal.text()
    assert len(proposed.split()) >= 6
    stage.press(wizard.passphrase_step.again)
    assert wizard.passphrase_step.proposal.text() != proposed
    stage.qtbot.keyClicks(wizard.passphrase_step.first, PHRASE)
    stage.qtbot.keyClicks(wizard.passphrase_step.second, PHRASE)
    go_on(stage, wizard)
    assert wizard.step is wizard.passphrase_step, "a short phrase can't protect the vault alone"
    for edit in (wizard.passphrase_step.first, wizard.passphrase_step.second):
        edit.clear()
        stage.qtbot.keyClicks(edit, LONG_PHRASE)
    go_on(stage, wizard)
    assert wizard.step is wizard.words_step


def test_a_locked_keyring_is_said_and_can_be_tried_again(stage: Stage) -> None:
    stage.keychain = LockedKeyring()
    wizard = begun(stage)
    go_on(stage, wizard)
    assert wizard.step is wizard.place_step
    stage.keychain = MemoryKeychain()
    go_on(stage, wizard)
    assert wizard.step is wizard.passphrase_step


def test_the_practice_vault_opens_by_itself_and_says_so(stage: Stage) -> None:
    wizard = begun(stage)
    wizard.place_step.choose("oefenkluis")
    go_on(stage, wizard)
    stage.screen(Desk)
    stage.settle()
    assert stage.desk.top.ribbon is not None
    assert stage.desk.context.clock().month == 1
    assert not (stage.root / "vpdesk" / "kluis").exists()


def test_a_copy_of_an_earlier_laptop_can_be_looked_for(stage: Stage) -> None:
    wizard = begun(stage)
    wizard.place_step.choose("terugzetten")
    go_on(stage, wizard)
    screen = stage.screen(DamagedScreen)
    assert isinstance(screen, DamagedScreen)
    stage.settle()
    assert not screen.go.isEnabled()
    said = [message.accessibleName() for message in screen.findChildren(Message)]
    assert not any("De kluis van nu" in words for words in said), "there is none"
    stage.press(screen.quit)
    stage.screen(Wizard)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_on_a_way_to_begin_takes_it(stage: Stage, key: Qt.Key) -> None:
    wizard = begun(stage)
    place = wizard.place_step
    assert place.choice == "kluis"
    stage.qtbot.keyClick(place.first_focus(), key)
    stage.until(lambda: wizard.step is wizard.passphrase_step)
