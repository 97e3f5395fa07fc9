"""A full disk and one that takes no writes cost nobody a word: the tests of on_a_small_disk.py, on such a disk."""

from __future__ import annotations

from pathlib import Path

from tests.faults.small_disk import run_inside


def test_a_full_disk_and_a_read_only_one_cost_nothing(tmp_path: Path) -> None:
    finished = run_inside(Path(__file__).with_name("on_a_small_disk.py"), tmp_path / "schijf")
    assert finished.returncode == 0, finished.stdout[-6000:] + finished.stderr[-2000:]
    assert " passed" in finished.stdout
    assert " skipped" not in finished.stdout
