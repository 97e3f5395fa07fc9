"""Migrations are only ever added, and a vault of every version so far opens."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from vpdesk.domain.rows import CaseFilter
from vpdesk.operations import cases, clients, conversations, vaults
from vpdesk.store.schema import MIGRATIONS

if TYPE_CHECKING:
    from datetime import datetime

GOLDEN = Path(__file__).parents[1] / "golden/vaults"

# A line is added with each migration; a line is never changed.
WRITTEN = (
    "22370a9bae456115234225b981afa870b16b8783a8c0342a1e24e9360cd64d62",
    "925cd43a0fc7f730efa09401c9d7d0a51fe8cadedcecddf1a8a661e39057542d",
    "f368efdf3ef951fc547ba96472869eb6d2d11e72d30c5ffa9c4b612d0486ba9e",
)


def test_migrations_are_only_added() -> None:
    assert tuple(hashlib.sha256(script.encode()).hexdigest() for script in MIGRATIONS) == WRITTEN


def test_the_newest_version_has_a_golden_vault() -> None:
    assert (GOLDEN / str(len(MIGRATIONS))).is_dir()


@pytest.mark.parametrize("version", sorted(path.name for path in GOLDEN.iterdir()))
def test_a_vault_of_every_version_opens_with_what_it_holds(version: str, tmp_path: Path, clock: datetime) -> None:
    folder = tmp_path / "kluis"
    shutil.copytree(GOLDEN / version, folder)
    vault = vaults.open_vault(folder, keychain=vaults.system_keychain, now=clock)
    try:
        (client,) = clients.clients(vault)
        assert (client.name, client.statistics) == ("Stichting Speelwijs", ("onderdeel",))
        (row,) = cases.list_cases(vault, CaseFilter(), 10)
        assert (row.code, row.pseudonym, row.thema) == ("2025-001", "Sluis", "pesten")
        (hit,) = conversations.search(vault, "kanarie")
        assert hit.conversation == conversations.list_conversations(vault, limit=1)[0].id
    finally:
        vault.close()
