"""Units merge and end from a day on: no case changes, reports follow the days, and what is out stays as it was counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.casework import TODAY, a_case, a_client, with_draw
from tests.operations.test_reports import YEAR, export
from tests.operations.test_units import HALF, named, with_units
from vpdesk.domain.errors import AlreadyExistsError, InvalidValueError, NotFoundError
from vpdesk.domain.ids import UnitId
from vpdesk.domain.periods import Period
from vpdesk.domain.publications import Kind
from vpdesk.domain.statements import Audience
from vpdesk.operations import cube, ledger, ledger_check, reports
from vpdesk.operations.clients import add_unit, client_rows, rename_unit, units
from vpdesk.operations.ledger import Entry, Said
from vpdesk.operations.report_choosing import choose, report_choices
from vpdesk.operations.report_ideas import Idea, with_rows
from vpdesk.operations.report_making import rests_on
from vpdesk.operations.units import (
    Reorganised,
    end_unit,
    first_day,
    former_names,
    merge_units,
    take_back,
    take_back_name,
    what_became,
)

if TYPE_CHECKING:
    from pathlib import Path

    from vpdesk.domain.clients import Client
    from vpdesk.store.vault import Vault

JULY = date(2025, 7, 1)
COUNTS = {"Noord": 9, "West": 8, "Zuid": 12, "Dorp": 14}


def merged(vault: Vault, client: Client, *names: str, into: str = "", name: str = "", on: date = JULY) -> Reorganised:
    known = {unit.name: unit.id for unit in units(vault, client.id)}
    return merge_units(
        vault,
        client_id=client.id,
        merged=[known[one] for one in names],
        into=known.get(into),
        name=name,
        on=on,
    )


def gathered(vault: Vault, client: Client, period: Period = YEAR) -> reports.Gathered:
    return reports.gather(vault, client_id=client.id, period=period, audience=Audience.WERKGEVER, today=TODAY)


def test_units_go_on_in_a_new_one_and_every_case_keeps_its_own(vault: Vault) -> None:
    client = with_units(vault, {"Noord": 2, "West": 1, "Zuid": 1})
    with_units(vault, {"Noord": 1}, opened=date(2025, 9, 1))
    before = vault.cases.facts(client.id, YEAR, ())
    done = merged(vault, client, "Noord", "West", name=" Noordwest ")
    assert done.made is not None
    assert (done.made.name, done.made.code) == ("Noordwest", "noordwest")
    assert vault.cases.facts(client.id, YEAR, ()) == before
    counted = sorted(fact.codes["onderdeel"] for fact in gathered(vault, client).facts)
    assert counted == ["noord", "noord", "noordwest", "west", "zuid"]
    assert client_rows(vault)[0].units == 2
    assert gathered(vault, client).choices.grouped["onderdeel"] == (("noord", "noordwest", "west"),)
    take_back(vault, done)
    assert [unit.name for unit in units(vault, client.id)] == ["Noord", "West", "Zuid"]
    assert sorted(fact.codes["onderdeel"] for fact in gathered(vault, client).facts) == [
        "noord", "noord", "noord", "west", "zuid",
    ]  # fmt: skip


def test_units_go_on_in_one_that_is_there_or_in_nothing(vault: Vault) -> None:
    client = with_units(vault, {"Noord": 1, "West": 1, "Zuid": 1}, opened=date(2025, 9, 1))
    merged(vault, client, "Noord", "West", into="West")
    ended = end_unit(vault, client_id=client.id, unit_id=named(vault, client, "Zuid").id, on=JULY)
    assert sorted(fact.codes["onderdeel"] for fact in gathered(vault, client).facts) == ["onbekend", "west", "west"]
    first, second = what_became(vault, client.id)
    assert (first, [event.was for event in second.events]) == (ended, ["Noord"])
    for done in (first, second):
        take_back(vault, done)
    assert what_became(vault, client.id) == ()
    assert all(unit.until is None for unit in units(vault, client.id))


def test_a_unit_that_was_used_stays_when_its_beginning_is_taken_back(vault: Vault) -> None:
    client = with_units(vault, {"Noord": 1, "West": 1})
    merged(vault, client, "Noord", "West", name="Noordwest")
    with_units(vault, {"Noordwest": 1}, opened=date(2025, 9, 1))
    (done,) = what_became(vault, client.id)
    assert done.made == named(vault, client, "Noordwest")
    take_back(vault, done)
    assert named(vault, client, "Noordwest").since is None


def test_what_can_not_be_is_refused_and_changes_nothing(vault: Vault) -> None:
    client = with_units(vault, {"Noord": 1, "West": 1, "Zuid": 1, "Oost": 1})
    with pytest.raises(InvalidValueError, match="twee of meer"):
        merged(vault, client, "Noord", name="Noordwest")
    with pytest.raises(InvalidValueError, match="twee of meer"):
        merged(vault, client, "Noord", into="Noord")
    with pytest.raises(AlreadyExistsError, match="bestaat al"):
        merged(vault, client, "Noord", "West", name="zuid")
    with pytest.raises(NotFoundError):
        end_unit(vault, client_id=client.id, unit_id=UnitId(99), on=JULY)
    assert what_became(vault, client.id) == ()
    made = merged(vault, client, "Noord", "West", name="Noordwest")
    with pytest.raises(InvalidValueError, match="‘Noord’ houdt al op te bestaan op 1 juli 2025"):
        merged(vault, client, "Noord", into="Zuid", on=date(2025, 9, 1))
    for day in (JULY, date(2025, 3, 1)):
        with pytest.raises(InvalidValueError, match="‘Noordwest’ bestaat niet op"):
            merged(vault, client, "Noordwest", into="Zuid", on=day)
    with pytest.raises(InvalidValueError, match="‘Noordwest’ bestaat niet op 1 maart 2025"):
        merged(vault, client, "Zuid", into="Noordwest", on=date(2025, 3, 1))
    merged(vault, client, "Oost", into="Zuid", on=date(2025, 9, 1))
    with pytest.raises(InvalidValueError, match="‘Oost’ gaat pas op 1 september 2025 op in ‘Zuid’"):
        merged(vault, client, "Zuid", into="Noordwest", on=date(2025, 8, 1))
    merged(vault, client, "Zuid", into="Noordwest", on=date(2025, 10, 1))
    with pytest.raises(InvalidValueError, match="Met ‘Noordwest’ is daarna nog iets gebeurd"):
        take_back(vault, made)
    assert len(what_became(vault, client.id)) == 3


def test_a_change_begins_after_what_is_out_and_stays_when_more_goes_out(vault: Vault, tmp_path: Path) -> None:
    client = with_units(with_draw(vault), COUNTS)
    for opened in [date(2025, 2, 3)] * 7 + [date(2025, 9, 1)] * 6:
        a_case(vault, opened)
    assert first_day(vault, client.id) is None
    half = export(vault, tmp_path / "half.pdf", period=HALF).publication
    assert first_day(vault, client.id) == JULY
    with pytest.raises(InvalidValueError, match="Kies 1 juli 2025 of later"):
        merged(vault, client, "Noord", "West", name="Noordwest", on=date(2025, 6, 30))
    prepared = reports.prepare(gathered(vault, client))
    done = merged(vault, client, "Noord", "West", name="Noordwest")
    assert not rests_on(vault, prepared.gathered)
    with_units(vault, {"Noordwest": 17, "Zuid": 12, "Dorp": 10}, opened=date(2025, 9, 1))
    year = export(vault, tmp_path / "jaar.pdf").publication
    named_ = {codes for s in year.statements for name, codes in s.box.where if name == "onderdeel"}
    assert all({"noord", "west", "noordwest"} <= set(c) or not {"noord", "west", "noordwest"} & set(c) for c in named_)
    lines = ledger.in_words(year, units(vault, client.id))
    assert "Onderdeel: Noord, Noordwest en West samen: 34" in lines
    with pytest.raises(InvalidValueError, match="Terugdraaien kan niet meer"):
        take_back(vault, done)
    again = export(vault, tmp_path / "or.pdf", period=HALF, audience=Audience.OR).publication
    assert again.statements == half.statements, "what was said before goes on being said"
    lines = ledger.in_words(half, units(vault, client.id))
    assert any("Noord" in line for line in lines)
    assert not any("Noordwest" in line for line in lines)
    next_year = gathered(vault, client, Period.year(2026))
    assert reports.prepare(next_year).gathered.choices.grouped["onderdeel"] == (("noord", "noordwest", "west"),)


def test_a_number_told_by_hand_counts_with_what_can_not_be_told_from_it(vault: Vault, tmp_path: Path) -> None:
    client = with_units(vault, COUNTS)

    def letter(period: Period, *codes: str, least: int = 1) -> Entry:
        return Entry(client.id, Kind.BRIEF, TODAY, "", period, (Said(least, 99, "onderdeel", codes),))

    early = ledger.enter(vault, letter(HALF, "noord"), today=TODAY)
    merged(vault, client, "Noord", "West", name="Noordwest")
    with_units(vault, {"Noordwest": 9, "Noord": 1}, opened=date(2025, 9, 1))
    assert early.statements[0].box.where == (("onderdeel", ("noord",)),)
    with pytest.raises(InvalidValueError, match="‘Noord’ was er niet in de hele periode"):
        ledger.enter(vault, letter(YEAR, "noord"), today=TODAY)
    with pytest.raises(InvalidValueError, match="‘Noord’ was er niet in de hele periode"):
        ledger_check.doubts(vault, letter(YEAR, "noord", "zuid"))
    autumn = letter(Period(JULY, date(2025, 12, 31)), "noordwest", least=11)
    assert "staan er 10" in ledger_check.doubts(vault, autumn)
    whole = ledger.enter(vault, letter(YEAR, "noord", "west", "noordwest", "zuid"), today=TODAY)
    assert whole.statements[0].box.where == (("onderdeel", ("noord", "noordwest", "west", "zuid")),)
    assert export(vault, tmp_path / "jaar.pdf").publication.statements


def test_only_what_is_told_of_whole_rows_is_read_with_what_can_not_be_told_from_it(vault: Vault) -> None:
    client = with_units(vault, {"Noord": 1, "West": 1})
    told = [
        ledger.enter(vault, Entry(client.id, Kind.BRIEF, TODAY, "", YEAR, (said,)), today=TODAY)
        for said in (Said(1, 99), Said(1, 99, "onderdeel", ("noord",)))
    ]
    merged(vault, client, "Noord", "West", name="Noordwest", on=date(2026, 1, 1))
    now = units(vault, client.id)
    total, north = cube.said_by_hand(told, now)
    assert total == told[0]
    assert north.statements[0].box.where == (("onderdeel", ("noord", "noordwest")),)
    earlier = [replace(unit, until=unit.until and JULY, since=unit.since and JULY) for unit in now]
    assert cube.said_by_hand(told, earlier) == tuple(told), "as a copy put back can have it: nothing more is known"


def test_rows_that_go_together_are_chosen_together(vault: Vault) -> None:
    client = with_units(vault, COUNTS)
    merged(vault, client, "Noord", "West", name="Noordwest")
    asked = replace(report_choices(vault, client.id, YEAR), grouped={"onderdeel": (("noord", "zuid"),)})
    kept = choose(vault, client.id, YEAR, asked)
    assert kept.grouped["onderdeel"] == (("noord", "noordwest", "west", "zuid"),)
    assert report_choices(vault, client.id, YEAR) == kept
    ideas = apart_again(vault, client)
    assert [idea.dimension for idea in ideas] == ["onderdeel"]
    choose(vault, client.id, YEAR, with_rows(kept, "onderdeel", ()))
    assert report_choices(vault, client.id, YEAR).grouped["onderdeel"] == (("noord", "noordwest", "west"),)
    assert apart_again(vault, client) == [], "what goes together can't be set apart"


def apart_again(vault: Vault, client: Client) -> list[Idea]:
    notes = reports.shown(reports.prepare(gathered(vault, client))).hidden
    return [idea for note in notes for idea in note.ideas if idea.words == "Zet alle rijen weer apart"]


def test_a_unit_is_remembered_by_the_names_that_it_had(vault: Vault) -> None:
    client = a_client(vault)
    unit = add_unit(vault, client_id=client.id, name="Noord")
    rename_unit(vault, unit, name="Noord", on=JULY)
    rename_unit(vault, unit, name="Ommeland", on=JULY)
    (event,) = former_names(vault, client.id)
    assert (event.was, event.became, event.on) == ("Noord", "Ommeland", JULY)
    assert what_became(vault, client.id) == ()
    (renamed,) = units(vault, client.id)
    assert take_back_name(vault, renamed) == unit
    assert former_names(vault, client.id) == ()
    with pytest.raises(NotFoundError, match="geen andere naam"):
        take_back_name(vault, unit)
