"""Meldingen, messages and detriment: values that can't be wrong, and a copy that holds nothing but what it should."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from vpdesk.domain import melding_lists as lists
from vpdesk.domain.detriments import Detriment, DetrimentEntry
from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.ids import CaseId, DetrimentId, MeldingId, RelayId
from vpdesk.domain.meldingen import Melding, asks_own_term
from vpdesk.domain.relay import Direction, RelayMessage, copy_for_organisation
from vpdesk.domain.reminders import AftercareEnd
from vpdesk.domain.terms import SchemeTerm, TermKind

if TYPE_CHECKING:
    from collections.abc import Callable

DAY = date(2025, 3, 3)
LATER = DAY + timedelta(days=9)
WBK = Melding(MeldingId(1), CaseId(1), lists.WBK, lists.CONFIDENTIAL, "meldpunt", DAY)
OWN = replace(WBK, kind=lists.OWN_SCHEME, scheme_term=SchemeTerm(6))
OUT = RelayMessage(RelayId(1), MeldingId(1), Direction.NAAR, DAY, "Facturen zijn gesplitst.")
IN = replace(OUT, direction=Direction.VAN)
HARM = Detriment(DetrimentId(1), CaseId(1), ("taken afgenomen",), DAY)


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda: replace(WBK, kind="toverij"), "staat niet in de lijst"),
        (lambda: replace(WBK, identity="toverij"), "staat niet in de lijst"),
        (lambda: replace(WBK, recipient="toverij"), "staat niet in de lijst"),
        (lambda: replace(WBK, outcome="toverij"), "staat niet in de lijst"),
        (lambda: replace(WBK, identity=lists.ANONYMOUS, relay=True), "vertrouwelijk, niet anoniem"),
        (lambda: replace(WBK, identity="met naam", relay=True), "hoort de organisatie niet"),
        (lambda: replace(WBK, reference="BCDF-GHJK"), "heeft een kenmerk"),
        (lambda: replace(WBK, relay=True, reference="2025-001"), "heeft een kenmerk"),
        (lambda: replace(WBK, scheme_term=SchemeTerm(6)), "volgens eigen regeling"),
        (lambda: replace(WBK, lodged=None, confirmed=DAY), "Vul eerst in"),
        (lambda: replace(WBK, feedback=DAY - timedelta(days=1)), "komen na de dag"),
        (lambda: replace(WBK, lodged=date(9998, 1, 1)), "te ver weg"),
        (lambda: replace(OUT, text=" "), "woorden nodig"),
        (lambda: replace(IN, approved=DAY), "keurt de melder niet goed"),
        (lambda: replace(OUT, passed=DAY), "nog niet goedgekeurd"),
        (lambda: replace(OUT, approved=DAY - timedelta(days=1)), "eerst geschreven"),
        (lambda: replace(OUT, approved=LATER, passed=DAY), "eerst geschreven"),
        (lambda: OUT.approved_on(DAY).passed_on(DAY).rewritten("Anders", DAY), "blijft zoals het was"),
        (lambda: OUT.approved_on(DAY).passed_on(DAY).passed_on(DAY), "al doorgegeven"),
        (lambda: copy_for_organisation(OUT, "BCDF-GHJK", today=DAY), "nog niet goedgekeurd"),
        (lambda: copy_for_organisation(IN, "BCDF-GHJK", today=DAY), "nog niet goedgekeurd"),
        (lambda: replace(HARM, forms=()), "minstens één vorm"),
        (lambda: replace(HARM, forms=("taken afgenomen",) * 2), "minstens één vorm"),
        (lambda: replace(HARM, forms=("toverij",)), "staat niet in de lijst"),
        (lambda: HARM.followed_by(DetrimentEntry(DAY - timedelta(days=1), "x")), "op volgorde van tijd"),
        (lambda: DetrimentEntry(DAY, " "), "wat er gebeurde"),
        (lambda: AftercareEnd(DAY, " "), "waarom de nazorg stopt"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(make: Callable[[], object], why: str) -> None:
    with pytest.raises(InvalidValueError, match=why):
        make()


def test_terms_are_awaited_until_they_are_met_or_no_longer_matter() -> None:
    first, second = WBK.terms
    assert WBK.awaited == (first, second)
    confirmed = WBK.heard(TermKind.BEVESTIGING, LATER)
    assert [(term.kind, term.due) for term in confirmed.awaited] == [(TermKind.TERUGKOPPELING, date(2025, 6, 12))]
    assert WBK.heard(TermKind.TERUGKOPPELING, LATER).awaited == ()
    assert replace(WBK, withdrawn=LATER).awaited == replace(WBK, watched=False).awaited == ()
    assert replace(WBK, lodged=None).terms == ()
    assert [term.due for term in OWN.awaited] == [date(2025, 4, 14)]
    assert replace(OWN, scheme_term=None).terms == ()
    assert replace(WBK, kind=lists.EXTERNAL).terms == (), "an authority's own terms are none of the employer's"
    assert [asks_own_term(kind) for kind in (lists.WBK, lists.OWN_SCHEME, lists.COMPLAINT)] == [False, True, True]
    assert [WBK.label, replace(WBK, kind="onbekend").label] == ["Wbk-melding", "Melding"]


class Post(RuleBasedStateMachine):
    """A message for the organisation: what is passed on is what the melder agreed with, whatever is done in between."""

    @initialize()
    def write(self) -> None:
        self.message = OUT
        self.agreed = ""

    @rule(text=st.sampled_from(["Facturen zijn gesplitst.", "Drie facturen zijn gesplitst."]))
    def rewrite(self, text: str) -> None:
        if self.message.passed is None:
            self.message = self.message.rewritten(text, DAY)

    @rule()
    def agree(self) -> None:
        if self.message.passed is None:
            self.message = self.message.approved_on(DAY)
            self.agreed = self.message.text

    @rule()
    def hand_on(self) -> None:
        if self.message.approved is None:
            with pytest.raises(InvalidValueError):
                self.message.passed_on(LATER)
        elif self.message.passed is None:
            self.message = self.message.passed_on(LATER)

    @invariant()
    def what_went_on_was_agreed(self) -> None:
        if self.message.approved is not None:
            assert self.message.text == self.agreed
            day = "12 maart 2025" if self.message.passed else "3 maart 2025"
            copy = copy_for_organisation(self.message, "BCDF-GHJK", today=DAY)
            assert copy == f"Kenmerk: BCDF-GHJK\nDatum: {day}\n\n{self.agreed}\n"


TestPost = Post.TestCase
TestPost.settings = settings(max_examples=20, stateful_step_count=12)


@pytest.mark.parametrize(
    ("message", "said"),
    [
        (OUT, "wacht op goedkeuring door de melder"),
        (OUT.approved_on(DAY), "goedgekeurd, nog doorgeven"),
        (OUT.approved_on(DAY).passed_on(DAY), "doorgegeven aan de organisatie op 3 maart 2025"),
        (IN, "nog doorgeven aan de melder"),
        (IN.passed_on(DAY), "doorgegeven aan de melder op 3 maart 2025"),
    ],
)
def test_how_a_message_stands_is_said_in_words(message: RelayMessage, said: str) -> None:
    assert message.state == said


def test_what_followed_on_detriment_stands_in_order_of_time() -> None:
    late, early = DetrimentEntry(LATER, "Beoordeling"), DetrimentEntry(DAY, "Gesprek")
    found = HARM.followed_by(late).followed_by(early)
    assert found.entries == (early, late)
    assert replace(HARM, forms=("taken afgenomen", "overplaatsing")).label == "Taken afgenomen; Overplaatsing"
