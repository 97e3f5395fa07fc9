"""A destroyed case is gone for good, and old years are still counted exactly as before."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.casework import NOW, TODAY, a_case, a_client, a_talk, new_vault
from vpdesk.domain import taxonomy
from vpdesk.domain.checklists import LIMITS, ItemState
from vpdesk.domain.errors import ImpossibleMoveError, NotFoundError, ReportRefusedError, VaultDamagedError
from vpdesk.domain.ids import CaseId, PublicationId
from vpdesk.domain.periods import Period
from vpdesk.domain.phases import MOVES, Phase
from vpdesk.domain.publications import Publication
from vpdesk.domain.rows import CaseFilter, TodayKind
from vpdesk.domain.statements import Audience, CaseFacts, Of
from vpdesk.operations import conversations
from vpdesk.operations.cases import (
    case_page,
    check_item,
    close_case,
    count_cases,
    get_case,
    list_cases,
    move_case,
    next_code,
    open_case,
    years_with_cases,
)
from vpdesk.operations.clients import add_client, add_unit
from vpdesk.operations.destroying import destroy_case
from vpdesk.operations.reports import gather, prepare
from vpdesk.operations.today import add_reminder, today_items
from vpdesk.reporting.disclosure.result import NOT_KEPT
from vpdesk.reporting.statements import Level

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vpdesk.domain.cases import Case
    from vpdesk.domain.clients import Client
    from vpdesk.store.vault import Vault

YEAR = Period.year(2025)
LOST = {"onderdeel", "verbonden"}


def closed(vault: Vault, case: Case, on: date = date(2025, 9, 1)) -> Case:
    return close_case(vault, case_id=case.id, outcome="niet opgelost", reason="doel bereikt", on=on)


def publish(vault: Vault, client: Client, period: Period) -> None:
    with vault.transaction():
        vault.ledger.add(
            Publication(PublicationId(0), client.id, period, Audience.WERKGEVER, NOW, 5, (), (), "", b"", "", "")
        )


def rows(vault: Vault, table: str) -> int:
    (number,) = vault.connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608 - our own names
    return int(number)


def test_everything_of_the_case_is_gone_and_nothing_of_another(vault: Vault) -> None:
    kept = a_case(vault, pseudonym="Blijft")
    talk = a_talk(vault, kept, working_note="een andere beer", next_step="later", next_on=date(2026, 2, 1))
    conversations.save_draft(vault, key=f"gesprek:{talk.id}", text=f'{{"case": {kept.id}, "of": {talk.id}}}', now=NOW)
    conversations.save_draft(vault, key="snel", text="12", now=NOW)
    before = {table: rows(vault, table) for table in TABLES}
    case = a_case(vault, pseudonym="Gaat", thema="pesten", further_themes=("intimidatie",))
    talk = a_talk(vault, case, working_note="de beer", next_step="bellen", next_on=date(2026, 1, 25))
    add_reminder(vault, case_id=case.id, kind=TodayKind.TERMIJN, due=TODAY, title="Termijn", detail="d")
    case = move_case(vault, case_id=case.id, to=Phase.MELDINGSFASE, on=date(2025, 4, 1))
    check_item(vault, case_id=case.id, phase=Phase.VOORFASE, code=LIMITS, state=ItemState.GEDAAN, on=TODAY)
    conversations.save_draft(vault, key="gesprek", text=f'{{"case": {case.id}, "of": null}}', now=NOW)
    conversations.save_draft(vault, key=f"gesprek:{talk.id}", text=f'{{"case": null, "of": {talk.id}}}', now=NOW)
    chosen = f'{{"case": null, "of": null, "asked": {{"case": {case.id}}}}}'
    conversations.save_draft(vault, key="gesprek:nieuw:1", text=chosen, now=NOW)
    closed(vault, case)
    done = destroy_case(vault, case_id=case.id, now=NOW)
    assert (done.code, done.conversations, done.segments, done.wiped) == ("2025-002", 1, 1, True)
    assert {table: rows(vault, table) for table in TABLES} == before
    assert [hit.pseudonym for hit in conversations.search(vault, "beer")] == ["Blijft"]
    assert [row.pseudonym for row in list_cases(vault, CaseFilter(), 10)] == ["Blijft"]
    assert count_cases(vault, CaseFilter()) == 1
    assert {item.pseudonym for item in today_items(vault, today=date(2026, 12, 31))} == {"Blijft"}
    for ask in (lambda: get_case(vault, case.id), lambda: case_page(vault, case.id, today=TODAY)):
        with pytest.raises(NotFoundError):
            ask()
    assert vault.integrity(full=True)
    assert vault.connection.execute("PRAGMA foreign_key_check").fetchall() == []


TABLES = (
    "cases", "case_moves", "case_outcomes", "case_themes", "checked_items", "conversations", "conversation_texts",
    "reminders", "drafts", "search_index_docsize",
)  # fmt: skip


@pytest.mark.parametrize(
    "text", ['{{"case": {case}}}', '{{"case": null, "asked": {{"case": {case}}}}}', '{{"case": null, "of": {talk}}}']
)
def test_a_draft_about_what_is_gone_is_refused_and_writes_over_nothing(vault: Vault, text: str) -> None:
    case = a_case(vault)
    text = text.format(case=case.id, talk=a_talk(vault, case).id)
    closed(vault, case)
    conversations.save_draft(vault, key="gesprek", text=text, now=NOW)
    assert not conversations.is_about_destroyed(vault, text)
    destroy_case(vault, case_id=case.id, now=NOW)
    assert conversations.drafts(vault) == ()
    assert conversations.is_about_destroyed(vault, text)
    kept = conversations.save_draft(vault, key="gesprek", text="iets anders", now=NOW)
    with pytest.raises(NotFoundError, match="is niet bewaard"):
        conversations.save_draft(vault, key="gesprek", text=text, now=NOW)
    conversations.save_drafts(vault, [("gesprek", text), ("snel", "12")], now=NOW)
    assert {draft.text for draft in conversations.drafts(vault)} == {kept.text, "12"}


@pytest.mark.parametrize("text", ["", "12", "[1]", "{", '{"case": "1"}', '{"asked": null}', '{"of": {"case": 1}}'])
def test_any_other_text_is_about_nothing(vault: Vault, text: str) -> None:
    conversations.save_draft(vault, key="snel", text=text, now=NOW)
    assert [draft.text for draft in conversations.drafts(vault)] == [text]


def test_the_code_of_a_destroyed_case_is_never_used_again(vault: Vault) -> None:
    case = closed(vault, a_case(vault))
    destroy_case(vault, case_id=case.id, now=NOW)
    assert next_code(vault, opened=case.opened) == "2025-002"
    assert a_case(vault).code == "2025-002"


@pytest.mark.parametrize("phase", [Phase.VOORFASE, Phase.MELDINGSFASE])
def test_only_a_closed_case_can_be_destroyed(vault: Vault, phase: Phase) -> None:
    case = a_case(vault)
    if phase is not case.phase:
        case = move_case(vault, case_id=case.id, to=phase, on=date(2025, 4, 1))
    revision = vault.revision
    with pytest.raises(ImpossibleMoveError, match="Er is niets vernietigd"):
        destroy_case(vault, case_id=case.id, now=NOW)
    assert get_case(vault, case.id) == case
    assert (vault.revision, rows(vault, "destroyed_cases")) == (revision, 0)
    with pytest.raises(NotFoundError):
        destroy_case(vault, case_id=CaseId(99), now=NOW)


def test_what_is_left_holds_codes_per_segment_and_no_day_text_code_or_pseudonym(vault: Vault) -> None:
    client = a_client(vault)
    publish(vault, client, Period(date(2025, 1, 1), date(2025, 6, 30)))
    case = a_case(vault, rol="melder", pseudonym="Sluis")
    for on in (date(2025, 3, 4), date(2025, 8, 8), date(2025, 8, 9)):
        a_talk(vault, case, on=on, minutes=20)
    move_case(vault, case_id=case.id, to=Phase.MELDINGSFASE, on=date(2025, 8, 1))
    closed(vault, case, date(2026, 1, 5))
    destroy_case(vault, case_id=case.id, now=NOW)
    found = vault.connection.execute("SELECT * FROM destroyed_cases ORDER BY segment").fetchall()
    codes = ("melder", "onbekend", "onbekend", "onbekend", "onbekend")
    assert found == [
        (1, "2025-01-01/2025-06-30", client.id, 1, *codes, "voorfase", "loopt nog", 1, 20),
        (1, "2025-07-01/2025-12-31", client.id, 0, *codes, "meldingsfase", "loopt nog", 2, 40),
        (1, "2026-01-01/2026-12-31", client.id, 0, *codes, "meldingsfase", "niet opgelost", 0, 0),
    ]
    assert years_with_cases(vault, client.id) == (2026, 2025)


def test_years_follow_the_reporting_year_of_the_organisation(vault: Vault) -> None:
    client = add_client(vault, name="Schooljaar", year_starts_in=8)
    case = closed(vault, open_case(vault, client=client.id, opened=date(2025, 3, 4)))
    assert years_with_cases(vault, client.id) == (2025, 2024)
    destroy_case(vault, case_id=case.id, now=NOW)
    assert years_with_cases(vault, client.id) == (2025, 2024)
    assert [row[0] for row in vault.connection.execute("SELECT segment FROM destroyed_cases ORDER BY 1")] == [
        "2024-08-01/2025-07-31",
        "2025-08-01/2026-07-31",
    ]


def test_rows_that_cannot_be_are_refused_with_a_sentence(vault: Vault) -> None:
    case = closed(vault, a_case(vault))
    destroy_case(vault, case_id=case.id, now=NOW)
    for column, value in (("opened", 0), ("segment", "2025-13-01/2025-12-31")):
        with vault.transaction():
            vault.connection.execute(f"UPDATE destroyed_cases SET {column} = ?", (value,))  # noqa: S608 - our own names
        with pytest.raises(VaultDamagedError, match="iets wat vpdesk niet begrijpt"):
            gather(vault, client_id=case.client, period=YEAR, audience=Audience.OR, today=TODAY)
    with vault.transaction():
        vault.connection.execute("UPDATE destroyed_cases SET opened = 1, segment = '2025-01-01/2025-12-31'")
    late = closed(vault, a_case(vault, date(9999, 12, 1)), date(9999, 12, 2))
    with pytest.raises(VaultDamagedError, match="Er is niets veranderd"):
        destroy_case(vault, case_id=late.id, now=NOW)
    assert get_case(vault, late.id) == late


# --- old years are counted as before ------------------------------------------------------------------------------

Counts = Counter[tuple[object, ...]]


def counts(vault: Vault, client: Client, period: Period, days: tuple[date, ...], pieces: list[Period]) -> Counts:
    """Return what a report counts of a period: per case its codes, phases and outcomes, and talks in each stretch."""
    facts = gather(vault, client_id=client.id, period=period, audience=Audience.OR, today=TODAY).facts
    return Counter(counted(fact, days, pieces) for fact in facts)


def counted(fact: CaseFacts, days: tuple[date, ...], pieces: list[Period]) -> tuple[object, ...]:
    codes = tuple(sorted((name, code) for name, code in fact.codes.items() if name not in LOST))
    standing = tuple((fact.phases[day], fact.outcomes[day]) for day in days)
    talks = [[sum(talk[part] for talk in fact.talks if talk[0] in piece) for part in (1, 2)] for piece in pieces]
    return (codes, standing, str(talks))


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vault]:
    """One vault for many examples; each takes an organisation of its own."""
    folder: Path = tmp_path_factory.mktemp("gedeeld")
    made = new_vault(folder / "kluis")
    yield made
    made.close()


days_ = st.dates(date(2023, 1, 1), date(2026, 1, 20))


Life = tuple[dict[str, object], list[tuple[Phase, date]], list[tuple[date, int]]]
"""What is known of a case, its moves until it is closed, and its talks, also from before it was opened."""


@st.composite
def lives(draw: st.DrawFn) -> Life:
    opened = draw(days_)
    facts: dict[str, object] = {
        "rol": draw(st.sampled_from(taxonomy.ROL.codes)),
        "relatie": draw(st.sampled_from(taxonomy.RELATIE.codes)),
        "opened": opened,
    }
    moves: list[tuple[Phase, date]] = []
    phase, on = Phase.VOORFASE, opened
    for _ in range(draw(st.integers(0, 4))):
        phase = draw(st.sampled_from(sorted(MOVES[phase])))
        on = min(on + timedelta(days=draw(st.integers(0, 400))), TODAY)
        moves.append((phase, on))
    if phase is not Phase.AFGESLOTEN:
        moves.append((Phase.AFGESLOTEN, on))
    return facts, moves, draw(st.lists(st.tuples(days_, st.integers(0, 90)), max_size=3))


def lived(vault: Vault, client: Client, life: Life) -> Case:
    facts, moves, talks = life
    case = open_case(vault, client=client.id, **facts)  # type: ignore[arg-type]
    for to, on in moves:
        if to is Phase.AFGESLOTEN:
            closed(vault, case, on)
        else:
            move_case(vault, case_id=case.id, to=to, on=on)
    for on, minutes in talks:
        a_talk(vault, case, on=on, minutes=minutes)
    return get_case(vault, case.id)


def counted_as_before(vault: Vault, there: list[Life], going: int, starts: int, published: list[Period]) -> None:
    """Destroy as many of the cases as `going` says, and compare every period between two boundaries."""
    client = add_client(vault, name=f"Organisatie {rows(vault, 'clients')}", year_starts_in=starts)
    cases = [lived(vault, client, life) for life in there]
    for period in published:
        publish(vault, client, period)
    cuts = sorted(
        {date(year, starts, 1) for year in range(2022, 2028)}
        | {p.first for p in published}
        | {p.last + timedelta(days=1) for p in published}
    )
    pieces = [Period(a, b - timedelta(days=1)) for a, b in pairwise(cuts)]
    asked = [Period(a, b - timedelta(days=1)) for a, b in combinations(cuts, 2)]
    days = {p: tuple(sorted({p.last, *(q.last for q in published)})) for p in asked}
    before = {p: counts(vault, client, p, days[p], pieces) for p in asked}
    for case in cases[:going]:
        destroy_case(vault, case_id=case.id, now=NOW)
    assert {p: counts(vault, client, p, days[p], pieces) for p in asked} == before


WORLDS: dict[str, Any] = {
    "there": st.lists(lives(), min_size=1, max_size=3),
    "going": st.integers(1, 3),
    "starts": st.sampled_from((1, 4, 8)),
    "published": st.lists(st.builds(lambda a, b: Period(min(a, b), max(a, b)), days_, days_), max_size=2),
}


@settings(max_examples=25)
@given(**WORLDS)
def test_every_period_on_boundaries_is_counted_as_before(
    shared: Vault, there: list[Life], going: int, starts: int, published: list[Period]
) -> None:
    counted_as_before(shared, there, going, starts, published)


@pytest.mark.long
@settings(max_examples=150)
@given(**WORLDS)
def test_every_period_on_boundaries_is_counted_as_before_in_many_worlds(
    shared: Vault, there: list[Life], going: int, starts: int, published: list[Period]
) -> None:
    counted_as_before(shared, there, going, starts, published)


def a_year(vault: Vault) -> tuple[Client, list[Case]]:
    client = add_client(vault, name="Grote organisatie", statistics=("onderdeel",))
    unit = add_unit(vault, client_id=client.id, name="Noord")
    themes = ("pesten", "intimidatie", "discriminatie")
    cases = []
    for number in range(36):
        on = YEAR.first + timedelta(days=number * 8)
        case = open_case(
            vault,
            client=client.id,
            opened=on,
            thema=themes[number % 3],
            rol=("melder", "getuige")[number % 2],
            relatie=("collega", "leidinggevende")[number // 18],
            unit=unit.id,
        )
        a_talk(vault, case, on=on, minutes=30)
        if number % 2:
            move_case(vault, case_id=case.id, to=Phase.MELDINGSFASE, on=on + timedelta(days=9))
        cases.append(closed(vault, case, on + timedelta(days=30)))
    return client, cases


def test_a_report_over_an_old_year_says_exactly_what_it_said_before(vault: Vault) -> None:
    client, cases = a_year(vault)
    with vault.transaction():
        vault.clients.put(replace(client, statistics=()))
    ask = {"client_id": client.id, "period": YEAR, "audience": Audience.WERKGEVER, "today": TODAY}
    before = prepare(gather(vault, **ask)).protected  # type: ignore[arg-type]
    assert before.level is Level.EENRIJ
    assert {Of.CASES, Of.TALKS, Of.MINUTES} <= {said.of for said in before.statements}
    assert before.tables
    for case in cases[::2]:
        destroy_case(vault, case_id=case.id, now=NOW)
    assert prepare(gather(vault, **ask)).protected == before  # type: ignore[arg-type]


def test_a_table_of_what_was_not_kept_stays_away_instead_of_counting_wrong(vault: Vault) -> None:
    client, cases = a_year(vault)
    ask = {"client_id": client.id, "period": YEAR, "audience": Audience.WERKGEVER, "today": TODAY}
    before = prepare(gather(vault, **ask)).protected  # type: ignore[arg-type]
    destroy_case(vault, case_id=cases[3].id, now=NOW)
    after = prepare(gather(vault, **ask)).protected  # type: ignore[arg-type]
    assert "onderdeel" in {name for name, _ in before.left_out} | {table.dimension for table in before.tables}
    assert ("onderdeel", NOT_KEPT) in after.left_out
    assert "onderdeel" not in {table.dimension for table in after.tables}
    assert [t for t in after.tables if t.dimension == "thema"] == [t for t in before.tables if t.dimension == "thema"]


@pytest.mark.parametrize(
    "period",
    [
        Period(date(2025, 1, 1), date(2025, 6, 30)),
        Period(date(2024, 7, 1), date(2025, 6, 30)),
        Period(date(2025, 3, 1), date(2026, 12, 31)),
    ],
)
def test_a_period_that_cuts_a_segment_says_that_it_cannot_be_counted(vault: Vault, period: Period) -> None:
    case = closed(vault, a_case(vault))
    destroy_case(vault, case_id=case.id, now=NOW)
    with pytest.raises(ReportRefusedError, match="1 januari 2025 tot en met 31 december 2025"):
        gather(vault, client_id=case.client, period=period, audience=Audience.OR, today=TODAY)
    for whole in (YEAR, Period(date(2024, 1, 1), date(2026, 6, 30)), Period.year(2024)):
        gather(vault, client_id=case.client, period=whole, audience=Audience.OR, today=TODAY)


def test_a_publication_that_cuts_a_segment_stops_new_reports_and_can_itself_be_saved_again(vault: Vault) -> None:
    case = closed(vault, a_case(vault))
    destroy_case(vault, case_id=case.id, now=NOW)
    half = Period(date(2025, 1, 1), date(2025, 6, 30))
    publish(vault, a_client(vault), half)  # as after putting back a copy that knew nothing of it
    with pytest.raises(ReportRefusedError, match="niet na te rekenen"):
        gather(vault, client_id=case.client, period=YEAR, audience=Audience.OR, today=TODAY)
    again = gather(vault, client_id=case.client, period=half, audience=Audience.WERKGEVER, today=TODAY)
    assert again.existing is not None
