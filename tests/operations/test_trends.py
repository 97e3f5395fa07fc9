"""What Trends shows: what the vault counts, and beside it only what reports said."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from tests.casework import a_case, a_client, a_talk
from vpdesk.domain.periods import Period
from vpdesk.domain.remains import Remains, Segment
from vpdesk.domain.report_work import WorkPart
from vpdesk.domain.statements import Audience
from vpdesk.domain.wording import number
from vpdesk.operations import ledger, reports
from vpdesk.operations.report_work import choose_work
from vpdesk.operations.trends import trends, years_until
from vpdesk.operations.worklog import add_activity, save_earlier_total
from vpdesk.store.remains import RemainsStore

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from vpdesk.domain.clients import Client
    from vpdesk.store.vault import Vault

TODAY = date(2026, 1, 20)
NOW = datetime(2026, 1, 20, 10, 0)  # noqa: DTZ001 - local time
YEAR = Period.year(2025)


THEMES = ("pesten", "pesten", "intimidatie", "discriminatie", "agressie en geweld")


def filled(vault: Vault) -> Client:
    """Open 40 cases in 2025, each with a talk: sixteen of one theme, and eight of three others."""
    client = a_client(vault)
    for n in range(40):
        case = a_case(vault, date(2025, 1 + n % 12, 3), thema=THEMES[n % 5])
        a_talk(vault, case, on=date(2025, 1 + n % 12, 3), minutes=50)
    return client


def exported(vault: Vault, client: Client, folder: Path) -> None:
    reports.export_report(
        vault,
        client_id=client.id,
        period=YEAR,
        audience=Audience.WERKGEVER,
        out=folder / "verslag.pdf",
        now=NOW,
        backup_places=(),
    )


def test_five_reporting_years_end_with_the_running_one() -> None:
    assert [span.first.year for span in years_until(TODAY, 1)] == [2022, 2023, 2024, 2025, 2026]
    school = years_until(TODAY, 9)
    assert school[-1] == Period(date(2025, 9, 1), date(2026, 8, 31))
    assert school[0].first == date(2021, 9, 1)


def test_the_vault_is_counted_and_nothing_was_said_yet(vault: Vault) -> None:
    client = filled(vault)
    found = trends(vault, client_id=client.id, today=TODAY)
    assert found.year == YEAR
    assert [bar.value for bar in found.own.years] == [0, 0, 0, 40, 0]
    assert {panel.title: panel.points[3].value for panel in found.own.panels} == {
        "Pesten": 16,
        "Intimidatie": 8,
        "Agressie en geweld": 8,
        "Discriminatie": 8,
    }
    assert found.own.phases is not None
    assert [post.value for post in found.own.phases.posts] == [40, 0, 0]
    assert found.own.balance is not None
    assert found.own.balance.supporting == 40 * 50
    assert {bar.value for bar in found.said.years} == {None}
    assert found.said.panels == ()
    assert (found.said.phases, found.said.balance) == (None, None)


def test_a_year_before_vpdesk_has_what_was_told_of_it_and_no_themes(vault: Vault) -> None:
    client = filled(vault)
    save_earlier_total(vault, client_id=client.id, year=2023, cases=17)
    save_earlier_total(vault, client_id=client.id, year=2025, cases=9)  # less than vpdesk knows
    found = trends(vault, client_id=client.id, today=TODAY)
    assert [bar.value for bar in found.own.years] == [0, 17, 0, 40, 0]
    assert [point.value for point in found.own.panels[0].points] == [0, None, 0, 16, 0]


def test_what_a_report_said_is_shown_as_it_said_it_whatever_the_vault_counts_by_then(
    vault: Vault, tmp_path: Path
) -> None:
    client = filled(vault)
    add_activity(vault, on=date(2025, 3, 1), task="voorlichting", minutes=240, client_id=client.id)
    choose_work(vault, client.id, WorkPart)
    exported(vault, client, tmp_path)
    a_case(vault, date(2025, 5, 5), thema="fraude")
    found = trends(vault, client_id=client.id, today=TODAY, year=YEAR)
    assert [bar.value for bar in found.own.years][3] == 41
    assert [bar.value for bar in found.said.years] == [None, None, None, 40, None]
    (publication,) = reports.publications(vault, client.id)
    said = {number(s.minimum) for s in publication.statements if s.exact}
    shown = [point.value for panel in found.said.panels for point in panel.points if point.value is not None]
    assert len(shown) > 1
    assert {number(value) for value in shown} <= said
    assert "Fraude" in [panel.title for panel in found.own.panels]
    assert all(any(p.value is not None for p in panel.points) for panel in found.said.panels), "or it tells of a theme"
    assert found.said.balance is not None
    assert (found.said.balance.supporting, found.said.balance.informing) == (33 * 60, 4 * 60)


def test_a_report_that_never_left_said_nothing(vault: Vault, tmp_path: Path) -> None:
    client = filled(vault)
    exported(vault, client, tmp_path)
    (publication,) = reports.publications(vault, client.id)
    assert trends(vault, client_id=client.id, today=TODAY).said.years[3].value == 40
    ledger.never_sent(vault, publication.id, reason="Niet verstuurd.")
    assert trends(vault, client_id=client.id, today=TODAY).said.years[3].value is None


def test_another_year_has_its_own_phases_and_a_year_outside_is_not_shown(vault: Vault) -> None:
    client = filled(vault)
    running = trends(vault, client_id=client.id, today=TODAY, year=Period.year(2026))
    assert running.year == Period.year(2026)
    assert (running.own.phases, running.own.balance) == (None, None)
    assert trends(vault, client_id=client.id, today=TODAY, year=Period.year(1999)).year == YEAR


def test_a_destroyed_case_is_counted_and_a_code_that_no_list_has_stands_last(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = filled(vault)
    gone = Remains(
        client.id,
        {"thema": "oud thema"},
        (Segment(period=YEAR, opened=True, fase="nafase", afloop="onbekend", talks=1, minutes=30),),
    )
    monkeypatch.setattr(RemainsStore, "of_client", lambda _store, _client: (gone,))
    found = trends(vault, client_id=client.id, today=TODAY)
    assert found.own.years[3].value == 41
    assert (found.own.panels[-1].title, found.own.panels[-1].points[3].value) == ("oud thema", 1)
    assert found.own.phases is not None
    assert [post.value for post in found.own.phases.posts] == [40, 0, 1]


def test_the_number_of_queries_does_not_grow_with_the_cases(vault: Vault) -> None:
    client = a_client(vault)
    asked: list[str] = []

    def queries() -> int:
        asked.clear()
        vault.connection.set_trace_callback(asked.append)
        trends(vault, client_id=client.id, today=TODAY)
        vault.connection.set_trace_callback(None)
        return len(asked)

    none = queries()
    filled(vault)
    assert queries() == none
