"""Counts of the work log in the user's own words: one that a report prints may be repeated, as *drie voorlichtingen*.

Only in a sentence that says no more than that: its other words are few and known, and each number in it is one of them.
Then such a count says nothing of who came; in any other sentence it is a number like all others.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from vpdesk.domain.report_work import CONSULTED
from vpdesk.domain.statements import TASK, TITLE, Statement
from vpdesk.domain.wording import number
from vpdesk.reporting.text_context import ORGANISED, Sentence, sentences
from vpdesk.reporting.work_said import INFORMING

_ONES: Final = ("", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen")
_TEENS: Final = (
    "tien", "elf", "twaalf", "dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien",
)  # fmt: skip
_TENS: Final = ("", "", "twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig")

_WITH: Final = r"\boverleg(?:gen)?\s+met\s+"
_CALLED: Final = {
    ("voorlichting",): r"voorlichting(?:en)?",
    ("introductie",): r"introducties?",
    ("artikel",): r"artikel(?:en)?",
    ("training",): r"training(?:en)?",
    tuple(sorted(INFORMING)): r"(?:voorlichtings)?activiteit(?:en)?",
    ("overleg directie",): rf"{_WITH}(?:de\s+)?directie",
    ("overleg or",): rf"{_WITH}(?:de\s+)?(?:OR|ondernemingsraad)",
    ("overleg hr",): rf"{_WITH}HR",
    ("overleg bedrijfsarts",): rf"{_WITH}(?:de\s+)?bedrijfsarts",
    tuple(sorted(CONSULTED)): r"overleg(?:gen)?(?:\s+met\s+de\s+organisatie)?(?!\s+met\b)",
}
"""How a text may call what a report counts, by its tasks."""

_MAY_STAND: Final = """
er ik wij we was waren is zijn had hadden heb hebben gaf gaven geef geven gegeven hield hielden gehouden deed deden
gedaan schreef schreven geschreven verzorgde verzorgden verzorgd vond vonden plaats in dit het de en ook daarnaast
verder totaal samen verslagjaar jaar periode organisatie organisaties voor aan over alle nieuwe medewerkers personeel
"""
_PLAIN: Final = frozenset(_MAY_STAND.split())
_WORD: Final = re.compile(r"[^\W_](?:[\w’'.-]*\w)?")
_OF_IT: Final = re.compile(ORGANISED, re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class WorkNumbers:
    """What a report counts of the work log: each count with what it is of, and the years in which that was."""

    phrases: re.Pattern[str]
    years: frozenset[str]

    @classmethod
    def of(cls, said: Iterable[Statement]) -> "WorkNumbers":
        """Read the counts from statements."""
        said = tuple(said)
        phrases = [_phrase(form, s.minimum) for s in said if (form := _form(s))]
        years = {str(day.year) for s in said for day in (s.period.first, s.period.last)}
        return cls(re.compile("|".join(phrases) or r"(?!)", re.IGNORECASE), frozenset(years))

    def told(self, text: str) -> list[tuple[int, int]]:
        """Return where a text says what the report counts, in sentences that say nothing else."""
        return [
            found.span()
            for start, end in sentences(text)
            if self._says_no_more(text[start:end])
            for found in self.phrases.finditer(text, start, end)
        ]

    def _says_no_more(self, sentence: str) -> bool:
        return all(
            word.casefold() in _PLAIN or word in self.years or _OF_IT.fullmatch(word)
            for word in _WORD.findall(self.phrases.sub(" ", sentence))
        )


def _form(statement: Statement) -> str:
    """Return how a text may call what is counted; nothing for a title that could be about people who came."""
    where = dict(statement.box.where)
    if TITLE not in where:
        return _CALLED[where[TASK]]
    (title,) = where[TITLE]
    return r"\s+".join(map(re.escape, title.split())) if Sentence(title, 0, len(title)).organised else ""


def _phrase(form: str, count: int) -> str:
    """Return a pattern of a count of something: *drie voorlichtingen*, *3 keer overleg*, *overleg was er 3 keer*."""
    value = "|".join(map(re.escape, _written(count)))
    times = rf"(?<![\w.,-])(?:{value})"
    return (
        rf"{times}(?:\s+keer|\s?maal)?\s+(?:{form})(?!\w)"
        rf"|(?<!\w)(?:{form})\s+(?:(?:was|waren|is|gaf|had|hield|er|ik|wij|we)\s+){{0,2}}{times}\s+keer\b"
    )


def _written(count: int) -> tuple[str, ...]:
    """Return how a number may stand in a text."""
    if count == 1:
        return ("1", "één", "een")
    return tuple(filter(None, dict.fromkeys((str(count), number(count), _in_words(count)))))


def _in_words(count: int) -> str:
    tens, ones = divmod(count, 10)
    if tens == 0:
        return _ONES[ones]
    if tens == 1:
        return _TEENS[ones]
    if tens >= len(_TENS):
        return ""
    between = "" if not ones else "ën" if _ONES[ones].endswith("e") else "en"
    return f"{_ONES[ones]}{between}{_TENS[tens]}"
