"""Instellingen: few, each with a sentence; every choice takes effect at once."""

from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from vpdesk.ui import theme
from vpdesk.ui.capture import apply_capture, system_shield
from vpdesk.ui.context import Context, PageName, Place
from vpdesk.ui.pages.page import Page
from vpdesk.ui.preferences import CLIPBOARD_SECONDS, IDLE_MINUTES, NAMES_SECONDS
from vpdesk.ui.theme import TEXT_SIZES, Scheme
from vpdesk.ui.widgets.buttons import Button
from vpdesk.ui.widgets.cards import Card, Scroll
from vpdesk.ui.widgets.fields import CheckBox, ComboBox
from vpdesk.ui.widgets.labels import Label

_SCHEMES = ((Scheme.SYSTEM, "Zoals het systeem"), (Scheme.LIGHT, "Licht"), (Scheme.DARK, "Donker"))
_CAPTURE = {
    True: "Wie een afbeelding of opname van uw scherm maakt, of meekijkt in een vergadering, ziet vpdesk niet. "
    "Zet dit uit als u vpdesk zelf wilt laten zien.",
    False: "Op dit systeem kan een programma dat niet vragen. Sluit of vergrendel vpdesk voor u uw scherm deelt. "
    "Op Windows en macOS kan het wel.",
}
_SIZE_WORDS = ("Gewoon", "Groter", "Groot", "Zeer groot")


class SettingsPage(Page):
    """One column of settings."""

    title = "Instellingen"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._preferences = context.preferences
        self.scheme = ComboBox("Kleuren")
        for scheme, word in _SCHEMES:
            self.scheme.addItem(word, scheme.value)
        self.text_size = ComboBox("Tekstgrootte")
        for factor, word in zip(TEXT_SIZES, _SIZE_WORDS, strict=True):
            self.text_size.addItem(f"{word} ({round(factor * 100)} %)", factor)
        self.idle = ComboBox("Vergrendelen na")
        for minutes in IDLE_MINUTES:
            self.idle.addItem(f"{minutes} minuten zonder gebruik", minutes)
        self.clipboard = ComboBox("Klembord leegmaken na")
        for seconds in CLIPBOARD_SECONDS:
            self.clipboard.addItem(_length(seconds), seconds)
        self.names = ComboBox("Persoonsgegevens verbergen na")
        for seconds in NAMES_SECONDS:
            self.names.addItem(_length(seconds), seconds)
        self.unseen = CheckBox(name="Buiten schermafbeeldingen houden")
        self.unseen.setEnabled(system_shield() is not None)
        self.to_vault = Button("Naar Kluis")
        self.shortcuts = Button.of(context.actions.shortcuts, "Tonen")
        self.avg_help = Button.of(context.actions.avg_help, "Naar AVG-hulp")
        self.shortcuts.keys = ""
        self._build()
        self.refresh()
        self.scheme.currentIndexChanged.connect(self._take_over)
        self.text_size.currentIndexChanged.connect(self._take_over)
        self.idle.currentIndexChanged.connect(self._take_over)
        self.clipboard.currentIndexChanged.connect(self._take_over)
        self.names.currentIndexChanged.connect(self._take_over)
        self.unseen.toggled.connect(self._take_over)
        self.to_vault.clicked.connect(lambda: context.navigate(Place(PageName.KLUIS)))

    def refresh(self) -> None:
        """Show the choices in force."""
        for box, value in (
            (self.scheme, self._preferences.scheme.value),
            (self.text_size, self._preferences.text_size),
            (self.idle, self._preferences.idle_minutes),
            (self.clipboard, self._preferences.clipboard_seconds),
            (self.names, self._preferences.names_seconds),
        ):
            box.blockSignals(True)
            box.choose(value)
            box.blockSignals(False)
        self.unseen.blockSignals(True)
        self.unseen.setChecked(self.unseen.isEnabled() and self._preferences.hidden_from_capture)
        self.unseen.blockSignals(False)

    def first_focus(self) -> QWidget:
        """Return the first choice."""
        return self.scheme

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = Scroll()
        outer.addWidget(scroll)
        scroll.body.addWidget(Label(self.title, "page"))
        column = QWidget()
        theme.measure(column, "setMaximumWidth", 660)
        cards = QVBoxLayout(column)
        cards.setContentsMargins(0, 8, 0, 0)
        cards.setSpacing(16)
        look = Card("Beeld")
        _setting(look, "Kleuren", "Licht of donker, of zoals uw systeem het vraagt.", self.scheme)
        _setting(look, "Tekstgrootte", "Alles in het venster groeit mee.", self.text_size)
        safety = Card("Veiligheid")
        _setting(
            safety,
            "Vergrendelen na",
            "Het scherm wordt leeg en de sleutels gaan uit het geheugen. Wat u typt, is dan al bewaard. "
            "Met Ctrl+L vergrendelt u meteen.",
            self.idle,
        )
        _setting(
            safety,
            "Klembord leegmaken na",
            "Wat u in vpdesk kopieert, kunt u zo lang plakken. Bij vergrendelen en afsluiten gaat het meteen weg. "
            "Programma’s die kopieën bewaren, krijgen het verzoek deze over te slaan.",
            self.clipboard,
        )
        _setting(
            safety,
            "Persoonsgegevens verbergen na",
            "Namen en nummers staan pas op het scherm als u erom vraagt. Daarna gaan zij vanzelf weer weg; ook als u "
            "vergrendelt of naar een andere bladzijde gaat.",
            self.names,
        )
        _setting(safety, "Buiten schermafbeeldingen houden", _CAPTURE[self.unseen.isEnabled()], self.unseen)
        _setting(
            safety,
            "Reservekopieën",
            "Waar zij staan en hun controle vindt u bij Kluis.",
            self.to_vault,
        )
        avg = Card("AVG")
        _setting(
            avg,
            "Hulp bij de AVG",
            "Uitleg om voor te lezen, een regel voor het register en hulp bij een DPIA, met de dag waarop u ze nakeek.",
            self.avg_help,
        )
        keys = Card("Toetsen")
        _setting(keys, "Sneltoetsen", "Alles in vpdesk kan met het toetsenbord.", self.shortcuts)
        for card in (look, safety, avg, keys):
            cards.addWidget(card)
        cards.addWidget(
            Label(
                "Deze keuzes staan buiten de kluis en zeggen niets over uw werk. Al het andere staat erin.",
                "small",
                "muted",
                wraps=True,
            )
        )
        row = QHBoxLayout()  # which asks how high the column is at the width that it has, not at that of the page
        row.addWidget(column, 1)
        row.addStretch(0)
        scroll.body.addLayout(row)
        scroll.body.addStretch(1)

    def _take_over(self) -> None:
        self._preferences.scheme = Scheme(str(self.scheme.currentData()))
        self._preferences.text_size = float(self.text_size.currentData())
        self._preferences.idle_minutes = int(self.idle.currentData())
        self._preferences.clipboard_seconds = int(self.clipboard.currentData())
        self._preferences.names_seconds = int(self.names.currentData())
        if self.unseen.isEnabled():
            self._preferences.hidden_from_capture = self.unseen.isChecked()
            apply_capture()
        self._preferences.save()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.choose(app, self._preferences.scheme, self._preferences.text_size)


def _length(seconds: int) -> str:
    return f"{seconds} seconden" if seconds < 120 else f"{seconds // 60} minuten"


def _setting(card: Card, title: str, text: str, control: QWidget) -> None:
    row = QHBoxLayout()
    row.setSpacing(16)
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(Label(title, "strong"))
    words.addWidget(Label(text, "small", "muted", wraps=True))
    row.addLayout(words, 1)
    if isinstance(control, ComboBox):
        theme.measure(control, "setFixedWidth", 232)
    control.setAccessibleDescription(text)
    row.addWidget(control)
    card.body.addLayout(row)
    card.body.addSpacing(8)
