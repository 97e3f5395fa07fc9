"""Fixtures for every room: a fixed clock, an empty home, a real Secret Service, hypothesis profiles."""

from __future__ import annotations

import os
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tests.keyring_session import home_environment, keyring_session

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vpdesk.store.keys import KdfParameters

# No deadline: two cores are shared, and a slow moment is no defect. `make test` draws the same examples each time, so
# that it fails for what was changed; the long series draws others each time, and more.
settings.register_profile(
    "default", deadline=None, max_examples=50, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("long", deadline=None, max_examples=500, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("default")


@pytest.fixture
def clock() -> datetime:
    """Now, as every test that needs a now understands it: a Tuesday in January, when reports are written."""
    return datetime(2026, 1, 20, 10, 0, 0)  # noqa: DTZ001 - the product works in the laptop's local time


@pytest.fixture
def clean_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty HOME and empty XDG folders for this process; returns HOME. The bus of the session stays reachable."""
    root = tmp_path / "person"
    for name, value in home_environment(root).items():
        if name == "HOME" or name.startswith("XDG_"):
            monkeypatch.setenv(name, value)
    monkeypatch.delenv("PYTHON_KEYRING_BACKEND", raising=False)
    return root / "home"


@pytest.fixture
def secret_service() -> None:
    """The real, unlocked Secret Service that tools/test.py started; without one the test fails, it is never skipped."""
    if os.environ.get("VPDESK_TEST_SESSION") != "1":
        pytest.fail("No Secret Service: run `make test`, or `make test ARGS='tests/store/test_x.py'` for one file.")


@pytest.fixture
def another_laptop() -> Iterator[dict[str, str]]:
    """Environment of a laptop with an empty HOME and an empty, unlocked keyring, for child processes."""
    with keyring_session() as environment:
        yield environment


@pytest.fixture
def no_core(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system that keeps no image of what crashes, as on many laptops and not on all; the doctor names one that does."""
    from vpdesk.operations import doctor  # noqa: PLC0415 - tests of the domain need no vault

    monkeypatch.setattr(doctor, "core_is_kept", lambda: False)


@pytest.fixture
def quick_kdf() -> KdfParameters:
    """Argon2id that takes no time, for tests that are about something else."""
    from vpdesk.store.keys import PRACTICE  # noqa: PLC0415 - tests of the domain need no cryptography

    return PRACTICE


@pytest.fixture(scope="session")
def vault_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new, empty vault, made once; tests work on copies."""
    from tests.casework import new_vault  # noqa: PLC0415 - tests of the domain need no vault

    folder = tmp_path_factory.mktemp("new") / "kluis"
    new_vault(folder).close()
    return folder
