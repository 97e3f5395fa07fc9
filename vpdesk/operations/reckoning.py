"""Whether what protects and audits reports is here and starts; nothing of it is loaded in this process."""

from __future__ import annotations

import importlib.util
from typing import Final

from vpdesk.domain.rows import CheckLine
from vpdesk.reporting.disclosure import office

NAME: Final = "Narekenen"
_RECKONS_WITH: Final = ("highspy", "numpy")
_SAFE: Final = (
    "Daarom maakt vpdesk nu geen nieuw verslag. Met uw kluis heeft dat niets te maken, en een verslag dat al is "
    "uitgegeven, kunt u bij Uitgegeven gewoon opnieuw bewaren."
)
MISSING: Final = (
    f"Het onderdeel dat verslagen narekent, ontbreekt. {_SAFE} Installeer vpdesk opnieuw; uw kluis blijft daarbij "
    "staan."
)
BROKEN: Final = (
    f"Het onderdeel dat verslagen narekent, start niet. {_SAFE} Start de laptop opnieuw. Helpt dat niet, installeer "
    "vpdesk dan opnieuw; uw kluis blijft daarbij staan."
)


def is_installed() -> bool:
    """Return whether what the child process reckons with is installed."""
    try:
        return all(importlib.util.find_spec(name) for name in _RECKONS_WITH)
    except ValueError:  # known to be missing
        return False


def reckoning_line() -> CheckLine:
    """Return whether reports can be audited, and if not what is safe and what to do."""
    if not is_installed():
        return CheckLine(NAME, ok=False, sentence=MISSING)
    if not office.loads():
        return CheckLine(NAME, ok=False, sentence=BROKEN)
    return CheckLine(NAME, ok=True, sentence="Het onderdeel dat verslagen narekent, start.")
