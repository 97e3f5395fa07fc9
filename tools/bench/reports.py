"""What a tagged report costs beside the same story in bare ReportLab, and what protecting and auditing it costs."""

from __future__ import annotations

import io
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tools.bench import fixtures
from tools.bench.measure import MeasureError, Result, Samples, interleaved, timed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from vpdesk.domain.periods import Period
    from vpdesk.domain.publications import Publication
    from vpdesk.domain.report_choices import ReportChoices
    from vpdesk.domain.statements import Audience
    from vpdesk.reporting.document import Block, Document

FONTS: Final = Path(__file__).resolve().parent.parent.parent / "resources/fonts"
CHAPTERS: Final = 7
TABLE_ROWS: Final = 12
CASES: Final = (30, 100, 300)


def story() -> Document:
    """Return a document of some twenty pages: text, lists and tables, the same every time."""
    from vpdesk.reporting import document as d  # noqa: PLC0415 - loading it is part of what is measured

    language = fixtures.Language(3)

    def text(words: int) -> str:
        return language.words(words).capitalize() + "."

    def blocks() -> tuple[Block, ...]:
        made: list[Block] = []
        for _ in range(2):
            made.append(d.Heading(text(4)))
            made.extend(d.Paragraph(text(90)) for _ in range(4))
            made.append(d.BulletList(tuple(text(12) for _ in range(4))))
            rows = tuple(d.Row((text(2), 10 + row, 20 + row)) for row in range(TABLE_ROWS))
            made.append(d.Table(d.Caption("Tabel", text(4)), ("Thema", "2024", "2025"), rows))
        return tuple(made)

    chapters = tuple(
        d.Chapter(str(number), text(3), text(2), text(30), blocks(), own_page=True) for number in range(1, CHAPTERS + 1)
    )
    day = date(2026, 1, 20)
    cover = d.Cover(
        ("Jaarverslag", "vertrouwenspersoon"), "2025", "Waterveen", "heel 2025", "werkgever", "J. Smit", day
    )
    return d.Document("Jaarverslag 2025", "Jaarverslag", "J. Smit", day, "Waterveen", "werkgever", cover, chapters, "–")


def bare_flowables(document: Document) -> list[Any]:
    """Return the document as ReportLab's own flowables, one for one."""
    from reportlab.lib.styles import ParagraphStyle  # noqa: PLC0415 - loading it is part of what is measured
    from reportlab.platypus import ListFlowable, PageBreak, Paragraph, Table  # noqa: PLC0415

    from vpdesk.reporting import document as d  # noqa: PLC0415

    body = ParagraphStyle("body", fontName="Sans", fontSize=10.5, leading=15, spaceAfter=6)
    head = ParagraphStyle("head", parent=body, fontName="Sans-Bold", fontSize=14, leading=18)
    made: list[Any] = [Paragraph(document.title, head), PageBreak()]
    for chapter in document.chapters:
        made += [Paragraph(chapter.title, head), Paragraph(chapter.introduction, body)]
        for block in chapter.blocks:
            match block:
                case d.Heading():
                    made.append(Paragraph(block.text, head))
                case d.Paragraph():
                    made.append(Paragraph(block.text, body))
                case d.BulletList():
                    made.append(ListFlowable([Paragraph(item, body) for item in block.items], bulletType="bullet"))
                case d.Table():
                    made.append(Paragraph(f"{block.caption.label} {block.caption.title}", body))
                    cells = [[Paragraph(cell, body) for cell in block.header]]
                    cells += [[Paragraph(str(cell), body) for cell in row.cells] for row in block.rows]
                    made.append(Table(cells, colWidths=[240, 80, 80]))
        made.append(PageBreak())
    return made


def render_bare(document: Document) -> bytes:
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415 - loading it is part of what is measured
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415
    from reportlab.platypus import SimpleDocTemplate  # noqa: PLC0415

    pdfmetrics.registerFont(TTFont("Sans", FONTS / "SourceSans3-Regular.ttf"))
    pdfmetrics.registerFont(TTFont("Sans-Bold", FONTS / "SourceSans3-Semibold.ttf"))
    out = io.BytesIO()
    made = SimpleDocTemplate(out, title=document.title, author=document.author, pageCompression=0)  # as ours
    made.build(bare_flowables(document))
    return out.getvalue()


def render_ours(document: Document) -> bytes:
    from vpdesk.reporting import pdf  # noqa: PLC0415 - loading it is part of what is measured

    return pdf.render(document)


def _in_a_new_process(which: str) -> Callable[[], float]:
    def sample() -> float:
        finished = subprocess.run(
            [sys.executable, "-m", "tools.bench.reports", which], capture_output=True, text=True, check=False
        )
        if finished.returncode:
            raise MeasureError(f"The report ({which}) failed: {finished.stderr[-300:]}")
        return float(finished.stdout)

    return sample


def _parts() -> list[tuple[Period, Audience]]:
    from vpdesk.domain.periods import Period  # noqa: PLC0415 - only here
    from vpdesk.domain.statements import Audience  # noqa: PLC0415

    def months(first: int, last: int) -> Period:
        after = date(2025 + last // 12, last % 12 + 1, 1)
        return Period(date(2025, first, 1), after - timedelta(days=1))

    return [
        (months(1, 3), Audience.WERKGEVER),
        (months(1, 6), Audience.WERKGEVER),
        (months(4, 6), Audience.OR),
        (months(7, 9), Audience.WERKGEVER),
        (months(7, 12), Audience.OR),
    ]


def two_way_tables() -> ReportChoices:
    """Return four two-way tables, three of which hang together in a circle, with rows as a user joins them."""
    from vpdesk.domain import taxonomy  # noqa: PLC0415 - only here
    from vpdesk.domain.report_choices import ReportChoices  # noqa: PLC0415

    def themes(field: str) -> tuple[str, ...]:
        return tuple(t for t in taxonomy.THEMA.codes if taxonomy.fields_of_theme(t) == taxonomy.fields_of_theme(field))

    others = tuple(code for code in taxonomy.ROL.codes if code not in {"melder", "leidinggevende"})
    return ReportChoices(
        {
            "rol": (others,),
            "relatie": (("klant", "externe partij", "begeleider"), ("groep", "organisatie", "ondergeschikte")),
            "thema": (themes("pesten"), themes("fraude")),
        },
        (("rol", "thema"), ("rol", "werkgebied"), ("relatie", "werkgebied"), ("rol", "afloop")),
    )


def audited(folder: Path, cases: int, rounds: int, choices: ReportChoices | None = None) -> Samples:
    """Return the seconds for protecting, auditing and drawing a year of so many cases after five earlier exports.

    With `choices` the year has these; the earlier exports count the same rows, without two-way tables.
    """
    from vpdesk.domain.periods import Period  # noqa: PLC0415 - only here
    from vpdesk.domain.statements import Audience  # noqa: PLC0415
    from vpdesk.operations import practice, report_choosing, reports  # noqa: PLC0415

    name = f"{cases}-{'gekruist' if choices else 'gewoon'}"
    with practice.make_practice_vault(folder / f"kluis-{name}", now=fixtures.NOW) as vault:
        client = fixtures.year_of_cases(vault, cases, varied=choices is not None)
        if choices is not None:
            report_choosing.choose(vault, client, _parts()[0][0], replace(choices, crossed=()))
        for number, (period, audience) in enumerate(_parts()):
            reports.export_report(
                vault,
                client_id=client,
                period=period,
                audience=audience,
                out=folder / f"{name}-{number}.pdf",
                now=fixtures.NOW,
                backup_places=(),
            )
        if choices is not None:
            report_choosing.choose(vault, client, Period.year(2025), choices)
        sample = timed(
            lambda: reports.preview(
                vault,
                client_id=client,
                period=Period.year(2025),
                audience=Audience.WERKGEVER,
                today=fixtures.NOW.date(),
            )
        )
        return interleaved(rounds, {"ours": sample})["ours"]


def crooked(cases: int, rounds: int, *, crossed: bool) -> Samples:
    """Return the seconds of the child alone for a year of crooked cases after five earlier exports, every code a row.

    The cases are those of the disclosure tests: a few codes have most of them, so many cells are small, and nothing
    that hangs together is joined: the hard case.
    """
    from tests.reporting.disclosure import registry  # noqa: PLC0415 - only here
    from vpdesk.reporting.disclosure import office  # noqa: PLC0415

    facts = registry.drawn(cases, 3)
    out: tuple[Publication, ...] = ()
    for number, (period, audience) in enumerate(_parts(), start=1):
        said = registry.report(facts, period, out, audience=audience)
        out = (*out, registry.published(said, period, number, audience))
    asked = registry.request(facts, registry.YEAR, out)
    asked = replace(asked, choices=replace(two_way_tables(), grouped={})) if crossed else asked

    def with_tables() -> None:
        if not office.protected(asked).tables:
            raise RuntimeError("the hard case has no table any more, so that its time says nothing")

    return interleaved(rounds, {"ours": timed(with_tables)})["ours"]


def rows(rounds: int, folder: Path) -> Iterator[Result]:
    """Yield what reports cost."""
    taken = interleaved(rounds, {"ours": _in_a_new_process("ours"), "bare": _in_a_new_process("bare")})
    yield Result("tagged 20-page report ÷ the same in bare ReportLab", 1.0, "×", taken["ours"], taken["bare"])
    note = "five earlier exports; with the preview's PDF"
    for cases in CASES:
        yield Result(f"protecting and auditing {cases} cases", 3.0, "s", audited(folder, cases, rounds), None, note)
    note = "five earlier exports; with the preview's PDF; rows joined as a user joins them"
    for cases in CASES:
        seconds = audited(folder, cases, rounds, two_way_tables())
        yield Result(f"{cases} cases with four two-way tables", 20.0, "s", seconds, None, note)
    note = "five earlier exports; the child alone; no rows joined"
    seconds = crooked(CASES[-1], rounds, crossed=False)
    yield Result(f"protecting and auditing {CASES[-1]} crooked cases", 3.0, "s", seconds, None, note)
    seconds = crooked(CASES[-1], rounds, crossed=True)
    yield Result(f"{CASES[-1]} crooked cases with four two-way tables", 20.0, "s", seconds, None, note)


def main() -> int:
    document = story()
    render = render_ours if sys.argv[1] == "ours" else render_bare
    begin = time.perf_counter()
    content = render(document)
    print(time.perf_counter() - begin)
    if len(sys.argv) > 2:  # noqa: PLR2004 - a third word is where to keep the file, to look at
        Path(sys.argv[2]).write_bytes(content)
    return 0


if __name__ == "__main__":
    sys.exit(main())
