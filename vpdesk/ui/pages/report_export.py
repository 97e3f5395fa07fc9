"""How a report leaves Jaarverslag: asked where to, frozen and written, and what is said then."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer

from vpdesk.domain.errors import BackupError, LedgerUnknownError, VpdeskError
from vpdesk.operations import backups, reports
from vpdesk.operations.places import usual_place
from vpdesk.operations.reports import ExportResult, Prepared, ReportPreview
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context
from vpdesk.ui.pages.report_dialogs import ask_place, show_folder
from vpdesk.ui.pages.report_making import Making
from vpdesk.ui.pages.report_sheet import ReportSheet
from vpdesk.ui.widgets.buttons import Button
from vpdesk.ui.widgets.messages import Message

if TYPE_CHECKING:
    from vpdesk.operations.vaults import Vault


class ReportExport(ReportSheet):
    """The sheet with the report that is shown, and its way out."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.prepared: Prepared | None = None
        self.shown: ReportPreview | None = None
        self.making = Making(context.worker, context.clock, self)
        self._export_wanted = False
        self._just_said = False
        self.export.clicked.connect(self._ask_place)

    def make(self) -> None:
        """Make the preview anew."""
        raise NotImplementedError

    def export_to(self, out: Path) -> None:
        """Freeze and write the report that is shown."""
        prepared, now, beside = self.prepared, self.context.clock(), self.context.door.folder
        if prepared is None:
            return
        self.export.setEnabled(False)
        self.preview.progress.start("Het verslag wordt bewaard en de kluis gekopieerd…")

        def deliver(vault: "Vault") -> ExportResult:
            places = backups.places(vault) or (usual_place(beside),)
            return reports.deliver(vault, prepared, out=out, now=now, backup_places=places)

        self.context.worker.run(deliver, self._delivered, self._not_delivered)

    def export_when_ready(self) -> None:
        """Ask where the report shall go, as soon as it is there; with points still open, go to the first of those."""
        if self.making.busy or self.shown is None:
            self._export_wanted = True
        elif self.export.isEnabled():
            self.export.setFocus(Qt.FocusReason.OtherFocusReason)
            self._ask_place()
        else:
            self.to_points()

    def to_points(self) -> None:
        """Go to the first open mark."""
        if self.shown is None:
            return
        chapter = next((chapter for chapter in self.shown.chapters if chapter.open_marks), None)
        if chapter is not None:
            self.chapters.choose(chapter.key)
            self.to_mark(1)

    def to_mark(self, step: int) -> None:
        """Walk to another mark in the text that is shown, and scroll to it where the window is small."""
        if self.findings.marks:
            self.findings.to_mark(step)
            self.reveal_focus()

    def _ask_place(self) -> None:
        if self.prepared is not None:
            out = ask_place(self, f"{self.prepared.title}.pdf")
            if out is not None:
                self.export_to(out)

    def _delivered(self, result: ExportResult) -> None:
        self.preview.progress.finish()
        self.context.changes.tell(Topic.REPORTS, Topic.BACKUPS)
        QTimer.singleShot(0, lambda: self._say_written(result))

    def _say_written(self, result: ExportResult) -> None:
        folder = Button("Toon in map", size=28)
        folder.clicked.connect(lambda: show_folder(result.path))
        copied = " Reservekopie gemaakt, geopend en gecontroleerd." if result.backup is not None else ""
        start = "Het verslag is bewaard." if not result.again else "Het verslag is opnieuw bewaard."
        same = " Het is precies hetzelfde bestand als eerder." if result.again else ""
        self._just_said = True
        self._say(Message(f"{result.path.name}.{same}{copied}", "ok", start=start, button=folder))
        folder.setFocus()

    def _not_delivered(self, error: VpdeskError) -> None:
        self.preview.progress.finish()
        self.export.setEnabled(True)
        if isinstance(error, LedgerUnknownError):
            nothing = Button("Er is niets uitgegeven", size=28)
            nothing.clicked.connect(self._nothing_went_out)
            self._say(Message(error.sentence, "warning", button=nothing))
        else:
            self._say(Message(error.sentence, "warning" if isinstance(error, BackupError) else "danger"))
        self._just_said = True
        # What is in the ledger by now, without its file or without a copy, can only go out again as it is there; and
        # what something else stood in the way of must be audited beside that.
        self.context.changes.tell(Topic.REPORTS, Topic.BACKUPS)

    def _nothing_went_out(self) -> None:
        self._just_said = False
        self.context.worker.run(reports.confirm_ledger_complete, lambda _: self.make(), self.context.failed)
