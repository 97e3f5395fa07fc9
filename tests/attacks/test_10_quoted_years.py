"""Attack 10, on a number that is out only because the next report quotes it: its own report was never sent after all."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final

import pytest

from tests import casework
from tests.attacks import kit
from tests.attacks.attackers import K, Solving, statements_of
from tests.reporting.disclosure.registry import YEAR, case, published
from vpdesk.domain import taxonomy
from vpdesk.domain.periods import Period
from vpdesk.domain.statements import Audience, Box, Of, Statement
from vpdesk.operations import ledger as house
from vpdesk.operations import reports
from vpdesk.reporting.quotations import with_quotations
from vpdesk.reporting.trends import quotes_of, years_said

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from vpdesk.domain.publications import Publication
    from vpdesk.domain.statements import CaseFacts
    from vpdesk.store.vault import Vault

LAST_YEAR: Final = Period.year(2024)
HALF: Final = Period(LAST_YEAR.first, LAST_YEAR.last.replace(month=6, day=30))
REST: Final = Period(HALF.last.replace(month=7, day=1), LAST_YEAR.last)
BOTH: Final = Period(LAST_YEAR.first, YEAR.last)
NEXT_YEAR: Final = Period.year(2026)
THEMES: Final = ("pesten", "intimidatie", "agressie en geweld", "corruptie", "onbekend")
CODES: Final = {"thema": THEMES}
SEEDS: Final = (0, 1, 2, 4, 5, 6)
"""Organisations of which two years name the same theme, so that themes stand side by side."""


def year(seed: int, number: int, cases: int) -> list[CaseFacts]:
    weights = random.Random(seed).sample((1, 3, 6, 8, 9), len(THEMES))  # noqa: S311 - invented cases
    rng = random.Random(100 * seed + number)  # noqa: S311
    found = []
    for n in range(cases):
        opened = LAST_YEAR.first.replace(year=number, month=1 + (9 * n) % 12)
        found.append(case(opened, thema=rng.choices(THEMES, weights)[0]))
    return found


@cache
def registry(seed: int) -> list[CaseFacts]:
    return [*year(seed, 2024, 46), *year(seed, 2025, 60), *year(seed, 2026, 50)]


@cache
def ledger(seed: int) -> tuple[Publication, Publication]:
    """Return the report of 2024 and that of 2025, which quotes it."""
    last = published(kit.ours(registry(seed), LAST_YEAR, codes=CODES), LAST_YEAR)
    made = kit.ours(registry(seed), YEAR, (last,), codes=CODES)
    quotes = quotes_of(made, years_said((last,), YEAR, Audience.WERKGEVER), YEAR)
    return last, replace(published(made, YEAR, 2), quotes=quotes, pdf=b"%PDF")


def unsent(seed: int) -> tuple[Publication, ...]:
    """Return what is out when the report of 2024 was never sent."""
    last, this = ledger(seed)
    return with_quotations((replace(last, never_sent="Bleef een concept."), this))


def leaks(seed: int, said: Sequence[Statement]) -> set[tuple[str, Period]]:
    """Return of which small numbers a reader of 2025 and of more finds that they are not 0, or not k."""
    _, this = ledger(seed)
    return found([*statements_of([this]), *said], registry(seed), THEMES)


def found(said: Sequence[Statement], facts: Sequence[CaseFacts], themes: tuple[str, ...]) -> set[tuple[str, Period]]:
    told = Solving(said, {"thema": themes}, (HALF, REST, LAST_YEAR, YEAR))
    small = [
        (code, days)
        for days in (HALF, REST, LAST_YEAR, YEAR)
        for code in themes
        if sum(f.opened in days and f.codes["thema"] == code for f in facts) < K
    ]
    return {(code, days) for code, days in small if not {0, K} <= set(told.values(days, thema=code))}


@pytest.mark.parametrize("seed", SEEDS)
def test_a_half_year_is_as_it_would_be_beside_the_report_itself(seed: int) -> None:
    last, this = ledger(seed)
    assert any(said.box.where for said in this.quotes)
    beside = kit.ours(registry(seed), HALF, (last, this), codes=CODES)
    assert kit.ours(registry(seed), HALF, unsent(seed), codes=CODES) == beside


@pytest.mark.parametrize("period", [HALF, BOTH])
def test_no_small_number_falls_beside_what_is_quoted_and_does_where_that_is_forgotten(period: Period) -> None:
    forgotten, ours = set(), set()
    for seed in SEEDS:
        _, this = ledger(seed)
        forgotten |= leaks(seed, kit.ours(registry(seed), period, (this,), codes=CODES).statements)
        ours |= leaks(seed, kit.ours(registry(seed), period, unsent(seed), codes=CODES).statements)
    assert forgotten
    assert not ours


@pytest.mark.parametrize("seed", SEEDS)
def test_next_year_is_audited_as_if_nothing_was_taken_back(seed: int) -> None:
    last, this = ledger(seed)
    assert kit.ours(registry(seed), NEXT_YEAR, unsent(seed), codes=CODES) == kit.ours(
        registry(seed), NEXT_YEAR, (last, this), codes=CODES
    )


def test_a_quotation_of_a_report_that_the_ledger_lost_counts_in_whole_numbers() -> None:
    for seed in SEEDS:
        _, this = ledger(seed)
        alone = with_quotations((this,))
        assert [(p.statements, p.by_hand) for p in alone] == [(this.statements, False), (this.quotes, True)]
        assert not leaks(seed, kit.ours(registry(seed), HALF, alone, codes=CODES).statements)


def test_the_last_year_counted_anew_stands_beside_the_number_that_is_quoted() -> None:
    _, this = ledger(0)
    facts = [*registry(0), case(LAST_YEAR.last, thema="corruptie")]
    naive = kit.ours(facts, LAST_YEAR, (this,), codes=CODES)
    assert naive.total is not None
    assert naive.total.minimum - this.quotes[0].minimum == 1
    made = kit.ours(facts, LAST_YEAR, unsent(0), codes=CODES)
    assert made.total is None or made.total.minimum <= this.quotes[0].minimum <= made.total.maximum
    both = Solving([*this.quotes, *made.statements], CODES)
    assert this.quotes[0].minimum in both.values(LAST_YEAR)


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    """A vault with the cases of an organisation over two years, by theme and nothing else."""
    made = casework.with_draw(casework.new_vault(tmp_path / "kluis"))
    for fact in registry(0):
        if fact.opened <= YEAR.last:
            casework.a_case(made, fact.opened, thema=fact.codes["thema"])
    yield made
    made.close()


def file_of(vault: Vault, folder: Path, period: Period) -> list[Statement]:
    """Let a report go out, and return what its statements file says, as somebody reads it who has only that."""
    out = folder / f"{period.first}{period.last}.json"
    reports.export_report(
        vault, client_id=casework.a_client(vault).id, period=period, audience=Audience.WERKGEVER,
        out=out.with_suffix(".pdf"), now=casework.NOW, backup_places=(), statements_out=out,
    )  # fmt: skip
    return [
        Statement(Of(s["of"]), Box.where_({name: frozenset(codes) for name, codes in s["where"].items()}),
                  Period.from_code(s["periode"]), s["min"], s["max"])
        for s in json.loads(out.read_text("utf-8"))["statements"]
    ]  # fmt: skip


def test_files_of_a_real_vault_tell_no_small_number_after_one_report_was_taken_back(
    vault: Vault, tmp_path: Path
) -> None:
    file_of(vault, tmp_path, LAST_YEAR)
    this = file_of(vault, tmp_path, YEAR)
    assert {s.period for s in this} == {LAST_YEAR, YEAR}
    (last, _) = vault.ledger.publications(casework.a_client(vault).id)
    house.never_sent(vault, last.id, reason="Bleef een concept.")
    half = file_of(vault, tmp_path, HALF)
    assert half
    themes = tuple(taxonomy.THEMA.codes)
    facts = [fact for fact in registry(0) if fact.opened <= YEAR.last]
    assert not found([*this, *half], facts, themes)
    with vault.transaction():  # as if the report of 2025 did not know what it quotes
        vault.connection.execute("UPDATE publications SET quotes = '[]', document = '', document_sha256 = ''")
        vault.connection.execute("DELETE FROM publications WHERE period = ?", (HALF.code(),))
        vault.ledger.bind()
    assert found([*this, *file_of(vault, tmp_path, HALF)], facts, themes)
