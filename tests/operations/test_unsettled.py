"""A disk that dies while a new secret comes to count: both generations stay, and whichever the pointer names opens."""

from __future__ import annotations

import contextlib
import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.vault_kit import NOW, PHRASE, SMALL, Made, made
from vpdesk.domain.errors import VaultError, WrongSecretError
from vpdesk.operations import access
from vpdesk.operations.backups import make_backup, restore_backup, set_places
from vpdesk.operations.conversations import save_draft
from vpdesk.operations.doctor import doctor
from vpdesk.operations.moving import move_vault
from vpdesk.operations.restoring import WORDS_OF_COPY
from vpdesk.operations.standing import keep_key
from vpdesk.operations.vaults import enrol_device, open_vault
from vpdesk.store import disk, generations
from vpdesk.store.keys import SlotKind
from vpdesk.store.refusals import HELD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from vpdesk.store.vault import Vault

pytestmark = pytest.mark.usefixtures("clean_home")

NEW_PHRASE = "een heel andere zin"


@pytest.fixture
def kit(tmp_path: Path) -> Made:
    return made(tmp_path / "kluis")


def opened(kit: Made, **secrets: Any) -> Vault:
    return open_vault(kit.folder, **(secrets or {"words": kit.words}), keychain=kit.keychain, now=NOW)


@contextlib.contextmanager
def dying_at(name: str) -> Iterator[None]:
    """Let nothing be synced from the moment on that a file of this name came to its place."""
    replace = Path.replace

    def failing(_descriptor: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with pytest.MonkeyPatch.context() as patch:

        def moved(source: Path, target: Path) -> Path:
            if target.name == name and target.exists():
                patch.setattr(os, "fsync", failing)
            return replace(source, target)

        patch.setattr(Path, "replace", moved)
        yield


def new_words(kit: Made) -> tuple[Callable[[Vault], object], dict[str, Any], dict[str, Any]]:
    new = access.new_words()
    typed = " ".join(new.words)
    change = lambda vault: access.replace_words(vault, new=new, typed=typed, now=NOW)  # noqa: E731
    return change, {"words": kit.words}, {"words": new.words}


def new_passphrase(kit: Made) -> tuple[Callable[[Vault], object], dict[str, Any], dict[str, Any]]:
    change = lambda vault: enrol_device(  # noqa: E731
        vault, passphrase=NEW_PHRASE, keychain=kit.keychain, kdf=SMALL, now=NOW
    )
    return change, {"passphrase": PHRASE}, {"passphrase": NEW_PHRASE}


@pytest.mark.parametrize("which", [new_words, new_passphrase])
@pytest.mark.parametrize("power_cut", [False, True])
def test_both_secrets_are_kept_and_the_one_that_the_pointer_names_opens(
    kit: Made, which: Callable[[Made], Any], power_cut: bool
) -> None:
    change, old, new = which(kit)
    pointer = kit.folder / generations.POINTER
    before = pointer.read_bytes()
    vault = opened(kit)
    with dying_at(generations.POINTER), pytest.raises(VaultError) as told:
        change(vault)
    assert told.value.sentence == disk.UNSETTLED
    assert vault.settings.get("proef") == "eerste"
    with pytest.raises(VaultError, match="niet in de kluis schrijven"), vault.transaction():
        vault.settings.put("proef", "verloren")  # nobody knows in which generation this would stay
    vault.close()
    assert len(list(kit.folder.glob("g-*"))) == 2
    if power_cut:  # the disk never held the new name
        pointer.write_bytes(before)
    opens, refused = (old, new) if power_cut else (new, old)
    with opened(kit, **opens) as again:
        assert again.settings.get("proef") == "eerste"
        assert not again.read_only
        assert again.integrity(full=True)
    with pytest.raises(WrongSecretError):
        opened(kit, **refused)
    assert len(list(kit.folder.glob("g-*"))) == 1


def test_neither_goes_at_an_opening_on_a_disk_that_still_fails(kit: Made) -> None:
    change, _, new = new_words(kit)
    with opened(kit) as vault, dying_at(generations.POINTER), pytest.raises(VaultError):
        change(vault)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError(errno.EIO, "failing")))
        opened(kit, **new).close()
    assert len(list(kit.folder.glob("g-*"))) == 2
    opened(kit, **new).close()
    assert len(list(kit.folder.glob("g-*"))) == 1


def test_sheets_of_which_it_is_not_sure_whether_they_count_are_not_called_unchanged(kit: Made) -> None:
    new = access.new_sheets()
    typed = (" ".join(new.first), " ".join(new.second))
    with opened(kit) as vault:
        with dying_at(generations.KEYS), pytest.raises(VaultError) as told:
            access.set_emergency(vault, new=new, typed=typed, now=NOW)
        assert told.value.sentence == disk.UNSETTLED
    opened(kit, sheets=typed).close()


def test_sheets_that_did_not_come_to_count_do_not_come_back_at_the_next_opening(
    kit: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = access.new_sheets()
    typed = (" ".join(new.first), " ".join(new.second))

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    with opened(kit) as vault:
        with monkeypatch.context() as patch:
            patch.setattr(generations, "write_durably", full)
            with pytest.raises(VaultError, match=r"vol\. Er is niets veranderd"):
                access.set_emergency(vault, new=new, typed=typed, now=NOW)
        assert not [way for way in access.list_ways_in(vault) if way.kind.value == "emergency"]
    with opened(kit) as vault:
        assert vault.warnings == ()
    with pytest.raises(WrongSecretError):
        opened(kit, sheets=typed)


@pytest.mark.parametrize("power_cut", [False, True])
def test_a_restore_of_which_it_is_not_sure_whether_it_counts_leaves_both(
    kit: Made, tmp_path: Path, power_cut: bool
) -> None:
    with opened(kit) as vault:
        copy = make_backup(vault, places=(tmp_path / "kopie",), now=NOW).path
        with vault.transaction():
            vault.settings.put("proef", "later")
    pointer = kit.folder / generations.POINTER
    before = pointer.read_bytes()
    with dying_at(generations.POINTER), pytest.raises(VaultError) as told:
        restore_backup(copy, folder=kit.folder, words=kit.words, keychain=kit.keychain, now=NOW)
    assert told.value.sentence == disk.UNSETTLED
    if power_cut:
        pointer.write_bytes(before)
    with opened(kit) as vault:
        assert vault.settings.get("proef") == ("later" if power_cut else "eerste")
        assert vault.integrity(full=True)


def test_a_vault_of_which_it_is_not_sure_what_counts_keeps_no_key_to_put_a_copy_back_with(kit: Made) -> None:
    change, _, _ = new_words(kit)
    with opened(kit) as vault:
        with dying_at(generations.POINTER), pytest.raises(VaultError):
            change(vault)
        with pytest.raises(VaultError, match="Sluit vpdesk af en open de kluis opnieuw"):
            keep_key(vault)


@pytest.mark.parametrize("power_cut", [False, True])
def test_a_second_try_after_a_restore_that_may_count_never_takes_away_what_opens_the_vault(
    kit: Made, tmp_path: Path, power_cut: bool
) -> None:
    with opened(kit, passphrase=PHRASE) as vault:
        copy = make_backup(vault, places=(tmp_path / "kopie",), now=NOW).path
        kept = keep_key(vault)
    pointer = kit.folder / generations.POINTER
    before = pointer.read_bytes()

    def put_back() -> Vault:
        return restore_backup(copy, folder=kit.folder, kept=kept, keychain=kit.keychain, now=NOW)

    with dying_at(generations.POINTER), pytest.raises(VaultError):
        put_back()
    if power_cut:
        pointer.write_bytes(before)
        put_back().close()
    else:
        with pytest.raises(VaultError, match="open de kluis opnieuw"):
            put_back()
    with opened(kit, passphrase=PHRASE) as vault:
        assert vault.settings.get("proef") == "eerste"
        kept = keep_key(vault)
    with put_back() as vault:
        assert WORDS_OF_COPY not in vault.warnings
        assert {slot.kind for slot in vault.key_file.slots} == {SlotKind.DAILY, SlotKind.RECOVERY}
    opened(kit, passphrase=PHRASE).close()
    opened(kit).close()


def test_whatever_is_asked_of_it_then_says_that_only_opening_it_anew_helps(kit: Made, tmp_path: Path) -> None:
    change, _, _ = new_words(kit)
    sheets = access.new_sheets()
    with opened(kit) as vault:
        with dying_at(generations.POINTER), pytest.raises(VaultError):
            change(vault)
        for ask in (
            change,
            new_passphrase(kit)[0],
            lambda vault: access.set_emergency(
                vault, new=sheets, typed=(" ".join(sheets.first), " ".join(sheets.second)), now=NOW
            ),
            lambda vault: access.remove_emergency(vault, now=NOW),
            lambda vault: move_vault(vault, tmp_path / "nieuw", count=lambda _: None),
            lambda vault: set_places(vault, (tmp_path,)),
            lambda vault: save_draft(vault, key="nieuw", text="tekst", now=NOW),
        ):
            with pytest.raises(VaultError) as told:
                ask(vault)
            assert told.value.sentence == HELD
        lines = doctor(vault, keychain=kit.keychain, now=NOW)
        assert [line.sentence for line in lines if line.name == "Map"] == [HELD]
    assert not (tmp_path / "nieuw").exists()
