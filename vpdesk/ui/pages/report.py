"""Jaarverslag: left what the advisor writes, right what the reader gets, below what is hidden and why."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from vpdesk.domain import wording
from vpdesk.domain.errors import VpdeskError
from vpdesk.operations import clients, report_names, report_said, reports
from vpdesk.operations.report_names import KnownNames, Watched
from vpdesk.operations.report_skipping import skipped
from vpdesk.operations.reports import ChapterState, HiddenNote, Level, Prepared, ReportPreview
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context, PageName, Place
from vpdesk.ui.models import report_periods
from vpdesk.ui.pages.ledger_dialogs import LedgerDialog
from vpdesk.ui.pages.report_before import Before, before
from vpdesk.ui.pages.report_dialogs import HiddenDialog, ask_author
from vpdesk.ui.pages.report_hidden import NOT_CHECKED
from vpdesk.ui.pages.report_refusal import without_export
from vpdesk.ui.pages.report_revision import RevisionNotice
from vpdesk.ui.pages.report_skipping import left_out_in_words
from vpdesk.ui.pages.report_writing import ReportWriting, Wanted
from vpdesk.ui.widgets.buttons import Button
from vpdesk.ui.widgets.messages import Message

if TYPE_CHECKING:
    from vpdesk.operations.reports import Gathered
    from vpdesk.operations.vaults import Vault


def _with_points(chapter: ChapterState, watched: Watched) -> ChapterState:
    return replace(chapter, open_marks=len(watched.open_marks(chapter.key, chapter.text)))


class ReportPage(ReportWriting):
    """The builder of a report."""

    topics = frozenset({Topic.CLIENTS, Topic.CASES, Topic.CONVERSATIONS, Topic.REPORTS})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.revision = RevisionNotice(context, self)
        self._reading: Wanted | None = None
        self._connect()

    def _connect(self) -> None:
        self.findings.typed.connect(self._unchecked)
        self.findings.wants_published.connect(self._show_published)
        self.findings.wants_author.connect(lambda: ask_author(self.context, self))
        self.findings.wants_texts.connect(self._ask_texts)
        self.making.begun.connect(self._begun)
        self.making.moved.connect(self.preview.progress.advance)
        self.making.ready.connect(self._arrived)
        self.making.refused.connect(self._refused)
        self.revision.told.connect(self._say)
        self.revision.wanted.connect(self.make)
        self.preview.progress.cancelled.connect(self.making.cancel)
        self.hidden.explained.connect(self._explain)
        self.points.clicked.connect(self.to_points)
        self.published.clicked.connect(self._show_published)
        self.crossed.clicked.connect(self._choose_crossed)
        self.work.clicked.connect(self._choose_work)
        self.to_clients.clicked.connect(lambda: self.context.navigate(Place(PageName.ORGANISATIES)))
        QShortcut(QKeySequence("Alt+PgDown"), self, self.preview.after.click)
        QShortcut(QKeySequence("Alt+PgUp"), self, self.preview.before.click)
        QShortcut(QKeySequence("F8"), self, lambda: self.to_mark(1))
        QShortcut(QKeySequence("Shift+F8"), self, lambda: self.to_mark(-1))

    def _ask_texts(self) -> None:
        if self.client_id is not None:
            from vpdesk.ui.pages.report_texts import ask_texts  # noqa: PLC0415 - seldom needed

            ask_texts(self.context, self, self.client_id)

    def open(self, place: Place) -> None:
        """Show the builder, for the organisation that was asked for."""
        self._export_wanted = False
        if place.client is not None and place.client != self.client_id:
            self._wanted = place.client
            self._stale = True

    def first_focus(self) -> QWidget | None:
        """Return the chapters, or the way on when there is no organisation."""
        return self.to_clients if self._stack.currentIndex() else self.chapters

    def refresh(self) -> None:
        """Ask for the organisations; the preview follows."""
        if self.shown is not None:
            self._unchecked()  # something changed since it was checked
        self.context.worker.run(clients.clients, self._offer_clients, self.context.failed)

    def make(self) -> None:
        """Make the preview anew."""
        client, period, audience = self.client_id, self._period, self._audience
        if client is None or period is None:
            return
        today, revised = self.context.clock().date(), self.revision.wants(client, period, audience)
        choices = self._trial.choices if self._trial is not None else None
        wanted = (client, period, audience, revised)
        if wanted != self._report:
            self._turn_to(wanted)
        elif self.shown is None:
            self._say(None)  # what came of the time before
            self._show_waiting()
            self._read_texts()

        def gather(vault: "Vault") -> "Gathered":
            return reports.gather(
                vault,
                client_id=client,
                period=period,
                audience=audience,
                today=today,
                revised=revised,
                choices=choices,
            )

        self.making.want(gather)

    def _turn_to(self, wanted: "Wanted") -> None:
        """Take the report before off the screen, and show what was written for this one."""
        self.findings.flush()  # what was being typed goes to the report it was typed for
        self._report, self._just_said, self._watched, self._before = wanted, False, None, Before()
        self._say(None)
        self._show_waiting()
        self._show_texts(reports.chapters_of({}), writable=False, out=False)
        self._read_texts()

    def _show_waiting(self) -> None:
        """Show that the report is being checked, and nothing of it."""
        self._show_nothing(
            "wordt nagerekend",
            f"Hier komt het verslag over {self._days()}.",
            "U kunt intussen aan de teksten werken.",
            "Dit volgt zodra het verslag is nagerekend.",
        )
        self._show_progress()

    def _show_progress(self) -> None:
        self.preview.progress.start(f"Het verslag over {self._days()} wordt nagerekend…")

    def _days(self) -> str:
        return report_periods.label(self._report[1]) if self._report is not None else ""

    def _show_nothing(self, verdict: str, why: str, more: str, hidden: str) -> None:
        if self.window().focusWidget() in {self.hidden.table, self.preview.pages}:  # these go: the keyboard stays here
            self.chapters.setFocus(Qt.FocusReason.OtherFocusReason)
        self.prepared = self.shown = None
        self._checked = False
        self.export.setEnabled(False)
        self.points.hide()
        self.preview.show_nothing(why, more)
        self.hidden.clear(verdict, hidden)

    def _read_texts(self) -> None:
        """Ask the vault what was written and mark its words; a report that is there by then says it itself."""
        wanted = self._reading = self._report
        if wanted is None:
            return
        client, period, audience, revised = wanted

        def read(vault: "Vault") -> tuple[tuple[ChapterState, ...], bool, Watched, Before]:
            writable = reports.may_write(vault, client_id=client, period=period, audience=audience, revised=revised)
            watched = report_names.watched(vault, client_id=client, period=period, audience=audience)
            written = reports.findings(vault, client_id=client, period=period)
            chapters = reports.chapters_of(written, skipped(vault, client))
            marked = tuple(_with_points(state, watched) if writable else state for state in chapters)
            return marked, writable, watched, before(vault, client, period)

        def show(found: tuple[tuple[ChapterState, ...], bool, Watched, Before]) -> None:
            if self._report == wanted:
                self._before = found[-1]
                self._show_rows()
            if self._reading == wanted:
                chapters, writable, self._watched, _ = found
                self._show_texts(chapters, writable=writable, out=not writable)

        self.context.worker.run(read, show, self.context.failed)

    def _begun(self) -> None:
        self._late.clear()  # what was sent to the vault before is read now
        self._unchecked()
        self._checked = False
        self._show_rows()
        self.hidden.set_ideas_enabled(enabled=False)
        self._show_progress()

    def _arrived(self, prepared: Prepared) -> None:
        """Show a report that was made, with what was written since the vault was read for it."""
        about = (prepared.gathered.client.id, prepared.gathered.period)
        late = {chapter: text for (*report, chapter), text in self._late.items() if tuple(report) == about}
        findings = {**prepared.gathered.findings, **late}
        if any(prepared.gathered.findings.get(chapter, "") != text for chapter, text in late.items()):
            self.making.redraw(prepared, findings)
        else:
            self.show_prepared(prepared)

    def _unchecked(self) -> None:
        """Say that what is shown is older than what is typed or known, or that it is being checked."""
        self.export.setEnabled(False)
        if self.shown is None:
            return
        self.hidden.verdict.show_state(NOT_CHECKED, "warning")
        self.preview.say_state(NOT_CHECKED)

    def show_prepared(self, prepared: Prepared) -> None:
        """Show a report that was made, what it hides, and whether it may go out as it stands."""
        self.preview.progress.finish()
        self.prepared = prepared
        self.shown = shown = reports.shown(prepared)
        self._reading, self._checked = None, True
        gathered = prepared.gathered
        self._watched = Watched(KnownNames(gathered.names, gathered.called), gathered.accepted)
        self.preview.load(shown.pdf)
        chosen = self.hidden.table.value
        self.hidden.show_notes(shown.hidden, keep=chosen.dimension if chosen is not None else "")
        points = sum(chapter.open_marks for chapter in shown.chapters)
        self.export.setEnabled(points == 0)
        self.say_left_out(left_out_in_words(gathered.skipped))
        self._say_verdict(shown)
        self._say_trial(prepared)
        out = shown.exported is not None
        self._show_texts(shown.chapters, writable=not out, out=out)
        self.points.setVisible(points > 0)
        self.points.setText(f"Nog {wording.counted(points, 'punt', 'punten')}")
        self.points.setAccessibleName(f"{self.points.text()}: naar het eerste")
        self.points.updateGeometry()
        self._say_exported(shown)
        self.revision.look(prepared)
        if self._export_wanted and not (self.findings.dirty or self._unkept):
            self._export_wanted = False
            if self.isVisible():
                self.export_when_ready()

    def _say_verdict(self, shown: ReportPreview) -> None:
        if self.findings.dirty or self._unkept or not shown.audited:
            self._unchecked()  # something was typed since
            return
        if shown.level is Level.GEEN_GETALLEN:
            self.hidden.verdict.show_state("geen aantallen, dus niets na te rekenen", "ok")
        else:
            when = (self.making.audited(self.prepared) if self.prepared else None) or self.context.clock()
            self.hidden.verdict.show_state(f"nagerekend om {when:%H:%M}, geen klein aantal af te leiden", "ok")
        self.preview.say_state("")

    def _say_exported(self, shown: ReportPreview) -> None:
        existing = self.prepared.gathered.existing if self.prepared is not None else None
        just_said, self._just_said = self._just_said, False
        if just_said:
            return  # what came of an export, with where it is or what to do
        if shown.exported is not None and existing is not None:
            self._say(Message(reports.already_exported(existing), "info"))
        elif self.prepared is not None and (
            words := report_said.before_export(self.prepared, today=self.context.clock().date())
        ):
            self._say(Message(words, "info"))
        else:
            self._say(None)

    def _refused(self, error: VpdeskError | None) -> None:
        focused = self.window().focusWidget()
        stopped_by_key = focused is not None and self.preview.progress.isAncestorOf(focused)
        self.preview.progress.finish()
        self.revision.forget()
        self._export_wanted = False
        if self._trial is not None:
            self._trial_failed(error)
            return
        self._show_nothing(
            "niet nagerekend",
            f"Er is nu geen voorbeeld van het verslag over {self._days()}.",
            "Uw teksten staan klaar. U kunt eraan werken.",
            "Er is nu geen verslag om na te rekenen.",
        )
        if self._report is not None and self._report[-1]:  # the revised edition was given up: the one that is out stays
            self._report = (*self._report[:-1], False)
            self._read_texts()
        again = Button("Opnieuw", size=28)
        again.clicked.connect(self.make)
        if error is None:
            self._say(Message("Het narekenen is gestopt.", "info", button=again))
        else:
            self._say(Message(without_export(error.sentence), "danger", button=again))
        if stopped_by_key:
            again.setFocus(Qt.FocusReason.OtherFocusReason)
            self.reveal_focus()

    def _explain(self, note: HiddenNote) -> None:
        HiddenDialog(self, note, self.shown.notes if self.shown is not None else ()).open()

    def _show_published(self) -> None:
        if self.client_id is not None:
            LedgerDialog(self.context, self, self.client_id, self._delivered).open()
