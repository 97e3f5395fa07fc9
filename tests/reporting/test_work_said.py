"""How often work was done stands in statements: every count that a report prints of it, and nothing where it says little."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests import report_kit as kit
from vpdesk.domain.report_work import CONSULTED, NO_WORK, WorkPart
from vpdesk.domain.statements import TASK, TITLE, Box, Of, Statement
from vpdesk.reporting import told, work_chapters
from vpdesk.reporting.document import Table
from vpdesk.reporting.figures import Numbering
from vpdesk.reporting.report_words import Context
from vpdesk.reporting.standard_texts import STANDARD
from vpdesk.reporting.statements import Level
from vpdesk.reporting.statements_file import statements_json
from vpdesk.reporting.work_said import INFORMING, work_said

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vpdesk.domain.report_work import Work

ABOUT = Context(kit.CLIENT, kit.YEAR, kit.Audience.WERKGEVER, STANDARD, {}, 5)


def said(work: Work, level: Level = Level.EENRIJ) -> dict[Box, int]:
    made = work_said(work, level, kit.YEAR)
    assert all(s.of is Of.ACTIVITIES and s.exact and s.period == kit.YEAR for s in made)
    return {s.box: s.minimum for s in made}


def printed(work: Work) -> list[tuple[str, object]]:
    """Return the first two cells of each row of the tables of outreach and consultation."""
    numbering = Numbering()
    blocks = (
        *work_chapters.outreach(work, Level.EENRIJ, ABOUT, numbering),
        *work_chapters.advice(work, Level.EENRIJ, ABOUT, numbering),
    )
    tables = [block for block in blocks if isinstance(block, Table)]
    return [(str(row.cells[0]), row.cells[1]) for table in tables for row in table.rows]


def test_every_count_in_the_tables_is_a_statement_and_so_is_each_task() -> None:
    counts = said(kit.worked())
    assert counts == {
        Box.where_({TITLE: "Kennismaking nieuwe medewerkers", TASK: frozenset({"voorlichting", "introductie"})}): 2,
        Box.where_({TITLE: "Training voor leidinggevenden", TASK: "voorlichting"}): 1,
        Box.where_({TASK: "voorlichting"}): 2,
        Box.where_({TASK: "introductie"}): 1,
        Box.where_({TASK: "artikel"}): 1,
        Box.where_({TASK: frozenset(INFORMING)}): 4,
        Box.where_({TASK: "overleg directie"}): 1,
        Box.where_({TASK: "overleg or"}): 2,
        Box.where_({TASK: frozenset(CONSULTED)}): 3,
    }
    alone = said(kit.worked(WorkPart.VOORLICHTING, rows=(*kit.log(), *named("artikel", "Een stuk"))))
    assert alone[Box.where_({TITLE: "Artikel", TASK: "artikel"})] == 1, "not all there is of its task"
    titled = {dict(box.where)[TITLE][0]: n for box, n in counts.items() if TITLE in dict(box.where)}
    rows = printed(kit.worked())
    assert [row for row in rows if row[0] in titled] == list(titled.items())
    assert [n for name, n in rows if name == "Alles samen"] == [4, 3]
    assert {n for _, n in rows} <= set(counts.values())


@pytest.mark.parametrize("level", [level for level in Level if level is not Level.EENRIJ])
def test_a_report_that_says_little_of_people_counts_no_work(level: Level) -> None:
    assert said(kit.worked(), level) == {}


def test_only_what_was_chosen_and_done_is_counted() -> None:
    assert said(NO_WORK) == {}
    assert said(kit.worked(WorkPart.ADVIES, WorkPart.SIGNALEN, WorkPart.UREN, WorkPart.VAKBEKWAAMHEID)) == {}
    assert said(kit.worked(rows=())) == {}
    assert len(said(kit.worked(WorkPart.OVERLEG))) == 3


def test_counts_of_work_read_back_as_what_was_done() -> None:
    lines = [told.in_words(s, kit.YEAR, {}) for s in work_said(kit.worked(), Level.EENRIJ, kit.YEAR)]
    assert lines[0] == "Activiteiten: ‘Kennismaking nieuwe medewerkers’: 2"
    assert lines[5] == "Activiteiten: voorlichting, introductie, artikel en training samen: 4"
    assert lines[7] == "Activiteiten: overleg OR: 2"


def named(task: str, title: str) -> tuple[kit.Activity, ...]:
    return (kit.Activity(kit.ActivityId(99), kit.date(2025, 9, 1), task, 60, title, kit.CLIENT.id),)


def file_of(*statements: Statement) -> Mapping[str, object]:
    text = statements_json(
        statements, client_name="x", period=kit.YEAR, threshold=5, dimensions={"thema": ("pesten", "onbekend")}
    )
    made: Mapping[str, object] = json.loads(text)
    return made


def test_the_statements_file_names_tasks_and_titles_only_where_work_is_counted() -> None:
    total = Statement(Of.CASES, Box(), kit.YEAR, 62, 62)
    assert list(file_of(total)["dimensions"]) == ["thema"]  # type: ignore[call-overload] # JSON
    (one,) = work_said(kit.worked(WorkPart.VOORLICHTING, rows=kit.log()[1:2]), Level.EENRIJ, kit.YEAR)[:1]
    content = file_of(total, one)
    dimensions = content["dimensions"]
    assert isinstance(dimensions, dict)
    assert dimensions[TITLE] == ["Training voor leidinggevenden"]
    assert {"voorlichting", "overleg or"} <= set(dimensions[TASK])
    assert content["statements"][1] == {  # type: ignore[index] # JSON
        "of": "activiteiten",
        "where": {"omschrijving": ["Training voor leidinggevenden"], "taak": ["voorlichting"]},
        "periode": "2025-01-01/2025-12-31",
        "min": 1,
        "max": 1,
    }
