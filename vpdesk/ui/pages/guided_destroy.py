"""Destroying a final record that stands on no case: what goes for good, in which copies it lives on, a word typed."""

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget

from vpdesk.domain.guided import GuidedRecord
from vpdesk.domain.guided_questions import NAMES
from vpdesk.domain.wording import long_date
from vpdesk.operations.guided import destroy_guided
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context
from vpdesk.ui.pages.destroy_dialog import FinalDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from vpdesk.operations.old_copies import Reach
    from vpdesk.operations.vaults import Vault

WORD: Final = "vernietigen"
_FIRST: Final = (
    "Loopt er een procedure, claim of verzoek, of is die te verwachten? Vernietig dan niets. Is de bewaartermijn uit "
    "de afspraken voorbij? Zijn papier, mail en agenda ook leeg?"
)


class DestroyRecord(FinalDialog):
    """Opens when it knows which copies there are, and calls `gone` when the record is."""

    touched = (Topic.GUIDED, Topic.BACKUPS)

    def __init__(
        self, context: Context, parent: QWidget, record: GuidedRecord, reach: "Reach", gone: "Callable[[], None]"
    ) -> None:
        day = long_date(record.finalised or record.begun)
        super().__init__(
            context,
            parent,
            ("de vastlegging", "Vastlegging vernietigen"),
            word=WORD,
            said=(
                ("Loop eerst na", _FIRST),
                ("Wat weggaat", f"{NAMES[record.kind]} van {day}, met alle antwoorden en aanvullingen."),
                ("Wat blijft", "Niets: ook niet dat de vastlegging er was."),
            ),
            reach=reach,
        )
        self._id = record.id
        self._gone = gone

    def carry_out(self, vault: "Vault") -> tuple[str, bool]:
        """Destroy the record."""
        wiped = destroy_guided(vault, guided_id=self._id, now=self.context.clock())
        return "De vastlegging is vernietigd.", wiped

    def gone(self) -> None:
        """Leave the page of the record."""
        self._gone()
