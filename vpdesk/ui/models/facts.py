"""The facts of a case in words: label and value, in the order in which they are read."""

from dataclasses import dataclass

from vpdesk.domain import taxonomy, wording
from vpdesk.domain.cases import Case
from vpdesk.domain.clients import Unit


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact; an unknown one is shown muted."""

    label: str
    value: str
    known: bool = True


def _coded(label: str, codes: taxonomy.CodeList, code: str) -> Fact:
    known = code != taxonomy.UNKNOWN.code
    return Fact(label, codes.label(code) if known else "nog onbekend", known)


def facts(case: Case, units: tuple[Unit, ...]) -> tuple[Fact, ...]:
    """Return what stands under *Gegevens*; further themes and unit only where there are any."""
    further = wording.joined([taxonomy.THEMA.label(code) for code in case.further_themes])
    unit = next((unit.name for unit in units if unit.id == case.unit), "")
    shown = [
        _coded("Werkgebied", taxonomy.WERKGEBIED, case.werkgebied),
        _coded("Hoofdthema", taxonomy.THEMA, case.thema),
        *([Fact("Ook", further)] if further else []),
        _coded("Andere partij", taxonomy.RELATIE, case.relatie),
        *([Fact("Onderdeel", unit)] if unit else []),
        _coded("Misstand (Wbk)", taxonomy.MISSTAND, case.misstand),
        _coded("Gevonden via", taxonomy.GEVONDEN_VIA, case.gevonden_via),
    ]
    if case.closed:
        outcome = case.outcome_on(case.closed)
        shown += [
            _coded("Afloop, volgens de persoon", taxonomy.AFLOOP, outcome),
            _coded("Reden van afsluiten", taxonomy.REDEN, case.closing_reason),
        ]
    return tuple(shown)
