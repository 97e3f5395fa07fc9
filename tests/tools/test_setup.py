"""Set-up does what is missing and nothing else, and says what it cannot do."""

from __future__ import annotations

import importlib.metadata
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tools import setup

PRETENDED = """#!/bin/sh
[ "$1" = -W ] && { printf 'libegl1 installed\\nlibgl1 config-files\\nlibglib2.0-0t64 installed\\n'; exit 1; }
exit 0
"""


@pytest.fixture
def debian(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A system whose dpkg knows two installed packages; returns the folder of its programs."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("dpkg-query", "apt-cache"):
        (programs / name).write_text(PRETENDED, encoding="utf-8")
        (programs / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:/usr/bin:/bin")
    return programs


def test_only_what_is_missing_is_asked_for(debian: Path) -> None:
    wanted = ("libegl1", "libgl1", "libglib2.0-0|libglib2.0-0t64")
    assert setup.missing_packages(wanted) == ["libgl1"]


def test_on_another_system_nothing_is_asked_of_dpkg(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert setup.missing_packages(("libegl1",)) == []


def test_without_root_one_sentence_names_the_command(debian: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(setup.SetupError, match=r"sudo apt-get install --no-install-recommends libgl1 xvfb$"):
        setup.install_packages(["libgl1", "xvfb"])


def test_as_root_exactly_the_missing_packages_are_installed(
    debian: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "log"
    (debian / "apt-get").write_text(f'#!/bin/sh\necho "$@" >>"{log}"\n', encoding="utf-8")
    (debian / "apt-get").chmod(0o755)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    setup.install_packages(["libgl1"])
    assert log.read_text(encoding="utf-8").splitlines() == [
        "update -qq",
        "install -y -qq --no-install-recommends libgl1",
    ]


def test_when_installing_fails_its_message_is_shown(
    debian: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (debian / "apt-get").write_text("#!/bin/sh\necho geen netwerk\nexit 100\n", encoding="utf-8")
    (debian / "apt-get").chmod(0o755)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    with pytest.raises(setup.SetupError, match="could not be installed"):
        setup.install_packages(["libgl1"])
    assert "geen netwerk" in capfd.readouterr().err


def test_a_run_without_a_display_needs_no_window_libraries(debian: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "install_packages", lambda choices: pytest.fail(f"asked for {choices}"))
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    setup.need_packages("run")


def test_a_second_set_up_installs_nothing_and_needs_no_network_and_no_home() -> None:
    finished = subprocess.run(
        [sys.executable, Path(setup.__file__), "test"],
        env={"PATH": os.environ["PATH"], "PIP_NO_INDEX": "1", "http_proxy": "http://127.0.0.1:9"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (finished.returncode, finished.stdout, finished.stderr) == (0, "", "")


def test_pinned_files_hold_hashes_and_no_addresses() -> None:
    for file in setup.requirement_files("test"):
        text = file.read_text(encoding="utf-8")
        pins = [line for line in text.splitlines() if "==" in line and not line.lstrip().startswith("#")]
        assert pins
        assert all(line.endswith("\\") for line in pins)
        assert "://" not in text


def test_what_a_package_asks_for_with_extras_is_pinned_with_them() -> None:
    """Older versions of pip take the newest release where only the name without its extras is pinned."""
    lines = [line for file in setup.requirement_files("test") for line in file.read_text(encoding="utf-8").splitlines()]
    pinned = {match[1]: match[2] or "" for line in lines if (match := re.match(r"([\w.-]+)(\[[\w,-]+\])?==", line))}
    assert pinned
    for name in pinned:
        for asked in importlib.metadata.requires(name) or ():
            wanted = re.match(r"([\w.-]+)(\[[\w,-]+\])", asked)
            if wanted and wanted[1] in pinned and "extra ==" not in asked:
                assert pinned[wanted[1]] == wanted[2], f"{name} asks for {wanted[0]}"
