"""Which report Jaarverslag shows: organisation, period, for whom; and what is tried in its place."""

from typing import Final

from PySide6.QtCore import Qt

from vpdesk.domain.clients import Client
from vpdesk.domain.errors import VpdeskError
from vpdesk.domain.ids import ClientId
from vpdesk.domain.periods import Period
from vpdesk.domain.statements import Audience
from vpdesk.operations import cases, report_choosing
from vpdesk.operations.reports import Idea, Prepared
from vpdesk.ui.context import Context
from vpdesk.ui.models import report_periods
from vpdesk.ui.pages.report_crossed import open_crossed
from vpdesk.ui.pages.report_dialogs import AUDIENCES, PeriodDialog
from vpdesk.ui.pages.report_export import ReportExport
from vpdesk.ui.pages.report_logo import ask_logo
from vpdesk.ui.pages.report_refusal import without_export
from vpdesk.ui.pages.report_rows import RowsDialog
from vpdesk.ui.pages.report_skipping import ask_chapters
from vpdesk.ui.pages.report_trying import Trial
from vpdesk.ui.pages.report_work import open_work

_OTHER: Final = "andere periode"


class ReportChoosing(ReportExport):
    """The sheet with what was chosen; whatever changes that calls `make`."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._clients: tuple[Client, ...] = ()
        self._wanted: ClientId | None = None
        self._period: Period | None = None
        self._years: tuple[int, ...] = ()
        self._audience = Audience.WERKGEVER
        self._trial: Trial | None = None
        self.by_period.chosen.connect(self._choose_period)
        for chip in (self.by_period, self.by_client, self.by_audience):
            chip.repeated.connect(self._try_again)
        self.by_client.chosen.connect(lambda _: self._other_client())
        self.by_audience.chosen.connect(self._choose_audience)
        self.skipping.clicked.connect(self._choose_chapters)
        self.findings.wants_logo.connect(self._choose_logo)
        self.hidden.tried.connect(self.try_out)
        self.hidden.wants_rows.connect(lambda note: RowsDialog(self, note, self.try_out).open())
        self.hidden.kept.connect(self._keep_trial)
        self.hidden.taken_back.connect(self._take_back)

    def show_prepared(self, prepared: Prepared) -> None:
        """Show a report that was made."""
        raise NotImplementedError

    @property
    def client_id(self) -> ClientId | None:
        """The organisation that the report is about."""
        value = self.by_client.value if self._clients else None
        return ClientId(value) if isinstance(value, int) else None

    @property
    def period(self) -> Period | None:
        """The days that the report is about."""
        return self._period

    def choose(self, period: Period, audience: Audience | None = None) -> None:
        """Make the report about other days, or for others."""
        self._end_trial()
        self._period = period
        self._audience = audience or self._audience
        self._offer_periods()
        self.by_audience.set_value(self._audience)
        self.make()

    def _offer_clients(self, found: tuple[Client, ...]) -> None:
        self._clients = found
        here = self.chapters.hasFocus()
        self._stack.setCurrentIndex(0 if found else 1)
        if here and not found:
            self.to_clients.setFocus(Qt.FocusReason.OtherFocusReason)
        chips = (self.by_period, self.by_client, self.by_audience)
        for widget in (*chips, self.export, self.published, self.crossed, self.work):
            widget.setVisible(bool(found))
        if not found:
            return
        known = {client.id for client in found}
        chosen = self._wanted or self.by_client.value
        self._wanted = None
        self.by_client.offer(
            "", [(client.name, client.id) for client in found], chosen if chosen in known else found[0].id
        )
        self.by_audience.offer("", list(AUDIENCES), self._audience)
        if self._period is None:
            self._period = self._proposed()
        self._offer_periods()
        self._ask_years()
        self.make()

    def _ask_years(self) -> None:
        client = self.client_id
        if client is None:
            return

        def offer(years: tuple[int, ...]) -> None:
            if client == self.client_id:
                self._years = years
                self._offer_periods()

        self.context.worker.run(lambda vault: cases.years_with_cases(vault, client), offer, self.context.failed)

    def _offered(self) -> tuple[Period, ...]:
        return report_periods.offered(self.context.clock().date(), self._starts_in(), self._years)

    def _proposed(self) -> Period:
        return report_periods.proposed(self.context.clock().date(), self._starts_in())

    def _starts_in(self) -> int:
        client = next((client for client in self._clients if client.id == self.by_client.value), None)
        return client.year_starts_in if client is not None else 1

    def _offer_periods(self) -> None:
        offered = self._offered()
        own = () if self._period is None or self._period in offered else (self._period,)
        today = self.context.clock().date()
        choices: list[tuple[str, object]] = [(report_periods.label_on(item, today), item) for item in (*offered, *own)]
        choices.append(("Andere periode…", _OTHER))
        self.by_period.offer("", choices, self._period)

    def _other_client(self) -> None:
        self._end_trial()
        self._period, self._years = self._proposed(), ()
        self._offer_periods()
        self._ask_years()
        self.make()

    def _try_again(self) -> None:
        if self.prepared is None and not self.making.busy:
            self.make()

    def _choose_period(self, value: object) -> None:
        if isinstance(value, Period):
            self.choose(value)
        elif self._period is not None:
            self.by_period.set_value(self._period)
            PeriodDialog(self, self._period, self.choose).open()

    def _choose_crossed(self) -> None:
        if self.client_id is not None and self._period is not None:
            self._end_trial()
            open_crossed(self.context, self, self.client_id, self._period, self.make)

    def _choose_chapters(self) -> None:
        if self.client_id is not None:
            self._end_trial()
            ask_chapters(self.context, self, self.client_id, self.make)

    def _choose_logo(self) -> None:
        client = next((client for client in self._clients if client.id == self.client_id), None)
        if client is not None:
            ask_logo(self.context, self, client, self.make)

    def _choose_work(self) -> None:
        if self.client_id is not None:
            self._end_trial()
            open_work(self.context, self, self.client_id, self.make)

    def _choose_audience(self, value: object) -> None:
        if isinstance(value, Audience):
            self._end_trial()
            self._audience = value
            self.make()

    def _say_trial(self, prepared: Prepared) -> None:
        if self._trial is not None:
            self.export.setEnabled(False)
            self.preview.say_state("proef, nog niet gekozen", "info")
            trial = self._trial
            self.hidden.show_trial(trial.gives(prepared), can_keep=True, less=trial.gives_less(prepared))
            self.reveal_focus()

    def try_out(self, idea: Idea) -> None:
        """Make the report as an idea would have it; nothing is kept until the user chooses it."""
        if self.prepared is None or self._period is None:
            return
        self.findings.flush()
        self._trial = Trial(idea, self.prepared, self._period)
        self.hidden.show_trial(self._trial.begun, can_keep=False)
        self.reveal_focus()
        if idea.period is not None:
            self._period = idea.period
            self._offer_periods()
        self.make()

    def _keep_trial(self) -> None:
        trial, client, period = self._trial, self.client_id, self._period
        if trial is None or client is None or period is None:
            return
        choices = trial.choices
        if choices is None:
            self._kept()
            return
        self.context.worker.run(
            lambda vault: report_choosing.choose(vault, client, period, choices),
            lambda _kept: self._kept(),
            self.context.failed,
        )

    def _kept(self) -> None:
        self._end_trial()
        if self.prepared is not None and not self.making.busy:
            self.show_prepared(self.prepared)

    def _take_back(self) -> None:
        """Return to the report before the trial; the vault is read anew, since it may say something else by now."""
        trial = self._trial
        if trial is None:
            return
        self._period = trial.period
        self._end_trial()
        self._offer_periods()
        self.make()

    def _end_trial(self) -> None:
        if self._trial is not None:
            self._trial = None
            self.hidden.end_trial()
            self.reveal_focus()

    def _trial_failed(self, error: VpdeskError | None) -> None:
        """Return to what was there; a report that can't be made so is told, a trial that was stopped is not."""
        self._take_back()
        if error is not None:
            self.context.message(f"Dat geeft geen verslag. {without_export(error.sentence)}")
