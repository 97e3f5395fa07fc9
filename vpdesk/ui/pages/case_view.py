"""What looking at one thing of a case shares, whatever it is, and asking once more before it is taken away."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from vpdesk.domain.cases import Case
from vpdesk.domain.errors import NotFoundError, VpdeskError
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context
from vpdesk.ui.pages.case_dialogs import FormOfCase
from vpdesk.ui.undoing import undoing
from vpdesk.ui.widgets.buttons import DANGER

if TYPE_CHECKING:
    from vpdesk.operations.vaults import Vault


class LookedAt(FormOfCase):
    """Shows a thing as it stands now; call `follow` when it is built, and ask for the thing in `look`."""

    def look(self) -> None:
        """Ask the vault for the thing and show it when it comes; `not_there` hears what went wrong."""
        raise NotImplementedError

    def follow(self) -> None:
        """Look, now and whenever one of the topics changes."""
        self.back.setText("Sluiten")
        self.back.setAccessibleName("Sluiten")
        self.context.changes.changed.connect(self._look_again)
        self.back.setFocus()
        self.look()

    def not_there(self, error: VpdeskError) -> None:
        """Leave where the thing was taken away, so that nothing of it stays on the screen; else say what is wrong."""
        if isinstance(error, NotFoundError):
            self.reject()
        else:
            self.failed(error)

    def _look_again(self, topics: frozenset[Topic]) -> None:
        if topics.intersection(self.topics) and self.isVisible():
            self.look()


class RemoveForm(FormOfCase):
    """Asks once more before a thing goes; the bar below says `said`, and puts it back."""

    said = ""

    def __init__(self, context: Context, parent: QWidget, case: Case, title: str, text: str) -> None:
        super().__init__(context, parent, case, title, "Weghalen", text=text)
        self.verb.kind = DANGER
        self.verb.clicked.connect(lambda: self.keep(self.remove))

    def remove(self, vault: "Vault") -> object:
        """Take the thing away; what this returns, `put_back` gets."""
        raise NotImplementedError

    def put_back(self, vault: "Vault", gone: object) -> object:
        """Put the thing back as it was."""
        raise NotImplementedError

    def _kept(self, result: object) -> None:
        super()._kept(result)
        undo = undoing(self.context, lambda vault: self.put_back(vault, result), *self.topics)
        self.context.message(self.said, undo=undo)
