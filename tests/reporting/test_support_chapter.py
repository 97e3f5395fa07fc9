"""The chapter on support: which tables stand beside each other, and where the one stands that has no neighbour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests import report_kit as kit
from tests.reporting.test_annual_report import every
from vpdesk.domain import taxonomy
from vpdesk.reporting import document as doc
from vpdesk.reporting.statements import Level

if TYPE_CHECKING:
    from vpdesk.reporting.statements import ProtectedReport


def support(report: ProtectedReport) -> doc.Chapter:
    return next(chapter for chapter in kit.document(report).chapters if chapter.title == "Ondersteuning")


def test_roles_and_ties_stand_side_by_side_where_both_are_narrow() -> None:
    (pair,) = [
        block
        for block in support(kit.protected(Level.EENRIJ, 62, kit.sixty_two())).blocks
        if every(block, doc.TablePair)
    ]
    assert [table.caption.title for table in (pair.left, pair.right)] == [
        "Casussen naar rol",
        "Casussen naar band met de organisatie",
    ]
    assert [table.caption.label for table in (pair.left, pair.right)] == ["Tabel 2", "Tabel 3"]
    shares = kit.table("verbonden", ("medewerker", "inhuur"), {"medewerker": 50, "inhuur": 12}, 62)
    wide = (*(t for t in kit.sixty_two() if t.dimension != "verbonden"), shares)
    chapter = support(kit.protected(Level.EENRIJ, 62, wide))
    assert every(chapter, doc.TablePair) == []
    assert [t.caption.title for t in every(chapter, doc.Table)][:2] == [
        "Casussen naar rol",
        "Casussen naar band met de organisatie",
    ]


def test_of_a_smaller_report_the_table_without_a_neighbour_follows_the_figures_under_its_own_heading() -> None:
    blocks = support(kit.protected(Level.EENRIJ, 18, kit.eighteen())).blocks
    heading = next(n for n, b in enumerate(blocks) if isinstance(b, doc.Heading) and b.text == "Hoe het afliep")
    assert any(isinstance(block, doc.PhaseFlow) for block in blocks[:heading])
    assert [t.caption.title for t in every(blocks[heading:], doc.Table)] == ["Casussen naar afloop"]
    field = kit.table("werkgebied", taxonomy.WERKGEBIED.codes, {"integriteit": 9}, 18)
    three = support(kit.protected(Level.EENRIJ, 18, (*kit.eighteen()[:4], field))).blocks
    assert isinstance(three[-1], doc.Table)
    assert three[-1].caption.title == "Casussen naar werkgebied"
    one = support(kit.protected(Level.EENRIJ, 18, (kit.eighteen()[0], kit.eighteen()[1]))).blocks
    assert isinstance(one[2], doc.Table), "a single table stays with what opens the chapter"
