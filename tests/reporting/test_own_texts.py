"""What a report prints in the user's own words besides the findings is marked like them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests import report_kit as kit
from vpdesk.domain import taxonomy
from vpdesk.domain.clients import Agreed, Client
from vpdesk.domain.ids import ClientId
from vpdesk.domain.names import Spoken
from vpdesk.reporting.disclosure.result import CrossTable
from vpdesk.reporting.own_texts import CHAPTER, agreed, own_marks, own_text, units_printed, written
from vpdesk.reporting.standard_texts import STANDARD
from vpdesk.reporting.statements import Level
from vpdesk.reporting.text_marks import MarkKind

ONE_WAY = kit.protected(Level.EENRIJ, 18, kit.eighteen())
LOW = kit.protected(Level.GEEN_GETALLEN)


def found(
    agreements: str, *, author: str = kit.AUTHOR, low: bool = False, name: str = kit.CLIENT.name, **texts: str
) -> set[tuple[str, MarkKind]]:
    report = LOW if low else ONE_WAY
    client = replace(kit.CLIENT, agreements=agreements, name=name)
    text = own_text(client, {**STANDARD, **texts}, author, report.level)
    made = own_marks(text, protected=report, names=("Roodborst",))
    assert all(mark.chapter == CHAPTER and text[mark.start : mark.end] == mark.found for mark in made)
    return {(mark.found, mark.kind) for mark in made}


@pytest.mark.parametrize("low", [False, True])
@pytest.mark.parametrize(
    ("agreements", "mark"),
    [
        ("Bereikbaar: na 3 meldingen van pesten", ("3", MarkKind.GETAL)),
        ("Bereikbaar: na klachten over de teamleider", ("de teamleider", MarkKind.PERSOON)),
        ("Verslag aan: de directeur, die zelf één melding kreeg", ("één melding", MarkKind.TELWOORD)),
        ("Verslag aan: de directeur, die zelf één melding kreeg", ("de directeur", MarkKind.PERSOON)),
        ("Bereikbaar: via Roodborst", ("Roodborst", MarkKind.NAAM)),
        ("Bereikbaar: 13 uur voor 3 mensen", ("13", MarkKind.GETAL)),
    ],
)
def test_agreements_are_marked_at_every_level(agreements: str, mark: tuple[str, MarkKind], low: bool) -> None:
    assert mark in found(agreements, low=low)


@pytest.mark.parametrize(
    "agreements",
    [
        "Bereikbaar: op werkdagen van 9.00 tot 17.30 uur, 06 1234 5678, vertrouwen2@voorbeeld.nl",
        "Bereikbaar: +31 (0)30 123 45 67",
        "Verslag aan: de directeur",
        "Verslag aan: de directeur en de ondernemingsraad",
        "Afgesproken tijd: 100 uur per jaar",
        "Zomaar: voor 3 mensen",
    ],
)
def test_who_reads_it_and_how_to_get_in_touch_may_be_said(agreements: str) -> None:
    assert found(agreements) == set()


def test_the_author_and_changed_texts_are_marked_and_standard_ones_are_not() -> None:
    assert ("drie klachten", MarkKind.TELWOORD) in found("", author="Jan, drie klachten")
    assert ("niemand", MarkKind.TELWOORD) in found("", rol="Er kwam niemand.")
    assert found("") == set()


def test_the_time_agreed_on_is_no_mark_where_it_is_not_printed() -> None:
    assert ("1.234", MarkKind.GETAL) in found("Afgesproken tijd: 1.234 casussen")
    assert found("Afgesproken tijd: 1.234 casussen", low=True) == set()


def test_what_was_agreed_on_is_printed_as_it_was_filled_in_and_the_users_own_words_go_before() -> None:
    bare = Client(ClientId(1), "Anker")
    assert agreed(bare) == {
        "Aanstelling": "extern vertrouwenspersoon",
        "Werkterrein": "ongewenste omgangsvormen en integriteit",
    }
    since = Agreed(fields=("vpi",), since=date(2023, 1, 1), minutes=270, per="maand", recipients="Eerst de OR\ndan HR")
    assert agreed(replace(bare, appointment="intern", agreed=since)) == {
        "Aanstelling": "intern vertrouwenspersoon, sinds 1 januari 2023",
        "Werkterrein": "integriteit",
        "Afgesproken tijd": "4,5 uur per maand",
        "Verslag aan": "Eerst de OR dan HR",
    }
    ended = replace(since, until=date(2025, 12, 31), fields=("vpoo",))
    own = replace(bare, agreements="Verslag aan: het bestuur\nBereikbaar: 030 1234567", agreed=ended)
    found = agreed(own)
    assert found["Aanstelling"].endswith(", van 1 januari 2023 tot en met 31 december 2025")
    assert found["Werkterrein"] == "ongewenste omgangsvormen"
    assert (found["Verslag aan"], found["Bereikbaar"]) == ("het bestuur", "030 1234567")
    assert agreed(replace(own, agreed=replace(ended, since=None)))["Aanstelling"].endswith(
        ", tot en met 31 december 2025"
    )
    assert written(own) == {"Verslag aan": "het bestuur", "Bereikbaar": "030 1234567"}, "only these are marked"


MORE = MarkKind.NAAM_EN_MEER


@pytest.mark.parametrize("low", [False, True])
@pytest.mark.parametrize(
    ("author", "more"),
    [
        ("Teamleider Noord", "Teamleider Noord"),
        ("M. de Wit, teamleider", "teamleider"),
        ("M. de Wit en Jan Pieters", "en Jan Pieters"),
        ("M. de Wit, mede namens mw. Kuipers", "mede namens mw. Kuipers"),
        ("Vertrouwenspersoon na klacht van de directeur", "na klacht van de directeur"),
        ("Vertrouwenspersoon (1 fraude)", "1 fraude)"),
    ],
)
def test_an_author_is_a_name_and_the_role_and_no_more(author: str, more: str, low: bool) -> None:
    assert (more, MORE) in found("", author=author, low=low)


@pytest.mark.parametrize(
    "author",
    [
        "Extern vertrouwenspersoon",
        "M. de Wit",
        "mr. drs. A.B. van der Aarts",
        "Mw. Jansen, gecertificeerd vertrouwenspersoon",
        "Marieke de Wit (Bureau Vertrouwd)",
        "Vertrouwenspersoon van Stichting Speelwijs",
        "Interne vertrouwenspersoon integriteit",
    ],
)
def test_an_author_may_have_any_name(author: str) -> None:
    assert found("", author=author) == set()


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("Speelwijs na ontslag directeur", {"na ontslag directeur"}),
        ("Drie meldingen BV", {"meldingen"}),
        ("Melding Speelwijs na schorsing", {"Melding", "na schorsing"}),
        ("Speelwijs (fraudezaak)", {"fraudezaak"}),
        ("Gemeente Oude IJsselstreek", set()),
        ("basisschool De Regenboog", set()),
        ("Vereniging voor christelijk onderwijs", set()),
        ("Bakkerij De Vries & Zn.", set()),
    ],
)
def test_the_name_of_an_organisation_tells_nothing_else(name: str, more: set[str]) -> None:
    assert {words for words, kind in found("", name=name) if kind is MORE} == more
    assert bool(found("", name=name)) == bool(more)


def test_fields_may_be_named_where_they_say_what_was_agreed() -> None:
    fields = kit.table("werkgebied", taxonomy.WERKGEBIED.codes, {}, 18)
    report = kit.protected(Level.EENRIJ, 18, (fields,))
    for agreement, marked in (("Werkterrein: omgangsvormen en integriteit", False), ("Bereikbaar: integriteit", True)):
        text = own_text(replace(kit.CLIENT, agreements=agreement), STANDARD, kit.AUTHOR, report.level)
        assert bool(own_marks(text, protected=report, names=())) is marked


@pytest.mark.parametrize(
    ("unit", "kinds"),
    [
        ("Team Jan Bakker", {("Jan Bakker", MarkKind.NAAM)}),
        ("Team twee meldingen over fraude", {("twee meldingen", MarkKind.TELWOORD), ("fraude", MarkKind.VERBORGEN)}),
        ("Vleugel na 3 klachten", {("3", MarkKind.GETAL)}),
        ("Afdeling van de directeur", {("de directeur", MarkKind.PERSOON)}),
        ("Team Noord", set()),
        ("Team 3", set()),
        ("Publiekszaken", set()),
    ],
)
def test_the_name_of_a_unit_is_marked_where_a_table_prints_it(unit: str, kinds: set[tuple[str, MarkKind]]) -> None:
    units = {"a": unit, "b": "Zuid", "c": ""}
    tables = (*kit.eighteen(), kit.table("onderdeel", (*units, "onbekend"), {"b": 6}, 18))
    report = kit.protected(Level.EENRIJ, 18, tables)
    called = Spoken(frozenset({"Jan Bakker"}), frozenset({"Bakker"}))
    text = own_text(kit.CLIENT, STANDARD, kit.AUTHOR, report.level, units_printed(report, units))
    made = own_marks(text, protected=report, names=(unit, "Zuid"), called=called, units=units)
    assert {(mark.found, mark.kind) for mark in made} - {("Jan", MarkKind.PERSOON)} == kinds
    assert all(text[mark.start : mark.end] == mark.found for mark in made)
    assert units_printed(ONE_WAY, units) == ()


def test_a_two_way_table_prints_the_names_of_units_too() -> None:
    units = {"a": "Team Bakkum", "b": "Zuid"}
    crossed = CrossTable(
        "rol", "onderdeel", ("melder", "getuige"), ("a", "b"), ((14, 9), (8, 7)), (23, 15), (22, 16), 38
    )
    report = replace(ONE_WAY, crossed=(crossed,))
    assert units_printed(report, units) == ("Team Bakkum", "Zuid")
    text = own_text(kit.CLIENT, STANDARD, kit.AUTHOR, report.level, units_printed(report, units))
    made = own_marks(text, protected=report, names=(), called=Spoken(frozenset({"Bakkum"})), units=units)
    assert [(mark.found, mark.kind) for mark in made] == [("Bakkum", MarkKind.NAAM)]
