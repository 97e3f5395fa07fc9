"""A list of what was handed over has at least one case, and a colleague is the same however her name is typed."""

from datetime import date

import pytest

from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.handover import HandedOverCase, Handover, same_recipient
from vpdesk.domain.ids import CaseId

DAY = date(2026, 1, 20)
ROW = HandedOverCase(CaseId(1), "2025-001", "Kade", named=False, consented=None)


@pytest.mark.parametrize(("count", "cases"), [(0, ()), (1, (ROW, ROW))])
def test_a_handover_counts_what_it_lists(count: int, cases: tuple[HandedOverCase, ...]) -> None:
    assert Handover(DAY, "Bo", "0" * 32, 1, (ROW,)).cases == (ROW,)
    with pytest.raises(InvalidValueError, match="minstens één casus"):
        Handover(DAY, "Bo", "0" * 32, count, cases)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Bo", "Bo", True),
        (" bo,  INTERN", "Bo intern", True),
        ("Zoë", "zoe", True),
        ("Bo", "Bo, intern", False),
        ("Bo", "Cas", False),
        ("—", "?", False),
        ("—", " — ", True),
    ],
)
def test_a_colleague_is_the_same_however_her_name_is_typed(one: str, other: str, *, same: bool) -> None:
    assert same_recipient(one, other) is same_recipient(other, one) is same
