"""The list of what was handed over, with the cases that run here all the same: those can be closed again."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from vpdesk.domain.handover import HandedOverCase, Handover
from vpdesk.domain.wording import counted, long_date
from vpdesk.operations import handed, handover
from vpdesk.ui import theme
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context
from vpdesk.ui.widgets.buttons import Button
from vpdesk.ui.widgets.emptying import clear
from vpdesk.ui.widgets.fields import CheckBox
from vpdesk.ui.widgets.form import FormDialog
from vpdesk.ui.widgets.labels import Label

NONE_YET: Final = "U hebt nog geen casus overgedragen. Hier staat later wat u gaf, wanneer en aan wie."
RUNS: Final = (
    "Deze casussen hebt u overgedragen, en hier lopen ze: u sloot ze niet af, heropende ze, of zette een oudere kopie "
    "terug. Kies welke u afsluit zoals op de dag van overdragen. Bijlagen gaan dan voorgoed weg, behalve waar een "
    "bewaarstop op ligt."
)
_TOUCHED: Final = (Topic.CASES, Topic.STEPS, Topic.REMINDERS, Topic.MELDINGEN, Topic.ATTACHMENTS)


class HandoverList(FormDialog):
    """What was handed over, the latest first; above it what of that runs here."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent, "Wat is overgedragen", "Sluiten")
        self._context = context
        self.setMinimumWidth(theme.px(560))
        self.back.hide()
        self.verb.clicked.connect(self.accept)
        self.lines: list[str] = []
        self.boxes: list[tuple[CheckBox, HandedOverCase]] = []
        self.close_again = Button("Afsluiten als overgedragen", size=28)
        self.close_again.clicked.connect(self._close)
        self._running, self._list = QVBoxLayout(), QVBoxLayout()
        for part in (self._running, self._list):
            part.setSpacing(4)
        self.body.setSpacing(8)
        self.body.addLayout(self._running)
        self.body.addWidget(self.close_again, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addLayout(self._list)
        self.body.addStretch(1)
        self.close_again.hide()
        context.worker.run(handover.settle, self.say_wrong, self.failed)
        self._ask()

    def _ask(self) -> None:
        self._context.worker.run(handover.handed_over, self._show, self.failed)

    def _show(self, found: tuple[Handover, ...]) -> None:
        clear(self._running)
        clear(self._list)
        self.lines, self.boxes = [], []
        if not found:
            self._say(self._list, NONE_YET, "body", "muted")
        running = {case.case: case for one in found for case in one.cases if case.running}
        if running:
            self._say(self._running, "Lopen hier nog", "strong")
            self._say(self._running, RUNS, "body", "muted")
        self.boxes = [(CheckBox(f"{case.pseudonym} · {case.code}"), case) for case in running.values()]
        for box, _ in self.boxes:
            self._running.addWidget(box)
        self.close_again.setVisible(bool(running))
        for place, one in enumerate(found):
            whom = f", aan {one.to}" if one.to else ""
            top = 10 if place or running else 0
            self._say(self._list, f"{long_date(one.on)}{whom}", "strong").setContentsMargins(0, top, 0, 0)
            for case in one.cases:
                self._say(self._list, _line(case))
            gone = one.count - len(one.cases)
            if gone:
                here = counted(gone, "casus staat", "casussen staan")
                said = f"{here} hier niet meer: vernietigd, of niet in de kopie die u terugzette."
                self._say(self._list, said, "body", "muted")
        self.fit()

    def _close(self) -> None:
        chosen = tuple(case.case for box, case in self.boxes if box.isChecked())
        self._context.worker.run(lambda vault: handed.close_again(vault, chosen), self._closed, self.failed)

    def _closed(self, number: int) -> None:
        self.say_wrong("")
        self._context.changes.tell(*_TOUCHED)
        self._context.message(f"{counted(number, 'casus is', 'casussen zijn')} afgesloten als overgedragen.")
        self._ask()

    def _say(self, where: QVBoxLayout, text: str, role: str = "body", ink: str = "text") -> Label:
        label = Label(text, role, ink, wraps=True)
        self.lines.append(text)
        where.addWidget(label)
        return label


def _line(case: HandedOverCase) -> str:
    names = "met namen" if case.named else "zonder namen"
    if case.names_in_texts:
        names += f", maar op {counted(case.names_in_texts, 'plaats', 'plaatsen')} is de tekst herkenbaar"
    consent = "zonder toestemming, de reden staat bij de casus"
    if case.consented is not None:
        consent = f"toestemming van {long_date(case.consented)}"
    return f"{case.pseudonym} · {case.code} · {names} · {consent}"
