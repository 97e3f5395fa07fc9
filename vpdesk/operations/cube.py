"""The cube that reports count in: its dimensions, and their codes in the fixed order of reports."""

from collections.abc import Sequence
from typing import Final

from vpdesk.domain import phases, taxonomy
from vpdesk.domain.clients import Unit

TABLES: Final = ("thema", "werkgebied", "rol", "relatie", "fase", "afloop", "verbonden", "gevonden_via", "onderdeel")


def dimensions(units: Sequence[Unit]) -> dict[str, tuple[str, ...]]:
    """Return the codes of each dimension in the fixed order of reports; units in the order of their names."""
    own = {name: codes.codes for name, codes in taxonomy.BY_NAME.items() if name in TABLES}
    return {
        **own,
        "fase": (
            *(phase.value for phase in phases.Phase if phase is not phases.Phase.AFGESLOTEN),
            phases.PHASE_UNKNOWN,
        ),
        "afloop": taxonomy.OUTCOMES_IN_REPORTS,
        "onderdeel": (*unit_names(units), taxonomy.UNKNOWN.code),
    }


def unit_names(units: Sequence[Unit]) -> dict[str, str]:
    """Return how the units of an organisation are printed, by code in the order of their names."""
    named = sorted(units, key=lambda unit: unit.name)
    return {unit.code: unit.name for unit in named if unit.code != taxonomy.UNKNOWN.code}
