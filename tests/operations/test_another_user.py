"""A vault in the folder of another user of this laptop: not looked into, and said so."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.vault_kit import NOW, PHRASE, Made, fingerprint, made
from vpdesk.domain.errors import VaultError
from vpdesk.operations import doctor, vaults
from vpdesk.store import generations

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOBODY = 65534


@pytest.fixture
def theirs(tmp_path: Path) -> Iterator[Made]:
    """A vault whose folder this process may not enter: as another user, or by its own rights where it can be no other."""
    kit = made(tmp_path / "kluis")
    before = fingerprint(kit.folder)
    kit.folder.chmod(0)
    if os.geteuid() == 0:
        os.seteuid(NOBODY)
        yield kit
        os.seteuid(0)
    else:
        yield kit
    kit.folder.chmod(0o700)
    assert fingerprint(kit.folder) == before


def test_it_is_said_and_nothing_is_tried(theirs: Made) -> None:
    with pytest.raises(VaultError) as refused:
        vaults.open_vault(theirs.folder, passphrase=PHRASE, keychain=theirs.keychain, now=NOW)
    assert str(refused.value) == generations.NOT_YOURS


def test_it_counts_as_a_vault_so_that_no_new_one_is_made_there(theirs: Made) -> None:
    found = vaults.describe(theirs.folder)
    assert found.exists
    assert found.problem == generations.NOT_YOURS
    with pytest.raises(VaultError):
        vaults.begin_setup(theirs.folder, passphrase=PHRASE, keychain=theirs.keychain, now=NOW)


def test_the_doctor_says_it(theirs: Made) -> None:
    lines = {line.name: line for line in doctor.doctor(theirs.folder, keychain=theirs.keychain, now=NOW)}
    assert not lines["Kluis"].ok
    assert lines["Kluis"].sentence == generations.NOT_YOURS
