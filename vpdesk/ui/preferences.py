"""What the window remembers outside the vault: its look and its place on the screen, nothing of the work."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths

from vpdesk.domain.errors import VaultError
from vpdesk.ui.theme import TEXT_SIZES, Scheme

IDLE_MINUTES: Final = (2, 5, 10, 15, 30)
_DEFAULT_IDLE: Final = 5
CLIPBOARD_SECONDS: Final = (15, 30, 60, 120, 300)
_DEFAULT_CLIPBOARD: Final = 60
NAMES_SECONDS: Final = (15, 30, 60, 120)
_DEFAULT_NAMES: Final = 30


class Preferences:
    """A small file of settings; a value that is not understood counts as not set."""

    def __init__(self, path: Path) -> None:
        if path.exists() and not path.is_file():  # Qt would wait for a pipe, and read a device without end
            path = path / path.name  # where nothing can be, so that nothing counts as set and keeping fails
        self._file = QSettings(str(path), QSettings.Format.IniFormat)

    @property
    def scheme(self) -> Scheme:
        """Light, dark or as the system."""
        chosen = str(self._file.value("scheme", ""))
        return Scheme(chosen) if chosen in set(Scheme) else Scheme.SYSTEM

    @scheme.setter
    def scheme(self, scheme: Scheme) -> None:
        self._file.setValue("scheme", scheme.value)

    @property
    def text_size(self) -> float:
        """The factor of all type, one of TEXT_SIZES."""
        number = self._number("text_size")
        return number if number in TEXT_SIZES else TEXT_SIZES[0]

    @text_size.setter
    def text_size(self, factor: float) -> None:
        self._file.setValue("text_size", factor)

    @property
    def idle_minutes(self) -> int:
        """After how many minutes without use vpdesk locks."""
        number = self._number("idle_minutes")
        return int(number) if number in IDLE_MINUTES else _DEFAULT_IDLE

    @idle_minutes.setter
    def idle_minutes(self, minutes: int) -> None:
        self._file.setValue("idle_minutes", minutes)

    @property
    def clipboard_seconds(self) -> int:
        """After how many seconds a copy is taken back."""
        number = self._number("clipboard_seconds")
        return int(number) if number in CLIPBOARD_SECONDS else _DEFAULT_CLIPBOARD

    @clipboard_seconds.setter
    def clipboard_seconds(self, seconds: int) -> None:
        self._file.setValue("clipboard_seconds", seconds)

    @property
    def names_seconds(self) -> int:
        """After how many seconds names that were shown are hidden again."""
        number = self._number("names_seconds")
        return int(number) if number in NAMES_SECONDS else _DEFAULT_NAMES

    @names_seconds.setter
    def names_seconds(self, seconds: int) -> None:
        self._file.setValue("names_seconds", seconds)

    @property
    def hidden_from_capture(self) -> bool:
        """Whether windows stay out of pictures of the screen; only a clear no is a no."""
        return str(self._file.value("hidden_from_capture", "")).lower() != "false"

    @hidden_from_capture.setter
    def hidden_from_capture(self, hidden: bool) -> None:
        self._file.setValue("hidden_from_capture", hidden)

    @property
    def narrow_sidebar(self) -> bool:
        """Whether the user made the sidebar narrow."""
        return str(self._file.value("narrow_sidebar", "")).lower() == "true"

    @narrow_sidebar.setter
    def narrow_sidebar(self, narrow: bool) -> None:
        self._file.setValue("narrow_sidebar", narrow)

    @property
    def folder(self) -> Path | None:
        """The folder of the vault where the user chose another than the usual one."""
        kept = str(self._file.value("folder", ""))
        return Path(kept) if kept else None

    @folder.setter
    def folder(self, folder: Path) -> None:
        self._file.setValue("folder", str(folder))

    def keep_folder(self, folder: Path, copies: tuple[Path, ...] = ()) -> None:
        """Write the folder of the vault to disk now, and where copies stand beside what is known of that.

        From any thread; raises VaultError where that failed.
        """
        file = QSettings(self._file.fileName(), QSettings.Format.IniFormat)
        file.setValue("folder", str(folder))
        file.setValue("backup_places", [str(place) for place in dict.fromkeys((*self.backup_places, *copies))])
        file.sync()
        if file.status() is not QSettings.Status.NoError:
            raise VaultError(
                "vpdesk kan niet onthouden waar de kluis staat: zijn instellingen zijn niet te schrijven. "
                "Er is niets veranderd. Kijk of de schijf vol is."
            )

    @property
    def backup_places(self) -> tuple[Path, ...]:
        """Where copies were made, so that they are found when the vault itself can't be read."""
        kept = self._file.value("backup_places", [])
        names = kept if isinstance(kept, list) else [kept]
        return tuple(Path(str(name)) for name in names if name)

    @backup_places.setter
    def backup_places(self, places: tuple[Path, ...]) -> None:
        self._file.setValue("backup_places", [str(place) for place in places])

    @property
    def geometry(self) -> QByteArray:
        """Where the window stood, empty at first."""
        kept = self._file.value("geometry")
        return kept if isinstance(kept, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._file.setValue("geometry", geometry)

    def save(self) -> None:
        """Write to disk now; the process may be replaced next."""
        self._file.sync()

    def _number(self, name: str) -> float:
        try:
            return float(str(self._file.value(name, "0")))
        except ValueError:
            return 0.0


def kept_preferences() -> Preferences:
    """Return what the window remembers on this laptop."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericConfigLocation)
    return Preferences(Path(place) / "vpdesk.ini")
