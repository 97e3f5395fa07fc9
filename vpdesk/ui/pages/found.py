"""What a search found, as a row: what it is and of whom; the few words around a match; and where Enter leads."""

from datetime import date
from typing import Final

from vpdesk.domain.rows import SearchHit, WrittenKind
from vpdesk.ui.context import PageName, Place
from vpdesk.ui.models.case_table import day_short
from vpdesk.ui.widgets.lists import ListRow

_START, _END = "\u0002", "\u0003"

_SHOWN: Final = {
    WrittenKind.BERICHT: ("Bericht via u", "relay"),
    WrittenKind.ANTWOORD: ("Vastlegging", "slot"),
    WrittenKind.AANVULLING: ("Aanvulling op een vastlegging", "slot"),
    WrittenKind.BENADELING: ("Benadeling", "let_op"),
    WrittenKind.GEVOLG: ("Benadeling, wat volgde", "let_op"),
    WrittenKind.STAP: ("Stap", "regie"),
    WrittenKind.TOESTEMMING: ("Toestemming", "regie"),
    WrittenKind.WENS: ("Wens", "regie"),
    WrittenKind.FASE: ("Andere fase", "fase"),
    WrittenKind.NAZORG: ("Einde van de nazorg", "nazorg"),
    WrittenKind.BEWAARSTOP: ("Bewaarstop", "bewaartermijn"),
    WrittenKind.LANGER_BEWAREN: ("Langer bewaren", "bewaartermijn"),
    WrittenKind.ROLCONFLICT: ("Rolconflict", "let_op"),
    WrittenKind.HERINNERING: ("Herinnering", "termijn"),
    WrittenKind.ACTIVITEIT: ("Activiteit", "activiteiten"),
}


def excerpt(hit: SearchHit) -> str:
    """Return the few words around a match, in one line."""
    words = hit.excerpt.replace(_START, "").replace(_END, "")
    return (" " if hit.written is None else " · ").join(filter(None, map(str.strip, words.split("\n"))))


def row(hit: SearchHit, today: date) -> ListRow:
    """Return how a list shows it."""
    who = f"{hit.case_code} · {hit.pseudonym}" if hit.case_code else ""
    if hit.conversation is None and hit.written is None:
        said = "Casus, de woorden staan in verschillende teksten" if hit.spread else "Casus"
        return ListRow(hit, who, said, "casussen", right=hit.client_name)
    named, icon = ("Gesprek", "gesprek") if hit.written is None else _SHOWN[hit.written]
    nobody = "Nog niet gekoppeld" if hit.conversation is not None else "Zonder casus"
    return ListRow(
        hit,
        f"{named}, {day_short(hit.on, today)}",
        excerpt(hit),
        icon,
        middle=who or nobody,
        middle_detail=hit.client_name,
    )


def place(hit: SearchHit) -> Place:
    """Return where it stands."""
    if hit.conversation is not None:
        return Place(PageName.GESPREK, conversation=hit.conversation, case=hit.case)
    if hit.guided is not None:
        return Place(PageName.VASTLEGGING, guided=hit.guided)
    if hit.activity is not None:
        return Place(PageName.ACTIVITEITEN, activity=hit.activity)
    if hit.case is None:
        return Place(PageName.VANDAAG)
    return Place(
        PageName.CASUS,
        case=hit.case,
        melding=hit.melding,
        message=hit.message,
        detriment=hit.detriment,
        step=hit.step,
    )
