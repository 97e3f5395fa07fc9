"""Secrets on standard input are text in UTF-8, whatever the language of the terminal."""

from __future__ import annotations

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
