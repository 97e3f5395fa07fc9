"""A conversation: a blank page with the cursor in the text; everything else is asked afterwards."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QWidget

from vpdesk.domain import wording
from vpdesk.domain.cases import Case, Conversation, Draft
from vpdesk.domain.errors import NotFoundError, VaultError, VpdeskError
from vpdesk.domain.ids import CaseId, ConversationId
from vpdesk.operations import cases, clients, conversations
from vpdesk.operations.retention import held
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context, PageName, Place
from vpdesk.ui.models.drafts import TalkDraft, key_of, new_key
from vpdesk.ui.models.link import Link
from vpdesk.ui.pages import conversation_saving as saving
from vpdesk.ui.pages.conversation_keeping import ConversationKeeping
from vpdesk.ui.pages.keeping_menu import IN_COPIES

if TYPE_CHECKING:
    from vpdesk.domain.retention import Hold
    from vpdesk.operations.vaults import Vault

_TOUCHED: Final = (Topic.CONVERSATIONS, Topic.CASES, Topic.REMINDERS, Topic.DRAFTS, Topic.PEOPLE)
LEFT: Final = "De terugbelnotitie staat nog op Vandaag: kijk bij de casus wie komt."


class ConversationPage(ConversationKeeping):
    """Writes a new conversation, or shows one that is there.

    Three ways of standing: a working note that is being typed, a verslag beside its working note, a verslag alone.
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._waiting = ""
        self._note_shown = ""
        self._holds: tuple[Hold, ...] = ()
        self._connect()
        self._ask_clients()

    def _connect(self) -> None:
        self.writing.textChanged.connect(self._changed)
        self.day.day_chosen.connect(lambda _: self._chip_changed())
        self.channel.chosen.connect(lambda _: self._chip_changed())
        self.minutes.chosen.connect(lambda _: self._changed())
        self.client.chosen.connect(lambda _: self._changed())
        self.loose.clicked.connect(self._save_loose)
        self.later.clicked.connect(self.put_aside)
        self.forward.clicked.connect(self.go_forward)
        self.to_report.clicked.connect(self.begin_report)
        self.details.clicked.connect(self.open_panel)
        self.go_on.clicked.connect(self._take_offer)
        self.where.clicked.connect(self._to_case)
        self.not_kept.again.clicked.connect(self.save_draft)
        self.panel.saved.connect(self._save_linked)
        self.panel.closed.connect(self.close_panel)
        self.panel.typed.connect(self._changed)
        self.context.changes.changed.connect(self._look_after)

    def open(self, place: Place) -> None:
        """Show a conversation, go on with a draft (its key is the text of the place), or begin a blank page.

        What stands here and is not in the vault yet goes there first; where that fails, it stays.
        """
        self._keep_then(lambda: self._go_to(place))

    def _go_to(self, place: Place) -> None:
        if place.text:
            self._load(place.text, place.case)
        elif place.conversation is not None:
            self._load(key_of(place.conversation), place.case, place.conversation)
        else:
            self._begin(place)

    def refresh(self) -> None:
        """Nothing: what is being typed never changes by itself."""

    def first_focus(self) -> QWidget | None:
        """Return the text."""
        return self.writing

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take what the text and the fields leave: Ctrl+Enter goes on, Escape goes back."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if control and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.go_forward()
        elif event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.panel.isHidden():
            self.put_aside()
        else:
            self.close_panel()

    def put_aside(self) -> None:
        """Leave the text as a draft; Vandaag offers it again. What the vault does not take stays where it is."""
        if not self._has_text:
            self.save_draft()
        self._keep_then(self._put_away)

    def _put_away(self) -> None:
        self.context.changes.tell(Topic.DRAFTS)
        if self._has_text:
            self.context.message("Uw tekst staat als concept op Vandaag.")
        self._leave(self._case)

    def go_forward(self) -> None:
        """Take the next step: link, then save; a verslag is saved at once."""
        if not self.isVisible():
            return
        if self._reporting:
            self._finish_report()
        elif not self.panel.isHidden():
            self.panel.finish()
        elif self.talk is not None and self.talk.case is not None and not self.panel.told:
            self._save_here()
        elif self.writing.has_text:
            self.open_panel()
        else:
            self.writing.setFocus()

    def open_panel(self) -> None:
        """Ask where the conversation belongs, beside the text."""
        self.save_draft()
        self.script.hide()
        self.panel.show()
        self.later.show()
        self.forward.hide()
        self._share_width()
        self.details.hide()
        self.loose.setVisible(self.talk is None or self.talk.case is None)
        self.panel.begin(self._case, self.day.day, self.talk, self.client.client)

    def close_panel(self) -> None:
        """Go back to the text."""
        self.panel.hide()
        self.loose.hide()
        self.forward.show()
        self.details.setVisible(self.talk is not None and self.talk.case is not None and not self._reporting)
        self._share_width()
        self.writing.setFocus()

    def begin_report(self) -> None:
        """Put an empty verslag beside the working note; what was changed in the note or filled in is kept first."""
        if self.talk is None:
            return
        if self.panel.told:
            self.open_panel()
            self.context.message("Bewaar eerst wat u hier invulde. Daarna kunt u het verslag maken.")
            return
        talk, key, now = self._talk_now(), self.key, self.context.clock()
        if talk == self.talk:
            self._show_report(talk)
        else:
            self._timer.stop()
            self.context.worker.run(
                lambda vault: saving.kept(vault, talk, key=key, now=now), self._note_kept, self._not_saved
            )

    def _note_kept(self, talk: Conversation) -> None:
        self.talk = talk
        self.not_kept.forget()
        self.context.changes.tell(*_TOUCHED)
        self.begin_report()

    def _show_report(self, talk: Conversation) -> None:
        self._reporting = True
        self.note.set_text(talk.working_note, marked=talk.marked)
        self._note_shown = ""
        self._set_text("")
        self._show_state()
        self.writing.setFocus()

    def _begin(self, place: Place) -> None:
        self._reset(None, place.case)
        self.client.choose(place.client)
        self._call_back = place.call_back
        key = self.key
        self.context.worker.run(
            lambda vault: saving.earlier(vault, key), partial(self._offer_draft, key), self.context.failed
        )

    def _ask_clients(self) -> None:
        self.context.worker.run(clients.clients, self.client.offer_clients, self.context.failed)

    def _to_case(self) -> None:
        if self._case is not None:
            self.context.navigate(Place(PageName.CASUS, case=self._case))

    def _ask_case(self, number: CaseId) -> None:
        def asked(vault: "Vault") -> "tuple[Case, tuple[Hold, ...]]":
            return cases.get_case(vault, number), held(vault, number).in_force

        self.context.worker.run(asked, self._say_where, self.context.failed)

    def _say_where(self, found: "tuple[Case, tuple[Hold, ...]]") -> None:
        case, holds = found
        if case.id == self._case:
            self._holds = holds
            self._show_state()
            self.where.show()
            self.where.setText(f"{case.code} · {case.pseudonym}")
            self.where.setAccessibleName(f"Naar casus {self.where.text()}")
            self.where.updateGeometry()

    def _reset(self, talk: Conversation | None, case: CaseId | None, key: str = "") -> None:
        self.talk, self._case, self._reporting, self._call_back = talk, case, False, None
        self.key = key or (new_key() if talk is None else key_of(talk.id))
        self._waiting, self._holds = "", ()
        self.panel.forget()
        self._offered.hide()
        self.not_kept.forget()
        self.where.hide()
        if case is not None:
            self._ask_case(case)
        self.close_panel()
        self.day.set_day(self.context.clock().date() if talk is None else talk.on)
        self.channel.set_value("telefoon" if talk is None else talk.channel)
        self._set_minutes(15 if talk is None else talk.minutes)
        self.client.choose(None if talk is None else talk.client)
        self._set_text(*("", False) if talk is None else (talk.report or talk.working_note, talk.marked))
        self._saved.setText("")
        self._show_state()
        self.writing.setFocus()

    def _load(self, key: str, case: CaseId | None, number: ConversationId | None = None) -> None:
        def show(found: tuple[Conversation | None, Draft | None]) -> None:
            talk, draft = found
            self._reset(talk, case if talk is None else talk.case, "" if draft is None else draft.key)
            if draft is not None:
                self._restore(draft)

        self.context.worker.run(
            lambda vault: saving.found(vault, key, number),
            lambda found: self._keep_then(lambda: show(found)),
            self.context.failed,
        )

    def _restore(self, draft: Draft) -> None:
        held = TalkDraft.read(draft)
        self.panel.take_up(held)
        if held.report and self.talk is not None:
            self._show_report(self.talk)
        self._case = self._case or held.case
        self._call_back = held.call_back
        self.day.set_day(held.on)
        self.channel.set_value(held.channel)
        self._set_minutes(held.minutes)
        self.client.choose(held.client)
        self._set_text(held.text, held.marked)
        self._say_saved(draft)
        self._show_state()

    def _offer_draft(self, key: str, draft: Draft | None) -> None:
        if draft is None or self.key != key or self._has_text:
            return
        self._waiting = draft.key
        when = wording.moment(draft.saved, self.context.clock().date()).removeprefix("vandaag ")
        self._offer.show_text(f"Uw tekst van {when} staat klaar. Verder schrijven?")
        self._offered.show()

    def _take_offer(self) -> None:
        self.open(Place(PageName.GESPREK, text=self._waiting))

    def _look_after(self, topics: frozenset[Topic]) -> None:
        """Let go of a text whose case or conversation was destroyed, so that it is not written again."""
        if Topic.CLIENTS in topics:
            self._ask_clients()
        if topics & {Topic.CASES, Topic.CONVERSATIONS}:
            key, text = self.key, self._draft().written()

            def look(gone: bool) -> None:
                if gone and self.key == key:
                    self._forget()

            self.context.worker.run(
                lambda vault: conversations.is_about_destroyed(vault, text), look, self.context.failed
            )
        if Topic.CASES in topics and self.talk is not None:
            self._look_anew(self.talk)

    def _look_anew(self, talk: Conversation) -> None:
        """Follow whether a hold keeps the note, which goes with the last hold."""

        def show(now: Conversation) -> None:
            if self.talk is talk and talk.report:
                self.talk = replace(talk, working_note=now.working_note)
            if self.talk is not None and self.talk.case is not None:
                self._ask_case(self.talk.case)

        def gone(error: VpdeskError) -> None:
            if not isinstance(error, NotFoundError):  # what is gone, is let go of
                self.context.failed(error)

        self.context.worker.run(lambda vault: conversations.get_conversation(vault, talk.id), show, gone)

    def _chip_changed(self) -> None:
        self._show_state()
        self._changed()

    def _show_state(self) -> None:
        talk, today = self.talk, self.context.clock().date()
        made = talk is not None and bool(talk.report)
        if self._reporting:
            name = "Verslag van het gesprek"
        elif talk is None:
            name = "Nieuw gesprek"
        else:
            name = f"Gesprek van {wording.short_date(talk.on, today)}"
        self._name.setText(name)
        self.setAccessibleName(name)
        note = "" if talk is None or not made else talk.working_note
        if made and talk is not None and note != self._note_shown:
            self.note.set_text(note, marked=talk.marked)
            self.note.moveCursor(QTextCursor.MoveOperation.Start)
        self._note_shown = note
        self._shows_note = self._reporting or bool(note)
        self._share_width()
        self._say_why_note(self._holds, made=made)
        self.to_report.setVisible(talk is not None and not made and not self._reporting and talk.case is not None)
        linked = talk is not None and talk.case is not None
        self.client.setVisible(self._case is None)
        self.details.setVisible(linked and not self._reporting and self.panel.isHidden())
        self._set_forward("Verslag bewaren" if self._reporting else "Bewaren" if linked else "Koppelen aan casus")
        self._saved_sign.setVisible(bool(self._saved.text()))
        stays = " · Werkaantekening: blijft zolang de bewaarstop er is" if self._shows_note and self._holds else ""
        self._say_fate(report=made or self._reporting, note=stays)

    def _save_linked(self, link: Link) -> None:
        talk, key, now, called = self._talk_now(), self.key, self.context.clock(), self._call_back
        self._timer.stop()
        self.panel.save.setEnabled(False)

        def link_it(vault: "Vault") -> saving.Linked:
            case = saving.linked(vault, talk, link, key=key, now=now)
            return saving.Linked(case, left=not saving.answered(vault, called, case, today=now.date()))

        self.context.worker.run(link_it, self._linked, self._link_failed)

    def _linked(self, linked: saving.Linked) -> None:
        self.panel.save.setEnabled(True)
        self._forget()
        self.context.changes.tell(*_TOUCHED)
        self.context.navigate(Place(PageName.CASUS, case=linked.case))
        self.context.message(f"Het gesprek is bewaard. {LEFT}" if linked.left else "Het gesprek is bewaard.")

    def _link_failed(self, error: VpdeskError) -> None:
        self.panel.save.setEnabled(True)
        self.panel.say_wrong(error.sentence)
        if isinstance(error, VaultError):
            self.not_taken(error)

    def _save_here(self) -> None:
        talk, key, now = self._talk_now(), self.key, self.context.clock()
        self._timer.stop()
        self.context.worker.run(lambda vault: saving.kept(vault, talk, key=key, now=now), self._kept, self._not_saved)

    def _save_loose(self) -> None:
        talk, link, key, now = self._talk_now(), self.panel.link, self.key, self.context.clock()
        self._timer.stop()
        self.context.worker.run(
            lambda vault: saving.unlinked(vault, talk, link, key=key, now=now), self._kept_loose, self._not_saved
        )

    def _kept_loose(self, _talk: Conversation) -> None:
        self._forget()
        self.context.changes.tell(*_TOUCHED)
        self.context.navigate(Place(PageName.GESPREKKEN))
        self.context.message("Het gesprek is bewaard, nog zonder casus.")

    def _kept(self, talk: Conversation) -> None:
        self._forget()
        self.context.changes.tell(*_TOUCHED)
        self._leave(talk.case)
        self.context.message("Het gesprek is bewaard.")

    def _finish_report(self) -> None:
        if self.talk is None:
            return
        talk, report, key, today = self.talk, self.writing.text(), self.key, self.context.clock().date()
        self._timer.stop()
        self.context.worker.run(
            lambda vault: saving.finished(vault, talk, report, key=key, today=today), self._finished, self._not_saved
        )

    def _finished(self, talk: Conversation) -> None:
        self._forget()
        self.context.changes.tell(*_TOUCHED)
        self._leave(talk.case)
        note = "blijft vanwege de bewaarstop." if talk.working_note else f"is vernietigd. {IN_COPIES}"
        self.context.message(f"Het verslag is bewaard. De werkaantekening {note}")

    def _forget(self) -> None:
        self._reset(None, None)

    def _leave(self, case: CaseId | None) -> None:
        if case is not None:
            self.context.navigate(Place(PageName.CASUS, case=case))
        else:
            self.context.navigate(Place(PageName.VANDAAG if self.talk is None else PageName.GESPREKKEN))
