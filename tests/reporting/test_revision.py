"""When the first edition stands, each time with its reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.attacks import kit
from tests.reporting.disclosure.registry import CLIENT, DIMENSIONS, HALF, YEAR, case, frozen, published, report
from vpdesk.domain.corrections import Change
from vpdesk.domain.errors import ReportRefusedError
from vpdesk.domain.ids import CaseId, ClientId
from vpdesk.domain.publications import Kind, Publication
from vpdesk.domain.statements import Audience, Box, Of, Statement
from vpdesk.reporting import revision
from vpdesk.reporting.disclosure.family import Relative
from vpdesk.reporting.revision import counted, differs, last_editions, refuse_near_revised, why_not

if TYPE_CHECKING:
    from vpdesk.domain.periods import Period

CODES = {"rol": kit.ROLES}
CASES = kit.cases(dict(zip(kit.ROLES, (14, 12, 3, 11, 4), strict=True)))
DIMS = {**DIMENSIONS, **CODES}


@pytest.fixture(scope="module")
def first() -> Publication:
    return published(kit.ours(CASES, HALF, codes=CODES), HALF)


def changed(first: Publication, more: int = 6) -> Change:
    now = [*CASES, *kit.several(more, rol="melder")]
    was = counted(CASES, [CaseId(n) for n in range(len(CASES))], first, DIMS)
    after = counted(now, [CaseId(n) for n in range(len(now))], first, DIMS)
    assert was is not None
    assert after is not None
    return Change(was, after)


def reason(
    first: Publication,
    *others: Publication,
    change: Change | None = None,
    editions: tuple[Publication, ...] = (),
    family: tuple[Relative, ...] = (),
    threshold: int = 5,
) -> str:
    same = (first, *editions)
    return why_not(same, change or changed(first), out=(*same, *others), family=family, threshold=threshold)


def letter(period: Period, client: ClientId = CLIENT) -> Publication:
    said = (Statement(Of.CASES, Box(), period, 9, 90),)
    return replace(frozen(said, (), period, 8), kind=Kind.BRIEF, client=client)


def test_enough_changed_and_nothing_else_is_out(first: Publication) -> None:
    assert reason(first) == ""
    council = replace(first, audience=Audience.OR)
    assert reason(first, editions=(council,)) == ""
    assert reason(first, letter(YEAR.year(2024))) == ""


def test_one_case_is_too_little_and_none_is_nothing(first: Publication) -> None:
    assert reason(first, change=changed(first, 1)) == revision.TOO_LITTLE
    assert reason(first, change=changed(first, 0)) == revision.UNCHANGED


def test_what_else_is_out_about_these_days_makes_it_wait(first: Publication) -> None:
    assert reason(first, letter(YEAR)) == revision.BESIDE
    assert reason(first, letter(HALF)) == revision.BESIDE
    assert reason(first, replace(letter(YEAR), never_sent="toch niet")) == ""
    over = replace(first, statements=(*first.statements, Statement(Of.CASES, Box(), YEAR, 60, 90)))
    assert reason(over) == revision.BESIDE


def test_editions_that_said_less_make_it_wait(first: Publication) -> None:
    less = replace(first, id=first.id, audience=Audience.OPENBAAR, statements=first.statements[:1], pattern=())
    assert reason(first, editions=(less,)) == revision.BESIDE
    assert reason(first, threshold=8) == revision.BESIDE


def test_what_counts_a_holding_together_makes_it_wait(first: Publication) -> None:
    own = Relative(letter(YEAR, ClientId(7)), frozenset({CLIENT, ClientId(7)}))
    assert reason(first, family=(own,)) == revision.BESIDE
    assert reason(first, family=(replace(own, clients=frozenset({ClientId(7)})),)) == ""


def test_a_report_without_an_exact_number_is_never_revised(first: Publication) -> None:
    total = first.statements[0]
    assert reason(replace(first, statements=())) == revision.FEW_NUMBERS
    assert reason(replace(first, statements=(replace(total, maximum=99),))) == revision.FEW_NUMBERS


def test_tables_that_are_not_one_way_are_never_revised(first: Publication) -> None:
    crossed = Statement(Of.CASES, Box.of(rol="melder", relatie="collega"), HALF, 9, 9)
    together = Statement(Of.CASES, Box.of(rol=frozenset({"melder", "getuige"})), HALF, 26, 26)
    for more in (crossed, together):
        assert reason(replace(first, statements=(*first.statements, more))) == revision.OTHER_TABLES
    (line,) = first.pattern
    named = replace(line, codes=("\x1e".join(line.codes),))
    assert reason(replace(first, pattern=(named,))) == revision.OTHER_TABLES


def test_a_revised_report_is_not_revised_again(first: Publication) -> None:
    assert reason(first, editions=(replace(first, revision=1),)) == revision.ONCE


def test_without_each_case_of_then_and_now_it_waits(first: Publication) -> None:
    change = changed(first)
    assert reason(first, change=Change({}, change.now)) == revision.NOT_WRITTEN
    lost = {n: codes for n, codes in change.was.items() if n != CaseId(0)}
    assert reason(first, change=Change(lost, change.now)) == revision.NOT_WRITTEN
    assert why_not((first,), None, out=(first,), family=(), threshold=5) == revision.NOT_WRITTEN


def test_a_destroyed_case_or_one_without_its_code_is_not_counted_one_by_one(first: Publication) -> None:
    numbers = [CaseId(n) for n in range(len(CASES))]
    assert counted([*CASES, case(kit.EARLY)], numbers, first, DIMS) is None
    assert counted([*CASES, case(kit.LATE)], numbers, first, DIMS) is not None
    nameless = replace(CASES[0], codes={})
    assert counted([nameless, *CASES[1:]], numbers, first, DIMS) is None


def test_a_code_that_is_in_no_list_counts_as_unknown(first: Publication) -> None:
    strange = replace(CASES[0], codes={**CASES[0].codes, "rol": "buurman"})
    found = counted([strange], [CaseId(0)], first, DIMS)
    assert found == {CaseId(0): {"rol": "onbekend"}}


def test_a_report_differs_as_soon_as_one_number_is_no_longer_so(first: Publication) -> None:
    assert not differs(CASES, first, DIMS)
    assert differs([*CASES, case(kit.EARLY)], first, DIMS)
    assert differs([*CASES[1:], case(kit.EARLY, rol="getuige")], first, DIMS)
    nameless = [replace(fact, codes={}) for fact in CASES]
    assert not differs(nameless, first, DIMS)  # the total still holds, and no more is known


def test_beside_two_editions_nothing_that_hangs_together_goes_out(first: Publication) -> None:
    twice = (first, replace(first, revision=1))
    for period in (HALF, YEAR):
        with pytest.raises(ReportRefusedError, match="zonder die dagen"):
            refuse_near_revised(twice, (), period)
    with pytest.raises(ReportRefusedError, match="zonder die dagen"):
        report(CASES, YEAR, twice, wanted=("rol",), dimensions=DIMS)
    refuse_near_revised(twice, (), YEAR.year(2024))
    refuse_near_revised((first,), (), YEAR)
    refuse_near_revised((replace(first, never_sent="toch niet"), twice[1]), (), YEAR)
    crossing = replace(letter(HALF), period=type(HALF)(date(2025, 6, 1), date(2026, 6, 30)))
    with pytest.raises(ReportRefusedError, match="zonder die dagen"):
        refuse_near_revised((*twice, crossing), (), YEAR.year(2026))  # over the letter in between


def test_a_revised_subsidiary_beside_a_number_over_the_whole_stops_the_others(first: Publication) -> None:
    whole = Relative(letter(YEAR, ClientId(7)), frozenset({CLIENT, ClientId(7)}))
    part = Relative(replace(first, client=ClientId(8), revision=1), frozenset({ClientId(8)}))
    refuse_near_revised((), (part,), YEAR)
    with pytest.raises(ReportRefusedError, match="zonder die dagen"):
        refuse_near_revised((), (part, whole), YEAR)


def test_of_two_editions_the_last_is_held_against_what_is_entered(first: Publication) -> None:
    second = replace(first, revision=1)
    beside = letter(HALF)
    assert last_editions((first, beside, second)) == [beside, second]
    assert last_editions((first, replace(second, never_sent="toch niet"))) == [first]
