"""Marks in the user's own words: what could give someone away, each with the reason why it is marked.

A first line of defence that is easy to explain: it knows words, not meanings.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, NamedTuple

from vpdesk.domain.names import Spoken
from vpdesk.domain.seen import says_something
from vpdesk.domain.statements import Statement
from vpdesk.reporting import (
    text_events,
    text_functions,
    text_hints,
    text_language,
    text_people,
    text_places,
    text_themes,
    text_trends,
    text_words,
)
from vpdesk.reporting.disclosure.result import Level, ProtectedReport
from vpdesk.reporting.printed import Printed, disguises, read
from vpdesk.reporting.report_words import NO_UNITS
from vpdesk.reporting.text_context import Sentence, sentences
from vpdesk.reporting.text_labels import HiddenLabels
from vpdesk.reporting.text_names import names_in
from vpdesk.reporting.text_numbers import PrintedNumbers
from vpdesk.reporting.text_work import WorkNumbers


class MarkKind(StrEnum):
    """Why a piece of text is marked."""

    GETAL = "getal"
    ANDER_GETAL = "ander getal"
    TELWOORD = "telwoord"
    NAAM = "naam"
    PERSOON = "persoon"
    PLAATS = "plaats"
    GEVOLG = "gevolg"
    BIJZONDERHEID = "bijzonderheid"
    CITAAT = "citaat"
    TOESPELING = "toespeling"
    MOMENT = "moment"
    VERBORGEN = "verborgen"
    VERBORGEN_SAMEN = "samen verborgen"
    VERGELIJKING = "vergelijking"
    NAAM_EN_MEER = "naam en meer"
    ANDERE_TAAL = "andere taal"
    KLEIN = "klein"


REASONS: Final = {
    MarkKind.GETAL: (
        "Dit aantal komt niet uit de beschermde cijfers. Haal het weg, of neem een getal over dat in een tabel staat."
    ),
    MarkKind.ANDER_GETAL: (
        "Dit getal staat wel in het verslag, maar voor iets anders of voor minder dan hier staat. Zeg het zoals de "
        "tabel het zegt, zonder iets erbij."
    ),
    MarkKind.TELWOORD: (
        "Dit woord noemt een aantal mensen of meldingen. Ook ‘geen’ en ‘één’ verklappen iets. Schrijf over het "
        "onderwerp, zonder hoeveel of hoe vaak."
    ),
    MarkKind.NAAM: "Deze naam staat in uw kluis. Haal hem weg of schrijf op waarom hij mag blijven.",
    MarkKind.PERSOON: (
        "Dit wijst naar één persoon. Lezers vullen zelf in wie dat is. Schrijf ‘mensen’ of ‘medewerkers’, of laat het "
        "weg."
    ),
    MarkKind.PLAATS: (
        "Dit noemt een plek of een deel van de organisatie. Soms werken daar maar een paar mensen. Schrijf over de "
        "hele organisatie."
    ),
    MarkKind.GEVOLG: (
        "Dit vertelt hoe een zaak verder ging. Daar weten collega’s van, dus zij weten dan ook om wie het gaat. "
        "Laat het weg, of leg uit hoe het in het algemeen gaat."
    ),
    MarkKind.BIJZONDERHEID: (
        "Dit vertelt wat er gebeurde. Wie erbij was, herkent het. Noem hooguit het thema, zoals het in de tabel staat."
    ),
    MarkKind.CITAAT: (
        "Dit zijn woorden van iemand. Wie ze zei of hoorde, herkent ze. Schrijf in uw eigen woorden wat mensen nodig "
        "hebben."
    ),
    MarkKind.TOESPELING: (
        "Dit klinkt als een toespeling. Wie de organisatie kent, begrijpt om wie of wat het gaat. Zeg het gewoon, of "
        "laat het weg."
    ),
    MarkKind.MOMENT: "Een moment in het jaar kan verraden om wie het gaat. Schrijf over het hele jaar.",
    MarkKind.VERBORGEN: (
        "Bij dit onderwerp noemt het verslag geen getal. Wie het hier leest, weet dat er iets was. Laat het weg, of "
        "schrijf zo dat het ook klopt als er niets was."
    ),
    MarkKind.VERBORGEN_SAMEN: ("Van deze twee samen noemt de kruistabel geen getal. Noem ze niet in dezelfde zin."),
    MarkKind.VERGELIJKING: (
        "Deze vergelijking staat niet in de beschermde cijfers. Laat haar weg, of noem twee getallen die allebei in "
        "een tabel staan."
    ),
    MarkKind.NAAM_EN_MEER: (
        "Hier hoort een naam te staan, en deze woorden zijn er geen deel van. Haal ze weg, of zet ze bij uw afspraken."
    ),
    MarkKind.ANDERE_TAAL: (
        "Deze zin is niet in het Nederlands, dus vpdesk kan hem niet nakijken. Lees hem zelf na, of schrijf hem in het "
        "Nederlands."
    ),
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
_COUNTING: Final = frozenset(
    {MarkKind.GETAL, MarkKind.ANDER_GETAL, MarkKind.TELWOORD, MarkKind.VERBORGEN, MarkKind.VERBORGEN_SAMEN}
)
"""What a count of the work log is not marked as, where the report prints it."""

_WORDS: Final = (
    *((pattern, MarkKind.TELWOORD) for pattern in text_words.COUNTS),
    (text_language.COUNTS, MarkKind.TELWOORD),
    (text_words.COMPARED, MarkKind.VERGELIJKING),
    *((pattern, MarkKind.PERSOON) for pattern in text_people.PERSONS),
    (text_people.MOMENTS, MarkKind.MOMENT),
)
_WEIGHED: Final = (
    (text_themes.details, MarkKind.BIJZONDERHEID),
    (text_trends.trends, MarkKind.VERGELIJKING),
    (text_functions.somebody, MarkKind.PERSOON),
    (text_events.accused, MarkKind.PERSOON),
    (text_events.what_followed, MarkKind.GEVOLG),
    (text_places.places, MarkKind.PLAATS),
    (text_events.changes, MarkKind.MOMENT),
    (text_hints.quotations, MarkKind.CITAAT),
    (text_hints.hints, MarkKind.TOESPELING),
)
"""What is looked for sentence by sentence, where nothing else is marked."""

_PIECE_END: Final = re.compile(r"(?<=[a-zà-ÿ]{4}[.!?])\s+(?=[A-ZÀ-Þ])|\s*\n(?=[^\S\n]*(?:\n|[-•*] ))\s*")
"""Where no word reaches over a cut: between paragraphs, and behind a whole word, so not behind an initial or *dhr.*"""

_MOST_PIECES: Final = 4096

Found = tuple[int, int, MarkKind]


class _Piece(NamedTuple):
    """A mark by its place in one piece of a text, with its words as they are read and the sentences it stands in."""

    start: int
    end: int
    kind: MarkKind
    words: str
    place: str


@dataclass(frozen=True, slots=True)
class Marker:
    """Marks texts of one report, piece by piece, and knows the pieces that it saw: typing costs one sentence.

    Without `hidden` and `numbers` it marks what no number of a report is needed for. What it saw is gone with it.
    """

    names: tuple[str, ...]
    called: Spoken
    hidden: HiddenLabels | None = None
    numbers: PrintedNumbers | None = None
    work: WorkNumbers | None = None
    low: bool = False
    seen: dict[str, tuple[_Piece, ...]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(
        cls,
        protected: ProtectedReport,
        names: Iterable[str],
        called: Spoken = NOBODY,
        units: Mapping[str, str] = NO_UNITS,
        quotes: Iterable[Statement] = (),
        work: Iterable[Statement] = (),
    ) -> "Marker":
        """Return what marks the texts of a protected report.

        `names` are units and pseudonyms from the vault, `called` what people and matters in it are called, `units` the
        names of units by code, `quotes` the numbers of earlier years that it prints, and `work` those of the work log.
        """
        hidden, numbers = HiddenLabels.of(protected, units), PrintedNumbers.of(protected, units, quotes)
        low = protected.level is Level.GEEN_GETALLEN
        return cls(tuple(names), called, hidden, numbers, WorkNumbers.of(work), low)

    def marks(self, findings: Mapping[str, str], *, confirmed: bool = True) -> tuple[Mark, ...]:
        """Return the marks of texts by chapter and place.

        Below the threshold each text is to be confirmed as a whole, unless `confirmed` is False.
        """
        made: list[Mark] = []
        for chapter, typed in findings.items():
            if not typed.strip():
                continue
            if confirmed and self.low:
                digest = hashlib.sha256(typed.strip().encode()).hexdigest()[:16]
                made.append(Mark(chapter, 0, len(typed), MarkKind.KLEIN, typed, f"klein:{digest}"))
            made += self._marked(chapter, typed)
        return tuple(made)

    def _marked(self, chapter: str, typed: str) -> Iterable[Mark]:
        """Yield the marks of a text by place, each with a key that stays the same while its sentence does."""
        counted: Counter[str] = Counter()
        for at, piece in _pieces(typed):
            for start, end, kind, words, place in self._piece(piece):
                key = f"{kind}:{words}:{_digest(place)}"
                counted[key] += 1
                yield Mark(chapter, at + start, at + end, kind, piece[start:end], f"{key}:{counted[key]}")

    def _piece(self, piece: str) -> tuple[_Piece, ...]:
        """Return the marks of a piece, from memory where it was seen before."""
        known = self.seen.get(piece)
        if known is None:
            known = tuple(self._looked_at(piece))
            if len(self.seen) >= _MOST_PIECES:
                self.seen.clear()
            self.seen[piece] = known
        return known

    def _looked_at(self, typed: str) -> Iterable[_Piece]:
        """Yield the marks of a piece by place: as it is read, and where a word in it is disguised."""
        reading = read(typed)
        others = disguises(typed, reading)
        named, *disguised = names_in([reading.text, *(other.text for other in others)], self.names, self.called)
        found = _placed(
            reading,
            (
                *self._numbers_in(reading.text),
                *_words_in(reading.text, named),
                *self._hidden_in(reading.text),
                *((*span, MarkKind.ANDERE_TAAL) for span in text_language.foreign_sentences(reading.text)),
            ),
        )
        done = self._done_in(reading)
        found = [mark for mark in found if not _counts_work(mark, done)]
        for other, spans in zip(others, disguised, strict=True):
            for more in _placed(other, (*_words_in(other.text, spans), *self._hidden_in(other.text))):
                beside = [had for had in found if more[0] < had[1] and had[0] < more[1]]
                if _counts_work(more, done):
                    continue
                if not beside or (more[2] in _NAMING and all(had[2] is not more[2] for had in beside)):
                    found.append(more)
        found += _told_without_marks(reading, found, done)
        told = [
            (*reading.typed(start, end), reading.text[start:end])
            for start, end in sentences(reading.text)
            if end > start
        ]
        for start, end, kind, words in sorted(set(found)):
            place = " ".join(sentence for first, last, sentence in told if start < last and first < end)
            yield _Piece(start, end, kind, words, place)

    def _numbers_in(self, text: str) -> Iterable[Found]:
        if self.numbers is not None:
            yield from ((*m.span(), MarkKind.GETAL) for m in self.numbers.unknown(text))
            yield from ((*m.span(), MarkKind.ANDER_GETAL) for m in self.numbers.misused(text))

    def _done_in(self, reading: Printed) -> list[tuple[int, int]]:
        """Return where the text as it was typed says what the report counts of the work log."""
        return [] if self.work is None else [reading.typed(*span) for span in self.work.told(reading.text)]

    def _hidden_in(self, text: str) -> Iterable[Found]:
        if self.hidden is not None:
            yield from ((*span, MarkKind.VERBORGEN) for span in self.hidden.alone(text))
            yield from ((*span, MarkKind.VERBORGEN_SAMEN) for span in self.hidden.together(text))


def marks(
    findings: Mapping[str, str],
    *,
    protected: ProtectedReport,
    names: Iterable[str],
    called: Spoken = NOBODY,
    units: Mapping[str, str] = NO_UNITS,
    confirmed: bool = True,
) -> tuple[Mark, ...]:
    """Return the marks of all findings once, as a `Marker` of the same report does each time."""
    return Marker.of(protected, names, called, units).marks(findings, confirmed=confirmed)


def word_marks(chapter: str, typed: str, *, names: Iterable[str], called: Spoken = NOBODY) -> tuple[Mark, ...]:
    """Return the marks of a text that no number is needed for: all save those about what is published or hidden."""
    return Marker(tuple(names), called).marks({chapter: typed})


def unresolved(made: Iterable[Mark], accepted: Mapping[str, Mapping[str, str]]) -> tuple[Mark, ...]:
    """Return the marks that were not accepted with a reason; `accepted` maps chapter to key to reason."""
    return tuple(mark for mark in made if not says_something(accepted.get(mark.chapter, {}).get(mark.key, "")))


def _pieces(typed: str) -> Iterable[tuple[int, str]]:
    """Yield the pieces of a text with where they begin."""
    start = 0
    for found in _PIECE_END.finditer(typed):
        yield start, typed[start : found.start()]
        start = found.end()
    yield start, typed[start:]


def _words_in(text: str, named: Iterable[tuple[int, int]]) -> Iterable[Found]:
    """Yield what may count, compare, point at somebody, a place or a moment, or is a name, whatever the numbers are.

    What the rules for whole sentences find is left out where a word of it is marked already: one reason is enough.
    """
    told = Sentence.all_of(text)
    found: list[Found] = []
    for pattern, kind in _WORDS:
        for m in pattern.finditer(text):
            sentence = next((each for each in told if each.start <= m.start() < each.end), None)
            if sentence is None or not _spared(kind, m.group(), sentence):
                found.append((*m.span(), kind))
    found += [(*span, MarkKind.NAAM) for span in named]
    wider = [(*span, kind) for rule, kind in _WEIGHED for span in rule(told)]
    for more in sorted(wider, key=lambda each: (each[0], -each[1])):
        if not any(more[0] < had[1] and had[0] < more[1] for had in found):
            found.append(more)
    yield from found


def _spared(kind: MarkKind, words: str, sentence: Sentence) -> bool:
    """Return whether words tell nothing in their sentence, which is about the organisation or about the method."""
    if kind is MarkKind.PERSOON:
        return text_functions.spared(words, sentence)
    if kind is MarkKind.TELWOORD and text_words.EVERYBODY.fullmatch(words):
        return sentence.organised or sentence.words.endswith("?")
    if kind is MarkKind.MOMENT:
        return sentence.organised and not sentence.happened
    if kind is MarkKind.VERGELIJKING and sentence.compares_itself:
        return True
    return kind in {MarkKind.TELWOORD, MarkKind.VERGELIJKING} and sentence.of_the_method


def _told_without_marks(
    reading: Printed, found: Iterable[tuple[int, int, MarkKind, str]], done: Iterable[tuple[int, int]]
) -> list[tuple[int, int, MarkKind, str]]:
    """Return the verbs of sentences without any mark that tell what happened, and not to the organisation.

    Sentences about what was `done` tell of the work log.
    """
    marked = [*done, *((start, end) for start, end, _, _ in found)]
    verbs = [
        sentence.tells
        for sentence in Sentence.all_of(reading.text)
        if sentence.tells and not _touched(reading.typed(sentence.start, sentence.end), marked)
    ]
    return _placed(reading, ((*verb.span(), MarkKind.BIJZONDERHEID) for verb in verbs))


def _counts_work(mark: tuple[int, int, MarkKind, str], done: Iterable[tuple[int, int]]) -> bool:
    """Return whether a mark is about a number, or a word with it, that the report prints of the work log."""
    start, end, kind, _ = mark
    return kind in _COUNTING and any(first <= start and end <= last for first, last in done)


def _touched(span: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def _placed(reading: Printed, found: Iterable[Found]) -> list[tuple[int, int, MarkKind, str]]:
    """Return by their place in the typed text, with the words as they are read."""
    return [(*reading.typed(start, end), kind, reading.text[start:end].casefold()) for start, end, kind in found]


def _digest(sentence: str) -> str:
    """Return what tells one sentence from another, whatever its capitals and the number it has in its text."""
    return hashlib.sha256(" ".join(sentence.split()).casefold().encode()).hexdigest()[:16]
