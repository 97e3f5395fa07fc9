"""Matters: what their store refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import casework
from vpdesk.domain.errors import NotFoundError
from vpdesk.domain.ids import MatterId

if TYPE_CHECKING:
    from pathlib import Path


def test_a_matter_that_is_not_there_takes_no_name(tmp_path: Path) -> None:
    with casework.new_vault(tmp_path / "kluis") as vault:
        case = casework.a_case(vault)
        with vault.transaction():
            matter = vault.matters.put_in(case.id, case.client, "Overleg")
        with pytest.raises(NotFoundError), vault.transaction():
            vault.matters.rename(MatterId(matter.id + 1), "Anders")
        assert [one.name for one in vault.matters.of_client(None)] == ["Overleg"]
