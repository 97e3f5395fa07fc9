"""Which numbers between periods the audit asks for under replay: all that no rule has kept open to whoever replays."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from vpdesk.reporting.disclosure.block import Region, Target
from vpdesk.reporting.disclosure.model import Reader
from vpdesk.reporting.disclosure.protect import Line, plain
from vpdesk.reporting.disclosure.replay import Drawn


def left_to_audit(drawn: Sequence[Drawn], reader: Reader, threshold: int) -> Callable[[Target], bool]:
    """Return a function that tells whether a number must be asked for under replay because no rule covers it.

    It lies in a dimension of which some table hides rows, and is a row or a union in any stretch of time: a segment, a
    period, or what is left of periods. A rule covers only what `kept` yields. Cells of two-way tables are left to
    Lemma K, and what is counted together with `onbekend` to the number without it.
    """
    hiding = {d.line.dimension for d in drawn if d.line.hidden and not d.left_out}
    covered = {place for d in drawn if d.new and not d.left_out for place in kept(d, reader, threshold)}

    def asked(target: Target) -> bool:
        if target.widened or target.margins or target.dimension not in hiding:
            return False
        return (target.dimension, target.code, target.region) not in covered

    return asked


def kept(drawn: Drawn, reader: Reader, threshold: int) -> Iterator[tuple[str, str, Region]]:
    """Yield the numbers that the rule of a new table keeps open to whoever replays: dimension, row and region.

    Those are the rows that it prints, in each stretch of time that `Past.tells` looked at: of these numbers each below
    the threshold is implied, or none (Lemma N). The rule of an older table did not know what went out after it, and
    covers nothing. Nor does a rule where a reader has other periods, or does not subtract days that the rule does.
    """
    rule, line = drawn.rules[0], drawn.line
    known = {period for said in reader.told for period in said.where}
    if rule.threshold < threshold:
        return
    for left in rule.past.remainders:
        outer, inner = left.outer(line.period), left.inner(line.period)
        others = (*left.parts, *((left.whole,) if left.whole else ()))
        if known.issuperset((outer, *inner)) and all(_one_dimension(line, other) for other in others):
            without = set(reader.region(*inner))
            region = tuple(i for i in reader.region(outer) if i not in without)
            yield from ((line.dimension, key, region) for key in line.shown)


def _one_dimension(line: Line, other: Line) -> bool:
    """Return whether a reader subtracts these tables: of one dimension, or of one that stands still for that reader."""
    return line.dimension in {other.dimension, f"{plain(line.dimension)}@{date.max}"}
