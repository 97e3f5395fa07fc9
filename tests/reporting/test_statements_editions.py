"""Open editions of what is out already, and what is not known about cases."""

from __future__ import annotations

import pytest

from tests.reporting.disclosure.registry import DIMENSIONS, YEAR, drawn, frozen, published, report
from vpdesk.domain.errors import ReportRefusedError
from vpdesk.domain.periods import Period
from vpdesk.domain.statements import Audience, Box, Of, Statement
from vpdesk.reporting.statements import _truth


def test_a_count_on_a_day_that_was_not_asked_for_or_outside_the_period_is_not_known() -> None:
    known = _truth(drawn(20, 1), YEAR, DIMENSIONS)
    assert known("", "", (YEAR,)) == 20
    assert known("fase@2024-01-01", "voorfase", (YEAR,)) is None
    assert known("", "", (Period.year(2024),)) is None


def test_an_open_edition_with_fewer_tables_leaves_the_others_out() -> None:
    facts = drawn(120, 6)
    out = published(report(facts, YEAR, wanted=("rol", "thema")), YEAR)
    opened = report(facts, YEAR, (out,), audience=Audience.OPENBAAR, wanted=("rol",))
    assert {table.dimension for table in opened.tables} <= {"rol"}


def test_an_open_edition_of_an_interval_says_nothing_more() -> None:
    interval = frozen((Statement(Of.CASES, Box(), YEAR, 15, 25),), (), YEAR)
    with pytest.raises(ReportRefusedError, match="Kies een langere periode"):
        report(drawn(20, 1), YEAR, (interval,), audience=Audience.OPENBAAR)
