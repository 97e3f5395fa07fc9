"""The ledger of what left the house: publications are added and read, never changed or removed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from vpdesk.domain.errors import NotFoundError
from vpdesk.domain.ids import ClientId, PublicationId
from vpdesk.domain.periods import Period
from vpdesk.domain.publications import HiddenLine, Kind, Publication, Why, Withheld
from vpdesk.domain.statements import Audience, Box, Of, Statement
from vpdesk.store.stored import understood

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vpdesk.store.vault import Connection


_SELECT: Final = (
    "SELECT id, client, period, audience, exported, threshold, statements, pattern, sha256, pdf, title, author,"
    " kind, recipient, never_sent, withheld, chain FROM publications"
)


class LedgerStore:
    """Publications by organisation, in the order in which they went out."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, publication: Publication) -> Publication:
        """Write a publication and return it with its id."""
        cursor = self._connection.execute(
            """
            INSERT INTO publications (
                client, period, audience, exported, threshold, statements, pattern, sha256, pdf, title, author,
                kind, recipient, never_sent, withheld, chain
            ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            (
                publication.client,
                publication.period.code(),
                publication.audience.value,
                publication.exported.isoformat(),
                publication.threshold,
                _statements_text(publication.statements),
                _pattern_text(publication.pattern),
                publication.sha256,
                publication.pdf,
                publication.title,
                publication.author,
                publication.kind.value,
                publication.recipient,
                publication.never_sent,
                json.dumps([[what.dimension, what.why.value] for what in publication.withheld]),
                publication.chain,
            ),
        )
        return replace(publication, id=PublicationId(cursor.lastrowid or 0))

    @understood()
    def get(self, number: PublicationId) -> Publication:
        """Return a publication; raises NotFoundError."""
        row = self._connection.execute(
            f"{_SELECT} WHERE id = ?",
            (number,),
        ).fetchone()
        if row is None:
            raise NotFoundError("Dit verslag staat niet in de kluis.")
        return _publication(row)

    @understood()
    def publications(self, client: ClientId) -> tuple[Publication, ...]:
        """Return everything that went out for an organisation, the first first."""
        rows = self._connection.execute(
            f"{_SELECT} WHERE client = ? ORDER BY id",
            (client,),
        )
        return tuple(_publication(row) for row in rows)

    @understood()
    def find(self, client: ClientId, period: Period, audience: Audience) -> Publication | None:
        """Return the last publication of exactly this report, None when it never went out."""
        row = self._connection.execute(
            f"{_SELECT}"
            " WHERE client = ? AND period = ? AND audience = ? AND kind = 'verslag' AND never_sent = ''"
            " ORDER BY id DESC LIMIT 1",
            (client, period.code(), audience.value),
        ).fetchone()
        return None if row is None else _publication(row)


def _statements_text(statements: tuple[Statement, ...]) -> str:
    return json.dumps(
        [[s.of.value, s.box.where, s.period.code(), s.minimum, s.maximum] for s in statements], ensure_ascii=False
    )


def _pattern_text(pattern: tuple[HiddenLine, ...]) -> str:
    return json.dumps([[line.dimension, line.period.code(), line.codes] for line in pattern], ensure_ascii=False)


def _publication(row: Sequence[Any]) -> Publication:
    number, client, period, audience, exported, threshold, statements, pattern, sha256, pdf, title, author = row[:12]
    kind, recipient, never_sent, withheld, chain = row[12:]
    return Publication(
        id=PublicationId(number),
        client=ClientId(client),
        period=Period.from_code(period),
        audience=Audience(audience),
        exported=datetime.fromisoformat(exported),
        threshold=threshold,
        statements=tuple(
            Statement(
                Of(of),
                Box(tuple((name, tuple(codes)) for name, codes in where)),
                Period.from_code(over),
                minimum,
                maximum,
            )
            for of, where, over, minimum, maximum in json.loads(statements)
        ),
        pattern=tuple(
            HiddenLine(dimension, Period.from_code(over), tuple(codes))
            for dimension, over, codes in json.loads(pattern)
        ),
        sha256=sha256,
        pdf=bytes(pdf),
        title=title,
        author=author,
        kind=Kind(kind),
        recipient=recipient,
        never_sent=never_sent,
        withheld=tuple(Withheld(dimension, Why(why)) for dimension, why in json.loads(withheld)),
        chain=chain,
    )
