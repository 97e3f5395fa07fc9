"""Cases come back whole, lists walk an index, and reports get facts in a few questions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.casework import a_case, a_client, a_talk
from vpdesk.domain.periods import Period
from vpdesk.domain.phases import Phase
from vpdesk.domain.rows import CaseFilter
from vpdesk.operations.cases import change_case, close_case, move_case, open_case
from vpdesk.operations.clients import add_client, add_unit

if TYPE_CHECKING:
    from vpdesk.store.vault import Vault

YEAR = Period.year(2025)
MID, END = date(2025, 6, 30), date(2025, 12, 31)


def plan(vault: Vault, statement: str, *values: object) -> str:
    return " | ".join(row[3] for row in vault.connection.execute(f"EXPLAIN QUERY PLAN {statement}", values))


def asked_by(vault: Vault, which: CaseFilter) -> list[str]:
    seen: list[str] = []
    vault.connection.set_trace_callback(seen.append)
    vault.cases.rows(which, limit=20, offset=0)
    vault.connection.set_trace_callback(None)
    return seen


def test_a_page_of_the_list_is_one_question_along_the_index_without_sorting(vault: Vault) -> None:
    for _ in range(30):
        a_case(vault)
    (statement,) = asked_by(vault, CaseFilter(open_only=True))
    steps = plan(vault, statement)
    assert "USING INDEX cases_in_order" in steps
    assert "TEMP B-TREE" not in steps


def test_facts_take_two_questions_however_many_cases_there_are(vault: Vault) -> None:
    client = a_client(vault).id
    for _ in range(30):
        a_talk(vault, a_case(vault))
    seen: list[str] = []
    vault.connection.set_trace_callback(seen.append)
    facts = vault.cases.facts(client, YEAR, (END,))
    vault.connection.set_trace_callback(None)
    assert len(facts) == 30
    assert len(seen) == 2
    assert not any("conversation_texts" in statement for statement in seen)


def test_facts_tell_codes_phases_outcomes_and_talks_as_they_stood(vault: Vault) -> None:
    client = a_client(vault).id
    unit = add_unit(vault, client_id=client, name="Noord")
    case = open_case(
        vault, client=client, opened=date(2025, 3, 4), unit=unit.id, thema="pesten", rol="getuige", relatie="collega"
    )
    a_talk(vault, case, on=date(2025, 3, 4), minutes=50)
    a_talk(vault, case, on=date(2025, 3, 4), minutes=10)
    a_talk(vault, case, on=date(2026, 1, 5), minutes=30)
    move_case(vault, case_id=case.id, to=Phase.MELDINGSFASE, on=date(2025, 7, 1))
    close_case(vault, case_id=case.id, outcome="melding gedaan", reason="doel bereikt", on=date(2025, 9, 1))
    (fact,) = vault.cases.facts(client, YEAR, (MID, END))
    assert fact.codes == {
        "thema": "pesten",
        "rol": "getuige",
        "relatie": "collega",
        "werkgebied": "onbekend",
        "onderdeel": "noord",
        "verbonden": "onbekend",
        "gevonden_via": "onbekend",
    }
    assert fact.phases == {MID: "voorfase", END: "meldingsfase"}
    assert fact.outcomes == {MID: "loopt nog", END: "melding gedaan"}
    assert fact.talks == ((date(2025, 3, 4), 2, 60), (date(2026, 1, 5), 1, 30))


def test_facts_are_of_one_client_and_of_cases_opened_in_the_period(vault: Vault) -> None:
    client, other = a_client(vault).id, add_client(vault, name="Anker").id
    for opened in (date(2024, 12, 31), date(2025, 1, 1), date(2025, 12, 31), date(2026, 1, 1)):
        open_case(vault, client=client, opened=opened)
    open_case(vault, client=other, opened=date(2025, 5, 5))
    assert [fact.opened for fact in vault.cases.facts(client, YEAR, ())] == [date(2025, 1, 1), date(2025, 12, 31)]
    assert vault.cases.facts(client, Period.year(2030), (END,)) == ()


@pytest.mark.parametrize(("talks", "minutes"), [(0, 90), (3, 0)])
def test_imported_sums_count_on_the_opening_day(vault: Vault, talks: int, minutes: int) -> None:
    case = change_case(vault, replace(a_case(vault), imported_talks=talks, imported_minutes=minutes))
    (fact,) = vault.cases.facts(case.client, YEAR, ())
    assert fact.talks == ((case.opened, talks, minutes),)


def test_a_code_is_never_given_twice_not_even_when_its_case_is_gone(vault: Vault) -> None:
    case = a_case(vault)
    with vault.transaction():
        vault.connection.execute("DELETE FROM cases WHERE id = ?", (case.id,))
    assert a_case(vault).code == "2025-002"


def test_codes_go_on_after_nine_hundred_and_ninety_nine(vault: Vault) -> None:
    with vault.transaction():
        vault.connection.execute("INSERT INTO case_numbers (year, last) VALUES (2025, 999)")
    assert a_case(vault).code == "2025-1000"
