"""Named settings inside the vault, as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vpdesk.domain.errors import VaultDamagedError
from vpdesk.store.stored import NOT_UNDERSTOOD, refuse_overlong

if TYPE_CHECKING:
    from vpdesk.store.vault import Connection


class SettingStore:
    """Settings by name; what a value means is the business of whoever put it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, name: str, default: str = "") -> str:
        """Return the value of a setting, or the default when it was never put."""
        asked = (name,)
        refuse_overlong(
            self._connection.execute("SELECT octet_length(value) FROM settings WHERE name = ?", asked).fetchone()
        )
        row = self._connection.execute("SELECT value FROM settings WHERE name = ?", asked).fetchone()
        if row is None:
            return default
        if not isinstance(row[0], str):
            raise VaultDamagedError(NOT_UNDERSTOOD)
        return row[0]

    def put(self, name: str, value: str) -> None:
        """Write a setting, over an earlier value."""
        self._connection.execute(
            "INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (name, value),
        )

    def drop(self, name: str) -> None:
        """Remove a setting; nothing happens when it is not there."""
        self._connection.execute("DELETE FROM settings WHERE name = ?", (name,))

    def all(self) -> dict[str, str]:
        """Return every setting, by name."""
        names = self._connection.execute("SELECT name FROM settings").fetchall()
        return {str(name): self.get(name) for (name,) in names}
