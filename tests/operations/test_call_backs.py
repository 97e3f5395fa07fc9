"""A call-back stands on Vandaag without saying of whom, becomes a case or goes, and leaves no word behind."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.casework import NOW, TODAY, a_case, a_client
from tests.pages import pages_of, pages_with
from tests.people_kit import a_melder, names, put
from vpdesk.domain.call_backs import CallBack, WorkMail
from vpdesk.domain.errors import InvalidValueError, NotFoundError
from vpdesk.domain.people import Part, Voicemail
from vpdesk.domain.rows import TodayItem, TodayKind
from vpdesk.operations.call_backs import (
    NEW,
    destroy_call_back,
    get_call_back,
    into_case,
    postpone_call_back,
    put_back_call_back,
    save_call_back,
)
from vpdesk.operations.conversations import drafts, save_draft
from vpdesk.operations.destroying import wipe_traces
from vpdesk.operations.people import people_of
from vpdesk.operations.today import today_items

if TYPE_CHECKING:
    from datetime import date

    from vpdesk.store.vault import Vault

DAY = timedelta(days=1)


def a_call_back(vault: Vault, called: str = "mevrouw Zwanebloem") -> CallBack:
    return save_call_back(
        vault,
        CallBack(
            NEW, TODAY, TODAY + DAY, a_client(vault).id, called, "0600112233", "na 18 uur", Voicemail.NEE, WorkMail.NEE
        ),
    )


def items(vault: Vault, day: date) -> list[TodayItem]:
    return [item for item in today_items(vault, today=day) if item.call_back is not None]


def test_vandaag_tells_when_and_for_whom_one_works_but_not_whom_to_call(vault: Vault) -> None:
    made = a_call_back(vault)
    (item,) = items(vault, TODAY)
    assert (item.kind, item.due, item.client_name, item.action) == (
        TodayKind.TERUGBELLEN, TODAY + DAY, "Stichting Speelwijs", "Bellen…",
    )  # fmt: skip
    assert not any(word in repr(item) for word in ("Zwanebloem", "0600112233", "na 18"))
    assert get_call_back(vault, made.id) == made
    later = postpone_call_back(vault, made.id, due=TODAY + 3 * DAY)
    assert items(vault, TODAY)[0].due == later.due == TODAY + 3 * DAY
    assert items(vault, made.until - DAY)[0].kind is TodayKind.TERUGBELLEN
    (over,) = items(vault, made.until)
    assert (over.kind, over.due, over.action) == (TodayKind.VERNIETIGEN, made.until, "Vernietigen")
    with pytest.raises(InvalidValueError):
        postpone_call_back(vault, made.id, due=TODAY - DAY)
    assert save_call_back(vault, replace(later, client=None, called="meneer D.")).client is None
    assert get_call_back(vault, made.id).called == "meneer D."


def test_what_is_destroyed_leaves_no_word_and_can_be_put_back_for_a_moment(vault: Vault) -> None:
    made = a_call_back(vault)
    save_draft(vault, key="dialoog:1", text='{"case": null, "text": "Aanspreekvorm: mevrouw Zwanebloem"}', now=NOW)
    save_draft(vault, key="dialoog:2", text='{"case": null, "text": "Tijd: 0:30"}', now=NOW)
    assert pages_with(pages_of(vault), "Zwanebloem")
    gone = destroy_call_back(vault, made.id)
    assert items(vault, TODAY) == []
    assert [draft.key for draft in drafts(vault)] == ["dialoog:2"]
    assert wipe_traces(vault, now=NOW)
    assert not pages_with(pages_of(vault), "Zwanebloem", "0600112233")
    for ask in (get_call_back, destroy_call_back):
        with pytest.raises(NotFoundError, match="terugbelnotitie"):
            ask(vault, made.id)
    with pytest.raises(NotFoundError):
        save_call_back(vault, made)
    back = put_back_call_back(vault, gone)
    assert replace(get_call_back(vault, back.id), id=made.id) == made


def test_it_becomes_who_comes_in_a_case_once(vault: Vault) -> None:
    made, case = a_call_back(vault), a_case(vault)
    assert into_case(vault, made.id, case_id=case.id, today=TODAY)
    (person,) = people_of(vault, case.id).persons
    assert (person.part, person.name, person.reach, person.hours, person.voicemail) == (
        Part.KOMT, "mevrouw Zwanebloem", "0600112233", "na 18 uur; nooit werkmail", Voicemail.NEE,
    )  # fmt: skip
    assert items(vault, TODAY) == []
    assert into_case(vault, made.id, case_id=case.id, today=TODAY), "there is nothing left to do"
    second = a_call_back(vault, "meneer Duizendblad")
    assert not into_case(vault, second.id, case_id=case.id, today=TODAY), "somebody comes already"
    assert names(vault, case.id) == ["mevrouw Zwanebloem"]
    assert get_call_back(vault, second.id) == second


def test_where_roles_may_conflict_it_stays_and_nobody_is_put_in_the_case(vault: Vault) -> None:
    a_melder(vault, about="Jan Zwanebloem")
    case = a_case(vault, rol="betrokkene")
    made = a_call_back(vault, "Jan Zwanebloem")
    put(vault, case.id, Part.ANDER, function="Hoofd inkoop")
    assert not into_case(vault, made.id, case_id=case.id, today=TODAY)
    assert names(vault, case.id) == [""]
    assert get_call_back(vault, made.id) == made
