"""Attack 11: editions for different readers laid together, and a holding less its subsidiaries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests import casework
from tests.attacks import kit, naive, vaults
from tests.attacks.attackers import OPEN, Solving, said, statements_of
from tests.reporting.disclosure.oracle import leaks
from tests.reporting.disclosure.registry import YEAR, drawn, published
from vpdesk.domain.publications import Kind
from vpdesk.domain.statements import Audience, Of
from vpdesk.operations import ledger
from vpdesk.operations.cases import open_case
from vpdesk.operations.clients import add_client

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vpdesk.domain.publications import Publication
    from vpdesk.domain.statements import CaseFacts
    from vpdesk.store.vault import Vault

CODES = {"rol": kit.ROLES}
TABLE = dict(zip(kit.ROLES, (9, 8, 3, 6, 12), strict=True))


def test_an_edition_that_hides_others_beside_the_small_one() -> None:
    facts = kit.cases(TABLE)
    editions = [
        naive.printed("rol", YEAR, TABLE, frozenset({"collega", other})) for other in ("melder", "naaste")
    ]  # fmt: skip
    assert all(set(Solving(edition, CODES).values(YEAR, rol="collega")) >= OPEN for edition in editions)
    joined = Solving([s for edition in editions for s in edition], CODES)
    assert set(joined.values(YEAR, rol="collega")) == {3}
    assert set(Solving(statements_of(audiences(facts)), CODES).values(YEAR, rol="collega")) >= OPEN


def audiences(facts: list[CaseFacts], **asked: Any) -> list[Publication]:
    """Return the same year for each audience, one after the other."""
    found: list[Publication] = []
    for number, audience in enumerate(Audience, start=1):
        report = kit.ours(facts, YEAR, tuple(found), audience=audience, **asked)
        found.append(published(report, YEAR, number, audience))
    return found


@pytest.mark.parametrize("seed", range(3))
def test_all_audiences_joined_on_drawn_registries(seed: int) -> None:
    facts = drawn(80, seed)
    assert leaks(facts, audiences(facts, codes=kit.DRAWN)) == []


def test_a_holding_less_its_subsidiaries() -> None:
    found = Solving([said(YEAR, 31, onderdeel=frozenset({"a", "b", "rest"})), said(YEAR, 15, onderdeel="a"),
                     said(YEAR, 14, onderdeel="b")], {"onderdeel": ("a", "b", "rest")})  # fmt: skip
    assert set(found.values(YEAR, onderdeel="rest")) == {2}


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    made = casework.with_draw(casework.new_vault(tmp_path / "kluis"))
    yield made
    made.close()


def test_our_subsidiaries_beside_a_number_of_the_whole_holding(vault: Vault, tmp_path: Path) -> None:
    # The board was told of 31 cases in the whole holding; both subsidiaries get a report, and somebody has all three.
    holding = add_client(vault, name="Speelwijs Holding")
    told = ledger.Entry(holding.id, Kind.BRIEF, casework.TODAY, "De raad", YEAR, (ledger.Said(31, 31),))
    ledger.enter(vault, told, today=told.on)
    statements = [said(YEAR, 31)]
    for name, count in (("Speelwijs Noord", 15), ("Speelwijs Zuid", 14)):
        part = add_client(vault, name=name, part_of=holding.id)
        for n in range(count):
            open_case(vault, client=part.id, opened=kit.EARLY, rol=kit.ROLES[n % 2])
        totals = [s for s in vaults.export(vault, tmp_path, YEAR, name).statements if not s.box.where]
        statements += [said(YEAR, s.minimum, s.maximum, onderdeel=name) for s in totals if s.of is Of.CASES]
    found = Solving(statements, {"onderdeel": ("Speelwijs Noord", "Speelwijs Zuid", "rest")})
    assert set(found.values(YEAR, onderdeel="rest")) >= OPEN
