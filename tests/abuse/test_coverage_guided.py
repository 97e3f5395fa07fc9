"""Fuzzing that follows the code it reaches (atheris): a fixed number of files per parser, bounded in memory and time."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.abuse.seeds import seeds
from tests.abuse.targets import TARGETS

if TYPE_CHECKING:
    from pathlib import Path

RUNS = {"sleutels": 80_000, "kopie": 20_000, "wijzer": 8_000, "koppeling": 15_000, "blad": 10_000}


@pytest.mark.long
@pytest.mark.parametrize("target", TARGETS)
def test_no_file_that_coverage_leads_to_gives_anything_but_a_sentence(target: str, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for number, seed in enumerate(seeds(target)):
        (corpus / str(number)).write_bytes(seed)
    finished = subprocess.run(
        [
            *(sys.executable, "-m", "tests.abuse.fuzz", target, str(corpus)),
            *(f"-runs={RUNS[target]}", "-seed=20260120", "-max_len=20000", "-len_control=0"),
            *("-rss_limit_mb=512", "-timeout=10", f"-artifact_prefix={tmp_path}/"),
        ],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert finished.returncode == 0, finished.stdout[-2000:] + finished.stderr[-4000:]
    assert f"Done {RUNS[target]} runs" in finished.stderr
