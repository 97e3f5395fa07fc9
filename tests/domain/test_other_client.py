"""What ties a case to its organisation is said in one order, and what can't go along is blanked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vpdesk.domain import melding_lists as lists
from vpdesk.domain.cases import Case
from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.ids import CaseId, ClientId, MeldingId, UnitId
from vpdesk.domain.meldingen import Melding
from vpdesk.domain.other_client import WHY, Bound, at_client, melding_at_client, refuse_bound
from vpdesk.domain.phases import begin
from vpdesk.domain.terms import SchemeTerm

DAY = date(2025, 3, 4)
CASE = Case(CaseId(1), ClientId(1), "2025-001", "Kievit", DAY, begin(DAY), unit=UnitId(3))


def test_nothing_ties_and_every_tie_has_a_sentence_of_its_own() -> None:
    refuse_bound(())
    assert len(set(WHY.values())) == len(Bound)
    assert all("blijft" in sentence for sentence in WHY.values())


@given(bound=st.sets(st.sampled_from(Bound), min_size=1))
def test_the_first_tie_is_said_whatever_else_there_is(bound: set[Bound]) -> None:
    with pytest.raises(InvalidValueError) as refused:
        refuse_bound(bound)
    assert refused.value.sentence == WHY[min(bound, key=list(Bound).index)]


def test_a_case_goes_with_all_but_its_unit() -> None:
    assert at_client(CASE, ClientId(2), None) == replace(CASE, client=ClientId(2), unit=None)
    assert at_client(CASE, ClientId(2), UnitId(9)).unit == UnitId(9)
    with pytest.raises(InvalidValueError, match="hoort al bij"):
        at_client(CASE, ClientId(1), None)


def test_a_melding_leaves_the_term_of_the_scheme_and_an_outcome_that_is_not_kept() -> None:
    melding = Melding(MeldingId(1), CASE.id, lists.COMPLAINT, lodged=DAY, scheme_term=SchemeTerm(6), outcome="gegrond")
    for keeps, outcome in ((True, "gegrond"), (False, "onbekend")):
        assert melding_at_client(melding, keeps_outcome=keeps) == replace(melding, scheme_term=None, outcome=outcome)
