"""People and matters: apart, held against the other cases when saved, and gone with the case or by themselves."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.casework import NOW, TODAY, a_case, a_client, a_talk
from tests.pages import pages_of, pages_with
from tests.people_kit import a_melder, names, put, put_in
from tests.vault_kit import LONG_PHRASE, make
from vpdesk.domain.conflicts import Level
from vpdesk.domain.errors import (
    AlreadyExistsError,
    InvalidValueError,
    NotFoundError,
    RoleConflictError,
    VaultDamagedError,
)
from vpdesk.domain.ids import CaseId, PersonId
from vpdesk.domain.people import Part, Person, Voicemail
from vpdesk.domain.rows import CaseFilter
from vpdesk.operations import backups, conversations
from vpdesk.operations.cases import change_case, close_case, list_cases
from vpdesk.operations.clients import add_client
from vpdesk.operations.conflicts import standing
from vpdesk.operations.destroying import destroy_case, destroy_person
from vpdesk.operations.other_client import move_to_client
from vpdesk.operations.people import (
    NEW,
    GoingOn,
    cases_called,
    go_on,
    hidden_people,
    join_matter,
    leave_matter,
    matters_of_client,
    parts_in,
    people_of,
    save_person,
)

if TYPE_CHECKING:
    from pathlib import Path

    from vpdesk.domain.cases import Case
    from vpdesk.store.vault import Vault

BECAUSE = GoingOn("Er is geen collega; alleen informatie gegeven.", "De naam, meer niet.")


def rows(vault: Vault, table: str) -> int:
    (number,) = vault.connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608 - our own names
    return int(number)


def closed(vault: Vault, case: Case) -> None:
    close_case(vault, case_id=case.id, outcome="niet opgelost", reason="doel bereikt", on=date(2026, 1, 19))


def test_a_person_is_kept_whole_changed_and_stands_in_order(vault: Vault) -> None:
    case = a_case(vault)
    put(vault, case.id, Part.VERDER, "Hilde Aalders")
    put(vault, case.id, Part.ANDER, function="A")
    put(
        vault, case.id, Part.KOMT, "Fien Wrevelhout", aliases=("Fientje", "‘F’"), function="baliemedewerker",
        reach="06 12345678", hours="na 18 uur", voicemail=Voicemail.NEE,
    )  # fmt: skip
    people = people_of(vault, case.id).persons
    assert [person.part for person in people] == [Part.KOMT, Part.ANDER, Part.VERDER]
    assert parts_in(vault, case.id) == {Part.KOMT, Part.ANDER, Part.VERDER}
    assert people[0] == Person(
        people[0].id, case.id, Part.KOMT, "Fien Wrevelhout", ("Fientje", "‘F’"), "baliemedewerker", "06 12345678",
        "na 18 uur", Voicemail.NEE,
    )  # fmt: skip
    save_person(vault, replace(people[0], name="Fien Anders", aliases=()), today=TODAY)
    assert names(vault, case.id) == ["Fien Anders", "", "Hilde Aalders"]
    assert rows(vault, "person_words") == 2 + 2 + 1, "words of an earlier name are gone"


def test_a_case_is_what_one_person_brings(vault: Vault) -> None:
    case = a_case(vault)
    put(vault, case.id, Part.KOMT, "Fien Wrevelhout")
    with pytest.raises(AlreadyExistsError, match="wat één persoon inbrengt"):
        put(vault, case.id, Part.KOMT, "Hilde Aalders")
    put(vault, case.id, Part.GETUIGE, "Hilde Aalders")
    fien, hilde = people_of(vault, case.id).persons
    save_person(vault, replace(fien, reach="06"), today=TODAY)
    with pytest.raises(AlreadyExistsError):
        save_person(vault, replace(hilde, part=Part.KOMT), today=TODAY)
    assert [person.part for person in people_of(vault, case.id).persons] == [Part.KOMT, Part.GETUIGE]


def test_what_is_not_there_cannot_be_saved(vault: Vault) -> None:
    case = a_case(vault)
    for person in (Person(PersonId(9), case.id, Part.KOMT, "X"), Person(NEW, CaseId(99), Part.KOMT, "X")):
        with pytest.raises(NotFoundError):
            save_person(vault, person, today=TODAY)
    with pytest.raises(NotFoundError):
        join_matter(vault, case_id=CaseId(99), name="Overleg", today=TODAY)


def test_who_comes_and_is_on_the_other_side_of_a_case_is_not_saved_without_a_reason(vault: Vault) -> None:
    melder = a_melder(vault)
    case = a_case(vault, rol="betrokkene")
    revision = vault.revision
    with pytest.raises(RoleConflictError, match="Er is nog niets bewaard") as refused:
        put(vault, case.id, Part.KOMT, "J. de Vries")
    assert "Vries" not in refused.value.sentence
    assert melder.code not in refused.value.sentence, "the other case is not shown"
    assert refused.value.cases == (melder.id,)
    assert (vault.revision, names(vault, case.id)) == (revision, [])
    with pytest.raises(InvalidValueError, match="Schrijf op waarom"):
        put(vault, case.id, Part.KOMT, "J. de Vries", going_on=GoingOn("  "))
    assert names(vault, case.id) == []
    assert put(vault, case.id, Part.KOMT, "J. de Vries", going_on=BECAUSE) is Level.CONFLICT
    (record,) = people_of(vault, case.id).records
    assert (record.reason, record.knowledge) == (BECAUSE.reason, BECAUSE.knowledge)
    assert (record.others, record.on, record.case) == ((melder.id,), TODAY, case.id)


def test_once_explained_it_is_not_asked_again_at_either_case(vault: Vault) -> None:
    melder, case = a_melder(vault), a_case(vault, rol="betrokkene")
    put(vault, case.id, Part.KOMT, "J. de Vries", going_on=BECAUSE)
    assert standing(vault, case.id).level is Level.GEEN
    assert standing(vault, melder.id).level is Level.GEEN
    put(vault, case.id, Part.ANDER, "Wrevelhout")
    put(vault, melder.id, Part.GETUIGE, "Hilde Aalders")
    assert hidden_people(vault, case.id).records == 1
    third = a_case(vault, rol="getuige")
    with pytest.raises(RoleConflictError):
        put(vault, third.id, Part.KOMT, "Hilde Aalders")


def test_a_reason_that_was_not_needed_is_not_kept(vault: Vault) -> None:
    case = a_melder(vault)
    assert put(vault, case.id, Part.GETUIGE, "Hilde Aalders", going_on=BECAUSE) is Level.GEEN
    assert people_of(vault, case.id).records == ()


def test_a_conflict_that_was_there_already_does_not_hold_up_a_telephone_number(vault: Vault) -> None:
    a_melder(vault)
    case = a_case(vault, rol="naaste")
    put(vault, case.id, Part.GETUIGE, "Jan de Vries")
    change_case(vault, replace(vault.cases.get(case.id), rol="getuige"))
    assert hidden_people(vault, case.id).outcome.level is Level.CONFLICT, "another role is seen at once"
    (person,) = people_of(vault, case.id).persons
    save_person(vault, replace(person, reach="06"), today=TODAY)
    go_on(vault, case_id=case.id, today=TODAY, going_on=BECAUSE)
    assert hidden_people(vault, case.id).outcome.level is Level.GEEN
    go_on(vault, case_id=case.id, today=TODAY, going_on=BECAUSE)
    assert len(people_of(vault, case.id).records) == 1, "where there is nothing to explain, nothing is kept"


def test_two_melders_in_one_matter_are_told_apart_by_a_warning(vault: Vault) -> None:
    one, other = a_case(vault, rol="melder"), a_case(vault, rol="melder")
    assert put_in(vault, one.id, " Overleg Noord ") is Level.GEEN
    assert put_in(vault, other.id, "overleg noord") is Level.LET_OP
    assert put_in(vault, other.id, "Overleg Noord") is Level.GEEN, "it is there already"
    assert [matter.name for matter in people_of(vault, other.id).matters] == ["Overleg Noord"]
    assert standing(vault, one.id).warnings == (other.id,)
    assert [case.code for case in cases_called(vault, standing(vault, one.id).cases)] == [other.code]


def test_a_witness_beside_a_melder_in_one_matter_takes_a_reason(vault: Vault) -> None:
    one, other = a_case(vault, rol="melder"), a_case(vault, rol="getuige")
    put_in(vault, one.id, "Overleg Noord")
    put_in(vault, other.id, "Rooster")
    with pytest.raises(RoleConflictError):
        put_in(vault, other.id, "Overleg Noord")
    assert [matter.name for matter in matters_of_client(vault, other.id)] == ["Overleg Noord"]
    put_in(vault, other.id, "Overleg Noord", BECAUSE)
    assert hidden_people(vault, other.id).matters == 2
    assert matters_of_client(vault, other.id) == ()


def test_another_organisation_is_another_world(vault: Vault) -> None:
    a_melder(vault)
    elsewhere = add_client(vault, name="Ergens anders")
    case = a_case(vault, rol="betrokkene")
    move_to_client(vault, case_id=case.id, client_id=elsewhere.id, today=TODAY)
    put(vault, case.id, Part.KOMT, "Jan de Vries")
    assert standing(vault, case.id).cases == ()
    with pytest.raises(RoleConflictError):
        move_to_client(vault, case_id=case.id, client_id=a_client(vault).id, today=TODAY)
    assert vault.cases.get(case.id).client == elsewhere.id
    back = move_to_client(vault, case_id=case.id, client_id=a_client(vault).id, today=TODAY, going_on=BECAUSE)
    assert back.level is Level.CONFLICT
    (record,) = people_of(vault, case.id).records
    with vault.transaction():
        vault.conflicts.delete(record.id)
    assert standing(vault, case.id).level is Level.CONFLICT


def test_a_matter_goes_when_the_last_case_leaves_it(vault: Vault) -> None:
    one, other = a_case(vault), a_case(vault)
    for case in (one, other):
        put_in(vault, case.id, "Overleg Noord")
    (matter,) = people_of(vault, one.id).matters
    leave_matter(vault, case_id=one.id, matter_id=matter.id)
    assert [found.name for found in matters_of_client(vault, one.id)] == ["Overleg Noord"]
    leave_matter(vault, case_id=other.id, matter_id=matter.id)
    assert (rows(vault, "matters"), rows(vault, "case_matters")) == (0, 0)


def test_a_case_that_goes_to_another_organisation_leaves_its_matters(vault: Vault) -> None:
    case = a_case(vault)
    put_in(vault, case.id, "Overleg Noord")
    move_to_client(vault, case_id=case.id, client_id=add_client(vault, name="Ergens anders").id, today=TODAY)
    assert people_of(vault, case.id).matters == ()
    assert rows(vault, "matters") == 0


TABLES = ("persons", "person_words", "matters", "case_matters", "conflicts", "conflict_cases")


def test_everything_about_people_goes_with_the_case_and_nothing_of_another(vault: Vault) -> None:
    kept = a_case(vault, rol="melder")
    put(vault, kept.id, Part.KOMT, "Fien Blijft")
    put(vault, kept.id, Part.ANDER, "Aalt Blijft")
    put_in(vault, kept.id, "Overleg blijft")
    before = {table: rows(vault, table) for table in TABLES}
    gone = a_case(vault, rol="betrokkene")
    put(vault, gone.id, Part.KOMT, "A. Blijft", going_on=BECAUSE)
    put(vault, gone.id, Part.GETUIGE, "qzxyweg", aliases=("qzxyook",), reach="qzxynummer", hours="qzxyuur")
    put_in(vault, gone.id, "Overleg blijft")
    put_in(vault, gone.id, "qzxyrooster")
    closed(vault, gone)
    assert pages_with(pages_of(vault), "qzxy"), "the words were there"
    assert destroy_case(vault, case_id=gone.id, now=NOW).wiped
    assert {table: rows(vault, table) for table in TABLES} == before
    assert pages_with(pages_of(vault), "qzxy") == {}
    assert vault.integrity(full=True)


def test_a_reason_at_another_case_outlives_the_case_it_was_about(vault: Vault) -> None:
    melder, case = a_melder(vault), a_case(vault, rol="betrokkene")
    put(vault, case.id, Part.KOMT, "J. de Vries", going_on=BECAUSE)
    closed(vault, melder)
    destroy_case(vault, case_id=melder.id, now=NOW)
    (record,) = people_of(vault, case.id).records
    assert (record.reason, record.others) == (BECAUSE.reason, ())


def test_a_person_is_destroyed_alone_and_no_page_holds_her(vault: Vault) -> None:
    case = a_case(vault)
    put(vault, case.id, Part.KOMT, "Fien Blijft")
    for number in range(60):  # so that rows move between pages
        put(vault, case.id, Part.VERDER, f"Ander {number} {'x' * 250}")
    put(vault, case.id, Part.ANDER, "qzxynaam", aliases=("qzxyook",), function="qzxyhoofd", reach="qzxy06")
    (person,) = (person for person in people_of(vault, case.id).persons if person.part is Part.ANDER)
    save_person(vault, replace(person, hours="qzxyuur", name="qzxyanders"), today=TODAY)
    typed = '{{"case": {}, "of": null, "text": "Persoon\\nNaam: {}"}}'
    drafts = {
        "dialoog:1": typed.format(case.id, 'qzxyanders \\"x\\"'),
        "dialoog:2": typed.format(case.id, "iets over Fien"),
        "dialoog:3": "geen vorm, qzxyanders".replace("qzxyanders", "niets"),
        "gesprek:nieuw:1": typed.format(case.id, "niemand"),
    }
    for key, text in drafts.items():
        conversations.save_draft(vault, key=key, text=text, now=NOW)
    talk = a_talk(vault, case, working_note="blijft staan")
    assert pages_with(pages_of(vault), "qzxy")
    person = vault.people.get(person.id)
    assert destroy_person(vault, person_id=person.id, now=NOW)
    assert pages_with(pages_of(vault), "qzxy") == {}
    assert {draft.key for draft in conversations.drafts(vault)} == set(drafts) - {"dialoog:1"}
    assert len(people_of(vault, case.id).persons) == 61, "the case and the others stay"
    assert conversations.get_conversation(vault, talk.id).working_note == "blijft staan"
    assert vault.integrity(full=True)
    with pytest.raises(NotFoundError):
        destroy_person(vault, person_id=person.id, now=NOW)


@pytest.mark.parametrize("seed", [3, 10])
def test_no_page_holds_who_was_destroyed_where_rows_moved_between_pages(vault: Vault, seed: int) -> None:
    chance, case = random.Random(seed), a_case(vault)  # noqa: S311 - the same text in every run

    def word() -> str:
        return "".join(chance.choices("abcdefghijklmnop", k=chance.randrange(4, 12)))

    with vault.transaction():
        for number in range(400):
            secret = "qzxy" if number % 5 == 0 else ""
            vault.people.add(Person(NEW, case.id, Part.VERDER, f"{word()}{secret} {word()}", (), f"{word()}{secret}"))
    for person in people_of(vault, case.id).persons:
        if "qzxy" in person.name:
            assert destroy_person(vault, person_id=person.id, now=NOW)
    assert pages_with(pages_of(vault), "qzxy") == {}
    assert hidden_people(vault, case.id).persons == 320


def test_a_person_without_anything_to_look_for_takes_no_draft_along(vault: Vault) -> None:
    case = a_case(vault)
    put(vault, case.id, Part.ANDER, function="A")
    text = f'{{"case": {case.id}, "of": null, "text": "Stap: A belt"}}'
    conversations.save_draft(vault, key="dialoog:1", text=text, now=NOW)
    destroy_person(vault, person_id=people_of(vault, case.id).persons[0].id, now=NOW)
    assert [draft.key for draft in conversations.drafts(vault)] == ["dialoog:1"]


def test_names_are_in_no_search(vault: Vault) -> None:
    case = a_melder(vault)
    put_in(vault, case.id, "Overleg Papaver")
    a_talk(vault, case, working_note="iets anders")
    for word in ("Wrevelhout", "wrevel", "Vries", "Papaver"):
        assert conversations.search(vault, word) == ()
        assert list_cases(vault, CaseFilter(text=word), 10) == ()


def test_people_are_in_a_backup_and_come_back(tmp_path: Path) -> None:
    kit, vault = make(tmp_path / "kluis")
    with vault:
        melder, case = a_melder(vault), a_case(vault, rol="betrokkene")
        put(vault, case.id, Part.KOMT, "J. de Vries", going_on=BECAUSE)
        put_in(vault, melder.id, "Overleg Noord")
        shown, other = people_of(vault, melder.id), people_of(vault, case.id)
        copy = backups.make_backup(vault, places=(tmp_path / "kopieën",), now=NOW).path
    assert "wrevelhout" not in str(copy.read_bytes().lower())
    with backups.restore_backup(
        copy, folder=tmp_path / "terug", words=kit.words, passphrase=LONG_PHRASE, keychain=kit.keychain, now=NOW
    ) as restored:
        assert (people_of(restored, melder.id), people_of(restored, case.id)) == (shown, other)
        assert standing(restored, case.id).level is Level.GEEN


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("persons", "part", "niemand"),
        ("persons", "aliases", "{}"),
        ("persons", "aliases", "[1]"),
        ("persons", "aliases", "["),
        ("persons", "voicemail", "misschien"),
        ("persons", "name", "a\nb"),
        ("conflicts", "on_day", "gisteren"),
        ("conflicts", "reason", ""),
        ("matters", "name", ""),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(vault: Vault, table: str, column: str, value: str) -> None:
    a_melder(vault)
    case = a_case(vault, rol="betrokkene")
    put(vault, case.id, Part.KOMT, "J. de Vries", going_on=BECAUSE)
    put_in(vault, case.id, "Overleg Noord")
    with vault.transaction():
        vault.connection.execute(f"UPDATE {table} SET {column} = ?", (value,))  # noqa: S608 - our own names
    with pytest.raises(VaultDamagedError, match="iets wat vpdesk niet begrijpt"):
        people_of(vault, case.id)
