"""What the builder shows of a report: its pages, what is hidden and why, and the state of each text."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from vpdesk.domain.report_chapters import NOTHING, Skipped, is_written
from vpdesk.operations.report_hidden import HiddenNote, hidden_notes
from vpdesk.operations.report_making import Prepared
from vpdesk.reporting import own_texts, work_chapters
from vpdesk.reporting.annual_report import WRITTEN, chapters_written
from vpdesk.reporting.disclosure.result import Level
from vpdesk.reporting.standard_texts import QUESTIONS
from vpdesk.reporting.text_marks import Mark


@dataclass(frozen=True, slots=True)
class ChapterState:
    """A text that the user may write: what stands there, the questions beside it, and how many marks are open.

    `printed` is False for texts that a report of this level leaves out, `writable` for those changed elsewhere.
    """

    key: str
    title: str
    text: str
    questions: tuple[str, ...]
    open_marks: int
    printed: bool
    writable: bool = True


@dataclass(frozen=True, slots=True)
class ReportPreview:
    """The report as it would go out, what is hidden and why, and the state of each text."""

    pdf: bytes
    hidden: tuple[HiddenNote, ...]
    notes: tuple[str, ...]
    audited: bool
    level: Level
    marks: tuple[Mark, ...]
    chapters: tuple[ChapterState, ...]
    exported: datetime | None


def shown(prepared: Prepared) -> ReportPreview:
    """Return what the builder shows of a prepared report."""
    gathered, protected = prepared.gathered, prepared.protected
    printed = chapters_written(protected, gathered.skipped)
    waiting = prepared.open_marks
    chapters = tuple(
        replace(
            chapter, open_marks=sum(mark.chapter == chapter.key for mark in waiting), printed=chapter.key in printed
        )
        for chapter in chapters_of(gathered.findings, gathered.skipped)
    )
    elsewhere = [_elsewhere(prepared, own_texts.CHAPTER, own_texts.TITLE, prepared.own_text, own_texts.WHERE)]
    if prepared.work_text:
        elsewhere.append(
            _elsewhere(prepared, work_chapters.CHAPTER, work_chapters.TITLE, prepared.work_text, work_chapters.WHERE)
        )
    return ReportPreview(
        prepared.pdf,
        hidden_notes(prepared),
        protected.notes,
        protected.audited,
        protected.level,
        prepared.marks,
        (*chapters, *elsewhere),
        gathered.existing.exported if gathered.existing else None,
    )


def _elsewhere(prepared: Prepared, key: str, title: str, text: str, where: str) -> ChapterState:
    """Return words of the user that the report prints and that are changed elsewhere."""
    waiting = sum(1 for mark in prepared.open_marks if mark.chapter == key)
    return ChapterState(key, title, text, (where,), waiting, printed=True, writable=False)


def chapters_of(findings: Mapping[str, str], skipped: Skipped = NOTHING) -> tuple[ChapterState, ...]:
    """Return the texts of a report of which it is not known yet what it prints, given what is written by chapter.

    Texts of a chapter that is left out are kept, and are not there.
    """
    return tuple(
        ChapterState(key, title, findings.get(key, ""), QUESTIONS[key], 0, printed=True)
        for key, title in WRITTEN
        if is_written(key, skipped)
    )
