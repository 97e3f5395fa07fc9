"""The desk on a copy of the practice vault, in a real window, with a worker of its own."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import pytest
import shiboken6

from tests.auditing import Remembered
from tests.casework import practice_with_draw
from tests.ui.naming import nameless
from tests.vault_kit import LONG_PHRASE, SMALL
from vpdesk.operations import vaults
from vpdesk.reporting.disclosure import office
from vpdesk.ui import theme
from vpdesk.ui.context import PageName, Place
from vpdesk.ui.desk import Desk
from vpdesk.ui.door import Door
from vpdesk.ui.main_window import MainWindow
from vpdesk.ui.pages.report import ReportPage
from vpdesk.ui.preferences import Preferences
from vpdesk.ui.widgets.fitted import FittedDialog
from vpdesk.ui.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from PySide6.QtGui import QShowEvent
    from PySide6.QtWidgets import QApplication, QWidget
    from pytestqt.qtbot import QtBot

    from vpdesk.operations.vaults import Vault
    from vpdesk.ui.pages.page import Page

R = TypeVar("R")
T = TypeVar("T", bound="QWidget")


@dataclass
class Opened:
    """A desk and what a test does with it."""

    qtbot: QtBot
    desk: Desk
    worker: Worker
    window: MainWindow

    @property
    def focused(self) -> QWidget | None:
        """What has the keyboard, or would have it in an active window."""
        return self.window.focusWidget()

    def settle(self) -> None:
        """Wait until the vault thread has nothing left to do."""
        self.qtbot.waitUntil(lambda: self.worker.idle)

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds."""
        self.qtbot.waitUntil(holds)

    def go(self, page: PageName, **to: object) -> Page:
        """Go to a page and wait until it is filled."""
        self.desk.navigate(Place(page, **to))  # type: ignore[arg-type] # fields of Place by name
        self.settle()
        shown = self.desk.page
        assert shown is not None
        return shown

    def end(self) -> None:
        """Take the window away with its timers, then close the vault."""
        self.settle()
        shiboken6.delete(self.window)
        self.worker.close()

    def gone(self, kind: type[QWidget]) -> bool:
        """Return whether the dialog of a kind was closed and everything it asked for is done."""
        return self.worker.idle and not any(widget.isVisible() for widget in self.window.findChildren(kind))

    def made(self, page: ReportPage) -> None:
        """Wait until a report is there, and what was written in it is kept."""
        self.until(lambda: self.worker.idle and not page.making.busy and not page.findings.dirty)

    def child(self, kind: type[T]) -> T:
        """Return the dialog of a kind that is open."""
        found = [widget for widget in self.window.findChildren(kind) if widget.isVisible()]
        assert found, f"no {kind.__name__} is open"
        return found[-1]

    def ask(self, operation: Callable[[Vault], R]) -> R:
        """Return what an operation gives, run where the window runs them."""
        given: list[R] = []
        self.worker.run(operation, given.append, lambda error: pytest.fail(error.sentence))
        self.until(lambda: bool(given))
        return given[0]


@pytest.fixture(scope="session")
def practice_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice vault with a known draw, made once; tests work on copies."""
    from datetime import datetime as moment  # noqa: PLC0415 - the fixture of the clock is made anew for each test

    folder = tmp_path_factory.mktemp("practice") / "kluis"
    practice_with_draw(folder, now=moment(2026, 1, 20, 10, 0)).close()  # noqa: DTZ001 - local time
    return folder


@pytest.fixture(scope="session")
def remembered() -> Remembered:
    """What was audited before: most tests open the same vault, and the same report of it."""
    return Remembered()


@pytest.fixture(autouse=True)
def _audited_once(remembered: Remembered, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "protected", remembered.protected)


@pytest.fixture(scope="session")
def empty_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice vault with nothing in it, made once."""
    from datetime import datetime as moment  # noqa: PLC0415 - the fixture of the clock is made anew for each test

    folder = tmp_path_factory.mktemp("empty") / "kluis"
    vaults.begin_setup(folder, now=moment(2026, 1, 20, 10, 0), practice=True).confirm().close()  # noqa: DTZ001 - idem
    return folder


@pytest.fixture(scope="session")
def real_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault that is no practice vault, with nothing in it, which opens with `LONG_PHRASE`."""
    from datetime import datetime as moment  # noqa: PLC0415 - idem

    folder = tmp_path_factory.mktemp("real") / "kluis"
    setup = vaults.begin_setup(folder, passphrase=LONG_PHRASE, now=moment(2026, 1, 20, 10, 0), kdf=SMALL)  # noqa: DTZ001 - idem
    setup.confirm(setup.words).close()
    return folder


@pytest.fixture(autouse=True)
def _every_dialog_has_names(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Look at every dialog that any test of a page opens, what it does not show yet included."""
    wrong: set[str] = set()
    before = FittedDialog.showEvent

    def show(dialog: FittedDialog, event: QShowEvent) -> None:
        before(dialog, event)
        wrong.update(f"{type(dialog).__name__}: {said}" for said in nameless(dialog, hidden=True))

    monkeypatch.setattr(FittedDialog, "showEvent", show)
    yield
    assert wrong == set()


def _open(qtbot: QtBot, qapp: QApplication, folder: Path, tmp_path: Path, clock: datetime) -> Opened:
    theme.start(qapp)
    worker = Worker()
    problems: list[object] = []
    worker.open(
        lambda: vaults.open_vault(folder, passphrase=LONG_PHRASE, keychain=vaults.system_keychain, now=clock),
        lambda _: None,
        problems.append,
    )
    preferences = Preferences(tmp_path / "vpdesk.ini")
    door = Door(folder, vaults.system_keychain, lambda: clock)
    desk = Desk(worker, preferences=preferences, door=door, practice=True)
    window = MainWindow(preferences)
    window.show_screen(desk)
    window.resize(1280, 800)
    with qtbot.waitExposed(window):
        window.show()
    opened = Opened(qtbot, desk, worker, window)
    opened.settle()
    assert not problems
    return opened


@pytest.fixture
def opened(
    qtbot: QtBot, qapp: QApplication, practice_folder: Path, tmp_path: Path, clock: datetime
) -> Iterator[Opened]:
    """The desk on a year of invented cases."""
    folder = tmp_path / "kluis"
    shutil.copytree(practice_folder, folder)
    shown = _open(qtbot, qapp, folder, tmp_path, clock)
    yield shown
    shown.end()


@pytest.fixture
def report(opened: Opened) -> ReportPage:
    """The builder of a report that says what may be said about that year."""
    page = opened.go(PageName.JAARVERSLAG)
    assert isinstance(page, ReportPage)
    opened.made(page)
    return page


@pytest.fixture
def empty(qtbot: QtBot, qapp: QApplication, empty_folder: Path, tmp_path: Path, clock: datetime) -> Iterator[Opened]:
    """The desk on a vault with nothing in it."""
    folder = tmp_path / "kluis"
    shutil.copytree(empty_folder, folder)
    shown = _open(qtbot, qapp, folder, tmp_path, clock)
    yield shown
    shown.end()


@pytest.fixture
def real(qtbot: QtBot, qapp: QApplication, real_folder: Path, tmp_path: Path, clock: datetime) -> Iterator[Opened]:
    """The desk on a vault that is no practice vault."""
    folder = tmp_path / "kluis"
    shutil.copytree(real_folder, folder)
    shown = _open(qtbot, qapp, folder, tmp_path, clock)
    yield shown
    shown.end()
