"""What has left the house: the frozen statements of every export."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from vpdesk.domain.ids import ClientId, PublicationId
from vpdesk.domain.periods import Period
from vpdesk.domain.statements import Audience, Statement


@dataclass(frozen=True, slots=True, order=True)
class HiddenLine:
    """Which rows of one dimension were hidden together in a period: the pattern that later reports follow.

    A row of one code is named by it, one of several by `key_of`.
    """

    dimension: str
    period: Period
    codes: tuple[str, ...]


class Kind(StrEnum):
    """In what form something left the house; only a report of vpdesk has a file and a hash of its own."""

    VERSLAG = "verslag"
    BRIEF = "brief"
    FACTUUR = "factuur"
    SIGNAAL = "signaal"
    PRESENTATIE = "presentatie"
    GESPROKEN = "gesproken"
    ANDERS = "anders"


class Why(StrEnum):
    """Why a report did not say something: what a reader who knows the method may conclude from its silence."""

    TE_KLEIN = "te klein"
    TE_WEINIG_RIJEN = "te weinig rijen"
    HERLEIDBAAR = "herleidbaar"
    NIET_NAGEREKEND = "niet nagerekend"
    BEREIK = "bereik"


@dataclass(frozen=True, slots=True, order=True)
class Withheld:
    """What a report did not say over its period: the table of a dimension, or all numbers where that is empty.

    `rows` are the rows that the table would have had, where some count several codes together.
    """

    dimension: str
    why: Why
    rows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Publication:
    """Something that left the house: never counted again; a report is always exportable again with the same bytes.

    What was entered by hand has no `pdf` and no `pattern`. `never_sent` is the reason why it did not leave after all;
    then it takes no part in an audit, and stays in the ledger. `chain` binds it to everything before it in the ledger.
    Of an `editable` one is kept what it was drawn from, so that it can be written as a text or a table too.
    `quotes` are the numbers of other periods that a report took over from earlier ones and prints; a `quotation` stands
    in no ledger, and is what of a report that was not sent another one quotes.
    `statements` are about people who came, and all that an audit reads; `work` counts what the advisor did.
    A `revision` above 0 tells that it counted a period anew of which an edition was out already; both stay out.
    """

    id: PublicationId
    client: ClientId
    period: Period
    audience: Audience
    exported: datetime
    threshold: int
    statements: tuple[Statement, ...]
    pattern: tuple[HiddenLine, ...]
    sha256: str
    pdf: bytes
    title: str
    author: str
    kind: Kind = Kind.VERSLAG
    recipient: str = ""
    never_sent: str = ""
    withheld: tuple[Withheld, ...] = ()
    chain: str = ""
    revision: int = 0
    editable: bool = False
    quotes: tuple[Statement, ...] = ()
    quotation: bool = False
    work: tuple[Statement, ...] = ()

    @property
    def by_hand(self) -> bool:
        """Whether it is numbers alone, as when entered by hand: no rule made it, and no draw."""
        return not (self.pdf or self.pattern or self.withheld)

    @property
    def out(self) -> bool:
        """Whether it left the house."""
        return not self.never_sent

    def read_by(self, audience: Audience) -> bool:
        """Return whether readers of a report for this audience may have read this: the public read what was open."""
        return audience is not Audience.OPENBAAR or self.audience is Audience.OPENBAAR
