"""Vandaag: what is to be done, in order of time, each with its one obvious action; no figures, no charts."""

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QElapsedTimer, QPoint, Qt, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from vpdesk.domain import wording
from vpdesk.domain.cases import Draft
from vpdesk.domain.errors import VpdeskError
from vpdesk.domain.rows import BackupState, TodayItem, TodayKind
from vpdesk.operations import conversations, places, today
from vpdesk.ui import theme
from vpdesk.ui.actions import shown_keys
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context, PageName, Place
from vpdesk.ui.models import today_list
from vpdesk.ui.models.drafts import TALK, TalkDraft
from vpdesk.ui.models.today_list import ICONS, TodayGroup
from vpdesk.ui.pages.page import Page
from vpdesk.ui.pages.today_cards import QUICK, DraftCard, QuickCard, VaultCard, stacked
from vpdesk.ui.pages.today_keys import KEYS
from vpdesk.ui.widgets.action_list import ActionList
from vpdesk.ui.widgets.buttons import PRIMARY, QUIET, Button
from vpdesk.ui.widgets.cards import Card, EmptyState, Scroll
from vpdesk.ui.widgets.emptying import clear
from vpdesk.ui.widgets.labels import Label
from vpdesk.ui.widgets.lists import ListRow, keyboard_focus, show_keyboard_focus
from vpdesk.ui.widgets.revealing import reveal_row

if TYPE_CHECKING:
    from datetime import date

    from vpdesk.operations.vaults import Vault
    from vpdesk.ui.pages.text_elsewhere import NotKept

_SIDE: Final = 292
_ROOM_FOR_SIDE: Final = 896
_HEAD: Final = 30  # the head of the first group, beside which the cards begin
_TO_SEE: Final = 400
"""Milliseconds within which nobody sees which line took the place of another, and presses a key for it."""

WORDED: Final = "omschrijvingen"
"""With this text the page shows what was written about each line."""

Found = tuple[tuple[TodayItem, ...], tuple[tuple[Draft, str], ...], BackupState]


class TodayPage(Page):
    """The list of today."""

    title = "Vandaag"
    topics = frozenset(
        {
            Topic.CASES,
            Topic.REMINDERS,
            Topic.CONVERSATIONS,
            Topic.DRAFTS,
            Topic.BACKUPS,
            Topic.CLIENTS,
            Topic.ACCESS,
            Topic.STEPS,
            Topic.MELDINGEN,
            Topic.GUIDED,
            Topic.ATTACHMENTS,
        }
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.lists: list[ActionList] = []
        self._shown: tuple[TodayGroup, ...] = ()
        self._worded = False
        self._quick_first = False
        self._acted: TodayItem | None = None
        self._unseen: object = None
        self._since = QElapsedTimer()
        self.not_kept: NotKept | None = None
        self.quick = QuickCard(context)
        self.draft = DraftCard()
        self.vault = VaultCard()
        self._build()
        self.draft.wanted.connect(lambda key: context.navigate(Place(PageName.GESPREK, text=key)))
        self.vault.to_vault.clicked.connect(lambda: context.navigate(Place(PageName.KLUIS)))
        self.quick.refused.connect(self.not_taken)
        self.quick.taken.connect(self._taken)
        self.words.clicked.connect(context.actions.discreet.trigger)
        context.actions.quick_note.triggered.connect(self._to_quick)
        context.actions.discreet.triggered.connect(self._turn_words)

    def _build(self) -> None:
        scroll = Scroll(margins=(24, 20, 24, 20))
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.setSpacing(0)
        self._outer.addWidget(scroll)
        scroll.body.setSpacing(0)
        scroll.body.addWidget(Label(self.title, "page"))
        self._day = Label("", "body", "muted")
        self.words = Button("Omschrijvingen tonen", QUIET, icon="oogdicht", size=28)
        self.words.hide()
        under = QHBoxLayout()
        under.setSpacing(8)
        under.addWidget(self._day)
        under.addWidget(self.words)
        under.addStretch(1)
        scroll.body.addLayout(under)
        scroll.body.addSpacing(12)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(20)
        self._groups = QVBoxLayout()
        self._groups.setSpacing(0)
        self._columns.addLayout(self._groups, 1)
        self._side = stacked(self.quick, self.draft, self.vault)
        self._side.setFixedWidth(theme.px(_SIDE))
        self._columns.addWidget(self._side)
        scroll.body.addLayout(self._columns, 1)

    def open(self, place: Place) -> None:
        """Show the list; with the text `snel` the quick field gets the keyboard."""
        self._quick_first = place.text == QUICK
        self._show_words(worded=place.text == WORDED)

    def first_focus(self) -> QWidget | None:
        """Return the first list, or the quick field when there is nothing to do."""
        return self.lists[0] if self.lists and not self._quick_first else self.quick.text

    def unsaved(self) -> tuple[str, str] | None:
        """Return what stands in the quick field, unless it is safe elsewhere."""
        safe = self.not_kept is not None and self.quick.draft == self.not_kept.kept
        return (QUICK, self.quick.draft) if self.quick.draft.strip() and not safe else None

    @property
    def refused(self) -> bool:
        """Whether the quick field holds what the vault did not take."""
        return self.not_kept is not None and not self.not_kept.isHidden() and self.unsaved() is not None

    def not_taken(self, error: VpdeskError) -> None:
        """Say above the page that the text is nowhere else, until the vault has it."""
        if self.not_kept is None:
            from vpdesk.ui.pages.text_elsewhere import NotKept  # noqa: PLC0415 - seldom needed

            self.not_kept = NotKept(self.context, lambda: ((QUICK, self.quick.draft), self.quick.draft))
            self.not_kept.again.clicked.connect(self.quick.try_again)
            self._outer.insertWidget(0, self.not_kept)
        self.not_kept.say(error)
        if not self.isVisible():
            self.context.failed(error)

    def _taken(self) -> None:
        if self.not_kept is not None:
            self.not_kept.forget()

    def refresh(self) -> None:
        """Ask for what is due, the drafts and the state of the copies."""
        now = self.context.clock()
        day = now.date()

        def asked(vault: "Vault") -> Found:
            return (
                today.today_items(vault, today=day),
                tuple((draft, _about(vault, draft)) for draft in conversations.drafts(vault)),
                places.backup_state(vault, now=now),
            )

        self.context.worker.run(asked, self._show, self.context.failed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the right column under the list where there is no room beside it."""
        super().resizeEvent(event)
        beside = self.width() >= theme.px(_ROOM_FOR_SIDE)
        self._columns.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        self._side.setContentsMargins(0, theme.px(_HEAD) if beside else 0, 0, 0)
        if beside:
            self._side.setFixedWidth(theme.px(_SIDE))
        else:
            self._side.setMinimumWidth(0)
            self._side.setMaximumWidth(16777215)

    def _show(self, found: Found) -> None:
        items, drafts, state = found
        now = self.context.clock()
        self._day.setText(wording.full_date(now.date()))
        chosen = next((shown.key for shown in self.lists if shown.key is not None), None)
        number = next((number for number, item in enumerate(self._items) if item == chosen), 0)
        had_focus = any(shown.hasFocus() or shown.isAncestorOf(_focus(self)) for shown in self.lists)
        by_keyboard = keyboard_focus(self)
        if had_focus:  # hidden with the keyboard, each list hands it on to the next, and the page scrolls after it
            self.setFocus()
        self._show_groups(today_list.groups(items, now.date()), now.date())
        self._choose(chosen, number, focus=had_focus)
        if by_keyboard:
            show_keyboard_focus(self)
        self._note_unseen(chosen)
        self.draft.show_drafts([found for found in drafts if found[0].key.startswith(TALK)], now.date())
        quick = next((draft for draft, _about in drafts if draft.key == QUICK), None)
        self.quick.offer(quick)
        if quick is not None and quick.text == self.quick.draft:  # the vault took it on the way to another page
            self._taken()
        self.vault.show_state(state, now, self.context.door.folder)

    def _turn_words(self) -> None:
        """Show what was written about a line, or hide it again; from elsewhere, come here and show it."""
        if not self.isVisible():
            self.context.navigate(Place(PageName.VANDAAG, text=WORDED))
            return
        self._show_words(worded=not self._worded)

    def _show_words(self, *, worded: bool) -> None:
        self._worded = worded
        day = self.context.clock().date()
        for shown, group in zip(self.lists, self._shown, strict=True):
            shown.show_rows([_row(item, day, worded=worded) for item in group.items])
        self._name_words()

    def _name_words(self) -> None:
        written = any(item != today_list.discreet(item, item.due) for group in self._shown for item in group.items)
        self.words.setVisible(written)
        text = "Omschrijvingen verbergen" if self._worded else "Omschrijvingen tonen"
        self.words.setText(text)
        self.words.setAccessibleName(text)
        self.words.icon_name = "oog" if self._worded else "oogdicht"
        self.words.setToolTip(f"{text} ({shown_keys(self.context.actions.discreet)})")
        self.words.updateGeometry()

    def hideEvent(self, event: QHideEvent) -> None:
        """Forget that words were shown: who comes back sees the quiet list."""
        super().hideEvent(event)
        if self._worded:
            self._show_words(worded=False)

    def _show_groups(self, groups: tuple[TodayGroup, ...], day: "date") -> None:
        clear(self._groups)
        self.lists, self._shown = [], groups
        for group in groups:
            head = QHBoxLayout()
            head.setContentsMargins(0, 0 if not self.lists else 16, 0, 8)
            head.setSpacing(8)
            head.addWidget(Label(group.title, "section"))
            head.addWidget(Label(str(len(group.items)), "small", "muted"))
            head.addStretch(1)
            shown = ActionList(group.title, middle_at=0.505, keys=KEYS)
            names: dict[object, str] = {item: item.action for item in group.items}
            shown.show_actions([_row(item, day, worded=self._worded) for item in group.items], names)
            shown.keyed.connect(self._by_key)
            shown.opened.connect(self._open_item)
            shown.acted.connect(self._act)
            shown.asked.connect(self._ask)
            shown.chosen.connect(lambda _, this=shown: self._let_go_of_others(this))
            card = Card(flush=True)
            card.setAccessibleName(group.title)
            card.body.addWidget(shown)
            self._groups.addLayout(head)
            self._groups.addWidget(card)
            self.lists.append(shown)
        if not groups:
            first = Button.of(
                self.context.actions.new_conversation, "Gesprek vastleggen", PRIMARY, icon="plus", size=36
            )
            nothing = EmptyState(
                "vandaag",
                "Er staat niets open",
                "Hier komt wat u te doen hebt: nazorg, vervolggesprekken en termijnen. Het begint met een gesprek.",
                [first],
            )
            row = QHBoxLayout()  # as wide as a list would be, so that the cards stand where they always do
            row.addWidget(nothing)
            row.addStretch(1)
            self._groups.addLayout(row)
        self._groups.addStretch(1)
        self._name_words()

    @property
    def _items(self) -> list[TodayItem]:
        return [item for group in self._shown for item in group.items]

    def _choose(self, key: object, number: int, *, focus: bool) -> None:
        """Choose a line, or the one that came in its place when it is gone."""
        items = self._items
        if not items:
            return
        wanted = key if key in items else items[min(number, len(items) - 1)]
        for shown in self.lists:
            shown.choose(wanted)
            if focus and shown.key is not None:
                shown.setFocus()
                QTimer.singleShot(0, shown, partial(reveal_row, shown))  # once everything has its place

    def _let_go_of_others(self, this: ActionList) -> None:
        for shown in self.lists:
            if shown is not this:
                shown.let_go()

    def _note_unseen(self, before: object) -> None:
        """Note the line that took the place of one that went by a key: a second quick key is not meant for it."""
        now = next((shown.key for shown in self.lists if shown.key is not None), None)
        if self._acted is not None and before == self._acted and now != before:
            self._acted, self._unseen = None, now
            self._since.start()

    def _is_meant(self, item: TodayItem) -> bool:
        """Return whether a key can be meant for a line: not one under way, nor one that nobody can have seen yet."""
        if item == self._acted and not self.context.worker.idle:
            return False
        if item == self._unseen and not self._since.hasExpired(_TO_SEE):
            return False
        self._acted = item
        return True

    def _open_item(self, item: TodayItem) -> None:
        from vpdesk.ui.pages import today_ways  # noqa: PLC0415 - nothing of it is painted first

        today_ways.open_item(self.context, self, item)

    def _act(self, item: TodayItem) -> None:
        from vpdesk.ui.pages import today_ways  # noqa: PLC0415 - idem

        if self._is_meant(item):
            today_ways.act(self.context, self, item)

    def _by_key(self, item: TodayItem, key: Qt.Key) -> None:
        from vpdesk.ui.pages import today_ways  # noqa: PLC0415 - idem

        if self._is_meant(item):
            today_ways.by_key(self.context, self, item, key)

    def _ask(self, item: TodayItem, at: QPoint) -> None:
        from vpdesk.ui.pages import today_ways  # noqa: PLC0415 - idem

        today_ways.menu_of(self.context, self, item).popup(at)

    def _to_quick(self) -> None:
        self.context.navigate(Place(PageName.VANDAAG, text=QUICK))


def _about(vault: "Vault", draft: Draft) -> str:
    """Return what a draft of a talk is about; nothing of any other."""
    if not draft.key.startswith(TALK):
        return ""
    talk = TalkDraft.read(draft)
    return conversations.draft_about(vault, case=talk.case, conversation=talk.of, client=talk.client)


def _row(item: TodayItem, day: "date", *, worded: bool) -> ListRow:
    said = item if worded else today_list.discreet(item, day)
    late = today_list.lateness(item, day)
    who = f"{item.case_code} · {item.pseudonym}" if item.case_code else "Zonder casus"
    without = {
        TodayKind.HERSTELWOORDEN: "Kluis",
        TodayKind.BEWAARTERMIJN: "Casussen",
        TodayKind.AANSTELLING: "Organisatie",
        TodayKind.ACTIVITEIT: "Activiteit",
    }
    who = without.get(item.kind, who)
    return ListRow(
        item,
        said.title,
        said.detail,
        ICONS[item.kind],
        "warning" if late else "muted",
        who,
        item.client_name,
        wording.short_date(item.due, day),
        right_strong=item.due == day,
        state=(late, "warning") if late else None,
    )


def _focus(page: QWidget) -> QWidget:
    return page.window().focusWidget() or page
