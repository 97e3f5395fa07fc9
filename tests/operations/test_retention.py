"""Terms, holds and the list to decide on, in a real vault; a hold blocks every way of destroying."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.casework import NOW, TODAY, a_case, a_client, a_talk
from tests.full_case import a_record
from tests.operations.test_meldingen import a_melding, harm
from tests.operations.test_relay import a_message, through_me
from tests.operations.test_steps import a_step
from tests.pages import pages_of, pages_with
from vpdesk.domain.detriments import DetrimentEntry
from vpdesk.domain.errors import HeldError, ImpossibleMoveError, InvalidValueError, NotFoundError, VaultDamagedError
from vpdesk.domain.guided_questions import GuidedKind
from vpdesk.domain.ids import CaseId, HoldId, PublicationId
from vpdesk.domain.markup import words_of
from vpdesk.domain.people import Part, Person
from vpdesk.domain.periods import Period
from vpdesk.domain.phases import Phase
from vpdesk.domain.publications import Publication
from vpdesk.domain.retention import Decision, HoldKind, Kind, Standing, Term
from vpdesk.domain.rows import TodayKind
from vpdesk.domain.statements import Audience
from vpdesk.operations import aftercare, guided, meldingen, people, relay, steps
from vpdesk.operations.cases import close_case, get_case, move_case
from vpdesk.operations.clients import add_client
from vpdesk.operations.conversations import (
    delete_conversation,
    destroy_note,
    finish_report,
    get_conversation,
    link_conversation,
    save_conversation,
)
from vpdesk.operations.destroying import destroy_case, destroy_person
from vpdesk.operations.retention import (
    MOST_COUNTED,
    decision_list,
    decision_on,
    going_with,
    held,
    keep_longer,
    lift_hold,
    longest_copy,
    number_due,
    place_hold,
    records_due,
    save_terms,
    take_back_decision,
    take_back_hold,
    terms,
)
from vpdesk.operations.today import today_items
from vpdesk.operations.worklog import save_earlier_total

if TYPE_CHECKING:
    from vpdesk.domain.cases import Case
    from vpdesk.store.vault import Vault

OLD = date(2024, 3, 4)
"""Opened and closed in 2024: its term of twelve months is over on `TODAY`."""


def closed(vault: Vault, opened: date = OLD, outcome: str = "niet opgelost", **facts: str) -> Case:
    case = a_case(vault, opened, **facts)
    return close_case(vault, case_id=case.id, outcome=outcome, reason="doel bereikt", on=opened)


def reported(vault: Vault, period: Period, never_sent: str = "") -> None:
    client = a_client(vault).id
    out = Publication(PublicationId(0), client, period, Audience.WERKGEVER, NOW, 5, (), (), "", b"", "", "")
    with vault.transaction():
        added = vault.ledger.add(out)
        vault.ledger.mark(added.id, recipient="", never_sent=never_sent)


def standings(vault: Vault, today: date = TODAY) -> dict[str, Standing]:
    return {row.pseudonym: row.standing for row in decision_list(vault, today=today)}


def a_hold(vault: Vault, case: Case, kind: HoldKind = HoldKind.PROCEDURE) -> HoldId:
    return place_hold(vault, case_id=case.id, kind=kind, since=TODAY, reason="Er loopt een zaak").id


def test_a_case_waits_for_the_report_over_every_year_in_which_it_ran(vault: Vault) -> None:
    case = a_case(vault, date(2023, 12, 1), pseudonym="Anker")
    close_case(vault, case_id=case.id, outcome="niet opgelost", reason="doel bereikt", on=OLD)
    assert standings(vault) == {"Anker": Standing.WACHT}
    reported(vault, Period.year(2024))
    reported(vault, Period.year(2023), never_sent="Niet verstuurd")
    (row,) = decision_list(vault, today=TODAY)
    assert row.kept.unreported == (Period.year(2023),)
    assert number_due(vault, today=TODAY) == 0
    save_earlier_total(vault, client_id=case.client, year=2023, cases=7)
    assert standings(vault) == {"Anker": Standing.TE_BESLISSEN}
    assert number_due(vault, today=TODAY) == 1


def test_a_case_closed_on_the_first_day_of_the_first_report_is_counted(vault: Vault) -> None:
    closed(vault, date(2019, 12, 31), pseudonym="Anker")
    closed(vault, date(2020, 1, 1), pseudonym="Boei")
    reported(vault, Period.year(2020))
    assert standings(vault) == {"Anker": Standing.WACHT, "Boei": Standing.TE_BESLISSEN}
    assert number_due(vault, today=TODAY) == 1


def test_nothing_is_due_before_its_own_term(vault: Vault) -> None:
    reported(vault, Period.year(2024))
    closed(vault, pseudonym="Anker")
    closed(vault, pseudonym="Boei", outcome="klacht ingediend")
    closed(vault, date(2025, 1, 21), pseudonym="Kade")
    assert standings(vault, date(2025, 3, 3)) == {}
    assert standings(vault, date(2025, 3, 4)) == {"Anker": Standing.TE_BESLISSEN}
    assert standings(vault, date(2026, 3, 4)) == {
        "Anker": Standing.TE_BESLISSEN,
        "Boei": Standing.TE_BESLISSEN,
        "Kade": Standing.WACHT,
    }
    other = add_client(vault, name="Andere Zorg")
    save_terms(vault, client_id=a_client(vault).id, terms=[Term(Kind.VERSLAGEN, 30, "Afspraak met de OR")])
    assert standings(vault, date(2025, 3, 4)) == {}
    assert terms(vault, a_client(vault).id) == (
        Term(Kind.VERSLAGEN, 30, "Afspraak met de OR"),
        Term(Kind.MELDING, 24),
        Term(Kind.VASTLEGGING, 60),
    )
    assert [term.months for term in terms(vault, other.id)] == [12, 24, 60]
    save_terms(vault, client_id=a_client(vault).id, terms=[Term(Kind.VERSLAGEN, 12)])
    assert vault.connection.execute("SELECT count(*) FROM retention_terms").fetchone() == (0,)


def test_no_copy_is_kept_longer_than_the_shortest_term(vault: Vault) -> None:
    assert longest_copy(vault) == timedelta(days=365)
    save_terms(vault, client_id=a_client(vault).id, terms=[Term(Kind.MELDING, 36, "Afspraak")])
    assert longest_copy(vault) == timedelta(days=365)
    save_terms(vault, client_id=a_client(vault).id, terms=[Term(Kind.VERSLAGEN, 3)])
    assert longest_copy(vault) == timedelta(days=93)


def test_a_hold_blocks_every_way_of_destroying_until_it_is_lifted(vault: Vault) -> None:
    case = a_case(vault, OLD, pseudonym="Anker")
    talk = a_talk(vault, case, working_note="een notitie")
    people.save_person(vault, Person(people.NEW, case.id, Part.KOMT, "Zeldzaamheid"), today=TODAY)
    close_case(vault, case_id=case.id, outcome="niet opgelost", reason="doel bereikt", on=OLD)
    (person,) = people.people_of(vault, case.id).persons
    first, second = a_hold(vault, case), a_hold(vault, case, HoldKind.CLAIM)
    for hold in (first, second):
        revision = vault.revision
        for destroy in (
            lambda: destroy_case(vault, case_id=case.id, now=NOW),
            lambda: destroy_person(vault, person_id=person.id, now=NOW),
            lambda: delete_conversation(vault, conversation_id=talk.id),
        ):
            with pytest.raises(HeldError, match="Er is niets vernietigd"):
                destroy()
        assert vault.revision == revision
        finish_report(vault, conversation_id=talk.id, report="het verslag", today=NOW.date())
        assert get_conversation(vault, talk.id).working_note == "een notitie"
        lift_hold(vault, hold_id=hold, on=TODAY, reason="Uitspraak gedaan", going=going_with(vault, hold))
    finish_report(vault, conversation_id=talk.id, report="het verslag", today=NOW.date())
    assert get_conversation(vault, talk.id).working_note == ""
    destroy_person(vault, person_id=person.id, now=NOW)
    destroy_case(vault, case_id=case.id, now=NOW)


def test_a_hold_keeps_what_hangs_on_the_case(vault: Vault) -> None:
    case = a_case(vault, OLD)
    talk = a_talk(vault, case, on=OLD, working_note="een notitie")
    step = steps.record_step(vault, a_step(case))
    melding = through_me(vault, case)
    message = relay.write_message(vault, a_message(melding, "Wanneer hoor ik iets?"))
    detriment = aftercare.record_detriment(vault, harm(case))
    record = guided.begin_guided(vault, kind=GuidedKind.DOORBREKEN, on=TODAY, case_id=case.id)
    hold = a_hold(vault, case)

    def remove(what: int) -> object:
        return (
            lambda: destroy_note(vault, conversation_id=talk.id),
            lambda: steps.remove_step(vault, step_id=step.id),
            lambda: relay.remove_message(vault, message_id=message.id),
            lambda: meldingen.remove_melding(vault, melding_id=melding.id),
            lambda: aftercare.remove_detriment(vault, detriment_id=detriment.id),
            lambda: guided.discard_guided(vault, guided_id=record.id),
        )[what]()

    for what in range(6):
        with pytest.raises(HeldError):
            remove(what)
    assert not any(item.conversation == talk.id for item in today_items(vault, today=TODAY))
    lift_hold(vault, hold_id=hold, on=TODAY, reason="Uitspraak gedaan")
    assert any(item.conversation == talk.id for item in today_items(vault, today=TODAY))
    for what in range(6):
        remove(what)


def test_nothing_leaves_a_case_that_is_held(vault: Vault) -> None:
    case, other = a_case(vault, OLD), a_case(vault, OLD)
    talk = a_talk(vault, case, on=OLD, working_note="een notitie")
    record = guided.begin_guided(vault, kind=GuidedKind.DOORBREKEN, on=TODAY, case_id=case.id)
    detriment = aftercare.record_detriment(vault, harm(case))
    entry = DetrimentEntry(TODAY, "vervolg")
    aftercare.note_what_followed(vault, detriment_id=detriment.id, entry=entry)
    hold = a_hold(vault, case)
    moves = (
        lambda: link_conversation(vault, conversation_id=talk.id, case_id=other.id),
        lambda: save_conversation(vault, replace(talk, case=None, client=None), now=NOW),
        lambda: guided.place_guided(vault, guided_id=record.id, client_id=case.client),
        lambda: aftercare.take_back_entry(vault, detriment_id=detriment.id, entry=entry),
    )
    for move in moves:
        with pytest.raises(HeldError):
            move()
    guided.place_guided(vault, guided_id=record.id, case_id=case.id)
    assert save_conversation(vault, replace(talk, report="feiten"), now=NOW).case == case.id
    lift_hold(vault, hold_id=hold, on=TODAY, reason="Uitspraak gedaan", going=going_with(vault, hold))
    for move in moves:
        move()


def test_what_hangs_on_a_case_decides_how_long_it_is_kept(vault: Vault) -> None:
    case = closed(vault, pseudonym="Anker")
    kinds = []
    for add in (
        lambda: None,
        lambda: meldingen.record_melding(vault, a_melding(case)),
        lambda: guided.begin_guided(vault, kind=GuidedKind.AVG, on=TODAY, case_id=case.id),
        lambda: guided.begin_guided(vault, kind=GuidedKind.INFORMATIE, on=TODAY, case_id=case.id),
    ):
        add()
        decision = decision_on(vault, case.id, today=TODAY)
        kinds.append((decision.kind, decision.kept.months))
    assert kinds == [(Kind.VERSLAGEN, 12), (Kind.MELDING, 24), (Kind.MELDING, 24), (Kind.VASTLEGGING, 60)]


@pytest.mark.parametrize("marked", [False, True])
def test_a_note_that_a_hold_keeps_reads_as_it_was_written(vault: Vault, marked: bool) -> None:
    case = a_case(vault, OLD)
    talk = a_talk(vault, case, working_note="# 1 **", marked=marked)
    a_hold(vault, case)
    finish_report(vault, conversation_id=talk.id, report="* 2", today=NOW.date(), marked=not marked)
    kept = get_conversation(vault, talk.id)
    assert words_of(kept.working_note, marked=kept.marked) == words_of("# 1 **", marked=marked)
    assert words_of(kept.report, marked=kept.marked) == words_of("* 2", marked=not marked)


def test_what_was_written_about_keeping_goes_with_the_case_for_good(vault: Vault) -> None:
    case = closed(vault, pseudonym="Anker")
    hold = place_hold(vault, case_id=case.id, kind=HoldKind.BENADELING, since=OLD, reason="zeldzaamwoordeen")
    lift_hold(vault, hold_id=hold.id, on=TODAY, reason="zeldzaamwoordtwee")
    keep_longer(vault, case_id=case.id, until=date(2027, 1, 1), reason="zeldzaamwoorddrie", today=TODAY)
    words = ("zeldzaamwoordeen", "zeldzaamwoordtwee", "zeldzaamwoorddrie")
    assert set(pages_with(pages_of(vault), *words)) == set(words)
    destroy_case(vault, case_id=case.id, now=NOW)
    assert pages_with(pages_of(vault), *words) == {}


def test_the_history_of_holds_stays_and_the_last_thing_can_be_undone(vault: Vault) -> None:
    case = closed(vault, pseudonym="Anker")
    first = a_hold(vault, case)
    lifted = lift_hold(vault, hold_id=first, on=TODAY, reason="Klaar")
    assert held(vault, case.id).in_force == ()
    assert [hold.why_lifted for hold in held(vault, case.id).holds] == ["Klaar"]
    take_back_hold(vault, lifted)
    assert [hold.id for hold in held(vault, case.id).in_force] == [first]
    second = place_hold(vault, case_id=case.id, kind=HoldKind.CLAIM, since=TODAY, reason="Ook dit")
    assert [hold.kind for hold in held(vault, case.id).holds] == [HoldKind.CLAIM, HoldKind.PROCEDURE]
    take_back_hold(vault, second)
    assert [hold.id for hold in held(vault, case.id).holds] == [first]
    with pytest.raises(NotFoundError):
        lift_hold(vault, hold_id=second.id, on=TODAY, reason="Klaar")


def test_a_running_case_can_be_held_and_says_so_in_the_list(vault: Vault) -> None:
    case = a_case(vault, pseudonym="Anker")
    a_hold(vault, case)
    (row,) = decision_list(vault, today=TODAY)
    assert (row.standing, row.kept.ends, row.holds) == (Standing.BEWAARSTOP, None, (HoldKind.PROCEDURE,))


def test_keeping_longer_takes_a_case_off_the_list_until_that_day(vault: Vault) -> None:
    reported(vault, Period.year(2024))
    case = closed(vault, pseudonym="Anker")
    until = date(2026, 6, 1)
    keep_longer(vault, case_id=case.id, until=until, reason="De persoon haalt nog iets op", today=TODAY)
    assert number_due(vault, today=TODAY) == 0
    assert standings(vault) == {"Anker": Standing.LANGER}
    assert standings(vault, until) == {"Anker": Standing.TE_BESLISSEN}
    assert [decision.reason for decision in held(vault, case.id).decisions] == ["De persoon haalt nog iets op"]
    take_back_decision(vault, case_id=case.id)
    assert standings(vault) == {"Anker": Standing.TE_BESLISSEN}


def test_what_is_refused_changes_nothing(vault: Vault) -> None:
    running = a_case(vault)
    revision = vault.revision
    with pytest.raises(ImpossibleMoveError, match="loopt nog"):
        keep_longer(vault, case_id=running.id, until=date(2027, 1, 1), reason="Reden", today=TODAY)
    with pytest.raises(NotFoundError):
        place_hold(vault, case_id=CaseId(99), kind=HoldKind.CLAIM, since=TODAY, reason="Reden")
    with pytest.raises(InvalidValueError):
        place_hold(vault, case_id=running.id, kind=HoldKind.CLAIM, since=TODAY, reason=" ")
    with pytest.raises(NotFoundError):
        decision_on(vault, CaseId(99), today=TODAY)
    assert vault.revision == revision


def test_the_list_comes_in_pages_in_order_with_as_many_questions_for_many(vault: Vault) -> None:
    reported(vault, Period.year(2024))
    for n in range(6):
        closed(vault, date(2024, 6, 20 - n), pseudonym=f"Paal {n}")
    a_hold(vault, closed(vault, date(2024, 1, 5), pseudonym="Vast"))
    closed(vault, date(2023, 1, 5), pseudonym="Wacht")
    asked: list[str] = []
    vault.connection.set_trace_callback(asked.append)
    pages: list[tuple[Decision, ...]] = []
    for _ in range(3):
        pages.append(decision_list(vault, today=TODAY, limit=3, after=pages[-1][-1] if pages else None))
    vault.connection.set_trace_callback(None)
    assert len(asked) == 3 * 5 + 1 + 1 + 4, (
        "terms, reports, organisations and records, and each standing that is reached"
    )
    assert [row.pseudonym for page in pages for row in page] == [
        *(f"Paal {n}" for n in (5, 4, 3, 2, 1, 0)),
        "Wacht",
        "Vast",
    ]
    assert [row.pseudonym for row in decision_list(vault, today=TODAY, which=Standing.BEWAARSTOP)] == ["Vast"]
    case = get_case(vault, pages[0][0].case)
    assert decision_on(vault, case.id, today=case.opened).standing is Standing.NOG_NIET


def test_records_without_a_case_stand_between_cases_by_day_also_over_pages(vault: Vault) -> None:
    reported(vault, Period.year(2023))
    days = [date(2023, 6, 10), date(2023, 6, 10), date(2023, 6, 12)]
    names = iter("ABCDEF")
    cases = [closed(vault, on, pseudonym=next(names)) for on in days]
    loose = [a_record(vault, GuidedKind.AVG, on=on) for on in (*days, date(2023, 6, 9))]
    held = a_case(vault, pseudonym="Loopt")
    a_hold(vault, held)
    place_hold(vault, guided_id=loose[1], kind=HoldKind.CLAIM, since=TODAY, reason="Claim")
    expected = [
        (Standing.TE_BESLISSEN, None, loose[3]),
        (Standing.TE_BESLISSEN, cases[0].id, None),
        (Standing.TE_BESLISSEN, cases[1].id, None),
        (Standing.TE_BESLISSEN, None, loose[0]),
        (Standing.TE_BESLISSEN, cases[2].id, None),
        (Standing.TE_BESLISSEN, None, loose[2]),
        (Standing.BEWAARSTOP, None, loose[1]),
        (Standing.BEWAARSTOP, held.id, None),
    ]
    for size in range(1, 9):
        rows: list[Decision] = []
        while page := decision_list(vault, today=TODAY, limit=size, after=rows[-1] if rows else None):
            rows += page
        assert [(row.standing, row.case, row.guided) for row in rows] == expected
    assert (number_due(vault, today=TODAY), records_due(vault, today=TODAY)) == (3, 3)


def test_a_page_reads_no_further_than_itself_however_many_cases_wait(vault: Vault) -> None:
    reported(vault, Period.year(2024))
    case = closed(vault, pseudonym="Eerste")
    waits = closed(vault, date(2023, 2, 3))
    with vault.transaction():
        for _ in range(60):
            vault.cases.add(closed_copy(case))
            vault.cases.add(closed_copy(waits))
    steps: list[int] = []
    for after in (None, decision_list(vault, today=TODAY)[49]):
        ticks = [0]
        vault.connection.set_progress_handler(lambda ticks=ticks: ticks.__setitem__(0, ticks[0] + 1), 10)
        assert len(decision_list(vault, today=TODAY, limit=2, after=after)) == 2
        vault.connection.set_progress_handler(None, 0)
        steps.append(ticks[0])
    assert max(steps) < 400, "of a case that is read this counts some twenty; of one that is passed over, two or three"


@pytest.mark.parametrize("seed", range(3))
def test_the_pages_hold_what_every_case_on_its_own_says(vault: Vault, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same cases in every run
    for first, days in ((date(2021, 1, 1), 364), (date(2022, 1, 1), 545), (date(2023, 7, 1), 183 + 365 * seed)):
        reported(vault, Period(first, first + timedelta(days=days)))
    for _ in range(40):
        opened, on = sorted(TODAY - timedelta(days=chance.randrange(2000)) for _ in range(2))
        case = a_case(vault, opened, thema=chance.choice(["pesten", "benadeling na melding"]))
        if chance.random() < 0.9:
            close_case(vault, case_id=case.id, outcome="niet opgelost", reason="doel bereikt", on=on)
            if chance.random() < 0.2:
                keep_longer(vault, case_id=case.id, until=TODAY + timedelta(days=9), reason="Reden", today=TODAY)
        if chance.random() < 0.2:
            a_hold(vault, case)
    numbers = [CaseId(number) for (number,) in vault.connection.execute("SELECT id FROM cases").fetchall()]
    every = [decision_on(vault, number, today=TODAY) for number in numbers]
    expected = {row.case: row.standing for row in every if row.standing is not Standing.NOG_NIET}
    assert set(expected.values()) == set(Standing) - {Standing.NOG_NIET}
    pages = [decision_list(vault, today=TODAY, limit=3)]
    while len(pages[-1]) == 3:
        pages.append(decision_list(vault, today=TODAY, limit=3, after=pages[-1][-1]))
    rows = [row for page in pages for row in page]
    assert len(rows) == len(expected)
    assert {row.case: row.standing for row in rows} == expected
    assert rows == list(decision_list(vault, today=TODAY))
    assert number_due(vault, today=TODAY) == sum(row.standing is Standing.TE_BESLISSEN for row in every)


def test_today_shows_one_line_with_the_number_and_stops_counting(vault: Vault) -> None:
    def lines() -> list[tuple[str, date]]:
        found = today_items(vault, today=TODAY)
        return [(item.title, item.due) for item in found if item.kind is TodayKind.BEWAARTERMIJN]

    case = closed(vault)
    assert lines() == []
    reported(vault, Period.year(2024))
    assert lines() == [("Eén casus is voorbij de bewaartermijn", TODAY)]
    close_case(
        vault,
        case_id=move_case(vault, case_id=case.id, to=Phase.VOORFASE, on=TODAY).id,
        outcome="niet opgelost",
        reason="doel bereikt",
        on=TODAY,
    )
    assert lines() == [], "reopening and closing anew begins the term anew"
    with vault.transaction():
        for _ in range(MOST_COUNTED + 3):
            vault.cases.add(closed_copy(case))
    assert lines() == [("Meer dan 99 casussen zijn voorbij de bewaartermijn", TODAY)]


def closed_copy(case: Case) -> Case:
    return case


def test_a_day_that_nobody_can_reckon_with_is_refused_as_damage(vault: Vault) -> None:
    case = closed(vault)
    a_hold(vault, case)
    vault.connection.execute("UPDATE cases SET closed = '9999-12-31' WHERE id = ?", (case.id,))
    with pytest.raises(VaultDamagedError):
        decision_list(vault, today=TODAY)
    with pytest.raises(VaultDamagedError):
        decision_on(vault, case.id, today=TODAY)
