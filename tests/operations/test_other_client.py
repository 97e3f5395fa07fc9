"""A case that belongs elsewhere goes with all that hangs on it, and nothing of it stays behind or is counted twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.casework import NOW, TODAY, a_case, a_client, a_talk
from tests.people_kit import put, put_in
from vpdesk.domain import melding_lists as lists
from vpdesk.domain.clients import PROCEDURE_OUTCOME
from vpdesk.domain.conflicts import Level
from vpdesk.domain.consent import Answer, Consent, ConsentTerm
from vpdesk.domain.errors import InvalidValueError, RoleConflictError
from vpdesk.domain.guided_questions import OUTCOMES, GuidedKind
from vpdesk.domain.ids import MeldingId, RelayId, StepId
from vpdesk.domain.meldingen import Melding
from vpdesk.domain.other_client import WHY, Bound
from vpdesk.domain.people import Part
from vpdesk.domain.periods import Period
from vpdesk.domain.relay import Direction, RelayMessage
from vpdesk.domain.retention import HoldKind, Kind, Term
from vpdesk.domain.rows import CaseFilter, TodayKind
from vpdesk.domain.statements import Audience
from vpdesk.domain.steps import HANDED_OVER, Choice, Step, StepKind
from vpdesk.domain.terms import SchemeTerm
from vpdesk.operations import (
    cases,
    clients,
    conversations,
    guided,
    ledger,
    meldingen,
    people,
    relay,
    reports,
    retention,
    steps,
    today,
)
from vpdesk.operations.other_client import elsewhere, move_to_client, other_clients, take_back
from vpdesk.operations.people import GoingOn
from vpdesk.store.counted import CountedStore

if TYPE_CHECKING:
    from pathlib import Path

    from vpdesk.domain.cases import Case
    from vpdesk.domain.clients import Client
    from vpdesk.store.vault import Vault

DAY = date(2025, 3, 4)
YEAR = Period.year(2025)
BECAUSE = GoingOn("Er is geen collega.", "Alleen de naam.")


@pytest.fixture
def other(vault: Vault) -> Client:
    a_client(vault)
    return clients.add_client(vault, name="Zorggroep Merelhof")


def move(vault: Vault, case: Case, to: Client, **more: object) -> object:
    return move_to_client(vault, case_id=case.id, client_id=to.id, today=TODAY, **more)  # type: ignore[arg-type]


def a_melding(vault: Vault, case: Case, **more: object) -> Melding:
    values = {"kind": lists.COMPLAINT, "lodged": DAY, "scheme_term": SchemeTerm(6)} | more
    return meldingen.record_melding(vault, Melding(MeldingId(0), case.id, **values))  # type: ignore[arg-type]


def everything(vault: Vault) -> list[tuple[object, ...]]:
    """Return every row of every table that hangs on cases and organisations."""
    tables = (
        "cases", "conversations", "reminders", "guided_records", "matters", "case_matters", "meldingen", "conflicts",
        "conflict_cases", "persons", "steps", "consents",
    )  # fmt: skip
    return [
        (table, *row)
        for table in tables
        for row in vault.connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2")  # noqa: S608 - our own names
    ]


def a_full_case(vault: Vault) -> Case:
    """A case with something of all that knows an organisation."""
    here = a_client(vault)
    clients.change_client(vault, replace(here, statistics=(PROCEDURE_OUTCOME,)))
    unit = clients.add_unit(vault, client_id=here.id, name="Locatie Zuid")
    case = cases.open_case(vault, client=here.id, opened=DAY, rol="melder", unit=unit.id)
    a_talk(vault, case, next_step="Bellen", next_on=TODAY)
    today.add_reminder(vault, case_id=case.id, kind=TodayKind.NAZORG, due=TODAY, title="Nazorg")
    guided.begin_guided(vault, kind=GuidedKind.DOORBREKEN, on=DAY, case_id=case.id)
    put(vault, case.id, Part.KOMT, "Fien Wrevelhout")
    put_in(vault, case.id, "Overleg Noord")
    a_melding(vault, case, outcome="gegrond")
    step = steps.record_step(
        vault, Step(StepId(0), case.id, StepKind.VERWIJZING, Choice(DAY), "huisarts", manner=HANDED_OVER)
    )
    steps.note_consent(
        vault,
        step_id=step.id,
        consent=Consent(ConsentTerm(Answer.JA, DAY), content="Dat zij komt", recipient="huisarts"),
    )
    return case


def test_everything_that_knows_an_organisation_goes_along_and_the_rest_is_blanked(vault: Vault, other: Client) -> None:
    case, here = a_full_case(vault), a_client(vault)
    told = elsewhere(vault, case_id=case.id, client_id=other.id, today=TODAY)
    assert told.unit is not None
    assert (told.unit.name, [matter.name for matter in told.matters]) == ("Locatie Zuid", ["Overleg Noord"])
    assert (told.terms, told.outcomes, told.consents, told.reported) == (1, 1, 1, ())
    unit = clients.add_unit(vault, client_id=other.id, name="Huis Merel")
    assert told.units == ()
    before = everything(vault)
    moved = move_to_client(vault, case_id=case.id, client_id=other.id, unit_id=unit.id, today=TODAY)
    assert (moved.after.client, moved.after.unit, moved.level) == (other.id, unit.id, Level.GEEN)
    for table in ("conversations", "reminders", "guided_records", "cases"):
        found = vault.connection.execute(f"SELECT DISTINCT client FROM {table}").fetchall()  # noqa: S608 - idem
        assert found == [(other.id,)], table
    assert people.people_of(vault, case.id).matters == ()
    (melding,) = meldingen.aftermath(vault, case.id).meldingen
    assert (melding.scheme_term, melding.outcome, melding.lodged) == (None, "onbekend", DAY)
    assert [row.client_name for row in cases.list_cases(vault, CaseFilter(client=other.id), 9)] == [other.name]
    assert cases.list_cases(vault, CaseFilter(client=here.id), 9) == ()
    assert [hit.client_name for hit in conversations.search(vault, "nazorg")] == [other.name]
    take_back(vault, moved)
    assert sorted(map(str, everything(vault))) == sorted(map(str, before))
    assert vault.integrity(full=True)


def test_a_matter_that_got_another_name_meanwhile_is_the_same_for_a_case_that_comes_back(
    vault: Vault, other: Client
) -> None:
    case, beside = a_case(vault), a_case(vault)
    for one in (case, beside):
        put_in(vault, one.id, "Rooster Noord")
        put_in(vault, one.id, "Overleg Zuid")
    put_in(vault, case.id, "Alleen hier")
    moved = move_to_client(vault, case_id=case.id, client_id=other.id, today=TODAY)
    renamed, gone = sorted(vault.matters.of_case(beside.id), key=lambda matter: matter.name, reverse=True)
    people.rename_matter(vault, matter_id=renamed.id, name="Het rooster", today=TODAY)
    people.leave_matter(vault, case_id=beside.id, matter_id=gone.id)
    put_in(vault, a_case(vault).id, "Iets anders")  # perhaps under the number of the one that is gone
    take_back(vault, moved)
    named = [matter.name for matter in vault.matters.of_case(case.id)]
    assert named == ["Alleen hier", "Het rooster", "Overleg Zuid"]
    assert [matter.name for matter in vault.matters.of_client(case.client)] == sorted([*named, "Iets anders"])


def test_the_other_organisation_counts_it_and_this_one_no_more(vault: Vault, other: Client) -> None:
    case = a_case(vault)
    move(vault, case, other)
    assert CountedStore(vault.connection).numbers(a_client(vault).id, YEAR) == ()
    assert CountedStore(vault.connection).numbers(other.id, YEAR) == (case.id,)
    retention.save_terms(vault, client_id=other.id, terms=[Term(Kind.VERSLAGEN, 6)])
    back = elsewhere(vault, case_id=case.id, client_id=a_client(vault).id, today=TODAY)
    assert back.months == (6, 12)


def test_a_unit_of_the_former_organisation_is_refused(vault: Vault, other: Client) -> None:
    unit = clients.add_unit(vault, client_id=a_client(vault).id, name="Locatie Zuid")
    case = a_case(vault)
    with pytest.raises(InvalidValueError, match="andere organisatie"):
        move(vault, case, other, unit_id=unit.id)
    with pytest.raises(InvalidValueError, match="hoort al bij"):
        move(vault, case, a_client(vault))
    assert cases.get_case(vault, case.id) == case


def test_a_role_conflict_there_takes_a_reason_and_goes_with_the_move(vault: Vault, other: Client) -> None:
    there = cases.open_case(vault, client=other.id, opened=DAY, rol="betrokkene")
    put(vault, there.id, Part.KOMT, "Jan de Vries")
    case = a_case(vault, rol="melder")
    put(vault, case.id, Part.ANDER, "Jan de Vries")
    with pytest.raises(RoleConflictError):
        move(vault, case, other)
    assert cases.get_case(vault, case.id) == case
    moved = move_to_client(vault, case_id=case.id, client_id=other.id, today=TODAY, going_on=BECAUSE)
    assert moved.level is Level.CONFLICT
    assert [record.others for record in people.people_of(vault, case.id).records] == [(there.id,)]
    take_back(vault, moved)
    assert people.people_of(vault, case.id).records == ()


def hold(vault: Vault, case: Case, _folder: Path) -> None:
    retention.place_hold(vault, case_id=case.id, kind=HoldKind.CLAIM, since=DAY, reason="Claim")


def record(vault: Vault, case: Case, _folder: Path) -> None:
    begun = guided.begin_guided(vault, kind=GuidedKind.INFORMATIE, on=DAY, case_id=case.id)
    guided.rest_unknown(vault, guided_id=begun.id, on=DAY)
    guided.finalise_guided(vault, guided_id=begun.id, outcome=OUTCOMES[GuidedKind.INFORMATIE].codes[0], on=DAY)


def pass_on(vault: Vault, case: Case, _folder: Path) -> None:
    melding = a_melding(vault, case, kind=lists.WBK, scheme_term=None, identity=lists.CONFIDENTIAL, relay=True)
    message = relay.write_message(vault, RelayMessage(RelayId(0), melding.id, Direction.VAN, DAY, "Dank u"))
    assert other_clients(vault, case.id), "what only waits ties nothing"
    relay.pass_message(vault, message_id=message.id, on=DAY)


def report(vault: Vault, case: Case, folder: Path) -> None:
    for _ in range(6):
        a_case(vault, case.opened)
    reports.export_report(
        vault, client_id=case.client, period=YEAR, audience=Audience.WERKGEVER, out=folder / "a.pdf", now=NOW,
        backup_places=(),
    )  # fmt: skip


def hand(vault: Vault, case: Case, _folder: Path) -> None:
    vault.connection.execute("INSERT INTO handovers VALUES (1, '2026-01-05', 'collega', 'p', 1)")
    vault.connection.execute("INSERT INTO handed_cases VALUES (1, ?, 0, NULL, NULL)", (case.id,))


def take(vault: Vault, case: Case, _folder: Path) -> None:
    vault.connection.execute("INSERT INTO takeovers VALUES ('p', '2026-01-05', ?, 1)", (case.client,))
    vault.connection.execute("INSERT INTO taken_cases VALUES (?, 'p')", (case.id,))


TIES = {
    Bound.BEWAARSTOP: hold,
    Bound.GETELD: report,
    Bound.OVERGENOMEN: take,
    Bound.OVERGEDRAGEN: hand,
    Bound.VASTLEGGING: record,
    Bound.DOORGEGEVEN: pass_on,
}


@pytest.mark.parametrize("bound", Bound)
def test_what_ties_a_case_is_said_and_nothing_moves(vault: Vault, other: Client, tmp_path: Path, bound: Bound) -> None:
    case = a_case(vault, rol="melder")
    TIES[bound](vault, case, tmp_path)
    before = everything(vault)
    for ask in (lambda: other_clients(vault, case.id), lambda: move(vault, case, other)):
        with pytest.raises(InvalidValueError) as refused:
            ask()
        assert refused.value.sentence == WHY[bound]
    assert everything(vault) == before


def test_a_report_that_never_left_ties_nothing_and_one_that_left_there_is_told(
    vault: Vault, other: Client, tmp_path: Path
) -> None:
    case = a_case(vault)
    report(vault, case, tmp_path)
    (out,) = vault.ledger.publications(case.client)
    ledger.never_sent(vault, out.id, reason="Er stond een fout in.")
    move(vault, case, other)
    reports.export_report(
        vault, client_id=other.id, period=YEAR, audience=Audience.WERKGEVER, out=tmp_path / "b.pdf", now=NOW,
        backup_places=(),
    )  # fmt: skip
    late = a_case(vault)
    assert elsewhere(vault, case_id=late.id, client_id=other.id, today=TODAY).reported == (YEAR,)
    with pytest.raises(InvalidValueError, match="de deur uit"):
        move(vault, case, a_client(vault))


def test_a_move_is_not_taken_back_where_the_case_went_on(vault: Vault, other: Client) -> None:
    third = clients.add_client(vault, name="Een derde")
    case = a_case(vault)
    moved = move_to_client(vault, case_id=case.id, client_id=other.id, today=TODAY)
    move(vault, case, third)
    with pytest.raises(InvalidValueError, match="nog een andere"):
        take_back(vault, moved)
