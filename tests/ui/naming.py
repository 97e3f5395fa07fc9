"""What a screen reader has no name for, or only the example that stands in the field."""

from __future__ import annotations

from collections import Counter
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QTextEdit,
    QWidget,
)

FIELDS: Final = (QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox)


def nameless(root: QWidget, *, hidden: bool = False) -> list[str]:
    """Return the controls that can have the keyboard and say nothing, or only the example that stands in them.

    Parts of a composed control speak through the whole. With `hidden` also those that are not shown yet.
    """
    found = []
    for widget in root.findChildren(QWidget):
        if not (hidden or widget.isVisible()) or widget.focusPolicy() == Qt.FocusPolicy.NoFocus:
            continue
        parent = widget.parentWidget()
        if isinstance(parent, (QAbstractScrollArea, QAbstractSpinBox, QComboBox)) or isinstance(widget, QScrollBar):
            continue
        if widget.objectName().startswith("qt_") or widget.window() is not root.window():  # in what drops down
            continue
        name, example = widget.accessibleName().strip(), getattr(widget, "placeholderText", str)()
        if not name or (isinstance(widget, FIELDS) and name == example.strip()):
            found.append(f"{type(widget).__name__} ({example}) in {type(parent).__name__}")
    return found


def named_alike(root: QWidget) -> list[str]:
    """Return the names that two fields share which are shown at once."""
    fields = [widget for widget in root.findChildren(QWidget) if isinstance(widget, FIELDS) and widget.isVisible()]
    outer = [widget for widget in fields if not isinstance(widget.parentWidget(), (QAbstractSpinBox, QComboBox))]
    names = Counter(widget.accessibleName() for widget in outer)
    return [name for name, number in names.items() if number > 1]
