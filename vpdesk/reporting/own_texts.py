"""What a report prints in the user's own words besides the findings: names, agreements, author, changed standard texts.

They stand with the organisation, not with a period, and are marked like the findings. The names of the organisation
(also in the title), of its units and of the author may name what they are names of, and nothing more.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from vpdesk.domain.clients import PER, Agreed, Client
from vpdesk.domain.hours import as_hours
from vpdesk.domain.names import Spoken, is_function, is_particle
from vpdesk.domain.report_choices import codes_of
from vpdesk.domain.statements import undated
from vpdesk.domain.wording import joined, long_date
from vpdesk.reporting.disclosure.result import Level, ProtectedReport
from vpdesk.reporting.report_words import NO_UNITS
from vpdesk.reporting.standard_texts import STANDARD
from vpdesk.reporting.text_marks import NOBODY, Mark, MarkKind, marks

CHAPTER: Final = "organisatie"
TITLE: Final = "Teksten van de organisatie"
WHERE: Final = (
    "Deze teksten staan ook in het verslag. Naam, onderdelen en afspraken wijzigt u bij Organisaties, wie het verslag "
    "maakt en wat er altijd in staat hier, met de knoppen hieronder. Of schrijf op waarom iets mag blijven."
)
_TIME: Final = "Afgesproken tijd"
_READERS: Final = "Verslag aan"
AGREEMENTS: Final = ("Aanstelling", "Werkterrein", _TIME, "Bereikbaar", _READERS)
_MADE_BY: Final = "Opgesteld door"
_CLIENT: Final = "Organisatie"
_UNIT: Final = "Onderdeel"

_HARMLESS: Final = (
    re.compile(r"(?<![\d\w])(?:\+\d{2}|0)[\d ()-]{8,18}\d(?![\d\w])"),  # a telephone number
    re.compile(r"\S+@\S+\.\w+"),
    re.compile(r"\b\d{1,2}(?:[.:]\d\d)?(?:\s*(?:tot|en|-|–)\s*\d{1,2}(?:[.:]\d\d)?)?\s+uur(?!\s+(?:aan|voor|over)\b)"),
    re.compile(r"\b\d+\s+(?:uur|uren|dagen|dagdelen)\s+per\s+(?:jaar|maand|week|kwartaal)\b", re.IGNORECASE),
)
_READER: Final = re.compile(
    r"^Verslag aan: (?:(?:de|het|een) )?[\w-]+(?:(?:,| en| en aan|, aan) (?:(?:de|het|een) )?[\w-]+)*\.?$",
    re.IGNORECASE | re.MULTILINE,
)

_OWN_NAMES: Final = re.compile(r"^(?:Organisatie|Opgesteld door): [^,\n]*", re.MULTILINE)
_FIELDS: Final = re.compile(r"^(?:Werkterrein|Aanstelling|Opgesteld door): .*", re.MULTILINE)
_FIELD: Final = re.compile(r"(?:ongewenste\s+)?omgangsvormen|integriteit", re.IGNORECASE)
_ORGANISATION: Final = re.compile(rf"^{_CLIENT}: (.*)$", re.MULTILINE)
_AUTHOR: Final = re.compile(rf"^{_MADE_BY}: (.*)$", re.MULTILINE)
_ROLE: Final = re.compile(
    r"[\s,;:()–-]*(?:(?:de|een|uw|extern|intern|gecertificeerd|geregistreerd|onafhankelijk|lvv)e?[\s-]+)*"
    r"vertrouwens(?:persoon|personen)(?:\s+(?:ongewenste\s+omgangsvormen|integriteit|en|bij|voor|namens|van(?!\s*\d)))*"
    r"(?![\w-])[\s,;:()–-]*",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"[\w.’'&-]+")
_BESIDE_A_NAME: Final = re.compile(
    r"(?<!\w)(?:na|sinds|wegens|vanwege|tijdens|rond|tegen|zonder|over|door|ontslag\w*|geschorst|schorsing|vertrek|"
    r"klachten?|melding(?:en)?|incident(?:en)?|casus(?:sen)?|aangiftes?|onderzoek naar|[\w-]*(?:zaak|geval))(?!\w)",
    re.IGNORECASE,
)
_NUMBERED: Final = re.compile(
    r"\b(?:team|locatie|afdeling|groep|unit|gebouw|wijk|etage|verdieping|vestiging|ploeg|sectie|klas|bouw|fase)\s+\d{1,3}\b"
    r"|^(?:team|afdeling|sectie|vestiging|faculteit)\s+[A-Z]\w*",
    re.IGNORECASE,
)


def agreed(client: Client) -> dict[str, str]:
    """Return the agreements of a client that a report prints, by name: as filled in, or as the user worded them."""
    kept = client.agreed
    found = {"Aanstelling": f"{client.appointment} vertrouwenspersoon{_since(kept)}", "Werkterrein": _field(kept)}
    if kept.minutes:
        found[_TIME] = f"{as_hours(kept.minutes)} uur {PER[kept.per]}"
    return found | written(client)


def _since(kept: Agreed) -> str:
    if kept.since is not None and kept.until is not None:
        return f", van {long_date(kept.since)} tot en met {long_date(kept.until)}"
    if kept.until is not None:
        return f", tot en met {long_date(kept.until)}"
    return "" if kept.since is None else f", sinds {long_date(kept.since)}"


def _field(kept: Agreed) -> str:
    behaviour = not kept.fields or {"vpoo", "vpioo"} & set(kept.fields)
    integrity = not kept.fields or {"vpi", "vpioo"} & set(kept.fields)
    return joined([*(["ongewenste omgangsvormen"] if behaviour else []), *(["integriteit"] if integrity else [])])


def written(client: Client) -> dict[str, str]:
    """Return the agreements that a report prints in the user's own words."""
    found: dict[str, str] = {}
    if recipients := " ".join(client.agreed.recipients.split()):
        found[_READERS] = recipients
    for line in client.agreements.splitlines():
        name, colon, words = line.partition(":")
        if colon and name.strip() in AGREEMENTS and words.strip():
            found[name.strip()] = words.strip()
    return found


def own_text(
    client: Client, texts: Mapping[str, str], author: str, level: Level, units_printed: Iterable[str] = ()
) -> str:
    """Return what the report prints in the user's own words, a paragraph for each text; the units stand at the end."""
    lines = {_CLIENT: client.name, _MADE_BY: author, **written(client)}
    if level is not Level.EENRIJ:
        lines.pop(_TIME, None)
    changed = (text for key, text in texts.items() if text.strip() and text != STANDARD.get(key))
    return "\n\n".join((*(f"{name}: {words}" for name, words in lines.items()), *changed, *_named(units_printed)))


def units_printed(protected: ProtectedReport, units: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names of the units that its tables print."""
    keys = [key for table in protected.tables if _of_units(table.dimension) for key, _ in table.rows]
    for crossed in protected.crossed:
        keys += [
            *(crossed.rows if _of_units(crossed.down) else ()),
            *(crossed.columns if _of_units(crossed.across) else ()),
        ]
    return tuple(dict.fromkeys(units[code] for key in keys for code in codes_of(key) if units.get(code)))


def own_marks(
    text: str,
    *,
    protected: ProtectedReport,
    names: Iterable[str],
    called: Spoken = NOBODY,
    units: Mapping[str, str] = NO_UNITS,
) -> tuple[Mark, ...]:
    """Return the marks of `own_text`: of a finding, but it may say who reads it, and how and where to get in touch.

    Nothing has to be confirmed below the threshold: these texts are the same in every report.
    """
    names_of_units = "".join(f"\n\n{line}" for line in _named(units_printed(protected, units)))
    said = text.removesuffix(names_of_units)
    plain = _spans(said, _HARMLESS)
    fields = [
        (line.start() + found.start(), line.start() + found.end())
        for line in _FIELDS.finditer(said)
        for found in _FIELD.finditer(line.group())
    ]
    allowed = {
        MarkKind.GETAL: plain,
        MarkKind.ANDER_GETAL: plain,
        MarkKind.PERSOON: _spans(said, (_READER, _OWN_NAMES)),
        MarkKind.VERBORGEN: fields,
    }
    made = marks({CHAPTER: said}, protected=protected, names=names, called=called, units=units, confirmed=False)
    own = [mark for mark in made if mark.kind is not MarkKind.PLAATS and not _allowed(mark, allowed)]
    own += [_beside_a_name(said, start, end) for start, end in _more_than_names(said)]
    tail = names_of_units if len(said) < len(text) else ""
    return tuple(sorted((*own, *_unit_marks(tail, len(said), protected, called)), key=lambda mark: mark.start))


def _unit_marks(text: str, at: int, protected: ProtectedReport, called: Spoken) -> Iterable[Mark]:
    """Yield the marks of the names of units, as if none of them were known: each may stand for itself."""
    elsewhere = replace(
        protected,
        tables=tuple(table for table in protected.tables if not _of_units(table.dimension)),
        crossed=tuple(c for c in protected.crossed if not _of_units(c.down) and not _of_units(c.across)),
    )
    line = len(f"{_UNIT}: ")
    for found in re.finditer(rf"^{_UNIT}: (.*)$", text, re.MULTILINE):
        name = found.group(1)
        plain = _spans(name, (_NUMBERED,))
        allowed = {MarkKind.GETAL: plain, MarkKind.ANDER_GETAL: plain, MarkKind.PERSOON: plain}
        for mark in marks({CHAPTER: name}, protected=elsewhere, names=(), called=called, confirmed=False):
            if mark.kind is not MarkKind.PLAATS and not _allowed(mark, allowed):
                start = at + found.start() + line
                yield replace(mark, start=mark.start + start, end=mark.end + start)


def _more_than_names(text: str) -> Iterable[tuple[int, int]]:
    """Yield what stands with the name of the organisation or of the author and is no name."""
    for line in _ORGANISATION.finditer(text):
        name, at = line.group(1), line.start(1)
        words = [found.span() for found in _WORD.finditer(name) if is_function(found.group().strip(".’'&-"))]
        spans = sorted({*words, *(found.span() for found in _BESIDE_A_NAME.finditer(name))})
        joined: list[tuple[int, int]] = []
        for start, end in spans:
            goes_on = joined and not name[joined[-1][1] : start].strip()
            joined.append((joined.pop()[0] if goes_on else start, end))
        yield from ((at + start, at + end) for start, end in joined)
    for line in _AUTHOR.finditer(text):
        rest = _after_name(line.group(1))
        if rest < len(line.group(1)):
            yield line.start(1) + rest, line.end(1)


def _after_name(author: str) -> int:
    """Return where the line of an author goes on after a name, the role and a name of an office."""
    at = _past_words(author, 0)
    role = _ROLE.match(author, at) or _ROLE.match(author)
    at = max(at, role.end()) if role else at
    comma = re.compile(r"\s*[,–(-]\s*").match(author, at)
    more = _past_words(author, comma.end() if comma else at)
    at = more if more > (comma.end() if comma else at) else at
    while at < len(author) and author[at] in " .,)":
        at += 1
    return at


def _past_words(author: str, at: int) -> int:
    """Return where the words with a capital, and what stands between them in a name, end."""
    end = past = at
    for found in _WORD.finditer(author, at):
        word = found.group()
        named = word[:1].isupper() and not is_function(word.strip("."))
        if author[past : found.start()].strip() or not (named or is_particle(word)):
            break
        past = found.end()
        if named:
            end = past
    return end


def _beside_a_name(text: str, start: int, end: int) -> Mark:
    """Return the mark of what is more than a name; the reason for it holds while it stays as it is."""
    found = text[start:end]
    return Mark(CHAPTER, start, end, MarkKind.NAAM_EN_MEER, found, f"{MarkKind.NAAM_EN_MEER}:{found.casefold()}")


def _allowed(mark: Mark, allowed: Mapping[MarkKind, Iterable[tuple[int, int]]]) -> bool:
    return any(start <= mark.start and mark.end <= end for start, end in allowed.get(mark.kind, ()))


def _spans(text: str, patterns: Iterable[re.Pattern[str]]) -> list[tuple[int, int]]:
    return [found.span() for pattern in patterns for found in pattern.finditer(text)]


def _named(units: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"{_UNIT}: {name}" for name in units)


def _of_units(dimension: str) -> bool:
    return undated(dimension) == "onderdeel"
