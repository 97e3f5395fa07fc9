"""Persons of cases: apart from everything else, found by the words of their names."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from vpdesk.domain.conflicts import Supported, search_words
from vpdesk.domain.errors import AlreadyExistsError, NotFoundError
from vpdesk.domain.ids import CaseId, PersonId
from vpdesk.domain.people import Part, Person, Voicemail
from vpdesk.store.numbers import fresh
from vpdesk.store.stored import understood

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from vpdesk.domain.ids import ClientId
    from vpdesk.store.vault import Connection

_LEAST_PIECE = 3


class PeopleStore:
    """Persons by id and by case."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, person: Person) -> Person:
        """Write a new person and return it with its id; raises AlreadyExistsError for a second one who comes."""
        self._refuse_second(person)
        number = fresh(self._connection, "persons")
        self._connection.execute(
            """
            INSERT INTO persons (id, case_id, part, name, aliases, function, reach, hours, voicemail)
            VALUES (:id, :case_id, :part, :name, :aliases, :function, :reach, :hours, :voicemail)
            """,
            {**_values(person), "id": number},
        )
        added = replace(person, id=PersonId(number))
        self._put_words(added)
        return added

    def put(self, person: Person) -> None:
        """Write a changed person, who stays in the same case; raises AlreadyExistsError for a second one who comes."""
        self._refuse_second(person)
        self._connection.execute(
            """
            UPDATE persons SET part = :part, name = :name, aliases = :aliases, function = :function, reach = :reach,
                hours = :hours, voicemail = :voicemail
            WHERE id = :id
            """,
            {**_values(person), "id": person.id},
        )
        self._connection.execute("DELETE FROM person_words WHERE person = ?", (person.id,))
        self._put_words(person)

    @understood()
    def get(self, number: PersonId) -> Person:
        """Return a person; raises NotFoundError."""
        row = self._connection.execute(
            "SELECT id, case_id, part, name, aliases, function, reach, hours, voicemail FROM persons WHERE id = ?",
            (number,),
        ).fetchone()
        if row is None:
            raise NotFoundError("Deze persoon staat niet in de kluis.")
        return _person(row)

    @understood()
    def of_case(self, case: CaseId) -> tuple[Person, ...]:
        """Return the persons of a case: who comes, the other party, then the others in order of adding."""
        rows = self._connection.execute(
            "SELECT id, case_id, part, name, aliases, function, reach, hours, voicemail FROM persons"
            " WHERE case_id = ? ORDER BY id",
            (case,),
        )
        order = list(Part)
        return tuple(sorted((_person(row) for row in rows), key=lambda person: order.index(person.part)))

    @understood()
    def names_in_use(self) -> frozenset[str]:
        """Return the names and aliases of everyone in the vault."""
        rows = self._connection.execute("SELECT name, aliases FROM persons")
        return frozenset(called for name, aliases in rows for called in (name, *_aliases(aliases)) if called)

    @understood()
    def functions_in_use(self) -> frozenset[str]:
        """Return the functions of everyone in the vault."""
        rows = self._connection.execute("SELECT DISTINCT function FROM persons WHERE function <> ''")
        return frozenset(str(function) for (function,) in rows)

    def of_client(self, client: ClientId) -> tuple[Person, ...]:
        """Return the persons in all cases of an organisation."""
        rows = self._connection.execute(
            """
            SELECT p.id, p.case_id, p.part, p.name, p.aliases, p.function, p.reach, p.hours, p.voicemail
            FROM persons AS p JOIN cases AS c ON c.id = p.case_id WHERE c.client = ? ORDER BY p.id
            """,
            (client,),
        )
        return tuple(_person(row) for row in rows)

    def count(self, case: CaseId) -> int:
        """Return how many persons a case has, without reading one."""
        (number,) = self._connection.execute("SELECT count(*) FROM persons WHERE case_id = ?", (case,)).fetchone()
        return int(number)

    @understood()
    def with_words(self, words: Collection[str], client: ClientId | None) -> tuple[tuple[Person, Supported], ...]:
        """Return who may be meant by any of the words, each with her case; None looks at every organisation."""
        rows = self._connection.execute(
            """
            SELECT p.id, p.case_id, p.part, p.name, p.aliases, p.function, p.reach, p.hours, p.voicemail,
                   c.rol, c.code, c.pseudonym
            FROM persons AS p JOIN cases AS c ON c.id = p.case_id
            WHERE (:client IS NULL OR c.client = :client)
              AND p.id IN (
                  SELECT w.person FROM person_words AS w WHERE w.word IN (SELECT value FROM json_each(:words))
              )
            ORDER BY p.id
            """,
            {"client": client, "words": json.dumps(sorted(words))},
        )
        return tuple((_person(row[:9]), Supported(CaseId(row[1]), *row[9:])) for row in rows)

    def delete(self, person: Person) -> None:
        """Remove a person with whatever is being typed about her in a dialog of the case."""
        self._connection.execute("DELETE FROM persons WHERE id = ?", (person.id,))
        pieces = [text for text in (*person.names, person.function, person.reach) if len(text) >= _LEAST_PIECE]
        self._connection.execute(
            """
            DELETE FROM drafts
            WHERE key LIKE 'dialoog:%' AND json_valid(text) AND json_extract(text, '$.case') = :case
              AND EXISTS (SELECT 1 FROM json_each(:pieces) WHERE instr(json_extract(drafts.text, '$.text'), value))
            """,
            {"case": person.case, "pieces": json.dumps(pieces)},
        )

    def _put_words(self, person: Person) -> None:
        self._connection.executemany(
            "INSERT INTO person_words (word, person) VALUES (?, ?)",
            [(word, person.id) for word in sorted(search_words((person,)))],
        )

    def _refuse_second(self, person: Person) -> None:
        if person.part is not Part.KOMT:
            return
        row = self._connection.execute(
            "SELECT 1 FROM persons WHERE case_id = ? AND part = 'komt' AND id IS NOT ?", (person.case, person.id)
        ).fetchone()
        if row is not None:
            raise AlreadyExistsError(
                "Er staat al iemand als ‘wie komt’. Een casus is wat één persoon inbrengt. Er is niets bewaard."
            )


def _values(person: Person) -> dict[str, object]:
    return {
        "case_id": person.case,
        "part": person.part.value,
        "name": person.name,
        "aliases": json.dumps(person.aliases, ensure_ascii=False),
        "function": person.function,
        "reach": person.reach,
        "hours": person.hours,
        "voicemail": person.voicemail.value,
    }


def _person(row: Sequence[Any]) -> Person:
    number, case, part, name, aliases, function, reach, hours, voicemail = row
    return Person(
        id=PersonId(number),
        case=CaseId(case),
        part=Part(part),
        name=name,
        aliases=_aliases(aliases),
        function=function,
        reach=reach,
        hours=hours,
        voicemail=Voicemail(voicemail),
    )


def _aliases(text: str) -> tuple[str, ...]:
    others = json.loads(text)
    if not isinstance(others, list) or not all(isinstance(alias, str) for alias in others):
        raise ValueError(text)
    return tuple(others)
