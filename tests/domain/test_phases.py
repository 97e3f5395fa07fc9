"""The phase machine: only allowed moves exist, in order of time, and the furthest phase never goes back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from vpdesk.domain.cases import Case
from vpdesk.domain.errors import ImpossibleMoveError, InvalidValueError
from vpdesk.domain.ids import CaseId, ClientId
from vpdesk.domain.phases import MOVES, Phase, PhaseMove, begin, check_history, furthest, moved

DAY = date(2025, 3, 4)
ORDER = [Phase.VOORFASE, Phase.MELDINGSFASE, Phase.NAFASE]


class Life(RuleBasedStateMachine):
    """The life of a case: someone asks for any move on any day, and a refusal changes nothing."""

    @initialize()
    def open(self) -> None:
        self.case = Case(id=CaseId(1), client=ClientId(1), code="", pseudonym="Kievit", opened=DAY, moves=begin(DAY))
        self.reached = [Phase.VOORFASE]

    @rule(to=st.sampled_from(Phase), days=st.integers(-3, 40))
    def move(self, to: Phase, days: int) -> None:
        before = self.case
        on = before.moves[-1].on + timedelta(days=days)
        if to not in MOVES[before.phase]:
            with pytest.raises(ImpossibleMoveError):
                before.moved_to(to, on)
        elif days < 0:
            with pytest.raises(InvalidValueError):
                before.moved_to(to, on)
        else:
            self.case = before.moved_to(to, on, "reden")
            self.reached.append(to)
            assert self.case.moves[:-1] == before.moves
            assert self.case.moves[-1] == PhaseMove(to, on, before.phase, "reden")

    @rule(days=st.integers(0, 40))
    def close(self, days: int) -> None:
        if self.case.phase is Phase.AFGESLOTEN:
            return
        on = self.case.moves[-1].on + timedelta(days=days)
        self.case = self.case.closed_with("gedrag gestopt", "doel bereikt", on)
        self.reached.append(Phase.AFGESLOTEN)
        assert self.case.outcome_on(on) == "gedrag gestopt"

    @invariant()
    def the_history_could_have_come_about(self) -> None:
        check_history(self.case.moves)
        assert [move.to for move in self.case.moves] == self.reached
        days = [move.on for move in self.case.moves]
        assert days == sorted(days)

    @invariant()
    def the_case_is_closed_exactly_when_its_last_phase_is(self) -> None:
        assert (self.case.closed is None) is (self.case.phase is not Phase.AFGESLOTEN)

    @invariant()
    def the_furthest_phase_never_goes_back(self) -> None:
        last = self.case.moves[-1].on
        days = sorted({DAY - timedelta(days=1), *(move.on for move in self.case.moves), last + timedelta(days=9)})
        depths = [ORDER.index(furthest(self.case.moves, day)) for day in days]
        assert depths == sorted(depths)
        assert depths[-1] == max(ORDER.index(phase) for phase in self.reached if phase in ORDER)

    @invariant()
    def a_running_case_has_an_outcome_only_while_it_was_closed(self) -> None:
        outcome = self.case.outcome_on(self.case.moves[-1].on + timedelta(days=1))
        if self.case.closed is None:
            assert outcome == "loopt nog"
        else:
            assert outcome in {"gedrag gestopt", "onbekend"}


TestLife = Life.TestCase


def test_the_moves_are_these_and_no_others() -> None:
    assert {(source.value, to.value) for source, many in MOVES.items() for to in many} == {
        ("voorfase", "meldingsfase"),
        ("voorfase", "afgesloten"),
        ("meldingsfase", "nafase"),
        ("meldingsfase", "afgesloten"),
        ("nafase", "afgesloten"),
        ("afgesloten", "voorfase"),
        ("afgesloten", "nafase"),
    }


@pytest.mark.parametrize(
    "history",
    [
        (),
        (PhaseMove(Phase.NAFASE, DAY),),
        (PhaseMove(Phase.VOORFASE, DAY, Phase.AFGESLOTEN),),
        (*begin(DAY), PhaseMove(Phase.NAFASE, DAY, Phase.VOORFASE)),
        (*begin(DAY), PhaseMove(Phase.MELDINGSFASE, DAY, Phase.NAFASE)),
        (*begin(DAY), PhaseMove(Phase.MELDINGSFASE, DAY - timedelta(days=1), Phase.VOORFASE)),
    ],
)
def test_a_history_that_could_not_have_come_about_is_refused(history: tuple[PhaseMove, ...]) -> None:
    with pytest.raises(InvalidValueError):
        check_history(history)


def test_the_refusal_of_a_move_names_both_phases() -> None:
    with pytest.raises(ImpossibleMoveError, match="Van voorfase naar nafase"):
        moved(begin(DAY), Phase.NAFASE, DAY)
