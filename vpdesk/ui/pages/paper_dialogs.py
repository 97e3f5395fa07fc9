"""Shows a paper as it will stand on the page, prints it, or keeps it as a PDF where the user wants it."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from vpdesk.domain.errors import VpdeskError
from vpdesk.domain.papers import Paper
from vpdesk.operations.papers import absence_paper, laptop_paper
from vpdesk.ui import theme
from vpdesk.ui.context import Context
from vpdesk.ui.widgets.buttons import Button
from vpdesk.ui.widgets.file_dialogs import PDF, ask_new_file
from vpdesk.ui.widgets.form import FormDialog
from vpdesk.ui.widgets.labels import Label

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from vpdesk.operations.vaults import Vault


class PaperDialog(FormDialog):
    """The paper, once the vault has told what stands on it."""

    def __init__(
        self, context: Context, parent: QWidget, title: str, made: "Callable[[Vault, datetime], Paper]", warning: str
    ) -> None:
        super().__init__(parent, title, "Afdrukken…", text=warning)
        self.setMinimumWidth(theme.px(640))
        self.paper: Paper | None = None
        self.save = Button("Als PDF bewaren…")
        self.body.setSpacing(6)
        self.verb.setEnabled(False)
        self.save.setEnabled(False)
        self.back.setText("Sluiten")
        self.back.setAccessibleName("Sluiten")
        now = context.clock()
        self.verb.clicked.connect(self._print)
        self.save.clicked.connect(self._choose)
        self.foot.insertWidget(1, self.save)
        self.back.setFocus()
        context.worker.run(lambda vault: made(vault, now), self._show, self.failed)

    def _show(self, paper: Paper) -> None:
        self.paper = paper
        for section in paper.sections:
            head = Label(section.title, "strong", wraps=True)
            head.setContentsMargins(0, 10, 0, 0)
            self.body.addWidget(head)
            for line in section.shown:
                self.body.addWidget(Label(line, wraps=True))
        self.verb.setEnabled(True)
        self.save.setEnabled(True)
        QTimer.singleShot(0, self, self.fit)  # once the lines have come in sight

    def _print(self) -> None:
        from vpdesk.ui.screens.paper import print_paper  # noqa: PLC0415 - printing is loaded when asked for

        if self.paper is not None:
            print_paper(self, self.paper)

    def save_to(self, path: Path) -> None:
        """Write the file; where that fails the form says so and stays."""
        from vpdesk.operations.output import write_sheet  # noqa: PLC0415 - loaded when used
        from vpdesk.ui.screens.paper import paper_pdf  # noqa: PLC0415 - idem

        if self.paper is None:
            return
        try:
            write_sheet(path, paper_pdf(self.paper))
        except VpdeskError as error:
            self.failed(error)
        else:
            self.accept()

    def _choose(self) -> None:
        if self.paper is not None:
            path = ask_new_file(self, "Blad bewaren", self.paper.file_name, PDF)
            if path is not None:
                self.save_to(path)


def laptop_dialog(context: Context, parent: QWidget) -> PaperDialog:
    """Return the paper for a stolen laptop."""
    return PaperDialog(
        context,
        parent,
        "Blad bij een gestolen laptop",
        lambda vault, now: laptop_paper(vault, now=now),
        "Maak dit blad nu, en opnieuw na elke grote verandering. Bewaar het buiten de laptop: is die weg, dan kunt u "
        "het niet meer maken. Het is zelf vertrouwelijk.",
    )


def absence_dialog(context: Context, parent: QWidget) -> PaperDialog:
    """Return the page for who stands in."""
    return PaperDialog(
        context,
        parent,
        "Blad voor waarneming",
        lambda vault, now: absence_paper(vault, now=now),
        "Dit blad hoort in de gesloten envelop bij de noodbladen, niet bij een organisatie. Er staat geen persoon en "
        "geen casus in.",
    )
