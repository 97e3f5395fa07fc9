"""Attack 3: tables that are safe apart and not together, since a theme lies in its field."""

from __future__ import annotations

from tests.attacks import kit, naive
from tests.attacks.attackers import OPEN, Solving
from tests.reporting.disclosure.registry import YEAR

THEMES = ("pesten", "intimidatie", "fraude", "anders buiten werkterrein")
FIELDS = ("ongewenste omgangsvormen", "integriteit", "beide", "buiten werkterrein")
CODES = {"thema": THEMES, "werkgebied": FIELDS}
FACTS = [
    *kit.several(17, thema="pesten", werkgebied="ongewenste omgangsvormen"),
    *kit.several(17, thema="intimidatie", werkgebied="ongewenste omgangsvormen"),
    *kit.several(1, thema="pesten", werkgebied="beide"),
    *kit.several(1, thema="intimidatie", werkgebied="beide"),
    *kit.several(9, thema="fraude", werkgebied="integriteit"),
    *kit.several(8, thema="anders buiten werkterrein", werkgebied="buiten werkterrein"),
]


def test_themes_and_fields_are_laid_side_by_side() -> None:
    themes = naive.report(FACTS, YEAR, {"thema": THEMES}, naive.small_and_a_second)
    fields = naive.report(FACTS, YEAR, {"werkgebied": FIELDS}, naive.small_and_a_second)
    assert set(Solving(fields, {"werkgebied": FIELDS}).values(YEAR, werkgebied="beide")) >= OPEN
    assert set(Solving(themes, CODES).values(YEAR, werkgebied="beide")) >= OPEN
    assert set(Solving([*themes, *fields], CODES).values(YEAR, werkgebied="beide")) == {2}
    fell = 0
    for key in kit.keys(FIELDS, "werkgebied").values():
        report = kit.ours(FACTS, codes=CODES, key=key)
        assert report.tables
        assert set(Solving(report.statements, CODES).values(YEAR, werkgebied="beide")) >= OPEN
        alone = kit.ours(FACTS, codes={"werkgebied": FIELDS}, key=key).statements
        fell += set(Solving([*alone, *themes], CODES).values(YEAR, werkgebied="beide")) == {2}
    assert fell  # under some of these draws our own tables would fall as well, had they been made apart
