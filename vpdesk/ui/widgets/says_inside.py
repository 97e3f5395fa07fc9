"""A form that stays open while things are done in it, and says there what was done, with the way back."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut

from vpdesk.ui.context import Context
from vpdesk.ui.widgets.form import FormDialog
from vpdesk.ui.widgets.messages import Toast


class SaysInside(FormDialog):
    """What is said in it stands above its buttons: the line of the window lies behind the form.

    `outside` is the context of whoever opened it, who says on what still stands there when the form goes.
    """

    outside: Context
    said: Toast

    def saying_inside(self, context: Context) -> Context:
        """Return the context to use in this form, through which messages stand in it; for once, at the start."""
        self.outside = context
        self.said = Toast(self)
        self._outer.insertWidget(self._outer.count() - 1, self.said)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self, self.said.undo)
        return replace(context, message=self.say)

    def say(self, text: str, *, undo: Callable[[], None] | None = None) -> None:
        """Say it here, and where the form is gone already outside."""
        if self.isVisible():
            self.said.say(text, undo=undo)
            self.fit()
        else:
            self.outside.message(text, undo=undo)

    def hideEvent(self, event: QHideEvent) -> None:
        """Hand on what is still to be read, and can still be taken back."""
        self.said.hand_on(self.outside.message)
        super().hideEvent(event)
