"""The entries of a timeline: what happened with a case and when, never what was said."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

if TYPE_CHECKING:
    from vpdesk.domain.ids import ConversationId, DetrimentId, GuidedId, MeldingId, ReminderId, StepId

Index = QModelIndex | QPersistentModelIndex
ENTRY_ROLE: Final = Qt.ItemDataRole.UserRole + 1
_ROOT: Final = QModelIndex()


class EntryKind(Enum):
    """What an entry is; the next step is dashed and stands first."""

    NEXT = "volgende stap"
    TALK = "gesprek"
    MOVE = "fase"
    DONE = "gedaan"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the timeline."""

    kind: EntryKind
    when: str
    icon: str
    title: str
    detail: str = ""
    right: str = ""
    conversation: ConversationId | None = None
    reminder: ReminderId | None = None
    step: StepId | None = None
    melding: MeldingId | None = None
    detriment: DetrimentId | None = None
    alert: bool = False
    guided: GuidedId | None = None


class TimelineModel(QAbstractListModel):
    """Entries, the next step first, then newest first."""

    def __init__(self) -> None:
        super().__init__()
        self._entries: tuple[Entry, ...] = ()

    def show(self, entries: tuple[Entry, ...]) -> None:
        """Take over the entries of a case."""
        self.beginResetModel()
        self._entries = entries
        self.endResetModel()

    def entry(self, index: Index) -> Entry | None:
        """Return the entry under an index; None for the invalid index."""
        return self._entries[index.row()] if index.isValid() else None

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return the number of entries."""
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Entry | str | None:
        """Return the entry, or its words for screen readers and tooltips."""
        entry = self.entry(index)
        if entry is None or role == ENTRY_ROLE:
            return entry
        words = ", ".join(part for part in (entry.when, entry.title, entry.detail, entry.right) if part)
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return words
        return entry.detail if role == Qt.ItemDataRole.ToolTipRole else None
