"""A clock that was started runs on in the vault until somebody ends it, and no longer than once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.casework import NOW, a_client, new_vault
from tests.pages import pages_of, pages_with
from tests.vault_kit import NOW as KIT_NOW
from vpdesk.domain.errors import AlreadyExistsError, InvalidValueError, NotFoundError
from vpdesk.domain.timer import Doubt
from vpdesk.domain.worklog import Activity
from vpdesk.operations import vaults
from vpdesk.operations.backups import make_backup, restore_backup
from vpdesk.operations.destroying import wipe_traces
from vpdesk.operations.timer import drop_timer, resume_timer, running_timer, start_timer, stop_timer
from vpdesk.operations.worklog import NEW, get_activity
from vpdesk.store.keychain import MemoryKeychain

if TYPE_CHECKING:
    from pathlib import Path

    from vpdesk.store.vault import Vault


def done(minutes: int = 30) -> Activity:
    return Activity(NEW, NOW.date(), "artikel", minutes)


def test_no_clock_runs_until_one_is_started(vault: Vault) -> None:
    assert running_timer(vault, now=NOW) is None
    for ask in (lambda: drop_timer(vault), lambda: stop_timer(vault, activity=done())):
        with pytest.raises(NotFoundError):
            ask()


def test_a_clock_says_since_when_how_long_and_for_whom(vault: Vault) -> None:
    client = a_client(vault)
    start_timer(vault, now=NOW, task="voorlichting", client_id=client.id, title=" Introductie ")
    running = running_timer(vault, now=NOW + timedelta(minutes=42))
    assert running is not None
    assert (running.minutes, running.doubt, running.since) == (42, Doubt.NONE, NOW)
    assert (running.timer.task, running.timer.title, running.client_name) == (
        "voorlichting",
        "Introductie",
        "Stichting Speelwijs",
    )
    assert running.timer.on == NOW.date()


def test_a_second_clock_is_refused_and_the_first_runs_on(vault: Vault) -> None:
    start_timer(vault, now=NOW, task="voorlichting")
    with pytest.raises(AlreadyExistsError):
        start_timer(vault, now=NOW + timedelta(hours=1), task="artikel")
    running = running_timer(vault, now=NOW + timedelta(hours=1))
    assert running is not None
    assert (running.timer.task, running.minutes) == ("voorlichting", 60)
    with pytest.raises(InvalidValueError):
        start_timer(vault, now=NOW, task="onderzoek")


def test_stopping_writes_the_activity_and_can_be_taken_back(vault: Vault) -> None:
    start_timer(vault, now=NOW, task="artikel")
    activity, timer = stop_timer(vault, activity=done(25))
    assert get_activity(vault, activity.id).minutes == 25
    assert running_timer(vault, now=NOW) is None
    resume_timer(vault, timer, instead_of=activity.id)
    running = running_timer(vault, now=NOW + timedelta(minutes=40))
    assert running is not None
    assert running.minutes == 40
    with pytest.raises(NotFoundError):
        get_activity(vault, activity.id)


def test_a_clock_thrown_away_writes_nothing_and_can_be_taken_back(vault: Vault) -> None:
    start_timer(vault, now=NOW, task="artikel")
    timer = drop_timer(vault)
    assert running_timer(vault, now=NOW) is None
    resume_timer(vault, timer)
    with pytest.raises(AlreadyExistsError):
        resume_timer(vault, timer)


def test_where_another_clock_runs_by_now_the_activity_stays(vault: Vault) -> None:
    start_timer(vault, now=NOW, task="artikel")
    activity, timer = stop_timer(vault, activity=done())
    start_timer(vault, now=NOW, task="training")
    with pytest.raises(AlreadyExistsError):
        resume_timer(vault, timer, instead_of=activity.id)
    assert get_activity(vault, activity.id) == activity


def test_a_clock_runs_on_while_the_vault_is_closed_overnight(tmp_path: Path) -> None:
    vault = new_vault(tmp_path / "kluis")
    start_timer(vault, now=NOW, task="artikel", title="Krant")
    vault.close()
    later = NOW + timedelta(hours=20)
    phrase = "zes heel lange woorden op papier"
    with vaults.open_vault(tmp_path / "kluis", passphrase=phrase, keychain=vaults.system_keychain, now=later) as again:
        running = running_timer(again, now=later)
    assert running is not None
    assert (running.minutes, running.doubt, running.timer.title) == (20 * 60, Doubt.LONG, "Krant")


def test_a_clock_that_was_set_back_is_doubted(vault: Vault) -> None:
    start_timer(vault, now=NOW, task="artikel")
    running = running_timer(vault, now=NOW - timedelta(hours=3))
    assert running is not None
    assert (running.minutes, running.doubt) == (0, Doubt.BACKWARDS)


def test_summer_time_takes_no_hour_away(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    import time  # noqa: PLC0415 - the zone of the laptop, for this test only

    monkeypatch.setenv("TZ", "Europe/Amsterdam")
    time.tzset()
    try:
        evening = datetime(2026, 3, 29, 1, 30)  # noqa: DTZ001 - the product works in the laptop's local time
        start_timer(vault, now=evening, task="artikel")
        running = running_timer(vault, now=datetime(2026, 3, 29, 3, 30))  # noqa: DTZ001 - idem
        assert running is not None
        assert (running.minutes, running.since) == (60, evening)
    finally:
        monkeypatch.undo()
        time.tzset()


def test_words_of_a_clock_thrown_away_are_in_no_page_after_wiping(vault: Vault) -> None:
    start_timer(vault, now=NOW, task="artikel", title="zonnebloempitkwark")
    assert pages_with(pages_of(vault), "zonnebloempitkwark")
    drop_timer(vault)
    wipe_traces(vault, now=NOW)
    assert pages_with(pages_of(vault), "zonnebloempitkwark") == {}


def test_a_copy_holds_the_clock_and_the_log(tmp_path: Path) -> None:
    vault = vaults.begin_setup(tmp_path / "kluis", now=NOW, practice=True).confirm()
    with vault:
        start_timer(vault, now=NOW, task="artikel")
        stopped, timer = stop_timer(vault, activity=done(25))
        resume_timer(vault, timer)
        copy = make_backup(vault, places=(tmp_path / "kopie",), now=KIT_NOW).path
    with restore_backup(copy, folder=tmp_path / "nieuw", keychain=MemoryKeychain(), now=KIT_NOW) as restored:
        assert running_timer(restored, now=NOW) is not None
        assert get_activity(restored, stopped.id) == stopped
