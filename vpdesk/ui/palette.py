"""The palette: find and do anything by typing; a child of the window, so that it can't outlive a lock."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from vpdesk.domain.errors import VpdeskError
from vpdesk.ui import icons, theme
from vpdesk.ui.actions import Actions, shown_keys
from vpdesk.ui.matching import match
from vpdesk.ui.widgets.cards import Icon
from vpdesk.ui.widgets.chips import chip_width, paint_chip
from vpdesk.ui.widgets.fields import LineEdit
from vpdesk.ui.widgets.keys import paint_key
from vpdesk.ui.widgets.labels import KeyHint, Label, Rule
from vpdesk.ui.widgets.lists import ROW, Index, ListModel, ListRow, show_keyboard_focus
from vpdesk.ui.widgets.messages import announce

WIDTH: Final = 600
_MOST: Final = 6
_WAIT: Final = 60
TOO_EARLY: Final = "kan pas als de casus is afgesloten; Enter leidt naar afsluiten"
_BY_ANOTHER_WORD: Final = 10


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to do or open; `more` stands muted behind the text, `phase` as a chip at the right.

    `also` are other words by which it is found; the one that fits then stands behind the text.
    """

    group: str
    text: str
    run: Callable[[], None]
    icon: str = ""
    more: str = ""
    phase: str = ""
    keys: str = ""
    also: tuple[str, ...] = ()


Found = Callable[[Sequence[Entry]], None]
Source = Callable[[str, Found, Callable[[VpdeskError], None]], None]


def entries_of(actions: Sequence[QAction], about: Actions) -> tuple[Entry, ...]:
    """Return an entry for each command that can be carried out now, or that leads to what has to be done first."""
    entries = tuple(
        Entry(
            "Doen",
            action.text(),
            action.trigger,
            icon=about.icon_of(action),
            keys=shown_keys(action),
            also=about.also_of(action),
        )
        for action in actions
        if action.isEnabled()
    )
    first = about.case_close  # on for a case that is open
    if first.isEnabled() and not about.case_destroy.isEnabled():
        words, also = about.case_destroy.text(), about.also_of(about.case_destroy)
        early = Entry("Doen", words, first.trigger, about.icon_of(about.case_destroy), more=TOO_EARLY, also=also)
        entries = (early, *entries)
    return entries


def _fitting(typed: str, entry: Entry) -> tuple[int, Entry] | None:
    """Return how well an entry fits what is typed, by its text or else by one of its other words; None where not."""
    if found := match(typed, entry.text):
        return found[0], entry
    for word in entry.also:
        if found := match(typed, f"{word} {entry.text}"):
            return _BY_ANOTHER_WORD + found[0], replace(entry, more=entry.more or word)
    return None


class _Delegate(QStyledItemDelegate):
    """Paints group heads and entries, with what was typed semibold and underlined."""

    typed = ""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option
        row: ListRow = index.data(ROW)
        return QSize(WIDTH, theme.px(40 if row.key else 34))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: ListRow = index.data(ROW)
        rect: QRect = option.rect
        painter.save()
        if not isinstance(row.key, Entry):
            painter.setFont(theme.font("small", 600))
            painter.setPen(theme.colour("muted"))
            painter.drawText(rect.adjusted(16, 6, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), row.title)
            painter.restore()
            return
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(rect, theme.colour("selected"))
            painter.fillRect(QRect(rect.x(), rect.y(), 3, rect.height()), theme.colour("accent"))
        self._paint_entry(painter, rect, row.key, chosen=chosen)
        painter.restore()

    def _paint_entry(self, painter: QPainter, rect: QRect, entry: Entry, *, chosen: bool) -> None:
        size = theme.px(20)
        icons.paint(painter, QRect(rect.x() + 16, rect.y(), size, rect.height()), entry.icon, "muted", size)
        right = rect.right() - 16
        if chosen:
            right -= paint_key(painter, rect.adjusted(0, 0, -16, 0), "Enter") + 12
        elif entry.keys:
            painter.setFont(theme.font("hint"))
            painter.setPen(theme.colour("muted"))
            width = painter.fontMetrics().horizontalAdvance(entry.keys)
            painter.drawText(
                QRect(right - width, rect.y(), width + 2, rect.height()),
                int(Qt.AlignmentFlag.AlignVCenter),
                entry.keys,
            )
            right -= width + 12
        if entry.phase:
            width = chip_width(entry.phase, entry.phase)
            paint_chip(painter, QPoint(right - width, rect.center().y() + 1), entry.phase, entry.phase)
            right -= width + 12
        x = self._matched(painter, QRect(rect.x() + 52, rect.y(), right - rect.x() - 52, rect.height()), entry.text)
        if entry.more and x + 12 < right:
            painter.setFont(theme.font("body"))
            painter.setPen(theme.colour("muted"))
            cut = painter.fontMetrics().elidedText(entry.more, Qt.TextElideMode.ElideRight, right - x - 12)
            painter.drawText(
                QRect(x + 12, rect.y(), right - x - 12, rect.height()), int(Qt.AlignmentFlag.AlignVCenter), cut
            )

    def _matched(self, painter: QPainter, rect: QRect, text: str) -> int:
        """Paint a text with its matches marked and return where it ends."""
        found = match(self.typed, text)
        spans = found[1] if found else ()
        x, at = rect.x(), 0
        painter.setPen(theme.colour("text"))
        for start, length in (*spans, (len(text), 0)):
            for piece, marked in ((text[at:start], False), (text[start : start + length], True)):
                if not piece:
                    continue
                painter.setFont(theme.font("body", 600 if marked else 400))
                width = painter.fontMetrics().horizontalAdvance(piece)
                painter.drawText(
                    QRect(x, rect.y(), width + 2, rect.height()), int(Qt.AlignmentFlag.AlignVCenter), piece
                )
                if marked:
                    painter.fillRect(QRect(x, rect.center().y() + theme.px(10), width, 2), theme.colour("accent"))
                x += width
            at = max(at, start + length)
        return x


class Palette(QWidget):
    """Covers its window with a scrim; a field, and below it what was found."""

    def __init__(self, window: QWidget, commands: Callable[[], Sequence[Entry]], source: Source) -> None:
        super().__init__(window)
        self._ground = window
        self._commands, self._source = commands, source
        self._asked = 0
        self._back: QWidget | None = None
        self.field = LineEdit(placeholder="Zoek of doe iets", name="Zoeken in alles wat u kunt doen of openen")
        self.field.setProperty("kind", "bare")
        self.rows = ListModel(self)
        self.list = QListView()
        self.list.setModel(self.rows)
        self._delegate = _Delegate(self.list)
        self.list.setItemDelegate(self._delegate)
        self.list.setAccessibleName("Gevonden")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(self._run)
        self._panel = self._built()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT)
        self._timer.timeout.connect(self._ask)
        self.field.textChanged.connect(self._typed)
        self.field.installEventFilter(self)
        window.installEventFilter(self)
        self.hide()

    def open(self) -> None:
        """Cover the window and take the keyboard."""
        self._back = self.window().focusWidget()
        self.setGeometry(self._ground.rect())
        self.field.clear()
        self._typed("")
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_quietly(self) -> None:
        """Go away and give the keyboard back to where it came from."""
        self.hide()
        if self._back is not None:
            self._back.setFocus(Qt.FocusReason.OtherFocusReason)
            self._back = None

    @property
    def texts(self) -> tuple[str, ...]:
        """What was found, for tests and screen readers."""
        return tuple(row.title for row in self.rows.rows if row.key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk and choose with the keys, and follow the size of the window."""
        if watched is self.field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(Qt.Key(event.key()))
        if watched is self._ground and event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._ground.rect())
        return False

    def resizeEvent(self, event: object) -> None:
        """Keep the panel in the middle."""
        del event
        self._fit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Close on a click beside the panel."""
        if not self._panel.geometry().contains(event.position().toPoint()):
            self.close_quietly()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the scrim."""
        QPainter(self).fillRect(event.rect(), theme.colour("scrim"))

    def _built(self) -> QFrame:
        panel = QFrame(self)
        panel.setProperty("kind", "sheet")
        column = QVBoxLayout(panel)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 16, 10)
        head.setSpacing(12)
        head.addWidget(Icon("zoek", "text"))
        head.addWidget(self.field, 1)
        head.addWidget(KeyHint("Esc"))
        column.addLayout(head)
        column.addWidget(Rule())
        column.addWidget(self.list, 1)
        column.addWidget(Rule())
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 8)
        foot.setSpacing(8)
        for keys, what in (("↑ ↓", "kiezen"), ("Enter", "doen"), ("Esc", "sluiten")):
            foot.addWidget(KeyHint(keys))
            foot.addWidget(Label(what, "small", "muted"))
            foot.addSpacing(8)
        foot.addStretch(1)
        column.addLayout(foot)
        return panel

    def _typed(self, text: str) -> None:
        self._delegate.typed = text
        self._asked += 1
        self._show(self._matching_commands(text))
        if text.strip():
            self._timer.start()
        else:
            self._timer.stop()

    def _matching_commands(self, text: str) -> list[Entry]:
        if not text.strip():
            return list(self._commands())
        scored = [
            (found[0], n, found[1])
            for n, entry in enumerate(self._commands())
            if (found := _fitting(text, entry)) is not None
        ]
        return [entry for _, _, entry in sorted(scored, key=lambda item: item[:2])[:_MOST]]

    def _ask(self) -> None:
        text = self.field.text().strip()
        self._source(text, partial(self._found, self._asked, text), lambda _error: None)

    def _found(self, asked: int, text: str, entries: Sequence[Entry]) -> None:
        if asked == self._asked and self.isVisible():
            self._show([*self._matching_commands(text), *entries])

    def _show(self, entries: Sequence[Entry]) -> None:
        rows: list[ListRow] = []
        group = ""
        for entry in entries:
            if entry.group != group:
                group = entry.group
                rows.append(ListRow(None, group))
            rows.append(ListRow(entry, entry.text, entry.more))
        if not entries:
            rows.append(ListRow(None, f"Niets gevonden voor ‘{self.field.text()}’."))
        self.rows.show_rows(rows)
        self._fit()
        self._choose(next((n for n, row in enumerate(rows) if row.key), -1))

    def _fit(self) -> None:
        width = min(theme.px(WIDTH), self.width() - 32)
        wanted = sum(theme.px(40 if row.key else 34) for row in self.rows.rows) + theme.px(52 + 38) + 4
        top = 84 if self.height() > 560 else 16
        self._panel.setGeometry((self.width() - width) // 2, top, width, min(wanted, self.height() - top - 16))

    def _choose(self, number: int) -> None:
        self.list.setCurrentIndex(self.rows.index(number) if number >= 0 else QModelIndex())
        if number >= 0:
            self.list.scrollTo(self.rows.index(number))
            self.field.setAccessibleDescription(self.rows.rows[number].spoken)
            announce(self.field)

    def _key(self, key: Qt.Key) -> bool:
        if key == Qt.Key.Key_Escape:
            self.close_quietly()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._run(self.list.currentIndex(), by_keyboard=True)
        elif key in {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
            self._walk(-1 if key in {Qt.Key.Key_Up, Qt.Key.Key_Backtab} else 1)
        else:
            return False
        return True

    def _walk(self, step: int) -> None:
        places = [n for n, row in enumerate(self.rows.rows) if row.key]
        if places:
            now = self.list.currentIndex().row()
            at = places.index(now) if now in places else -1
            self._choose(places[(at + step) % len(places)])

    def _run(self, index: QModelIndex, *, by_keyboard: bool = False) -> None:
        if index.isValid() and isinstance(entry := index.data(ROW).key, Entry):
            self.close_quietly()
            if by_keyboard:
                show_keyboard_focus(self)  # what opens then shows where the keyboard is
            entry.run()
