"""What has left the house: the frozen statements of every export."""

from dataclasses import dataclass
from datetime import datetime

from vpdesk.domain.ids import ClientId, PublicationId
from vpdesk.domain.periods import Period
from vpdesk.domain.statements import Audience, Statement


@dataclass(frozen=True, slots=True, order=True)
class HiddenLine:
    """Which codes of one dimension were hidden together in a period: the pattern that later reports follow."""

    dimension: str
    period: Period
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Publication:
    """An exported report: never counted again, always exportable again with the same bytes."""

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
