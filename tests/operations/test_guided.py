"""Guided records are kept as one goes, stay as they are once final, and go with their case and with nothing else."""

from __future__ import annotations

from contextlib import closing
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.casework import NOW, TODAY, a_case, a_client
from tests.pages import pages_of, pages_with
from tests.vault_kit import SMALL, make
from vpdesk.domain.errors import InvalidValueError, NotFoundError, VaultDamagedError
from vpdesk.domain.guided_questions import GuidedKind
from vpdesk.domain.ids import CaseId, ClientId, GuidedId
from vpdesk.domain.rows import TimelineKind, TodayKind
from vpdesk.operations.backups import make_backup, restore_backup
from vpdesk.operations.cases import close_case
from vpdesk.operations.destroying import destroy_case
from vpdesk.operations.guided import (
    add_to_guided,
    begin_guided,
    destroy_guided,
    discard_guided,
    finalise_guided,
    get_guided,
    guided_entries,
    guided_rows,
    place_guided,
    put_back_guided,
    rest_unknown,
    save_answers,
)
from vpdesk.operations.today import today_items
from vpdesk.operations.vaults import begin_setup
from vpdesk.store.cipher import DatabaseError

if TYPE_CHECKING:
    from pathlib import Path

    from vpdesk.domain.guided import GuidedRecord
    from vpdesk.domain.ids import CaseId as Case
    from vpdesk.store.vault import Vault

WEEK = timedelta(weeks=1)
WORDS = "wipkip"


def a_record(vault: Vault, kind: GuidedKind = GuidedKind.DOORBREKEN, case: Case | None = None) -> GuidedRecord:
    record = begin_guided(vault, kind=kind, on=TODAY, case_id=case)
    return save_answers(vault, guided_id=record.id, texts={"overleg": f"Met een {WORDS}"}, on=TODAY)


def final(vault: Vault, record: GuidedRecord, outcome: str = "overwogen, niet gedaan") -> GuidedRecord:
    rest_unknown(vault, guided_id=record.id, on=TODAY)
    finalise_guided(vault, guided_id=record.id, outcome=outcome, on=TODAY)
    return add_to_guided(vault, guided_id=record.id, text=f" Nog een {WORDS} ", on=TODAY + WEEK)


def test_a_record_comes_back_as_it_was_written_on_a_case_at_an_organisation_and_on_its_own(vault: Vault) -> None:
    client = a_client(vault)
    on_case = final(vault, a_record(vault, case=a_case(vault).id))
    alone = a_record(vault)
    at = begin_guided(vault, kind=GuidedKind.INFORMATIE, on=TODAY, client_id=client.id)
    for record in (on_case, alone, at):
        assert get_guided(vault, record.id) == record
    assert (on_case.client, alone.client, at.client) == (client.id, None, client.id)
    assert [addition.text for addition in on_case.additions] == [f"Nog een {WORDS}"]
    assert [(row.id, row.client_name, row.finalised) for row in guided_rows(vault)] == [
        (at.id, client.name, None), (alone.id, "", None), (on_case.id, client.name, TODAY),
    ]  # fmt: skip
    for missing in ({"case_id": CaseId(9)}, {"client_id": ClientId(9)}):
        with pytest.raises(NotFoundError):
            begin_guided(vault, kind=GuidedKind.AVG, on=TODAY, **missing)  # type: ignore[arg-type] # fields by name
    for read in (lambda: get_guided(vault, GuidedId(9)), lambda: vault.guided.delete(GuidedId(9))):
        with pytest.raises(NotFoundError, match="Er is niets veranderd"):
            read()


def test_nothing_of_a_final_record_changes_not_even_behind_the_back_of_the_program(vault: Vault) -> None:
    record = final(vault, a_record(vault))
    for change in (
        lambda: save_answers(vault, guided_id=record.id, texts={"ernst": "groot"}, on=TODAY),
        lambda: finalise_guided(vault, guided_id=record.id, outcome="doorbroken", on=TODAY),
        lambda: discard_guided(vault, guided_id=record.id),
    ):
        with pytest.raises(InvalidValueError, match="definitief"):
            change()
    for sql in (
        "UPDATE guided_records SET outcome = 'doorbroken'",
        "UPDATE guided_records SET finalised = NULL",
        "UPDATE guided_answers SET text = 'anders' WHERE question = 'ernst'",
        "DELETE FROM guided_answers",
        "INSERT INTO guided_answers SELECT id, 'nieuw', 'Nieuw?', 'ja', '2026-01-20' FROM guided_records",
        "UPDATE guided_additions SET text = 'anders'",
        "DELETE FROM guided_additions",
    ):
        with pytest.raises(DatabaseError, match="final"):
            vault.connection.execute(sql)
    assert get_guided(vault, record.id) == record
    with pytest.raises(InvalidValueError, match="nog wijzigen"):
        add_to_guided(vault, guided_id=a_record(vault).id, text="x", on=TODAY)


def test_what_is_not_final_can_be_taken_away_and_put_back_with_every_answer(vault: Vault) -> None:
    case = a_case(vault)
    record = discard_guided(vault, guided_id=a_record(vault, case=case.id).id)
    assert guided_rows(vault) == ()
    again = put_back_guided(vault, record)
    assert get_guided(vault, again.id).answers == record.answers
    discard_guided(vault, guided_id=again.id)
    close_case(vault, case_id=case.id, outcome="onbekend", reason="onbekend", on=TODAY)
    destroy_case(vault, case_id=case.id, now=NOW)
    with pytest.raises(NotFoundError):
        put_back_guided(vault, record)


def test_a_record_begun_in_a_hurry_is_put_where_it_belongs_until_it_is_final(vault: Vault) -> None:
    case, record = a_case(vault), a_record(vault)
    placed = place_guided(vault, guided_id=record.id, case_id=case.id)
    assert (placed.case, placed.client, placed.answers) == (case.id, case.client, record.answers)
    assert place_guided(vault, guided_id=record.id, client_id=case.client).case is None
    for missing in ({"case_id": CaseId(9)}, {"client_id": ClientId(9)}):
        with pytest.raises(NotFoundError):
            place_guided(vault, guided_id=record.id, **missing)  # type: ignore[arg-type] # fields by name
    assert place_guided(vault, guided_id=record.id).client is None
    final(vault, record)
    with pytest.raises(InvalidValueError, match="definitief"):
        place_guided(vault, guided_id=record.id, case_id=case.id)


def test_a_request_stands_on_vandaag_until_it_is_final_in_words_that_tell_nothing(vault: Vault) -> None:
    case = a_case(vault)
    avg = begin_guided(vault, kind=GuidedKind.AVG, on=date(2025, 12, 28), case_id=case.id)
    note = begin_guided(vault, kind=GuidedKind.DOORBREKEN, on=TODAY, due=TODAY)
    begin_guided(vault, kind=GuidedKind.INFORMATIE, on=TODAY)
    found = [item for item in today_items(vault, today=TODAY) if item.kind is TodayKind.VASTLEGGING]
    assert [(item.title, item.detail, item.due, item.guided, item.case) for item in found] == [
        ("Aantekening afmaken", "", TODAY, note.id, None),
        ("Antwoord op een verzoek", "", date(2026, 1, 28), avg.id, case.id),
    ]
    for record, outcome in ((avg, "niet bevestigd"), (note, "onbekend")):
        final(vault, record, outcome)
    assert [item for item in today_items(vault, today=TODAY) if item.kind is TodayKind.VASTLEGGING] == []
    (entry,) = guided_entries(vault, case.id)
    assert (entry.kind, entry.title, entry.line, entry.on, entry.guided) == (
        TimelineKind.VASTLEGGING, "AVG-verzoek", "Wij bevestigen niet of er gegevens zijn", TODAY, avg.id,
    )  # fmt: skip
    a_record(vault, case=case.id)
    assert {entry.line for entry in guided_entries(vault, case.id)} == {entry.line, "Nog niet definitief"}


def test_a_destroyed_case_takes_its_records_along_and_a_record_of_its_own_is_destroyed_by_itself(vault: Vault) -> None:
    case, kept = a_case(vault), final(vault, a_record(vault, case=a_case(vault).id))
    final(vault, a_record(vault, case=case.id))
    a_record(vault, GuidedKind.AVG, case.id)
    alone = final(vault, a_record(vault))
    with pytest.raises(InvalidValueError, match="gaat weg met die casus"):
        destroy_guided(vault, guided_id=kept.id, now=NOW)
    assert pages_with(pages_of(vault), WORDS)
    close_case(vault, case_id=case.id, outcome="onbekend", reason="onbekend", on=TODAY)
    destroy_case(vault, case_id=case.id, now=NOW)
    assert [row.id for row in guided_rows(vault)] == [alone.id, kept.id]
    assert destroy_guided(vault, guided_id=alone.id, now=NOW)
    with pytest.raises(NotFoundError):
        destroy_guided(vault, guided_id=alone.id, now=NOW)
    close_case(vault, case_id=kept.case or CaseId(0), outcome="onbekend", reason="onbekend", on=TODAY)
    destroy_case(vault, case_id=kept.case or CaseId(0), now=NOW)
    assert pages_with(pages_of(vault), WORDS) == {}
    assert vault.connection.execute("SELECT count(*) FROM guided_answers").fetchone() == (0,)
    assert vault.integrity(full=True)


def test_a_record_survives_a_backup_that_is_put_back(tmp_path: Path) -> None:
    kit, vault = make(tmp_path / "kluis")
    with vault:
        record = final(vault, a_record(vault, case=a_case(vault).id))
        copy = make_backup(vault, places=(tmp_path / "kopie",), now=NOW).path
    with restore_backup(
        copy, folder=tmp_path / "nieuw", words=kit.words, keychain=kit.keychain, now=NOW, kdf=SMALL
    ) as back:
        assert get_guided(back, record.id) == record
        with pytest.raises(DatabaseError, match="final"):
            back.connection.execute("DELETE FROM guided_additions")


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE guided_records SET kind = 'iets'",
        "UPDATE guided_records SET due = 'morgen'",
        "UPDATE guided_records SET outcome = 'iets', finalised = '2026-01-20'",
    ],
)
def test_a_record_that_cannot_be_is_refused_as_damage(tmp_path: Path, sql: str) -> None:
    with closing(begin_setup(tmp_path / "kluis", now=NOW, practice=True).confirm()) as vault:
        record = begin_guided(vault, kind=GuidedKind.DOORBREKEN, on=TODAY, due=TODAY)
        vault.connection.execute(sql)
        for read in (lambda: guided_rows(vault), lambda: get_guided(vault, record.id)):
            with pytest.raises(VaultDamagedError):
                read()
