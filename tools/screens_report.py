"""The pictures of what is chosen for a report: chapters, logo, a text of the year before, and the letter with it."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING, Final

from vpdesk.domain.ids import PublicationId
from vpdesk.domain.publications import Publication
from vpdesk.operations import reports
from vpdesk.ui.models import report_periods
from vpdesk.ui.pages.report_letter import LetterDialog
from vpdesk.ui.pages.report_logo import LogoDialog
from vpdesk.ui.pages.report_skipping import ChaptersDialog
from vpdesk.ui.widgets.cards import Scroll

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tools.screens import Studio
    from vpdesk.ui.pages.report import ReportPage

AGAIN: Final = "Wie geen computer op het werk heeft, vindt de vertrouwenspersoon niet snel."


def report_screens(studio: Studio, page: ReportPage) -> Iterator[str]:
    """Show each of them."""
    page.skipping.click()
    studio.settle()
    chapters = page.findChildren(ChaptersDialog)[0]
    yield from studio.shown(chapters, "09-jaarverslag-hoofdstukken")
    chapters.reject()
    yield from _logo(studio, page)
    yield from _again(studio, page)
    yield from _letter(studio, page)


def _logo(studio: Studio, page: ReportPage) -> Iterator[str]:
    page.chapters.choose("organisatie")
    studio.settle()
    page.findings.logo.click()
    studio.settle()
    dialog = page.findChildren(LogoDialog)[0]
    dialog._read(_waves())  # noqa: SLF001 - as if it came from a file
    yield from studio.shown(dialog, "09-jaarverslag-logo")
    dialog.reject()


def _again(studio: Studio, page: ReportPage) -> Iterator[str]:
    client, period = page.client_id, page.period
    if client is None or period is None:
        raise TypeError("The page shows a report.")
    before = report_periods.year_before(period)
    studio.worker.run(
        lambda vault: reports.save_finding(vault, client_id=client, period=before, chapter="vindbaarheid", text=AGAIN),
        lambda _: None,
        studio._failed,  # noqa: SLF001 - as its own pictures do
    )
    page.choose(before)
    page.choose(period)
    studio.settle()
    page.chapters.choose("vindbaarheid")
    page.findings.put_text(AGAIN)
    page.findings.flush()
    studio.settle()
    page.findChildren(Scroll)[0].ensureWidgetVisible(page.findings)
    yield "09-jaarverslag-zelfde-tekst"
    page.findings.put_text("")
    page.findings.flush()
    studio.settle()


def _letter(studio: Studio, page: ReportPage) -> Iterator[str]:
    if page.prepared is None:
        raise TypeError("The page shows a report.")
    gathered, protected = page.prepared.gathered, page.prepared.protected
    report = Publication(
        PublicationId(0),
        gathered.client.id,
        gathered.period,
        gathered.audience,
        page.context.clock(),
        protected.threshold,
        protected.statements,
        protected.pattern,
        "",
        page.prepared.pdf,
        page.prepared.title,
        gathered.author,
    )
    dialog = LetterDialog(page, report, [report])
    yield from studio.shown(dialog, "09-uitgegeven-brief")
    dialog.reject()


def _waves() -> bytes:
    """Return an invented logo: three bands."""
    width, height = 360, 150
    bands = (b"\x1b\x6c\x8f", b"\xff\xff\xff", b"\xd9\x7b\x1e")
    rows = b"".join(b"\x00" + b"".join(bands[((x + 2 * y) // 50) % 3] for x in range(width)) for y in range(height))
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        for kind, content in parts
    )
