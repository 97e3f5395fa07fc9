"""Matters: what their store refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import casework
from vpdesk.domain.errors import NotFoundError
from vpdesk.domain.ids import MatterId
from vpdesk.domain.phases import Phase
from vpdesk.domain.rows import MatterCase, MatterRow

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


def test_all_matters_are_listed_with_their_organisation_and_number_of_cases(tmp_path: Path) -> None:
    with casework.new_vault(tmp_path / "kluis") as vault:
        one, two = casework.a_case(vault), casework.a_case(vault)
        assert vault.matters.rows() == ()
        called = vault.clients.get(one.client).name
        with vault.transaction():
            late = vault.matters.put_in(two.id, two.client, "Roosters")
            vault.matters.put_in(one.id, one.client, "roosters")
            early = vault.matters.put_in(two.id, two.client, "Beoordelingen")
        assert vault.matters.rows() == (
            MatterRow(early.id, one.client, "Beoordelingen", called, 1, two.id),
            MatterRow(late.id, one.client, "Roosters", called, 2, one.id),
        )
        assert vault.matters.cases_of(late.id) == tuple(
            MatterCase(case.id, case.code, case.pseudonym, Phase.VOORFASE) for case in (one, two)
        )
        assert vault.matters.cases_of(MatterId(late.id + early.id)) == ()
