"""What is being typed on the page of a conversation: kept within two seconds, and never let go before it is."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from vpdesk.domain.cases import Conversation, Draft
from vpdesk.domain.errors import NotFoundError, VaultError, VpdeskError
from vpdesk.domain.markup import escaped
from vpdesk.operations import conversations
from vpdesk.ui.context import Context
from vpdesk.ui.models.drafts import TalkDraft, new_key
from vpdesk.ui.pages.conversation_sheet import ConversationSheet
from vpdesk.ui.pages.today_cards import SAVING

if TYPE_CHECKING:
    from vpdesk.domain.ids import CallBackId, CaseId


class ConversationKeeping(ConversationSheet):
    """The text and the chips of the page as a draft, and as the conversation that they make."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.talk: Conversation | None = None
        self.key = new_key()
        """The place under which the draft lies in the vault; every new conversation has one of its own."""
        self._case: CaseId | None = None
        self._call_back: CallBackId | None = None
        self._reporting = False
        self._loading = False
        self._dirty = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVING)
        self._timer.timeout.connect(self.save_draft)

    def _forget(self) -> None:
        """Let go of the text, which is kept or no longer wanted."""
        raise AssertionError("the page knows what follows")

    def unsaved(self) -> tuple[str, str] | None:
        """Return the draft that is not in the vault yet."""
        draft, form = self._written()
        return draft if self._dirty and self._has_text and form != self.not_kept.kept else None

    @property
    def _has_text(self) -> bool:
        return self.writing.has_text or self.panel.has_text

    def _written(self) -> tuple[tuple[str, str], str]:
        form = self._draft().written()
        return (self.key, form), form

    def save_draft(self) -> None:
        """Keep what is typed, within two seconds of the key press."""
        self._timer.stop()
        if not self._dirty:
            return
        if not self._has_text:
            key = self.key
            self._dirty = False
            self._saved.setText("")
            self.context.worker.run(
                lambda vault: conversations.drop_draft(vault, key=key), lambda _: None, self.context.failed
            )
            return
        self._keep(self._say_saved)

    def _keep_then(self, go_on: Callable[[], None]) -> None:
        """Go on once nothing is here that the vault does not have; where it takes nothing, stay."""
        self._timer.stop()
        if self.unsaved() is None:
            go_on()
        else:
            self._keep(lambda _: self._keep_then(go_on))  # more may be typed while the vault is busy

    def _keep(self, done: Callable[[Draft], None]) -> None:
        """Write the draft; until the vault has it, it counts as unsaved."""
        key, text, now = self.key, self._draft().written(), self.context.clock()

        def kept(draft: Draft) -> None:
            if (self.key, self._draft().written()) == (key, text):
                self._dirty = False
            self.not_kept.forget()
            done(draft)

        self.context.worker.run(
            lambda vault: conversations.save_draft(vault, key=key, text=text, now=now), kept, self.not_taken
        )

    def _changed(self) -> None:
        if self._loading:
            return
        if self._has_text:
            self._offered.hide()  # it stays on Vandaag
        self._dirty = True
        if not self._timer.isActive():
            self._timer.start()

    def _set_text(self, text: str, marked: bool = False) -> None:
        self._loading = True
        self.writing.set_text(text, marked=marked)
        self._loading = False
        self._dirty = False

    def _draft(self) -> TalkDraft:
        draft = TalkDraft(
            text=self.writing.whole_text(),
            marked=True,
            on=self.day.day,
            channel=str(self.channel.value),
            minutes=int(str(self.minutes.value)),
            case=self._case,
            client=self.client.client,
            call_back=self._call_back,
            of=None if self.talk is None else self.talk.id,
            report=self._reporting,
        )
        return self.panel.held(draft)

    def _talk_now(self) -> Conversation:
        """Return the conversation as the page shows it."""
        text = self.writing.text()
        if self.talk is None:
            return replace(self._draft().conversation(), working_note=text)
        changed = replace(
            self.talk, on=self.day.day, channel=str(self.channel.value), minutes=int(str(self.minutes.value))
        )
        if self.talk.case is None:
            changed = replace(changed, client=self.client.client)
        if not self.talk.report:
            return replace(changed, marked=True, working_note=text)
        note = self.talk.working_note  # which a hold may keep: both are written in one form
        return replace(changed, marked=True, report=text, working_note=note if self.talk.marked else escaped(note))

    def not_taken(self, error: VpdeskError) -> None:
        """Keep the text where it is, since the vault did not take it; one about something destroyed goes with it."""
        if isinstance(error, NotFoundError):
            self._forget()
            self.context.failed(error)
            return
        self._dirty = True
        self._saved.setText("")
        self._saved_sign.hide()
        self.not_kept.say(error)
        if not self.isVisible():
            self.context.failed(error)

    def _not_saved(self, error: VpdeskError) -> None:
        if isinstance(error, VaultError):
            self.not_taken(error)
        else:
            self.context.failed(error)
