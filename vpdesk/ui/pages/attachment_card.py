"""The card of a case about evidence: the person keeps it, and what is kept here has a reason."""

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from vpdesk.domain.cases import Case
from vpdesk.domain.wording import long_date, size
from vpdesk.operations import attachments
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context
from vpdesk.ui.widgets.buttons import QUIET, Button
from vpdesk.ui.widgets.cards import Card
from vpdesk.ui.widgets.emptying import clear
from vpdesk.ui.widgets.flow import Flow
from vpdesk.ui.widgets.labels import Label, Rule
from vpdesk.ui.widgets.messages import Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from vpdesk.domain.attachments import Attachment
    from vpdesk.domain.ids import CaseId
    from vpdesk.operations.old_copies import Reach
    from vpdesk.operations.retention import Held
    from vpdesk.operations.vaults import Vault

DEFAULT: Final = (
    "De persoon bewaart het bewijs zelf. Schrijf in het verslag dát het er is en waar het ligt. Hier een bestand "
    "bewaren kan, met een reden; bij het afsluiten gaat het weg. Seksueel beeldmateriaal bewaart u nooit."
)


class AttachmentsCard(Card):
    """The files of a case, each with what can be done with it."""

    def __init__(self, context: Context) -> None:
        super().__init__("Bewijs en bijlagen")
        self._context = context
        self.case: Case | None = None
        self.body.addWidget(Label(DEFAULT, "small", "muted", wraps=True))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        self.body.addLayout(self._rows)
        self.add = Button("Bestand bewaren…", size=28, icon="clip")
        self.body.addWidget(self.add)
        self.add.clicked.connect(self.store)
        context.changes.changed.connect(self._on_change)

    def show_case(self, case: Case | None) -> None:
        """Be about a case; what is about another one goes at once."""
        if case is None or self.case is None or case.id != self.case.id:
            clear(self._rows)
        self.case = case
        self.add.setVisible(case is not None and case.closed is None)
        self._ask()

    def store(self) -> None:
        """Ask for a file and the reason to keep it."""
        if self.case is not None:
            from vpdesk.ui.pages.attachment_dialogs import StoreDialog  # noqa: PLC0415 - seldom asked for

            StoreDialog(self._context, self, self.case.id).open()

    def _on_change(self, topics: frozenset[Topic]) -> None:
        if Topic.ATTACHMENTS in topics:
            self._ask()

    def _ask(self) -> None:
        if self.case is not None:
            number = self.case.id
            self._context.worker.run(
                lambda vault: attachments.attachments(vault, number),
                lambda found: self._show(number, found),
                self._context.failed,
            )

    def _show(self, case: "CaseId", found: "tuple[Attachment, ...]") -> None:
        if self.case is None or case != self.case.id:
            return
        clear(self._rows)
        for kept in found:
            self._add(kept)

    def _add(self, kept: "Attachment") -> None:
        self._rows.addSpacing(6)
        self._rows.addWidget(Label(kept.name, "strong", wraps=True))
        said = f"{size(kept.size)}, bewaard op {long_date(kept.stored)}: {kept.reason}"
        self._rows.addWidget(Label(said, "small", "muted", wraps=True))
        flow = Flow(16)
        for verb, do in (
            ("Bekijken", self._view),
            ("Exporteren…", self._export),
            ("Vernietigen…", self._destroy),
        ):
            button = Button(verb, QUIET, size=28, name=f"{kept.name}: {verb.rstrip('…').lower()}")
            button.setToolTip("")  # the name is read out, and stands above already
            button.clicked.connect(partial(_called, do, kept))
            flow.addWidget(button)
        row = QWidget()
        row.setLayout(flow)
        self._rows.addWidget(row)
        self._rows.addWidget(Rule())

    def _view(self, kept: "Attachment") -> None:
        from vpdesk.ui.pages.attachment_view import AttachmentView  # noqa: PLC0415 - QtPdf loads with it

        AttachmentView(self._context, self, kept).open()

    def _export(self, kept: "Attachment") -> None:
        from vpdesk.ui.pages import attachment_dialogs  # noqa: PLC0415 - seldom asked for

        attachment_dialogs.export(self._context, self, kept)

    def _destroy(self, kept: "Attachment") -> None:
        from vpdesk.operations.retention import refuse_held  # noqa: PLC0415 - idem
        from vpdesk.ui.pages.attachment_dialogs import DestroyAttachment  # noqa: PLC0415 - idem
        from vpdesk.ui.pages.destroy_dialog import look  # noqa: PLC0415 - idem

        def ask(reach: "Reach") -> None:
            DestroyAttachment(self._context, self, kept, reach).open()

        def asked(vault: "Vault") -> "Reach":
            refuse_held(vault, kept.case)
            return look(vault)

        self._context.worker.run(asked, ask, self._context.failed)


def _called(do: "Callable[[Attachment], None]", kept: "Attachment", _checked: object = None) -> None:
    do(kept)


class GoingAtClosing(Message):
    """Names, before a case is closed, the files that go with that for good; not there where none do."""

    def __init__(self, context: Context, case: "CaseId", fit: "Callable[[], None]") -> None:
        super().__init__("", "warning")
        self.hide()
        self._fit = fit

        def asked(vault: "Vault") -> "tuple[tuple[Attachment, ...], Held]":
            from vpdesk.operations.retention import held  # noqa: PLC0415 - only closing asks

            return attachments.attachments(vault, case), held(vault, case)

        context.worker.run(asked, self._tell, context.failed)

    def _tell(self, found: "tuple[tuple[Attachment, ...], Held]") -> None:
        kept, held = found
        if not kept:
            return
        names = "\n".join(file.name for file in kept)
        one = len(kept) == 1
        if held.in_force:
            said = f"Vanwege de bewaarstop {'blijft deze bijlage' if one else 'blijven deze bijlagen'}:"
        else:
            what = "gaat dit bestand" if one else f"gaan deze {len(kept)} bestanden"
            said = f"Voorgoed weg {what}; geef eerst terug wat de persoon nog nodig heeft:"
        self.show_text(f"{said}\n{names}", "warning")
        self.show()
        self._fit()
