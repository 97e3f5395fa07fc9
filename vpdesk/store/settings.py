"""Named settings inside the vault, as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vpdesk.store.vault import Connection


class SettingStore:
    """Settings by name; what a value means is the business of whoever put it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, name: str, default: str = "") -> str:
        """Return the value of a setting, or the default when it was never put."""
        row = self._connection.execute("SELECT value FROM settings WHERE name = ?", (name,)).fetchone()
        return default if row is None else str(row[0])

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
        return {str(name): str(value) for name, value in self._connection.execute("SELECT name, value FROM settings")}
