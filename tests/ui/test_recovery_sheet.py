"""The sheets: every word on them in order, one page, a QR code that says the same words, and nothing on the disk."""

from __future__ import annotations

import io
import os
import stat
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader
from pypdf.generic import ContentStream
from PySide6.QtGui import QImage, qGray
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QDialog, QWidget

from vpdesk.store.words import load_words
from vpdesk.ui.screens import recovery_sheet as recovery_sheet_module
from vpdesk.ui.screens.recovery_sheet import (
    SaveSheetForm,
    code_of,
    emergency_sheet,
    print_sheet,
    recovery_sheet,
    sheet_pdf,
)

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.window

WORDS = (
    "kastanje",
    "molen",
    "zilver",
    "haven",
    "lantaarn",
    "appel",
    "brug",
    "wolk",
    "trompet",
    "wimpel",
    "kelder",
    "duin",
    "vlieger",
    "honing",
    "spiegel",
    "oktober",
)


def test_the_code_is_square_with_its_three_corners() -> None:
    code = code_of(WORDS)
    size = len(code)
    assert all(len(row) == size for row in code)
    assert not any(code[0])
    finder = [True] * 7
    for row, column in ((4, 4), (4, size - 11), (size - 11, 4)):
        assert list(code[row][column : column + 7]) == finder


def test_other_words_give_another_code() -> None:
    assert code_of(WORDS) != code_of(WORDS[::-1])


@pytest.fixture
def holders() -> tuple[str, str]:
    return ("collega Linde", "notaris Wilg")


def text_of(content: bytes) -> str:
    (page,) = PdfReader(io.BytesIO(content)).pages
    return " ".join(page.extract_text().split())


def test_every_word_stands_on_one_page(qapp: QApplication) -> None:
    text = text_of(sheet_pdf(recovery_sheet(WORDS)))
    assert all(word in text for word in WORDS)
    assert text.index("kastanje") < text.index("oktober")
    assert "vpdesk" not in text, "the paper does not say what it opens"


def test_no_letters_are_drawn_as_one(qapp: QApplication) -> None:
    words = [word for word in load_words() if "f" in word]  # ff, fi, fl, ft: the pairs that the font would join
    for start in range(0, len(words), 16):
        some = (*words[start : start + 16], *WORDS)[:16]
        text = text_of(sheet_pdf(recovery_sheet(some)))
        assert [word for word in some if word not in text] == []


def test_the_sheet_is_a4_and_brings_its_fonts(qapp: QApplication) -> None:
    (page,) = PdfReader(io.BytesIO(sheet_pdf(recovery_sheet(WORDS)))).pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)
    fonts: Any = page["/Resources"]["/Font"]  # type: ignore[index] # a page always has resources
    assert fonts
    for name in fonts:
        font = fonts[name].get_object()
        inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
        assert any(key.startswith("/FontFile") for key in inner["/FontDescriptor"].get_object()), font["/BaseFont"]
    assert ContentStream(page.get_contents(), None).operations


def test_the_metadata_does_not_say_what_it_opens(qapp: QApplication) -> None:
    metadata = PdfReader(io.BytesIO(sheet_pdf(recovery_sheet(WORDS)))).metadata
    assert metadata is not None
    assert "vpdesk" not in " ".join(str(value) for value in metadata.values())


def modules_on_paper(content: bytes) -> tuple[tuple[bool, ...], ...]:
    """Read the code back from the rendered page: the square below the words, sampled in the middle of each module."""
    document = QPdfDocument(None)
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize  # noqa: PLC0415 - only here

    data = QByteArray(content)
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    image = document.render(0, QSize(2100, 2970))  # ten points a millimetre
    document.close()
    ground = QImage(image.size(), QImage.Format.Format_RGB32)
    ground.fill(0xFFFFFFFF)
    from PySide6.QtGui import QPainter  # noqa: PLC0415 - idem

    painter = QPainter(ground)
    painter.drawImage(0, 0, image)
    painter.end()

    def dark(x: float, y: float) -> bool:
        return qGray(ground.pixel(round(x), round(y))) < 128

    count = len(code_of(WORDS))
    size = 420 / count
    left = 200
    rows = [y for y in range(800, 1600) if dark(left + 4.5 * size, y)]
    top = rows[0] - 4 * size  # the quiet zone above the first corner
    return tuple(
        tuple(dark(left + (column + 0.5) * size, top + (row + 0.5) * size) for column in range(count))
        for row in range(count)
    )


def test_the_code_on_paper_holds_the_words(qapp: QApplication) -> None:
    assert modules_on_paper(sheet_pdf(recovery_sheet(WORDS))) == code_of(WORDS)
    assert modules_on_paper(sheet_pdf(recovery_sheet(WORDS[::-1]))) != code_of(WORDS)


@pytest.mark.parametrize("number", [1, 2])
def test_an_emergency_sheet_says_which_it_is_to_whom_both_go_and_that_alone_it_opens_nothing(
    qapp: QApplication, holders: tuple[str, str], number: int
) -> None:
    content = sheet_pdf(emergency_sheet(number, WORDS, holders=holders))
    text = text_of(content)
    assert f"blad {number} van 2" in text
    assert f"Dit blad gaat naar: {holders[number - 1]}." in text
    assert f"Het andere blad gaat naar: {holders[2 - number]}." in text
    assert "Eén blad alleen opent niets." in text
    assert all(word in text for word in WORDS)
    assert "vpdesk" not in text
    assert modules_on_paper(content) == code_of(WORDS)


def test_a_long_name_wraps_and_stays_on_the_page(qapp: QApplication) -> None:
    content = sheet_pdf(emergency_sheet(1, WORDS, holders=("een heel lange naam " * 12, "notaris")))
    assert "opent niets" in text_of(content)


IN_MEMORY = """
import resource, signal, sys
from PySide6.QtWidgets import QApplication
from vpdesk.app import prepare
app = QApplication(["proef", "-platform", "offscreen"])
prepare(app)
from vpdesk.ui.screens.recovery_sheet import recovery_sheet, sheet_pdf
signal.signal(signal.SIGXFSZ, signal.SIG_DFL)  # the first byte that goes to any file ends the process
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
made = sheet_pdf(recovery_sheet("WORDS".split()))
if len(sys.argv) > 1:
    open(sys.argv[1], "wb").write(made)
sys.stdout.buffer.write(made)
"""


def made_in_memory(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    return subprocess.run(
        [sys.executable, "-c", IN_MEMORY.replace("WORDS", " ".join(WORDS)), *arguments],
        env={**environment, "TMPDIR": str(folder), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        check=False,
        timeout=60,
    )


def test_making_the_sheet_writes_to_no_file(tmp_path: Path) -> None:
    done = made_in_memory(tmp_path)
    assert done.returncode == 0, done.stderr
    assert "kastanje" in text_of(done.stdout)
    assert list(tmp_path.iterdir()) == []
    assert made_in_memory(tmp_path, str(tmp_path / "blad.pdf")).returncode < 0, "the limit would have ended it"


def test_the_file_is_for_the_user_only_and_the_form_warns_first(qtbot: QtBot, tmp_path: Path) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    form = SaveSheetForm(parent, recovery_sheet(WORDS))
    assert "hele kluis openen" in recovery_sheet(WORDS).warning
    form.show()
    form.save_to(tmp_path / "map die er niet is" / "blad.pdf")
    assert "Er is niets bewaard" in form.wrong
    assert form.isVisible()
    form.save_to(tmp_path / "blad.pdf")
    assert "oktober" in text_of((tmp_path / "blad.pdf").read_bytes())
    assert stat.S_IMODE((tmp_path / "blad.pdf").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["blad.pdf"]


@pytest.mark.parametrize("before", [None, "elders"])
def test_what_the_print_system_keeps_for_a_moment_lies_in_memory(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: str | None
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    found: list[str | None] = []
    monkeypatch.setattr(recovery_sheet_module, "paint_sheet", lambda *_: found.append(os.environ.get("TMPDIR")))
    monkeypatch.setattr(QPrintDialog, "exec", lambda _self: QDialog.DialogCode.Accepted)
    if before is None:
        monkeypatch.delenv("TMPDIR", raising=False)
    else:
        monkeypatch.setenv("TMPDIR", before)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    print_sheet(parent, recovery_sheet(WORDS))
    assert os.environ.get("TMPDIR") == before
    monkeypatch.setenv("XDG_RUNTIME_DIR", "")
    print_sheet(parent, recovery_sheet(WORDS))
    assert found == [str(tmp_path), before]
