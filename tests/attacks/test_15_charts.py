"""Attack 15: what the drawing of a chart tells: lengths, axis ends, colours, and the text for who can't see it."""

from __future__ import annotations

import io
import re

import pikepdf
import pypdf
import pytest

from tests import report_kit
from tests.attacks import files, kit, naive
from tests.attacks.attackers import K
from tests.reporting.disclosure.registry import DIMENSIONS, YEAR, drawn, report
from vpdesk.domain.report_choices import ReportChoices, key_of
from vpdesk.reporting import pdf
from vpdesk.reporting.report_words import label
from vpdesk.reporting.statements import Level, ProtectedReport

TABLE = dict(zip(kit.ROLES, (17, 11, 3, 6, 9), strict=True))
THEMES = {"thema": ("pesten", "intimidatie", "fraude", "corruptie", "onbekend"), "relatie": DIMENSIONS["relatie"]}


def measured(content: bytes, names: dict[str, str]) -> dict[str, int]:
    """Return the number of cases behind each bar, measured with the bars whose number is printed.

    `names` gives the code by the words that stand beside its bar.
    """
    words, bars = files.drawn(content)
    found: dict[str, float] = {}
    units = []
    for word in words:
        shown = re.fullmatch(r"(.*?)[\s–-]*(\d+)?", word.text.replace("\n", " "))
        assert shown is not None
        code = names.get(shown[1].strip())
        widths = [bar.width for bar in bars if bar.beside(word) and bar.height < 20 and bar.width > 4]
        if code is None or not widths:
            continue
        found[code] = max(widths)
        number = shown[2] or next((w.text for w in words if w.page == word.page and abs(w.y - word.y) < 1
                                   and w.text.isdigit()), None)  # fmt: skip
        if number:
            units.append(max(widths) / int(number))
    unit = min(units) if units else 1.0
    return {code: round(width / unit) for code, width in found.items()}


def test_the_length_of_a_bar_without_a_number() -> None:
    content = naive.chart(TABLE, naive.small(TABLE))
    assert measured(content, {code: code for code in TABLE})["collega"] == 3
    codes = {"thema": THEMES["thema"]}
    facts = kit.cases(dict(zip(THEMES["thema"], TABLE.values(), strict=True)), "thema")
    said = kit.ours(facts, codes=codes)
    found = measured(kit.file_of(said), {label("thema", code): code for code in codes["thema"]})
    shown = {code: n for code, n in kit.rows(said, "thema").items() if n is not None}
    assert found == shown  # a bar for each number that is printed, and for no other
    assert "fraude" not in shown


def test_the_end_of_an_axis_that_fits_the_longest_hidden_bar() -> None:
    # An axis that ends at the longest bar, hidden ones too, tells that one; and the sum of two tells the other.
    table = dict(zip(kit.ROLES, (11, 9, 3, 14, 8), strict=True))
    hidden = frozenset({"collega", "naaste"})
    together, axis_end = sum(table[code] for code in hidden), max(table.values())
    assert together - axis_end == 3
    codes = {"thema": THEMES["thema"]}
    facts = kit.cases(dict(zip(THEMES["thema"], table.values(), strict=True)), "thema")
    other = kit.twin(facts, "thema", codes=codes)
    assert naive.counted(facts, "thema", codes["thema"], YEAR) != naive.counted(other, "thema", codes["thema"], YEAR)
    first, second = (kit.file_of(kit.ours(some, codes=codes)) for some in (facts, other))
    assert files.drawn(first) == files.drawn(second)
    assert first == second


def alternative_texts(content: bytes) -> list[str]:
    """Return what a screen reader is told of the figures."""
    with pikepdf.open(io.BytesIO(content)) as file:
        items = [item for item in file.objects if isinstance(item, pikepdf.Dictionary)]
        return [str(item["/Alt"]) for item in items if "/Alt" in item]


def spoken(text: str, codes: dict[str, str]) -> dict[str, int]:
    """Return the numbers that stand behind labels in an alternative text."""
    found = {}
    for words, code in codes.items():
        match = re.search(rf"{re.escape(words)} (\d+)", text, re.IGNORECASE)
        if match:
            found[code] = int(match[1])
    return found


def test_the_text_for_who_can_not_see_the_chart() -> None:
    labels = {label("thema", code): code for code in DIMENSIONS["thema"]}
    facts = drawn(60, 8)
    said = report(facts, YEAR, wanted=("thema",))
    rows = kit.rows(said, "thema")
    truth = naive.counted(facts, "thema", DIMENSIONS["thema"], YEAR)
    careless = "Staafdiagram. " + ", ".join(f"{words} {truth[code]}" for words, code in labels.items())
    lost = {code for code, n in truth.items() if n < K} & set(spoken(careless, labels))
    assert lost
    (text,) = alternative_texts(kit.file_of(said))
    shown = {code: n for code, n in rows.items() if n is not None}
    assert spoken(text, labels) == shown
    assert set(re.findall(r"\d+", text)) <= {str(n) for n in shown.values()} | {
        str(said.tables[0].hidden_sum), str(said.tables[0].total), "2025",
    }  # fmt: skip


@pytest.mark.parametrize("seed", [0, pytest.param(1, marks=pytest.mark.long)])
def test_colours_and_lines_are_the_same_for_other_hidden_numbers(seed: int) -> None:
    facts = drawn(40, seed)
    codes = {name: DIMENSIONS[name] for name in ("thema", "relatie")}
    other = kit.twin(facts, "relatie", codes=codes)
    first, second = (kit.file_of(kit.ours(some, codes=codes)) for some in (facts, other))
    streams = [[page.get_contents().get_data() for page in pypdf.PdfReader(io.BytesIO(f)).pages] for f in (first, second)]  # type: ignore[union-attr]  # fmt: skip
    assert streams[0] == streams[1]


def test_phases_in_proportion_are_drawn_only_when_each_is_printed() -> None:
    # Bands of a height per case would give a hidden phase away, as the bars of the first attack do.
    phases = {"voorfase": 30, "meldingsfase": 9, "nafase": 3}
    careless = bands(pdf.render(report_kit.document(as_if_all_were_printed(phases))))
    unit = max(careless) / phases["voorfase"]  # the number that would be printed
    assert any(abs(height / unit - phases["nafase"]) < 0.2 for height in careless)
    heights = []
    for after, unknown in ((3, 4), (4, 3)):
        counts = {**phases, "nafase": after, "onbekend": unknown}
        facts = [fact for phase, n in counts.items() for fact in kit.several(n, fase=phase)]
        said = kit.ours(facts, codes={"fase": DIMENSIONS["fase"]})
        assert kit.rows(said, "fase") == {"voorfase": 30, "meldingsfase": 9, "nafase": None, "onbekend": None}
        heights.append(bands(kit.file_of(said)))
    assert len(heights[0]) == 1  # the box of the sum, which is as high for every sum
    assert heights[0] == heights[1]


def bands(content: bytes) -> list[float]:
    """Return the heights of what stands in the chart of phases and is drawn with some width."""
    words, bars = files.drawn(content)
    (chart,) = [w for w in words if w.text.startswith("Meldingsfase")][:1]
    near = [bar for bar in bars if bar.page == chart.page and chart.y - 150 < bar.y < chart.y]
    return [bar.height for bar in near if 40 < bar.width < 300]


def as_if_all_were_printed(phases: dict[str, int]) -> ProtectedReport:
    table = report_kit.table(report_kit.PHASE, tuple(phases), phases, sum(phases.values()))
    return report_kit.protected(Level.EENRIJ, sum(phases.values()), (table,))


def test_the_bar_of_a_row_that_counts_several_codes() -> None:
    # A bar in two pieces, one for each code, tells how long each is.
    codes = THEMES["thema"]
    table = dict(zip(codes, (17, 11, 3, 8, 9), strict=True))
    pieces = naive.chart(table, frozenset({"fraude", "corruptie"}))
    assert measured(pieces, {code: code for code in codes})["fraude"] == 3
    row = ("fraude", "corruptie")
    other = {**table, "fraude": 11, "corruptie": 0}
    chosen = ReportChoices({"thema": (row,)})
    first, second = (
        kit.ours(kit.cases(some, "thema"), codes={"thema": codes}, choices=chosen) for some in (table, other)
    )
    shown = {key: n for key, n in kit.rows(first, "thema").items() if n is not None}
    assert shown[key_of(row)] == 11
    content = kit.file_of(first)
    assert measured(content, {label("thema", key): key for key in (*codes, key_of(row))}) == shown
    assert alternative_texts(content) == alternative_texts(kit.file_of(second))
    assert content == kit.file_of(second)
