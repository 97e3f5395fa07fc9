"""The findings of a chapter, with marks on what could give someone away, each with its reason and a way to keep it."""

from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from vpdesk.domain.seen import says_something
from vpdesk.operations.reports import ChapterState, Mark, MarkKind
from vpdesk.ui import theme
from vpdesk.ui.pages.report_marks import MarkedText
from vpdesk.ui.widgets.buttons import QUIET, Button
from vpdesk.ui.widgets.cards import Card, Icon
from vpdesk.ui.widgets.emptying import clear
from vpdesk.ui.widgets.fields import Field, LineEdit
from vpdesk.ui.widgets.flow import Flow
from vpdesk.ui.widgets.form import FormDialog
from vpdesk.ui.widgets.labels import Label

_NAME: Final = "Uw bevindingen"
FROZEN: Final = "Dit verslag is uitgegeven. De tekst ging mee en is niet meer te veranderen."
_SAVING: Final = 700  # ms
_LOOKING: Final = 200  # ms
_SHOWN: Final = 3
_LONGEST: Final = 22
_LONGEST_SAID: Final = 60
_QUOTES: Final = "‘’'\"“”„ "
_NUMBERS: Final = frozenset({MarkKind.GETAL, MarkKind.ANDER_GETAL, MarkKind.TELWOORD})
_GOES_OUT: Final = (
    "Een aantal over mensen of casussen dat zo naar buiten gaat, hoort ook bij Uitgegeven: dan rekent elk later "
    "verslag ermee."
)
_SHORT: Final = {
    MarkKind.GETAL: "is een aantal",
    MarkKind.ANDER_GETAL: "is een ander aantal",
    MarkKind.TELWOORD: "is een aantal",
    MarkKind.NAAM: "staat in uw kluis",
    MarkKind.PERSOON: "wijst iemand aan",
    MarkKind.PLAATS: "noemt een plek",
    MarkKind.GEVOLG: "zegt hoe het afliep",
    MarkKind.BIJZONDERHEID: "zegt wat er gebeurde",
    MarkKind.CITAAT: "is een citaat",
    MarkKind.TOESPELING: "is een toespeling",
    MarkKind.MOMENT: "noemt een moment",
    MarkKind.VERBORGEN: "is verborgen",
    MarkKind.VERBORGEN_SAMEN: "is samen verborgen",
    MarkKind.VERGELIJKING: "vergelijkt",
    MarkKind.NAAM_EN_MEER: "is geen naam",
    MarkKind.ANDERE_TAAL: "is niet Nederlands",
    MarkKind.KLEIN: "vraagt bevestiging",
}


def _said(mark: Mark) -> str:
    """Return marked words between quotation marks: those of a quotation are left off, and a long one is cut."""
    if mark.kind is MarkKind.KLEIN:
        return "Deze tekst"
    return f"‘{_cut(mark.found.strip(_QUOTES), _LONGEST_SAID)}’"


def _cut(words: str, longest: int) -> str:
    """Return at most so many letters, ending with a whole word where there is more than one."""
    words = " ".join(words.split())
    if len(words) <= longest:
        return words
    whole, _, _ = words[: longest + 1].rpartition(" ")
    return f"{whole or words[:longest]}…"


class KeepDialog(FormDialog):
    """Why a marked piece of text may stay; `wants_published` when it is a number that went out."""

    keeps_text = True
    wants_published = Signal()

    def __init__(self, parent: QWidget, mark: Mark) -> None:
        super().__init__(parent, f"{_said(mark)} laten staan", "Laten staan", text=mark.reason)
        self.reason = LineEdit(name="Waarom mag dit blijven?")
        self._field = Field("Waarom mag dit blijven?", self.reason, hint="De reden blijft bij dit verslag in de kluis.")
        self.body.addWidget(self._field)
        self.published = Button("Naar Uitgegeven…", size=28)
        self.published.clicked.connect(self._to_published)
        if mark.kind in _NUMBERS:
            self.body.addWidget(Label(_GOES_OUT, "small", "muted", wraps=True))
            self.body.addWidget(self.published, 0, Qt.AlignmentFlag.AlignLeft)
            self.published.setAccessibleDescription(_GOES_OUT)
        self.reason.setFocus()
        self.verb.clicked.connect(self._keep)

    def _to_published(self) -> None:
        self.reject()
        self.wants_published.emit()

    def _keep(self) -> None:
        if says_something(self.reason.text()):
            self.accept()
        else:
            self._field.show_error("Schrijf in een paar woorden waarom dit mag blijven.")


class FindingsCard(Card):
    """`typed()` at once, `looked(chapter, text)` soon and `changed(chapter, text)` a moment after typing.

    `kept(mark, reason)` when a marked piece may stay.
    """

    typed = Signal()
    looked = Signal(str, str)
    changed = Signal(str, str)
    kept = Signal(object, str)
    wants_earlier = Signal()
    wants_author = Signal()
    wants_texts = Signal()
    wants_published = Signal()

    def __init__(self) -> None:
        super().__init__(_NAME)
        self.chapter = ""
        self._loading = False
        self._keeps: list[Button] = []
        self.earlier = Button("Tekst van vorig jaar…", QUIET, size=28)
        self.head.addWidget(self.earlier)
        self.author = Button("Opgesteld door…", QUIET, size=28)
        self.author.hide()
        self.texts = Button("Vaste teksten…", QUIET, size=28)
        self.texts.hide()
        elsewhere = Flow()  # below the title: beside it the two leave it no room
        elsewhere.addWidget(self.author)
        elsewhere.addWidget(self.texts)
        self._questions = Label("", "small", "muted", wraps=True)
        self.text = MarkedText()
        self.text.setAccessibleName("Uw bevindingen")
        theme.measure(self.text, "setMinimumHeight", 96)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        self.body.setSpacing(8)
        self.body.addWidget(self._questions)
        self.body.addLayout(elsewhere)
        self.body.addWidget(self.text, 1)
        self.body.addLayout(self._rows)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SAVING)
        self._timer.timeout.connect(self.flush)
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.setInterval(_LOOKING)
        self._look.timeout.connect(lambda: self.looked.emit(self.chapter, self.text.toPlainText()))
        self.text.textChanged.connect(self._typed)
        self.earlier.clicked.connect(self.wants_earlier)
        self.author.clicked.connect(self.wants_author)
        self.texts.clicked.connect(self.wants_texts)

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The marks that are underlined, in the order of the text."""
        return self.text.marks

    @property
    def dirty(self) -> bool:
        """Whether something was typed that was not told yet."""
        return self._timer.isActive()

    def flush(self) -> None:
        """Tell now what was typed."""
        if self._timer.isActive() or self.sender() is self._timer:
            self._timer.stop()
            self.changed.emit(self.chapter, self.text.toPlainText())

    def show_chapter(self, chapter: ChapterState, *, writable: bool, out: bool = False) -> None:
        """Show a chapter; what is being typed in it stays. `out` tells that no chapter can be written any more."""
        here = writable and chapter.writable
        self.title.setText(chapter.title)
        self.text.setAccessibleName(f"Uw bevindingen bij {chapter.title}" if chapter.writable else chapter.title)
        questions = (FROZEN,) if out else chapter.questions
        self._questions.setText(questions[0] if questions else "")
        self._questions.setToolTip("\n".join(questions))
        self.text.setAccessibleDescription(" ".join(questions))
        self.text.setReadOnly(not here)
        self.earlier.setVisible(here)
        self.author.setVisible(writable and not chapter.writable)
        self.texts.setVisible(writable and not chapter.writable)
        if chapter.key != self.chapter or (not self.dirty and chapter.text != self.text.toPlainText()):
            self._loading = True
            self.text.setPlainText(chapter.text)
            self._loading = False
        self.chapter = chapter.key

    def put_text(self, text: str) -> None:
        """Put a text in the editor as if it were typed."""
        self.text.setPlainText(text)

    def show_marks(self, marks: tuple[Mark, ...]) -> None:
        """Underline the open marks of this chapter and list them; marks of an older text are left out."""
        self.text.show_marks(tuple(mark for mark in marks if mark.chapter == self.chapter))
        had = self.window().focusWidget() in self._keeps
        clear(self._rows)
        self._keeps = [self._keep_button(mark) for mark in self.marks[:_SHOWN]]
        before: QWidget = self.text
        for mark, keep in zip(self.marks, self._keeps, strict=False):
            self._rows.addLayout(self._row(mark, keep))
            keep.show()  # now, since what is not there yet can't take the keyboard
            self.setTabOrder(before, keep)
            before = keep
        if len(self.marks) > _SHOWN:
            self._rows.addWidget(Label(f"En nog {len(self.marks) - _SHOWN}.", "small", "muted"))
        if had:
            next_one = self._keeps[0] if self._keeps else self.text
            next_one.setFocus(Qt.FocusReason.OtherFocusReason)

    def to_mark(self, step: int = 1) -> None:
        """Walk to the next mark in the text, round and round."""
        if not self.marks:
            return
        at = self.text.textCursor().selectionStart()
        if step > 0:
            found = next((mark for mark in self.marks if mark.start > at), self.marks[0])
        else:
            found = next((mark for mark in reversed(self.marks) if mark.start < at), self.marks[-1])
        self.text.setTextCursor(self.text.cursor_of(found))
        self.text.setFocus()

    def _typed(self) -> None:
        if not self._loading:
            self._timer.start()
            self._look.start()
            self.typed.emit()

    def _row(self, mark: Mark, keep: Button) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(Icon("let_op", "warning", 16))
        found = _cut(mark.found, _LONGEST)
        said = Flow(6)  # the reason goes under the words where there is no room beside them
        for words in (Label(found, "strong"), Label(_SHORT[mark.kind], "body", "muted")):
            words.setToolTip(mark.reason)
            said.addWidget(words)
        middle = QVBoxLayout()
        middle.addStretch(1)
        middle.addLayout(said)
        middle.addStretch(1)
        row.addLayout(middle, 1)
        row.addWidget(keep)
        return row

    def _keep_button(self, mark: Mark) -> Button:
        keep = Button("Laten staan…", size=28)
        keep.setAccessibleName(f"{_said(mark)} laten staan")
        keep.setAccessibleDescription(mark.reason)
        keep.setToolTip(mark.reason)
        keep.clicked.connect(lambda: self.ask(mark))
        return keep

    def ask(self, mark: Mark) -> None:
        """Ask why a marked piece may stay."""
        dialog = KeepDialog(self, mark)
        dialog.accepted.connect(lambda: self.kept.emit(mark, dialog.reason.text().strip()))
        dialog.wants_published.connect(self.wants_published)
        dialog.open()
