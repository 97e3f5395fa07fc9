"""What stands outside the vault: kept, checked when read, and nothing of the work."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QByteArray

from vpdesk.ui.preferences import Preferences
from vpdesk.ui.theme import Scheme

if TYPE_CHECKING:
    from pathlib import Path


def test_choices_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "vpdesk.ini"
    first = Preferences(file)
    first.scheme, first.text_size, first.idle_minutes = Scheme.DARK, 1.3, 10
    first.narrow_sidebar = True
    first.clipboard_seconds, first.hidden_from_capture = 30, False
    first.folder = tmp_path / "kluis"
    first.backup_places = (tmp_path / "a", tmp_path / "b")
    first.geometry = QByteArray(b"plaats")
    first.save()
    again = Preferences(file)
    assert (again.scheme, again.text_size, again.idle_minutes) == (Scheme.DARK, 1.3, 10)
    assert again.narrow_sidebar
    assert (again.clipboard_seconds, again.hidden_from_capture) == (30, False)
    assert again.folder == tmp_path / "kluis"
    assert again.backup_places == (tmp_path / "a", tmp_path / "b")
    assert again.geometry == QByteArray(b"plaats")


def test_one_place_is_read_back_as_one(tmp_path: Path) -> None:
    first = Preferences(tmp_path / "vpdesk.ini")
    first.backup_places = (tmp_path / "a",)
    first.save()
    assert Preferences(tmp_path / "vpdesk.ini").backup_places == (tmp_path / "a",)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[General]\nscheme=paars\ntext_size=veel\nidle_minutes=-3\nclipboard_seconds=0\nhidden_from_capture=nee\n",
        "\0\0niets",
    ],
)
def test_what_is_not_understood_counts_as_not_set(tmp_path: Path, content: str) -> None:
    file = tmp_path / "vpdesk.ini"
    file.write_text(content, encoding="utf-8")
    read = Preferences(file)
    assert (read.scheme, read.text_size, read.idle_minutes) == (Scheme.SYSTEM, 1.0, 5)
    assert (read.clipboard_seconds, read.hidden_from_capture) == (60, True)
    assert read.folder is None
    assert read.backup_places == ()
