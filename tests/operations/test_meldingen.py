"""Meldingen with the employer's terms, detriment and aftercare: kept, told in the timeline, and gone with the case."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.casework import NOW, TODAY, a_case, a_client
from tests.pages import pages_of, pages_with
from vpdesk.domain import melding_lists as lists
from vpdesk.domain.clients import PROCEDURE_OUTCOME
from vpdesk.domain.consent import Answer, Consent, ConsentTerm
from vpdesk.domain.detriments import Against, Detriment, DetrimentEntry
from vpdesk.domain.errors import InvalidValueError, NotFoundError, VaultDamagedError
from vpdesk.domain.ids import CaseId, DetrimentId, MeldingId, RelayId, StepId
from vpdesk.domain.meldingen import Melding
from vpdesk.domain.phases import Phase
from vpdesk.domain.relay import Direction, RelayMessage
from vpdesk.domain.reminders import AftercareEnd, ReminderState
from vpdesk.domain.rows import TimelineKind, TodayKind
from vpdesk.domain.steps import Actor, Choice, Step, StepKind, StepState
from vpdesk.domain.terms import SchemeTerm, TermKind
from vpdesk.operations import meldingen
from vpdesk.operations.aftercare import (
    change_detriment,
    end_aftercare,
    get_detriment,
    note_what_followed,
    record_detriment,
    remove_detriment,
    resume_aftercare,
    skip_aftercare,
    take_back_entry,
    take_back_skip,
)
from vpdesk.operations.cases import Lapse, close_case, left_open, move_case, open_case
from vpdesk.operations.clients import change_client
from vpdesk.operations.destroying import destroy_case
from vpdesk.operations.melding_words import aftermath_entries
from vpdesk.operations.meldingen import (
    aftermath,
    change_melding,
    get_melding,
    heard,
    of_step,
    proposal,
    record_melding,
    remove_melding,
    usual_term,
)
from vpdesk.operations.relay import Reading, approve_message, pass_message, write_message
from vpdesk.operations.steps import record_step, regie, take_step
from vpdesk.operations.today import add_reminder, do_reminder, postpone_reminder, today_items

if TYPE_CHECKING:
    from vpdesk.domain.cases import Case
    from vpdesk.domain.reminders import Reminder
    from vpdesk.store.vault import Vault

DAY = date(2026, 1, 5)
WEEK = timedelta(weeks=1)
READ = Reading(through=True)


def a_melding(case: Case, **values: object) -> Melding:
    given: dict[str, object] = {
        "kind": lists.WBK,
        "identity": lists.CONFIDENTIAL,
        "recipient": "meldpunt",
        "lodged": DAY,
    }
    return Melding(id=MeldingId(0), case=case.id, **{**given, **values})  # type: ignore[arg-type]


def harm(case: Case, told: str = "") -> Detriment:
    return Detriment(DetrimentId(0), case.id, ("taken afgenomen", "overplaatsing"), DAY, Against.HELPER, told)


def employers(vault: Vault, today: date = TODAY) -> list[tuple[str, date]]:
    return [(item.title, item.due) for item in today_items(vault, today=today) if item.kind is TodayKind.WERKGEVER]


def told(vault: Vault, case: Case) -> list[tuple[date, str, str, bool]]:
    entries = aftermath_entries(vault, case.id, aftermath(vault, case.id))
    return [(entry.on, entry.title, entry.line, entry.alert) for entry in entries]


def nafase(vault: Vault) -> tuple[Case, Reminder]:
    case = a_case(vault)
    move_case(vault, case_id=case.id, to=Phase.MELDINGSFASE, on=DAY)
    case = move_case(vault, case_id=case.id, to=Phase.NAFASE, on=DAY)
    (planned,) = vault.reminders.of_case(case.id)
    return case, planned


def planned_for(vault: Vault, case: Case) -> list[date]:
    return [item.due for item in vault.reminders.of_case(case.id) if item.state is ReminderState.OPEN]


def test_a_melding_comes_back_as_it_was_given_and_through_the_advisor_gets_a_reference(vault: Vault) -> None:
    case = a_case(vault)
    first = record_melding(vault, a_melding(case, kind=lists.COMPLAINT, scheme_term=SchemeTerm(6), confirmed=DAY))
    later = record_melding(vault, a_melding(case, lodged=None, relay=True, identity=lists.CONFIDENTIAL))
    assert aftermath(vault, case.id).meldingen == (first, later)
    assert (first.reference, get_melding(vault, later.id)) == ("", later)
    assert len(later.reference) == 9
    assert not any(character.isdigit() for character in later.reference), "it counts nothing"
    changed = change_melding(vault, replace(later, lodged=DAY, reference="", case=CaseId(99)), today=TODAY)
    assert changed == replace(later, lodged=DAY), "its reference and its case stay"
    assert change_melding(vault, replace(changed, relay=False, reference=""), today=TODAY).reference == ""


def test_the_term_of_a_scheme_is_known_the_next_time_at_that_organisation_for_that_kind(vault: Vault) -> None:
    case = a_case(vault)
    assert usual_term(vault, case_id=case.id, kind=lists.COMPLAINT) is None
    for weeks in (6, 10):
        record_melding(vault, a_melding(case, kind=lists.COMPLAINT, scheme_term=SchemeTerm(weeks)))
    assert usual_term(vault, case_id=a_case(vault).id, kind=lists.COMPLAINT) == SchemeTerm(10)
    assert usual_term(vault, case_id=case.id, kind=lists.OWN_SCHEME) is None
    elsewhere = open_case(vault, client=a_client(vault, "Waterschap").id, opened=DAY)
    assert usual_term(vault, case_id=elsewhere.id, kind=lists.COMPLAINT) is None


def test_two_meldingen_never_share_a_reference(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    case = a_case(vault)
    drawn = iter([*"BCDFGHJK", *"BCDFGHJK", *"XWVTSRPN"])
    monkeypatch.setattr(meldingen.secrets, "choice", lambda _letters: next(drawn))
    found = [record_melding(vault, a_melding(case, relay=True)).reference for _ in range(2)]
    assert found == ["BCDF-GHJK", "XWVT-SRPN"]


def test_terms_of_the_employer_stand_on_vandaag_until_they_are_met(vault: Vault) -> None:
    case = a_case(vault)
    melding = record_melding(vault, a_melding(case, lodged=DAY))
    assert employers(vault) == [("Termijn werkgever: ontvangstbevestiging", DAY + WEEK)]
    heard(vault, melding_id=melding.id, kind=TermKind.BEVESTIGING, on=DAY + WEEK)
    assert employers(vault) == []
    assert employers(vault, date(2026, 3, 20)) == [("Termijn werkgever: terugkoppeling", date(2026, 4, 12))]
    heard(vault, melding_id=melding.id, kind=TermKind.TERUGKOPPELING, on=date(2026, 3, 1))
    assert employers(vault, date(2026, 5, 1)) == []
    with pytest.raises(InvalidValueError):
        heard(vault, melding_id=melding.id, kind=TermKind.TERUGKOPPELING, on=date(2025, 3, 1))


def test_vandaag_walks_an_index_and_reads_no_text(vault: Vault) -> None:
    asked: list[str] = []
    vault.connection.set_trace_callback(asked.append)
    vault.meldingen.awaited_until(TODAY)
    vault.relay.days_of_case(CaseId(1))
    vault.connection.set_trace_callback(None)
    for statement in asked:
        plan = " ".join(str(row[3]) for row in vault.connection.execute(f"EXPLAIN QUERY PLAN {statement}"))
        assert "SCAN" not in plan, plan
        assert "text" not in statement


def test_the_outcome_of_a_procedure_is_kept_only_where_the_organisation_chose_so(vault: Vault) -> None:
    case = a_case(vault)
    with pytest.raises(InvalidValueError, match="geen uitkomst"):
        record_melding(vault, a_melding(case, outcome="gegrond"))
    melding = record_melding(vault, a_melding(case))
    with pytest.raises(InvalidValueError, match="geen uitkomst"):
        change_melding(vault, replace(melding, outcome="gegrond"), today=TODAY)
    client = a_client(vault)
    change_client(vault, replace(client, statistics=(PROCEDURE_OUTCOME,)))
    kept = change_melding(vault, replace(melding, outcome="gegrond"), today=TODAY)
    change_client(vault, replace(client, statistics=()))
    assert change_melding(vault, replace(kept, confirmed=DAY), today=TODAY).outcome == "gegrond", (
        "what was kept is not lost"
    )


@pytest.mark.parametrize(
    ("code", "actor", "misstand", "expected"),
    [
        ("interne melding", Actor.PERSOON, "nee", (lists.OWN_SCHEME, "onbekend", "meldpunt", False)),
        ("interne melding", Actor.VERTROUWENSPERSOON, "de melder vermoedt het", (lists.WBK, "vertrouwelijk", "meldpunt", True)),
        ("klacht", Actor.PERSOON, "nee", (lists.COMPLAINT, "onbekend", "klachtencommissie", False)),
        ("externe melding", Actor.PERSOON, "nee", (lists.EXTERNAL, "onbekend", "onbekend", False)),
        ("aangifte", Actor.PERSOON, "nee", None),
    ],
)  # fmt: skip
def test_a_step_that_is_a_melding_is_not_typed_again(
    vault: Vault, code: str, actor: Actor, misstand: str, expected: tuple[str, str, str, bool] | None
) -> None:
    case = a_case(vault, misstand=misstand)
    agreed = (Consent(ConsentTerm(Answer.JA, DAY), "De tekst", "Het meldpunt"),) if actor is not Actor.PERSOON else ()
    step = Step(StepId(0), case.id, StepKind.ROUTE, Choice(DAY), code, actor=actor, consents=agreed).taken(DAY)
    found = of_step(case, step)
    if expected is None:
        assert found is None
    else:
        assert found is not None
        assert (found.kind, found.identity, found.recipient, found.relay) == expected
        assert (found.lodged, found.case) == (DAY, case.id)
    assert proposal(case).kind == (lists.WBK if misstand == "de melder vermoedt het" else "onbekend")


def test_the_timeline_tells_what_happened_and_never_what_a_text_says(vault: Vault) -> None:
    case, planned = nafase(vault)
    melding = record_melding(
        vault,
        a_melding(case, lodged=DAY, relay=True, confirmed=DAY + timedelta(days=9), feedback=DAY + WEEK * 3),
    )
    record_melding(
        vault, a_melding(case, kind=lists.EXTERNAL, identity="onbekend", recipient="onbekend", withdrawn=DAY + WEEK * 4)
    )
    for direction, on in ((Direction.NAAR, DAY), (Direction.VAN, DAY + WEEK)):
        message = write_message(vault, RelayMessage(RelayId(0), melding.id, direction, on, "Niemand leest dit."))
        if direction is Direction.NAAR:
            approve_message(vault, message_id=message.id, on=DAY, reading=READ)
            pass_message(vault, message_id=message.id, on=DAY, reading=READ)
    followed = DetrimentEntry(DAY + WEEK * 5, "Nog een gesprek")
    note_what_followed(vault, detriment_id=record_detriment(vault, harm(case)).id, entry=followed)
    end_aftercare(vault, case_id=case.id, end=AftercareEnd(DAY + WEEK * 6, "Het gaat goed"), done=planned.id)
    assert told(vault, case) == [
        (DAY + WEEK * 6, "Nazorg beëindigd door de persoon", "Het gaat goed", False),
        (DAY + WEEK * 5, "Benadeling: vervolg", "Taken afgenomen; Overplaatsing", True),
        (DAY + WEEK * 4, "Melding ingetrokken", "", False),
        (DAY + WEEK * 3, "Terugkoppeling ontvangen", "Binnen de termijn", False),
        (DAY + timedelta(days=9), "Ontvangst bevestigd", "2 dagen na de termijn", True),
        (DAY + WEEK, "Bericht van de organisatie", "Nog niet doorgegeven", False),
        (DAY, "Benadeling, iemand die hielp", "Taken afgenomen; Overplaatsing", True),
        (DAY, "Bericht naar de organisatie", "Doorgegeven", False),
        (DAY, "Externe melding gedaan", "", False),
        (DAY, "Wbk-melding gedaan", "Bij: Meldpunt, vertrouwelijk, via u als doorgeefluik", False),
    ]
    kinds = {entry.kind for entry in aftermath_entries(vault, case.id, aftermath(vault, case.id))}
    assert kinds == {TimelineKind.MELDING, TimelineKind.BERICHT, TimelineKind.BENADELING, TimelineKind.NAZORG}


def test_a_melding_written_by_mistake_goes_and_what_was_passed_on_stays(vault: Vault) -> None:
    case = a_case(vault)
    melding = record_melding(vault, a_melding(case, relay=True))
    message = write_message(vault, RelayMessage(RelayId(0), melding.id, Direction.VAN, DAY, "Ontvangen."))
    with pytest.raises(InvalidValueError, match="blijft via u"):
        change_melding(vault, replace(melding, relay=False, identity="met naam", reference=""), today=TODAY)
    pass_message(vault, message_id=message.id, on=DAY)
    with pytest.raises(InvalidValueError, match="doorgegeven"):
        remove_melding(vault, melding_id=melding.id)
    other = record_melding(vault, a_melding(case))
    remove_melding(vault, melding_id=other.id)
    assert aftermath(vault, case.id).meldingen == (melding,)
    for ask in (
        lambda: get_melding(vault, other.id),
        lambda: remove_melding(vault, melding_id=other.id),
        lambda: vault.meldingen.delete(other.id),
    ):
        with pytest.raises(NotFoundError):
            ask()


def test_detriment_is_kept_in_a_closed_case_too_with_what_followed(vault: Vault) -> None:
    case = a_case(vault)
    close_case(vault, case_id=case.id, outcome="klacht ingediend", reason="doel bereikt", on=DAY)
    made = record_detriment(vault, harm(case))
    one, two = DetrimentEntry(DAY + WEEK, "Een gesprek"), DetrimentEntry(DAY, "Een brief")
    for entry in (one, two):
        note_what_followed(vault, detriment_id=made.id, entry=entry)
    changed = change_detriment(
        vault, replace(made, forms=("overplaatsing",), against=Against.ZELF, told="Verplaatst"), today=TODAY
    )
    assert changed == get_detriment(vault, made.id)
    assert (changed.entries, changed.label, changed.told) == ((two, one), "Overplaatsing", "Verplaatst")
    assert take_back_entry(vault, detriment_id=made.id, entry=two).entries == (one,)
    assert take_back_entry(vault, detriment_id=made.id, entry=two).entries == (one,)
    remove_detriment(vault, detriment_id=made.id)
    other = record_detriment(vault, harm(case))
    assert aftermath(vault, case.id).detriments == (other,)
    vault.connection.execute("DELETE FROM detriments")
    for ask in (
        lambda: get_detriment(vault, other.id),
        lambda: remove_detriment(vault, detriment_id=other.id),
        lambda: record_detriment(vault, replace(other, case=CaseId(99))),
    ):
        with pytest.raises(NotFoundError):
            ask()


def test_aftercare_repeats_over_postponing_and_skipping_until_the_person_ends_it(vault: Vault) -> None:
    case, planned = nafase(vault)
    late = planned.due + WEEK * 3
    postpone_reminder(vault, reminder_id=planned.id, due=late)
    again = do_reminder(vault, reminder_id=planned.id, on=late)
    assert again is not None
    assert (again.due, again.detail) == (date(2026, 4, 5), "Vorige keer op 23 februari 2026")
    take_back_skip(vault, skip_aftercare(vault, reminder_id=again.id, on=TODAY))
    assert planned_for(vault, case) == [again.due]
    skipped = skip_aftercare(vault, reminder_id=again.id, on=TODAY).following
    assert skipped is not None
    assert (skipped.due, skipped.detail) == (date(2026, 7, 5), "De vorige keer is overgeslagen")
    end = AftercareEnd(date(2026, 7, 1), "Wil er niet meer over praten")
    gone = end_aftercare(vault, case_id=case.id, end=end)
    assert (planned_for(vault, case), aftermath(vault, case.id).ended) == ([], (end,))
    with pytest.raises(InvalidValueError, match="geen nazorg"):
        end_aftercare(vault, case_id=case.id, end=end)
    resume_aftercare(vault, case_id=case.id, planned=gone)
    assert (planned_for(vault, case), aftermath(vault, case.id).ended) == ([skipped.due], ())
    close_case(vault, case_id=case.id, outcome="melding gedaan", reason="doel bereikt", on=date(2026, 7, 5))
    move_case(vault, case_id=case.id, to=Phase.NAFASE, on=date(2026, 7, 6), reason="Benadeling")
    assert planned_for(vault, case) == [date(2026, 8, 3)]
    (item,) = vault.reminders.due_until(date(2026, 9, 1))
    assert item.reminder is not None
    close_case(vault, case_id=case.id, outcome="melding gedaan", reason="doel bereikt", on=date(2026, 7, 7))
    late_one = add_reminder(vault, case_id=case.id, kind=TodayKind.NAZORG, due=TODAY, title="Nazorg")
    left_out = skip_aftercare(vault, reminder_id=late_one.id, on=TODAY)
    assert left_out.following is None, "a closed case plans nothing"
    take_back_skip(vault, left_out)
    assert planned_for(vault, case) == [TODAY]


def test_closing_names_what_is_left_open_and_ends_it_only_where_asked(vault: Vault) -> None:
    case, planned = nafase(vault)
    waiting = record_step(vault, Step(StepId(0), case.id, StepKind.ROUTE, Choice(DAY), "klacht"))
    done = record_step(vault, Step(StepId(0), case.id, StepKind.ROUTE, Choice(DAY), "zelf aanspreken"))
    take_step(vault, step_id=done.id, on=DAY)
    record_melding(vault, a_melding(case, lodged=DAY))
    record_melding(vault, a_melding(case, lodged=None))
    found = left_open(vault, case.id)
    assert (found.lapsing, [step.id for step in found.steps]) == ((planned,), [waiting.id])
    assert [term.due for term in found.terms] == [DAY + WEEK, date(2026, 4, 12)]
    close_case(vault, case_id=case.id, outcome="melding gedaan", reason="doel bereikt", on=DAY + WEEK)
    assert employers(vault), "a term goes on until it is met or let go"
    assert len(left_open(vault, case.id).steps) == 1
    move_case(vault, case_id=case.id, to=Phase.NAFASE, on=TODAY, reason="Wil alsnog hulp")
    close_case(
        vault, case_id=case.id, outcome="melding gedaan", reason="doel bereikt", on=TODAY, lapse=Lapse.STEPS | Lapse.TERMS
    )  # fmt: skip
    assert (left_open(vault, case.id).steps, left_open(vault, case.id).terms, employers(vault)) == ((), (), [])
    move_case(vault, case_id=case.id, to=Phase.NAFASE, on=TODAY, reason="Wil alsnog hulp")
    assert employers(vault), "with the case its terms are followed again"
    states = {step.id: (step.state, step.settled) for step in regie(vault, case.id).steps}
    assert states == {waiting.id: (StepState.VERVALLEN, TODAY), done.id: (StepState.GEZET, DAY)}


def test_nothing_of_it_is_left_in_the_file_when_the_case_is_destroyed(vault: Vault) -> None:
    kept, case = a_case(vault), a_case(vault)
    words = ("kwetterspel", "zandloperij", "moerasgrond", "dwarsfluitje")
    references = []
    for case_, (message, what, followed, reason) in ((kept, ("blijft",) * 4), (case, words)):
        melding = record_melding(vault, a_melding(case_, relay=True))
        references.append(melding.reference)
        write_message(vault, RelayMessage(RelayId(0), melding.id, Direction.NAAR, DAY, message))
        made = record_detriment(vault, harm(case_, what))
        note_what_followed(vault, detriment_id=made.id, entry=DetrimentEntry(TODAY, followed))
        add_reminder(vault, case_id=case_.id, kind=TodayKind.NAZORG, due=TODAY, title="Nazorg")
        end_aftercare(vault, case_id=case_.id, end=AftercareEnd(TODAY, reason))
    gone = (*words, references[1])
    assert set(pages_with(pages_of(vault), *gone)) == set(gone)
    close_case(vault, case_id=case.id, outcome="niet opgelost", reason="doel bereikt", on=TODAY)
    assert destroy_case(vault, case_id=case.id, now=NOW).wiped
    assert pages_with(pages_of(vault), *gone) == {}
    for table in ("meldingen", "relay_messages", "detriments", "detriment_entries", "aftercare_ends"):
        assert vault.connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (1,), table  # noqa: S608


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE meldingen SET kind = 'toverij'",
        "UPDATE meldingen SET lodged = 'gisteren'",
        "UPDATE meldingen SET lodged = '9999-12-31'",
        "UPDATE meldingen SET term_count = 0, term_unit = 'dagen'",
        "UPDATE meldingen SET reference = '2025-001'",
        "UPDATE relay_messages SET direction = 'toverij'",
        "UPDATE detriments SET forms = '7'",
        "UPDATE detriments SET forms = 'toverij'",
        "UPDATE detriment_entries SET on_day = '2001-01-01'",
        "UPDATE aftercare_ends SET reason = ''",
    ],
)
def test_what_no_vpdesk_wrote_is_refused(vault: Vault, sql: str) -> None:
    case, _ = nafase(vault)
    melding = record_melding(vault, a_melding(case, relay=True))
    write_message(vault, RelayMessage(RelayId(0), melding.id, Direction.VAN, DAY, "Ontvangen."))
    made = record_detriment(vault, harm(case))
    note_what_followed(vault, detriment_id=made.id, entry=DetrimentEntry(TODAY, "Later"))
    end_aftercare(vault, case_id=case.id, end=AftercareEnd(TODAY, "Genoeg"))
    vault.connection.execute(sql)
    with pytest.raises(VaultDamagedError):
        told(vault, case)
