"""The pictures of meldingen, messages passed on, detriment and closing: normal, empty, late and marked."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from vpdesk.domain import melding_lists as lists
from vpdesk.domain.relay import Direction
from vpdesk.domain.rows import CaseFilter
from vpdesk.operations import cases, meldingen
from vpdesk.ui.context import PageName, Place
from vpdesk.ui.pages.aftercare_dialogs import EndAftercareDialog
from vpdesk.ui.pages.case_dialogs import CloseDialog
from vpdesk.ui.pages.detriment_dialogs import DetrimentDialog, DetrimentView
from vpdesk.ui.pages.melding_dialog import MeldingDialog
from vpdesk.ui.pages.melding_view import MeldingView
from vpdesk.ui.pages.relay_log import RelayLogDialog
from vpdesk.ui.pages.relay_message import MessageDialog

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tools.screens import Studio
    from vpdesk.domain.cases import Case
    from vpdesk.operations.cases import LeftOpen
    from vpdesk.operations.meldingen import Aftermath
    from vpdesk.operations.vaults import Vault
    from vpdesk.ui.desk import Desk

Found = tuple["Case", "Aftermath", "LeftOpen"]


def _found(vault: Vault, *, pseudonym: str) -> Found:
    row = cases.list_cases(vault, CaseFilter(text=pseudonym), 1)[0]
    return cases.get_case(vault, row.id), meldingen.aftermath(vault, row.id), cases.left_open(vault, row.id)


def melding_screens(studio: Studio, desk: Desk) -> Iterator[str]:
    """Walk through the screens of this room; the case pages stand open behind the dialogs."""
    found: list[Found] = []
    for pseudonym in ("Sluis", "Rietpluim", "Kiezel"):
        studio.worker.run(partial(_found, pseudonym=pseudonym), found.append, desk.show_failure)
    studio.settle()
    (sluis, harmed, _), (rietpluim, waiting, left), (kiezel, passed, _) = found
    desk.navigate(Place(PageName.CASUS, case=sluis.id))
    yield "05-casus-benadeling"
    view = DetrimentView(desk.context, desk, sluis, harmed.detriments[0].id)
    studio.settle()
    yield from studio.shown(view, "05-benadeling")
    view.reject()
    form = DetrimentDialog(desk.context, desk, sluis)
    yield from studio.shown(form, "05-benadeling-vastleggen")
    form.reject()
    end = EndAftercareDialog(desk.context, desk, sluis)
    yield from studio.shown(end, "05-nazorg-beeindigen")
    end.reject()
    desk.navigate(Place(PageName.CASUS, case=rietpluim.id))
    yield "05-casus-termijn"
    seen = MeldingView(desk.context, desk, rietpluim, waiting.meldingen[0].id)
    studio.settle()
    yield from studio.shown(seen, "05-melding-termijn")
    seen.reject()
    closing = CloseDialog(desk.context, desk, rietpluim, left)
    yield from studio.shown(closing, "05-afsluiten-met-open")
    closing.reject()
    asked = MeldingDialog(desk.context, desk, rietpluim)
    studio.settle()
    yield from studio.shown(asked, "05-melding-vastleggen")
    asked.kind.box.choose(lists.OWN_SCHEME)
    asked.relay.click()
    asked.lodged.box.click()
    yield from studio.shown(asked, "05-melding-doorgeefluik")
    asked.reject()
    yield from _relay(studio, desk, kiezel, passed)


def _relay(studio: Studio, desk: Desk, kiezel: Case, found: Aftermath) -> Iterator[str]:
    desk.navigate(Place(PageName.CASUS, case=kiezel.id))
    yield "05-casus-doorgeefluik"
    log = RelayLogDialog(desk.context, desk, kiezel, found.meldingen[0].id)
    studio.settle()
    yield from studio.shown(log, "05-berichten")
    if log.log is not None:
        message = MessageDialog(desk.context, log, kiezel, log.log, None, Direction.NAAR)
        message.text.setPlainText(
            "Joost zag dinsdag in de nachtdienst dat het hoofd inkoop drie facturen splitste. Mijn leidinggevende weet "
            "het ook. Zie de map Kiezel."
        )
        message.look()
        yield from studio.shown(message, "05-bericht-schrijven")
        message.reject()
        sent = MessageDialog(desk.context, log, kiezel, log.log, log.log.messages[0], Direction.NAAR)
        yield from studio.shown(sent, "05-bericht-doorgegeven")
        sent.reject()
    log.reject()
