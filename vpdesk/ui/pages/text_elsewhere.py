"""What is said and offered when the vault can't take a text: try again, or keep it encrypted on another disk."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from vpdesk.domain.cases import Draft
from vpdesk.domain.errors import VpdeskError
from vpdesk.operations import conversations, elsewhere
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context, PageName, Place
from vpdesk.ui.models.drafts import TALK, TalkDraft, new_key
from vpdesk.ui.widgets.buttons import Button
from vpdesk.ui.widgets.file_dialogs import ask_file, ask_folder
from vpdesk.ui.widgets.messages import Message

if TYPE_CHECKING:
    from datetime import datetime

    from vpdesk.operations.vaults import Vault

STILL_HERE: Final = "Uw tekst is nog niet bewaard en staat alleen in dit venster."
KINDS: Final = f"Tekst van vpdesk (*{elsewhere.SUFFIX})"
FETCH: Final = "Elders bewaarde tekst ophalen…"
ELSEWHERE: Final = "Versleuteld ergens anders bewaren…"
FOLDER: Final = "Map op een andere schijf of een stick"


class NotKept(QWidget):
    """Stays above the text for as long as the vault has not taken it.

    `draft` gives its key and form, then what tells one text from another; `kept` holds that of the one safe elsewhere.
    """

    def __init__(self, context: Context, draft: Callable[[], tuple[tuple[str, str], str]]) -> None:
        super().__init__()
        self.kept = ""
        self._context, self._draft = context, draft
        self.again = Button("Opnieuw proberen", size=28)
        self.elsewhere = Button(ELSEWHERE, size=28)
        self.message = Message("", "danger")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 10, 24, 10)
        column.setSpacing(8)
        column.addWidget(self.message)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.again)
        row.addWidget(self.elsewhere)
        row.addStretch(1)
        column.addLayout(row)
        self.elsewhere.clicked.connect(self._choose)
        self.hide()

    def say(self, error: VpdeskError) -> None:
        """Say why, and that the text is still there."""
        self.message.show_text(error.sentence, "danger", start=STILL_HERE)
        self.show()

    def forget(self) -> None:
        """Another text stands there, or this one is in the vault."""
        self.kept = ""
        self.hide()

    def keep_in(self, folder: Path) -> None:
        """Keep the text encrypted in a folder, and say how it comes back."""
        (key, written), words = self._draft()
        now = self._context.clock()

        def done(path: Path) -> None:
            self.kept = words
            self.message.show_text(
                f"{path}. Alleen deze kluis kan dat bestand openen. Is er weer ruimte, kies dan in het menu Bestand "
                f"‘{FETCH}’. De tekst blijft ook hier staan.",
                "ok",
                start="Uw tekst staat versleuteld in",
            )

        self._context.worker.run(
            lambda vault: elsewhere.save_elsewhere(vault, folder=folder, key=key, text=written, now=now),
            done,
            self.say,
        )

    def _choose(self) -> None:
        folder = ask_folder(self, FOLDER)
        if folder is not None:
            self.keep_in(folder)


def ask(context: Context, parent: QWidget) -> None:
    """Ask for the file of a text that was kept elsewhere, and take it back."""
    path = ask_file(parent, FETCH.removesuffix("…"), KINDS)
    if path is not None:
        fetch(context, path)


def fetch(context: Context, path: Path) -> None:
    """Take a text back into the vault and show it; another draft in its place stays."""

    def taken(draft: Draft) -> None:
        context.changes.tell(Topic.DRAFTS, Topic.CONVERSATIONS)
        context.navigate(Place(PageName.GESPREK, text=draft.key))
        context.message("Uw tekst staat weer in de kluis, als concept. Het bestand hebt u niet meer nodig.")

    context.worker.run(partial(_take_back, path=path, now=context.clock()), taken, context.failed)


def _take_back(vault: "Vault", *, path: Path, now: "datetime") -> Draft:
    draft = elsewhere.read_elsewhere(vault, path)
    if not draft.key.startswith(TALK):  # of another field, which may hold another text by now: a conversation can
        draft = Draft(new_key(), TalkDraft.read(draft).written(), draft.saved)
    there = conversations.draft(vault, draft.key)
    if there is not None and there.text != draft.text:
        draft = replace(draft, key=new_key())
    return conversations.save_draft(vault, key=draft.key, text=draft.text, now=now)
