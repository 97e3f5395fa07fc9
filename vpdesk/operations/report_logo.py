"""The logo on the cover of an organisation's reports: read from a file, kept in the vault, shown and taken away."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Final

from vpdesk.domain.errors import InvalidValueError
from vpdesk.reporting.pictures import picture
from vpdesk.store import regular
from vpdesk.store.stored import understood

if TYPE_CHECKING:
    from pathlib import Path

    from vpdesk.domain.clients import Client
    from vpdesk.domain.ids import ClientId
    from vpdesk.reporting.document import Picture
    from vpdesk.store.vault import Vault

LOGO: Final = "report_logo"
NOT_READ: Final = "Dit bestand is niet te lezen. Er is niets veranderd. Kies een ander bestand."


def read_logo(path: Path) -> bytes:
    """Return the logo in a file as the vault keeps it; needs no vault.

    Raises:
        InvalidValueError: it can't be read, or can't be a logo.
    """
    from vpdesk.reporting import logo  # noqa: PLC0415 - Pillow when a logo is given, not at start-up

    try:
        given = regular.read(path, logo.LARGEST + 1)
    except OSError as error:
        raise InvalidValueError(NOT_READ) from error
    return logo.plain_logo(given)


def keep_logo(vault: Vault, client_id: ClientId, png: bytes | None) -> None:
    """Keep a logo that `read_logo` gave, or take the one that is kept away; a report that is out stays as it was."""
    with vault.transaction():
        if png is None:
            vault.settings.drop(f"{LOGO}:{client_id}")
        else:
            vault.settings.put(f"{LOGO}:{client_id}", base64.b64encode(png).decode("ascii"))


@understood()
def kept_logo(vault: Vault, client_id: ClientId) -> bytes | None:
    """Return the logo of an organisation as a PNG, None without one.

    Raises:
        VaultDamagedError: what is kept there can't be understood.
    """
    kept = vault.settings.get(f"{LOGO}:{client_id}")
    return base64.b64decode(kept, validate=True) if kept else None


@understood()
def logo_of(vault: Vault, client: Client) -> Picture | None:
    """Return what stands on the covers of an organisation, None without a logo. Raises as `kept_logo` does."""
    png = kept_logo(vault, client.id)
    return None if png is None else picture(png, f"Logo van {client.name}")
