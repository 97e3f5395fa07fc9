"""Labels of hidden categories are marked however they are written; those with a number, and everyday words, are not."""

from __future__ import annotations

import pytest

from tests import report_kit as kit
from vpdesk.domain import taxonomy
from vpdesk.reporting.statements import Level, ProtectedReport
from vpdesk.reporting.text_marks import MarkKind, marks

FIELDS = kit.table("werkgebied", taxonomy.WERKGEBIED.codes, {"ongewenste omgangsvormen": 11}, 18)
NO_FIELD = kit.table("werkgebied", taxonomy.WERKGEBIED.codes, {}, 18)
REPORT = kit.protected(Level.EENRIJ, 18, (*kit.eighteen(), FIELDS))
HIDDEN = kit.protected(Level.EENRIJ, 18, (NO_FIELD,))


def hidden(text: str, report: ProtectedReport = REPORT) -> list[str]:
    made = marks({"kort": text}, protected=report, names=())
    return [mark.found for mark in made if mark.kind is MarkKind.VERBORGEN]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Integriteit kwam aan de orde.", "Integriteit"),
        ("Het ging om een integriteitskwestie.", "integriteitskwestie"),
        ("Er was ook iets buiten werkterrein.", "buiten werkterrein"),
        ("Er was ook iets buiten het werkterrein.", "buiten het werkterrein"),
        ("De meldingsfase werd bereikt.", "meldingsfase"),
        ("In de nafase is alles afgerond.", "nafase"),
        ("Naasten kwamen ook.", "Naasten"),
        ("Een naaste kwam ook.", "naaste"),
        ("Ook derden belden.", "derden"),
        ("Er belde een derde.", "een derde"),
        ("De klant was het probleem.", "klant"),
        ("Klanten scholden.", "Klanten"),
        ("Leidinggevenden vroegen advies.", "Leidinggevenden vroegen"),
        ("Een collega belde.", "collega belde"),
        ("Er liep een fraudezaak.", "fraudezaak"),
        ("Het betrof declaratiefraude.", "declaratiefraude"),
        ("Discriminatiemeldingen bleven.", "Discriminatiemeldingen"),
        ("Pestgedrag bleef.", "Pestgedrag"),
        ("Over sexuele intimidatie.", "sexuele intimidatie"),
        ("Sexueel getinte grappen.", "Sexueel"),
        ("Er werd uitgescholden.", "uitgescholden"),
        ("Schelden hoort erbij.", "Schelden"),
        ("Het ging over fr aude.", "fr aude"),
        ("Het ging over diefs tal, dief stal.", "dief stal"),
        ("Er is geklaagd bij de commissie.", "geklaagd"),
    ],
)
def test_a_hidden_label_is_marked_however_it_is_written(text: str, found: str) -> None:
    assert found in hidden(text)


@pytest.mark.parametrize("text", ["Ongewenste omgangsvormen speelden.", "Fraude of iets buiten ons werkterrein."])
def test_fields_are_marked_where_they_have_no_number(text: str) -> None:
    assert hidden(text, HIDDEN)


@pytest.mark.parametrize(
    "text",
    [
        "Het helpt als leidinggevenden de weg kennen.",
        "De organisatie deed veel aan voorlichting over ongewenste omgangsvormen.",
        "De integriteitsfunctionaris heeft een eigen nummer.",
        "De derde stap is een gesprek.",
        "De voorfase kost tijd.",
        "Collega’s weten elkaar te vinden.",
        "Een intimidatiezaak vraagt rust.",
    ],
)
def test_everyday_words_and_labels_with_a_number_are_left_alone(text: str) -> None:
    assert hidden(text) == []


def test_a_word_of_a_whole_label_is_marked_once() -> None:
    assert hidden("Over diefstal van bedrijfsmiddelen.") == ["diefstal van bedrijfsmiddelen"]
