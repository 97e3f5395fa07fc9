"""Coverage that was reached stays reached."""

from __future__ import annotations

import json
import sys
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


def test_every_test_of_the_suite_is_in_one_piece() -> None:
    folder = runner.ROOT / "tests"
    pieces = runner.pieces_of(folder)
    taken = [
        (
            {Path(given) for given in piece if not given.startswith("--")},
            {Path(given.partition("=")[2]) for given in piece},
        )
        for piece in pieces
    ]
    assert all(path.exists() for given, _ in taken for path in given)
    for path in folder.rglob("test_*.py"):
        around = {path, *path.parents}
        assert sum(bool(given & around) and not left_out & around for given, left_out in taken) == 1, path


def test_the_worst_piece_is_what_the_suite_says(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Each piece is a process; what it says comes whole, also where more wait than run."""
    codes = [0, 3, 1, 0, 0]
    monkeypatch.setattr(runner, "AT_ONCE", 2)
    monkeypatch.setattr(
        runner,
        "pieces_of",
        lambda _: [[f"print('piece {n}'); raise SystemExit({code})"] for n, code in enumerate(codes)],
    )
    monkeypatch.setattr(runner, "PART", (sys.executable, "-c"))
    assert runner.run_pieces([]) == 3
    assert sorted(capfd.readouterr().out.split("\n")) == ["", *(f"piece {n}" for n in range(5))]
