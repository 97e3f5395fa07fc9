"""Around the pages: navigation, the palette, Kluis, Instellingen, and that everything is named and reachable by keyboard."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QMenuBar, QWidget
from shiboken6 import Shiboken

from vpdesk.operations.backups import places
from vpdesk.operations.places import usual_place
from vpdesk.ui import theme
from vpdesk.ui.actions import shown_keys
from vpdesk.ui.context import PageName, Place
from vpdesk.ui.desk import Desk
from vpdesk.ui.help import AboutDialog, ShortcutsDialog
from vpdesk.ui.pages.import_dialog import ImportDialog
from vpdesk.ui.pages.report import ReportPage
from vpdesk.ui.pages.vault import VaultPage
from vpdesk.ui.pages.vault_dialogs import PlacesForm
from vpdesk.ui.preferences import Preferences
from vpdesk.ui.sidebar import NARROW
from vpdesk.ui.widgets.buttons import Button
from vpdesk.ui.widgets.focus import FocusRing
from vpdesk.ui.widgets.messages import NOTHING_TO_UNDO, Message, Toast

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QAction

    from tests.ui.stage import Stage
    from vpdesk.ui.pages.settings import SettingsPage

pytestmark = pytest.mark.window

OF_THE_SIDEBAR = tuple(list(PageName)[:9])


@pytest.fixture
def desk(stage: Stage, practice_folder: Path) -> Desk:
    """The desk of a practice vault."""
    folder = stage.session.door.folder
    folder.parent.mkdir(parents=True)
    shutil.copytree(practice_folder, folder)
    stage.session.begin()
    made = cast("Desk", stage.screen(Desk))
    stage.settle()
    stage.window.activateWindow()
    stage.until(stage.window.isActiveWindow)
    return made


def focusable(root: QWidget) -> list[QWidget]:
    """Return what Tab can reach in what is shown."""
    return [
        child
        for child in root.findChildren(QWidget)
        if child.isVisibleTo(root)
        and child.isEnabled()
        and child.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not (child.focusProxy() or isinstance(child, QMenuBar))
        and child.objectName() != "qt_spinbox_lineedit"
    ]


@pytest.mark.parametrize("name", OF_THE_SIDEBAR)
def test_every_control_of_a_page_has_a_name(desk: Desk, stage: Stage, name: PageName) -> None:
    desk.navigate(Place(name))
    stage.settle()
    nameless = [
        f"{type(child).__name__} {child.objectName()}"
        for child in focusable(stage.window)
        if not (child.accessibleName() or (isinstance(child, QAbstractButton) and child.text()))
    ]
    assert not nameless


@pytest.mark.parametrize("name", OF_THE_SIDEBAR)
def test_tab_reaches_everything_and_comes_round(desk: Desk, stage: Stage, name: PageName) -> None:
    desk.navigate(Place(name))
    stage.settle()
    expected = {id(child): child for child in focusable(stage.window)}
    start = desk.sidebar.rows["vandaag"]
    start.setFocus()
    walked: list[int] = []
    for _ in range(3 * len(expected) + 10):
        focused = stage.window.focusWidget()
        assert focused is not None
        if walked and focused is start:
            break
        walked.append(id(focused))
        stage.qtbot.keyClick(focused, Qt.Key.Key_Tab)
    missed = [f"{type(w).__name__} {w.accessibleName()!r}" for key, w in expected.items() if key not in walked]
    assert not missed
    assert len(walked) == len(set(walked)), "Tab came by twice"


def test_the_number_keys_open_the_pages_in_the_order_of_the_sidebar(desk: Desk, stage: Stage) -> None:
    for number, name in enumerate(OF_THE_SIDEBAR, 1):
        stage.keys(f"Ctrl+{number}")
        assert desk.place == Place(name)
        assert desk.commands.pages[name.value].isChecked()


def test_back_and_forward(desk: Desk, stage: Stage) -> None:
    desk.navigate(Place(PageName.KLUIS))
    desk.navigate(Place(PageName.INSTELLINGEN))
    stage.keys("Alt+Left")
    assert desk.place == Place(PageName.KLUIS)
    stage.keys("Alt+Right")
    assert desk.place == Place(PageName.INSTELLINGEN)
    assert not desk.commands.forward.isEnabled()


def test_what_is_said_in_passing_goes_with_its_page(desk: Desk, stage: Stage) -> None:
    toast = desk.findChild(Toast)
    asked: list[str] = []
    desk.navigate(Place(PageName.CASUSSEN))
    desk.context.message("Het is bewaard.")  # by what led here
    stage.settle()
    assert toast.isVisible()
    desk.context.message("Het is weggehaald.", undo=lambda: asked.append("terug"))
    desk.navigate(Place(PageName.VANDAAG))
    assert toast.isVisible(), "it was said by what leads to this page"
    stage.until(lambda: not toast._turn.isActive())
    desk.navigate(Place(PageName.VANDAAG))
    assert toast.isVisible(), "the user stayed"
    for leave in (lambda: desk.navigate(Place(PageName.GESPREKKEN)), desk.commands.back.trigger):
        desk.context.message("Het is weggehaald.", undo=lambda: asked.append("terug"))
        stage.until(lambda: not toast._turn.isActive())
        leave()
        assert toast.isHidden()
        toast._undo.click()
        assert asked == []


def test_ctrl_z_takes_back_what_the_line_at_the_foot_offers_and_in_a_text_what_was_typed(
    desk: Desk, stage: Stage
) -> None:
    toast = desk.findChild(Toast)
    asked: list[str] = []
    desk.navigate(Place(PageName.GESPREKKEN))
    stage.settle()
    assert not hasattr(QApplication.focusWidget(), "undo")
    desk.context.message("Het is weggehaald.", undo=lambda: asked.append("terug"))
    stage.until(lambda: not toast._turn.isActive())
    stage.keys("Ctrl+Z")
    assert asked == ["terug"]
    assert toast.isHidden()
    stage.keys("Ctrl+Z")
    assert asked == ["terug"], "once"
    assert toast.text == NOTHING_TO_UNDO
    desk.context.message("Het is weggehaald.", undo=lambda: asked.append("nog eens"))
    field = desk.page.findChild(QLineEdit) if desk.page is not None else None
    assert field is not None
    field.setFocus()
    stage.qtbot.keyClicks(field, "Esd")
    stage.keys("Ctrl+Z")
    assert field.text() == ""
    field.insert("Esd")
    desk.commands.undo.trigger()  # as the menu does
    assert field.text() == ""
    assert asked == ["terug"]


def test_every_shortcut_stands_in_a_menu_and_in_a_tooltip(desk: Desk) -> None:
    in_menus = {entry for menu in desk.top.menus.actions() for entry in menu.menu().actions()}  # type: ignore[attr-defined]
    keys: list[str] = []
    for action in desk.commands.all:
        if shown_keys(action):
            assert action in in_menus, action.text()
            assert shown_keys(action) in action.toolTip()
            keys.append(shown_keys(action))
    assert len(keys) == len(set(keys)), "two commands share a key"


def test_every_menu_opens_with_alt_and_a_letter_of_its_own(desk: Desk) -> None:
    titles = [menu.text() for menu in desk.top.menus.actions()]
    letters = [title[title.index("&") + 1].lower() for title in titles]
    assert len(set(letters)) == len(titles)


def test_no_two_menus_offer_the_same(desk: Desk) -> None:
    offered: list[QAction] = [entry for menu in desk.top.menus.actions() for entry in menu.menu().actions()]  # type: ignore[attr-defined]
    known = [entry for entry in offered if entry in desk.commands.all]
    assert len(known) == len(set(known))
    assert set(known) == set(desk.commands.all)


def places_of_widgets(root: QWidget) -> list[tuple[str, str, tuple[int, int, int, int]]]:
    """Return what stands where, by kind and name."""
    return [
        (
            type(child).__name__,
            child.accessibleName(),
            QRect(child.mapTo(root, QPoint(0, 0)), child.size()).getRect(),
        )
        for child in root.findChildren(QWidget)
        if child.isVisible() and not isinstance(child, FocusRing)
    ]


@pytest.mark.parametrize("page", [page for page in OF_THE_SIDEBAR if page is not PageName.KLUIS])
def test_a_text_size_chosen_live_looks_as_after_a_new_start(
    stage: Stage, practice_folder: Path, qapp: QApplication, page: PageName
) -> None:
    folder = stage.session.door.folder
    folder.parent.mkdir(parents=True)
    shutil.copytree(practice_folder, folder)

    def shown() -> None:
        stage.session.begin()
        stage.screen(Desk)
        stage.settle()
        stage.window.resize(1280, 800)
        stage.desk.navigate(Place(page))
        stage.settle()
        if isinstance(made := stage.desk.page, ReportPage):
            stage.until(lambda: made.shown is not None)

    shown()
    theme.choose(qapp, theme.Scheme.LIGHT, 1.5)
    stage.settle()
    stage.window.grab()  # what waits to be laid out is
    stage.settle()
    live = places_of_widgets(stage.window)
    stage.worker.close()
    stage.session.desk = None
    shown()
    stage.window.grab()
    stage.settle()
    assert live == places_of_widgets(stage.window)


def test_the_menus_stand_on_one_line_with_the_buttons_beside(desk: Desk, stage: Stage, qapp: QApplication) -> None:
    for factor in theme.TEXT_SIZES:
        theme.choose(qapp, theme.Scheme.LIGHT, factor)
        stage.window.resize(1800, 900)
        stage.settle()
        bar = desk.top.menus
        words = bar.actionGeometry(bar.actions()[0]).center().y() + bar.y()
        assert abs(words - desk.top.talk.geometry().center().y()) <= 1


def test_the_palette_finds_commands_cases_and_organisations(desk: Desk, stage: Stage) -> None:
    stage.keys("Ctrl+K")
    assert desk.palette_.field.hasFocus()
    assert "Nieuw gesprek" in desk.palette_.texts
    stage.qtbot.keyClicks(desk.palette_.field, "waterveen")
    stage.until(lambda: "Gemeente Waterveen" in desk.palette_.texts)
    assert any(" · " in text for text in desk.palette_.texts)


def test_the_palette_does_what_is_chosen(desk: Desk, stage: Stage) -> None:
    stage.keys("Ctrl+K")
    stage.qtbot.keyClicks(desk.palette_.field, "instel")
    assert desk.palette_.texts[0] == "Instellingen"
    stage.qtbot.keyClick(desk.palette_.field, Qt.Key.Key_Return)
    assert desk.place == Place(PageName.INSTELLINGEN)
    assert not desk.palette_.isVisible()


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("melding", "Casussen"),
        ("expor", "Jaarverslag exporteren…"),
        ("verslag uitgeven", "Jaarverslag exporteren…"),
        ("importeren", "Spreadsheet importeren…"),
        ("excel", "Spreadsheet importeren…"),
        ("backup", "Kluis"),
        ("kopie", "Nu een reservekopie maken"),
        ("donker", "Instellingen"),
        ("help", "Sneltoetsen"),
    ],
)
def test_a_command_is_found_by_the_words_that_a_user_would_type(
    desk: Desk, stage: Stage, typed: str, first: str
) -> None:
    stage.keys("Ctrl+K")
    stage.qtbot.keyClicks(desk.palette_.field, typed)
    assert desk.palette_.texts[0] == first


def test_a_case_is_moved_by_the_name_of_the_phase_and_the_palette_says_why_it_found_that(
    desk: Desk, stage: Stage
) -> None:
    desk.commands.case_move.setEnabled(True)
    stage.keys("Ctrl+K")
    stage.qtbot.keyClicks(desk.palette_.field, "meldingsf")
    found = {row.title: row.detail for row in desk.palette_.rows.rows}
    assert found["Naar een andere fase…"] == "meldingsfase"


def test_the_palette_imports_and_exports(desk: Desk, stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr("vpdesk.ui.pages.report_export.ask_place", lambda _page, name: asked.append(name))
    stage.keys("Ctrl+K")
    stage.qtbot.keyClicks(desk.palette_.field, "importeren")
    stage.qtbot.keyClick(desk.palette_.field, Qt.Key.Key_Return)
    dialog = desk.findChild(ImportDialog)
    assert dialog is not None
    assert dialog.isVisible()
    dialog.reject()
    stage.settle()
    for times in (1, 2):
        stage.keys("Ctrl+K")
        stage.qtbot.keyClicks(desk.palette_.field, "expor")
        stage.qtbot.keyClick(desk.palette_.field, Qt.Key.Key_Return)
        stage.until(lambda times=times: len(asked) == times)
    assert desk.place == Place(PageName.JAARVERSLAG)
    assert asked[0].endswith(".pdf")


def test_leaving_before_the_report_is_there_asks_for_no_place(
    desk: Desk, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr("vpdesk.ui.pages.report_export.ask_place", lambda _page, name: asked.append(name))
    desk.commands.export_report.trigger()
    page = desk.page
    assert isinstance(page, ReportPage)
    desk.navigate(Place(PageName.VANDAAG))
    stage.until(lambda: page.shown is not None)
    desk.navigate(Place(PageName.JAARVERSLAG))
    stage.settle()
    assert asked == []


def test_enter_pushes_the_button_that_has_the_keyboard(desk: Desk, stage: Stage) -> None:
    desk.navigate(Place(PageName.INSTELLINGEN))
    stage.settle()
    page = cast("SettingsPage", desk.page)
    page.to_vault.setFocus()
    stage.keys("Return")
    assert desk.place == Place(PageName.KLUIS)
    desk.top.search.setFocus()
    stage.keys("Enter")
    assert desk.palette_.isVisible()


def test_escape_leaves_the_palette_and_gives_the_keyboard_back(desk: Desk, stage: Stage) -> None:
    desk.navigate(Place(PageName.INSTELLINGEN))
    before = stage.window.focusWidget()
    stage.keys("Ctrl+K")
    stage.qtbot.keyClick(desk.palette_.field, Qt.Key.Key_Escape)
    assert stage.window.focusWidget() is before


def test_nothing_found_is_said(desk: Desk, stage: Stage) -> None:
    stage.keys("Ctrl+K")
    stage.qtbot.keyClicks(desk.palette_.field, "qqqqq")
    stage.settle()
    assert desk.palette_.texts == ()
    assert "Niets gevonden" in desk.palette_.rows.rows[0].title


def test_a_copy_is_made_and_shown_with_its_check(desk: Desk, stage: Stage) -> None:
    desk.navigate(Place(PageName.KLUIS))
    stage.settle()
    page = cast("VaultPage", desk.page)
    assert isinstance(page, VaultPage)
    assert page.model.rowCount() == 0
    stage.press(page.backup)
    stage.settle()
    assert page.model.rowCount() == 1
    assert page.model.data(page.model.index(0, 3)) == "geslaagd"
    assert "in orde" in page.state.accessibleName()
    made = sorted(path.name for path in usual_place(desk.context.door.folder).iterdir())
    assert len(made) == 2, "the vault, and the file that was stored in the practice year"
    assert sum(name.endswith(".vpbackup") for name in made) == 1, made


def test_a_broken_copy_is_shown_as_broken(desk: Desk, stage: Stage) -> None:
    desk.commands.backup.trigger()
    stage.settle()
    page = cast("VaultPage", desk.page)
    copy = page.model.copies[0].path
    content = bytearray(copy.read_bytes())
    content[-100] ^= 1
    copy.write_bytes(content)
    page.refresh()
    stage.settle()
    assert page.model.data(page.model.index(0, 3)) == "niet heel"


def test_another_place_for_copies_is_kept(desk: Desk, stage: Stage, tmp_path: Path) -> None:
    desk.navigate(Place(PageName.KLUIS))
    stage.settle()
    page = cast("VaultPage", desk.page)
    stage.press(page.change_places)
    form = page.findChild(PlacesForm)
    assert form is not None
    form.add_place(tmp_path / "stick")
    stage.press(form.verb)
    stage.settle()
    chosen: list[tuple[Path, ...]] = []
    stage.worker.run(places, chosen.append, desk.show_failure)
    stage.settle()
    assert chosen[0][-1] == tmp_path / "stick"
    assert (
        Preferences(stage.root / "vpdesk.ini").backup_places == chosen[0]
        or stage.preferences.backup_places == chosen[0]
    )


def test_checks_are_listed(desk: Desk, stage: Stage) -> None:
    desk.navigate(Place(PageName.KLUIS))
    stage.settle()
    names = {label.text() for label in desk.findChildren(QLabel)}
    assert "Sleutelbos" in names


def test_the_theme_changes_at_once_and_is_remembered(desk: Desk, stage: Stage) -> None:
    desk.navigate(Place(PageName.INSTELLINGEN))
    page = cast("SettingsPage", desk.page)
    page.scheme.choose("donker")
    assert theme.current() is theme.DARK
    assert Preferences(stage.root / "vpdesk.ini").scheme is theme.Scheme.DARK


def test_text_grows_at_once(desk: Desk, stage: Stage) -> None:
    desk.navigate(Place(PageName.INSTELLINGEN))
    page = cast("SettingsPage", desk.page)
    page.text_size.choose(1.5)
    assert theme.font().pixelSize() == 21
    stage.until(lambda: desk.sidebar.rows["vandaag"].height() == round(34 * 1.5))


def test_the_idle_time_is_kept(desk: Desk, stage: Stage) -> None:
    desk.navigate(Place(PageName.INSTELLINGEN))
    cast("SettingsPage", desk.page).idle.choose(15)
    assert Preferences(stage.root / "vpdesk.ini").idle_minutes == 15


def test_a_narrow_window_keeps_everything_within_reach(desk: Desk, stage: Stage) -> None:
    stage.window.resize(QSize(960, 700))
    stage.until(lambda: desk.sidebar.width() == NARROW)
    stage.window.resize(QSize(640, 400))
    stage.until(lambda: not desk.sidebar.isVisible())
    assert desk.top.pages_button.isVisible()
    assert desk.top.menu_button.isVisible()
    assert desk.top.talk.isVisible()
    assert desk.top.minimumSizeHint().width() <= 640
    stage.window.resize(QSize(1280, 800))
    stage.until(desk.sidebar.isVisible)


@pytest.mark.parametrize("name", OF_THE_SIDEBAR)
def test_every_page_fits_the_smallest_window_without_being_pushed_wider(
    desk: Desk, stage: Stage, name: PageName
) -> None:
    desk.navigate(Place(name))
    stage.settle()
    stage.window.resize(QSize(640, 400))
    stage.until(lambda: stage.window.size() == QSize(640, 400))
    assert desk.page is not None
    assert desk.page.minimumSizeHint().width() <= 640


def test_f6_walks_the_regions(desk: Desk, stage: Stage) -> None:
    desk.sidebar.rows["vandaag"].setFocus()
    stage.keys("F6")
    focused = stage.window.focusWidget()
    assert focused is not None
    assert desk.page is not None
    assert desk.page.isAncestorOf(focused)
    stage.keys("F6")
    assert desk.top.isAncestorOf(cast("QWidget", stage.window.focusWidget()))


def test_a_failure_is_said_above_the_page_until_it_is_put_away(desk: Desk, stage: Stage) -> None:
    from vpdesk.domain.errors import VpdeskError  # noqa: PLC0415

    desk.show_failure(VpdeskError("Dit ging mis. Uw tekst is er nog."))
    away = next(button for button in desk.findChildren(QAbstractButton) if button.text() == "Sluiten")
    stage.until(away.isVisible)
    stage.press(away)
    stage.until(lambda: not any(b.text() == "Sluiten" for b in desk.findChildren(QAbstractButton)))


def test_help_lists_the_keys_and_says_what_it_protects_against(desk: Desk, stage: Stage) -> None:
    desk.commands.shortcuts.trigger()
    dialog = desk.findChild(ShortcutsDialog)
    assert dialog is not None
    assert "Ctrl+K" in {label.text() for label in dialog.findChildren(QLabel)}
    dialog.close()
    desk.commands.about.trigger()
    about = desk.findChild(AboutDialog)
    assert about is not None
    about.close()


def test_the_window_never_says_more_than_its_name(desk: Desk, stage: Stage) -> None:
    stage.window.setWindowTitle("2026-014 Kievit")
    assert stage.window.windowTitle() == "vpdesk"


def test_the_ring_follows_the_keyboard(desk: Desk, stage: Stage, qapp: QApplication) -> None:
    ring = FocusRing(qapp)
    desk.top.talk.setFocus(Qt.FocusReason.TabFocusReason)
    assert ring.isVisible()
    assert ring.geometry().contains(desk.top.talk.geometry())
    field = QLineEdit(desk)
    field.show()
    field.setFocus(Qt.FocusReason.TabFocusReason)
    assert not ring.isVisible(), "a field shows its focus itself"
    ring.deleteLater()


def test_the_ring_waits_for_a_page_that_is_not_shown_yet(desk: Desk, stage: Stage, qapp: QApplication) -> None:
    ring = FocusRing(qapp)
    page = QWidget(desk)
    page.hide()
    button = Button("Naar Organisaties", parent=page)
    button.setFocus(Qt.FocusReason.TabFocusReason)
    ring._follow(None, button)
    assert not ring.isVisible(), "a ring around nothing"
    page.show()
    assert ring.isVisible()
    button.clearFocus()
    ring.deleteLater()


def test_the_ring_survives_a_control_that_is_taken_away_under_the_keyboard(
    desk: Desk, stage: Stage, qapp: QApplication
) -> None:
    ring = FocusRing(qapp)
    button = Button("Naar meldingsfase…")
    layout = desk.layout()
    assert layout is not None
    layout.addWidget(button)
    button.show()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    assert ring.isVisible()
    button.deleteLater()
    qapp.sendPostedEvents(button, QEvent.Type.DeferredDelete)
    assert not Shiboken.isValid(button)
    assert not ring.isVisible()
    desk.top.talk.setFocus(Qt.FocusReason.TabFocusReason)
    assert ring.isVisible()
    desk.top.talk.clearFocus()
    ring.deleteLater()


def test_a_failure_that_repeats_is_said_once(desk: Desk) -> None:
    desk.show_notice("De schijf is vol.", "danger")
    desk.show_notice("De schijf is vol.", "danger")
    desk.show_notice("De sleutelbos antwoordt niet.", "danger")
    said = [message.accessibleName() for message in desk.findChildren(Message)]
    assert said.count("De schijf is vol.") == 1
    assert said.count("De sleutelbos antwoordt niet.") == 1
