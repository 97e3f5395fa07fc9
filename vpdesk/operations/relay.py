"""What a user asks for as doorgeefluik: write a message, have it approved, pass it on, copy it for the organisation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.relay import Direction, RelayMessage, copy_for_organisation
from vpdesk.operations.output import write_sheet
from vpdesk.operations.relay_marks import RelayMark, Telling, marks

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from vpdesk.domain.ids import CaseId, MeldingId, RelayId
    from vpdesk.domain.meldingen import Melding
    from vpdesk.store.vault import Vault


NO_NAME_KNOWN: Final = (
    "vpdesk kent geen naam van deze melder en houdt die dus niet tegen. Er is niets doorgegeven. Typ de naam, "
    "zodat vpdesk de tekst daarop nakijkt, of lees de tekst zelf na en zet een vinkje."
)
_LEAST: Final = 2


@dataclass(frozen=True, slots=True, repr=False)
class Reading:
    """How a text was looked through where the vault knows no name of the melder; nothing of it is kept.

    `name` is one to look for, `through` says that the user read the text herself.
    """

    name: str = ""
    through: bool = False

    @property
    def done(self) -> bool:
        """Whether anybody or anything looked for the melder."""
        return self.through or len(self.name.strip()) >= _LEAST


NOT_READ: Final = Reading()


@dataclass(frozen=True, slots=True)
class RelayLog:
    """A melding that goes through the advisor, with its messages in order of time, and what would tell who it is."""

    melding: Melding
    messages: tuple[RelayMessage, ...]
    telling: Telling


def relay_log(vault: Vault, melding_id: MeldingId) -> RelayLog:
    """Return everything about a melding that goes through the advisor."""
    melding = vault.meldingen.get(melding_id)
    return RelayLog(melding, vault.relay.of_melding(melding_id), telling(vault, melding.case))


def telling(vault: Vault, case_id: CaseId) -> Telling:
    """Return the words of the vault that would tell who comes, or who else is in a case of that organisation."""
    case = vault.cases.get(case_id)
    here = vault.people.of_case(case_id)
    units = tuple(unit.name for unit in vault.clients.units(case.client))
    return Telling.of(case, here, vault.people.of_client(case.client), units)


def write_message(vault: Vault, message: RelayMessage) -> RelayMessage:
    """Write a message, new or over one that was not passed on; another text has to be approved anew.

    Raises:
        NotFoundError: the melding or the message is not there.
        InvalidValueError: the melding does not go through the advisor, or the message was passed on.
    """
    with vault.transaction():
        if not vault.meldingen.get(message.melding).relay:
            raise InvalidValueError("Deze melding loopt niet via u. Er is niets bewaard.")
        if not message.id:
            return vault.relay.add(message)
        written = vault.relay.get(message.id).rewritten(message.text, message.on)
        vault.relay.put(written)
        return written


def approve_message(vault: Vault, *, message_id: RelayId, on: date, reading: Reading = NOT_READ) -> RelayMessage:
    """Write that the melder agreed with a text on a day.

    Raises:
        InvalidValueError: it holds a name of whoever comes, the code or the pseudonym of the case; or no name is known
            and nobody looked.
    """
    with vault.transaction():
        message = vault.relay.get(message_id)
        _refuse_identity(vault, message, reading)
        approved = message.approved_on(on)
        vault.relay.put(approved)
        return approved


def pass_message(vault: Vault, *, message_id: RelayId, on: date, reading: Reading = NOT_READ) -> RelayMessage:
    """Write that a message went on, to the organisation or to the melder.

    Raises:
        InvalidValueError: it goes to the organisation without approval, or it tells who it is as in `approve_message`.
    """
    with vault.transaction():
        message = vault.relay.get(message_id)
        _refuse_identity(vault, message, reading)
        passed = message.passed_on(on)
        vault.relay.put(passed)
        return passed


def remove_message(vault: Vault, *, message_id: RelayId) -> None:
    """Take away a message that was not passed on.

    Raises:
        HeldError: a bewaarstop lies on the case.
        InvalidValueError: it was passed on.
    """
    with vault.transaction():
        message = vault.relay.get(message_id)
        vault.retention.refuse_held(vault.meldingen.get(message.melding).case)
        if message.passed is not None:
            raise InvalidValueError("Dit bericht is doorgegeven en blijft bij de casus. Er is niets weggehaald.")
        vault.relay.delete(message_id)


def put_back(vault: Vault, before: RelayMessage) -> None:
    """Undo what was done to a message: it stands as it did before, with its day of approval and of passing on."""
    with vault.transaction():
        vault.meldingen.get(before.melding)
        if any(message.id == before.id for message in vault.relay.of_melding(before.melding)):
            vault.relay.put(before)
        else:
            vault.relay.add(before, again=True)


def copy_of_message(vault: Vault, *, message_id: RelayId, today: date, reading: Reading = NOT_READ) -> str:
    """Return what the organisation gets: reference, day and text; no pseudonym, code, role or name.

    Raises:
        InvalidValueError: the melder did not approve it, or it tells who it is as in `approve_message`.
    """
    message = vault.relay.get(message_id)
    _refuse_identity(vault, message, reading)
    return copy_for_organisation(message, vault.meldingen.get(message.melding).reference, today=today)


def write_copy(path: Path, text: str) -> None:
    """Write such a copy as a plain text file, which holds nothing but its words; raises OutputError."""
    write_sheet(path, text.encode())


def marks_in(text: str, told: Telling) -> tuple[RelayMark, ...]:
    """Return what in a text for the organisation may tell who it is, in order of place."""
    return marks(text, told)


def _refuse_identity(vault: Vault, message: RelayMessage, reading: Reading) -> None:
    if message.direction is Direction.VAN:
        return
    told = telling(vault, vault.meldingen.get(message.melding).case)
    found = told.with_name(reading.name).forbidden_in(message.text)
    if found:
        raise InvalidValueError(
            f"In deze tekst staat ‘{found}’. Dat zegt wie de melder is, of hoort bij uw eigen administratie. Er is "
            "niets doorgegeven. Haal het uit de tekst."
        )
    if not told.knows_melder and not reading.done:
        raise InvalidValueError(NO_NAME_KNOWN)
