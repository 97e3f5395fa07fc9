"""Files that are kept with a case: how large, why, and in which way they can be looked at without a file outside."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.seen import says_something
from vpdesk.domain.wording import counted, joined

if TYPE_CHECKING:
    from datetime import date

    from vpdesk.domain.ids import AttachmentId, CaseId

LARGEST: Final = 100 * 1024 * 1024
LONGEST_NAME: Final = 200
LARGEST_TEXT: Final = 4 * 1024 * 1024
_MOST_NAMES: Final = 5
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


@dataclass(frozen=True, slots=True)
class LeftOver:
    """A closed case that still has attachments while no *bewaarstop* lies on it, since a day; how many there are."""

    case: CaseId
    code: str
    pseudonym: str
    client_name: str
    since: date
    count: int


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


class BesideState(StrEnum):
    """What is known of the attachments that go with a backup; without a secret only whether a file beside it is whole.

    `LEEG` says that no file stands there, and that only a secret tells whether one should.
    """

    GEEN = "geen"
    HEEL = "heel"
    ECHT = "echt"
    NIET_ALLE = "niet alle"
    ONTBREEKT = "ontbreekt"
    BESCHADIGD = "beschadigd"
    ANDERE = "van een andere"
    LEEG = "niet ernaast"


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a backup: how many attachments go with it, None where no secret told, and what is lacking."""

    state: BesideState
    expected: int | None = None
    lacking: tuple[str, ...] = ()

    @property
    def wrong(self) -> bool:
        """Whether something is damaged, or is known to be missing."""
        return self.state is BesideState.BESCHADIGD or bool(self.lacking)

    @property
    def facts(self) -> dict[str, object]:
        """The same for programs; names stay out of it."""
        return {"state": self.state.value, "expected": self.expected, "lacking": len(self.lacking)}

    @property
    def sentence(self) -> str:
        """What is said of it, and what to do, in counts; empty where there is nothing to say."""
        return self._said("")

    @property
    def named(self) -> str:
        """The same with the names of what is lacking, for whoever looks at the screen; no log or terminal gets it."""
        names = list(self.lacking[:_MOST_NAMES])
        if more := self.lacking[_MOST_NAMES:]:
            names.append(f"nog {len(more)}")
        return self._said(f" Wat ontbreekt: {joined(names)}." if names else "")

    def _said(self, names: str) -> str:
        number = counted(self.expected or 0, "bijlage", "bijlagen")
        rest = f"{names} Uw gesprekken en casussen staan wel in deze kopie."
        return {
            BesideState.GEEN: "",
            BesideState.HEEL: "De bijlagen ernaast zijn heel.",
            BesideState.ECHT: f"Ernaast: {number}, echt en te openen.",
            BesideState.NIET_ALLE: f"Ernaast: {number}, waarvan {len(self.lacking)} niet te openen.{rest}",
            BesideState.ONTBREEKT: f"Er horen bijlagen bij deze kopie ({self.expected}), maar het bestand daarmee "
            f"staat er niet naast.{rest} Zet het bestand dat eindigt op .vpfiles in dezelfde map.",
            BesideState.BESCHADIGD: f"Het bestand met bijlagen ernaast is beschadigd.{rest} Kies een andere kopie als "
            "u de bijlagen nodig hebt.",
            BesideState.ANDERE: f"Het bestand met bijlagen ernaast hoort bij een andere kopie of kluis.{rest}",
            BesideState.LEEG: "Er staan geen bijlagen naast. Of dat klopt, ziet vpdesk met de herstelwoorden of de "
            "kluis.",
        }[self.state]
