"""Whether something was typed in a dialog that nobody keeps: a lock takes dialogs away, and says so."""

from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget


def typed_in_dialog(window: QWidget) -> bool:
    """Return whether a window beside this one holds text that a user typed or changed."""
    others = [other for other in QApplication.topLevelWidgets() if other is not window and other.isVisible()]
    return any(_typed(field) for other in others for field in other.findChildren(QWidget))


def _typed(field: QWidget) -> bool:
    if isinstance(field, QLineEdit):
        return field.isModified() and bool(field.text())
    if isinstance(field, (QPlainTextEdit, QTextEdit)):
        return field.document().isModified() and bool(field.toPlainText())
    return False
