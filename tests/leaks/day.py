"""Runs the real program and does everything in it that a day may bring, with words that must be found nowhere after.

`python -m tests.leaks.day WHAT VAULT PASSPHRASE`, started in the folder where the user keeps files. WHAT: `day` goes
through the program and ends by locking it; `abort`, `kill` and `bug` end the program midway in three ways.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import signal
import sys
import threading
import time
import traceback
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QCoreApplication, Qt, QTimer, qWarning
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton

from tests.leaks.canaries import NAME, ORGANISATION, TEXT
from vpdesk import app, crash

if TYPE_CHECKING:
    from collections.abc import Callable

    from vpdesk.ui.desk import Desk

PATIENCE: Final = 120.0
LONGEST: Final = 220_000
SHEET: Final = "registraties.csv"
REPORT: Final = "verslag.pdf"
HANDOVER: Final = "vpdesk-1b2c3d4e.vpdesk"
titles: set[str] = set()


def until(condition: Callable[[], object]) -> None:
    """Let the window work until something holds, and hear what its windows are called."""
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError("The window did not answer.")
        QCoreApplication.processEvents()
        titles.update(window.windowTitle() for window in QApplication.topLevelWidgets())


def shown(kind: type[Any]) -> Any:
    """Wait for the visible widget of a kind."""

    def there() -> list[Any]:
        return [widget for widget in QApplication.allWidgets() if isinstance(widget, kind) and widget.isVisible()]

    until(there)
    return there()[-1]


class Day:
    """The steps, in the order in which they are taken."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.worker = desk.context.worker

    def settle(self) -> None:
        for _ in range(3):
            until(lambda: self.worker.idle)

    def go(self, name: str) -> Any:
        from vpdesk.ui.context import PageName, Place  # noqa: PLC0415 - as the program loads it

        self.desk.navigate(Place(PageName(name)))
        self.settle()
        return self.desk.page

    def add_organisation(self) -> None:
        from vpdesk.ui.pages.client_agreed import AgreementsDialog  # noqa: PLC0415
        from vpdesk.ui.pages.client_dialogs import ClientDialog  # noqa: PLC0415

        self.go("organisaties")
        self.desk.commands.new_client.trigger()
        dialog = shown(ClientDialog)
        QTest.keyClicks(dialog.name, ORGANISATION)
        QTest.keyClicks(dialog.contact, NAME)
        QTest.keyClicks(dialog.agreements, TEXT)
        dialog.verb.click()
        until(lambda: not dialog.isVisible())
        self.settle()
        self.desk.page.agreed.change.click()
        agreed = shown(AgreementsDialog)
        QTest.keyClicks(agreed.confidentiality, TEXT)
        QTest.keyClicks(agreed.recipients, NAME)
        agreed.verb.click()
        until(lambda: not agreed.isVisible())
        self.settle()

    def import_registrations(self) -> None:
        from vpdesk.ui.pages.import_dialog import ImportDialog  # noqa: PLC0415

        dialog = ImportDialog(self.desk.context, self.desk, ORGANISATION)
        dialog.show()

        def choose() -> None:
            files = QApplication.activeModalWidget()
            if not isinstance(files, QFileDialog):
                QTimer.singleShot(20, choose)
                return
            files.setDirectory(str(Path.cwd()))
            files.selectFile(str(Path.cwd() / SHEET))
            titles.add(files.windowTitle())
            files.done(1)

        QTimer.singleShot(0, choose)
        dialog.choose.click()
        until(dialog.verb.isEnabled)
        dialog.verb.click()
        until(lambda: not dialog.isVisible())
        self.settle()

    def hold_conversation(self) -> None:
        from vpdesk.ui.models.link import Limits  # noqa: PLC0415

        self.desk.commands.new_conversation.trigger()
        self.settle()
        talk: Any = self.desk.page
        QTest.keyClicks(talk.writing, f"{NAME} belt over {TEXT}.")
        talk.save_draft()
        self.settle()
        talk.writing.selectAll()
        QTest.keySequence(talk.writing, "Ctrl+C")
        QTest.keyClick(talk.writing, Qt.Key.Key_End)
        QTest.keyClick(talk.writing, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        self.settle()
        talk.panel.client.setCurrentIndex(talk.panel.client.findText(ORGANISATION))
        talk.panel.question.answers[Limits.DISCUSSED].click()
        talk.panel.save.click()
        from vpdesk.ui.pages.case import CasePage  # noqa: PLC0415

        until(lambda: isinstance(self.desk.page, CasePage))
        self.settle()

    def move_case(self) -> None:
        from vpdesk.domain.phases import Phase  # noqa: PLC0415
        from vpdesk.ui.pages.case_dialogs import MoveDialog  # noqa: PLC0415

        page: Any = self.desk.page
        page.move_to(Phase.MELDINGSFASE)
        dialog = shown(MoveDialog)
        QTest.keyClicks(dialog.reason, f"{NAME}: {TEXT}")
        dialog.verb.click()
        until(lambda: not dialog.isVisible())
        self.settle()

    def take_steps(self) -> None:
        """Record a wish and a step outward with what may be told, act without consent, and refer to an own address."""
        from vpdesk.domain.consent import Answer  # noqa: PLC0415
        from vpdesk.domain.steps import HANDED_OVER, Actor, StepKind  # noqa: PLC0415
        from vpdesk.ui.pages.case_regie import WishDialog  # noqa: PLC0415
        from vpdesk.ui.pages.directory_dialog import EntryDialog  # noqa: PLC0415
        from vpdesk.ui.pages.step_record import RecordStep  # noqa: PLC0415
        from vpdesk.ui.pages.step_view import StepView, TakeDialog, WithdrawDialog  # noqa: PLC0415

        page: Any = self.desk.page
        page.regie.change_wish.click()
        wish = shown(WishDialog)
        wish.wish.choose("erkenning")
        QTest.keyClicks(wish.words, f"{NAME}: {TEXT}")
        self._send(wish)
        page.record_step()
        form = shown(RecordStep)
        form.route.box.choose("leidinggevende betrekken")
        form.actor.buttons[Actor.VERTROUWENSPERSOON].click()
        form.consent.answer.buttons[Answer.JA].click()
        for field in (form.to, form.words, form.consent.content, form.consent.recipient, form.consent.words):
            QTest.keyClicks(field, f"{NAME}: {TEXT}")
        self._send(form)
        page.regie.list.opened.emit(page.regie.list.rows.rows[0].key)
        view = shown(StepView)
        until(lambda: view.step is not None)
        view.ways["withdraw"].click()
        self._send(shown(WithdrawDialog))
        view.ways["take"].click()
        take = shown(TakeDialog)
        for field in (take.came, take.reason):
            QTest.keyClicks(field, f"{NAME}: {TEXT}")
        self._send(take)
        view.reject()
        self.desk.commands.directory.trigger()
        self.settle()
        listed: Any = self.desk.page
        listed.new_button.click()
        entry = shown(EntryDialog)
        for field in (entry.name, entry.reach, entry.note):
            QTest.keyClicks(field, f"{NAME} {TEXT}")
        self._send(entry)
        QTest.keyClicks(listed.search, TEXT)
        self.desk.commands.back.trigger()
        self.settle()
        page.record_step(StepKind.VERWIJZING)
        form = shown(RecordStep)
        self.settle()
        form.whom.setEditText(f"{NAME} {TEXT}")
        form.manner.buttons[HANDED_OVER].click()
        self._send(form)

    def _send(self, form: Any) -> None:
        form.verb.click()
        until(lambda: not form.isVisible())
        self.settle()

    def report_and_pass_on(self) -> None:
        """Record a melding through the advisor with a message that the melder approved, and detriment after it."""
        from PySide6.QtGui import QGuiApplication  # noqa: PLC0415

        from vpdesk.ui.pages.detriment_dialogs import DetrimentDialog, DetrimentView, FollowedDialog  # noqa: PLC0415
        from vpdesk.ui.pages.melding_dialog import MeldingDialog  # noqa: PLC0415
        from vpdesk.ui.pages.melding_view import MeldingView  # noqa: PLC0415
        from vpdesk.ui.pages.relay_log import RelayLogDialog  # noqa: PLC0415
        from vpdesk.ui.pages.relay_message import MessageDialog, PassDialog  # noqa: PLC0415

        page: Any = self.desk.page
        self.desk.commands.case_melding.trigger()
        form = shown(MeldingDialog)
        form.relay.click()
        form.lodged.box.click()
        self._send(form)
        page.meldingen.list.opened.emit(page.meldingen.list.rows.rows[0].key)
        view = shown(MeldingView)
        until(lambda: view.melding is not None)
        view.open_relay()
        log = shown(RelayLogDialog)
        until(lambda: log.log is not None)
        log.verb.click()
        message = shown(MessageDialog)
        QTest.keyClicks(message.text, f"Over {TEXT}.")
        self._send(message)
        log.open_message(log.log.messages[0].id)
        message = shown(MessageDialog)
        QTest.keyClicks(message.reading.name, NAME)  # nobody is named with the case yet
        message.ways["approve"].click()
        self._send(shown(PassDialog))
        until(message.ways["copy"].isVisible)
        message.copy()
        until(lambda: TEXT in QGuiApplication.clipboard().text())
        for dialog in (message, log, view):
            dialog.reject()
        self.desk.commands.case_detriment.trigger()
        harm = shown(DetrimentDialog)
        next(iter(harm.forms.values())).click()
        QTest.keyClicks(harm.told, f"{NAME}: {TEXT}")
        self._send(harm)
        told = shown(DetrimentView)
        until(lambda: told.detriment is not None)
        told.verb.click()
        followed = shown(FollowedDialog)
        QTest.keyClicks(followed.told, f"{NAME}: {TEXT}")
        self._send(followed)
        told.reject()

    def name_people(self) -> None:
        """Put names in a case, show them, and ask about one before a story is told."""
        from vpdesk.ui.pages.conflict_check import ConflictDialog  # noqa: PLC0415
        from vpdesk.ui.pages.person_dialogs import MatterDialog, PersonDialog  # noqa: PLC0415

        page: Any = self.desk.page
        self.desk.commands.case_person.trigger()
        person = shown(PersonDialog)
        for line in (person.name, person.aliases):
            QTest.keyClicks(line, NAME)
        for line in (person.reach, person.hours):
            QTest.keyClicks(line, f"{NAME} {TEXT}")
        person.verb.click()
        until(lambda: not person.isVisible())
        self.desk.commands.case_matter.trigger()
        matter = shown(MatterDialog)
        QTest.keyClicks(matter.name, TEXT)
        matter.verb.click()
        until(lambda: not matter.isVisible())
        self.settle()
        self.desk.commands.case_people.trigger()
        self.settle()
        until(lambda: any(NAME in label.text() for label in page.people.findChildren(QLabel)))
        self.desk.commands.check_conflict.trigger()
        asked = shown(ConflictDialog)
        QTest.keyClicks(asked.other, NAME)
        QTest.keyClicks(asked.matter, TEXT)
        asked.verb.click()
        until(lambda: bool(asked.answer))
        asked.sentence.copy.click()
        asked.reject()
        self._call_back()

    def _call_back(self) -> None:
        from vpdesk.ui.pages.call_back_dialogs import CallBackForm  # noqa: PLC0415

        self.desk.commands.new_call_back.trigger()
        form = shown(CallBackForm)
        for line in (form.called, form.reach, form.hours):
            QTest.keyClicks(line, f"{NAME} {TEXT}")
        self._send(form)

    def keep_evidence(self) -> None:
        """Put a bewaarstop on a case, keep a file with it and look at that."""
        from vpdesk.ui.pages.attachment_dialogs import StoreDialog  # noqa: PLC0415
        from vpdesk.ui.pages.attachment_view import AttachmentView  # noqa: PLC0415
        from vpdesk.ui.pages.retention_dialogs import HoldDialog  # noqa: PLC0415

        page: Any = self.desk.page
        self.desk.commands.case_hold.trigger()
        hold = shown(HoldDialog)
        QTest.keyClicks(hold.reason, f"{NAME}: {TEXT}")
        self._send(hold)
        page.attachments.add.click()
        form = shown(StoreDialog)
        form.path = Path.cwd() / SHEET
        QTest.keyClicks(form.reason, f"{NAME}: {TEXT}")
        self._send(form)
        until(lambda: any(button.text() == "Bekijken" for button in page.attachments.findChildren(QPushButton)))
        next(button for button in page.attachments.findChildren(QPushButton) if button.text() == "Bekijken").click()
        view = shown(AttachmentView)
        until(lambda: view.shown is not None)
        view.reject()
        self.settle()

    def hand_over(self) -> None:
        """Make the file for a colleague with every case in it, names too, and look at the list of that."""
        from vpdesk.ui.pages.handover_dialog import HandOverDialog  # noqa: PLC0415
        from vpdesk.ui.pages.handover_list import HandoverList  # noqa: PLC0415

        self.desk.commands.hand_over.trigger()
        form = shown(HandOverDialog)
        until(lambda: form.choose.boxes)
        for box, _ in form.choose.boxes:
            box.setChecked(True)
        QTest.keyClicks(form.choose.to, NAME)
        form.verb.click()
        for card in form.consent.cards:
            card.answer.buttons[card.YES].click()
            card.named.setChecked(True)
        form.verb.click()
        form.going.close_too.setChecked(False)
        form.going.written.setChecked(True)
        QTest.keyClicks(form.going.word, "overdragen")
        form.make(Path.cwd() / HANDOVER)
        until(lambda: form.step == len(form._steps) - 1)
        form.verb.click()
        self.desk.commands.handovers.trigger()
        listed = shown(HandoverList)
        until(lambda: any(NAME in line for line in listed.lines))
        listed.accept()
        self.settle()

    def search(self) -> None:
        page = self.go("gesprekken")
        QTest.keyClicks(page.search, TEXT)
        until(lambda: page.hits.model().rowCount() > 0)
        self.desk.commands.search.trigger()
        palette = self.desk.palette_
        QTest.keyClicks(palette.field, ORGANISATION)
        until(lambda: any(ORGANISATION in text for text in palette.texts))
        QTest.keyClick(palette.field, Qt.Key.Key_Escape)
        self.settle()

    def note_quickly(self) -> None:
        page = self.go("vandaag")
        QTest.keyClicks(page.quick.text, f"{NAME} {TEXT}")
        page.quick.write_down()
        self.settle()

    def log_work(self) -> None:
        """Write down advice and what became of it, copy the hours of an invoice, and let a clock run."""
        from vpdesk.ui.pages.activity_dialogs import ActivityDialog, FollowUpDialog  # noqa: PLC0415
        from vpdesk.ui.pages.invoice_dialog import InvoiceDialog  # noqa: PLC0415
        from vpdesk.ui.pages.timer_dialogs import StartTimerDialog  # noqa: PLC0415

        page = self.go("activiteiten")
        QTest.keyClicks(page.quick.time, "45")
        QTest.keyClicks(page.quick.what, f"{NAME} {TEXT}")
        page.quick.save_draft()
        self.settle()
        page.quick.write_down()
        self.settle()
        self.desk.commands.new_activity.trigger()
        form = shown(ActivityDialog)
        self.settle()
        form.task.choose("signaal")
        form.client.setCurrentIndex(form.client.findText(ORGANISATION))
        QTest.keyClicks(form.time, "1:30")
        QTest.keyClicks(form.what, f"{TEXT} {NAME}")
        form.verb.click()
        self.settle()
        page.advice.list.opened.emit(page.advice.list.rows.rows[0].key)
        follow = shown(FollowUpDialog)
        QTest.keyClicks(follow.note, f"{NAME}: {TEXT}")
        follow.verb.click()
        self.settle()
        self.desk.commands.invoice_hours.trigger()
        hours = shown(InvoiceDialog)
        self.settle()
        hours.client.setCurrentIndex(hours.client.findText(ORGANISATION))
        until(lambda: ORGANISATION in hours.text.toPlainText())
        hours.verb.click()
        hours.back.click()
        self.desk.commands.timer.trigger()
        clock = shown(StartTimerDialog)
        QTest.keyClicks(clock.what, f"{TEXT} {NAME}")
        clock.verb.click()
        until(self.desk.top.clock.isVisible)
        self.settle()

    def keep_a_record(self) -> None:
        """Write down who pressed for names, copy the answer, make it final and add to it."""
        from vpdesk.ui.pages.guided_dialogs import AdditionDialog, BeginDialog, FinaliseDialog  # noqa: PLC0415

        self.desk.commands.guided_request.trigger()
        asked = shown(BeginDialog)
        self.settle()
        asked.verb.click()
        until(lambda: not asked.isVisible())
        self.settle()
        page: Any = self.desk.page
        until(lambda: bool(page.fields))
        QTest.keyClicks(page.fields["wat"].text, f"{NAME}: {TEXT}")
        page.in_writing.copy.click()
        page.final.click()
        final = shown(FinaliseDialog)
        final.rest.setChecked(True)
        final.outcome.choose("niets gegeven")
        QTest.keyClicks(final.word, "definitief")
        final.verb.click()
        until(lambda: not final.isVisible())
        self.settle()
        page.add.click()
        add = shown(AdditionDialog)
        QTest.keyClicks(add.text, f"{TEXT} {NAME}")
        add.verb.click()
        until(lambda: not add.isVisible())
        self.settle()

    def report(self) -> None:
        from datetime import date  # noqa: PLC0415

        from vpdesk.domain.periods import Period  # noqa: PLC0415

        page = self.go("jaarverslag")

        def ready() -> bool:
            return bool(self.worker.idle and not page.making.busy and not page.findings.dirty)

        until(ready)
        until(lambda: page.client_id is not None)
        year = self.desk.context.clock().year - 1
        page.choose(Period(date(year, 1, 1), date(year, 12, 31)))
        until(ready)
        page.chapters.choose("signalen")
        page.findings.put_text(f"Over {TEXT} is gesproken.")
        until(ready)
        (mark,) = page.findings.marks  # a matter is called so
        page.findings.kept.emit(mark, f"Ook om {TEXT}")
        until(ready)
        page.chapters.choose("organisatie")
        (reader,) = page.findings.marks  # who reads the report has a name
        page.findings.kept.emit(reader, f"Zo heet {TEXT}")
        until(page.export.isEnabled)
        page.export_to(Path.cwd() / REPORT)
        until(lambda: page.shown is not None and page.shown.exported is not None)
        until(ready)

    def back_up_and_choose(self) -> None:
        page = self.go("kluis")
        page.make_backup()
        self.settle()
        page = self.go("instellingen")
        page.text_size.setCurrentIndex(1)
        page.clipboard.choose(30)
        page.idle.choose(10)
        self.desk.commands.sidebar.trigger()
        self.desk.window().resize(1100, 720)
        self.settle()

    def begin_another(self) -> None:
        """Leave something typed that is nowhere but on the screen."""
        self.desk.commands.new_conversation.trigger()
        self.settle()
        talk: Any = self.desk.page
        QTest.keyClicks(talk.writing, f"Nog niet bewaard: {NAME}, {TEXT}.")

    def whole(self) -> None:
        for step in (
            self.add_organisation,
            self.import_registrations,
            self.hold_conversation,
            self.move_case,
            self.take_steps,
            self.report_and_pass_on,
            self.name_people,
            self.keep_evidence,
            self.hand_over,
            self.search,
            self.note_quickly,
            self.log_work,
            self.keep_a_record,
            self.report,
            self.back_up_and_choose,
            self.begin_another,
        ):
            step()
        own = [Path(f"/proc/self/{name}").read_bytes().decode(errors="replace") for name in ("cmdline", "environ")]
        dumpable = ctypes.CDLL(None).prctl(3, 0, 0, 0, 0)
        say(json.dumps({"titles": sorted(titles), "process": own, "dumpable": dumpable}))
        self.desk.commands.lock.trigger()

    def fail(self) -> None:
        """Let bugs happen whose words hold content, in every place where Python or Qt would say them."""

        def burst() -> None:
            raise ValueError(f"{NAME} {TEXT}")

        self.begin_another()
        QTimer.singleShot(0, burst)
        thread = threading.Thread(target=burst)
        thread.start()
        thread.join()
        qWarning(f"QTextCursor: {TEXT}")
        self.worker.run(lambda _vault: burst(), lambda _: None, lambda _: None)
        self.settle()
        self.desk.commands.quit.trigger()


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def too_late() -> None:
    say("The window did not come to its next step.")
    os._exit(2)


def unlock(passphrase: str) -> None:
    from vpdesk.ui.screens.lock import LockScreen  # noqa: PLC0415

    screen = shown(LockScreen)
    QTest.keyClicks(screen.passphrase, passphrase)
    QTest.keyClick(screen.passphrase, Qt.Key.Key_Return)


def work(what: str) -> None:
    from vpdesk.ui.desk import Desk  # noqa: PLC0415

    day = Day(shown(Desk))
    if what == "day":
        day.whole()
    elif what == "bug":
        day.fail()
    else:
        day.begin_another()
        os.kill(os.getpid(), signal.SIGABRT if what == "abort" else signal.SIGKILL)


def main() -> int:
    what, vault, passphrase = sys.argv[1:]
    crash.leave_nothing()
    steps = [partial(unlock, passphrase), partial(work, what)]

    def take() -> None:
        try:
            steps.pop(0)()
        except BaseException:  # noqa: BLE001 - Qt would print it and go on
            traceback.print_exc()
            os._exit(1)

    def ready() -> None:
        QTimer.singleShot(LONGEST, too_late)
        if steps:
            QTimer.singleShot(0, take)

    asked = argparse.Namespace(vault=Path(vault), demo=False, quit_after_paint=False, report_modules=None)
    return app.run(asked, ready=ready)


if __name__ == "__main__":
    sys.exit(main())
