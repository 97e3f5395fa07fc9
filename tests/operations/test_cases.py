"""Cases are opened, changed, moved and closed as a user asks, each time whole or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.casework import TODAY, a_case, a_client, a_talk
from vpdesk.domain.checklists import LIMITS, ItemState, Who
from vpdesk.domain.errors import AlreadyExistsError, ImpossibleMoveError, InvalidValueError, NotFoundError
from vpdesk.domain.ids import CaseId, UnitId
from vpdesk.domain.phases import Phase
from vpdesk.domain.pseudonyms import PSEUDONYMS
from vpdesk.domain.reminders import ReminderState
from vpdesk.domain.rows import CaseFilter, TimelineKind, TodayKind
from vpdesk.operations.cases import (
    case_page,
    change_case,
    check_item,
    close_case,
    count_cases,
    draw_pseudonym,
    get_case,
    limits_discussed,
    list_cases,
    move_case,
    next_code,
    open_case,
    years_with_cases,
)
from vpdesk.operations.clients import add_client, add_unit
from vpdesk.operations.conversations import get_conversation, list_conversations
from vpdesk.operations.other_client import move_to_client
from vpdesk.operations.today import add_reminder

if TYPE_CHECKING:
    from vpdesk.store.vault import Vault


def test_a_case_needs_a_client_and_a_day_and_gets_a_code_and_a_pseudonym(vault: Vault) -> None:
    case = open_case(vault, client=a_client(vault).id, opened=date(2025, 3, 4))
    assert case.code == "2025-001"
    assert case.pseudonym in PSEUDONYMS
    assert case.phase is Phase.VOORFASE
    assert get_case(vault, case.id) == case


def test_codes_count_per_opening_year_over_all_clients(vault: Vault) -> None:
    other = add_client(vault, name="Zorggroep Merelhof")
    assert a_case(vault, date(2025, 3, 4)).code == "2025-001"
    assert open_case(vault, client=other.id, opened=date(2025, 1, 1)).code == "2025-002"
    assert a_case(vault, date(2026, 1, 2)).code == "2026-001"
    assert next_code(vault, opened=date(2025, 12, 31)) == "2025-003"
    assert next_code(vault, opened=date(2024, 12, 31)) == "2024-001"


def test_no_two_cases_share_a_pseudonym(vault: Vault) -> None:
    names = [a_case(vault).pseudonym for _ in range(40)]
    assert len(set(names)) == 40
    assert draw_pseudonym(vault) not in names


def test_a_pseudonym_in_use_is_refused_and_nothing_is_saved(vault: Vault) -> None:
    a_case(vault, pseudonym="Lisdodde")
    with pytest.raises(AlreadyExistsError, match="Lisdodde"):
        a_case(vault, pseudonym="Lisdodde")
    assert count_cases(vault, CaseFilter()) == 1
    other = a_case(vault)
    with pytest.raises(AlreadyExistsError, match="Lisdodde"):
        change_case(vault, replace(other, pseudonym="Lisdodde"))


def test_a_case_of_a_client_that_is_not_there_is_refused(vault: Vault) -> None:
    with pytest.raises(NotFoundError):
        open_case(vault, client=a_case(vault).client + 7, opened=TODAY)  # type: ignore[arg-type]
    with pytest.raises(NotFoundError):
        get_case(vault, CaseId(99))


def test_a_refused_case_gives_no_code_away(vault: Vault) -> None:
    with pytest.raises(InvalidValueError):
        a_case(vault, thema="bestaat niet")
    assert a_case(vault).code == "2025-001"


def test_a_unit_of_another_client_is_refused(vault: Vault) -> None:
    case = a_case(vault)
    own = add_unit(vault, client_id=case.client, name="Onderbouw")
    other = add_client(vault, name="Zorggroep Merelhof")
    strange = add_unit(vault, client_id=other.id, name="Nachtdienst")
    assert change_case(vault, replace(case, unit=own.id)).unit == own.id
    for unit in (strange.id, UnitId(99)):
        with pytest.raises(InvalidValueError, match="onderdeel"):
            change_case(vault, replace(case, unit=unit))
    assert get_case(vault, case.id).unit == own.id


def test_every_fact_of_a_case_comes_back_as_it_was_given(vault: Vault) -> None:
    case = open_case(
        vault,
        client=a_client(vault).id,
        opened=date(2025, 3, 4),
        rol="getuige",
        werkgebied="beide",
        thema="machtsmisbruik",
        further_themes=("intimidatie", "pesten"),
        relatie="hogere leiding",
        verbonden="inhuur",
        gevonden_via="or",
        wens="erkenning",
        wens_on=date(2025, 3, 5),
        misstand="de melder vermoedt het",
        limits_discussed_on=date(2025, 3, 4),
    )
    assert get_case(vault, case.id) == case
    assert case.further_themes == ("intimidatie", "pesten")


def test_a_case_that_moved_meanwhile_is_not_overwritten(vault: Vault) -> None:
    case = a_case(vault)
    move_case(vault, case_id=case.id, to=Phase.MELDINGSFASE, on=date(2025, 3, 9))
    with pytest.raises(InvalidValueError, match="intussen veranderd"):
        change_case(vault, replace(case, rol="getuige"))
    assert get_case(vault, case.id).phase is Phase.MELDINGSFASE


def test_a_case_takes_its_conversations_along_to_another_client(vault: Vault) -> None:
    case = a_case(vault)
    talk = a_talk(vault, case)
    other = add_client(vault, name="Zorggroep Merelhof")
    with pytest.raises(InvalidValueError, match="intussen veranderd"):
        change_case(vault, replace(case, client=other.id))
    move_to_client(vault, case_id=case.id, client_id=other.id, today=TODAY)
    assert get_conversation(vault, talk.id).client == other.id
    assert list_conversations(vault, limit=9)[0].client_name == "Zorggroep Merelhof"


def test_moves_are_kept_with_their_day_and_reason(vault: Vault) -> None:
    case = a_case(vault)
    move_case(vault, case_id=case.id, to=Phase.MELDINGSFASE, on=date(2025, 3, 9), reason="eigen keuze")
    moved = move_case(vault, case_id=case.id, to=Phase.NAFASE, on=date(2025, 4, 1))
    kept = get_case(vault, case.id)
    assert kept == moved
    assert [(move.to, move.on, move.reason) for move in kept.moves] == [
        (Phase.VOORFASE, date(2025, 3, 4), ""),
        (Phase.MELDINGSFASE, date(2025, 3, 9), "eigen keuze"),
        (Phase.NAFASE, date(2025, 4, 1), ""),
    ]


def test_an_impossible_move_changes_nothing(vault: Vault) -> None:
    case = a_case(vault)
    with pytest.raises(ImpossibleMoveError):
        move_case(vault, case_id=case.id, to=Phase.NAFASE, on=TODAY)
    with pytest.raises(ImpossibleMoveError, match="afloop"):
        move_case(vault, case_id=case.id, to=Phase.AFGESLOTEN, on=TODAY)
    assert get_case(vault, case.id) == case


def test_the_nafase_plans_aftercare_after_four_weeks_and_only_once(vault: Vault) -> None:
    case = a_case(vault)
    move_case(vault, case_id=case.id, to=Phase.MELDINGSFASE, on=date(2025, 3, 9))
    move_case(vault, case_id=case.id, to=Phase.NAFASE, on=date(2025, 4, 1))
    (planned,) = case_page(vault, case.id, today=TODAY).reminders
    assert (planned.kind, planned.due) == (TodayKind.NAZORG, date(2025, 4, 29))
    add_reminder(vault, case_id=case.id, kind=TodayKind.NAZORG, due=date(2025, 8, 1), title="Nazorg: bellen")
    close_case(vault, case_id=case.id, outcome="melding gedaan", reason="doel bereikt", on=date(2025, 5, 1))
    late = add_reminder(vault, case_id=case.id, kind=TodayKind.NAZORG, due=date(2025, 9, 1), title="Nazorg: bellen")
    move_case(vault, case_id=case.id, to=Phase.NAFASE, on=date(2025, 6, 1))
    assert [item.id for item in case_page(vault, case.id, today=TODAY).reminders] == [late.id]


def test_closing_keeps_outcome_and_reason_and_lets_steps_lapse_but_no_terms(vault: Vault) -> None:
    case = a_case(vault)
    for kind in (TodayKind.STAP, TodayKind.TERMIJN, TodayKind.BEWAARTERMIJN):
        add_reminder(vault, case_id=case.id, kind=kind, due=date(2025, 9, 1), title=kind.value)
    closed = close_case(vault, case_id=case.id, outcome="gedrag gestopt", reason="doel bereikt", on=date(2025, 4, 1))
    assert get_case(vault, case.id) == closed
    assert (closed.closed, closed.closing_reason, closed.outcomes[-1].code) == (
        date(2025, 4, 1),
        "doel bereikt",
        "gedrag gestopt",
    )
    kept = {reminder.kind: reminder.state for reminder in vault.reminders.of_case(case.id)}
    assert kept == {
        TodayKind.STAP: ReminderState.VERVALLEN,
        TodayKind.TERMIJN: ReminderState.OPEN,
        TodayKind.BEWAARTERMIJN: ReminderState.OPEN,
    }


def test_the_page_of_a_case_tells_its_history_newest_first_without_note_text(vault: Vault) -> None:
    case = a_case(vault)
    first = a_talk(vault, case, report="Geheim verhaal", agreements="melder leest de regeling")
    a_talk(vault, case, on=date(2025, 3, 20), channel="e-mail", minutes=10)
    move_case(vault, case_id=case.id, to=Phase.MELDINGSFASE, on=date(2025, 3, 9), reason="eigen keuze")
    close_case(vault, case_id=case.id, outcome="melding gedaan", reason="doel bereikt", on=date(2025, 4, 1))
    move_case(vault, case_id=case.id, to=Phase.NAFASE, on=date(2025, 6, 1), reason="benadeling")
    page = case_page(vault, case.id, today=date(2025, 6, 10))
    assert [(entry.kind, entry.title, entry.line) for entry in page.timeline] == [
        (TimelineKind.HEROPEND, "Heropend in de nafase", "benadeling"),
        (TimelineKind.AFGESLOTEN, "Afgesloten", "Melding gedaan, doel bereikt"),
        (TimelineKind.GESPREK, "E-mail", ""),
        (TimelineKind.FASE, "Van voorfase naar meldingsfase", "eigen keuze"),
        (TimelineKind.GESPREK, "Eerste gesprek", "Afspraak: melder leest de regeling"),
        (TimelineKind.GEOPEND, "Casus geopend", ""),
    ]
    assert page.timeline[4].conversation == first.id
    assert page.timeline[4].minutes == 30
    assert "Geheim" not in repr(page)
    assert page.days_in_phase == 10
    assert [(span.phase, span.since, span.until) for span in page.spans] == [
        (Phase.VOORFASE, date(2025, 3, 4), date(2025, 3, 9)),
        (Phase.MELDINGSFASE, date(2025, 3, 9), date(2025, 4, 1)),
        (Phase.NAFASE, date(2025, 6, 1), None),
        (Phase.AFGESLOTEN, date(2025, 4, 1), date(2025, 6, 1)),
    ]
    assert page.moves == (Phase.AFGESLOTEN,)


def test_the_page_of_a_case_takes_a_handful_of_queries(vault: Vault) -> None:
    case = a_case(vault)
    for _ in range(20):
        a_talk(vault, case)
    asked: list[str] = []
    vault.connection.set_trace_callback(asked.append)
    case_page(vault, case.id, today=TODAY)
    vault.connection.set_trace_callback(None)
    assert len([statement for statement in asked if statement.lstrip().startswith("SELECT")]) <= 6
    assert not any("conversation_texts" in statement for statement in asked)


def test_years_with_cases_are_reporting_years_of_one_client_and_take_one_query(vault: Vault) -> None:
    school = add_client(vault, name="Scholengroep", year_starts_in=9)
    other = a_client(vault)
    open_case(vault, client=other.id, opened=date(2011, 1, 1))
    long = open_case(vault, client=school.id, opened=date(2018, 8, 31))
    close_case(vault, case_id=long.id, outcome="gedrag gestopt", reason="doel bereikt", on=date(2020, 9, 1))
    open_case(vault, client=school.id, opened=date(2023, 9, 1))
    asked: list[str] = []
    vault.connection.set_trace_callback(asked.append)
    assert years_with_cases(vault, school.id) == (2023, 2020, 2019, 2018, 2017)
    vault.connection.set_trace_callback(None)
    assert len(asked) == 1
    assert years_with_cases(vault, other.id) == (2011,)


def test_the_limits_of_confidentiality_are_asked_for_until_they_are_discussed(vault: Vault) -> None:
    case = a_case(vault)
    assert not case_page(vault, case.id, today=TODAY).limits_missing
    a_talk(vault, case)
    assert case_page(vault, case.id, today=TODAY).limits_missing
    limits_discussed(vault, case_id=case.id, on=date(2025, 3, 6))
    page = case_page(vault, case.id, today=TODAY)
    assert not page.limits_missing
    assert page.case.limits_discussed_on == date(2025, 3, 6)
    assert (page.checklist[0].item.code, page.checklist[0].state) == (LIMITS, ItemState.GEDAAN)
    check_item(vault, case_id=case.id, phase=Phase.VOORFASE, code=LIMITS, state=ItemState.NOG_NIET, on=date(2025, 3, 7))
    assert get_case(vault, case.id).limits_discussed_on is None


def test_limits_given_at_the_opening_are_checked_on_the_list(vault: Vault) -> None:
    case = open_case(vault, client=a_client(vault).id, opened=date(2025, 3, 4), limits_discussed_on=date(2025, 3, 4))
    page = case_page(vault, case.id, today=TODAY)
    assert (page.checklist[0].state, page.checklist[0].on) == (ItemState.GEDAAN, date(2025, 3, 4))


def test_a_checklist_keeps_what_was_done_and_when(vault: Vault) -> None:
    case = a_case(vault)
    for state, day in ((ItemState.NIET_NODIG, 5), (ItemState.GEDAAN, 6)):
        check_item(vault, case_id=case.id, phase=Phase.VOORFASE, code="keuze", state=state, on=date(2025, 3, day))
    items = {line.item.code: line for line in case_page(vault, case.id, today=TODAY).checklist}
    assert (items["keuze"].state, items["keuze"].on) == (ItemState.GEDAAN, date(2025, 3, 6))
    assert (items["keuze"].who, items["wegen"].who) == (Who.U, Who.ONBEKEND)
    assert (items["wegen"].state, items["wegen"].on) == (ItemState.NOG_NIET, None)
    with pytest.raises(InvalidValueError):
        check_item(vault, case_id=case.id, phase=Phase.NAFASE, code="keuze", state=ItemState.GEDAAN, on=TODAY)


def test_the_list_filters_by_everything_it_offers(vault: Vault) -> None:
    client = a_client(vault)
    other = add_client(vault, name="100% Zorg")
    first = a_case(vault, thema="pesten", rol="getuige", pseudonym="Kievit")
    second = open_case(vault, client=other.id, opened=date(2025, 5, 1), pseudonym="Tureluur")
    close_case(vault, case_id=second.id, outcome="onbekend", reason="onbekend", on=date(2025, 6, 1))

    def found(which: CaseFilter) -> list[CaseId]:
        rows = list_cases(vault, which, 10)
        assert count_cases(vault, which) == len(rows)
        return [row.id for row in rows]

    assert found(CaseFilter()) == [first.id, second.id]
    assert found(CaseFilter(client=client.id)) == [first.id]
    assert found(CaseFilter(open_only=True)) == [first.id]
    assert found(CaseFilter(phases=frozenset({Phase.AFGESLOTEN}))) == [second.id]
    assert found(CaseFilter(themes=frozenset({"pesten", "fraude"}))) == [first.id]
    assert found(CaseFilter(roles=frozenset({"onbekend"}))) == [second.id]
    assert found(CaseFilter(text=" tureLUUR ")) == [second.id]
    assert found(CaseFilter(text="2025-001")) == [first.id]
    assert found(CaseFilter(text="100%")) == [second.id]
    assert found(CaseFilter(text="_")) == []
    assert found(CaseFilter(text="!")) == []


def test_the_list_shows_running_cases_first_in_order_of_their_next_step(vault: Vault) -> None:
    later, none, sooner, closed = (a_case(vault) for _ in range(4))
    for case, day in ((later, 9), (sooner, 3)):
        add_reminder(vault, case_id=case.id, kind=TodayKind.STAP, due=date(2025, 9, day), title="Bellen")
    close_case(vault, case_id=closed.id, outcome="onbekend", reason="onbekend", on=date(2025, 6, 1))
    rows = list_cases(vault, CaseFilter(), 10)
    assert [row.id for row in rows] == [sooner.id, later.id, none.id, closed.id]
    assert (rows[0].next_on, rows[0].next_what) == (date(2025, 9, 3), "Bellen")
    assert list_cases(vault, CaseFilter(), 1, 1) == (rows[1],)


def test_an_imported_sum_stands_in_the_first_line_of_the_timeline(vault: Vault) -> None:
    case = a_case(vault)
    for talks, words in ((1, "1 gesprek,"), (3, "3 gesprekken, 90 minuten")):
        change_case(vault, replace(case, imported_talks=talks, imported_minutes=90))
        assert words in case_page(vault, case.id, today=TODAY).timeline[-1].line
