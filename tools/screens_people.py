"""Pictures of people and role conflicts, for tools.screens: the card hidden, shown, empty and full, and its forms."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint

from vpdesk.domain.people import Part, Person, Voicemail
from vpdesk.domain.rows import CaseFilter
from vpdesk.operations import cases, people
from vpdesk.operations.people import NEW
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import PageName, Place
from vpdesk.ui.pages.case import CasePage
from vpdesk.ui.pages.conflict_check import ConflictDialog
from vpdesk.ui.pages.destroy_dialog import look
from vpdesk.ui.pages.matters import MattersPage
from vpdesk.ui.pages.person_dialogs import DestroyPersonDialog, MatterDialog, PersonDialog
from vpdesk.ui.widgets.cards import Scroll

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tools.screens import Studio
    from vpdesk.domain.ids import CaseId
    from vpdesk.domain.rows import CaseRow
    from vpdesk.operations.old_copies import Reach
    from vpdesk.operations.people import Shown
    from vpdesk.operations.vaults import Vault
    from vpdesk.ui.desk import Desk

_ABOVE = 24  # pixels above the card
_LONG = "Coördinator van de afdeling Vergunningen, Toezicht en Handhaving, waarnemend hoofd van het klantcontactcentrum"


def screens(studio: Studio, desk: Desk, rows: Sequence[CaseRow]) -> Iterator[str]:
    """Walk through the screens; at each name the window shows it."""
    number = {row.pseudonym: row.id for row in rows}
    page = _opened(studio, desk, number["Sluis"])
    page.people.turn()
    yield from _at_card(studio, page, "05-casus-personen")
    yield from _forms(studio, desk, page)
    _meet(desk, number["Paraplu"])
    page = _opened(studio, desk, number["Paraplu"])
    yield from _at_card(studio, page, "05-casus-rolconflict")
    page = _opened(studio, desk, number["Windwijzer"])
    yield from _at_card(studio, page, "05-casus-personen-leeg")
    _fill(studio, desk, number["Windwijzer"])
    page.people.turn()
    yield from _at_card(studio, page, "05-casus-personen-veel")
    yield from _check(studio, desk)
    yield from _matters(studio, desk)


def _matters(studio: Studio, desk: Desk) -> Iterator[str]:
    desk.navigate(Place(PageName.KWESTIES))
    studio.settle()
    page = desk.page
    if not isinstance(page, MattersPage):
        raise TypeError("The page lists the matters.")
    page.list.setFocus()
    page.open_cases()
    studio.settle()
    yield "05-kwesties"


def _opened(studio: Studio, desk: Desk, number: CaseId) -> CasePage:
    desk.navigate(Place(PageName.CASUS, case=number))
    studio.settle()
    page = desk.page
    if not isinstance(page, CasePage):
        raise TypeError("The page is a case.")
    return page


def _at_card(studio: Studio, page: CasePage, name: str) -> Iterator[str]:
    studio.settle()
    page.people.toggle.setFocus()
    scroll = page.findChildren(Scroll)[0]
    top = page.people.mapTo(scroll, QPoint(0, 0)).y()
    scroll.verticalScrollBar().setValue(scroll.verticalScrollBar().value() + top - _ABOVE)
    yield name


def _forms(studio: Studio, desk: Desk, page: CasePage) -> Iterator[str]:
    shown: list[Shown] = []
    copies: list[Reach] = []
    case = page.people.case
    if case is None:
        raise RuntimeError("No case.")
    number = case.id
    desk.context.worker.run(lambda vault: people.people_of(vault, number), shown.append, desk.show_failure)
    desk.context.worker.run(look, copies.append, desk.show_failure)
    studio.settle()
    changed = PersonDialog(desk.context, desk, case, shown[0].persons[0])
    changed.reach.setText("m.lindeboog@waterveen.nl")
    yield from studio.shown(changed, "05-persoon-wijzigen")
    changed.reject()
    conflict = PersonDialog(desk.context, desk, case)
    conflict.offer_next(frozenset({Part.KOMT, Part.ANDER}))
    conflict.name.setText("Klaas Kompasbloem")
    yield from studio.shown(conflict, "05-persoon-toevoegen")
    desk.context.worker.run(
        lambda vault: people.save_person(
            vault, Person(NEW, _of(vault, "Klinker"), Part.KOMT, "Klaas Kompasbloem"), today=desk.context.clock().date()
        ),
        lambda _: None,
        desk.show_failure,
    )
    studio.settle()
    conflict.verb.click()
    studio.settle()
    conflict.weighing.others.look.click()
    studio.settle()
    yield from studio.shown(conflict, "05-persoon-rolconflict")
    conflict.reject()
    matter = MatterDialog(desk.context, desk, case)
    yield from studio.shown(matter, "05-kwestie-koppelen")
    matter.reject()
    destroyed = DestroyPersonDialog(desk.context, desk, shown[0].persons[0], copies[0])
    yield from studio.shown(destroyed, "05-persoon-vernietigen")
    destroyed.reject()


def _of(vault: Vault, pseudonym: str) -> CaseId:
    return cases.list_cases(vault, CaseFilter(text=pseudonym), 1)[0].id


def _meet(desk: Desk, number: CaseId) -> None:
    """Let somebody of another case be in this one, as an import may bring about."""

    def add(vault: Vault) -> None:
        with vault.transaction():
            vault.people.add(Person(NEW, number, Part.ANDER, "Joost Wiekendrager"))
            vault.people.add(Person(NEW, number, Part.GETUIGE, "Klaas Kompasbloem"))

    desk.context.worker.run(add, lambda _: None, desk.show_failure)


def _fill(studio: Studio, desk: Desk, number: CaseId) -> None:
    """Put many people and long texts in a case."""
    today = desk.context.clock().date()
    first = Person(
        NEW, number, Part.KOMT, "Aleidis-Wilhelmina Vrouwenhof-Testerink", ("Leidje", "Mevrouw Vrouwenhof"), _LONG,
        "06 00 00 00 00 of aleidis.vrouwenhof@proton.me", "alleen op woensdagmiddag of na acht uur in de avond",
        Voicemail.NEE,
    )  # fmt: skip
    others = [Person(NEW, number, Part.GETUIGE, function=f"Collega {letter}") for letter in "ABCDE"]
    for person in (first, Person(NEW, number, Part.ANDER, function=_LONG), *others):
        desk.context.worker.run(
            partial(people.save_person, person=person, today=today), lambda _: None, desk.show_failure
        )
    desk.context.worker.run(
        lambda vault: people.join_matter(vault, case_id=number, name=_LONG, today=today),
        lambda _: None,
        desk.show_failure,
    )
    studio.settle()
    desk.changes.tell(Topic.PEOPLE)
    studio.settle()


def _check(studio: Studio, desk: Desk) -> Iterator[str]:
    panel = ConflictDialog(desk.context, desk)
    yield from studio.shown(panel, "14-rolconflict-nagaan")
    panel.caller.setText("Haverkorst, R.")
    panel.verb.click()
    yield from studio.shown(panel, "14-rolconflict-mogelijk")
    panel.others.look.click()
    yield from studio.shown(panel, "14-rolconflict-kijken")
    panel.caller.setText("De Vries")
    panel.verb.click()
    yield from studio.shown(panel, "14-rolconflict-geen")
    panel.reject()
