"""Backups lie beside the vault, not in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vpdesk.operations.places import usual_place

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_backups_lie_beside_the_vault(tmp_path: Path) -> None:
    assert usual_place(tmp_path / "kluis") == tmp_path / "reservekopieen"
    assert usual_place(tmp_path / "praktijk") == tmp_path / "praktijk-reservekopieen"


def test_a_vault_in_the_folder_where_one_stands_has_a_place_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pathlib import Path as Relative  # noqa: PLC0415 - a path as typed

    monkeypatch.chdir(tmp_path)
    assert usual_place(Relative()) == tmp_path.with_name(f"{tmp_path.name}-reservekopieen")
