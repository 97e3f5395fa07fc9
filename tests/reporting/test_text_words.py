"""The marks against a text about an organisation, which stays readable, and against what could give somebody away."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from tests import report_kit as kit
from vpdesk.reporting.standard_texts import STANDARD
from vpdesk.reporting.statements import Level
from vpdesk.reporting.text_marks import MarkKind, marks

ONE_WAY = kit.protected(Level.EENRIJ, 18, kit.eighteen())
DATA: Final = Path(__file__).parents[1] / "data"
HARMLESS: Final = (DATA / "words_harmless.txt").read_text("utf-8").splitlines()
HARMFUL: Final = (DATA / "words_harmful.txt").read_text("utf-8").splitlines()


def marked(text: str) -> list[tuple[str, MarkKind]]:
    return [(mark.found, mark.kind) for mark in marks({"kort": text}, protected=ONE_WAY, names=())]


def test_hardly_any_sentence_about_the_organisation_is_marked() -> None:
    false = [sentence for sentence in HARMLESS if marked(sentence)]
    assert len(HARMLESS) >= 95
    assert len(false) <= 4, false


def test_the_standard_texts_have_no_more_marks_than_they_had() -> None:
    assert sum(len(marked(text)) for text in STANDARD.values()) <= 26


def test_a_normal_page_of_findings_is_not_marked() -> None:
    assert {chapter: marked(text) for chapter, text in kit.FINDINGS.items()} == {key: [] for key in kit.FINDINGS}


def test_every_sentence_that_gives_somebody_away_is_marked() -> None:
    missed = [sentence for sentence in HARMFUL if not marked(sentence)]
    assert len(HARMFUL) >= 120
    assert missed == []


@pytest.mark.parametrize(
    "word",
    [
        "twee",
        "drie",
        "zeven",
        "acht",
        "twaalf",
        "twintig",
        "eenentwintig",
        "drieëntwintig",
        "één",
        "enkele",
        "een paar",
    ],
)
@pytest.mark.parametrize(
    "noun", ["studenten", "patiënten", "bewoners", "docenten", "hoveniers", "zweefvliegers", "kapsters", "lui"]
)
def test_a_number_word_is_marked_before_any_noun(word: str, noun: str) -> None:
    assert MarkKind.TELWOORD in {kind for _, kind in marked(f"Er kwamen {word} {noun} langs.")}
    assert MarkKind.TELWOORD in {kind for _, kind in marked(f"Er kwamen {word} jonge {noun} langs.")}


@pytest.mark.parametrize("noun", ["weken", "maanden", "bijeenkomsten", "regelingen", "locaties", "keer per jaar"])
def test_what_an_organisation_counts_is_not_marked(noun: str) -> None:
    for word in ("twee", "drie", "acht", "enkele", "een paar", "verschillende"):
        assert marked(f"Het gaat om {word} {noun}.") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Er waren 2025 casussen.", ("2025", MarkKind.GETAL)),
        ("Er waren XII casussen.", ("XII casussen", MarkKind.TELWOORD)),
        ("Een tweetal kwam langs.", ("tweetal", MarkKind.TELWOORD)),
        ("Het ging om ⅓ van hen.", ("⅓", MarkKind.GETAL)),
        ("Er kwamen twee mensen per week.", ("twee mensen", MarkKind.TELWOORD)),
        ("Alleen vrouwen kwamen.", ("Alleen vrouwen", MarkKind.TELWOORD)),
        ("Meldingen bleven uit.", ("Meldingen bleven uit", MarkKind.TELWOORD)),
        ("Er is een klacht ingediend.", ("Er is een klacht", MarkKind.TELWOORD)),
        ("De hoogleraar schreeuwde.", ("De hoogleraar", MarkKind.PERSOON)),
        ("Haar leidinggevende werd boos.", ("Haar leidinggevende", MarkKind.PERSOON)),
        ("Het gesprek met hem was zwaar.", ("hem", MarkKind.PERSOON)),
        ("Zij huilde.", ("Zij huilde", MarkKind.PERSOON)),
        ("De afdeling HR wist ervan.", ("afdeling HR", MarkKind.PERSOON)),
        ("Rond Pasen kwam het.", ("Rond Pasen", MarkKind.MOMENT)),
        ("Na de zomer werd het anders.", ("Na de zomer", MarkKind.MOMENT)),
        ("In week 12 liep het anders.", ("In week 12", MarkKind.MOMENT)),
        ("Het aantal steeg.", ("steeg", MarkKind.VERGELIJKING)),
        ("Het is hoger dan eerst.", ("hoger dan", MarkKind.VERGELIJKING)),
        ("Er is gepest.", ("gepest", MarkKind.VERBORGEN)),
        ("De pedagoog vertelde erover.", ("De pedagoog", MarkKind.PERSOON)),
        ("Een jonge roostermaker voelde zich niet gehoord.", ("Een jonge roostermaker", MarkKind.PERSOON)),
        ("Later meldde de timmerman het.", ("meldde de timmerman", MarkKind.PERSOON)),
        ("Melder is ziek uitgevallen.", ("Melder is ziek uitgevallen", MarkKind.PERSOON)),
        ("Diegene werkt er niet meer.", ("Diegene", MarkKind.PERSOON)),
        ("Voor haar liep het goed af.", ("Voor haar", MarkKind.PERSOON)),
        ("Telkens was het dezelfde persoon.", ("dezelfde persoon", MarkKind.PERSOON)),
        ("J.B. kwam langs.", ("J.B.", MarkKind.PERSOON)),
        ("Op het personeelsfeest.", ("personeelsfeest", MarkKind.MOMENT)),
        ("Rond de bouwvak.", ("bouwvak", MarkKind.MOMENT)),
        ("Op een dinsdagavond.", ("een dinsdagavond", MarkKind.MOMENT)),
        ("Met name ging het over roosters.", ("Met name", MarkKind.VERGELIJKING)),
        ("Het ging vaak over roosters.", ("ging vaak", MarkKind.VERGELIJKING)),
        ("De eerste melding sinds jaren.", ("eerste melding sinds jaren", MarkKind.VERGELIJKING)),
        ("De oudste van het team.", ("De oudste van", MarkKind.VERGELIJKING)),
        ("Meldingen: een", ("een", MarkKind.TELWOORD)),
        ("Klachten waren er geen.", ("geen", MarkKind.TELWOORD)),
        ("Een half dozijn belde.", ("half dozijn", MarkKind.TELWOORD)),
        ("Een vijfde deel kwam terug.", ("Een vijfde", MarkKind.TELWOORD)),
        ("Tweederde kwam terug.", ("Tweederde", MarkKind.TELWOORD)),
        ("Het overgrote deel kwam terug.", ("Het overgrote deel", MarkKind.TELWOORD)),
        ("Elke melder werkte er.", ("Elke melder werkte", MarkKind.TELWOORD)),
        ("Beide gingen over hetzelfde.", ("Beide gingen", MarkKind.TELWOORD)),
        ("Het is op één hand te tellen.", ("op één hand", MarkKind.TELWOORD)),
        ("Omkoping en corruptie spelen geen rol.", ("corruptie spelen geen rol", MarkKind.TELWOORD)),
        ("Te weinig om te noemen.", ("Te weinig om te noemen", MarkKind.TELWOORD)),
    ],
)
def test_the_marked_words_are_the_ones_that_tell(text: str, found: tuple[str, MarkKind]) -> None:
    assert found in marked(text)


@pytest.mark.parametrize(
    "text",
    [
        "Een melding gaat naar de leiding. Een gesprek niet.",
        "Elke melding krijgt antwoord en iedere medewerker kent de weg.",
        "De ruimte is te klein om te vergaderen.",
        "Aanspreken hoort erbij, voor allen die hier werken.",
        "Beide regelingen zijn bekend, en kosten spelen geen rol.",
    ],
)
def test_ordinary_words_that_look_like_a_count_are_no_marks(text: str) -> None:
    assert marked(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Er werd een arm om de schouder gelegd.", ("arm om de schouder", MarkKind.BIJZONDERHEID)),
        ("Het paar heeft de organisatie verlaten.", ("heeft de organisatie verlaten", MarkKind.GEVOLG)),
        ("De beklaagde liet niets horen.", ("beklaagde", MarkKind.PERSOON)),
        ("Kort daarna verliet zij de organisatie.", ("verliet zij de organisatie", MarkKind.GEVOLG)),
    ],
)
def test_what_is_found_is_given_the_reason_that_fits_it(text: str, found: tuple[str, MarkKind]) -> None:
    assert marked(text) == [found]


@pytest.mark.parametrize(
    "text",
    [
        "De leiding mag zichzelf een klop op de schouder geven.",
        "Wie de organisatie heeft verlaten, kan nog bij mij terecht.",
        "Wie de organisatie verlaat, krijgt een exitgesprek.",
    ],
)
def test_praise_and_a_rule_for_whoever_leaves_tell_nothing(text: str) -> None:
    assert marked(text) == []


def test_one_number_word_is_one_mark() -> None:
    assert marked("Er kwam één student.") == [("één student", MarkKind.TELWOORD)]


def test_other_words_for_a_published_theme_may_stand() -> None:
    themes = kit.table("thema", ("pesten", "fraude"), {"pesten": 11}, 18)
    report = kit.protected(Level.EENRIJ, 18, (themes,))
    made = marks({"kort": "Over pestgedrag en diefstal."}, protected=report, names=())
    assert [mark.found for mark in made] == ["diefstal"]


@pytest.mark.parametrize(
    "title",
    [
        "Gesprek met manager over casus Jansen",
        "Overleg HR over casus De Vries",
        "Advies over omgang met klacht op afdeling finance",
        "Signaal over machtsmisbruik op locatie West",
        "Signaal pestgedrag magazijn",
        "Signaal: werkdruk nachtploeg",
        "Signaal onrust keuken",
        "Gevraagd advies ruzie binnen team",
        "Klacht team Oost",
        "Advies aan directie over verzuim na conflict",
    ],
)
def test_a_title_of_the_log_that_points_at_a_matter_is_marked(title: str) -> None:
    """A title has few words, and seldom a verb or an article by which a sentence is known."""
    assert marked(title)


@pytest.mark.parametrize(
    "title",
    [
        "Workshop grensoverschrijdend gedrag",
        "Training omgaan met een melding",
        "Artikel in de nieuwsbrief over sociale veiligheid",
        "Overleg over de klachtenregeling",
        "Signaal: werkdruk hoort in de RI&E",
        "Signaal over onbereikbaarheid van de klachtencommissie",
        "Presentatie jaarverslag OR",
        "Introductie nieuwe medewerkers zorg",
        "E-learning conflicthantering",
        "Voorlichting klachten en klachtenregeling",
        "Kennismaking in teamverband en in team verband",
        "Overleg over de zaak en de kwestie",
    ],
)
def test_a_title_about_the_organisation_is_left_alone(title: str) -> None:
    assert marked(title) == []
