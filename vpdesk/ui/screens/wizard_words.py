"""Words shown once and typed back: the third step of the first start, and in the dialogs of the page Kluis."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from vpdesk.domain.wording import counted
from vpdesk.ui import theme
from vpdesk.ui.screens.wizard_steps import Step
from vpdesk.ui.widgets.buttons import Button
from vpdesk.ui.widgets.fields import CheckBox, LineEdit
from vpdesk.ui.widgets.labels import Label
from vpdesk.ui.widgets.messages import Message

if TYPE_CHECKING:
    from vpdesk.ui.screens.recovery_sheet import Sheet

_WORDS: Final = 16
_COLUMNS: Final = 4


class WordGrid(QWidget):
    """Sixteen numbered words that run down four columns; hidden they are dots."""

    def __init__(self) -> None:
        super().__init__()
        self._words: tuple[str, ...] = ()
        self._hidden = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Herstelwoorden")

    def show_words(self, words: Sequence[str], *, hidden: bool = False) -> None:
        """Show words, or dots in their place."""
        self._words, self._hidden = tuple(words), hidden
        spoken = "verborgen" if hidden else ", ".join(f"{n} {word}" for n, word in enumerate(words, 1))
        self.setAccessibleDescription(spoken)
        self.update()

    def sizeHint(self) -> QSize:
        """Return four rows."""
        return QSize(560, theme.px(46) * (_WORDS // _COLUMNS) + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint cells, numbers and words."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rows = _WORDS // _COLUMNS
        width, height = (self.width() - 1) / _COLUMNS, (self.height() - 1) / rows
        for n in range(1, _COLUMNS):
            painter.fillRect(round(n * width), 1, 1, self.height() - 2, theme.colour("line"))
            painter.fillRect(1, round(n * height), self.width() - 2, 1, theme.colour("line"))
        painter.setPen(QPen(theme.colour("control"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        middle, right = (
            int(Qt.AlignmentFlag.AlignVCenter),
            int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight),
        )
        for n, word in enumerate(self._words):
            x, y = (n // rows) * width, (n % rows) * height
            painter.setFont(theme.font("small"))
            painter.setPen(theme.colour("muted"))
            painter.drawText(QRectF(x, y, theme.px(34), height), right, str(n + 1))
            painter.setFont(theme.font("word"))
            painter.setPen(theme.colour("text"))
            painter.drawText(QRectF(x + theme.px(46), y, width, height), middle, "••••••" if self._hidden else word)


class WordsStep(Step):
    """Shows the words once, to be copied by hand."""

    next_text = "Verder: woorden overtypen"

    def __init__(
        self,
        head: str = "Stap 3 van 4",
        title: str = "Schrijf uw 16 herstelwoorden op",
        intro: str = "Met deze woorden en een reservekopie krijgt u uw kluis terug op een andere laptop. U hebt ze ook "
        "nodig als u uw wachtzin vergeet. Niemand anders heeft ze, ook de makers van vpdesk niet.",
        *,
        warning: str = "Zonder wachtzin én zonder deze woorden is de kluis voorgoed dicht.",
        keeping: str = "Bewaar het papier thuis of in een andere la dan de laptop.",
        sheet: "Callable[[Sequence[str]], Sheet] | None" = None,
    ) -> None:
        super().__init__(head, title, intro)
        self._sheet = sheet
        self._words: tuple[str, ...] = ()
        self.grid = WordGrid()
        self.hide_words = Button("Woorden verbergen", icon="oogdicht")
        self.hide_words.setCheckable(True)
        self.hide_words.toggled.connect(self._turn)
        self.written = CheckBox("Ik heb de 16 woorden op papier")
        self.written.toggled.connect(self.changed)
        self.body.addWidget(self.grid)
        self.body.addWidget(Label("Lees per kolom, van boven naar beneden", "small", "muted"))
        self.body.addSpacing(6)
        self.print_words = Button("Afdrukken met QR-code…", icon="print")
        self.print_words.clicked.connect(self._print)
        row = QHBoxLayout()
        self.save_words = Button("Als PDF bewaren…", icon="exporteren")
        self.save_words.clicked.connect(self._save)
        row.addWidget(self.print_words)
        row.addWidget(self.save_words)
        row.addWidget(self.hide_words)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addSpacing(14)
        self.body.addWidget(
            Message(
                f"\n{keeping} Maak er geen foto van.",
                "warning",
                start=warning,
            )
        )
        self.body.addSpacing(12)
        if head:
            self.body.addWidget(self.written)
        else:
            self.foot = self.written
        after = Label(
            "Hierna typt u ze over. vpdesk opent er de kluis mee, zodat zeker is dat ze kloppen.",
            "small",
            "muted",
            wraps=True,
        )
        after.setContentsMargins(theme.px(18) + 10 if head else 0, 0, 0, 0)
        self.body.addWidget(after)
        self.body.addStretch(1)

    @property
    def missing(self) -> str:
        """Whether the user says that they are on paper."""
        return "" if self.written.isChecked() else "Schrijf eerst de woorden op"

    def show_words(self, words: Sequence[str]) -> None:
        """Show these words."""
        self._words = tuple(words)
        self.written.setChecked(False)
        self.hide_words.setChecked(False)
        self.grid.show_words(self._words)

    def forget(self) -> None:
        """Let go of the words."""
        self._words = ()
        self.grid.show_words(())

    def first_focus(self) -> QWidget:
        """Return the box, which a dialog keeps in sight below the words."""
        return self.written

    def _print(self) -> None:
        from vpdesk.ui.screens.recovery_sheet import print_sheet  # noqa: PLC0415 - printing is loaded when asked for

        print_sheet(self, self._made_sheet())

    def _save(self) -> None:
        from vpdesk.ui.screens.recovery_sheet import save_sheet  # noqa: PLC0415 - idem

        save_sheet(self, self._made_sheet())

    def _made_sheet(self) -> "Sheet":
        from vpdesk.ui.screens.recovery_sheet import recovery_sheet  # noqa: PLC0415 - idem

        return (self._sheet or recovery_sheet)(self._words)

    def _turn(self, hidden: bool) -> None:
        self.hide_words.setText("Woorden tonen" if hidden else "Woorden verbergen")
        self.hide_words.setAccessibleName(self.hide_words.text())
        self.hide_words.icon_name = "oog" if hidden else "oogdicht"
        self.hide_words.updateGeometry()
        self.grid.show_words(self._words, hidden=hidden)


class TypeBackStep(Step):
    """Asks all sixteen words back."""

    next_text = "Kluis openen met deze woorden"

    def __init__(self, head: str = "Stap 3 van 4", title: str = "Typ de 16 woorden over") -> None:
        super().__init__(
            head, title, "Van uw papier, in dezelfde volgorde. Een spatie brengt u naar het volgende woord."
        )
        grid = QWidget()
        cells = QGridLayout(grid)
        cells.setContentsMargins(0, 0, 0, 0)
        cells.setHorizontalSpacing(16)
        cells.setVerticalSpacing(12)
        rows = _WORDS // _COLUMNS
        self.edits = [LineEdit(name=f"Woord {n}") for n in range(1, _WORDS + 1)]
        for n, edit in enumerate(self.edits):
            cell = QHBoxLayout()
            cell.setSpacing(8)
            number = Label(str(n + 1), "small", "muted")
            number.setFixedWidth(theme.px(18))
            number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            cell.addWidget(number)
            cell.addWidget(edit, 1)
            cells.addLayout(cell, n % rows, n // rows)
            edit.installEventFilter(self)
            edit.textChanged.connect(self.changed)
            edit.textEdited.connect(partial(_mark, edit, wrong=False))
            edit.returnPressed.connect(self._on_enter)
        self.body.addWidget(grid)
        self.body.addStretch(1)

    @property
    def words(self) -> tuple[str, ...]:
        """What was typed."""
        return tuple(edit.text().strip().lower() for edit in self.edits)

    @property
    def missing(self) -> str:
        """How many places are empty."""
        left = sum(not word for word in self.words)
        return f"Nog {counted(left, 'woord', 'woorden')}" if left else ""

    def clear(self) -> None:
        """Empty every field."""
        for edit in self.edits:
            edit.clear()
            _mark(edit, wrong=False)

    def mark(self, position: int) -> None:
        """Mark the field of one word, from 1, as wrong and go there."""
        holding = [edit for edit in self.edits for _ in edit.text().split()]  # several may be pasted into one field
        edit = holding[min(position, len(holding)) - 1]
        _mark(edit, wrong=True)
        edit.setFocus(Qt.FocusReason.OtherFocusReason)
        edit.selectAll()

    def first_focus(self) -> QWidget:
        """Return the first empty field."""
        return next((edit for edit in self.edits if not edit.text()), self.edits[0])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go to the next word with a space."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Space:
            for here, after in zip(self.edits, [*self.edits[1:], None], strict=True):
                if here is watched and here.text() and after is not None:
                    after.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return super().eventFilter(watched, event)

    def _on_enter(self) -> None:
        if not self.missing:
            self.entered.emit()
        else:
            self.first_focus().setFocus(Qt.FocusReason.TabFocusReason)


def _mark(edit: LineEdit, _text: str = "", *, wrong: bool) -> None:
    edit.setProperty("wrong", "true" if wrong else "false")
    edit.setAccessibleDescription("Dit woord staat niet in de lijst." if wrong else "")
    edit.style().polish(edit)
