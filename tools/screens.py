"""Makes the pictures in docs/screens: every screen of the real window on the practice vault, in each theme and scale.

`python -m tools.screens [--only NAME] [--out DIR]`; each theme and scale runs in a process of its own, since Qt reads
its scale at the start. Then come the states of every page (`tools/screens_states.py`), light and at 100 %.
"""

from __future__ import annotations

import argparse
import itertools
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QSize, Qt, QTimer
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QDialog

from tools import screens_people
from tools.screens_activities import activity_screens
from tools.screens_clients import client_screens
from tools.screens_guided import guided_screens, paper_screens
from tools.screens_handover import handover_screens
from tools.screens_meldingen import melding_screens
from tools.screens_report import report_screens
from tools.screens_retention import retention_screens
from tools.screens_steps import step_screens
from tools.screens_talk import talk_screens
from tools.screens_trends import trend_screens
from vpdesk.app import prepare
from vpdesk.domain.periods import Period
from vpdesk.domain.publications import Kind
from vpdesk.domain.rows import CaseFilter
from vpdesk.domain.statements import Audience
from vpdesk.operations import backups, cases, clients, ledger
from vpdesk.operations.ledger import Entry, Said
from vpdesk.operations.places import usual_place
from vpdesk.store.keychain import MemoryKeychain
from vpdesk.store.keys import PRACTICE
from vpdesk.ui import theme
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import PageName, Place
from vpdesk.ui.door import Door
from vpdesk.ui.locking import Ends
from vpdesk.ui.main_window import MainWindow
from vpdesk.ui.pages.access_dialogs import EmergencyDialog, LaptopDialog, NewWordsDialog
from vpdesk.ui.pages.ledger_dialogs import LedgerDialog
from vpdesk.ui.pages.ledger_entry import EntryForm
from vpdesk.ui.pages.report import ReportPage
from vpdesk.ui.pages.report_crossed import CrossedDialog
from vpdesk.ui.pages.report_findings import KeepDialog
from vpdesk.ui.pages.report_rows import RowsDialog
from vpdesk.ui.pages.report_texts import TextsDialog
from vpdesk.ui.pages.vault_dialogs import ThreeWordsForm
from vpdesk.ui.preferences import Preferences
from vpdesk.ui.screens.lock import SHEETS, LockScreen
from vpdesk.ui.screens.wizard import Wizard
from vpdesk.ui.session import Session
from vpdesk.ui.widgets.cards import Scroll
from vpdesk.ui.widgets.focus import FocusRing
from vpdesk.ui.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from vpdesk.domain.clients import Client
    from vpdesk.domain.errors import VpdeskError
    from vpdesk.domain.rows import CaseRow
    from vpdesk.ui.desk import Desk

ROOT: Final = Path(__file__).resolve().parent.parent
OUT: Final = ROOT / "docs" / "screens"
NOW: Final = datetime(2026, 9, 17, 10, 42)  # noqa: DTZ001 - the clock of the pictures
PATIENCE: Final = 90_000
BREATH: Final = 120  # a list waits 80 ms before its pane follows
WORDS: Final = (
    "kastanje molen zilver haven lantaarn appel brug wolk trompet wimpel kelder duin vlieger honing spiegel oktober"
)


class ShownKeychain(MemoryKeychain):
    """A keyring in memory that goes by the name of a real one, since the picture is about the screen."""

    def backend_name(self) -> str:
        """Return the name that the page Kluis shows."""
        return "Secret Service"


class Studio:
    """The real window with a practice vault, walked from screen to screen."""

    def __init__(self, app: QApplication, home: Path, scheme: str) -> None:
        """Start as the program does, with a clock that stands still and a keyring in memory."""
        self.app = app
        preferences = Preferences(home / "vpdesk.ini")
        preferences.scheme = theme.Scheme(scheme)
        theme.choose(app, preferences.scheme, 1.0)
        self.ring = FocusRing(app)
        self.pictured: QDialog | None = None
        self.window: MainWindow = MainWindow(preferences)
        ratio = app.primaryScreen().devicePixelRatio()
        self.window.resize(QSize(1280, 800) / ratio)
        keychain = ShownKeychain()
        self.worker = Worker()
        self.session: Session = Session(
            self.window,
            self.worker,
            Door(home / "nieuw", lambda: keychain, lambda: NOW),
            practice_folder=home / "oefenkluis",
            preferences=preferences,
            ends=Ends(lambda _reason: None, lambda: None, lambda _reason: None),
        )

    def wait(self, until: Callable[[], bool]) -> None:
        """Let the window work until something holds; RuntimeError when it never does."""
        end = QDeadlineTimer(PATIENCE)
        while not until():
            self.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 100)
            if end.hasExpired():
                raise RuntimeError("A screen was never filled.")

    def settle(self) -> None:
        """Wait until the worker has handed everything back and the window has painted it."""
        for _ in range(3):
            self.wait(lambda: self.worker.idle)
            self.app.processEvents()
            pause = QTimer()
            pause.setSingleShot(True)
            pause.start(BREATH)
            self.wait(lambda: not pause.isActive())  # noqa: B023 - waited for at once

    def screens(self) -> Iterator[str]:
        """Walk through the screens; at each name the window shows it."""
        yield from self._before()
        yield from self._desk()

    def _before(self) -> Iterator[str]:
        self.session.begin()
        wizard = self.window.screen_
        if not isinstance(wizard, Wizard):
            raise TypeError("The first screen is the wizard.")
        yield "01-start-plaats"
        wizard.passphrase_step.for_keyring(has_keyring=True)
        wizard._show_step(1)  # noqa: SLF001 - the pictures show steps out of order
        yield "01-start-wachtzin"
        wizard.words_step.show_words(WORDS.split())
        wizard.words_step.written.setChecked(True)
        wizard._show_step(2)  # noqa: SLF001
        wizard.next.setFocus()
        yield "01-start-herstelwoorden"
        wizard._show_step(3)  # noqa: SLF001
        for edit, word in zip(wizard.back_step.edits, WORDS.split()[:6], strict=False):
            edit.setText(word)
        wizard.first_focus().setFocus()
        yield "01-start-overtypen"
        wizard._show_step(4)  # noqa: SLF001
        yield "01-start-organisatie"
        self.session.show_lock("Om 10:42, na 5 minuten zonder gebruik.\nWat u typte, is bewaard.")
        lock = self.window.screen_
        if isinstance(lock, LockScreen):
            lock.passphrase.setText("een lange zin")
        yield "02-vergrendeld"
        if isinstance(lock, LockScreen):
            lock.show_words(by_words=True)
        yield "02-herstelwoorden"
        self.session.show_lock(slots=frozenset({"keyring", "emergency"}))
        yield "02-sleutelbos"
        lock = self.window.screen_
        if isinstance(lock, LockScreen):
            lock.show_way(SHEETS)
            lock.sheets[0].setPlainText(WORDS)
            lock.sheets[1].setFocus()
        yield "02-noodbladen"
        yield from self._ways()

    def _ways(self) -> Iterator[str]:
        """Show how a vault of one's own opens, and the dialogs that change it."""
        door = replace(self.session.door, folder=self.session.door.folder.with_name("eigen"), kdf=PRACTICE)
        setup = door.begin_setup("een lange zin")
        self.session.door = door
        opened = partial(self.session._opened, enrolled=True)  # noqa: SLF001 - as after choosing a passphrase
        self.worker.open(lambda: setup.confirm(setup.words), opened, self._failed)
        self.wait(lambda: self.session.desk is not None)
        desk = self.session.desk
        if desk is None:
            raise RuntimeError("No desk.")
        self.worker.run(
            lambda vault: backups.make_backup(vault, places=(usual_place(door.folder),), now=NOW),
            lambda _made: desk.changes.tell(Topic.BACKUPS),
            desk.show_failure,
        )
        desk.navigate(Place(PageName.ACTIVITEITEN))
        yield "07-activiteiten-leeg"
        desk.navigate(Place(PageName.KLUIS))
        yield "10-kluis-openen"
        yield from self._dialogs(desk)
        self.worker.close()
        self.session.desk = None

    def _dialogs(self, desk: Desk) -> Iterator[str]:
        words = NewWordsDialog(desk.context, desk)
        yield from self.shown(words, "10-kluis-nieuwe-woorden")
        words.words_step.show_words(WORDS.split())
        words.show_step(1)
        yield from self.shown(words, "10-kluis-woorden-tonen")
        words.show_step(3)
        words.done_step.said.show_text(
            f"De stick is vol. {words.without_copy()}", "warning", start=NewWordsDialog.lacks_copy
        )
        words.done_step.again.show()
        yield from self.shown(words, "10-kluis-zonder-kopie")
        words.reject()
        laptop = LaptopDialog(desk.context, desk, current="daily")
        laptop.way_step.choose("keyring")
        yield from self.shown(laptop, "10-kluis-op-deze-laptop")
        laptop.reject()
        sheets = EmergencyDialog(desk.context, desk, replaces=True)
        yield from self.shown(sheets, "10-kluis-noodbladen")
        sheets.word_steps[0].show_words(WORDS.split())
        sheets.show_step(1)
        yield from self.shown(sheets, "10-kluis-noodblad-tonen")
        sheets.reject()
        check = ThreeWordsForm(desk.context, desk)
        yield from self.shown(check, "10-kluis-drie-woorden")
        check.reject()

    def shown(self, dialog: QDialog, name: str) -> Iterator[str]:
        """Let the picture be of a dialog."""
        dialog.open()
        self.pictured = dialog
        yield name
        self.pictured = None

    @staticmethod
    def _failed(error: VpdeskError) -> None:
        raise error

    def _desk(self) -> Iterator[str]:
        self.session._open_practice(self._door())  # noqa: SLF001 - what the button of the wizard does
        self.wait(lambda: self.session.desk is not None)
        desk = self.session.desk
        if desk is None:
            raise RuntimeError("No desk.")
        found: list[CaseRow] = []
        run, folder = self.worker.run, self._door().folder
        run(
            lambda vault: backups.make_backup(vault, places=(usual_place(folder),), now=desk.context.clock()),
            lambda _made: desk.changes.tell(),
            desk.show_failure,
        )
        run(lambda vault: cases.list_cases(vault, CaseFilter(), 50), found.extend, desk.show_failure)
        self.settle()
        desk.changes.tell(Topic.BACKUPS)
        self.settle()
        yield "03-vandaag"
        desk.navigate(Place(PageName.CASUSSEN))
        yield "04-casussen"
        chosen = next((row for row in found if row.phase.value == "nafase"), found[0])
        desk.navigate(Place(PageName.CASUS, case=chosen.id))
        yield "05-casus"
        yield from step_screens(self, desk)
        yield from melding_screens(self, desk)
        yield from retention_screens(self, desk)
        yield from guided_screens(self, desk)
        yield from talk_screens(self, desk)
        desk.navigate(Place(PageName.GESPREKKEN))
        yield "07-gesprekken"
        yield from activity_screens(self, desk)
        desk.navigate(Place(PageName.ORGANISATIES))
        yield "08-organisaties"
        yield from client_screens(self, desk)
        desk.navigate(Place(PageName.JAARVERSLAG))
        yield "09-jaarverslag"
        yield from self._report(desk)
        yield from self._ledger(desk)
        yield from trend_screens(self, desk)
        desk.navigate(Place(PageName.KLUIS))
        yield "10-kluis"
        desk.navigate(Place(PageName.INSTELLINGEN))
        yield "11-instellingen"
        yield from itertools.chain(paper_screens(self, desk), handover_screens(self, desk))
        desk.navigate(Place(PageName.CASUSSEN))
        self.settle()
        desk.palette_.open()
        desk.palette_.field.setText("wat")
        self.app.processEvents()
        self.wait(lambda: len(desk.palette_.texts) > 0 and not desk.palette_._timer.isActive())  # noqa: SLF001
        yield "12-zoek-en-doe"
        desk.palette_.close_quietly()
        yield from screens_people.screens(self, desk, found)
        self.session.show_damage("Het gegevensbestand van deze kluis is niet heel. Er is niets veranderd.")
        yield "13-kluis-beschadigd"

    def _report(self, desk: Desk) -> Iterator[str]:
        """Show what would help a table, tried and by hand, and a text that is being typed."""
        page = desk.page
        if not isinstance(page, ReportPage):
            raise TypeError("The page is the report.")
        rows = RowsDialog(page, page.hidden.notes[0], page.try_out)
        for box in rows.boxes[:2]:
            box.setChecked(True)
        yield from self.shown(rows, "09-jaarverslag-rijen")
        rows.reject()
        page.crossed.click()
        self.settle()
        crossed = page.findChildren(CrossedDialog)[0]
        yield from self.shown(crossed, "09-jaarverslag-kruistabellen")
        crossed.reject()
        page.try_out(page.hidden.notes[0].ideas[0])
        self.settle()
        page.hidden.buttons[0].setFocus()
        page.findChildren(Scroll)[0].ensureWidgetVisible(page.hidden)
        yield "09-jaarverslag-proef"
        page.hidden.taken_back.emit()
        self.settle()
        yield from self._waiting(page)
        page.chapters.choose("signalen")
        page.findings.put_text("Over Publiekszaken was er één melding; dat is meer dan vorig jaar.")
        page.findings.text.setFocus()
        page.findChildren(Scroll)[0].ensureWidgetVisible(page.findings)
        page.findings._timer.stop()  # noqa: SLF001 - the picture is of the moment before it is kept
        yield "09-jaarverslag-typen"
        asking = KeepDialog(page.findings, page.findings.marks[1])
        yield from self.shown(asking, "09-jaarverslag-laten-staan")
        asking.reject()  # or the window stays blocked
        page.findings.put_text("")
        self.settle()
        page.chapters.choose("organisatie")
        self.settle()
        page.findChildren(Scroll)[0].ensureWidgetVisible(page.findings)
        yield "09-jaarverslag-organisatie"
        page.findings.texts.click()
        self.settle()
        texts = page.findChildren(TextsDialog)[0]
        texts.which.choose("rol.onafhankelijk")
        texts.text.setPlainText("De vertrouwenspersoon onderzoekt niets en besluit niets.")
        yield from self.shown(texts, "09-jaarverslag-vaste-teksten")
        texts.reject()
        yield from report_screens(self, page)
        page.chapters.choose("kort")

    def _waiting(self, page: ReportPage) -> Iterator[str]:
        """Show a report that is being checked, and none because it was stopped; the audit itself does not begin."""
        shown, client = page.period, page.client_id
        if shown is None or client is None:
            raise TypeError("The page shows a report.")
        page._period = Period.year(NOW.year - 3)  # noqa: SLF001 - the picture is of a moment
        page._offer_periods()  # noqa: SLF001
        page._turn_to((client, page._period, Audience.WERKGEVER, False))  # noqa: SLF001
        self.settle()
        page.chapters.choose("advies")
        page.findings.put_text("Uitleg helpt, juist voor wie net begint.")
        page.chapters.choose("kort")
        page.findings.put_text("In maart sprak niemand meer over de roosters.")
        self.settle()
        page.preview.progress.advance(38, 100)
        page.preview.progress.show()
        page.preview.progress._ticks.stop()  # noqa: SLF001 - idem
        page.preview.progress._taken.setText("12 seconden")  # noqa: SLF001 - idem
        page.findChildren(Scroll)[0].verticalScrollBar().setValue(0)
        yield "09-jaarverslag-wachten"
        page.making.refused.emit(None)
        page.findChildren(Scroll)[0].verticalScrollBar().setValue(0)
        yield "09-jaarverslag-gestopt"
        page.choose(shown)
        self.settle()

    def _ledger(self, desk: Desk) -> Iterator[str]:
        """Show what left the house, with a letter in the list, and the form for it."""
        found: list[Client] = []
        run = desk.context.worker.run
        run(clients.clients, found.extend, desk.show_failure)
        self.settle()
        client, year = found[0].id, Period.year(NOW.year - 1)
        letter = Entry(
            client, Kind.BRIEF, NOW.date(), "De directie", year, (Said(10, 60), Said(0, 20, "thema", ("pesten",)))
        )
        draft = Entry(client, Kind.PRESENTATIE, NOW.date(), "Het personeel", year, (Said(5, 90),))
        run(lambda vault: ledger.enter(vault, letter, today=NOW.date()), lambda _entered: None, desk.show_failure)
        run(
            lambda vault: ledger.never_sent(
                vault, ledger.enter(vault, draft, today=NOW.date()).id, reason="De bijeenkomst ging niet door."
            ),
            lambda _entered: None,
            desk.show_failure,
        )
        self.settle()
        listed = LedgerDialog(desk.context, desk, client, lambda _result: None)
        yield from self.shown(listed, "09-uitgegeven")
        listed.reject()
        form = EntryForm(desk.context, desk, client, lambda _entered: None)
        yield from self.shown(form, "09-uitgegeven-toevoegen")
        form.recipient.setText("De OR")
        form.numbers[0].least.setText("9000")
        form.verb.click()
        self.settle()
        yield from self.shown(form, "09-uitgegeven-tegenspraak")
        form.reject()

    def _door(self) -> Door:
        return replace(self.session.door, folder=self.session._practice_folder)  # noqa: SLF001


def picture(scheme: str, scale: int, out: Path, only: str) -> None:
    """Save a picture of each screen in one theme and scale."""
    app = QApplication([sys.argv[0]])
    prepare(app)
    home = Path(tempfile.gettempdir()) / "vpdesk"  # its name is in a picture, so it has no random part
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(mode=0o700)
    QCursor.setPos(app.primaryScreen().geometry().bottomRight())
    try:
        studio = Studio(app, home, scheme)
        suffix = f"-{scheme}" + ("" if scale == 1 else f"-{scale}00")
        for name in studio.screens():
            studio.settle()
            shown = studio.pictured or studio.window
            shown.activateWindow()
            studio.wait(shown.isActiveWindow)
            shown.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
            studio.app.processEvents()
            if not only or only in name:
                path = out / f"{name}{suffix}.png"
                shown.grab().save(str(path))
                print(path)
        studio.worker.close()
    finally:
        shutil.rmtree(home, ignore_errors=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="only screens with this in their name")
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--scheme", choices=["licht", "donker"], help="only this theme")
    parser.add_argument("--scale", type=int, choices=[1, 2], help="only this scale")
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    (asked := parser.parse_args()).out.mkdir(parents=True, exist_ok=True)
    if asked.child:
        picture(asked.scheme, asked.scale, asked.out, asked.only)
        return 0
    shared = ["--out", str(asked.out), "--only", asked.only]
    failed = 0
    for scheme, scale in itertools.product(
        [asked.scheme] if asked.scheme else ["licht", "donker"], [asked.scale] if asked.scale else [1, 2]
    ):
        failed |= _run(["tools.screens", "--child", "--scheme", scheme, "--scale", str(scale), *shared], scale)
    if asked.scheme != "donker" and asked.scale != 2:  # noqa: PLR2004 - the states of every page, once
        failed |= _run(["tools.screens_states", *shared], 1)
    return failed


def _run(module: list[str], scale: int) -> int:
    environment = os.environ | {"QT_SCALE_FACTOR": str(scale), "QT_FONT_DPI": "96"}
    return subprocess.run([sys.executable, "-m", *module], cwd=ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
