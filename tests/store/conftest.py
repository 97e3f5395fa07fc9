"""A real vault, open for one test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.casework import copied_vault

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vpdesk.store.vault import Vault


@pytest.fixture
def vault(vault_folder: Path, tmp_path: Path) -> Iterator[Vault]:
    """A new, empty vault with the cheapest key derivation."""
    made = copied_vault(vault_folder, tmp_path / "kluis")
    yield made
    made.close()
