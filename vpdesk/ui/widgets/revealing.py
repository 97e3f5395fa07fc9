"""Keeps the chosen row in sight where a list is as high as its rows, so that the page scrolls and not the list."""

from typing import Final

from PySide6.QtWidgets import QAbstractItemView, QScrollArea

from vpdesk.ui import theme

_AROUND: Final = 12


def reveal_row(view: QAbstractItemView) -> None:
    """Scroll what the list stands in until its current row is seen, if it has the keyboard: a key acts on that row."""
    if view.window().focusWidget() is not view:
        return
    above = view.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(view, 0, theme.px(_AROUND))  # of a view Qt takes the current row
        above = above.parentWidget()
