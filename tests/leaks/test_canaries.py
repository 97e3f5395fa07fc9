"""The search for canaries finds them wherever they hide."""

from __future__ import annotations

import gzip
import io
import subprocess
import sys
import zipfile
import zlib
from typing import TYPE_CHECKING

import pytest

from tests.leaks import trace
from tests.leaks.canaries import TEXT, found_in, told_by

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def zipped(content: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", content)
    return made.getvalue()


FORMS: dict[str, Callable[[str], bytes]] = {
    "utf-8": lambda text: text.encode(),
    "utf-16-le": lambda text: text.encode("utf-16-le"),
    "utf-16-be": lambda text: text.encode("utf-16-be"),
    "capitals": lambda text: text.upper().encode(),
    "zlib": lambda text: zlib.compress(text.encode()),
    "zlib, fast": lambda text: zlib.compress(text.encode("utf-16-le"), 1),
    "gzip": lambda text: gzip.compress(text.encode()),
    "zip": lambda text: zipped(text.encode()),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_canary_is_found_in_every_form(form: str) -> None:
    content = b"\x78\x9cfoo" + FORMS[form](f"en toen zei {TEXT} iets") + b"\x1f\x8b\x08"
    assert found_in(content) == {TEXT}
    assert found_in(FORMS[form]("en toen zei niemand iets")) == set()


def test_a_name_of_a_file_tells_too(tmp_path: Path) -> None:
    (tmp_path / f"{TEXT}.tmp").write_bytes(b"")
    (tmp_path / "gewoon").write_bytes(b"niets")
    assert told_by([tmp_path]) == {str(tmp_path / f"{TEXT}.tmp"): {TEXT}}
    assert told_by([tmp_path], but=[tmp_path / f"{TEXT}.tmp"]) == {}


WRITER = f"""
import ctypes, os, tempfile, zlib
open("plain", "w").write("{TEXT}"); os.remove("plain")
handle = os.open("halves", os.O_WRONLY | os.O_CREAT)
os.write(handle, b"{TEXT[:7]}"); os.write(handle, b"{TEXT[7:]}")
os.pwritev(os.open("packed", os.O_WRONLY | os.O_CREAT), [zlib.compress(b"{TEXT}")], 0)
os.rename("halves", "moved")
import mmap
file = open("mapped", "w+b"); file.truncate(4096); mmap.mmap(file.fileno(), 4096)[:3] = b"abc"
ctypes.CDLL(None).prctl(4, 0, 0, 0, 0)
"""


def test_a_word_that_was_written_and_removed_again_is_seen(tmp_path: Path) -> None:
    log = tmp_path / "log"
    subprocess.run([*trace.command(log), sys.executable, "-c", WRITER], cwd=tmp_path, check=True)
    seen = trace.read(log)
    assert {where.rsplit("/", 1)[-1]: words for where, words in seen.told.items()} == {
        "plain": {TEXT},
        "halves": {TEXT},
        "packed": {TEXT},
    }
    made = {where.rsplit("/", 1)[-1] for where in seen.made}
    assert made >= {"plain", "halves", "packed", "moved", "mapped"}
    assert seen.mapped == {str(tmp_path / "mapped")}
    assert seen.cut == []
    assert list(seen.dumpable.values()) == [["start", "shut"]]
