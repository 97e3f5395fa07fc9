"""The private keyring that other tests stand on is real, empty, and gone afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.keyring_session import SessionError, home_environment, keyring_session

pytestmark = pytest.mark.keyring

STORE = "import keyring; keyring.set_password('vpdesk-test', 'device', 'geheim')"
SHOW = (
    "import keyring; print(keyring.get_keyring().__class__.__module__, keyring.get_password('vpdesk-test', 'device'))"
)


def run(code: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False, timeout=60
    )


def test_what_one_laptop_stores_it_reads_back_and_another_does_not_see() -> None:
    with keyring_session() as mine, keyring_session() as other:
        assert run(STORE, mine).returncode == 0
        assert run(SHOW, mine).stdout.split() == ["keyring.backends.SecretService", "geheim"]
        assert run(SHOW, other).stdout.split() == ["keyring.backends.SecretService", "None"]


def test_a_keyring_that_nobody_unlocks_fails_instead_of_waiting_for_a_person() -> None:
    with keyring_session(unlocked=False) as environment:
        finished = run(STORE, environment)
    assert finished.returncode == 1
    assert "Prompt dismissed" in finished.stderr


def test_afterwards_neither_bus_nor_home_is_left() -> None:
    with keyring_session() as environment:
        home = Path(environment["HOME"])
        socket = Path(environment["DBUS_SESSION_BUS_ADDRESS"].removeprefix("unix:path="))
        assert home.is_dir()
        assert socket.is_socket()
    assert not home.exists()
    assert not socket.exists()


def test_a_home_without_a_bus_has_no_keyring(tmp_path: Path) -> None:
    finished = run("import keyring; print(keyring.get_keyring().__class__.__module__)", home_environment(tmp_path))
    assert finished.stdout.strip() == "keyring.backends.fail"


def test_a_missing_daemon_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SessionError, match="dbus-run-session is not installed"), keyring_session():
        pass


def test_the_session_of_the_whole_run_has_a_keyring(secret_service: None) -> None:
    environment = dict(os.environ)
    assert run(STORE, environment).returncode == 0
    assert run(SHOW, environment).stdout.split() == ["keyring.backends.SecretService", "geheim"]
    assert run("import keyring; keyring.delete_password('vpdesk-test', 'device')", environment).returncode == 0
