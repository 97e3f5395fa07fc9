"""Keeping a text in a file that only this vault opens, where the vault has no room for it, and taking it back."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Final

from vpdesk.domain.cases import Draft
from vpdesk.domain.errors import BackupError, OutputError
from vpdesk.operations.output import refuse_vault
from vpdesk.store import disk, generations, regular, sealed

if TYPE_CHECKING:
    from pathlib import Path

    from vpdesk.store.vault import Vault

SUFFIX: Final = ".vptekst"


def save_elsewhere(vault: Vault, *, folder: Path, key: str, text: str, now: datetime) -> Path:
    """Write what is being typed, encrypted, in a new file in a folder, durable on return; return the file.

    Raises:
        OutputError: it can't be written there; nothing was made.
    """
    refuse_vault(folder, "bewaard")
    content = json.dumps({"key": key, "text": text, "saved": now.isoformat()}).encode()
    stem = f"vpdesk-{now:%Y-%m-%d-%H%M%S}"
    names = (f"{stem}{suffix}{SUFFIX}" for suffix in ("", *(f"-{number}" for number in range(2, 1000))))
    path = next(folder / name for name in names if not (folder / name).exists())
    try:
        generations.write_durably(path, sealed.seal(vault.derived_key(sealed.LABEL), content))
    except OSError as error:
        why = "is geen ruimte" if error.errno in disk.NO_ROOM_LEFT else "kan niet worden geschreven"
        raise OutputError(f"In {folder} {why}. Uw tekst staat nog in het venster. Kies een andere plaats.") from error
    return path


def read_elsewhere(vault: Vault, path: Path) -> Draft:
    """Return a text that this vault kept elsewhere; BackupError for anything else."""
    try:
        untrusted = regular.read(path, sealed.MAX_BYTES + 1)
    except regular.NotRegularError:
        raise BackupError("Dit is geen gewoon bestand. Er is niets veranderd. Kies een ander bestand.") from None
    except OSError:
        raise BackupError("Dit bestand is niet te lezen. Er is niets veranderd. Kies een ander bestand.") from None
    content = json.loads(sealed.unseal(vault.derived_key(sealed.LABEL), untrusted))
    return Draft(content["key"], content["text"], datetime.fromisoformat(content["saved"]))
