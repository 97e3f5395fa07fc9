"""The way in: what the screens before an open vault ask of the operations, with folder, keyring and clock filled in.

Every method runs on the vault thread and imports what it needs there, so that the first paint waits for none of it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vpdesk.operations.standing import KeptKey
    from vpdesk.operations.vaults import KdfParameters, Setup, SlotKind, Vault, VaultDescription


@dataclass(frozen=True, slots=True)
class Door:
    """A folder in which a vault stands or will stand, and how keys are kept on this laptop; `kdf` for tests only."""

    folder: Path
    keychain: Callable[[], Any]
    clock: Callable[[], datetime]
    kdf: "KdfParameters | None" = None
    in_use: Callable[[], Path] | None = None  # the folder that the settings name

    def describe(self) -> "VaultDescription":
        """Return what can be told without a secret."""
        from vpdesk.operations.vaults import describe  # noqa: PLC0415

        return describe(self.folder)

    def slot_kind(self) -> "SlotKind":
        """Return how this laptop will open a new vault; raises KeyringError when its keyring can't be used."""
        from vpdesk.operations.vaults import slot_kind  # noqa: PLC0415

        return slot_kind(self.keychain())

    def begin_setup(self, passphrase: str) -> "Setup":
        """Build a vault that does not count yet."""
        from vpdesk.operations.vaults import STANDARD, begin_setup  # noqa: PLC0415

        return begin_setup(
            self.folder,
            passphrase=passphrase,
            keychain=self.keychain,
            now=self.clock(),
            kdf=self.kdf or STANDARD,
        )

    def practice(self) -> "Vault":
        """Make the practice vault and return it open, or open the one that is there."""
        if self.describe().exists:
            return self.open()
        from vpdesk.operations.practice import make_practice_vault  # noqa: PLC0415

        vault: Vault = make_practice_vault(self.folder, now=self.clock())
        return vault

    def open(
        self, *, passphrase: str | None = None, words: str | None = None, sheets: tuple[str, str] | None = None
    ) -> "Vault":
        """Open the vault; with nothing given, as a practice vault or one of the keyring alone opens."""
        from vpdesk.operations.vaults import open_vault  # noqa: PLC0415

        return open_vault(
            self.folder,
            passphrase=passphrase,
            words=words,
            sheets=sheets,
            keychain=self.keychain,
            now=self.clock(),
            in_use=self.in_use,
        )

    def practice_day(self, vault: "Vault") -> date:
        """Return the day at which the clock of a practice vault stands."""
        from vpdesk.operations.practice_day import practice_today  # noqa: PLC0415

        return practice_today(vault)

    def enrol(
        self,
        vault: "Vault",
        passphrase: str,
        *,
        kind: "SlotKind | None" = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> "SlotKind":
        """Let this laptop open the vault in another way from now on; `kind` where the user chose one."""
        from vpdesk.operations.vaults import STANDARD, enrol_device  # noqa: PLC0415

        return enrol_device(
            vault,
            passphrase=passphrase,
            kind=kind,
            keychain=self.keychain,
            now=self.clock(),
            kdf=self.kdf or STANDARD,
            progress=progress,
        )

    def restore(
        self,
        path: Path,
        *,
        words: str | None,
        passphrase: str | None,
        later_reports: str | None,
        kept: "KeptKey | None" = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> "Vault":
        """Put a backup back into this folder and return the vault open; the old vault stays beside it."""
        from vpdesk.operations.restoring import restore_backup  # noqa: PLC0415
        from vpdesk.operations.vaults import STANDARD  # noqa: PLC0415

        return restore_backup(
            path,
            folder=self.folder,
            words=words,
            passphrase=passphrase,
            kept=kept,
            keychain=self.keychain,
            now=self.clock(),
            later_reports=later_reports,
            kdf=self.kdf or STANDARD,
            progress=progress,
        )


def warm_up() -> None:
    """Load what the desk will need while the passphrase is typed."""
    from vpdesk.operations import vaults  # noqa: F401, PLC0415
    from vpdesk.ui.pages import today  # noqa: F401, PLC0415


def at_day(day: date, clock: Callable[[], datetime]) -> datetime:
    """Return the time of now on the day at which a practice vault stands."""
    return datetime.combine(day, clock().time())
