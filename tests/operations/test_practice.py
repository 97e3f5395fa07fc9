"""The practice vault tells the invented year, whole, and through the operations that a user has."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from vpdesk.domain.consent import ConsentState
from vpdesk.domain.errors import VaultError
from vpdesk.domain.periods import Period
from vpdesk.domain.phases import Phase
from vpdesk.domain.pseudonyms import PSEUDONYMS
from vpdesk.domain.relay import Direction
from vpdesk.domain.retention import Standing
from vpdesk.domain.rows import CaseFilter, TodayKind
from vpdesk.domain.steps import StepKind
from vpdesk.operations import practice
from vpdesk.operations.attachments import attachments, read_attachment
from vpdesk.operations.cases import case_page, count_cases, get_case, list_cases
from vpdesk.operations.clients import client_by_name, units
from vpdesk.operations.conversations import count_conversations, list_conversations
from vpdesk.operations.directory import directory
from vpdesk.operations.guided import guided_rows
from vpdesk.operations.handover import handed_over
from vpdesk.operations.meldingen import aftermath
from vpdesk.operations.planning import next_intervision
from vpdesk.operations.practice import WATERVEEN, ZILVERELS, make_practice_vault, practice_today
from vpdesk.operations.practice_cases import BEFORE, CASES
from vpdesk.operations.relay import copy_of_message, relay_log
from vpdesk.operations.retention import decision_list
from vpdesk.operations.steps import regie
from vpdesk.operations.today import today_items
from vpdesk.operations.worklog import activities, earlier_totals

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vpdesk.domain.cases import Case
    from vpdesk.store.vault import Vault

NOW = datetime(2026, 11, 22, 9, 0)  # noqa: DTZ001 - the product works in the laptop's local time
TODAY = date(2026, 1, 20)
YEAR = Period.year(2025)


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vault]:
    made = make_practice_vault(tmp_path_factory.mktemp("oefen") / "kluis", now=NOW)
    yield made
    made.close()


def named(year: Vault, pseudonym: str) -> Case:
    (row,) = list_cases(year, CaseFilter(text=pseudonym), 9)
    return get_case(year, row.id)


def facts_of(year: Vault, name: str, day: date = TODAY) -> Counter[tuple[str, str]]:
    client = client_by_name(year, name)
    assert client is not None
    found = year.cases.facts(client.id, YEAR, (day,))
    return Counter((fact.phases[day], fact.outcomes[day]) for fact in found)


def test_it_is_a_practice_vault_with_a_clock_of_its_own(year: Vault) -> None:
    assert year.practice
    assert practice_today(year) == TODAY


def test_the_year_has_its_cases_and_three_from_before(year: Vault) -> None:
    assert sum(facts_of(year, WATERVEEN).values()) == 26
    assert sum(facts_of(year, ZILVERELS).values()) == 8
    assert count_cases(year, CaseFilter()) == 37
    assert count_cases(year, CaseFilter(open_only=True)) == 8
    assert [case.code for case in (named(year, "Kompas"), named(year, "Kade"))] == ["2025-001", "2025-034"]


def test_every_case_stands_as_the_table_says(year: Vault) -> None:
    for told in CASES:
        case = named(year, told.pseudonym)
        reopened = told.pseudonym == "Sluis"
        last = Phase.AFGESLOTEN if told.closed else Phase.VOORFASE
        furthest = "nafase" if told.nazorg else "meldingsfase" if told.melding else "voorfase"
        assert case.phase_on(TODAY) == furthest
        if told.closed and not reopened:
            assert case.phase is last
            assert case.outcome_on(TODAY) == told.afloop
        else:
            assert case.closed is None
            assert case.outcome_on(TODAY) == "loopt nog"
        assert len(list_conversations(year, limit=99, case=case.id)) == len(told.talks)


def test_talks_add_up_and_every_case_but_one_had_its_limits_discussed(year: Vault) -> None:
    assert count_conversations(year) == sum(len(case.talks) for case in (*CASES, *BEFORE)) == 89
    missing = [case.pseudonym for case in CASES if named(year, case.pseudonym).limits_discussed_on is None]
    assert missing == ["Kade"]


def test_today_shows_what_the_invented_january_asks(year: Vault) -> None:
    items = today_items(year, today=TODAY)
    told = [(item.kind, item.pseudonym, item.due) for item in items]
    assert told[:4] == [
        (TodayKind.GRENZEN, "Kade", date(2025, 12, 17)),
        (TodayKind.VERNIETIGEN, "Kade", date(2026, 1, 16)),
        (TodayKind.NAZORG, "Schelp", date(2026, 1, 18)),
        (TodayKind.NAZORG, "Drempel", TODAY),
    ]
    kinds = Counter(item.kind for item in items)
    assert kinds[TodayKind.TERUGBELLEN] == 2
    assert [item.title for item in items if item.kind is TodayKind.BEWAARTERMIJN] == [
        "2 casussen zijn voorbij de bewaartermijn"
    ]
    assert (TodayKind.VASTLEGGING, "Rietpluim", date(2026, 1, 28)) in told


def test_the_guided_records_are_those_of_the_table(year: Vault) -> None:
    assert [(row.kind.value, row.pseudonym, row.outcome) for row in guided_rows(year)] == [
        ("avg-verzoek", "Rietpluim", ""),
        ("informatieverzoek", "", "niets gegeven"),
        ("doorbreken", "Vlieger", "overwogen, niet gedaan"),
    ]


def test_cases_of_the_year_before_wait_for_a_decision_and_two_are_held(year: Vault) -> None:
    rows = decision_list(year, today=TODAY)
    assert {row.pseudonym: row.standing for row in rows} == {
        "Zandloper": Standing.TE_BESLISSEN,
        "Bergkristal": Standing.TE_BESLISSEN,
        "Lantaarn": Standing.WACHT,
        "Waterlelie": Standing.BEWAARSTOP,
        "Sluis": Standing.BEWAARSTOP,
    }
    assert [row.kept.unreported for row in rows if row.pseudonym == "Lantaarn"] == [(YEAR,)]


def test_detriment_reopened_a_case_for_aftercare(year: Vault) -> None:
    page = case_page(year, named(year, "Sluis").id, today=TODAY)
    assert page.case.moves[-1].source is Phase.AFGESLOTEN
    assert page.case.moves[-1].reason.startswith("Benadeling")
    assert [reminder.due for reminder in page.reminders] == [date(2026, 2, 12)]


def test_the_work_log_and_earlier_years_are_there(year: Vault) -> None:
    tasks = Counter(activity.task for activity in activities(year, period=YEAR))
    assert tasks["voorlichting"] == 5
    assert sum(number for task, number in tasks.items() if task.startswith("overleg ")) == 4
    assert (tasks["intervisie"], tasks["bijscholing"], tasks["signaal"], tasks["ongevraagd advies"]) == (8, 1, 1, 1)
    client = client_by_name(year, WATERVEEN)
    assert client is not None
    assert [(total.year, total.cases) for total in earlier_totals(year, client.id)] == [
        (2022, 19),
        (2023, 17),
        (2024, 21),
    ]


def test_every_page_has_something_to_show(year: Vault) -> None:
    (kept,) = attachments(year, named(year, "Emmer").id)
    assert b"Week 44" in read_attachment(year, kept.id)[1]
    (gone,) = handed_over(year)
    assert [case.pseudonym for case in gone.cases] == ["Dakpan"]
    client = client_by_name(year, ZILVERELS)
    assert client is not None
    parts = {unit.name: unit for unit in units(year, client.id)}
    assert parts["Locatie Zilverpad"].into == parts["Locatie Elzenhof"].id
    (end,) = aftermath(year, named(year, "Draaiorgel").id).ended
    assert end.reason.startswith("Wil het achter zich laten")
    planned = next_intervision(year)
    assert planned is not None
    assert (planned.on, planned.at) == (date(2026, 1, 29), "13:30")


def test_pseudonyms_are_those_of_the_table_and_words_that_vpdesk_draws(year: Vault) -> None:
    assert year.cases.pseudonyms_in_use() == {case.pseudonym for case in (*CASES, *BEFORE)}
    assert year.cases.pseudonyms_in_use() <= set(PSEUDONYMS)


def test_a_folder_in_use_is_left_alone(year: Vault) -> None:
    with pytest.raises(VaultError):
        make_practice_vault(year.folder, now=NOW)
    assert count_cases(year, CaseFilter()) == 37


def test_a_failure_while_filling_closes_the_vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Vault] = []

    def fails(vault: Vault, *, year: int) -> None:
        seen.append(vault)
        raise VaultError("De schijf is vol.")

    monkeypatch.setattr(practice, "fill_practice_vault", fails)
    with pytest.raises(VaultError):
        make_practice_vault(tmp_path / "kluis", now=NOW)
    with pytest.raises(Exception, match="closed"):
        seen[0].connection.execute("SELECT 1")


def test_what_people_chose_is_there_with_the_consent_that_the_table_tells_of(year: Vault) -> None:
    paraplu = named(year, "Paraplu")
    (step,) = regie(year, paraplu.id).steps
    assert (step.code, step.consent_state(TODAY)) == ("leidinggevende betrekken", ConsentState.INGETROKKEN)
    assert step.term is not None
    assert step.term.withdrawn == date(2025, 12, 2)
    (handing_over,) = regie(year, named(year, "Windwijzer").id).steps
    assert (handing_over.manner, handing_over.consent_state(TODAY)) == ("warm overgedragen", ConsentState.NOG_VRAGEN)
    without = [
        step
        for case in CASES
        for step in regie(year, named(year, case.pseudonym).id).steps
        if step.consent_state(TODAY) is ConsentState.ZONDER
    ]
    assert without == [], "nobody in the practice vault was passed over"
    assert len(regie(year, paraplu.id).wishes) == 2


def test_own_addresses_stand_beside_the_national_ones_and_one_is_late(year: Vault) -> None:
    entries = directory(year)
    assert [entry.name for entry in entries if not entry.shipped] == [
        "Bedrijfsarts van Waterveen", "Bedrijfsarts van Zilverels", "Buurtteam Waterveen",
    ]  # fmt: skip
    assert [entry.name for entry in entries if entry.overdue(TODAY)] == ["Bedrijfsarts van Zilverels"]
    referred = {
        (case.pseudonym, step.code)
        for case in CASES
        for step in regie(year, named(year, case.pseudonym).id).steps
        if step.kind is StepKind.VERWIJZING
    }
    assert {("Lantaarn", "vakbond"), ("Duinpan", "bedrijfsarts"), ("Dakpan", "collega-vertrouwenspersoon")} <= referred


def test_meldingen_terms_and_messages_are_there_as_the_table_tells(year: Vault) -> None:
    kiezel = named(year, "Kiezel")
    found = aftermath(year, kiezel.id)
    (melding,) = found.meldingen
    first, second = melding.terms
    assert (melding.relay, first.days_late(TODAY), second.days_late(TODAY)) == (True, 2, 0)
    messages = relay_log(year, melding.id)
    assert len(messages.messages) == 6
    for message in messages.messages:
        if message.direction is Direction.NAAR:
            copy = copy_of_message(year, message_id=message.id, today=TODAY)
            assert not any(word in copy for word in (kiezel.code, "Kiezel", "Joost", "Wiekendrager"))
    (harm,) = aftermath(year, named(year, "Sluis").id).detriments
    assert len(harm.entries) == 2
    (spoel,) = aftermath(year, named(year, "Spoel").id).meldingen
    assert [term.days_late(TODAY) for term in spoel.terms] == [13], "it ran past its own term"
    awaited = {item.pseudonym for item in today_items(year, today=TODAY) if item.kind is TodayKind.WERKGEVER}
    assert awaited == {"Drempel", "Rietpluim"}
