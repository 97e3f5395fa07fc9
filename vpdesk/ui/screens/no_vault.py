"""Where a vault was to be and is none: what was found, and what the user can do; nothing is made unasked."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from vpdesk.ui.screens.frame import CentredScreen, Medallion
from vpdesk.ui.widgets.buttons import PRIMARY, Button
from vpdesk.ui.widgets.file_dialogs import ask_folder
from vpdesk.ui.widgets.labels import Label


class NoVaultScreen(CentredScreen):
    """Says what stands in the folder. `foreign`: other things, so that no vault can be made there.

    `chosen(folder)` for another folder, `make` for a new vault here, `restore` for a copy put here, `leave` to end.
    """

    chosen = Signal(object)
    make = Signal()
    restore = Signal()
    leave = Signal()

    def __init__(self, folder: Path, *, foreign: bool) -> None:
        super().__init__(620)
        self.setAccessibleName("Geen kluis gevonden")
        self._folder = folder
        self.sentence = found(folder, foreign=foreign)
        self.choose = Button("Map van de kluis kiezen…", PRIMARY, icon="map", size=36)
        self.choose.clicked.connect(self._choose)
        self.new = Button("Hier een nieuwe kluis maken", size=36)
        self.new.clicked.connect(self.make)
        self.copy = Button("Reservekopie terugzetten…", icon="terugzetten", size=36)
        self.copy.clicked.connect(self.restore)
        self.end = Button("Afsluiten", size=36)
        self.end.clicked.connect(self.leave)
        self.body.addStretch(1)
        self.body.addWidget(Medallion("map"), 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addSpacing(8)
        self.body.addWidget(Label("Hier staat geen kluis", "page"))
        for line in self.sentence.split("\n"):
            self.body.addWidget(Label(line, "intro", "muted", wraps=True))
        self.body.addSpacing(16)
        ways = QVBoxLayout()
        ways.setSpacing(12)
        for button in (self.choose, *(() if foreign else (self.new, self.copy)), self.end):
            ways.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addLayout(ways)
        self.body.addStretch(1)

    def first_focus(self) -> QWidget:
        """Return the first way on."""
        return self.choose

    def _choose(self) -> None:
        folder = ask_folder(self, "Map van de kluis", self._folder.parent)
        if folder is not None:
            self.chosen.emit(folder)


def found(folder: Path, *, foreign: bool) -> str:
    """Return what stands in a folder without a vault, and what to do, one line each."""
    if foreign and folder.is_dir():
        what = f"In de map {folder} staan andere bestanden, en geen kluis."
    elif foreign:
        what = f"{folder} is een bestand, en geen map met een kluis."
    elif folder.is_dir():
        what = f"De map {folder} is leeg."
    else:
        what = f"De map {folder} is er niet. Misschien is zij verplaatst, of zit de schijf waarop zij staat er niet in."
    ways = (
        "Kies de map waarin uw kluis staat. Wilt u een nieuwe kluis, kies dan een lege map."
        if foreign
        else "Kies de map waarin uw kluis staat, maak hier een nieuwe kluis, of zet hier een reservekopie terug."
    )
    return f"{what} Er is niets veranderd.\n{ways}"
