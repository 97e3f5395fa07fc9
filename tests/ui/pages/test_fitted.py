"""Every dialog fits the screen, and what has the keyboard is in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from tests.ui.pages.test_destroying import CLOSED
from vpdesk.app import prepare
from vpdesk.operations import cases
from vpdesk.ui import theme
from vpdesk.ui.context import PageName
from vpdesk.ui.pages.destroy_dialog import DestroyDialog
from vpdesk.ui.widgets.fields import Field, LineEdit
from vpdesk.ui.widgets.form import FormDialog

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from tests.ui.pages.conftest import Opened
    from vpdesk.ui.widgets.fitted import FittedDialog

pytestmark = pytest.mark.window

MANY = 24


def wholly_in(part: QWidget, ground: QWidget) -> bool:
    return ground.rect().contains(QRect(part.mapTo(ground, QPoint(0, 0)), part.size()))


def in_sight(dialog: FittedDialog, part: QWidget) -> bool:
    return wholly_in(part, dialog.scrolled.viewport()) and part.visibleRegion().boundingRect() == part.rect()


def on_screen(dialog: FittedDialog) -> bool:
    return dialog.screen().availableGeometry().contains(dialog.geometry())


@pytest.fixture
def form(qapp: QApplication, qtbot: QtBot) -> Iterator[FormDialog]:
    """A form higher than the screen, on a window at the foot of it."""
    prepare(qapp)
    window = QWidget()
    qtbot.addWidget(window)
    window.setGeometry(600, 700, 400, 200)
    window.show()
    made = FormDialog(window, "Hoog", "Doen", text="Een zin.")
    for number in range(MANY):
        hint = "Een uitleg die over meer dan een regel loopt. " * 2
        made.body.addWidget(Field(f"Veld {number}", LineEdit(name=str(number)), hint=hint))
    yield made
    made.close()


def lines(form: FormDialog) -> list[LineEdit]:
    return form.findChildren(LineEdit)


def test_a_form_higher_than_the_screen_stays_on_it_and_shows_what_has_the_keyboard(
    qtbot: QtBot, form: FormDialog
) -> None:
    lines(form)[-1].setFocus()
    form.open()
    qtbot.waitExposed(form)
    qtbot.waitUntil(lambda: in_sight(form, lines(form)[-1]))
    assert on_screen(form)
    assert wholly_in(form.verb, form)
    lines(form)[0].setFocus(Qt.FocusReason.OtherFocusReason)
    qtbot.waitUntil(lambda: in_sight(form, lines(form)[0]))
    assert form.scrolled.verticalScrollBar().value() < form.height(), "the head of the form is where it begins"
    for line in lines(form)[1:]:
        qtbot.keyClick(form.focusWidget(), Qt.Key.Key_Tab)
        assert form.focusWidget() is line
        qtbot.waitUntil(lambda line=line: in_sight(form, line))
        assert in_sight(form, line.parentWidget()), "with its label and its explanation"
    form.say_wrong("Dat kon niet. Er is niets veranderd. " * 12)
    qtbot.waitUntil(lambda: in_sight(form, lines(form)[-1]))
    assert on_screen(form)
    assert wholly_in(form.verb, form)


def test_a_field_higher_than_there_is_room_for_shows_its_top(qtbot: QtBot, form: FormDialog) -> None:
    high = QPlainTextEdit()
    high.setAccessibleName("Hoog")
    high.setFixedHeight(3000)
    form.body.addWidget(high)
    form.open()
    qtbot.waitExposed(form)
    high.setFocus()
    qtbot.waitUntil(lambda: 0 <= high.mapTo(form.scrolled.viewport(), QPoint(0, 0)).y() < theme.px(20))


def test_the_code_that_destroys_is_never_typed_out_of_sight(opened: Opened) -> None:
    row = opened.ask(lambda vault: cases.list_cases(vault, CLOSED, 1))[0]
    opened.go(PageName.CASUS, case=row.id)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.choose(app, theme.Scheme.LIGHT, 2.0)
    try:
        opened.desk.commands.case_destroy.trigger()
        opened.settle()
        dialog = opened.child(DestroyDialog)
        opened.until(lambda: wholly_in(dialog.code, dialog))
        assert dialog.focusWidget() is dialog.code
        assert dialog.scrolled.verticalScrollBar().value() == 0
        assert on_screen(dialog)
        assert wholly_in(dialog.verb, dialog)
    finally:
        theme.choose(app, theme.Scheme.LIGHT, 1.0)


def test_a_form_grows_with_what_comes_after_it_is_shown(qtbot: QtBot, qapp: QApplication) -> None:
    prepare(qapp)
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    form = FormDialog(window, "Kort", "Doen")
    form.open()
    qtbot.waitExposed(form)
    lines = [Field(f"Later {number}", LineEdit(name=str(number))) for number in range(4)]
    for line in lines:
        form.body.addWidget(line)
    qtbot.waitUntil(lambda: all(in_sight(form, line) for line in lines))
    form.close()


def test_a_form_grows_until_what_it_says_is_wrong_hides_no_field(qtbot: QtBot, qapp: QApplication) -> None:
    prepare(qapp)
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    form = FormDialog(
        window, "Kort", "Doen", text="Dit zegt waar de form voor is, en loopt daarom over twee regels. " * 2
    )
    line = Field("Goedgekeurd op", LineEdit(name="dag"))
    form.body.addWidget(line)
    form.open()
    qtbot.waitExposed(form)
    form.say_wrong("In deze tekst staat iets dat zegt wie de melder is. Er is niets doorgegeven. " * 3)
    assert form.scrolled.missing.height() == 0
    qtbot.waitUntil(lambda: in_sight(form, line))
    form.close()
