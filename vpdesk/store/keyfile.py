"""Reads and writes `vault.keys`, the slots of a vault as JSON; whatever it reads is taken as hostile."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from vpdesk.domain.errors import VaultDamagedError, VaultTooNewError
from vpdesk.store import regular
from vpdesk.store.generations import TOO_NEW
from vpdesk.store.keys import LONGEST_NAME, KdfParameters, Slot, SlotKind

if TYPE_CHECKING:
    from pathlib import Path

FORMAT: Final = 2  # 1 had no recipients; it is still read
MAX_BYTES: Final = 64 * 1024
MAX_SLOTS: Final = 16
DAMAGED: Final = (
    "Het sleutelbestand van deze kluis is beschadigd. vpdesk heeft niets veranderd. "
    "Zet de nieuwste reservekopie terug; daarvoor hebt u de 16 herstelwoorden nodig."
)
NOT_REGULAR: Final = (
    "Het sleutelbestand van deze kluis (vault.keys) is geen gewoon bestand. vpdesk heeft niets veranderd. "
    "Zet de nieuwste reservekopie terug; daarvoor hebt u de 16 herstelwoorden nodig."
)
MISSING: Final = (
    "Het sleutelbestand van deze kluis is er niet. vpdesk heeft niets veranderd. "
    "Zet de nieuwste reservekopie terug; daarvoor hebt u de 16 herstelwoorden nodig."
)

_ID: Final = re.compile(r"[0-9a-f]{32}")
_SLOT_ID: Final = re.compile(r"[0-9a-f]{16}")
_SLOT_FIELDS: Final = {"id", "kind", "salt", "nonce", "wrapped", "kdf", "device_check"}
_ADDED_FIELDS: Final = {"recipient", "sealed", "keyring"}
_KINDS_OF_1: Final = frozenset({SlotKind.DAILY, SlotKind.RECOVERY, SlotKind.PASSPHRASE, SlotKind.PRACTICE})


@dataclass(frozen=True, slots=True)
class KeyFile:
    """The slots of the vault with this id (32 hexadecimal digits)."""

    vault_id: str
    slots: tuple[Slot, ...]

    @property
    def practice(self) -> bool:
        """Return whether the vault opens with the phrase that everybody may know."""
        return self.slot(SlotKind.PRACTICE) is not None

    def slot(self, kind: SlotKind) -> Slot | None:
        """Return the slot of a kind, None when there is none."""
        return next((slot for slot in self.slots if slot.kind is kind), None)

    def with_slot(self, slot: Slot) -> KeyFile:
        """Return the file with this slot, in the place of an earlier one of its kind."""
        return KeyFile(self.vault_id, (*(s for s in self.slots if s.kind is not slot.kind), slot))


def _text(value: bytes | None) -> str | None:
    return None if value is None else value.hex()


def slot_to_json(slot: Slot) -> dict[str, Any]:
    """Return a slot as it stands in JSON: bytes as hexadecimal digits."""
    kdf = slot.kdf
    return {
        "id": slot.id,
        "kind": slot.kind.value,
        "salt": slot.salt.hex(),
        "nonce": slot.nonce.hex(),
        "wrapped": slot.wrapped.hex(),
        "kdf": None if kdf is None else [kdf.memory_kib, kdf.iterations, kdf.lanes],
        "device_check": _text(slot.device_check),
        "recipient": _text(slot.recipient),
        "sealed": _text(slot.sealed),
        "keyring": slot.keyring,
    }


def _hex(untrusted: object) -> bytes:
    if not isinstance(untrusted, str) or re.fullmatch(r"(?:[0-9a-f]{2}){1,80}", untrusted) is None:
        raise VaultDamagedError(DAMAGED)
    return bytes.fromhex(untrusted)


def _kdf(untrusted: object) -> KdfParameters | None:
    if untrusted is None:
        return None
    if not isinstance(untrusted, list) or [type(n) for n in untrusted] != [int, int, int]:
        raise VaultDamagedError(DAMAGED)
    return KdfParameters(*untrusted)


def _name(untrusted: object) -> str:
    if not isinstance(untrusted, str) or len(untrusted) > LONGEST_NAME or not untrusted.isprintable():
        raise VaultDamagedError(DAMAGED)
    return untrusted


def slot_from_json(untrusted: object, version: int) -> Slot:
    """Return a slot as format 1 or 2 has it; VaultTooNewError for another kind, VaultDamagedError for anything else."""
    added = _ADDED_FIELDS if version > 1 else set()
    if not isinstance(untrusted, dict) or set(untrusted) != _SLOT_FIELDS | added:
        raise VaultDamagedError(DAMAGED)
    fields = {"recipient": None, "sealed": None, "keyring": "", **untrusted}
    slot_id, kind = fields["id"], fields["kind"]
    if not isinstance(slot_id, str) or _SLOT_ID.fullmatch(slot_id) is None:
        raise VaultDamagedError(DAMAGED)
    known = frozenset(SlotKind) if version > 1 else _KINDS_OF_1
    if not isinstance(kind, str) or (version == 1 and kind not in known):
        raise VaultDamagedError(DAMAGED)
    if kind not in known:
        raise VaultTooNewError(
            "Het sleutelbestand noemt een soort sleutel die deze vpdesk niet kent. Er is niets veranderd. "
            "Werk vpdesk bij en open de kluis opnieuw."
        )
    check, recipient, sealed = (
        None if fields[name] is None else _hex(fields[name]) for name in ("device_check", "recipient", "sealed")
    )
    return Slot(
        id=slot_id,
        kind=SlotKind(kind),
        salt=_hex(fields["salt"]),
        nonce=_hex(fields["nonce"]),
        wrapped=_hex(fields["wrapped"]),
        kdf=_kdf(fields["kdf"]),
        device_check=check,
        recipient=recipient,
        sealed=sealed,
        keyring=_name(fields["keyring"]),
    )


def vault_id_from_json(untrusted: object) -> str:
    """Return a vault id; VaultDamagedError for anything else than 32 hexadecimal digits."""
    if not isinstance(untrusted, str) or _ID.fullmatch(untrusted) is None:
        raise VaultDamagedError(DAMAGED)
    return untrusted


def encode(keys: KeyFile) -> bytes:
    """Return the file as bytes."""
    content = {"format": FORMAT, "vault": keys.vault_id, "slots": [slot_to_json(slot) for slot in keys.slots]}
    return json.dumps(content, indent=1).encode() + b"\n"


def parse_json(untrusted: bytes) -> dict[str, Any]:
    """Return a JSON object; VaultDamagedError for anything else, names that occur twice included."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len({name for name, _ in pairs}) != len(pairs):
            raise VaultDamagedError(DAMAGED)
        return dict(pairs)

    try:
        content = json.loads(untrusted.decode("ascii"), object_pairs_hook=once)
    except (ValueError, RecursionError):
        raise VaultDamagedError(DAMAGED) from None
    if not isinstance(content, dict):
        raise VaultDamagedError(DAMAGED)
    return content


def parse(untrusted: bytes) -> KeyFile:
    """Return the key file in these bytes.

    Raises:
        VaultTooNewError: a format or a kind of slot of a later vpdesk.
        VaultDamagedError: anything else that `encode` does not write.
    """
    if len(untrusted) > MAX_BYTES:
        raise VaultDamagedError(DAMAGED)
    content = parse_json(untrusted)
    version = content.get("format")
    if type(version) is not int:
        raise VaultDamagedError(DAMAGED)
    if version > FORMAT:
        raise VaultTooNewError(TOO_NEW)
    if version < 1 or set(content) != {"format", "vault", "slots"}:
        raise VaultDamagedError(DAMAGED)
    slots = content["slots"]
    if not isinstance(slots, list) or not 1 <= len(slots) <= MAX_SLOTS:
        raise VaultDamagedError(DAMAGED)
    keys = KeyFile(vault_id_from_json(content["vault"]), tuple(slot_from_json(slot, version) for slot in slots))
    if len({slot.kind for slot in keys.slots}) != len(keys.slots):
        raise VaultDamagedError(DAMAGED)
    if keys.practice and len(keys.slots) > 1:  # one of the two was put there; a real vault is not to be thrown away
        raise VaultDamagedError(DAMAGED)
    return keys


def read(path: Path) -> KeyFile:
    """Return the key file at a path, reading no more than it may hold."""
    try:
        untrusted = regular.read(path, MAX_BYTES + 1)
    except FileNotFoundError:
        raise VaultDamagedError(MISSING) from None
    except regular.NotRegularError:
        raise VaultDamagedError(NOT_REGULAR) from None
    except OSError:
        raise VaultDamagedError(
            "Het sleutelbestand van deze kluis is niet te lezen. Er is niets veranderd. "
            "Kijk of u bij deze map mag, of zet een reservekopie terug."
        ) from None
    return parse(untrusted)
