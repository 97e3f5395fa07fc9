"""One QAction per command, so that menu, shortcut, palette and tooltip agree."""

from typing import Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from vpdesk.ui import icons

_PAGES: Final = (
    ("vandaag", "Vandaag", "vandaag", ("herinneringen", "taken", "agenda", "start")),
    ("casussen", "Casussen", "casussen", ("zaken", "melding", "meldingsfase", "voorfase", "nafase", "melders")),
    ("gesprekken", "Gesprekken", "gesprek", ("notities", "aantekeningen", "verslagen van gesprekken")),
    (
        "activiteiten",
        "Activiteiten",
        "activiteiten",
        ("uren", "werklog", "logboek", "intervisie", "bijscholing", "balans", "certificering"),
    ),
    ("organisaties", "Organisaties", "organisatie", ("opdrachtgevers", "klanten", "onderdeel", "drempelwaarde")),
    ("jaarverslag", "Jaarverslag", "rapport", ("rapport", "rapportage", "cijfers", "aantallen", "pdf")),
    (
        "kluis",
        "Kluis",
        "kluis",
        ("reservekopie", "backup", "wachtzin", "wachtwoord", "herstelwoorden", "sleutel", "noodopening", "noodbladen"),
    ),
    (
        "instellingen",
        "Instellingen",
        "instellingen",
        ("voorkeuren", "kleuren", "donker", "licht", "tekstgrootte", "lettergrootte", "vergrendelen na"),
    ),
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
        self._also: dict[QAction, tuple[str, ...]] = {}
        self.pages: dict[str, QAction] = {
            name: self._made(text, icon, f"Ctrl+{number}", checkable=True, also=also)
            for number, (name, text, icon, also) in enumerate(_PAGES, 1)
        }
        self.new_conversation = self._made("Nieuw gesprek", "gesprek", "Ctrl+N", also=("bellen", "aantekening"))
        self.quick_note = self._made("Snel vastleggen", "plus", "Ctrl+Shift+N", also=("notitie", "terugbellen"))
        self.new_call_back = self._made(
            "Terugbelnotitie…",
            "telefoon",
            "Ctrl+Shift+B",
            also=("terugbellen", "bellen", "telefoonnummer", "veilig bereiken"),
        )
        self.new_case = self._made("Nieuwe casus…", "casussen", also=("melder", "zaak", "toevoegen"))
        self.new_client = self._made("Nieuwe organisatie…", "organisatie", also=("opdrachtgever", "klant", "toevoegen"))
        self.directory = self._made(
            "Sociale kaart",
            "boek",
            also=("doorverwijzen", "verwijzing", "adressen", "hulp", "huisarts", "huis voor klokkenluiders"),
        )
        self.check_conflict = self._made(
            "Rolconflict nagaan…",
            "vraag",
            also=("andere partij", "betrokkene", "getuige", "dezelfde kwestie", "bekende"),
        )
        self.matters = self._made(
            "Kwesties", "lijst", also=("samenhang", "voorval", "casussen die bij elkaar horen", "zelfde kwestie")
        )
        self._make_guided()
        self._make_work()
        self._make_exchange()
        self.export_report = self._made(
            "Jaarverslag exporteren…", "exporteren", also=("verslag uitgeven", "pdf", "rapport", "werkgever")
        )
        self._make_undo_and_search()
        self.back = self._made("Vorige", "links", "Alt+Left")
        self.forward = self._made("Volgende", "rechts", "Alt+Right")
        self.next_region = self._made("Naar het volgende deel van het venster", "pijl", "F6")
        self.discreet = self._made(
            "Omschrijvingen op Vandaag tonen of verbergen",
            "oogdicht",
            "Ctrl+Shift+H",
            also=("meekijken", "voorbijganger", "discreet", "tweede regels"),
        )
        self.sidebar = self._made("Zijbalk smal of breed", "lijst", "Ctrl+B")
        self.lock = self._made("Vergrendelen", "slot", "Ctrl+L", also=("op slot", "weglopen"))
        self.backup = self._made("Nu een reservekopie maken", "schijf", also=("backup", "kopie"))
        self.restore = self._made("Reservekopie terugzetten…", "terugzetten", also=("backup", "herstellen"))
        self.move = self._made("Kluis verplaatsen…", "map", also=("andere map", "andere schijf"))
        self.fetch_text = self._made("Elders bewaarde tekst ophalen…", "gesprek", also=("kwijt", "herstellen"))
        self.quit = self._made("Afsluiten", "kruis", "Ctrl+Q", also=("stoppen", "sluiten"))
        self.shortcuts = self._made("Sneltoetsen", "vraag", "F1", also=("help", "toetsenbord"))
        self.about = self._made("Over vpdesk", "info", also=("versie", "help"))
        self._make_of_case()
        self.retention = self._made(  # after what is about the case in sight, which goes first where both fit
            "Bewaren en vernietigen", "bewaartermijn", also=("bewaartermijnen", "beslislijst", "opruimen")
        )

    def _make_undo_and_search(self) -> None:
        self.undo = self._made(
            "Ongedaan maken", "terugzetten", "Ctrl+Z", also=("terugdraaien", "vergissing", "herstellen")
        )
        self.search = self._made("Zoek of doe iets", "zoek", "Ctrl+K")
        self.find = self._made("Zoeken in casussen en notities", "zoek", "Ctrl+F")

    def _make_of_case(self) -> None:
        self.case_conversation = self._of_case("Gesprek bij deze casus", "gesprek", "aantekening")
        self.case_edit = self._of_case("Gegevens wijzigen…", "casussen", "bewerken", "aanpassen", "thema")
        self.case_move = self._of_case(
            "Naar een andere fase…", "fase", "meldingsfase", "nafase", "voorfase", "heropenen"
        )
        self.case_client = self._of_case(
            "Naar een andere organisatie…", "organisatie", "verplaatsen", "verkeerde organisatie", "verhuizen"
        )
        self.case_questions = self._of_case(
            "Zeven vragen van een beoordelaar…", "lijst", "voorbereiden", "melden", "concreet", "bewijs"
        )
        self.case_remind = self._of_case("Stap of nazorg plannen…", "nazorg", "herinnering", "afspraak")
        self.case_step = self._of_case("Stap van de persoon vastleggen…", "regie", "route", "toestemming", "keuze")
        self.case_refer = self._of_case("Verwijzing vastleggen…", "doorverwijzen", "huisarts", "sociale kaart")
        self.case_melding = self._of_case(
            "Melding vastleggen…", "vlag", "wbk", "doorgeefluik", "klacht", "termijn werkgever", "ontvanger"
        )
        self.case_relay = self._of_case(
            "Berichten via u…", "relay", "doorgeefluik", "bericht aan de organisatie", "bericht van de organisatie"
        )
        self.case_detriment = self._of_case("Benadeling vastleggen…", "let_op", "nadeel", "huis voor klokkenluiders")
        self.case_aftercare = self._of_case("Nazorg beëindigen…", "nazorg", "stoppen", "laatste keer")
        self.case_wish = self._of_case("Wens van de persoon…", "regie", "wat wil de melder")
        self.case_people = self._of_case(
            "Persoonsgegevens tonen", "oog", "namen", "telefoonnummer", "bereiken", "verbergen"
        )
        self.case_person = self._of_case(
            "Persoon toevoegen…", "mens", "naam", "melder", "betrokkene", "getuige", "contact"
        )
        self.case_matter = self._of_case("Aan een kwestie koppelen…", "casussen", "samenhang", "voorval")
        self.case_file = self._of_case("Bestand bewaren…", "clip", "bijlage", "bewijs", "document", "foto", "toevoegen")
        self.case_close = self._of_case("Casus afsluiten…", "vink", "afronden", "sluiten")
        self.case_hold = self._of_case("Bewaarstop zetten…", "slot", "bewaren", "procedure", "claim", "inzageverzoek")
        self.case_destroy = self._of_case("Casus vernietigen…", "bewaartermijn", "verwijderen", "wissen")

    def _make_work(self) -> None:
        self.new_activity = self._made(
            "Activiteit vastleggen…",
            "activiteiten",
            "Ctrl+Shift+A",
            also=("uren", "voorlichting", "overleg", "advies", "signaal", "minuten", "tijd"),
        )
        self.plan_activity = self._made(
            "Activiteit plannen…", "vandaag", also=("intervisie", "overleg", "bijscholing", "afspraak", "agenda")
        )
        self.timer = self._made("Klok starten…", "termijn", "Ctrl+Shift+K", also=("stopwatch", "timer", "tijd meten"))
        self.invoice_hours = self._made(
            "Uren voor een factuur…", "rapport", also=("declareren", "urenoverzicht", "rekening", "uren")
        )

    def _make_exchange(self) -> None:
        self.import_sheet = self._made(
            "Spreadsheet importeren…",
            "importeren",
            also=("registraties overnemen", "inlezen", "csv", "excel", "xlsx", "ods"),
        )
        self.hand_over = self._made(
            "Casussen overdragen…", "exporteren", also=("opvolger", "collega", "overdracht", "meegeven", "vertrek")
        )
        self.take_over = self._made(
            "Casussen overnemen…", "importeren", also=("opvolger", "collega", "overdracht", "bestand")
        )
        self.handovers = self._made("Wat is overgedragen", "lijst", also=("overdracht", "collega", "opvolger"))

    def _make_guided(self) -> None:
        self.guided_list = self._made(
            "Vastleggingen", "lijst", also=("doorbreken", "informatieverzoek", "avg", "inzage", "woo", "vrager")
        )
        self.danger = self._made("Acuut gevaar…", "let_op", also=("112", "nood", "bedreiging", "doorbreken"))
        self.guided_break = self._made(
            "Doorbreken overwegen…", "slot", also=("vertrouwelijkheid", "aangifteplicht", "meldplicht", "gevaar")
        )
        self.guided_request = self._made(
            "Verzoek om informatie…", "vraag", also=("manager", "politie", "rechter", "journalist", "woo", "namen")
        )
        self.guided_avg = self._made(
            "AVG-verzoek…", "mens", also=("inzage", "verwijdering", "privacy", "persoonsgegevens", "recht")
        )
        self.avg_help = self._made(
            "AVG-hulp", "boek", also=("privacy", "verwerkingsverantwoordelijke", "register", "dpia", "uitleg")
        )
        self.laptop_paper = self._made(
            "Blad bij een gestolen laptop…", "laptop", also=("datalek", "72 uur", "kwijt", "diefstal", "avg")
        )
        self.absence_paper = self._made(
            "Blad voor waarneming…",
            "print",
            also=("vervanging", "vakantie", "ziek", "collega", "envelop"),
        )

    @property
    def of_case(self) -> tuple[QAction, ...]:
        """The commands about the case that is shown or chosen."""
        return (
            self.case_conversation,
            self.case_edit,
            self.case_move,
            self.case_client,
            self.case_questions,
            self.case_remind,
            self.case_step,
            self.case_refer,
            self.case_melding,
            self.case_relay,
            self.case_detriment,
            self.case_aftercare,
            self.case_wish,
            self.case_people,
            self.case_person,
            self.case_matter,
            self.case_file,
            self.case_close,
            self.case_hold,
            self.case_destroy,
        )

    def icon_of(self, action: QAction) -> str:
        """Return the name of the drawing of a command."""
        return self._icons[action]

    def also_of(self, action: QAction) -> tuple[str, ...]:
        """Return other words by which a user may look for a command."""
        return self._also[action]

    def _made(
        self, text: str, icon: str, shortcut: str = "", *, checkable: bool = False, also: tuple[str, ...] = ()
    ) -> QAction:
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
        self._also[action] = also
        return action

    def _of_case(self, text: str, icon: str, *also: str) -> QAction:
        action = self._made(text, icon, also=also)
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
