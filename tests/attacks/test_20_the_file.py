"""Attack 20: hidden words, metadata, attachments and earlier revisions in the file, and files beside it."""

from __future__ import annotations

import io
import re
from datetime import date
from typing import TYPE_CHECKING

import pikepdf
import pypdf
import pytest

from tests import casework
from tests.attacks import files, kit, naive
from tests.attacks.attackers import K, small_cells
from tests.reporting.disclosure.registry import DIMENSIONS, YEAR, drawn, report
from vpdesk.domain.statements import Audience
from vpdesk.operations import reports
from vpdesk.reporting.pdf.metadata import packet
from vpdesk.reporting.report_words import percentage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vpdesk.store.vault import Vault

TABLE = dict(zip(kit.ROLES, (9, 8, 3, 4, 12), strict=True))
HIDDEN = frozenset({"collega", "naaste"})


def told(text: str) -> dict[str, set[int]]:
    """Return the numbers that stand right behind the names of roles."""
    found = {code: {int(n) for n in re.findall(rf"{code}\W{{1,3}}(\d+)", text, re.IGNORECASE)} for code in TABLE}
    return {code: numbers for code, numbers in found.items() if numbers}


SHOWN = naive.fitted_table(TABLE, HIDDEN)


@pytest.mark.parametrize(
    "content",
    [
        naive.careless_file(TABLE, HIDDEN),
        naive.with_attachment(SHOWN, TABLE),
        naive.appended(naive.chart(TABLE, frozenset()), SHOWN),
    ],
    ids=["white words and keywords", "attachment", "earlier revision"],
)
def test_a_file_that_shows_dashes_and_holds_the_numbers(content: bytes) -> None:
    visible = "\n".join(pypdf.PdfReader(io.BytesIO(SHOWN)).pages[0].extract_text().splitlines())
    assert not told(visible).keys() & HIDDEN
    found = told(files.everything(content))
    assert {code: TABLE[code] for code in HIDDEN} == {code: max(found[code]) for code in HIDDEN}


def test_our_file_holds_no_trace_of_hidden_numbers() -> None:
    facts = kit.cases(TABLE)
    said = kit.ours(facts)
    content = kit.file_of(said)
    hidden = set(said.pattern[0].codes)
    assert not told(files.everything(content)).keys() & hidden
    assert content == kit.file_of(kit.ours(kit.twin(facts)))


def test_our_file_is_saved_once_and_carries_nothing() -> None:
    content = kit.file_of(report(drawn(60, 3), YEAR))
    assert len(files.revisions(content)) == 1
    assert content.count(b"startxref") == 1
    with pikepdf.open(io.BytesIO(content)) as file:
        assert dict(file.attachments) == {}
        assert set(file.docinfo.keys()) == {"/Title", "/Author", "/CreationDate", "/ModDate"}
        title, author, day = (str(file.docinfo[key]) for key in ("/Title", "/Author", "/CreationDate"))
        said = packet(title, author, date.fromisoformat(day[2:10]), "nl-NL")
        metadata = [item for item in file.objects if isinstance(item, pikepdf.Stream) and _kind(item) == "/Metadata"]
        assert [item.read_raw_bytes() for item in metadata] == [said]  # what the page says already, and nothing else
        for item in file.objects:
            if isinstance(item, pikepdf.Stream | pikepdf.Dictionary):
                assert item.get("/Type") not in {"/EmbeddedFile", "/Filespec", "/OCG", "/ObjStm"}
                assert item.get("/Subtype") not in {"/Form", "/Image", "/FileAttachment", "/Text", "/Popup", "/Widget"}
            if isinstance(item, pikepdf.Stream):
                assert b" Tr" not in _drawing(item)  # no text is invisible


def _kind(item: pikepdf.Stream) -> str:
    return str(item.get("/Type", ""))


def _drawing(item: pikepdf.Stream) -> bytes:
    return item.read_bytes() if "/Length1" not in item else b""


def numbers(text: str) -> set[str]:
    """Return every number in a text that is not a part of a date, an address or a page."""
    return set(re.findall(r"(?<![\w.,:/-])\d+(?:,\d+)?%?(?![\w:/-])", text))


WORDS = re.compile(r"ook\s+0\s+en|100\s+uur|tot\s+100\.")
"""Words that stand in every report."""


def structure() -> set[str]:
    """Return the numbers of pages, titles and dates, and those in a report about nobody."""
    without_numbers = files.everything(kit.file_of(report([], YEAR)))
    return {str(n) for n in range(1, 32)} | {"2025", "2026"} | numbers(without_numbers)


@pytest.mark.parametrize("cases", [40, 150])
def test_every_number_in_the_file_is_published(cases: int) -> None:
    said = report(drawn(cases, cases), YEAR)
    published = {s.minimum for s in said.statements} | {s.maximum for s in said.statements}
    for table in said.tables:
        published |= {table.total, table.hidden_sum or table.total}
        published |= {value for _, value in table.rows if isinstance(value, int)}
    values = dict(kit.rows(said, "fase")) if any(t.dimension.startswith("fase") for t in said.tables) else {}
    reported = [values.get(name) for name in ("meldingsfase", "nafase")]
    published.add(sum(n for n in reported if isinstance(n, int)))
    published |= {round((s.minimum + s.maximum) / 2) for s in said.statements}  # about so many talks
    shares = {percentage(n, said.tables[0].total) for n in published}
    with_numbers = WORDS.sub("", files.everything(kit.file_of(said)))
    loose = numbers(with_numbers) - {str(n) for n in published} - shares - structure()
    assert loose == set()


def test_small_numbers_in_the_file_are_pages_and_titles_only() -> None:
    # The numbers up to 31 that the test above lets through are the same for every registry with the same statements.
    facts = drawn(60, 3)
    codes = {"relatie": DIMENSIONS["relatie"]}
    other = kit.twin(facts, "relatie", codes=codes)
    counts = [naive.counted(some, "relatie", codes["relatie"], YEAR) for some in (facts, other)]
    assert any(a != b and min(a, b) < K for a, b in zip(counts[0].values(), counts[1].values(), strict=True))
    assert kit.file_of(kit.ours(facts, codes=codes)) == kit.file_of(kit.ours(other, codes=codes))


def test_our_file_with_a_two_way_table_holds_no_trace_of_hidden_numbers() -> None:
    facts = kit.square()
    small = small_cells(facts, kit.SIDES)
    sheet = {f"{role} {other}": n for (role, other), n in small.items()}
    careless = files.everything(naive.with_attachment(SHOWN, sheet))
    assert all(f"{role} {other};{n}" in careless for (role, other), n in small.items())
    key, other = kit.crossed_twin(facts)
    assert small_cells(other, kit.SIDES) != small
    report, table = kit.crossed(facts, key=key)
    content = kit.file_of(report)
    assert content == kit.file_of(kit.crossed(other, key=key)[0])
    printed = {value for cells in table.cells for value in cells if isinstance(value, int)}
    printed |= {*table.row_totals, *table.column_totals, table.total}  # type: ignore[arg-type] # none is hidden here
    stated = {s.minimum for s in report.statements if s.exact}
    assert printed <= stated
    shares = {percentage(a + b, table.total) for a in stated for b in {0, *stated}}
    loose = numbers(WORDS.sub("", files.everything(content))) - {str(n) for n in stated} - shares - structure()
    assert loose == set()


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    made = casework.with_draw(casework.new_vault(tmp_path / "kluis"))
    yield made
    made.close()


def test_an_export_leaves_no_other_files_than_those_that_were_asked_for(vault: Vault, tmp_path: Path) -> None:
    for n in range(24):
        casework.a_case(vault, kit.EARLY, rol="melder" if n % 3 else "getuige")
    there = tmp_path / "uit"
    there.mkdir()
    client = casework.a_client(vault)
    reports.export_report(
        vault, client_id=client.id, period=YEAR, audience=Audience.OR, out=there / "verslag.pdf", now=casework.NOW,
        statements_out=there / "uitspraken.json", backup_places=(),
    )  # fmt: skip
    assert sorted(path.name for path in there.iterdir()) == ["uitspraken.json", "verslag.pdf"]
    careless = [f"{code}: {n}" for code, n in TABLE.items()]  # what a temporary sheet beside the report would hold
    assert told("\n".join(careless)).keys() >= HIDDEN
    side = (there / "uitspraken.json").read_text("utf-8")
    assert not told(side).keys() & {"betrokkene", "naaste"}
    assert set(re.findall(r'"(?:min|max)": (\d+)', side)) <= {
        str(n) for s in reports.publications(vault, client.id)[0].statements for n in (s.minimum, s.maximum)
    }
