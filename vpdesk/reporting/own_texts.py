"""What a report prints in the user's own words besides the findings: agreements, author, changed standard texts.

They stand with the organisation, not with a period, and are marked like the findings.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from vpdesk.domain.clients import PER, Agreed, Client
from vpdesk.domain.hours import as_hours
from vpdesk.domain.names import Spoken
from vpdesk.domain.wording import joined, long_date
from vpdesk.reporting.disclosure.result import Level, ProtectedReport
from vpdesk.reporting.report_words import NO_UNITS
from vpdesk.reporting.standard_texts import STANDARD
from vpdesk.reporting.text_marks import NOBODY, Mark, MarkKind, marks

CHAPTER: Final = "organisatie"
TITLE: Final = "Teksten van de organisatie"
WHERE: Final = (
    "Deze teksten staan ook in het verslag. Naam en afspraken wijzigt u bij Organisaties, met ‘Wijzigen’, en wie "
    "het verslag maakt hier, met ‘Opgesteld door’. Of schrijf op waarom iets mag blijven."
)
_TIME: Final = "Afgesproken tijd"
_READERS: Final = "Verslag aan"
AGREEMENTS: Final = ("Aanstelling", "Werkterrein", _TIME, "Bereikbaar", _READERS)
_MADE_BY: Final = "Opgesteld door"

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


def own_text(client: Client, texts: Mapping[str, str], author: str, level: Level) -> str:
    """Return what the report prints in the user's own words, a paragraph for each text."""
    lines = {"Organisatie": client.name, _MADE_BY: author, **written(client)}
    if level is not Level.EENRIJ:
        lines.pop(_TIME, None)
    changed = (text for key, text in texts.items() if text.strip() and text != STANDARD.get(key))
    return "\n\n".join((*(f"{name}: {words}" for name, words in lines.items()), *changed))


def own_marks(
    text: str,
    *,
    protected: ProtectedReport,
    names: Iterable[str],
    called: Spoken = NOBODY,
    units: Mapping[str, str] = NO_UNITS,
) -> tuple[Mark, ...]:
    """Return the marks of `own_text`: those of a finding, but it may say who reads it and how to get in touch.

    Nothing has to be confirmed below the threshold: these texts are the same in every report.
    """
    plain = [found.span() for pattern in _HARMLESS for found in pattern.finditer(text)]
    readers = [found.span() for pattern in (_READER, _OWN_NAMES) for found in pattern.finditer(text)]
    allowed = {MarkKind.GETAL: plain, MarkKind.ANDER_GETAL: plain, MarkKind.PERSOON: readers}
    return tuple(
        mark
        for mark in marks(
            {CHAPTER: text}, protected=protected, names=names, called=called, units=units, confirmed=False
        )
        if not any(start <= mark.start and mark.end <= end for start, end in allowed.get(mark.kind, ()))
    )
