"""No step outward without the person's consent or a reason that stays; what the person does herself asks neither."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from vpdesk.domain import taxonomy
from vpdesk.domain.consent import Answer, Consent, ConsentState, ConsentTerm
from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.ids import CaseId, StepId
from vpdesk.domain.steps import (
    BY_THE_PERSON,
    HANDED_OVER,
    INFORMATION,
    Actor,
    Choice,
    Step,
    StepKind,
    StepState,
    actors,
    asks_consent,
    step_label,
)
from vpdesk.domain.wishes import Wish, wish_on

DAY = date(2025, 11, 18)
A_DAY = timedelta(days=1)
ME = Actor.VERTROUWENSPERSOON


def a_step(**values: object) -> Step:
    given_ = {"kind": StepKind.ROUTE, "code": "leidinggevende betrekken", "actor": ME, "choice": Choice(DAY)} | values
    return Step(id=StepId(0), case=CaseId(1), **given_)  # type: ignore[arg-type] # fields by name


def a_referral(manner: str, **values: object) -> Step:
    given_ = {"kind": StepKind.VERWIJZING, "code": "huisarts", "actor": Actor.PERSOON, "manner": manner}
    return a_step(**(given_ | values))


def yes(on: date = DAY, **until: date) -> Consent:
    return Consent(ConsentTerm(Answer.JA, on, **until), "Wat er speelt", "De teamleider", "In deze woorden")


NO = Consent(ConsentTerm(Answer.NEE, DAY))


def test_giving_a_number_asks_nothing_and_handing_over_asks_consent() -> None:
    given_ = a_referral(INFORMATION).taken(DAY)
    assert (given_.asks_consent, given_.consent_state(DAY)) == (False, ConsentState.NIET_NODIG)
    with pytest.raises(InvalidValueError, match="hoort geen toestemming"):
        a_referral(INFORMATION, consents=(yes(),))
    warm = a_referral(HANDED_OVER)
    assert (warm.asks_consent, warm.consent_state(DAY)) == (True, ConsentState.NOG_VRAGEN)
    with pytest.raises(InvalidValueError, match="geen toestemming"):
        warm.taken(DAY)


@pytest.mark.parametrize("code", taxonomy.ROUTE.codes)
def test_a_route_asks_consent_where_the_advisor_goes_it(code: str) -> None:
    for actor in actors(StepKind.ROUTE, code):
        assert a_step(code=code, actor=actor).asks_consent is (actor is ME)
    for actor in set(Actor) - set(actors(StepKind.ROUTE, code)):
        with pytest.raises(InvalidValueError, match="Er is niets bewaard"):
            a_step(code=code, actor=actor)


def test_what_the_person_does_is_the_usual_way_and_some_ways_have_one_walker() -> None:
    assert actors(StepKind.ROUTE, "leidinggevende betrekken") == (Actor.PERSOON, ME)
    assert actors(StepKind.ROUTE, "gesprek met steun") == (ME,)
    assert all(actors(StepKind.ROUTE, code) == (Actor.PERSOON,) for code in BY_THE_PERSON)
    assert actors(StepKind.DOORGEVEN, "") == (ME,)
    assert asks_consent(StepKind.DOORGEVEN, actor=ME, manner="")


@pytest.mark.parametrize(
    "wrong",
    [
        {"code": "toverij"},
        {"manner": INFORMATION},
        {"kind": StepKind.VERWIJZING, "code": "huisarts", "actor": Actor.PERSOON, "manner": "geschreeuwd"},
        {"kind": StepKind.DOORGEVEN, "code": "klacht", "to": "Iemand"},
        {"kind": StepKind.DOORGEVEN, "code": "", "to": " "},
        {"state": StepState.GEZET},
        {"settled": DAY},
        {"state": StepState.VERVALLEN, "settled": DAY - A_DAY},
        {"reason": "Zomaar"},
        {"consents": (yes(DAY + A_DAY), yes(DAY))},
    ],
)
def test_a_step_that_cannot_be_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(InvalidValueError):
        a_step(**wrong)
    with pytest.raises(InvalidValueError):
        Choice(DAY, "toverij")


def test_consent_on_the_day_itself_is_enough_and_afterwards_is_not() -> None:
    assert a_step(consents=(yes(),)).taken(DAY + A_DAY).state is StepState.GEZET
    late = a_step(consents=(yes(DAY + A_DAY),))
    with pytest.raises(InvalidValueError, match="geen toestemming"):
        late.taken(DAY)
    over = a_step(consents=(yes(until=DAY),))
    with pytest.raises(InvalidValueError, match="geen toestemming"):
        over.taken(DAY + A_DAY)


def test_acting_against_a_no_takes_a_reason_that_stays() -> None:
    refused = a_step(consents=(yes(), NO))
    with pytest.raises(InvalidValueError, match="geen toestemming"):
        refused.taken(DAY + A_DAY, reason="\u200b")
    with pytest.raises(InvalidValueError, match="geen toestemming"):
        refused.taken(DAY + A_DAY)
    with pytest.raises(InvalidValueError, match="geen toestemming"):
        refused.taken(DAY + A_DAY, reason="  ")
    acted = refused.taken(DAY + A_DAY, reason=" Acuut gevaar ", result="112 gebeld")
    assert (acted.reason, acted.result, acted.consent_state(DAY)) == ("Acuut gevaar", "112 gebeld", ConsentState.ZONDER)


def test_a_reason_beside_consent_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="zonder toestemming"):
        a_step(consents=(yes(),)).taken(DAY, reason="Voor de zekerheid")
    with pytest.raises(InvalidValueError, match="zonder toestemming"):
        a_referral(INFORMATION).taken(DAY, reason="Voor de zekerheid")


def test_nothing_more_is_done_from_the_day_on_which_consent_was_taken_back() -> None:
    back = a_step(consents=(yes(),)).withdrawn(DAY + A_DAY)
    assert back.consent_state(DAY + A_DAY) is ConsentState.INGETROKKEN
    with pytest.raises(InvalidValueError, match="geen toestemming"):
        back.taken(DAY + A_DAY)
    assert back.taken(DAY + A_DAY, reason="Al onderweg").reason == "Al onderweg"
    again = back.asked(yes(DAY + 2 * A_DAY))
    assert again.taken(DAY + 2 * A_DAY).reason == ""


def test_a_step_taken_with_consent_stays_so_when_it_is_taken_back_later() -> None:
    taken = a_step(consents=(yes(),)).taken(DAY + A_DAY)
    assert taken.withdrawn(DAY + A_DAY).state is StepState.GEZET
    with pytest.raises(InvalidValueError, match="al gezet, later"):
        taken.withdrawn(DAY)
    for nothing in (a_step(), a_step(consents=(NO,))):
        with pytest.raises(InvalidValueError, match="geen toestemming die u kunt intrekken"):
            nothing.withdrawn(DAY)


def test_a_step_is_settled_once() -> None:
    gone = a_step().lapsed(DAY)
    assert (gone.state, gone.settled) == (StepState.VERVALLEN, DAY)
    for again in (lambda: gone.lapsed(DAY), lambda: gone.taken(DAY, reason="x"), lambda: gone.asked(yes())):
        with pytest.raises(InvalidValueError, match="al afgehandeld"):
            again()
    assert gone.with_result(" Anders gelopen ").result == "Anders gelopen"


def test_a_step_is_called_by_what_it_is() -> None:
    assert step_label(StepKind.ROUTE, "klacht", "") == "Klacht"
    assert step_label(StepKind.VERWIJZING, "huisarts", "") == "Verwezen: Huisarts"
    assert step_label(StepKind.VERWIJZING, "onbekend", "") == "Verwezen: elders"
    assert step_label(StepKind.VERWIJZING, "onbekend", "Buurtteam Zuid") == "Verwezen: Buurtteam Zuid"
    assert step_label(StepKind.DOORGEVEN, "", "de directie") == "Doorgeven: de directie"


class AStep(RuleBasedStateMachine):
    """Whatever is done in whatever order: a taken step had consent on its day, or has a reason."""

    def __init__(self) -> None:
        super().__init__()
        self.step = a_step()
        self.history: list[Consent] = []

    @rule(answer=st.sampled_from(Answer), on=st.integers(0, 9), lasts=st.none() | st.integers(0, 5))
    def ask(self, answer: Answer, on: int, lasts: int | None) -> None:
        day = DAY + on * A_DAY
        until = None if lasts is None or answer is Answer.NEE else day + lasts * A_DAY
        before = self.step
        try:
            self.step = before.asked(Consent(ConsentTerm(answer, day, until), "a", "b"))
        except InvalidValueError:
            assert before.state is not StepState.OPEN or (before.consent and day < before.consent.term.on)

    @rule(on=st.integers(0, 9))
    def take_back(self, on: int) -> None:
        with contextlib.suppress(InvalidValueError):
            self.step = self.step.withdrawn(DAY + on * A_DAY)

    @rule(on=st.integers(0, 9), reason=st.sampled_from(["", "Acuut gevaar"]))
    def take(self, on: int, reason: str) -> None:
        day, before = DAY + on * A_DAY, self.step
        told = [consent.term for consent in before.consents if consent.term.on <= day]
        agreed = bool(told) and told[-1].holds_from(day)
        try:
            self.step = before.taken(day, reason=reason)
        except InvalidValueError:
            assert before.state is not StepState.OPEN or bool(reason) == agreed
        else:
            assert bool(reason) != agreed

    @rule(on=st.integers(0, 9))
    def give_up(self, on: int) -> None:
        before = self.step
        try:
            self.step = before.lapsed(DAY + on * A_DAY)
        except InvalidValueError:
            assert before.state is not StepState.OPEN

    @invariant()
    def no_step_outward_without_consent_or_reason(self) -> None:
        step = self.step
        if step.state is StepState.GEZET and not step.reason:
            told = [consent.term for consent in step.consents if step.settled and consent.term.on <= step.settled]
            assert told
            assert step.settled is not None
            assert told[-1].covers(step.settled)
        assert (step.consent_state(DAY) is ConsentState.ZONDER) == bool(step.reason)
        assert replace(step) == step


TestAStep = AStep.TestCase

wishes = st.lists(
    st.builds(Wish, st.sampled_from(taxonomy.WENS.codes[:-1]), st.dates(date(2025, 1, 1), date(2025, 1, 9))), max_size=6
)


@given(wishes, st.dates(date(2024, 12, 28), date(2025, 1, 12)))
def test_the_wish_of_a_day_is_the_last_one_said_by_then(said: list[Wish], day: date) -> None:
    known = sorted((wish for wish in said if wish.on <= day), key=lambda wish: wish.on)
    assert wish_on(said, day) == (known[-1] if known else None)


def test_a_wish_says_something() -> None:
    with pytest.raises(InvalidValueError, match="staat niet in de lijst"):
        Wish("toverij", DAY)
    with pytest.raises(InvalidValueError, match="woorden van de persoon"):
        Wish("onbekend", DAY, " ")
    assert Wish("onbekend", DAY, "Dat het ophoudt").words == "Dat het ophoudt"
