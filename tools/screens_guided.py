"""The pictures of guided records: the list, one that is open, one that is final, 112 first, and the small forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vpdesk.domain.guided_questions import GuidedKind
from vpdesk.operations import guided
from vpdesk.ui.context import PageName, Place
from vpdesk.ui.pages.avg_help import AvgHelpPage, HelpDialog
from vpdesk.ui.pages.guided import GuidedPage
from vpdesk.ui.pages.guided_dialogs import AdditionDialog, BeginDialog, DangerDialog, FinaliseDialog, PlaceDialog
from vpdesk.ui.pages.paper_dialogs import absence_dialog, laptop_dialog

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tools.screens import Studio
    from vpdesk.domain.guided import GuidedRow
    from vpdesk.ui.desk import Desk


def guided_screens(studio: Studio, desk: Desk) -> Iterator[str]:
    """Walk through the screens of this room."""
    found: list[GuidedRow] = []
    studio.worker.run(guided.guided_rows, found.extend, desk.show_failure)
    studio.settle()
    desk.navigate(Place(PageName.VASTLEGGINGEN))
    yield "15-vastleggingen"
    access, names, considered = found
    desk.navigate(Place(PageName.VASTLEGGING, guided=access.id))
    yield "15-vastlegging-avg"
    page = desk.page
    if not isinstance(page, GuidedPage) or page.record is None:
        raise TypeError("The page is a record.")
    final = FinaliseDialog(desk.context, desk, page.record)
    yield from studio.shown(final, "15-vastlegging-definitief-maken")
    final.reject()
    desk.navigate(Place(PageName.VASTLEGGING, guided=considered.id))
    yield "15-vastlegging-definitief"
    add = AdditionDialog(desk.context, desk, page.record)
    yield from studio.shown(add, "15-vastlegging-aanvulling")
    add.reject()
    desk.navigate(Place(PageName.VASTLEGGING, guided=names.id))
    yield "15-vastlegging-namen"
    danger = DangerDialog(desk.context, desk)
    yield from studio.shown(danger, "15-acuut-gevaar")
    danger.reject()
    begin = BeginDialog(desk.context, desk, GuidedKind.DOORBREKEN, considered.case)
    studio.settle()
    yield from studio.shown(begin, "15-vastlegging-beginnen")
    begin.verb.click()
    studio.settle()
    yield "15-vastlegging-doorbreken"
    place = PlaceDialog(desk.context, desk, page.record)
    studio.settle()
    yield from studio.shown(place, "15-vastlegging-waarbij")
    place.reject()
    page.away.click()
    studio.settle()
    desk.commands.guided_request.trigger()
    studio.settle()
    next(form for form in desk.findChildren(BeginDialog) if form.isVisible()).verb.click()
    studio.settle()
    yield "15-vastlegging-informatie"
    page.away.click()
    studio.settle()


def paper_screens(studio: Studio, desk: Desk) -> Iterator[str]:
    """Show the texts for the AVG and the papers."""
    desk.navigate(Place(PageName.AVG_HULP))
    studio.settle()
    page = desk.page
    if not isinstance(page, AvgHelpPage):
        raise TypeError("The page is the help for the AVG.")
    yield "16-avg-hulp"
    page.cards["register"].change.click()
    form = page.findChildren(HelpDialog)[0]
    yield from studio.shown(form, "16-avg-hulp-wijzigen")
    form.reject()
    for made, name in ((laptop_dialog, "16-blad-laptop"), (absence_dialog, "16-blad-waarneming")):
        dialog = made(desk.context, desk)
        studio.settle()
        yield from studio.shown(dialog, name)
        dialog.reject()
