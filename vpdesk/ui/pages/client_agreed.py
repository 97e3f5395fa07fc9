"""The forms about what was agreed on with an organisation: appointment, confidentiality and report, and its rules."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import ClassVar

from PySide6.QtWidgets import QGridLayout, QWidget

from vpdesk.domain.clients import FIELDS_OF_WORK, OWN_ROLES, PER, Agreed, Client
from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.hours import as_hours, hours_of
from vpdesk.operations import clients
from vpdesk.ui import theme
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context
from vpdesk.ui.pages.client_cards import RULES, unfit_words
from vpdesk.ui.widgets.fields import CheckBox, ComboBox, Field, LineEdit
from vpdesk.ui.widgets.form import FormDialog
from vpdesk.ui.widgets.maybe_day import MaybeDay
from vpdesk.ui.widgets.messages import Message
from vpdesk.ui.widgets.writing import PlainText

_LEAP = 2024
"""A year in which every day of a year exists."""


class _AgreedDialog(FormDialog):
    """A form that changes a part of what was agreed on; the change can be taken back."""

    keeps_text = True
    heading: ClassVar[str]
    explained: ClassVar[str] = "Alles mag leeg blijven."

    def __init__(self, context: Context, parent: QWidget, client: Client, then: Callable[[], None]) -> None:
        super().__init__(parent, self.heading, "Bewaren", text=self.explained)
        self.setMinimumWidth(theme.px(520))
        self._context, self._client, self._then = context, client, then
        self.build(client.agreed)
        self.verb.clicked.connect(self._keep)

    def build(self, agreed: Agreed) -> None:
        """Make the fields."""
        raise NotImplementedError

    def changed(self, agreed: Agreed) -> Agreed:
        """Return what was agreed on as the fields say; raises InvalidValueError."""
        raise NotImplementedError

    def line(self, name: str, value: str, *, hint: str = "") -> LineEdit:
        """Add a field of one line."""
        made = LineEdit(value, name=name)
        self.body.addWidget(Field(name, made, hint=hint))
        return made

    def text(self, name: str, value: str, *, hint: str = "") -> PlainText:
        """Add a field of a few lines."""
        made = PlainText(value)
        made.setFixedHeight(theme.px(72))
        self.body.addWidget(Field(name, made, hint=hint))
        return made

    def boxes(
        self, name: str, choices: dict[str, str], chosen: tuple[str, ...], *, columns: int
    ) -> dict[str, CheckBox]:
        """Add boxes of which any may be ticked."""
        made = {code: CheckBox(words, name=f"{name}: {words}") for code, words in choices.items()}
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(0)
        for place, (code, box) in enumerate(made.items()):
            box.setChecked(code in chosen)
            grid.addWidget(box, *divmod(place, columns))
        self.body.addWidget(Field(name, holder))
        return made

    def _keep(self) -> None:
        before = self._client
        try:
            after = replace(before, agreed=self.changed(before.agreed))
        except InvalidValueError as error:
            self.failed(error)
            return
        self._context.worker.run(
            self.sending(lambda vault: clients.change_client(vault, after)), self._kept, self.failed
        )

    def _kept(self, _client: Client) -> None:
        context, before = self._context, self._client

        def told(_result: object) -> None:
            context.changes.tell(Topic.CLIENTS, Topic.REMINDERS)

        def undo() -> None:
            context.worker.run(lambda vault: clients.change_client(vault, before), told, context.failed)

        told(None)
        context.message("Afspraken bewaard.", undo=undo)
        self.accept()
        self._then()


class AppointmentDialog(_AgreedDialog):
    """For what, how long and for how many hours, and beside which other roles."""

    heading = "Aanstelling"

    def build(self, agreed: Agreed) -> None:
        """Make the fields."""
        today = self._context.clock().date()
        self.fields = self.boxes("Werkterrein", FIELDS_OF_WORK, agreed.fields, columns=1)
        self.since = MaybeDay("Aangesteld vanaf", agreed.since, today)
        self.until = MaybeDay("Aangesteld tot en met", agreed.until, date(today.year, 12, 31))
        self.body.addWidget(self.since)
        self.body.addWidget(self.until)
        self.hours = LineEdit(as_hours(agreed.minutes) if agreed.minutes else "", name="Afgesproken uren")
        self.hours.setPlaceholderText("Bijvoorbeeld 4 of 4,5")
        self.per = ComboBox("Per")
        for code, words in PER.items():
            self.per.addItem(words.capitalize(), code)
        self.per.choose(agreed.per)
        self._hours = Field("Afgesproken uren", self.hours)
        self.pair(self._hours, Field("Per", self.per))
        self.manager = self.line(
            "Wie u functioneel aanstuurt", agreed.manager, hint="Liefst niet directie, HR of juridische zaken."
        )
        self.own_roles = self.boxes("Uw andere rollen bij deze organisatie", OWN_ROLES, agreed.own_roles, columns=2)
        self.unfit = Message("", "warning")
        self.body.addWidget(self.unfit)
        for box in self.own_roles.values():
            box.toggled.connect(self._warn)
        self._warn()
        next(iter(self.fields.values())).setFocus()

    def _warn(self) -> None:
        words = unfit_words(Agreed(own_roles=_ticked(self.own_roles)))
        self.unfit.setVisible(bool(words))
        if words:
            self.unfit.show_text(words, "warning")
            self.fit()

    def changed(self, agreed: Agreed) -> Agreed:
        """Return what was agreed on as the fields say."""
        self._hours.show_error("")
        try:
            minutes = hours_of(self.hours.text())
        except InvalidValueError as error:
            self._hours.show_error(error.sentence)
            self.hours.setFocus()
            raise
        return replace(
            agreed,
            fields=_ticked(self.fields),
            since=self.since.day,
            until=self.until.day,
            minutes=minutes,
            per=str(self.per.currentData()),
            manager=self.manager.text().strip(),
            own_roles=_ticked(self.own_roles),
        )


class AgreementsDialog(_AgreedDialog):
    """Confidentiality and when it is broken, who controls the data, and the report."""

    heading = "Vertrouwelijkheid en verslag"

    def build(self, agreed: Agreed) -> None:
        """Make the fields."""
        self.confidentiality = self.text("Vertrouwelijkheid", agreed.confidentiality)
        self.confidentiality.setFocus()
        self.breaking = self.text(
            "Wanneer die doorbroken wordt", agreed.breaking, hint="Zoals een wettelijke plicht of acuut gevaar."
        )
        self.controller = self.line(
            "Verwerkingsverantwoordelijke (AVG)",
            agreed.controller,
            hint="Extern bent u dat vaak zelf; intern meestal de werkgever, die er toch niet bij mag.",
        )
        by = agreed.report_by
        self.report_by = MaybeDay("Verslag uiterlijk op", None if by is None else date(_LEAP, *by), date(_LEAP, 3, 1))
        self.report_by.edit.setDisplayFormat("d MMMM")
        self.body.addWidget(self.report_by)
        self.recipients = self.line("Verslag aan", agreed.recipients, hint="Eerst de OR, of tegelijk met de werkgever?")

    def changed(self, agreed: Agreed) -> Agreed:
        """Return what was agreed on as the fields say."""
        by = self.report_by.day
        return replace(
            agreed,
            confidentiality=self.confidentiality.toPlainText().strip(),
            breaking=self.breaking.toPlainText().strip(),
            controller=self.controller.text().strip(),
            report_by=None if by is None else (by.month, by.day),
            recipients=self.recipients.text().strip(),
        )


class RulesDialog(_AgreedDialog):
    """Where the organisation's own rules are to be read."""

    heading = "Regelingen"
    explained = "Een adres op het web of een plaats. vpdesk opent niets vanzelf. Alles mag leeg blijven."

    def build(self, agreed: Agreed) -> None:
        """Make the fields."""
        self.rules = {field: self.line(name, getattr(agreed, field)) for field, name in RULES}
        next(iter(self.rules.values())).setFocus()

    def changed(self, agreed: Agreed) -> Agreed:
        """Return what was agreed on as the fields say."""
        return replace(
            agreed,
            meldregeling=self.rules["meldregeling"].text().strip(),
            klachtenregeling=self.rules["klachtenregeling"].text().strip(),
            onderzoeksprotocol=self.rules["onderzoeksprotocol"].text().strip(),
        )


def _ticked(boxes: dict[str, CheckBox]) -> tuple[str, ...]:
    return tuple(code for code, box in boxes.items() if box.isChecked())
