"""What reports quote that went out before the ledger kept it: read from the document that each was drawn from."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from vpdesk.domain.statements import Box, Of, Statement
from vpdesk.domain.taxonomy import THEMA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vpdesk.domain.periods import Period

_CODES: Final = {term.shown: term.code for term in THEMA.terms}


def quotes_in(document: str, period: Period) -> tuple[Statement, ...]:
    """Return the numbers of earlier years in a report, the first year first; raises ValueError for no document.

    The years stand in one line, of which the last is the report's own, and the themes in one table with a column each.
    """
    if not document:
        return ()
    blocks = list(_blocks(json.loads(document)))
    line = next((block for block in blocks if block["is"] == "YearLine"), None)
    if line is None:
        return ()
    names = [point["label"] for point in line["points"]]
    tables = (b for b in blocks if b["is"] == "Table" and len(names) > 1 and b["header"][1:] == names)
    rows = [row["cells"] for table in tables for row in table["rows"] if row["cells"][0] in _CODES]
    found = []
    for place, point in enumerate(line["points"][:-1]):
        year = period.years_before(len(names) - 1 - place)
        told = [(Box(), point["value"])]
        told += [(Box.of(thema=_CODES[name]), cells[place]) for name, *cells in rows]
        found += [Statement(Of.CASES, box, year, n, n) for box, n in told if isinstance(n, int)]
    return tuple(found)


def _blocks(document: Any) -> Iterator[dict[str, Any]]:
    for chapter in document["chapters"]:
        yield from chapter["blocks"]
