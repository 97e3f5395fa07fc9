"""Attack 21: words that say what the numbers do not: a number word, nobody, she, a function, a month, a hidden label."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

import pytest

from tests import report_kit
from tests.attacks import kit, naive
from tests.attacks.attackers import OPEN, K, Solving, said, side_by_side, small_cells
from tests.reporting.disclosure.registry import YEAR
from vpdesk.domain.report_choices import ReportChoices
from vpdesk.reporting.cross_tables import ALL_OTHERS, hidden_cells
from vpdesk.reporting.own_texts import own_marks, own_text
from vpdesk.reporting.standard_texts import STANDARD
from vpdesk.reporting.statements import Level
from vpdesk.reporting.text_marks import MarkKind, marks

TABLE = dict(zip(kit.ROLES, (9, 8, 3, 4, 12), strict=True))
CODES = {"rol": kit.ROLES}
REPORT = kit.ours(kit.cases(TABLE))
WORDS = {"nul": 0, "geen": 0, "een": 1, "één": 1, "twee": 2, "drie": 3, "vier": 4}


def understood(sentence: str) -> int | None:
    """Return the number of people that a sentence names with its first number word."""
    for word in re.findall(r"\w+", sentence.lower()):
        if word in WORDS:
            return WORDS[word]
    return None


@pytest.mark.parametrize("sentence", ["Drie collega’s klopten aan.", "Er kwamen drie collega’s langs."])
def test_a_number_word_fills_in_a_dash(sentence: str) -> None:
    naively = naive.report(kit.cases(TABLE), YEAR, CODES)
    before = Solving(naively, CODES)
    assert set(before.values(YEAR, rol="naaste")) == set(range(8))
    count = understood(sentence)
    assert count is not None
    assert set(Solving([*naively, said(YEAR, count, rol="collega")], CODES).values(YEAR, rol="naaste")) == {4}
    found = marks({"kort": sentence}, protected=REPORT, names=())
    assert found  # the export waits until the sentence is changed
    assert set(Solving(REPORT.statements, CODES).values(YEAR, rol="naaste")) >= OPEN


EIGHTEEN = report_kit.protected(Level.EENRIJ, 18, report_kit.eighteen())  # 18 and 11 melders are out
MARKED = (
    "Er kwam één melding.",
    "Er waren geen klachten.",
    "Zij was de enige.",
    "Niemand kwam over fraude.",
    "Twee medewerkers vertelden hetzelfde.",
    "Er waren 3 gesprekken over het magazijn.",
    "Het ging vooral over roosters.",
    "De meeste mensen kwamen in het voorjaar.",
    "Meer dan vorig jaar.",
    "Dezelfde leidinggevende werd vaker genoemd.",
    "Nul meldingen.",
    "Er kwamen 18 mensen uit afdeling Noord.",
    "Onder de melders waren 11 vrouwen.",
    "Zij vertelde over haar rooster.",
    "De teamleider schreeuwde.",
    "In maart liep het op.",
    "Dertien mensen zochten raad.",
    "De helft ging over roosters.",
    "Een medewerkster zocht raad.",
    "Er waren meerdere meldingen.",
    "Het werd drukker.",
    "Drie studenten kwamen langs.",
    "Een van de docenten kwam terug.",
    "De klacht is gegrond verklaard.",
    "Het slachtoffer meldde zich.",
)


@pytest.mark.parametrize("sentence", MARKED)
def test_what_gives_somebody_away_is_marked(sentence: str) -> None:
    assert marks({"kort": sentence}, protected=EIGHTEEN, names=()) != ()


@pytest.mark.parametrize("sentence", MARKED)
def test_it_is_marked_however_it_is_typed(sentence: str) -> None:
    # The PDF composes accents, runs lines on and shows no soft hyphen: all of these read the same.
    apart = unicodedata.normalize("NFD", sentence)
    for typed in (apart, "\u00ad".join(apart), sentence.replace(" ", "\n"), sentence.replace(" ", "\u00a0")):
        assert marks({"kort": typed}, protected=EIGHTEEN, names=()) != ()


def test_agreements_give_nobody_away_either() -> None:
    for level in (EIGHTEEN, report_kit.protected(Level.GEEN_GETALLEN)):
        for sentence in MARKED:
            client = replace(report_kit.CLIENT, agreements=f"Bereikbaar: {sentence}")
            text = own_text(client, STANDARD, report_kit.AUTHOR, level.level)
            assert own_marks(text, protected=level, names=()) != (), sentence


@pytest.mark.parametrize("sentence", ["De regeling staat op intranet.", "Wie belt, krijgt binnen een week antwoord."])
def test_what_tells_nothing_is_not_marked(sentence: str) -> None:
    assert marks({"kort": sentence}, protected=REPORT, names=()) == ()


def test_a_label_of_a_hidden_category() -> None:
    # "Over corruptie is gesproken" beside a dash: at least one.
    table = {"pesten": 12, "intimidatie": 9, "fraude": 6, "corruptie": 1, "onbekend": 3}
    codes = {"thema": tuple(table)}
    facts = kit.cases(table, "thema")
    naively = [*naive.report(facts, YEAR, codes), said(YEAR, 1, sum(table.values()), thema="corruptie")]
    assert 0 not in Solving(naively, codes).values(YEAR, thema="corruptie")
    report = kit.ours(facts, codes=codes)
    assert kit.rows(report, "thema")["corruptie"] is None
    assert marks({"kort": "Over corruptie is gesproken."}, protected=report, names=()) != ()
    assert 0 in Solving(report.statements, codes).values(YEAR, thema="corruptie")


@pytest.mark.parametrize("sentence", ["Ook {one}n belden over {other}n.", "Over {other}n belden ook {one}n."])
def test_both_names_of_a_hidden_cell(sentence: str) -> None:
    # Neither name is hidden on its own; together they are a cell with a dash, and in it there is somebody.
    facts = kit.square()
    report, table = kit.crossed(facts)
    one, other = next(cell for cell, n in small_cells(facts, kit.SIDES).items() if n and cell[0] == "getuige")
    assert table.row_totals[table.rows.index(one)] is not None
    assert table.column_totals[table.columns.index(other)] is not None
    told = [*report.statements, said(YEAR, 1, K, rol=one, relatie=other)]
    assert 0 not in side_by_side(told, kit.SIDES, YEAR)[one, other]
    text = sentence.format(one=one, other=other)
    found = marks({"kort": text}, protected=report, names=())
    assert [mark.kind for mark in found] == [MarkKind.VERBORGEN_SAMEN]
    assert set(side_by_side(report.statements, kit.SIDES, YEAR)[one, other]) >= OPEN


def test_all_others_is_a_name_in_a_hidden_cell_too() -> None:
    many = ("klant", "organisatie", "ondergeschikte", "onbekend")
    codes = {"rol": kit.SIDES["rol"], "relatie": ("leidinggevende", "collega", "groep", *many)}
    facts = kit.square(((9, 4, 3, 7), (8, 2, 4, 6), (12, 3, 9, 11), (13, 7, 8, 9)))
    chosen = ReportChoices({"relatie": (many,)}, kit.CROSSED.crossed)
    report = kit.ours(facts, codes=codes, choices=chosen)
    (table,) = report.crossed
    hidden = hidden_cells(table)
    named = [row for row, column in hidden if column == ALL_OTHERS]
    assert named
    text = f"Bij alle anderen belden ook {named[0].lower()}s."
    kinds = [mark.kind for mark in marks({"kort": text}, protected=report, names=())]
    assert MarkKind.VERBORGEN_SAMEN in kinds
