"""A real vault, open for one test, and reports that are audited here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import auditing
from tests.casework import copied_vault, with_draw
from vpdesk.reporting.disclosure import office

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vpdesk.store.vault import Vault


@pytest.fixture
def vault(vault_folder: Path, tmp_path: Path) -> Iterator[Vault]:
    """A new, empty vault with the cheapest key derivation and a known draw."""
    made = with_draw(copied_vault(vault_folder, tmp_path / "kluis"))
    yield made
    made.close()


@pytest.fixture(autouse=True)
def _audited_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start no child for each report: most of what it does is start."""
    monkeypatch.setattr(office, "protected", auditing.protected)
