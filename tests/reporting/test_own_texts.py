"""What a report prints in the user's own words besides the findings is marked like them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests import report_kit as kit
from vpdesk.domain.clients import Agreed, Client
from vpdesk.domain.ids import ClientId
from vpdesk.reporting.own_texts import CHAPTER, agreed, own_marks, own_text, written
from vpdesk.reporting.standard_texts import STANDARD
from vpdesk.reporting.statements import Level
from vpdesk.reporting.text_marks import MarkKind

ONE_WAY = kit.protected(Level.EENRIJ, 18, kit.eighteen())
LOW = kit.protected(Level.GEEN_GETALLEN)


def found(agreements: str, *, author: str = kit.AUTHOR, low: bool = False, **texts: str) -> set[tuple[str, MarkKind]]:
    report = LOW if low else ONE_WAY
    client = replace(kit.CLIENT, agreements=agreements)
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
