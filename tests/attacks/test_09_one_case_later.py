"""Attack 9: the same report after one case was added, moved, corrected or destroyed, and after an older copy came back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from tests import casework
from tests.attacks import kit, naive, vaults
from tests.attacks.attackers import K, statements_of
from tests.reporting.disclosure.oracle import leaks
from tests.reporting.disclosure.registry import HALF, SECOND_HALF, YEAR, case, drawn, published
from tests.vault_kit import NOW, PHRASE, SMALL, Made, made
from vpdesk.domain.errors import LedgerUnknownError, ReportRefusedError
from vpdesk.domain.statements import Audience, CaseFacts, Statement
from vpdesk.operations.backups import make_backup
from vpdesk.operations.reports import export_report
from vpdesk.operations.restoring import restore_backup
from vpdesk.operations.vaults import open_vault

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from vpdesk.store.vault import Vault

CODES = {"rol": kit.ROLES, "relatie": kit.DRAWN["relatie"]}
BEFORE = [
    *kit.cases(dict(zip(kit.ROLES, (9, 8, 7, 6, 12), strict=True)), relatie="collega"),
    *kit.cases(dict(zip(kit.ROLES, (7, 9, 8, 8, 9), strict=True)), opened=kit.LATE, relatie="leidinggevende"),
]
SECRET = {"rol": "naaste", "relatie": "collega"}


def added() -> list[CaseFacts]:
    return [*BEFORE, case(kit.EARLY, **SECRET)]


def destroyed() -> list[CaseFacts]:
    gone = next(fact for fact in BEFORE if SECRET.items() <= fact.codes.items())
    return [fact for fact in BEFORE if fact is not gone]


def corrected() -> list[CaseFacts]:
    wrong = next(fact for fact in BEFORE if fact.codes["rol"] == "naaste")
    return [replace(f, codes={**f.codes, "rol": "melder"}) if f is wrong else f for f in BEFORE]


def moved() -> list[CaseFacts]:
    wrong = next(fact for fact in BEFORE if SECRET.items() <= fact.codes.items())
    return [replace(fact, opened=kit.LATE) if fact is wrong else fact for fact in BEFORE]


def difference(first: list[Statement], second: list[Statement]) -> dict[tuple[str, str], int]:
    """Lay two editions side by side: by how much each number changed."""
    before = {s.box: s.minimum for s in first}
    changed = {s.box: s.minimum - before[s.box] for s in second if s.minimum != before.get(s.box, s.minimum)}
    return {(box.where[0][0], box.where[0][1][0]) if box.where else ("", ""): n for box, n in changed.items()}


CHANGES = [
    (added, {("rol", "naaste"): 1, ("relatie", "collega"): 1}),
    (destroyed, {("rol", "naaste"): -1, ("relatie", "collega"): -1}),
    (corrected, {("rol", "naaste"): -1, ("rol", "melder"): 1}),
    (moved, {("rol", "naaste"): -1, ("relatie", "collega"): -1}),
]


@pytest.mark.parametrize(("change", "told"), CHANGES, ids=[change.__name__ for change, _ in CHANGES])
def test_a_second_edition_of_the_same_period(
    change: Callable[[], list[CaseFacts]], told: dict[tuple[str, str], int]
) -> None:
    after = change()
    found = difference(naive.report(BEFORE, HALF, CODES), naive.report(after, HALF, CODES))
    assert {name: n for name, n in found.items() if name[0]} == told
    publication = kit.out(BEFORE, HALF, codes=CODES)[0]
    opened = [kit.ours(f, HALF, (publication,), codes=CODES, audience=Audience.OPENBAAR) for f in (BEFORE, after)]
    assert opened[0] == opened[1]
    for audience in (Audience.WERKGEVER, Audience.OR):
        again = kit.ours(after, HALF, (publication,), codes=CODES, audience=audience)
        assert again.statements == publication.statements
        assert kit.file_of(again) == kit.file_of(kit.ours(BEFORE, HALF, (publication,), codes=CODES, audience=audience))


@pytest.mark.parametrize(("change", "_told"), CHANGES, ids=[change.__name__ for change, _ in CHANGES])
def test_a_year_over_halves_of_which_one_case_changed(
    change: Callable[[], list[CaseFacts]], _told: dict[tuple[str, str], int]
) -> None:
    after = change()
    halves = [s for period in (HALF, SECOND_HALF) for s in naive.report(BEFORE, period, CODES)]
    year = naive.report(after, YEAR, CODES)
    sums = {s.box: sum(h.minimum for h in halves if h.box == s.box) for s in year}
    naively = {s.box: s.minimum - sums[s.box] for s in year if s.minimum != sums[s.box]}
    assert (naively != {}) == (change is not moved)  # within the year a move changes nothing
    publications = kit.out(BEFORE, HALF, SECOND_HALF, codes=CODES)
    said = kit.ours(after, YEAR, tuple(publications), codes=CODES)
    of_halves = statements_of(publications)
    for statement in said.statements:
        parts = [s for s in of_halves if s.box == statement.box]
        if len(parts) == 2:
            together = sum(s.minimum for s in parts)
            assert statement.minimum <= together <= statement.maximum
    assert leaks(after, [*publications, published(said, YEAR, 3)], dimensions=CODES) == []


def test_no_number_of_a_drawn_year_tells_that_one_case_came_later() -> None:
    facts = drawn(70, 21)
    publications = kit.out(facts, HALF, SECOND_HALF, codes=kit.DRAWN)
    later = [*facts, case(kit.EARLY, rol="naaste", relatie="collega")]
    said = kit.ours(later, YEAR, tuple(publications), codes=kit.DRAWN)
    assert said.total is not None
    assert said.total.minimum <= len(facts) < len(later) <= said.total.maximum
    assert said.total.maximum - said.total.minimum >= K


@pytest.fixture
def kit_of_vault(tmp_path: Path) -> Made:
    return made(tmp_path / "kluis")


def test_the_same_report_from_an_older_copy(kit_of_vault: Made, tmp_path: Path) -> None:
    # The report went out after the copy; in the copy nothing is out, and one case is not there yet.
    secret, others = "naaste", {**vaults.EARLY, "naaste": 6}
    with casework.with_draw(_opened(kit_of_vault)) as vault:
        vaults.fill(vault, others)
        copy = make_backup(vault, places=(tmp_path / "kopieën",), now=NOW).path
        casework.a_case(vault, kit.EARLY, rol=secret)
        out = vaults.export(vault, tmp_path)
    codes = {"rol": kit.ROLES}
    now, then = (kit.cases(table) for table in ({**others, secret: 7}, others))
    naively = difference(naive.report(then, HALF, codes), naive.report(now, HALF, codes))
    assert naively == {("", ""): 1, ("rol", secret): 1}
    arguments: dict[str, Any] = {
        "words": kit_of_vault.words,
        "keychain": kit_of_vault.keychain,
        "now": NOW,
        "kdf": SMALL,
    }
    elsewhere = restore_backup(copy, folder=tmp_path / "laptop", **arguments)
    with elsewhere, pytest.raises(LedgerUnknownError, match="niets geëxporteerd"):
        vaults.export(elsewhere, tmp_path)
    with restore_backup(copy, folder=kit_of_vault.folder, **arguments) as here:
        again = vaults.export(here, tmp_path)
        with pytest.raises(ReportRefusedError, match="andere kopie"):  # the copy never knew which cases it counted
            export_report(
                here, client_id=out.client, period=HALF, audience=Audience.WERKGEVER, out=tmp_path / "herzien.pdf",
                now=NOW, backup_places=(), revised=True,
            )  # fmt: skip
    assert (again.statements, again.pdf) == (out.statements, out.pdf)


def _opened(kit_of_vault: Made) -> Vault:
    return open_vault(kit_of_vault.folder, passphrase=PHRASE, keychain=kit_of_vault.keychain, now=NOW)
