"""The vault is checked once a day and in full once a week; a check writes nothing into a damaged vault."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.casework import NOW
from vpdesk.operations.backups import backup_state, make_backup
from vpdesk.operations.checking import check_if_due, check_vault
from vpdesk.store.vault import Vault

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Every check that was made: whether it was full."""
    made: list[bool] = []
    real = Vault.integrity

    def noted(self: Vault, *, full: bool) -> bool:
        made.append(full)
        return real(self, full=full)

    monkeypatch.setattr(Vault, "integrity", noted)
    return made


def test_a_check_is_made_once_a_day_and_in_full_once_a_week(vault: Vault, asked: list[bool]) -> None:
    week = 7 * 24
    for hours in (0, 1, 24, 30, week - 1, week, week + 1):
        assert check_if_due(vault, now=NOW + timedelta(hours=hours))
    assert asked == [True, False, False, True]


def test_a_clock_that_was_set_back_does_not_put_the_check_off(vault: Vault, asked: list[bool]) -> None:
    check_if_due(vault, now=NOW + timedelta(days=3650))
    check_if_due(vault, now=NOW)
    assert asked == [True, True]


def test_a_check_on_demand_counts_for_today(vault: Vault, asked: list[bool]) -> None:
    assert check_vault(vault, full=True, now=NOW)
    assert check_if_due(vault, now=NOW)
    assert asked == [True]


def test_a_check_alone_is_no_reason_for_a_new_backup(vault: Vault, tmp_path: Path) -> None:
    make_backup(vault, places=(tmp_path / "kopieen",), now=NOW)
    assert check_vault(vault, full=False, now=NOW)
    assert not backup_state(vault, now=NOW).changed_since
    with vault.transaction():
        vault.settings.put("proef", "anders")
    assert check_vault(vault, full=False, now=NOW)
    assert backup_state(vault, now=NOW).changed_since


def test_nothing_is_written_into_a_damaged_vault_or_one_to_read_only(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = vault.revision
    with monkeypatch.context() as patched:
        patched.setattr(Vault, "integrity", lambda *_, **__: False)
        assert not check_if_due(vault, now=NOW)
    vault.read_only = True
    assert check_if_due(vault, now=NOW)
    assert vault.revision == before
