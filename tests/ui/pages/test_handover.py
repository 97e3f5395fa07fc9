"""Handing over and taking over through the window: consent first, the words shown once, and one way in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.casework import NOW, TODAY, a_case, a_talk
from tests.people_kit import put
from tests.ui.pages.test_names import nameless
from vpdesk.domain.consent import Answer, Consent, ConsentTerm
from vpdesk.domain.handover import COLLEAGUE
from vpdesk.domain.ids import StepId
from vpdesk.domain.people import Part
from vpdesk.domain.rows import CaseFilter
from vpdesk.domain.steps import HANDED_OVER, Choice, Step, StepKind, StepState
from vpdesk.operations import handover, handover_begun, takeover, vaults
from vpdesk.operations.cases import count_cases, get_case, open_case
from vpdesk.operations.clients import client_by_name
from vpdesk.operations.destroying import destroy_case
from vpdesk.operations.handover import Chosen, hand_over
from vpdesk.operations.people import GoingOn
from vpdesk.operations.steps import record_step, regie
from vpdesk.store.keys import PRACTICE
from vpdesk.ui.context import PageName
from vpdesk.ui.pages import handover_dialog
from vpdesk.ui.pages.case import CasePage
from vpdesk.ui.pages.case_dialogs import ReopenDialog
from vpdesk.ui.pages.handover_dialog import CONSENT, GOING, MADE, NAMES, HandOverDialog
from vpdesk.ui.pages.handover_list import HandoverList
from vpdesk.ui.pages.takeover_dialog import TakeOverDialog, told
from vpdesk.ui.widgets.labels import Label
from vpdesk.ui.widgets.messages import Message

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.ui.pages.conftest import Opened
    from vpdesk.domain.ids import CaseId
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
    assert form.wrong.startswith("Windwijzer: kies of de persoon instemt")
    card.answer.buttons[card.WITHOUT].click()
    assert card.reason.isVisible()
    form.verb.click()
    assert form.wrong.startswith("Windwijzer: op die dag is er geen toestemming")
    card.answer.buttons[card.YES].click()
    card.named.setChecked(True)
    form.verb.click()
    form.previous.click()
    assert form.consent.cards == [card]  # what was answered stays
    form.verb.click()
    assert not form.verb.isEnabled()
    opened.qtbot.keyClicks(form.going.word, "overdrage")
    assert not form.verb.isEnabled()
    opened.qtbot.keyClicks(form.going.word, "n")
    form.verb.click()
    assert "zes woorden" in form.wrong
    form.going.written.setChecked(True)
    path = tmp_path / handover.file_name()
    monkeypatch.setattr(handover_dialog, "ask_new_file", lambda *_: path)
    words = form.going.phrase.text
    form.verb.click()
    opened.until(lambda: form.step == MADE)
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


def named_in_a_text(vault: Vault) -> CaseId:
    """Have a case in whose report somebody is named."""
    client = client_by_name(vault, "Gemeente Waterveen")
    assert client is not None
    case = open_case(vault, client=client.id, opened=TODAY)
    put(vault, case.id, Part.KOMT, "Fien Wrevelhout")
    a_talk(vault, case, on=TODAY, report="Wrevelhout & haar team <hebben> gebeld. Wrevelhout belt terug.")
    return case.id


def at_consent(opened: Opened, number: CaseId) -> HandOverDialog:
    """Begin to hand a case of Gemeente Waterveen over, until where consent is asked."""
    opened.desk.commands.hand_over.trigger()
    form = opened.child(HandOverDialog)
    opened.settle()
    names = [form.choose.client.itemText(at) for at in range(form.choose.client.count())]
    form.choose.client.setCurrentIndex(names.index("Gemeente Waterveen"))
    opened.until(lambda: any(one.row.id == number for _, one in form.choose.boxes))
    next(box for box, one in form.choose.boxes if one.row.id == number).setChecked(True)
    form.choose.to.setText("Bo")
    form.verb.click()
    return form


def test_names_in_texts_are_shown_and_taken_note_of_before_a_case_goes_without(opened: Opened, tmp_path: Path) -> None:
    number = opened.ask(named_in_a_text)
    form = at_consent(opened, number)
    (card,) = form.consent.cards
    card.answer.buttons[card.YES].click()
    form.verb.click()
    opened.until(lambda: form.step == NAMES)
    (shown,) = form.names.cards
    assert [(place.where, place.found) for place in shown.named.places] == [
        ("Verslag van 20 januari 2026", "Wrevelhout"),
        ("Verslag van 20 januari 2026", "Wrevelhout"),
    ]
    said = [label.text() for label in shown.findChildren(Label)]
    assert any("<b>Wrevelhout</b> &amp; haar team &lt;hebben&gt; gebeld" in text for text in said)
    assert nameless(form) == []
    form.verb.click()
    assert "kijk deze plaatsen na" in form.wrong
    shown.change.click()  # to the case, to change it first
    opened.until(lambda: opened.gone(HandOverDialog))
    page = opened.desk.page
    assert isinstance(page, CasePage)
    assert page.case_id == number

    form = at_consent(opened, number)
    (card,) = form.consent.cards
    card.answer.buttons[card.YES].click()
    form.verb.click()
    opened.until(lambda: form.step == NAMES)
    form.names.cards[0].seen.setChecked(True)
    form.verb.click()
    assert form.step == GOING
    assert "Op 2 plaatsen" in form.going.names.accessibleName()
    form.previous.click()
    assert form.step == NAMES
    assert form.names.cards[0].seen.isChecked()
    form.verb.click()
    form.going.written.setChecked(True)
    form.going.word.setText("Overdragen")
    assert nameless(form) == []
    words = form.going.phrase.text
    form.make(tmp_path / "a.vpdesk")
    opened.until(lambda: form.step == MADE)
    assert "stond op 2 plaatsen iets herkenbaars" in told(takeover.read_package(tmp_path / "a.vpdesk", words))
    form.verb.click()
    opened.desk.commands.handovers.trigger()
    listed = opened.child(HandoverList)
    opened.settle()
    assert any("zonder namen, maar op 2 plaatsen is de tekst herkenbaar" in line for line in listed.lines)
    listed.verb.click()


def test_a_case_that_went_before_goes_again_only_when_that_is_said(opened: Opened, tmp_path: Path) -> None:
    def gone_before(vault: Vault) -> CaseId:
        client = client_by_name(vault, "Gemeente Waterveen")
        assert client is not None
        case = open_case(vault, client=client.id, opened=TODAY)
        chosen = (Chosen(case.id, reason="Onbereikbaar"),)
        path = tmp_path / "eerst.vpdesk"
        hand_over(vault, chosen, to="Fé", phrase=PHRASE, path=path, today=TODAY, close=False, kdf=PRACTICE)
        return case.id

    number = opened.ask(gone_before)
    form = at_consent(opened, number)
    (card,) = form.consent.cards
    before = [message.accessibleName() for message in card.findChildren(Message)]
    assert any("op 20 januari 2026 overgedragen aan Fé" in text for text in before)
    card.answer.buttons[card.WITHOUT].click()
    card.reason.setText("Opnieuw")
    form.verb.click()
    assert "al op 20 januari 2026 overgedragen aan Fé" in form.wrong
    assert form.step == CONSENT
    card.again.setChecked(True)
    form.verb.click()
    opened.until(lambda: form.step == NAMES)
    assert not form.names.places
    form.verb.click()
    form.going.written.setChecked(True)
    form.going.word.setText("overdragen")
    form.make(tmp_path / "a.vpdesk")
    opened.until(lambda: form.step == MADE)
    form.verb.click()


def agreed_for(vault: Vault, to: str) -> CaseId:
    """Have a case of which the person agreed that it goes to one colleague."""
    client = client_by_name(vault, "Gemeente Waterveen")
    assert client is not None
    case = open_case(vault, client=client.id, opened=TODAY)
    consent = Consent(ConsentTerm(Answer.JA, TODAY), "De casus", to)
    choice = Choice(TODAY)
    record_step(
        vault,
        Step(StepId(0), case.id, StepKind.VERWIJZING, choice, COLLEAGUE, manner=HANDED_OVER, consents=(consent,)),
    )
    return case.id


def test_a_yes_for_one_colleague_is_asked_anew_for_another(opened: Opened, tmp_path: Path) -> None:
    number = opened.ask(lambda vault: agreed_for(vault, "Bo"))
    form = at_consent(opened, number)
    (card,) = form.consent.cards
    assert not card.answer.isVisible()  # for Bo it stands
    form.previous.click()
    form.choose.to.setText("Cas")
    form.verb.click()
    (card,) = form.consent.cards
    said = [label.text() for label in card.findChildren(Label)]
    assert "Toestemming van 20 januari 2026, voor Bo." in said
    assert "Stemt de persoon ermee in dat deze casus naar Cas gaat?" in said
    assert nameless(form) == []
    form.verb.click()
    assert "kies of de persoon instemt" in form.wrong
    assert form.step == CONSENT
    card.answer.buttons[card.SAME].click()
    assert card.choice().same
    card.answer.buttons[card.YES].click()
    form.verb.click()
    opened.until(lambda: form.step == NAMES)
    form.verb.click()
    form.going.written.setChecked(True)
    form.going.word.setText("overdragen")
    form.make(tmp_path / "a.vpdesk")
    opened.until(lambda: form.step == MADE)
    form.verb.click()
    last = opened.ask(lambda vault: regie(vault, number)).steps
    assert {(row.to, row.state) for row in last} == {("", StepState.VERVALLEN), ("Cas", StepState.GEZET)}


def test_reopening_what_was_handed_over_says_so_and_takes_a_tick(opened: Opened, tmp_path: Path) -> None:
    def gone(vault: Vault) -> CaseId:
        client = client_by_name(vault, "Gemeente Waterveen")
        assert client is not None
        case = open_case(vault, client=client.id, opened=TODAY)
        chosen = (Chosen(case.id, reason="Onbereikbaar"),)
        hand_over(vault, chosen, to="Fé", phrase=PHRASE, path=tmp_path / "a.vpdesk", today=TODAY, kdf=PRACTICE)
        return case.id

    number = opened.ask(gone)
    page = opened.go(PageName.CASUS, case=number)
    assert isinstance(page, CasePage)
    page.move_on()
    form = opened.child(ReopenDialog)
    opened.until(form.handed.isVisible)
    assert "op 20 januari 2026 overgedragen aan Fé" in form.handed.accessibleName()
    form.reason.setText("Wil terug")
    form.verb.click()
    opened.until(lambda: "Spreek eerst met uw collega af" in form.wrong)
    form.although.setChecked(True)
    form.verb.click()
    opened.until(lambda: opened.gone(ReopenDialog))
    assert opened.ask(lambda vault: get_case(vault, number)).closed is None


def test_a_case_that_was_handed_over_and_runs_is_closed_from_the_list(opened: Opened, tmp_path: Path) -> None:
    def two_that_run(vault: Vault) -> tuple[CaseId, CaseId]:
        client = client_by_name(vault, "Gemeente Waterveen")
        assert client is not None
        one, other = (open_case(vault, client=client.id, opened=TODAY).id for _ in range(2))
        chosen = (Chosen(one, reason="Onbereikbaar"), Chosen(other, reason="Onbereikbaar"))
        path = tmp_path / "eerst.vpdesk"
        hand_over(vault, chosen, to="Fé", phrase=PHRASE, path=path, today=TODAY, close=False, kdf=PRACTICE)
        return one, other

    one, other = opened.ask(two_that_run)
    opened.desk.commands.handovers.trigger()
    listed = opened.child(HandoverList)
    opened.until(lambda: len(listed.boxes) == 2)
    assert nameless(listed) == []
    listed.close_again.click()
    opened.until(lambda: "minstens één casus" in listed.wrong)
    next(box for box, case in listed.boxes if case.case == one).setChecked(True)
    listed.close_again.click()
    opened.until(lambda: [case.case for _, case in listed.boxes] == [other])
    assert not listed.wrong
    assert listed.close_again.isVisible()
    assert opened.ask(lambda vault: get_case(vault, one)).closing_reason == "overgedragen"
    listed.boxes[0][0].setChecked(True)
    listed.close_again.click()
    opened.until(lambda: not listed.boxes)
    assert not listed.close_again.isVisible()
    listed.verb.click()
    opened.ask(lambda vault: destroy_case(vault, case_id=one, now=NOW))
    opened.desk.commands.handovers.trigger()
    listed = opened.child(HandoverList)
    opened.settle()
    assert any(line.startswith("1 casus staat hier niet meer") for line in listed.lines)
    listed.verb.click()


def a_file(folder: Path, *, both: bool = False) -> Path:
    """Return what a colleague gave: a melder, about somebody who came to the practice vault herself.

    With `both` he came to the colleague too, and is in the same file.
    """
    path = folder / "a.vpdesk"
    with vaults.begin_setup(folder / "collega", now=NOW, practice=True).confirm() as vault:
        case = a_case(vault, rol="melder")
        put(vault, case.id, Part.ANDER, "Jan Wrevelhout")
        cases = [case]
        if both:
            cases.append(a_case(vault, rol="betrokkene"))
            put(vault, cases[-1].id, Part.KOMT, "Jan Wrevelhout", going_on=GoingOn("Er was niemand anders"))
        chosen = tuple(Chosen(one.id, named=True, reason="De persoon is niet te bereiken") for one in cases)
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
    opened.until(lambda: "passen niet bij dit bestand" in form.wrong)
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


def test_roles_that_conflict_within_the_file_are_asked_about_with_the_neutral_sentence(
    opened: Opened, tmp_path: Path
) -> None:
    path, before = a_file(tmp_path, both=True), opened.ask(lambda vault: count_cases(vault, CaseFilter()))
    opened.desk.commands.take_over.trigger()
    form = opened.child(TakeOverDialog)
    form.read(path)
    form.phrase.setText(PHRASE)
    form.verb.click()
    opened.until(lambda: form.package is not None)
    form.verb.click()
    opened.until(lambda: "Tussen casussen in dit bestand" in form.wrong)
    assert form.weighing.sentence.isVisible()
    assert not form.weighing.others.isVisible()  # there is no other case to look at
    form.verb.click()
    opened.until(lambda: "Schrijf op waarom u doorgaat" in form.wrong)
    assert opened.ask(lambda vault: count_cases(vault, CaseFilter())) == before
    form.weighing.reason.setText("Er is niemand anders")
    form.verb.click()
    opened.until(lambda: opened.gone(TakeOverDialog))
    assert opened.ask(lambda vault: count_cases(vault, CaseFilter())) == before + 2


def test_a_file_that_was_being_made_when_vpdesk_stopped_goes_and_is_told(opened: Opened, tmp_path: Path) -> None:
    path = tmp_path / "half.vpdesk"
    path.write_bytes(b"x" * 100)

    def cut_short(vault: Vault) -> None:
        handover_begun.begin(vault, path, path.read_bytes())

    opened.ask(cut_short)
    opened.desk.commands.hand_over.trigger()
    form = opened.child(HandOverDialog)
    opened.until(lambda: form.wrong == handover_begun.GONE)
    assert not path.exists()
    form.reject()
    opened.desk.commands.handovers.trigger()
    listed = opened.child(HandoverList)
    opened.settle()
    assert not listed.wrong
    listed.verb.click()


def test_a_second_file_with_the_same_case_is_pointed_out(opened: Opened, tmp_path: Path) -> None:
    first, second = (tmp_path / name for name in ("eerst", "later"))
    for folder in (first, second):
        folder.mkdir()
        path = a_file(folder)
        opened.desk.commands.take_over.trigger()
        form = opened.child(TakeOverDialog)
        form.read(path)
        form.phrase.setText(PHRASE)
        form.verb.click()
        opened.until(lambda form=form: form.package is not None)
        assert form.again.isVisible() is (folder is second)
        if folder is first:
            form.client.setCurrentText("Elders")
            form.verb.click()
            opened.until(lambda: opened.gone(TakeOverDialog))
    assert "1 casus lijkt op een die u al overnam, op 20 januari 2026" in form.again.accessibleName()
    form.reject()


def test_a_list_without_anything_says_what_will_stand_there(empty: Opened) -> None:
    empty.desk.commands.handovers.trigger()
    shown = empty.child(HandoverList)
    empty.settle()
    assert shown.lines == ["U hebt nog geen casus overgedragen. Hier staat later wat u gaf, wanneer en aan wie."]
    shown.verb.click()
