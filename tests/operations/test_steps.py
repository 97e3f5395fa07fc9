"""Wishes are kept one after the other, steps with their consents, and nothing of them outlives the case."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.casework import NOW, TODAY, a_case
from tests.golden.reading import GOLDEN, behind_the_door
from tests.pages import pages_of, pages_with
from tests.vault_kit import SMALL, make
from vpdesk.domain.consent import Answer, Consent, ConsentState, ConsentTerm
from vpdesk.domain.directory import DirectoryEntry
from vpdesk.domain.errors import InvalidValueError, NotFoundError, VaultDamagedError
from vpdesk.domain.ids import CaseId, DirectoryId, StepId
from vpdesk.domain.rows import CaseFilter, TimelineKind, TodayKind
from vpdesk.domain.steps import Actor, Choice, Step, StepKind, StepState
from vpdesk.domain.wishes import Wish
from vpdesk.operations.backups import make_backup, restore_backup
from vpdesk.operations.cases import case_page, change_case, close_case, get_case, list_cases, open_case
from vpdesk.operations.clients import add_client
from vpdesk.operations.destroying import destroy_case
from vpdesk.operations.directory import directory, save_entry
from vpdesk.operations.steps import (
    get_step,
    lapse_step,
    note_consent,
    record_step,
    regie,
    remove_step,
    save_result,
    say_wish,
    step_entries,
    take_back_wish,
    take_step,
    withdraw_consent,
)
from vpdesk.operations.timeline import merged
from vpdesk.operations.today import today_items
from vpdesk.operations.vaults import open_vault
from vpdesk.store.keychain import MemoryKeychain
from vpdesk.store.migrations_steps import STEPS
from vpdesk.store.schema import MIGRATIONS

if TYPE_CHECKING:
    from pathlib import Path

    from vpdesk.domain.cases import Case
    from vpdesk.domain.rows import TimelineEntry, TodayItem
    from vpdesk.store.vault import Vault

DAY = date(2025, 11, 18)
WEEK = timedelta(weeks=1)


def yes(on: date = DAY, until: date | None = None) -> Consent:
    return Consent(ConsentTerm(Answer.JA, on, until), "Wat er speelt", "De teamleider", "In deze woorden")


def a_step(case: Case, **values: object) -> Step:
    given = {
        "kind": StepKind.ROUTE,
        "code": "leidinggevende betrekken",
        "actor": Actor.VERTROUWENSPERSOON,
        "choice": Choice(DAY, "gedrag laten stoppen", "Het moet ophouden"),
        "to": "De teamleider",
    }
    return Step(id=StepId(0), case=case.id, **(given | values))  # type: ignore[arg-type] # fields by name


def told(vault: Vault, case: Case, today: date = TODAY) -> list[TimelineEntry]:
    return list(step_entries(vault, case.id, today=today))


def test_steps_stand_in_the_timeline_on_their_day_above_what_was_there(vault: Vault) -> None:
    case = a_case(vault, opened=DAY)
    first = record_step(vault, a_step(case))
    later = record_step(vault, a_step(case, choice=Choice(DAY + WEEK)))
    second = record_step(vault, a_step(case, kind=StepKind.VERWIJZING, code="huisarts", actor=Actor.PERSOON,
                                       manner="informatie gegeven"))  # fmt: skip
    lapse_step(vault, step_id=first.id, on=DAY + 2 * WEEK)
    entries = step_entries(vault, case.id, today=TODAY)
    assert [entry.step for entry in entries] == [first.id, later.id, second.id]
    whole = merged(case_page(vault, case.id, today=TODAY).timeline, entries)
    assert [entry.kind for entry in whole] == [
        TimelineKind.STAP, TimelineKind.STAP, TimelineKind.VERWIJZING, TimelineKind.GEOPEND,
    ]  # fmt: skip


def test_a_step_comes_back_with_every_answer_in_order(vault: Vault) -> None:
    case = a_case(vault)
    step = record_step(vault, a_step(case))
    note_consent(vault, step_id=step.id, consent=yes())
    withdraw_consent(vault, step_id=step.id, on=DAY + WEEK)
    note_consent(vault, step_id=step.id, consent=Consent(ConsentTerm(Answer.NEE, DAY + WEEK)))
    note_consent(vault, step_id=step.id, consent=yes(DAY + 2 * WEEK, DAY + 3 * WEEK))
    done = take_step(vault, step_id=step.id, on=DAY + 3 * WEEK, result="De teamleider luisterde")
    kept = save_result(vault, step_id=step.id, result="Het gedrag stopte", today=TODAY)
    assert get_step(vault, step.id) == kept == replace(done, result="Het gedrag stopte")
    assert [consent.term.answer for consent in kept.consents] == [Answer.JA, Answer.NEE, Answer.JA]
    (row,) = regie(vault, case.id).steps
    assert (row.term, row.label, row.without_consent) == (kept.consents[-1].term, "Leidinggevende betrekken", False)
    assert row.consent_state(TODAY) is kept.consent_state(TODAY)


def test_what_is_refused_changes_nothing(vault: Vault) -> None:
    step = record_step(vault, a_step(a_case(vault)))
    with pytest.raises(InvalidValueError, match="geen toestemming"):
        take_step(vault, step_id=step.id, on=DAY)
    with pytest.raises(InvalidValueError, match="intrekken"):
        withdraw_consent(vault, step_id=step.id, on=DAY)
    assert get_step(vault, step.id) == step
    with pytest.raises(NotFoundError):
        record_step(vault, replace(step, case=CaseId(99)))
    for gone in (lambda: get_step(vault, StepId(99)), lambda: vault.steps.delete(StepId(99))):
        with pytest.raises(NotFoundError, match="Er is niets veranderd"):
            gone()


def test_a_step_written_by_mistake_goes_and_a_reason_stays(vault: Vault) -> None:
    case = a_case(vault)
    step = record_step(vault, a_step(case, consents=(yes(),)))
    remove_step(vault, step_id=step.id)
    assert regie(vault, case.id).steps == ()
    assert vault.connection.execute("SELECT count(*) FROM consents").fetchone() == (0,)
    acted = take_step(vault, step_id=record_step(vault, a_step(case)).id, on=DAY, reason="Acuut gevaar")
    with pytest.raises(InvalidValueError, match="De reden blijft"):
        remove_step(vault, step_id=acted.id)
    assert get_step(vault, acted.id).reason == "Acuut gevaar"


def test_the_timeline_tells_what_became_of_a_step_and_of_consent_and_never_what_it_is_about(vault: Vault) -> None:
    case = a_case(vault)
    open_ = record_step(vault, a_step(case))
    assert told(vault, case)[0].line == "Nog niet gezet, toestemming nog vragen"
    note_consent(vault, step_id=open_.id, consent=yes(until=DAY + WEEK))
    assert told(vault, case, DAY)[0].line == "Toestemming op 18 november 2025"
    (late,) = told(vault, case)
    assert (late.line, late.alert) == ("Toestemming liep tot 25 november 2025", True)
    withdraw_consent(vault, step_id=open_.id, on=DAY + WEEK)
    assert told(vault, case)[0].line == "Toestemming ingetrokken op 25 november 2025"
    lapse_step(vault, step_id=open_.id, on=TODAY)
    (gone,) = told(vault, case)
    assert (gone.on, gone.step) == (TODAY, open_.id)
    assert gone.line == "Gaat niet door, toestemming ingetrokken op 25 november 2025"
    assert not any(word in repr(gone) for word in ("Wat er speelt", "In deze woorden", "Het moet ophouden"))


@pytest.mark.parametrize(
    ("values", "title", "line"),
    [
        ({"code": "geen stap", "actor": Actor.PERSOON}, "Geen stap", "De persoon koos hiervoor"),
        (
            {"code": "klacht", "actor": Actor.PERSOON, "state": StepState.GEZET, "settled": DAY},
            "Klacht",
            "Gezet",
        ),
        (
            {
                "kind": StepKind.VERWIJZING, "code": "huisarts", "manner": "informatie gegeven", "to": "",
                "actor": Actor.PERSOON, "state": StepState.GEZET, "settled": DAY,
            },
            "Verwezen: Huisarts",
            "Informatie gegeven",
        ),
        (
            {
                "kind": StepKind.DOORGEVEN, "code": "", "to": "De directie", "state": StepState.GEZET, "settled": DAY,
                "reason": "Acuut gevaar",
            },
            "Doorgeven: De directie",
            "Gedaan, zonder toestemming",
        ),
        (
            {"consents": (Consent(ConsentTerm(Answer.NEE, DAY)),)},
            "Leidinggevende betrekken",
            "Geen toestemming, gevraagd op 18 november 2025",
        ),
    ],
)  # fmt: skip
def test_each_kind_of_step_has_its_line(vault: Vault, values: dict[str, object], title: str, line: str) -> None:
    case = a_case(vault)
    record_step(vault, a_step(case, **values))
    (entry,) = told(vault, case)
    assert (entry.title, entry.line) == (title, line)


def endings(vault: Vault, today: date = TODAY) -> list[TodayItem]:
    return [item for item in today_items(vault, today=today) if item.kind is TodayKind.TOESTEMMING]


def test_consent_that_ends_before_its_step_was_taken_stands_on_vandaag_without_a_name(vault: Vault) -> None:
    case = a_case(vault)
    soon = record_step(vault, a_step(case, consents=(yes(until=TODAY + timedelta(days=31)),)))
    record_step(vault, a_step(case, consents=(yes(until=TODAY + timedelta(days=32)),)))
    record_step(vault, a_step(case, consents=(yes(),)))
    (item,) = endings(vault)
    assert (item.due, item.case, item.action) == (TODAY + timedelta(days=31), case.id, "Casus openen")
    assert "teamleider" not in repr(item).lower()
    withdraw_consent(vault, step_id=soon.id, on=TODAY)
    assert endings(vault) == []
    note_consent(vault, step_id=soon.id, consent=yes(TODAY, TODAY + WEEK))
    assert [item.due for item in endings(vault)] == [TODAY + WEEK]
    note_consent(vault, step_id=soon.id, consent=yes(TODAY, None))
    assert endings(vault) == [], "only the last answer counts"


def test_a_settled_step_or_a_closed_case_reminds_of_nothing(vault: Vault) -> None:
    case = a_case(vault)
    step = record_step(vault, a_step(case, consents=(yes(until=TODAY),)))
    other = record_step(vault, a_step(case, consents=(yes(until=TODAY),)))
    take_step(vault, step_id=step.id, on=TODAY)
    assert len(endings(vault)) == 1
    close_case(vault, case_id=case.id, outcome="niet opgelost", reason="doel bereikt", on=TODAY)
    assert endings(vault) == []
    assert get_step(vault, other.id).state is StepState.OPEN


def test_wishes_stay_and_the_case_shows_the_one_of_the_latest_day(vault: Vault) -> None:
    case = open_case(vault, client=add_client(vault, name="Esdoorn").id, opened=DAY, wens="informatie", wens_on=DAY)
    assert regie(vault, case.id).wishes == (Wish("informatie", DAY),)
    later = Wish("melden", DAY + 2 * WEEK, "Ik wil dat het ophoudt")
    say_wish(vault, case_id=case.id, wish=later)
    between = Wish("erkenning", DAY + WEEK)
    say_wish(vault, case_id=case.id, wish=between)
    assert regie(vault, case.id).wishes == (Wish("informatie", DAY), between, later)
    shown = get_case(vault, case.id)
    assert (shown.wens, shown.wens_on) == ("melden", later.on)
    say_wish(vault, case_id=case.id, wish=Wish("niets ondernemen", later.on))
    assert get_case(vault, case.id).wens == "niets ondernemen", "of one day the last one said"
    take_back_wish(vault, case_id=case.id)
    assert get_case(vault, case.id).wens == "melden"
    for _ in range(4):
        take_back_wish(vault, case_id=case.id)
    empty = get_case(vault, case.id)
    assert (empty.wens, empty.wens_on, regie(vault, case.id).wishes) == ("onbekend", None, ())


def test_a_wish_without_a_day_dates_from_the_opening_and_other_facts_leave_it_alone(vault: Vault) -> None:
    case = a_case(vault, wens="informatie")
    assert regie(vault, case.id).wishes == (Wish("informatie", case.opened),)
    say_wish(vault, case_id=case.id, wish=Wish("melden", DAY))
    change_case(vault, replace(case, rol="getuige"))
    changed = get_case(vault, case.id)
    assert (changed.rol, changed.wens, changed.wens_on) == ("getuige", "melden", DAY)


def test_nothing_of_it_is_left_in_the_file_when_the_case_is_destroyed(vault: Vault) -> None:
    kept, case = a_case(vault), a_case(vault)
    words = ("kwetterspel", "zandloperij", "moerasgrond", "dwarsfluitje", "lantaarnpit", "wolkenkam", "roerdompje")
    content, recipient, said, wish, choice, result, reason = words
    for at, case_ in ((0, kept), (1, case)):
        mark = words if at else ("blijft",) * 7
        step = a_step(
            case_,
            choice=Choice(DAY, "melden", mark[4]),
            consents=(Consent(ConsentTerm(Answer.JA, DAY), mark[0], mark[1], mark[2]).withdrawn_on(DAY),),
        )
        taken = take_step(vault, step_id=record_step(vault, step).id, on=DAY + WEEK, result=mark[5], reason=mark[6])
        say_wish(vault, case_id=case_.id, wish=Wish("melden", DAY, mark[3]))
        assert taken.reason == mark[6]
    assert set(pages_with(pages_of(vault), *words)) == {content, recipient, said, wish, choice, result, reason}
    close_case(vault, case_id=case.id, outcome="niet opgelost", reason="doel bereikt", on=TODAY)
    assert destroy_case(vault, case_id=case.id, now=NOW).wiped
    assert pages_with(pages_of(vault), *words) == {}
    found = regie(vault, kept.id)
    assert (len(found.wishes), len(found.steps)) == (1, 1)
    counted = "SELECT (SELECT count(*) FROM steps), (SELECT count(*) FROM consents), (SELECT count(*) FROM case_wishes)"
    assert vault.connection.execute(counted).fetchone() == (1, 1, 1)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE steps SET code = 'toverij'",
        "UPDATE steps SET kind = 'toverij'",
        "UPDATE steps SET wish = 'toverij'",
        "UPDATE steps SET chosen = 'gisteren'",
        "UPDATE consents SET answer = 'misschien'",
        "UPDATE consents SET until = '2001-01-01'",
        "UPDATE case_wishes SET code = 'toverij'",
    ],
)
def test_what_no_vpdesk_wrote_is_refused(vault: Vault, sql: str) -> None:
    case = a_case(vault, wens="informatie")
    record_step(vault, a_step(case, consents=(yes(until=TODAY),)))
    vault.connection.execute(sql)
    with pytest.raises(VaultDamagedError):
        regie(vault, case.id)


def test_a_term_that_ran_out_after_its_step_was_taken_is_no_matter_and_taking_back_is(vault: Vault) -> None:
    case = a_case(vault)
    step = record_step(vault, a_step(case, consents=(yes(until=DAY + WEEK),)))
    take_step(vault, step_id=step.id, on=DAY + WEEK)
    (entry,) = told(vault, case)
    assert (entry.line, entry.alert) == ("Gezet, toestemming op 18 november 2025", False)
    withdraw_consent(vault, step_id=step.id, on=DAY + WEEK)
    (entry,) = told(vault, case)
    assert (entry.line, entry.alert) == ("Gezet, toestemming ingetrokken op 25 november 2025", True)


def test_the_consent_of_a_step_is_told_alike_in_list_and_page(vault: Vault) -> None:
    case = a_case(vault)
    record_step(vault, a_step(case))
    record_step(vault, a_step(case, consents=(yes(until=DAY),)))
    take_step(vault, step_id=record_step(vault, a_step(case)).id, on=DAY, reason="Acuut gevaar")
    record_step(vault, a_step(case, actor=Actor.PERSOON))
    found = [row.consent_state(TODAY) for row in regie(vault, case.id).steps]
    assert found == [
        ConsentState.NOG_VRAGEN, ConsentState.VERLOPEN, ConsentState.ZONDER, ConsentState.NIET_NODIG,
    ]  # fmt: skip
    assert found == [get_step(vault, row.id).consent_state(TODAY) for row in regie(vault, case.id).steps]


def test_lists_walk_an_index_however_many_steps_there_are(vault: Vault) -> None:
    case = a_case(vault)
    asked: list[str] = []
    vault.connection.set_trace_callback(asked.append)
    regie(vault, case.id)
    vault.steps.ending_until(TODAY)
    vault.connection.set_trace_callback(None)
    assert len(asked) == 3
    for statement in asked:
        plan = " ".join(str(row[3]) for row in vault.connection.execute(f"EXPLAIN QUERY PLAN {statement}"))
        assert "SCAN" not in plan, plan
        assert not any(column in statement for column in ("content", "result", "s.words"))


def test_what_was_chosen_and_the_directory_come_back_from_a_copy(tmp_path: Path) -> None:
    kit, vault = make(tmp_path / "kluis")
    with vault:
        case = a_case(vault)
        step = record_step(vault, a_step(case, consents=(yes(until=TODAY), Consent(ConsentTerm(Answer.NEE, DAY)))))
        say_wish(vault, case_id=case.id, wish=Wish("melden", DAY, "Zonder mijn naam"))
        own = save_entry(vault, DirectoryEntry(DirectoryId(0), "Buurtteam Zuid", reach="Balie"))
        copy = make_backup(vault, places=(tmp_path / "kopie",), now=NOW).path
        before = regie(vault, case.id)
    with restore_backup(
        copy, folder=tmp_path / "nieuw", words=kit.words, keychain=kit.keychain, now=NOW, kdf=SMALL
    ) as back:
        assert regie(back, case.id) == before
        assert get_step(back, step.id) == step
        assert directory(back)[0] == own


@pytest.mark.parametrize("wens_on", ["2025-03-09", None])
def test_the_wish_of_a_case_from_before_begins_its_history(tmp_path: Path, wens_on: str | None) -> None:
    before = MIGRATIONS.index(STEPS)
    shutil.copytree(GOLDEN / str(before), tmp_path / "kluis")
    with behind_the_door(tmp_path / "kluis") as connection:
        connection.execute("UPDATE cases SET wens = 'melden', wens_on = ?", (wens_on,))
    with open_vault(tmp_path / "kluis", keychain=MemoryKeychain(), now=NOW) as vault:
        (row,) = list_cases(vault, CaseFilter(), 10)
        case = get_case(vault, row.id)
        assert regie(vault, case.id).wishes == (Wish("melden", case.wens_on or case.opened),)
        take_back_wish(vault, case_id=case.id)
        assert get_case(vault, case.id).wens == "onbekend"
