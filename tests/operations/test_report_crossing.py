"""Choosing the two-way tables of a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.periods import Period
from vpdesk.domain.report_choices import ReportChoices
from vpdesk.operations import clients
from vpdesk.operations.report_choosing import choose, report_choices
from vpdesk.operations.report_crossing import MOST_TABLES, choose_crossed, crossing_of

if TYPE_CHECKING:
    from vpdesk.domain.ids import ClientId
    from vpdesk.store.vault import Vault

YEAR = Period.year(2025)


@pytest.fixture
def client(vault: Vault) -> ClientId:
    return clients.add_client(
        vault, name="Waterveen", appointment="intern", threshold=7, year_starts_in=1, contact="", agreements="",
        statistics=("onderdeel",), part_of=None,
    ).id  # fmt: skip


def test_what_can_be_chosen_follows_the_client(vault: Vault, client: ClientId) -> None:
    crossing = crossing_of(vault, client, YEAR)
    names = dict(crossing.names)
    assert "onderdeel" in names
    assert "verbonden" not in names
    assert names["relatie"] == "Verhouding tot de ander"
    assert crossing.rows["fase"] == 4
    assert crossing.chosen == ()
    assert crossing.from_cases == 42


def test_what_was_chosen_is_kept_beside_what_counts_together(vault: Vault, client: ClientId) -> None:
    together = {"thema": (("pesten", "intimidatie"),)}
    choose(vault, client, YEAR, ReportChoices(together))
    choose_crossed(vault, client, YEAR, (("rol", "werkgebied"), ("thema", "fase")))
    assert report_choices(vault, client, YEAR) == ReportChoices(together, (("rol", "werkgebied"), ("thema", "fase")))
    crossing = crossing_of(vault, client, YEAR)
    assert crossing.chosen == (("rol", "werkgebied"), ("thema", "fase"))
    assert len(crossing.chosen) <= MOST_TABLES
    assert crossing.rows["thema"] == 18


def test_a_table_of_what_the_client_no_longer_shows_is_not_offered(vault: Vault, client: ClientId) -> None:
    choose(vault, client, YEAR, ReportChoices(crossed=(("verbonden", "fase"), ("rol", "fase"))))
    assert crossing_of(vault, client, YEAR).chosen == (("rol", "fase"),)


@pytest.mark.parametrize(
    ("pairs", "words"),
    [
        ((("rol", "rol"),), "twee verschillende"),
        ((("rol", "fase"), ("fase", "rol")), "maar een keer"),
        ((("thema", "onderdeel"),), "wijst te snel mensen aan"),
        ((("thema", "gevonden_via"),), "past niet op de bladzijde"),
    ],
)
def test_what_can_t_be_printed_is_refused(
    vault: Vault, client: ClientId, pairs: tuple[tuple[str, str], ...], words: str
) -> None:
    with pytest.raises(InvalidValueError, match=words):
        choose_crossed(vault, client, YEAR, pairs)
    assert report_choices(vault, client, YEAR) == ReportChoices()
