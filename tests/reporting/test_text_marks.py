"""Words that could give someone away are marked, each with its reason."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest

from tests import report_kit as kit
from vpdesk.domain.names import Spoken
from vpdesk.reporting.disclosure.result import CrossTable
from vpdesk.reporting.statements import Level
from vpdesk.reporting.text_marks import REASONS, MarkKind, marks, unresolved, word_marks

ONE_WAY = kit.protected(Level.EENRIJ, 18, kit.eighteen())


def kinds(text: str, names: tuple[str, ...] = ()) -> list[tuple[str, MarkKind]]:
    return [(mark.found, mark.kind) for mark in marks({"kort": text}, protected=ONE_WAY, names=names)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Er waren 3 casussen.", ("3", MarkKind.GETAL)),
        ("Ongeveer 45% ging over werk.", ("45%", MarkKind.GETAL)),
        ("Er kwam één melding.", ("één melding", MarkKind.TELWOORD)),
        ("Er waren geen officiële klachten.", ("geen officiële klachten", MarkKind.TELWOORD)),
        ("Niemand kwam.", ("Niemand", MarkKind.TELWOORD)),
        ("Roodborst vertelde dat.", ("Roodborst", MarkKind.NAAM)),
        ("Het ging over Pesten.", ("Pesten", MarkKind.VERBORGEN)),
        ("Soms is er doorverwezen.", ("doorverwezen", MarkKind.VERBORGEN)),
        ("Dat kwam het vaakst voor.", ("het vaakst", MarkKind.VERGELIJKING)),
        ("Nul meldingen.", ("Nul meldingen", MarkKind.TELWOORD)),
        ("Dertien mensen kwamen langs.", ("Dertien mensen", MarkKind.TELWOORD)),
        ("Er kwamen drieëntwintig casussen bij.", ("drieëntwintig casussen", MarkKind.TELWOORD)),
        ("Meerdere meldingen gingen over werk.", ("Meerdere meldingen", MarkKind.TELWOORD)),
        ("Een handjevol mensen.", ("Een handjevol mensen", MarkKind.TELWOORD)),
        ("Dat gebeurde tweemaal.", ("tweemaal", MarkKind.TELWOORD)),
        ("De helft ging over werk.", ("De helft", MarkKind.TELWOORD)),
        ("Eén op de drie meldde dat.", ("Eén op de drie", MarkKind.TELWOORD)),
        ("18 mensen uit afdeling Noord.", ("18", MarkKind.ANDER_GETAL)),
        ("Er waren 11 vrouwen onder hen.", ("11", MarkKind.ANDER_GETAL)),
        ("In 11 casussen ging het over intimidatie.", ("11", MarkKind.ANDER_GETAL)),
        ("Zij vertelde dat het stopte.", ("Zij vertelde", MarkKind.PERSOON)),
        ("De teamleider sprak hen aan.", ("De teamleider", MarkKind.PERSOON)),
        ("Een medewerkster vertrok.", ("Een medewerkster", MarkKind.PERSOON)),
        ("In maart speelde iets.", ("In maart", MarkKind.MOMENT)),
        ("Op 12 maart speelde iets.", ("Op 12 maart", MarkKind.MOMENT)),
        ("In het voorjaar speelde iets.", ("In het voorjaar", MarkKind.MOMENT)),
        ("Het werd drukker.", ("drukker", MarkKind.VERGELIJKING)),
        ("Het aantal nam toe.", ("nam toe", MarkKind.VERGELIJKING)),
        ("Er kwamen meer meldingen.", ("meer meldingen", MarkKind.VERGELIJKING)),
    ],
)
def test_what_could_give_someone_away_is_marked(text: str, found: tuple[str, MarkKind]) -> None:
    assert found in kinds(text, ("Roodborst", ""))


@pytest.mark.parametrize(
    "text",
    [
        "In 2025 begonnen 18 casussen, waarvan 6 over intimidatie (33%).",
        "De regeling staat op intranet en is goed te vinden.",
        "De roodborstjes zingen.",
        "Zeg hardop: zo gaan wij hier niet met elkaar om.",
        "Er waren 18 casussen. In 6 casussen ging het over intimidatie, in 5 casussen over een arbeidsconflict.",
        "De directie neemt het over en maakt beleid; mensen weten waar zij terechtkunnen.",
        "Wie een melding doet, krijgt binnen een week antwoord.",
        "Ik houd in 2026 spreekuur.",
        "In de organisatie helpt het als iemand vroeg hardop zegt dat het anders moet.",
    ],
)
def test_what_is_published_or_harmless_is_left_alone(text: str) -> None:
    assert kinds(text, ("Roodborst",)) == []


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(
    ("text", "found", "kind"),
    [
        ("Er kwam één melding.", "één melding", MarkKind.TELWOORD),
        ("Bij José was het druk.", "José", MarkKind.NAAM),
        ("Bij Jose was het druk.", "Jose", MarkKind.NAAM),
        ("Josés rooster.", "Josés", MarkKind.NAAM),
        ("José’s rooster.", "José’s", MarkKind.NAAM),
        ("Bij Coördinatie\nNoord speelde het.", "Coördinatie\nNoord", MarkKind.NAAM),
        ("Bij Coördinatie-Noord speelde het.", "Coördinatie-Noord", MarkKind.NAAM),
        ("Bij Coördi-\nnatie Noord speelde het.", "Coördi-\nnatie Noord", MarkKind.NAAM),
        ("Bij Coördi\u00adnatie Noord speelde het.", "Coördi\u00adnatie Noord", MarkKind.NAAM),
        ("Er kwam één\nmel\u00adding.", "één\nmel\u00adding", MarkKind.TELWOORD),
    ],
)
def test_what_is_printed_is_marked_however_it_was_typed(text: str, found: str, kind: MarkKind, form: str) -> None:
    typed, wanted = (unicodedata.normalize(form, words) for words in (text, found))
    made = [m for m in marks({"kort": typed}, protected=ONE_WAY, names=("José", "Coördinatie Noord")) if m.kind is kind]
    assert [(mark.found, typed[mark.start : mark.end]) for mark in made] == [(wanted, wanted)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Wrevel-\nhout kwam vaak.", ["Wrevel-\nhout"]),
        ("Zie wrevelhouts voorstel, en BAKKER.", ["wrevelhouts", "BAKKER"]),
        ("De bakker en de bakkerij van Bakkers broer.", ["Bakkers"]),
        ("Lien Wrevelhout en Lien.", ["Lien Wrevelhout", "Lien"]),
        ("Met teamleider  zwembad is gesproken.", ["teamleider  zwembad"]),
        ("Zwembad en teamleider, en Wrevel hout.", []),
    ],
)
def test_people_are_marked_by_their_names_and_functions(text: str, found: list[str]) -> None:
    called = Spoken(frozenset({"Lien Wrevelhout", "Lien", "Wrevelhout", "teamleider zwembad"}), frozenset({"Bakker"}))
    made = marks({"kort": text}, protected=ONE_WAY, names=(), called=called)
    assert [mark.found for mark in made if mark.kind is MarkKind.NAAM] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Inkoopmedewerkers en inkopers.", ["Inkoopmedewerkers"]),
        ("Op het opleidingsplan.", ["Op"]),
        ("De roosters. Het overleg.", []),
        ("Er was overleg over roosters, meer niet.", ["overleg over roosters"]),
        ("Bij ROOSTERS en Óverleg.", ["ROOSTERS en Óverleg"]),
        ("Zei Pietersen.", ["Pietersen"]),
        ("Jan-Willem zei het.", ["Jan-Willem"]),
    ],
)
def test_units_and_matters_are_marked_too(text: str, found: list[str]) -> None:
    together = frozenset({frozenset({"overleg", "roosters"})})
    called = Spoken(with_capital=frozenset({"PIETERSEN", "Jan-Willem"}), together=together)
    made = marks({"kort": text}, protected=ONE_WAY, names=("Inkoop", "Op"), called=called)
    assert [mark.found for mark in made if mark.kind is MarkKind.NAAM] == found


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("jbakker@speelwijs.nl", True),
        ("j.bakker@speelwijs.nl", True),
        ("bakker.jp@speelwijs.nl", True),
        ("jan.bakker2@speelwijs.nl", True),
        ("l.van.den.wrevelhout@speelwijs.nl", True),
        ("bakkerij@speelwijs.nl", True),
        ("bakkerswinkel@speelwijs.nl", False),
        ("vertrouwenspersoon@speelwijs.nl", False),
    ],
)
def test_an_address_with_a_name_from_the_vault_is_marked(address: str, named: bool) -> None:
    called = Spoken(frozenset({"Jan Bakker", "Wrevelhout"}), frozenset({"Jan", "Bakker"}))
    made = marks({"kort": f"Schrijf naar {address}."}, protected=ONE_WAY, names=(), called=called)
    assert [mark.found for mark in made if mark.kind is MarkKind.NAAM] == (
        [address.split("@", maxsplit=1)[0]] if named else []
    )


def test_a_reason_holds_however_the_accents_are_typed() -> None:
    keys = {
        mark.key
        for form in ("NFC", "NFD")
        for mark in marks({"kort": unicodedata.normalize(form, "Één melding.")}, protected=ONE_WAY, names=())
    }
    assert len(keys) == 1


SENTENCE = "Niemand hoeft zich te schamen."


@pytest.mark.parametrize(
    ("after", "still_kept"),
    [
        (f"Uitleg helpt echt.\n\n{SENTENCE} Dat blijft zo.", True),
        (SENTENCE.replace(" ", "\n"), True),
        ("Niemand hoeft zich hier te schamen.", False),
        ("Uitleg helpt. Niemand meldde iets over het magazijn.", False),
        (f"{SENTENCE} {SENTENCE}", False),
    ],
)
def test_a_reason_is_for_the_words_in_their_sentence(after: str, still_kept: bool) -> None:
    (mark,) = marks({"kort": f"Uitleg helpt. {SENTENCE}"}, protected=ONE_WAY, names=())
    made = marks({"kort": after}, protected=ONE_WAY, names=())
    assert made
    assert (unresolved(made, {"kort": {mark.key: "voorlichting"}}) == ()) is still_kept


def test_a_reason_for_the_words_alone_as_it_was_kept_before_is_asked_for_again() -> None:
    made = marks({"kort": SENTENCE}, protected=ONE_WAY, names=())
    assert unresolved(made, {"kort": {"telwoord:niemand": "voorlichting"}}) == made


@pytest.mark.parametrize(
    ("text", "found", "kind"),
    [
        ("Er kwam nie-mand.", "nie-mand", MarkKind.TELWOORD),
        ("Er kwam n i e m a n d langs.", "n i e m a n d", MarkKind.TELWOORD),
        ("Er was é-é-n melding.", "é-é-n melding", MarkKind.TELWOORD),
        ("Het ging om twéé casussen.", "twéé casussen", MarkKind.TELWOORD),
        ("Over p.e.s.t.e.n gaat het.", "p.e.s.t.e.n", MarkKind.VERBORGEN),
        ("Pest-gedrag kwam voor.", "Pest-gedrag", MarkKind.VERBORGEN),
        ("Er was één\u200bmelding.", "één\u200bmelding", MarkKind.TELWOORD),
        ("Er was één\u00admelding.", "één\u00admelding", MarkKind.TELWOORD),
        ("Bij i n k o o p speelde iets.", "i n k o o p", MarkKind.NAAM),
        ("Er waren ᴅʀɪᴇ signalen.", "ᴅʀɪᴇ", MarkKind.TELWOORD),
        ("Er waren dr_ie signalen.", "dr_ie", MarkKind.TELWOORD),
        ("Er waren d|r|i|e signalen.", "d|r|i|e", MarkKind.TELWOORD),
        ("Er waren dr*ie signalen.", "dr*ie", MarkKind.TELWOORD),
        ("Er kwam ‘é’én langs.", "é’én", MarkKind.TELWOORD),
        ("Het ging om p€sten.", "p€sten", MarkKind.VERBORGEN),
        ("Bij In_koop speelde iets.", "In_koop", MarkKind.NAAM),
        ("Er waren ⚂ signalen.", "⚂", MarkKind.GETAL),
    ],
)
def test_a_word_in_disguise_is_marked_where_it_was_typed(text: str, found: str, kind: MarkKind) -> None:
    assert kinds(text, ("Inkoop",)) == [(found, kind)]


def test_words_are_marked_without_any_number() -> None:
    text = "In maart zei Roodborst dat niemand iets over pesten wist, 3 keer."
    made = word_marks("kort", text, names=("Roodborst",))
    assert {mark.kind for mark in made} == {MarkKind.MOMENT, MarkKind.NAAM, MarkKind.TELWOORD}
    assert set(made) <= set(marks({"kort": text}, protected=ONE_WAY, names=("Roodborst",)))
    assert word_marks("kort", " ", names=()) == ()


def test_every_mark_has_its_place_and_a_reason() -> None:
    text = "Er was 1 casus."
    (mark,) = marks({"kort": text}, protected=ONE_WAY, names=())
    assert text[mark.start : mark.end] == mark.found == "1"
    assert mark.reason.startswith("Dit aantal komt niet uit de beschermde cijfers. Haal het weg,")


def test_below_the_threshold_every_text_waits_for_a_confirmation_that_ends_when_it_changes() -> None:
    low = kit.protected(Level.GEEN_GETALLEN)
    (mark,) = marks({"route": "De regeling staat op intranet.", "voorlichting": " "}, protected=low, names=())
    assert mark.kind is MarkKind.KLEIN
    accepted = {"route": {mark.key: "gaat over de regeling"}}
    assert unresolved((mark,), accepted) == ()
    changed = marks({"route": "De regeling is vernieuwd."}, protected=low, names=())
    assert unresolved(changed, accepted) == changed


def test_a_reason_of_spaces_is_no_reason() -> None:
    made = marks({"kort": "Er was 1 casus."}, protected=ONE_WAY, names=())
    for nothing in ("  ", "\u200b", "\u2800"):
        assert unresolved(made, {"kort": {made[0].key: nothing}}) == made
    assert unresolved(made, {"themas": {made[0].key: "verzonnen"}}) == made


def test_a_hidden_word_inside_a_published_theme_is_no_mark() -> None:
    themes = kit.table("thema", ("intimidatie", "seksuele intimidatie", "fraude"), {"seksuele intimidatie": 11}, 18)
    report = kit.protected(Level.EENRIJ, 18, (themes,))
    text = "Over seksuele intimidatie is veel te doen; over intimidatie ook."
    (mark,) = marks({"kort": text}, protected=report, names=())
    assert (mark.found, mark.start) == ("intimidatie", text.rindex("intimidatie"))


CROSSED = CrossTable(
    "rol", "relatie", ("melder", "getuige", "onbekend"), ("leidinggevende", "collega", "klant"),
    ((9, None, None), (8, None, None), (None, 7, 6)), (20, 18, 18), (20, 18, 18), 56,
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ook getuigen zagen iets met een klant.", ["getuigen zagen iets met een klant"]),
        ("Over collega’s belden ook melders.", ["collega’s belden ook melders"]),
        ("Collega en getuige verschillen.", ["Collega en getuige"]),
        ("Melders bellen over leidinggevenden.", []),
        ("Er is een getuige. Een klant is iets anders.", []),
        ("De klantgetuigen.", []),
        ("Het is onbekend of een leidinggevende dat weet.", []),
    ],
)
def test_both_names_of_a_hidden_cell_in_one_sentence_are_marked(text: str, found: list[str]) -> None:
    rows = {"melder": 20, "getuige": 18, "onbekend": 18}, {"leidinggevende": 20, "collega": 18, "klant": 18}
    tables = tuple(kit.table(name, counts, counts, 56) for name, counts in zip(("rol", "relatie"), rows, strict=True))
    report = replace(kit.protected(Level.EENRIJ, 56, tables), crossed=(CROSSED,))
    made = [m for m in marks({"kort": text}, protected=report, names=()) if m.kind is MarkKind.VERBORGEN_SAMEN]
    assert [mark.found for mark in made] == found
    assert all(mark.reason.startswith("Van deze twee samen noemt de kruistabel geen getal.") for mark in made)


def test_every_kind_of_mark_has_a_reason() -> None:
    assert REASONS.keys() == set(MarkKind)


@pytest.mark.parametrize(
    "sentence", ["Ook getuigen belden.", "De ondergeschikten bleven stil.", "Externe partijen kwamen ook."]
)
def test_the_plural_of_a_hidden_label_is_marked_too(sentence: str) -> None:
    one_way = kit.protected(Level.EENRIJ, 18, kit.eighteen())
    assert MarkKind.VERBORGEN in {mark.kind for mark in marks({"kort": sentence}, protected=one_way, names=())}


@pytest.mark.parametrize("typed", ["twe\u0435", "\u0435\u0435ntje", "t\u03bf\u0435n dri\u0435"])
def test_letters_of_another_script_hide_no_word(typed: str) -> None:
    one_way = kit.protected(Level.EENRIJ, 18, kit.eighteen())
    made = marks({"kort": f"Er kwamen {typed} signalen."}, protected=one_way, names=())
    assert MarkKind.TELWOORD in {mark.kind for mark in made}
    assert all("Er kwamen " not in mark.found for mark in made)
