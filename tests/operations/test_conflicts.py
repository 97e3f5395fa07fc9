"""Asking before the story is told: an answer that shows no other case, and no trace of having asked."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from tests.casework import NOW, a_case
from tests.people_kit import a_melder, put, put_in
from vpdesk.domain.conflicts import Level
from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.people import Part
from vpdesk.operations import conversations
from vpdesk.operations.clients import add_client
from vpdesk.operations.conflicts import Question, ask

if TYPE_CHECKING:
    from vpdesk.store.vault import Vault


@pytest.mark.parametrize(
    "question",
    [
        Question(caller="Vries, J. de"),
        Question(caller="Jan de Vries", rol="betrokkene"),
        Question(other="F. Wrevelhout"),
        Question(other="wrevelhout"),
        Question(function="teamleider noord", rol="getuige"),
        Question(matter="overleg over Noord"),
        Question(matter="Overleg Noord", rol="collega"),
    ],
)
def test_a_name_a_function_or_a_matter_is_enough(vault: Vault, question: Question) -> None:
    case = a_melder(vault)
    put_in(vault, case.id, "Overleg Noord")
    answer = ask(vault, question)
    assert answer.level is Level.CONFLICT
    assert [(found.code, found.pseudonym) for found in answer.cases] == [(case.code, case.pseudonym)]


@pytest.mark.parametrize(
    "question",
    [
        Question(caller="Piet de Vries"),
        Question(caller="Fien Wrevelhout"),
        Question(function="teamleider"),
        Question(function="A"),
        Question(matter="Rooster Zuid"),
        Question(),
    ],
)
def test_where_nothing_is_found_nothing_is_said(vault: Vault, question: Question) -> None:
    put_in(vault, a_melder(vault).id, "Overleg Noord")
    assert ask(vault, question).level is Level.GEEN
    assert ask(vault, question).cases == ()


def test_another_melder_in_the_matter_is_a_warning(vault: Vault) -> None:
    put_in(vault, a_melder(vault).id, "Overleg Noord")
    assert ask(vault, Question(rol="melder", matter="Overleg Noord")).level is Level.LET_OP
    assert ask(vault, Question(rol="melder", other="Jan de Vries")).level is Level.LET_OP


def test_a_common_name_alone_gives_no_alarm_and_is_said_to_be_too_little(vault: Vault) -> None:
    for number in range(3):
        put(vault, a_case(vault, rol="melder").id, Part.ANDER, f"{'ABC'[number]}. de Vries")
    asked = Question(caller="De Vries")
    assert (ask(vault, asked).level, ask(vault, asked).cases, asked.vague) == (Level.GEEN, (), ("De Vries",))


def test_a_question_tells_what_of_it_says_too_little() -> None:
    assert Question(rol="melder", caller=" ").given == ()
    asked = Question(caller="A. de Vries", other=" Jansen ", function="teamleider", matter="de melding")
    assert asked.given == ("A. de Vries", "Jansen", "teamleider", "de melding")
    assert asked.vague == ("Jansen", "teamleider", "de melding")
    assert Question(other="Wrevelhout", function="Teamleider Noord", matter="Overleg").vague == ()
    with pytest.raises(InvalidValueError, match="Er is niets bewaard"):
        Question(caller="a\nb").persons()


def test_an_organisation_is_asked_about_alone_or_all_at_once(vault: Vault) -> None:
    case = a_melder(vault)
    elsewhere = add_client(vault, name="Ergens anders")
    asked = {"caller": "Jan de Vries", "matter": "Overleg Noord"}
    assert ask(vault, Question(client=case.client, **asked)).level is Level.CONFLICT
    assert ask(vault, Question(client=elsewhere.id, **asked)).level is Level.GEEN
    assert ask(vault, Question(**asked)).level is Level.CONFLICT


def test_asking_stores_nothing(vault: Vault) -> None:
    put_in(vault, a_melder(vault).id, "Overleg Noord")
    conversations.save_draft(vault, key="snel", text="12", now=NOW)
    before = state(vault)
    written: list[str] = []
    vault.connection.set_trace_callback(written.append)
    for question in (
        Question(caller="Jan de Vries", other="Ottoliena Aalders", function="Teamleider Noord", matter="Overleg Noord"),
        Question(caller="qzxy"),
        Question(),
    ):
        ask(vault, question)
    vault.connection.set_trace_callback(None)
    assert state(vault) == before
    assert written
    assert all(statement.lstrip("- ").lstrip().upper().startswith("SELECT") for statement in written)


def state(vault: Vault) -> tuple[object, ...]:
    """Return everything by which a trace would show: bytes and names of files, revision, changes, drafts."""
    files = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in vault.generation.iterdir()}
    return files, vault.revision, vault.connection.total_changes, conversations.drafts(vault)


def test_the_number_of_statements_does_not_grow_with_the_vault(vault: Vault) -> None:
    def asked() -> int:
        seen: list[str] = []
        vault.connection.set_trace_callback(seen.append)
        ask(vault, Question(other="Fien Wrevelhout", matter="Overleg Noord"))
        vault.connection.set_trace_callback(None)
        return len(seen)

    put_in(vault, a_melder(vault).id, "Overleg Noord")
    before = asked()
    for _ in range(12):
        put_in(vault, a_melder(vault).id, "Overleg Noord")
    assert asked() == before
