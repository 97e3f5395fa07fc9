"""What left the house comes back exactly as it went, in the order in which it went."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.casework import NOW, a_client
from vpdesk.domain.errors import NotFoundError
from vpdesk.domain.ids import ClientId, PublicationId
from vpdesk.domain.periods import Period
from vpdesk.domain.publications import HiddenLine, Kind, Publication, Why, Withheld
from vpdesk.domain.statements import Audience, Box, Of, Statement, dated
from vpdesk.operations.clients import add_client

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
        chain="cd" * 32,
    )


def test_a_publication_comes_back_whole(vault: Vault) -> None:
    given = publication(a_client(vault).id)
    letter = replace(given, kind=Kind.BRIEF, recipient="De directie", pdf=b"", sha256="")
    with vault.transaction():
        unsent = vault.ledger.add(replace(given, never_sent="Het staat op de verkeerde naam."))
        added = vault.ledger.add(given)
        told = vault.ledger.add(letter)
    assert added == replace(given, id=added.id)
    assert told == replace(letter, id=told.id)
    assert vault.ledger.get(added.id) == added
    assert vault.ledger.publications(added.client) == (unsent, added, told)
    assert (unsent.out, added.out) == (False, True)
    assert vault.ledger.find(added.client, YEAR, Audience.WERKGEVER) == added
    with pytest.raises(NotFoundError):
        vault.ledger.get(PublicationId(9))


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
