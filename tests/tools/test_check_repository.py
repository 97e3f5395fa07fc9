"""The house rules find what they are for, and this repository keeps them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tools import check_repository
from tools.check_repository import COLOUR, ELSEWHERE, LONGEST, problems_of, problems_of_python, tracked

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty repository to check."""
    monkeypatch.setattr(check_repository, "ROOT", tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    "line",
    [
        "--index" + "-url https://example.org/simple",
        "--find" + "-links /opt/wheels",
        "see /ho" + "me/piet/vpdesk/",
        "see /Us" + "ers/piet/vpdesk",
        "# TO" + "DO later",
        "# FIX" + "ME later",
    ],
)
def test_a_forbidden_line_is_found(elsewhere: Path, line: str) -> None:
    (elsewhere / "notes.md").write_text(f"first\n{line}\n", encoding="utf-8")
    (problem,) = problems_of("notes.md")
    assert problem.startswith("notes.md:2: ")


@pytest.mark.parametrize("line", ["the home page", "vpdesk/store", "een todo-lijst", "~/vpdesk", "index_url"])
def test_an_ordinary_line_is_not(elsewhere: Path, line: str) -> None:
    (elsewhere / "notes.md").write_text(f"{line}\n", encoding="utf-8")
    assert list(problems_of("notes.md")) == []


def test_pictures_are_left_alone(elsewhere: Path) -> None:
    (elsewhere / "a.png").write_bytes(b"\x89PNG # TO" + b"DO")
    assert list(problems_of("a.png")) == []


@pytest.mark.parametrize("colour", ["#fff", "#1A2b3C", "#1A2b3C80"])
def test_colours_live_in_the_theme_only(colour: str) -> None:
    source = f'BACK = "{colour}"\n'
    assert COLOUR.search(source)
    assert len(list(problems_of_python("vpdesk/ui/pages/today.py", source))) == 1
    assert list(problems_of_python("vpdesk/ui/theme.py", source)) == []
    assert list(problems_of_python("vpdesk/reporting/pdf.py", source)) == []


def test_a_module_stays_readable() -> None:
    assert list(problems_of_python("vpdesk/cli.py", "x = 1\n" * LONGEST)) == []
    assert len(list(problems_of_python("vpdesk/cli.py", "x = 1\n" * (LONGEST + 1)))) == 1


@pytest.mark.parametrize("word", ["dader", "Slachtoffers", "cliënt", "dossier"])
def test_words_that_are_never_shown_are_found_in_texts_but_not_in_documentation(word: str) -> None:
    assert len(list(problems_of_python("vpdesk/ui/a.py", f'LABEL = "Het {word} hier"\n'))) == 1
    assert list(problems_of_python("vpdesk/ui/a.py", f'"""Never says {word}."""\n')) == []


def test_every_exception_has_a_reason_and_is_still_needed() -> None:
    for (path, text), reason in check_repository.EXCEPTIONS.items():
        assert reason
        file = check_repository.ROOT / path
        assert text in file.read_text(encoding="utf-8"), f"{path} no longer holds “{text}”"


def test_every_kind_of_elsewhere_is_a_pattern() -> None:
    assert all(isinstance(pattern, re.Pattern) for pattern in ELSEWHERE.values())
    assert "pyproject.toml" in tracked()


def test_without_git_the_same_rules_hold(elsewhere: Path) -> None:
    (elsewhere / "vpdesk").mkdir()
    (elsewhere / "vpdesk/cli.py").write_text("x = 1\n", encoding="utf-8")
    (elsewhere / ".venv").mkdir()
    (elsewhere / ".venv/notes.md").write_text("# TO" + "DO\n", encoding="utf-8")
    assert tracked() == ["vpdesk/cli.py"]
