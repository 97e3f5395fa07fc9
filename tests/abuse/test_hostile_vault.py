"""A vault that opens under the right key and holds anything at all, as a restored backup may, gives a sentence."""

from __future__ import annotations

import contextlib
import json
import shutil
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.abuse.seeds import TESTS
from tests.casework import NOW, TODAY, a_case, a_talk, new_vault
from tests.golden.reading import behind_the_door
from tests.people_kit import put, put_in
from tests.vault_kit import fingerprint
from vpdesk.domain.cases import Draft
from vpdesk.domain.certification import Scheme
from vpdesk.domain.errors import BackupError, VaultDamagedError, VpdeskError
from vpdesk.domain.ids import ActivityId
from vpdesk.domain.people import Part
from vpdesk.domain.periods import Period
from vpdesk.domain.phases import Phase
from vpdesk.domain.rows import CaseFilter
from vpdesk.domain.statements import Audience, Of
from vpdesk.domain.worklog import Activity, FollowUp, FollowUpState, TaskGroup, WorkFilter
from vpdesk.operations import (
    backups,
    cases,
    certification,
    clients,
    conflicts,
    conversations,
    people,
    places,
    report_making,
    reports,
    timer,
    today,
    vaults,
    worklog,
)
from vpdesk.operations.people import GoingOn
from vpdesk.store import backup, keys, stored
from vpdesk.store.cipher import connect
from vpdesk.store.keychain import MemoryKeychain
from vpdesk.store.refusals import PAGE_BYTES
from vpdesk.store.schema import MIGRATIONS
from vpdesk.store.worklog import WorklogStore
from vpdesk.ui.models.drafts import TalkDraft

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from sqlite3 import Connection

    from vpdesk.store.vault import Vault

YEAR = Period.year(2025)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the golden vault of the newest schema."""
    shutil.copytree(TESTS / "golden/vaults" / str(len(MIGRATIONS)), tmp_path / "kluis")
    return tmp_path / "kluis"


def opened(folder: Path) -> Vault:
    return vaults.open_vault(folder, keychain=MemoryKeychain(), now=NOW)


SCHEMA = {
    "a trigger": "CREATE TRIGGER t AFTER INSERT ON drafts BEGIN DELETE FROM cases; END",
    "a trigger with a name of SQLite's": "CREATE TRIGGER s AFTER UPDATE ON vault BEGIN SELECT 1; END;"
    "PRAGMA writable_schema = ON; UPDATE sqlite_master SET name = 'sqlite_stat1' WHERE name = 's'",
    "another view": "DROP VIEW whole_cases; CREATE VIEW whole_cases AS SELECT * FROM cases",
    "a view that never ends": "DROP VIEW searchable; CREATE VIEW searchable AS WITH RECURSIVE n (id) AS "
    "(SELECT 1 UNION ALL SELECT id + 1 FROM n) SELECT id, '' AS working_note, '' AS report, '' AS agreements, '' AS next_step FROM n",
    "a view that refers to nothing": "DROP VIEW whole_cases; CREATE VIEW whole_cases AS SELECT * FROM nowhere",
    "another table": "CREATE TABLE extra (a)",
    "another column": "ALTER TABLE drafts ADD COLUMN extra TEXT",
    "no such table": "DROP TABLE drafts",
    "no such index": "DROP INDEX cases_by_pseudonym",
    "a table that is not strict": "DROP TABLE drafts; CREATE TABLE drafts (key TEXT PRIMARY KEY, text TEXT NOT NULL, saved TEXT NOT NULL)",
    "a schema that is no SQL": "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = 'CREATE TABLE' WHERE name = 'drafts'",
    "no version": "PRAGMA user_version = 0",
    "a version before the first": "PRAGMA user_version = -1",
    "an older version": f"PRAGMA user_version = {len(MIGRATIONS) - 1}",
    "no row": "DELETE FROM vault",
    "a revision that is none": "UPDATE vault SET revision = 'morgen'",
    "a revision beyond all": "UPDATE vault SET revision = 9223372036854775807",
    "a revision below zero": "UPDATE vault SET revision = -1",
    "a backup number that is none": "UPDATE vault SET backup_sequence = x'00'",
    "a root that is none": "UPDATE vault SET root = 'kort'",
    "another id": "UPDATE vault SET id = 7",
    "no practice vault": "UPDATE vault SET practice = 0",
}


@pytest.mark.parametrize("wrong", SCHEMA)
def test_a_vault_whose_schema_vpdesk_did_not_write_is_refused_untouched(wrong: str, folder: Path) -> None:
    with behind_the_door(folder) as connection:
        connection.executescript(SCHEMA[wrong])
    before = fingerprint(folder)
    with pytest.raises(VaultDamagedError, match="Er is niets veranderd"):
        opened(folder)
    assert fingerprint(folder) == before


@pytest.mark.parametrize("wrong", ["a trigger", "another view", "a revision that is none"])
def test_a_backup_of_such_a_vault_is_refused_and_nothing_stands_in_its_place(
    wrong: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = opened(folder)
    vault.connection.executescript(SCHEMA[wrong])
    with monkeypatch.context() as blind, contextlib.closing(vault.connection):
        blind.setattr(backup, "check_database", lambda *_, **__: None)
        prepared = backup.Prepared.__new__(backup.Prepared)
        blind.setattr(type(vault), "transaction", lambda _: contextlib.nullcontext())
        backup.Prepared.__init__(prepared, vault, NOW)
        copy = prepared.put(tmp_path)
    with pytest.raises(BackupError, match="beschadigd"):
        backups.restore_backup(copy, folder=tmp_path / "nieuw", keychain=MemoryKeychain(), now=NOW)
    assert not vaults.describe(tmp_path / "nieuw").exists


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vault]:
    """A vault with a row in every table that lists are made of."""
    vault = new_vault(tmp_path_factory.mktemp("vol") / "kluis")
    case = a_case(vault, thema="pesten")
    clients.add_unit(vault, client_id=case.client, name="Noord")
    a_talk(vault, case, working_note="Een kanarie.", next_step="Bellen", next_on=date(2026, 1, 21))
    cases.move_case(vault, case_id=case.id, to=Phase.MELDINGSFASE, on=date(2025, 4, 1))
    case = cases.close_case(vault, case_id=case.id, outcome="onbekend", reason="onbekend", on=date(2025, 5, 1))
    a_talk(vault, a_case(vault), minutes=5)
    put(vault, case.id, Part.KOMT, "Fien Wrevelhout", aliases=("Fie",), function="Hoofd Noord", reach="06")
    other = a_case(vault, rol="getuige")
    put(vault, other.id, Part.ANDER, "F. Wrevelhout", going_on=GoingOn("Geen collega.", "De naam."))
    put_in(vault, other.id, "Overleg Noord")
    worklog.add_activity(vault, on=date(2025, 6, 1), task="artikel", minutes=30, title="Krant")
    heard = FollowUp(FollowUpState.BUSY, date(2025, 7, 1), "Komt terug")
    worklog.add_activity(vault, on=date(2025, 6, 1), task="signaal", minutes=30, follow_up=heard)
    worklog.add_activity(vault, on=date(2025, 6, 1), task="intervisie", minutes=30, proof="Bij de groep")
    timer.start_timer(vault, now=NOW, task="artikel", client_id=case.client)
    certification.save_scheme(vault, Scheme(date(2025, 1, 1)))
    worklog.save_earlier_total(vault, client_id=case.client, year=2020, cases=4)
    conversations.save_draft(vault, key="nieuw", text=TalkDraft("tekst", TODAY).written(), now=NOW)
    with vault.transaction():
        vault.findings.put(case.client, YEAR, "aanbevelingen", "Iets")
        for name, value in (
            (places.PLACES, "[]"),
            (places.LAST, '{"made": "2026-01-20T10:00:00", "place": "a", "message": "", "revision": 1}'),
        ):
            vault.settings.put(name, value)
        vault.connection.execute(
            "INSERT INTO publications (client, period, audience, exported, threshold, statements, pattern, sha256, pdf, title, author)"
            " VALUES (?, ?, ?, '2026-01-20T10:00:00', 5, ?, ?, ?, x'00', 't', 'a')",
            (
                case.client,
                YEAR.code(),
                next(iter(Audience)).value,
                json.dumps([[next(iter(Of)).value, [["thema", ["pesten"]]], YEAR.code(), 5, 5]]),
                json.dumps([["thema", YEAR.code(), ["pesten"]]]),
                "f" * 64,
            ),
        )
        vault.connection.execute(
            "INSERT INTO case_themes (case_id, position, thema) VALUES (?, 0, 'discriminatie')", (case.id,)
        )
        vault.connection.execute(
            "INSERT INTO checked_items (case_id, phase, item, state, on_day) VALUES (?, 'voorfase', 'x', 'gedaan', '2025-03-04')",
            (case.id,),
        )
    for read in READS:
        read(vault)
    vault.connection.execute("PRAGMA foreign_keys = OFF")
    vault.connection.execute("PRAGMA ignore_check_constraints = ON")
    yield vault
    vault.close()


def every_case(vault: Vault) -> None:
    for row in cases.list_cases(vault, CaseFilter(), 50):
        cases.case_page(vault, row.id, today=TODAY)
        people.people_of(vault, row.id)
        people.hidden_people(vault, row.id)
        people.matters_of_client(vault, row.id)


def every_question(vault: Vault) -> None:
    conflicts.ask(vault, conflicts.Question(caller="Fien Wrevelhout", function="Hoofd Noord", matter="Overleg Noord"))
    people.cases_called(vault, tuple(row.id for row in cases.list_cases(vault, CaseFilter(), 50)))


def every_talk(vault: Vault) -> None:
    for row in conversations.list_conversations(vault, limit=50):
        conversations.get_conversation(vault, row.id)


def every_draft(vault: Vault) -> None:
    for draft in conversations.drafts(vault):
        assert TalkDraft.read(draft).described(draft.saved.date())


def every_client(vault: Vault) -> None:
    for client in clients.clients(vault):
        clients.units(vault, client.id)
        assert all(isinstance(year, int) for year in cases.years_with_cases(vault, client.id))
        worklog.earlier_totals(vault, client.id)
        reports.publications(vault, client.id)
        reports.findings(vault, client_id=client.id, period=YEAR)


def every_report(vault: Vault) -> None:
    for client in clients.clients(vault):
        report_making.gather(vault, client_id=client.id, period=YEAR, audience=next(iter(Audience)), today=TODAY)


READS: tuple[Callable[[Vault], object], ...] = (
    lambda vault: today.today_items(vault, today=TODAY),
    lambda vault: cases.list_cases(vault, CaseFilter(open_only=True, text="a"), 50),
    lambda vault: cases.count_cases(vault, CaseFilter()),
    every_case,
    every_question,
    every_talk,
    lambda vault: conversations.search(vault, "kanarie"),
    every_draft,
    clients.client_rows,
    every_client,
    every_report,
    lambda vault: worklog.activities(vault, period=YEAR),
    worklog.advice_given,
    lambda vault: worklog.work_log(vault, WorkFilter(period=YEAR), limit=50),
    lambda vault: worklog.count_lines(vault, WorkFilter(group=TaskGroup.ONDERSTEUNEN)),
    lambda vault: worklog.overview(vault, period=YEAR),
    lambda vault: timer.running_timer(vault, now=NOW),
    certification.certification,
    lambda vault: places.backup_state(vault, now=NOW),
    lambda vault: backups._full_check_due(vault, NOW),
)

BYTES = "CAST(x'ff41c3' AS TEXT)"
TEXTS = (
    "",
    "x",
    "0000-00-00",
    "2026-02-30",
    "9999-12-31",
    "[",
    "null",
    "[[[]]]",
    '{"a": 1}',
    "[1]",
    "x" * 200_000,
    "a\0b",
)
NUMBERS = (-1, 0, 7, 10**12, 2**63 - 1, -(2**63))
BLOBS = (b"", b"\0", b"x" * 100_000)


def columns(connection: Connection) -> list[tuple[str, str, str]]:
    """Return every table, column and type of a database, the tables of the search index included."""
    tables = [
        row[1] for row in connection.execute("PRAGMA table_list") if row[2] in {"table", "shadow"} and row[0] == "main"
    ]
    return [
        (table, row[1], row[2])
        for table in tables
        if table != "sqlite_schema"
        for row in connection.execute(f"PRAGMA table_info({table})")
    ]


def tampered(vault: Vault, table: str, column: str, value: Any) -> None:
    """Put a value in a column of every row, read everything, and take the value back."""
    connection = vault.connection
    connection.execute("BEGIN")
    try:
        put = BYTES if value is BYTES else "?"
        with contextlib.suppress(Exception):  # a value that SQLite itself does not take is no danger
            connection.execute(f"UPDATE {table} SET {column} = {put}", () if value is BYTES else (value,))  # noqa: S608 - of the schema
        for read in READS:
            with contextlib.suppress(VpdeskError):
                read(vault)
    finally:
        connection.execute("ROLLBACK")


def values_for(kind: str) -> tuple[Any, ...]:
    return {"TEXT": (*TEXTS, BYTES), "INTEGER": NUMBERS}.get(kind, (*BLOBS, "x", -1))


@pytest.mark.parametrize("nth", range(3))
def test_no_column_holds_what_stops_today_or_a_list(full: Vault, nth: int) -> None:
    """Each column with three of the absurd values, other ones for each column."""
    for number, (table, column, kind) in enumerate(columns(full.connection)):
        possible = values_for(kind)
        tampered(full, table, column, possible[(number + nth * 5) % len(possible)])


@pytest.mark.long
def test_no_column_holds_anything_that_stops_today_or_a_list(full: Vault) -> None:
    done = 0
    for table, column, kind in columns(full.connection):
        for value in values_for(kind):
            tampered(full, table, column, value)
            done += 1
    assert done > 800


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("cases", "phase", "geen fase"),
        ("cases", "thema", "geen thema"),
        ("cases", "opened", "gisteren"),
        ("case_moves", "on_day", "2026-02-30"),
        ("case_outcomes", "code", "geen afloop"),
        ("conversations", "channel", "rooksignaal"),
        ("conversations", "minutes", -1),
        ("reminders", "due", "ooit"),
        ("reminders", "kind", "?"),
        ("clients", "threshold", 0),
        ("drafts", "saved", "net"),
        ("publications", "statements", "[[["),
        ("activities", "task", "niets"),
        ("persons", "part", "niemand"),
        ("persons", "aliases", "[[["),
        ("matters", "name", ""),
        ("conflicts", "on_day", "ooit"),
        ("activities", "follow_up", "wie weet"),
        ("activities", "follow_up_on", None),
        ("timer", "started", "2026-01-20T10:00:00"),
        ("timer", "task", "niets"),
        ("settings", "value", "[]"),
    ],
)
def test_what_cannot_be_understood_says_so(full: Vault, table: str, column: str, value: object) -> None:
    full.connection.execute("BEGIN")
    said = []
    try:
        full.connection.execute(f"UPDATE {table} SET {column} = ?", (value,))  # noqa: S608 - of the schema
        for read in READS:
            try:
                read(full)
            except VpdeskError as error:
                said.append(error.sentence)
    finally:
        full.connection.execute("ROLLBACK")
    assert stored.NOT_UNDERSTOOD in said


def test_a_draft_of_another_shape_is_kept_as_text() -> None:
    for text in (
        "geen JSON",
        "[]",
        "{}",
        '{"text": 1}',
        "[" * 100_000,
        json.dumps({**json.loads(TalkDraft("a", TODAY).written()), "minutes": -5}),
    ):
        kept = TalkDraft.read(Draft("nieuw", text, NOW))
        assert (kept.text, kept.on) == (text, TODAY)


def test_a_text_that_nobody_typed_is_refused_unread(full: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vpdesk.store.stored.LONGEST_TEXT", 10)
    for read in (
        conversations.drafts,
        lambda vault: conversations.draft(vault, "nieuw"),
        lambda vault: vault.settings.get(places.LAST),
    ):
        with pytest.raises(VaultDamagedError, match="niet begrijpt"):
            read(full)
    monkeypatch.setattr("vpdesk.store.stored.LONGEST_TEXT", 3)
    with pytest.raises(VaultDamagedError, match="niet begrijpt"):
        every_talk(full)


def test_a_setting_that_is_no_text_is_refused(full: Vault) -> None:
    full.connection.execute("BEGIN")
    full.connection.execute("UPDATE settings SET value = x'00'")
    with pytest.raises(VaultDamagedError, match="niet begrijpt"):
        full.settings.all()
    full.connection.execute("ROLLBACK")


def test_damage_halfway_a_list_is_a_sentence(tmp_path: Path) -> None:
    """SQLite gives the first rows of a list and only then finds the page that was changed."""
    vault = new_vault(tmp_path / "kluis")
    with vault.transaction():
        for number in range(600):
            vault.worklog.add(Activity(ActivityId(0), date(2025, 6, 1), "artikel", number, title="x" * 200))
    path = vault.generation / "vault.db"
    good = path.read_bytes()
    said = 0
    for page in range(len(good) // PAGE_BYTES - 40, len(good) // PAGE_BYTES, 3):
        bad = bytearray(good)
        bad[page * PAGE_BYTES + 100] ^= 1
        path.write_bytes(bad)
        with contextlib.closing(connect(path, keys.derive(vault.key, "database"), mode="ro")) as connection:
            try:
                assert len(WorklogStore(connection).rows(YEAR)) == 600
            except VaultDamagedError:
                said += 1
    vault.close()
    assert said > 5


HUGE = """
import resource, sys
from datetime import datetime
from pathlib import Path
from vpdesk.domain.errors import VpdeskError
from vpdesk.operations import conversations, places, vaults
from vpdesk.store.keychain import MemoryKeychain
now = datetime(2026, 1, 20, 10)
resource.setrlimit(resource.RLIMIT_AS, (700 * 2**20, 700 * 2**20))
vault = vaults.open_vault(Path(sys.argv[1]), keychain=MemoryKeychain(), now=now)
for read in (conversations.drafts, lambda v: places.backup_state(v, now=now)):
    try:
        read(vault)
    except VpdeskError as error:
        print(error.sentence)
print([line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")][0].split()[1])
"""


@pytest.mark.long
def test_a_draft_and_a_setting_of_200_mb_stay_under_512_mb(folder: Path) -> None:
    with behind_the_door(folder) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        huge = "CAST(replace(hex(zeroblob(100000000)), '0', 'x') AS TEXT)"
        connection.execute(f"INSERT INTO drafts (key, text, saved) VALUES ('nieuw', {huge}, '2026-01-20T10:00:00')")  # noqa: S608
        connection.execute(f"INSERT INTO settings (name, value) VALUES ('last_backup', {huge})")  # noqa: S608
    said = subprocess.run(
        [sys.executable, "-c", HUGE, str(folder)], capture_output=True, text=True, check=True, timeout=120
    )
    *sentences, peak = said.stdout.splitlines()
    assert sentences == [stored.NOT_UNDERSTOOD] * 2
    assert int(peak) < 512 * 1024  # SQLite takes the setting in once, to find its row
