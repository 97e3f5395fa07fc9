"""Cases with a talk that were told by hand, as a part of all cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from tests.reporting.disclosure.registry import HALF, YEAR, case, drawn, frozen, published, report
from vpdesk.domain.statements import Box, Of, Statement
from vpdesk.reporting.disclosure.talks import counting_talks, talk_dimensions, with_talks

if TYPE_CHECKING:
    from vpdesk.domain.periods import Period

BY_YEAR = "gesprek tot en met 2025-12-31"
BY_HALF = "gesprek tot en met 2025-06-30"


def about(of: Of, period: Period = YEAR, low: int = 12, high: int = 12) -> Statement:
    return Statement(of, Box(), period, low, high)


def test_cases_with_a_talk_are_a_part_of_all_cases_and_talks_bound_them_in_their_own_period() -> None:
    said = frozen((about(Of.CASES_WITH_TALK, HALF, 9, 12), about(Of.TALKS, YEAR, 40, 44), about(Of.MINUTES)), (), YEAR)
    counted = counting_talks(said, YEAR)
    assert counted.statements[:3] == said.statements
    assert counted.statements[3:] == (
        Statement(Of.CASES, Box.where_({BY_HALF: "met"}), HALF, 9, 12),
        Statement(Of.CASES, Box.where_({BY_YEAR: "met"}), YEAR, 0, 44),
    )
    assert talk_dimensions([counted]) == {BY_HALF: ("met", "zonder"), BY_YEAR: ("met", "zonder")}
    assert [s.period for s in counting_talks(said, HALF).statements[3:]] == [HALF]


def test_what_vpdesk_printed_itself_stays_as_it_was() -> None:
    said = published(report(drawn(60, 0), YEAR, wanted=("rol",)), YEAR)
    assert any(s.of is Of.CASES_WITH_TALK for s in said.statements)
    assert counting_talks(said, YEAR) is said
    assert talk_dimensions([said]) == {}


def test_a_case_has_a_talk_from_the_day_of_the_first_on() -> None:
    late = replace(case(date(2025, 3, 3)), talks=((date(2025, 9, 1), 1, 30), (date(2025, 4, 1), 0, 20)))
    (found,) = with_talks([late], {BY_HALF: ("met", "zonder"), BY_YEAR: ("met", "zonder")})
    assert (found.code(BY_HALF), found.code(BY_YEAR)) == ("zonder", "met")
    assert found.code("rol") == late.code("rol")
