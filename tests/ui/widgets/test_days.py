"""Days and choices in forms: a day is typed as people write it, and the wheel changes nothing in passing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from vpdesk.domain import taxonomy
from vpdesk.ui.widgets.fields import ComboBox, DateEdit

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.window


@pytest.mark.parametrize("over_all", [False, True])
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1-7-2025", date(2025, 7, 1)),
        ("01-07-2025", date(2025, 7, 1)),
        ("1/7/25", date(2025, 7, 1)),
        ("01072025", date(2025, 7, 1)),
        ("7.7.2025", date(2025, 7, 7)),
        ("5-10-2025", date(2025, 10, 5)),
        ("31-12-2024", date(2024, 12, 31)),
        ("29-2-2024", date(2024, 2, 29)),
        ("31-1-2027", date(2027, 1, 31)),
        ("31-11-2026", date(2026, 11, 30)),
        ("1 juli 2025", date(2025, 7, 1)),
        ("1jul", date(2026, 7, 1)),
        ("3 mrt 24", date(2024, 3, 3)),
        ("15-7", date(2026, 7, 15)),
        ("12", date(2026, 11, 12)),
        ("q5", date(2026, 5, 26)),
    ],
)
def test_a_day_is_typed_as_people_write_it(typed: str, meant: date, qtbot: QtBot, *, over_all: bool) -> None:
    edit = DateEdit(date(2026, 11, 26), "Datum")
    qtbot.addWidget(edit)
    edit.show()
    edit.activateWindow()
    edit.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(edit.hasFocus)
    edit.setSelectedSection(DateEdit.Section.DaySection)
    if over_all:
        qtbot.keyClick(edit, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(edit, typed)
    assert edit.day == meant


def test_a_short_year_is_not_put_back_when_the_keyboard_goes_on(qtbot: QtBot) -> None:
    edit = DateEdit(date(2026, 11, 26), "Datum")
    qtbot.addWidget(edit)
    edit.show()
    edit.activateWindow()
    edit.setFocus()
    qtbot.waitUntil(edit.hasFocus)
    edit.setSelectedSection(DateEdit.Section.DaySection)
    qtbot.keyClicks(edit, "1-7-25")
    edit.clearFocus()
    assert edit.text() == "1 juli 2025"


@pytest.mark.parametrize("field", ["box", "edit"])
def test_the_wheel_changes_no_answer_in_passing(field: str, qtbot: QtBot) -> None:
    box, edit = ComboBox.of_codes(taxonomy.ROL, "getuige"), DateEdit(date(2026, 9, 17), "Datum")
    turned = {"box": box, "edit": edit}[field]
    for widget in (box, edit):
        qtbot.addWidget(widget)
    turned.show()
    turned.activateWindow()
    turned.setFocus()
    qtbot.waitUntil(turned.hasFocus)
    middle = turned.rect().center()
    wheel = QWheelEvent(
        QPointF(middle),
        QPointF(turned.mapToGlobal(middle)),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(turned, wheel)
    assert not wheel.isAccepted(), "it is left to the page"
    assert (box.currentData(), edit.day) == ("getuige", date(2026, 9, 17))
