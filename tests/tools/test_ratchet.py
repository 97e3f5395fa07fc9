"""Coverage that was reached stays reached."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tools import test as runner


def report(covered: int) -> dict[str, dict[str, dict[str, dict[str, int]]]]:
    def entry(lines: int) -> dict[str, dict[str, int]]:
        return {"summary": {"num_statements": 80, "num_branches": 20, "covered_lines": lines, "covered_branches": 10}}

    return {"files": {"vpdesk/domain/cases.py": entry(covered), "vpdesk/cli.py": entry(0)}}


def test_lines_and_branches_count_alike_and_rooms_apart() -> None:
    assert runner.shares(report(80), ["vpdesk.domain", "total"]) == {"vpdesk.domain": 90.0, "total": 50.0}


@pytest.mark.parametrize(
    ("covered", "holds", "said"), [(80, True, "raised to 90.0"), (79, True, ""), (78, False, "fell")]
)
def test_a_fall_fails_and_a_rise_is_said(
    covered: int,
    holds: bool,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "ratchet.toml").write_text('[minimum]\n"vpdesk.domain" = 89.0\n', encoding="utf-8")
    (tmp_path / "coverage.json").write_text(json.dumps(report(covered)), encoding="utf-8")
    monkeypatch.setattr(runner, "ROOT", tmp_path)
    monkeypatch.setattr(runner, "RATCHET", tmp_path / "ratchet.toml")
    monkeypatch.setattr(runner, "COVERAGE", tmp_path / "coverage.json")
    assert runner.ratchet() is holds
    assert said in capsys.readouterr().out


def test_the_halves_of_the_suite_are_the_whole_suite() -> None:
    """No folder and no file of tests is in neither half, and none in both."""
    folder = runner.ROOT / "tests"
    waiting, computing = runner.tests_of(folder)
    assert not set(waiting) & set(computing)
    named = [Path(path) for path in (*waiting, *computing)]
    assert all(path.exists() for path in named)
    missed = [
        path for path in folder.rglob("test_*.py") if not any(path == other or other in path.parents for other in named)
    ]
    assert missed == []
