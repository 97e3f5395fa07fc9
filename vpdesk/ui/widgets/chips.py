"""Chips: filters to choose, and states to read, with a shape or icon beside the word."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from vpdesk.domain.phases import Phase
from vpdesk.domain.wording import shortened
from vpdesk.ui import icons, theme
from vpdesk.ui.widgets.buttons import Pushed, popup_under

_KINDS: Final = {
    "neutral": ("muted", "sunken", ""),
    "warning": ("warning", "warning_bg", "let_op"),
    "ok": ("ok", "ok_bg", "vink"),
    "danger": ("danger", "danger_bg", "let_op"),
    "info": ("accent", "info_bg", "info"),
    "practice": ("warning", "warning_bg", "boek"),
}
_GLYPH, _ICON = 10, 16
_WIDEST: Final = 260
_LONGEST: Final = 60  # letters, in the menu


def looks(kind: str) -> tuple[str, str, str]:
    """Return ink, tint and icon of a kind: neutral, warning, ok, danger, info, or the value of a phase."""
    if kind in _KINDS:
        return _KINDS[kind]
    return f"phase_{kind}", f"phase_{kind}_bg", f"fase_{kind}"


def chip_width(text: str, kind: str) -> int:
    """Return the width of a painted status chip."""
    drawing = looks(kind)[2]
    sign = 0 if not drawing else theme.px(_GLYPH if drawing.startswith("fase_") else _ICON) + 6
    return theme.width_of(text, "small", 500) + sign + 2 * _side(drawing)


def _side(drawing: str) -> int:
    return 8 if drawing.startswith("fase_") else 10


def paint_chip(painter: QPainter, at: QPoint, text: str, kind: str) -> None:
    """Paint a status chip with its left edge at `at.x()`, in the middle of `at.y()`; for delegates."""
    ink, tint, drawing = looks(kind)
    height = theme.px(22)
    rect = QRect(at.x(), at.y() - height // 2, chip_width(text, kind), height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(tint))
    painter.drawRoundedRect(QRectF(rect), height / 2, height / 2)
    x = rect.x() + _side(drawing)
    if drawing:
        size = theme.px(_GLYPH if drawing.startswith("fase_") else _ICON)
        icons.paint(painter, QRect(x, rect.y(), size, height), drawing, ink, size)
        x += size + 6
    painter.setFont(theme.font("small", 500))
    painter.setPen(theme.colour(ink))
    painter.drawText(QRect(x, rect.y(), rect.right() - x, height), int(Qt.AlignmentFlag.AlignVCenter), text)
    painter.restore()


class StatusChip(QWidget):
    """A state in words with its sign. `kind`: neutral, warning, ok, danger, info, or the value of a phase."""

    def __init__(self, text: str = "", kind: str = "neutral", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_state(text, kind)

    @classmethod
    def of_phase(cls, phase: Phase, more: str = "") -> "StatusChip":
        """Return the chip of a phase, such as *meldingsfase, dag 17*."""
        return cls(phase.value + more, phase.value)

    def show_state(self, text: str, kind: str) -> None:
        """Change what the chip says."""
        self._text, self._kind = text, kind
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of the words and the sign."""
        return QSize(chip_width(self._text, self._kind), theme.px(22))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the chip."""
        del event
        paint_chip(QPainter(self), QPoint(0, self.height() // 2), self._text, self._kind)


class FilterChip(Pushed):
    """A filter to switch on and off, or, with `choices`, to choose from a menu.

    `chosen(object)` carries the value of the choice; a chip with a choice other than the first looks switched on.
    """

    chosen = Signal(object)
    repeated = Signal()  # what was chosen already was chosen once more

    def __init__(self, text: str, *, icon: str = "", checkable: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.icon_name = icon
        self.has_menu = False
        self._marked = False
        self._was_cut = False
        self.value: object = None
        self.setCheckable(checkable)
        self.setAccessibleName(text)
        self.setProperty("ring", "round")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)

    def offer(self, prefix: str, choices: Sequence[tuple[str, object]], value: object = None) -> None:
        """Let the user choose one of `choices` (word, value); the chip says *prefix: word*, or the word without one."""
        self._prefix, self._choices = prefix, tuple(choices)
        if not self.has_menu:
            self.has_menu = True
            self.clicked.connect(self._open_menu)
        self.set_value(value if value is not None else (self._choices[0][1] if self._choices else None))

    @property
    def offers(self) -> tuple[str, ...]:
        """The words that can be chosen from."""
        return tuple(word for word, _ in self._choices)

    def set_value(self, value: object) -> None:
        """Show a choice as made, without telling."""
        self.value = value
        word = next((text for text, other in self._choices if other == value), "")
        shown = f"{self._prefix}: {word[:1].lower() + word[1:]}" if self._prefix else word
        self._marked = bool(self._prefix) and bool(self._choices) and value != self._choices[0][1]
        self.setText(shown)
        self.setAccessibleName(shown)
        if self.shown_text != shown or self._was_cut:
            self._was_cut = self.shown_text != shown
            self.setToolTip(shown if self._was_cut else "")
        self.updateGeometry()

    @property
    def shown_text(self) -> str:
        """The words as far as they fit: a name of an organisation may be longer than any page is wide."""
        return theme.fitted(self.text(), theme.px(_WIDEST), "body", 600 if self._is_on() else 400)

    def sizeHint(self) -> QSize:
        """Return the size of words and signs."""
        width = theme.width_of(self.shown_text, "body", 600 if self._is_on() else 400)
        signs = (1 if self._left_icon() else 0) + (1 if self.has_menu else 0)
        return QSize(width + 24 + signs * (theme.px(16) + 8), theme.px(28))

    def minimumSizeHint(self) -> QSize:
        """Return the same: the layout never cuts a chip."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint outline, check mark, words and arrow."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on, enabled = self._is_on(), self.isEnabled()
        fill = "selected" if on or self.isDown() else "hover" if self.underMouse() and enabled else "surface"
        ink = "text" if enabled else "disabled"
        painter.setPen(QPen(theme.colour("accent" if on else "edge"), 1))
        painter.setBrush(theme.colour(fill if enabled else "sunken"))
        half = self.height() / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), half - 0.5, half - 0.5)
        size, x = theme.px(16), 12
        if left := self._left_icon():
            icons.paint(painter, QRect(x, 0, size, self.height()), left, ink, size)
            x += size + 8
        painter.setFont(theme.font("body", 600 if on else 400))
        painter.setPen(theme.colour(ink))
        painter.drawText(
            QRect(x, 0, self.width() - x, self.height()), int(Qt.AlignmentFlag.AlignVCenter), self.shown_text
        )
        if self.has_menu:
            icons.paint(painter, QRect(self.width() - 12 - size, 0, size, self.height()), "omlaag", ink, size)

    def nextCheckState(self) -> None:
        """Change the width with the check mark."""
        super().nextCheckState()
        self.updateGeometry()

    def _is_on(self) -> bool:
        return self.isChecked() or self._marked

    def _left_icon(self) -> str:
        return "vink" if self.isChecked() or self._marked else self.icon_name

    def _open_menu(self) -> None:
        menu = QMenu(self)
        for text, value in self._choices:
            action = menu.addAction(shortened(text, _LONGEST))
            action.setCheckable(True)
            action.setChecked(value == self.value)
            action.triggered.connect(self._choosing(value))
        menu.popup(popup_under(self))

    def _choosing(self, value: object) -> Callable[[], None]:
        def choose() -> None:
            if value != self.value:
                self.set_value(value)
                self.chosen.emit(value)
            else:
                self.repeated.emit()

        return choose
