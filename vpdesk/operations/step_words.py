"""How a step is told in one line: what it is, what became of it, how things stand with consent; never its content."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from vpdesk.domain import taxonomy
from vpdesk.domain.consent import ConsentState
from vpdesk.domain.rows import TimelineEntry, TimelineKind
from vpdesk.domain.steps import NO_STEP, StepKind, StepState
from vpdesk.domain.wording import long_date

if TYPE_CHECKING:
    from datetime import date

    from vpdesk.domain.consent import ConsentTerm
    from vpdesk.domain.steps import StepRow

NEEDS_A_LOOK: Final = frozenset(
    {ConsentState.INGETROKKEN, ConsentState.VERLOPEN, ConsentState.GEWEIGERD, ConsentState.ZONDER}
)


def step_entry(step: StepRow, today: date) -> TimelineEntry:
    """Return the line of a step: what it is, what became of it, and how things stand with consent."""
    consent = step.consent_state(today)
    told = {
        StepState.OPEN: "Nog niet gezet",
        StepState.GEZET: "Gezet" if step.kind is StepKind.ROUTE else "Gedaan",
        StepState.VERVALLEN: "Gaat niet door",
    }[step.state]
    if step.code == NO_STEP:
        told = "De persoon koos hiervoor"
    if step.kind is StepKind.VERWIJZING and step.state is StepState.GEZET:
        told = taxonomy.WIJZE.label(step.manner)
    words = consent_words(step.term, consent)
    if step.state is StepState.OPEN and words and step.term is not None:
        told, words = words[:1].upper() + words[1:], ""  # a line has room for the one thing that needs a look
    return TimelineEntry(
        on=step.settled or step.chosen,
        kind=TimelineKind.VERWIJZING if step.kind is StepKind.VERWIJZING else TimelineKind.STAP,
        title=step.label,
        line=", ".join(part for part in (told, words) if part),
        step=step.id,
        alert=consent in NEEDS_A_LOOK,
    )


def consent_words(term: ConsentTerm | None, state: ConsentState) -> str:
    """Return how things stand with consent in a few words, empty where none is asked."""
    if state is ConsentState.ZONDER:
        return "zonder toestemming"
    if term is None:
        return "" if state is ConsentState.NIET_NODIG else "toestemming nog vragen"
    day = term.withdrawn or term.on
    return {
        ConsentState.GEGEVEN: f"toestemming op {long_date(day)}",
        ConsentState.GEWEIGERD: f"geen toestemming, gevraagd op {long_date(day)}",
        ConsentState.INGETROKKEN: f"toestemming ingetrokken op {long_date(day)}",
        ConsentState.VERLOPEN: f"toestemming liep tot {long_date(term.until or day)}",
    }.get(state, "")
