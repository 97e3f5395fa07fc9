"""Marks in the user's own words: what could give someone away, each with the reason why it is marked.

A first line of defence that is easy to explain: it knows words, not meanings.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from vpdesk.domain.names import Spoken
from vpdesk.domain.seen import says_something
from vpdesk.reporting import text_language, text_people, text_words
from vpdesk.reporting.disclosure.result import Level, ProtectedReport
from vpdesk.reporting.printed import Printed, disguises, read
from vpdesk.reporting.report_words import NO_UNITS
from vpdesk.reporting.text_labels import HiddenLabels
from vpdesk.reporting.text_names import names_in
from vpdesk.reporting.text_numbers import PrintedNumbers, sentences


class MarkKind(StrEnum):
    """Why a piece of text is marked."""

    GETAL = "getal"
    ANDER_GETAL = "ander getal"
    TELWOORD = "telwoord"
    NAAM = "naam"
    PERSOON = "persoon"
    MOMENT = "moment"
    VERBORGEN = "verborgen"
    VERBORGEN_SAMEN = "samen verborgen"
    VERGELIJKING = "vergelijking"
    NAAM_EN_MEER = "naam en meer"
    ANDERE_TAAL = "andere taal"
    KLEIN = "klein"


REASONS: Final = {
    MarkKind.GETAL: "Dit aantal komt niet uit de beschermde cijfers.",
    MarkKind.ANDER_GETAL: "Bij dit getal staat hier iets anders of iets meer dan in de beschermde cijfers.",
    MarkKind.TELWOORD: "Dit woord noemt een aantal mensen of meldingen. Ook ‘geen’ en ‘één’ verklappen iets.",
    MarkKind.NAAM: "Deze naam staat in uw kluis. Haal hem weg of schrijf op waarom hij mag blijven.",
    MarkKind.PERSOON: "Dit wijst naar één persoon. Lezers vullen zelf in wie dat is.",
    MarkKind.MOMENT: "Een moment in het jaar kan verraden om wie het gaat. Schrijf over het hele jaar.",
    MarkKind.VERBORGEN: "Bij dit onderwerp noemt het verslag geen getal.",
    MarkKind.VERBORGEN_SAMEN: "Van deze twee samen noemt de kruistabel geen getal.",
    MarkKind.VERGELIJKING: "Deze vergelijking staat niet in de beschermde cijfers.",
    MarkKind.NAAM_EN_MEER: "Hier hoort een naam te staan, en deze woorden zijn er geen deel van.",
    MarkKind.ANDERE_TAAL: "Deze zin is niet in het Nederlands, dus vpdesk kan hem niet nakijken. Lees hem zelf na.",
    MarkKind.KLEIN: (
        "Schrijf alleen over de organisatie, niet over gesprekken. Dit verslag moet hetzelfde zijn als er niemand was "
        "gekomen. Bevestig dat deze tekst er dan ook zo zou staan."
    ),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of a finding, by chapter and place in its text; `key` stays the same while its sentence does."""

    chapter: str
    start: int
    end: int
    kind: MarkKind
    found: str
    key: str

    @property
    def reason(self) -> str:
        """Return why it is marked, in Dutch."""
        return REASONS[self.kind]


NOBODY: Final = Spoken()

_NAMING: Final = frozenset({MarkKind.NAAM, MarkKind.VERBORGEN, MarkKind.VERBORGEN_SAMEN})
_WORDS: Final = (
    *((pattern, MarkKind.TELWOORD) for pattern in text_words.COUNTS),
    (text_language.COUNTS, MarkKind.TELWOORD),
    (text_words.COMPARED, MarkKind.VERGELIJKING),
    *((pattern, MarkKind.PERSOON) for pattern in text_people.PERSONS),
    (text_people.MOMENTS, MarkKind.MOMENT),
)

Found = tuple[int, int, MarkKind]


def marks(
    findings: Mapping[str, str],
    *,
    protected: ProtectedReport,
    names: Iterable[str],
    called: Spoken = NOBODY,
    units: Mapping[str, str] = NO_UNITS,
    confirmed: bool = True,
) -> tuple[Mark, ...]:
    """Return the marks of all findings, by chapter and place.

    `names` are units and pseudonyms from the vault, `called` what people and matters in it are called, `units` the
    names of units by code. Below the threshold each text is to be confirmed as a whole, unless `confirmed` is False.
    """
    hidden, numbers = HiddenLabels.of(protected, units), PrintedNumbers.of(protected, units)

    def numbers_in(text: str) -> Iterable[Found]:
        yield from ((*m.span(), MarkKind.GETAL) for m in numbers.unknown(text))
        yield from ((*m.span(), MarkKind.ANDER_GETAL) for m in numbers.misused(text))

    def hidden_in(text: str) -> Iterable[Found]:
        yield from ((*span, MarkKind.VERBORGEN) for span in hidden.alone(text))
        yield from ((*span, MarkKind.VERBORGEN_SAMEN) for span in hidden.together(text))

    made: list[Mark] = []
    for chapter, typed in findings.items():
        if not typed.strip():
            continue
        if confirmed and protected.level is Level.GEEN_GETALLEN:
            digest = hashlib.sha256(typed.strip().encode()).hexdigest()[:16]
            made.append(Mark(chapter, 0, len(typed), MarkKind.KLEIN, typed, f"klein:{digest}"))
        made += _marked(chapter, typed, names, called, numbers_in, hidden_in)
    return tuple(made)


def word_marks(chapter: str, typed: str, *, names: Iterable[str], called: Spoken = NOBODY) -> tuple[Mark, ...]:
    """Return the marks of a text that no number is needed for: all save those about what is published or hidden."""
    return tuple(_marked(chapter, typed, names, called)) if typed.strip() else ()


def unresolved(made: Iterable[Mark], accepted: Mapping[str, Mapping[str, str]]) -> tuple[Mark, ...]:
    """Return the marks that were not accepted with a reason; `accepted` maps chapter to key to reason."""
    return tuple(mark for mark in made if not says_something(accepted.get(mark.chapter, {}).get(mark.key, "")))


def _marked(
    chapter: str,
    typed: str,
    names: Iterable[str],
    called: Spoken,
    numbers_in: Callable[[str], Iterable[Found]] = lambda _text: (),
    hidden_in: Callable[[str], Iterable[Found]] = lambda _text: (),
) -> Iterable[Mark]:
    """Yield the marks of one text by place: as it is read, and where a word in it is disguised."""
    reading = read(typed)
    others = disguises(typed, reading)
    named, *disguised = names_in([reading.text, *(other.text for other in others)], names, called)
    found = _placed(
        reading,
        (
            *numbers_in(reading.text),
            *_words_in(reading.text, named),
            *hidden_in(reading.text),
            *((*span, MarkKind.ANDERE_TAAL) for span in text_language.foreign_sentences(reading.text)),
        ),
    )
    for other, spans in zip(others, disguised, strict=True):
        for more in _placed(other, (*_words_in(other.text, spans), *hidden_in(other.text))):
            beside = [had for had in found if more[0] < had[1] and had[0] < more[1]]
            if not beside or (more[2] in _NAMING and all(had[2] is not more[2] for had in beside)):
                found.append(more)
    found = sorted(set(found))
    told = [
        (*reading.typed(start, end), reading.text[start:end]) for start, end in sentences(reading.text) if end > start
    ]
    seen: Counter[str] = Counter()
    for start, end, kind, words in found:
        place = " ".join(sentence for first, last, sentence in told if start < last and first < end)
        key = f"{kind}:{words}:{_digest(place)}"
        seen[key] += 1
        yield Mark(chapter, start, end, kind, typed[start:end], f"{key}:{seen[key]}")


def _words_in(text: str, named: Iterable[tuple[int, int]]) -> Iterable[Found]:
    """Yield what may count, compare, point at somebody or at a moment, or is a name, whatever the numbers are."""
    yield from ((*m.span(), kind) for pattern, kind in _WORDS for m in pattern.finditer(text))
    yield from ((*span, MarkKind.NAAM) for span in named)


def _placed(reading: Printed, found: Iterable[Found]) -> list[tuple[int, int, MarkKind, str]]:
    """Return by their place in the typed text, with the words as they are read."""
    return [(*reading.typed(start, end), kind, reading.text[start:end].casefold()) for start, end, kind in found]


def _digest(sentence: str) -> str:
    """Return what tells one sentence from another, whatever its capitals and the number it has in its text."""
    return hashlib.sha256(" ".join(sentence.split()).casefold().encode()).hexdigest()[:16]
