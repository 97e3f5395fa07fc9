"""The checklist of a phase: each item not yet, done or not needed; it helps remember and never blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from vpdesk.domain.checklists import CheckedItem, ItemState, Who
from vpdesk.ui import theme
from vpdesk.ui.models.case_table import day_short
from vpdesk.ui.widgets.fields import CheckBox
from vpdesk.ui.widgets.labels import Label

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtGui import QKeyEvent, QMouseEvent

_BOX: Final = {
    ItemState.NOG_NIET: Qt.CheckState.Unchecked,
    ItemState.GEDAAN: Qt.CheckState.Checked,
    ItemState.NIET_NODIG: Qt.CheckState.PartiallyChecked,
}
_STATE: Final = {box: state for state, box in _BOX.items()}


class _Box(CheckBox):
    """A box with three states: Space ticks, N says that the item is not needed, P that the person chose or did it."""

    turned = Signal()

    def nextCheckState(self) -> None:
        """Tick or untick; a dash becomes a tick."""
        done = self.checkState() is Qt.CheckState.Checked
        self.setCheckState(Qt.CheckState.Unchecked if done else Qt.CheckState.Checked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Set or take away the dash on N."""
        if event.key() == Qt.Key.Key_N and not event.modifiers():
            dash = self.checkState() is Qt.CheckState.PartiallyChecked
            self.setCheckState(Qt.CheckState.Unchecked if dash else Qt.CheckState.PartiallyChecked)
        elif event.key() == Qt.Key.Key_P and not event.modifiers():
            self.turned.emit()
        else:
            super().keyPressEvent(event)


class _Text(Label):
    """The words beside a box; a click on them ticks."""

    clicked = Signal()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tick when the pointer is let go over the words."""
        if self.rect().contains(event.position().toPoint()):
            self.clicked.emit()
        super().mouseReleaseEvent(event)


class _Row(QWidget):
    changed = Signal(str, object, object)  # code, ItemState, Who

    def __init__(self, checked: CheckedItem, today: date, *, asks_who: bool) -> None:
        super().__init__()
        self.code = checked.item.code
        self.box = _Box(name=checked.item.text)
        self.box.setTristate(True)
        self.box.setCheckState(_BOX[checked.state])
        self._who = checked.who
        done = checked.state is ItemState.GEDAAN
        by = f", door {checked.who.value}" if done and checked.who is not Who.ONBEKEND else ""
        self.box.setAccessibleDescription(f"{checked.state.value}{by}")
        keys = " · P: de persoon koos of deed dit" if asks_who else ""
        self.box.setToolTip(f"Spatie: gedaan · N: niet nodig{keys}")
        self.box.setFixedSize(QSize(28, 28))
        self.box.checkStateChanged.connect(self._told)
        if asks_who:
            self.box.turned.connect(self._turn)
        not_needed = checked.state is ItemState.NIET_NODIG
        text = _Text(checked.item.text, ink="muted" if not_needed else "text", wraps=True)
        text.setContentsMargins(0, 4, 0, 0)
        text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        text.clicked.connect(self.box.click)
        when = _Text(self._when(checked, today), "small", "muted")
        when.setAlignment(Qt.AlignmentFlag.AlignRight)
        when.setContentsMargins(0, 5, 0, 0)
        if done and asks_who:
            when.setToolTip("Klik: wie koos of deed dit, u of de persoon")
            when.clicked.connect(self._turn)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        line.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(text, 1, Qt.AlignmentFlag.AlignTop)
        line.addWidget(when, 0, Qt.AlignmentFlag.AlignTop)
        theme.measure(self, "setMinimumHeight", 30)

    @staticmethod
    def _when(checked: CheckedItem, today: date) -> str:
        if checked.state is ItemState.NIET_NODIG:
            return "niet nodig"
        if checked.on is None or checked.state is not ItemState.GEDAAN:
            return ""
        return "\n".join(filter(None, (day_short(checked.on, today), checked.who.value)))

    def _told(self, box: Qt.CheckState) -> None:
        self.changed.emit(self.code, _STATE[box], Who.U)

    def _turn(self) -> None:
        """Say that the other of the two chose or did it; it is done then."""
        turned = Who.U if self._who is Who.PERSOON else Who.PERSOON
        self.changed.emit(self.code, ItemState.GEDAAN, turned)


class CheckList(QWidget):
    """The rows of a list; `changed(code, state, who)` asks for a state to be kept."""

    changed = Signal(str, object, object)

    def __init__(self, parent: QWidget | None = None, *, asks_who: bool = True) -> None:
        super().__init__(parent)
        self._asks_who = asks_who
        self._rows: list[_Row] = []
        self._heads: list[Label] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)

    def show_items(self, items: tuple[CheckedItem, ...], today: date) -> None:
        """Show items anew; the keyboard stays on the item where it was."""
        focused = next((row.code for row in self._rows if row.box.hasFocus()), None)
        for part in (*self._rows, *self._heads):
            self._column.removeWidget(part)
            part.deleteLater()
        self._heads = []
        self._rows = [_Row(item, today, asks_who=self._asks_who) for item in items]
        for item, row in zip(items, self._rows, strict=True):
            if item.item.relay and not self._heads:
                self._heads = [Label("Als u doorgeefluik bent", "label", "muted")]
                self._heads[0].setContentsMargins(0, 8, 0, 2)
                self._column.addWidget(self._heads[0])
            row.changed.connect(self.changed)
            self._column.addWidget(row)
            if row.code == focused:
                row.box.setFocus()

    def boxes(self) -> tuple[CheckBox, ...]:
        """Return the boxes in order."""
        return tuple(row.box for row in self._rows)
