"""The statements file: every number that a report says, as JSON."""

import json
from collections.abc import Mapping, Sequence
from typing import Final

from vpdesk.domain.periods import Period
from vpdesk.domain.statements import TASK, TITLE, Statement
from vpdesk.domain.units import UNITS
from vpdesk.domain.worklog import TASKS
from vpdesk.reporting.disclosure.lists import in_order
from vpdesk.reporting.disclosure.protect import plain
from vpdesk.reporting.disclosure.question import named

_WHERE_SAID: Final = frozenset({UNITS, TASK, TITLE})


def statements_json(
    statements: Sequence[Statement],
    *,
    client_name: str,
    period: Period,
    threshold: int,
    dimensions: Mapping[str, tuple[str, ...]],
) -> str:
    """Return the statements file: JSON with the keys in fixed order, dimension names as import columns.

    Units stand in it only where a number is about them: that one was made with the first case of an organisation would
    tell of that case in a report that says nothing. Tasks and titles stand in it only with a number of the work log.
    All other lists of codes are the same everywhere.

    `fase` and `afloop` on the report's own last day are written without the day, on other days with it.
    """
    dimensions = {**dimensions, TASK: TASKS.codes, TITLE: ()}
    own = {named(name, period): name for name in dimensions}
    about = {plain(name) for statement in statements for name, _ in statement.box.where}
    names = {name: codes for name, codes in dimensions.items() if name not in _WHERE_SAID or name in about}
    for statement in statements:
        for name, codes in statement.box.where:
            called, today = own.get(name, name), dimensions[plain(name)]
            names[called] = in_order({*today, *names.get(called, ()), *codes}, today)
    content = {
        "client": client_name,
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
        "threshold": threshold,
        "dimensions": {name: list(codes) for name, codes in names.items()},
        "statements": [
            {
                "of": statement.of.value,
                "where": {own.get(name, name): list(codes) for name, codes in statement.box.where},
                "periode": statement.period.code(),
                "min": statement.minimum,
                "max": statement.maximum,
            }
            for statement in statements
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
