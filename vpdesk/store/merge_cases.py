"""Carries what was decided about cases into a restored vault: what was handed over, held, or kept longer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vpdesk.store.merge import insert, rows_of, without_id
from vpdesk.store.numbers import fresh

if TYPE_CHECKING:
    from sqlite3 import Connection

    from vpdesk.store.vault import Vault


@dataclass(frozen=True, slots=True)
class Carried:
    """What an earlier copy lacks of the vault that stood there, besides what was carried into it.

    `unheld` are the codes of held cases that the copy has not, `unheld_records` is how many held records without a case
    it has not, `running` how many cases run in it again that were handed over and closed.
    """

    unheld: tuple[str, ...] = ()
    unheld_records: int = 0
    running: int = 0


def merge_decisions(old: Vault, new: Vault, *, goes_on: bool = False) -> Carried:
    """Write in `new` the handovers, holds in force and decisions to keep longer of `old`, where both have the case.

    The same for guided records without a case. A hold that `new` knows as lifted is in force again, and a decision to
    keep longer is gone, only where `old` `goes_on` from it, so that it knows better.

    A case is the same where code, pseudonym and day of opening are: a code alone may be of another case in a vault that
    went on elsewhere.

    Raises:
        VaultDamagedError: `old` can't be read; nothing was changed.
    """
    with new.transaction():
        same = _same_cases(old.connection, new.connection)
        _carry_handovers(old.connection, new.connection, same)
        records = _same_records(old.connection, new.connection)
        unheld, unheld_records = _carry_holds(old.connection, new.connection, same, records, goes_on=goes_on)
        _carry_longer(old.connection, new.connection, same, records, goes_on=goes_on)
        return Carried(unheld, unheld_records, _running_again(old.connection, new.connection, same))


def _same_cases(old: Connection, new: Connection) -> dict[int, int]:
    """Return the number in `new` of each case of `old` that is there."""
    sql = "SELECT code, pseudonym, opened, id FROM cases"
    there = {tuple(case): number for *case, number in new.execute(sql)}
    known = {number: there.get(tuple(case)) for *case, number in old.execute(sql)}
    return {number: found for number, found in known.items() if found is not None}


def _same_records(old: Connection, new: Connection) -> set[int]:
    """Return the numbers of the guided records without a case that both have."""
    sql = "SELECT id, kind, begun FROM guided_records WHERE case_id IS NULL"
    return {number for number, *_ in set(old.execute(sql)) & set(new.execute(sql))}


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


def _carry_holds(
    old: Connection, new: Connection, same: dict[int, int], records: set[int], *, goes_on: bool
) -> tuple[tuple[str, ...], int]:
    """Write the holds in force that `new` lacks; return what is not there to be held: codes of cases, and records."""
    there = {_hold(row) for row in rows_of(new, "SELECT * FROM holds") if not (goes_on and row["lifted"])}
    codes = dict(old.execute("SELECT id, code FROM cases"))
    lost: dict[str, None] = {}
    lost_records = set()
    for row in rows_of(old, "SELECT * FROM holds WHERE lifted IS NULL ORDER BY id"):
        if row["case_id"] is None:
            if row["record"] not in records:
                lost_records.add(row["record"])
                continue
        elif row["case_id"] not in same:
            lost[codes[row["case_id"]]] = None
            continue
        carried = {**without_id(row), "case_id": same.get(row["case_id"])}
        if _hold(carried) not in there:
            insert(new, "holds", {**carried, "id": fresh(new, "holds")})
    return tuple(lost), len(lost_records)


def _hold(row: dict[str, Any]) -> tuple[Any, ...]:
    return row["case_id"], row["record"], row["kind"], row["since"], row["reason"]


def _carry_longer(old: Connection, new: Connection, same: dict[int, int], records: set[int], *, goes_on: bool) -> None:
    """Write why and until when things are kept longer, so that the decision that was taken last counts."""
    kept, there = _longer(old, same, records), _longer(new, {number: number for number in same.values()}, records)
    for thing in kept | there:
        theirs, ours = kept.get(thing, ()), there.get(thing, ())
        if goes_on or set(ours) <= set(theirs):
            whole = theirs
        else:
            whole = tuple(sorted((*ours, *(one for one in theirs if one not in ours)), key=lambda one: one[0]))
        if set(whole) != set(ours):
            new.execute("DELETE FROM kept_longer WHERE case_id IS ? AND record IS ?", thing)
            new.executemany(
                "INSERT INTO kept_longer (case_id, record, decided, until, reason) VALUES (?, ?, ?, ?, ?)",
                [(*thing, *one) for one in whole],
            )


def _longer(
    connection: Connection, same: dict[int, int], records: set[int]
) -> dict[tuple[int | None, int | None], tuple[tuple[str, str, str], ...]]:
    """Return the decisions (day, until, reason) on each case, by its number in the restored vault, and each record."""
    found: dict[tuple[int | None, int | None], tuple[tuple[str, str, str], ...]] = {}
    for case, record, *decision in connection.execute(
        "SELECT case_id, record, decided, until, reason FROM kept_longer ORDER BY id"
    ):
        thing = (None, record) if case is None else (same.get(case), None)
        if thing[0] is not None or record in records:
            found[thing] = (*found.get(thing, ()), tuple(decision))
    return found


def _running_again(old: Connection, new: Connection, same: dict[int, int]) -> int:
    """Return how many cases that were handed over are closed in `old` and run in `new`."""
    closed = {same.get(number) for (number,) in old.execute("SELECT id FROM cases WHERE closed IS NOT NULL")}
    running = new.execute(
        "SELECT id FROM cases WHERE closed IS NULL AND id IN (SELECT case_id FROM handed_cases)"
    ).fetchall()
    return sum(number in closed for (number,) in running)
