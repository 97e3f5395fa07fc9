"""What is typed and not known to be in the vault when the window blanks: saved in it, or kept encrypted elsewhere."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from vpdesk.operations.vaults import Vault
    from vpdesk.ui.desk import Desk
    from vpdesk.ui.pages.page import Unkept

_FINDINGS: Final = "bevindingen"


@dataclass(frozen=True, slots=True)
class Typed:
    """Drafts by their key, and writing that was asked for and not confirmed, as they were at a moment."""

    drafts: tuple[tuple[str, str], ...]
    unkept: "tuple[Unkept, ...]"
    now: datetime

    @classmethod
    def at(cls, desk: "Desk | None", now: datetime) -> "Typed":
        """Return what stands on a desk."""
        if desk is None:
            return cls((), (), now)
        from vpdesk.ui.dialog_text import drafts_of_dialogs, sent_by_dialogs  # noqa: PLC0415 - the first paint needs it not

        drafts = tuple(desk.unsaved())  # first: asking sends some of it on its way
        return cls((*drafts, *drafts_of_dialogs(now)), (*desk.unkept(), *sent_by_dialogs(now)), now)

    def __bool__(self) -> bool:
        """Whether there is anything to save."""
        return bool(self.drafts or self.unkept)

    def save(self, vault: "Vault") -> None:
        """Write all of it into the vault."""
        from vpdesk.operations.conversations import save_drafts  # noqa: PLC0415 - loaded by the time something is typed

        for unkept in self.unkept:
            unkept.work(vault)
        save_drafts(vault, self.drafts, now=self.now)

    def keep_in(self, vault: "Vault", folder: Path) -> tuple[Path, ...]:
        """Write each text into a file of its own that only this vault opens; raises OutputError."""
        from vpdesk.operations.elsewhere import save_elsewhere  # noqa: PLC0415 - seldom needed

        texts = (*self.drafts, *((_FINDINGS, unkept.text) for unkept in self.unkept))
        return tuple(save_elsewhere(vault, folder=folder, key=key, text=text, now=self.now) for key, text in texts)


def offer_back(desk: "Desk") -> None:
    """Offer what stood in a dialog when the window locked."""
    from vpdesk.ui.dialog_text import offer_back as offer  # noqa: PLC0415 - the first paint needs it not

    offer(desk)
