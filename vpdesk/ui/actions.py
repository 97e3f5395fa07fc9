"""One QAction per command, so that menu, shortcut, palette and tooltip agree."""

from typing import Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from vpdesk.ui import icons

_PAGES: Final = (
    ("vandaag", "Vandaag", "vandaag"),
    ("casussen", "Casussen", "casussen"),
    ("gesprekken", "Gesprekken", "gesprek"),
    ("organisaties", "Organisaties", "organisatie"),
    ("jaarverslag", "Jaarverslag", "rapport"),
    ("kluis", "Kluis", "kluis"),
    ("instellingen", "Instellingen", "instellingen"),
)


class Actions(QObject):
    """Every command of the window. Whoever carries one out connects to `triggered`.

    Commands about a case (`case_*`) are off until a page that knows the case switches them on.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.all: list[QAction] = []
        self._icons: dict[QAction, str] = {}
        self.pages: dict[str, QAction] = {
            name: self._made(text, icon, f"Ctrl+{number}", checkable=True)
            for number, (name, text, icon) in enumerate(_PAGES, 1)
        }
        self.new_conversation = self._made("Nieuw gesprek", "gesprek", "Ctrl+N")
        self.quick_note = self._made("Snel vastleggen", "plus", "Ctrl+Shift+N")
        self.new_case = self._made("Nieuwe casus…", "casussen")
        self.new_client = self._made("Nieuwe organisatie…", "organisatie")
        self.search = self._made("Zoek of doe iets", "zoek", "Ctrl+K")
        self.find = self._made("Zoeken in casussen en notities", "zoek", "Ctrl+F")
        self.back = self._made("Vorige", "links", "Alt+Left")
        self.forward = self._made("Volgende", "rechts", "Alt+Right")
        self.next_region = self._made("Naar het volgende deel van het venster", "pijl", "F6")
        self.sidebar = self._made("Zijbalk smal of breed", "lijst", "Ctrl+B")
        self.lock = self._made("Vergrendelen", "slot", "Ctrl+L")
        self.backup = self._made("Nu een reservekopie maken", "schijf")
        self.restore = self._made("Reservekopie terugzetten…", "terugzetten")
        self.move = self._made("Kluis verplaatsen…", "map")
        self.fetch_text = self._made("Elders bewaarde tekst ophalen…", "gesprek")
        self.quit = self._made("Afsluiten", "kruis", "Ctrl+Q")
        self.shortcuts = self._made("Sneltoetsen", "vraag", "F1")
        self.about = self._made("Over vpdesk", "info")
        self.case_conversation = self._of_case("Gesprek bij deze casus", "gesprek")
        self.case_edit = self._of_case("Gegevens wijzigen…", "casussen")
        self.case_move = self._of_case("Naar een andere fase…", "fase")
        self.case_remind = self._of_case("Stap of nazorg plannen…", "nazorg")
        self.case_close = self._of_case("Casus afsluiten…", "vink")
        self.case_destroy = self._of_case("Casus vernietigen…", "bewaartermijn")

    @property
    def of_case(self) -> tuple[QAction, ...]:
        """The commands about the case that is shown or chosen."""
        return (
            self.case_conversation,
            self.case_edit,
            self.case_move,
            self.case_remind,
            self.case_close,
            self.case_destroy,
        )

    def icon_of(self, action: QAction) -> str:
        """Return the name of the drawing of a command."""
        return self._icons[action]

    def _made(self, text: str, icon: str, shortcut: str = "", *, checkable: bool = False) -> QAction:
        action = QAction(icons.icon(icon), text, self)
        action.setCheckable(checkable)
        action.setIconVisibleInMenu(False)
        if shortcut:
            action.setShortcut(QKeySequence(shortcut))
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            self._window.addAction(action)
        action.setToolTip(tooltip(action))
        self.all.append(action)
        self._icons[action] = icon
        return action

    def _of_case(self, text: str, icon: str) -> QAction:
        action = self._made(text, icon)
        action.setEnabled(False)
        return action


def tooltip(action: QAction) -> str:
    """Return the text of a command with its shortcut, as tooltips show it."""
    keys = shown_keys(action)
    text = action.text().rstrip("…")
    return f"{text} ({keys})" if keys else text


def shown_keys(action: QAction) -> str:
    """Return the shortcut of a command the way this platform writes it, empty when it has none."""
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
