"""People apart from cases: who comes, who it is about, how somebody is reached safely, and the matters behind cases."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.ids import CaseId, ClientId, MatterId, PersonId

LONGEST: Final = 300
MOST_ALIASES: Final = 20

WORK_ADDRESS: Final = (
    "Dit lijkt een adres van het werk. Daar kunnen anderen meelezen. Vraag liever een eigen adres of nummer."
)

_ADDRESS: Final = re.compile(r"@([\w.-]+)")
_PRIVATE_DOMAINS: Final = """
gmail.com googlemail.com hotmail.com hotmail.nl outlook.com outlook.nl live.com live.nl msn.com icloud.com me.com
mac.com yahoo.com yahoo.nl proton.me protonmail.com pm.me tuta.com tutanota.com gmx.com gmx.net gmx.nl kpnmail.nl
kpnplanet.nl planet.nl ziggo.nl home.nl hetnet.nl xs4all.nl upcmail.nl casema.nl chello.nl quicknet.nl caiway.nl
zonnet.nl tele2.nl solcon.nl telfort.nl online.nl freedom.nl delta.nl zeelandnet.nl fastmail.com mail.com posteo.net
startmail.com soverin.net
"""
_PRIVATE: Final = frozenset(_PRIVATE_DOMAINS.split())
_AT_WORK: Final = re.compile(r"\bwerk-?(?:mail|adres|telefoon|mobiel|nummer|account)\b", re.IGNORECASE)


class Part(StrEnum):
    """What somebody is to a case."""

    KOMT = "komt"
    ANDER = "ander"
    GETUIGE = "getuige"
    COLLEGA = "collega"
    VERDER = "verder"


PART_LABELS: Final = {
    Part.KOMT: "Wie komt",
    Part.ANDER: "Andere partij",
    Part.GETUIGE: "Getuige",
    Part.COLLEGA: "Collega die geraakt is",
    Part.VERDER: "Iemand anders",
}


class Voicemail(StrEnum):
    """Whether a message may be left."""

    ONBEKEND = "onbekend"
    JA = "ja"
    NEE = "nee"


VOICEMAIL_LABELS: Final = {
    Voicemail.ONBEKEND: "Niet besproken",
    Voicemail.JA: "Inspreken mag",
    Voicemail.NEE: "Niet inspreken",
}


def _check_line(text: str, what: str) -> None:
    if len(text) > LONGEST or not text.isprintable():
        raise InvalidValueError(f"{what} is een regel van hoogstens {LONGEST} tekens. Er is niets bewaard.")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in a case; everything is optional, and who it is about may stay a function or a letter.

    `reach` is a number or an address, `hours` when somebody can be reached there.
    """

    id: PersonId
    case: CaseId
    part: Part
    name: str = ""
    aliases: tuple[str, ...] = ()
    function: str = ""
    reach: str = ""
    hours: str = ""
    voicemail: Voicemail = Voicemail.ONBEKEND

    def __post_init__(self) -> None:
        lines = (self.name, *self.aliases, self.function, self.reach, self.hours)
        for text, what in zip(lines, self._whats(), strict=True):
            _check_line(text, what)
        if len(self.aliases) > MOST_ALIASES or not all(alias.strip() for alias in self.aliases):
            raise InvalidValueError(
                f"Andere namen zijn er hoogstens {MOST_ALIASES}, elk met een letter erin. Er is niets bewaard."
            )
        if not any(text.strip() for text in lines):
            raise InvalidValueError("Vul één ding in, zoals een functie of een letter. Er is niets bewaard.")

    def _whats(self) -> tuple[str, ...]:
        others = ("Een andere naam",) * len(self.aliases)
        return ("Een naam", *others, "Een functie", "Een nummer of adres", "Wanneer iemand te bereiken is")

    @property
    def names(self) -> tuple[str, ...]:
        """The name and the aliases, as far as there are any."""
        return (*((self.name,) if self.name.strip() else ()), *self.aliases)


def aliases_in(text: str) -> tuple[str, ...]:
    """Return the aliases in a line, divided by commas or semicolons, each once."""
    found = (alias.strip() for alias in re.split("[,;]", text))
    return tuple(dict.fromkeys(alias for alias in found if alias))


def looks_like_work(reach: str) -> bool:
    """Return whether a number or address may be one of the employer: worth a warning, never a refusal."""
    if _AT_WORK.search(reach):
        return True
    return any(domain.casefold().strip(".-") not in _PRIVATE for domain in _ADDRESS.findall(reach))


@dataclass(frozen=True, slots=True)
class Matter:
    """The events behind one or more cases of an organisation (kwestie); it is there as long as a case is in it."""

    id: MatterId
    client: ClientId
    name: str

    def __post_init__(self) -> None:
        _check_line(self.name, "De naam van een kwestie")
        if not self.name.strip():
            raise InvalidValueError("Geef de kwestie een naam waaraan u haar herkent. Er is niets bewaard.")
