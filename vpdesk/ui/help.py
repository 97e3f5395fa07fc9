"""Help in the program: the keys, and what vpdesk is and does not do."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from vpdesk import __version__
from vpdesk.ui import theme
from vpdesk.ui.actions import Actions, shown_keys
from vpdesk.ui.widgets.buttons import PRIMARY, Button
from vpdesk.ui.widgets.cards import Icon
from vpdesk.ui.widgets.fitted import FittedDialog
from vpdesk.ui.widgets.labels import KeyHint, Label

_IN_PLACE: Final = (
    ("Een regel openen", "Enter"),
    ("Door een lijst lopen", "↑ ↓"),
    ("Begin en einde van een lijst", "Home, End"),
    ("Op Vandaag: doen wat de knop zegt", "Spatie"),
    ("Op Vandaag: gedaan", "G"),
    ("Op Vandaag: naar morgen", "M"),
    ("Op Vandaag: naar een andere dag", "A"),
    ("Op Vandaag: niet meer nodig", "Delete"),
    ("Volgende veld", "Tab"),
    ("Venster of lijstje sluiten", "Esc"),
    ("In een gesprek: punten voor het eerste gesprek", "Ctrl+Shift+P"),
    ("In een gesprek: vet", "Ctrl+B"),
    ("In een gesprek: kop", "Ctrl+T"),
    ("In een gesprek: tussenkop", "Ctrl+Shift+T"),
    ("In een gesprek: lijst met punten", "Ctrl+Shift+O"),
    ("In een gesprek: genummerde lijst", "Ctrl+Shift+G"),
    ("In een gesprek: lijst aan het begin van een regel", "- of 1. en spatie"),
)
_ABOUT: Final = (
    "vpdesk bewaart wat u opschrijft in één versleutelde kluis op deze laptop, zonder account en zonder internet.",
    "De kluis beschermt tegen een gestolen laptop, een gekopieerde schijf en een beheerder die in uw bestanden kijkt.",
    "Zij beschermt niet tegen iemand die meekijkt terwijl zij open is, of die uw laptop overneemt.",
    "Het verslag noemt geen klein aantal, en uit alles wat is uitgegeven is er met rekenen geen af te leiden.",
)


class ShortcutsDialog(FittedDialog):
    """Every command that has a key, and the keys that hold everywhere."""

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("Sneltoetsen")
        column = _column(self)
        column.addWidget(Label("Sneltoetsen", "empty"))
        area = self.scrolled
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # there is nothing inside to walk to
        area.setAccessibleName("Lijst van sneltoetsen")
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 12, 0)
        grid.setHorizontalSpacing(32)
        grid.setVerticalSpacing(6)
        lines = [(action.text().rstrip("…"), shown_keys(action)) for action in actions.all if shown_keys(action)]
        for row, (text, keys) in enumerate((*lines, *_IN_PLACE)):
            grid.addWidget(Label(text), row, 0)
            grid.addWidget(KeyHint(keys), row, 1, Qt.AlignmentFlag.AlignRight)
        grid.setColumnStretch(0, 1)
        area.column.addWidget(inside)
        area.column.addStretch(1)
        column.addWidget(area, 1)
        column.addLayout(_closing(self))
        self.resize(theme.px(460), theme.px(560))


class AboutDialog(FittedDialog):
    """What vpdesk is, its version, and what it protects against."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("Over vpdesk")
        column = _column(self)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(Icon("merk", "accent", 36))
        head.addWidget(Label("vpdesk", "empty"), 1)
        head.addWidget(Label(f"versie {__version__}", ink="muted"))
        column.addLayout(head)
        for sentence in _ABOUT:
            self.scrolled.column.addWidget(Label(sentence, wraps=True))
        self.scrolled.column.addStretch(1)
        column.addWidget(self.scrolled, 1)
        column.addLayout(_closing(self))
        self.setFixedWidth(theme.px(480))


def _column(dialog: QDialog) -> QVBoxLayout:
    column = QVBoxLayout(dialog)
    column.setContentsMargins(24, 20, 24, 20)
    column.setSpacing(12)
    return column


def _closing(dialog: QDialog) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addStretch(1)
    close = Button("Sluiten", PRIMARY)
    close.setDefault(True)
    close.clicked.connect(dialog.accept)
    row.addWidget(close)
    return row
