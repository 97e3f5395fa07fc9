"""Labels of hidden categories in a text: in the plural, in a compound, cut in two, or said in other words."""

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from vpdesk.domain import taxonomy
from vpdesk.domain.statements import undated
from vpdesk.reporting.cross_tables import hidden_cells
from vpdesk.reporting.disclosure.result import ProtectedReport
from vpdesk.reporting.printed import read
from vpdesk.reporting.report_words import label, named_in
from vpdesk.reporting.text_numbers import PLURAL
from vpdesk.reporting.text_themes import FORMS
from vpdesk.reporting.text_words import ABOUT_A_CASE, DID, EVERYDAY

_NAMED_DIMENSIONS: Final = frozenset(
    {"afloop", "fase", "gevonden_via", "onderdeel", "relatie", "rol", "verbonden", "werkgebied"}
)
_THIRD: Final = r"derden|(?:een|de|als|voor)\s+derde(?=\s*(?:[.,;:!?]|$)|\s+(?:" + DID + r")\b)"
_OTHERWISE: Final = {
    "buiten werkterrein": r"buiten (?:het|ons|mijn|zijn|haar) (?:werkterrein|werkgebied)",
    "naaste": _THIRD,
    "klacht ingediend": r"geklaagd|klaagde\w*|een klacht indien\w*|klachtencommissie (?:deed|oordeel\w*|boog)",
}
"""Other words for a code than those of its label; *derde* is no ordinal there."""

_SOMEBODY: Final = frozenset({"collega", "medewerker", "leidinggevende", "melder"})
"""Everyday labels that tell who came or who did something, where what they did stands behind them."""

_LONG_ENOUGH: Final = 6  # letters of a theme before which a space in it makes no other words


@dataclass(frozen=True, slots=True)
class HiddenLabels:
    """What finds a hidden label, what finds a printed one that may hold it, and what finds both of a hidden cell."""

    hidden: tuple[re.Pattern[str], ...]
    printed: tuple[re.Pattern[str], ...]
    pairs: tuple[re.Pattern[str], ...]

    @classmethod
    def of(cls, protected: ProtectedReport, units: Mapping[str, str]) -> "HiddenLabels":
        """Read which labels a protected report hides; `units` are the names of units by code.

        Hidden are themes without a published number of their own, and other codes that a table hides. A code that is
        counted together with others has no number of its own, whether the row is printed or not.
        """
        themes = dict(next((t.rows for t in protected.tables if t.dimension == "thema"), ()))
        none = {code for code in taxonomy.THEMA.codes if code != "onbekend" and not isinstance(themes.get(code), int)}
        hidden = {("thema", code, label("thema", code)) for code in none}
        whole = {label("thema", code) for code in taxonomy.THEMA.codes if code not in none}
        for table in protected.tables:
            name = undated(table.dimension)
            each = [(key, named_in(name, key, units), value) for key, value in table.rows]
            whole |= {
                label(name, key, units) for key, codes, value in each if isinstance(value, int) and len(codes) > 1
            }
            if name in _NAMED_DIMENSIONS:
                apart = {code for _, codes, value in each if value is None or len(codes) > 1 for code in codes}
                hidden |= {(name, code, label(name, code, units)) for code in apart - {"onbekend"}}
        cells = [pair for table in protected.crossed for pair in hidden_cells(table, units)]
        return cls(
            tuple(found for each in sorted(hidden) for found in _finding(*each)),
            tuple(re.compile(_whole(name, ""), re.IGNORECASE) for name in sorted(whole)),
            tuple(pattern for row, column in cells for pattern in _both(row, column)),
        )

    def alone(self, text: str) -> Iterable[tuple[int, int]]:
        """Yield where hidden labels stand, save inside a published one (intimidatie in seksuele intimidatie)."""
        whole = {found.span() for pattern in self.printed for found in pattern.finditer(text)}
        spans = {found.span() for pattern in self.hidden for found in pattern.finditer(text)}
        for span in sorted(spans):
            if not _inside(span, whole) and not _inside(span, spans - {span}):
                yield span

    def together(self, text: str) -> Iterable[tuple[int, int]]:
        """Yield where both names of a hidden cell stand in one sentence."""
        return (found.span() for pattern in self.pairs for found in pattern.finditer(text))


def _inside(span: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in others)


@functools.lru_cache(maxsize=1024)
def _finding(dimension: str, code: str, shown: str) -> tuple[re.Pattern[str], ...]:
    """Return what finds a code by its label, by each name in it (naaste, derde), and by other words for it."""
    names = {shown} if dimension == "onderdeel" else {shown, code, *re.split(r" of ", shown)} - {"derde"}
    forms = [_form(dimension, name) for name in sorted({name.casefold(): name for name in names}.values())]
    if dimension == "thema" and code in FORMS:
        forms.append(FORMS[code].pattern)
    if dimension != "onderdeel" and code in _OTHERWISE:
        forms.append(rf"\b(?:{_OTHERWISE[code]})(?!\w)")
    return tuple(re.compile(form, re.IGNORECASE) for form in forms if form)


def _form(dimension: str, name: str) -> str:
    """Return what finds one name of a code: of a theme in any compound, of other codes before what is a case."""
    if name.casefold() in EVERYDAY:
        return _whole(name, rf"{PLURAL}\s+(?:{DID})") if name.casefold() in _SOMEBODY else ""
    if dimension == "thema" and name.isalpha() and len(name) >= _LONG_ENOUGH:
        return r"(?<!\w)\w*" + r" ?".join(name) + r"\w*"
    if dimension == "onderdeel":
        return _whole(name, PLURAL)
    return _whole(name, rf"(?:{PLURAL}|s?-?(?:{ABOUT_A_CASE})\w*)").replace("ks", "(?:ks|x)")


def _whole(words: str, ending: str) -> str:
    return rf"(?<!\w){re.escape(read(words).text)}{ending}(?!\w)" if words.strip() else r"(?!)"


@functools.lru_cache(maxsize=1024)
def _both(row: str, column: str) -> tuple[re.Pattern[str], ...]:
    """Return what finds both names of a hidden cell in one sentence, either first, also in the plural."""
    if "Onbekend" in {row, column}:
        return ()
    one, other = (_whole(words, PLURAL) for words in (row, column))
    pairs = [(one, other)] if row == column else [(one, other), (other, one)]
    return tuple(re.compile(rf"{a}[^.!?\n]*?{b}", re.IGNORECASE) for a, b in pairs)
