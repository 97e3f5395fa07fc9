"""Carries what was decided about cases into a restored vault: what was handed over, and what must not be destroyed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vpdesk.store.merge import insert, rows_of, without_id

if TYPE_CHECKING:
    from sqlite3 import Connection

    from vpdesk.store.vault import Vault


@dataclass(frozen=True, slots=True)
class Carried:
    """What an earlier copy lacks of the vault that stood there, besides what was carried into it.

    `unheld` are the codes of held cases that the copy has not, `running` is how many cases run in it again that were
    handed over and closed.
    """

    unheld: tuple[str, ...] = ()
    running: int = 0


def merge_decisions(old: Vault, new: Vault, *, goes_on: bool = False) -> Carried:
    """Write in `new` the handovers and the holds in force that `old` knows, at the cases that both have.

    A hold that `new` knows as lifted is in force again only where `old` `goes_on` from it, so that it knows better.

    A case is the same where code, pseudonym and day of opening are: a code alone may be of another case in a vault that
    went on elsewhere.

    Raises:
        VaultDamagedError: `old` can't be read; nothing was changed.
    """
    with new.transaction():
        same = _same_cases(old.connection, new.connection)
        _carry_handovers(old.connection, new.connection, same)
        unheld = _carry_holds(old.connection, new.connection, same, goes_on=goes_on)
        return Carried(unheld, _running_again(old.connection, new.connection, same))


def _same_cases(old: Connection, new: Connection) -> dict[int, int]:
    """Return the number in `new` of each case of `old` that is there."""
    sql = "SELECT code, pseudonym, opened, id FROM cases"
    there = {tuple(case): number for *case, number in new.execute(sql)}
    known = {number: there.get(tuple(case)) for *case, number in old.execute(sql)}
    return {number: found for number, found in known.items() if found is not None}


def _carry_handovers(old: Connection, new: Connection, same: dict[int, int]) -> None:
    """Write each handover with its cases; where both know it, the cases that only `old` has with it."""
    there = dict(new.execute("SELECT package, id FROM handovers"))
    handover_of: dict[int, int] = {}
    for row in rows_of(old, "SELECT * FROM handovers ORDER BY id"):
        number = there.get(row["package"])
        handover_of[row["id"]] = insert(new, "handovers", without_id(row)) if number is None else number
    listed = set(new.execute("SELECT handover, case_id FROM handed_cases").fetchall())
    for row in rows_of(old, "SELECT * FROM handed_cases"):
        handover, case = handover_of[row["handover"]], same.get(row["case_id"])
        if case is not None and (handover, case) not in listed:
            insert(new, "handed_cases", {**row, "handover": handover, "case_id": case})


def _carry_holds(old: Connection, new: Connection, same: dict[int, int], *, goes_on: bool) -> tuple[str, ...]:
    """Write the holds in force that `new` lacks; return the codes of the cases that are not there to be held."""
    there = {_hold(row) for row in rows_of(new, "SELECT * FROM holds") if not (goes_on and row["lifted"])}
    codes = dict(old.execute("SELECT id, code FROM cases"))
    lost: dict[str, None] = {}
    for row in rows_of(old, "SELECT * FROM holds WHERE lifted IS NULL ORDER BY id"):
        case = same.get(row["case_id"])
        if case is None:
            lost[codes[row["case_id"]]] = None
            continue
        carried = {**without_id(row), "case_id": case}
        if _hold(carried) not in there:
            insert(new, "holds", carried)
    return tuple(lost)


def _hold(row: dict[str, Any]) -> tuple[Any, ...]:
    return row["case_id"], row["kind"], row["since"], row["reason"]


def _running_again(old: Connection, new: Connection, same: dict[int, int]) -> int:
    """Return how many cases that were handed over are closed in `old` and run in `new`."""
    closed = {same.get(number) for (number,) in old.execute("SELECT id FROM cases WHERE closed IS NOT NULL")}
    running = new.execute(
        "SELECT id FROM cases WHERE closed IS NULL AND id IN (SELECT case_id FROM handed_cases)"
    ).fetchall()
    return sum(number in closed for (number,) in running)
