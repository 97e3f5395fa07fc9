"""Jaarverslag: left what the advisor writes, right what the reader gets, below what is hidden and why."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from vpdesk.domain import wording
from vpdesk.domain.errors import VpdeskError
from vpdesk.operations import clients, report_names, report_said, reports
from vpdesk.operations.report_names import KnownNames, Watched
from vpdesk.operations.reports import ChapterState, HiddenNote, Level, Mark, Prepared, ReportPreview
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context, PageName, Place
from vpdesk.ui.models import report_periods
from vpdesk.ui.pages.ledger_dialogs import LedgerDialog
from vpdesk.ui.pages.page import Unkept
from vpdesk.ui.pages.report_choosing import ReportChoosing
from vpdesk.ui.pages.report_dialogs import HiddenDialog, ask_author
from vpdesk.ui.pages.report_hidden import NOT_CHECKED
from vpdesk.ui.pages.report_refusal import without_export
from vpdesk.ui.pages.report_revision import RevisionNotice
from vpdesk.ui.widgets.buttons import Button
from vpdesk.ui.widgets.chapters import ChapterRow
from vpdesk.ui.widgets.messages import Message

if TYPE_CHECKING:
    from vpdesk.domain.ids import ClientId
    from vpdesk.domain.periods import Period
    from vpdesk.domain.statements import Audience
    from vpdesk.operations.reports import Gathered
    from vpdesk.operations.vaults import Vault

    Wanted = tuple[ClientId, Period, Audience, bool]


def _with_points(chapter: ChapterState, watched: Watched) -> ChapterState:
    return replace(chapter, open_marks=len(watched.open_marks(chapter.key, chapter.text)))


class ReportPage(ReportChoosing):
    """The builder of a report."""

    topics = frozenset({Topic.CLIENTS, Topic.CASES, Topic.CONVERSATIONS, Topic.REPORTS})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.revision = RevisionNotice(context, self)
        self._unkept: dict[tuple[ClientId, Period, str], str] = {}
        self._late: dict[tuple[ClientId, Period, str], str] = {}
        self._report: Wanted | None = None
        self._reading: Wanted | None = None
        self._texts: tuple[ChapterState, ...] = ()
        self._writable = self._out = False
        self._checked = False
        self._watched: Watched | None = None
        self._connect()

    def _connect(self) -> None:
        self.chapters.chosen.connect(self._show_chapter)
        self.findings.typed.connect(self._unchecked)
        self.findings.looked.connect(self._look)
        self.findings.changed.connect(self._save_finding)
        self.findings.kept.connect(self._keep_mark)
        self.findings.wants_earlier.connect(self._take_earlier)
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
        QShortcut(QKeySequence("F8"), self, lambda: self.findings.to_mark(1))
        QShortcut(QKeySequence("Shift+F8"), self, lambda: self.findings.to_mark(-1))

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

    def unsaved(self) -> tuple[str, str] | None:
        """Send what was just typed on its way; findings need no draft."""
        self.findings.flush()
        return None

    def unkept(self) -> tuple[Unkept, ...]:
        """Return the findings that the vault did not confirm."""
        return tuple(
            Unkept(partial(reports.save_finding, client_id=client, period=period, chapter=chapter, text=text), text)
            for (client, period, chapter), text in self._unkept.items()
        )

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
        self._report, self._written, self._watched = wanted, "", None
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

        def read(vault: "Vault") -> tuple[tuple[ChapterState, ...], bool, Watched]:
            writable = reports.may_write(vault, client_id=client, period=period, audience=audience, revised=revised)
            watched = report_names.watched(vault, client_id=client, period=period, audience=audience)
            chapters = reports.chapters_of(reports.findings(vault, client_id=client, period=period))
            return tuple(_with_points(state, watched) if writable else state for state in chapters), writable, watched

        def show(found: tuple[tuple[ChapterState, ...], bool, Watched]) -> None:
            if self._reading == wanted:
                chapters, writable, self._watched = found
                self._show_texts(chapters, writable=writable, out=not writable)

        self.context.worker.run(read, show, self.context.failed)

    def _show_texts(self, chapters: tuple[ChapterState, ...], *, writable: bool, out: bool) -> None:
        self._texts, self._writable, self._out = chapters, writable, out
        self._show_rows()
        self._show_chapter(self.chapters.key)

    def _show_rows(self) -> None:
        self.chapters.show_rows(
            [
                ChapterRow(
                    chapter.key,
                    chapter.title,
                    chapter.open_marks,
                    bool(chapter.text.strip()),
                    chapter.printed,
                    self._checked,
                )
                for chapter in self._texts
            ]
        )

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
        wanted, self._export_wanted = self._export_wanted, False
        if wanted and self.isVisible():
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
        written, self._written = self._written, ""
        if existing is not None and existing.sha256 == written:
            return  # it was said just now, with where it is
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

    def _show_chapter(self, key: str) -> None:
        if self.findings.chapter and self.findings.chapter != key:
            self.findings.flush()
        chapter = next((chapter for chapter in self._texts if chapter.key == key), None)
        if chapter is not None:
            self.findings.show_chapter(chapter, writable=self._writable, out=self._out)
            self.findings.show_marks(self._open_marks(chapter))

    def _open_marks(self, chapter: ChapterState) -> tuple[Mark, ...]:
        """Return the open marks of a chapter: while there are no numbers, those of its words."""
        if self.prepared is not None and not chapter.writable:
            return self.prepared.open_marks
        if self.prepared is not None:
            return reports.open_marks_in(self.prepared, chapter.key, chapter.text)
        return self._watched.open_marks(chapter.key, chapter.text) if self._watched is not None else ()

    def _look(self, chapter: str, text: str) -> None:
        """Mark what is being typed, before it is kept and drawn."""
        state = next((state for state in self._texts if state.key == chapter), None)
        if state is not None:
            typed = replace(state, text=text)
            found = self._open_marks(typed)
            typed = replace(typed, open_marks=len(found))
            self._texts = tuple(typed if each.key == chapter else each for each in self._texts)
            self._show_rows()
            self.findings.show_marks(found)

    def _save_finding(self, chapter: str, text: str) -> None:
        if self._report is None or not chapter:
            return
        # Another report may have been chosen since: the text belongs to the one that it was typed for.
        client, period, *_ = self._report
        self._unchecked()
        self._unkept[client, period, chapter] = self._late[client, period, chapter] = text
        self._texts = tuple(replace(state, text=text) if state.key == chapter else state for state in self._texts)
        self._show_rows()

        def saved(_nothing: object) -> None:
            if self._unkept.get((client, period, chapter)) == text:
                del self._unkept[client, period, chapter]
            prepared = self.prepared
            if self.making.busy or prepared is None:
                return  # what is being made is drawn with it; what was refused reads it when it is made again
            if (prepared.gathered.client.id, prepared.gathered.period) == (client, period):
                self.making.redraw(prepared, {**prepared.gathered.findings, chapter: text})

        self.context.worker.run(
            lambda vault: reports.save_finding(vault, client_id=client, period=period, chapter=chapter, text=text),
            saved,
            self.context.failed,
        )

    def _keep_mark(self, mark: Mark, reason: str) -> None:
        if self._report is None:
            return
        client, period, audience, _ = self._report
        self.context.worker.run(
            lambda vault: reports.accept_mark(
                vault, client_id=client, period=period, audience=audience, mark=mark, reason=reason
            ),
            lambda _: self.make(),
            self.context.failed,
        )

    def _take_earlier(self) -> None:
        client, period, chapter = self.client_id, self._period, self.findings.chapter
        if client is None or period is None:
            return
        before = report_periods.year_before(period)

        report = self._report

        def take(found: dict[str, str]) -> None:
            if (self._report, self.findings.chapter) != (report, chapter):
                return  # another text stands there by now
            text = found.get(chapter, "")
            if not text:
                self.context.message(f"Bij dit hoofdstuk staat geen tekst van {report_periods.label(before)}.")
            elif self.findings.text.toPlainText().strip():
                self.findings.put_text(f"{self.findings.text.toPlainText().rstrip()}\n\n{text}")
            else:
                self.findings.put_text(text)

        self.context.worker.run(
            lambda vault: reports.findings(vault, client_id=client, period=before), take, self.context.failed
        )

    def _explain(self, note: HiddenNote) -> None:
        HiddenDialog(self, note, self.shown.notes if self.shown is not None else ()).open()

    def _show_published(self) -> None:
        if self.client_id is not None:
            LedgerDialog(self.context, self, self.client_id, self._delivered).open()
