"""Handing over and taking over: what goes along and what stays, consent before it goes, counted once."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.casework import NOW, TODAY, a_case, a_client, a_talk, new_vault
from tests.people_kit import names, put, put_in
from vpdesk.domain.checklists import LIMITS, ItemState, Who
from vpdesk.domain.consent import Answer, Consent, ConsentTerm
from vpdesk.domain.detriments import Detriment, DetrimentEntry
from vpdesk.domain.errors import (
    AlreadyExistsError,
    CancelledError,
    HandedOverError,
    HandoverError,
    InvalidValueError,
    OutputError,
    RoleConflictError,
    VpdeskError,
)
from vpdesk.domain.ids import CaseId, DetrimentId, MeldingId, RelayId, StepId
from vpdesk.domain.meldingen import Melding
from vpdesk.domain.people import Part
from vpdesk.domain.periods import Period
from vpdesk.domain.phases import Phase
from vpdesk.domain.relay import Direction, RelayMessage
from vpdesk.domain.reminders import AftercareEnd
from vpdesk.domain.retention import HoldKind, Standing
from vpdesk.domain.rows import CaseFilter, TodayKind
from vpdesk.domain.steps import HANDED_OVER, Choice, Step, StepKind, StepState
from vpdesk.domain.wishes import Wish
from vpdesk.operations import handover, takeover
from vpdesk.operations.aftercare import end_aftercare, record_detriment
from vpdesk.operations.attachments import attachments, store_attachment
from vpdesk.operations.cases import case_page, check_item, close_case, list_cases, move_case
from vpdesk.operations.clients import add_client, add_unit, change_client
from vpdesk.operations.destroying import destroy_case
from vpdesk.operations.handover import Chosen, candidates, hand_over, names_going
from vpdesk.operations.handover_consent import consent_now
from vpdesk.operations.meldingen import aftermath, record_melding
from vpdesk.operations.people import GoingOn, people_of
from vpdesk.operations.relay import Reading, approve_message, relay_log, write_message
from vpdesk.operations.retention import decision_list, number_due, place_hold
from vpdesk.operations.steps import note_consent, record_step, regie, say_wish, withdraw_consent
from vpdesk.operations.takeover import read_package, take_over
from vpdesk.operations.today import add_reminder
from vpdesk.store import handover_file
from vpdesk.store.counted import CountedStore
from vpdesk.store.disk import FullError
from vpdesk.store.keys import PRACTICE
from vpdesk.ui.models.retention_words import report_answer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vpdesk.domain.cases import Case
    from vpdesk.domain.handover import Package
    from vpdesk.store.vault import Vault

PHRASE = "kade molen wolk vijver tulp zwaan"
WITHOUT = "De persoon is onbereikbaar, en u gaat weg."
YEAR = Period.year(2025)


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Vault]:
    """The vault of the colleague."""
    made = new_vault(tmp_path / "collega")
    yield made
    made.close()


def a_full_case(vault: Vault, tmp_path: Path) -> Case:
    """A case with one of everything."""
    client = a_client(vault)
    change_client(vault, replace(client, statistics=("onderdeel", "verbonden", "uitkomst")))
    unit = add_unit(vault, client_id=client.id, name="Noord")
    case = a_case(vault, rol="melder", thema="pesten", unit=unit.id, verbonden="stagiair")  # type: ignore[arg-type]
    move_case(vault, case_id=case.id, to=Phase.MELDINGSFASE, on=date(2025, 4, 1))
    move_case(vault, case_id=case.id, to=Phase.NAFASE, on=date(2025, 5, 1))
    a_talk(vault, case, report="Het verslag.", next_step="Bellen", next_on=date(2026, 2, 1))
    a_talk(vault, case, on=date(2025, 6, 4), minutes=45, working_note="Een werkaantekening.")
    say_wish(vault, case_id=case.id, wish=Wish("melden", date(2025, 3, 4), "Dat het stopt"))
    record_step(vault, Step(StepId(0), case.id, StepKind.ROUTE, Choice(date(2025, 3, 5)), code="interne melding"))
    melding = record_melding(
        vault,
        Melding(
            MeldingId(0),
            case.id,
            "wbk-melding",
            "vertrouwelijk",
            lodged=date(2025, 4, 2),
            relay=True,
            outcome="gegrond",
        ),
    )
    message = RelayMessage(RelayId(0), melding.id, Direction.NAAR, date(2025, 4, 3), "Het bericht.")
    read = Reading(through=True)
    approve_message(vault, message_id=write_message(vault, message).id, on=date(2025, 4, 4), reading=read)
    entry = DetrimentEntry(date(2025, 7, 1), "Geen verlenging")
    form = ("slechte beoordeling",)
    record_detriment(
        vault, Detriment(DetrimentId(0), case.id, form, date(2025, 6, 1), told="Zei dat", entries=(entry,))
    )
    end_aftercare(vault, case_id=case.id, end=AftercareEnd(date(2025, 9, 1), "Niet meer nodig"))
    add_reminder(vault, case_id=case.id, kind=TodayKind.TERMIJN, due=date(2026, 3, 1), title="Nakijken")
    place_hold(vault, case_id=case.id, kind=HoldKind.PROCEDURE, since=date(2025, 8, 1), reason="Loopt bij de rechter")
    put(vault, case.id, Part.KOMT, "Fien Wrevelhout")
    put_in(vault, case.id, "Rooster Noord")
    proof = tmp_path / "bewijs.txt"
    proof.write_text("bewijs")
    store_attachment(vault, case_id=case.id, path=proof, reason="Op verzoek", today=TODAY)
    return case


def handed(vault: Vault, tmp_path: Path, *chosen: Chosen, close: bool = True, to: str = "Bo, intern") -> Package:
    """Hand cases over, and read the file as the colleague does."""
    path = tmp_path / handover.file_name()
    hand_over(vault, chosen, to=to, phrase=PHRASE, path=path, today=TODAY, close=close, kdf=PRACTICE)
    return read_package(path, f"  {PHRASE.upper()} ")


def taken(other: Vault, package: Package, organisation: str = "Speelwijs", **more: object) -> Case:
    """Take a file with one case over."""
    (case,) = take_over(other, package, organisation=organisation, today=TODAY, **more).cases  # type: ignore[arg-type]
    return case


def asked(vault: Vault, case: CaseId, to: str = "Bo, intern") -> Step:
    """Record that the person chose a colleague, with a yes."""
    step = record_step(
        vault,
        Step(
            StepId(0),
            case,
            StepKind.VERWIJZING,
            Choice(date(2026, 1, 5)),
            code="collega-vertrouwenspersoon",
            manner=HANDED_OVER,
        ),
    )
    consent = Consent(ConsentTerm(Answer.JA, date(2026, 1, 6)), "De casus", to)
    return note_consent(vault, step_id=step.id, consent=consent)


def test_a_case_arrives_whole_and_as_one_of_the_other_vault(vault: Vault, other: Vault, tmp_path: Path) -> None:
    case = a_full_case(vault, tmp_path)
    a_case(other)
    add_client(other, name="Speelwijs", statistics=("onderdeel", "verbonden", "uitkomst"))
    add_unit(other, client_id=other.clients.by_name("Speelwijs").id, name="noord")  # type: ignore[union-attr]
    consent = consent_now(to="Bo, intern", named=True, on=TODAY)
    package = handed(vault, tmp_path, Chosen(case.id, named=True, consent=consent))
    assert (package.named, package.talks, package.attachments, package.organisation) == (1, 2, 1, "Stichting Speelwijs")

    came = taken(other, package)

    assert (came.code, came.opened, came.phase) == ("2025-002", case.opened, Phase.NAFASE)
    assert came.moves == vault.cases.get(case.id).moves[:3]
    assert (came.thema, came.verbonden, came.wens) == ("pesten", "stagiair", "melden")
    page = case_page(other, came.id, today=TODAY)
    assert page.unit is not None
    assert page.unit.name == "noord"
    talks = [other.conversations.get(row.id) for row in page.conversations]
    assert [(talk.report, talk.working_note, talk.minutes) for talk in talks] == [
        ("", "", 45),
        ("Het verslag.", "", 30),
    ]
    (step,) = [item for item in page.reminders if item.kind is TodayKind.STAP]
    assert step.conversation == talks[1].id
    known = regie(other, came.id)
    assert [wish.words for wish in known.wishes] == ["Dat het stopt"]
    assert [(row.label, row.state) for row in known.steps][-1][1] is StepState.GEZET
    after = aftermath(other, came.id)
    (melding,) = after.meldingen
    assert (melding.outcome, melding.reference) == ("gegrond", vault.meldingen.of_case(case.id)[0].reference)
    assert [message.text for message in relay_log(other, melding.id).messages] == ["Het bericht."]
    assert [one.entries[0].text for one in after.detriments] == ["Geen verlenging"]
    assert [end.reason for end in after.ended] == ["Niet meer nodig"]
    assert other.retention.is_held(came.id)
    assert names(other, came.id) == ["Fien Wrevelhout"]
    assert [matter.name for matter in people_of(other, came.id).matters] == ["Rooster Noord"]
    assert not attachments(other, came.id)
    assert [entry.title for entry in handover.handover_entries(other, came.id)] == ["Overgenomen van een collega"]
    assert not handover.handover_entries(vault, case.id)


def test_who_ticked_an_item_goes_along_and_you_becomes_your_colleague(
    vault: Vault, other: Vault, tmp_path: Path
) -> None:
    case = a_case(vault)
    ticked = {LIMITS: Who.U, "keuze": Who.PERSOON, "wegen": Who.COLLEGA, "bewijs": Who.ONBEKEND}
    for code, who in ticked.items():
        check_item(vault, case_id=case.id, phase=Phase.VOORFASE, code=code, state=ItemState.GEDAAN, on=TODAY, who=who)
    came = taken(other, handed(vault, tmp_path, Chosen(case.id, reason=WITHOUT)))
    shown = {one.item.code: one.who for one in case_page(other, came.id, today=TODAY).checklist if one.on}
    assert shown == ticked | {LIMITS: Who.COLLEGA}
    shown = {one.item.code: one.who for one in case_page(other, came.id, today=TODAY).checklist if one.on is None}
    assert set(shown.values()) == {Who.ONBEKEND}


def test_no_name_number_or_working_note_is_in_a_file_without_names(vault: Vault, tmp_path: Path) -> None:
    case = a_full_case(vault, tmp_path)
    content = handover.encoded(handed(vault, tmp_path, Chosen(case.id, reason=WITHOUT)))
    for gone in ("Wrevelhout", "Rooster", "werkaantekening", case.code, case.pseudonym):
        assert gone.encode() not in content
    file = next(tmp_path.glob("*.vpdesk"))
    assert b"Speelwijs" not in file.read_bytes()
    assert "Speelwijs" not in file.name


def test_a_name_in_a_text_is_shown_before_it_goes_and_told_on_both_sides(
    vault: Vault, other: Vault, tmp_path: Path
) -> None:
    case, elsewhere = a_case(vault), a_case(vault)
    put(vault, case.id, Part.KOMT, "Fien Wrevelhout", aliases=("Fientje",), reach="06-12 34 56 78")
    put(vault, elsewhere.id, Part.ANDER, "Otto Zilverschoen")
    report = "# Begin\n\nFientje zei dat **Zilver**schoen haar belde op 0612345678. Drie meldingen in mei."
    a_talk(vault, case, report=report, marked=True, on=date(2025, 4, 3))
    say_wish(vault, case_id=case.id, wish=Wish("melden", date(2025, 3, 4), "Dat Zilverschoens team stopt"))
    chosen = Chosen(case.id, reason=WITHOUT)
    (named,) = names_going(vault, (chosen, Chosen(elsewhere.id, named=True)), to="Bo", today=TODAY)
    assert [(place.where, place.found) for place in named.places] == [
        ("Verslag van 3 april 2025", "Fientje"),
        ("Verslag van 3 april 2025", "Zilverschoen"),
        ("Verslag van 3 april 2025", "0612345678"),
        ("Wens van 4 maart 2025", "Zilverschoens"),
    ]
    assert named.places[1].before.endswith("Fientje zei dat ")
    for seen in ((), named.places[:-1]):
        with pytest.raises(InvalidValueError, match="iets herkenbaars dat u nog niet hebt gezien"):
            handed(vault, tmp_path, replace(chosen, seen=seen))
    assert not handover.handed_over(vault)
    assert not list(tmp_path.glob("*.vpdesk"))

    package = handed(vault, tmp_path, replace(chosen, seen=named.places))
    assert package.names_in_texts == 4
    assert [one.names_in_texts for one in handover.handed_over(vault)[0].cases] == [4]
    assert taken(other, package)
    with_names = handed(vault, tmp_path, Chosen(elsewhere.id, named=True, reason=WITHOUT))
    assert with_names.names_in_texts == 0
    assert [one.names_in_texts for one in handover.handed_over(vault)[0].cases] == [None]


def test_functions_matters_and_what_the_user_calls_cases_are_marked_as_names_are(vault: Vault) -> None:
    case, other = a_case(vault, pseudonym="Kompas"), a_case(vault, pseudonym="Wolk")
    put(vault, other.id, Part.ANDER, "", function="Teamleider Noord")
    put(vault, case.id, Part.ANDER, "", function="Leidinggevende")
    put_in(vault, other.id, "Rooster Noord")
    put_in(vault, case.id, "Pesten")
    abroad = a_case(vault)
    vault.cases.put(replace(abroad, client=add_client(vault, name="Een andere").id))
    put(vault, abroad.id, Part.ANDER, "", function="Chauffeur")
    told = f"De teamleider Noord belde. Het ging om het rooster van noord. Zie {case.code} (Kompas) en {other.code}."
    harmless = (
        "De leidinggevende noemt het pesten. Een wolk van een chauffeur, met een kompas. In 2025 kwam zij twee keer."
    )
    a_talk(vault, case, report=f"{told} {harmless}")
    (named,) = names_going(vault, (Chosen(case.id, reason=WITHOUT),), to="Bo", today=TODAY)
    found = ["teamleider Noord", "rooster van noord", case.code, "Kompas", other.code]
    assert [place.found for place in named.places] == found


def test_the_names_in_a_vault_are_read_once_for_all_cases_that_go(vault: Vault) -> None:
    cases = [a_case(vault) for _ in range(3)]
    for case in cases:
        put(vault, case.id, Part.KOMT, "Fien Wrevelhout")
        a_talk(vault, case, report="Wrevelhout belde.")
    asked: list[str] = []
    vault.connection.set_trace_callback(asked.append)
    named = names_going(vault, tuple(Chosen(case.id, reason=WITHOUT) for case in cases), to="Bo", today=TODAY)
    vault.connection.set_trace_callback(None)
    assert [len(one.places) for one in named] == [1, 1, 1]
    assert sum("name, aliases FROM persons" in sql for sql in asked) == 1


def test_what_the_other_organisation_does_not_keep_stays_out(vault: Vault, other: Vault, tmp_path: Path) -> None:
    case = a_full_case(vault, tmp_path)
    came = taken(other, handed(vault, tmp_path, Chosen(case.id, reason=WITHOUT)), "Een nieuwe")
    assert (came.unit, came.verbonden, other.meldingen.of_case(came.id)[0].outcome) == (None, "onbekend", "onbekend")


def test_a_reference_that_is_taken_is_drawn_anew(vault: Vault, other: Vault, tmp_path: Path) -> None:
    case = a_full_case(vault, tmp_path)
    first = handed(vault, tmp_path, Chosen(case.id, reason=WITHOUT), close=False)
    again = replace(first, id="f" * 32)
    one, two = taken(other, first), taken(other, again)
    assert other.meldingen.of_case(one.id)[0].reference != other.meldingen.of_case(two.id)[0].reference


def test_handing_over_closes_the_case_takes_the_step_and_is_listed(vault: Vault, tmp_path: Path) -> None:
    case = a_case(vault)
    step = asked(vault, case.id)
    (candidate,) = candidates(vault, case.client, today=TODAY)
    assert (candidate.consented, candidate.persons, candidate.attachments) == (date(2026, 1, 6), 0, 0)
    handed(vault, tmp_path, Chosen(case.id))
    closed = vault.cases.get(case.id)
    assert (closed.phase, closed.outcomes[-1].code, closed.closing_reason) == (
        Phase.AFGESLOTEN, "overgedragen", "overgedragen",
    )  # fmt: skip
    assert vault.steps.get(step.id).settled == TODAY
    (listed,) = handover.handed_over(vault)
    assert (listed.on, listed.to, listed.count) == (TODAY, "Bo, intern", 1)
    assert [(one.code, one.named, one.consented) for one in listed.cases] == [(case.code, False, date(2026, 1, 6))]
    assert not candidates(vault, case.client, today=TODAY)


def test_consent_that_was_given_before_serves_a_second_file(vault: Vault, tmp_path: Path) -> None:
    case = a_case(vault)
    asked(vault, case.id)
    handed(vault, tmp_path, Chosen(case.id), close=False)
    handed(vault, tmp_path, Chosen(case.id, again=True), close=False)
    assert len(vault.steps.rows(case.id)) == 1
    assert len(handover.handed_over(vault)) == 2


@pytest.mark.parametrize("went", [False, True])
def test_a_yes_for_one_colleague_is_none_for_another(vault: Vault, tmp_path: Path, *, went: bool) -> None:
    case = a_case(vault)
    step = asked(vault, case.id)
    if went:
        handed(vault, tmp_path, Chosen(case.id), close=False)
    before, files = vault.steps.get(step.id), len(handover.handed_over(vault))
    again = Chosen(case.id, again=True)
    for asking in (lambda: handed(vault, tmp_path, again, to="Cas"), lambda: _named(vault, again, "Cas")):
        with pytest.raises(InvalidValueError, match="is voor Bo, intern"):
            asking()
    assert len(list(tmp_path.glob("*.vpdesk"))) == len(handover.handed_over(vault)) == files

    consent = consent_now(to="Cas", named=False, on=TODAY)
    handed(vault, tmp_path, replace(again, consent=consent), to="Cas", close=False)
    handed(vault, tmp_path, replace(again, reason=WITHOUT), to="Dé", close=False)
    assert vault.steps.get(step.id) == before  # the other yes is neither used nor changed
    assert [vault.steps.get(row.id).to for row in vault.steps.rows(case.id)] == ["", "Cas", "Dé"]
    given = [(one.to, one.cases[0].consented) for one in handover.handed_over(vault)]
    assert given[:2] == [("Dé", None), ("Cas", TODAY)]
    with pytest.raises(InvalidValueError, match="geen toestemming"):
        handed(vault, tmp_path, again, to="Cas")  # the last that was done was without


def _named(vault: Vault, one: Chosen, to: str) -> object:
    return names_going(vault, (one,), to=to, today=TODAY)


def test_a_yes_serves_for_the_same_colleague_under_another_name_when_that_is_said(vault: Vault, tmp_path: Path) -> None:
    case = a_case(vault)
    step = asked(vault, case.id)
    handed(vault, tmp_path, Chosen(case.id), to="  bo intern", close=False)
    handed(vault, tmp_path, Chosen(case.id, again=True, same=True), to="Bo van kamer 3", close=False)
    assert [row.id for row in vault.steps.rows(case.id)] == [step.id]
    assert [one.cases[0].consented for one in handover.handed_over(vault)] == [date(2026, 1, 6)] * 2


def test_a_second_time_it_says_when_and_to_whom_it_went(vault: Vault, tmp_path: Path) -> None:
    case = a_case(vault)
    first = Chosen(case.id, reason=WITHOUT)
    handed(vault, tmp_path, first, close=False)
    (candidate,) = candidates(vault, case.client, today=TODAY)
    assert (candidate.consented, candidate.consented_to) == (None, "Bo, intern")
    assert [one.said for one in candidate.given] == ["op 20 januari 2026 overgedragen aan Bo, intern"]
    with pytest.raises(InvalidValueError, match="al op 20 januari 2026 overgedragen aan Bo, intern"):
        handed(vault, tmp_path, first)
    assert len(list(tmp_path.glob("*.vpdesk"))) == len(handover.handed_over(vault)) == 1
    assert vault.cases.get(case.id).phase is Phase.VOORFASE
    handed(vault, tmp_path, replace(first, again=True))
    assert len(handover.handed_over(vault)) == 2


def test_a_case_that_went_is_reopened_only_by_somebody_who_knows(vault: Vault, tmp_path: Path) -> None:
    case = a_case(vault)
    handed(vault, tmp_path, Chosen(case.id, reason=WITHOUT))
    with pytest.raises(HandedOverError, match="op 20 januari 2026 overgedragen aan Bo, intern"):
        move_case(vault, case_id=case.id, to=Phase.VOORFASE, on=TODAY, reason="Wil terug")
    assert vault.cases.get(case.id).closed == TODAY
    assert move_case(vault, case_id=case.id, to=Phase.VOORFASE, on=TODAY, although_handed=True).closed is None
    move_case(vault, case_id=case.id, to=Phase.MELDINGSFASE, on=TODAY)  # while it runs nothing is asked


@pytest.mark.parametrize("withdrawn", [False, True])
def test_without_consent_a_case_goes_only_for_a_reason_that_stays(
    vault: Vault, tmp_path: Path, *, withdrawn: bool
) -> None:
    case = a_case(vault)
    if withdrawn:
        withdraw_consent(vault, step_id=asked(vault, case.id).id, on=date(2026, 1, 7))
    with pytest.raises(InvalidValueError, match="geen toestemming"):
        handed(vault, tmp_path, Chosen(case.id))
    assert not list(tmp_path.glob("*.vpdesk"))
    assert not handover.handed_over(vault)
    handed(vault, tmp_path, Chosen(case.id, reason=WITHOUT))
    assert vault.steps.get(vault.steps.rows(case.id)[-1].id).reason == WITHOUT
    assert handover.handed_over(vault)[0].cases[0].consented is None


def test_what_can_not_go_is_refused_and_nothing_happens(vault: Vault, tmp_path: Path) -> None:
    case = a_case(vault)
    elsewhere = a_case(vault)
    vault.cases.put(replace(elsewhere, client=add_client(vault, name="Een andere").id))
    closed = a_case(vault)
    close_case(vault, case_id=closed.id, outcome="gedrag gestopt", reason="doel bereikt", on=TODAY)
    for chosen, sentence in (
        ((), "minstens één"),
        ((Chosen(case.id, reason=WITHOUT), Chosen(case.id, reason=WITHOUT)), "minstens één"),
        ((Chosen(closed.id, reason=WITHOUT),), "lopende casus"),
        ((Chosen(case.id, reason=WITHOUT), Chosen(elsewhere.id, reason=WITHOUT)), "twee organisaties"),
    ):
        with pytest.raises(InvalidValueError, match=sentence):
            handed(vault, tmp_path, *chosen)
    one = (Chosen(case.id, reason=WITHOUT),)
    with pytest.raises(InvalidValueError, match="aan wie"):
        hand_over(vault, one, to=" ", phrase=PHRASE, path=tmp_path / "a.vpdesk", today=TODAY, kdf=PRACTICE)
    there = tmp_path / "b.vpdesk"
    there.write_bytes(b"van een ander")
    for path, sentence in (
        (there, "al een bestand"),
        (vault.folder / "c.vpdesk", "kluis"),
        (tmp_path / "x" / "y", "map"),
    ):
        with pytest.raises(OutputError, match=sentence):
            hand_over(vault, one, to="Bo", phrase=PHRASE, path=path, today=TODAY, kdf=PRACTICE)
    assert there.read_bytes() == b"van een ander"
    assert vault.cases.get(case.id).phase is Phase.VOORFASE
    assert not vault.steps.rows(case.id)


def test_cancelling_leaves_nothing_on_either_side(vault: Vault, other: Vault, tmp_path: Path) -> None:
    case = a_case(vault)
    path = tmp_path / "a.vpdesk"

    def stop(done: int, of: int) -> None:
        if done == of - 1:
            raise CancelledError("Gestopt.")

    one = (Chosen(case.id, reason=WITHOUT),)
    with pytest.raises(CancelledError):
        hand_over(vault, one, to="Bo", phrase=PHRASE, path=path, today=TODAY, kdf=PRACTICE, progress=stop)
    assert not path.exists()
    assert not handover.handed_over(vault)
    package = handed(vault, tmp_path, *one)
    with pytest.raises(CancelledError):
        take_over(other, package, organisation="Speelwijs", today=TODAY, progress=stop)
    assert not list_cases(other, CaseFilter(), 10)
    assert not other.clients.all()
    taken(other, package)


def test_a_file_that_the_vault_could_not_note_is_taken_away(
    vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = a_case(vault)
    put_there = handover_file.put

    def put_and_fail(path: Path, whole: bytes) -> None:
        put_there(path, whole)
        assert path.exists()
        raise FullError("De schijf is vol.")

    monkeypatch.setattr(handover_file, "put", put_and_fail)
    with pytest.raises(FullError):
        handed(vault, tmp_path, Chosen(case.id, reason=WITHOUT))
    assert not list(tmp_path.glob("*.vpdesk"))
    assert not handover.handed_over(vault)
    assert vault.cases.get(case.id).phase is Phase.VOORFASE


def test_the_same_file_comes_in_once_and_never_where_it_was_made(vault: Vault, other: Vault, tmp_path: Path) -> None:
    package = handed(vault, tmp_path, Chosen(a_case(vault).id, reason=WITHOUT))
    with pytest.raises(HandoverError, match="zelf gemaakt"):
        taken(vault, package)
    taken(other, package)
    with pytest.raises(AlreadyExistsError, match="20 januari 2026"):
        taken(other, package)
    assert len(list_cases(other, CaseFilter(), 10)) == 1
    with pytest.raises(InvalidValueError, match="organisatie"):
        taken(other, package, " ")
    for told in (True, False):
        with pytest.raises(HandoverError, match="oefenkluis"):
            takeover.refuse_package(_Practising(practice=told), replace(package, practice=not told))  # type: ignore[arg-type]


def test_a_case_that_came_in_another_file_before_is_pointed_out(vault: Vault, other: Vault, tmp_path: Path) -> None:
    talked, quiet = a_case(vault), a_case(vault, thema="pesten")
    a_case(other, thema="pesten")  # an own case is another
    a_talk(vault, talked)
    without = [Chosen(case.id, reason=WITHOUT, again=True) for case in (talked, quiet)]
    first = handed(vault, tmp_path, *without, close=False)
    assert takeover.seem_taken(other, first) == ()
    take_over(other, first, organisation="Speelwijs", today=TODAY)
    a_talk(vault, talked, on=date(2025, 5, 6))
    new = a_case(vault, thema="discriminatie")
    again = handed(vault, tmp_path, *without, Chosen(new.id, reason=WITHOUT))
    assert takeover.seem_taken(other, again) == (TODAY, TODAY)


class _Practising:
    """As much of a vault as the first question asks."""

    def __init__(self, *, practice: bool) -> None:
        self.practice = practice


def test_a_role_conflict_with_an_own_case_asks_for_a_reason(vault: Vault, other: Vault, tmp_path: Path) -> None:
    case = a_case(vault, rol="melder")
    put(vault, case.id, Part.ANDER, "Jan Wrevelhout", function="Teamleider Noord")
    own = a_case(other, rol="betrokkene")
    put(other, own.id, Part.KOMT, "Jan Wrevelhout")
    package = handed(vault, tmp_path, Chosen(case.id, named=True, reason=WITHOUT))
    with pytest.raises(RoleConflictError) as refused:
        taken(other, package, "Stichting Speelwijs")
    assert refused.value.cases == (own.id,)
    assert len(list_cases(other, CaseFilter(), 10)) == 1
    came = taken(other, package, "Stichting Speelwijs", going_on=GoingOn("Er is niemand anders"))
    assert [(one.reason, one.others) for one in other.conflicts.of_case(came.id)] == [
        ("Er is niemand anders", (own.id,))
    ]


def test_roles_that_conflict_within_one_file_ask_for_a_reason(vault: Vault, other: Vault, tmp_path: Path) -> None:
    melder, about, apart = (a_case(vault, rol=rol) for rol in ("melder", "betrokkene", "melder"))
    on = GoingOn("Er was niemand anders")
    put(vault, melder.id, Part.ANDER, "Jan Wrevelhout")
    put(vault, about.id, Part.KOMT, "J. Wrevelhout", going_on=on)
    put_in(vault, melder.id, "Rooster Noord", going_on=on)
    put_in(vault, apart.id, "Het rooster van Noord")
    chosen = [Chosen(case.id, named=True, reason=WITHOUT) for case in (melder, about, apart)]
    package = handed(vault, tmp_path, *chosen)
    with pytest.raises(RoleConflictError) as refused:
        take_over(other, package, organisation="Speelwijs", today=TODAY)
    assert "Tussen casussen in dit bestand" in refused.value.sentence
    assert refused.value.cases == ()
    assert not other.clients.all()
    own = a_case(other, rol="getuige")
    put(other, own.id, Part.KOMT, "Jan Wrevelhout")
    with pytest.raises(RoleConflictError) as refused:
        take_over(other, package, organisation="Stichting Speelwijs", today=TODAY)
    assert "en ook tussen casussen in dit bestand" in refused.value.sentence
    assert refused.value.cases == (own.id,)

    came = take_over(other, package, organisation="Elders", today=TODAY, going_on=GoingOn("Zo gekozen"))
    one, two, three = (case.id for case in came.cases)
    kept = {case: [record.others for record in other.conflicts.of_case(case)] for case in (one, two, three)}
    assert kept == {one: [(two,)], two: [(one,)], three: []}
    assert came.beside  # two melders in one matter are no conflict


def test_a_case_that_was_taken_over_counts_once_of_both_vaults(vault: Vault, other: Vault, tmp_path: Path) -> None:
    case = a_case(vault)
    a_talk(vault, case, minutes=40)
    came = taken(other, handed(vault, tmp_path, Chosen(case.id, reason=WITHOUT)))
    a_talk(other, came, on=date(2026, 1, 20), minutes=25)
    for of, client, counted in ((vault, case.client, 1), (other, came.client, 0)):
        assert len(of.cases.facts(client, YEAR, (YEAR.last,))) == counted
        assert len(CountedStore(of.connection).numbers(client, YEAR)) == counted
    assert other.cases.reporting_years(came.client) == ()
    assert other.connection.execute("SELECT sum(minutes) FROM talk_time").fetchone() == (25,)


def test_a_case_that_was_taken_over_waits_for_no_report_of_this_vault(
    vault: Vault, other: Vault, tmp_path: Path
) -> None:
    later = date(2028, 1, 20)
    came = taken(other, handed(vault, tmp_path, Chosen(a_case(vault).id, reason=WITHOUT)))
    own = a_case(other)
    for case in (came, own):
        close_case(other, case_id=case.id, outcome="onbekend", reason="onbekend", on=TODAY)
    found = {decision.case: decision for decision in decision_list(other, today=later)}
    assert (found[came.id].standing, found[own.id].standing) == (Standing.TE_BESLISSEN, Standing.WACHT)
    assert number_due(other, today=later) == 1
    assert report_answer(found[came.id]) == "Telt in het verslag van uw collega."


def test_destroying_leaves_only_how_many_went(vault: Vault, other: Vault, tmp_path: Path) -> None:
    case = a_case(vault)
    came = taken(other, handed(vault, tmp_path, Chosen(case.id, reason=WITHOUT)))
    destroy_case(vault, case_id=case.id, now=NOW)
    (left,) = handover.handed_over(vault)
    assert (left.to, left.count, left.cases) == ("", 1, ())
    close_case(other, case_id=came.id, outcome="onbekend", reason="onbekend", on=TODAY)
    assert destroy_case(other, case_id=came.id, now=NOW).segments == 0
    assert other.connection.execute("SELECT count(*) FROM destroyed_cases").fetchone() == (0,)
    assert other.connection.execute("SELECT count(*) FROM taken_talks").fetchone() == (0,)


def test_a_file_of_a_later_or_broken_kind_is_refused_in_a_sentence(vault: Vault, tmp_path: Path) -> None:
    package = handed(vault, tmp_path, Chosen(a_case(vault).id, reason=WITHOUT))
    content = json.loads(handover.encoded(package))
    for changed in ({**content, "format": 2}, {**content, "format": "1"}, {**content, "more": 1}, {"format": 1}):
        with pytest.raises(VpdeskError, match="Er is niets overgenomen"):
            takeover.decoded(json.dumps(changed).encode())
