"""The controls: what they tell a screen reader, what they do by keyboard, and that they are really painted."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, QStringListModel, Qt
from PySide6.QtGui import QColor, QHelpEvent
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QVBoxLayout, QWidget

from vpdesk.domain import taxonomy
from vpdesk.domain.phases import Phase
from vpdesk.ui import icons, theme
from vpdesk.ui.resources import resource
from vpdesk.ui.theme import DARK, LIGHT, Scheme
from vpdesk.ui.widgets.action_list import ActionList
from vpdesk.ui.widgets.buttons import DANGER, PLAIN, PRIMARY, QUIET, SECONDARY, Button
from vpdesk.ui.widgets.chapters import ChapterList, ChapterRow
from vpdesk.ui.widgets.chips import FilterChip, StatusChip
from vpdesk.ui.widgets.fields import CheckBox, ComboBox, DateEdit, Field, LineEdit, RadioButton, SearchEdit
from vpdesk.ui.widgets.flow import Flow
from vpdesk.ui.widgets.form import FormDialog
from vpdesk.ui.widgets.labels import Label
from vpdesk.ui.widgets.lists import ListRow, TwoLineList
from vpdesk.ui.widgets.messages import MORE_TIME, Message, ProgressLine, Toast
from vpdesk.ui.widgets.stepper import Step, Stepper
from vpdesk.ui.widgets.tables import CELL, Cell, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.window

DRAWINGS = sorted(path.stem for path in resource("icons").glob("*.svg"))


@pytest.fixture(autouse=True)
def light(qapp: QApplication) -> Iterator[None]:
    theme.start(qapp)
    theme.choose(qapp, Scheme.LIGHT, 1.0)
    yield
    theme.choose(qapp, Scheme.LIGHT, 1.0)


def colours(widget: QWidget) -> set[str]:
    widget.resize(widget.sizeHint().expandedTo(QSize(40, 20)))
    image = widget.grab().toImage()
    return {image.pixelColor(x, y).name().upper() for x in range(image.width()) for y in range(image.height())}


@pytest.mark.parametrize("name", DRAWINGS)
def test_every_icon_is_drawn_in_the_ink_that_was_asked_for(name: str, qapp: QApplication) -> None:
    for palette, scheme in ((LIGHT, Scheme.LIGHT), (DARK, Scheme.DARK)):
        theme.choose(qapp, scheme, 1.0)
        image = icons.pixmap(name, "accent", 40).toImage()
        inked = [image.pixelColor(x, y) for x in range(40) for y in range(40) if image.pixelColor(x, y).alpha() == 255]
        wanted = QColor(palette.accent)
        assert inked
        for pixel in inked:
            assert max(abs(a - b) for a, b in zip(pixel.getRgb(), wanted.getRgb(), strict=True)) <= 1  # type: ignore[arg-type]


def test_an_icon_follows_the_theme_without_being_made_anew(qapp: QApplication) -> None:
    icon = icons.icon("kluis", "text")
    before = icon.pixmap(QSize(32, 32)).toImage()
    theme.choose(qapp, Scheme.DARK, 1.0)
    assert icon.pixmap(QSize(32, 32)).toImage() != before


def test_every_channel_and_phase_has_a_drawing() -> None:
    assert set(icons.OF_CHANNEL) == set(taxonomy.KANAAL.codes)
    for name in (*icons.OF_CHANNEL.values(), *(icons.of_phase(phase) for phase in Phase)):
        assert name in DRAWINGS


def test_long_dates_of_a_phase_take_two_lines_instead_of_being_cut(qtbot: QtBot) -> None:
    stepper = Stepper()
    qtbot.addWidget(stepper)
    stepper.show_steps([Step(phase, "past", "1 sep") for phase in Phase])
    low = stepper.sizeHint().height()
    stepper.show_steps([Step(phase, "past", "12 augustus 2024 – 21 september 2025") for phase in Phase])
    assert stepper.sizeHint().height() > low
    stepper.resize(stepper.minimumSizeHint())
    image = stepper.grab().toImage()
    ground = image.pixelColor(image.width() - 1, 0)
    edge = [image.pixelColor(image.width() - 1, y) for y in range(image.height())]
    assert all(pixel == ground for pixel in edge), "nothing is cut at the right"


@pytest.mark.parametrize("kind", [PRIMARY, SECONDARY, QUIET, PLAIN, DANGER])
def test_a_button_says_its_text_and_is_pressed_by_space(kind: str, qtbot: QtBot) -> None:
    button = Button("Bewaren", kind, icon="vink", keys="Ctrl+S")
    qtbot.addWidget(button)
    button.show()
    assert button.accessibleName() == "Bewaren"
    assert button.height() >= 24
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, Qt.Key.Key_Space)
    assert (LIGHT.accent in colours(button)) == (kind in {PRIMARY, QUIET})


def test_a_button_without_text_has_a_name_and_a_tooltip(qtbot: QtBot) -> None:
    button = Button(icon="meer", name="Meer")
    qtbot.addWidget(button)
    assert (button.accessibleName(), button.toolTip()) == ("Meer", "Meer")


def test_text_on_a_button_is_never_cut(qtbot: QtBot, qapp: QApplication) -> None:
    button = Button("Nu een reservekopie maken", PRIMARY, icon="schijf")
    qtbot.addWidget(button)
    before = button.sizeHint()
    theme.choose(qapp, Scheme.LIGHT, 1.5)
    assert button.sizeHint().width() > before.width()
    assert button.minimumSizeHint() == button.sizeHint()


def test_a_chip_says_what_was_chosen(qtbot: QtBot) -> None:
    chip = FilterChip("")
    qtbot.addWidget(chip)
    chip.offer("Rol", [("Alle", None), ("Melder", "melder")])
    assert chip.text() == "Rol: alle"
    chip.set_value("melder")
    assert (chip.text(), chip.accessibleName()) == ("Rol: melder", "Rol: melder")
    assert LIGHT.selected in colours(chip)


@pytest.mark.parametrize("phase", list(Phase))
def test_a_phase_is_told_in_words_and_in_its_ink(phase: Phase, qtbot: QtBot) -> None:
    chip = StatusChip.of_phase(phase, ", dag 17")
    qtbot.addWidget(chip)
    assert chip.accessibleName() == f"{phase.value}, dag 17"
    assert set(LIGHT.phase(phase)) <= colours(chip)


def test_a_field_says_what_is_wrong_and_keeps_its_content(qtbot: QtBot) -> None:
    edit = LineEdit("32-13-2026")
    field = Field("Datum", edit)
    qtbot.addWidget(field)
    field.show_error("Deze datum bestaat niet")
    assert (edit.text(), field.error) == ("32-13-2026", "Deze datum bestaat niet")
    assert edit.accessibleDescription() == "Deze datum bestaat niet"
    field.show_error("")
    assert not field.error


def test_a_choice_of_codes_offers_the_list_in_its_order(qtbot: QtBot) -> None:
    box = ComboBox.of_codes(taxonomy.ROL, "getuige")
    qtbot.addWidget(box)
    assert box.currentData() == "getuige"
    assert tuple(box.itemData(n) for n in range(box.count())) == taxonomy.ROL.codes
    assert box.accessibleName() == "Rol"


def test_a_day_is_read_and_written(qtbot: QtBot) -> None:
    edit = DateEdit(date(2026, 9, 17), "Datum")
    qtbot.addWidget(edit)
    assert edit.text() == "17 september 2026"
    edit.set_day(date(2026, 1, 5))
    assert edit.day == date(2026, 1, 5)
    assert edit.calendarWidget().firstDayOfWeek() is Qt.DayOfWeek.Monday


@pytest.mark.parametrize("kind", [CheckBox, RadioButton])
def test_a_box_is_ticked_anywhere_on_its_row(kind: type[CheckBox | RadioButton], qtbot: QtBot) -> None:
    box = kind("Ik heb de woorden op papier")
    qtbot.addWidget(box)
    box.resize(400, 28)
    box.show()
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=box.rect().center())
    assert box.isChecked()
    assert LIGHT.accent in colours(box)


def test_a_search_field_shows_its_key_while_empty(qtbot: QtBot) -> None:
    edit = SearchEdit("Zoek in casussen", "Ctrl+F", name="Casussen zoeken")
    qtbot.addWidget(edit)
    empty = colours(edit)
    edit.setText("x")
    assert LIGHT.sunken in empty
    assert LIGHT.sunken not in colours(edit)


class Words(QStringListModel):
    """One column of words, as the table paints them."""

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return Cell(str(super().data(index))) if role == CELL else super().data(index, role)


def test_a_choice_that_does_not_fit_ends_in_three_dots_and_is_told_whole(qtbot: QtBot) -> None:
    box = ComboBox("Organisatie")
    qtbot.addWidget(box)
    name = "Gemeente Ulst en Zoor aan de Vaart"
    box.addItem(name)
    box.resize(400, 32)
    assert box.shown == name
    box.resize(160, 32)
    assert box.shown.startswith("Gemeente")
    assert box.shown.endswith("…")
    point = QPoint(5, 5)
    QApplication.sendEvent(box, QHelpEvent(QEvent.Type.ToolTip, point, box.mapToGlobal(point)))
    assert box.toolTip() == name
    assert box.currentText() == name


def test_the_chapter_that_is_shown_is_one_that_is_printed(qtbot: QtBot) -> None:
    chapters = ChapterList()
    qtbot.addWidget(chapters)

    def rows(*printed: str) -> list[ChapterRow]:
        return [ChapterRow(key, key, 0, written=False, printed=key in printed) for key in ("een", "twee", "drie")]

    chapters.show_rows(rows("een", "twee", "drie"))
    assert chapters.key == "een"
    chapters.show_rows(rows("twee"))
    assert chapters.key == "twee", "the report says less now, and opens where it still says something"
    chapters.show_rows(rows("een", "twee", "drie"))
    assert chapters.key == "een"
    chapters.show_rows(rows("twee"))
    chapters.choose("drie")
    chapters.show_rows(rows("een", "twee"))
    assert chapters.key == "drie", "whoever chose it goes on writing there"
    chapters.show_rows(rows())
    assert chapters.key == "drie"


def test_the_keyboard_chooses_a_row_where_it_comes_in(qtbot: QtBot) -> None:
    window, first, second = QWidget(), ActionList("Vandaag"), Table("Kopieën")
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    field = LineEdit()
    model = Words(["een", "twee"])
    second.setModel(model)
    for widget in (field, first, second):
        column.addWidget(widget)
    first.show_actions([ListRow(1, "Bellen"), ListRow(2, "Overleg")], {1: "Gedaan", 2: "Gedaan"})
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    for view in (first, second):
        field.setFocus()
        view.selectionModel().clear()
        view.setFocus()
        assert [index.row() for index in view.selectionModel().selectedRows()] == [0]


def test_shift_f10_asks_for_the_menu_of_a_row(qtbot: QtBot) -> None:
    rows = ActionList("Vandaag")
    qtbot.addWidget(rows)
    rows.show_actions([ListRow(1, "Bellen")], {1: "Gedaan"})
    rows.show()
    rows.choose(1)
    with qtbot.waitSignal(rows.asked) as asked:
        qtbot.keyClick(rows, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    assert asked.args[0] == 1


def test_a_list_is_one_tab_stop_and_opens_with_enter(qtbot: QtBot) -> None:
    rows = TwoLineList("Nu", grows=True)
    qtbot.addWidget(rows)
    rows.show_rows(
        [ListRow(1, "Nazorg: bellen", right="vandaag"), ListRow(2, "Terugbellen", state=("laat", "warning"))]
    )
    rows.show()
    rows.choose(2)
    with qtbot.waitSignal(rows.opened) as opened:
        qtbot.keyClick(rows, Qt.Key.Key_Return)
    assert opened.args == [2]
    assert rows.sizeHint().height() == 112
    assert rows.rows.data(rows.rows.index(1), Qt.ItemDataRole.AccessibleTextRole) == "Terugbellen, laat"
    rows.show_rows([ListRow(2, "Terugbellen"), ListRow(3, "Overleg")])
    assert rows.key == 2, "the chosen row stays chosen"


def test_the_stepper_reads_each_phase_by_arrow(qtbot: QtBot) -> None:
    stepper = Stepper()
    qtbot.addWidget(stepper)
    stepper.show_steps(
        [
            Step(Phase.VOORFASE, "past", "12 aug – 1 sep"),
            Step(Phase.MELDINGSFASE, "now", "sinds 1 sep"),
            Step(Phase.NAFASE, "future"),
            Step(Phase.AFGESLOTEN, "future"),
        ]
    )
    stepper.show()
    assert stepper.reading == "meldingsfase: nu, sinds 1 sep"
    qtbot.keyClick(stepper, Qt.Key.Key_Left)
    assert stepper.accessibleName() == "voorfase: geweest, 12 aug – 1 sep"
    for _ in range(5):
        qtbot.keyClick(stepper, Qt.Key.Key_Right)
    assert stepper.reading == "afgesloten: nog niet"
    assert LIGHT.phase_meldingsfase in colours(stepper)


def test_a_message_is_said_whole(qtbot: QtBot) -> None:
    message = Message("De laatste kopie is van 5 september.", "warning", start="De stick is er niet.")
    qtbot.addWidget(message)
    assert message.accessibleName() == "De stick is er niet. De laatste kopie is van 5 september."
    message.show_text("<b>geen opmaak</b> & meer", "danger")
    message.resize(400, 60)
    assert "&lt;b>" in message._label.text()


def test_a_toast_takes_back(qtbot: QtBot) -> None:
    ground = QWidget()
    ground.resize(600, 400)
    qtbot.addWidget(ground)
    ground.show()
    toast = Toast(ground)
    undone: list[bool] = []
    toast.say("De stap is gedaan.", undo=lambda: undone.append(True))
    assert toast.isVisible()
    qtbot.mouseClick(toast._undo, Qt.MouseButton.LeftButton)
    assert undone == [True]
    assert not toast.isVisible()


def test_progress_appears_after_a_moment_and_can_be_cancelled(qtbot: QtBot) -> None:
    ground = QWidget()
    qtbot.addWidget(ground)
    line = ProgressLine()
    QVBoxLayout(ground).addWidget(line)
    ground.show()
    line.start("De kluis wordt gekopieerd")
    assert not line.isVisible()
    qtbot.waitUntil(line.isVisible)
    line.advance(1, 4)
    with qtbot.waitSignal(line.cancelled):
        qtbot.mouseClick(line.cancel, Qt.MouseButton.LeftButton)
    line.finish()
    assert not line.isVisible()


def test_work_of_which_nobody_knows_how_far_it_is_says_how_long_it_takes(qtbot: QtBot) -> None:
    ground = QWidget()
    qtbot.addWidget(ground)
    now = [100.0]
    line = ProgressLine(timed=True, clock=lambda: now[0])
    QVBoxLayout(ground).addWidget(line)
    ground.show()

    def says(words: str) -> None:
        qtbot.waitUntil(lambda: line.said == words, timeout=1000)  # the line itself, and at least once a second

    line.start("Wordt nagerekend…")
    assert line.said == "Wordt nagerekend…"
    now[0] += 3
    says("Wordt nagerekend… 3 seconden")
    now[0] += 5
    line.advance(40, 100)
    says("Wordt nagerekend… 8 seconden")
    now[0] += 10
    line.advance(40, 100)
    says(f"Wordt nagerekend… {MORE_TIME} 18 seconden")
    now[0] += 43
    line.advance(41, 100)
    says("Wordt nagerekend… 1 minuut en 1 seconde")
    now[0] += 59
    says(f"Wordt nagerekend… {MORE_TIME} 2 minuten")
    line.finish()
    assert not line._ticks.isActive()
    line.start("Nog eens…")
    assert line.said == "Nog eens…"


def test_a_row_breaks_over_lines_and_loses_nothing(qtbot: QtBot) -> None:
    ground = QWidget()
    qtbot.addWidget(ground)
    row = Flow()
    ground.setLayout(row)
    chips = [FilterChip(f"Keuze {n}") for n in range(6)]
    for chip in chips:
        row.addWidget(chip)
    last = Button("Verder", PRIMARY)
    row.add_end(last)
    ground.show()
    for width in (900, 420, 200):
        ground.resize(width, row.heightForWidth(width))
        QApplication.processEvents()
        for widget in (*chips, last):
            assert ground.rect().contains(widget.geometry())
        boxes = [widget.geometry() for widget in (*chips, last)]
        assert not any(a.intersects(b) for n, a in enumerate(boxes) for b in boxes[n + 1 :])
    assert row.heightForWidth(200) > row.heightForWidth(900)


def _long_form(window: QWidget) -> tuple[FormDialog, Field]:
    form = FormDialog(window, "Nieuwe organisatie", "Toevoegen")
    text = QPlainTextEdit()
    text.setFixedHeight(88)
    field = Field("Afspraken, mag later", text, hint="Over vertrouwelijkheid en wanneer die doorbroken wordt. " * 4)
    for number in range(5):
        form.body.addWidget(
            Field(f"Veld {number}", LineEdit(), hint="Een uitleg die over meer dan een regel loopt. " * 2)
        )
    form.body.addWidget(field)
    return form, field


def test_a_form_grows_until_no_word_lies_over_a_field(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    form, field = _long_form(window)
    form.show()
    qtbot.waitExposed(form)
    hint = next(label for label in field.findChildren(Label) if label.text().startswith("Over vertr"))
    assert not hint.geometry().intersects(field.control.geometry())
    assert hint.height() >= hint.heightForWidth(hint.width())
    form.close()


def test_a_form_on_a_small_screen_scrolls_and_keeps_its_buttons_in_sight(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    form, _field = _long_form(window)
    form.show()
    qtbot.waitExposed(form)
    form.resize(form.width(), 300)
    assert form.height() == 300
    qtbot.waitUntil(lambda: form.rect().contains(QRect(form.verb.mapTo(form, QPoint(0, 0)), form.verb.size())))
    form.close()
