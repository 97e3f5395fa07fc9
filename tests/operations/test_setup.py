"""A vault counts only after its words were typed back and opened it, and never comes over something that stands there."""

from __future__ import annotations

import itertools
import os
from typing import TYPE_CHECKING

import pytest

from tests.vault_kit import LONG_PHRASE, NOW, PHRASE, SMALL, fingerprint, made, make
from vpdesk.domain.errors import (
    InvalidValueError,
    KeyringAbsentError,
    KeyringError,
    KeyringLockedError,
    KeyringRefusedError,
    VaultBusyError,
    VaultDamagedError,
    VaultError,
    WordsMistypedError,
    WrongSecretError,
)
from vpdesk.operations import vaults, ways_in
from vpdesk.operations.setup import Setup, begin_setup, generate_passphrase, refuse_taken
from vpdesk.operations.vaults import open_vault
from vpdesk.store import generations, keyfile
from vpdesk.store.keychain import MemoryKeychain
from vpdesk.store.keys import SlotKind
from vpdesk.store.words import encode_secret, load_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Without(MemoryKeychain):
    """A system whose keyring raises."""

    def __init__(self, error: KeyringError) -> None:
        super().__init__()
        self.error = error

    def backend_name(self) -> str:
        raise self.error


def begun(folder: Path, chain: MemoryKeychain | None = None, passphrase: str = PHRASE) -> Setup:
    return begin_setup(folder, passphrase=passphrase, keychain=chain or MemoryKeychain(), now=NOW, kdf=SMALL)


def test_the_words_typed_back_open_the_vault_and_make_it_count(tmp_path: Path) -> None:
    chain = MemoryKeychain()
    setup = begun(tmp_path / "kluis", chain)
    assert len(setup.words) == 16
    assert setup.slot is SlotKind.DAILY
    assert not vaults.describe(tmp_path / "kluis").exists
    typed = "  ".join(word.upper() for word in setup.words)
    with setup.confirm(typed) as vault:
        assert vault.opened_with is SlotKind.RECOVERY
    found = vaults.describe(tmp_path / "kluis")
    assert (found.exists, found.practice, found.problem) == (True, False, "")
    assert found.slots == {SlotKind.DAILY, SlotKind.RECOVERY}
    open_vault(tmp_path / "kluis", passphrase=PHRASE, keychain=chain, now=NOW).close()


def test_wrong_words_can_be_typed_again_and_nothing_counts_meanwhile(tmp_path: Path) -> None:
    setup = begun(tmp_path / "kluis")
    with pytest.raises(WordsMistypedError):
        setup.confirm([*setup.words[:15], "fietsbelletje"])
    with pytest.raises(WrongSecretError):
        setup.confirm(encode_secret(b"x" * 20))
    assert not vaults.describe(tmp_path / "kluis").exists
    setup.confirm(setup.words).close()
    with pytest.raises(VaultError, match="al afgemaakt"):
        setup.confirm(setup.words)


def test_words_that_nobody_could_take_leave_no_vault(tmp_path: Path) -> None:
    chain = MemoryKeychain()

    def counts() -> None:
        assert vaults.describe(tmp_path / "kluis").exists

    def nobody() -> None:
        counts()
        raise BrokenPipeError

    setup = begun(tmp_path / "kluis", chain)
    with pytest.raises(BrokenPipeError):
        setup.confirm(setup.words, tell=nobody)
    assert list(tmp_path.iterdir()) == []
    assert chain._secrets == {}
    setup = begun(tmp_path / "kluis", chain)
    setup.confirm(setup.words, tell=counts).close()
    setup.abandon()
    open_vault(tmp_path / "kluis", passphrase=PHRASE, keychain=chain, now=NOW).close()


def test_abandoning_leaves_nothing_at_all(tmp_path: Path) -> None:
    chain = MemoryKeychain()
    setup = begun(tmp_path / "nieuw" / "kluis", chain)
    setup.abandon()
    setup.abandon()
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "leeg").mkdir()
    begun(tmp_path / "leeg").abandon()
    assert list((tmp_path / "leeg").iterdir()) == []
    assert chain._secrets == {}


def test_a_vault_is_never_made_over_something(tmp_path: Path) -> None:
    kit = made(tmp_path / "kluis")
    before = fingerprint(kit.folder)
    with pytest.raises(VaultError, match="al een kluis"):
        begun(kit.folder, kit.keychain)
    (kit.folder / generations.POINTER).unlink()
    with pytest.raises(VaultDamagedError):
        begun(kit.folder, kit.keychain)
    del before[generations.POINTER]
    assert fingerprint(kit.folder) == before
    (tmp_path / "brief").write_text("tekst")
    for taken in (tmp_path, tmp_path / "brief"):
        with pytest.raises(VaultError, match="al andere bestanden"):
            refuse_taken(taken)
    refuse_taken(tmp_path / "nieuw")


@pytest.mark.parametrize("pointer", ["whole", "damaged"])
@pytest.mark.parametrize("name", ["work", "g-0123456789abcdef", "dieper/kluis"])
def test_a_vault_is_never_made_in_the_folder_of_another(name: str, pointer: str, tmp_path: Path) -> None:
    kit = made(tmp_path / "kluis")
    if pointer == "damaged":
        (kit.folder / generations.POINTER).write_text("?")
    before = fingerprint(kit.folder)
    for practice in (False, True):
        with pytest.raises(VaultError, match="in de map van een andere kluis"):
            begin_setup(kit.folder / name, passphrase=PHRASE, keychain=kit.keychain, now=NOW, practice=practice)
    assert fingerprint(kit.folder) == before
    assert not (kit.folder / name).exists()


def test_two_at_once_can_not_make_the_same_vault(tmp_path: Path) -> None:
    first = begun(tmp_path / "kluis")
    with pytest.raises(VaultBusyError):
        begun(tmp_path / "kluis")
    first.confirm(first.words).close()


@pytest.mark.parametrize("passphrase", ["", "kort", "zeven77", " " * 12])
def test_a_daily_passphrase_has_eight_signs(tmp_path: Path, passphrase: str) -> None:
    with pytest.raises(InvalidValueError, match="minstens 8 tekens"):
        begun(tmp_path / "kluis", passphrase=passphrase)
    assert not (tmp_path / "kluis").exists()


def test_without_a_keyring_the_passphrase_must_hold_alone(tmp_path: Path) -> None:
    chain = Without(KeyringAbsentError("Geen sleutelbos."))
    for weak in (PHRASE, "een twee drie vier", " " * 30, "a" + " " * 30):
        with pytest.raises(InvalidValueError, match="6 woorden of 20 tekens"):
            begun(tmp_path / "kluis", chain, weak)
    assert not (tmp_path / "kluis").exists()
    setup = begun(tmp_path / "kluis", chain, "a b c d e f")
    assert setup.slot is SlotKind.PASSPHRASE
    setup.confirm(setup.words).close()
    with open_vault(tmp_path / "kluis", passphrase="a b c d e f", keychain=chain, now=NOW) as vault:
        assert vault.opened_with is SlotKind.PASSPHRASE
    assert chain._secrets == {}


@pytest.mark.parametrize("error", [KeyringRefusedError("Niet veilig."), KeyringLockedError("Op slot.")])
def test_a_keyring_that_is_refused_or_locked_is_never_worked_around(tmp_path: Path, error: KeyringError) -> None:
    with pytest.raises(type(error)):
        begun(tmp_path / "kluis", Without(error), LONG_PHRASE)
    assert not (tmp_path / "kluis").exists()


def test_a_keyring_that_will_not_keep_the_secret_can_be_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chain = MemoryKeychain()
    setup = begun(tmp_path / "kluis", chain)

    def refuse(*_: str) -> None:
        raise KeyringLockedError("Op slot.")

    with monkeypatch.context() as patch:
        patch.setattr(chain, "put", refuse)
        with pytest.raises(KeyringLockedError):
            setup.confirm(setup.words)
    assert not vaults.describe(tmp_path / "kluis").exists
    setup.confirm(setup.words).close()


def test_the_proposed_passphrase_is_six_words_of_the_list() -> None:
    first = generate_passphrase()
    assert len(first.split()) == 6
    assert set(first.split()) <= set(load_words())
    assert first != generate_passphrase()
    ways_in.check_passphrase(first, SlotKind.PASSPHRASE)


def test_the_practice_vault_needs_no_secret_and_touches_no_keyring(tmp_path: Path) -> None:
    def never() -> MemoryKeychain:
        raise AssertionError

    setup = begin_setup(tmp_path / "kluis", now=NOW, practice=True, keychain=never)
    assert setup.words == ()
    setup.confirm().close()
    with open_vault(tmp_path / "kluis", keychain=never, now=NOW) as vault:
        assert vault.practice
        assert vault.opened_with is SlotKind.PRACTICE
        with pytest.raises(VaultError, match="geen wachtzin"):
            vaults.enrol_device(vault, passphrase=PHRASE, keychain=never, now=NOW)


def test_no_two_vaults_share_a_key_or_words(tmp_path: Path) -> None:
    one, first = make(tmp_path / "een")
    two, second = make(tmp_path / "twee")
    assert one.words != two.words
    assert first.id != second.id
    assert first.key != second.key
    first.close()
    second.close()


def attempted(folder: Path) -> str:
    """Make a vault; return the sentence with which that failed, empty when it went well."""
    try:
        setup = begun(folder)
        setup.confirm(setup.words).close()
    except VaultError as error:
        return error.sentence
    return ""


@pytest.mark.parametrize(
    ("number", "sentence"), [(28, "schijf is vol"), (13, "kan niet schrijven"), (30, "kan niet schrijven")]
)
def test_a_disk_that_refuses_gives_a_sentence_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, sentence: str
) -> None:
    real = os.fsync
    for at in range(1, 40):
        calls = itertools.count(1)

        def failing(descriptor: int, at: int = at, calls: Iterator[int] = calls) -> None:
            if next(calls) == at:
                raise OSError(number, os.strerror(number))
            real(descriptor)

        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", failing)
            said = attempted(tmp_path / "kluis")
        if not said:
            break
        assert sentence in said
        assert not vaults.describe(tmp_path / "kluis").exists
        assert (
            not (tmp_path / "kluis").exists() or generations.state(tmp_path / "kluis") is generations.FolderState.EMPTY
        )
    assert at > 4
    assert vaults.describe(tmp_path / "kluis").exists


def test_a_key_file_without_a_practice_slot_does_not_open_by_itself(tmp_path: Path) -> None:
    kit = made(tmp_path / "kluis")
    with pytest.raises(VaultDamagedError):
        ways_in.open_practice(keyfile.read(kit.key_file))


@pytest.mark.parametrize("practice", [False, True])
def test_a_folder_in_which_somebody_keeps_work_is_not_taken_for_an_empty_one(tmp_path: Path, practice: bool) -> None:
    work = tmp_path / "kluis" / "work" / "scriptie" / "h1.txt"
    work.parent.mkdir(parents=True)
    work.write_text("drie jaar werk")
    with pytest.raises(VaultError, match="al andere bestanden"):
        begin_setup(tmp_path / "kluis", passphrase=PHRASE, keychain=MemoryKeychain(), now=NOW, practice=practice)
    assert work.read_text() == "drie jaar werk"
