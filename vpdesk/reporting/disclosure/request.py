"""What is asked of the child process that protects and audits, and what it may say in return."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from vpdesk.domain.ids import ClientId
from vpdesk.domain.periods import Period
from vpdesk.domain.publications import Publication
from vpdesk.domain.report_choices import APART, ReportChoices
from vpdesk.domain.statements import Audience, CaseFacts, undated
from vpdesk.reporting.disclosure.family import Relative
from vpdesk.reporting.disclosure.result import ProtectedReport
from vpdesk.reporting.revision import Revising

NOT_READY: Final = (
    "Het narekenen is niet klaar gekomen. Daarom is er niets geëxporteerd. Uw gegevens zijn niet veranderd; "
    "probeer het opnieuw, of kies een langere periode."
)

STANDS_STILL: Final = (
    "Het narekenen stond stil en is gestopt. Daarom is er niets geëxporteerd. Uw gegevens zijn niet veranderd; probeer "
    "het opnieuw. Gebeurt het weer, start dan de laptop opnieuw op."
)

LOADS: Final = "--loads"
"""Asks the child for no more than whether the solver loads."""


@dataclass(frozen=True, slots=True)
class Request:
    """A report to be made: what `protect_and_audit` takes, under the same names."""

    facts: tuple[CaseFacts, ...]
    client: ClientId
    period: Period
    audience: Audience
    threshold: int
    dimensions: Mapping[str, tuple[str, ...]]
    earlier: tuple[Publication, ...]
    draw_key: bytes
    wanted: tuple[str, ...]
    year_starts_in: int = 1
    family: tuple[Relative, ...] = ()
    counted: Period | None = None
    choices: ReportChoices = APART
    revising: Revising | None = None

    def bare(self) -> "Request":
        """Return the request without files, titles and names of people, which no number hangs on."""
        return replace(
            self,
            earlier=tuple(_bare(publication) for publication in self.earlier),
            family=tuple(replace(relative, publication=_bare(relative.publication)) for relative in self.family),
        )

    def answered_by(self, report: ProtectedReport) -> bool:
        """Return whether a report can be one that was asked for: of this period, audited, and not for less."""
        named = [name for table in report.tables for name in (table.dimension,)]
        named += [name for table in report.crossed for name in (table.down, table.across)]
        return (
            report.audited
            and report.threshold >= self.threshold
            and (report.total is None or report.total.period == self.period)
            and all(undated(name) in self.dimensions for name in named)
        )


def _bare(publication: Publication) -> Publication:
    """Return a publication with no more of its file than that there is one."""
    return replace(publication, pdf=publication.pdf[:1], title="", author="", recipient="", quotes=())


@dataclass(frozen=True, slots=True)
class Said:
    """One word of the child: how far it is from 0 to 1, why there is no report, or the report.

    `answers` is the digest of the request that a report answers.
    """

    progress: float | None = None
    refused: str | None = None
    report: ProtectedReport | None = None
    answers: str = ""
