"""Where texts of a case that goes without names tell of whom or of what it is: marked before it goes."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from vpdesk.domain.handover_texts import NamePlace, texts_of
from vpdesk.domain.names import Spoken, matter_words, spoken, spoken_function, spoken_matter
from vpdesk.operations.report_names import THEME_WORDS
from vpdesk.reporting.printed import disguises, read
from vpdesk.reporting.text_names import names_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vpdesk.domain.handover import HandedCase
    from vpdesk.domain.ids import CaseId, ClientId
    from vpdesk.store.vault import Vault

_APART: Final = "\n\n=====\n\n"  # more signs than may stand inside a name
_AROUND: Final = 40


def known_in(vault: Vault, client_id: ClientId) -> Spoken:
    """Return by what people and cases are known in texts of an organisation; read once for all cases that go.

    That is any name in the vault, the functions and matters of the organisation, and what the user calls cases herself:
    codes, and pseudonyms with a capital. A function that anybody may have tells nobody, nor a matter called as a theme.
    """
    functions = {person.function for person in vault.people.of_client(client_id)}
    matters = [matter.name for matter in vault.matters.of_client(client_id)]
    called = vault.cases.called_in_use()
    return Spoken.all_of(
        [
            *map(spoken, vault.people.names_in_use()),
            *map(spoken_function, functions),
            *(spoken_matter(name) for name in matters if not matter_words(name) <= THEME_WORDS),
            Spoken(frozenset(code for code, _ in called), frozenset(pseudonym for _, pseudonym in called)),
        ]
    )


def reach_in(vault: Vault, case_id: CaseId) -> frozenset[str]:
    """Return how the people of a case are reached: that names them as well."""
    return frozenset(person.reach.strip() for person in vault.people.of_case(case_id)) - {""}


def names_in_texts(handed: HandedCase, known: Spoken, reach: frozenset[str] = frozenset()) -> tuple[NamePlace, ...]:
    """Return each place in the texts of a case that tells of whom or of what it is, in the order of the texts."""
    texts = texts_of(handed)
    begins = [0, *itertools.accumulate(len(text) + len(_APART) for _, text in texts)]
    found = []
    for start, end in _named_in(_APART.join(text for _, text in texts), known, reach):
        at = bisect_right(begins, start) - 1
        where, text = texts[at]
        found.append(_place(where, text, start - begins[at], end - begins[at]))
    return tuple(found)


def _named_in(typed: str, known: Spoken, reach: Iterable[str]) -> list[tuple[int, int]]:
    """Return where names stand, as the text is read or where a word in it is disguised."""
    reading = read(typed)
    ways = (reading, *disguises(typed, reading))
    found: list[tuple[int, int]] = []
    marked = bytearray(len(typed))
    for way, spans in zip(ways, names_in([way.text for way in ways], reach, known), strict=True):
        places = [way.typed(*span) for span in spans]
        fresh = [place for place in places if way is reading or not any(marked[slice(*place)])]
        for start, end in fresh:
            marked[start:end] = b"\1" * (end - start)
        found += fresh
    return sorted(found)


def _place(where: str, text: str, start: int, end: int) -> NamePlace:
    before, after = " ".join(text[:start].split("\n")), " ".join(text[end:].split("\n"))
    if len(before) > _AROUND:
        before = "…" + before[-_AROUND:].partition(" ")[2]
    if len(after) > _AROUND:
        after = after[:_AROUND].rpartition(" ")[0] + "…"
    return NamePlace(where, before, text[start:end], after)
