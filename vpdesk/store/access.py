"""What a vault knows of its own ways in: whom it gave a key, which keys it had, and openings that must be told."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from vpdesk.store.keyfile import FORMAT, slot_from_json, slot_to_json
from vpdesk.store.keys import SlotKind
from vpdesk.store.stored import understood

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vpdesk.store.keys import Slot
    from vpdesk.store.vault import Connection


@dataclass(frozen=True, slots=True)
class KnownSlot:
    """A way in that was given out: when, until when, and when its words were last checked on paper."""

    id: str
    kind: SlotKind
    made: datetime
    replaced: datetime | None
    checked: datetime | None


def _json(slot: Slot) -> str:
    return json.dumps(slot_to_json(slot))


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


class AccessStore:
    """Slots, former keys and openings. Writing is left to whoever holds the transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, slot: Slot, made: datetime, *, marks: bytes | None = None, checked: bool = True) -> None:
        """Note a slot that this vault gave out, in the place of an earlier one of its kind.

        `marks` are those of its words, which count as `checked` when they were just typed from paper.
        """
        self._connection.execute(
            "UPDATE slots SET replaced = ? WHERE kind = ? AND id <> ? AND replaced IS NULL",
            (made.isoformat(), slot.kind.value, slot.id),
        )
        self._connection.execute(
            "INSERT INTO slots (id, kind, recipient, made, marks, checked, slot) VALUES (?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET recipient = excluded.recipient, slot = excluded.slot",
            (
                slot.id,
                slot.kind.value,
                slot.recipient,
                made.isoformat(),
                marks,
                made.isoformat() if marks and checked else None,
                _json(slot),
            ),
        )

    def forget(self, slot: Slot, made: datetime) -> None:
        """Undo that a slot was added at that moment: an earlier one of its kind counts again."""
        self._connection.execute("DELETE FROM slots WHERE id = ?", (slot.id,))
        self._connection.execute(
            "UPDATE slots SET replaced = NULL WHERE kind = ? AND replaced = ?", (slot.kind.value, made.isoformat())
        )

    def keep(self, slot: Slot) -> None:
        """Note how a slot that is known stands in the key file from now on."""
        self._connection.execute(
            "UPDATE slots SET slot = ?, recipient = ? WHERE id = ?", (_json(slot), slot.recipient, slot.id)
        )

    def retire(self, slots: Iterable[Slot], on: datetime) -> None:
        """Note that slots open nothing new from now on."""
        self._connection.executemany(
            "UPDATE slots SET replaced = ? WHERE id = ? AND replaced IS NULL",
            [(on.isoformat(), slot.id) for slot in slots],
        )

    def keep_only(self, slots: Iterable[Slot], on: datetime) -> None:
        """Note that no other slots than these open anything from now on, and that these do."""
        ids = [slot.id for slot in slots]
        self._connection.execute("UPDATE slots SET replaced = coalesce(replaced, ?)", (on.isoformat(),))
        self._connection.executemany("UPDATE slots SET replaced = NULL WHERE id = ?", [(number,) for number in ids])

    def leave_behind(self, slot_ids: Iterable[str]) -> None:
        """Know nothing more of slots that were left behind where they are: nobody withdrew them."""
        self._connection.executemany("DELETE FROM slots WHERE id = ?", [(number,) for number in slot_ids])

    @understood()
    def right_slots(self, written: Iterable[Slot]) -> tuple[Slot, ...]:
        """Return the slots that the key file is to hold, where `written` stand in it and others may have written those.

        They are the slots that this vault gave out and did not replace. Of slots from before the vault kept them whole,
        that of the key file counts where recipient and kind are right; a slot of vpdesk 0.1, which the vault can't
        know, where none of its kind was ever given out.
        """
        rows = self._connection.execute(
            "SELECT id, kind, recipient, replaced, slot FROM slots ORDER BY made, id"
        ).fetchall()
        there = {slot.id: slot for slot in written}
        right: dict[SlotKind, Slot] = {}
        for slot_id, kind, recipient, replaced, text in rows:
            if replaced is None:
                slot = there.get(slot_id) if text is None else slot_from_json(json.loads(text), FORMAT)
                if slot is not None and slot.kind.value == kind and slot.recipient == bytes(recipient):
                    right[slot.kind] = slot
        known = {SlotKind(kind) for _, kind, *_ in rows}
        unknown = (slot for slot in there.values() if slot.recipient is None and slot.kind not in known)
        return (*right.values(), *unknown)

    @understood()
    def slots(self) -> tuple[KnownSlot, ...]:
        """Return every way in that was ever given out, the oldest first."""
        rows = self._connection.execute("SELECT id, kind, made, replaced, checked FROM slots ORDER BY made, id")
        return tuple(
            KnownSlot(number, SlotKind(kind), datetime.fromisoformat(made), _moment(replaced), _moment(checked))
            for number, kind, made, replaced, checked in rows
        )

    @understood()
    def marks(self, slot_id: str) -> bytes | None:
        """Return the marks of the words of a slot, None where they were never typed in full."""
        row = self._connection.execute("SELECT marks FROM slots WHERE id = ?", (slot_id,)).fetchone()
        return None if row is None or row[0] is None else bytes(row[0])

    def checked(self, slot_id: str, on: datetime, *, marks: bytes | None = None) -> None:
        """Note that words were found right on paper; with `marks` when they were typed in full."""
        self._connection.execute(
            "UPDATE slots SET checked = ?, marks = coalesce(?, marks) WHERE id = ?", (on.isoformat(), marks, slot_id)
        )

    def add_former_key(self, vault_key: bytes, until: datetime) -> None:
        """Keep a key that opens older backups, and nothing that was written since.

        `until` is up to when this vault knows what was written under it.
        """
        self._connection.execute(
            "INSERT INTO former_keys (vault_key, until) VALUES (?, ?)"
            " ON CONFLICT (vault_key) DO UPDATE SET until = max(until, excluded.until)",
            (vault_key, until.isoformat()),
        )

    @understood()
    def former_keys(self) -> tuple[bytes, ...]:
        """Return the keys of before each rotation, the latest first."""
        return tuple(self.known_until())

    @understood()
    def known_until(self) -> dict[bytes, datetime]:
        """Return up to when this vault knows what was written under each former key, the latest first."""
        rows = self._connection.execute("SELECT vault_key, until FROM former_keys ORDER BY until DESC, vault_key")
        return {bytes(key): datetime.fromisoformat(until) for key, until in rows}

    def opened(self, kind: SlotKind, at: datetime) -> None:
        """Log an opening that the owner must hear of."""
        self._connection.execute("INSERT INTO openings (at, kind) VALUES (?, ?)", (at.isoformat(), kind.value))

    @understood()
    def openings(self, *, untold: bool = False) -> tuple[datetime, ...]:
        """Return the logged openings, the last first; `untold` leaves out what was announced."""
        rows = self._connection.execute(
            "SELECT at FROM openings WHERE told = 0 OR ? = 0 ORDER BY at DESC, id DESC", (untold,)
        )
        return tuple(datetime.fromisoformat(at) for (at,) in rows)

    def told(self) -> None:
        """Note that every logged opening was announced."""
        self._connection.execute("UPDATE openings SET told = 1 WHERE told = 0")
