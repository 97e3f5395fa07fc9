"""What was audited lately is given again for the same question to the letter, and for no other."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import fields, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.reporting.disclosure.registry import HALF, YEAR, drawn, published, report, request
from tests.reporting.disclosure.test_office import answering, says, word
from vpdesk import children
from vpdesk.domain.errors import ReportRefusedError
from vpdesk.domain.ids import ClientId
from vpdesk.domain.publications import Kind
from vpdesk.domain.report_choices import ReportChoices
from vpdesk.domain.statements import Audience
from vpdesk.reporting.disclosure import office
from vpdesk.reporting.disclosure.answers import MOST, Answers
from vpdesk.reporting.disclosure.family import Relative
from vpdesk.reporting.revision import Revising

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable

FACTS = drawn(40, 4)
SAID = report(FACTS, YEAR, wanted=("rol",))
ASKED = request(FACTS, YEAR, wanted=("rol",))
OUT = published(report(FACTS, HALF), HALF)
NOON = datetime(2026, 1, 20, 12, 0)  # noqa: DTZ001 - local time


@pytest.fixture
def starts(monkeypatch: pytest.MonkeyPatch) -> list[None]:
    """One for each child that is started; each says the same report, whatever it is asked."""
    found: list[None] = []
    real: Callable[..., subprocess.Popen[bytes]] = children.start

    def start(*asked: Any, **how: Any) -> subprocess.Popen[bytes]:
        found.append(None)
        return real(*asked, **how)

    monkeypatch.setattr(children, "start", start)
    monkeypatch.setattr(office, "command", lambda: answering(SAID))
    return found


@pytest.fixture
def answers() -> Answers:
    return Answers(lambda: NOON)


def test_the_same_question_is_audited_once(answers: Answers, starts: list[None]) -> None:
    first = office.protected(ASKED, answers=answers)
    again = office.protected(request(drawn(40, 4), YEAR, wanted=("rol",)), answers=answers)
    assert again is first
    assert len(starts) == 1
    office.protected(ASKED)
    assert len(starts) == 2, "nothing is kept where nobody asks for that"


CHANGES: dict[str, Any] = {
    "facts": tuple(FACTS[1:]),
    "client": ClientId(2),
    "period": HALF,
    "audience": Audience.OPENBAAR,
    "threshold": 4,
    "dimensions": {**ASKED.dimensions, "rol": (*ASKED.dimensions["rol"], "nieuw")},
    "earlier": (OUT,),
    "draw_key": b"k" * 32,
    "wanted": ("rol", "relatie"),
    "year_starts_in": 9,
    "family": (Relative(OUT, frozenset({ClientId(1)})),),
    "counted": YEAR,
    "choices": ReportChoices({"rol": (("melder", "getuige"),)}),
    "revising": Revising({}, ()),
}


@pytest.mark.parametrize("name", [field.name for field in fields(ASKED)])
def test_whatever_changes_in_the_question_asks_anew(name: str, answers: Answers, starts: list[None]) -> None:
    office.protected(ASKED, answers=answers)
    with suppress(ReportRefusedError):  # the child says the report it always says, which need not fit
        office.protected(replace(ASKED, **{name: CHANGES[name]}), answers=answers)
    assert len(starts) == 2


def test_a_report_that_turns_out_never_sent_asks_anew(answers: Answers, starts: list[None]) -> None:
    office.protected(replace(ASKED, earlier=(OUT,)), answers=answers)
    office.protected(replace(ASKED, earlier=(replace(OUT, never_sent="Niet gegeven."),)), answers=answers)
    office.protected(replace(ASKED, earlier=(replace(OUT, kind=Kind.BRIEF),)), answers=answers)
    assert len(starts) == 3


def test_what_was_refused_is_not_kept(answers: Answers, starts: list[None], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "command", lambda: says(word(refused="Dit kan niet.")))
    for _ in range(2):
        with pytest.raises(ReportRefusedError, match="Dit kan niet"):
            office.protected(ASKED, answers=answers)
    monkeypatch.setattr(office, "command", lambda: answering(replace(SAID, audited=False)))
    with pytest.raises(ReportRefusedError):
        office.protected(ASKED, answers=answers)
    assert len(starts) == 3


def test_the_one_that_was_not_asked_for_longest_makes_room() -> None:
    now = NOON
    answers = Answers(lambda: now)
    reports = [replace(SAID, notes=(str(n),)) for n in range(MOST + 1)]
    for n, each in enumerate(reports[:MOST]):
        now = NOON + timedelta(minutes=n)
        answers.keep(str(n), each)
    assert answers.of("0") is reports[0]
    answers.keep(str(MOST), reports[MOST])
    assert answers.of("1") is None
    assert [answers.of(str(n)) for n in (0, *range(2, MOST + 1))] == [reports[0], *reports[2:]]
    assert answers.audited(reports[0]) == NOON, "asking for it again is no audit"
    assert answers.audited(reports[2]) == NOON + timedelta(minutes=2)
    assert answers.audited(reports[1]) is None
    now = NOON + timedelta(hours=1)
    answers.keep("0", reports[0])
    assert answers.audited(reports[0]) == now
    assert answers.of("2") is reports[2]
