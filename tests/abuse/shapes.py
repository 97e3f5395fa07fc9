"""Changes that keep the shape of a file and make its content absurd, so that fuzzing gets past the first check."""

from __future__ import annotations

import copy
import hashlib
import json
import math
from typing import TYPE_CHECKING, Any

from vpdesk.store import container

if TYPE_CHECKING:
    from random import Random

ODD: tuple[Any, ...] = (
    None, True, False, -1, 0, 1, 2, 3, 16, 17, 2**31, 2**48, 2**63, 10**400, 1.5, 1e308, math.nan, math.inf,
    "", "0", "00", "f" * 16, "f" * 32, "f" * 64, "f" * 96, "F" * 32, "a" * 5000, "é", "\ud800", "\0",
    "daily", "recovery", "passphrase", "practice", "keyring", "emergency", "onbekend",
    "2026-01-20T10:00:00", "2026-01-20T10:00:00+00:00", "9999-12-31T23:59:59", "0001-01-01T00:00:00", "20260120",
    [], {}, [[]], [1, 2, 3], [60 * 1024 * 1024, 3, 4], [8, 1, 1], [512 * 1024, 10, 16], [10**400] * 3, {"a": 1},
)  # fmt: skip


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path]
    if isinstance(value, dict):
        for name, inner in value.items():
            found += _places(inner, (*path, name))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            found += _places(inner, (*path, number))
    return found


def changed(value: Any, random: Random) -> Any:
    """Return a JSON value in which one to three places were replaced, removed or repeated."""
    result = copy.deepcopy(value)
    for _ in range(random.randint(1, 3)):
        places = [path for path in _places(result) if path]
        if not places:
            break
        *above, last = random.choice(places)
        holder = result
        for step in above:
            holder = holder[step]
        match random.randrange(4):
            case 0 | 1:
                holder[last] = copy.deepcopy(random.choice(ODD))
            case 2:
                del holder[last]
            case _:
                kept = copy.deepcopy(holder[last])
                holder.append(kept) if isinstance(holder, list) else holder.update({f"{last} ": kept})
    return result


def text(value: Any, random: Random) -> bytes:
    """Return JSON as bytes, now and then with a name twice, not in ASCII, or with one level after another."""
    written = json.dumps(value, ensure_ascii=random.random() < 0.9).encode("utf-8", "surrogatepass")
    match random.randrange(12):
        case 0:
            return written.replace(b"{", b'{"format": 1, ', 1)
        case 1:
            return written.replace(b"[", b"[" * random.choice((2, 1000, 20_000)), 1)
        case _:
            return written


def sealed(header: bytes, payload: bytes) -> bytes:
    """Return a container around any header, with the lengths and the last hash right."""
    body = container.MAGIC + len(header).to_bytes(container.LENGTH_BYTES, "big") + header + payload + bytes(32)
    return body + hashlib.sha256(body).digest()


def scrambled(data: bytes, random: Random) -> bytes:
    """Return bytes with a few flipped, removed, put in or cut off."""
    result = bytearray(data)
    for _ in range(random.randint(1, 4)):
        at = random.randrange(len(result) + 1)
        match random.randrange(4):
            case 0 if at < len(result):
                result[at] ^= 1 << random.randrange(8)
            case 1:
                del result[at : at + random.randint(1, 9)]
            case 2:
                result[at:at] = random.choice((b"\0", b"\xff" * 3, b'"', b"[" * 40, b";" * 300, b"\n", b"9" * 5000))
            case _:
                del result[random.randrange(len(result) + 1) :]
    return bytes(result)


def variant(target: str, seed: bytes, random: Random) -> bytes:
    """Return what a target is given in the place of a seed: half of them shaped, half of them not."""
    if random.random() < 0.5 or target not in {"sleutels", "kopie"}:
        return scrambled(seed, random)
    try:
        if target == "sleutels":
            return text(changed(json.loads(seed), random), random)
        at = len(container.MAGIC) + container.LENGTH_BYTES
        length = int.from_bytes(seed[len(container.MAGIC) : at], "big")
        header = json.loads(seed[at : at + length])
    except (ValueError, RecursionError):
        return scrambled(seed, random)
    return sealed(text(changed(header, random), random), seed[at + length : -64])
