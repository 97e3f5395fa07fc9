"""What the command line says of a vault that it opened: warnings, whether it is for practice, and what opens it."""

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vpdesk.operations.vaults import Vault


def say_practice(vault: "Vault", *secrets: str | None) -> None:
    """Say on standard error that what was given opened no real vault: a practice vault stands in its place."""
    if vault.practice and any(secret is not None for secret in secrets):
        from vpdesk.operations.vaults import PRACTICE_INSTEAD  # noqa: PLC0415 - as everywhere here

        print(PRACTICE_INSTEAD.format(vault.folder), file=sys.stderr)


def warn(vault: "Vault") -> None:
    """Say on standard error what the window shows in a bar: an older vault, wrong attempts, an older backup."""
    for warning in (*vault.warnings, *vault.announcements):
        print(warning, file=sys.stderr)


def how_it_opens(vault: "Vault") -> str:
    """Return the sentence about what opens a vault on this laptop."""
    kinds = {slot.kind.value for slot in vault.key_file.slots}
    if "practice" in kinds:
        return "Deze oefenkluis gaat vanzelf open."
    if "keyring" in kinds:
        return "Hij gaat hier open met de sleutelbos van deze laptop."
    if kinds & {"daily", "passphrase"}:
        return "U opent hem hier met uw wachtzin."
    return "U opent hem met de herstelwoorden; stel daarna in het venster een wachtzin in."
