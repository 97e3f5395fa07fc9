"""A setting keeps its last value until it is dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.vault_kit import make

if TYPE_CHECKING:
    from pathlib import Path


def test_a_setting_keeps_its_last_value_until_it_is_dropped(tmp_path: Path) -> None:
    _, vault = make(tmp_path / "kluis")
    with vault:
        assert vault.settings.get("thema") == ""
        assert vault.settings.get("thema", "licht") == "licht"
        with vault.transaction():
            vault.settings.put("thema", "donker")
            vault.settings.put("thema", "systeem")
        assert vault.settings.all() == {"thema": "systeem"}
        vault.settings.drop("thema")
        vault.settings.drop("thema")
        assert vault.settings.get("thema", "licht") == "licht"
