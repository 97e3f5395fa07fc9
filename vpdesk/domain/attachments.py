"""Files that are kept with a case: how large, why, and in which way they can be looked at without a file outside."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.seen import says_something

if TYPE_CHECKING:
    from datetime import date

    from vpdesk.domain.ids import AttachmentId, CaseId

LARGEST: Final = 100 * 1024 * 1024
LONGEST_NAME: Final = 200
LARGEST_TEXT: Final = 4 * 1024 * 1024
_UNNAMED: Final = "bestand"


class Look(StrEnum):
    """How vpdesk can show a file from memory."""

    TEKST = "tekst"
    BEELD = "beeld"
    PDF = "pdf"
    ANDERS = "anders"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file in the vault. Its name is content too: it stands in no title, list or log."""

    id: AttachmentId
    case: CaseId
    name: str
    size: int
    sha256: str
    stored: date
    reason: str

    def __post_init__(self) -> None:
        check_reason(self.reason)
        if self.size < 1:
            raise InvalidValueError("Dit bestand is leeg. Er is niets bewaard.")
        if self.size > LARGEST:
            raise InvalidValueError(TOO_LARGE)


TOO_LARGE: Final = (
    "Dit bestand is groter dan 100 MB. Er is niets bewaard. Laat de persoon het zelf bewaren, en schrijf op dat het er "
    "is."
)


def check_reason(reason: str) -> None:
    """Raise InvalidValueError unless there is a reason to store a file."""
    if not says_something(reason):
        raise InvalidValueError(
            "Een bestand bewaren vraagt een reden. Er is niets bewaard; schrijf op waarom de persoon het niet zelf "
            "kan bewaren."
        )


def shown_name(name: str) -> str:
    """Return the name of a file as it can be shown: on one line, and no longer than most disks take."""
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in name).split())
    if len(line) > LONGEST_NAME:
        start, dot, suffix = line.rpartition(".")
        keeps = dot and len(suffix) < LONGEST_NAME // 10
        line = f"{start[: LONGEST_NAME - len(suffix) - 1]}.{suffix}" if keeps else line[:LONGEST_NAME]
    return line or _UNNAMED


def look_of(content: bytes) -> Look:
    """Return how a file can be shown, by what stands in it; its name may say anything."""
    if b"%PDF-" in content[:1024]:
        return Look.PDF
    if content.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"BM")) or (
        content[:4] == b"RIFF" and content[8:12] == b"WEBP"
    ):
        return Look.BEELD
    return Look.ANDERS if text_of(content) is None else Look.TEKST


def text_of(content: bytes) -> str | None:
    """Return the words of a file that holds only text, None of any other or of one too long to read."""
    if len(content) > LARGEST_TEXT:
        return None
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        words = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if "\x00" in words else words
