"""A real vault with two halves of a year, of which the first went out; and how to let another report go out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests import casework
from tests.attacks import kit
from tests.reporting.disclosure.registry import HALF
from vpdesk.domain.statements import Audience
from vpdesk.operations.reports import export_report

if TYPE_CHECKING:
    from pathlib import Path

    from vpdesk.domain.periods import Period
    from vpdesk.domain.publications import Publication
    from vpdesk.store.vault import Vault

EARLY: Final = dict(zip(kit.ROLES, (9, 8, 7, 6, 12), strict=True))
LATE: Final = dict(zip(kit.ROLES, (2, 9, 8, 7, 11), strict=True))


def fill(vault: Vault, early: dict[str, int] = EARLY, late: dict[str, int] = LATE) -> None:
    """Open the cases of both halves, by role and nothing else."""
    for table, opened in ((early, kit.EARLY), (late, kit.LATE)):
        for role, count in table.items():
            for _ in range(count):
                casework.a_case(vault, opened, rol=role)


def export(vault: Vault, folder: Path, period: Period = HALF, name: str = "") -> Publication:
    """Let a report go out, as the window does."""
    client = casework.a_client(vault, name) if name else casework.a_client(vault)
    return export_report(
        vault, client_id=client.id, period=period, audience=Audience.WERKGEVER, out=folder / f"{client.id}{period.last}.pdf",
        now=casework.NOW, backup_places=(),
    ).publication  # fmt: skip
