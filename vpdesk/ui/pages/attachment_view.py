"""Shows an attachment from memory, text, image or PDF, in a plain window that closes when vpdesk locks."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImageReader, QPixmap, QResizeEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from vpdesk.domain.attachments import Attachment, Look, look_of, text_of
from vpdesk.domain.errors import VpdeskError
from vpdesk.operations import attachments
from vpdesk.ui import theme
from vpdesk.ui.context import Context
from vpdesk.ui.widgets.buttons import Button
from vpdesk.ui.widgets.labels import Label
from vpdesk.ui.widgets.messages import Message
from vpdesk.ui.widgets.preview import PageView
from vpdesk.ui.widgets.writing import PlainText

if TYPE_CHECKING:
    from vpdesk.operations.vaults import Vault

_MOST_PICTURE: Final = 256  # megabytes of a decoded image
NOT_SHOWN: Final = (
    "Dit soort bestand kan vpdesk niet tonen. Het staat goed in de kluis. Exporteer het alleen als u het echt in een "
    "ander programma moet openen."
)


class _Picture(QScrollArea):
    """An image as wide as there is room for, never larger than it is."""

    def __init__(self, picture: QPixmap) -> None:
        super().__init__()
        self._picture = picture
        self._label = QLabel()
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._label.setAccessibleName("Afbeelding")
        self.setWidget(self._label)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setAccessibleName("Afbeelding")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the image to the width."""
        super().resizeEvent(event)
        width = min(self.viewport().width(), self._picture.width())
        smooth = Qt.TransformationMode.SmoothTransformation
        self._label.setPixmap(self._picture.scaledToWidth(max(1, width), smooth))


class AttachmentView(QDialog):
    """The window; its title says nothing about what is in it."""

    def __init__(self, context: Context, parent: QWidget, kept: Attachment) -> None:
        super().__init__(parent)
        self.setWindowTitle("vpdesk")
        self.setAccessibleName("Bijlage")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        room = self.screen().availableGeometry().size()
        self.resize(min(theme.px(860), room.width() - 40), min(theme.px(680), room.height() - 80))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 16, 20, 16)
        outer.setSpacing(12)
        outer.addWidget(Label(kept.name, "section", wraps=True))
        self._place = QVBoxLayout()
        outer.addLayout(self._place, 1)
        self._foot = QHBoxLayout()
        self._foot.setSpacing(12)
        self._foot.addStretch(1)
        self.close_button = Button("Sluiten")
        self.close_button.clicked.connect(self.reject)
        self._foot.addWidget(self.close_button)
        outer.addLayout(self._foot)
        self.shown: QWidget | None = None
        number = kept.id

        def asked(vault: "Vault") -> bytes:
            return attachments.read_attachment(vault, number)[1]

        context.worker.run(asked, self._show, self._failed)

    def _failed(self, error: VpdeskError) -> None:
        self._put(Message(error.sentence, "danger"))

    def _show(self, content: bytes) -> None:
        shown: QWidget | None = None
        match look_of(content):
            case Look.TEKST:
                shown = self._text(text_of(content) or "")
            case Look.BEELD:
                shown = self._picture(content)
            case Look.PDF:
                shown = self._pdf(content)
        self._put(shown or Message(NOT_SHOWN, "info"))

    def _put(self, shown: QWidget) -> None:
        self.shown = shown
        self._place.addWidget(shown, 0 if isinstance(shown, Message) else 1)
        if isinstance(shown, Message):
            self._place.addStretch(1)
            self.close_button.setFocus()
        else:
            shown.setFocus()

    def _text(self, words: str) -> QWidget:
        text = PlainText(words)
        text.setReadOnly(True)
        text.setAccessibleName("Tekst van de bijlage")
        return text

    def _picture(self, content: bytes) -> QWidget | None:
        data = QByteArray(content)
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        QImageReader.setAllocationLimit(_MOST_PICTURE)
        reader = QImageReader(buffer)
        reader.setAutoTransform(True)
        image = reader.read()
        return None if image.isNull() else _Picture(QPixmap.fromImage(image))

    def _pdf(self, content: bytes) -> QWidget | None:
        view = PageView()
        view.setAccessibleName("Bladzijde van de bijlage")
        view.set_true_colours(true_colours=True)
        view.load(content)
        if not view.pages:
            view.deleteLater()
            return None
        before, after = Button("Vorige"), Button("Volgende")
        at = Label("", "small", "muted")

        def turned(page: int, pages: int) -> None:
            at.setText(f"Bladzijde {page} van {pages}")
            before.setEnabled(page > 1)
            after.setEnabled(page < pages)

        view.turned.connect(turned)
        before.clicked.connect(lambda: view.show_page(view.page - 1))
        after.clicked.connect(lambda: view.show_page(view.page + 1))
        turned(view.page, view.pages)
        for place, widget in enumerate((before, after, at)):
            self._foot.insertWidget(place, widget)
        return view
