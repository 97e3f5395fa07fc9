"""Intervisie and bijscholing: hours against the goals of a register, which the user sets, and where proof lies."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from vpdesk.domain.certification import MOST_HOURS, MOST_YEARS, Progress, Scheme
from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.hours import as_clock
from vpdesk.domain.planned import Planned
from vpdesk.domain.wording import counted, full_date, long_date
from vpdesk.domain.worklog import TASKS, UPKEEP, Activity
from vpdesk.operations import certification
from vpdesk.operations.certification import Certification
from vpdesk.ui import theme
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context
from vpdesk.ui.models.case_table import day_short
from vpdesk.ui.pages.planning_dialog import PlanningDialog
from vpdesk.ui.undoing import undoing
from vpdesk.ui.widgets.bars import BarRow, BarRows, Part
from vpdesk.ui.widgets.buttons import QUIET, Button
from vpdesk.ui.widgets.cards import Card, Icon
from vpdesk.ui.widgets.emptying import clear
from vpdesk.ui.widgets.fields import CheckBox, ComboBox, DateEdit, Field, LineEdit
from vpdesk.ui.widgets.form import FormDialog
from vpdesk.ui.widgets.labels import Label, Rule
from vpdesk.ui.widgets.lists import ListRow, TwoLineList

WORDS: Final = ("Bijscholing", "Intervisie", "Extra")
LOOK: Final = "Een voorstel: 24, 32 en 16 uur in vier jaar. Wat uw register vraagt, kan anders zijn: kijk het na."
NOT_HOURS: Final = f"Vul hele uren in, van 0 tot {MOST_HOURS}."
_DIGITS: Final = 3


class Track(QWidget):
    """How far one is, as a filled track; words beside it say the same."""

    def __init__(self) -> None:
        super().__init__()
        self._share = 0
        self.setAccessibleName("Voortgang")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_share(self, share: int) -> None:
        """Show a share in per cent."""
        self._share = share
        self.setAccessibleDescription(f"{share} %")
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of the track."""
        return QSize(160, theme.px(10))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the track and what is done of it."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("sunken"))
        painter.drawRoundedRect(rect, 4, 4)
        done = QRectF(rect.left(), rect.top(), rect.width() * self._share / 100, rect.height())
        painter.setBrush(theme.colour("accent"))
        painter.drawRoundedRect(done, 4, 4)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("control"), 1))
        painter.drawRoundedRect(rect, 4, 4)


class CertificationCard(Card):
    """The card; `wanted(Activity)` when one of the activities is to be opened."""

    wanted = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__("Intervisie en bijscholing")
        self._context = context
        self._found: Certification | None = None
        self.planned: Planned | None = None
        self.change = Button("Doel wijzigen", QUIET, size=28)
        self.head.addWidget(self.change)
        self._ask = Label(
            "vpdesk telt uw uren voor hercertificering, met waar het bewijs ligt. Zeg eerst wanneer uw periode begon.",
            "body",
            "muted",
            wraps=True,
        )
        self.begin = Button("Periode en doel invullen…", size=28)
        self._filled = QWidget()
        self._build(self._filled)
        self.body.addWidget(self._ask)
        self.body.addWidget(self.begin)
        self.body.addWidget(self._filled)
        self._build_next()
        self.change.clicked.connect(self.set_scheme)
        self.begin.clicked.connect(self.set_scheme)
        self.proofs.clicked.connect(self._show_proofs)

    def _build(self, holder: QWidget) -> None:
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._period = Label("", "small", "muted", wraps=True)
        self._done, self._of, self._share = Label("", "empty"), Label("", "body", "muted"), Label("", "body", "muted")
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self._done)
        row.addWidget(self._of, 1)
        row.addWidget(self._share)
        self._track = Track()
        self._kinds = QGridLayout()
        self._kinds.setVerticalSpacing(6)
        self._kinds.setHorizontalSpacing(12)
        self._kinds.setColumnStretch(0, 1)
        self._still, self._spread = Label("", "small", wraps=True), Label("", "small", "warning", wraps=True)
        self._years = BarRows("Per jaar", thick=9, beside=False)
        self.proofs = Button("Uren en bewijs…", QUIET, size=28)
        column.addWidget(self._period)
        column.addLayout(row)
        column.addWidget(self._track)
        column.addLayout(self._kinds)
        column.addWidget(self._still)
        column.addWidget(Label("Per jaar", "label", "muted"))
        column.addWidget(self._years)
        column.addWidget(self._spread)
        column.addWidget(Rule())
        column.addWidget(self.proofs)

    def _build_next(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label("Volgende intervisie"))
        self._next = Label("", "small", "muted", wraps=True)
        words.addWidget(self._next)
        self.plan = Button("Plannen…", QUIET, size=28)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(Icon("vandaag", "muted"), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(self.plan, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(Rule())
        self.body.addLayout(row)
        self.plan.clicked.connect(lambda: PlanningDialog(self._context, self, self.planned).open())

    def show_next(self, planned: Planned | None) -> None:
        """Show when the next intervisie is, or that none is planned."""
        self.planned = planned
        when = "Nog niet gepland"
        if planned is not None:
            day = full_date(planned.on) if planned.on >= self._context.clock().date() else long_date(planned.on)
            late = "" if planned.on >= self._context.clock().date() else "Was op "
            when = f"{late}{day}{f', {planned.at}' if planned.at else ''}"
        self._next.setText(when)
        self.plan.setText("Plannen…" if planned is None else "Wijzigen…")
        self.plan.setAccessibleName(f"Volgende intervisie: {'plannen' if planned is None else 'wijzigen'}")
        self.plan.updateGeometry()

    def show_progress(self, found: Certification | None) -> None:
        """Show how far she is; without a period, ask for one."""
        self._found = found
        self._ask.setVisible(found is None)
        self.begin.setVisible(found is None)
        self._filled.setVisible(found is not None)
        self.change.setVisible(found is not None)
        if found is None:
            return
        progress, today = found.progress, self._context.clock().date()
        self._period.setText(_period_of(progress.scheme))
        self._done.setText(as_clock(progress.counted))
        self._of.setText(f"van {progress.scheme.target // 60} uur")
        self._share.setText(f"{progress.share} %")
        self._track.show_share(progress.share)
        self._show_kinds(progress)
        self._still.setText(progress.still(today))
        self._spread.setText(progress.spread(today))
        self._spread.setVisible(bool(progress.spread(today)))
        begun = [item for item in progress.years if item.year.first <= today or item.minutes]
        self._years.show_rows(
            [
                BarRow(
                    _year_of(item.year.first, item.year.last), (Part(item.minutes, "chart_1"),), as_clock(item.minutes)
                )
                for item in begun
            ]
        )
        missing = f", {progress.without_proof} zonder bewijs" if progress.without_proof else ""
        lines = counted(len(found.activities), "activiteit", "activiteiten")
        self.proofs.setText(f"{lines}{missing}…")
        self.proofs.setAccessibleName(f"{lines}{missing}: tonen")
        self.proofs.setVisible(bool(found.activities))

    def _show_kinds(self, progress: Progress) -> None:
        clear(self._kinds)
        for row, (word, kind) in enumerate(zip(WORDS, progress.kinds, strict=True)):
            done, of = Label(as_clock(kind.done)), Label(f"van {kind.target // 60}", "body", "muted")
            name = Label(word)
            name.setAccessibleName(f"{word}: {as_clock(kind.done)} van {kind.target // 60} uur")
            for column, label in enumerate((name, done, of)):
                self._kinds.addWidget(label, row, column, Qt.AlignmentFlag.AlignLeft if not column else _RIGHT)

    def set_scheme(self) -> None:
        """Ask for period and goals."""
        known = None if self._found is None else self._found.progress.scheme
        SchemeDialog(self._context, self, known).open()

    def _show_proofs(self) -> None:
        if self._found is not None:
            ProofDialog(self._context, self, self._found.activities, self.wanted.emit).open()


_RIGHT: Final = Qt.AlignmentFlag.AlignRight


def _period_of(scheme: Scheme) -> str:
    first, last = scheme.period.first, scheme.period.last
    whole = (first.month, first.day) == (1, 1)
    days = f"{first.year} tot en met {last.year}" if whole else f"{long_date(first)} tot en met {long_date(last)}"
    looked = f"Nagekeken op {long_date(scheme.checked)}" if scheme.checked else "Doel nog niet nagekeken"
    return f"Periode {days}\n{looked}"


def _year_of(first: date, last: date) -> str:
    return str(first.year) if first.year == last.year else f"{first.year}/{last.year % 100:02d}"


class SchemeDialog(FormDialog):
    """When the period began, how long it is and how many hours of each kind the register asks."""

    def __init__(self, context: Context, parent: QWidget, known: Scheme | None) -> None:
        super().__init__(parent, "Periode en doel", "Bewaren", text=LOOK)
        self._context = context
        today = context.clock().date()
        scheme = known or Scheme(date(today.year, 1, 1))
        self._known, self._checked = known, scheme.checked
        self.start = DateEdit(scheme.start, "Periode begon op")
        self.years = ComboBox("Hoe lang")
        for number in range(1, MOST_YEARS + 1):
            self.years.addItem(f"{number} jaar", number)
        self.years.choose(scheme.years)
        self.hours = [LineEdit(str(hours), name=word) for word, hours in zip(WORDS, scheme.hours, strict=True)]
        self.looked = CheckBox("Ik heb dit vandaag nagekeken bij mijn register")
        self.pair(Field("Periode begon op", self.start), Field("Hoe lang", self.years))
        row = QHBoxLayout()
        row.setSpacing(12)
        for word, hours in zip(WORDS, self.hours, strict=True):
            row.addWidget(Field(f"{word}, uren", hours), 1)
        self.body.addLayout(row)
        self.body.addWidget(self.looked)
        self.start.setFocus()
        self.verb.clicked.connect(self._keep)

    def _hours(self, field: LineEdit) -> int:
        written = field.text().strip()
        if not (written.isascii() and written.isdecimal() and len(written) <= _DIGITS):
            field.setFocus()
            raise InvalidValueError(NOT_HOURS)
        return int(written)

    def _keep(self) -> None:
        today = self._context.clock().date()
        try:
            first, second, third = (self._hours(field) for field in self.hours)
            scheme = Scheme(
                self.start.day,
                int(self.years.currentData()),
                (first, second, third),
                today if self.looked.isChecked() else self._checked,
            )
        except InvalidValueError as error:
            self.failed(error)
            return
        keep = partial(certification.save_scheme, scheme=scheme)
        self._context.worker.run(self.sending(keep), self._kept, self.failed)

    def _kept(self, _scheme: Scheme) -> None:
        self._context.changes.tell(Topic.WORKLOG)
        self.accept()
        if self._known is not None:
            back = partial(certification.save_scheme, scheme=self._known)
            self._context.message("Bewaard.", undo=undoing(self._context, back, Topic.WORKLOG))


class ProofDialog(FormDialog):
    """Every activity that counts, with where its proof lies; Enter changes one."""

    def __init__(
        self, context: Context, parent: QWidget, found: Sequence[Activity], opened: Callable[[Activity], None]
    ) -> None:
        super().__init__(
            parent, "Uren en bewijs", "Wijzigen…", text="Bewaar bewijs buiten vpdesk; hier staat waar het ligt."
        )
        self._found, self._opened = tuple(found), opened
        self._today = context.clock().date()
        self.list = TwoLineList("Uren en bewijs")
        self.list.setMinimumSize(theme.px(520), theme.px(280))
        self.list.show_rows([self._row(item) for item in self._found])
        self.body.addWidget(self.list, 1)
        self.back.setText("Sluiten")
        self.back.setAccessibleName("Sluiten")
        self.list.choose(self._found[0].id)
        self.list.setFocus()
        self.list.opened.connect(lambda _key: self._open())
        self.verb.clicked.connect(self._open)

    def _row(self, item: Activity) -> ListRow:
        word = dict(zip(UPKEEP, WORDS, strict=True))[item.task]
        return ListRow(
            item.id,
            item.title if item.title.startswith(word) else f"{word}: {item.title or TASKS.label(item.task).lower()}",
            item.proof or "Nog niet genoteerd waar het bewijs ligt",
            "vink" if item.proof else "let_op",
            "ok" if item.proof else "warning",
            right=f"{day_short(item.on, self._today)} · {as_clock(item.minutes)}",
        )

    def _open(self) -> None:
        found = next((item for item in self._found if item.id == self.list.key), None)
        if found is not None:
            self.accept()
            self._opened(found)
