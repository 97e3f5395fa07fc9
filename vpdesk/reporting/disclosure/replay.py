"""Tables as they came about: which worlds, under some order of the draw, make the same rule hide the same codes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from vpdesk.reporting.disclosure.protect import FEWEST_HIDDEN, MARGIN, Line, Rule

FEWEST_SHOWN: Final = 2
"""A table that would print fewer counts is left out."""

Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A table with the rules under which it may have come about, and the order its draw shares.

    With `left_out` it was not printed, since fewer than two counts would have been: then `line` hides every code, its
    sum is the number of cases, and the rule must hide all codes but one. `new` marks a table of the report in question.
    """

    line: Line
    rules: tuple[Rule, ...]
    group: str
    left_out: bool = False
    new: bool = False
    _said: dict[int, dict[str, Any]] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def words(self) -> tuple[object, ...]:
        """Return what tells this table from others in one way down."""
        line = self.line
        shown = tuple(sorted(line.shown.items()))
        return (line.dimension, line.period, line.hidden, shown, self.left_out, self.new, len(self.rules))

    @property
    def tells_apart(self) -> tuple[Line, ...]:
        """Return the tables in which codes that may be exchanged must stand alike."""
        return (self.line,)

    @property
    def could_be_forced(self) -> bool:
        """Return whether the table hides all that was hidden before, as the last of its rules does."""
        codes = self.line.hidden | self.line.shown.keys()
        return self.rules[-1].first & codes <= self.line.hidden

    def explained(self, counts: Counts, order: Sequence[str]) -> bool:
        """Return whether one of the rules makes this of the counts under this order."""
        made = (rule.hidden(counts, order) for rule in self.rules)
        if self.left_out:
            return any(len(counts) - len(hidden) < FEWEST_SHOWN for hidden in made)
        return any(hidden == self.line.hidden for hidden in made)

    def payload(self, rule: Rule, cells: Mapping[str, list[int]]) -> dict[str, Any]:
        """Return the table as the child reads it, as if this rule had made it.

        A table that was left out is proposed as one with one large count, or with two beside next to nothing; others
        may explain it too.
        """
        place = next(number for number, own in enumerate(self.rules) if own is rule)
        if place not in self._said:
            self._said[place] = self._as_if(rule)  # asked again for each reader, and each attempt
        return {**self._said[place], "cells": {code: cells[code] for code in sorted(self.line.hidden)}}

    def _as_if(self, rule: Rule) -> dict[str, Any]:
        """Return what the child reads of the table but for where its cells lie, as if this rule had made it."""
        line = self.line
        together = line.hidden_sum
        forced = rule.first if rule.forced else frozenset()
        early = rule.first if rule.first - line.hidden and not rule.forced else line.hidden
        most = max(rule.past.most_without_room(line.hidden - {code}) for code in line.hidden)
        least = max(0, together - most) if len(line.hidden) > FEWEST_HIDDEN else 0
        said = {
            "sum": together,
            "least": least,
            "caps": {c: together if c in forced else rule.cap(c, together) for c in sorted(line.hidden)},
            "beyond": {c: [] if c in forced else rule.beyond(c, together) for c in sorted(line.hidden)},
            "free": sorted((line.hidden & early) - forced),
            "group": self.group,
            "shown": sorted(line.shown),
        }
        few = (rule.threshold + MARGIN - 1) // max(1, len(line.hidden) - 2)
        return {**said, "free": [], "beyond": {}, "few": few} if self.left_out else said


def explained(drawn: Sequence[Drawn], counts: Sequence[Counts]) -> bool:
    """Return whether some draw makes each of the tables of these counts."""
    for group in {d.group for d in drawn}:
        members = [(d, c) for d, c in zip(drawn, counts, strict=True) if d.group == group]
        order = _order(members)
        if not all(d.explained(count, order) for d, count in members):
            return False
    return True


def _order(members: Sequence[tuple[Drawn, Counts]]) -> tuple[str, ...]:
    """Return an order in which each table's drawn cells come before its shown ones, as far as that can be."""
    before: dict[str, set[str]] = {}
    for drawn, counts in members:
        taken = {c for c in drawn.line.hidden if not drawn.rules[0].small(c, counts[c])}
        for code in counts:
            before.setdefault(code, set())
            if code in drawn.line.shown:
                before[code] |= taken
    order: list[str] = []
    while before:
        code = min(before, key=lambda c: (len(before[c] - set(order)), c))
        order.append(code)
        del before[code]
    return tuple(order)
