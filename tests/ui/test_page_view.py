"""The preview of a report: pages turn, grow and dim, all from memory."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from reportlab.pdfgen.canvas import Canvas

from vpdesk.ui import theme
from vpdesk.ui.widgets.flow import Flow
from vpdesk.ui.widgets.preview import PageView

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


def pdf(pages: int) -> bytes:
    written = BytesIO()
    canvas = Canvas(written)
    for number in range(pages):
        canvas.drawString(100, 700, f"bladzijde {number + 1}")
        canvas.showPage()
    canvas.save()
    return written.getvalue()


@pytest.fixture
def view(qtbot: QtBot, qapp: QApplication) -> Iterator[PageView]:
    theme.start(qapp)
    theme.apply(qapp, theme.LIGHT)
    shown = PageView()
    qtbot.addWidget(shown)
    shown.resize(600, 500)
    with qtbot.waitExposed(shown):
        shown.show()
    shown.load(pdf(3))
    yield shown
    theme.apply(qapp, theme.LIGHT)


def test_the_keyboard_is_seen_when_it_comes_and_gone_when_it_goes(qtbot: QtBot, view: PageView) -> None:
    window, field = QWidget(), QLineEdit()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.addWidget(field)
    column.addWidget(view)
    field.setFocus()
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)

    def corner() -> QColor:
        """What is on the screen, not what a fresh paint would give."""
        at = view.viewport().mapTo(window, QPoint(0, 0))
        return window.screen().grabWindow(window.winId()).toImage().pixelColor(at)

    ring, ground = theme.colour("focus"), theme.colour("sunken")
    qtbot.waitUntil(lambda: corner() == ground)
    for _ in range(2):
        view.setFocus()
        qtbot.waitUntil(lambda: corner() == ring)
        field.setFocus()
        qtbot.waitUntil(lambda: corner() == ground)
    view.setParent(None)


def middle(view: PageView) -> QColor:
    picture = view.grab().toImage()
    return picture.pixelColor(picture.width() // 2, picture.height() // 2)


def test_keys_turn_the_pages_and_stop_at_the_ends(qtbot: QtBot, view: PageView) -> None:
    for key, page in (
        (Qt.Key.Key_PageDown, 2),
        (Qt.Key.Key_End, 3),
        (Qt.Key.Key_PageDown, 3),
        (Qt.Key.Key_PageUp, 2),
        (Qt.Key.Key_Home, 1),
    ):
        qtbot.keyClick(view, key)
        assert view.page == page
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.verticalScrollBar().value() > 0
    assert view.accessibleDescription() == "bladzijde 1"


def test_the_open_page_stays_open_when_the_report_is_made_anew(view: PageView) -> None:
    view.show_page(3)
    view.load(pdf(4))
    assert (view.page, view.pages) == (3, 4)
    view.load(pdf(2))
    assert view.page == 2


def test_the_page_fills_the_width_or_has_the_size_asked_for(view: PageView) -> None:
    assert 0.5 < view.zoom < 1
    view.set_zoom(2.0)
    assert view.zoom == 2.0
    assert view.horizontalScrollBar().maximum() > 0
    view.set_zoom(None)
    view.resize(400, 500)
    assert view.zoom < 0.6


def test_the_wheel_turns_the_page_at_its_end(view: PageView) -> None:
    def roll(steps: int) -> None:
        view.wheelEvent(
            QWheelEvent(
                QPointF(10, 10), QPointF(10, 10), QPoint(), QPoint(0, steps), Qt.MouseButton.NoButton,
                Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
            )
        )  # fmt: skip

    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    roll(-120)
    assert view.page == 2
    roll(120)
    assert view.page == 1


def test_dark_paper_is_dim_unless_true_colours_are_asked_for(qapp: QApplication, view: PageView) -> None:
    assert middle(view) == QColor(theme.LIGHT.paper)
    theme.apply(qapp, theme.DARK)
    assert middle(view) == QColor(theme.DARK.paper)
    view.set_true_colours(True)
    assert middle(view) == QColor("white")


def test_without_a_report_there_is_only_the_ground(qtbot: QtBot, qapp: QApplication) -> None:
    theme.start(qapp)
    shown = PageView()
    qtbot.addWidget(shown)
    assert (shown.pages, shown.zoom) == (0, 1.0)
    assert middle(shown).isValid()


def test_a_row_breaks_over_lines_and_keeps_its_end_at_the_right(qtbot: QtBot) -> None:
    row = QWidget()
    qtbot.addWidget(row)
    flow = Flow()
    parts = [QPushButton(f"knop {number}") for number in range(4)]
    for part in parts:
        part.setFixedSize(100, 30)
    for part in parts[:3]:
        flow.addWidget(part)
    flow.add_end(parts[3])
    row.setLayout(flow)
    row.resize(600, 40)
    row.show()
    assert len({part.y() for part in parts}) == 1
    assert parts[3].geometry().right() == 599
    row.resize(250, 80)
    qtbot.waitUntil(lambda: len({part.y() for part in parts}) == 2)
    assert flow.heightForWidth(250) == 68
    assert flow.heightForWidth(110) == 4 * 30 + 3 * 8


def turned_with_ctrl(view: PageView, angle: int) -> None:
    view.wheelEvent(
        QWheelEvent(
            QPointF(10, 10), QPointF(10, 10), QPoint(), QPoint(0, angle), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )
    )  # fmt: skip


def test_keys_change_the_size_and_stop_at_the_largest_and_smallest(qtbot: QtBot, view: PageView) -> None:
    told: list[object] = []
    view.zoomed.connect(told.append)
    ctrl = Qt.KeyboardModifier.ControlModifier
    view.set_zoom(1.0)
    for key, size in (
        (Qt.Key.Key_Plus, 1.25),
        (Qt.Key.Key_Equal, 1.5),
        (Qt.Key.Key_Plus, 2.0),
        (Qt.Key.Key_Plus, 2.0),
        (Qt.Key.Key_Minus, 1.5),
    ):
        qtbot.keyClick(view, key, ctrl)
        assert view.zoom == size
    for _ in range(9):
        qtbot.keyClick(view, Qt.Key.Key_Minus, ctrl)
    assert view.zoom == 0.5
    qtbot.keyClick(view, Qt.Key.Key_0, ctrl)
    assert told[-1] is None
    assert told[:3] == [1.0, 1.25, 1.5]
    assert view.page == 1
    qtbot.keyClick(view, Qt.Key.Key_Minus)
    assert told[-1] is None, "without Ctrl these keys are not for the size"


def test_the_wheel_with_ctrl_changes_the_size_also_in_fine_steps(view: PageView) -> None:
    view.set_zoom(1.0)
    turned_with_ctrl(view, 120)
    assert view.zoom == 1.25
    for _ in range(3):
        turned_with_ctrl(view, 40)
    assert view.zoom == 1.5
    turned_with_ctrl(view, -240)
    assert view.zoom == 1.0
    assert view.page == 1
    view.clear()
    turned_with_ctrl(view, 120)
    assert view.zoom == 1.0


def test_what_stands_in_the_middle_stays_there(view: PageView) -> None:
    bar = view.verticalScrollBar()
    view.set_zoom(1.0)
    bar.setValue(bar.maximum() // 2)
    view.set_zoom(2.0)
    assert abs(bar.value() - bar.maximum() // 2) <= 2
