"""The keys that do something with the chosen line of Vandaag, and how they are written."""

from typing import Final

from PySide6.QtCore import Qt

DONE: Final = Qt.Key.Key_G
TOMORROW: Final = Qt.Key.Key_M
ANOTHER_DAY: Final = Qt.Key.Key_A
NOT_NEEDED: Final = Qt.Key.Key_Delete

KEYS: Final = (DONE, TOMORROW, ANOTHER_DAY, NOT_NEEDED)
"""Done, tomorrow, another day, not needed any more."""
