"""Where names of the vault stand in the texts of a case that goes without names: marked before it goes."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from vpdesk.domain.handover_texts import NamePlace, texts_of
from vpdesk.domain.names import Spoken, spoken
from vpdesk.reporting.text_marks import MarkKind, word_marks

if TYPE_CHECKING:
    from vpdesk.domain.handover import HandedCase
    from vpdesk.domain.ids import CaseId
    from vpdesk.store.vault import Vault

_APART: Final = "\n\n=====\n\n"  # more signs than may stand inside a name
_AROUND: Final = 40


def known_to(vault: Vault, case_id: CaseId) -> Spoken:
    """Return by what a person is known in texts of a case: any name in the vault, and how its own people are reached.

    What may name somebody too, such as a function or a matter, is not looked for: who it is about may stay a function.
    """
    reached = {person.reach.strip() for person in vault.people.of_case(case_id)} - {""}
    return Spoken.all_of([*map(spoken, vault.people.names_in_use()), Spoken(frozenset(reached))])


def names_in_texts(handed: HandedCase, known: Spoken) -> tuple[NamePlace, ...]:
    """Return each place in the texts of a case where somebody is named, in the order of the texts."""
    texts = texts_of(handed)
    whole = _APART.join(text for _, text in texts)
    begins = [0, *itertools.accumulate(len(text) + len(_APART) for _, text in texts)]
    found = []
    for mark in word_marks("", whole, names=(), called=known):
        at = bisect_right(begins, mark.start) - 1
        if mark.kind is MarkKind.NAAM:
            where, text = texts[at]
            found.append(_place(where, text, mark.start - begins[at], mark.end - begins[at]))
    return tuple(found)


def _place(where: str, text: str, start: int, end: int) -> NamePlace:
    before, after = " ".join(text[:start].split("\n")), " ".join(text[end:].split("\n"))
    if len(before) > _AROUND:
        before = "…" + before[-_AROUND:].partition(" ")[2]
    if len(after) > _AROUND:
        after = after[:_AROUND].rpartition(" ")[0] + "…"
    return NamePlace(where, before, text[start:end], after)
