"""Takes out what a layout shows."""

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout


def clear(layout: QGridLayout | QVBoxLayout | QHBoxLayout) -> None:
    """Take all widgets out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)  # type: ignore[arg-type]
