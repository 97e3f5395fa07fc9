"""The doorgeefluik: what goes to the organisation was approved, and says nothing about who it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.casework import NOW, TODAY, a_case, a_client
from vpdesk.domain import melding_lists as lists
from vpdesk.domain.errors import InvalidValueError, NotFoundError
from vpdesk.domain.ids import MeldingId, PersonId, RelayId
from vpdesk.domain.meldingen import Melding
from vpdesk.domain.people import Part, Person
from vpdesk.domain.relay import Direction, RelayMessage
from vpdesk.operations.clients import add_unit
from vpdesk.operations.destroying import destroy_person
from vpdesk.operations.meldingen import change_melding, record_melding
from vpdesk.operations.people import save_person
from vpdesk.operations.relay import (
    NOT_READ,
    Reading,
    approve_message,
    copy_of_message,
    marks_in,
    pass_message,
    relay_log,
    remove_message,
    telling,
    write_copy,
    write_message,
)
from vpdesk.operations.relay_marks import MarkKind

if TYPE_CHECKING:
    from pathlib import Path

    from vpdesk.domain.cases import Case
    from vpdesk.store.vault import Vault

DAY = date(2026, 1, 5)
READ = Reading(through=True)


def through_me(vault: Vault, case: Case) -> Melding:
    return record_melding(
        vault, Melding(MeldingId(0), case.id, lists.WBK, lists.CONFIDENTIAL, "meldpunt", DAY, relay=True)
    )


def a_message(melding: Melding, text: str, direction: Direction = Direction.NAAR) -> RelayMessage:
    return RelayMessage(RelayId(0), melding.id, direction, DAY, text)


def named(vault: Vault) -> Case:
    client = a_client(vault)
    add_unit(vault, client_id=client.id, name="Locatie Zuid")
    case, other = a_case(vault, pseudonym="Kiezel", rol="melder"), a_case(vault, pseudonym="Luifel", rol="melder")
    for person in (
        Person(PersonId(0), case.id, Part.KOMT, "Ottoliena de Wrevelhout", ("Otje",), "inkoper", "06 1234 5678"),
        Person(PersonId(0), case.id, Part.ANDER, "", (), "hoofd inkoop"),
        Person(PersonId(0), other.id, Part.KOMT, "Barend Kwispelaar"),
    ):
        save_person(vault, person, today=TODAY)
    return case


def test_a_message_goes_out_only_as_the_melder_approved_it(vault: Vault, tmp_path: Path) -> None:
    case = named(vault)
    melding = through_me(vault, case)
    message = write_message(vault, a_message(melding, "Drie facturen zijn gesplitst."))
    for ask in (
        lambda: pass_message(vault, message_id=message.id, on=DAY),
        lambda: copy_of_message(vault, message_id=message.id, today=TODAY),
    ):
        with pytest.raises(InvalidValueError, match="goedgekeurd"):
            ask()
    approve_message(vault, message_id=message.id, on=DAY)
    changed = write_message(vault, replace(message, text="Vier facturen zijn gesplitst."))
    assert changed.approved is None, "another text is asked about anew"
    approve_message(vault, message_id=message.id, on=DAY)
    passed = pass_message(vault, message_id=message.id, on=TODAY)
    copy = copy_of_message(vault, message_id=message.id, today=date(2026, 2, 1))
    assert copy == f"Kenmerk: {melding.reference}\nDatum: 20 januari 2026\n\nVier facturen zijn gesplitst.\n"
    for secret in (case.code, case.pseudonym, "melder", "Ottoliena", "Otje", "inkoper", "Kwispelaar"):
        assert secret not in copy
    write_copy(tmp_path / "bericht.txt", copy)
    assert (tmp_path / "bericht.txt").read_text(encoding="utf-8") == copy
    answer = write_message(vault, a_message(melding, "Welke facturen?", Direction.VAN))
    assert pass_message(vault, message_id=answer.id, on=TODAY).approved is None
    assert [one.id for one in relay_log(vault, melding.id).messages] == [passed.id, answer.id]


@pytest.mark.parametrize(
    "text",
    [
        "Otje zag het.",
        "Volgens Ottoliena de Wrevelhout klopt het niet.",
        "Bel WREVELHOUT’s nummer.",
        "Bel 06-1234 5678.",
        "Zie Kiezel.",
        "Zie casus 2025-001.",
    ],
)
def test_who_it_is_never_goes_out_not_even_approved(vault: Vault, text: str) -> None:
    case = named(vault)
    melding = through_me(vault, case)
    message = write_message(vault, a_message(melding, text))
    with pytest.raises(InvalidValueError, match="zegt wie de melder is"):
        approve_message(vault, message_id=message.id, on=DAY)
    vault.relay.put(replace(message, approved=DAY))
    for ask in (
        lambda: pass_message(vault, message_id=message.id, on=DAY),
        lambda: copy_of_message(vault, message_id=message.id, today=TODAY),
    ):
        with pytest.raises(InvalidValueError, match="zegt wie de melder is"):
            ask()
    incoming = write_message(vault, a_message(melding, text, Direction.VAN))
    assert pass_message(vault, message_id=incoming.id, on=DAY).passed == DAY, "the melder may read her own name"


@pytest.mark.parametrize("destroyed", [True, False])
def test_where_no_name_is_known_somebody_has_to_look(vault: Vault, *, destroyed: bool) -> None:
    case = named(vault)
    if destroyed:
        (person,) = [one for one in vault.people.of_case(case.id) if one.part is Part.KOMT]
        destroy_person(vault, person_id=person.id, now=NOW)
    else:  # a function and a number are no name
        case = a_case(vault, rol="melder")
        save_person(vault, Person(PersonId(0), case.id, Part.KOMT, "", (), "inkoper", "06 1"), today=TODAY)
    melding = through_me(vault, case)
    message = write_message(vault, a_message(melding, "Ottoliena de Wrevelhout zag dat facturen zijn gesplitst."))
    asks = (
        lambda reading: approve_message(vault, message_id=message.id, on=DAY, reading=reading),
        lambda reading: copy_of_message(vault, message_id=message.id, today=TODAY, reading=reading),
        lambda reading: pass_message(vault, message_id=message.id, on=DAY, reading=reading),
    )
    assert not relay_log(vault, melding.id).telling.knows_melder
    for ask in asks:
        for reading in (NOT_READ, Reading(" W ")):
            with pytest.raises(InvalidValueError, match="kent geen naam van deze melder"):
                ask(reading)
        for reading in (Reading("wrevelhout"), Reading("Liena Wrevelhout", through=True)):
            with pytest.raises(InvalidValueError, match="zegt wie de melder is"):
                ask(reading)
        ask(Reading("Kwispelaar"))  # the advisor looked for a name, and it is not there
    answer = write_message(vault, a_message(melding, "Welke facturen?", Direction.VAN))
    assert pass_message(vault, message_id=answer.id, on=TODAY).passed == TODAY
    for row in vault.connection.execute("SELECT text FROM relay_messages UNION SELECT value FROM settings"):
        assert "Kwispelaar" not in row[0]


def test_what_may_tell_who_it_is_is_marked_with_the_reason(vault: Vault) -> None:
    case = named(vault)
    text = (
        "Barend Kwispelaar en het hoofd inkoop van Locatie Zuid spraken mijn collega dinsdag in de nachtdienst. "
        "Otjé was erbij. Mail naar a@b.nl. De directeur zei niets."
    )
    found = [(mark.kind, mark.found) for mark in marks_in(text, telling(vault, case.id))]
    assert found == [
        (MarkKind.NAAM, "Barend Kwispelaar"),
        (MarkKind.FUNCTIE, "hoofd inkoop"),
        (MarkKind.ONDERDEEL, "Locatie Zuid"),
        (MarkKind.EIGEN, "mijn collega"),
        (MarkKind.MOMENT, "dinsdag"),
        (MarkKind.ROOSTER, "nachtdienst"),
        (MarkKind.MELDER, "Otjé"),
        (MarkKind.GEGEVEN, "a@b.nl"),
        (MarkKind.PERSOON, "De directeur"),
    ]
    assert all(mark.reason for mark in marks_in(text, telling(vault, case.id)))
    assert marks_in("De facturen zijn gesplitst.", telling(vault, case.id)) == ()


def test_a_place_somebody_and_a_quotation_are_marked_and_the_matter_itself_is_not(vault: Vault) -> None:
    told = telling(vault, named(vault).id)
    text = (
        "Op de derde verdieping en bij de salarisadministratie werd geschreeuwd: ‘ik wil jou hier niet meer zien’. "
        "De Poolse collega kreeg een berisping. De arbeidsinspectie is gebeld."
    )
    assert [(mark.kind, mark.found) for mark in marks_in(text, told)] == [
        (MarkKind.PLAATS, "derde verdieping"),
        (MarkKind.PLAATS, "bij de salarisadministratie"),
        (MarkKind.CITAAT, "‘ik wil jou hier niet meer zien’"),
        (MarkKind.PERSOON, "De Poolse collega"),
    ]
    plain = "De machine is onveilig en wordt niet gekeurd. De melder vraagt de directie om een gesprek."
    assert marks_in(plain, told) == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Er is één lijst, en de enige met toegang zag dat.", ["de enige"]),
        ("Er was niets te zien. Alleen wij kunnen dat weten.", ["Alleen wij"]),
        ("Alleen de melder kan dat weten.", ["Alleen de melder kan"]),
        ("Niemand anders kreeg die lijst.", ["Niemand anders"]),
        ("Het ging om de eerste die alles las.", ["de eerste die"]),
        ("Dat was de enige manier. Er zijn enige facturen gesplitst. Alleen facturen zijn gesplitst.", []),
    ],
)
def test_what_only_one_person_can_know_is_marked(vault: Vault, text: str, found: list[str]) -> None:
    told = telling(vault, named(vault).id)
    assert [mark.found for mark in marks_in(text, told) if mark.kind is MarkKind.PERSOON] == found


def test_what_cannot_be_done_changes_nothing(vault: Vault) -> None:
    case = a_case(vault)
    melding = through_me(vault, case)
    message = write_message(vault, a_message(melding, "Een bericht."))
    plain = record_melding(vault, Melding(MeldingId(0), case.id))
    with pytest.raises(InvalidValueError, match="loopt niet via u"):
        write_message(vault, a_message(plain, "Een bericht."))
    approve_message(vault, message_id=message.id, on=DAY, reading=READ)
    passed = pass_message(vault, message_id=message.id, on=DAY, reading=READ)
    with pytest.raises(InvalidValueError, match="blijft bij de casus"):
        remove_message(vault, message_id=message.id)
    assert relay_log(vault, melding.id).messages == (passed,)
    other = write_message(vault, a_message(melding, "Nog een."))
    remove_message(vault, message_id=other.id)
    for ask in (lambda: remove_message(vault, message_id=other.id), lambda: vault.relay.delete(other.id)):
        with pytest.raises(NotFoundError):
            ask()
    assert change_melding(vault, replace(melding, recipient="bestuur"), today=TODAY).reference == melding.reference
