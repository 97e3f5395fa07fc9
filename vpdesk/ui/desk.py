"""The open vault on screen: top row, sidebar and pages, and the way between them; it navigates and no more."""

from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from vpdesk.domain.errors import HeldError, VaultDamagedError, VpdeskError
from vpdesk.domain.rows import BackupState, TodayItem, TodayKind
from vpdesk.domain.wording import moment
from vpdesk.ui import theme
from vpdesk.ui.actions import Actions
from vpdesk.ui.changes import Changes, Topic
from vpdesk.ui.context import Context, PageName, Place
from vpdesk.ui.door import Door
from vpdesk.ui.guided_commands import GuidedCommands
from vpdesk.ui.handover_commands import HandoverCommands
from vpdesk.ui.pages.catalogue import made
from vpdesk.ui.pages.page import Page, Unkept
from vpdesk.ui.preferences import Preferences
from vpdesk.ui.sidebar import Sidebar
from vpdesk.ui.topbar import TopBar
from vpdesk.ui.widgets.buttons import Button, popup_under
from vpdesk.ui.widgets.focus import ShortcutFocus
from vpdesk.ui.widgets.messages import Message, Toast
from vpdesk.ui.widgets.page_area import PageArea
from vpdesk.ui.work_commands import WorkCommands
from vpdesk.ui.worker import Worker

if TYPE_CHECKING:
    from vpdesk.operations.vaults import Vault
    from vpdesk.ui.palette import Entry, Palette

_OF_CASES: Final = (PageName.CASUS, PageName.KWESTIES, PageName.BEWAREN, PageName.VASTLEGGINGEN, PageName.VASTLEGGING)
_UNDER: Final = {
    **dict.fromkeys(_OF_CASES, "casussen"),
    PageName.GESPREK: "gesprekken",
    PageName.SOCIALE_KAART: "organisaties",
    PageName.AVG_HULP: "instellingen",
}
_HIDDEN_BELOW, _NARROW_BELOW = 760, 1000
_MOST_STEPS: Final = 50


class Desk(QWidget):
    """Shows one page at a time and remembers the way back.

    `settled` is emitted once, when the first page has been filled. `wants_backup` asks the session for a copy.
    """

    settled = Signal()

    def __init__(self, worker: Worker, *, preferences: Preferences, door: Door, practice: bool) -> None:
        super().__init__()
        self.commands = Actions(self)
        self.changes = Changes(self)
        self._worker, self._clock, self._preferences = worker, door.clock, preferences
        self._way: list[Place] = []
        self._at = -1
        self._pages: dict[PageName, Page] = {}
        self._settled = False
        self.top = TopBar(self.commands, practice=practice)
        self.sidebar = Sidebar(self.commands)
        self._stack = QStackedWidget()
        self._notices = QVBoxLayout()
        self._toast = Toast(self)
        self._lay_out()
        self.context = Context(
            worker=worker,
            actions=self.commands,
            changes=self.changes,
            clock=door.clock,
            navigate=self.navigate,
            message=self._toast.say,
            failed=self.show_failure,
            practice=practice,
            preferences=preferences,
            door=door,
        )
        self._palette: Palette | None = None
        self.work = WorkCommands(self, self.context, self.top.clock, self.add_notice)
        self.guided = GuidedCommands(self, self.context, lambda: self.place)
        self.handing = HandoverCommands(self, self.context)
        self.settled.connect(self.work.ask)
        self._connect()
        self._watch_shortcuts()

    @property
    def page(self) -> Page | None:
        """The page that is shown."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, Page) else None

    @property
    def palette_(self) -> "Palette":
        """The palette, made when it is first asked for."""
        if self._palette is None:
            from vpdesk.ui.finding import source  # noqa: PLC0415 - the first paint needs no palette
            from vpdesk.ui.palette import Palette  # noqa: PLC0415 - idem

            self._palette = Palette(self, self._commands, source(self.context))
        return self._palette

    @property
    def place(self) -> Place | None:
        """Where the user is."""
        return self._way[self._at] if self._way else None

    def navigate(self, place: Place) -> None:
        """Go somewhere, so that *Vorige* leads back."""
        if place != self.place:
            self._toast.leave()
            self._keep_draft()
            self._way = [*self._way[: self._at + 1], place][-_MOST_STEPS:]
            self._at = len(self._way) - 1
        self._show(place)

    def unsaved(self) -> list[tuple[str, str]]:
        """Return key and text of everything typed that is not in the vault yet."""
        return [draft for page in self._pages.values() if (draft := page.unsaved())]

    def unkept(self) -> list[Unkept]:
        """Return the writing that was asked for and not confirmed: it may have failed, and is done once more."""
        return [unkept for page in self._pages.values() for unkept in page.unkept()]

    def show_failure(self, error: VpdeskError) -> None:
        """Say at the head of the page what happened, what is safe and what to do."""
        if isinstance(error, VaultDamagedError):
            self.show_damage(error.sentence)
        else:
            self.show_notice(error.sentence, "danger", passing=isinstance(error, HeldError))

    def show_damage(self, sentence: str) -> None:
        """Say above every page that the vault is damaged, with the way to put a copy back; it stays."""
        if any(said.accessibleName() == sentence for said in self.findChildren(Message)):
            return
        self._notices.addWidget(Message(sentence, "danger", button=Button.of(self.commands.restore, size=28)))

    def show_notice(self, sentence: str, kind: str, *, passing: bool = False) -> None:
        """Show a message above the page until it is put away; what stands there already is not said twice.

        One that is `passing` also goes with the page, or once something changes: it was about that moment only.
        """
        if any(said.accessibleName() == sentence for said in self.findChildren(Message)):
            return
        away = Button("Sluiten", size=28)
        message = self.add_notice(sentence, kind, away)
        away.clicked.connect(message.deleteLater)
        away.clicked.connect(self._focus_page)
        if passing:
            self._stack.currentChanged.connect(message.deleteLater)
            self.changes.changed.connect(message.deleteLater)

    def add_notice(self, sentence: str, kind: str, button: Button) -> Message:
        """Show a message above the page that stays until whoever asked for it takes it away."""
        message = Message(sentence, kind, button=button)
        self._notices.addWidget(message)
        return message

    def _lay_out(self) -> None:
        below = QHBoxLayout()
        below.setSpacing(0)
        below.addWidget(self.sidebar)
        column = QVBoxLayout()
        column.setSpacing(0)
        self._notices.setContentsMargins(24, 0, 24, 0)
        self._notices.setSpacing(8)
        column.addLayout(self._notices)
        # Pages scroll themselves; where one can't be as narrow as the window, it scrolls as a whole.
        column.addWidget(PageArea(self._stack), 1)
        said = QHBoxLayout()
        said.setContentsMargins(24, 4, 24, 8)
        said.addWidget(self._toast)
        column.addLayout(said)
        below.addLayout(column, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.top)
        whole.addLayout(below, 1)

    def _connect(self) -> None:
        actions = self.commands
        for name, action in actions.pages.items():
            action.triggered.connect(partial(self._go, Place(PageName(name))))
        actions.new_conversation.triggered.connect(partial(self._go, Place(PageName.GESPREK)))
        actions.quick_note.triggered.connect(partial(self._go, Place(PageName.VANDAAG, text="snel")))
        actions.new_case.triggered.connect(self._new_case)
        actions.new_client.triggered.connect(self._new_client)
        actions.check_conflict.triggered.connect(self._check_conflict)
        actions.import_sheet.triggered.connect(self._import)
        actions.export_report.triggered.connect(self._export)
        actions.directory.triggered.connect(partial(self._go, Place(PageName.SOCIALE_KAART)))
        actions.matters.triggered.connect(partial(self._go, Place(PageName.KWESTIES)))
        actions.retention.triggered.connect(partial(self._go, Place(PageName.BEWAREN)))
        actions.undo.triggered.connect(self._toast.undo)
        actions.find.triggered.connect(self._find)
        actions.backup.triggered.connect(self._backup)
        actions.fetch_text.triggered.connect(self._fetch_text)
        actions.shortcuts.triggered.connect(self._show_shortcuts)
        actions.about.triggered.connect(self._show_about)
        actions.back.triggered.connect(partial(self._step, -1))
        actions.forward.triggered.connect(partial(self._step, 1))
        actions.search.triggered.connect(self._open_palette)
        actions.sidebar.triggered.connect(self._turn_sidebar)
        actions.next_region.triggered.connect(self._next_region)
        self.top.pages_button.clicked.connect(self._offer_pages)
        self.changes.changed.connect(self._on_change)
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(400)
        self._slow.timeout.connect(partial(self.sidebar.show_saved, busy=True))
        self._worker.busy.connect(self._on_busy)

    def _go(self, place: Place, _checked: object = None) -> None:
        self.navigate(place)

    def _show(self, place: Place) -> None:
        page = self._pages.get(place.page)
        if page is None:
            page = self._pages[place.page] = made(place.page, self.context)
            self._stack.addWidget(page)
        page.open(place)
        for other in self._pages.values():  # only what is shown decides how small the window can be
            policy = QSizePolicy.Policy.Preferred if other is page else QSizePolicy.Policy.Ignored
            other.setSizePolicy(policy, policy)
        self._stack.setCurrentWidget(page)
        page.refresh_if_stale()
        for name, action in self.commands.pages.items():
            action.setChecked(name == _UNDER.get(place.page, place.page.value))
        self.commands.back.setEnabled(self._at > 0)
        self.commands.forward.setEnabled(self._at < len(self._way) - 1)
        self._focus_page()
        if not self._settled:
            self._settled = True
            self._refresh_sidebar({Topic.REMINDERS, Topic.BACKUPS})
            self._worker.run(lambda _vault: None, lambda _nothing: self.settled.emit(), self.show_failure)

    def _watch_shortcuts(self) -> None:
        watch = ShortcutFocus(self)
        for action in self.commands.all:
            action.installEventFilter(watch)

    def _focus_page(self) -> None:
        if self.page is not None and (first := self.page.first_focus()) is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _step(self, step: int, _checked: object = None) -> None:
        if 0 <= self._at + step < len(self._way):
            self._toast.leave()
            self._keep_draft()
            self._at += step
            self._show(self._way[self._at])

    def _keep_draft(self) -> None:
        page = self.page
        draft = page.unsaved() if page is not None else None
        if page is not None and draft is not None:
            self._worker.run(
                partial(save_draft, key=draft[0], text=draft[1], now=self._clock()),
                lambda _saved: self.changes.tell(Topic.DRAFTS),
                page.not_taken,
            )

    def _on_change(self, topics: frozenset[Topic]) -> None:
        if self._settled:
            self._refresh_sidebar(set(topics))

    def _refresh_sidebar(self, topics: set[Topic]) -> None:
        now = self._clock()
        if topics & {Topic.REMINDERS, Topic.CASES, Topic.CONVERSATIONS, Topic.ACCESS, Topic.STEPS, Topic.GUIDED}:
            self._worker.run(partial(_waiting, today=now.date()), self.sidebar.show_waiting, self.show_failure)
        self._worker.run(partial(_backup, now=now), self._show_backup, self.show_failure)

    def _show_backup(self, state: BackupState) -> None:
        if state.trouble:
            self.sidebar.show_backup("let_op", "Kopie mislukt", "warning")
        elif state.made is None:
            self.sidebar.show_backup("info", "Nog geen kopie", "muted")
        elif not state.verified:
            self.sidebar.show_backup("let_op", "Kopie nakijken", "warning")
        else:
            self.sidebar.show_backup("vink", short_copy(state.made, self._clock()), "muted")

    def _on_busy(self, busy: bool) -> None:
        if busy:
            self._slow.start()
        else:
            self._slow.stop()
            QTimer.singleShot(0, self.sidebar, self._show_saved)  # after the page has heard how it went

    def _show_saved(self) -> None:
        if any(page.refused for page in self._pages.values()):
            self.sidebar.show_refused()
        else:
            self.sidebar.show_saved(busy=False)

    def _open_palette(self) -> None:
        self.palette_.open()

    def _commands(self) -> "list[Entry]":
        from vpdesk.ui.palette import entries_of  # noqa: PLC0415 - the palette is there, it asks

        skipped = {self.commands.search, self.commands.next_region, self.commands.back, self.commands.forward}
        ready = [action for action in self.commands.all if action not in skipped]
        return list(entries_of(ready, self.commands))

    def _turn_sidebar(self) -> None:
        self._preferences.narrow_sidebar = not self.sidebar.narrow
        self._fit()

    def _next_region(self) -> None:
        regions: list[QWidget | None] = [
            next((row for row in self.sidebar.rows.values() if row.isChecked()), None),
            self.page.first_focus() if self.page is not None else None,
            self.top.search,
        ]
        places = [self.sidebar, self._stack, self.top]
        focused = self.window().focusWidget()
        now = next((n for n, place in enumerate(places) if focused and place.isAncestorOf(focused)), -1)
        target = regions[(now + 1) % len(regions)]
        if target is not None:
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _new_case(self) -> None:
        from vpdesk.ui.pages.cases import CasesPage  # noqa: PLC0415 - pages load when they are opened

        self.navigate(Place(PageName.CASUSSEN))
        if isinstance(self.page, CasesPage):
            self.page.new_case()

    def _new_client(self) -> None:
        from vpdesk.ui.pages.clients import ClientsPage  # noqa: PLC0415 - idem

        # A page that was there before hears the command itself.
        fresh = PageName.ORGANISATIES not in self._pages
        self.navigate(Place(PageName.ORGANISATIES))
        if fresh and isinstance(self.page, ClientsPage):
            self.page.new_client()

    def _check_conflict(self) -> None:
        from vpdesk.ui.pages.conflict_check import ConflictDialog  # noqa: PLC0415 - idem

        ConflictDialog(self.context, self).open()

    def _import(self) -> None:
        from vpdesk.ui.pages.clients import ClientsPage  # noqa: PLC0415 - idem

        self.navigate(Place(PageName.ORGANISATIES))
        if isinstance(self.page, ClientsPage):
            self.page.import_sheet()

    def _export(self) -> None:
        from vpdesk.ui.pages.report import ReportPage  # noqa: PLC0415 - idem

        self.navigate(Place(PageName.JAARVERSLAG))
        if isinstance(self.page, ReportPage):
            self.page.export_when_ready()

    def _backup(self) -> None:
        from vpdesk.ui.pages.vault import VaultPage  # noqa: PLC0415 - idem

        fresh = PageName.KLUIS not in self._pages
        self.navigate(Place(PageName.KLUIS))
        if fresh and isinstance(self.page, VaultPage):
            self.page.make_backup()

    def _fetch_text(self) -> None:
        from vpdesk.ui.pages.text_elsewhere import ask  # noqa: PLC0415 - seldom needed

        ask(self.context, self)

    def _find(self) -> None:
        if self.page is None or self.page.search_field() is None:
            self.navigate(Place(PageName.GESPREKKEN))
        if self.page is not None and (field := self.page.search_field()) is not None:
            field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_shortcuts(self) -> None:
        from vpdesk.ui.help import ShortcutsDialog  # noqa: PLC0415 - seldom asked for

        ShortcutsDialog(self.commands, self).open()

    def _show_about(self) -> None:
        from vpdesk.ui.help import AboutDialog  # noqa: PLC0415 - idem

        AboutDialog(self).open()

    def _offer_pages(self) -> None:
        menu = QMenu(self)
        menu.addActions(list(self.commands.pages.values()))
        menu.popup(popup_under(self.top.pages_button))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the pages the room they need."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Fit again when the text size changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        units = self.width() / theme.text_factor()
        hidden = units < _HIDDEN_BELOW
        self.sidebar.setHidden(hidden)
        self.top.pages_button.setVisible(hidden)
        self.sidebar.set_narrow(narrow=units < _NARROW_BELOW or self._preferences.narrow_sidebar)
        self.top.fit(self.width())


def save_draft(vault: "Vault", *, key: str, text: str, now: datetime) -> None:
    """Write what is being typed into the vault."""
    from vpdesk.operations import conversations  # noqa: PLC0415 - loaded by the time anything can be typed

    conversations.save_draft(vault, key=key, text=text, now=now)


def short_copy(made_at: datetime, now: datetime) -> str:
    """Return *Reservekopie 08:52* for one of today, with the day for an older one."""
    if made_at.date() == now.date():
        return f"Reservekopie {made_at:%H:%M}"
    return f"Kopie {moment(made_at, now.date())}"


def _waiting(vault: "Vault", *, today: date) -> int:
    from vpdesk.operations.today import today_items  # noqa: PLC0415

    items: tuple[TodayItem, ...] = today_items(vault, today=today)
    return sum(item.due <= today and item.kind is not TodayKind.WERKGEVER for item in items)  # those wait for others


def _backup(vault: "Vault", *, now: datetime) -> BackupState:
    from vpdesk.operations.places import backup_state  # noqa: PLC0415

    return backup_state(vault, now=now)
