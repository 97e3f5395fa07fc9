"""The texts of the report a year before: which of this year's are the same, in the list and below the text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vpdesk.domain.ids import ClientId
from vpdesk.domain.periods import Period
from vpdesk.operations import reports
from vpdesk.operations.report_again import same_as_before
from vpdesk.operations.reports import ChapterState
from vpdesk.ui.models import report_periods
from vpdesk.ui.widgets.chapters import ChapterRow

if TYPE_CHECKING:
    from vpdesk.operations.vaults import Vault


@dataclass(frozen=True, slots=True)
class Before:
    """What was written in the report before, and of which year it was; nothing before it was read."""

    year: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)

    def same(self, chapter: ChapterState) -> str:
        """Return `Zelfde tekst als in 2024.` where that is so, and nothing where a text is new."""
        said = same_as_before(chapter.text, self.texts.get(chapter.key, "")) if chapter.writable else ""
        return f"{said} in {self.year}." if said else ""

    def row(self, chapter: ChapterState, *, checked: bool) -> ChapterRow:
        """Return how a chapter stands in the list."""
        written, again = bool(chapter.text.strip()), f"als in {self.year}" if self.same(chapter) else ""
        return ChapterRow(
            chapter.key, chapter.title, chapter.open_marks, written, chapter.printed, checked, again=again
        )


def before(vault: "Vault", client: ClientId, period: Period) -> Before:
    """Return the texts of the report on the same days a year earlier."""
    year = report_periods.year_before(period)
    return Before(report_periods.label(year), reports.findings(vault, client_id=client, period=year))
