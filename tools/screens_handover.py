"""The pictures of handing over and taking over: each step, the file that came, and the list."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from vpdesk.operations.cases import open_case
from vpdesk.operations.clients import add_client
from vpdesk.operations.handover import Chosen, hand_over
from vpdesk.operations.vaults import begin_setup
from vpdesk.ui.pages.handover_dialog import HandOverDialog
from vpdesk.ui.pages.handover_list import HandoverList
from vpdesk.ui.pages.handover_steps import WORD
from vpdesk.ui.pages.takeover_dialog import TakeOverDialog

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from tools.screens import Studio
    from vpdesk.ui.desk import Desk

PHRASE: Final = "kade molen wolk vijver tulp zwaan"


def handover_screens(studio: Studio, desk: Desk) -> Iterator[str]:
    """Walk through the screens of this room."""
    form = HandOverDialog(desk.context, desk)
    form.going.phrase.show_text(PHRASE)  # another one each time would be another picture
    studio.settle()
    names = [form.choose.client.itemText(place) for place in range(form.choose.client.count())]
    form.choose.client.setCurrentIndex(next(place for place, name in enumerate(names) if "Zilverels" in name))
    studio.settle()
    for box, _ in form.choose.boxes[:3]:
        box.setChecked(True)
    form.choose.to.setText("Interne collega")
    yield from studio.shown(form, "17-overdragen-kiezen")
    form.verb.click()
    first, *others = form.consent.cards
    first.answer.buttons[first.YES].click()
    first.named.setChecked(True)
    for card in others:
        card.answer.buttons[card.WITHOUT].click()
        card.reason.setText("De persoon is langdurig ziek; uitstel schaadt.")
    yield from studio.shown(form, "17-overdragen-toestemming")
    form.verb.click()
    studio.settle()
    yield from studio.shown(form, "17-overdragen-namen")
    for looked in form.names.cards:
        looked.seen.setChecked(True)
    form.verb.click()
    form.going.written.setChecked(True)
    form.going.word.setText(WORD)
    yield from studio.shown(form, "17-overdragen-woorden")
    with tempfile.TemporaryDirectory() as folder:
        form.make(Path(folder) / "vpdesk-5f0c92ab.vpdesk")
        studio.settle()
        yield from studio.shown(form, "17-overdragen-klaar")
        form.accept()
        listed = HandoverList(desk.context, desk)
        studio.settle()
        yield from studio.shown(listed, "17-overgedragen")
        listed.accept()
        take = TakeOverDialog(desk.context, desk)
        take.read(_from_a_colleague(Path(folder), desk.context.clock()))
        take.phrase.setText(PHRASE)
        take.verb.click()
        studio.settle()
        yield from studio.shown(take, "17-overnemen")
        take.reject()


def _from_a_colleague(folder: Path, now: datetime) -> Path:
    """Make the file of a colleague, with a case that never was."""
    path = folder / "vpdesk-91d3a07e.vpdesk"
    with begin_setup(folder / "collega", now=now, practice=True).confirm() as vault:
        client = add_client(vault, name="Zorggroep Zilverels")
        case = open_case(vault, client=client.id, opened=now.date(), rol="melder", thema="pesten")
        chosen = (Chosen(case.id, reason="Verzonnen"),)
        hand_over(vault, chosen, to="Bo", phrase=PHRASE, path=path, today=now.date())
    return path
