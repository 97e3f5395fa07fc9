"""Buttons of every kind, painted from the palette, with room for an icon and a key hint."""

from typing import Final

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from vpdesk.ui import icons, theme
from vpdesk.ui.actions import shown_keys, tooltip

PRIMARY, SECONDARY, QUIET, DANGER, PLAIN = "primary", "secondary", "quiet", "danger", "plain"
_ICON: Final = 16

# kind: fill, outline and ink at rest, under the pointer, pressed
_LOOKS: Final[dict[str, tuple[tuple[str, str, str], ...]]] = {
    PRIMARY: (("accent", "", "on_accent"), ("accent_hover", "", "on_accent"), ("accent_pressed", "", "on_accent")),
    SECONDARY: (("surface", "edge", "text"), ("hover", "edge", "text"), ("selected", "edge", "text")),
    DANGER: (("surface", "danger", "danger"), ("danger_bg", "danger", "danger"), ("danger_bg", "danger", "danger")),
    QUIET: (("", "", "accent"), ("", "", "accent"), ("", "", "accent_pressed")),
    PLAIN: (("", "", "muted"), ("hover", "", "muted"), ("selected", "", "muted")),
    f"{PLAIN} words": (("", "", "muted"), ("", "", "text"), ("", "", "text")),
}
_GAP: Final = 8


class Pushed(QPushButton):
    """A button that Enter pushes as Space does, wherever it stands."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Push with Enter; Ctrl+Enter belongs to the form around it."""
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and plain:
            if not event.isAutoRepeat():
                self.click()
            return
        super().keyPressEvent(event)


class Button(Pushed):
    """A button. `kind`: primary, secondary, quiet (accent text, no outline), plain (muted text), danger.

    `size` is its height: 32, small 28, in the wizard and on the lock screen 36 or 40. Without text it shows its icon
    only and needs a `name` for screen readers, which is its tooltip too.
    """

    def __init__(
        self,
        text: str = "",
        kind: str = SECONDARY,
        *,
        icon: str = "",
        keys: str = "",
        name: str = "",
        size: int = 32,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.kind = kind
        self.icon_name = icon
        self.keys = keys
        self._size = size
        self.setProperty("ring", "outside" if kind in {PRIMARY, SECONDARY, DANGER} else "tight")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAutoDefault(False)
        if name or text:
            self.setAccessibleName(name or text.replace("&&", "&"))
        if name:
            self.setToolTip(name)

    @classmethod
    def of(cls, action: QAction, text: str = "", kind: str = SECONDARY, *, icon: str = "", size: int = 32) -> "Button":
        """Return a button that carries out an action and is on when the action is; shows its shortcut."""
        made = cls(text or action.text(), kind, icon=icon, keys=shown_keys(action), size=size)
        made.setToolTip(tooltip(action))
        made.clicked.connect(action.trigger)
        made.setEnabled(action.isEnabled())
        action.enabledChanged.connect(made.setEnabled)
        return made

    def sizeHint(self) -> QSize:
        """Return the fixed size of the button, grown with the text size."""
        height = theme.px(self._size)
        if not self.text():
            return QSize(height if not self.keys else height + self._keys_width() + _GAP, height)
        side = 2 * self._padding()
        width = side + QFontMetrics(self._font()).horizontalAdvance(self.text())
        if self.icon_name:
            width += theme.px(_ICON) + _GAP
        if self.keys:
            width += self._keys_width() + _GAP
        return QSize(width, height)

    def minimumSizeHint(self) -> QSize:
        """Return the same: text on a button is never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground, icon, text and key hint."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill, edge, ink = self._colours()
        if fill or edge:
            painter.setPen(QPen(theme.colour(edge), 1) if edge else Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(fill) if fill else QColor(Qt.GlobalColor.transparent))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        self._paint_content(painter, ink)

    def _paint_content(self, painter: QPainter, ink: str) -> None:
        size = theme.px(_ICON)
        middle = self.rect()
        if not self.text() and not self.keys:
            icons.paint(painter, middle, self.icon_name, ink, size)
            return
        content = self.sizeHint().width() - 2 * self._padding()
        x = (self.width() - content) // 2
        if self.icon_name:
            icons.paint(painter, QRect(x, 0, size, self.height()), self.icon_name, ink, size)
            x += size + _GAP
        painter.setPen(theme.colour(ink))
        if self.text():
            chosen = self._font()
            if self.kind in {QUIET, PLAIN} and self.underMouse() and self.isEnabled():
                chosen.setUnderline(True)
            painter.setFont(chosen)
            width = painter.fontMetrics().horizontalAdvance(self.text())
            painter.drawText(QRect(x, 0, width + 2, self.height()), int(Qt.AlignmentFlag.AlignVCenter), self.text())
            x += width + _GAP
        if self.keys:
            painter.setFont(theme.font("hint"))
            if self.kind != PRIMARY and self.isEnabled():
                painter.setPen(theme.colour("muted"))
            painter.drawText(
                QRect(x, 0, self.width() - x, self.height()), int(Qt.AlignmentFlag.AlignVCenter), self.keys
            )

    def _colours(self) -> tuple[str, str, str]:
        """Return the tokens of fill, outline and ink; empty for none."""
        if not self.isEnabled():
            plain = self.kind in {QUIET, PLAIN}
            return ("", "", "disabled") if plain else ("sunken", "line", "disabled")
        look = _LOOKS[f"{self.kind} words" if self.kind == PLAIN and self.text() else self.kind]
        return look[2 if self.isDown() else 1 if self.underMouse() else 0]

    def _font(self) -> QFont:
        weight = 600 if self.kind in {PRIMARY, QUIET} else 400
        return QFont(theme.font("body", weight))

    def _padding(self) -> int:
        if self.kind in {QUIET, PLAIN}:
            return 0 if self.text() else 8
        return (18 if self._size >= 40 else 12) if self.text() else 8

    def _keys_width(self) -> int:
        return QFontMetrics(theme.font("hint")).horizontalAdvance(self.keys)


def popup_under(button: QWidget) -> QPoint:
    """Return where a menu opens under a button, in coordinates of the screen."""
    return button.mapToGlobal(QPoint(0, button.height() + 2))
