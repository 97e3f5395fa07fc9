"""Jaarverslag: left what the advisor writes, right what the reader gets, below what is hidden and why."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from vpdesk.domain import wording
from vpdesk.domain.cases import Client
from vpdesk.domain.errors import BackupError, LedgerUnknownError, VpdeskError
from vpdesk.domain.ids import ClientId
from vpdesk.domain.periods import Period
from vpdesk.domain.statements import Audience
from vpdesk.operations import backups, cases, clients, reports
from vpdesk.operations.places import usual_place
from vpdesk.operations.reports import ExportResult, HiddenNote, Level, Mark, Prepared, ReportPreview
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context, PageName, Place
from vpdesk.ui.models import report_periods
from vpdesk.ui.pages.ledger_dialogs import LedgerDialog
from vpdesk.ui.pages.page import Unkept
from vpdesk.ui.pages.report_crossed import open_crossed
from vpdesk.ui.pages.report_dialogs import (
    AUDIENCES,
    HiddenDialog,
    PeriodDialog,
    ask_place,
    show_folder,
)
from vpdesk.ui.pages.report_making import Making
from vpdesk.ui.pages.report_revision import RevisionNotice
from vpdesk.ui.pages.report_sheet import ReportSheet
from vpdesk.ui.widgets.buttons import Button
from vpdesk.ui.widgets.chapters import ChapterRow
from vpdesk.ui.widgets.messages import Message

if TYPE_CHECKING:
    from vpdesk.operations.reports import Gathered
    from vpdesk.operations.vaults import Vault

_OTHER: Final = "andere periode"


class ReportPage(ReportSheet):
    """The builder of a report."""

    topics = frozenset({Topic.CLIENTS, Topic.CASES, Topic.CONVERSATIONS, Topic.REPORTS})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._clients: tuple[Client, ...] = ()
        self._wanted: ClientId | None = None
        self._period: Period | None = None
        self._years: tuple[int, ...] = ()
        self._audience = Audience.WERKGEVER
        self.prepared: Prepared | None = None
        self.shown: ReportPreview | None = None
        self.making = Making(context.worker, self)
        self.revision = RevisionNotice(context, self)
        self._unkept: dict[tuple[ClientId, Period, str], str] = {}
        self._export_wanted = False
        self._connect()

    def _connect(self) -> None:
        self.by_period.chosen.connect(self._choose_period)
        for chip in (self.by_period, self.by_client, self.by_audience):
            chip.repeated.connect(self._try_again)
        self.by_client.chosen.connect(lambda _: self._other_client())
        self.by_audience.chosen.connect(self._choose_audience)
        self.chapters.chosen.connect(self._show_chapter)
        self.findings.changed.connect(self._save_finding)
        self.findings.kept.connect(self._keep_mark)
        self.findings.wants_earlier.connect(self._take_earlier)
        self.making.begun.connect(self._begun)
        self.making.moved.connect(self.preview.progress.advance)
        self.making.ready.connect(self._show)
        self.making.refused.connect(self._refused)
        self.revision.told.connect(self._say)
        self.revision.wanted.connect(self.make)
        self.preview.progress.cancelled.connect(self.making.cancel)
        self.hidden.explained.connect(self._explain)
        self.points.clicked.connect(self.to_points)
        self.export.clicked.connect(self._ask_place)
        self.published.clicked.connect(self._show_published)
        self.crossed.clicked.connect(self._choose_crossed)
        self.to_clients.clicked.connect(lambda: self.context.navigate(Place(PageName.ORGANISATIES)))
        QShortcut(QKeySequence("F8"), self, lambda: self.findings.to_mark(1))
        QShortcut(QKeySequence("Shift+F8"), self, lambda: self.findings.to_mark(-1))

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
        self.context.worker.run(clients.clients, self._offer_clients, self.context.failed)

    @property
    def client_id(self) -> ClientId | None:
        """The organisation that the report is about."""
        value = self.by_client.value if self._clients else None
        return ClientId(value) if isinstance(value, int) else None

    @property
    def period(self) -> Period | None:
        """The days that the report is about."""
        return self._period

    def choose(self, period: Period, audience: Audience | None = None) -> None:
        """Make the report about other days, or for others."""
        self._period = period
        self._audience = audience or self._audience
        self._offer_periods()
        self.by_audience.set_value(self._audience)
        self.make()

    def make(self) -> None:
        """Make the preview anew."""
        client, period, audience = self.client_id, self._period, self._audience
        if client is None or period is None:
            return
        today, revised = self.context.clock().date(), self.revision.wants(client, period, audience)

        def gather(vault: "Vault") -> "Gathered":
            return reports.gather(
                vault, client_id=client, period=period, audience=audience, today=today, revised=revised
            )

        self.making.want(gather)

    def export_to(self, out: Path) -> None:
        """Freeze and write the report that is shown."""
        prepared, now, beside = self.prepared, self.context.clock(), self.context.door.folder
        if prepared is None:
            return
        self.export.setEnabled(False)
        self.preview.progress.start("Het verslag wordt bewaard en de kluis gekopieerd…")

        def deliver(vault: "Vault") -> ExportResult:
            places = backups.places(vault) or (usual_place(beside),)
            return reports.deliver(vault, prepared, out=out, now=now, backup_places=places)

        self.context.worker.run(deliver, self._delivered, self._not_delivered)

    def export_when_ready(self) -> None:
        """Ask where the report shall go, as soon as it is there; with points still open, go to the first of those."""
        if self.making.busy or self.shown is None:
            self._export_wanted = True
        elif self.export.isEnabled():
            self.export.setFocus(Qt.FocusReason.OtherFocusReason)
            self._ask_place()
        else:
            self.to_points()

    def to_points(self) -> None:
        """Go to the first open mark."""
        if self.shown is None:
            return
        chapter = next((chapter for chapter in self.shown.chapters if chapter.open_marks), None)
        if chapter is not None:
            self.chapters.choose(chapter.key)
            self.findings.to_mark()

    def _offer_clients(self, found: tuple[Client, ...]) -> None:
        self._clients = found
        here = self.chapters.hasFocus()
        self._stack.setCurrentIndex(0 if found else 1)
        if here and not found:
            self.to_clients.setFocus(Qt.FocusReason.OtherFocusReason)
        for widget in (self.by_period, self.by_client, self.by_audience, self.export, self.published, self.crossed):
            widget.setVisible(bool(found))
        if not found:
            return
        known = {client.id for client in found}
        chosen = self._wanted or self.by_client.value
        self._wanted = None
        self.by_client.offer(
            "", [(client.name, client.id) for client in found], chosen if chosen in known else found[0].id
        )
        self.by_audience.offer("", list(AUDIENCES), self._audience)
        if self._period is None:
            self._period = self._proposed()
        self._offer_periods()
        self._ask_years()
        self.make()

    def _ask_years(self) -> None:
        client = self.client_id
        if client is None:
            return

        def offer(years: tuple[int, ...]) -> None:
            if client == self.client_id:
                self._years = years
                self._offer_periods()

        self.context.worker.run(lambda vault: cases.years_with_cases(vault, client), offer, self.context.failed)

    def _offered(self) -> tuple[Period, ...]:
        return report_periods.offered(self.context.clock().date(), self._starts_in(), self._years)

    def _proposed(self) -> Period:
        return report_periods.proposed(self.context.clock().date(), self._starts_in())

    def _starts_in(self) -> int:
        client = next((client for client in self._clients if client.id == self.by_client.value), None)
        return client.year_starts_in if client is not None else 1

    def _offer_periods(self) -> None:
        offered = self._offered()
        own = () if self._period is None or self._period in offered else (self._period,)
        today = self.context.clock().date()
        choices: list[tuple[str, object]] = [(report_periods.label_on(item, today), item) for item in (*offered, *own)]
        choices.append(("Andere periode…", _OTHER))
        self.by_period.offer("", choices, self._period)

    def _other_client(self) -> None:
        self._period, self._years = self._proposed(), ()
        self._offer_periods()
        self._ask_years()
        self.make()

    def _try_again(self) -> None:
        if self.prepared is None and not self.making.busy:
            self.make()

    def _choose_period(self, value: object) -> None:
        if isinstance(value, Period):
            self.choose(value)
        elif self._period is not None:
            self.by_period.set_value(self._period)
            PeriodDialog(self, self._period, self.choose).open()

    def _choose_crossed(self) -> None:
        if self.client_id is not None and self._period is not None:
            open_crossed(self.context, self, self.client_id, self._period, self.make)

    def _choose_audience(self, value: object) -> None:
        if isinstance(value, Audience):
            self._audience = value
            self.make()

    def _begun(self) -> None:
        self.export.setEnabled(False)
        self.hidden.verdict.show_state("nog niet nagerekend", "neutral")
        self.preview.progress.start("De cijfers worden beschermd en nagerekend…")

    def _show(self, prepared: Prepared) -> None:
        self.preview.progress.finish()
        self.prepared = prepared
        self.shown = shown = reports.shown(prepared)
        self.preview.pages.load(shown.pdf)
        numbers = shown.level is not Level.GEEN_GETALLEN
        self.hidden.show_notes(shown.hidden, numbers=numbers)
        self._say_verdict(shown, numbers=numbers)
        self.chapters.show_rows(
            [
                ChapterRow(chapter.key, chapter.title, chapter.open_marks, bool(chapter.text.strip()), chapter.printed)
                for chapter in shown.chapters
            ]
        )
        self._show_chapter(self.chapters.key)
        points = sum(chapter.open_marks for chapter in shown.chapters)
        self.points.setVisible(points > 0)
        self.points.setText(f"Nog {wording.counted(points, 'punt', 'punten')}")
        self.points.setAccessibleName(f"{self.points.text()}: naar het eerste")
        self.points.updateGeometry()
        self.export.setEnabled(points == 0)
        self._say_exported(shown)
        self.revision.look(prepared)
        wanted, self._export_wanted = self._export_wanted, False
        if wanted and self.isVisible():
            self.export_when_ready()

    def _say_verdict(self, shown: ReportPreview, *, numbers: bool) -> None:
        time = f"{self.context.clock():%H:%M}"
        if shown.audited:
            self.hidden.verdict.show_state(f"nagerekend om {time}, geen klein aantal af te leiden", "ok")
        elif not numbers:
            self.hidden.verdict.show_state("geen aantallen, dus niets na te rekenen", "ok")
        else:
            self.hidden.verdict.show_state("nog niet nagerekend", "neutral")

    def _say_exported(self, shown: ReportPreview) -> None:
        existing = self.prepared.gathered.existing if self.prepared is not None else None
        if shown.exported is not None and existing is not None:
            self._say(Message(reports.already_exported(existing), "info"))
        elif self._period is not None and self.context.clock().date() <= self._period.last:
            self._say(
                Message(
                    f"Deze periode loopt nog tot en met {wording.long_date(self._period.last)}. Wat er nog bij komt, "
                    "telt in een verslag over deze periode niet meer mee.",
                    "info",
                )
            )
        else:
            self._say(None)

    def _refused(self, error: VpdeskError | None) -> None:
        self.preview.progress.finish()
        self.revision.forget()
        self._export_wanted = False
        self.findings.clear()  # what was being typed goes to the report it was typed for
        self.prepared = self.shown = None
        self.preview.pages.clear()
        self.hidden.clear("niet nagerekend")
        self.chapters.show_rows([])
        self.points.hide()
        again = Button("Opnieuw", size=28)
        again.clicked.connect(self.make)
        if error is None:
            self._say(Message("Het narekenen is gestopt. Er is niets geëxporteerd.", "info", button=again))
        else:
            self._say(Message(error.sentence, "danger", button=again))

    def _show_chapter(self, key: str) -> None:
        if self.shown is None or self.prepared is None:
            return
        if self.findings.chapter and self.findings.chapter != key:
            self.findings.flush()
        chapter = next((chapter for chapter in self.shown.chapters if chapter.key == key), None)
        if chapter is not None:
            self.findings.show_chapter(chapter, writable=self.shown.exported is None)
            self.findings.show_marks(self.prepared.open_marks)

    def _save_finding(self, chapter: str, text: str) -> None:
        if self.prepared is None or not chapter:
            return
        # Another report may have been chosen since: the text belongs to the one that is shown.
        client, period = self.prepared.gathered.client.id, self.prepared.gathered.period
        self.export.setEnabled(False)
        self._unkept[client, period, chapter] = text

        def saved(_nothing: object) -> None:
            if self._unkept.get((client, period, chapter)) == text:
                del self._unkept[client, period, chapter]
            prepared = self.prepared
            if prepared is None:
                return  # refused meanwhile; *Opnieuw* reads what was kept
            if (prepared.gathered.client.id, prepared.gathered.period) != (client, period):
                self.make()
            else:
                self.making.redraw(prepared, {**prepared.gathered.findings, chapter: text})

        self.context.worker.run(
            lambda vault: reports.save_finding(vault, client_id=client, period=period, chapter=chapter, text=text),
            saved,
            self.context.failed,
        )

    def _keep_mark(self, mark: Mark, reason: str) -> None:
        client, period = self.client_id, self._period
        if client is None or period is None:
            return
        self.context.worker.run(
            lambda vault: reports.accept_mark(vault, client_id=client, period=period, mark=mark, reason=reason),
            lambda _: self.make(),
            self.context.failed,
        )

    def _take_earlier(self) -> None:
        client, period, chapter = self.client_id, self._period, self.findings.chapter
        if client is None or period is None:
            return
        before = report_periods.year_before(period)

        def take(found: dict[str, str]) -> None:
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

    def _ask_place(self) -> None:
        if self.prepared is not None:
            out = ask_place(self, f"{self.prepared.title}.pdf")
            if out is not None:
                self.export_to(out)

    def _delivered(self, result: ExportResult) -> None:
        self.preview.progress.finish()
        self.context.changes.tell(Topic.REPORTS, Topic.BACKUPS)
        QTimer.singleShot(0, lambda: self._say_written(result))

    def _say_written(self, result: ExportResult) -> None:
        folder = Button("Toon in map", size=28)
        folder.clicked.connect(lambda: show_folder(result.path))
        copied = " Reservekopie gemaakt, geopend en gecontroleerd." if result.backup is not None else ""
        start = "Het verslag is bewaard." if not result.again else "Het verslag is opnieuw bewaard."
        same = " Het is precies hetzelfde bestand als eerder." if result.again else ""
        self._written = Message(f"{result.path.name}.{same}{copied}", "ok", start=start, button=folder)
        self._say(self._written)
        folder.setFocus()

    def _not_delivered(self, error: VpdeskError) -> None:
        self.preview.progress.finish()
        self.export.setEnabled(True)
        if isinstance(error, LedgerUnknownError):
            nothing = Button("Er is niets uitgegeven", size=28)
            nothing.clicked.connect(self._nothing_went_out)
            self._say(Message(error.sentence, "warning", button=nothing))
        else:
            self._say(Message(error.sentence, "warning" if isinstance(error, BackupError) else "danger"))

    def _nothing_went_out(self) -> None:
        self.context.worker.run(reports.confirm_ledger_complete, lambda _: self.make(), self.context.failed)

    def _show_published(self) -> None:
        if self.client_id is not None:
            LedgerDialog(self.context, self, self.client_id, self._delivered).open()
