"""The forms about attachments: keep a file, write one outside the vault after a warning, destroy one."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget

from vpdesk.domain.errors import VpdeskError
from vpdesk.domain.wording import size
from vpdesk.operations import attachments
from vpdesk.ui import theme
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context
from vpdesk.ui.pages.destroy_dialog import FinalDialog, look
from vpdesk.ui.pages.person_dialogs import DESTROY_WORD
from vpdesk.ui.widgets.buttons import Button
from vpdesk.ui.widgets.fields import Field, LineEdit
from vpdesk.ui.widgets.file_dialogs import ask_file, ask_new_file
from vpdesk.ui.widgets.form import FormDialog
from vpdesk.ui.widgets.labels import Label
from vpdesk.ui.widgets.messages import ProgressLine
from vpdesk.ui.worker import Progress

if TYPE_CHECKING:
    from collections.abc import Callable

    from vpdesk.domain.attachments import Attachment
    from vpdesk.domain.ids import CaseId
    from vpdesk.operations.old_copies import Reach
    from vpdesk.operations.vaults import Vault

_ANY: Final = "Alle bestanden (*)"
_WHY_NOW: Final = (
    "Bijlagen gaan weg bij het afsluiten. Deze bleven vanwege een bewaarstop, en die ligt er niet meer. Geef eerst "
    "terug wat de persoon nog nodig heeft."
)
_STOPPED: Final = "Het bewaren van het bestand is daardoor gestopt: er is niets bewaard."
_EXPORT_STOPPED: Final = "Het exporteren is daardoor gestopt: er is geen bestand gemaakt."


class WorkingForm(FormDialog):
    """A form whose verb takes a while: shows how far it is, and can be stopped."""

    def __init__(
        self, context: Context, parent: QWidget, title: str, verb: str, *, text: str, final: bool = False
    ) -> None:
        super().__init__(parent, title, verb, text=text, final=final)
        self.context = context
        self._progress: Progress | None = None
        self.setMinimumWidth(theme.px(520))
        self.progress = ProgressLine()
        self.progress.cancelled.connect(self.stop)

    def work(
        self,
        operation: "Callable[[Vault, Progress], object]",
        doing: str,
        done: "Callable[[], None]",
        *,
        stopped: str,
    ) -> None:
        """Run the operation with progress; `done` follows when it is through."""
        progress = self._progress = Progress(self)
        progress.moved.connect(self.progress.advance)
        self.progress.start(doing)
        for control in (self.verb, self.back):
            control.setEnabled(False)

        def finished(_result: object) -> None:
            self._progress = None
            self.accept()
            done()

        sending = self.sending(lambda vault: operation(vault, progress))
        self.context.worker.run(sending, finished, self.failed, progress=progress, stopped=stopped)

    def stop(self) -> None:
        """Stop what is under way."""
        if self._progress is not None:
            self._progress.cancel()

    def failed(self, error: VpdeskError) -> None:
        """Say why it was not done; everything can be asked again."""
        self._progress = None
        self.progress.finish()
        self.back.setEnabled(True)
        super().failed(error)

    def reject(self) -> None:
        """Stop first what is under way."""
        if self._progress is not None:
            self.stop()
        else:
            super().reject()


class StoreDialog(WorkingForm):
    """Keep a file with a case, with the reason."""

    keeps_text = True

    def __init__(self, context: Context, parent: QWidget, case: "CaseId") -> None:
        super().__init__(
            context,
            parent,
            "Bestand in de kluis bewaren",
            "Bewaren",
            text="Alleen als de persoon het niet zelf kan bewaren. Het bestand op uw laptop blijft staan waar het "
            "staat: haal het daar zelf weg. Hoogstens 100 MB.",
        )
        self.about = self.case = case
        self.path: Path | None = None
        self.choose = Button("Kiezen…", name="Bestand kiezen")
        self.chosen = Label("Nog geen bestand gekozen", "body", "muted", wraps=True)
        self.reason = LineEdit(name="Waarom hier bewaren")
        self.body.addWidget(Field("Bestand", self.choose))
        self.body.addWidget(self.chosen)
        self.body.addWidget(Field("Waarom hier", self.reason, hint="Kort en feitelijk, zonder namen."))
        self.body.addWidget(self.progress)
        self.body.addStretch(1)
        self.choose.clicked.connect(self._choose)
        self.verb.clicked.connect(self._keep)
        self.choose.setFocus()

    def _choose(self) -> None:
        path = ask_file(self, "Bestand kiezen", _ANY)
        if path is not None:
            self.path = path
            self.chosen.setText(path.name)
            self.chosen.set_ink("text")
            self.reason.setFocus()

    def _keep(self) -> None:
        path = self.path
        if path is None:
            self.say_wrong("Kies eerst een bestand.")
            return
        case, reason, today = self.case, self.reason.text(), self.context.clock().date()

        def told() -> None:
            self.context.changes.tell(Topic.ATTACHMENTS)
            self.context.message("Het bestand staat in de kluis. Op uw laptop staat het nog waar het stond.")

        self.work(
            lambda vault, progress: attachments.store_attachment(
                vault, case_id=case, path=path, reason=reason, today=today, progress=progress
            ),
            "Het bestand wordt versleuteld bewaard",
            told,
            stopped=_STOPPED,
        )


def export(context: Context, parent: QWidget, kept: "Attachment") -> None:
    """Ask where an attachment is to go, then warn of what that means."""
    to = ask_new_file(parent, "Bijlage exporteren", kept.name, _ANY)
    if to is not None:
        ExportDialog(context, parent, kept, to).open()


class ExportDialog(WorkingForm):
    """Warn before a plain file is written, and name the place."""

    def __init__(self, context: Context, parent: QWidget, kept: "Attachment", to: Path) -> None:
        super().__init__(
            context,
            parent,
            "Leesbaar buiten de kluis",
            "Toch exporteren",
            text=f"Het bestand komt leesbaar in {to.parent}. Wie bij die map kan, kan het openen: collega’s, "
            "beheerders, een dienst die bestanden meeneemt. vpdesk kan het daar niet meer vernietigen.",
            final=True,
        )
        self._number, self.to = kept.id, to
        self.body.addWidget(Label(f"{to.name}, {size(kept.size)}", "strong", wraps=True))
        self.body.addWidget(self.progress)
        self.verb.clicked.connect(self._export)
        self.back.setFocus()

    def _export(self) -> None:
        number, to = self._number, self.to
        self.work(
            lambda vault, progress: attachments.export_attachment(vault, number, to=to, progress=progress),
            "Het bestand wordt geschreven",
            lambda: self.context.message(f"Het bestand staat leesbaar in {to.parent}."),
            stopped=_EXPORT_STOPPED,
        )


class DestroyAttachment(FinalDialog):
    """Destroys one attachment for good; the case stays."""

    touched = (Topic.ATTACHMENTS, Topic.BACKUPS)

    def __init__(self, context: Context, parent: QWidget, kept: "Attachment", reach: "Reach") -> None:
        super().__init__(
            context,
            parent,
            ("de bijlage", "Bijlage vernietigen"),
            word=DESTROY_WORD,
            said=(("Wat weggaat", f"{kept.name}, {size(kept.size)}. Heeft de persoon het bestand zelf nog?"),),
            reach=reach,
        )
        self._number = kept.id

    def carry_out(self, vault: "Vault") -> tuple[str, bool]:
        """Destroy the attachment."""
        wiped = attachments.remove_attachment(vault, self._number, now=self.context.clock())
        return "De bijlage is vernietigd.", wiped


class DestroyLeftOver(FinalDialog):
    """Destroys all attachments of a closed case for good; the case stays."""

    touched = (Topic.ATTACHMENTS, Topic.BACKUPS)

    def __init__(
        self,
        context: Context,
        parent: QWidget,
        case: "CaseId",
        kept: "tuple[Attachment, ...]",
        reach: "Reach",
    ) -> None:
        files = "\n".join(f"{file.name}, {size(file.size)}" for file in kept)
        super().__init__(
            context,
            parent,
            ("dit", "Bijlagen vernietigen"),  # in sentences of one thing
            word=DESTROY_WORD,
            said=(("Wat weggaat", files), ("Waarom nu", _WHY_NOW)),
            reach=reach,
        )
        self._case, self._kept = case, kept

    def carry_out(self, vault: "Vault") -> tuple[str, bool]:
        """Destroy the attachments."""
        now = self.context.clock()
        wiped = attachments.remove_left_over(vault, self._case, self._kept, now=now)
        return "De bijlagen zijn vernietigd.", wiped


def destroy_left_over(context: Context, parent: QWidget, case: "CaseId") -> None:
    """Ask for the word before the attachments of a closed case go; where they are gone, show that."""

    def asked(vault: "Vault") -> "tuple[tuple[Attachment, ...], Reach]":
        return attachments.attachments(vault, case), look(vault)

    def ask(found: "tuple[tuple[Attachment, ...], Reach]") -> None:
        if found[0]:
            DestroyLeftOver(context, parent, case, *found).open()
        else:
            context.changes.tell(Topic.ATTACHMENTS)

    context.worker.run(asked, ask, context.failed)
