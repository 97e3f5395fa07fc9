"""A sheet that asks for more than it holds is refused within its memory and its time, and nothing falls with it."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.abuse.seeds import own_backup, own_key_file
from tests.abuse.shapes import scrambled
from tests.abuse.targets import a_sentence
from tests.abuse.workbooks import hostile, members, plain, zipped
from vpdesk.domain.errors import ImportRefusedError
from vpdesk.exchange import limits, workbooks
from vpdesk.exchange.spreadsheets import read_sheet

if TYPE_CHECKING:
    from pathlib import Path

LIMIT = 512 * 1024 * 1024
FILES = hostile()
QUICK = {
    "a cell far away",
    "a directory that lies",
    "a sector table that goes round",
    "CSV: one line of delimiters",
    "CSV: one header of delimiters",
    "CSV: zeros",
}


def bounded(target: str, path: Path) -> dict[str, int]:
    """Read a file in a process that has 512 MB; return how much it and its own child took at most, in bytes."""
    finished = subprocess.run(
        [sys.executable, "-m", "tests.abuse.child", target, str(path)],
        capture_output=True,
        text=True,
        check=False,
        timeout=limits.PATIENCE_SECONDS + 30,
    )
    assert finished.returncode == 0, finished.stderr[-3000:]
    assert not finished.stderr
    taken: dict[str, int] = json.loads(finished.stdout)
    return taken


@pytest.mark.parametrize("wrong", [w if w in QUICK else pytest.param(w, marks=pytest.mark.long) for w in FILES])
def test_no_sheet_takes_more_than_512_mb(wrong: str, tmp_path: Path) -> None:
    path = tmp_path / "blad"
    path.write_bytes(FILES[wrong]())
    taken = bounded("blad", path)
    assert max(taken.values()) < LIMIT


@pytest.mark.parametrize(
    "filler", [b"a", pytest.param(b"[", marks=pytest.mark.long), pytest.param(b"9", marks=pytest.mark.long)]
)
@pytest.mark.parametrize("target", ["sleutels", "kopie", "wijzer", "koppeling"])
def test_no_other_file_takes_more_than_512_mb(target: str, filler: bytes, tmp_path: Path) -> None:
    path = tmp_path / "bestand"
    start = {"sleutels": own_key_file(), "kopie": own_backup()}.get(target, b"")
    path.write_bytes(start + filler * 50_000_000)
    assert max(bounded(target, path).values()) < LIMIT


def test_a_dimension_that_is_not_so_does_not_keep_a_good_sheet_out(tmp_path: Path) -> None:
    path = tmp_path / "blad"
    path.write_bytes(FILES["a dimension that is not so"]())
    assert read_sheet(path).rows[0].cells == ("01-02-2021",)


def test_the_child_has_its_own_bounds(tmp_path: Path) -> None:
    """A row a million below asks for half a gigabyte, which there would be."""
    (tmp_path / "blad").write_bytes(FILES["a cell far below"]())
    with pytest.raises(ImportRefusedError, match="niet te openen"):
        read_sheet(tmp_path / "blad")
    tried = subprocess.run(
        [sys.executable, "-c", "from vpdesk.exchange.workbook_child import confine; confine(); bytearray(400 * 2**20)"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "MemoryError" in tried.stderr


def test_a_million_empty_rows_between_others_are_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "PATIENCE_SECONDS", 300)  # a busy machine is no defect; its own time stays bounded
    path = tmp_path / "blad"
    path.write_bytes(FILES["a million empty rows"]())
    assert [(row.line, row.cells) for row in read_sheet(path).rows] == [(1_000_002, ("datum",))]
    path.write_bytes(b"datum;rol\n" + b";;\n" * 1_000_000 + b"01-02-2021;melder\n")
    assert [row.line for row in read_sheet(path).rows] == [1_000_002]


def spoiled(data: bytes, drawn: random.Random) -> bytes:
    """Return a workbook with scrambled bytes, inside a member of its zip or anywhere."""
    if drawn.random() < 0.5:
        return scrambled(data, drawn)
    inside = members()
    name = drawn.choice(sorted(inside))
    return zipped({**inside, name: scrambled(inside[name], drawn)})


def read_spoiled(path: Path, number: int) -> None:
    path.write_bytes(spoiled(plain(), random.Random(number)))  # noqa: S311 - the same file every run
    with a_sentence():
        read_sheet(path)


def test_spoiled_workbooks_give_sentences(tmp_path: Path) -> None:
    for number in range(12):
        read_spoiled(tmp_path / "blad", number)


@pytest.mark.long
def test_hundreds_of_spoiled_workbooks_give_sentences(tmp_path: Path) -> None:
    for number in range(80):
        read_spoiled(tmp_path / "blad", number)


ANSWERS = {
    "nothing": "pass",
    "no JSON": "print('rows')",
    "no row": "print('[1]')",
    "no cells": "print('[1, null]')",
    "no day": "print('[1, [[\"2021-13-45\"]]]')",
    "no text": "print('[1, [3]]')",
    "a number beyond all": "print('9' * 9000)",
    "deep": "print('[' * 100_000)",
    "no end": "print('[1, [\"datum\"]]')",
    "too many cells": "print('[1, [' + '\"a\",' * 300 + '\"a\"]]')",
    "a crash": "import os; os.abort()",
}


@pytest.mark.parametrize("said", ANSWERS)
def test_a_child_that_answers_anything_else_is_not_believed(
    said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbooks, "command", lambda: [sys.executable, "-c", ANSWERS[said]])
    (tmp_path / "blad").write_bytes(plain())
    with pytest.raises(ImportRefusedError, match=r"is niet te openen|te groot"):
        read_sheet(tmp_path / "blad")


def test_a_child_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "command", lambda: [sys.executable, "-c", "import time; time.sleep(600)"])
    monkeypatch.setattr(workbooks, "PATIENCE_SECONDS", 0.3)
    (tmp_path / "blad").write_bytes(plain())
    with pytest.raises(ImportRefusedError, match="niet te openen"):
        read_sheet(tmp_path / "blad")


def test_without_a_child_there_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "command", lambda: [str(tmp_path / "is-er-niet")])
    (tmp_path / "blad").write_bytes(plain())
    with pytest.raises(ImportRefusedError, match="niet te openen"):
        read_sheet(tmp_path / "blad")


def test_the_program_itself_is_the_child_where_it_is_frozen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert workbooks.command() == [sys.executable, "--sheet-child"]
    answered = subprocess.run(
        [sys.executable, "-m", "vpdesk", "--sheet-child"], input=plain(), capture_output=True, check=False, timeout=60
    )
    assert answered.stdout.splitlines()[0] == b'[1,["datum","rol","gesprekken"]]'
    assert answered.stdout.endswith(b"null\n")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"datum;" + b"n" * 300 + b"\n01-02-2021;x\n", "langer dan 200 tekens"),
        (b"datum;a\n" + b"01-02-2021;x\n" * 100_001, "te groot"),
        (b"datum;a\n01-02-2021;" + b"x" * 1_000_001, "te groot"),
    ],
)
def test_names_rows_and_cells_have_their_bounds(content: bytes, sentence: str, tmp_path: Path) -> None:
    (tmp_path / "blad").write_bytes(content)
    with pytest.raises(ImportRefusedError, match=sentence):
        read_sheet(tmp_path / "blad")


def test_letters_are_counted_over_the_whole_sheet() -> None:
    size = limits.Size()
    for _ in range(limits.LETTERS // limits.CELL_LETTERS):
        size.add(["x" * limits.CELL_LETTERS])
    with pytest.raises(ImportRefusedError, match="te groot"):
        size.add(["x" * limits.CELL_LETTERS])
