"""A real vault, open for one test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.casework import new_vault, with_draw

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vpdesk.store.vault import Vault


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    """A new, empty vault with the cheapest key derivation and a known draw."""
    made = with_draw(new_vault(tmp_path / "kluis"))
    yield made
    made.close()
