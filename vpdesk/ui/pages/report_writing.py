"""What the advisor writes on Jaarverslag: marked and drawn while it is typed, kept a moment later."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from vpdesk.domain.ids import ClientId
from vpdesk.domain.periods import Period
from vpdesk.domain.statements import Audience
from vpdesk.operations import reports
from vpdesk.operations.reports import ChapterState, Mark
from vpdesk.ui.context import Context
from vpdesk.ui.models import report_periods
from vpdesk.ui.pages.page import Unkept
from vpdesk.ui.pages.report_before import Before
from vpdesk.ui.pages.report_choosing import ReportChoosing
from vpdesk.ui.pages.report_places import place_of

if TYPE_CHECKING:
    from vpdesk.operations.report_names import Watched

Wanted = tuple[ClientId, Period, Audience, bool]


class ReportWriting(ReportChoosing):
    """The sheet with its texts; a text goes to the report that it was typed for, whatever is shown by then."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._unkept: dict[tuple[ClientId, Period, str], str] = {}
        self._late: dict[tuple[ClientId, Period, str], str] = {}
        self._report: Wanted | None = None
        self._texts: tuple[ChapterState, ...] = ()
        self._before = Before()
        self._writable = self._out = False
        self._checked = False
        self._watched: Watched | None = None
        self.chapters.chosen.connect(self._show_chapter)
        self.chapters.picked.connect(self._show_place)
        self.findings.looked.connect(self._look)
        self.findings.changed.connect(self._save_finding)
        self.findings.kept.connect(self._keep_mark)
        self.findings.wants_earlier.connect(self._take_earlier)

    def _unchecked(self) -> None:
        """Say that what is shown is older than what is typed."""
        raise NotImplementedError

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

    def _show_texts(self, chapters: tuple[ChapterState, ...], *, writable: bool, out: bool) -> None:
        self._texts, self._writable, self._out = chapters, writable, out
        self._show_rows()
        self._show_chapter(self.chapters.key)

    def _show_rows(self) -> None:
        self.chapters.show_rows([self._before.row(chapter, checked=self._checked) for chapter in self._texts])
        self._say_again()

    def _say_again(self) -> None:
        chosen = next((chapter for chapter in self._texts if chapter.key == self.findings.chapter), None)
        self.findings.say_again(self._before.same(chosen) if chosen is not None else "")

    def _show_chapter(self, key: str) -> None:
        if self.findings.chapter and self.findings.chapter != key:
            self.findings.flush()
        chapter = next((chapter for chapter in self._texts if chapter.key == key), None)
        if chapter is not None:
            self.findings.show_chapter(chapter, writable=self._writable, out=self._out)
            self.findings.show_marks(self._open_marks(chapter))
        self._say_again()

    def _show_place(self, key: str) -> None:
        """Show where a chapter that was chosen stands in the preview."""
        place = place_of(key, self.preview.pages.headings())
        if place is not None:
            self.preview.pages.show_spot(place)

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
            self._draw_typed(chapter, text)

    def _draw_typed(self, chapter: str, text: str) -> None:
        """Draw what is being typed around the same numbers, before it is kept; once it is, it may go out."""
        prepared = self.prepared
        if prepared is None or self.making.busy or self._report is None or self._trial is not None:
            return
        about = (prepared.gathered.client.id, prepared.gathered.period)
        if about == self._report[:2] and prepared.gathered.findings.get(chapter, "") != text:
            self._late[(*about, chapter)] = text
            self.making.redraw(prepared, {**prepared.gathered.findings, chapter: text})

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
            if (prepared.gathered.client.id, prepared.gathered.period) != (client, period):
                return
            if prepared.gathered.findings.get(chapter, "") == text:
                self.show_prepared(prepared)  # it was drawn while it was typed
            else:
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
        earlier = report_periods.year_before(period)

        report = self._report

        def take(found: dict[str, str]) -> None:
            if (self._report, self.findings.chapter) != (report, chapter):
                return  # another text stands there by now
            text = found.get(chapter, "")
            if not text:
                self.context.message(f"Bij dit hoofdstuk staat geen tekst van {report_periods.label(earlier)}.")
            elif self.findings.text.toPlainText().strip():
                self.findings.put_text(f"{self.findings.text.toPlainText().rstrip()}\n\n{text}")
            else:
                self.findings.put_text(text)

        self.context.worker.run(
            lambda vault: reports.findings(vault, client_id=client, period=earlier), take, self.context.failed
        )
