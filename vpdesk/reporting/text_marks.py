"""Marks in the user's own words: what could give someone away, each with the reason why it is marked.

A first line of defence that is easy to explain: it knows words, not meanings.
"""

import functools
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from vpdesk.domain import taxonomy
from vpdesk.domain.names import Spoken
from vpdesk.domain.statements import undated
from vpdesk.reporting import text_words
from vpdesk.reporting.cross_tables import hidden_cells
from vpdesk.reporting.disclosure.result import CrossTable, Level, ProtectedReport
from vpdesk.reporting.printed import bare, read
from vpdesk.reporting.report_words import NO_UNITS, label, named_in, percentage


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
    KLEIN = "klein"


REASONS: Final = {
    MarkKind.GETAL: "Dit aantal komt niet uit de beschermde cijfers.",
    MarkKind.ANDER_GETAL: "Dit aantal hoort in de beschermde cijfers bij iets anders.",
    MarkKind.TELWOORD: "Dit woord noemt een aantal mensen of meldingen. Ook ‘geen’ en ‘één’ verklappen iets.",
    MarkKind.NAAM: "Deze naam staat in uw kluis. Haal hem weg of schrijf op waarom hij mag blijven.",
    MarkKind.PERSOON: "Dit wijst naar één persoon. Lezers vullen zelf in wie dat is.",
    MarkKind.MOMENT: "Een moment in het jaar kan verraden om wie het gaat. Schrijf over het hele jaar.",
    MarkKind.VERBORGEN: "Bij dit onderwerp noemt het verslag geen getal.",
    MarkKind.VERBORGEN_SAMEN: "Van deze twee samen noemt de kruistabel geen getal.",
    MarkKind.VERGELIJKING: "Deze vergelijking staat niet in de beschermde cijfers.",
    MarkKind.KLEIN: (
        "Schrijf alleen over de organisatie, niet over gesprekken. Dit verslag moet hetzelfde zijn als er niemand was "
        "gekomen. Bevestig dat deze tekst er dan ook zo zou staan."
    ),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of a finding, by chapter and place in its text; `key` stays the same while the words do."""

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

_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)*%?")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_BESIDES_LETTERS: Final = re.compile(r"[\W_]+")
_PLURAL: Final = r"(?:e?n|[’']?s)?"
_NEAR: Final = 40  # characters after a number in which the label it is about may stand
_NAMED_DIMENSIONS: Final = frozenset({"afloop", "onderdeel", "rol", "relatie", "gevonden_via", "verbonden"})


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

    `names` are units and pseudonyms from the vault, `called` what people in it are called, `units` the names of units
    by code. Below the threshold each
    text is to be confirmed as a whole, unless `confirmed` is False.
    """
    hidden, rows = _unpublished(protected, units), _counted_together(protected, units)
    numbers, labelled = _published(protected), _labelled(protected, units)
    cells = [pattern for table in protected.crossed for pair in hidden_cells(table, units) for pattern in _both(*pair)]
    made: list[Mark] = []
    for chapter, typed in findings.items():
        if not typed.strip():
            continue
        if confirmed and protected.level is Level.GEEN_GETALLEN:
            digest = hashlib.sha256(typed.strip().encode()).hexdigest()[:16]
            made.append(Mark(chapter, 0, len(typed), MarkKind.KLEIN, typed, f"klein:{digest}"))
        reading = read(typed)
        text = reading.text
        found = [
            *((m, MarkKind.GETAL) for m in _NUMBER.finditer(text) if not _allowed(m, numbers)),
            *((m, MarkKind.ANDER_GETAL) for m in _about_something_else(text, numbers, labelled)),
            *((m, MarkKind.TELWOORD) for pattern in text_words.COUNTS for m in pattern.finditer(text)),
            *((m, MarkKind.VERGELIJKING) for m in text_words.COMPARED.finditer(text)),
            *((m, MarkKind.PERSOON) for pattern in text_words.PERSONS for m in pattern.finditer(text)),
            *((m, MarkKind.MOMENT) for m in text_words.MOMENTS.finditer(text)),
            *((m, MarkKind.NAAM) for m in _names_in(bare(text), names, called)),
            *((m, MarkKind.VERBORGEN) for m in _hidden_words(hidden, rows, text)),
            *((m, MarkKind.VERBORGEN_SAMEN) for pattern in cells for m in pattern.finditer(text)),
        ]
        found.sort(key=lambda pair: (pair[0].start(), pair[0].end(), pair[1]))
        for m, kind in found:
            start, end = reading.typed(*m.span())
            words = text[slice(*m.span())].casefold()
            made.append(Mark(chapter, start, end, kind, typed[start:end], f"{kind}:{words}"))
    return tuple(made)


def unresolved(made: Iterable[Mark], accepted: Mapping[str, Mapping[str, str]]) -> tuple[Mark, ...]:
    """Return the marks that were not accepted with a reason; `accepted` maps chapter to key to reason."""
    return tuple(mark for mark in made if not accepted.get(mark.chapter, {}).get(mark.key, "").strip())


def _names_in(text: str, names: Iterable[str], called: Spoken) -> list[re.Match[str]]:
    """Return where names stand in a text without accents; of a whole name its parts are not told apart.

    A vault has thousands of names and a text few of them: only those whose letters it has in a row are looked for.
    """
    letters = _letters(text)
    asked = [(name, False) for name in {*names, *called.anyhow}] + [(name, True) for name in called.with_capital]
    patterns = (_named(name, capital) for name, capital in asked if _letters_of(name) in letters)
    found = [m for pattern in patterns for m in pattern.finditer(text)]
    spans = {m.span() for m in found}
    return [m for m in found if not _inside(m, spans - {m.span()})]


@functools.lru_cache(maxsize=4096)
def _named(name: str, capital: bool) -> re.Pattern[str]:
    """Return what finds a name in a text without accents: also cut at a line end, with hyphens, or with an s."""
    written = bare(read(name).text)
    parts = re.findall(r"\w+|[^\w\s-]", written.capitalize() if capital else written)
    letters = (r"(?:[-‐‑]\s*)?".join(map(re.escape, part)) for part in parts)
    words = r"[\W_]{0,3}".join(letters)
    if capital:
        words = rf"(?-i:{words}|{words.upper()})"
    return re.compile(rf"(?<!\w){words}(?:[’']?s)?(?!\w)" if parts else r"(?!)", re.IGNORECASE)


@functools.lru_cache(maxsize=1 << 16)
def _letters_of(name: str) -> str:
    return _letters(name if name.isascii() else bare(read(name).text))


def _letters(text: str) -> str:
    return _BESIDES_LETTERS.sub("", text).casefold()


def _whole_words(words: str, text: str, ending: str = "") -> Iterable[re.Match[str]]:
    return re.finditer(_whole(words, ending), text, re.IGNORECASE) if words.strip() else ()


def _whole(words: str, ending: str) -> str:
    return rf"(?<!\w){re.escape(read(words).text)}{ending}(?!\w)"


def _hidden_words(hidden: tuple[str, ...], rows: Iterable[str], text: str) -> list[re.Match[str]]:
    """Return where hidden labels stand, save inside a published one (intimidatie in seksuele intimidatie)."""
    published = [*rows, *(term.shown for term in taxonomy.THEMA.terms if term.shown not in hidden)]
    whole = [m.span() for name in published for m in _whole_words(name, text)]
    found = [m for name in hidden for m in _whole_words(name, text, _PLURAL)]
    forms = (text_words.FORMS[t.code] for t in taxonomy.THEMA.terms if t.shown in hidden and t.code in text_words.FORMS)
    named = [m.span() for m in found]
    found += [m for form in forms for m in form.finditer(text) if not _inside(m, named)]
    return [m for m in found if not _inside(m, whole)]


def _inside(found: re.Match[str], spans: Iterable[tuple[int, int]]) -> bool:
    return any(start <= found.start() and found.end() <= end for start, end in spans)


def _both(row: str, column: str) -> list[re.Pattern[str]]:
    """Return what finds both names of a hidden cell in one sentence, either first, also in the plural."""
    if "Onbekend" in {row, column}:
        return []
    one, other = (_whole(words, _PLURAL) for words in (row, column))
    pairs = [(one, other)] if row == column else [(one, other), (other, one)]
    return [re.compile(rf"{a}[^.!?\n]*?{b}", re.IGNORECASE) for a, b in pairs]


def _published(protected: ProtectedReport) -> frozenset[str]:
    """Return the numbers that may be repeated: statements, rows, sums, and percentages of two published counts."""
    counts = {s.minimum for s in protected.statements if s.exact}
    shares: set[str] = set()
    for table in protected.tables:
        rows = {value for _, value in table.rows if isinstance(value, int)} | {table.hidden_sum or 0, table.total}
        counts |= rows - {0}
        shares |= {percentage(value, table.total) for value in rows if table.total}
    for crossed in protected.crossed:
        shares |= _shares(crossed)
    return frozenset({str(count) for count in counts} | {f"{count:,}".replace(",", ".") for count in counts} | shares)


def _labelled(protected: ProtectedReport, units: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """Return by printed label, without capitals, the numbers and shares that the tables print for it."""
    found: dict[str, set[str]] = {}
    for table in protected.tables:
        for code, value in table.rows:
            if isinstance(value, int):
                said = {str(value), percentage(value, table.total)} if table.total else {str(value)}
                found.setdefault(label(table.dimension, code, units).casefold(), set()).update(said)
    for crossed in protected.crossed:
        for row, cells in zip(crossed.rows, crossed.cells, strict=True):
            for column, value in zip(crossed.columns, cells, strict=True):
                for dimension, key in ((crossed.down, row), (crossed.across, column)):
                    if isinstance(value, int):
                        found.setdefault(label(dimension, key, units).casefold(), set()).add(str(value))
    return {words: frozenset(said) for words, said in found.items()}


def _shares(table: CrossTable) -> set[str]:
    """Return the shares of a two-way table: of each cell in its row and in its column, where both are published."""
    pairs = [
        (value, whole)
        for cells, total in zip(table.cells, table.row_totals, strict=True)
        for value, column in zip(cells, table.column_totals, strict=True)
        for whole in (total, column)
    ]
    return {percentage(value, whole) for value, whole in pairs if isinstance(value, int) and whole}


def _about_something_else(
    text: str, numbers: frozenset[str], labelled: Mapping[str, frozenset[str]]
) -> Iterable[re.Match[str]]:
    """Yield published numbers that stand with people, or with a label for which the tables print another number."""
    for found in _NUMBER.finditer(text):
        if found.group() not in numbers:
            continue
        after = re.split(r"[.;:!?()\d\n]", text[found.end() : found.end() + _NEAR])[0]
        near = [words for words in labelled if any(_whole_words(words, after))]
        near = [words for words in near if not any(words != other and words in other for other in near)]
        if text_words.PEOPLE.match(after) or (near and not any(found.group() in labelled[words] for words in near)):
            yield found


def _allowed(found: re.Match[str], numbers: frozenset[str]) -> bool:
    """Return whether a number may be repeated, or is a year and no count of what follows."""
    if found.group() in numbers:
        return True
    return bool(_YEAR.fullmatch(found.group())) and not text_words.COUNTED.match(found.string, found.end())


def _unpublished(protected: ProtectedReport, units: Mapping[str, str]) -> tuple[str, ...]:
    """Return the labels of themes without a published number of their own, and of other codes that a table hides.

    A code that is counted together with others has no number of its own, whether the row is printed or not.
    """
    themes = dict(next((t.rows for t in protected.tables if t.dimension == "thema"), ()))
    codes = [code for code in taxonomy.THEMA.codes if code != "onbekend" and not isinstance(themes.get(code), int)]
    words = {label("thema", code) for code in codes}
    for table in protected.tables:
        if undated(table.dimension) in _NAMED_DIMENSIONS:
            each = [(named_in(table.dimension, key, units), value) for key, value in table.rows]
            hidden = {code for codes, value in each if value is None or len(codes) > 1 for code in codes}
            words |= {label(table.dimension, code, units) for code in hidden - {"onbekend"}}
    return tuple(sorted(w for w in words if w.casefold() not in text_words.EVERYDAY))


def _counted_together(protected: ProtectedReport, units: Mapping[str, str]) -> tuple[str, ...]:
    """Return the labels of printed rows that count several codes."""
    rows = ((table.dimension, key, value) for table in protected.tables for key, value in table.rows)
    return tuple(
        label(name, key, units)
        for name, key, value in rows
        if isinstance(value, int) and len(named_in(name, key, units)) > 1
    )
