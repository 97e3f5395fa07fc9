"""What every page is: a titled widget that refreshes when a topic concerns it and it can be seen."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QWidget

from vpdesk.domain.errors import VpdeskError
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context, Place

if TYPE_CHECKING:
    from collections.abc import Callable

    from vpdesk.operations.vaults import Vault


@dataclass(frozen=True, slots=True)
class Unkept:
    """Writing that the vault did not confirm, and the text that it writes."""

    work: "Callable[[Vault], object]"
    text: str


class Page(QWidget):
    """A page of the window. Subclasses set `title` and `topics`, build in `__init__` and fill in `refresh`.

    The window calls `open` whenever it navigates here, also when the page is already shown.
    """

    title: ClassVar[str] = ""
    topics: ClassVar[frozenset[Topic]] = frozenset()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.setAccessibleName(self.title)
        self._stale = True
        context.changes.changed.connect(self._on_change)

    def open(self, place: Place) -> None:
        """Show what `place` asks for; pages that can show only one thing need not override this."""
        del place

    def refresh(self) -> None:
        """Ask the worker for what is shown, and show it when it comes."""
        raise NotImplementedError

    def first_focus(self) -> QWidget | None:
        """Return the widget that gets the keyboard when the page is shown."""
        return None

    def search_field(self) -> QWidget | None:
        """Return the field in which Ctrl+F searches this page."""
        return None

    @property
    def refused(self) -> bool:
        """Whether something is typed here that the vault did not take."""
        return False

    def unsaved(self) -> tuple[str, str] | None:
        """Return the key and text of a draft that is not in the vault yet; asked before locking and leaving."""
        return None

    def not_taken(self, error: VpdeskError) -> None:
        """Hear that the vault did not take what `unsaved` gave."""
        self.context.failed(error)

    def unkept(self) -> tuple[Unkept, ...]:
        """Return what was sent to the vault and is not known to be there, to be sent again before locking."""
        return ()

    def refresh_if_stale(self) -> None:
        """Refresh when something changed since the last time."""
        if self._stale:
            self._stale = False
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while the page was hidden."""
        super().showEvent(event)
        self.refresh_if_stale()

    def changeEvent(self, event: QEvent) -> None:
        """Share out the room anew when the text size changes, as when the window does."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.parentWidget() is not None:
            QApplication.sendEvent(self, QResizeEvent(self.size(), self.size()))

    def _on_change(self, topics: frozenset[Topic]) -> None:
        if topics & self.topics:
            self._stale = True
            if self.isVisible():
                self.refresh_if_stale()
