"""Migrations are only ever added, and a vault of every version so far opens."""

from __future__ import annotations

import hashlib
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.golden.reading import GOLDEN, holds, version_of
from vpdesk.operations import vaults
from vpdesk.store.schema import MIGRATIONS

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

# A line is added with each migration; a line is never changed.
WRITTEN = (
    "22370a9bae456115234225b981afa870b16b8783a8c0342a1e24e9360cd64d62",
    "925cd43a0fc7f730efa09401c9d7d0a51fe8cadedcecddf1a8a661e39057542d",
    "f368efdf3ef951fc547ba96472869eb6d2d11e72d30c5ffa9c4b612d0486ba9e",
    "73415014e157c9943b86da93c0ec2b7ddf24b1cf9879956eb4c12e27083b0311",
    "53755c7a9c5f4b3b2b28f89588347f42b49141cdc814a513a160fca8bfd4ba18",
    "f36cb0315951f7f09b1e8684627fdf754f47a11f59939d13fd57e0fb2fb6592a",
    "e21d43ed32efe0e2d66c8fd0fb27001e7d9667e0b316e4ca8ecc4390bf95f29c",
    "8bbc042b5014eadc439a6f840b84f5b9384fb8528dd860287ad2ee10316f40ef",
    "82a5553b0c18be5534fe583798e62a4640cac6e510b85ff14f9dfc3608ef637c",
    "d4893c1541e326a0872bfec1e2887ee4da1862fa884da18da6b34a302af4d036",
    "475799776e9499580ae7ac3122ae7f78a3091bb0ae1e5f5fb77b2caa69895bbf",
    "491b4cf16f538c290e817ecfca63d58fbfa9e1cb18cdebdbe9e42cfd2b913c97",
    "7d82cef3e906576dbc31af12ab6db4bb5a1b95485638ac1c0a2697d7e2c92aed",
    "71b9f30b1d172aa65a51b9c2d1b4e9e4e8720c7a302eb1a752c9800188587a6b",
    "5458ac83c6366b75c41fa24cd4b85db595724a179aabd3f1c247b521b2f6eac9",
    "dd892e4fe3c3c2d1e05798351ddc33fbec2f2de6e66313a9507368a732c5567a",
    "88daaddf933024566adb5d6066b711d93d488d97091d8f891c63e802ef50e3c4",
    "efe4fe353aba4833e4a83c32af1166486955171b7ceb26e377406fae1ac01bac",
    "0976ad246715a368ebb0b1766260e0a798549092fefd9098646213185864755c",
    "cd3f55691b797e9183f8517101fbc794b2ea4d7946b445d9df04bfd573e7b21a",
    "0f950fd0427a0d697854dacf2f409ca70ad6f37c115c9f84419dc451f4f61042",
    "5dcd84f3cb5914b4d5f4b1d524682d14f162e5baa72b996600b8bf0486390357",
    "54a50e7f28401f477c2903baabf2125a76567730a32271867a46b239d0870aff",
)


def test_migrations_are_only_added() -> None:
    assert tuple(hashlib.sha256(script.encode()).hexdigest() for script in MIGRATIONS) == WRITTEN


VERSIONS = range(1, len(MIGRATIONS) + 1)


def test_every_version_has_a_golden_vault_and_no_other_has() -> None:
    assert sorted(path.name for path in GOLDEN.iterdir()) == sorted(str(version) for version in VERSIONS)


def test_a_golden_vault_has_the_version_of_its_name() -> None:
    for version in VERSIONS:
        assert version_of(GOLDEN / str(version)) == version


@pytest.mark.parametrize("version", VERSIONS)
def test_a_vault_of_every_version_opens_with_what_it_holds(version: int, tmp_path: Path, clock: datetime) -> None:
    folder = tmp_path / "kluis"
    shutil.copytree(GOLDEN / str(version), folder)
    with vaults.open_vault(folder, keychain=vaults.system_keychain, now=clock) as vault:
        assert holds(vault, version)
        assert vault.integrity(full=True)
    assert version_of(folder) == len(MIGRATIONS)
