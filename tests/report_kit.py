"""Protected reports made by hand, and documents of them: what the tests of content and drawing share."""

from __future__ import annotations

import struct
import zlib
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from vpdesk.domain import taxonomy
from vpdesk.domain.clients import Client
from vpdesk.domain.ids import ActivityId, ClientId
from vpdesk.domain.periods import Period
from vpdesk.domain.report_chapters import NOTHING
from vpdesk.domain.report_choices import key_of
from vpdesk.domain.report_work import NO_WORK, Work, WorkPart, work_told
from vpdesk.domain.statements import Audience, Box, Of, Statement
from vpdesk.domain.worklog import Activity, FollowUp, FollowUpState
from vpdesk.reporting.annual_report import annual_report
from vpdesk.reporting.disclosure.result import CrossTable
from vpdesk.reporting.pictures import picture
from vpdesk.reporting.standard_texts import STANDARD
from vpdesk.reporting.statements import Level, ProtectedReport, ProtectedTable
from vpdesk.reporting.trends import YearSaid

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from vpdesk.domain.report_chapters import Skipped
    from vpdesk.reporting.document import Document, Picture

YEAR: Final = Period.year(2025)
TODAY: Final = date(2026, 1, 29)
PHASE: Final = "fase@2025-12-31"
OUTCOME: Final = "afloop@2025-12-31"
PHASES: Final = ("voorfase", "meldingsfase", "nafase", "onbekend")
AUTHOR: Final = "Joris Hamelink, intern vertrouwenspersoon"

CLIENT: Final = Client(
    ClientId(1),
    "Gemeente Oosterlee",
    "intern",
    5,
    1,
    "",
    "Bereikbaar: op werkdagen, en ’s avonds op afspraak\nAfgesproken tijd: 100 uur per jaar\nZomaar een regel",
)

FINDINGS: Final = {
    "themas": "In gesprekken helpt het als iemand vroeg hardop zegt: zo gaan wij hier niet met elkaar om.",
    "voorlichting": "- Voorgesteld bij de bijeenkomst voor al het personeel.\n- Een stuk in de nieuwsbrief.",
    "route": "De regeling staat op intranet. Wie haar niet kent, vindt haar niet snel.",
    "toegankelijkheid": "De vertrouwenspersoon is te bereiken per telefoon en e-mail.",
    "signalen": "Ik zag dat roosters spanning geven.",
    "advies": "Ik dacht mee over de gedragscode.",
    "vindbaarheid": "Het nummer staat op de kaart in iedere dienstauto.",
    "kort": "Uitleg helpt.",
    "aandachtspunten": (
        "Een overzicht van alle wegen\nZet op een bladzijde bij elkaar waar men terechtkan.\nAan zet: de directie\n\n"
        "Een los punt zonder wie er aan zet is."
    ),
}


def table(dimension: str, codes: Iterable[str], shown: Mapping[str, int | str], total: int) -> ProtectedTable:
    """Return a table in which every code that is not shown is hidden."""
    rows = tuple((code, shown.get(code)) for code in codes)
    left = total - sum(value for value in shown.values() if isinstance(value, int))
    hidden = left if any(value is None for _, value in rows) else None
    return ProtectedTable(dimension, rows, hidden, total)  # type: ignore[arg-type] # `nvt` is a plain str here


def eighteen() -> tuple[ProtectedTable, ...]:
    """Return the tables of a year with 18 cases."""
    return (
        table("thema", taxonomy.THEMA.codes, {"intimidatie": 6, "arbeidsconflict": 5}, 18),
        table("rol", taxonomy.ROL.codes, {"melder": 11}, 18),
        table("relatie", taxonomy.RELATIE.codes, {"leidinggevende": 8}, 18),
        table(PHASE, PHASES, {"voorfase": 12}, 18),
        table(OUTCOME, taxonomy.OUTCOMES_IN_REPORTS, {"informeel opgelost": 5, "geen actie gewenst": 6}, 18),
    )


def sixty_two() -> tuple[ProtectedTable, ...]:
    """Return the tables of a year with 62 cases, the phases all published."""
    themes = {
        "pesten": 11,
        "intimidatie": 12,
        "seksuele intimidatie": 6,
        "agressie en geweld": 7,
        "arbeidsconflict": 14,
    }
    fields = {"ongewenste omgangsvormen": 30, "integriteit": 12, "beide": 8, "buiten werkterrein": 7, "onbekend": 5}
    return (
        table("thema", taxonomy.THEMA.codes, themes, 62),
        table("werkgebied", taxonomy.WERKGEBIED.codes, fields, 62),
        table("rol", taxonomy.ROL.codes, {"melder": 41, "leidinggevende": 10}, 62),
        table("relatie", taxonomy.RELATIE.codes, {"leidinggevende": 18, "collega": 22}, 62),
        table(PHASE, PHASES[:3], {"voorfase": 45, "meldingsfase": 8, "nafase": 9}, 62),
        table(OUTCOME, taxonomy.OUTCOMES_IN_REPORTS, {"gedrag gestopt": 8, "loopt nog": 11}, 62),
        table("verbonden", taxonomy.VERBONDEN.codes, {"medewerker": 50}, 62),
        table("gevonden_via", taxonomy.GEVONDEN_VIA.codes, {"intranet": 19, "collega": 12}, 62),
    )


def protected(
    level: Level,
    total: int | tuple[int, int] | None = None,
    tables: tuple[ProtectedTable, ...] = (),
    *,
    talks: int | None = None,
    minutes: int | None = None,
    crossed: tuple[CrossTable, ...] = (),
    threshold: int = 5,
    period: Period = YEAR,
) -> ProtectedReport:
    """Return a protected report; `talks` and `minutes` are known to the nearest 5."""
    low, high = total if isinstance(total, tuple) else (total or 0, total or 0)
    counted = None if total is None else Statement(Of.CASES, Box(), period, low, high)
    said = () if counted is None else (counted,)
    if talks is not None:
        said = (*said, Statement(Of.TALKS, Box(), period, talks - 2, talks + 2))
    if minutes is not None:
        said = (*said, Statement(Of.MINUTES, Box(), period, minutes - 2, minutes + 2))
    return ProtectedReport(level, said, tables, counted, (), (), (), audited=True, threshold=threshold, crossed=crossed)


def a_logo(width: int = 300, height: int = 120) -> Picture:
    """Return a logo as the vault keeps it: a dark field with a light corner, of so many pixels."""
    dark, light = b"\x20\x50\x60", b"\xe0\xb0\x20"
    rows = [
        dark * (width - width // 4) + light * (width // 4) if n < height // 2 else dark * width for n in range(height)
    ]
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"".join(b"\x00" + row for row in rows))),
        (b"IEND", b""),
    )
    png = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        for kind, content in chunks
    )
    return picture(png, "Logo van Gemeente Oosterlee")


def document(
    report: ProtectedReport,
    *,
    client: Client = CLIENT,
    period: Period = YEAR,
    audience: Audience = Audience.WERKGEVER,
    findings: Mapping[str, str] = FINDINGS,
    author: str = AUTHOR,
    earlier: tuple[YearSaid, ...] = (),
    skipped: Skipped = NOTHING,
    logo: Picture | None = None,
    work: Work = NO_WORK,
) -> Document:
    """Return the document of a protected report with the standard texts."""
    return annual_report(
        report,
        client=client,
        period=period,
        audience=audience,
        texts=STANDARD,
        findings=findings,
        author=author,
        today=TODAY,
        earlier=earlier,
        skipped=skipped,
        logo=logo,
        work=work,
    )


LOG: Final = (
    ("2025-02-06", "voorlichting", 90, "Kennismaking nieuwe medewerkers", 24, None),
    ("2025-04-10", "voorlichting", 60, "Training voor leidinggevenden", 31, None),
    ("2025-05-12", "introductie", 60, "kennismaking nieuwe medewerkers", 14, None),
    ("2025-06-12", "artikel", 240, "", None, None),
    ("2025-03-25", "overleg directie", 60, "Halfjaargesprek", None, None),
    ("2025-05-15", "overleg or", 60, "", None, None),
    ("2025-09-15", "overleg or", 90, "", None, None),
    ("2025-07-01", "signaal", 120, "Roosters", None, None),
    ("2025-08-01", "gevraagd advies", 180, "De gedragscode", None, FollowUp(FollowUpState.DONE, date(2025, 11, 3))),
    (
        "2025-09-22", "ongevraagd advies", 120, "De meldregeling", None,
        FollowUp(FollowUpState.BUSY, date(2025, 12, 1), "De OR kijkt ernaar"),
    ),
    ("2025-01-20", "intervisie", 120, "", None, None),
    ("2025-10-20", "bijscholing", 480, "Wet bescherming klokkenluiders", None, None),
    ("2025-03-03", "voorbereiding", 6000, "Voorbereiden", None, None),
    ("2025-03-03", "collegiaal overleg", 6000, "Met een collega", None, None),
    ("2025-03-03", "reistijd", 6000, "Reizen", None, None),
    ("2024-11-03", "gevraagd advies", 90, "De klachtenregeling", None, FollowUp(FollowUpState.PARTLY, date(2025, 2, 1))),
    ("2024-06-03", "signaal", 90, "Werkdruk", None, None),
)  # fmt: skip
"""Day, task, minutes, title, reached, follow-up: what is about people who came too."""


def log(rows: Iterable[tuple[str, str, int, str, int | None, FollowUp | None]] = LOG) -> tuple[Activity, ...]:
    """Return a work log of the client."""
    return tuple(
        Activity(
            ActivityId(n), date.fromisoformat(day), task, minutes, title, CLIENT.id, reached=reached, follow_up=heard
        )
        for n, (day, task, minutes, title, reached, heard) in enumerate(rows, 1)
    )


def worked(*parts: WorkPart, rows: tuple[Activity, ...] | None = None) -> Work:
    """Return what a report tells of the log; of every part when none is named."""
    return work_told(frozenset(parts or WorkPart), log() if rows is None else rows, YEAR, since=date(2024, 1, 1))


def beside_each_other() -> CrossTable:
    """Return a two-way table of a year with 82 cases."""
    others = key_of(("ondergeschikte", "klant", "organisatie", "onbekend"))
    return CrossTable(
        "relatie", "werkgebied", ("leidinggevende", "collega", others), taxonomy.WERKGEBIED.codes,
        ((12, 5, None, 7, None), (14, None, None, None, 6), (10, None, None, None, None)),
        (28, 26, None), (36, 12, 8, 14, 12), 82,
    )  # fmt: skip


def four_years() -> tuple[YearSaid, ...]:
    """Return what was said of the four years before: each theme in some of them."""
    said = {
        "2021": (34, {"pesten": 6, "intimidatie": 8, "arbeidsconflict": 9}),
        "2022": (41, {"pesten": 7, "intimidatie": 9, "agressie en geweld": 6, "arbeidsconflict": 10}),
        "2023": (47, {"intimidatie": 11, "seksuele intimidatie": 5, "agressie en geweld": 6, "arbeidsconflict": 12}),
        "2024": (55, {"pesten": 9, "intimidatie": 10, "agressie en geweld": 8, "arbeidsconflict": 15}),
    }
    return tuple(YearSaid(year, total, themes) for year, (total, themes) in said.items())


def editions() -> dict[str, Document]:
    """Return one document of each kind, as golden files keep them."""
    return {
        "laag": document(protected(Level.GEEN_GETALLEN)),
        "totaal": document(protected(Level.TOTAAL, 7), audience=Audience.OPENBAAR),
        "eenrij": document(protected(Level.EENRIJ, 18, eighteen(), talks=40), audience=Audience.OR),
        "veel": document(protected(Level.EENRIJ, 62, sixty_two(), talks=150)),
        "jaren": document(protected(Level.EENRIJ, 62, sixty_two(), talks=150), earlier=four_years()),
        "kruistabel": document(protected(Level.EENRIJ, 62, sixty_two(), talks=150, crossed=(beside_each_other(),))),
        "lang": stretched(),
        "werk": document(protected(Level.EENRIJ, 62, sixty_two(), talks=150, minutes=11160), work=worked()),
        "werk-totaal": document(protected(Level.TOTAAL, 7), work=worked()),
        "werk-laag": document(protected(Level.GEEN_GETALLEN), work=worked()),
    }


LONG: Final = "\n\n".join(
    "Mensen zoeken pas hulp als zij weten dat die er is en dat bellen kan." * 12 for _ in range(9)
)
LONG_NAME: Final = "Stichting Samenwerkende Zorgaanbieders voor Ouderen en Gehandicapten in de Noordelijke Delta"


def stretched() -> Document:
    """Return a report of forty units, long names and pages of findings."""
    units = tuple(
        f"Afdeling {n} met een naam die over meer regels loopt dan een" if n % 7 == 0 else f"Team {n}"
        for n in range(40)
    )
    by_unit = table("onderdeel", (*units, "onbekend"), dict.fromkeys(units[::2], 20), 430)
    texts = {
        **FINDINGS,
        "themas": LONG,
        "vindbaarheid": LONG,
        "advies": f"{LONG}\n\n- een punt",
        "kort": LONG[:900],
    }
    return document(
        protected(Level.EENRIJ, 62, (*sixty_two(), by_unit)),
        client=replace(CLIENT, name=LONG_NAME),
        findings=texts,
        author="Joris Hamelink, Aafke van der Wielen, Mirjam Okafor-De Groot, Selma Yıldız en Noor el Amrani",
    )
