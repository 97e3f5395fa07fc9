"""The one notice that something in the vault changed; each view decides whether that concerns it."""

from enum import StrEnum

from PySide6.QtCore import QObject, Signal


class Topic(StrEnum):
    """What can change."""

    CLIENTS = "clients"
    CASES = "cases"
    PEOPLE = "people"
    CONVERSATIONS = "conversations"
    REMINDERS = "reminders"
    DRAFTS = "drafts"
    REPORTS = "reports"
    BACKUPS = "backups"
    SETTINGS = "settings"
    ACCESS = "access"
    STEPS = "steps"
    DIRECTORY = "directory"
    WORKLOG = "worklog"
    MELDINGEN = "meldingen"
    ATTACHMENTS = "attachments"
    GUIDED = "guided"


class Changes(QObject):
    """Carries `changed(frozenset[Topic])` from whoever wrote to whoever shows."""

    changed = Signal(object)

    def tell(self, *topics: Topic) -> None:
        """Say what was just written."""
        self.changed.emit(frozenset(topics))
