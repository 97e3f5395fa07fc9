"""Secrets on standard input are text in UTF-8, and an answer that nobody takes is said in one sentence."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tools.session import home_environment

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("language", ["C", "C.UTF-8"])
@pytest.mark.parametrize("how", ["--passphrase-stdin", "--words-stdin"])
def test_a_secret_in_another_encoding_is_one_sentence(tmp_path: Path, language: str, how: str) -> None:
    environment = home_environment(tmp_path) | {"LC_ALL": language}
    verify = ["verify", str(tmp_path / "kopie"), how]
    init = ["init", "--vault", str(tmp_path / "kluis"), how]
    answer = subprocess.run(
        [sys.executable, "-m", "vpdesk", *(init if how == "--passphrase-stdin" else verify)],
        input="een zin met een café erin\n".encode("cp1252"),
        env=environment,
        capture_output=True,
        check=False,
    )
    assert answer.returncode == 1
    assert answer.stdout == b""
    assert "geen UTF-8" in answer.stderr.decode()
    assert "vast" not in answer.stderr.decode()
    assert not (tmp_path / "kluis").exists()


@pytest.mark.parametrize("place", ["/dev/full", "closed pipe"])
def test_an_answer_that_nobody_takes_is_one_sentence(tmp_path: Path, place: str) -> None:
    if place == "closed pipe":
        reading, writing = os.pipe()
        os.close(reading)
    else:
        writing = os.open(place, os.O_WRONLY)
    try:
        answer = subprocess.run(
            [sys.executable, "-m", "vpdesk", "doctor", "--vault", str(tmp_path)],
            stdout=writing,
            stderr=subprocess.PIPE,
            env=home_environment(tmp_path),
            check=False,
        )
    finally:
        os.close(writing)
    assert answer.returncode == 1
    assert answer.stderr.decode() == "Wat gevraagd is, is gedaan, maar het antwoord kon niet worden geschreven.\n"
