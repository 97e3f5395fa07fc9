"""Wrong passphrases slow down on this laptop, and a clock that was set back keeps nobody out for longer."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.vault_kit import NOW
from vpdesk.domain.errors import WrongSecretError
from vpdesk.store import attempts
from vpdesk.store.attempts import Attempts

if TYPE_CHECKING:
    from pathlib import Path


def test_the_first_four_are_free_and_then_there_is_a_wait(tmp_path: Path) -> None:
    for _ in range(4):
        attempts.refuse_haste(tmp_path / "kluis" / "n", NOW)
        attempts.add(tmp_path / "kluis" / "n", NOW)
    with pytest.raises(WrongSecretError, match=r"Vier keer niet gelukt\. Over 30 seconden kunt u het weer"):
        attempts.refuse_haste(tmp_path / "kluis" / "n", NOW)
    with pytest.raises(WrongSecretError, match="Over 10 seconden"):
        attempts.refuse_haste(tmp_path / "kluis" / "n", NOW + timedelta(seconds=20))
    attempts.refuse_haste(tmp_path / "kluis" / "n", NOW + timedelta(seconds=30))
    for _ in range(8):
        attempts.add(tmp_path / "kluis" / "n", NOW)
    with pytest.raises(WrongSecretError, match="12 keer"):
        attempts.refuse_haste(tmp_path / "kluis" / "n", NOW)


def test_a_right_one_forgets_and_tells_how_many(tmp_path: Path) -> None:
    attempts.add(tmp_path / "kluis" / "n", NOW)
    attempts.add(tmp_path / "kluis" / "n", NOW)
    assert attempts.forget(tmp_path / "kluis" / "n") == 2
    assert attempts.forget(tmp_path / "kluis" / "n") == 0
    assert list((tmp_path / "kluis").iterdir()) == []


def test_a_clock_set_back_ten_years_waits_no_longer_than_ever() -> None:
    assert Attempts(4, NOW).wait(NOW - timedelta(days=3650)) == attempts.WAIT


def test_a_clock_that_is_put_right_waits_once_from_then_on(tmp_path: Path) -> None:
    ahead = NOW + timedelta(days=3653)
    for second in range(4):
        attempts.add(tmp_path / "n", ahead + timedelta(seconds=second))
    with pytest.raises(WrongSecretError, match="Over 30 seconden"):
        attempts.refuse_haste(tmp_path / "n", NOW)
    with pytest.raises(WrongSecretError, match="Over 20 seconden"):
        attempts.refuse_haste(tmp_path / "n", NOW + timedelta(seconds=10))
    attempts.refuse_haste(tmp_path / "n", NOW + timedelta(seconds=30))
    attempts.add(tmp_path / "n", NOW + timedelta(seconds=30))
    with pytest.raises(WrongSecretError, match=r"Vijf keer niet gelukt\. Over 30 seconden"):
        attempts.refuse_haste(tmp_path / "n", NOW + timedelta(seconds=30))


def test_a_clock_that_is_put_right_where_that_can_not_be_noted_keeps_nobody_out(tmp_path: Path) -> None:
    path = tmp_path / ("n" * 250)  # beside it there is no room for the name of a temporary file
    path.write_text(f"4 {(NOW + timedelta(days=3653)).isoformat()}\n")
    attempts.refuse_haste(path, NOW)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "x",
        "4 gisteren-of-eerder\n",
        "99999999 2026-01-20T10:00:00\n",
        "4 2026-01-20T10:00:00+01:00\n",
    ],
)
def test_a_file_that_says_nothing_counts_as_none(tmp_path: Path, content: str) -> None:
    (tmp_path / "n").write_text(content)
    assert attempts.read(tmp_path / "n") == Attempts()


def test_a_folder_that_takes_no_writes_counts_nothing(tmp_path: Path) -> None:
    (tmp_path / "kluis").touch()
    attempts.add(tmp_path / "kluis" / "n", NOW)
    assert attempts.forget(tmp_path / "kluis" / "n") == 0


def test_a_wrong_passphrase_is_counted_in_the_persons_own_state_and_not_in_the_vault(clean_home: Path) -> None:
    path = attempts.counter("0" * 32)
    assert path.is_relative_to(clean_home.parent)
    assert path != attempts.counter("1" * 32)
