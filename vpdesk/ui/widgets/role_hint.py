"""Offers help on the role where something is typed that an advisor does not do; it never stands in the way."""

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from vpdesk.domain.role_help import role_help
from vpdesk.ui.widgets.messages import Message


class RoleHint(Message):
    """Hidden until one of the watched fields names such a thing; `grew` runs when it appears."""

    def __init__(self, grew: Callable[[], None], *fields: QLineEdit | QPlainTextEdit) -> None:
        super().__init__("", "info", start="Past dit bij uw rol?")
        self._grew = grew
        self._fields = fields
        self._said = ""
        for field in fields:
            field.textChanged.connect(lambda *_: self._look())
        self.hide()

    def _look(self) -> None:
        texts = (field.text() if isinstance(field, QLineEdit) else field.toPlainText() for field in self._fields)
        found = next((help_ for text in texts if (help_ := role_help(text)) is not None), None)
        said = "" if found is None else found.text
        if said != self._said:
            self._said = said
            self.setVisible(bool(said))
            if said:
                self.show_text(said, "info", start="Past dit bij uw rol?")
                self._grew()
