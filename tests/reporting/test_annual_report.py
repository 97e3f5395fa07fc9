"""What a report says: by its document, before anything is drawn."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import report_kit as kit
from vpdesk.domain import taxonomy
from vpdesk.domain.periods import Period
from vpdesk.domain.statements import Audience
from vpdesk.reporting import document as doc
from vpdesk.reporting import figures, people_chapters
from vpdesk.reporting.annual_report import WRITTEN, chapters_written
from vpdesk.reporting.disclosure.result import CrossTable
from vpdesk.reporting.report_words import in_words, is_a_year, percentage, running_title, written
from vpdesk.reporting.standard_texts import QUESTIONS
from vpdesk.reporting.statements import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vpdesk.reporting.statements import ProtectedTable


def every(value: Any, kind: type) -> list[Any]:
    """Return every value of a kind inside a document, in order."""
    found = [value] if isinstance(value, kind) else []
    if isinstance(value, tuple):
        return [*found, *(inner for item in value for inner in every(item, kind))]
    for name in getattr(value, "__slots__", ()):
        found += every(getattr(value, name), kind)
    return found


def words(value: Any) -> str:
    return "\n".join(every(value, str))


def titles(document: doc.Document) -> list[str]:
    return [f"{chapter.number} {chapter.title}".strip() for chapter in document.chapters]


def test_the_low_edition_is_the_same_whatever_else_is_known() -> None:
    nothing = kit.document(kit.protected(Level.GEEN_GETALLEN))
    assert kit.document(kit.protected(Level.GEEN_GETALLEN, 4, kit.eighteen(), talks=40)) == nothing
    assert titles(nothing) == [
        "Over dit verslag",
        "1 De vertrouwenspersoon",
        "2 Informeren en vindbaarheid",
        "3 Aandachtspunten voor 2026",
        "Waarom er geen cijfers in dit verslag staan",
    ]


def test_the_low_edition_holds_no_number_but_the_threshold_and_years() -> None:
    said = words(kit.document(kit.protected(Level.GEEN_GETALLEN)).chapters)
    assert set(re.findall(r"\d+", said)) == {"1", "2", "3", "5", "2026"}
    assert "100 uur" not in said
    assert kit.FINDINGS["signalen"] not in said
    assert kit.FINDINGS["themas"] not in said
    assert kit.FINDINGS["route"] in said


def test_the_threshold_of_the_low_edition_is_the_one_that_was_used() -> None:
    said = words(kit.document(kit.protected(Level.GEEN_GETALLEN, threshold=10)))
    assert "minder dan 10 casussen" in said
    assert "minder dan 5" not in said


def test_a_low_edition_over_another_period_and_without_texts_speaks_of_a_period() -> None:
    half = Period(date(2025, 1, 1), date(2025, 6, 30))
    made = kit.document(kit.protected(Level.GEEN_GETALLEN, period=half), period=half, findings={})
    assert "Dat is altijd zo als er in een periode minder dan 5 casussen zijn" in words(made)
    assert "3 Aandachtspunten" in titles(made)


def test_a_total_stands_alone() -> None:
    made = kit.document(kit.protected(Level.TOTAAL, 7))
    assert every(made, doc.Table) == []
    assert every(made, doc.ThemeBars) == []
    (key,) = every(made, doc.KeyNumber)
    assert (key.value, key.noun, key.context) == ("7", "casussen", "begonnen in 2025")
    said = words(made)
    assert "Bij minder dan 10 casussen noemen wij alleen hoeveel het er zijn." in said
    assert "100 uur" not in said
    assert "streepje" not in words(made.chapters)
    assert "3 Informeren" in titles(made)


def test_an_interval_names_its_bounds_and_why() -> None:
    made = kit.document(kit.protected(Level.INTERVAL, (10, 14)))
    assert every(made, doc.KeyNumber)[0].value == "10 tot en met 14"
    assert "waar het aantal tussen ligt" in words(made)


def test_one_way_tables_keep_the_order_of_the_code_list_and_hide_with_one_mark() -> None:
    made = kit.document(kit.protected(Level.EENRIJ, 18, kit.eighteen(), talks=40))
    tables = every(made, doc.Table)
    role = tables[0]
    assert role.caption == doc.Caption("Tabel 2", "Casussen naar rol")
    assert [row.cells[0] for row in role.rows[:-2]] == [term.shown for term in taxonomy.ROL.terms]
    assert role.rows[0].cells == ("Melder", 11)
    assert {row.cells[1] for row in role.rows[1:-2]} == {doc.HIDDEN}
    assert role.rows[-2:] == (
        doc.Row(("Overige rollen samen", 7), doc.RowKind.COMBINED),
        doc.Row(("Alle casussen", 18), doc.RowKind.TOTAL),
    )
    assert len(every(made, doc.TablePair)) == 1
    assert every(made, doc.TablePair)[0].has_hidden
    assert "ongeveer 40 gesprekken" in words(made)
    assert "Waarom er weinig tabellen in staan" in words(made)


def test_a_column_of_percentages_needs_thirty_cases_and_no_dash() -> None:
    many = every(kit.document(kit.protected(Level.EENRIJ, 62, kit.sixty_two())), doc.Table)
    by_title = {table.caption.title: table for table in many}
    field = by_title["Casussen naar werkgebied"]
    assert field.header == ("Werkgebied", "Casussen", "Aandeel")
    assert field.rows[0].cells == ("Ongewenste omgangsvormen", 30, "48%")
    assert field.note
    assert not field.has_hidden
    assert by_title["Casussen naar rol"].header == ("Rol", "Casussen")
    few = kit.table("werkgebied", ("integriteit", "beide"), {"integriteit": 9, "beide": 9}, 18)
    (table,) = [
        t
        for t in every(kit.document(kit.protected(Level.EENRIJ, 18, (few,))), doc.Table)
        if t.caption.title == "Casussen naar werkgebied"
    ]
    assert table.header == ("Werkgebied", "Casussen")


def test_what_cannot_exist_says_so_and_is_explained() -> None:
    impossible = kit.table("werkgebied", ("integriteit", "beide"), {"integriteit": 40, "beide": "nvt"}, 40)
    (table,) = [
        t
        for t in every(kit.document(kit.protected(Level.EENRIJ, 40, (impossible,))), doc.Table)
        if t.caption.title == "Casussen naar werkgebied"
    ]
    assert table.rows[1].cells == ("Beide", doc.NOT_APPLICABLE, doc.NOT_APPLICABLE)
    assert "n.v.t." in table.note


def test_theme_bars_say_what_holds_in_every_world_only() -> None:
    def title(shown: dict[str, int], total: int) -> str:
        themes = kit.table("thema", taxonomy.THEMA.codes, shown, total)
        (bars,) = every(kit.document(kit.protected(Level.EENRIJ, total, (themes,))), doc.ThemeBars)
        return str(bars.caption.title)

    assert title({"pesten": 14, "intimidatie": 8}, 34) == "Pesten komt het vaakst voor"  # 14 > 12
    assert title({"pesten": 12, "intimidatie": 8}, 32) == "Casussen naar hoofdthema"  # 12 = 12
    assert title({"pesten": 14, "intimidatie": 14}, 34) == "Casussen naar hoofdthema"
    assert title({"onbekend": 30, "intimidatie": 14}, 50) == "Casussen naar hoofdthema"
    assert title({"ongewenste nevenwerkzaamheden": 30}, 40) == "Ongewenste nevenwerkzaamheden komen het vaakst voor"


def test_the_alternative_text_names_every_published_number_and_every_hidden_theme_once() -> None:
    (bars,) = every(kit.document(kit.protected(Level.EENRIJ, 18, kit.eighteen())), doc.ThemeBars)
    assert bars.alt.startswith("Staafdiagram: casussen naar hoofdthema in 2025. Intimidatie 6, arbeidsconflict of")
    assert "Overige thema’s samen 7; bij die thema’s zijn de losse getallen niet genoemd: pesten, seksuele" in bars.alt
    assert bars.alt.endswith("Alle casussen 18.")
    assert len(bars.alt) <= 900
    assert bars.has_hidden


def test_phases_in_full_and_hidden() -> None:
    (full,) = every(kit.document(kit.protected(Level.EENRIJ, 62, kit.sixty_two())), doc.PhaseFlow)
    assert full.caption.title == "In 17 van de 62 casussen kwam het tot een melding"
    assert full.combined is None
    (hidden,) = every(kit.document(kit.protected(Level.EENRIJ, 18, kit.eighteen())), doc.PhaseFlow)
    assert hidden.caption.title == "In 12 van de 18 casussen bleef het bij gesprekken en raad"
    assert hidden.combined == doc.Bar("Meldingsfase, nafase en fase onbekend samen", 6)
    assert hidden.alt == (
        "Schema van de fasen. Voorfase 12, Meldingsfase niet genoemd, Nafase niet genoemd, Fase onbekend niet genoemd. "
        "Meldingsfase, nafase en fase onbekend samen 6. Alle casussen 18."
    )
    start_hidden = kit.table(kit.PHASE, kit.PHASES, {"meldingsfase": 10}, 18)
    (subject,) = every(kit.document(kit.protected(Level.EENRIJ, 18, (start_hidden,))), doc.PhaseFlow)
    assert subject.caption.title == "Hoever het kwam"


def test_a_table_without_a_single_number_makes_way_for_a_sentence() -> None:
    nothing = (
        kit.table("thema", taxonomy.THEMA.codes, {}, 40),
        kit.table(kit.PHASE, kit.PHASES, {}, 40),
        kit.table("rol", taxonomy.ROL.codes, {}, 40),
        kit.table("verbonden", taxonomy.VERBONDEN.codes, {}, 40),
    )
    made = kit.document(kit.protected(Level.EENRIJ, 40, nothing))
    assert every(made, doc.ThemeBars) == []
    assert every(made, doc.PhaseFlow) == []
    assert every(made.chapters[3], doc.Table) == []
    assert words(made).count("Bij dit onderwerp kunnen wij geen verdeling laten zien.") == 3
    assert "Wat opvalt" not in words(made)


def test_without_tables_of_themes_and_phases_their_findings_still_stand() -> None:
    made = kit.document(kit.protected(Level.EENRIJ, 40, ()), findings={"themas": "Een bevinding."})
    assert [finding.paragraphs for finding in every(made, doc.Finding)] == [("Een bevinding.",)]
    assert "Van praten naar melden" not in words(made)


def test_the_year_in_short_tells_few_themes_and_leaves_many_to_the_figure() -> None:
    short = words(kit.document(kit.protected(Level.EENRIJ, 18, kit.eighteen())).chapters[1])
    assert "gingen er 6 over intimidatie (33%) en 5 over arbeidsconflict of rechtspositie (28%)." in short
    assert "De andere 7 casussen gaan over onderwerpen waarbij wij geen getal noemen." in short
    many = words(kit.document(kit.protected(Level.EENRIJ, 62, kit.sixty_two())).chapters[1])
    assert "gingen er 14 over arbeidsconflict of rechtspositie (23%)." in many
    assert "De andere" not in many
    tied = {"pesten": 10, "intimidatie": 10, "fraude": 10, "corruptie": 10}
    equal = kit.table("thema", taxonomy.THEMA.codes, tied, 50)
    assert "gingen er" not in words(kit.document(kit.protected(Level.EENRIJ, 50, (equal,))).chapters[1])
    unknown = kit.table("thema", taxonomy.THEMA.codes, {"onbekend": 40}, 50)
    assert "gingen er" not in words(kit.document(kit.protected(Level.EENRIJ, 50, (unknown,))).chapters[1])
    rest_known = kit.table("thema", taxonomy.THEMA.codes, {"pesten": 20, "onbekend": 20}, 50)
    said = words(kit.document(kit.protected(Level.EENRIJ, 50, (rest_known,))).chapters[1])
    assert "gingen er 20 over pesten (40%)." in said
    assert "De andere" not in said


def test_a_minority_that_only_talked_gets_no_superlative() -> None:
    phases = kit.table(kit.PHASE, kit.PHASES[:3], {"voorfase": 10, "meldingsfase": 12, "nafase": 10}, 32)
    short = words(kit.document(kit.protected(Level.EENRIJ, 32, (phases,))).chapters[1])
    assert "De meeste" not in short
    assert "In 22 casussen kwam het tot een melding." in short
    few = kit.table(kit.PHASE, kit.PHASES[:3], {"voorfase": 10, "meldingsfase": 6, "nafase": 5}, 21)
    assert "van de 21 casussen" in words(kit.document(kit.protected(Level.EENRIJ, 21, (few,))).chapters[1])


def test_chapters_that_nobody_wrote_are_not_there_and_numbers_have_no_gaps() -> None:
    made = kit.document(kit.protected(Level.EENRIJ, 18, kit.eighteen()), findings={})
    assert titles(made) == [
        "Over dit verslag",
        "1 Het jaar in het kort",
        "2 De vertrouwenspersoon",
        "3 Ondersteuning",
        "4 Informeren",
        "Hoe deze cijfers beschermd zijn",
    ]
    full = titles(kit.document(kit.protected(Level.EENRIJ, 62, kit.sixty_two())))
    assert full[4:] == [
        "4 Informeren",
        "5 Signalen en trends",
        "6 Advies aan de organisatie",
        "7 Vindbaarheid en toegankelijkheid",
        "8 Aandachtspunten voor 2026",
        "Hoe deze cijfers beschermd zijn",
    ]


@pytest.mark.parametrize(("cell", "told"), [(None, True), ("nvt", False)])
def test_the_last_page_speaks_of_two_way_tables_where_one_has_dashes(cell: Literal["nvt"] | None, told: bool) -> None:
    square = CrossTable(
        "rol", "relatie", ("melder", "getuige"), ("klant", "groep"), ((9, cell), (cell, 9)), (9, 9), (9, 9), 18
    )
    report = kit.protected(Level.EENRIJ, 18, kit.eighteen())
    plain, crossed = (words(kit.document(some).chapters[-1]) for some in (report, replace(report, crossed=(square,))))
    assert "kruistabel" not in plain
    assert ("Een kruistabel heeft geen rij ‘samen’" in crossed) == told
    assert ("in een gewone tabel minstens 7" in crossed) == told
    assert ("Samen zijn die minstens 7" in crossed) != told


@pytest.mark.parametrize(
    ("audience", "cover", "footer"),
    [
        (Audience.WERKGEVER, "Voor de werkgever", "Uitgave voor de werkgever"),
        (Audience.OR, "Voor de ondernemingsraad", "Uitgave voor de ondernemingsraad"),
        (Audience.OPENBAAR, "Openbare uitgave", "Openbare uitgave"),
    ],
)
def test_each_edition_says_for_whom_it_is(audience: Audience, cover: str, footer: str) -> None:
    made = kit.document(kit.protected(Level.EENRIJ, 18, kit.eighteen()), audience=audience)
    assert (made.cover.edition, made.edition) == (cover, footer)
    for_or = audience is Audience.OR
    said = words(made)
    assert ("Vragen voor het overleg" in said) is for_or
    assert ("Waar u op kunt letten" in said) is for_or
    assert ("Wat ik de organisatie vraag" in said) is not for_or


def test_units_are_printed_by_name_and_a_long_table_is_one_table() -> None:
    units = tuple(f"Onderdeel {n}" for n in range(40))
    shown = dict.fromkeys(units[::2], 10)
    made = kit.document(kit.protected(Level.EENRIJ, 230, (kit.table("onderdeel", (*units, "onbekend"), shown, 230),)))
    table = every(made.chapters[3], doc.Table)[0]
    assert [row.cells[0] for row in table.rows] == [*units, "Onbekend", "Overige onderdelen samen", "Alle casussen"]


def test_periods_in_words() -> None:
    assert in_words(Period.year(2025)) == "1 januari tot en met 31 december 2025"
    school = Period(date(2024, 9, 1), date(2025, 8, 31))
    assert in_words(school) == "1 september 2024 tot en met 31 augustus 2025"
    assert is_a_year(school)
    assert running_title(school) == "Jaarverslag vertrouwenspersoon 2024/2025"
    assert not is_a_year(Period(date(2025, 1, 2), date(2026, 1, 1)))
    assert (
        running_title(Period(date(2025, 3, 1), date(2025, 6, 30)))
        == "Verslag vertrouwenspersoon maart tot en met juni 2025"
    )
    assert running_title(Period(date(2025, 3, 1), date(2025, 3, 31))) == "Verslag vertrouwenspersoon maart 2025"
    assert running_title(Period(date(2025, 3, 2), date(2025, 3, 31))).endswith("2 maart tot en met 31 maart 2025")
    assert running_title(Period(date(2024, 12, 1), date(2025, 1, 31))) == "Verslag vertrouwenspersoon 2024/2025"


def test_a_period_has_no_year_on_its_cover_and_its_own_words() -> None:
    half = Period(date(2025, 1, 1), date(2025, 6, 30))
    made = kit.document(kit.protected(Level.EENRIJ, 18, kit.eighteen(), period=half), period=half)
    assert made.cover.big == ""
    assert made.cover.title == ("Verslag", "vertrouwenspersoon")
    assert "1 De periode in het kort" in titles(made)
    assert "Van 1 januari tot en met 30 juni 2025 begonnen 18 casussen." in words(made)


def test_what_the_user_wrote_becomes_paragraphs_and_lists() -> None:
    assert written("Een\nregel.\n\n\n- punt een\n- punt twee\n\n") == (
        doc.Paragraph("Een regel."),
        doc.BulletList(("punt een", "punt twee")),
    )


def test_braces_in_a_changed_text_do_no_harm() -> None:
    changed = replace(kit.CLIENT, name="Stichting {drempel}")
    assert kit.document(kit.protected(Level.TOTAAL, 7), client=changed).client == "Stichting {drempel}"


def test_percentages_round_half_up_and_have_no_space() -> None:
    assert percentage(1, 8) == "13%"
    assert percentage(14, 62) == "23%"


def test_the_editor_knows_which_texts_are_printed() -> None:
    assert set(chapters_written(kit.protected(Level.GEEN_GETALLEN))) == {
        "voorlichting",
        "route",
        "toegankelijkheid",
        "aandachtspunten",
    }
    assert "themas" not in chapters_written(kit.protected(Level.TOTAAL, 7))
    assert chapters_written(kit.protected(Level.EENRIJ, 18, kit.eighteen())) == tuple(key for key, _ in WRITTEN)
    assert set(QUESTIONS) == {key for key, _ in WRITTEN}


def _numerals(made: doc.Document) -> Iterator[str]:
    for chapter in made.chapters[1:-1]:
        yield from re.findall(r"\d+", words(chapter.blocks))
        for cell in every(chapter.blocks, int):
            if not isinstance(cell, bool):
                yield str(cell)


def test_every_numeral_about_people_is_a_statement_or_follows_from_two() -> None:
    made = kit.document(kit.protected(Level.EENRIJ, 62, kit.sixty_two(), talks=150), findings={})
    counts = {62, 150} | {17}
    for table in kit.sixty_two():
        values = {value for _, value in table.rows if isinstance(value, int)}
        counts |= values | {table.hidden_sum or 62}
    shares = {int(percentage(value, 62).rstrip("%")) for value in counts if value <= 62}
    captions = set(range(10))
    levels = {2, 3, 100, 2025, 31}  # heading levels, the agreed hours, year and last day
    assert {int(n) for n in _numerals(made)} <= counts | shares | captions | levels


def test_without_a_published_number_nothing_is_the_most_frequent_and_nothing_is_counted() -> None:
    assert figures.most_frequent(kit.table("thema", taxonomy.THEMA.codes, {}, 40)) is None
    assert people_chapters.total_in_words(kit.protected(Level.GEEN_GETALLEN)) == ""


def test_an_alternative_text_without_hidden_themes_speaks_of_no_sum() -> None:
    themes = kit.table("thema", ("pesten", "corruptie"), {"pesten": 9, "corruptie": 9}, 18)
    (bars,) = every(kit.document(kit.protected(Level.EENRIJ, 18, (themes,))), doc.ThemeBars)
    assert bars.alt == "Staafdiagram: casussen naar hoofdthema in 2025. Pesten 9, corruptie 9. Alle casussen 18."
    assert bars.combined is None
    assert not bars.has_hidden


@given(data=st.data(), total=st.integers(10, 400))
def test_no_number_but_published_ones_reaches_a_document(data: st.DataObject, total: int) -> None:
    def drawn(dimension: str, codes: tuple[str, ...]) -> ProtectedTable:
        left, shown = total, {}
        for code in codes:
            value = data.draw(st.none() | st.integers(5, max(5, left)))
            if value is not None and value <= left:
                shown[code] = value
                left -= value
        return kit.table(dimension, codes, shown, total)

    tables = (
        drawn("thema", taxonomy.THEMA.codes),
        drawn("rol", taxonomy.ROL.codes),
        drawn(kit.PHASE, kit.PHASES),
        drawn(kit.OUTCOME, taxonomy.OUTCOMES_IN_REPORTS),
    )
    made = kit.document(kit.protected(Level.EENRIJ, total, tables), findings={})
    values = {v for table in tables for _, v in table.rows if isinstance(v, int)} | {total}
    values |= {table.hidden_sum for table in tables if table.hidden_sum is not None}
    phases = dict(tables[2].rows)
    if isinstance(phases["meldingsfase"], int) and isinstance(phases["nafase"], int):
        values.add(phases["meldingsfase"] + phases["nafase"])
    printed = {cell for table in every(made.chapters[3], doc.Table) for row in table.rows for cell in row.cells[1:]}
    assert {cell for cell in printed if isinstance(cell, int)} <= values
    allowed = {str(v) for v in values} | {percentage(v, total).rstrip("%") for v in values}
    fixed = {"1", "2", "3", "4", "5", "6", "7", "8", "9", "30", "31", "100", "2025"}
    for chapter in made.chapters[1:-1]:
        assert set(re.findall(r"\d+", words(chapter.blocks))) <= allowed | fixed


@pytest.mark.parametrize(("total", "made"), [(18, kit.eighteen()), (62, kit.sixty_two())])
def test_the_relation_is_drawn_where_no_phases_can_be(total: int, made: tuple[ProtectedTable, ...]) -> None:
    without = tuple(table for table in made if table.dimension != kit.PHASE)
    themes, relation = every(kit.document(kit.protected(Level.EENRIJ, total, without)), doc.ThemeBars)
    assert themes.caption.label == "Figuur 1"
    assert (relation.caption.label, relation.caption.title) == ("Figuur 2", "Casussen naar verhouding")
    (group,) = relation.groups
    table = next(table for table in made if table.dimension == "relatie")
    assert [bar.value for bar in group.bars] == [value for _, value in table.rows]
    assert relation.combined is not None
    assert relation.combined.value == table.hidden_sum
    assert relation.alt.startswith("Staafdiagram: casussen naar verhouding in 2025. Leidinggevende ")
    assert f"Overige verhoudingen samen {table.hidden_sum}; bij die verhoudingen" in relation.alt
    assert "Casussen naar verhouding" not in [
        table.caption.title for table in every(kit.document(kit.protected(Level.EENRIJ, total, without)), doc.Table)
    ]
    assert len(every(kit.document(kit.protected(Level.EENRIJ, total, made)), doc.ThemeBars)) == 1


def test_bars_that_are_all_shown_have_no_sum() -> None:
    shown = kit.table("relatie", ("leidinggevende", "collega"), {"leidinggevende": 10, "collega": 8}, 18)
    (bars,) = every(kit.document(kit.protected(Level.EENRIJ, 18, (shown,))), doc.ThemeBars)
    assert bars.combined is None
    assert bars.note == "Casussen die in 2025 begonnen, naar verhouding tot de ander."


def test_points_are_asked_of_the_employer_and_are_questions_in_the_edition_for_the_works_council() -> None:
    def points(audience: Audience) -> doc.Callout:
        made = kit.document(kit.protected(Level.TOTAAL, 7), audience=audience)
        return next(one for one in every(made, doc.Callout) if "letten" in one.title or "vraag" in one.title)

    asked, to_watch = points(Audience.WERKGEVER), points(Audience.OR)
    assert (asked.title, asked.paragraphs[0].text) == ("Wat ik de organisatie vraag", "Aan zet: de directie.")
    assert to_watch.title == "Waar u op kunt letten"
    assert to_watch.paragraphs[0].text == "Vraag de werkgever wat hiermee gebeurt. Aan zet: de directie."
    assert [p.lead for p in asked.paragraphs] == [p.lead for p in to_watch.paragraphs]
