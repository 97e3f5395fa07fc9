"""What is impossible by definition, and known to readers: a theme outside its field, a phase that goes back."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from itertools import combinations, pairwise
from typing import Final, NamedTuple

from vpdesk.domain import taxonomy
from vpdesk.domain.phases import PHASE_UNKNOWN, Phase
from vpdesk.domain.statements import dated
from vpdesk.reporting.disclosure.block import UNBOUNDED, Region, Row, Variable
from vpdesk.reporting.disclosure.lists import older
from vpdesk.reporting.disclosure.protect import plain

DEPTH: Final = (Phase.VOORFASE.value, Phase.MELDINGSFASE.value, Phase.NAFASE.value)
WITH_UNKNOWN: Final = frozenset({"thema", "werkgebied", "fase"})
IDENTIFYING: Final = frozenset({"onderdeel", "rol", "relatie", "verbonden", "gevonden_via"})
SENSITIVE: Final = frozenset({"thema", "werkgebied", "fase", "afloop"})


def tied(dimension: str) -> tuple[str, ...]:
    """Return the dimensions that definitions tie to this one, itself included; phases of all days hang together.

    Of an older list no definitions are known.
    """
    name, _, day = dimension.partition("@")
    if older(dimension):
        return (dimension,)
    if day:
        return (f"afloop@{day}", f"fase@{day}")
    return ("thema", "werkgebied") if name in {"thema", "werkgebied"} else (name,)


class State(NamedTuple):
    """A code as joint cells tell it: where days are compared, an unknown phase with the `real` one behind it."""

    code: str
    real: str = ""

    @property
    def name(self) -> str:
        """Return what stands in the name of a joint cell."""
        return f"{self.code} ({self.real})" if self.real else self.code

    @property
    def depth(self) -> int | None:
        """Return how far a phase is, None where nothing tells."""
        phase = self.real or self.code
        return DEPTH.index(phase) if phase in DEPTH else None


def states(codes: Sequence[str], *, told_apart: bool) -> tuple[State, ...]:
    """Return the states of a dimension; with `told_apart` an unknown phase is one of three."""
    if not told_apart:
        return tuple(State(code) for code in codes)
    behind_it = {code: DEPTH if code == PHASE_UNKNOWN else ("",) for code in codes}
    return tuple(State(code, real) for code in codes for real in behind_it[code])


def ties(names: Collection[str]) -> list[frozenset[str]]:
    """Return which of these dimensions definitions tie to each other, in pairs; of phases the days that follow."""
    found = [frozenset(("thema", "werkgebied"))]
    days = sorted(name.partition("@")[2] for name in names if plain(name) == "fase" and "@" in name)
    found += [frozenset((f"fase@{before}", f"fase@{after}")) for before, after in pairwise(days)]
    found += [frozenset((f"fase@{day}", f"afloop@{day}")) for day in days]
    return [pair for pair in found if pair <= set(names)]


def can_meet(first: tuple[str, State], second: tuple[str, State]) -> bool:
    """Return whether one case may have both of these states, each given with its dimension."""
    (name, one), (other, two) = sorted((first, second))
    kinds = (plain(name), plain(other))
    if kinds == ("thema", "werkgebied"):
        return two.code in taxonomy.fields_of_theme(one.code)
    if kinds == ("afloop", "fase") and name.partition("@")[2] == other.partition("@")[2]:
        return one.code not in taxonomy.OUTCOMES_OF_A_REPORT or two.code != Phase.VOORFASE.value
    if kinds == ("fase", "fase"):
        return one.depth is None or two.depth is None or one.depth <= two.depth
    return True


def by_definition(
    covered: Mapping[str, Region], dimensions: Mapping[str, tuple[str, ...]], index: Mapping[Variable, int]
) -> list[Row]:
    """Return the rows by which definitions bind the margins of the covered dimensions."""

    def places(segment: int, name: str, codes: Sequence[str]) -> tuple[int, ...]:
        return tuple(index[Variable(segment, name, c)] for c in codes if Variable(segment, name, c) in index)

    rows = []
    if "thema" in covered and "werkgebied" in covered:
        for themes, fields in _theme_sets(dimensions):
            rows += [
                Row(places(i, "thema", themes), places(i, "werkgebied", fields), -UNBOUNDED, 0)
                for i in covered["thema"]
            ]
    days = sorted(date.fromisoformat(name.partition("@")[2]) for name in covered if plain(name) == "fase")
    for i in sorted({i for places_ in covered.values() for i in places_}):
        here = [dated("fase", day) for day in days if i in covered[dated("fase", day)]]
        for name in here:
            outcomes = places(i, name.replace("fase", "afloop"), sorted(taxonomy.OUTCOMES_OF_A_REPORT))
            rows.append(Row(outcomes, places(i, name, (*DEPTH[1:], PHASE_UNKNOWN)), -UNBOUNDED, 0))
            rows.append(Row(places(i, behind(name), DEPTH), places(i, name, (PHASE_UNKNOWN,)), 0, 0))
        for before, after in pairwise(here):
            for deep in (DEPTH[depth:] for depth in range(1, len(DEPTH))):
                early = (*places(i, before, deep), *places(i, behind(before), deep))
                late = (*places(i, after, deep), *places(i, behind(after), deep))
                rows.append(Row(early, late, -UNBOUNDED, 0))
        for before, after in combinations(here, 2):  # follows from the rows above; said again for `bounds`
            for deep in (DEPTH[depth:] for depth in range(1, len(DEPTH))):
                rows.append(Row(places(i, before, deep), places(i, after, (*deep, PHASE_UNKNOWN)), -UNBOUNDED, 0))
    return rows


def behind(name: str) -> str:
    """Return the name under which the phases stand that are really behind `onbekend` in this dimension."""
    return f"onbekend in {name}"


def _theme_sets(dimensions: Mapping[str, tuple[str, ...]]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return Hall's sets: themes, and all fields in which they can lie; sets that can lie anywhere say nothing."""
    kinds: dict[frozenset[str], list[str]] = {}
    for theme in dimensions["thema"]:
        kinds.setdefault(taxonomy.fields_of_theme(theme), []).append(theme)
    bound = [fields for fields in kinds if not fields >= set(dimensions["werkgebied"])]
    sets = []
    for size in range(1, len(bound) + 1):
        for some in combinations(bound, size):
            themes = tuple(theme for fields in some for theme in kinds[fields])
            sets.append((themes, tuple(sorted(frozenset().union(*some)))))
    return sets
