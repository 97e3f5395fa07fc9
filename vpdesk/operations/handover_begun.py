"""A file of a handover that was being made when the program stopped: it goes, since the vault knows of no handover."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

from vpdesk.domain.errors import VaultError
from vpdesk.store import handover_file
from vpdesk.store.stored import understood

if TYPE_CHECKING:
    from vpdesk.store.vault import Vault

BEGUN: Final = "handover_begun"
GONE: Final = (
    "Bij het overdragen stopte vpdesk voordat het klaar was. Er is niets overgedragen, en wat er al van het bestand "
    "stond, is gewist. Draag opnieuw over."
)
MAY_STAND: Final = (
    "Bij het overdragen stopte vpdesk voordat het klaar was. Er is niets overgedragen, maar het bestand kan nog staan "
    "in {}. Verbind die plaats en open dit venster opnieuw: dan wist vpdesk het. Geef het aan niemand."
)


def begin(vault: Vault, path: Path, whole: bytes) -> None:
    """Note which file is about to stand where, before it does."""
    with vault.transaction():
        vault.settings.put(BEGUN, json.dumps({"path": str(path.absolute()), "mark": handover_file.mark_of(whole)}))


def end(vault: Vault) -> None:
    """Note that the vault knows of the file; within the transaction that says so."""
    vault.settings.drop(BEGUN)


def failed(vault: Vault, path: Path, whole: bytes) -> None:
    """Take away what was written, after an error; what can't be noted now is settled later."""
    handover_file.take_away(path, handover_file.mark_of(whole))
    with contextlib.suppress(VaultError), vault.transaction():
        end(vault)


@understood()
def settle(vault: Vault) -> str:
    """Take away the file of a handover that was cut short; return what to say about it, empty where there was none."""
    begun = json.loads(vault.settings.get(BEGUN, "null"))
    if begun is None or vault.read_only:
        return ""
    path = Path(begun["path"])
    stood = handover_file.take_away(path, begun["mark"])
    if stood is None:
        return MAY_STAND.format(path.parent)
    with vault.transaction():
        end(vault)
    return GONE if stood else ""
