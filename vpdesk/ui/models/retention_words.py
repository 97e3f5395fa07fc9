"""How keeping and destroying is said: kinds, reasons to stop, where a case stands, and the list of cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from vpdesk.domain.guided_questions import NAMES, GuidedKind
from vpdesk.domain.retention import HoldKind, Kind, Standing
from vpdesk.domain.wording import counted, joined, long_date
from vpdesk.ui.models.case_table import day_short
from vpdesk.ui.models.paged import Column
from vpdesk.ui.widgets.tables import Cell

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from vpdesk.domain.periods import Period
    from vpdesk.domain.retention import Decision, Going, Hold, Term

KIND_LABELS: Final = {
    Kind.VERSLAGEN: "Verslagen en personen",
    Kind.MELDING: "Formele melding, klacht of benadeling",
    Kind.VASTLEGGING: "Doorbreken of informatieverzoek",
}
KIND_HINTS: Final = {
    Kind.VERSLAGEN: "Voor een casus die in de voorfase bleef.",
    Kind.MELDING: "Voor een casus die in de meldingsfase of nafase kwam.",
    Kind.VASTLEGGING: "Voor een casus met zo’n vastlegging.",
}
HOLD_LABELS: Final = {
    HoldKind.PROCEDURE: "Lopende procedure",
    HoldKind.CLAIM: "Claim",
    HoldKind.BENADELING: "Benadeling",
    HoldKind.INZAGEVERZOEK: "Inzageverzoek",
}
STANDING_LABELS: Final = {
    Standing.TE_BESLISSEN: "te beslissen",
    Standing.WACHT: "wacht op verslag",
    Standing.BEWAARSTOP: "bewaarstop",
    Standing.LANGER: "langer bewaard",
}
_SHORT: Final = {NAMES[GuidedKind.DOORBREKEN]: "Doorbreken", NAMES[GuidedKind.INFORMATIE]: "Informatieverzoek"}
_SIGNS: Final = {
    Standing.TE_BESLISSEN: "info",
    Standing.WACHT: "neutral",
    Standing.BEWAARSTOP: "warning",
    Standing.LANGER: "neutral",
}


def months(number: int) -> str:
    """Return a term in words: in years where it is a whole number of them and more than one."""
    years, rest = divmod(number, 12)
    return f"{years} jaar" if years > 1 and not rest else counted(number, "maand", "maanden")


def term_line(term: Term) -> str:
    """Return how long a kind is kept, with the reason where there is one."""
    reason = f" Reden: {term.reason}" if term.reason else ""
    return f"{months(term.months)} na afsluiten, en nadat het jaar is verslagen.{reason}"


def hold_line(hold: Hold) -> str:
    """Return why and since when nothing of a case is destroyed, and how that ended."""
    line = f"{HOLD_LABELS[hold.kind]}, sinds {long_date(hold.since)}: {_sentence(hold.reason)}"
    if hold.lifted is None:
        return line
    return f"{line} Opgeheven op {long_date(hold.lifted)}: {_sentence(hold.why_lifted)}"


def going_words(going: Going) -> str:
    """Return in counts what goes with a bewaarstop: *2 bijlagen en 1 werkaantekening*; empty where nothing does."""
    counts = (
        (going.attachments, "bijlage", "bijlagen"),
        (going.notes, "werkaantekening", "werkaantekeningen"),
        (going.earlier, "eerdere tekst", "eerdere teksten"),
    )
    return joined([counted(number, one, more) for number, one, more in counts if number])


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def year_name(period: Period) -> str:
    """Return a reporting year as one says it: *2025*, or *2025/2026* where it is not a calendar year."""
    return str(period.first.year) if period.is_calendar_year else f"{period.first.year}/{period.last.year}"


def report_answer(decision: Decision) -> str:
    """Return whether the years of a case were reported."""
    if decision.guided is not None:
        return "Een vastlegging telt in geen verslag."
    if decision.taken:
        return "Telt in het verslag van uw collega."
    missing = [year_name(year) for year in decision.kept.unreported]
    if not missing:
        return "Ja."
    return f"Nee. Over {joined(missing)} is nog geen verslag uitgegeven."


def term_answer(decision: Decision, today: date) -> str:
    """Return whether the term of a case is over, and which it is."""
    ends = decision.kept.ends
    if ends is None:
        return "De casus loopt nog."
    end = "afsluiten" if decision.guided is None else "de laatste dag"
    after = f"{months(decision.kept.months)} na {end}"
    return f"Ja, sinds {long_date(ends)}: {after}." if ends <= today else f"Nee, pas op {long_date(ends)}: {after}."


def columns(today: Callable[[], date]) -> tuple[Column[Decision], ...]:
    """Return the columns of the list."""
    return (
        Column("Code", 96, lambda row: Cell(row.code) if row.code else Cell("vastlegging", ink="muted")),
        Column("Pseudoniem", 128, lambda row: Cell(_SHORT.get(row.pseudonym, row.pseudonym), weight=600)),
        Column("Organisatie", 102, _organisation, stretch=True),
        Column("Termijn voorbij", 116, lambda row: _ends(row, today()), yields=True),  # the pane says it too
        Column("Stand", 146, lambda row: Cell(STANDING_LABELS[row.standing], chip=_SIGNS[row.standing])),
    )


def _organisation(row: Decision) -> Cell:
    return Cell(row.client_name) if row.client_name else Cell("geen", ink="muted")


def _ends(row: Decision, today: date) -> Cell:
    ends = row.kept.ends
    if ends is None:
        return Cell("loopt nog", ink="muted")
    return Cell(day_short(ends, today)) if ends <= today else Cell("nog niet", ink="muted")
