"""A rewriting of all pages that was cut off at its end leaves a longer file, which the next opening mends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.casework import a_case, a_talk
from tests.pages import pages_of, pages_with
from tests.vault_kit import NOW, PHRASE, make
from vpdesk.domain.errors import VaultDamagedError, VaultError
from vpdesk.operations.conversations import delete_conversation
from vpdesk.operations.vaults import open_vault
from vpdesk.store import traces
from vpdesk.store.traces import rebuild_index, rewrite_pages

if TYPE_CHECKING:
    from pathlib import Path

    from tests.vault_kit import Made
    from vpdesk.store.vault import Vault

pytestmark = pytest.mark.usefixtures("clean_home")

TAIL = 3 * 4096


def opened(kit: Made) -> Vault:
    return open_vault(kit.folder, passphrase=PHRASE, keychain=kit.keychain, now=NOW)


def cut_off(kit: Made, vault: Vault, *, mark: bool = True) -> None:
    """Leave a vault as a stop does between the moment that the new pages count and the shortening of the file."""
    talk = a_talk(vault, a_case(vault), working_note="kanarie " * 4000)
    old = kit.database.read_bytes()[-TAIL:]
    delete_conversation(vault, conversation_id=talk.id)
    with vault.transaction():
        rebuild_index(vault.connection)
    vault.connection.execute("VACUUM")
    if not mark:
        rewrite_pages(vault.connection)
    vault.close()
    with kit.database.open("ab") as file:
        file.write(old)


def test_a_file_left_longer_by_a_stop_opens_and_is_shortened(tmp_path: Path) -> None:
    kit, vault = make(tmp_path / "kluis")
    cut_off(kit, vault)
    longer = kit.database.stat().st_size
    with opened(kit) as vault:
        assert kit.database.stat().st_size <= longer - TAIL
        assert pages_with(pages_of(vault), "kanarie") == {}
        assert not traces.unfinished(vault.connection)
        assert vault.integrity(full=True)


def test_a_longer_file_is_refused_when_no_rewriting_was_begun(tmp_path: Path) -> None:
    kit, vault = make(tmp_path / "kluis")
    cut_off(kit, vault, mark=False)
    before = kit.database.read_bytes()
    with pytest.raises(VaultDamagedError, match="niet heel"):
        opened(kit)
    assert kit.database.read_bytes() == before


def test_a_shorter_file_is_refused_also_after_a_stop(tmp_path: Path) -> None:
    kit, vault = make(tmp_path / "kluis")
    cut_off(kit, vault)
    kit.database.write_bytes(kit.database.read_bytes()[: -TAIL - 4096])
    with pytest.raises(VaultDamagedError):
        opened(kit)


def test_where_the_opening_has_no_room_to_rewrite_the_vault_opens_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kit, vault = make(tmp_path / "kluis")
    cut_off(kit, vault)

    def full(_connection: object) -> None:
        raise VaultError("De schijf is vol.")

    with monkeypatch.context() as patched:
        patched.setattr(traces, "rewrite_pages", full)
        with opened(kit) as vault:
            assert traces.unfinished(vault.connection)
    with opened(kit) as vault:
        assert not traces.unfinished(vault.connection)
