"""Counts wrong passphrases per vault, outside the vault, so that guessing at this laptop slows down."""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

import platformdirs

from vpdesk.domain.errors import WrongSecretError
from vpdesk.domain.wording import counted
from vpdesk.store import generations, regular

if TYPE_CHECKING:
    from pathlib import Path

FREE: Final = 4
WAIT: Final = timedelta(seconds=30)
_TEXT: Final = re.compile(r"(\d{1,6}) (\S{10,40})\n")
_LONGEST: Final = 64
_NUMBERS: Final = {4: "Vier", 5: "Vijf", 6: "Zes", 7: "Zeven", 8: "Acht", 9: "Negen", 10: "Tien"}


@dataclass(frozen=True, slots=True)
class Attempts:
    """How many wrong passphrases in a row, and when the last was."""

    count: int = 0
    last: datetime | None = None

    def wait(self, now: datetime) -> timedelta:
        """Return how long to wait before the next try; a clock that was set back does not lengthen it."""
        if self.count < FREE or self.last is None:
            return timedelta(0)
        return min(WAIT, max(timedelta(0), WAIT - (now - self.last)))

    def ahead_of(self, now: datetime) -> bool:
        """Return whether the clock was set back since the last went wrong."""
        return self.last is not None and self.last > now


def counter(vault_id: str) -> Path:
    """Return the file that counts for a vault: a wrong passphrase changes nothing in the vault's own folder."""
    return platformdirs.user_state_path("vpdesk", appauthor=False) / f"{vault_id}.attempts"


def read(path: Path) -> Attempts:
    """Return the count; a file that can't be read counts as none: it only slows down, it guards nothing."""
    try:
        match = _TEXT.fullmatch(regular.read(path, _LONGEST).decode("ascii"))
        last = None if match is None else datetime.fromisoformat(match[2])
    except (OSError, ValueError):
        return Attempts()
    if match is None or last is None or last.tzinfo is not None:  # vpdesk writes the laptop's local time
        return Attempts()
    return Attempts(int(match[1]), last)


def refuse_haste(path: Path, now: datetime) -> None:
    """Raise WrongSecretError with the seconds to wait when too many tries went wrong just now.

    A clock that was set back waits once, from now on; where that can't be noted it does not wait at all.
    """
    attempts = read(path)
    if attempts.ahead_of(now):
        attempts = Attempts(attempts.count, now) if _write(path, attempts.count, now) else Attempts()
    seconds = round(attempts.wait(now).total_seconds())
    if seconds:
        times = _NUMBERS.get(attempts.count, str(attempts.count))
        left = counted(seconds, "seconde", "seconden")
        raise WrongSecretError(f"{times} keer niet gelukt. Over {left} kunt u het weer proberen.")


def add(path: Path, now: datetime) -> None:
    """Count a wrong passphrase; where no writes are taken nothing is counted."""
    _write(path, read(path).count + 1, now)


def _write(path: Path, count: int, last: datetime) -> bool:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        generations.write_durably(path, f"{count} {last.isoformat()}\n".encode("ascii"))
    except OSError:
        return False
    return True


def forget(path: Path) -> int:
    """Start counting anew after a right passphrase; return how many went wrong before."""
    count = read(path).count
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)
    return count
