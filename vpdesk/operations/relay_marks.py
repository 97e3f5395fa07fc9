"""Marks in a text for the organisation: what may tell who the melder is, each with the reason why it is marked.

As in findings for a report these are words, not meanings. Names of whoever comes, the code and the pseudonym of the
case never go out; everything else is the melder's to weigh.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from vpdesk.domain.names import COMMON, folded, function_words, words_of
from vpdesk.domain.people import Part
from vpdesk.domain.wording import MONTHS
from vpdesk.reporting import text_functions, text_hints, text_people, text_places
from vpdesk.reporting.text_context import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vpdesk.domain.cases import Case
    from vpdesk.domain.people import Person

_LEAST: Final = 2


class MarkKind(StrEnum):
    """Why a piece of text is marked."""

    MELDER = "melder"
    NAAM = "naam"
    FUNCTIE = "functie"
    ONDERDEEL = "onderdeel"
    EIGEN = "eigen"
    ROOSTER = "rooster"
    PLAATS = "plaats"
    CITAAT = "citaat"
    PERSOON = "persoon"
    MOMENT = "moment"
    GEGEVEN = "gegeven"


REASONS: Final = {
    MarkKind.MELDER: "Dit zegt wie de melder is, of hoort bij uw eigen administratie. Zo gaat de tekst niet weg.",
    MarkKind.NAAM: "Deze naam staat in uw kluis. Moet hij hier staan?",
    MarkKind.FUNCTIE: "Deze functie staat in uw kluis. Soms heeft maar één persoon haar.",
    MarkKind.ONDERDEEL: "Een onderdeel kan klein zijn. Is het nodig?",
    MarkKind.PLAATS: "Dit noemt een plek of een deel van de organisatie. Soms werken daar maar een paar mensen.",
    MarkKind.EIGEN: "Dit zegt iets over de plaats van de melder zelf.",
    MarkKind.ROOSTER: "Wie het rooster kent, kan zien wie er was.",
    MarkKind.CITAAT: "Wie erbij was, herkent deze woorden. Kan het in andere?",
    MarkKind.PERSOON: "Dit wijst naar één persoon. Wie kan dit weten?",
    MarkKind.MOMENT: "Een dag of tijd kan verraden wie erbij was.",
    MarkKind.GEGEVEN: "Een nummer of adres kan naar één persoon leiden.",
}

_DAYS: Final = "maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag"
_WORDS: Final = (
    (
        MarkKind.EIGEN,
        re.compile(
            r"\b(?:mijn|m['’]n|onze?)\s+(?:[\w-]+\s+)?(?:leidinggevende|collega\w*|team|afdeling|baas|chef|functie|contract|bureau"
            r"|kamer|werkplek|rooster|dienst|ziekte|verlof|proeftijd|beoordeling|vorige|partner|man|vrouw)\b"
            r"|\bals (?:enige|eerste)\b|\bik (?:was|ben) (?:de|het) (?:enige|eerste)\b|\bonder vier ogen\b"
            r"|\bik (?:werk|werkte) (?:sinds|al|bij|in|op)\b|\btegen mij\b",
            re.IGNORECASE,
        ),
    ),
    (
        MarkKind.ROOSTER,
        re.compile(
            r"\b(?:\w*rooster\w*|(?:nacht|avond|vroege|late|dag|weekend|piket)[\s-]?dienst(?:en)?|ploeg\w*|pauze)\b",
            re.IGNORECASE,
        ),
    ),
    (
        MarkKind.MOMENT,
        re.compile(
            rf"\b(?:{_DAYS})\w*\b|\b\d{{1,2}} (?:{'|'.join(MONTHS)})\b"
            r"|\b\d{1,2}[:.]\d{2}\b(?: uur)?|\b\d{1,2}[-/]\d{1,2}(?:[-/]\d{2,4})?\b",
            re.IGNORECASE,
        ),
    ),
    (MarkKind.MOMENT, text_people.MOMENTS),
    (MarkKind.GEGEVEN, re.compile(r"\S+@[\w.-]*\w|\+?\d(?:[\s-]?\d){4,}")),
    (
        MarkKind.PERSOON,
        re.compile(
            r"\b(?:de\s+enige(?!\s+(?:keer|manier|mogelijkheid|oplossing|optie|reden|vraag|weg|wens)\b)|de\s+eerste\s+die"
            r"|alleen\s+(?:ik|wij|we|zij|ze|hij|de\s+melder\s+\w+)|niemand\s+(?:anders|behalve|verder))\b",
            re.IGNORECASE,
        ),
    ),
    *((MarkKind.PERSOON, pattern) for pattern in text_people.PERSONS),
)  # fmt: skip

# Of what a report is read for too. What happened and what came of it is what a melding is about, so that stays out.
_READ: Final = (
    (MarkKind.PLAATS, text_places.places),
    (MarkKind.CITAAT, text_hints.quotations),
    (MarkKind.PERSOON, text_functions.somebody),
)


@dataclass(frozen=True, slots=True)
class RelayMark:
    """A piece of a text by place, with why it is marked."""

    start: int
    end: int
    kind: MarkKind
    found: str

    @property
    def reason(self) -> str:
        """Return why it is marked, in Dutch."""
        return REASONS[self.kind]


@dataclass(frozen=True, slots=True, repr=False)
class Telling:
    """What of the vault would tell who somebody is: `forbidden` never goes out, the others are marked.

    `knows_melder` says whether a name of whoever comes is among the forbidden; without one nothing keeps it in, as in a
    case that was taken over without names or whose person was destroyed.
    """

    forbidden: tuple[str, ...]
    names: tuple[str, ...]
    functions: tuple[str, ...]
    units: tuple[str, ...]
    knows_melder: bool = True

    @classmethod
    def of(cls, case: Case, here: Iterable[Person], all_: Iterable[Person], units: tuple[str, ...]) -> Telling:
        """Gather the words of a case, its persons, and those of the other cases of the organisation."""
        comes = [person for person in here if person.part is Part.KOMT]
        own = [person.reach for person in comes] + [text for person in comes for text in _told_by(*person.names)]
        people = tuple(all_)
        names = {name for person in people for name in person.names}
        names |= {word for name in names for word in words_of(name) - COMMON}
        functions = {person.function for person in people if function_words(person.function)}
        return cls(
            tuple(dict.fromkeys(text for text in (case.code, case.pseudonym, *own) if len(text.strip()) >= _LEAST)),
            tuple(sorted(name for name in names if len(name) >= _LEAST)),
            tuple(sorted(functions)),
            units,
            any(name.strip() for person in comes for name in person.names),
        )

    def with_name(self, name: str) -> Telling:
        """Return this with one more name of whoever comes, which stands nowhere in the vault."""
        more = tuple(text for text in _told_by(name.strip()) if len(text) >= _LEAST)
        return replace(self, forbidden=(*self.forbidden, *more)) if more else self

    def forbidden_in(self, text: str) -> str:
        """Return the first word that may not go out, as it stands in a text; empty where there is none."""
        read = _Folded.of(text)
        found = [span for word in self.forbidden for span in read.places(word)]
        return text[slice(*min(found))] if found else ""


def _told_by(*names: str) -> list[str]:
    """Return names with those of their words that few people have."""
    return [*names, *sorted({word for name in names for word in words_of(name) - COMMON})]


def marks(text: str, told: Telling) -> tuple[RelayMark, ...]:
    """Return what in a text may tell who it is, in order of place; of two marks on one place the graver."""
    read = _Folded.of(text)
    spans = [
        (start, end, kind)
        for kind, words in (
            (MarkKind.MELDER, told.forbidden),
            (MarkKind.NAAM, told.names),
            (MarkKind.FUNCTIE, told.functions),
            (MarkKind.ONDERDEEL, told.units),
        )
        for word in words
        for start, end in read.places(word)
    ]
    spans += [
        (*found.span(), kind)
        for kind, pattern in _WORDS
        for found in pattern.finditer(text)
        if not found[0].casefold().endswith(" melder")  # that there is one is known
    ]
    told_in = Sentence.all_of(text)
    spans += [(start, end, kind) for kind, look in _READ for start, end in look(told_in)]
    order = list(MarkKind)
    spans.sort(key=lambda span: (order.index(span[2]), span[0] - span[1]))
    kept: list[tuple[int, int, MarkKind]] = []
    for start, end, kind in spans:
        if all(end <= first or last <= start for first, last, _ in kept):
            kept.append((start, end, kind))
    return tuple(RelayMark(start, end, kind, text[start:end]) for start, end, kind in sorted(kept))


@dataclass(frozen=True, slots=True)
class _Folded:
    """A text as names are compared, with for each letter where it stood."""

    plain: str
    at: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> _Folded:
        found = [(letter, place) for place, typed in enumerate(text) for letter in folded(typed)]
        return cls("".join(letter for letter, _ in found), tuple(place for _, place in found))

    def places(self, word: str) -> list[tuple[int, int]]:
        """Return where a word or name stands, whatever its capitals, accents and spaces, and with an s."""
        parts = re.findall(r"\w+|[^\w\s-]", folded(word))
        pattern = r"[\W_]{0,3}".join(map(re.escape, parts))
        found = re.finditer(rf"(?<!\w){pattern}(?:'?s)?(?!\w)", self.plain) if parts else ()
        return [(self.at[one.start()], self.at[one.end() - 1] + 1) for one in found]
