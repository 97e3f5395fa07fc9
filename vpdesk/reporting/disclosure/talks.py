"""Cases with a talk that were told by hand: a part of all cases, of which the rest had none.

vpdesk prints that number so that the rest stays open, with the total of its own report. A number that was told by hand
stands as it is, so it becomes a dimension of its own, of cases with and without a talk up to a day: then the audit asks
of the rest what it asks of any small number.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from vpdesk.domain.periods import Period
from vpdesk.domain.publications import Publication
from vpdesk.domain.statements import Box, CaseFacts, Of, Statement

WITH: Final = "met"
WITHOUT: Final = "zonder"
UP_TO: Final = "gesprek tot en met "
"""How the name of such a dimension begins; the day follows."""


def counting_talks(publication: Publication, period: Period) -> Publication:
    """Return a publication with what it tells by hand of cases with a talk said of cases too.

    So many talks are of so many cases at most; that is looked at beside the total of the same period only, since an
    invoice of every month would cut all other numbers in months.
    """
    if not publication.by_hand:
        return publication
    more = []
    for said in publication.statements:
        if said.of is Of.CASES_WITH_TALK:
            more.append(_with(said.period, said.minimum, said.maximum))
        if said.of is Of.TALKS and said.period == period:
            more.append(_with(said.period, 0, said.maximum))
    return replace(publication, statements=(*publication.statements, *more)) if more else publication


def talk_dimensions(publications: Iterable[Publication]) -> dict[str, tuple[str, ...]]:
    """Return the codes of the dimensions that `counting_talks` added to these publications."""
    every = {name for p in publications for s in p.statements for name, _ in s.box.where}
    return dict.fromkeys(sorted(name for name in every if name.startswith(UP_TO)), (WITH, WITHOUT))


def with_talks(facts: Sequence[CaseFacts], names: Mapping[str, tuple[str, ...]]) -> Sequence[CaseFacts]:
    """Return the cases with their code in each of these dimensions."""
    days = {name: date.fromisoformat(name.removeprefix(UP_TO)) for name in names}
    return [replace(f, codes={**f.codes, **{n: _code(f, day) for n, day in days.items()}}) for f in facts]


def _with(period: Period, least: int, most: int) -> Statement:
    return Statement(Of.CASES, Box.where_({f"{UP_TO}{period.last.isoformat()}": WITH}), period, least, most)


def _code(fact: CaseFacts, day: date) -> str:
    return WITH if any(number and on <= day for on, number, _ in fact.talks) else WITHOUT
