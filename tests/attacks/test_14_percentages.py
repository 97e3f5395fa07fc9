"""Attack 14: percentages turned back into the counts that were hidden."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.attacks import files, kit, naive
from tests.attacks.attackers import K
from tests.reporting.disclosure.registry import YEAR, drawn, report
from vpdesk.domain.report_choices import ReportChoices, key_of
from vpdesk.reporting.report_words import percentage
from vpdesk.reporting.statements import Level

if TYPE_CHECKING:
    from vpdesk.reporting.statements import ProtectedReport

TABLE = dict(zip(kit.ROLES, (17, 11, 3, 6, 9), strict=True))


def inverted(shown: str, totals: list[int]) -> set[int]:
    """Return the counts that give a percentage, for any total that is out or may be it."""
    return {part for total in totals for part in range(total + 1) if naive.percentage(part, total) == shown}


def test_a_share_of_a_hidden_count() -> None:
    total = sum(TABLE.values())
    shares = {code: naive.percentage(n, total) for code, n in TABLE.items()}
    assert inverted(shares["collega"], [total]) == {3}


def test_a_hidden_total_behind_shown_counts() -> None:
    # Counts and shares of the shown rows, no total and nothing of the small row: the total follows, and then the row.
    total = sum(TABLE.values())
    shown = {code: (n, naive.percentage(n, total)) for code, n in TABLE.items() if n >= K}
    totals = [t for t in range(200) if all(t and naive.percentage(n, t) == share for n, share in shown.values())]
    assert {t - sum(n for n, _ in shown.values()) for t in totals} == {3}


def readable(said: ProtectedReport) -> tuple[set[str], set[str]]:
    """Return the percentages that stand in the file, and those of two published counts."""
    printed = {match.replace(" ", "") for match in re.findall(r"\d+(?:,\d+)?\s?%", files.everything(kit.file_of(said)))}
    allowed = {"100%"}
    for table in said.tables:
        counts = [value for _, value in table.rows if isinstance(value, int)]
        allowed |= {percentage(count, table.total) for count in counts}
        allowed |= {percentage(a + b, table.total) for a in counts for b in counts}
    return printed, allowed


@pytest.mark.parametrize("cases", [24, 60, 200])
def test_every_percentage_is_of_two_published_counts(cases: int) -> None:
    said = report(drawn(cases, cases), YEAR)
    assert said.level is Level.EENRIJ
    printed, allowed = readable(said)
    assert bool(printed) == (cases > 30)  # below that a share would stand for one case
    assert printed <= allowed
    hidden = {line.dimension: line.codes for line in said.pattern}
    assert set(hidden) <= {table.dimension for table in said.tables if table.hidden_sum is not None}


def test_other_hidden_counts_give_the_same_percentages() -> None:
    facts = kit.cases(TABLE)
    other = kit.twin(facts)
    assert naive.counted(facts, "rol", kit.ROLES, YEAR) != naive.counted(other, "rol", kit.ROLES, YEAR)
    first, second = (files.everything(kit.file_of(kit.ours(some))) for some in (facts, other))
    assert first == second


def test_the_share_of_one_code_in_a_row_of_several() -> None:
    # "Melder en getuige: 28, waarvan 14% getuige" gives four away; ours prints no share of a part of a row.
    row, small = ("melder", "getuige"), ("collega", "naaste")
    table = dict(zip(kit.ROLES, (24, 4, 17, 2, 23), strict=True))
    assert inverted(naive.percentage(table["getuige"], 28), [28]) == {table["getuige"]}
    chosen = ReportChoices({"rol": (row, small)})
    said = kit.ours(kit.cases(table), choices=chosen)
    assert kit.rows(said) == {key_of(row): 28, key_of(small): 19, "onbekend": 23}
    printed, allowed = readable(said)
    assert printed
    assert printed <= allowed
    other = {**table, "melder": 1, "getuige": 27, "collega": 0, "naaste": 19}
    second = kit.ours(kit.cases(other), choices=chosen)
    assert files.everything(kit.file_of(second)) == files.everything(kit.file_of(said))
