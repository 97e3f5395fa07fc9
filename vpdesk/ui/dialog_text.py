"""What is typed in a dialog when the window locks: kept as a draft where the dialog allows, and offered back."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from vpdesk.domain.cases import Draft
from vpdesk.operations import conversations
from vpdesk.ui.models.drafts import TalkDraft
from vpdesk.ui.pages.page import Unkept
from vpdesk.ui.widgets.buttons import QUIET, Button
from vpdesk.ui.widgets.fields import KEPT_NOWHERE, ComboBox, DateEdit
from vpdesk.ui.widgets.form import FormDialog, Sent
from vpdesk.ui.widgets.writing import PlainText

if TYPE_CHECKING:
    from vpdesk.operations.vaults import Vault
    from vpdesk.ui.desk import Desk

_KEY: Final = "dialoog:"
STOOD: Final = "Toen vpdesk dichtging, stond er tekst in een klein venster. Die tekst is bewaard."


def typed_in_dialog(window: QWidget) -> bool:
    """Return whether a window beside this one holds text that a user typed or changed, and that nobody keeps."""
    kept = (dialog for dialog, _ in _kept())
    others = {other for other in QApplication.topLevelWidgets() if other is not window and other.isVisible()}
    return any(_typed(field) for other in others.difference(kept) for field in other.findChildren(QWidget))


def drafts_of_dialogs(now: datetime) -> tuple[tuple[str, str], ...]:
    """Return key and form of what is typed in dialogs that let it be kept; that of a case goes when the case does."""
    return tuple(draft for draft, sent in _drafts(now) if sent is None)


def sent_by_dialogs(now: datetime) -> "tuple[Unkept, ...]":
    """Return the same of dialogs whose verb was pressed: a text only where the vault did not do what it says."""
    return tuple(Unkept(partial(_unless_arrived, sent, draft, now), draft[1]) for draft, sent in _drafts(now) if sent)


def offer_back(desk: "Desk") -> None:
    """Say above the pages that such a text is there, with the way to read it."""

    def show(drafts: tuple[Draft, ...]) -> None:
        for draft in drafts:
            _Offer(desk, draft.key)

    desk.context.worker.run(_left, show, desk.show_failure)


class _Offer(QObject):
    def __init__(self, desk: "Desk", key: str) -> None:
        super().__init__(desk)
        self._desk, self._key = desk, key
        button = Button("Tekst bekijken", size=28)
        self._message = desk.add_notice(STOOD, "info", button)
        button.clicked.connect(self._read)

    def _read(self) -> None:
        run = self._desk.context.worker.run
        run(partial(conversations.draft, key=self._key), self._show, self._desk.show_failure)

    def _show(self, draft: Draft | None) -> None:
        if draft is None:  # its case was destroyed meanwhile
            self._message.deleteLater()
            return
        dialog = TextDialog(self._desk, TalkDraft.read(draft).text)
        dialog.away.clicked.connect(dialog.accept)
        dialog.away.clicked.connect(self._drop)
        dialog.open()

    def _drop(self) -> None:
        drop = partial(conversations.drop_draft, key=self._key)
        self._desk.context.worker.run(drop, lambda _: self._message.deleteLater(), self._desk.show_failure)


class TextDialog(FormDialog):
    """Shows the text, to be copied and put where it belongs; *Weggooien* ends it."""

    def __init__(self, parent: QWidget, text: str) -> None:
        super().__init__(
            parent, "Tekst uit een klein venster", "Kopiëren", text="Zet de tekst op haar plaats en gooi haar dan weg."
        )
        self.text = PlainText(text)
        self.text.setAccessibleName("Bewaarde tekst")
        self.text.setReadOnly(True)
        self.away = Button("Weggooien", QUIET, size=28)
        self.back.setText("Sluiten")
        self.back.setAccessibleName("Sluiten")
        self.body.addWidget(self.text)
        self.body.addWidget(self.away)
        self.verb.clicked.connect(self._copy)

    def _copy(self) -> None:
        self.text.selectAll()
        self.text.copy()


def _kept() -> Iterator[tuple[FormDialog, str]]:
    for dialog in QApplication.topLevelWidgets():
        if isinstance(dialog, FormDialog) and dialog.keeps_text and (dialog.isVisible() or dialog.on_its_way):
            fields = [field for field in dialog.findChildren(QWidget) if _typed(field)]
            lines = {f"{_name(field)}: {_text(field)}": None for field in fields}  # an editable choice has two fields
            if lines:
                yield dialog, "\n".join((dialog.accessibleName(), *lines))


def _drafts(now: datetime) -> Iterator[tuple[tuple[str, str], Sent | None]]:
    for number, (dialog, text) in enumerate(_kept()):
        form = TalkDraft(text, now.date(), case=dialog.about, belongs=dialog.goes_with).written()
        yield (f"{_KEY}{now.isoformat()}-{number}", form), dialog.on_its_way


def _unless_arrived(sent: Sent, draft: tuple[str, str], now: datetime, vault: "Vault") -> None:
    if not sent.arrived:
        conversations.save_drafts(vault, (draft,), now=now)


def _typed(field: QWidget) -> bool:
    if field.property(KEPT_NOWHERE):
        return False
    if isinstance(field, (ComboBox, DateEdit)):
        return field.touched
    if isinstance(field, QLineEdit):
        return field.isModified() and bool(field.text())
    if isinstance(field, (QPlainTextEdit, QTextEdit)):
        return field.document().isModified() and bool(field.toPlainText())
    return False


def _name(field: QWidget) -> str:
    """Return what a field is called; the line inside a date or a choice bears the name of the whole."""
    around = field.parentWidget()
    return field.accessibleName() or ("" if around is None else around.accessibleName())


def _text(field: QWidget) -> str:
    if isinstance(field, QLineEdit):
        return field.text()
    if isinstance(field, ComboBox):
        return field.currentText()
    if isinstance(field, DateEdit):
        return field.text()
    return field.toPlainText() if isinstance(field, (QPlainTextEdit, QTextEdit)) else ""


def _left(vault: "Vault") -> tuple[Draft, ...]:
    return tuple(draft for draft in conversations.drafts(vault) if draft.key.startswith(_KEY))
