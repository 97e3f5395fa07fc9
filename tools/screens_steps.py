"""The pictures of steps, consent and the directory: normal, asked for, withdrawn, empty, many and long."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from vpdesk.domain.consent import Answer, Consent, ConsentTerm
from vpdesk.domain.ids import StepId
from vpdesk.domain.rows import CaseFilter
from vpdesk.domain.steps import HANDED_OVER, Actor, Choice, Step, StepKind
from vpdesk.operations import cases, steps
from vpdesk.ui.context import PageName, Place
from vpdesk.ui.pages.case_regie import WishDialog
from vpdesk.ui.pages.directory import LATE, DirectoryPage
from vpdesk.ui.pages.directory_dialog import EntryDialog
from vpdesk.ui.pages.step_record import RecordStep
from vpdesk.ui.pages.step_view import StepView, TakeDialog

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tools.screens import Studio
    from vpdesk.domain.cases import Case
    from vpdesk.operations.steps import Regie
    from vpdesk.operations.vaults import Vault
    from vpdesk.ui.desk import Desk


def _found(vault: Vault, *, pseudonym: str) -> tuple[Case, Regie]:
    row = cases.list_cases(vault, CaseFilter(text=pseudonym), 1)[0]
    return cases.get_case(vault, row.id), steps.regie(vault, row.id)


def step_screens(studio: Studio, desk: Desk) -> Iterator[str]:
    """Walk through the screens of this room; the case pages stand open behind the dialogs."""
    found: list[tuple[Case, Regie]] = []
    for pseudonym in ("Paraplu", "Kiezel"):
        studio.worker.run(partial(_found, pseudonym=pseudonym), found.append, desk.show_failure)
    studio.settle()
    (case, regie), (many, _) = found
    desk.navigate(Place(PageName.CASUS, case=many.id))
    yield "05-casus-stappen"
    desk.navigate(Place(PageName.CASUS, case=case.id))
    yield "05-casus-ingetrokken"
    view = StepView(desk.context, desk, case, regie.steps[0].id)
    studio.settle()
    yield from studio.shown(view, "05-stap")
    if view.step is not None:
        take = TakeDialog(desk.context, desk, case, view.step)
        yield from studio.shown(take, "05-stap-zonder-toestemming")
        take.reject()
    view.reject()
    yield from _forms(studio, desk, case, regie)
    yield from _many(studio, desk)
    yield from _directory(studio, desk)


def _fill(vault: Vault) -> tuple[Case, Regie]:
    """Give a case many steps, the last one with as much text as somebody in a hurry may paste."""
    case, _ = _found(vault, pseudonym="Kade")
    day = case.opened + timedelta(days=2)
    for code in ("zelf aanspreken", "klacht", "interne melding", "aangifte", "juridische stap", "externe melding"):
        steps.record_step(vault, Step(StepId(0), case.id, StepKind.ROUTE, Choice(day), code))
    words = "Dat er in het team al maanden iemand wordt buitengesloten, en dat het overleg daarover niets opleverde. "
    term = ConsentTerm(Answer.JA, day, day + timedelta(days=400))
    long = Step(
        StepId(0),
        case.id,
        StepKind.DOORGEVEN,
        Choice(day, "gedrag laten stoppen", words.strip()),
        to="De directeur van de dienst en, als die er niet is, de plaatsvervanger die de portefeuille waarneemt",
        actor=Actor.VERTROUWENSPERSOON,
        consents=(
            Consent(
                term,
                (words * 6).strip(),
                "De directeur van de dienst en niemand anders, ook niet HR",
                (words * 8).strip(),
            ),
        ),
    )
    steps.record_step(vault, long)
    return case, steps.regie(vault, case.id)


def _many(studio: Studio, desk: Desk) -> Iterator[str]:
    found: list[tuple[Case, Regie]] = []
    studio.worker.run(_fill, found.append, desk.show_failure)
    studio.settle()
    ((case, regie),) = found
    desk.navigate(Place(PageName.CASUS, case=case.id))
    yield "05-casus-veel-stappen"
    view = StepView(desk.context, desk, case, regie.steps[-1].id)
    studio.settle()
    yield from studio.shown(view, "05-stap-lang")
    view.reject()


def _forms(studio: Studio, desk: Desk, case: Case, regie: Regie) -> Iterator[str]:
    empty = RecordStep(desk.context, desk, case)
    yield from studio.shown(empty, "05-stap-vastleggen")
    empty.route.box.choose("leidinggevende betrekken")
    empty.actor.buttons[Actor.VERTROUWENSPERSOON].click()
    empty.to.setText("De teamleider")
    empty.consent.answer.buttons[Answer.JA].click()
    empty.consent.content.setPlainText("Dat er in het team iemand wordt buitengesloten, zonder naam en functie.")
    empty.consent.recipient.setText("De teamleider, en niemand anders")
    empty.consent.ends.setChecked(True)
    empty.consent.until.set_day(desk.context.clock().date() + timedelta(days=60))
    yield from studio.shown(empty, "05-stap-toestemming")
    empty.reject()
    outside = RecordStep(desk.context, desk, case, StepKind.DOORGEVEN)
    outside.to.setText("De directie; ik ga de betrokkene zelf corrigeren en nagaan of het waar is")
    yield from studio.shown(outside, "05-stap-buiten-rol")
    outside.reject()
    refer = RecordStep(desk.context, desk, case, StepKind.VERWIJZING)
    studio.settle()
    refer.whom.setEditText("Huis voor Klokkenluiders, afdeling Advies")
    refer.manner.buttons[HANDED_OVER].click()
    yield from studio.shown(refer, "05-stap-verwijzing")
    refer.reject()
    wish = WishDialog(desk.context, desk, case, regie.wishes)
    yield from studio.shown(wish, "05-wens")
    wish.reject()


def _directory(studio: Studio, desk: Desk) -> Iterator[str]:
    desk.navigate(Place(PageName.SOCIALE_KAART))
    studio.settle()
    page = desk.page
    if not isinstance(page, DirectoryPage):
        raise TypeError("The page is the directory.")
    yield "08-sociale-kaart"
    page.search.setText("huis")
    yield "08-sociale-kaart-zoeken"
    page.search.setText("toverij")
    yield "08-sociale-kaart-niets"
    page.search.setText("")
    page.which.set_value(LATE)
    page.refresh()
    studio.settle()
    page.list.choose(next(row.key for row in page.list.rows.rows if row.state is not None))
    yield "08-sociale-kaart-nakijken"
    form = EntryDialog(desk.context, desk, lambda _entry: None)
    yield from studio.shown(form, "08-sociale-kaart-adres")
    form.reject()
