"""Writing a note: headings, lists and bold by key and by sign, undone one by one, and nothing else that is pasted."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication

from vpdesk.domain.markup import Kind
from vpdesk.ui.clipboard import hints
from vpdesk.ui.widgets.format_bar import NAMES, FormatBar
from vpdesk.ui.widgets.note_editor import OWN, NoteEditor

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ENTER, BACK = Qt.Key.Key_Return, Qt.Key.Key_Backspace


@pytest.fixture
def editor(qtbot: QtBot) -> NoteEditor:
    made = NoteEditor("Notitie")
    qtbot.addWidget(made)
    made.resize(700, 400)
    made.show()
    return made


def typed(qtbot: QtBot, editor: NoteEditor, *what: object) -> str:
    """Type texts and keys (a key, or a key with its modifiers); return what is kept."""
    for one in what:
        if isinstance(one, str):
            qtbot.keyClicks(editor, one)
        elif isinstance(one, tuple):
            qtbot.keyClick(editor, one[0], one[1])
        else:
            qtbot.keyClick(editor, one)
    return editor.text()


@pytest.mark.parametrize(
    ("what", "kept"),
    [
        (("- een", ENTER, "twee", ENTER, ENTER, "uit"), "- een\n- twee\nuit"),
        (("1. een", ENTER, "twee", ENTER, BACK, "uit"), "1. een\n2. twee\nuit"),
        (("# Kop", ENTER, "tekst", (ENTER, SHIFT), "## ", "Tussen"), "# Kop\ntekst\n## Tussen"),
        (("zij ", (Qt.Key.Key_B, CONTROL), "belt", (Qt.Key.Key_B, CONTROL), " ma"), "zij **belt** ma"),
        (("Kop", (Qt.Key.Key_T, CONTROL), ENTER, "a"), "# Kop\na"),
        (("Kop", (Qt.Key.Key_T, CONTROL), (Qt.Key.Key_T, CONTROL | SHIFT)), "## Kop"),
        (("Kop", (Qt.Key.Key_T, CONTROL), (Qt.Key.Key_T, CONTROL)), "Kop"),
        (("a", (Qt.Key.Key_O, CONTROL | SHIFT), ENTER, "b", (Qt.Key.Key_G, CONTROL | SHIFT)), "- a\n1. b"),
        (("- ", (Qt.Key.Key_Z, CONTROL), "een"), "\\- een"),
        (("5 - 3 * 2 = \\", ENTER, "a# b"), "5 - 3 \\* 2 = \\\\\na# b"),
    ],
)
def test_keys_and_signs_give_form(qtbot: QtBot, editor: NoteEditor, what: tuple[object, ...], kept: str) -> None:
    assert typed(qtbot, editor, *what) == kept
    again = NoteEditor("Nog eens")
    qtbot.addWidget(again)
    again.set_text(kept, marked=True)
    assert again.whole_text() == kept
    assert again.toPlainText() == editor.toPlainText()


def test_a_text_of_before_stands_as_it_was_written(editor: NoteEditor) -> None:
    old = "- een **twee**\n# drie\\"
    editor.set_text(old)
    assert editor.toPlainText() == old
    editor.set_text(editor.text(), marked=True)
    assert editor.toPlainText() == old


def test_everything_can_be_undone_and_done_again(qtbot: QtBot, editor: NoteEditor) -> None:
    editor.set_text("1. een\n2. twee\n3. drie", marked=True)
    editor.moveCursor(QTextCursor.MoveOperation.PreviousBlock)
    editor.turn(Kind.TEKST)
    assert editor.text() == "1. een\ntwee\n1. drie"
    last = editor.document().lastBlock()
    assert last.textList().itemText(last) == "1.", "it counts on the screen as it is kept"
    editor.selectAll()
    editor.turn_bold()
    assert editor.text() == "1. **een**\n**twee**\n1. **drie**"
    editor.undo()
    editor.undo()
    assert editor.text() == "1. een\n2. twee\n3. drie"
    editor.redo()
    assert editor.text() == "1. een\ntwee\n1. drie"


def test_pasting_keeps_form_and_words_alone(editor: NoteEditor) -> None:
    page = QMimeData()
    page.setHtml('<h2 style="color:red">Dag</h2><ul><li><b>een</b> <a href="http://x.nl/?u=1">mail</a></ul><img src=x>')
    page.setText("Dag een mail")
    editor.set_text("Voor ")
    editor.insertFromMimeData(page)
    assert editor.text() == "Voor Dag\n- **een** mail"
    assert all(word not in editor.toHtml() for word in ("red", "href", "x.nl", "img"))
    plain = QMimeData()
    plain.setText("- zo\r\ngetypt 😀")
    editor.set_text("")
    editor.insertFromMimeData(plain)
    assert editor.text() == "\\- zo\ngetypt 😀"


def test_what_is_copied_is_words_marked_and_keeps_its_form_in_vpdesk(editor: NoteEditor) -> None:
    editor.set_text("# 😀 Kop\n- een **twee**", marked=True)
    editor.selectAll()
    editor.copy()
    data = QApplication.clipboard().mimeData()
    assert data.text() == "😀 Kop\n- een twee"
    assert set(data.formats()) == {"text/plain", OWN, *hints()}
    editor.set_text("")
    editor.paste()
    assert editor.text() == "# 😀 Kop\n- een **twee**"


def test_bold_is_of_the_text_where_the_text_has_the_keyboard(qtbot: QtBot, editor: NoteEditor) -> None:
    bar = FormatBar(editor)
    qtbot.addWidget(bar)
    typed(qtbot, editor, "a")
    bar.kinds[Kind.PUNT].click()
    bar.bold.click()
    assert (bar.bold.isChecked(), bar.kinds[Kind.PUNT].isChecked(), bar.kinds[Kind.KOP].isChecked()) == (
        True,
        True,
        False,
    )
    assert typed(qtbot, editor, "b", (Qt.Key.Key_T, CONTROL)) == "# ab"
    assert not bar.bold.isEnabled(), "a heading is as it is"
    assert [button.accessibleName() for button in bar.kinds.values()] == [name for name, _ in NAMES.values()]


def test_a_very_long_note_stays_quick(qtbot: QtBot, editor: NoteEditor) -> None:
    text = "\n".join(f"- punt {number} over **werkdruk** en de rest van de week" for number in range(2000))
    began = time.perf_counter()
    editor.set_text(text, marked=True)
    assert editor.text() == text
    typed(qtbot, editor, "abc")
    assert time.perf_counter() - began < 4  # generous: it takes a fraction of this
