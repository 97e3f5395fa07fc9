"""What the vault was before a restore stays until the user drops it, and then goes without a trace or a danger."""

from __future__ import annotations

import contextlib
import errno
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.operations.test_unsettled import dying_at
from tests.vault_kit import NOW, Made, Stop, Strike, made
from vpdesk.domain.errors import NotFoundError, VaultError
from vpdesk.operations import access
from vpdesk.operations.backups import make_backup, restore_backup
from vpdesk.operations.doctor import doctor
from vpdesk.operations.formers import drop_former_vault, former_vaults
from vpdesk.operations.vaults import drop_former_generations, former_generations, open_vault
from vpdesk.store import generations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vpdesk.store.vault import Vault


@pytest.fixture
def kit(tmp_path: Path) -> Made:
    return made(tmp_path / "kluis")


def restored(kit: Made, tmp_path: Path) -> Vault:
    with open_vault(kit.folder, words=kit.words, keychain=kit.keychain, now=NOW) as vault:
        copy = make_backup(vault, places=(tmp_path / "kopie",), now=NOW).path
        with vault.transaction():
            vault.settings.put("proef", "later")
    return restore_backup(copy, folder=kit.folder, words=kit.words, keychain=kit.keychain, now=NOW)


@pytest.fixture
def vault(kit: Made, tmp_path: Path) -> Iterator[Vault]:
    with restored(kit, tmp_path) as opened:
        yield opened


def test_it_is_described_by_size_and_by_when_it_last_changed(vault: Vault, kit: Made) -> None:
    (former,) = former_vaults(vault)
    assert former.folder != generations.current(kit.folder)
    assert former.size == sum(path.stat().st_size for path in former.folder.iterdir()) > 100_000
    assert former.until.timestamp() <= max(path.stat().st_mtime for path in former.folder.iterdir())
    drop_former_vault(vault, former)
    assert former_vaults(vault) == ()
    assert not former.folder.exists()
    assert vault.integrity(full=True)


def test_it_still_opens_until_then(vault: Vault, kit: Made) -> None:
    """Whoever points the folder at it again has the vault as it was, with the words of then."""
    vault.close()
    (former,) = generations.former(kit.folder)
    generations.switch(kit.folder, former)
    with open_vault(kit.folder, words=kit.words, keychain=kit.keychain, now=NOW) as opened:
        assert opened.settings.get("proef") == "later"
        assert opened.integrity(full=True)


def test_the_vault_that_counts_is_never_dropped(vault: Vault, kit: Made, tmp_path: Path) -> None:
    (former,) = former_vaults(vault)
    for folder in (generations.current(kit.folder), tmp_path / "kopie", kit.folder / "g-0000000000000000"):
        with pytest.raises(NotFoundError, match="niets veranderd"):
            drop_former_vault(vault, replace(former, folder=folder))
    assert former_vaults(vault) == (former,)


def test_what_a_new_key_left_behind_is_not_one_of_them(vault: Vault) -> None:
    (former,) = former_vaults(vault)
    vault.settings.put(generations.SUPERSEDED, former.folder.name)
    assert former_vaults(vault) == ()


def test_all_go_at_once_where_that_is_asked(vault: Vault, kit: Made, tmp_path: Path) -> None:
    vault.close()
    with restored(kit, tmp_path) as again:
        assert len(former_vaults(again)) == 2
        drop_former_generations(again)
        assert former_vaults(again) == ()


def test_a_stop_at_any_step_leaves_it_whole_or_cleared_at_the_next_opening(
    kit: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = set()
    for at in range(1, 30):
        opened = open_vault(kit.folder, words=kit.words, keychain=kit.keychain, now=NOW)
        if not former_vaults(opened):
            opened.close()
            opened = restored(kit, tmp_path)
        with opened, monkeypatch.context() as patch:
            former = former_vaults(opened)[0]
            strike = Strike(patch, at)
            with contextlib.suppress(Stop):
                drop_former_vault(opened, former)
        with open_vault(kit.folder, words=kit.words, keychain=kit.keychain, now=NOW) as vault:
            left = [{path.name for path in former.folder.glob("[!.]*")} for former in former_vaults(vault)]
            assert left in ([], [{generations.DATABASE, generations.KEYS}])
            assert vault.settings.get("proef") == "eerste"
        seen.add(len(left))
        if strike.count < at:
            break
    assert at > 6
    assert seen == {0, 1}


@pytest.mark.parametrize("name", [generations.DATABASE, generations.KEYS, generations.UNFINISHED])
def test_a_disk_that_fails_halfway_is_not_said_to_have_changed_nothing(
    vault: Vault, kit: Made, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (former,) = former_vaults(vault)
    real = Path.unlink

    def failing(path: Path, *, missing_ok: bool = False) -> None:
        if path == former.folder / name:
            raise OSError(errno.EIO, "failing")
        real(path, missing_ok=missing_ok)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", failing)
        with pytest.raises(VaultError, match="nog niet helemaal weg") as told:
            drop_former_vault(vault, former)
    assert "niets veranderd" not in told.value.sentence
    vault.close()
    with open_vault(kit.folder, words=kit.words, keychain=kit.keychain, now=NOW) as again:
        assert former_vaults(again) == ()


def test_a_disk_that_refuses_is_told(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    (former,) = former_vaults(vault)
    with monkeypatch.context() as patch:
        Strike(patch, 1, OSError)
        with pytest.raises(VaultError, match="kan niet schrijven"):
            drop_former_vault(vault, former)
    assert former_vaults(vault) == (former,)


@pytest.mark.parametrize("power_cut", [False, True])
def test_nothing_beside_a_vault_of_which_nobody_knows_what_counts_is_offered_or_dropped(
    vault: Vault, kit: Made, power_cut: bool
) -> None:
    (former,) = former_vaults(vault)
    own = replace(former, folder=vault.generation)
    pointer = kit.folder / generations.POINTER
    before, new = pointer.read_bytes(), access.new_words()
    with dying_at(generations.POINTER), pytest.raises(VaultError, match="niet zeker"):
        access.replace_words(vault, new=new, typed=" ".join(new.words), now=NOW)
    assert former_vaults(vault) == former_generations(vault) == ()
    drop_former_generations(vault)
    for which in (own, former, replace(former, folder=generations.current(kit.folder))):
        with pytest.raises(VaultError, match="open de kluis opnieuw"):
            drop_former_vault(vault, which)
    assert not any(line.name == "Vorige kluis" for line in doctor(vault, keychain=kit.keychain, now=NOW))
    vault.close()
    if power_cut:
        pointer.write_bytes(before)
    with open_vault(kit.folder, words=kit.words if power_cut else new.words, keychain=kit.keychain, now=NOW) as again:
        assert former_vaults(again) == (former,)
        drop_former_vault(again, former)
        assert again.integrity(full=True)


def test_the_generation_that_is_open_is_none_of_them_wherever_the_pointer_leads(vault: Vault, kit: Made) -> None:
    (former,) = former_vaults(vault)
    own = replace(former, folder=vault.generation)
    generations.switch(kit.folder, former.folder)
    assert former_vaults(vault) == ()
    with pytest.raises(NotFoundError):
        drop_former_vault(vault, own)
    assert vault.integrity(full=True)


def test_one_that_was_not_finished_is_not_offered_as_the_vault_from_before(vault: Vault, kit: Made) -> None:
    (former,) = former_vaults(vault)
    generations.write_durably(generations.begin(kit.folder) / generations.DATABASE, b"half")
    assert former_vaults(vault) == (former,)
