"""How long a person waits inside the window: after the passphrase, and after a key in a list."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

from tools.bench import fixtures
from tools.bench.measure import MeasureError, Result, Samples, interleaved

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vpdesk.store.vault import Vault

PASSPHRASE = "zeven stille schapen"  # noqa: S105 - of a vault that lives for one measurement


def real_vault(folder: Path, conversations: int) -> None:
    """Make a vault with a daily slot in the keyring of this session, and fill it."""
    from vpdesk.domain.clients import Client  # noqa: PLC0415 - only here
    from vpdesk.domain.ids import ClientId  # noqa: PLC0415
    from vpdesk.operations import vaults  # noqa: PLC0415

    setup = vaults.begin_setup(folder, passphrase=PASSPHRASE, keychain=vaults.system_keychain, now=fixtures.NOW)
    with setup.confirm(" ".join(setup.words)) as vault:
        with vault.transaction():
            vault.clients.add(Client(id=ClientId(0), name="Meetorganisatie"))
        fixtures.fill(vault, conversations)


def _child(*arguments: str) -> dict[str, list[float]]:
    finished = subprocess.run(
        [sys.executable, "-m", "tools.bench.driven", *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    if finished.returncode:
        raise MeasureError(f"Driving the window failed: {finished.stderr[-400:]}")
    answer: dict[str, list[float]] = json.loads(finished.stdout.splitlines()[-1])
    return answer


def unlocking(rounds: int, folder: Path, conversations: int) -> Result:
    """Return the wait between Enter and *Vandaag*, each less the Argon2id of the same process."""
    real_vault(folder / "echt", conversations)
    taken = interleaved(rounds, {"ours": lambda: _child("unlock", str(folder / "echt"), PASSPHRASE)["seconds"][0]})
    return Result("passphrase to painted Vandaag, less Argon2id", 150.0, "ms", taken["ours"])


def typing(folder: Path, vault: Vault) -> Iterator[Result]:
    """Yield the wait after a key, in the list of cases and in that of conversations."""
    count = vault.conversations.count()
    vault.close()
    for page in ("casussen", "gesprekken"):
        answer = _child("type", str(folder), page)
        ours, peer = Samples(tuple(answer["keys"])), Samples(tuple(answer["repaints"]))
        yield Result(f"key to painted {page}, {count:,} talks ÷ C++ repaint", 1.5, "×", ours, peer)


def rows(rounds: int, folder: Path, vault: Vault) -> Iterator[Result]:
    """Yield what a person waits for."""
    yield from typing(folder / "kluis", vault)
    yield unlocking(rounds, folder, 10_000)
