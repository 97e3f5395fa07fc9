"""The pictures of Trends: as the vault counts, as a report said it, and an organisation with few cases."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from vpdesk.domain.periods import Period
from vpdesk.domain.report_work import WorkPart
from vpdesk.domain.statements import Audience
from vpdesk.operations import clients, ledger, report_work, reports
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import PageName, Place
from vpdesk.ui.pages.report_work import WorkDialog
from vpdesk.ui.pages.trends import TrendsPage
from vpdesk.ui.widgets.cards import Scroll

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from tools.screens import Studio
    from vpdesk.domain.clients import Client
    from vpdesk.operations.vaults import Vault
    from vpdesk.ui.desk import Desk


def trend_screens(studio: Studio, desk: Desk) -> Iterator[str]:
    """Walk through the screens of the page; the report that goes out for them is taken out of the audit again."""
    known: list[Client] = []
    run, year = studio.worker.run, Period.year(desk.context.clock().year - 1)
    run(clients.clients, known.extend, desk.show_failure)
    studio.settle()
    desk.navigate(Place(PageName.TRENDS))
    studio.settle()
    page = desk.page
    if not isinstance(page, TrendsPage):
        raise TypeError("The page is Trends.")
    yield "09-trends"
    bar = page.findChildren(Scroll)[0].verticalScrollBar()
    bar.setValue(bar.maximum())
    yield "09-trends-onder"
    bar.setValue(0)
    with tempfile.TemporaryDirectory() as home:
        export = partial(_export, client=known[0], year=year, out=Path(home) / "v.pdf", now=desk.context.clock())
        run(export, lambda _done: desk.changes.tell(Topic.REPORTS), desk.show_failure)
        studio.settle()
    page.switch.setChecked(True)
    page.switch.setFocus()
    yield "09-trends-naar-buiten"
    bar.setValue(bar.maximum())
    yield "09-trends-naar-buiten-onder"
    page.switch.setChecked(False)
    bar.setValue(0)
    if len(known) > 1:
        page.by_client.set_value(known[1].id)
        page.refresh()
        yield "09-trends-weinig"
    run(partial(_take_back, client=known[0]), lambda _done: desk.changes.tell(Topic.REPORTS), desk.show_failure)
    studio.settle()
    chosen = WorkDialog(desk.context, desk, known[0].id, frozenset({WorkPart.VOORLICHTING, WorkPart.ADVIES}), _nothing)
    yield from studio.shown(chosen, "09-jaarverslag-werkzaamheden")
    chosen.reject()


def _nothing() -> None:
    """Follow a choice with nothing."""


def _export(vault: Vault, *, client: Client, year: Period, out: Path, now: datetime) -> None:
    report_work.choose_work(vault, client.id, WorkPart)
    reports.export_report(
        vault, client_id=client.id, period=year, audience=Audience.WERKGEVER, out=out, now=now, backup_places=()
    )


def _take_back(vault: Vault, *, client: Client) -> None:
    report_work.choose_work(vault, client.id, ())
    for publication in reports.publications(vault, client.id):
        ledger.never_sent(vault, publication.id, reason="Alleen voor een beeld van het scherm.")
