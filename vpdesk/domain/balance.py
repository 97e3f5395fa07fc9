"""Whether supporting, informing and signalling are in balance, and one sentence of advice where they are not.

Advisors give most of their time to supporting and much less to informing and signalling, which the guide for employers
calls undesirable; it names no number (seed 000, section 5.2). The numbers here are ours: see decision 0016.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from vpdesk.domain.hours import MINUTES
from vpdesk.domain.worklog import BALANCED, Spent, TaskGroup, group_of

LEAST: Final = 8 * MINUTES
"""Under a day of work a share says nothing: one long talk would tip it."""

MOST_SUPPORT: Final = (2, 3)
"""Support may take two thirds of the time before anything is said about it."""

LEAST_OF_OTHERS: Final = (1, 10)
"""Each of the other two tasks takes a tenth or more."""

NEARLY_ALL: Final = 98
THREE_QUARTERS: Final = range(74, 77)

_INFORM: Final = "Wie vaker informeert, wordt eerder gevonden."
_SIGNAL: Final = "Wie op tijd signaleert, kan nieuwe casussen voorkomen."


@dataclass(frozen=True, slots=True)
class Balance:
    """Minutes of the three tasks, in the order of BALANCED."""

    supporting: int
    informing: int
    signalling: int

    @classmethod
    def of(cls, spent: Iterable[Spent]) -> "Balance":
        """Add up what was spent on the three tasks; upkeep, administration and travel stand outside."""
        sums = dict.fromkeys(BALANCED, 0)
        for item in spent:
            group = group_of(item.task)
            if group in sums:
                sums[group] += item.minutes
        return cls(*sums.values())

    @property
    def parts(self) -> tuple[tuple[TaskGroup, int], ...]:
        """The tasks with their minutes."""
        return tuple(zip(BALANCED, (self.supporting, self.informing, self.signalling), strict=True))

    @property
    def total(self) -> int:
        """All minutes together."""
        return self.supporting + self.informing + self.signalling

    @property
    def shares(self) -> tuple[int, int, int]:
        """Whole percentages that add up to a hundred, or none at all: what rounding leaves goes to the largest rest."""
        if not self.total:
            return (0, 0, 0)
        exact = [divmod(100 * minutes, self.total) for _, minutes in self.parts]
        shares = [whole for whole, _ in exact]
        order = sorted(range(len(exact)), key=lambda at: -exact[at][1])
        for at in order[: 100 - sum(shares)]:
            shares[at] += 1
        return (shares[0], shares[1], shares[2])

    @property
    def advice(self) -> str:
        """One or two sentences that advise and do not judge; empty when the balance is fine or nothing can be said."""
        if self.total < LEAST:
            return ""
        share, of = MOST_SUPPORT
        if of * self.supporting > share * self.total:
            return f"{_most(self.shares[0])} gaat naar ondersteunen. {_INFORM} {_SIGNAL}"
        share, of = LEAST_OF_OTHERS
        few = [minutes * of < share * self.total for minutes in (self.informing, self.signalling)]
        said = {
            (True, True): f"Aan informeren en signaleren gaat weinig van uw tijd. {_INFORM} {_SIGNAL}",
            (True, False): f"Aan informeren gaat minder dan een tiende van uw tijd. {_INFORM}",
            (False, True): f"Aan signaleren gaat minder dan een tiende van uw tijd. {_SIGNAL}",
        }
        return said.get((few[0], few[1]), "")


def _most(share: int) -> str:
    """Return a share of more than half in words."""
    if share >= NEARLY_ALL:
        return "Bijna al uw tijd"
    return "Driekwart van uw tijd" if share in THREE_QUARTERS else f"{share} % van uw tijd"
