"""The work log keeps what was done, per period and organisation, and what earlier years counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.casework import NOW, a_case, a_client, a_talk
from tests.pages import pages_of, pages_with
from vpdesk.domain.balance import Balance
from vpdesk.domain.errors import InvalidValueError, NotFoundError, VaultDamagedError
from vpdesk.domain.ids import ActivityId
from vpdesk.domain.periods import Period
from vpdesk.domain.worklog import FollowUp, FollowUpState, TaskGroup, WorkFilter
from vpdesk.operations.cases import change_case, close_case
from vpdesk.operations.destroying import destroy_case, wipe_traces
from vpdesk.operations.worklog import (
    activities,
    add_activity,
    advice_given,
    change_activity,
    count_lines,
    delete_activity,
    earlier_totals,
    get_activity,
    note_follow_up,
    overview,
    save_earlier_total,
    work_log,
    write_activity,
)

if TYPE_CHECKING:
    from vpdesk.domain.cases import Case
    from vpdesk.store.vault import Vault

YEAR = Period.year(2025)


def test_activities_stand_in_their_period_the_latest_first(vault: Vault) -> None:
    client = a_client(vault)
    talk = add_activity(
        vault,
        on=date(2025, 2, 6),
        task="voorlichting",
        minutes=90,
        title="Introductie",
        client_id=client.id,
        reached=24,
    )
    own = add_activity(vault, on=date(2025, 12, 31), task="intervisie", minutes=120)
    add_activity(vault, on=date(2026, 1, 1), task="intervisie", minutes=120)
    assert activities(vault, period=YEAR) == (own, talk)
    assert activities(vault, period=YEAR, client_id=client.id) == (talk,)


def test_an_activity_is_changed_and_removed(vault: Vault) -> None:
    activity = add_activity(vault, on=date(2025, 2, 6), task="artikel", minutes=90)
    changed = change_activity(vault, replace(activity, minutes=60, title="Personeelsblad"))
    assert activities(vault, period=YEAR) == (changed,)
    delete_activity(vault, activity_id=activity.id)
    assert activities(vault, period=YEAR) == ()
    with pytest.raises(NotFoundError):
        delete_activity(vault, activity_id=ActivityId(9))


def test_an_unknown_task_is_refused(vault: Vault) -> None:
    with pytest.raises(InvalidValueError):
        add_activity(vault, on=date(2025, 2, 6), task="onderzoek", minutes=90)


def test_an_earlier_total_is_written_over(vault: Vault) -> None:
    client = a_client(vault)
    save_earlier_total(vault, client_id=client.id, year=2024, cases=21)
    save_earlier_total(vault, client_id=client.id, year=2023, cases=17)
    save_earlier_total(vault, client_id=client.id, year=2024, cases=22)
    assert [(total.year, total.cases) for total in earlier_totals(vault, client.id)] == [(2023, 17), (2024, 22)]


def test_a_removed_activity_is_put_back_as_it_was(vault: Vault) -> None:
    kept = add_activity(
        vault, on=date(2025, 2, 6), task="intervisie", minutes=90, title=" Groep ", proof=" Bij de groep "
    )
    assert (kept.title, kept.proof) == ("Groep", "Bij de groep")
    removed = delete_activity(vault, activity_id=kept.id)
    assert removed == kept
    again = write_activity(vault, removed)
    assert replace(again, id=kept.id) == kept
    assert get_activity(vault, again.id) == again


def test_what_was_removed_meanwhile_is_not_found(vault: Vault) -> None:
    gone = add_activity(vault, on=date(2025, 2, 6), task="signaal", minutes=90)
    delete_activity(vault, activity_id=gone.id)
    for ask in (
        lambda: get_activity(vault, gone.id),
        lambda: change_activity(vault, gone),
        lambda: vault.worklog.delete(gone.id),
        lambda: note_follow_up(vault, activity_id=gone.id, follow_up=FollowUp(FollowUpState.BUSY, date(2025, 3, 1))),
    ):
        with pytest.raises(NotFoundError):
            ask()


def test_advice_keeps_what_was_done_with_it(vault: Vault) -> None:
    client = a_client(vault)
    asked = add_activity(vault, on=date(2025, 2, 6), task="gevraagd advies", minutes=60, client_id=client.id)
    own = add_activity(vault, on=date(2025, 4, 6), task="ongevraagd advies", minutes=60)
    add_activity(vault, on=date(2025, 5, 6), task="artikel", minutes=60)
    heard = FollowUp(FollowUpState.PARTLY, date(2025, 9, 1), "Alleen bij de leidinggevenden")
    changed = note_follow_up(vault, activity_id=asked.id, follow_up=heard)
    assert advice_given(vault) == (own, changed)
    assert advice_given(vault, client_id=client.id) == (changed,)
    assert advice_given(vault, limit=1) == (own,)
    assert changed.follow_up == heard
    with pytest.raises(InvalidValueError):
        note_follow_up(vault, activity_id=own.id, follow_up=FollowUp(FollowUpState.DONE, date(2025, 1, 1)))


def imported(vault: Vault, case: Case, minutes: int) -> Case:
    return change_case(vault, replace(case, imported_talks=2, imported_minutes=minutes))


def test_the_log_has_activities_and_the_talks_of_a_day_in_one_line(vault: Vault) -> None:
    case = a_case(vault, opened=date(2025, 3, 4), pseudonym="Kompas")
    other = a_client(vault, "Gemeente Waterveen")
    a_talk(vault, case, on=date(2025, 3, 5), minutes=30)
    a_talk(vault, case, on=date(2025, 3, 5), minutes=20)
    a_talk(vault, None, on=date(2025, 3, 6), minutes=10)
    a_talk(vault, case, on=date(2025, 3, 7), minutes=10)
    a_talk(vault, None, on=date(2025, 3, 7), minutes=10, client=other.id)
    article = add_activity(vault, on=date(2025, 3, 5), task="artikel", minutes=45, title="Krant", client_id=other.id)
    advice = add_activity(vault, on=date(2025, 3, 4), task="signaal", minutes=45)
    advice = note_follow_up(vault, activity_id=advice.id, follow_up=FollowUp(FollowUpState.BUSY, date(2025, 4, 1)))
    imported(vault, case, 75)
    rows = work_log(vault, WorkFilter(), limit=10)
    assert [(r.on.day, r.activity, r.talks, r.clients, r.minutes, r.client_name) for r in rows] == [
        (7, None, 2, 2, 20, ""),
        (6, None, 1, 0, 10, ""),
        (5, article.id, 0, 1, 45, "Gemeente Waterveen"),
        (5, None, 2, 1, 50, "Stichting Speelwijs"),
        (4, advice.id, 0, 1, 45, ""),
        (4, None, 2, 1, 75, "Stichting Speelwijs"),
    ]
    assert rows[4].state is FollowUpState.BUSY
    assert count_lines(vault, WorkFilter()) == 6
    assert work_log(vault, WorkFilter(), limit=2, offset=3) == rows[3:5]
    assert all("Kompas" not in repr(row) for row in rows)


def test_talks_of_one_organisation_and_of_none_on_a_day_are_not_said_to_be_of_one(vault: Vault) -> None:
    case = a_case(vault)
    a_talk(vault, case, on=date(2025, 3, 7), minutes=10)
    a_talk(vault, None, on=date(2025, 3, 7), minutes=10)
    (row,) = work_log(vault, WorkFilter(), limit=10)
    assert (row.client_name, row.clients, row.talks) == ("", 1, 2)


def test_the_log_is_filtered_by_period_organisation_and_task(vault: Vault) -> None:
    case = a_case(vault)
    a_talk(vault, case, on=date(2025, 3, 5))
    own = add_activity(vault, on=date(2025, 3, 6), task="intervisie", minutes=120)
    told = add_activity(vault, on=date(2024, 3, 6), task="voorlichting", minutes=60, client_id=case.client)

    def shown(**which: object) -> list[ActivityId | None]:
        asked = WorkFilter(**which)  # type: ignore[arg-type] # fields by name
        rows = work_log(vault, asked, limit=10)
        assert count_lines(vault, asked) == len(rows)
        return [row.activity for row in rows]

    assert shown() == [own.id, None, told.id]
    assert shown(period=YEAR) == [own.id, None]
    assert shown(client=case.client) == [None, told.id]
    assert shown(group=TaskGroup.ONDERSTEUNEN) == [None]
    assert shown(group=TaskGroup.INFORMEREN) == [told.id]
    assert shown(group=TaskGroup.VAKBEKWAAMHEID, client=case.client) == []


def test_the_overview_counts_talks_as_support_per_quarter_and_organisation(vault: Vault) -> None:
    case = a_case(vault, opened=date(2025, 2, 1))
    other = a_client(vault, "Gemeente Waterveen")
    assert overview(vault, period=YEAR).first is None
    a_talk(vault, case, on=date(2025, 2, 2), minutes=60)
    imported(vault, case, 30)
    add_activity(vault, on=date(2025, 11, 1), task="voorlichting", minutes=90, client_id=other.id)
    add_activity(vault, on=date(2025, 11, 2), task="reistijd", minutes=15, client_id=other.id)
    add_activity(vault, on=date(2025, 11, 3), task="intervisie", minutes=120)
    add_activity(vault, on=date(2024, 11, 3), task="signaal", minutes=30)
    whole = overview(vault, period=YEAR)
    assert whole.first == date(2024, 11, 3)
    assert [client.name for client in whole.clients] == ["Gemeente Waterveen", "Stichting Speelwijs"]
    assert whole.balance == Balance(90, 90, 0)
    assert whole.quarters == ((1, Balance(90, 0, 0)), (4, Balance(0, 90, 0)))
    assert [(time.name, time.minutes) for time in whole.times] == [
        ("Gemeente Waterveen", 105),
        ("Stichting Speelwijs", 90),
        ("", 120),
    ]
    of_one = overview(vault, period=YEAR, client_id=case.client)
    assert (of_one.balance, of_one.times) == (Balance(90, 0, 0), whole.times)
    two_years = overview(vault, period=Period(date(2024, 1, 1), date(2025, 12, 31)))
    assert (two_years.balance, two_years.quarters) == (Balance(90, 90, 30), ())


def test_a_destroyed_case_still_counts_in_the_year_and_no_longer_in_a_quarter(vault: Vault) -> None:
    case = a_case(vault)
    a_talk(vault, case, on=date(2025, 3, 5), minutes=60)
    before = overview(vault, period=YEAR)
    close_case(vault, case_id=case.id, outcome="niet opgelost", reason="doel bereikt", on=date(2025, 9, 1))
    destroy_case(vault, case_id=case.id, now=NOW)
    after = overview(vault, period=YEAR)
    assert (after.balance, after.times) == (before.balance, before.times)
    assert (before.quarters, after.quarters) == (((1, Balance(60, 0, 0)),), ())
    quarter = Period(date(2025, 1, 1), date(2025, 3, 31))
    assert overview(vault, period=quarter).balance == Balance(0, 0, 0)


def test_words_of_a_removed_activity_are_in_no_page_after_wiping(vault: Vault) -> None:
    words = ("zonnebloempitkwark", "papaverkamer", "kolibrieveer")
    activity = add_activity(vault, on=date(2025, 2, 6), task="signaal", minutes=90, title=words[0])
    kept = FollowUp(FollowUpState.BUSY, date(2025, 3, 1), words[1])
    note_follow_up(vault, activity_id=activity.id, follow_up=kept)
    proven = add_activity(vault, on=date(2025, 2, 6), task="bijscholing", minutes=90, proof=words[2])
    assert set(pages_with(pages_of(vault), *words)) == set(words)
    for number in (activity.id, proven.id):
        delete_activity(vault, activity_id=number)
    wipe_traces(vault, now=NOW)
    assert pages_with(pages_of(vault), *words) == {}


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [("activities", "task", "niets"), ("activities", "minutes", -5), ("activities", "minutes", 2**62)],
)
def test_what_no_log_holds_is_refused_and_not_added_up(vault: Vault, table: str, column: str, value: object) -> None:
    for _ in range(3):
        add_activity(vault, on=date(2025, 2, 6), task="artikel", minutes=5)
    vault.connection.execute(f"UPDATE {table} SET {column} = ?", (value,))  # noqa: S608 - of the schema
    for ask in (lambda: overview(vault, period=YEAR), lambda: work_log(vault, WorkFilter(), limit=5)):
        with pytest.raises(VaultDamagedError):
            ask()
