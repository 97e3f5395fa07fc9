"""Fields and choices: a label above, a sentence below when something is wrong, signs painted from the palette."""

from datetime import date
from typing import Final

from PySide6.QtCore import QDate, QEvent, QLocale, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QDateTimeEdit,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QRadioButton,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from vpdesk.domain.taxonomy import CodeList
from vpdesk.domain.wording import MONTHS, SHORT_MONTHS
from vpdesk.ui import icons, theme
from vpdesk.ui.widgets.cards import Icon
from vpdesk.ui.widgets.keys import paint_key
from vpdesk.ui.widgets.labels import Label

_BOX: Final = 18
KEPT_NOWHERE: Final = "kept_nowhere"
"""The property of a field that outlives no lock, although the form that it is in does."""

_DAY: Final = QDateTimeEdit.Section.DaySection
_MONTH: Final = QDateTimeEdit.Section.MonthSection
_YEAR: Final = QDateTimeEdit.Section.YearSection
_DAYS: Final = 31
_FIGURES: Final = 2
_COMMANDS: Final = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)
_CENTURY: Final = 2000
_BETWEEN: Final = "-/. "

DUTCH: Final = QLocale(QLocale.Language.Dutch, QLocale.Country.Netherlands)


class Field(QWidget):
    """A control with its label above and, when something is wrong, a sentence below; contents are always kept."""

    def __init__(self, label: str, control: QWidget, *, hint: str = "") -> None:
        super().__init__()
        self.control = control
        self.label = Label(label, "label")
        self.label.setBuddy(control)
        if not control.accessibleName():
            control.setAccessibleName(label)
        self._sign = Icon("let_op", "danger", 16)
        self._error = Label("", "small", "danger", wraps=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.label)
        column.addWidget(control)
        if hint:
            column.addWidget(Label(hint, "small", "muted", wraps=True))
            control.setAccessibleDescription(hint)
        self._row = QWidget()
        row = QHBoxLayout(self._row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._error, 1)
        column.addWidget(self._row)
        self._row.hide()

    @property
    def error(self) -> str:
        """The sentence below, empty when all is well."""
        return self._error.text() if not self._row.isHidden() else ""

    def show_error(self, sentence: str) -> None:
        """Say what is wrong below the control; an empty sentence takes it away."""
        self._error.setText(sentence)
        self._row.setVisible(bool(sentence))
        self.control.setAccessibleDescription(sentence)
        self.control.setProperty("wrong", "true" if sentence else "false")
        self.control.style().polish(self.control)


class LineEdit(QLineEdit):
    """One line of text; `big` in the wizard and on the lock screen."""

    def __init__(self, text: str = "", *, placeholder: str = "", name: str = "", big: bool = False) -> None:
        super().__init__(text)
        self.setDragEnabled(False)  # a drag from here could not be marked as a copy is
        self.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData)  # for keyboards that learn
        self.setPlaceholderText(placeholder)
        if name:  # an example in the field is no name: it goes as soon as something is typed
            self.setAccessibleName(name)
        if big:
            self.setProperty("big", "true")


class SearchEdit(LineEdit):
    """A field to search as one types, with a magnifying glass before and, optionally, the key that leads here."""

    def __init__(self, placeholder: str, keys: str = "", *, name: str) -> None:
        super().__init__(placeholder=placeholder, name=name)
        self._keys = keys
        self.addAction(icons.icon("zoek"), QLineEdit.ActionPosition.LeadingPosition)
        self.setClearButtonEnabled(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the key hint at the right while the field is empty."""
        super().paintEvent(event)
        if self._keys and not self.text():
            paint_key(QPainter(self), self.rect().adjusted(0, 0, -8, 0), self._keys)


class ComboBox(QComboBox):
    """A choice out of a list, with the arrow of the design; `touched` once the user chose."""

    touched = False

    def __init__(self, name: str = "") -> None:
        super().__init__()
        self.activated.connect(self._touch)
        if name:
            self.setAccessibleName(name)

    @classmethod
    def of_codes(cls, codes: CodeList, value: str = "onbekend") -> "ComboBox":
        """Return a choice out of a code list; the data of an entry is its code, its tooltip the help text."""
        made = cls(codes.title)
        for term in codes.terms:
            made.addItem(term.shown, term.code)
            made.setItemData(made.count() - 1, term.help or None, Qt.ItemDataRole.ToolTipRole)
        made.choose(value)
        return made

    def _touch(self) -> None:
        self.touched = True

    def choose(self, value: object) -> None:
        """Select the entry whose data is `value`."""
        self.setCurrentIndex(max(0, self.findData(value)))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to what scrolls: an answer that has the keyboard would change in passing."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box with its words, cut with three dots where they do not fit, then the arrow."""
        del event
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = self.shown
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        if not self.isEditable():
            painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        _paint_arrow(self, "omlaag")

    @property
    def shown(self) -> str:
        """The chosen words as far as there is room for them."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self)
        return self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room.width())

    def event(self, event: QEvent) -> bool:
        """Tell the whole of what is cut."""
        if event.type() == QEvent.Type.ToolTip:
            self.setToolTip(self.currentText() if self.shown != self.currentText() else "")
        return super().event(event)


class DateEdit(QDateEdit):
    """A day, with a calendar that starts on Monday; the keyboard takes *1-7-2025*, *1/7/25*, *01072025* and *1 juli*.

    Qt takes a month by its name only, and drops what is typed over the whole day or between its parts.
    """

    def __init__(self, day: date, name: str = "") -> None:
        super().__init__(QDate(day.year, day.month, day.day))
        self._offered = day
        self._typed = ""  # of the part where the keyboard is
        self._typed_in = QDateTimeEdit.Section.NoSection
        self._wanted = 0  # a day that month and year shown do not have, but those still to be typed may
        self.setLocale(DUTCH)
        self.setDisplayFormat("d MMMM yyyy")
        self.setCalendarPopup(True)
        calendar = self.calendarWidget()
        calendar.setLocale(DUTCH)
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.dateChanged.connect(self._return_to_wanted)
        if name:
            self.setAccessibleName(name)

    @property
    def day(self) -> date:
        """The day that is shown."""
        self._take_short_year()
        chosen = self.date()
        return date(chosen.year(), chosen.month(), chosen.day())

    @property
    def touched(self) -> bool:
        """Whether another day was chosen than the one offered."""
        return self.day != self._offered

    def set_day(self, day: date) -> None:
        """Show a day, as if it had been there from the start."""
        self._offered = day
        self._typed, self._wanted = "", 0
        self.setDate(QDate(day.year, day.month, day.day))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to what scrolls: a day that has the keyboard would change in passing."""
        event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin anew: what is typed now is another day."""
        self._typed, self._wanted = "", 0
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take a year of two figures before Qt puts the former one back."""
        self._take_short_year()
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take figures, names of months and what people write between them."""
        if event.modifiers() & _COMMANDS:
            super().keyPressEvent(event)
            return
        text, part = event.text(), self._part()
        if text and text in _BETWEEN:
            if self._typed and part is not _YEAR:
                self._go_on(part)
        elif text.isalpha() and part is not _YEAR:
            if part is _DAY:
                self._go_on(part)
            self._take_name(text)
        elif text.isdecimal() and text.isascii() and part is not _YEAR:
            self._take_figure(text, part)
        else:
            self._typed += text if text.isdecimal() else ""
            super().keyPressEvent(event)

    def _part(self) -> QDateTimeEdit.Section:
        """Return the part that a key changes, the first where the whole day is selected; a new part begins empty."""
        line = self.lineEdit()
        if line is not None and line.selectedText() == line.text():
            self.setSelectedSection(_DAY)
            self._typed_in = QDateTimeEdit.Section.NoSection
        part = self.currentSection()
        if part != self._typed_in:
            self._typed, self._typed_in = "", part
        return part

    def _take_figure(self, text: str, part: QDateTimeEdit.Section) -> None:
        """Show the figures typed so far as day or month; where no more can follow, the next part is up."""
        most = _DAYS if part is _DAY else len(MONTHS)
        self._typed += text
        if not self._typed.isdecimal() or int(self._typed) > most or self._typed == "00":
            self._typed = text
        value, shown = int(self._typed), self.date()
        if value and part is _DAY:
            self._wanted = value
            self._show(shown.year(), shown.month(), value)
        elif value:
            self._show(shown.year(), value, self._wanted or shown.day())
        if len(self._typed) == _FIGURES or value * 10 > most:
            self._go_on(part)
        else:
            self.setSelectedSection(part)

    def _take_name(self, letter: str) -> None:
        """Show the first month whose name or short name begins with the letters typed so far."""
        letters = self._typed + letter.casefold()
        names = enumerate(zip(MONTHS, SHORT_MONTHS, strict=True), 1)
        month = next((number for number, both in names if any(name.startswith(letters) for name in both)), 0)
        if month:
            self._typed = letters
            self._show(self.date().year(), month, self._wanted or self.date().day())
        self.setSelectedSection(_MONTH)

    def _take_short_year(self) -> None:
        if self._typed_in is _YEAR and len(self._typed) == _FIGURES:
            year, self._typed = _CENTURY + int(self._typed), ""
            self._show(year, self.date().month(), self._wanted or self.date().day())

    def _show(self, year: int, month: int, day: int) -> None:
        self.setDate(QDate(year, month, min(day, QDate(year, month, 1).daysInMonth())))

    def _go_on(self, part: QDateTimeEdit.Section) -> None:
        self._typed, self._typed_in = "", _MONTH if part is _DAY else _YEAR
        self.setSelectedSection(part)  # first: after a day that got shorter Qt would stay where it is
        self.setSelectedSection(self._typed_in)

    def _return_to_wanted(self, shown: QDate) -> None:
        """Show the day that was typed once month and year have it: 29-2-2024, typed in a year without it."""
        if shown.day() < min(self._wanted, shown.daysInMonth()):
            self._show(shown.year(), shown.month(), self._wanted)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the field, then the sign of the calendar."""
        super().paintEvent(event)
        _paint_arrow(self, "vandaag")


def _paint_arrow(widget: QWidget, name: str) -> None:
    size = theme.px(16)
    rect = QRect(widget.width() - size - 10, 0, size, widget.height())
    icons.paint(QPainter(widget), rect, name, "text" if widget.isEnabled() else "disabled", size)


def _label_rect(widget: QWidget) -> QRect:
    left = theme.px(_BOX) + 10
    return QRect(left, 0, widget.width() - left, widget.height())


def _choice_size(text: str) -> QSize:
    width = QFontMetrics(theme.font("body")).horizontalAdvance(text)
    return QSize(theme.px(_BOX) + (12 + width if text else 2), theme.px(28))


class CheckBox(QCheckBox):
    """A box to tick; the whole row takes the click."""

    def __init__(self, text: str = "", *, name: str = "") -> None:
        super().__init__(text)
        self.setAccessibleName(name or text)
        self.setProperty("ring", "tight")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return box and text."""
        return _choice_size(self.text())

    def hitButton(self, pos: object) -> bool:
        """Take a click anywhere on the row."""
        del pos
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box, its check or dash, and the text."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = theme.px(_BOX)
        box = QRect(0, (self.height() - size) // 2, size, size)
        filled = self.checkState() is not Qt.CheckState.Unchecked
        edge = "disabled" if not self.isEnabled() else "accent" if filled else "control"
        painter.setPen(QPen(theme.colour(edge), 1))
        painter.setBrush(theme.colour("accent" if filled and self.isEnabled() else "surface"))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        if self.checkState() is Qt.CheckState.Checked:
            icons.paint(painter, box, "vink", "on_accent" if self.isEnabled() else "disabled", size - 2)
        elif filled:
            painter.setPen(QPen(theme.colour("on_accent"), 2))
            painter.drawLine(box.left() + 5, box.center().y(), box.right() - 4, box.center().y())
        _paint_text(self, painter, self.text())


class RadioButton(QRadioButton):
    """One of several choices."""

    def __init__(self, text: str = "", *, name: str = "") -> None:
        super().__init__(text)
        self.setAccessibleName(name or text)
        self.setProperty("ring", "tight")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return circle and text."""
        return _choice_size(self.text())

    def hitButton(self, pos: object) -> bool:
        """Take a click anywhere on the row."""
        del pos
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the circle, its dot, and the text."""
        del event
        painter = QPainter(self)
        size = theme.px(_BOX)
        paint_radio(painter, QRect(0, (self.height() - size) // 2, size, size), on=self.isChecked())
        _paint_text(self, painter, self.text())


def paint_radio(painter: QPainter, box: QRect, *, on: bool) -> None:
    """Paint a radio button's circle; for delegates too."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    centre, radius = QPointF(QRectF(box).center()), box.width() / 2 - 0.5
    painter.setPen(QPen(theme.colour("accent" if on else "control"), 1))
    painter.setBrush(theme.colour("accent" if on else "surface"))
    painter.drawEllipse(centre, radius, radius)
    if on:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("on_accent"))
        painter.drawEllipse(centre, box.width() / 5, box.width() / 5)


def _paint_text(widget: QWidget, painter: QPainter, text: str) -> None:
    painter.setPen(theme.colour("text" if widget.isEnabled() else "disabled"))
    painter.setFont(theme.font("body"))
    painter.drawText(_label_rect(widget), int(Qt.AlignmentFlag.AlignVCenter), text)


def labelled(label: QLabel, control: QWidget) -> QWidget:
    """Tie a label that stands elsewhere to its control, for mnemonics and screen readers; returns the control."""
    label.setBuddy(control)
    if not control.accessibleName():
        control.setAccessibleName(label.text())
    return control
