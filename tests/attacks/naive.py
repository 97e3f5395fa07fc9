"""The reports that organisations make: each follows a rule of thumb that one of the attacks undoes."""

from __future__ import annotations

import io
from itertools import product
from typing import TYPE_CHECKING

import pikepdf
from reportlab.lib.colors import white
from reportlab.pdfgen.canvas import Canvas

from tests.attacks.attackers import K, named, said
from vpdesk.domain.statements import Box, CaseFacts, Of, Statement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tests.attacks.attackers import Table
    from vpdesk.domain.periods import Period


def counted(facts: Iterable[CaseFacts], dimension: str, codes: Sequence[str], period: Period) -> Table:
    """Count the cases of a period by code."""
    found = [fact.code(named(dimension, period)) for fact in facts if fact.opened in period]
    return {code: found.count(code) for code in codes}


def small(table: Table, _order: Sequence[str] = (), k: int = K) -> frozenset[str]:
    """Hide what is below the threshold, and nothing else."""
    return frozenset(code for code, n in table.items() if n < k)


def small_but_not_zero(table: Table, _order: Sequence[str] = ()) -> frozenset[str]:
    """Hide what is below the threshold; a zero is nobody, and so may be told."""
    return frozenset(code for code, n in table.items() if 0 < n < K)


def small_and_a_second(table: Table, _order: Sequence[str] = ()) -> frozenset[str]:
    """Hide what is below the threshold, and never one alone: the smallest of the others joins, until the sum is K."""
    hidden = set(small(table))
    rest = sorted((code for code in table if code not in hidden), key=table.__getitem__)
    while hidden and rest and (len(hidden) < 2 or sum(table[code] for code in hidden) < K):
        hidden.add(rest.pop(0))
    return frozenset(hidden)


def printed(
    dimension: str, period: Period, table: Table, hidden: frozenset[str], *, total: bool = True
) -> list[Statement]:
    """Return what a table says: the total and each number that is not hidden."""
    rows = [
        Statement(Of.CASES, Box.where_({dimension: code}), period, n, n)
        for code, n in table.items()
        if code not in hidden
    ]
    return [said(period, sum(table.values())), *rows] if total else rows


def report(
    facts: Iterable[CaseFacts],
    period: Period,
    dimensions: Mapping[str, Sequence[str]],
    rule: Callable[[Table, Sequence[str]], frozenset[str]] = small,
) -> list[Statement]:
    """Return the total and one table a dimension, hidden by the rule."""
    facts = list(facts)
    found = [said(period, sum(fact.opened in period for fact in facts))]
    for dimension, codes in dimensions.items():
        table = counted(facts, dimension, codes, period)
        found += printed(named(dimension, period), period, table, rule(table, codes), total=False)
    return found


def two_way(
    facts: Iterable[CaseFacts], period: Period, rows: tuple[str, Sequence[str]], columns: tuple[str, Sequence[str]]
) -> list[Statement]:
    """Return a table of pairs with small cells hidden, and the totals of rows and columns."""
    facts = [fact for fact in facts if fact.opened in period]
    (row, first), (column, second) = rows, columns
    found = report(facts, period, {row: first, column: second}, lambda *_: frozenset())
    for a, b in product(first, second):
        box = Box.where_({row: a, column: b})
        count = sum(fact.lies_in(box) for fact in facts)
        if count >= K:
            found.append(Statement(Of.CASES, box, period, count, count))
    return found


def percentage(part: int, whole: int) -> str:
    """Return a share as it is printed."""
    return f"{100 * part / whole:.0f}%"


def chart(table: Table, hidden: frozenset[str], unit: float = 8.0) -> bytes:
    """Draw every bar at its length; the number stands beside it only where it is large enough."""

    def draw(canvas: Canvas) -> None:
        for row, (code, n) in enumerate(table.items()):
            y = 700 - 20 * row
            canvas.drawString(72, y, f"{code} {'-' if code in hidden else n}")
            canvas.rect(200, y - 2, unit * n, 12, stroke=0, fill=1)

    return _page(draw)


def fitted_table(table: Table, hidden: frozenset[str]) -> bytes:
    """Draw a table whose boxes are as wide as the numbers for which they were made, hidden ones too."""

    def draw(canvas: Canvas) -> None:
        for row, (code, n) in enumerate(table.items()):
            y = 700 - 20 * row
            canvas.drawString(72, y, f"{code} {'-' if code in hidden else n}")
            canvas.rect(200, y - 2, canvas.stringWidth(str(n)), 12, stroke=1, fill=0)

    return _page(draw)


def careless_file(table: Table, hidden: frozenset[str]) -> bytes:
    """Make a file that shows dashes and holds everything: white words, keywords, an attachment, its own past."""
    rows = "; ".join(f"{code} {n}" for code, n in table.items())

    def draw(canvas: Canvas) -> None:
        canvas.setKeywords(f"bron: {rows}")
        for row, (code, n) in enumerate(table.items()):
            canvas.drawString(72, 700 - 20 * row, f"{code} {'-' if code in hidden else n}")
        canvas.setFillColor(white)
        canvas.drawString(72, 400, rows)

    return _page(draw)


def with_attachment(content: bytes, table: Table) -> bytes:
    """Attach the sheet from which a report was made."""
    with pikepdf.open(io.BytesIO(content)) as file:
        sheet = "\n".join(f"{code};{n}" for code, n in table.items())
        file.attachments["cijfers.csv"] = pikepdf.AttachedFileSpec(
            file,
            sheet.encode(),
            filename="cijfers.csv",
            description="",
            mime_type="text/csv",
            creation_date="",
            mod_date="",
        )
        kept = io.BytesIO()
        file.save(kept)
    return kept.getvalue()


def appended(content: bytes, later: bytes) -> bytes:
    """Save a report over an earlier one without removing that: what a PDF editor does."""
    return content + later


def _page(draw: Callable[[Canvas], object]) -> bytes:
    kept = io.BytesIO()
    canvas = Canvas(kept, pageCompression=1, invariant=1)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return kept.getvalue()
