"""The pictures of keeping and destroying: the list, each standing, empty, its forms, the card and the case."""

from __future__ import annotations

import tempfile
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from vpdesk.domain.retention import HoldKind, Standing
from vpdesk.domain.rows import CaseFilter
from vpdesk.operations import attachments, cases, retention
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import PageName, Place
from vpdesk.ui.pages.attachment_dialogs import ExportDialog, StoreDialog
from vpdesk.ui.pages.attachment_view import AttachmentView
from vpdesk.ui.pages.case import CasePage
from vpdesk.ui.pages.case_dialogs import CloseDialog
from vpdesk.ui.pages.clients import ClientsPage
from vpdesk.ui.pages.retention import RetentionPage
from vpdesk.ui.pages.retention_dialogs import HoldDialog, KeepDialog, LiftDialog, TermsDialog
from vpdesk.ui.widgets.cards import Scroll

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tools.screens import Studio
    from vpdesk.domain.attachments import Attachment
    from vpdesk.domain.ids import CaseId
    from vpdesk.operations.retention import Held
    from vpdesk.operations.vaults import Vault
    from vpdesk.ui.desk import Desk

STORED: Final = date(2025, 11, 14)
_LONG = (
    "De rechtbank heeft de zaak aangehouden tot de deskundige klaar is; de gemachtigde vraagt om alles te bewaren wat "
    "over de periode van maart tot en met oktober gaat, ook wat eerder niet van belang leek"
)


def retention_screens(studio: Studio, desk: Desk) -> Iterator[str]:
    """Walk through the screens; at each name the window shows it."""
    desk.navigate(Place(PageName.BEWAREN))
    studio.settle()
    page = desk.page
    if not isinstance(page, RetentionPage):
        raise TypeError("The page is the list of decisions.")
    yield "18-bewaren"
    for place, row in enumerate(page.model.rows()):
        if row.pseudonym in {"Lantaarn", "Waterlelie"}:
            page.table.choose_row(place)
            yield f"18-bewaren-{'bewaarstop' if row.holds else 'wacht'}"
    page.table.choose_row(0)
    studio.settle()
    yield from _forms(studio, desk, page)
    page.which.set_value(Standing.LANGER)
    page.model.reload()
    yield "18-bewaren-leeg"
    page.show_all.click()
    studio.settle()
    number = next(row.case for row in page.model.rows() if row.pseudonym == "Sluis" and row.case is not None)
    desk.navigate(Place(PageName.CASUS, case=number))
    yield "05-casus-bewaarstop"
    yield from _attachments(studio, desk, number)
    yield from _client(studio, desk)


def _attachments(studio: Studio, desk: Desk, number: CaseId) -> Iterator[str]:
    page = desk.page
    if not isinstance(page, CasePage):
        raise TypeError("The page is a case.")
    with tempfile.TemporaryDirectory() as folder:
        for name, content in (
            ("Verslag van het gesprek over het contract.txt", b"Op 4 november zei men dat het contract afloopt.\n" * 9),
            ("scan.pdf", b"%PDF-1.4 zonder inhoud"),
        ):
            path = Path(folder) / name
            path.write_bytes(content)
            studio.worker.run(
                partial(_store, case=number, path=path),
                lambda _: desk.changes.tell(Topic.ATTACHMENTS),
                desk.show_failure,
            )
        studio.settle()
    card = page.attachments
    scroll = page.findChildren(Scroll)[0]
    scroll.ensureWidgetVisible(card, 0, 0)
    card.add.setFocus()
    yield "05-casus-bijlagen"
    form = StoreDialog(desk.context, desk, number)
    yield from studio.shown(form, "05-bijlage-bewaren")
    form.reject()
    found: list[tuple[Attachment, ...]] = []
    studio.worker.run(lambda vault: attachments.attachments(vault, number), found.append, desk.show_failure)
    studio.settle()
    for kept, name in zip(found[0], ("tekst", "onbekend"), strict=True):
        view = AttachmentView(desk.context, desk, kept)
        yield from studio.shown(view, f"05-bijlage-{name}")
        view.reject()
    warned = ExportDialog(desk.context, desk, found[0][0], Path("/media/stick/verslag.txt"))
    yield from studio.shown(warned, "05-bijlage-exporteren")
    warned.reject()
    if page._view is not None:  # noqa: SLF001 - the case as it stands
        close = CloseDialog(desk.context, desk, page._view.case)  # noqa: SLF001 - idem
        studio.settle()
        yield from studio.shown(close, "05-afsluiten-bijlagen")
        close.reject()


def _store(vault: Vault, *, case: CaseId, path: Path) -> None:
    attachments.store_attachment(vault, case_id=case, path=path, reason="Staat alleen op de werklaptop", today=STORED)


def _forms(studio: Studio, desk: Desk, page: RetentionPage) -> Iterator[str]:
    if page.about is None:
        raise RuntimeError("No case was chosen.")
    decision = page.about.decision
    keep = KeepDialog(desk.context, desk, decision.case, decision.code)
    yield from studio.shown(keep, "18-langer-bewaren")
    keep.reject()
    studio.worker.run(partial(_fill, pseudonym="Waterlelie"), lambda _: None, desk.show_failure)
    studio.settle()
    desk.changes.tell(Topic.CASES)
    studio.settle()
    held: list[Held] = []
    number = next(row.case for row in page.model.rows() if row.pseudonym == "Waterlelie")
    hold = HoldDialog(desk.context, desk, number, "2024-002")
    yield from studio.shown(hold, "18-bewaarstop-zetten")
    hold.reject()
    studio.worker.run(lambda vault: retention.held(vault, number), held.append, desk.show_failure)
    studio.settle()
    lift = LiftDialog(desk.context, desk, held[0].in_force[0])
    studio.settle()
    lift.verb.click()
    yield from studio.shown(lift, "18-bewaarstop-opheffen")
    lift.reject()


def _fill(vault: Vault, *, pseudonym: str) -> None:
    """Put a long reason and an earlier bewaarstop on a case."""
    row = cases.list_cases(vault, CaseFilter(text=pseudonym), 1)[0]
    first = retention.place_hold(
        vault, case_id=row.id, kind=HoldKind.INZAGEVERZOEK, since=date(2025, 3, 1), reason="Verzoek van de persoon"
    )
    retention.lift_hold(vault, hold_id=first.id, on=date(2025, 4, 1), reason="Beantwoord op 28 maart")
    retention.place_hold(vault, case_id=row.id, kind=HoldKind.CLAIM, since=date(2025, 6, 1), reason=_LONG)


def _client(studio: Studio, desk: Desk) -> Iterator[str]:
    desk.navigate(Place(PageName.ORGANISATIES))
    studio.settle()
    page = desk.page
    if not isinstance(page, ClientsPage):
        raise TypeError("The page is that of organisations.")
    yield "08-organisatie-bewaartermijnen"
    page.terms.change.click()
    studio.settle()
    form = desk.window().findChildren(TermsDialog)[-1]
    next(iter(form.choices.values())).choose(36)
    yield from studio.shown(form, "08-bewaartermijnen-wijzigen")
    form.reject()
