"""What left the house comes back exactly as it went, in the order in which it went."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.casework import NOW, a_client
from vpdesk.domain.errors import NotFoundError, VaultDamagedError
from vpdesk.domain.ids import ClientId, PublicationId
from vpdesk.domain.periods import Period
from vpdesk.domain.publications import HiddenLine, Kind, Publication, Why, Withheld
from vpdesk.domain.statements import TASK, TITLE, Audience, Box, Of, Statement, dated
from vpdesk.operations.clients import add_client
from vpdesk.store.migrations_head import LEDGER_HEAD

if TYPE_CHECKING:
    from vpdesk.store.vault import Vault

YEAR = Period.year(2025)


def publication(client: ClientId) -> Publication:
    phase = dated("fase", date(2025, 12, 31))
    return Publication(
        id=PublicationId(0),
        client=client,
        period=YEAR,
        audience=Audience.WERKGEVER,
        exported=NOW,
        threshold=5,
        statements=(
            Statement(Of.CASES, Box(), YEAR, 26, 26),
            Statement(Of.CASES, Box.where_({"thema": frozenset({"pesten", "fraude"}), phase: "nafase"}), YEAR, 7, 12),
        ),
        pattern=(HiddenLine("thema", YEAR, ("pesten", "één")),),
        sha256="ab" * 32,
        pdf=bytes(range(256)),
        title="Jaarverslag 2025",
        author="Vertrouwenspersoon",
        withheld=(Withheld("relatie", Why.HERLEIDBAAR), Withheld("", Why.TE_KLEIN)),
    )


def test_a_publication_comes_back_whole(vault: Vault) -> None:
    given = publication(a_client(vault).id)
    letter = replace(given, kind=Kind.BRIEF, recipient="De directie", pdf=b"", sha256="")
    with vault.transaction():
        unsent = vault.ledger.add(replace(given, never_sent="Het staat op de verkeerde naam."))
        added = vault.ledger.add(given)
        told = vault.ledger.add(letter)
    assert added == replace(given, id=added.id, chain=added.chain)
    assert told == replace(letter, id=told.id, chain=told.chain)
    assert vault.ledger.get(added.id) == added
    assert vault.ledger.publications(added.client) == (unsent, added, told)
    assert (unsent.out, added.out) == (False, True)
    assert vault.ledger.find(added.client, YEAR, Audience.WERKGEVER) == added
    with pytest.raises(NotFoundError):
        vault.ledger.get(PublicationId(9))


def test_the_rows_of_a_table_that_was_left_out_come_back(vault: Vault) -> None:
    rows = ("pesten\x1ediscriminatie", "fraude")
    withheld = (Withheld("thema", Why.TE_WEINIG_RIJEN, rows), Withheld("rol", Why.TE_WEINIG_RIJEN))
    pattern = (HiddenLine("thema", YEAR, ("fraude", rows[0])),)
    given = replace(publication(a_client(vault).id), withheld=withheld, pattern=pattern)
    with vault.transaction():
        added = vault.ledger.add(given)
    kept = vault.ledger.get(added.id)
    assert (kept.withheld, kept.pattern) == (withheld, pattern)
    (text,) = vault.connection.execute("SELECT withheld FROM publications").fetchone()
    assert '["rol", "te weinig rijen"]' in text  # as it was written before tables had such rows


def test_publications_are_told_apart_by_client_period_and_audience(vault: Vault) -> None:
    client, other = a_client(vault).id, add_client(vault, name="Anker").id
    given = publication(client)
    half = Period(date(2025, 1, 1), date(2025, 6, 30))
    with vault.transaction():
        first = vault.ledger.add(given)
        to_or = vault.ledger.add(replace(given, audience=Audience.OR))
        short = vault.ledger.add(replace(given, period=half, statements=(), pattern=()))
        elsewhere = vault.ledger.add(replace(given, client=other))
        again = vault.ledger.add(replace(given, exported=NOW + timedelta(days=3)))
    assert vault.ledger.publications(client) == (first, to_or, short, again)
    assert vault.ledger.publications(other) == (elsewhere,)
    assert vault.ledger.find(client, YEAR, Audience.OR) == to_or
    assert vault.ledger.find(client, half, Audience.WERKGEVER) == short
    assert vault.ledger.find(client, YEAR, Audience.WERKGEVER) == again
    assert vault.ledger.find(client, YEAR, Audience.OPENBAAR) is None


def test_a_revised_edition_comes_back_as_one_and_is_bound_as_one(vault: Vault) -> None:
    client = a_client(vault).id
    with vault.transaction():
        vault.ledger.add(publication(client))
        second = vault.ledger.add(replace(publication(client), revision=1))
    assert vault.ledger.get(second.id).revision == 1
    assert vault.ledger.find(client, YEAR, Audience.WERKGEVER) == second
    assert vault.ledger.whole()
    with vault.transaction():
        vault.connection.execute("UPDATE publications SET revision = 0 WHERE id = ?", (second.id,))
    assert not vault.ledger.whole()


EARLIER = Period.year(2024)
QUOTES = (
    Statement(Of.CASES, Box(), EARLIER, 41, 41),
    Statement(Of.CASES, Box.of(thema="pesten"), EARLIER, 9, 9),
)


def test_what_a_report_quotes_comes_back_and_is_bound(vault: Vault) -> None:
    client = a_client(vault).id
    with vault.transaction():
        added = vault.ledger.add(replace(publication(client), quotes=QUOTES))
        vault.ledger.add(publication(client))
    assert vault.ledger.get(added.id) == added
    assert [p.quotes for p in vault.ledger.publications(client)] == [QUOTES, ()]
    assert vault.ledger.whole()


def drawn_from(*tables: dict[str, object]) -> str:
    """Return the document of a report with two earlier years, of which the first said nothing exact."""
    years = [("2023", None), ("2024", 41), ("2025", 52)]
    points = [{"is": "Bar", "label": name, "value": value} for name, value in years]
    blocks = [{"is": "Heading", "text": "Casussen"}, {"is": "YearLine", "points": points}, *tables]
    return json.dumps({"is": "Document", "chapters": [{"is": "Chapter", "blocks": blocks}]})


def themes(*rows: tuple[object, ...], header: tuple[str, ...] = ("2023", "2024", "2025")) -> dict[str, object]:
    cells = [{"is": "Row", "cells": [*row]} for row in rows]
    return {"is": "Table", "header": ["Hoofdthema", *header], "rows": cells}


HIDDEN = {"is": "Mark", "value": "–"}


@pytest.mark.parametrize(
    ("document", "quotes"),
    [
        ("", ()),
        (json.dumps({"is": "Document", "chapters": []}), ()),
        (drawn_from(), QUOTES[:1]),
        (drawn_from(themes(("Pesten", 9), header=("Aantal",))), QUOTES[:1]),
        (
            drawn_from(
                themes(
                    ("Pesten", HIDDEN, 9, 12),
                    ("Intimidatie", HIDDEN, HIDDEN, 14),
                    ("Overige thema’s samen", HIDDEN, 32, 26),
                    ("Alle casussen", HIDDEN, 41, 52),
                )
            ),
            QUOTES,
        ),
    ],
)
def test_what_a_report_from_before_quotes_stands_in_its_document(
    vault: Vault, document: str, quotes: tuple[Statement, ...]
) -> None:
    client = a_client(vault).id
    with vault.transaction():
        added = vault.ledger.add(publication(client), document=document)
        vault.connection.execute("UPDATE publications SET quotes = ''")
        vault.ledger.bind()
    assert vault.ledger.get(added.id).quotes == quotes
    assert vault.ledger.whole()


def test_no_quotes_are_read_from_another_document_than_was_kept(vault: Vault) -> None:
    client = a_client(vault).id
    with vault.transaction():
        vault.ledger.add(publication(client), document=drawn_from())
        vault.connection.execute("UPDATE publications SET quotes = '', document = '{}'")
    with pytest.raises(VaultDamagedError, match="lijst van wat is uitgegeven"):
        vault.ledger.publications(client)


def three(vault: Vault) -> ClientId:
    client = a_client(vault).id
    with vault.transaction():
        for day in range(3):
            vault.ledger.add(replace(publication(client), exported=NOW + timedelta(days=day)))
    return client


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM publications WHERE id = 1",
        "DELETE FROM publications WHERE id = 2",
        "DELETE FROM publications WHERE id = 3",
        "DELETE FROM publications",
        "UPDATE publications SET statements = '[]' WHERE id = 2",
        "UPDATE publications SET pattern = '[]' WHERE id = 3",
        "UPDATE publications SET never_sent = 'nooit' WHERE id = 1",
        "UPDATE publications SET withheld = '[]' WHERE id = 1",
        "UPDATE publications SET id = 9 WHERE id = 1",
        "UPDATE publications SET sha256 = 'ef' WHERE id = 1",
        "UPDATE publications SET revision = 1 WHERE id = 2",
        "UPDATE publications SET quotes = '' WHERE id = 2",
        "DELETE FROM ledger_head",
        "UPDATE ledger_head SET chain = ''",
    ],
)
def test_a_row_that_was_changed_or_lost_is_missed_and_nothing_is_added(vault: Vault, change: str) -> None:
    client = three(vault)
    assert vault.ledger.whole()
    with vault.transaction():
        vault.connection.execute(change)
    assert not vault.ledger.whole()
    with pytest.raises(VaultDamagedError, match="lijst van wat is uitgegeven"), vault.transaction():
        vault.ledger.add(publication(client))
    with pytest.raises(VaultDamagedError, match="lijst van wat is uitgegeven"), vault.transaction():
        vault.ledger.mark(PublicationId(2), recipient="", never_sent="")


def test_a_ledger_that_is_empty_without_its_head_has_lost_what_went_out(vault: Vault) -> None:
    client = a_client(vault).id
    assert vault.ledger.whole()
    with vault.transaction():
        vault.ledger.add(publication(client))
        vault.connection.execute("DELETE FROM publications")
        vault.connection.execute("DELETE FROM ledger_head")
    assert not vault.ledger.whole()
    with pytest.raises(VaultDamagedError, match="lijst van wat is uitgegeven"), vault.transaction():
        vault.ledger.add(publication(client))


@pytest.mark.parametrize(
    ("chained", "with_head", "whole"), [(True, True, True), (False, False, True), (True, False, False)]
)
def test_a_vault_from_before_takes_its_head_along(vault: Vault, chained: bool, with_head: bool, whole: bool) -> None:
    client = three(vault)
    (head,) = vault.connection.execute("SELECT chain FROM ledger_head").fetchone()
    with vault.transaction():
        vault.connection.execute("DROP TABLE ledger_head")
        if not chained:
            vault.connection.execute("UPDATE publications SET chain = ''")
        if with_head:
            vault.settings.put("ledger_head", head)
        for statement in filter(str.strip, LEDGER_HEAD.split(";\n")):
            vault.connection.execute(statement)
        assert vault.ledger.whole() is whole
        assert vault.settings.get("ledger_head", "none") == "none"
        if whole:
            vault.ledger.add(publication(client))
    assert vault.ledger.whole() is whole


def test_what_went_out_before_there_was_a_chain_counts_with_what_came_after(vault: Vault) -> None:
    client = three(vault)
    with vault.transaction():
        vault.connection.execute("UPDATE publications SET chain = ''")
        vault.connection.execute("UPDATE ledger_head SET chain = ''")
    assert vault.ledger.whole()
    with vault.transaction():
        vault.ledger.add(publication(client))
    assert vault.ledger.whole()
    with vault.transaction():
        vault.connection.execute("UPDATE publications SET threshold = 6 WHERE id = 1")
    assert not vault.ledger.whole()


def test_a_publication_can_be_marked_as_never_sent_and_the_chain_goes_on(vault: Vault) -> None:
    client = three(vault)
    with vault.transaction():
        marked = vault.ledger.mark(PublicationId(2), recipient="De bestuurder", never_sent="Verkeerde periode.")
    assert (marked.recipient, marked.never_sent, marked.out) == ("De bestuurder", "Verkeerde periode.", False)
    assert vault.ledger.whole()
    with vault.transaction():
        assert vault.ledger.add(publication(client)).chain
    with pytest.raises(NotFoundError), vault.transaction():
        vault.ledger.mark(PublicationId(77), recipient="", never_sent="")


def test_counts_of_work_stand_beside_those_of_people_and_apart_from_them(vault: Vault) -> None:
    """One column holds both, so that a row from before work was counted is what it was."""
    done = Statement(Of.ACTIVITIES, Box.where_({TASK: "training", TITLE: "Training één"}), YEAR, 3, 3)
    given = publication(a_client(vault).id)
    with vault.transaction():
        before = vault.ledger.add(given)
        added = vault.ledger.add(replace(given, work=(done,)))
    assert vault.ledger.get(before.id).work == ()
    assert vault.ledger.get(added.id) == added
    assert (added.work, added.statements) == ((done,), given.statements)
    assert vault.ledger.whole()
    vault.connection.execute(
        "UPDATE publications SET statements = replace(statements, '3, 3', '4, 4') WHERE id = ?", (added.id,)
    )
    assert not vault.ledger.whole()
