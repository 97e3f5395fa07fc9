"""What the window says about hidden numbers: why, what is left of them, and nothing that is not published."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from tests.attacks import kit, vaults
from tests.casework import NOW, TODAY, a_case, a_client
from tests.reporting.disclosure.registry import HALF, YEAR
from vpdesk.domain import taxonomy
from vpdesk.domain.periods import Period
from vpdesk.domain.publications import Kind
from vpdesk.domain.report_choices import crossing
from vpdesk.domain.statements import Audience
from vpdesk.operations import report_hidden, reports
from vpdesk.operations.ledger import Entry, Said, enter
from vpdesk.operations.report_choosing import choose
from vpdesk.reporting.disclosure.result import CUT_SHORT, NOT_KEPT, NOT_YET_TWICE, WOULD_TELL, Conclusion, CrossTable

if TYPE_CHECKING:
    from pathlib import Path

    from vpdesk.domain.publications import Publication
    from vpdesk.operations.reports import HiddenNote, Prepared
    from vpdesk.store.vault import Vault


SECOND_HALF = Period(date(2025, 7, 1), date(2025, 12, 31))
DRAW = b"a draw under which the tables of the year stay"


def prepared(vault: Vault, period: Period = YEAR, audience: Audience = Audience.WERKGEVER) -> Prepared:
    """Return a report under a draw that is the same in every run."""
    gathered = reports.gather(vault, client_id=a_client(vault).id, period=period, audience=audience, today=TODAY)
    return reports.prepare(replace(gathered, draw_key=DRAW))


def export(vault: Vault, folder: Path, period: Period = HALF) -> Publication:
    made = prepared(vault, period)
    return reports.deliver(vault, made, out=folder / "verslag.pdf", now=NOW, backup_places=()).publication


def note_of(made: Prepared, dimension: str) -> HiddenNote:
    return next(note for note in reports.shown(made).hidden if note.dimension == dimension)


def test_a_table_with_dashes_gives_both_reasons_and_what_is_left(vault: Vault) -> None:
    vaults.fill(vault, {"melder": 9, "getuige": 8, "collega": 2, "naaste": 3, "onbekend": 9}, {})
    note = note_of(prepared(vault), "rol")
    assert note.rows
    assert note.reason == "te klein, of zou door aftrekken te vinden zijn"
    assert note.explained == (report_hidden.WHY, "Te klein is hier minder dan 5.")
    assert note.conclusion == f"tussen 0 en {note.total}"
    assert note.shown >= 2
    assert [idea.period for idea in note.ideas][-1] == Period(date(2024, 1, 1), date(2025, 12, 31))
    assert len(note.lines) == len(taxonomy.ROL.codes)


def test_what_is_out_about_overlapping_days_is_named(vault: Vault, tmp_path: Path) -> None:
    vaults.fill(vault)
    export(vault, tmp_path)
    note = note_of(prepared(vault), "rol")
    assert note.reason.endswith("of samen met het halfjaarverslag herleidbaar")
    assert "het halfjaarverslag van januari tot en met juni 2025 (uitgegeven op 20 januari 2026)" in note.explained[2]


def other_hidden_numbers(made: Prepared) -> Prepared:
    """Return a report about another registry, made with the same key, that says exactly the same."""
    facts = made.gathered.facts
    (line,) = [line for line in made.protected.pattern if line.dimension == "rol"]
    for mine in line.codes:
        for place, fact in enumerate(facts):
            if fact.opened in HALF or fact.codes["rol"] not in set(line.codes) - {mine}:
                continue
            moved = replace(fact, codes={**fact.codes, "rol": mine})
            other = reports.prepare(replace(made.gathered, facts=(*facts[:place], moved, *facts[place + 1 :])))
            if other.protected.statements == made.protected.statements:
                return other
    raise AssertionError("every other spread of the hidden cases gives another report")


def test_two_registries_with_the_same_statements_give_the_same_screen(vault: Vault, tmp_path: Path) -> None:
    vaults.fill(vault)
    export(vault, tmp_path)
    made = prepared(vault)
    other = other_hidden_numbers(made)
    assert other.gathered.facts != made.gathered.facts
    assert reports.shown(other) == reports.shown(made)


def test_the_same_screen_stands_beside_no_case_and_beside_a_few(vault: Vault) -> None:
    shown = []
    for _ in range(3):
        made = prepared(vault)
        assert made.protected.level is reports.Level.GEEN_GETALLEN
        shown.append(reports.shown(made))
        a_case(vault, kit.EARLY)
    assert shown[0] == shown[1] == shown[2]
    (note,) = shown[0].hidden
    assert note.title == "Alle aantallen"
    assert [idea.words for idea in note.ideas] == ["Probeer 2024 en 2025 samen"]


def test_a_report_of_just_the_total_says_why_there_are_no_tables(vault: Vault) -> None:
    for _ in range(7):
        a_case(vault, kit.EARLY)
    (note,) = reports.shown(prepared(vault, HALF)).hidden
    assert (note.title, note.reason) == ("Alle tabellen", "te weinig casussen")
    assert [idea.words for idea in note.ideas] == ["Probeer heel 2025"]
    assert note.lines == ()


def test_a_table_that_was_left_out_says_what_would_help(vault: Vault) -> None:
    vaults.fill(vault, {"melder": 12}, {})
    note = note_of(prepared(vault), "thema")
    assert note.rows == ()
    assert note.reason == "te weinig rijen met een getal"
    assert note.explained[-1] == report_hidden.FEWER_ROWS
    assert [idea.words for idea in note.ideas] == ["Neem de thema’s per groep samen", "Probeer 2024 en 2025 samen"]
    assert note.lines


def test_that_a_report_is_open_to_all_is_said_where_it_hides_more(vault: Vault) -> None:
    vaults.fill(vault, {"melder": 19, "getuige": 18, "collega": 2, "naaste": 12, "onbekend": 13}, {})
    openly = prepared(vault, audience=Audience.OPENBAAR)
    assert note_of(openly, "rol").explained[1] == "Te klein is hier minder dan 10, omdat het verslag openbaar is."
    (left,) = (note for note in report_hidden.hidden_notes(openly) if not note.rows and note.dimension == "thema")
    assert "Een openbaar verslag noemt geen aantal onder 10." in left.explained
    assert note_of(prepared(vault, audience=Audience.OR), "rol").explained[1] == "Te klein is hier minder dan 5."
    client = a_client(vault)
    with vault.transaction():
        vault.clients.put(replace(client, threshold=12))
    higher = prepared(vault, audience=Audience.OPENBAAR)
    assert note_of(higher, "rol").explained[1] == "Te klein is hier minder dan 12."


def test_rows_of_a_period_that_is_out_stay_as_they_went_out(vault: Vault, tmp_path: Path) -> None:
    vaults.fill(vault, {"melder": 9, "getuige": 8, "collega": 2, "naaste": 3, "onbekend": 9}, {})
    export(vault, tmp_path, YEAR)
    note = note_of(prepared(vault, audience=Audience.OR), "rol")
    assert note.lines == ()
    assert note.ideas == ()
    assert note.conclusion


def test_rows_that_went_out_together_are_told_and_do_not_come_apart(vault: Vault, tmp_path: Path) -> None:
    vaults.fill(vault, {"melder": 9, "getuige": 8, "collega": 2, "naaste": 3, "onbekend": 9}, {})
    together = reports.ReportChoices({"rol": (("collega", "naaste"),)})
    choose(vault, a_client(vault).id, YEAR, together)
    assert note_of(prepared(vault), "rol").ideas
    export(vault, tmp_path, YEAR)
    note = note_of(prepared(vault, audience=Audience.OR), "rol")
    assert note.ideas == ()


@pytest.mark.parametrize("period", [YEAR, SECOND_HALF])
def test_a_longer_period_is_not_proposed_where_a_part_of_it_is_out_with_tables(
    vault: Vault, tmp_path: Path, period: Period
) -> None:
    roles = {"melder": 14, "getuige": 12, "collega": 11, "naaste": 3, "onbekend": 4}
    vaults.fill(vault, roles, roles)
    assert any(idea.period for note in reports.shown(prepared(vault, period)).hidden for idea in note.ideas)
    export(vault, tmp_path, HALF)
    assert not any(idea.period for note in reports.shown(prepared(vault, period)).hidden for idea in note.ideas)


def test_a_longer_period_is_proposed_where_only_a_total_is_out_and_says_more(vault: Vault, tmp_path: Path) -> None:
    for day in [*[kit.EARLY] * 7, *[kit.LATE] * 12]:
        a_case(vault, day)
    export(vault, tmp_path, HALF)
    (note,) = reports.shown(prepared(vault, HALF)).hidden
    (idea,) = note.ideas
    assert idea.period == YEAR
    assert reports.numbers_in(prepared(vault, YEAR)) >= reports.numbers_in(prepared(vault, HALF)) == 0


def left_out(made: Prepared, *pairs: tuple[str, str]) -> tuple[HiddenNote, ...]:
    protected = replace(made.protected, left_out=pairs, tables=(), level=reports.Level.TOTAAL)
    return report_hidden.hidden_notes(replace(made, protected=protected))


def test_what_can_not_be_helped_has_no_ideas(vault: Vault) -> None:
    made = prepared(vault)
    kept, twice = left_out(made, ("rol", NOT_KEPT), ("thema", NOT_YET_TWICE))
    assert not any((*kept.ideas, *twice.ideas, *kept.lines, *twice.lines))
    assert (kept.reason, twice.reason) == (
        "niet bewaard van vernietigde casussen",
        "stond niet in de eerdere uitgave",
    )
    assert "vernietigde casussen" in kept.explained[0]
    assert "al eerder uitgegeven" in twice.explained[0]


def test_a_table_that_tells_too_much_names_what_it_tells_too_much_with(vault: Vault, tmp_path: Path) -> None:
    vaults.fill(vault)
    (alone,) = left_out(prepared(vault), ("rol", WOULD_TELL))
    assert alone.reason == WOULD_TELL
    export(vault, tmp_path)
    (beside,) = left_out(prepared(vault), ("rol", WOULD_TELL))
    assert beside.reason == "samen met het halfjaarverslag herleidbaar"
    assert beside.explained[0].startswith("Samen met het halfjaarverslag van januari tot en met juni 2025")


def test_a_table_that_was_not_checked_to_the_end_is_not_said_to_tell(vault: Vault, tmp_path: Path) -> None:
    vaults.fill(vault)
    export(vault, tmp_path)
    (note,) = left_out(prepared(vault), ("rol", CUT_SHORT))
    assert note.reason == "niet helemaal nagerekend"
    assert not any("zou in deze tabel een klein aantal herleidbaar zijn" in sentence for sentence in note.explained)
    assert "minder tabellen" in note.explained[-1]
    assert note.lines, "rows can be counted together"


def test_several_publications_are_named_together(vault: Vault) -> None:
    vaults.fill(vault)
    client = a_client(vault)
    months = [Period(date(2025, m, 1), date(2025, m, 28)) for m in range(1, 6)]
    for month in months:
        said = (Said(0, 40, "rol", ("melder",)),)
        enter(vault, Entry(client.id, Kind.BRIEF, NOW.date(), "De directie", month, said), today=NOW.date())
    (note,) = left_out(prepared(vault), ("rol", WOULD_TELL))
    assert note.reason == "samen met de brief herleidbaar"
    assert note.explained[0].count("de brief van") == 3
    assert "en wat er verder uit is" in note.explained[0]
    said = (Said(0, 40, "rol", ("melder",)),)
    enter(vault, Entry(client.id, Kind.SIGNAAL, NOW.date(), "De directie", months[0], said), today=NOW.date())
    (note,) = left_out(prepared(vault), ("rol", WOULD_TELL))
    assert note.reason == "samen met eerdere uitgaven herleidbaar"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ((2025, 1, 1), (2025, 12, 31), "het jaarverslag over 2025"),
        ((2024, 9, 1), (2025, 8, 31), "het jaarverslag van september 2024 tot en met augustus 2025"),
        ((2025, 7, 1), (2025, 12, 31), "het halfjaarverslag van juli tot en met december 2025"),
        ((2025, 1, 1), (2025, 3, 31), "het kwartaalverslag van januari tot en met maart 2025"),
        ((2025, 2, 1), (2025, 2, 28), "het maandverslag van februari 2025"),
        ((2025, 1, 1), (2025, 5, 31), "het verslag van januari tot en met mei 2025"),
        ((2025, 1, 1), (2025, 5, 30), "het verslag van 1 januari 2025 tot en met 30 mei 2025"),
        ((2025, 1, 3), (2025, 5, 31), "het verslag van 3 januari 2025 tot en met 31 mei 2025"),
    ],
)
def test_a_publication_is_named_by_its_days(
    vault: Vault, tmp_path: Path, first: tuple[int, int, int], last: tuple[int, int, int], words: str
) -> None:
    out: Publication = export(vault, tmp_path, Period(date(*first), date(*last)))
    assert report_hidden.in_words(out) == f"{words} (uitgegeven op 20 januari 2026)"
    told = replace(out, kind=Kind.GESPROKEN, exported=datetime(2026, 2, 3, 9, 0))  # noqa: DTZ001 - local time
    assert report_hidden.in_words(told).startswith("wat is verteld ")


def test_a_table_with_rows_together_says_so_and_leads_back(vault: Vault) -> None:
    vaults.fill(vault, dict(zip(kit.ROLES, (9, 8, 3, 9, 12), strict=True)), {})
    together = tuple(code for code in taxonomy.ROL.codes if code not in {"melder", "getuige", "onbekend"})
    choices = reports.with_rows(reports.ReportChoices(), "rol", (together,))
    gathered = reports.gather(
        vault, client_id=a_client(vault).id, period=YEAR, audience=Audience.WERKGEVER, today=TODAY, choices=choices
    )
    made = reports.prepare(replace(gathered, draw_key=DRAW))
    note = note_of(made, "rol")
    assert (note.rows, note.shown, note.conclusion) == ((), 4, "")
    assert [idea.words for idea in note.ideas] == ["Zet alle rijen weer apart"]
    assert together in [row for row, _ in note.lines]
    assert reports.hidden_in_words(note) == "Casussen naar rol: rijen samengenomen."
    assert reports.dashes_in(made, "rol") == 0
    assert reports.dashes_in(prepared(vault), "rol") > 1


def test_a_table_in_which_all_is_said_has_no_note(vault: Vault) -> None:
    vaults.fill(vault, dict.fromkeys(taxonomy.ROL.codes, 6), {})
    made = prepared(vault)
    assert reports.numbers_in(made, "rol") == len(taxonomy.ROL.codes)
    assert "rol" not in [note.dimension for note in reports.shown(made).hidden]


def test_a_two_way_table_counts_its_dashes_and_has_a_title_of_both(vault: Vault, tmp_path: Path) -> None:
    vaults.fill(vault)
    export(vault, tmp_path)
    made = prepared(vault)
    cross = CrossTable("rol", "fase@2025-12-31", ("melder", "getuige"), ("voorfase", "nafase"), ((8, None), (None, 9)),
                       (None, None), (None, None), 60)  # fmt: skip
    whole = replace(cross, cells=((8, "nvt"), (7, 9)))
    name = crossing("rol", "fase@2025-12-31")
    protected = replace(
        made.protected, crossed=(cross, whole), conclusions=(Conclusion(name, 0, 6, (0, 6)),),
        left_out=((crossing("thema", "rol"), "te weinig vakken zouden een getal tonen"),),
    )  # fmt: skip
    other = replace(made, protected=protected)
    *_, note, left = report_hidden.hidden_notes(other)
    assert (note.title, len(note.rows), note.shown) == ("Casussen naar rol en fase", 2, 2)
    assert note.conclusion == "tussen 0 en 6"
    assert note.reason.endswith("of samen met het halfjaarverslag herleidbaar"), "it says something of roles"
    assert note.ideas == (), "a table of a part of this year is out"
    alone = replace(other, gathered=replace(made.gathered, earlier=()))
    assert [idea.period is not None for idea in report_hidden.hidden_notes(alone)[-2].ideas] == [True]
    assert reports.hidden_in_words(note).endswith(" met een streepje.")
    assert left.title == "Casussen naar hoofdthema en rol"
    assert left.explained == ("Te weinig vakken zouden een getal tonen.",)
    assert left.ideas == ()
    assert reports.dashes_in(other) == reports.dashes_in(made) + 2
    (told,) = left_out(
        replace(made, gathered=replace(made.gathered, earlier=())), (crossing("thema", "rol"), WOULD_TELL)
    )
    assert [idea.words for idea in told.ideas] == ["Probeer 2024 en 2025 samen"]


def test_the_narrowest_range_is_told_where_dashes_differ() -> None:
    between = report_hidden._between
    assert between(Conclusion("rol", 0, 9, (0, 9))) == "tussen 0 en 9"
    assert between(Conclusion("rol", 0, 30, (0, 8))) == "tussen 0 en 30, en waar het meest bekend is tussen 0 en 8"
    assert between(Conclusion("rol", 0, 30, (6, 6))) == "tussen 0 en 30, en waar het meest bekend is 6"


def test_numbers_that_tables_print_are_counted(vault: Vault) -> None:
    vaults.fill(vault, {"melder": 9, "getuige": 8, "collega": 2, "naaste": 3, "onbekend": 9}, {})
    made = prepared(vault)
    assert reports.numbers_in(made, "rol") == note_of(made, "rol").shown
    assert reports.numbers_in(made, "verbonden") == 0
    assert reports.numbers_in(made) == sum(
        isinstance(value, int) for table in made.protected.tables for _, value in table.rows
    )


def test_words_are_marked_without_being_kept_and_only_where_a_report_prints_them(vault: Vault) -> None:
    silent = prepared(vault)
    assert reports.open_marks_in(silent, "signalen", "Er was één melding.") == ()
    vaults.fill(vault, dict.fromkeys(taxonomy.ROL.codes, 6), {})
    made = prepared(vault)
    (mark,) = reports.open_marks_in(made, "signalen", "Er was één melding.")
    assert mark.found == "één melding"
    assert made.marks == ()
    accepted = replace(made, gathered=replace(made.gathered, accepted={"signalen": {mark.key: "Van de OR zelf."}}))
    assert reports.open_marks_in(accepted, "signalen", "Er was één melding.") == ()
