"""Drawn registries for the disclosure tests: invented cases, publications made from reports, the naive rule."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from vpdesk.domain import taxonomy
from vpdesk.domain.ids import ClientId, PublicationId
from vpdesk.domain.periods import Period
from vpdesk.domain.publications import HiddenLine, Publication
from vpdesk.domain.statements import Audience, Box, CaseFacts, Of, Statement
from vpdesk.reporting.disclosure import child
from vpdesk.reporting.disclosure.protect import line_statements
from vpdesk.reporting.disclosure.question import named
from vpdesk.reporting.disclosure.solver import NODES, Solver
from vpdesk.reporting.statements import APART, ProtectedReport, protect_and_audit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vpdesk.domain.report_choices import ReportChoices
    from vpdesk.reporting.disclosure.family import Relative

CLIENT = ClientId(1)
KEY = b"a key of the vault that only tests know"
YEAR = Period.year(2025)
HALF = Period(date(2025, 1, 1), date(2025, 6, 30))
SECOND_HALF = Period(date(2025, 7, 1), date(2025, 12, 31))
ALL_YEARS = Period(date(2020, 1, 1), date(2029, 12, 31))
QUARTER = Period(date(2025, 1, 1), date(2025, 3, 31))
SECOND_QUARTER = Period(date(2025, 4, 1), date(2025, 6, 30))
DIMENSIONS: dict[str, tuple[str, ...]] = {
    "thema": taxonomy.THEMA.codes,
    "werkgebied": taxonomy.WERKGEBIED.codes,
    "rol": taxonomy.ROL.codes,
    "relatie": taxonomy.RELATIE.codes,
    "gevonden_via": taxonomy.GEVONDEN_VIA.codes,
    "fase": ("voorfase", "meldingsfase", "nafase", "onbekend"),
    "afloop": taxonomy.OUTCOMES_IN_REPORTS,
}
WANTED = ("thema", "werkgebied", "rol", "relatie", "fase", "afloop", "gevonden_via")
DEPTH = ("voorfase", "meldingsfase", "nafase")
DAYS = (date(2025, 3, 31), date(2025, 6, 30), date(2025, 9, 30), date(2025, 12, 31))


def drawn(cases: int, seed: int, year: int = 2025) -> list[CaseFacts]:
    """Cases of one client over a year, with crooked distributions and a few rule-breaking rows."""
    rng = random.Random(seed)  # noqa: S311 - invented cases
    weights = {name: [rng.random() ** 2 + 0.03 for _ in codes] for name, codes in DIMENSIONS.items()}
    return [_case(rng, weights, year) for _ in range(cases)]


def _case(rng: random.Random, weights: dict[str, list[float]], year: int) -> CaseFacts:
    def pick(name: str) -> str:
        return rng.choices(DIMENSIONS[name], weights[name])[0]

    opened = date(year, 1, 1) + timedelta(days=rng.randrange(365))
    theme = pick("thema")
    fields = [f for f in DIMENSIONS["werkgebied"] if f in taxonomy.fields_of_theme(theme)]
    codes = {
        "thema": theme,
        "werkgebied": fields[0] if rng.random() < 0.8 else rng.choice(fields),
        "rol": pick("rol"),
        "relatie": pick("relatie"),
        "gevonden_via": pick("gevonden_via"),
        "verbonden": "onbekend",
        "onderdeel": "onbekend",
    }
    depth = 0
    phases: dict[date, str] = {}
    outcomes: dict[date, str] = {}
    for day in DAYS:
        depth = min(2, depth + (rng.random() < 0.25))
        phases[day.replace(year=year)] = DEPTH[depth]
        outcome = pick("afloop")
        allowed = depth or outcome not in taxonomy.OUTCOMES_OF_A_REPORT
        outcomes[day.replace(year=year)] = outcome if allowed else "loopt nog"
    talks = tuple((opened, 1, rng.choice((20, 30, 45, 60))) for _ in range(rng.randrange(1, 5)))
    return CaseFacts(opened, codes, phases, outcomes, talks)


def case(opened: date, **codes: str) -> CaseFacts:
    """One case, onbekend in what is not named; fase and afloop hold on every day."""
    phase, outcome = codes.pop("fase", "voorfase"), codes.pop("afloop", "loopt nog")
    names = (*DIMENSIONS, "verbonden", "onderdeel")
    return CaseFacts(
        opened,
        {name: codes.get(name, "onbekend") for name in names if name not in {"fase", "afloop"}},
        dict.fromkeys(DAYS, phase),
        dict.fromkeys(DAYS, outcome),
    )


def report(
    facts: list[CaseFacts],
    period: Period,
    earlier: tuple[Publication, ...] = (),
    *,
    audience: Audience = Audience.WERKGEVER,
    threshold: int = 5,
    wanted: tuple[str, ...] = WANTED,
    dimensions: Mapping[str, tuple[str, ...]] = DIMENSIONS,
    key: bytes = KEY,
    family: tuple[Relative, ...] = (),
    choices: ReportChoices = APART,
) -> ProtectedReport:
    """Protect and audit with the test client."""
    return protect_and_audit(
        facts=facts,
        client=CLIENT,
        period=period,
        audience=audience,
        threshold=threshold,
        dimensions=dimensions,
        earlier=earlier,
        draw_key=key,
        wanted=wanted,
        counted=ALL_YEARS,
        family=family,
        choices=choices,
    )


def published(
    said: ProtectedReport, period: Period, number: int = 1, audience: Audience = Audience.WERKGEVER
) -> Publication:
    """Freeze a report as the ledger does."""
    out = frozen(said.statements, said.pattern, period, number, audience, said.threshold)
    return replace(out, withheld=said.withheld)


def frozen(
    statements: tuple[Statement, ...],
    pattern: tuple[HiddenLine, ...],
    period: Period,
    number: int = 1,
    audience: Audience = Audience.WERKGEVER,
    threshold: int = 5,
) -> Publication:
    """Return a publication of these statements."""
    return Publication(
        PublicationId(number), CLIENT, period, audience, datetime(2026, 1, 20, 10, number), threshold, statements,  # noqa: DTZ001 - the product works in local time
        pattern, "", b"", "Jaarverslag", "A. Advies",
    )  # fmt: skip


def answered_here(solver: Solver, blocks: list[dict[str, Any]]) -> list[list[list[int]]]:
    """Answer in this process what the child is asked, counted as there: for tests with thousands of questions."""
    solver.asked += sum(len(want[1]) for block in blocks for want in block["wants"])
    said: list[Any] = []
    child._answer(json.loads(json.dumps({"blocks": blocks, "nodes": NODES})), said.append)
    worlds: list[list[list[int]]] = said[-1]["worlds"]
    return worlds


def naive(facts: list[CaseFacts], period: Period, wanted: tuple[str, ...] = WANTED, threshold: int = 5) -> Publication:
    """What organisations publish: the total and every count, dashes for those below the threshold."""
    inside = [fact for fact in facts if fact.opened in period]
    said = [Statement(Of.CASES, Box(), period, len(inside), len(inside))]
    pattern = []
    for dimension in wanted:
        name = named(dimension, period)
        counts = {code: sum(fact.code(name) == code for fact in inside) for code in DIMENSIONS[dimension]}
        small = frozenset(code for code, n in counts.items() if n < threshold)
        said += line_statements(name, period, counts, small)
        if small:
            pattern.append(HiddenLine(name, period, tuple(sorted(small))))
    return frozen(tuple(said), tuple(pattern), period)
