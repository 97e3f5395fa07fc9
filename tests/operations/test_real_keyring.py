"""From first vault to another laptop with real keyrings: an entry here, none there, and the words alone."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.keyring_session import home_environment, keyring_session

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

pytestmark = pytest.mark.keyring

START = """
import json, sys
from datetime import datetime
from pathlib import Path
from vpdesk.domain.errors import VpdeskError
from vpdesk.operations import backups, vaults
folder, now = Path(sys.argv[1]), datetime(2026, 1, 20, 10)
small = vaults.KdfParameters(8, 1, 1)
try:
    answer = run()
except VpdeskError as error:
    answer = [type(error).__name__, error.sentence]
print(json.dumps(answer))
"""

MAKE = """
def run():
    setup = vaults.begin_setup(folder, passphrase="een kop koffie", keychain=vaults.system_keychain, now=now, kdf=small)
    vault = setup.confirm(setup.words)
    with vault.transaction():
        vault.settings.put("proef", "eerste")
    path = backups.make_backup(vault, places=(folder.with_name("kopie"),), now=now).path
    vault.close()
    return {"words": setup.words, "slot": setup.slot, "path": str(path), "id": vault.id}
"""

OPEN = """
def run():
    vault = vaults.open_vault(folder, passphrase="een kop koffie", keychain=vaults.system_keychain, now=now)
    with vault:
        return [vault.opened_with, vault.settings.get("proef"), *vault.warnings]
"""

RESTORE = """
def run():
    words, path, *passphrase = sys.argv[2:]
    vault = backups.restore_backup(
        Path(path), folder=folder, words=words, keychain=vaults.system_keychain, now=now, kdf=small,
        passphrase=passphrase[0] if passphrase else None, later_reports="none",
    )
    loaded = [name for name in sys.modules if name.startswith("keyring")]
    with vault:
        return [vault.settings.get("proef"), sorted(vaults.describe(folder).slots), len(loaded) > 0]
"""

CHANGE = """
def run():
    vaults.system_keychain().put(sys.argv[2], sys.argv[3])
"""


def run(job: str, environment: Mapping[str, str], folder: Path, *arguments: str) -> Any:
    finished = subprocess.run(
        [sys.executable, "-c", job + START, str(folder), *arguments],
        env=dict(environment),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert finished.returncode == 0, finished.stderr
    assert finished.stderr == ""
    return json.loads(finished.stdout)


def test_from_first_vault_to_another_laptop(tmp_path: Path) -> None:
    with keyring_session() as here:
        made = run(MAKE, here, tmp_path / "kluis")
        assert made["slot"] == "daily"
        assert run(OPEN, here, tmp_path / "kluis") == ["daily", "eerste"]
    words = " ".join(made["words"])
    with keyring_session() as there:
        lost = run(OPEN, there, tmp_path / "kluis")
        assert lost[0] == "KeyringEntryError"
        laptop = tmp_path / "laptop"
        assert run(RESTORE, there, laptop, words, made["path"]) == ["eerste", ["recovery"], False]
        enrolled = run(RESTORE, there, laptop, words, made["path"], "een kop koffie")
        assert enrolled == ["eerste", ["daily", "recovery"], True]
        assert run(OPEN, there, laptop) == ["daily", "eerste"]
        run(CHANGE, there, laptop, made["id"], "iets anders")
        assert run(OPEN, there, laptop)[0] == "KeyringEntryError"


def test_without_a_keyring_or_with_one_that_keeps_nothing_no_daily_vault_is_made(tmp_path: Path) -> None:
    empty = home_environment(tmp_path / "home")
    kind, sentence = run(MAKE, empty, tmp_path / "kluis")
    assert kind == "InvalidValueError"
    assert "geen sleutelbos" in sentence
    for chosen in (
        "keyring.backends.null.Keyring",
        "keyring.backends.fail.Keyring",
        "keyrings.alt.file.PlaintextKeyring",
    ):
        kind, sentence = run(MAKE, {**empty, "PYTHON_KEYRING_BACKEND": chosen}, tmp_path / "kluis")
        assert kind == "KeyringRefusedError"
        assert chosen in sentence
    assert not (tmp_path / "kluis").exists()


def test_a_daily_vault_on_a_system_whose_keyring_is_gone_says_so(tmp_path: Path) -> None:
    with keyring_session() as here:
        run(MAKE, here, tmp_path / "kluis")
    assert run(OPEN, home_environment(tmp_path / "home"), tmp_path / "kluis")[0] == "KeyringAbsentError"
    with keyring_session(unlocked=False) as locked:
        assert run(OPEN, locked, tmp_path / "kluis")[0] == "KeyringLockedError"
