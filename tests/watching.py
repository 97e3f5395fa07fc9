"""What a test needs to look into a running program, which lets nobody but root do so."""

from __future__ import annotations

import os
from pathlib import Path


def watchable(environment: dict[str, str]) -> dict[str, str]:
    """Return an environment in which a program may be looked into; for root nothing has to change."""
    if os.geteuid() == 0:
        return environment
    return environment | {"PYTHONPATH": str(Path(__file__).parent / "readable")}
