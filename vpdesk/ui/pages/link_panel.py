"""The panel that asks, after writing, where a conversation belongs; a new case needs only an organisation."""

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from vpdesk.domain import taxonomy
from vpdesk.domain.cases import Conversation
from vpdesk.domain.clients import Client
from vpdesk.domain.ids import CaseId, ClientId, ReminderId
from vpdesk.domain.reminders import Reminder
from vpdesk.domain.rows import CaseFilter, CaseRow, TodayKind
from vpdesk.operations import cases, clients
from vpdesk.operations.cases import CasePage
from vpdesk.ui import theme
from vpdesk.ui.context import Context
from vpdesk.ui.models.drafts import Asked, TalkDraft
from vpdesk.ui.models.link import Limits, Link
from vpdesk.ui.pages.limits_question import Question
from vpdesk.ui.widgets.buttons import PRIMARY, Button
from vpdesk.ui.widgets.chips import FilterChip
from vpdesk.ui.widgets.fields import CheckBox, ComboBox, DateEdit, Field, LineEdit, SearchEdit
from vpdesk.ui.widgets.labels import Label

if TYPE_CHECKING:
    from vpdesk.operations.vaults import Vault

WIDTH: Final = 372
_SHOWN: Final = 4
_TYPING: Final = 120
_LEAST: Final = 160  # height of the fields that scroll, below which the page scrolls too
_ANY_WIDTH: Final = 16777215
_CHOOSE: Final = "Kies eerst een organisatie. Uw tekst is bewaard als concept."
_NONE: Final = "Er is nog geen organisatie. Voeg die toe bij Organisaties; uw tekst blijft bewaard."


class LinkPanel(QFrame):
    """Asks, and tells `saved(Link)` or `closed()`; what it was told stays until `forget`, shown or not."""

    saved = Signal(object)
    closed = Signal()
    typed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._first_talk = True
        self._new_talk = True
        self._case: CaseId | None = None
        self._code = ""
        self._chips: list[FilterChip] = []
        self._day = context.clock().date()
        self._begun = self._filling = False
        self._draft: TalkDraft | None = None
        self._client: ClientId | None = None
        self._undone: set[ReminderId] = set()
        self.told = False
        """Whether something stands here that was typed or chosen and is not saved."""
        self.due: dict[ReminderId, CheckBox] = {}
        self.setFixedWidth(theme.px(WIDTH))
        self.setAccessibleName("Waar hoort dit gesprek bij?")
        self.search = SearchEdit("Zoek op code of pseudoniem", name="Casus zoeken")
        self.new_case = FilterChip("Nieuwe casus", icon="plus", checkable=True)
        self.client = ComboBox("Organisatie")
        self.role = ComboBox.of_codes(taxonomy.ROL)
        self.theme = ComboBox.of_codes(taxonomy.THEMA)
        for box in (self.client, self.role, self.theme):
            box.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(4)
        self.pseudonym = LineEdit(name="Pseudoniem")
        self.pseudonym.setReadOnly(True)
        self.draw = Button(icon="opnieuw", name="Ander pseudoniem trekken")
        self.question = Question()
        self.agreements = LineEdit(name="Afspraak", placeholder="Staat in de tijdlijn, dus zonder namen")
        self.next_step = LineEdit(name="Volgende stap", placeholder="Terugbellen")
        self.next_on = DateEdit(context.clock().date() + timedelta(days=7), "Datum van de volgende stap")
        self.next_on.setDisplayFormat("d MMM yyyy")
        self.save = Button("Bewaren", PRIMARY, keys="Ctrl+Enter")
        self.back = Button("Terug")
        self._build()
        self._connect()

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 14, 20, 16)
        outer.setSpacing(8)
        self.close_button = Button(icon="kruis", name="Sluiten", size=28, kind="plain")
        head = QHBoxLayout()
        head.addWidget(Label("Waar hoort dit gesprek bij?", "section"))
        head.addStretch(1)
        head.addWidget(self.close_button)
        outer.addLayout(head)
        outer.addWidget(self.search)
        self._found = QGridLayout()
        self._found.setSpacing(6)
        self._found.setColumnStretch(2, 1)
        self._found.addWidget(self.new_case, 0, 0)
        outer.addLayout(self._found)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        theme.measure(area, "setMinimumHeight", _LEAST)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 4, 2, 4)
        self._column.setSpacing(12)
        area.setWidget(inside)
        outer.addWidget(area, 1)
        self._build_fields()
        self._wrong = Label("", "small", "danger", wraps=True)
        self._wrong.hide()
        outer.addWidget(self._wrong)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self.save.setSizePolicy(self.save.sizePolicy().Policy.Expanding, self.save.sizePolicy().Policy.Fixed)
        foot.addWidget(self.save, 1)
        foot.addWidget(self.back)
        outer.addLayout(foot)

    def _build_fields(self) -> None:
        self._new = QWidget()
        new = QVBoxLayout(self._new)
        new.setContentsMargins(0, 0, 0, 0)
        new.setSpacing(12)
        pseudonym = QWidget()
        drawn = QHBoxLayout(pseudonym)
        drawn.setContentsMargins(0, 0, 0, 0)
        drawn.setSpacing(4)
        drawn.addWidget(self.pseudonym, 1)
        drawn.addWidget(self.draw)
        pseudonym.setAccessibleName("Pseudoniem")
        _pair(new, Field("Organisatie", self.client), Field("Rol, mag later", self.role))
        _pair(new, Field("Hoofdthema, mag later", self.theme), Field("Pseudoniem", pseudonym))
        self._column.addWidget(self._new)
        self._column.addWidget(self.question)
        self._due = QVBoxLayout()
        self._due.setSpacing(0)
        self._column.addLayout(self._due)
        _pair(self._column, Field("Volgende stap, mag leeg", self.next_step), Field("Datum", self.next_on))
        self._column.addWidget(Field("Afspraak, mag leeg", self.agreements))
        self._column.addStretch(1)

    def _connect(self) -> None:
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING)
        self._typing.timeout.connect(self._look)
        self.search.textChanged.connect(lambda _: self._typing.start())
        self.new_case.clicked.connect(lambda: self._chosen(None))
        self.draw.clicked.connect(self._draw)
        self.next_step.textChanged.connect(lambda text: self.next_on.setEnabled(bool(text.strip())))
        self.next_on.setEnabled(False)
        for line in (self.agreements, self.next_step, self.question.reason):
            line.textEdited.connect(self._tell)
        for box in (self.client, self.role, self.theme):
            box.activated.connect(self._tell)
        self.next_on.dateChanged.connect(self._tell)
        self.question.group.buttonClicked.connect(self._tell)
        self.save.clicked.connect(self.finish)
        self.back.clicked.connect(self.closed)
        self.close_button.clicked.connect(self.closed)

    def fill(self, *, whole: bool) -> None:
        """Take the whole page where there is no room for the text beside it."""
        self.setMinimumWidth(0 if whole else theme.px(WIDTH))
        self.setMaximumWidth(_ANY_WIDTH if whole else theme.px(WIDTH))

    def forget(self) -> None:
        """Be as new, for another conversation."""
        self._filling = True
        self._begun = self.told = False
        self._draft = self._client = self._case = None
        self._undone = set()
        for line in (self.search, self.pseudonym, self.agreements, self.next_step):
            line.clear()
        self.client.setCurrentIndex(0)
        for box in (self.role, self.theme):
            box.choose("onbekend")
        self.next_on.set_day(self._context.clock().date() + timedelta(days=7))
        self.question.give(None)
        self._filling = False

    def take_up(self, draft: TalkDraft) -> None:
        """Keep what was typed here before a lock until it is asked for again."""
        self.forget()
        self._draft = draft
        self.told = draft.asked is not None or bool(draft.agreements or draft.next_step)

    @property
    def has_text(self) -> bool:
        """Whether words were typed here, shown or not, that no conversation has yet."""
        if self._begun:
            lines = (self.agreements, self.next_step, self.question.reason)
            return self.told and any(line.text().strip() for line in lines)
        held = self._draft
        return held is not None and bool(
            held.agreements or held.next_step or (held.asked is not None and held.asked.limits_reason)
        )

    def held(self, draft: TalkDraft) -> TalkDraft:
        """Return a draft with what stands in this panel, also while it is not shown."""
        if not self._begun:
            kept = self._draft or draft
            return replace(
                draft, agreements=kept.agreements, next_step=kept.next_step, next_on=kept.next_on, asked=kept.asked
            )
        return replace(
            draft,
            agreements=self.agreements.text(),
            next_step=self.next_step.text(),
            next_on=self.next_on.day,
            asked=self._asked() if self.told or self._case is None else None,
        )

    def begin(self, case: CaseId | None, day: date, talk: Conversation | None, client: ClientId | None) -> None:
        """Ask about a conversation of that day at an organisation; what was told before is still there."""
        self._wrong.hide()
        self._day, self._new_talk = day, talk is None
        if not self._begun:
            self._begun, self._case = True, case
            self._filling = True
            if talk is not None:
                self._show_lines(talk.agreements, talk.next_step, talk.next_on)
            if self._draft is not None:
                self._show_draft(self._draft)
            self._filling = False
        self._client = self._client or client
        worker, failed = self._context.worker, self._context.failed
        worker.run(clients.clients, self._offer_clients, failed)
        worker.run(lambda vault: cases.next_code(vault, opened=day), self._take_code, failed)
        if not self.pseudonym.text():
            self._draw()
        self.choose(self._case)
        self._look()
        (self.search if self._case is None else self.agreements).setFocus()

    def _show_draft(self, draft: TalkDraft) -> None:
        asked = draft.asked
        if asked is None:  # of before the rest was kept: it cannot tell empty from never filled in
            self._show_lines(draft.agreements, draft.next_step, draft.next_on)
            return
        self.agreements.clear()
        self.next_step.clear()
        self._show_lines(draft.agreements, draft.next_step, draft.next_on)
        self._case, self._client, self._undone = asked.case, asked.client, set(asked.undone)
        self.pseudonym.setText(asked.pseudonym)
        self.role.choose(asked.rol)
        self.theme.choose(asked.thema)
        answer = next((one for one in Limits if one.name == asked.limits), None)
        self.question.give(answer, asked.limits_reason)

    def _show_lines(self, agreements: str, next_step: str, next_on: date | None) -> None:
        if agreements:
            self.agreements.setText(agreements)
        if next_step:
            self.next_step.setText(next_step)
        if next_step and next_on is not None:
            self.next_on.set_day(next_on)

    def _asked(self) -> Asked:
        answer = self.question.answer
        return Asked(
            case=self._case,
            client=self._chosen_client,
            pseudonym=self.pseudonym.text(),
            rol=str(self.role.currentData()),
            thema=str(self.theme.currentData()),
            limits="" if answer is None else answer.name,
            limits_reason=self.question.reason.text(),
            undone=tuple(sorted(self._undone)),
        )

    @property
    def _chosen_client(self) -> ClientId | None:
        """The organisation that is chosen, also before the list of them has come."""
        client = self.client.currentData()
        return self._client if client is None else ClientId(client)

    def _tell(self) -> None:
        if not self._filling:
            self.told = True
            self.typed.emit()

    def _chosen(self, case: CaseId | None) -> None:
        self.choose(case)
        self._tell()

    def choose(self, case: CaseId | None) -> None:
        """Choose a case that is there, or a new one."""
        self._case = case
        self._new.setVisible(case is None)
        self._offer_due(())
        self.new_case.setChecked(case is None)
        for chip in self._chips:
            chip.setChecked(chip.value == case)
            chip.updateGeometry()
        if case is None:
            self._ask_limits(first=True)
            self._say_code()
        else:
            day = self._day
            self._context.worker.run(
                lambda vault: cases.case_page(vault, case, today=day), self._took_case, self._context.failed
            )

    def finish(self) -> None:
        """Tell what was chosen, unless the organisation is missing."""
        if self._case is None and self.client.currentData() is None:
            self.say_wrong(_CHOOSE if self.client.count() > 1 else _NONE)
            self.client.setFocus()
            return
        self._wrong.hide()
        self.saved.emit(self.link)

    def say_wrong(self, sentence: str) -> None:
        """Say below the fields what could not be done."""
        self._wrong.setText(sentence)
        self._wrong.setVisible(bool(sentence))

    @property
    def link(self) -> Link:
        """What the panel says now."""
        client = self.client.currentData()
        return Link(
            case=self._case,
            client=None if client is None else ClientId(client),
            pseudonym=self.pseudonym.text(),
            rol=str(self.role.currentData()),
            thema=str(self.theme.currentData()),
            limits=self.question.answer if self._first_talk else None,
            limits_reason=self.question.reason.text().strip(),
            agreements=self.agreements.text().strip(),
            next_step=self.next_step.text().strip(),
            next_on=self.next_on.day if self.next_step.text().strip() else None,
            done=tuple(number for number, box in self.due.items() if box.isChecked()),
        )

    def _offer_clients(self, found: tuple[Client, ...]) -> None:
        kept = self._chosen_client
        self._client = None
        self.client.clear()
        for client in found:
            self.client.addItem(client.listed(self._context.clock().date()), client.id)
        if len(found) != 1:
            self.client.insertItem(0, "Kies…", None)
            self.client.setCurrentIndex(0)
        if kept is not None:
            self.client.choose(kept)
        if not found:
            self.say_wrong(_NONE)

    def _take_code(self, code: str) -> None:
        self._code = code
        self._say_code()

    def _say_code(self) -> None:
        if self._case is None:
            self.save.setText(f"Bewaren als {self._code}" if self._code else "Bewaren als nieuwe casus")
            self.save.setAccessibleName(self.save.text())

    def _draw(self) -> None:
        self._context.worker.run(cases.draw_pseudonym, self._take_pseudonym, self._context.failed)

    def _take_pseudonym(self, pseudonym: str) -> None:
        self.pseudonym.setText(pseudonym)
        if self._case is None:
            self.typed.emit()  # so that the next time proposes the same

    def _look(self) -> None:
        text = self.search.text()

        def found(vault: "Vault") -> tuple[CaseRow, ...]:
            return cases.list_cases(vault, CaseFilter(text=text, open_only=not text.strip()), _SHOWN)

        self._context.worker.run(found, self._show_found, self._context.failed)

    def _show_found(self, rows: tuple[CaseRow, ...]) -> None:
        for chip in self._chips:
            self._found.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = []
        shown = rows if self.search.text().strip() else rows[:1]
        for number, row in enumerate(shown, 1):
            chip = FilterChip(f"{row.code} · {row.pseudonym}", checkable=True)
            chip.setToolTip(f"{row.client_name}, {row.phase.value}")
            chip.value = row.id
            chip.setChecked(row.id == self._case)
            chip.clicked.connect(lambda _=False, case=row.id: self._chosen(case))
            self._found.addWidget(chip, number // 2, number % 2)
            self._chips.append(chip)

    def _offer_due(self, reminders: tuple[Reminder, ...]) -> None:
        """Ask whether what was due is done with this talk; ticked beforehand, since that is why one calls."""
        for box in self.due.values():
            self._due.removeWidget(box)
            box.hide()
            box.deleteLater()
        self.due = {}
        for reminder in reminders:
            box = CheckBox("Hiermee gedaan: " + reminder.title[:1].lower() + reminder.title[1:])
            box.setChecked(reminder.id not in self._undone)
            box.toggled.connect(lambda on, number=reminder.id: self._settle(number, on))
            self._due.addWidget(box)
            self.due[reminder.id] = box

    def _settle(self, number: ReminderId, on: bool) -> None:
        (self._undone.discard if on else self._undone.add)(number)
        self._tell()

    def _took_case(self, page: CasePage) -> None:
        case = page.case
        if case.id == self._case:
            if self._new_talk:
                kinds = {TodayKind.NAZORG, TodayKind.STAP, TodayKind.TERUGBELLEN}
                self._offer_due(tuple(one for one in page.reminders if one.due <= self._day and one.kind in kinds))
            self.save.setText(f"Bewaren bij {case.code}")
            self.save.setAccessibleName(self.save.text())
            self._ask_limits(first=case.limits_discussed_on is None)

    def _ask_limits(self, *, first: bool) -> None:
        self._first_talk = first
        self.question.setVisible(first)


def _pair(column: QVBoxLayout, left: QWidget, right: QWidget) -> None:
    row = QHBoxLayout()
    row.setSpacing(12)
    row.addWidget(left, 11, Qt.AlignmentFlag.AlignTop)
    row.addWidget(right, 9, Qt.AlignmentFlag.AlignTop)
    column.addLayout(row)
