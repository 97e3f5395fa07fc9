"""The standard texts of a report for one organisation: choose one, change it, or take the original back."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from vpdesk.domain.ids import ClientId
from vpdesk.operations import report_texts
from vpdesk.operations.report_texts import StandardText
from vpdesk.ui import theme
from vpdesk.ui.changes import Topic
from vpdesk.ui.undoing import undoing
from vpdesk.ui.widgets.buttons import QUIET, Button
from vpdesk.ui.widgets.fields import ComboBox, Field
from vpdesk.ui.widgets.form import FormDialog
from vpdesk.ui.widgets.labels import Label
from vpdesk.ui.widgets.writing import PlainText

if TYPE_CHECKING:
    from vpdesk.ui.context import Context

_ABOUT = (
    "Deze teksten staan in elk verslag voor deze organisatie. Het origineel blijft bewaard. Wat u verandert, kijkt "
    "vpdesk na zoals uw bevindingen; wat al is uitgegeven, verandert niet."
)


def ask_texts(context: "Context", parent: QWidget, client: ClientId) -> None:
    """Show the texts of an organisation, once they are read."""
    context.worker.run(
        partial(report_texts.standard_texts, client_id=client),
        lambda texts: TextsDialog(context, parent, client, texts).open(),
        context.failed,
    )


class TextsDialog(FormDialog):
    """One text at a time; the preview follows once it is kept."""

    keeps_text = True

    def __init__(self, context: "Context", parent: QWidget, client: ClientId, texts: tuple[StandardText, ...]) -> None:
        super().__init__(parent, "Vaste teksten", "Bewaren", text=_ABOUT)
        self._context, self._client = context, client
        self._texts = {text.key: text for text in texts}
        self.which = ComboBox("Welke tekst")
        for text in texts:
            self.which.addItem(_named(text), text.key)
        self.text = PlainText()
        self.text.setAccessibleName("Tekst")
        self.text.setTabChangesFocus(True)
        theme.measure(self.text, "setMinimumHeight", 132)
        self._original = Label("", "small", "muted", wraps=True)
        self._original.setAccessibleName("Zo staat het er oorspronkelijk")
        self.back_to_original = Button("Terug naar het origineel", QUIET, size=28)
        self.body.addWidget(Field("Welke tekst", self.which))
        self.body.addWidget(Field("Tekst", self.text))
        self.body.addWidget(self._original)
        self.body.addWidget(self.back_to_original, 0, Qt.AlignmentFlag.AlignLeft)
        self.which.currentIndexChanged.connect(lambda _: self._show())
        self.text.textChanged.connect(self._compare)
        self.back_to_original.clicked.connect(self._take_back)
        self.verb.clicked.connect(self._keep)
        self._show()
        self.which.setFocus()

    @property
    def chosen(self) -> StandardText:
        """The text that is shown."""
        return self._texts[str(self.which.currentData())]

    def _show(self) -> None:
        self.text.setPlainText(self.chosen.text)
        self._compare()

    def _compare(self) -> None:
        """Show the original beside what differs from it."""
        differs = " ".join(self.text.toPlainText().split()) != self.chosen.original
        self._original.setText(f"Origineel: {self.chosen.original}" if differs else "Dit is de oorspronkelijke tekst.")
        self.back_to_original.setVisible(differs)
        self.fit()

    def _take_back(self) -> None:
        self.text.setPlainText(self.chosen.original)
        self.text.setFocus()

    def _keep(self) -> None:
        key, text = self.chosen.key, self.text.toPlainText()
        self._context.worker.run(
            self.sending(partial(report_texts.save_standard_text, client_id=self._client, key=key, text=text)),
            self._kept,
            self.failed,
        )

    def _kept(self, text: StandardText) -> None:
        self.accept()
        self._context.changes.tell(Topic.REPORTS)
        said = "is veranderd." if text.changed else "is weer het origineel."
        before = self._texts[text.key].text
        put_back = partial(report_texts.save_standard_text, client_id=self._client, key=text.key, text=before)
        undo = undoing(self._context, put_back, Topic.REPORTS) if before != text.text else None
        self._context.message(f"De tekst ‘{text.name}’ {said}", undo=undo)


def _named(text: StandardText) -> str:
    return f"{text.name} (veranderd)" if text.changed else text.name
