"""Handing over and taking over through the window: consent first, the words shown once, and one way in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.casework import NOW, TODAY, a_case
from tests.people_kit import put
from vpdesk.domain.people import Part
from vpdesk.domain.rows import CaseFilter
from vpdesk.operations import handover, takeover, vaults
from vpdesk.operations.cases import count_cases, get_case, open_case
from vpdesk.operations.clients import client_by_name
from vpdesk.operations.handover import Chosen, hand_over
from vpdesk.store.keys import PRACTICE
from vpdesk.ui.pages import handover_dialog
from vpdesk.ui.pages.handover_dialog import HandOverDialog, HandoverList
from vpdesk.ui.pages.takeover_dialog import TakeOverDialog

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.ui.pages.conftest import Opened
    from vpdesk.operations.vaults import Vault

PHRASE = "kade molen wolk vijver tulp zwaan"


def test_cases_go_in_steps_and_stand_in_the_list(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened.desk.commands.hand_over.trigger()
    form = opened.child(HandOverDialog)
    opened.settle()
    form.verb.click()
    assert "minstens één casus" in form.wrong
    place = next(at for at in range(form.choose.client.count()) if "Zilverels" in form.choose.client.itemText(at))
    form.choose.client.setCurrentIndex(place)
    opened.until(lambda: any(box.text().startswith("Windwijzer") for box, _ in form.choose.boxes))
    (box, candidate) = next(one for one in form.choose.boxes if one[0].text().startswith("Windwijzer"))
    box.setChecked(True)
    form.verb.click()
    assert "aan wie" in form.wrong
    form.choose.to.setText("Interne collega")
    form.verb.click()
    (card,) = form.consent.cards
    assert not card.day.isVisible()
    form.verb.click()
    assert form.wrong.startswith("Windwijzer: op die dag is er geen toestemming")
    card.answer.buttons[card.WITHOUT].click()
    assert card.reason.isVisible()
    card.answer.buttons[card.YES].click()
    card.named.setChecked(True)
    form.verb.click()
    form.previous.click()
    assert form.consent.cards == [card]  # what was answered stays
    form.verb.click()
    form.verb.click()
    assert "zes woorden" in form.wrong
    form.going.written.setChecked(True)
    path = tmp_path / handover.file_name()
    monkeypatch.setattr(handover_dialog, "ask_new_file", lambda *_: path)
    words = form.going.phrase.text
    form.verb.click()
    opened.until(lambda: form.step == 3)
    assert path.name in form.made.accessibleName()
    assert takeover.read_package(path, words).named == 1
    form.verb.click()
    assert opened.ask(lambda vault: get_case(vault, candidate.row.id)).closing_reason == "overgedragen"
    opened.desk.commands.handovers.trigger()
    shown = opened.child(HandoverList)
    opened.settle()
    assert any("Interne collega" in line for line in shown.lines)
    assert any("Windwijzer" in line and "toestemming van 20 januari 2026" in line for line in shown.lines)
    shown.verb.click()


def a_file(folder: Path) -> Path:
    """Return what a colleague gave: a melder, about somebody who came to the practice vault herself."""
    path = folder / "a.vpdesk"
    with vaults.begin_setup(folder / "collega", now=NOW, practice=True).confirm() as vault:
        case = a_case(vault, rol="melder")
        put(vault, case.id, Part.ANDER, "Jan Wrevelhout")
        chosen = (Chosen(case.id, named=True, reason="De persoon is niet te bereiken"),)
        hand_over(vault, chosen, to="Bo", phrase=PHRASE, path=path, today=TODAY, kdf=PRACTICE)
    return path


def one_who_came(vault: Vault) -> int:
    """Have a case whose role may conflict, and return how many cases there are."""
    client = client_by_name(vault, "Gemeente Waterveen")
    assert client is not None
    case = open_case(vault, client=client.id, opened=TODAY, rol="betrokkene")
    put(vault, case.id, Part.KOMT, "Jan Wrevelhout")
    return count_cases(vault, CaseFilter())


def test_cases_come_in_after_a_look_and_a_reason_where_roles_may_conflict(opened: Opened, tmp_path: Path) -> None:
    path, before = a_file(tmp_path), opened.ask(one_who_came)
    opened.desk.commands.take_over.trigger()
    form = opened.child(TakeOverDialog)
    form.verb.click()
    assert "Kies het bestand" in form.wrong
    form.read(path)
    form.phrase.setText("kade molen wolk vijver tulp eend")
    form.verb.click()
    opened.until(lambda: "past niet bij deze overdracht" in form.wrong)
    form.phrase.setText(PHRASE)
    form.verb.click()
    opened.until(lambda: form.package is not None)
    assert "1 casus van" in form.state.accessibleName()
    assert form.verb.text() == "Overnemen"
    form.client.setCurrentText("Gemeente Waterveen")
    form.verb.click()
    opened.until(lambda: "Er kan een rolconflict zijn" in form.wrong)
    assert (form.verb.text(), form.weighing.others.shown) == ("Toch overnemen", ())
    form.weighing.reason.setText("Er is niemand anders")
    form.verb.click()
    opened.until(lambda: opened.gone(TakeOverDialog))
    assert opened.ask(lambda vault: count_cases(vault, CaseFilter())) == before + 1
    opened.desk.commands.take_over.trigger()
    form = opened.child(TakeOverDialog)
    form.read(path)
    form.phrase.setText(PHRASE)
    form.verb.click()
    opened.until(lambda: "al overgenomen" in form.wrong)
    assert form.package is None
    form.reject()


def test_a_list_without_anything_says_what_will_stand_there(empty: Opened) -> None:
    empty.desk.commands.handovers.trigger()
    shown = empty.child(HandoverList)
    empty.settle()
    assert shown.lines == ["U hebt nog geen casus overgedragen. Hier staat later wat u gaf, wanneer en aan wie."]
    shown.verb.click()
