"""Terugbelnotitie: the form that writes one down, and the small window that says how somebody is reached when asked."""

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from vpdesk.domain.call_backs import WORK_MAIL_LABELS, CallBack, WorkMail
from vpdesk.domain.errors import VpdeskError
from vpdesk.domain.people import VOICEMAIL_LABELS, WORK_ADDRESS, Voicemail, looks_like_work
from vpdesk.domain.rows import TodayItem
from vpdesk.domain.wording import long_date
from vpdesk.operations import call_backs
from vpdesk.ui import theme
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context, PageName, Place
from vpdesk.ui.models.drafts import Belongs
from vpdesk.ui.pages.activity_fields import ask_clients, client_choice, client_of
from vpdesk.ui.undoing import undoing
from vpdesk.ui.widgets.buttons import QUIET, Button
from vpdesk.ui.widgets.emptying import clear
from vpdesk.ui.widgets.fields import ComboBox, DateEdit, Field, LineEdit
from vpdesk.ui.widgets.flow import Flow
from vpdesk.ui.widgets.form import FormDialog
from vpdesk.ui.widgets.labels import Label
from vpdesk.ui.widgets.messages import Message

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from vpdesk.domain.ids import CallBackId
    from vpdesk.operations.vaults import Vault

SHOW: Final = "Gegevens tonen"
HIDE: Final = "Gegevens verbergen"
_SECOND: Final = 1000
_LATER: Final = (("Morgen bellen", timedelta(days=1)), ("Over een week", timedelta(weeks=1)))


class CallBackForm(FormDialog):
    """How and when somebody is called safely; one thing is enough."""

    keeps_text = True

    def __init__(self, context: Context, parent: QWidget, call_back: CallBack | None = None) -> None:
        super().__init__(
            parent,
            "Terugbelnotitie" if call_back is None else "Terugbelnotitie wijzigen",
            "Bewaren",
            text="Eén gegeven is genoeg, een naam hoeft niet. Na veertien dagen vraagt vpdesk of dit weg kan.",
        )
        self.setMinimumWidth(theme.px(560))
        self._context = context
        today = context.clock().date()
        self._number, self._made = (call_backs.NEW, today) if call_back is None else (call_back.id, call_back.made)
        self.goes_with = Belongs.TERUGBELNOTITIE.to(self._number)
        self.called = LineEdit(placeholder="Bijvoorbeeld: mevrouw K.")
        self.client = client_choice("Organisatie")
        self.reach = LineEdit()
        self.hours = LineEdit(placeholder="Bijvoorbeeld: na 18 uur, niet op dinsdag")
        self.due = DateEdit(today, "Terugbellen op")
        self.voicemail, self.work_mail = ComboBox("Voicemail"), ComboBox("Werkmail")
        for answer, label in VOICEMAIL_LABELS.items():
            self.voicemail.addItem(label, answer.value)
        for mail, label in WORK_MAIL_LABELS.items():
            self.work_mail.addItem(label, mail.value)
        self.at_work = Message(WORK_ADDRESS, "warning")
        self.pair(Field("Aanspreekvorm", self.called), Field("Terugbellen op", self.due))
        self.pair(Field("Eigen nummer of adres", self.reach), Field("Wanneer veilig", self.hours))
        self.body.addWidget(self.at_work)
        self.pair(Field("Voicemail", self.voicemail), Field("Werkmail", self.work_mail))
        self.body.addWidget(Field("Organisatie, mag later", self.client))
        self.body.addStretch(1)
        self.reach.textChanged.connect(self._warn)
        self._before = call_back
        if call_back is not None:
            self._fill(call_back)
        self._warn(self.reach.text())
        self.verb.clicked.connect(self._keep)
        ask_clients(context, self.client, None if call_back is None else call_back.client)
        self.called.setFocus()

    def _fill(self, known: CallBack) -> None:
        for line, text in ((self.called, known.called), (self.reach, known.reach), (self.hours, known.hours)):
            line.setText(text)
        self.due.set_day(known.due)
        self.voicemail.choose(known.voicemail.value)
        self.work_mail.choose(known.work_mail.value)

    def _warn(self, reach: str) -> None:
        self.at_work.setVisible(looks_like_work(reach))
        self.fit()

    def _keep(self) -> None:
        try:
            told = CallBack(
                self._number,
                self._made,
                self.due.day,
                client=client_of(self.client),
                called=self.called.text().strip(),
                reach=self.reach.text().strip(),
                hours=self.hours.text().strip(),
                voicemail=Voicemail(self.voicemail.currentData()),
                work_mail=WorkMail(self.work_mail.currentData()),
            )
        except VpdeskError as error:  # what was typed stays
            self.failed(error)
            return
        keep = partial(call_backs.save_call_back, call_back=told)
        self._context.worker.run(self.sending(keep), self._kept, self.failed)

    def _kept(self, kept: CallBack) -> None:
        self._context.changes.tell(Topic.REMINDERS, Topic.DRAFTS)
        before = self._before
        back: Callable[[Vault], object] = partial(call_backs.destroy_call_back, number=kept.id)
        if before is not None:
            back = partial(call_backs.save_call_back, call_back=before)
        undo = undoing(self._context, back, Topic.REMINDERS)
        self._context.message("De terugbelnotitie is bewaard en staat op Vandaag.", undo=undo)
        self.accept()


class CallBackDialog(FormDialog):
    """One call-back: hidden until asked for, and then for as long as names are shown."""

    def __init__(self, context: Context, parent: QWidget, item: TodayItem, number: "CallBackId") -> None:
        super().__init__(
            parent,
            item.title if item.title != "Terugbellen" else "Iemand terugbellen",
            "Begin gesprek",
            text=f"{item.detail}. Wordt het een casus, dan gaan deze gegevens daarin mee.",
        )
        self._context, self._parent, self._item, self._number = context, parent, item, number
        self.shown: CallBack | None = None
        self.toggle = Button(SHOW, QUIET, icon="oogdicht", size=28)
        self._rows = QWidget()
        self._lines = QVBoxLayout(self._rows)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(2)
        self.change, self.remove = Button("Wijzigen…", size=28), Button("Vernietigen", size=28)
        self.later = [Button(words, size=28) for words, _ in _LATER]
        self.back.setText("Sluiten")
        self.back.setAccessibleName("Sluiten")
        self.body.addWidget(self.toggle)
        self.body.addWidget(self._rows)
        more = QWidget()
        flow = Flow()
        more.setLayout(flow)
        for button in (self.change, *self.later, self.remove):
            flow.addWidget(button)
        self.body.addWidget(more)
        self.body.addStretch(1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide_details)
        self.toggle.clicked.connect(self.turn)
        self.change.clicked.connect(partial(self._ask, self._change))
        self.remove.clicked.connect(self._destroy)
        self.verb.clicked.connect(self._begin)
        for button, (_, later) in zip(self.later, _LATER, strict=True):
            button.clicked.connect(partial(self._postpone, context.clock().date() + later))
        self.verb.setFocus()

    def turn(self) -> None:
        """Show how somebody is reached, or hide it."""
        if self.shown is None:
            self._ask(self._show)
        else:
            self.hide_details()

    def hide_details(self) -> None:
        """Take every detail out of the widgets."""
        self.shown = None
        self._timer.stop()
        clear(self._lines)
        self._name_toggle(SHOW, "oogdicht")

    def _show(self, found: CallBack) -> None:
        clear(self._lines)
        self.shown = found
        mail = "" if found.work_mail is WorkMail.ONBEKEND else WORK_MAIL_LABELS[found.work_mail]
        message = "" if found.voicemail is Voicemail.ONBEKEND else VOICEMAIL_LABELS[found.voicemail]
        for name, text in (
            ("Aanspreekvorm", found.called),
            ("Nummer of adres", found.reach),
            ("Wanneer veilig", found.hours),
            ("Voicemail", message),
            ("Werkmail", mail),
            ("Bewaard tot", long_date(found.until)),
        ):
            if text:
                self._lines.addWidget(Label(name, "small", "muted"))
                self._lines.addWidget(Label(text, "body", wraps=True))
        self._name_toggle(HIDE, "oog")
        self._timer.start(self._context.preferences.names_seconds * _SECOND)
        self.fit()

    def _name_toggle(self, text: str, icon: str) -> None:
        self.toggle.setText(text)
        self.toggle.setAccessibleName(text)
        self.toggle.icon_name = icon
        self.toggle.updateGeometry()

    def _ask(self, then: "Callable[[CallBack], None]", _checked: bool = False) -> None:
        get = partial(call_backs.get_call_back, number=self._number)
        self._context.worker.run(get, then, self.failed)

    def _change(self, found: CallBack) -> None:
        self.accept()
        CallBackForm(self._context, self._parent, found).open()

    def _begin(self) -> None:
        self._ask(self._begun)

    def _begun(self, found: CallBack) -> None:
        self.accept()
        self._context.navigate(Place(PageName.GESPREK, client=found.client, call_back=found.id))

    def _postpone(self, due: "date", _checked: bool = False) -> None:
        from vpdesk.ui.pages.today_ways import postpone_call_back  # noqa: PLC0415 - seldom asked for

        postpone_call_back(self._context, self._item, due, self.accept)

    def _destroy(self) -> None:
        from vpdesk.ui.pages.keeping_menu import destroy  # noqa: PLC0415 - seldom asked for

        self.accept()
        destroy(self._context, self._item)
