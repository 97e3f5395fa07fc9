"""The page Kluis of the practice vault offers nothing that it can't do."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest

from vpdesk.ui.context import PageName
from vpdesk.ui.mover import Mover

if TYPE_CHECKING:
    from tests.ui.pages.conftest import Opened
    from vpdesk.ui.pages.vault import VaultPage

pytestmark = pytest.mark.window


def test_the_practice_vault_is_not_moved(empty: Opened) -> None:
    page = cast("VaultPage", empty.go(PageName.KLUIS))
    Mover(empty.desk)
    assert not empty.desk.commands.move.isEnabled()
    assert not page.place.move_vault.isVisible()
    assert page.place.isVisible(), "where it stands is told all the same"
    assert not page.former.isVisible()
