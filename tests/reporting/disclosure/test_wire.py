"""What goes over the wire comes back as it was, and whatever is not exactly that is refused."""

from __future__ import annotations

import inspect
import json
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, timedelta
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reporting.disclosure.registry import HALF, YEAR, drawn, published, report, request
from vpdesk.domain.ids import ClientId
from vpdesk.domain.periods import Period
from vpdesk.domain.publications import HiddenLine, Publication, Withheld
from vpdesk.domain.report_choices import ReportChoices
from vpdesk.domain.statements import Box, CaseFacts, Of, Statement
from vpdesk.reporting.disclosure import wire
from vpdesk.reporting.disclosure.family import Relative
from vpdesk.reporting.disclosure.request import Request, Said
from vpdesk.reporting.disclosure.result import CrossTable, Level, ProtectedReport, ProtectedTable
from vpdesk.reporting.statements import protect_and_audit

CODES = st.text(max_size=6)
COUNTS = st.integers(0, 400)
DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))
PERIODS = st.builds(lambda first, days: Period(first, first + timedelta(days=days)), DAYS, st.integers(0, 900))
BOXES = st.dictionaries(CODES, st.frozensets(CODES, min_size=1, max_size=3), max_size=2).map(
    lambda where: Box.where_(dict(where))
)
STATEMENTS = st.builds(
    lambda of, box, period, low, more: Statement(of, box, period, low, low + more),
    st.sampled_from(Of), BOXES, PERIODS, COUNTS, COUNTS,
)  # fmt: skip
CHOICES = st.builds(
    lambda codes, crossed: ReportChoices({"rol": (tuple(sorted(codes)),)} if codes else {}, crossed),
    st.frozensets(CODES, max_size=3), st.sampled_from([(), (("rol", "thema"),)]),
)  # fmt: skip
for kind, made in ((Period, PERIODS), (Box, BOXES), (Statement, STATEMENTS), (ReportChoices, CHOICES)):
    st.register_type_strategy(kind, made)


def few(kind: Any, most: int = 2) -> st.SearchStrategy[Any]:
    """A few of a kind: a request with as many of everything as chance wants grows too large to be drawn."""
    return st.lists(st.from_type(kind), max_size=most).map(tuple)


def every_field(kind: Any, **few_of: Any) -> st.SearchStrategy[Any]:
    """Values with every field drawn, those with a default too."""
    return st.builds(kind, **{each.name: few_of.get(each.name, ...) for each in fields(kind)})


FACTS = every_field(CaseFacts, talks=few(tuple[date, int, int]))
PUBLICATIONS = every_field(
    Publication, statements=few(Statement), pattern=few(HiddenLine), withheld=few(Withheld), pdf=st.binary(max_size=9)
)
st.register_type_strategy(CaseFacts, FACTS)
st.register_type_strategy(Publication, PUBLICATIONS)
REQUESTS = every_field(
    Request, facts=few(CaseFacts), earlier=few(Publication, 1), family=few(Relative, 1),
    dimensions=st.dictionaries(CODES, few(str), max_size=2), wanted=few(str),
)  # fmt: skip
SAID = every_field(Said, progress=st.none() | st.floats(allow_nan=False, allow_infinity=False))
WHOLE = st.one_of(SAID, st.from_type(CaseFacts), st.from_type(Publication), st.from_type(ReportChoices))


@settings(max_examples=50)
@given(WHOLE)
def test_what_is_written_is_read_as_it_was(value: Any) -> None:
    line = wire.encode(type(value), value)
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    again = wire.decode(type(value), line)
    assert again == value
    assert wire.encode(type(value), again) == line  # the order of mappings too, which equality forgets


@settings(max_examples=25)
@given(REQUESTS)
def test_a_request_is_read_as_it_was(asked: Request) -> None:
    again = wire.decode(Request, wire.encode(Request, asked))
    assert again == asked
    assert list(again.dimensions.items()) == list(asked.dimensions.items())


def test_a_real_request_and_a_real_report_are_read_as_they_were() -> None:
    facts = drawn(60, 1)
    half = report(facts, HALF)
    asked = request(facts, YEAR, (published(half, HALF),))
    assert wire.decode(Request, wire.encode(Request, asked)) == asked
    said = Said(report=half, answers="a")
    assert wire.decode(Said, wire.encode(Said, said)) == said
    assert {type(value) for table in half.tables for _, value in table.rows} == {int, type(None)}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 99) | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(CODES, inner, max_size=3),
)
REPORT = ProtectedReport(
    Level.EENRIJ,
    (Statement(Of.CASES, Box.of(rol="melder"), YEAR, 3, 3),),
    (ProtectedTable("rol", (("melder", 3), ("getuige", None), ("collega", "nvt")), 9, 12),),
    Statement(Of.CASES, Box(), YEAR, 12, 12),
    (HiddenLine("rol", YEAR, ("getuige", "melder")),),
    (("thema", "te weinig"),),
    (),
    audited=True,
    threshold=5,
    crossed=(CrossTable("rol", "thema", ("a",), ("b",), ((None, 3, "nvt"),), (None,), (4,), 12),),
)
LINE = wire.encode(Said, Said(progress=0.5, report=REPORT, answers="x"))


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a piece of JSON."""
    inside: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, part in inside for place in places(part, (*path, key)))]


def put(value: Any, path: tuple[Any, ...], other: Any) -> Any:
    """The same JSON with something else in one place."""
    if not path:
        return other
    copied = dict(value) if isinstance(value, dict) else list(value)
    copied[path[0]] = put(value[path[0]], path[1:], other)
    return copied


@given(st.sampled_from(places(json.loads(LINE))), JSON)
def test_what_was_changed_on_the_way_is_refused_or_is_what_it_says(path: tuple[Any, ...], other: Any) -> None:
    line = json.dumps(put(json.loads(LINE), path, other), separators=(",", ":")).encode() + b"\n"
    try:
        value = wire.decode(Said, line)
    except wire.WireError:
        return
    assert wire.encode(Said, value) == line


@pytest.mark.parametrize("cut", [0, 1, len(LINE) // 2, len(LINE) - 2, len(LINE) - 1])
def test_half_a_line_is_refused(cut: int) -> None:
    with pytest.raises(wire.WireError):
        wire.decode(Said, LINE[:cut])


@pytest.mark.parametrize("said", [b"NaN", b"Infinity", b"-Infinity", b"1e999", b"-1e999"], ids=bytes.decode)
def test_progress_that_is_no_finite_number_is_neither_written_nor_read(said: bytes) -> None:
    with pytest.raises((TypeError, ValueError)):
        wire.encode(Said, Said(progress=float(said)))
    with pytest.raises(wire.WireError):
        wire.decode(Said, LINE.replace(b'"progress":0.5', b'"progress":' + said))
    with pytest.raises(wire.WireError):
        wire.decode(
            Said, json.dumps({**json.loads(LINE), "progress": float(said)}, separators=(",", ":")).encode() + b"\n"
        )


@pytest.mark.parametrize(
    "line",
    [b"\n", b"\xff\n", b"nonsense\n", b"[" * 100_000 + b"\n", LINE + LINE, b" " + LINE, b'{"progress":NaN}\n'],
    ids=["empty", "no text", "no json", "too deep", "two", "spaced", "no number"],
)
def test_anything_but_one_line_of_it_is_refused(line: bytes) -> None:
    with pytest.raises(wire.WireError):
        wire.decode(Said, line)


@dataclass(frozen=True)
class Every:
    """One of each form that no value of the report has."""

    key: bytes = b"\x00\xff"
    at: datetime = datetime(2026, 1, 2, 3, 4, 5, 6)  # noqa: DTZ001 - the product works in local time
    day: date = date(2026, 1, 2)
    either: bool | int | None = True
    word: Literal[1, "nvt"] = 1
    pair: tuple[int, str] = (1, "a")
    client: ClientId = field(default=ClientId(3))
    codes: dict[date, frozenset[int]] = field(default_factory=lambda: {date(2026, 1, 2): frozenset({10, 9})})


def test_every_form_is_read_as_it_was() -> None:
    for value in (Every(), Every(either=None), Every(either=0), Every(word="nvt")):
        assert repr(wire.decode(Every, wire.encode(Every, value))) == repr(value)


WRONG: list[dict[str, Any]] = [
    {"key": "00ff"}, {"at": date(2026, 1, 2)}, {"day": datetime(2026, 1, 2)}, {"either": "x"}, {"word": True},  # noqa: DTZ001 - idem
    {"pair": (1, "a", "b")}, {"pair": [1, "a"]}, {"client": "3"}, {"client": True}, {"codes": [1]},
    {"codes": {date(2026, 1, 2): {9}}},
]  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_a_value_that_is_not_what_its_annotation_says_is_not_written(wrong: dict[str, Any]) -> None:
    with pytest.raises((TypeError, ValueError)):
        wire.encode(Every, Every(**wrong))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("key", "00F F"), ("at", "2026-01-02"), ("day", "20260102"), ("either", 1.0), ("either", "x"), ("word", 2),
        ("word", True), ("pair", [1]), ("pair", [1, "a", 2]), ("client", 3.0), ("codes", {}), ("codes", [["2026-01-02", [9, 10]]]),
        ("codes", [["2026-01-02", [10, 10, 9]]]), ("codes", [["2026-01-02", []], ["2026-01-02", []]]), ("codes", [[1]]),
    ],
)  # fmt: skip
def test_what_stands_for_a_value_in_another_way_is_refused(name: str, said: object) -> None:
    known = json.loads(wire.encode(Every, Every()))
    assert wire.decode(Every, json.dumps(known, separators=(",", ":")).encode() + b"\n") == Every()
    with pytest.raises(wire.WireError):
        wire.decode(Every, json.dumps({**known, name: said}, separators=(",", ":")).encode() + b"\n")


@pytest.mark.parametrize(
    "kind", [object, Sequence[int], list[int], str | date, Literal["a", "b"] | date, set[str]], ids=str
)
def test_a_type_without_a_form_is_met_at_once(kind: Any) -> None:
    with pytest.raises(TypeError, match="on the wire"):
        wire.encode(kind, None)


def test_a_request_holds_all_that_protecting_takes_and_no_more() -> None:
    taken = inspect.signature(protect_and_audit).parameters.keys() - {"progress"}
    assert {each.name for each in fields(Request)} == taken


def test_a_request_leaves_files_titles_and_names_at_home() -> None:
    said = replace(published(report(drawn(30, 1), HALF), HALF), pdf=b"%PDF the report", recipient="Jansen")
    bare = request(drawn(30, 1), YEAR, (said,)).bare()
    line = wire.encode(Request, bare)
    assert b"Jansen" not in line
    assert b"A. Advies" not in line
    assert b"the report".hex().encode() not in line
    assert bool(bare.earlier[0].pdf)
    assert bare.earlier[0].statements == said.statements
