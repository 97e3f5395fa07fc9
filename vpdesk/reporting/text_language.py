"""Other languages than Dutch: what counts people in the usual ones, and sentences that can't be read at all."""

import re
from collections.abc import Iterable
from typing import Final

from vpdesk.reporting.text_context import sentences

_DUTCH_WORDS: Final = """
de het een en van dat die dit deze is zijn was waren in op te met voor niet er aan om ook als maar dan wie wat bij naar
over door uit tot ik wij we zij ze hun uw u heeft hebben had wordt werd worden kan kunnen zal of geen nog al hoe waar
"""
_ENGLISH_WORDS: Final = """
the and were are with for this that there about has been from who they which to by no not she he it at came our their
where an you your how what when because of its but than if any be may on more whether ago into only named
"""
_GERMAN_WORDS: Final = """
der das und ist war nicht ein eine einen einer kein keine keinen mit für auf von zu zur zum im wurde wurden haben hat
sich auch über gab kam sie es mir bei wegen aus nach vor dem den des waren sind wir ich
"""
_FRENCH_WORDS: Final = """
le la les des une un est et été dans pour par sur avec pas aucune aucun il elle qui que au aux du ce cette nous vous ont
a de en sont mais ou son sa ses
"""
_DUTCH: Final = frozenset(_DUTCH_WORDS.split())
_OTHERS: Final = tuple(frozenset(words.split()) for words in (_ENGLISH_WORDS, _GERMAN_WORDS, _FRENCH_WORDS))
_WORD: Final = re.compile(r"[^\W\d_]+")
_FEWEST: Final = 3  # words that make a sentence
_ENOUGH: Final = 2  # small words of a language, none of them Dutch too


_ENGLISH_NUMBERS: Final = (
    r"zero|no|a|an|a\s+single|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a\s+few"
    r"|several|some|many|most|both|all"
)
_ENGLISH_COUNTED: Final = (
    r"employees?|colleagues?|people|persons?|women|woman|man|men|managers?|reports?|complaints?|cases?"
    r"|incidents?|conversations?"
)
_GERMAN_NUMBERS: Final = (
    r"kein(?:e[nmrs]?)?|ein(?:e[nmrs]?)?|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf"
    r"|mehrere|einige|beide|viele|alle"
)
_GERMAN_COUNTED: Final = (
    r"Fall|Fälle|Meldung(?:en)?|Beschwerden?|Kolleg(?:en?|in|innen)|Mitarbeiter(?:in|innen)?|Frau(?:en)?"
    r"|Mann|Männer|Person(?:en)?|Gespräche?|Vorfall|Vorfälle|Menschen|Leute"
)
_FRENCH_NUMBERS: Final = (
    r"aucune?|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|plusieurs|quelques"
    r"|beaucoup\s+de"
)
_FRENCH_COUNTED: Final = (
    r"plaintes?|signalements?|cas|femmes?|hommes?|coll[èe]gues?|employée?s?|personnes?|salariée?s?"
    r"|entretiens?|incidents?"
)
_COUNTED: Final = (
    (_ENGLISH_NUMBERS, _ENGLISH_COUNTED),
    (_GERMAN_NUMBERS, _GERMAN_COUNTED),
    (_FRENCH_NUMBERS, _FRENCH_COUNTED),
)
COUNTS: Final = re.compile(
    r"\b(?:nobody|no[\s-]one|only\s+(?:one|a)"
    + "".join(rf"|(?:{numbers})\s+(?:[\w’'-]+\s+)?(?:{counted})" for numbers, counted in _COUNTED)
    + r")\b",
    re.IGNORECASE,
)
"""A number word of another language before people, or before what is counted of them."""


def foreign_sentences(text: str) -> Iterable[tuple[int, int]]:
    """Yield the sentences with more small words of one other language than of Dutch."""
    for start, end in sentences(text):
        words = [word.casefold() for word in _WORD.findall(text[start:end])]
        own = sum(word in _DUTCH for word in words)
        most = max((sum(word in other for word in words), len(set(words) & (other - _DUTCH))) for other in _OTHERS)
        if len(words) >= _FEWEST and most[0] > own and most[1] >= _ENOUGH:
            yield start, end
