"""What changed since a report went out, box by box."""

from __future__ import annotations

from vpdesk.domain.corrections import Change, nothing_or_enough
from vpdesk.domain.ids import CaseId
from vpdesk.domain.periods import Period
from vpdesk.domain.statements import Box, Of, Statement

YEAR = Period.year(2025)
WAS = {
    CaseId(1): {"rol": "melder", "thema": "pesten"},
    CaseId(2): {"rol": "melder", "thema": "fraude"},
    CaseId(3): {"rol": "getuige", "thema": "pesten"},
}
NOW = {
    CaseId(1): {"rol": "melder", "thema": "pesten"},
    CaseId(2): {"rol": "getuige", "thema": "fraude"},
    CaseId(4): {"rol": "melder", "thema": "pesten"},
}
MELDERS, WITNESSES = Box.of(rol="melder"), Box.of(rol="getuige")


def test_a_case_that_changes_its_code_leaves_one_box_and_enters_another() -> None:
    change = Change(WAS, NOW)
    assert change.any
    assert change.moved(Box()) == (1, 1)
    assert change.moved(MELDERS) == (1, 1)
    assert change.moved(WITNESSES) == (1, 1)
    assert change.moved(Box.of(thema="fraude")) == (0, 0)


def test_a_case_is_touched_where_anything_that_is_printed_of_it_changed() -> None:
    change = Change(WAS, NOW)
    assert set(change.kept(("thema",))) == {1, 2}
    assert set(change.kept(("thema", "rol"))) == {1}
    assert change.touched(Box.of(thema="fraude"), ("thema",)) == (0, 0)
    assert change.touched(Box.of(thema="fraude"), ("thema", "rol")) == (1, 1)


def test_what_others_know_can_be_left_aside() -> None:
    change = Change(WAS, NOW).without({CaseId(2), CaseId(4)})
    assert change.moved(MELDERS) == (0, 0)
    assert change.moved(Box()) == (0, 1)


def test_equal_cases_are_no_change() -> None:
    assert not Change(WAS, dict(WAS)).any
    assert not Change({}, {}).any


def test_the_cases_of_then_fit_what_was_said_of_them() -> None:
    change = Change(WAS, NOW)
    said = [Statement(Of.CASES, MELDERS, YEAR, 2, 2), Statement(Of.TALKS, Box(), YEAR, 90, 95)]
    assert change.fits(said)
    assert not change.fits([*said, Statement(Of.CASES, Box(), YEAR, 4, 4)])
    assert not change.fits([Statement(Of.CASES, Box.of(relatie="collega"), YEAR, 3, 3)])


def test_a_number_of_nothing_or_enough_may_change() -> None:
    assert nothing_or_enough([(0, 5), (7, 0)], 5)
    assert not nothing_or_enough([(0, 5), (7, 4)], 5)
