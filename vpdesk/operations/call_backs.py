"""What a user asks for about call-backs: write down, look, call another day, destroy, and let one become a case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from vpdesk.domain.errors import NotFoundError, RoleConflictError
from vpdesk.domain.ids import CallBackId
from vpdesk.domain.people import Part
from vpdesk.domain.rows import TodayItem, TodayKind
from vpdesk.domain.wording import long_date
from vpdesk.operations.people import keep_person, parts_in

if TYPE_CHECKING:
    from datetime import date

    from vpdesk.domain.call_backs import CallBack, CallBackRow
    from vpdesk.domain.ids import CaseId
    from vpdesk.store.vault import Vault

NEW: Final = CallBackId(0)
"""The id of a call-back that is not in the vault yet."""


def save_call_back(vault: Vault, call_back: CallBack) -> CallBack:
    """Write a call-back: a new one when its id is `NEW`, else the changed one; raises NotFoundError."""
    with vault.transaction():
        if call_back.id == NEW:
            return vault.call_backs.add(call_back)
        vault.call_backs.get(call_back.id)
        vault.call_backs.put(call_back)
        return call_back


def get_call_back(vault: Vault, number: CallBackId) -> CallBack:
    """Return a call-back with how somebody is reached, where that is asked for; raises NotFoundError."""
    return vault.call_backs.get(number)


def postpone_call_back(vault: Vault, number: CallBackId, *, due: date) -> CallBack:
    """Call on another day; raises NotFoundError, and InvalidValueError for a day before it was written down."""
    with vault.transaction():
        later = vault.call_backs.get(number).postponed(due)
        vault.call_backs.put(later)
    return later


def destroy_call_back(vault: Vault, number: CallBackId) -> CallBack:
    """Remove a call-back; return it as it was, to be put back; raises NotFoundError."""
    with vault.transaction():
        gone = vault.call_backs.get(number)
        vault.call_backs.delete(gone)
    return gone


def put_back_call_back(vault: Vault, gone: CallBack) -> CallBack:
    """Put back a call-back that was removed a moment ago, under another number."""
    with vault.transaction():
        return vault.call_backs.add(gone)


def into_case(vault: Vault, number: CallBackId, *, case_id: CaseId, today: date) -> bool:
    """Let who is to be called be who comes in a case, and remove the call-back; return whether that was done.

    It stays where it is when the case has somebody who comes, or when roles may conflict: then one adds her by hand.
    """
    try:
        call_back = vault.call_backs.get(number)
        if Part.KOMT in parts_in(vault, case_id):
            return False
        with vault.transaction():
            keep_person(vault, call_back.person(case_id), today=today)
            vault.call_backs.delete(call_back)
    except NotFoundError:
        return True  # it was destroyed meanwhile, and nothing is left to do
    except RoleConflictError:
        return False
    return True


def call_back_items(vault: Vault, *, until: date, today: date) -> tuple[TodayItem, ...]:
    """Return the call-backs that are due until a day as rows of Vandaag, which say nothing of whom or how."""
    return tuple(_item(row, today) for row in vault.call_backs.due_until(until))


def _item(row: CallBackRow, today: date) -> TodayItem:
    over = row.until <= today
    return TodayItem(
        kind=TodayKind.VERNIETIGEN if over else TodayKind.TERUGBELLEN,
        title="Terugbelnotitie vernietigen" if over else "Terugbellen",
        detail=f"Opgeschreven op {long_date(row.made)}, nog zonder casus",
        due=row.until if over else row.due,
        reminder=None,
        case=None,
        case_code="",
        pseudonym="",
        client_name=row.client_name,
        call_back=row.id,
    )
