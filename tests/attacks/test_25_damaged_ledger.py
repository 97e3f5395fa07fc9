"""Attack 25: a ledger with a row lost or changed lets the next report be made as if nothing were out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import casework
from tests.attacks import kit, naive, vaults
from tests.attacks.attackers import OPEN, Solving, statements_of
from tests.reporting.disclosure.registry import HALF, YEAR, frozen
from vpdesk.domain.errors import VpdeskError
from vpdesk.domain.periods import Period
from vpdesk.reporting.disclosure.protect import published_lines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vpdesk.store.vault import Vault

CODES = {"rol": kit.ROLES}
FACTS = kit.cases(vaults.EARLY) + kit.cases(vaults.LATE, opened=kit.LATE)


def test_a_ledger_that_skips_what_it_can_not_read_lets_the_year_tell() -> None:
    half = naive.report(FACTS, HALF, CODES)
    # The half-year was printed whole; its row in the ledger is lost, so the year is made beside nothing, whole as well.
    year = kit.ours(FACTS, YEAR, codes=CODES)
    assert set(Solving([*half, *year.statements], CODES).values(YEAR, less=HALF, rol="melder")) == {2}
    known = kit.ours(FACTS, YEAR, (frozen(tuple(half), (), HALF),), codes=CODES)
    assert set(Solving([*half, *known.statements], CODES).values(YEAR, less=HALF, rol="melder")) >= OPEN


def test_a_pattern_that_is_lost_leaves_dashes_that_nobody_counts_with() -> None:
    table = dict(zip(kit.ROLES, (9, 8, 3, 4, 12), strict=True))
    (half,) = kit.out(kit.cases(table), HALF)
    assert half.pattern
    assert published_lines(half.statements, half.pattern)[0].hidden
    assert not any(line.hidden for line in published_lines(half.statements, ()))
    assert set(Solving(statements_of([half]), CODES).values(HALF, rol="collega")) >= OPEN


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Vault, Path]]:
    """A vault of which a half-year and eight months are out, and the folder where they went."""
    folder = tmp_path_factory.mktemp("uit")
    made = casework.with_draw(casework.new_vault(tmp_path_factory.mktemp("kluizen") / "kluis"))
    vaults.fill(made)
    casework.a_client(made, "Gemeente Waterveen")
    vaults.export(made, folder)
    vaults.export(made, folder, Period(HALF.first, kit.LATE))
    yield made, folder
    made.close()


@pytest.fixture
def vault(told: tuple[Vault, Path]) -> Iterator[Vault]:
    """That vault, whose ledger is put back row by row after the test."""
    connection = told[0].connection
    rows = connection.execute("SELECT * FROM publications").fetchall()
    yield told[0]
    with told[0].transaction():
        connection.execute("DELETE FROM publications")
        places = ", ".join("?" * len(rows[0]))
        connection.executemany(f"INSERT INTO publications VALUES ({places})", rows)  # noqa: S608 - only question marks
        told[0].ledger.bind()


DAMAGE = {
    "a row lost": "DELETE FROM publications WHERE id = 1",
    "the last row lost": "DELETE FROM publications WHERE id = 2",
    "all rows lost": "DELETE FROM publications",
    "the head lost": "DELETE FROM ledger_head",
    "no JSON": "UPDATE publications SET statements = '[[' WHERE id = 1",
    "numbers lost": "UPDATE publications SET statements = '[]' WHERE id = 1",
    "a number changed": "UPDATE publications SET statements = replace(statements, ', 42, 42]', ', 41, 41]') WHERE id = 1",
    "pattern lost": "UPDATE publications SET pattern = '[]' WHERE pattern <> '[]'",
    "hash changed": "UPDATE publications SET sha256 = 'x' WHERE id = 2",
    "another period": "UPDATE publications SET period = '2023-01-01/2023-06-30' WHERE id = 1",
    "another audience": "UPDATE publications SET audience = 'niemand' WHERE id = 1",
    "never sent, behind the back of vpdesk": "UPDATE publications SET never_sent = 'toch niet' WHERE id = 1",
    "rows in another order": "UPDATE publications SET id = 7 WHERE id = 1",
    "a row moved to another organisation": "UPDATE publications SET client = 2 WHERE id = 1",
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_ours_makes_no_report_beside_a_damaged_ledger(vault: Vault, told: tuple[Vault, Path], damage: str) -> None:
    with vault.transaction():
        assert vault.connection.execute(damage).rowcount > 0
    with pytest.raises(VpdeskError):
        vaults.export(vault, told[1], YEAR)
    assert not list(told[1].glob("*2025-12-31*"))


def test_ours_makes_the_report_beside_a_whole_one(vault: Vault, told: tuple[Vault, Path]) -> None:
    year = vaults.export(vault, told[1], YEAR)
    (told[1] / f"{year.client}2025-12-31.pdf").unlink()
    found = Solving(statements_of(vault.ledger.publications(year.client)), CODES)
    assert set(found.values(YEAR, less=HALF, rol="melder")) >= OPEN
