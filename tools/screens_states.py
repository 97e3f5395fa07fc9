"""The pictures of every page in four states: empty, a usual year, ten thousand cases, and texts as long as they may be.

`python -m tools.screens_states [--only NAME] [--out DIR]`; light, at 100 %. A page that scrolls sideways is named, and
so is one that takes longer than `SLOW` to be filled: then the run fails.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDeadlineTimer, QEventLoop, Qt, QTimer
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from tools.bench import states
from tools.bench.fixtures import NOW
from vpdesk.app import prepare
from vpdesk.operations import cases, conversations, guided, practice, vaults
from vpdesk.ui import theme
from vpdesk.ui.context import PageName, Place
from vpdesk.ui.desk import Desk
from vpdesk.ui.door import Door
from vpdesk.ui.main_window import MainWindow
from vpdesk.ui.preferences import Preferences
from vpdesk.ui.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from vpdesk.domain.errors import VpdeskError
    from vpdesk.domain.ids import CaseId
    from vpdesk.operations.vaults import Vault

PATIENCE: Final = 90_000
BREATH: Final = 120  # a list waits 80 ms before its pane follows
SLOW: Final = 1.5  # seconds from a click to a page that is filled, with ten thousand cases and pictures being made
RECKONS: Final = frozenset({PageName.JAARVERSLAG, PageName.KLUIS})
"""Pages that are there at once, and then audit a report or read every page of the vault."""

STATES: Final[dict[str, Callable[[Path], Vault]]] = {
    "leeg": lambda folder: vaults.begin_setup(folder, now=NOW, practice=True).confirm(),
    "enkele": lambda folder: practice.make_practice_vault(folder, now=NOW),
    "veel": lambda folder: _filled(folder, states.fill_many),
    "lang": lambda folder: _filled(folder, states.fill_long),
}
"""Each state, and what makes a vault in it."""

PAGES: Final = (
    PageName.VANDAAG,
    PageName.CASUSSEN,
    PageName.CASUS,
    PageName.GESPREKKEN,
    PageName.GESPREK,
    PageName.ACTIVITEITEN,
    PageName.ORGANISATIES,
    PageName.SOCIALE_KAART,
    PageName.TRENDS,
    PageName.JAARVERSLAG,
    PageName.KLUIS,
    PageName.INSTELLINGEN,
    PageName.KWESTIES,
    PageName.BEWAREN,
    PageName.VASTLEGGINGEN,
    PageName.VASTLEGGING,
    PageName.AVG_HULP,
)
OF_ONE: Final = frozenset({PageName.CASUS, PageName.VASTLEGGING})
"""Pages of one thing, which an empty vault does not have."""


def _filled(folder: Path, fill: Callable[[Vault], None]) -> Vault:
    vault = practice.make_practice_vault(folder, now=NOW)
    fill(vault)
    return vault


@dataclass
class Stage:
    """The desk on a vault in one state."""

    app: QApplication
    window: MainWindow
    worker: Worker
    desk: Desk

    @classmethod
    def on(cls, app: QApplication, folder: Path, preferences: Preferences) -> Stage:
        """Open a vault in a window as large as those of the other pictures."""
        worker, failed = Worker(), list[object]()
        worker.open(
            lambda: vaults.open_vault(folder, keychain=vaults.system_keychain, now=NOW), lambda _: None, failed.append
        )
        desk = Desk(
            worker, preferences=preferences, door=Door(folder, vaults.system_keychain, lambda: NOW), practice=True
        )
        window = MainWindow(preferences)
        window.show_screen(desk)
        window.resize(1280, 800)
        window.show()
        stage = cls(app, window, worker, desk)
        stage.settle()
        if failed:
            raise RuntimeError(failed)
        return stage

    def wait(self, until: Callable[[], bool]) -> None:
        """Let the window work until something holds; RuntimeError when it never does."""
        end = QDeadlineTimer(PATIENCE)
        while not until():
            self.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 100)
            if end.hasExpired():
                raise RuntimeError("A page was never filled.")

    def settle(self) -> None:
        """Wait until everything asked for was handed back and painted."""
        for _ in range(3):
            self.wait(lambda: self.worker.idle)
            pause = QTimer()
            pause.setSingleShot(True)
            pause.start(BREATH)
            self.wait(lambda: not pause.isActive())  # noqa: B023 - waited for at once

    def ask(self, operation: Callable[[Vault], object]) -> object:
        """Return what an operation gives."""
        given: list[object] = []

        def failed(error: VpdeskError) -> None:
            raise error

        self.worker.run(operation, given.append, failed)
        self.wait(lambda: bool(given))
        return given[0]

    def filled(self, place: Place) -> float:
        """Go to a page and return in how many seconds it was filled."""
        begun = time.monotonic()
        self.desk.navigate(place)
        self.wait(lambda: self.worker.idle)
        took = time.monotonic() - begun
        self.settle()
        return took

    def end(self) -> None:
        """Close window and vault."""
        self.window.hide()
        self.worker.close()


def places(stage: Stage) -> dict[PageName, Place]:
    """Return where each page is to be seen: of what there is, the last that was made or the busiest."""
    number = stage.ask(_telling_case)
    talk = stage.ask(lambda vault: next(iter(conversations.list_conversations(vault, limit=1)), None))
    record = stage.ask(lambda vault: next(iter(guided.guided_rows(vault)), None))
    found = {page: Place(page) for page in PAGES}
    found[PageName.CASUS] = Place(PageName.CASUS, case=number)  # type: ignore[arg-type] # None where there is none
    found[PageName.GESPREK] = Place(PageName.GESPREK, conversation=getattr(talk, "id", None))
    found[PageName.VASTLEGGING] = Place(PageName.VASTLEGGING, guided=getattr(record, "id", None))
    return found


def _telling_case(vault: Vault) -> CaseId | None:
    from vpdesk.domain.rows import CaseFilter  # noqa: PLC0415 - beside its use

    for text in (states.BUSY, states.UNBROKEN, "Sluis"):
        found = cases.list_cases(vault, CaseFilter(text=text), 1)
        if found:
            return found[0].id
    return None


def sideways(page: QWidget) -> Iterator[str]:
    """Name what on a page scrolls sideways."""
    for area in page.findChildren(QAbstractScrollArea):
        bar = area.horizontalScrollBar()
        if area.isVisible() and bar.isVisible() and bar.maximum() > 0:
            yield area.accessibleName() or type(area).__name__


def _name(page: PageName, state: str) -> str:
    return f"20-{page.value.replace(' ', '-')}-{state}"


def _wanted(page: PageName, state: str, only: str) -> bool:
    """Return whether a picture is asked for, and can be made: an empty vault has no page of one thing."""
    return only in _name(page, state) and not (state == "leeg" and page in OF_ONE)


def pictures(app: QApplication, out: Path, only: str) -> list[str]:
    """Save a picture of every page in every state, and return what is wrong with them."""
    wrong: list[str] = []
    preferences = Preferences(out / "geen.ini")
    theme.choose(app, theme.Scheme.LIGHT, 1.0)
    QCursor.setPos(app.primaryScreen().geometry().bottomRight())
    for state, make in STATES.items():
        wanted = [page for page in PAGES if _wanted(page, state, only)]
        if not wanted:
            continue
        with tempfile.TemporaryDirectory() as home:
            folder = Path(home) / "kluis"
            make(folder).close()
            stage = Stage.on(app, folder, preferences)
            to = places(stage)
            for page in wanted:
                name = _name(page, state)
                took = stage.filled(to[page])
                wrong += [f"{name}: {area} scrolls sideways" for area in sideways(stage.desk)]
                if took > SLOW and page not in RECKONS:
                    wrong.append(f"{name}: {took:.1f} s")
                stage.window.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
                path = out / f"{name}-licht.png"
                stage.window.grab().save(str(path))
                print(f"{path} {took:.2f} s")
            stage.end()
    (out / "geen.ini").unlink(missing_ok=True)
    return wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="only this state, or pictures with this in their name")
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    app = QApplication([sys.argv[0]])
    prepare(app)
    wrong = pictures(app, asked.out, asked.only)
    print("\n".join(wrong), file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
