"""Two editions of one period: when what changed in between stays open."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

import pytest

from tests.attacks import kit
from tests.reporting.disclosure.registry import ALL_YEARS, CLIENT, DIMENSIONS, HALF, KEY, published
from vpdesk.domain.corrections import Change
from vpdesk.domain.errors import ReportRefusedError
from vpdesk.domain.ids import CaseId
from vpdesk.domain.publications import HiddenLine
from vpdesk.domain.statements import Audience, Box
from vpdesk.reporting.disclosure.correction import TwiceDrawn, TwiceRule, stays_open
from vpdesk.reporting.disclosure.editions import Editions, enough_changed
from vpdesk.reporting.disclosure.protect import Line, Past, line_statements
from vpdesk.reporting.disclosure.question import Question
from vpdesk.reporting.disclosure.solver import Solver
from vpdesk.reporting.revision import Revising, counted
from vpdesk.reporting.statements import protect_and_audit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vpdesk.domain.corrections import Codes
    from vpdesk.domain.statements import CaseFacts

ROLES = dict(zip(kit.ROLES, (14, 12, 3, 11, 4), strict=True))


def rule(then: Mapping[str, int], now: Mapping[str, int]) -> TwiceRule:
    return TwiceRule(5, frozenset(), Past(HALF, 5), then=then, now=now)


def test_a_rule_of_two_editions_hides_what_both_hide() -> None:
    counts = {"a": 2, "b": 6, "c": 9, "d": 12}
    order = ("b", "a", "c", "d")
    assert rule({}, {}).hidden(counts, order) == {"a", "b"}
    assert rule({"c": 5}, {"d": 7}).hidden(counts, order) == {"a", "b"}
    assert rule({}, {"a": 5}).hidden(counts, order) == frozenset()  # then it is not small now
    assert rule({}, {}).small("a", 2)
    assert not rule({"a": 5}, {}).small("a", 2)


def test_a_code_is_small_in_both_up_to_the_least_of_both() -> None:
    assert rule({}, {}).cap("a", 9) == 4
    assert rule({"a": 3}, {}).cap("a", 9) == 1
    assert rule({"a": 7}, {}).cap("a", 9) == 0


def test_codes_of_which_others_went_or_came_are_not_alike() -> None:
    line = Line("rol", HALF, {"c": 9, "d": 12}, frozenset({"a", "b"}), 8)
    drawn = TwiceDrawn(line, (rule({}, {"a": 5}),), "group", then={}, now={"a": 5})
    assert [x.shown.get("a") for x in drawn.tells_apart] == [None, None, 5]
    assert drawn.words != TwiceDrawn(line, (rule({}, {}),), "group").words


def editions(was: Sequence[str], now: Sequence[str], hidden: Sequence[str]) -> Editions:
    numbered = [{CaseId(n): {"rol": code} for n, code in enumerate(codes)} for codes in (was, now)]
    shown = {code: sum(c == code for c in now) for code in dict.fromkeys((*was, *now))}
    said = line_statements("rol", HALF, shown, frozenset(hidden))
    pattern = (HiddenLine("rol", HALF, tuple(sorted(hidden))),) if hidden else ()
    return Editions(Change(*numbered), HALF, tuple(said), pattern)


@pytest.mark.parametrize(
    ("now", "may"),
    [
        ({"melder": 5}, True),
        ({"melder": 4}, False),
        ({"melder": 5, "getuige": 1}, False),
        ({"collega": 5}, True),
        ({"collega": 3, "naaste": 2}, False),  # the two together are enough, each alone is not
    ],
)
def test_each_number_changes_by_nothing_or_enough(now: Mapping[str, int], may: bool) -> None:
    was = [code for code, n in {"melder": 9, "getuige": 8, "collega": 3, "naaste": 4}.items() for _ in range(n)]
    after = [*was, *(code for code, n in now.items() for _ in range(n))]
    assert enough_changed(editions(was, after, ("collega", "naaste")), 5) is may


def test_hidden_categories_of_which_too_few_stayed_tell_too_much() -> None:
    was = ["melder"] * 9 + ["getuige"] * 9 + ["collega"] * 6 + ["naaste"] * 6
    after = ["melder"] * 9 + ["getuige"] * 9 + ["nieuw"] * 6 + ["naaste"] * 6
    assert not enough_changed(editions(was, after, ("collega", "naaste", "nieuw")), 5)


def test_where_nearly_all_changed_nothing_goes_out() -> None:
    assert not enough_changed(editions(["melder"] * 8, ["getuige"] * 8, ()), 5)


def revised(
    before: Mapping[int, CaseFacts],
    after: Mapping[int, CaseFacts],
    wanted: Mapping[str, tuple[str, ...]],
    key: bytes = KEY,
) -> dict[object, int]:
    """Return by how much each printed number changed; raises ReportRefusedError where the first edition stands."""
    dimensions = {**DIMENSIONS, **wanted}
    first = published(kit.ours(list(before.values()), HALF, codes=wanted, key=key), HALF)
    was: dict[CaseId, Codes] | None = counted(list(before.values()), [CaseId(n) for n in before], first, dimensions)
    assert was is not None
    second = protect_and_audit(
        facts=list(after.values()), client=CLIENT, period=HALF, audience=Audience.WERKGEVER, threshold=5,
        dimensions=dimensions, earlier=(first,), draw_key=key, wanted=tuple(wanted), counted=ALL_YEARS,
        revising=Revising(was, tuple(CaseId(n) for n in after)),
    )  # fmt: skip
    assert second.pattern == first.pattern
    before_ = {s.box: s.minimum for s in first.statements}
    return {s.box.where: s.minimum - before_[s.box] for s in second.statements if s.minimum != before_[s.box]}


def numbered(cases: list[CaseFacts], start: int = 0) -> dict[int, CaseFacts]:
    return dict(zip(count(start), cases, strict=False))


TIED = {name: DIMENSIONS[name] for name in ("thema", "werkgebied", "fase", "afloop")}
ODD = {"thema": "pesten", "werkgebied": "ongewenste omgangsvormen"}
TRUST = {"thema": "fraude", "werkgebied": "integriteit"}


def tied() -> list[CaseFacts]:
    """Cases of two themes in two fields, some of which went further, and a few of others."""
    return [
        *kit.several(14, kit.EARLY, **ODD, afloop="gedrag gestopt"),
        *kit.several(12, kit.EARLY, **TRUST, fase="nafase", afloop="melding gedaan"),
        *kit.several(3, thema="intimidatie", werkgebied="beide"),
        *kit.several(4, thema="onbekend", werkgebied="onbekend"),
    ]


def test_enough_alike_cases_of_tied_tables_may_come_later() -> None:
    before = numbered(tied())
    after = before | numbered(kit.several(6, kit.EARLY, **TRUST, fase="nafase", afloop="melding gedaan"), 100)
    changed = revised(before, after, TIED)
    assert changed[()] == 6
    assert changed[(("thema", ("fraude",)),)] == 6


def test_a_code_that_no_others_can_have_left_stands() -> None:
    # Everybody in the only other large category changed: no five may have left the first while five others came.
    codes = {"rol": kit.ROLES}
    before = numbered(kit.cases({"collega": 2, "naaste": 2, "onbekend": 3, "melder": 12, "getuige": 6}))
    stayed = {n: fact for n, fact in before.items() if fact.codes["rol"] != "getuige"}
    with pytest.raises(ReportRefusedError, match="klein getal"):
        revised(before, stayed | numbered(kit.several(12, rol="getuige"), 100), codes)


def test_a_formal_complaint_that_others_know_is_no_cover() -> None:
    # Six come, of whom two are complaints: whoever knows those sees four.
    codes = {"rol": kit.ROLES}
    before = numbered(kit.cases(ROLES))
    known = kit.several(2, rol="melder", fase="nafase", afloop="klacht ingediend")
    with pytest.raises(ReportRefusedError, match="klein getal"):
        revised(before, before | numbered([*kit.several(4, rol="melder"), *known], 100), codes)
    assert revised(before, before | numbered(kit.several(6, rol="melder"), 100), codes) == {
        (): 6,
        (("rol", ("melder",)),): 6,
    }


def test_whoever_knows_the_complaints_that_stayed_finds_no_small_number_either() -> None:
    known = kit.several(3, kit.EARLY, rol="melder", fase="nafase", afloop="klacht ingediend")
    before = numbered([*kit.cases(ROLES), *known])
    after = before | numbered(kit.several(6, rol="getuige"), 100)
    assert revised(before, after, {"rol": kit.ROLES}) == {(): 6, (("rol", ("getuige",)),): 6}


def test_complaints_in_a_table_of_their_own_stay_hidden() -> None:
    known = kit.several(3, kit.EARLY, **TRUST, fase="nafase", afloop="klacht ingediend")
    stopped = kit.several(4, kit.EARLY, **ODD, afloop="overgedragen")
    before = numbered([*tied(), *known, *stopped])
    after = before | numbered(kit.several(6, kit.EARLY, **TRUST, fase="nafase", afloop="melding gedaan"), 100)
    assert revised(before, after, TIED)[()] == 6


def test_a_hidden_category_that_grew_would_tell_which_dash_is_which() -> None:
    # Drawn first, it is hidden in both editions; but where it is small in the first, the second would hide others.
    key = next(key for order, key in kit.keys(kit.ROLES).items() if order[0] == "collega")
    before = numbered(kit.cases(ROLES))
    after = before | numbered(kit.several(6, rol="collega"), 100)
    with pytest.raises(ReportRefusedError, match="klein getal"):
        revised(before, after, {"rol": kit.ROLES}, key)


def test_registrations_that_break_definitions_are_read_without_them() -> None:
    wrong = kit.several(14, kit.EARLY, thema="pesten", werkgebied="integriteit", afloop="gedrag gestopt")
    before = numbered([*tied(), *wrong])
    after = before | numbered(kit.several(6, kit.EARLY, **TRUST, fase="nafase", afloop="melding gedaan"), 100)
    assert revised(before, after, TIED)[()] == 6


def test_a_case_that_changed_in_a_tied_table_counts_where_it_stayed_too() -> None:
    # Five change their field alike, but three of them stay in a theme where nobody else does.
    def codes(theme: str, subject: str) -> dict[str, str]:
        return {"thema": theme, "werkgebied": subject}

    here, there = "ongewenste omgangsvormen", "beide"
    rest = [codes("pesten", here)] * 9 + [codes("agressie", here)] * 9 + [codes("pesten", there)] * 9
    was = [codes("pesten", here)] * 2 + [codes("agressie", here)] * 3 + rest
    now = [codes("pesten", there)] * 2 + [codes("agressie", there)] * 3 + rest
    numbers = [{CaseId(n): found for n, found in enumerate(cases)} for cases in (was, now)]
    said = [
        *line_statements("thema", HALF, {"pesten": 20, "agressie": 12}, frozenset()),
        *line_statements("werkgebied", HALF, {here: 18, there: 14}, frozenset()),
    ]
    change = Change(*numbers)
    assert change.moved(Box.of(werkgebied=there)) == (5, 0)
    assert not enough_changed(Editions(change, HALF, tuple(said), ()), 5)


QUESTION = Question(CLIENT, HALF, Audience.WERKGEVER, 5, 0, {}, DIMENSIONS, (), KEY, 1)
HERE = "ongewenste omgangsvormen"


def tables(stayed: list[dict[str, str]], came: list[dict[str, str]], shown: dict[str, tuple[str, ...]]) -> Editions:
    """Return two editions of tables in which these codes are printed and all others hidden; nobody went."""
    was = {CaseId(n): codes for n, codes in enumerate(stayed)}
    now = was | {CaseId(n): codes for n, codes in enumerate(came, start=1000)}
    said, pattern = [], []
    for name, codes in shown.items():
        counts = {code: sum(case[name] == code for case in now.values()) for code in DIMENSIONS[name]}
        hidden = frozenset(DIMENSIONS[name]) - set(codes)
        said += line_statements(name, HALF, counts, hidden)
        if hidden:
            pattern.append(HiddenLine(name, HALF, tuple(sorted(hidden))))
    return Editions(Change(was, now), HALF, tuple(said), tuple(pattern))


def fields(theme: str, subject: str, number: int) -> list[dict[str, str]]:
    return [{"thema": theme, "werkgebied": subject}] * number


def test_what_is_left_of_tied_tables_may_not_narrow_a_hidden_category_down() -> None:
    # Of those that stayed nobody's field is unclear: the few in the field itself leave no room for hidden themes.
    stayed = [*fields("pesten", HERE, 10), *fields("intimidatie", HERE, 2), *fields("fraude", "integriteit", 6)]
    unclear = [*fields("pesten", "beide", 6), *fields("pesten", "onbekend", 6)]
    shown = {"thema": ("pesten", "arbeidsconflict"), "werkgebied": (HERE, "beide", "onbekend")}
    with Solver() as solver:
        assert not stays_open(tables(stayed, unclear, shown), QUESTION, (), solver)


def test_a_code_that_can_only_lie_where_nobody_is_left_has_no_room() -> None:
    # Nothing is hidden, so only the room is asked for: no five cases with the second theme are there, in any field.
    stayed = [*fields("pesten", HERE, 6), *fields("fraude", "integriteit", 6)]
    shown = {"thema": DIMENSIONS["thema"], "werkgebied": DIMENSIONS["werkgebied"]}
    both = tables(stayed, fields("pesten", HERE, 6), shown)
    only = replace(both, pattern=())
    with Solver() as solver:
        assert stays_open(only, QUESTION, (), solver)
        apart = replace(only, change=only.change.without({CaseId(n) for n in range(6)}))
        assert not stays_open(apart, QUESTION, (), solver)


def test_a_code_spread_over_fields_that_are_too_small_has_no_room() -> None:
    # Five cases with the second theme fit into no field beside five of the first, which all lie in one.
    stayed = [*fields("pesten", HERE, 6), *fields("intimidatie", HERE, 3), *fields("intimidatie", "beide", 2)]
    shown = {"thema": DIMENSIONS["thema"], "werkgebied": DIMENSIONS["werkgebied"]}
    both = replace(tables(stayed, fields("pesten", HERE, 6), shown), pattern=())
    with Solver() as solver:
        assert not stays_open(both, QUESTION, (), solver)


def test_hidden_categories_without_room_for_the_threshold_are_lost() -> None:
    stayed = [*fields("pesten", HERE, 9), *fields("fraude", "integriteit", 9), *fields("intimidatie", HERE, 3)]
    with Solver() as solver:
        assert not stays_open(tables(stayed, [], {"thema": ("pesten", "fraude")}), QUESTION, (), solver)
        more = [*stayed, *fields("corruptie", "integriteit", 4)]
        assert stays_open(tables(more, [], {"thema": ("pesten", "fraude")}), QUESTION, (), solver)


def test_what_contradicts_definitions_on_its_own_is_read_without_them() -> None:
    stayed = [*fields("pesten", "integriteit", 14), *fields("fraude", "integriteit", 9), *fields("onbekend", HERE, 7)]
    unclear = [*fields("fraude", "beide", 6), *fields("fraude", "onbekend", 6)]
    shown = {"thema": ("pesten", "fraude"), "werkgebied": (HERE, "beide", "onbekend")}
    both = tables(stayed, unclear, shown)
    went = {CaseId(n): codes for n, codes in enumerate(unclear, start=2000)}
    with Solver() as solver:
        assert stays_open(
            replace(both, change=Change({**both.change.was, **went}, both.change.now)), QUESTION, (), solver
        )


def test_a_hidden_category_that_is_narrowed_down_and_large_is_known_as_large() -> None:
    # One theme lies in its own field only, of which six stayed: its six cases are too few to be seven, and are no secret.
    stayed = [
        *fields("pesten", HERE, 9),
        *fields("fraude", "integriteit", 9),
        *fields("anders buiten werkterrein", "buiten werkterrein", 6),
        *fields("arbeidsconflict", HERE, 5),
        *fields("intimidatie", HERE, 1),
        *fields("onbekend", HERE, 9),
        *fields("onbekend", "integriteit", 9),
    ]
    unclear = fields("fraude", "onbekend", 6)
    both = tables(stayed, unclear, {"thema": ("pesten", "fraude", "onbekend"), "werkgebied": DIMENSIONS["werkgebied"]})
    went = {CaseId(n): codes for n, codes in enumerate(unclear, start=2000)}
    both = replace(both, change=Change({**both.change.was, **went}, both.change.now))
    with Solver() as solver:
        assert stays_open(both, QUESTION, (), solver)


def test_as_many_cases_that_went_and_came_alike_change_no_number() -> None:
    before = numbered(kit.cases(ROLES))
    after = dict(list(before.items())[6:]) | numbered(kit.several(6, rol="melder"), 100)
    with pytest.raises(ReportRefusedError, match="nog dezelfde"):
        revised(before, after, {"rol": kit.ROLES})
