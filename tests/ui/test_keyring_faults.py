"""What the lock screen says and offers when the keyring is not as it was: each fault in its own words, none a new key."""

from __future__ import annotations

import base64
import gc
from typing import TYPE_CHECKING, Final, cast

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from tests.keyring_laptop import Laptop, laptop
from tests.vault_kit import NOW, PHRASE, SMALL, Made, fingerprint
from vpdesk.domain.errors import KeyringAbsentError, KeyringError, KeyringLockedError
from vpdesk.operations import access
from vpdesk.operations.clients import add_client, clients
from vpdesk.operations.setup import begin_setup
from vpdesk.operations.vaults import enrol_device
from vpdesk.store import keychain, keys
from vpdesk.store.keychain import MemoryKeychain, SystemKeychain
from vpdesk.store.keys import SlotKind
from vpdesk.ui.desk import Desk
from vpdesk.ui.screens.lock import LAPTOP, WORDS, LockScreen
from vpdesk.ui.widgets.buttons import Button

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.ui.stage import Stage

pytestmark = [
    pytest.mark.window,
    pytest.mark.keyring,
    # keyring leaves its connection to the collector when a question fails
    pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning"),
]

SOON: Final = 2.0
"""Seconds after which a keyring that does not answer is given up on here; the program waits ten."""


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Iterator[Laptop]:
    with laptop() as made:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", made.environment["DBUS_SESSION_BUS_ADDRESS"])
        monkeypatch.delenv("PYTHON_KEYRING_BACKEND", raising=False)
        yield made
        gc.collect()  # what failed questions left open goes here, and not during another test


def vault_on(stage: Stage, *, kind: SlotKind = SlotKind.DAILY) -> Made:
    """Make a vault whose way in on this laptop is of a kind, with the keychain of the stage, and close it."""
    folder = stage.session.door.folder
    folder.parent.mkdir(parents=True)
    setup = begin_setup(folder, passphrase=PHRASE, keychain=stage.keychain, now=NOW, kdf=SMALL)
    with setup.confirm(setup.words) as vault:
        add_client(vault, name="Gemeente Esdoornveen")
        if kind is not SlotKind.DAILY:
            enrol_device(vault, kind=kind, keychain=stage.keychain, now=NOW, kdf=SMALL)
    return Made(folder, setup.words)


def locked(stage: Stage) -> LockScreen:
    stage.session.begin()
    return cast("LockScreen", stage.screen(LockScreen))


def tried(stage: Stage, screen: LockScreen) -> str:
    """Try to open the vault on this laptop; returns what is said above the field."""
    if not screen.field.isHidden() and not screen.passphrase.text():
        stage.qtbot.keyClicks(screen.passphrase, PHRASE)
    stage.press(screen.open)
    stage.settle()
    return said_on(screen)


def said_on(screen: QWidget) -> str:
    return " ".join(label.text() for label in screen.findChildren(QLabel) if label.isVisible())


def again_on(screen: LockScreen) -> Button | None:
    found = [button for button in screen.findChildren(Button) if button.text() == "Opnieuw proberen"]
    return next((button for button in found if button.isVisible()), None)


def try_again(stage: Stage, screen: LockScreen) -> Desk:
    again = again_on(screen)
    assert again is not None
    stage.press(again)
    desk = cast("Desk", stage.screen(Desk))
    stage.settle()
    return desk


def by_words(stage: Stage, screen: LockScreen, kit: Made) -> None:
    assert screen.way == WORDS
    stage.qtbot.keyClicks(screen.words, " ".join(kit.words))
    stage.press(screen.open_words)
    stage.screen(Desk)
    stage.settle()


class Failing(MemoryKeychain):
    """A keyring that raises what it was given, until it is None again."""

    def __init__(self) -> None:
        super().__init__()
        self.fault: KeyringError | None = None

    def backend_name(self) -> str:
        return "Secret Service"

    def get(self, entry: str) -> str | None:
        if self.fault is not None:
            raise self.fault
        return super().get(entry)


AGAIN: Final = {
    "op slot": KeyringLockedError(keychain.LOCKED),
    "geen antwoord": KeyringLockedError(keychain.DISMISSED),
    "geeft geen antwoord": KeyringLockedError(keychain.HANGING),
    "is gestopt": KeyringLockedError(keychain.GONE),
    "geeft een fout": KeyringLockedError(keychain.FAILING),
}


@pytest.mark.parametrize("kind", [SlotKind.DAILY, SlotKind.KEYRING])
@pytest.mark.parametrize("words", AGAIN)
def test_a_fault_that_passes_is_said_and_can_be_tried_again(stage: Stage, words: str, kind: SlotKind) -> None:
    chain = stage.keychain = Failing()
    kit = vault_on(stage, kind=kind)
    chain.fault = AGAIN[words]
    before = fingerprint(kit.folder)
    screen = locked(stage)
    said = tried(stage, screen)
    assert AGAIN[words].sentence in said
    assert screen.way == LAPTOP
    assert screen.other.isVisible(), "the words are a way on too"
    assert fingerprint(kit.folder) == before
    chain.fault = None
    try_again(stage, screen)


def test_each_fault_has_a_sentence_of_its_own() -> None:
    sentences = [error.sentence for error in AGAIN.values()]
    sentences += [keychain.ABSENT, keys.ENTRY_MISSING, keys.ENTRY_OTHER]
    assert len(set(sentences)) == len(sentences)


def test_a_keyring_that_is_not_there_any_more_asks_for_the_words_and_can_be_tried_again(stage: Stage) -> None:
    chain = stage.keychain = Failing()
    kit = vault_on(stage)
    chain.fault = KeyringAbsentError(keychain.ABSENT)
    screen = locked(stage)
    said = tried(stage, screen)
    assert "(Secret Service), is er nu niet" in said
    assert again_on(screen) is not None
    by_words(stage, screen, kit)


@pytest.mark.parametrize(
    ("backend", "reason"),
    [
        (keychain.NULL, "Die bewaart niets."),
        ("keyrings.alt.file.PlaintextKeyring", "op een manier die anderen kunnen lezen"),
        ("my.own.Keyring", "weet niet of die veilig is"),
    ],
)
def test_a_keyring_that_is_not_safe_is_named_and_the_words_open(
    stage: Stage, machine: Laptop, monkeypatch: pytest.MonkeyPatch, backend: str, reason: str
) -> None:
    stage.keychain = SystemKeychain()
    kit = vault_on(stage)
    before = fingerprint(kit.folder)
    stage.keychain = SystemKeychain()
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", backend)
    screen = locked(stage)
    said = tried(stage, screen)
    assert f"‘{backend}’" in said
    assert reason in said
    assert fingerprint(kit.folder) == before
    by_words(stage, screen, kit)


def test_a_configuration_that_cannot_be_read_is_named(stage: Stage, machine: Laptop, clean_home: object) -> None:
    import keyring.util.platform_ as platform  # noqa: PLC0415 - where the file is looked for

    stage.keychain = SystemKeychain()
    kit = vault_on(stage)
    path = platform.config_root() / "keyringrc.cfg"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("geen kop\n", encoding="utf-8")
    stage.keychain = SystemKeychain()
    screen = locked(stage)
    assert "keyringrc.cfg" in tried(stage, screen)
    by_words(stage, screen, kit)


def test_another_keyring_than_then_is_said_and_the_words_open(stage: Stage) -> None:
    class Other(MemoryKeychain):
        def backend_name(self) -> str:
            return "KWallet"

    stage.keychain = Failing()
    kit = vault_on(stage)
    stage.keychain = Other()
    screen = locked(stage)
    assert "een andere sleutelbos (KWallet) dan" in tried(stage, screen)
    by_words(stage, screen, kit)


@pytest.mark.parametrize("kind", [SlotKind.DAILY, SlotKind.KEYRING])
def test_an_entry_that_was_deleted_or_overwritten_is_told_apart(stage: Stage, machine: Laptop, kind: SlotKind) -> None:
    chain = stage.keychain = SystemKeychain()
    kit = vault_on(stage, kind=kind)
    before = fingerprint(kit.folder)
    entry = stage.session.door.describe().id + (":sleutel" if kind is SlotKind.KEYRING else "")
    chain.put(entry, base64.b64encode(b"a" * 32).decode())
    screen = locked(stage)
    assert keys.ENTRY_OTHER in tried(stage, screen)
    chain.drop(entry)
    screen.show_way(LAPTOP)
    assert keys.ENTRY_MISSING in tried(stage, screen)
    assert chain.get(entry) is None, "no new secret takes its place"
    assert fingerprint(kit.folder) == before
    by_words(stage, screen, kit)


def test_a_locked_keyring_whose_question_nobody_answers_is_said(stage: Stage, machine: Laptop) -> None:
    stage.keychain = SystemKeychain()
    kit = vault_on(stage)
    machine.lock()
    before = fingerprint(kit.folder)
    screen = locked(stage)
    assert keychain.DISMISSED in tried(stage, screen)
    assert fingerprint(kit.folder) == before
    machine.kill()
    machine.start()  # as after logging in again: unlocked
    try_again(stage, screen)


def test_a_keyring_that_hangs_is_given_up_on_and_opens_when_it_goes_on(stage: Stage, machine: Laptop) -> None:
    stage.keychain = SystemKeychain(patience=SOON)
    kit = vault_on(stage)
    machine.freeze()
    before = fingerprint(kit.folder)
    screen = locked(stage)
    assert keychain.HANGING in tried(stage, screen)
    assert fingerprint(kit.folder) == before
    machine.thaw()
    try_again(stage, screen)


def test_a_daemon_that_is_killed_while_the_vault_is_open_costs_nothing(stage: Stage, machine: Laptop) -> None:
    stage.keychain = SystemKeychain(patience=SOON)
    kit = vault_on(stage)
    screen = locked(stage)
    stage.qtbot.keyClicks(screen.passphrase, PHRASE)
    stage.press(screen.open)
    desk = cast("Desk", stage.screen(Desk))
    stage.settle()
    machine.kill()
    stage.worker.run(lambda vault: add_client(vault, name="Zorggroep Merelhof"), lambda _c: None, desk.show_failure)
    stage.settle()
    stage.session.locking.lock()
    stage.until(lambda: stage.ends)
    slots = fingerprint(kit.folder)
    screen = locked(stage)
    assert keychain.GONE in tried(stage, screen), "the same keychain as before"
    stage.keychain = SystemKeychain(patience=SOON)
    screen = locked(stage)
    assert "is er nu niet" in tried(stage, screen), "that of a new process"
    assert fingerprint(kit.folder) == slots
    machine.start()
    desk = try_again(stage, screen)
    known: list[str] = []
    stage.worker.run(lambda vault: [client.name for client in clients(vault)], known.extend, desk.show_failure)
    stage.settle()
    assert "Zorggroep Merelhof" in known


def test_the_keychain_does_not_cling_to_a_dead_connection(machine: Laptop) -> None:
    chain = SystemKeychain(patience=SOON)
    chain.put("kluis", "geheim")
    machine.kill()
    with pytest.raises(KeyringLockedError, match="is gestopt"):
        chain.get("kluis")
    machine.start()
    assert chain.get("kluis") == "geheim"


def test_what_was_chosen_is_not_weakened_when_the_keyring_is_gone(stage: Stage, machine: Laptop) -> None:
    stage.keychain = SystemKeychain(patience=SOON)
    kit = vault_on(stage)
    machine.kill()
    before = kit.key_file.read_bytes()
    with stage.session.door.open(words=" ".join(kit.words)) as vault:
        for kind in (SlotKind.DAILY, SlotKind.KEYRING):
            with pytest.raises(KeyringError):
                stage.session.door.enrol(vault, PHRASE, kind=kind)
        assert {way.kind for way in access.list_ways_in(vault)} == {SlotKind.DAILY, SlotKind.RECOVERY}
    assert kit.key_file.read_bytes() == before
