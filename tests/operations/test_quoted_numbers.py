"""Numbers of earlier years that a report quotes: they count in every way in which what is out counts."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.casework import NOW, TODAY, a_case, a_client, new_vault
from tests.operations.test_destroying import closed
from tests.operations.test_reports import THEMES, YEAR, export, fill
from tests.store.test_ledger import publication
from vpdesk.domain.errors import ContradictsError, InvalidValueError
from vpdesk.domain.periods import Period
from vpdesk.domain.publications import Kind
from vpdesk.domain.statements import Audience, Box, Of, Statement
from vpdesk.operations import ledger, ledger_check, reports
from vpdesk.operations.cases import open_case
from vpdesk.operations.clients import add_client, change_client
from vpdesk.operations.destroying import destroy_case
from vpdesk.operations.ledger import Entry, Said
from vpdesk.operations.other_client import other_clients
from vpdesk.operations.report_making import out_of_family
from vpdesk.reporting.disclosure.descent import REFUSED
from vpdesk.reporting.disclosure.request import Request
from vpdesk.store.counted import CountedStore
from vpdesk.store.merge import merge_ledger
from vpdesk.store.remains import RemainsStore

if TYPE_CHECKING:
    from pathlib import Path

    from vpdesk.domain.publications import Publication
    from vpdesk.operations.reports import Gathered
    from vpdesk.store.vault import Vault

LAST = Period.year(2024)
UNSENT = "Bleef een concept."


@pytest.fixture
def out(vault: Vault, tmp_path: Path) -> tuple[Publication, Publication]:
    """A report of 2024 and one of 2025, which quotes its 24 cases."""
    fill(vault, 24, year=2024)
    fill(vault, 32, year=2025)
    last = export(vault, tmp_path / "2024.pdf", period=LAST).publication
    return last, export(vault, tmp_path / "2025.pdf").publication


def gathered(vault: Vault, period: Period = LAST) -> Gathered:
    return reports.gather(vault, client_id=a_client(vault).id, period=period, audience=Audience.WERKGEVER, today=TODAY)


def letter(vault: Vault, number: int, *, anyway: bool = False, period: Period = LAST) -> Publication:
    entry = Entry(a_client(vault).id, Kind.BRIEF, TODAY, "De directie", period, (Said(number, number),))
    return ledger.enter(vault, entry, today=TODAY, anyway=anyway)


def test_the_days_of_what_is_quoted_are_counted(vault: Vault, out: tuple[Publication, ...]) -> None:
    half = Period(date(2025, 1, 1), date(2025, 6, 30))
    ledger.never_sent(vault, out[0].id, reason=UNSENT)
    read = gathered(vault, half)
    assert read.counted == Period(LAST.first, YEAR.last)
    assert len(read.facts) == 24 + 32
    assert [(p.period, p.quotation) for p in read.earlier] == [(LAST, True), (YEAR, False)]
    asked = Request(
        facts=read.facts, client=read.client.id, period=half, audience=read.audience, threshold=5, dimensions={},
        earlier=read.earlier, draw_key=b"", wanted=(),
    ).bare()  # fmt: skip
    assert [(p.quotes, p.title) for p in asked.earlier] == [((), ""), ((), "")]


def test_what_only_another_report_quotes_is_not_quoted_again(vault: Vault, out: tuple[Publication, ...]) -> None:
    last, this = out
    for n in range(32):
        a_case(vault, date(2026, 1 + n % 12, 3), thema=THEMES[n % 4], rol="melder" if n % 3 else "getuige")
    ask = {"client_id": this.client, "period": Period.year(2026), "audience": Audience.WERKGEVER}
    said = {}
    for taken_back in (False, True):
        if taken_back:
            ledger.never_sent(vault, last.id, reason=UNSENT)
        made = reports.prepare(reports.gather(vault, **ask, today=date(2027, 1, 20)))  # type: ignore[arg-type]
        said[taken_back] = [(s.period, s.minimum) for s in made.quotes if not s.box.where]
    assert said == {False: [(LAST, 24), (YEAR, 32)], True: [(YEAR, 32)]}


def test_what_is_entered_is_held_against_what_is_quoted(vault: Vault, out: tuple[Publication, ...]) -> None:
    last, this = out
    ledger.never_sent(vault, last.id, reason=UNSENT)
    with pytest.raises(ContradictsError, match="uitgegeven: verslag van 20 januari 2026"):
        letter(vault, 25)
    ledger.never_sent(vault, this.id, reason=UNSENT)
    letter(vault, 25)
    with pytest.raises(ContradictsError, match="brief of e-mail van 20 januari 2026 aan De directie"):
        ledger.was_sent(vault, this.id)
    ledger.was_sent(vault, this.id, anyway=True)
    assert [p.quotation for p in ledger.everything_out(vault, this.client)] == [True, False, False]


def test_a_refusal_names_the_report_that_quotes_another_number_than_the_vault_has(
    vault: Vault, out: tuple[Publication, ...]
) -> None:
    ledger.never_sent(vault, out[0].id, reason=UNSENT)
    assert ledger_check.beside_refusal(gathered(vault), REFUSED) == REFUSED
    a_case(vault, date(2024, 5, 5))
    said = ledger_check.beside_refusal(gathered(vault), REFUSED)
    assert said.startswith(f"{REFUSED} Wel verstuurd, met getallen uit een verslag dat nooit is verstuurd")
    assert "nu anders zijn: verslag van 20 januari 2026. Ze zijn naar buiten" in said
    assert ledger_check.beside_refusal(gathered(vault, Period.year(2026)), REFUSED) == REFUSED


def test_a_subsidiary_and_its_holding_count_what_the_other_quotes(
    vault: Vault, out: tuple[Publication, ...], tmp_path: Path
) -> None:
    last, this = out
    holding = add_client(vault, name="Stichting Samen")
    change_client(vault, replace(a_client(vault), part_of=holding.id))
    for n in range(84):
        opened = date(2024 if n < 24 else 2025, 1 + n % 12, 5)
        open_case(vault, client=holding.id, opened=opened, thema=THEMES[n % 4], rol="melder" if n % 3 else "getuige")
    entry = Entry(holding.id, Kind.BRIEF, TODAY, "De raad", LAST, (Said(48, 48),))
    ledger.enter(vault, entry, today=TODAY)
    before = out_of_family(vault, holding.id)
    ledger.never_sent(vault, last.id, reason=UNSENT)
    after = out_of_family(vault, holding.id)
    assert [(r.publication.id, r.publication.quotation, r.clients) for r in after] == [
        (last.id, True, {this.client}),
        (this.id, False, {this.client}),
        (before[-1].publication.id, False, {holding.id, this.client}),
    ]
    made = export(vault, tmp_path / "groep.pdf", client_id=holding.id, period=LAST).publication
    assert made.statements[0].minimum == 24
    export(vault, tmp_path / "groep-2025.pdf", client_id=holding.id)
    ledger.never_sent(vault, made.id, reason=UNSENT)
    own = [p for p in ledger.everything_out(vault, holding.id) if p.quotation]
    assert [(p.id, p.statements[0].minimum) for p in own] == [(made.id, 24)]
    quoted = [r for r in out_of_family(vault, this.client) if r.publication.quotation]
    assert [(r.publication.id, r.clients) for r in quoted] == [(made.id, {holding.id})]


def test_a_case_that_a_report_quotes_stays_with_its_organisation(vault: Vault, out: tuple[Publication, ...]) -> None:
    last, this = out
    add_client(vault, name="Stichting Anders")
    (case, *_) = CountedStore(vault.connection).numbers(this.client, LAST)
    ledger.never_sent(vault, last.id, reason=UNSENT)
    with pytest.raises(InvalidValueError, match="een verslag de deur uit dat deze casus telt"):
        other_clients(vault, case)
    ledger.never_sent(vault, this.id, reason=UNSENT)
    assert other_clients(vault, case)


def test_of_a_destroyed_case_stays_known_how_it_counts_in_what_is_quoted(vault: Vault) -> None:
    broken = Period(date(2023, 7, 1), date(2024, 6, 30))
    case = a_case(vault, date(2024, 3, 4))
    closed(vault, case, date(2024, 9, 1))
    report = replace(
        publication(case.client),
        period=Period(date(2024, 7, 1), date(2025, 6, 30)),
        quotes=(Statement(Of.CASES, Box(), broken, 24, 24),),
    )
    with vault.transaction():
        vault.ledger.add(report)
    destroy_case(vault, case_id=case.id, now=NOW)
    (remains,) = RemainsStore(vault.connection).of_client(case.client)
    assert broken.last in {segment.period.last for segment in remains.segments}


def test_another_vault_takes_the_quotes_along(vault: Vault, out: tuple[Publication, ...], tmp_path: Path) -> None:
    last, this = out
    ledger.never_sent(vault, last.id, reason=UNSENT)
    with closing(new_vault(tmp_path / "ander")) as other:
        assert merge_ledger(vault, other) == 2
        (client,) = other.clients.all()
        assert [p.quotes for p in other.ledger.publications(client.id)] == [(), this.quotes]
        assert [p.quotation for p in ledger.everything_out(other, client.id)] == [True, False]


def test_a_finding_may_repeat_what_the_report_quotes(vault: Vault, tmp_path: Path) -> None:
    fill(vault, 24, year=2024)
    fill(vault, 32, year=2025)
    export(vault, tmp_path / "2024.pdf", period=LAST)
    prepared = reports.prepare(gathered(vault, YEAR))
    told = {
        text: len(reports.open_marks_in(prepared, "kort", text))
        for text in ("In 2024 waren er 24 casussen.", "Er waren 24 casussen.", "In 2023 waren er 24 casussen.")
    }
    assert list(told.values()) == [0, 1, 1]
