"""The first start: four steps, the end in sight; leaving midway keeps nothing."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from vpdesk.domain.errors import VpdeskError, WordsMistypedError
from vpdesk.operations.places import usual_place
from vpdesk.ui import icons, theme
from vpdesk.ui.door import Door
from vpdesk.ui.screens.frame import empty
from vpdesk.ui.screens.wizard_steps import ClientStep, PassphraseStep, PlaceStep, Step
from vpdesk.ui.screens.wizard_words import TypeBackStep, WordsStep
from vpdesk.ui.widgets.buttons import PRIMARY, Button
from vpdesk.ui.widgets.cards import Icon
from vpdesk.ui.widgets.labels import Label
from vpdesk.ui.widgets.messages import Message, ProgressLine
from vpdesk.ui.worker import Worker

if TYPE_CHECKING:
    from vpdesk.operations.vaults import Setup, SlotKind, Vault

_NAMES: Final = ("Plaats van de kluis", "Wachtzin", "Herstelwoorden", "Eerste organisatie")


class _Steps(QWidget):
    """The four steps at the left: done, now, to come."""

    def __init__(self) -> None:
        super().__init__()
        self._now = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_step(0)

    def show_step(self, now: int) -> None:
        self._now = now
        self.setAccessibleName(f"Stap {now + 1} van {len(_NAMES)}: {_NAMES[now]}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, theme.px(44) * len(_NAMES))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row, circle = theme.px(44), theme.px(26)
        for number, name in enumerate(_NAMES):
            box = QRectF(1, number * row + (row - circle) / 2, circle, circle)
            done, now = number < self._now, number == self._now
            painter.setPen(QPen(theme.colour("ok" if done else "accent" if now else "control"), 1))
            painter.setBrush(theme.colour("accent") if now else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(box)
            if done:
                icons.paint(painter, box.toRect(), "vink", "ok", theme.px(16))
            else:
                painter.setFont(theme.font("small", 600))
                painter.setPen(theme.colour("on_accent" if now else "muted"))
                painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), str(number + 1))
            painter.setFont(theme.font("body", 600 if now else 400))
            painter.setPen(theme.colour("text" if done or now else "muted"))
            room = QRectF(circle + 13, number * row, self.width() - circle, row)
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), name)


class Wizard(QWidget):
    """Makes a vault, shows its words and has them typed back, and asks for the first organisation.

    `finished(folder)` when the vault is open on the vault thread; `practice` for the practice vault; `restore(folder)`
    for a copy of an earlier laptop; `leave` to end. `said` is why it begins anew.
    """

    finished = Signal(object)
    practice = Signal()
    restore = Signal(object)
    leave = Signal()

    def __init__(self, worker: Worker, door: Door, said: str = "") -> None:
        super().__init__()
        self.setAccessibleName("Eerste start")
        self._worker, self._door = worker, door
        self._setup: Setup | None = None
        self._made = False
        self.place_step = PlaceStep(door.folder)
        self.passphrase_step = PassphraseStep()
        self.words_step = WordsStep()
        self.back_step = TypeBackStep()
        self.client_step = ClientStep()
        self._steps: tuple[Step, ...] = (
            self.place_step,
            self.passphrase_step,
            self.words_step,
            self.back_step,
            self.client_step,
        )
        self.back = Button("Terug", size=36)
        self.next = Button("Verder", PRIMARY, size=36)
        self.next.setDefault(True)
        self.progress = ProgressLine(can_cancel=False)
        self._list = _Steps()
        self._stack = QStackedWidget()
        self._notice = QVBoxLayout()
        self._lay_out()
        self.back.clicked.connect(self._go_back)
        self.next.clicked.connect(self._go_on)
        for step in self._steps:
            step.changed.connect(self._show_buttons)
            step.entered.connect(self._go_on)
        self._show_step(0)
        if said:
            self._notice.addWidget(Message(said, "warning"))

    @property
    def folder(self) -> Path:
        """Where the vault will stand."""
        return self._door.folder

    @property
    def holds(self) -> bool:
        """Whether there is a passphrase, or words: from the second step on."""
        return self._stack.currentIndex() > 0

    @property
    def step(self) -> Step:
        """The step that is shown."""
        return self._steps[self._stack.currentIndex()]

    def first_focus(self) -> QWidget:
        """Return where the first step begins."""
        return self.step.first_focus()

    def abandon(self) -> None:
        """Leave nothing of a vault that was not finished."""
        if not self._made:
            self._worker.before(self._drop, lambda _done: None, lambda _error: None)

    def _drop(self) -> None:
        """On the vault thread, after what was being built there, also where nobody hears of that any more."""
        setup, self._setup = self._setup, None
        if setup is not None:
            setup.abandon()

    def _lay_out(self) -> None:
        side = QFrame()
        side.setProperty("kind", "side")
        side.setFixedWidth(theme.px(264))
        left = QVBoxLayout(side)
        left.setContentsMargins(24, 40, 24, 36)
        brand = QHBoxLayout()
        brand.setSpacing(12)
        brand.addWidget(Icon("merk", "accent", 36))
        brand.addWidget(Label("vpdesk", "empty"), 1)
        left.addLayout(brand)
        left.addSpacing(24)
        left.addWidget(self._list)
        left.addStretch(1)
        left.addWidget(
            Label(
                "Alles blijft op deze laptop. vpdesk heeft geen account en geen internet nodig.",
                "small",
                "muted",
                wraps=True,
            )
        )
        self._side = side
        right = QFrame()
        right.setProperty("kind", "surface")
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for step in self._steps:
            self._stack.addWidget(step)
        self._notice.setContentsMargins(64, 8, 64, 8)
        column.addWidget(self._stack, 1)
        column.addLayout(self._notice)
        foot = QFrame()
        foot.setProperty("kind", "foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(64, 16, 64, 16)
        row.addWidget(self.back)
        row.addWidget(self.progress, 1)
        row.addStretch(1)
        self._missing = Label("", "small", "muted")
        row.addWidget(self._missing)
        row.addSpacing(8)
        row.addWidget(self.next)
        column.addWidget(foot)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(side)
        whole.addWidget(right, 1)

    def resizeEvent(self, event: object) -> None:
        """Give the step all the room in a small window."""
        del event
        self._side.setVisible(self.width() / theme.text_factor() >= 900)

    def _show_step(self, number: int) -> None:
        self._say("")
        self._stack.setCurrentIndex(number)
        self._list.show_step(min(number, 2) if number < 4 else 3)
        self.step.appear()
        self._show_buttons()
        self.step.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_buttons(self) -> None:
        number = self._stack.currentIndex()
        self.back.setText("Afsluiten" if number == 0 else "Terug")
        self.back.setAccessibleName(self.back.text())
        self.back.updateGeometry()
        self.back.setVisible(number < 4)
        self.next.setText(self.step.next_text)
        self.next.setAccessibleName(self.next.text())
        self.next.updateGeometry()
        self.next.setEnabled(not self.step.missing)
        self._missing.setText(self.step.missing)

    def _go_back(self) -> None:
        number = self._stack.currentIndex()
        if number == 0:
            self.leave.emit()
        elif number == 2:
            self.abandon()
            self._show_step(1)
        else:
            self._show_step(number - 1)

    def _go_on(self) -> None:
        if not self.next.isEnabled():
            return
        self._say("")
        match self._stack.currentIndex():
            case 0:
                self._choose_place()
            case 1:
                self._begin()
            case 2:
                self._show_step(3)
            case 3:
                self._confirm()
            case _:
                self._add_client()

    def _choose_place(self) -> None:
        choice = self.place_step.choice
        if choice == "oefenkluis":
            self.practice.emit()
        elif choice == "terugzetten":
            self.restore.emit(self.place_step.folder)
        else:
            self._door = replace(self._door, folder=self.place_step.folder)
            self._busy("vpdesk kijkt of deze laptop een sleutelbos heeft")
            self._worker.before(self._door.slot_kind, self._ask_passphrase, self._stuck)

    def _ask_passphrase(self, kind: "SlotKind") -> None:
        self._rest()
        self.passphrase_step.for_keyring(has_keyring=kind.value == "daily")
        self._show_step(1)

    def _begin(self) -> None:
        self._busy("De kluis wordt gemaakt")
        self._worker.before(partial(self._build, self._door, self.passphrase_step.passphrase), self._begun, self._stuck)

    def _build(self, door: Door, passphrase: str) -> "Setup":
        self._setup = door.begin_setup(passphrase)
        return self._setup

    def _begun(self, setup: "Setup") -> None:
        self._rest()
        self.words_step.show_words(setup.words)
        self.back_step.clear()
        self._show_step(2)

    def _confirm(self) -> None:
        if self._setup is None:
            return
        self._busy("vpdesk opent de kluis met uw woorden")
        self._worker.open(partial(self._setup.confirm, self.back_step.words), self._confirmed, self._stuck)

    def _confirmed(self, _vault: "Vault") -> None:
        self._rest()
        self._made = True
        self._setup = None
        self.words_step.forget()
        self.back_step.clear()
        self.passphrase_step.forget()
        place = usual_place(self._door.folder)
        self._worker.run(
            partial(_choose_places, place=place), lambda _done: None, lambda error: self._say(error.sentence)
        )
        self._show_step(4)

    def _add_client(self) -> None:
        name = self.client_step.name.strip()
        if not name:
            self.finished.emit(self._door.folder)
            return
        self._busy("")
        self._worker.run(
            partial(_add_client, name=name, appointment=self.client_step.appointment),
            lambda _client: self.finished.emit(self._door.folder),
            self._stuck,
        )

    def _busy(self, sentence: str) -> None:
        self.next.setEnabled(False)
        self.back.setEnabled(False)
        self.progress.start(sentence)

    def _rest(self) -> None:
        self.progress.finish()
        self.back.setEnabled(True)
        self._show_buttons()

    def _stuck(self, error: VpdeskError) -> None:
        self._rest()
        self._say(error.sentence)
        position = error.position if isinstance(error, WordsMistypedError) else None
        if self.step is self.back_step and position is not None:
            self.back_step.mark(position)
            return
        self.step.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self, sentence: str) -> None:
        empty(self._notice)
        if sentence:
            self._notice.addWidget(Message(sentence, "danger"))


def _choose_places(vault: "Vault", *, place: Path) -> None:
    from vpdesk.operations.backups import set_places  # noqa: PLC0415 - only when a vault was made

    set_places(vault, [place])


def _add_client(vault: "Vault", *, name: str, appointment: str) -> None:
    from vpdesk.operations.clients import add_client  # noqa: PLC0415 - idem

    add_client(vault, name=name, appointment=appointment)
