"""The logo of an organisation: chosen from a file, seen as the cover shows it, kept or taken away."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QWidget

from vpdesk.domain.clients import Client
from vpdesk.operations.report_logo import keep_logo, kept_logo, read_logo
from vpdesk.ui import theme
from vpdesk.ui.widgets.buttons import Button
from vpdesk.ui.widgets.file_dialogs import LOGOS, ask_file
from vpdesk.ui.widgets.form import FormDialog
from vpdesk.ui.widgets.labels import Label

if TYPE_CHECKING:
    from vpdesk.domain.errors import VpdeskError
    from vpdesk.ui.context import Context

_ABOUT: Final = (
    "Het logo staat rechts op het voorblad van alle verslagen van deze organisatie, nooit groter dan 45 bij 20 mm. "
    "vpdesk bewaart het in de kluis, zonder wat het bestand verder vertelt. Wat al is uitgegeven, verandert niet."
)
_NONE: Final = "Nog geen logo. Kies een PNG of JPEG van hoogstens 5 MB."
_ROOM: Final = (270, 120)  # the shape of the room on the cover
_AROUND: Final = 12


def ask_logo(context: "Context", parent: QWidget, client: Client, then: Callable[[], None]) -> None:
    """Ask for the logo of an organisation; `then` follows once it is kept."""
    context.worker.run(
        partial(kept_logo, client_id=client.id),
        lambda png: LogoDialog(context, parent, client, png, then).open(),
        context.failed,
    )


class LogoView(QWidget):
    """A logo on white paper, as on the cover; empty without one."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._picture = QPixmap()
        self._name = name
        self.setFixedSize(theme.px(_ROOM[0] + 2 * _AROUND), theme.px(_ROOM[1] + 2 * _AROUND))

    def show_png(self, png: bytes | None) -> None:
        """Show a logo, or nothing."""
        self._picture = QPixmap()
        if png is not None:
            self._picture.loadFromData(png)
        self.setAccessibleName(f"Logo van {self._name}" if png is not None else "Geen logo")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the paper and the logo."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), theme.colour("line"))
        painter.fillRect(self.rect().adjusted(1, 1, -1, -1), QColor(Qt.GlobalColor.white))
        if self._picture.isNull():
            return
        room = QSize(theme.px(_ROOM[0]), theme.px(_ROOM[1]))
        size = self._picture.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (self.width() - size.width()) // 2, (self.height() - size.height()) // 2
        painter.drawPixmap(left, top, size.width(), size.height(), self._picture)


class LogoDialog(FormDialog):
    """What is chosen is shown first, and kept by the verb."""

    def __init__(
        self, context: "Context", parent: QWidget, client: Client, png: bytes | None, then: Callable[[], None]
    ) -> None:
        super().__init__(parent, "Logo", "Bewaren", text=_ABOUT)
        self._context, self._client, self._then = context, client, then
        self._before = self.png = png
        self.view = LogoView(client.name)
        self.said = Label("", "small", "muted", wraps=True)
        self.choose = Button("Bestand kiezen…", size=28)
        self.remove = Button("Weghalen", size=28)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.choose)
        row.addWidget(self.remove)
        row.addStretch(1)
        self.body.addWidget(self.view, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.said)
        self.body.addLayout(row)
        self.choose.clicked.connect(self._ask)
        self.remove.clicked.connect(self._remove)
        self.verb.clicked.connect(self._keep)
        self._show(png)
        self.choose.setFocus()

    def take(self, path: Path) -> None:
        """Read a logo from a file, beside the vault, and show it."""
        self.choose.setEnabled(False)
        self._context.worker.aside(lambda: read_logo(path), self._read, self._not_read)

    def _ask(self) -> None:
        path = ask_file(self, "Logo kiezen", LOGOS)
        if path is not None:
            self.take(path)

    def _read(self, png: bytes) -> None:
        self.choose.setEnabled(True)
        self.say_wrong("")
        self._show(png)
        self.verb.setFocus()

    def _not_read(self, error: "VpdeskError") -> None:
        self.choose.setEnabled(True)
        self.failed(error)
        self.verb.setEnabled(self.png != self._before)
        self.choose.setFocus()

    def _remove(self) -> None:
        self.say_wrong("")
        self._show(None)
        self.choose.setFocus()

    def _show(self, png: bytes | None) -> None:
        self.png = png
        self.view.show_png(png)
        self.said.setText(_NONE if png is None else "Zo komt het op het voorblad, op wit papier.")
        self.remove.setEnabled(png is not None)
        self.verb.setEnabled(png != self._before)

    def _keep(self) -> None:
        self._context.worker.run(
            self.sending(partial(keep_logo, client_id=self._client.id, png=self.png)),
            lambda _: self._kept(),
            self.failed,
        )

    def _kept(self) -> None:
        self.accept()
        self._context.message("Het logo staat op het voorblad." if self.png is not None else "Het logo is weg.")
        self._then()
