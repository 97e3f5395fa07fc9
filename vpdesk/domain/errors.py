"""Expected failures, each with one Dutch text: what happened, what is safe, what to do."""

from vpdesk.domain.ids import CaseId


class VpdeskError(Exception):
    """An expected failure; `sentence` is shown to the user as it stands, anything else is a bug."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class InvalidValueError(VpdeskError):
    """A value that the domain refuses, such as a case that closes before it opens."""


class ContradictsError(InvalidValueError):
    """Numbers that left the house can't be true beside what is out; who knows that they did can ask for it again."""


class ImpossibleMoveError(InvalidValueError):
    """A phase move that does not exist."""


class AppointmentEndedError(VpdeskError):
    """A case would be opened after the appointment ended; it can be asked again by somebody who knows."""


class HandedOverError(VpdeskError):
    """A case that a colleague has would be opened again; it can be asked again by somebody who knows."""


class RoleConflictError(VpdeskError):
    """Roles may conflict when this is saved; it can be asked again with the reason for going on.

    `cases` are the numbers of the other cases, to be looked up only where the advisor chooses to.
    """

    def __init__(self, sentence: str, cases: tuple[CaseId, ...]) -> None:
        super().__init__(sentence)
        self.cases = cases


class NotFoundError(VpdeskError):
    """Something the user named does not exist in this vault."""


class HeldError(VpdeskError):
    """A bewaarstop lies on the case: nothing of it is destroyed until that is lifted."""


class AlreadyExistsError(VpdeskError):
    """A name that must be unique is taken."""


class VaultError(VpdeskError):
    """The vault can't be made, opened or written."""


class VaultMissingError(VaultError):
    """There is no vault where one was asked for."""


class VaultDamagedError(VaultError):
    """A vault or key file is empty, cut short, changed or foreign; it is left untouched."""


class VaultTooNewError(VaultError):
    """The vault was written by a newer vpdesk."""


class VaultBusyError(VaultError):
    """Another vpdesk has this vault open."""


class WrongSecretError(VaultError):
    """The passphrase or the recovery words do not open this vault."""


class WordsMistypedError(WrongSecretError):
    """The words can't be recovery words: unknown word, wrong number, or the checksum fails.

    `position` is the place, from 1, of the word that is not in the list; None where no single word is to blame.
    `sheet` is 1 or 2 where the words of an emergency sheet were typed.
    """

    def __init__(self, sentence: str, position: int | None = None, *, sheet: int | None = None) -> None:
        super().__init__(sentence)
        self.position = position
        self.sheet = sheet


class KeyringError(VpdeskError):
    """The keyring of the system can't be used."""


class KeyringAbsentError(KeyringError):
    """The system offers no keyring."""


class KeyringRefusedError(KeyringError):
    """A backend that keeps nothing or keeps it in the clear."""


class KeyringLockedError(KeyringError):
    """Locked, dismissed or hanging: try again."""


class KeyringEntryError(KeyringError):
    """The entry of this vault is missing or is another one: the recovery words are needed."""


class BackupError(VpdeskError):
    """A backup can't be made, read or trusted."""


class HandoverError(VpdeskError):
    """A file of a handover can't be read: another phrase, cut short, changed, foreign, or from a later vpdesk."""


class ImportRefusedError(VpdeskError):
    """A spreadsheet can't be taken in; nothing was changed."""


class AlreadyImportedError(ImportRefusedError):
    """Rows of a sheet look like cases that are there; the user may know better and ask for it again."""


class ReportRefusedError(VpdeskError):
    """No report may be written; nothing left the house."""


class LedgerUnknownError(ReportRefusedError):
    """A restored vault may have forgotten what went out; the user must say so first."""


class OutputError(VpdeskError):
    """A file can't be written where it was asked for."""


class NoDisplayError(VpdeskError):
    """There is nothing to show a window on."""


class CancelledError(VpdeskError):
    """The user cancelled; nothing was changed."""
