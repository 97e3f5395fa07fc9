"""A reason must hold something that somebody can see."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from vpdesk.domain import attachments, reminders
from vpdesk.domain.conflicts import ConflictRecord
from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.ids import CaseId, ConflictId, HoldId
from vpdesk.domain.retention import Hold, HoldKind, KeptLonger
from vpdesk.domain.seen import says_something

if TYPE_CHECKING:
    from collections.abc import Callable

DAY = date(2025, 5, 5)
INVISIBLE = ["", " ", "\u200b", "\u00ad\u2060 \t", "\u3164", "\u2800", "\ufe0f\u034f", "\u0301", "\x00"]


@pytest.mark.parametrize("text", INVISIBLE)
def test_what_nobody_sees_says_nothing(text: str) -> None:
    assert not says_something(text)
    assert says_something(f"{text}x{text}")


@pytest.mark.parametrize("text", ["ja", "?", "e\u0301", "é", "理由", "1", "🙂"])
def test_what_is_seen_says_something(text: str) -> None:
    assert says_something(text)


ASKED: dict[str, Callable[[str], object]] = {
    "a file": attachments.check_reason,
    "the end of aftercare": lambda why: reminders.AftercareEnd(DAY, why),
    "a hold": lambda why: Hold(HoldId(0), CaseId(1), next(iter(HoldKind)), DAY, why),
    "keeping longer": lambda why: KeptLonger(DAY, date(2026, 5, 5), why),
    "going on in a conflict": lambda why: ConflictRecord(ConflictId(0), CaseId(1), DAY, why),
}


@pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED.keys())
def test_no_reason_is_invisible(ask: Callable[[str], object]) -> None:
    ask("Op verzoek van de persoon")
    for why in INVISIBLE:
        with pytest.raises(InvalidValueError):
            ask(why)
