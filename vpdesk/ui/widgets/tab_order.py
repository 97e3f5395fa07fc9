"""Where Tab leads among controls that are made later than what stands below them: in the order of the eye."""

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget


def follow_on(before: QWidget, made: Iterable[QWidget]) -> None:
    """Let Tab go from `before` through each of these, and then on to what came after `before`.

    All must stand in the same window, or in none yet together with `before`; Qt would put them last by itself.
    """
    for control in made:
        QWidget.setTabOrder(before, control)
        before = control
