"""The backups on the page Kluis: when, where, how large, and what became of the check."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt

from vpdesk.domain.wording import SHORT_DAYS, SHORT_MONTHS, size
from vpdesk.ui.models.copies import CopyLine, place_of
from vpdesk.ui.widgets.lists import Index
from vpdesk.ui.widgets.tables import CELL, Cell


def precise(when: datetime) -> str:
    """Return `wo 16 sep 2026 17:31`."""
    return f"{SHORT_DAYS[when.weekday()]} {when.day} {SHORT_MONTHS[when.month - 1]} {when:%Y %H:%M}"


def words_that_open(when: str) -> str:
    """Return the cell for the words that open a copy: `` for those of now, a day for earlier ones, `?` for others."""
    if not when:
        return "van nu"
    if when == "?":
        return "andere"
    day = date.fromisoformat(when)
    return f"van {day.day} {SHORT_MONTHS[day.month - 1]} {day.year}"


class CopyModel(QAbstractTableModel):
    """Holds copies; `choose` shows one of them as the choice of a radio button, where there is a column for it.

    With `with_words` the last column says which words open each, as soon as `show_words` tells.
    """

    def __init__(self, vault: Path, *, with_choice: bool = False, with_words: bool = False) -> None:
        super().__init__()
        self._vault, self._with_choice = vault, with_choice
        self.copies: tuple[CopyLine, ...] = ()
        self.chosen = 0
        self._heads: tuple[str, ...] = ("Gemaakt", "Plaats", "Grootte", "Controle")
        self._words: Mapping[str, str] = {}
        if with_choice:
            self._heads = ("", *self._heads)
        if with_words:
            self._heads = (*self._heads, "Opent met woorden")

    def show_copies(self, copies: Sequence[CopyLine]) -> None:
        """Replace all copies and choose the first."""
        self.beginResetModel()
        self.copies, self.chosen = tuple(copies), 0
        self.endResetModel()

    def show_words(self, words: Mapping[str, str]) -> None:
        """Tell from when the words are that open the copies of each slot."""
        self._words = words
        if self.copies:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.copies) - 1, len(self._heads) - 1))

    def choose(self, row: int) -> None:
        """Mark a row as chosen."""
        self.chosen = row
        self.dataChanged.emit(self.index(0, 0), self.index(len(self.copies) - 1, len(self._heads) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return the number of copies."""
        return 0 if parent.isValid() else len(self.copies)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - idem
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the head of a column."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and self._heads[section] == "Grootte":
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return self._heads[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the cell, or its words."""
        cell = self._cell(index.row(), index.column() - self._with_choice)
        if role == CELL:
            return cell
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self.copies[index.row()])
        return cell.text if role == Qt.ItemDataRole.DisplayRole else None

    def _cell(self, row: int, column: int) -> Cell:
        copy = self.copies[row]
        chosen = self._with_choice and row == self.chosen
        match column:
            case -1:
                return Cell(radio=chosen)
            case 0:
                return Cell(precise(copy.made), weight=600 if chosen else 400)
            case 1:
                word, icon = place_of(copy.path.parent, self._vault)
                return Cell(word, icon=icon, icon_ink="text")
            case 2:
                return Cell(size(copy.size), right=True)
            case 4:
                when = self._words.get(copy.slot_id)
                return Cell("" if when is None else words_that_open(when))
            case _:
                return _checked(copy)


def tip(copy: CopyLine) -> str:
    """Return what is wrong with a copy or with the attachments beside it, else where it stands."""
    beside = copy.beside
    return copy.problem or (beside.sentence if beside is not None and beside.wrong else str(copy.path))


def _checked(copy: CopyLine) -> Cell:
    if copy.problem:
        return Cell("niet heel", icon="let_op", icon_ink="danger", ink="danger")
    if copy.beside is not None and copy.beside.wrong:
        return Cell("bijlagen niet", icon="let_op", icon_ink="danger", ink="danger")
    return Cell("geslaagd", icon="vink", icon_ink="ok")
