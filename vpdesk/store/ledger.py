"""The ledger of what left the house: publications are added and read, never changed or removed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from vpdesk.domain.errors import NotFoundError, VaultDamagedError
from vpdesk.domain.ids import ClientId, PublicationId
from vpdesk.domain.periods import Period
from vpdesk.domain.publications import HiddenLine, Kind, Publication, Why, Withheld
from vpdesk.domain.statements import Audience, Box, Of, Statement
from vpdesk.store.quotes_before import quotes_in
from vpdesk.store.stored import understood

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vpdesk.store.vault import Connection


_SELECT: Final = (
    "SELECT id, client, period, audience, exported, threshold, statements, pattern, sha256, pdf, title, author,"
    " kind, recipient, never_sent, withheld, chain, revision, document_sha256, quotes,"
    " CASE quotes WHEN '' THEN document ELSE '' END FROM publications"
)


_LINKED: Final = (
    "SELECT id, chain, revision, document_sha256, quotes, client, period, audience, exported, threshold, statements,"
    " pattern, sha256, title, author, kind, recipient, never_sent, withheld FROM publications ORDER BY id"
)

_LOST: Final = "lost"
"""What stands for the chain of the last row where the vault has none: every vault has one from its beginning."""

BROKEN: Final = (
    "De lijst van wat is uitgegeven is niet meer zoals vpdesk haar schreef. Daarom gaat er geen verslag uit; uw "
    "gesprekken en casussen staan er nog. Zet op de pagina Kluis de nieuwste reservekopie terug."
)


MISSING: Final = "Dit verslag staat niet in de kluis."


class LedgerStore:
    """Publications by organisation, in the order in which they went out; every row is bound to those before it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @understood()
    def whole(self) -> bool:
        """Return whether no row was changed or lost; rows from before there was a chain count with the first after."""
        link, bound = "", False
        for _, chain, revision, document, quotes, *content in self._connection.execute(_LINKED):
            link = _link(link, (revision, document, quotes), content)
            if chain not in {"", link}:
                return False
            bound = bound or bool(chain)
        head = self._head()
        return head == link or (not head and not bound)

    def _head(self) -> str:
        """Return the chain of the last row, by which a row that is gone from the end is missed too."""
        found = self._connection.execute("SELECT chain FROM ledger_head").fetchone()
        return _LOST if found is None else str(found[0])

    def refuse_broken(self) -> None:
        """Raise VaultDamagedError unless the ledger is whole."""
        if not self.whole():
            raise VaultDamagedError(BROKEN)

    def bind(self) -> None:
        """Bind every row to those before it, after rows were added or changed on purpose."""
        link = ""
        for number, chain, revision, document, quotes, *content in self._connection.execute(_LINKED).fetchall():
            link = _link(link, (revision, document, quotes), content)
            if chain != link:
                self._connection.execute("UPDATE publications SET chain = ? WHERE id = ?", (link, number))
        self._connection.execute(
            "INSERT INTO ledger_head (id, chain) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET chain = excluded.chain",
            (link,),
        )

    def mark(self, number: PublicationId, *, recipient: str, never_sent: str) -> Publication:
        """Change to whom a publication went, or the reason why it never did; raises as `add` and `get` do."""
        self.refuse_broken()
        self._connection.execute(
            "UPDATE publications SET recipient = ?, never_sent = ? WHERE id = ?", (recipient, never_sent, number)
        )
        self.bind()
        return self.get(number)

    def add(self, publication: Publication, *, document: str = "") -> Publication:
        """Write a publication and return it with its id and its place in the chain; `chain` is never taken over.

        `document` is what it was drawn from, as text, where that is kept.

        Raises:
            VaultDamagedError: what stands there already is broken.
        """
        self.refuse_broken()
        cursor = self._connection.execute(
            """
            INSERT INTO publications (
                client, period, audience, exported, threshold, statements, pattern, sha256, pdf, title, author,
                kind, recipient, never_sent, withheld, chain, revision, document, document_sha256, quotes
            ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            (
                publication.client,
                publication.period.code(),
                publication.audience.value,
                publication.exported.isoformat(),
                publication.threshold,
                _statements_text((*publication.statements, *publication.work)),
                _pattern_text(publication.pattern),
                publication.sha256,
                publication.pdf,
                publication.title,
                publication.author,
                publication.kind.value,
                publication.recipient,
                publication.never_sent,
                _withheld_text(publication.withheld),
                "",
                publication.revision,
                document,
                _hash(document),
                _statements_text(publication.quotes),
            ),
        )
        self.bind()
        number = PublicationId(cursor.lastrowid or 0)
        return replace(publication, id=number, chain=self._head(), editable=bool(document))

    @understood()
    def document(self, number: PublicationId) -> str:
        """Return what a publication was drawn from, as text; empty where that was not kept.

        Raises:
            NotFoundError: there is no such publication.
            VaultDamagedError: it is not what was kept.
        """
        row = self._connection.execute(
            "SELECT document, document_sha256 FROM publications WHERE id = ?", (number,)
        ).fetchone()
        if row is None:
            raise NotFoundError(MISSING)
        if _hash(row[0]) != row[1]:
            raise VaultDamagedError(BROKEN)
        return str(row[0])

    @understood()
    def get(self, number: PublicationId) -> Publication:
        """Return a publication; raises NotFoundError."""
        row = self._connection.execute(
            f"{_SELECT} WHERE id = ?",
            (number,),
        ).fetchone()
        if row is None:
            raise NotFoundError(MISSING)
        return _publication(row)

    @understood()
    def publications(self, client: ClientId) -> tuple[Publication, ...]:
        """Return everything that went out for an organisation, the first first."""
        rows = self._connection.execute(
            f"{_SELECT} WHERE client = ? ORDER BY id",
            (client,),
        )
        return tuple(_publication(row) for row in rows)

    def sent(self) -> frozenset[tuple[str, str, str, str, str]]:
        """Return what went out by its moment, SHA-256, form, title and numbers."""
        rows = self._connection.execute("SELECT exported, sha256, kind, title, statements FROM publications")
        return frozenset((moment, sha256, kind, title, said) for moment, sha256, kind, title, said in rows)

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


def _link(before: str, later: Sequence[Any], content: Sequence[Any]) -> str:
    """Return the hash of a row; what was kept `later` takes part where there is any, so old rows have that of then."""
    later = [what for what in later if what]
    return hashlib.sha256(json.dumps([before, *content, *later]).encode()).hexdigest()


def _hash(document: str) -> str:
    return hashlib.sha256(document.encode()).hexdigest() if document else ""


def _statements_text(statements: tuple[Statement, ...]) -> str:
    return json.dumps(
        [[s.of.value, s.box.where, s.period.code(), s.minimum, s.maximum] for s in statements], ensure_ascii=False
    )


def _pattern_text(pattern: tuple[HiddenLine, ...]) -> str:
    return json.dumps([[line.dimension, line.period.code(), line.codes] for line in pattern], ensure_ascii=False)


def _withheld_text(withheld: tuple[Withheld, ...]) -> str:
    return json.dumps([[what.dimension, what.why.value, *([what.rows] if what.rows else ())] for what in withheld])


def _publication(row: Sequence[Any]) -> Publication:
    number, client, period, audience, exported, threshold, statements, pattern, sha256, pdf, title, author = row[:12]
    kind, recipient, never_sent, withheld, chain, revision, document, quotes, before = row[12:]
    if before and _hash(before) != document:
        raise VaultDamagedError(BROKEN)
    about, said = Period.from_code(period), _statements(statements)
    return Publication(
        id=PublicationId(number),
        client=ClientId(client),
        period=about,
        audience=Audience(audience),
        exported=datetime.fromisoformat(exported),
        threshold=threshold,
        statements=tuple(s for s in said if s.of is not Of.ACTIVITIES),
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
        withheld=tuple(
            Withheld(dimension, Why(why), tuple(row for rows in more for row in rows))
            for dimension, why, *more in json.loads(withheld)
        ),
        chain=chain,
        revision=revision,
        editable=bool(document),
        quotes=_statements(quotes) if quotes else quotes_in(before, about),
        work=tuple(s for s in said if s.of is Of.ACTIVITIES),
    )


def _statements(text: str) -> tuple[Statement, ...]:
    return tuple(
        Statement(
            Of(of),
            Box(tuple((name, tuple(codes)) for name, codes in where)),
            Period.from_code(over),
            minimum,
            maximum,
        )
        for of, where, over, minimum, maximum in json.loads(text)
    )
