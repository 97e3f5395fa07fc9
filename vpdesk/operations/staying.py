"""Which ways into a restored vault stay: of the vault that stood there and the one in the backup, what is in force."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Final

from vpdesk.domain.errors import VaultDamagedError
from vpdesk.operations.enrolling import ON_THIS_LAPTOP
from vpdesk.store.keys import SlotKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from vpdesk.store.access import KnownSlot
    from vpdesk.store.keys import Slot
    from vpdesk.store.vault import Vault

NEWER_IN_COPY: Final = (
    "Deze kopie heeft nieuwere herstelwoorden dan de kluis die hier stond. Uw kluis gaat voortaan open met die "
    "nieuwere woorden; de eerdere openen haar niet meer."
)
PHRASE_OF_COPY: Final = (
    "Wat de kluis op deze laptop opende, was al vervangen en opent niets meer. Nu geldt wat de kopie kent: {}."
)
PHRASE_GONE: Final = (
    "Wat de kluis op deze laptop opende, was al vervangen en opent niets meer. Open haar met de herstelwoorden en kies "
    "op de pagina Kluis een nieuwe wachtzin."
)
SHEETS_GONE: Final = (
    "De noodbladen van de kluis die hier stond, waren al ingetrokken of vervangen en openen niets meer."
)


@dataclass(frozen=True, slots=True)
class Known:
    """What a vault knows: its key, up to when it knows what was written under former ones, its ways in, its reports.

    `alive` are the slots that it gave out and did not withdraw; `backups` counts the backups before this moment.
    """

    key: bytes = field(repr=False)
    former: Mapping[bytes, datetime] = field(repr=False)
    slots: Mapping[str, KnownSlot]
    alive: tuple[Slot, ...]
    revision: int
    backups: int
    sent: frozenset[tuple[str, str, str, str, str]]

    @property
    def withdrawn(self) -> frozenset[str]:
        """Return the ids of the slots that are to open nothing any more."""
        return frozenset(slot.id for slot in self.slots.values() if slot.replaced is not None)

    def made(self, slot: Slot) -> datetime:
        """Return when a slot was given out; one of vpdesk 0.1 is older than any that the vault took down."""
        known = self.slots.get(slot.id)
        return datetime.min if known is None else known.made  # noqa: DTZ901 - local time, as everywhere here

    def on_this_laptop(self) -> tuple[Slot, ...]:
        """Return the slots by which a laptop opens the vault."""
        return tuple(slot for slot in self.alive if slot.kind in ON_THIS_LAPTOP)


def known_by(vault: Vault, key: bytes, written: Iterable[Slot]) -> Known:
    """Return what an open vault knows, under the key that its backups have; VaultDamagedError where it can't say."""
    return Known(
        key=key,
        former=vault.access.known_until(),
        slots={slot.id: slot for slot in vault.access.slots()},
        alive=vault.access.right_slots(written),
        revision=vault.revision,
        backups=vault.backups_made,
        sent=vault.ledger.sent(),
    )


def known_by_standing(vault: Vault | None) -> Known | None:
    """Return what the vault that stood there knows; None where none opened, or it is too damaged to say."""
    if vault is not None:
        with contextlib.suppress(VaultDamagedError):
            return known_by(vault, vault.key, vault.key_file.slots)
    return None


def covers(stood: Known, copy: Known, *, made: datetime) -> bool:
    """Return whether the vault that stood there knows whatever the backup of that time knows.

    A revision tells nothing by itself: the same vault may have gone on elsewhere. So its key must be that of the
    backup, or one under which this vault knows all until then.
    """
    until = made if copy.key == stood.key else stood.former.get(copy.key)
    return (
        until is not None
        and made <= until
        and stood.revision >= copy.revision
        and stood.backups >= copy.backups
        and stood.sent >= copy.sent
    )


@dataclass(frozen=True, slots=True)
class Staying:
    """The slots that stay, the ids of those that were only left behind elsewhere, and what is to be said."""

    slots: tuple[Slot, ...]
    left_behind: frozenset[str] = frozenset()
    sentences: tuple[str, ...] = ()


def words_alone(copy: Known, words: Slot) -> Staying:
    """Return what stays where no vault stood: the words of the backup. Its other ways in are where they are."""
    left = {slot.id for slot in copy.slots.values() if slot.replaced is None and slot.id != words.id}
    return Staying((words,), frozenset(left))


def of_both(
    copy: Known, stood: Known, *, words: Slot, ahead: bool, enrolling: bool, is_here: Callable[[Slot], bool]
) -> Staying:
    """Return what stays of the ways into the vault that stood there and into the one in the backup, which `words` open.

    What either withdrew opens nothing. Of two ways in that are in force the newer stays. What only the backup knows
    comes along where it is `ahead` of the vault that stood there; of a laptop only what `is_here`, so that no slot
    stays whose secret this laptop lacks. With `enrolling` the laptop gets a new way in, in the place of any.
    """
    words = _in_force(words, _one(SlotKind.RECOVERY, stood), copy, stood) or words
    sheets = _one(SlotKind.EMERGENCY, copy) if ahead else None
    sheets = _in_force(sheets, _one(SlotKind.EMERGENCY, stood), copy, stood)
    if sheets is not None and sheets.id in copy.withdrawn | stood.withdrawn:
        sheets = None
    laptop = () if enrolling else _of_laptop(copy, stood, ahead=ahead, is_here=is_here)
    slots = (words, *((sheets,) if sheets else ()), *laptop)
    return Staying(slots, _left_behind(copy, stood, slots), _said(stood, slots, enrolling=enrolling))


def _one(kind: SlotKind, known: Known) -> Slot | None:
    return next((slot for slot in known.alive if slot.kind is kind), None)


def _in_force(ours: Slot | None, theirs: Slot | None, copy: Known, stood: Known) -> Slot | None:
    """Return the newer of the slots of the backup and of the vault that stood there.

    It is the one that the other vault does not know as withdrawn; else that of the vault which has the other's key as
    a former one; else, where they went apart, the one that was given out later.
    """
    theirs = _sealable(theirs)
    if ours is None or theirs is None or ours.id == theirs.id:
        return theirs or ours
    gone = {slot for slot in (ours, theirs) if slot.id in copy.withdrawn | stood.withdrawn}
    if len(gone) == 1:
        return ours if theirs in gone else theirs
    order = _order(copy, stood)
    if order:
        return ours if order > 0 else theirs
    return ours if copy.made(ours) > stood.made(theirs) else theirs


def _sealable(slot: Slot | None) -> Slot | None:
    """Return a slot that can be given a key without what opens it; one of vpdesk 0.1 can't."""
    return None if slot is None or slot.recipient is None else slot


def _order(copy: Known, stood: Known) -> int:
    """Return which was the other once, by their keys: above 0 where the backup is newer, below where the other is."""
    return (stood.key in copy.former) - (copy.key in stood.former) if copy.key != stood.key else 0


def _of_laptop(copy: Known, stood: Known, *, ahead: bool, is_here: Callable[[Slot], bool]) -> tuple[Slot, ...]:
    gone = copy.withdrawn | stood.withdrawn
    theirs = tuple(slot for slot in stood.on_this_laptop() if _sealable(slot) and slot.id not in gone)
    of_before = _order(copy, stood) > 0 and not any(slot.id in copy.slots for slot in theirs)
    if not ahead or (theirs and not of_before):
        return theirs
    had_one = bool(stood.on_this_laptop())
    return (
        tuple(
            slot
            for slot in copy.on_this_laptop()
            if slot.id not in gone and (had_one if slot.kind is SlotKind.PASSPHRASE else is_here(slot))
        )
        or theirs
    )


def _left_behind(copy: Known, stood: Known, slots: tuple[Slot, ...]) -> frozenset[str]:
    """Return the ways into the vault of the backup that are of another laptop: they are not withdrawn by this."""
    stay = {slot.id for slot in slots}
    given = {slot.kind for slot in slots} | {SlotKind.RECOVERY}
    return frozenset(
        slot.id
        for slot in copy.slots.values()
        if slot.replaced is None
        and slot.id not in stay
        and slot.id not in stood.slots
        and (slot.kind in ON_THIS_LAPTOP or slot.kind not in given)
    )


def _said(stood: Known, slots: tuple[Slot, ...], *, enrolling: bool) -> tuple[str, ...]:
    """Return what is to be said of the ways into the vault that stood there and open nothing any more."""
    stay = {slot.id for slot in slots}
    said = []
    words, sheets = _one(SlotKind.RECOVERY, stood), _one(SlotKind.EMERGENCY, stood)
    if words is not None and words.id not in stay:
        said.append(NEWER_IN_COPY)
    if sheets is not None and sheets.id not in stay:
        said.append(SHEETS_GONE)
    laptop = [slot for slot in stood.on_this_laptop() if _sealable(slot)]
    if laptop and not enrolling and not any(slot.id in stay for slot in laptop):
        said.append(_of_laptop_now(slots))
    return tuple(said)


def _of_laptop_now(slots: tuple[Slot, ...]) -> str:
    kinds = {slot.kind for slot in slots} & ON_THIS_LAPTOP
    if not kinds:
        return PHRASE_GONE
    return PHRASE_OF_COPY.format("de sleutelbos" if SlotKind.KEYRING in kinds else "uw nieuwere wachtzin")
