"""The page of a case: where it stands, what comes next, what was, who decides, what this phase asks, and its facts."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QMenu, QWidget

from vpdesk.domain import taxonomy, wording
from vpdesk.domain.cases import Case
from vpdesk.domain.checklists import ItemState, Who
from vpdesk.domain.clients import Unit
from vpdesk.domain.errors import NotFoundError, VpdeskError
from vpdesk.domain.phases import Phase
from vpdesk.domain.rows import TodayKind
from vpdesk.domain.steps import StepKind
from vpdesk.operations import cases, clients, retention
from vpdesk.operations.cases import CasePage as CaseView
from vpdesk.operations.cases import LeftOpen
from vpdesk.operations.guided import guided_entries
from vpdesk.operations.handover import handover_entries
from vpdesk.operations.melding_words import aftermath_entries
from vpdesk.operations.meldingen import Aftermath, aftermath
from vpdesk.operations.steps import step_entries
from vpdesk.operations.timeline import merged
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context, PageName, Place
from vpdesk.ui.models.facts import facts
from vpdesk.ui.models.timeline import Entry, EntryKind
from vpdesk.ui.pages import case_dialogs, case_words
from vpdesk.ui.pages.case_facts import FactsDialog
from vpdesk.ui.pages.case_sheet import CaseSheet
from vpdesk.ui.pages.reminder_menu import ReminderMenu, limits_discussed
from vpdesk.ui.pages.step_record import RecordStep
from vpdesk.ui.pages.step_view import StepView
from vpdesk.ui.widgets.buttons import QUIET, SECONDARY, Button, popup_under
from vpdesk.ui.widgets.emptying import clear
from vpdesk.ui.widgets.labels import Label

if TYPE_CHECKING:
    from vpdesk.domain.ids import CaseId, ReminderId, StepId
    from vpdesk.domain.retention import Decision
    from vpdesk.operations.old_copies import Reach
    from vpdesk.operations.vaults import Vault

Found = tuple[CaseView, tuple[Unit, ...], Aftermath, LeftOpen]


_LONGEST_NAME, _LONGEST_CLIENT = 48, 80  # letters, so that the page stays as wide as the window


class CasePage(CaseSheet):
    """One case."""

    topics = frozenset(
        {
            Topic.CASES,
            Topic.CONVERSATIONS,
            Topic.REMINDERS,
            Topic.CLIENTS,
            Topic.STEPS,
            Topic.MELDINGEN,
            Topic.GUIDED,
        }
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.case_id: CaseId | None = None
        self._view: CaseView | None = None
        self._units: tuple[Unit, ...] = ()
        self._left: LeftOpen | None = None
        self._led: Place | None = None
        self._to_open: Place | None = None
        self._moves: tuple[Button, ...] = ()
        self._connect()

    def _connect(self) -> None:
        go = self.context.navigate
        self.to_list.clicked.connect(lambda: go(Place(PageName.CASUSSEN)))
        self.to_client.clicked.connect(self._to_client)
        self.talk.clicked.connect(self.begin_talk)
        self.plan.clicked.connect(lambda: self._plan_menu().popup(popup_under(self.plan)))
        self.more.clicked.connect(self._open_more)
        self.limits_button.clicked.connect(self._limits_done)
        self.change_wish = self.regie.change_wish
        self.regie.opened.connect(self.open_step)
        self.change_facts.clicked.connect(self.edit_facts)
        self.seven.clicked.connect(self.show_questions)
        self.checklist.changed.connect(self._tick)
        self.timeline.opened.connect(self._open_entry)
        self.timeline.selectionModel().currentChanged.connect(lambda *_: self._offer_step())
        self.step_menu.clicked.connect(lambda: self._step_menu().popup(popup_under(self.step_menu)))
        self.timeline.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.timeline.customContextMenuRequested.connect(
            lambda at: self._step_menu().popup(self.timeline.viewport().mapToGlobal(at))
        )
        actions = self.context.actions
        for action, do in (
            (actions.case_conversation, self.begin_talk),
            (actions.case_edit, self.edit_facts),
            (actions.case_move, self.move_on),
            (actions.case_client, self.move_elsewhere),
            (actions.case_questions, self.show_questions),
            (actions.case_remind, self.plan_step),
            (actions.case_step, self.record_step),
            (actions.case_refer, partial(self.record_step, StepKind.VERWIJZING)),
            (actions.case_wish, self.regie.ask_wish),
            (actions.case_melding, self.meldingen.record_melding),
            (actions.case_relay, self.meldingen.open_relay),
            (actions.case_file, self.attachments.store),
            (actions.case_detriment, self.meldingen.record_detriment),
            (actions.case_aftercare, self.meldingen.end_aftercare),
            (actions.case_close, self.close_case),
            (actions.case_hold, self.hold.place),
            (actions.case_destroy, self.destroy_case),
        ):
            action.triggered.connect(lambda _=False, do=do: do() if self.isVisible() else None)

    def open(self, place: Place) -> None:
        """Show a case, and what of it the place is about; but not again on the way back."""
        if place is not self._led and any((place.step, place.message, place.detriment)):
            self._led = self._to_open = place
            self._stale = True
        if place.case is not None and place.case != self.case_id:
            self.case_id = place.case
            self.area.verticalScrollBar().setValue(0)
            self._view = None
            self.people.show_case(None)
            self._stale = True
        if self.isVisible():
            self.refresh_if_stale()

    def first_focus(self) -> QWidget | None:
        """Return the timeline: what comes next stands first in it."""
        return self.timeline

    def refresh(self) -> None:
        """Ask for everything that the page shows."""
        if self.case_id is None:
            return
        number, today = self.case_id, self._today()

        def asked(vault: "Vault") -> Found:
            view = cases.case_page(vault, number, today=today)
            after = aftermath(vault, number)
            steps = step_entries(vault, number, today=today)
            more = (*guided_entries(vault, number), *steps, *aftermath_entries(vault, number, after))
            more = (*handover_entries(vault, number), *more)
            view = replace(view, timeline=merged(view.timeline, more))
            return view, clients.units(vault, view.case.client), after, cases.left_open(vault, number)

        self.context.worker.run(asked, self._show, self._not_there)

    def _not_there(self, error: VpdeskError) -> None:
        if isinstance(error, NotFoundError):
            self._leave()  # it was destroyed: nothing of it stays on the page
        self.context.failed(error)

    def showEvent(self, event: QShowEvent) -> None:
        """Switch on the commands about a case."""
        super().showEvent(event)
        self._switch_actions()

    def hideEvent(self, event: QHideEvent) -> None:
        """Switch them off again."""
        super().hideEvent(event)
        for action in self.context.actions.of_case:
            action.setEnabled(False)

    def move_buttons(self) -> tuple[Button, ...]:
        """Return the buttons of the moves that are possible."""
        return self._moves

    def begin_talk(self) -> None:
        """Begin a conversation about this case."""
        if self.case_id is not None:
            self.context.navigate(Place(PageName.GESPREK, case=self.case_id))

    def plan_step(self) -> None:
        """Plan a step, a call or aftercare."""
        self._ask(case_dialogs.StepDialog)

    def record_step(self, kind: StepKind = StepKind.ROUTE) -> None:
        """Record a step or referral that the person chose."""
        self._ask(partial(RecordStep, kind=kind))

    def open_step(self, step: "StepId") -> None:
        """Show a step with its consents."""
        self._ask(partial(StepView, step_id=step))

    def close_case(self) -> None:
        """Close the case."""
        if self._view is not None and Phase.AFGESLOTEN in self._view.moves:
            self._ask(partial(case_dialogs.CloseDialog, left=self._left))

    def destroy_case(self) -> None:
        """Ask about destroying the case for good, once it is known which copies hold it."""
        view = self._view
        if view is None or not view.case.closed:
            return
        from vpdesk.ui.pages.destroy_dialog import DestroyDialog, look  # noqa: PLC0415 - seldom asked for

        today = self._today()

        def asked(vault: "Vault") -> "tuple[Reach, Decision]":
            retention.refuse_held(vault, view.case.id)
            return look(vault), retention.decision_on(vault, view.case.id, today=today)

        def ask(found: "tuple[Reach, Decision]") -> None:
            if self._view is view:
                DestroyDialog(self.context, self, view, found[0], self._leave, found[1]).open()

        self.context.worker.run(asked, ask, self.context.failed)

    def _leave(self) -> None:
        """Leave a case that is gone; nothing of it stays on the page."""
        self.case_id, self._view = None, None
        self.people.show_case(None)
        self.entries.show(())
        self._name.setText("")
        self.regie.show_case(None)
        self.meldingen.show_case(None)
        self.hold.show_case(None)
        self.attachments.show_case(None)
        for widget, name in ((self, "Casus"), (self.to_client, "Organisatie")):
            widget.setAccessibleName(name)
        self.to_client.setText("Organisatie")
        clear(self._fact_lines)
        self.context.navigate(Place(PageName.CASUSSEN))

    def move_on(self) -> None:
        """Ask which phase follows, of those that can; a closed case reopens."""
        if self._view is None:
            return
        if self._view.case.closed:
            self._ask(case_dialogs.ReopenDialog)
        else:
            self._ask(partial(case_dialogs.OtherPhaseDialog, close=self.close_case))

    def move_to(self, phase: Phase) -> None:
        """Ask from when and why, and move; closing has questions of its own."""
        if phase is Phase.AFGESLOTEN:
            self.close_case()
        elif self._view is not None:
            case_dialogs.MoveDialog(self.context, self, self._view.case, phase).open()

    def move_elsewhere(self) -> None:
        """Ask to which organisation the case belongs after all."""
        from vpdesk.ui.pages.other_client_dialog import OtherClientDialog  # noqa: PLC0415 - seldom asked for

        self._ask(OtherClientDialog)

    def show_questions(self) -> None:
        """Show what somebody who assesses a melding asks later."""
        from vpdesk.ui.pages.seven_questions import SevenQuestionsDialog  # noqa: PLC0415 - seldom asked for

        SevenQuestionsDialog(self).open()

    def edit_facts(self) -> None:
        """Change the facts."""
        if self._view is not None:
            FactsDialog(self.context, self, self._view.case, self._units).open()

    def _ask(self, dialog: Callable[[Context, QWidget, Case], QDialog]) -> None:
        if self._view is not None:
            dialog(self.context, self, self._view.case).open()

    def _show(self, found: Found) -> None:
        view, self._units, after, self._left = found
        if view.case.id != self.case_id:
            return
        self._view = view
        case, today = view.case, self._today()
        self._name.setText(wording.shortened(f"{case.code} · {case.pseudonym}", _LONGEST_NAME))
        self.setAccessibleName(f"Casus {case.code} · {case.pseudonym}")
        self.to_client.setText(wording.shortened(view.client.name, _LONGEST_CLIENT))
        self.to_client.setToolTip(view.client.name)
        self.to_client.setAccessibleName(f"Organisatie {view.client.name}")
        self.to_client.updateGeometry()
        self._role.show_state(case.rol, "neutral")
        self._role.setVisible(case.rol != taxonomy.UNKNOWN.code)
        self.limits.setVisible(view.limits_missing)
        self.stepper.show_steps(case_words.steps(view, today))
        self._show_moves(view)
        self._show_entries(view, today)
        self.regie.show_case(case)
        self.meldingen.show_case(case, after)
        self._check.title.setText(case.phase.value.capitalize())
        self._check.setAccessibleName(f"Lijst van de {case.phase.value}")
        settled = sum(item.state is not ItemState.NOG_NIET for item in view.checklist)
        self._checked.setText(f"{settled} van {len(view.checklist)}")
        self.checklist.show_items(view.checklist, today)
        self.seven.setVisible(case.phase in {Phase.VOORFASE, Phase.MELDINGSFASE})
        self._show_facts(case)
        self.people.show_case(case)
        self.hold.show_case(case)
        self.attachments.show_case(case)
        self._switch_actions()
        self._lead_on()

    def _lead_on(self) -> None:
        place, self._to_open = self._to_open, None
        if place is None or place.case != self.case_id:
            return
        if place.step is not None:
            self.open_step(place.step)
        elif place.detriment is not None:
            self.meldingen.open_detriment(place.detriment)
        elif place.melding is not None and place.message is not None:
            self.meldingen.open_message(place.melding, place.message)

    def _show_moves(self, view: CaseView) -> None:
        offered: list[tuple[str, Callable[[], None]]] = [
            ("Heropenen…", self.move_on),
            ("Vernietigen…", self.destroy_case),
        ]
        if not view.case.closed:
            offered = [
                ("Afsluiten…", self.close_case)
                if phase is Phase.AFGESLOTEN
                else (f"Naar {phase.value}…", partial(self.move_to, phase))
                for phase in view.moves
            ]
        clear(self.moves)
        self.moves.addStretch(1)
        made = []
        for text, do in offered:
            button = Button(text, QUIET if do == self.destroy_case else SECONDARY, size=28)
            button.clicked.connect(lambda _=False, do=do: do())
            self.moves.addWidget(button, 0, Qt.AlignmentFlag.AlignRight)
            made.append(button)
        self.moves.addStretch(1)
        self._moves = tuple(made)

    def _show_entries(self, view: CaseView, today: date) -> None:
        place = max(0, self.timeline.currentIndex().row())
        self.entries.show(case_words.entries(view, today))
        self.timeline.fit()
        self.timeline.setCurrentIndex(self.entries.index(min(place, self.entries.rowCount() - 1)))
        self._offer_step()

    def _show_facts(self, case: Case) -> None:
        clear(self._fact_lines)
        for fact in facts(case, self._units):
            label = Label(fact.label, "small", "muted", wraps=True)
            value = Label(fact.value, "body", "text" if fact.known else "muted", wraps=True)
            value.setContentsMargins(0, 0, 0, 8)
            self._fact_lines.addWidget(label)
            self._fact_lines.addWidget(value)

    def _switch_actions(self) -> None:
        actions, view = self.context.actions, self._view
        shown = view is not None and self.isVisible()
        for action in actions.of_case:
            action.setEnabled(shown)
        if view is not None:
            actions.case_close.setEnabled(shown and Phase.AFGESLOTEN in view.moves)
            actions.case_destroy.setEnabled(shown and view.case.closed is not None)
            actions.case_file.setEnabled(shown and view.case.closed is None)
            actions.case_relay.setEnabled(shown and self.meldingen.relayed is not None)
            aftercare = any(item.kind is TodayKind.NAZORG for item in view.reminders)
            actions.case_aftercare.setEnabled(shown and aftercare)

    def _open_more(self) -> None:
        menu = QMenu(self)
        actions = self.context.actions
        menu.addActions([actions.case_edit, actions.case_move, actions.case_aftercare, actions.case_close])
        menu.addActions([actions.case_client, actions.case_hold, actions.case_destroy])
        menu.addSeparator()
        menu.addActions([actions.danger, actions.guided_break, actions.guided_request, actions.guided_avg])
        menu.popup(popup_under(self.more))

    def _open_entry(self, entry: Entry) -> None:
        if entry.kind is EntryKind.NEXT:
            self.begin_talk()
        elif entry.step is not None:
            self.open_step(entry.step)
        elif entry.melding is not None:
            self.meldingen.open_melding(entry.melding)
        elif entry.detriment is not None:
            self.meldingen.open_detriment(entry.detriment)
        elif entry.guided is not None:
            self.context.navigate(Place(PageName.VASTLEGGING, guided=entry.guided))
        elif entry.conversation is not None:
            self.context.navigate(Place(PageName.GESPREK, conversation=entry.conversation, case=self.case_id))

    def _plan_menu(self) -> QMenu:
        menu = QMenu(self)
        actions = self.context.actions
        menu.addActions([actions.case_step, actions.case_refer, actions.case_remind])
        menu.addActions([actions.case_melding, actions.case_detriment])
        return menu

    def _offer_step(self) -> None:
        entry = self.entries.entry(self.timeline.currentIndex())
        self.step_menu.setVisible(entry is not None and entry.reminder is not None)

    def _step_menu(self) -> QMenu:
        entry = self.entries.entry(self.timeline.currentIndex())
        if entry is None or entry.reminder is None:
            menu = QMenu(self)
            menu.addAction("Openen", lambda: None if entry is None else self._open_entry(entry))
            return menu
        return ReminderMenu(self.context, self, entry.reminder, aftercare_of=self._aftercare_of(entry.reminder))

    def _aftercare_of(self, reminder: "ReminderId") -> "CaseId | None":
        """Return the case where a reminder is its aftercare."""
        open_ = () if self._view is None else self._view.reminders
        planned = any(item.id == reminder and item.kind is TodayKind.NAZORG for item in open_)
        return self.case_id if planned else None

    def _tick(self, code: str, state: ItemState, who: Who) -> None:
        if self._view is None:
            return
        number, phase = self._view.case.id, self._view.case.phase
        days = {item.item.code: item.on for item in self._view.checklist if item.state is state}
        on = days.get(code) or self._today()  # where only who it was changes, the day stays
        self.context.worker.run(
            partial(cases.check_item, case_id=number, phase=phase, code=code, state=state, on=on, who=who),
            lambda _: self.context.changes.tell(Topic.CASES),
            self.context.failed,
        )

    def _limits_done(self) -> None:
        if self._view is not None:
            limits_discussed(self.context, self._view.case.id)

    def _to_client(self) -> None:
        if self._view is not None:
            self.context.navigate(Place(PageName.ORGANISATIES, client=self._view.case.client))

    def _today(self) -> date:
        return self.context.clock().date()
