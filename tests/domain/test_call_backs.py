"""A call-back needs one thing, calls no earlier than it was made, and becomes who comes in a case without retyping."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.casework import TODAY
from vpdesk.domain.call_backs import LONGEST, CallBack, WorkMail
from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.ids import CallBackId, CaseId
from vpdesk.domain.people import Part, Person, Voicemail

NEW = CallBackId(0)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Vul één ding in"),
        ({"called": " "}, "Vul één ding in"),
        ({"called": "a" * (LONGEST + 1)}, "De aanspreekvorm is een regel"),
        ({"reach": "06\n12"}, "Een nummer is een regel"),
        ({"hours": "na 18 uur", "due": TODAY - DAY}, "niet in het verleden"),
    ],
)
def test_what_can_not_be_is_refused_in_a_sentence(fields: dict[str, object], sentence: str) -> None:
    with pytest.raises(InvalidValueError, match=sentence):
        CallBack(NEW, TODAY, **({"due": TODAY} | fields))  # type: ignore[arg-type] # fields by name


def test_it_is_kept_for_fourteen_days_and_never_goes_before_one_was_to_call() -> None:
    made = CallBack(NEW, TODAY, TODAY, called="mevrouw K.")
    assert made.until == TODAY + 14 * DAY
    assert made.postponed(TODAY + 20 * DAY).until == TODAY + 20 * DAY


@pytest.mark.parametrize(
    ("hours", "mail", "told"),
    [
        ("na 18 uur", WorkMail.NEE, "na 18 uur; nooit werkmail"),
        ("", WorkMail.JA, "werkmail mag"),
        ("weekend", WorkMail.ONBEKEND, "weekend"),
    ],
)
def test_it_becomes_who_comes_in_a_case(hours: str, mail: WorkMail, told: str) -> None:
    call_back = CallBack(NEW, TODAY, TODAY, None, "mevrouw K.", "06", hours, Voicemail.NEE, mail)
    assert call_back.person(CaseId(7)) == Person(
        call_back.person(CaseId(7)).id,
        CaseId(7),
        Part.KOMT,
        "mevrouw K.",
        reach="06",
        hours=told,
        voicemail=Voicemail.NEE,
    )
