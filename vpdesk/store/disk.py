"""What a disk refuses, in a sentence: the one place where an error of the operating system becomes words for a user."""

from __future__ import annotations

import contextlib
import errno
from typing import TYPE_CHECKING, Final

from vpdesk.domain.errors import CancelledError, VaultDamagedError, VaultError, VpdeskError
from vpdesk.store.refusals import DAMAGED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NO_ROOM_LEFT: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
_FAILING: Final = frozenset({errno.EIO, errno.ESTALE, errno.ENXIO, errno.ENODEV, errno.EMFILE, errno.ENFILE})

NO_ROOM: Final = "De schijf is vol. Er is niets veranderd. Maak ruimte vrij en probeer het opnieuw."
FAILS: Final = (
    "De schijf geeft een fout. Er is niets veranderd. Maak een reservekopie op een andere plaats en laat de schijf "
    "nakijken."
)
NOT_WRITABLE: Final = (
    "vpdesk kan niet schrijven in de map {}. Er is niets veranderd. Kies een andere map of kijk of deze van u is."
)
NOT_READABLE: Final = (
    "vpdesk mag niet alles lezen in de map {}. Er is niets veranderd. Kijk of de map en de bestanden erin van u zijn."
)
UNSETTLED: Final = (
    "De schijf gaf een fout juist toen de wijziging inging: het is niet zeker of zij telt. Wat u schreef is er nog. "
    "Bewaar waarmee de kluis tot nu toe openging én wat u nu koos: een van beide opent haar. Sluit vpdesk af, start "
    "opnieuw voor u verder schrijft en laat de schijf nakijken."
)


_BUSY, _READONLY, _INTERRUPT, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = 5, 8, 9, 10, 11, 13, 14, 26
# The backup call of the binding raises without a code.
_BACKUP_SAYS: Final = {
    "database or disk is full": _FULL,
    "disk I/O error": _IOERR,
    "database disk image is malformed": _CORRUPT,
    "unable to open database file": _CANTOPEN,
    "attempt to write a readonly database": _READONLY,
}
_NOT_NOW: Final = "vpdesk kan nu niet in de kluis schrijven. Wat al bewaard was, is bewaard. Probeer het opnieuw."
_OF_SQLITE: Final = {
    _BUSY: _NOT_NOW,
    _READONLY: _NOT_NOW,
    _IOERR: "De schijf geeft een fout. Wat al bewaard was, is bewaard. Maak een reservekopie op een andere plaats.",
    _FULL: "De schijf is vol. Wat al bewaard was, is bewaard. Maak ruimte vrij en probeer het opnieuw.",
    # It does not tell why it could open or make no file, such as the journal.
    _CANTOPEN: "De schijf is vol of geeft een fout. Wat al bewaard was, is bewaard. Maak ruimte vrij en probeer het "
    "opnieuw.",
}


class FullError(VaultError):
    """Nothing more fits on the disk, as far as anybody can tell."""


class UnsettledError(OSError):
    """The disk failed where nobody can say whether what was written counts, or what stood there before."""


@contextlib.contextmanager
def sentences(folder: Path, *, refused: str = NOT_WRITABLE, unsettled: str = UNSETTLED) -> Iterator[None]:
    """Turn a full, failing or refusing disk into its sentence; `refused` says what was tried in the folder."""
    try:
        yield
    except UnsettledError as error:
        raise VaultError(unsettled) from error
    except OSError as error:
        if error.errno in NO_ROOM_LEFT:
            raise FullError(NO_ROOM) from error
        raise VaultError(FAILS if error.errno in _FAILING else refused.format(folder)) from error


def translated(error: Exception) -> VpdeskError | None:
    """Return the sentence for what SQLite says of the disk or of a cancelled statement, None when it is a bug."""
    said = _BACKUP_SAYS.get(str(error), 0)
    code = getattr(error, "sqlite_errorcode", said) & 0xFF
    if code == _INTERRUPT:
        return CancelledError("Gestopt. Er is niets veranderd.")
    if code in {_CORRUPT, _NOTADB}:
        return VaultDamagedError(DAMAGED)
    if code in {_FULL, _CANTOPEN}:
        return FullError(_OF_SQLITE[code])
    return VaultError(_OF_SQLITE[code]) if code in _OF_SQLITE else None
