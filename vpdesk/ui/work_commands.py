"""The commands about work that hold on every page, and the clock in the top row, which no lock stops."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context
from vpdesk.ui.widgets.buttons import Button

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from vpdesk.operations.timer import Running
    from vpdesk.operations.vaults import Vault
    from vpdesk.ui.widgets.messages import Message

_BEAT: Final = 10_000  # ms; minutes are shown, and one may pass unseen for as long as this
START: Final = "Klok starten…"
STOP: Final = "Klok stoppen…"


class WorkCommands(QObject):
    """Opens the forms over whatever page is shown; `shown` is the button that says how long the clock runs.

    `notice(text, kind, button)` puts a message above the page: for a clock that was forgotten.
    """

    def __init__(
        self,
        window: "QWidget",
        context: Context,
        shown: Button,
        notice: "Callable[[str, str, Button], Message]",
    ) -> None:
        super().__init__(window)
        self._window, self._context, self._shown, self._add_notice = window, context, shown, notice
        self.running: Running | None = None
        self._asking = False
        self._notice: Message | None = None
        self._told = ""
        self._beat = QTimer(self)
        self._beat.setInterval(_BEAT)
        self._beat.timeout.connect(self.ask)
        actions = context.actions
        actions.new_activity.triggered.connect(self._new)
        actions.new_call_back.triggered.connect(self._call_back)
        actions.plan_activity.triggered.connect(self._plan)
        actions.timer.triggered.connect(self.turn)
        actions.invoice_hours.triggered.connect(self._invoice)
        shown.clicked.connect(actions.timer.trigger)
        context.changes.changed.connect(self._on_change)

    def ask(self) -> None:
        """Look whether a clock runs, and what it says."""
        if self._asking:
            return
        self._asking = True
        now = self._context.clock()

        def running(vault: "Vault") -> "Running | None":
            from vpdesk.operations.timer import running_timer  # noqa: PLC0415 - the first paint needs it not

            return running_timer(vault, now=now)

        self._context.worker.run(running, self._show, self._not_known)

    def turn(self) -> None:
        """Ask what begins, or what became of what runs."""
        from vpdesk.ui.pages.timer_dialogs import StartTimerDialog, StopTimerDialog  # noqa: PLC0415 - seldom needed

        if self.running is None:
            StartTimerDialog(self._context, self._window).open()
        else:
            StopTimerDialog(self._context, self._window, self.running).open()

    def _on_change(self, topics: frozenset[Topic]) -> None:
        if Topic.WORKLOG in topics:
            self._asking = False  # what is under way was asked before the change
            self.ask()

    def _not_known(self, error: object) -> None:
        del error  # whoever reads the vault next says what is wrong with it
        self._asking = False

    def _show(self, running: "Running | None") -> None:
        self._asking = False
        self.running = running
        self._context.actions.timer.setText(START if running is None else STOP)
        self._shown.setVisible(running is not None)
        if running is None:
            self._beat.stop()
            self._told = ""
            self._take_notice_away()
            return
        self._beat.start()
        self._say(running)

    def _say(self, running: "Running") -> None:
        from vpdesk.domain.hours import as_clock  # noqa: PLC0415 - only where a clock runs
        from vpdesk.domain.worklog import TASKS  # noqa: PLC0415 - idem
        from vpdesk.ui.pages.timer_dialogs import doubtful, since  # noqa: PLC0415 - idem

        today = self._context.clock().date()
        doubt = doubtful(running, today)
        task = TASKS.label(running.timer.task)
        self._shown.setText("?" if doubt else as_clock(running.minutes))
        self._shown.icon_name = "let_op" if doubt else "activiteiten"
        begun = since(running, today)
        self._shown.setAccessibleName(f"Klok stoppen: {task}, begonnen {begun}, {as_clock(running.minutes)}")
        self._shown.setToolTip(f"{task}, begonnen {begun}")
        self._shown.updateGeometry()
        self._shown.update()
        which = running.timer.started.isoformat()
        if not doubt:
            self._take_notice_away()
        elif self._told != which:
            self._told = which
            stop = Button("Klok stoppen…", size=28)
            stop.clicked.connect(self._context.actions.timer.trigger)
            self._take_notice_away()
            self._notice = self._add_notice(f"Er loopt nog een klok, begonnen {begun}. Klopt dat?", "warning", stop)

    def _take_notice_away(self) -> None:
        if self._notice is not None:
            self._notice.deleteLater()
            self._notice = None

    def _new(self) -> None:
        from vpdesk.ui.pages.activity_dialogs import ActivityDialog  # noqa: PLC0415 - seldom needed

        ActivityDialog(self._context, self._window).open()

    def _plan(self) -> None:
        from vpdesk.ui.pages.planning_dialog import PlanningDialog  # noqa: PLC0415 - seldom needed

        PlanningDialog(self._context, self._window).open()

    def _call_back(self) -> None:
        from vpdesk.ui.pages.call_back_dialogs import CallBackForm  # noqa: PLC0415 - seldom needed

        CallBackForm(self._context, self._window).open()

    def _invoice(self) -> None:
        from vpdesk.ui.pages.invoice_dialog import InvoiceDialog  # noqa: PLC0415 - idem

        InvoiceDialog(self._context, self._window).open()
