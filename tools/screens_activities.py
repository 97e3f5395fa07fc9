"""The pictures of Activiteiten: as it is, its forms, a clock that runs or was forgotten, many lines and long texts."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from vpdesk.domain.periods import Period
from vpdesk.domain.worklog import TASKS, FollowUp, FollowUpState
from vpdesk.operations import clients, timer, worklog
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import PageName, Place
from vpdesk.ui.pages.activities import ActivitiesPage
from vpdesk.ui.pages.activity_dialogs import ActivityDialog, FollowUpDialog
from vpdesk.ui.pages.certification_card import ProofDialog, SchemeDialog
from vpdesk.ui.pages.invoice_dialog import InvoiceDialog
from vpdesk.ui.pages.planning_dialog import PlanningDialog
from vpdesk.ui.pages.timer_dialogs import StartTimerDialog, StopTimerDialog

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tools.screens import Studio
    from vpdesk.domain.ids import ActivityId
    from vpdesk.operations.vaults import Vault
    from vpdesk.ui.desk import Desk

MANY = 1200
LONG = "Overleg over de nieuwe regeling voor melden, met iedereen die er dit jaar iets van vond of wilde vinden"


def page_of(desk: Desk) -> ActivitiesPage:
    """Return the page; TypeError when another is shown."""
    if not isinstance(desk.page, ActivitiesPage):
        raise TypeError("The page is Activiteiten.")
    return desk.page


def activity_screens(studio: Studio, desk: Desk) -> Iterator[str]:
    """Walk through the screens of the page, and leave the practice vault as it was."""
    run, today = studio.worker.run, desk.context.clock().date()
    desk.navigate(Place(PageName.ACTIVITEITEN))
    studio.settle()
    page = page_of(desk)
    page.period.set_value(Period.year(today.year - 1))
    page.refresh()
    yield "07-activiteiten"
    page._scroll.verticalScrollBar().setValue(page._scroll.verticalScrollBar().maximum())  # noqa: SLF001 - a picture
    yield "07-activiteiten-onder"
    page._scroll.verticalScrollBar().setValue(0)  # noqa: SLF001 - idem
    yield from _forms(studio, desk, page)
    yield from _clock(studio, desk)
    page.period.set_value(Period.year(today.year))
    page.refresh()
    yield "07-activiteiten-niets"
    page.period.set_value(Period.year(today.year - 1))
    made: list[ActivityId] = []
    run(
        partial(_fill, year=today.year - 1, made=made),
        lambda _done: desk.changes.tell(Topic.WORKLOG),
        desk.show_failure,
    )
    yield "07-activiteiten-veel"
    run(partial(_empty, made=made), lambda _done: desk.changes.tell(Topic.WORKLOG), desk.show_failure)
    studio.settle()


def _forms(studio: Studio, desk: Desk, page: ActivitiesPage) -> Iterator[str]:
    context = desk.context
    form = ActivityDialog(context, desk)
    yield from studio.shown(form, "07-activiteiten-vastleggen")
    form.reject()
    plan = PlanningDialog(context, desk)
    plan.time.setText("13:30")
    yield from studio.shown(plan, "07-activiteiten-plannen")
    plan.reject()
    follow = FollowUpDialog(context, desk, page.advice._found[0])  # noqa: SLF001 - what the card shows
    yield from studio.shown(follow, "07-activiteiten-opvolging")
    follow.reject()
    hours = InvoiceDialog(context, desk, period=Period.year(context.clock().year - 1))
    yield from studio.shown(hours, "07-activiteiten-factuur")
    hours.reject()
    scheme = SchemeDialog(context, desk, None)
    yield from studio.shown(scheme, "07-activiteiten-doel")
    scheme.reject()
    found = page.certification._found  # noqa: SLF001 - what the card shows
    if found is None:
        raise TypeError("The practice vault has a period.")
    proofs = ProofDialog(context, desk, found.activities, lambda _item: None)
    yield from studio.shown(proofs, "07-activiteiten-bewijs")
    proofs.reject()


def _clock(studio: Studio, desk: Desk) -> Iterator[str]:
    context, run = desk.context, studio.worker.run
    start = StartTimerDialog(context, desk)
    yield from studio.shown(start, "07-activiteiten-klok-starten")
    start.reject()
    for hours, name in ((0.7, "07-activiteiten-klok"), (18, "07-activiteiten-klok-vergeten")):
        begun = context.clock() - timedelta(hours=hours)
        run(
            partial(timer.start_timer, now=begun, task="voorlichting"),
            lambda _running: desk.changes.tell(Topic.WORKLOG),
            desk.show_failure,
        )
        yield name
        running = desk.work.running
        if running is None:
            raise RuntimeError("The clock does not run.")
        stop = StopTimerDialog(context, desk, running)
        yield from studio.shown(stop, f"{name}-stoppen")
        stop.reject()
        run(timer.drop_timer, lambda _timer: desk.changes.tell(Topic.WORKLOG), desk.show_failure)
        studio.settle()


def _fill(vault: Vault, *, year: int, made: list[ActivityId]) -> None:
    """Write many lines, some with long texts."""
    known = clients.clients(vault)
    period = Period.year(year)
    for number in range(MANY):
        task = TASKS.codes[number % len(TASKS.codes)]
        line = worklog.add_activity(
            vault,
            on=period.first + timedelta(days=number % 365),
            task=task,
            minutes=15 + number % 200,
            title=LONG if number % 3 == 0 else "",
            client_id=known[number % len(known)].id,
        )
        made.append(line.id)
        if task in {"signaal", "gevraagd advies"} and number % 2:
            heard = FollowUp(FollowUpState.NOT_DONE, period.last)
            worklog.note_follow_up(vault, activity_id=line.id, follow_up=heard)


def _empty(vault: Vault, *, made: list[ActivityId]) -> None:
    """Remove what `_fill` wrote."""
    for number in made:
        worklog.delete_activity(vault, activity_id=number)
