"""The advisor's own work in a report: told freely, but never so that the time of talks follows from it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests import report_kit as kit
from tests.reporting.test_pdf import pages
from vpdesk.domain.report_work import NO_WORK, Work, WorkPart
from vpdesk.domain.worklog import Activity, FollowUp, FollowUpState
from vpdesk.reporting import charts, pdf, work_chapters
from vpdesk.reporting.document import BulletList, Facts, Heading, Palette, Paragraph, Table, TaskBar
from vpdesk.reporting.document_file import document_text
from vpdesk.reporting.pdf.blocks import boxes
from vpdesk.reporting.pdf.boxes import Place
from vpdesk.reporting.pdf.style import COLOURS
from vpdesk.reporting.pdf.tags import Tag
from vpdesk.reporting.statements import Level

if TYPE_CHECKING:
    from vpdesk.reporting.document import Block, Chapter, Document

SPOKEN = 11160


def many(work: Work, minutes: int | None = SPOKEN) -> Document:
    return kit.document(kit.protected(Level.EENRIJ, 62, kit.sixty_two(), talks=150, minutes=minutes), work=work)


def chapter(document: Document, title: str) -> Chapter:
    return next(one for one in document.chapters if one.title == title)


def blocks(document: Document, title: str, kind: type[Block]) -> list[Block]:
    return [block for block in chapter(document, title).blocks if isinstance(block, kind)]


def test_nothing_chosen_gives_the_report_as_it_was() -> None:
    unchosen = replace(kit.worked(), parts=frozenset())
    assert many(unchosen) == many(NO_WORK)


def test_outreach_is_one_row_for_what_is_called_the_same_with_the_people_who_were_counted() -> None:
    (table,) = blocks(many(kit.worked(WorkPart.VOORLICHTING)), "Informeren", Table)
    assert isinstance(table, Table)
    assert table.header == ("Activiteit", "Keer", "Deelnemers")
    assert [row.cells for row in table.rows] == [
        ("Kennismaking nieuwe medewerkers", 2, 38),
        ("Training voor leidinggevenden", 1, 31),
        ("Artikel", 1, "niet geteld"),
        ("Alles samen", 4, 69),
    ]
    assert "zit niet in de som" in table.note


def test_outreach_of_which_nobody_was_counted_has_no_column_of_people() -> None:
    uncounted = tuple(replace(a, reached=None) for a in kit.log())
    (table,) = blocks(many(kit.worked(WorkPart.VOORLICHTING, rows=uncounted)), "Informeren", Table)
    assert isinstance(table, Table)
    assert table.header == ("Activiteit", "Keer")
    assert table.rows[-1].cells == ("Alles samen", 4)
    assert table.note == ""


def test_hours_of_the_tasks_add_up_and_support_is_what_the_statement_says() -> None:
    (bar,) = blocks(many(kit.worked(WorkPart.UREN)), "Informeren", TaskBar)
    assert isinstance(bar, TaskBar)
    assert [(part.label, part.value) for part in bar.parts] == [
        ("Ondersteunen", 186),
        ("Informeren", 8),
        ("Signaleren", 11),
    ]
    assert sum(bar.shares) == 100
    assert bar.caption.title == "Meer dan de helft van de uren ging naar ondersteunen"
    assert bar.alt == (
        "Balk met de uren per taak. Ondersteunen 186 uur, 91%; informeren 8 uur, 4%; signaleren 11 uur, 5%. "
        "Samen 205 uur."
    )
    assert "samen 205" in bar.note


def test_the_title_claims_nothing_that_the_rounding_of_talks_leaves_open() -> None:
    others = sum(a.minutes for a in kit.worked().of("voorlichting", "introductie", "artikel", *SIGNALLING))
    (bar,) = blocks(many(kit.worked(WorkPart.UREN), minutes=others + 2), "Informeren", TaskBar)
    assert isinstance(bar, TaskBar)
    assert bar.caption.title == "Uren naar taak"


SIGNALLING = ("overleg directie", "overleg or", "signaal", "gevraagd advies", "ongevraagd advies")


def test_preparing_a_talk_travel_and_talks_with_colleagues_never_count() -> None:
    telling = {"voorbereiding", "collegiaal overleg", "reistijd"}
    without = tuple(a for a in kit.log() if a.task not in telling)
    assert many(kit.worked()) == many(kit.worked(rows=without))
    assert {a.task for a in kit.log()} >= telling


def hours_in(document: Document) -> list[str]:
    """Return every time that a report names, but for the agreed hours."""
    text = document_text(document).replace("100 uur per jaar", "")
    return re.findall(r"\d[\d.,]*\W{0,3}\s*uur", text)


@pytest.mark.parametrize("level", [Level.TOTAAL, Level.INTERVAL, Level.GEEN_GETALLEN])
def test_with_few_cases_the_work_has_no_hours_and_no_counts(level: Level) -> None:
    total = None if level is Level.GEEN_GETALLEN else 7
    document = kit.document(kit.protected(level, total, minutes=600), work=kit.worked())
    assert hours_in(document) == []
    kinds = {type(block) for chapter in document.chapters for block in chapter.blocks}
    assert kinds.isdisjoint({TaskBar, Table})
    where = "Informeren en vindbaarheid" if level is Level.GEEN_GETALLEN else "Informeren"
    told = blocks(document, where, BulletList)[-1]
    assert isinstance(told, BulletList)
    assert told.items == ("Kennismaking nieuwe medewerkers", "Training voor leidinggevenden", "Artikel")


def test_without_the_time_of_talks_no_other_hours_stand_in_the_report() -> None:
    """An employer who knows from the invoice how long all took would subtract them."""
    document = many(kit.worked(), minutes=None)
    assert hours_in(document) == []
    assert blocks(document, "Informeren", TaskBar) == []
    assert hours_in(many(kit.worked())) != []
    words = [b.text for b in blocks(document, "Informeren", Paragraph) if isinstance(b, Paragraph)]
    assert "Om het vak bij te houden was er intervisie en scholing." in words


def test_below_the_threshold_the_report_is_the_same_file_for_none_and_for_one_below() -> None:
    none = kit.document(kit.protected(Level.GEEN_GETALLEN, 0), work=kit.worked())
    four = kit.document(kit.protected(Level.GEEN_GETALLEN, 4, kit.eighteen(), talks=9, minutes=500), work=kit.worked())
    assert pdf.render(none) == pdf.render(four)
    own = work_chapters.own_words(kit.worked(), kit.protected(Level.GEEN_GETALLEN))
    assert "Training voor leidinggevenden" in own
    assert "gedragscode" not in own


def test_signals_and_advice_from_own_accord_wait_for_twice_the_threshold() -> None:
    few = kit.document(kit.protected(Level.TOTAAL, 7), work=kit.worked())
    assert [facts.rows for facts in blocks(few, "Advies aan de organisatie", Facts) if isinstance(facts, Facts)] == [
        (("De gedragscode", "Opgevolgd."),),
        (("De klachtenregeling", "Deels opgevolgd."),),
    ]
    assert "Roosters" not in document_text(few)
    many_of_them = many(kit.worked())
    advice = [
        facts.rows for facts in blocks(many_of_them, "Advies aan de organisatie", Facts) if isinstance(facts, Facts)
    ]
    assert advice[0] == (
        ("De gedragscode", "Op verzoek. Opgevolgd."),
        ("De meldregeling", "Uit eigen beweging. In behandeling. De OR kijkt ernaar."),
    )
    signals = [facts.rows for facts in blocks(many_of_them, "Signalen en trends", Facts) if isinstance(facts, Facts)]
    assert signals == [(("Roosters", "Nog niets gehoord."),), (("Werkdruk", "Nog niets gehoord."),)]


def test_consultation_is_counted_by_whom_it_was_with() -> None:
    (table,) = blocks(many(kit.worked(WorkPart.OVERLEG)), "Advies aan de organisatie", Table)
    assert isinstance(table, Table)
    assert [row.cells for row in table.rows] == [("Overleg directie", 1), ("Overleg OR", 2), ("Alles samen", 3)]


def test_a_part_of_which_nothing_was_done_leaves_no_title() -> None:
    nothing = kit.worked(rows=())
    document = many(nothing, minutes=None)
    assert document == many(NO_WORK, minutes=None)


def test_what_is_printed_is_what_is_looked_at_for_names_and_themes() -> None:
    protected = kit.protected(Level.EENRIJ, 62, kit.sixty_two(), minutes=SPOKEN)
    own = work_chapters.own_words(kit.worked(), protected).split("\n\n")
    assert {"Training voor leidinggevenden", "Roosters", "Werkdruk", "De meldregeling", "De OR kijkt ernaar"} <= set(
        own
    )
    assert "Halfjaargesprek" not in own  # consultation is told by whom it was with
    assert work_chapters.own_words(kit.worked(WorkPart.UREN), protected) == ""
    printed = document_text(many(kit.worked()))
    assert all(line[1:] in printed for line in own)


def test_the_hours_are_drawn_in_proportion_and_labels_stay_apart() -> None:
    (bar,) = blocks(many(kit.worked(WorkPart.UREN)), "Informeren", TaskBar)
    assert isinstance(bar, TaskBar)
    parts = charts.task_parts(bar, 470)
    assert [part.level for part in parts] == [0, 0, 1]
    assert parts[0].width / parts[1].width == pytest.approx(186 / 8)
    assert parts[-1].x + parts[-1].width == pytest.approx(470)
    empty = charts.task_parts(replace(bar, parts=tuple(replace(p, value=0) for p in bar.parts)), 470)
    assert [part.width for part in empty] == [0, 0, 0]
    assert all(charts.label_at(part, 470) <= 402 for part in parts)


def advised(count: int) -> tuple[Activity, ...]:
    one = next(a for a in kit.log() if a.task == "gevraagd advies")
    return tuple(
        replace(one, title=f"Onderwerp {n} " + "dat over meer regels loopt " * 4, follow_up=heard)
        for n in range(count)
        for heard in (FollowUp(FollowUpState.NOT_DONE, one.on, "Daar was geen geld voor!"),)
    )


def test_a_long_list_of_advice_goes_on_over_the_page_and_loses_nothing() -> None:
    said = pages(pdf.render(many(kit.worked(WorkPart.ADVIES, rows=advised(40)))))
    holding = [n for n, text in enumerate(said) if re.search(r"Onderwerp \d", text)]
    whole = " ".join(" ".join(said[n].split()) for n in holding)
    assert len(holding) >= 3
    assert all(f"Onderwerp {n} " in whole for n in range(40))
    assert "Daar was geen geld voor!" in whole
    assert all(said[n].count("Niet opgevolgd") >= 3 for n in holding)


def test_a_long_list_waits_for_the_next_page_where_too_few_rows_would_stand_on_this_one() -> None:
    (facts, *_) = blocks(many(kit.worked(WorkPart.ADVIES, rows=advised(40))), "Advies aan de organisatie", Facts)
    (box,) = boxes(facts, Place(COLOURS[Palette.WATER], Tag("Sect")))
    assert box.split is not None
    assert box.split(120) is None
    parted = box.split(400)
    assert parted is not None
    assert parted[0].height <= 400
    assert parted[0].height + parted[1].height == pytest.approx(box.height, abs=5)  # the space below the title


def test_an_own_page_of_headings_comes_before_what_was_told() -> None:
    low = kit.document(kit.protected(Level.GEEN_GETALLEN), findings={}, work=kit.worked())
    first = chapter(low, "Informeren en vindbaarheid").blocks[:2]
    assert first[0] == Heading("Voorlichting")
    assert isinstance(first[1], BulletList)
