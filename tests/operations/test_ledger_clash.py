"""What was said is out, true or not: the ledger takes it, and nothing goes out that hangs together with a contradiction."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.casework import TODAY, a_case, a_client
from tests.operations.test_ledger import CROSSED
from tests.operations.test_reports import YEAR, export, fill
from vpdesk.domain.errors import ContradictsError, ReportRefusedError
from vpdesk.domain.periods import Period
from vpdesk.domain.publications import Kind
from vpdesk.domain.statements import Audience
from vpdesk.operations import ledger, ledger_check
from vpdesk.operations.cases import open_case
from vpdesk.operations.clients import add_client
from vpdesk.operations.ledger import Entry, Said

if TYPE_CHECKING:
    from pathlib import Path

    from vpdesk.domain.ids import ClientId
    from vpdesk.domain.publications import Publication
    from vpdesk.store.vault import Vault

HALF = Period(date(2025, 1, 1), date(2025, 6, 30))


def entry_of(client: ClientId, *said: Said, period: Period = YEAR) -> Entry:
    return Entry(client, Kind.GESPROKEN, date(2025, 12, 3), "De directie", period, said)


def entered(vault: Vault, *said: Said, client: ClientId | None = None, anyway: bool = False) -> Publication:
    entry = entry_of(client or a_client(vault).id, *said)
    return ledger.enter(vault, entry, today=TODAY, anyway=anyway)


def test_a_report_marked_by_mistake_counts_again_beside_the_one_made_since(vault: Vault, tmp_path: Path) -> None:
    client = fill(vault, 24)
    first = export(vault, tmp_path / "een.pdf").publication
    ledger.never_sent(vault, first.id, reason="Toch niet gemaild.")
    a_case(vault, date(2025, 3, 3), thema="pesten", rol="melder")
    second = export(vault, tmp_path / "twee.pdf").publication
    with pytest.raises(ContradictsError, match="Dat spreekt tegen wat al is uitgegeven: verslag van") as asked:
        ledger.was_sent(vault, first.id)
    assert "dan komt er geen nieuw verslag meer over deze dagen" in asked.value.sentence
    assert "Er is niets veranderd" in asked.value.sentence
    assert ledger.everything_out(vault, client.id) == (second,)

    assert ledger.was_sent(vault, first.id, anyway=True).out
    assert [p.id for p in ledger.everything_out(vault, client.id)] == [first.id, second.id]
    for changed in ({"period": HALF}, {"audience": Audience.OPENBAAR}):
        with pytest.raises(ReportRefusedError, match=r"kan niet allemaal waar zijn: verslag van .* en verslag van"):
            export(vault, tmp_path / "nee.pdf", **changed)
    assert not (tmp_path / "nee.pdf").exists()
    assert export(vault, tmp_path / "weer.pdf").sha256 == second.sha256, "what is out can be had again"
    export(vault, tmp_path / "ander.pdf", period=Period.year(2024))
    ledger.never_sent(vault, second.id, reason="Deze was het niet.")
    assert not export(vault, tmp_path / "half.pdf", period=HALF).again


def test_a_number_said_aloud_that_the_report_excludes_is_kept_after_a_second_word(vault: Vault, tmp_path: Path) -> None:
    client = fill(vault, 24)
    export(vault, tmp_path / "jaar.pdf")
    a_case(vault, date(2025, 3, 3), thema="pesten", rol="melder")
    doubts = ledger_check.doubts(vault, entry_of(client.id, Said(25, 25)))
    assert doubts.startswith("Dat spreekt tegen wat al is uitgegeven: verslag van 20 januari 2026. Telt het mee, dan")
    assert "‘Toch invoeren’" in doubts
    both = ledger_check.doubts(vault, entry_of(client.id, Said(40, 40)))
    assert "in de kluis staan er 25. Dat spreekt tegen" in both
    with pytest.raises(ContradictsError, match="Er is niets bewaard"):
        entered(vault, Said(25, 25))
    said = entered(vault, Said(25, 25), anyway=True)
    assert said in ledger.everything_out(vault, client.id)
    with pytest.raises(ReportRefusedError, match=r"waar zijn: verslag van .* en mondeling genoemd van 3 december"):
        export(vault, tmp_path / "half.pdf", period=HALF)
    ledger.never_sent(vault, said.id, reason="Dat zei ik niet.")
    export(vault, tmp_path / "half.pdf", period=HALF)


def test_numbers_that_exclude_each_other_are_kept_too(vault: Vault, tmp_path: Path) -> None:
    fill(vault, 24)
    numbers = (Said(8, 8), Said(9, 9, "thema", ("pesten",)))
    with pytest.raises(ContradictsError, match="kunnen niet samen kloppen"):
        entered(vault, *numbers)
    entered(vault, *numbers, anyway=True)
    with pytest.raises(ReportRefusedError, match="kan niet allemaal waar zijn: mondeling genoemd"):
        export(vault, tmp_path / "jaar.pdf")


def test_numbers_over_too_many_pairs_are_kept_and_no_report_goes_out_beside_them(vault: Vault, tmp_path: Path) -> None:
    client = fill(vault, 24)
    known = ledger.choices(vault, client.id)
    first = {name: known[name][0][0] for name in CROSSED}
    pairs = tuple(Said(0, 9, a, (first[a],), b, (first[b],)) for n, a in enumerate(first) for b in list(first)[n + 1 :])
    with pytest.raises(ContradictsError, match="grijpen hier zo in elkaar"):
        entered(vault, *pairs)
    entered(vault, *pairs, anyway=True)
    with pytest.raises(ReportRefusedError, match="Hierin telt mee wat met de hand is toegevoegd: mondeling genoemd"):
        export(vault, tmp_path / "jaar.pdf")
    export(vault, tmp_path / "ander.pdf", period=Period.year(2024))


def test_a_letter_of_a_holding_counts_more_cases_than_its_own_report(vault: Vault, tmp_path: Path) -> None:
    """So they exclude nothing of each other; two letters of the holding do, and stop what counts beside both."""
    client = fill(vault, 24)
    part = add_client(vault, name="Dochter", part_of=client.id)
    for month in range(1, 13):
        open_case(vault, client=part.id, opened=date(2025, month, 4))
    export(vault, tmp_path / "jaar.pdf")
    entered(vault, Said(36, 36))
    with pytest.raises(ContradictsError, match="mondeling genoemd"):
        entered(vault, Said(37, 37))
    entered(vault, Said(37, 37), anyway=True)
    with pytest.raises(ReportRefusedError, match=r"mondeling genoemd .* en mondeling genoemd"):
        export(vault, tmp_path / "dochter.pdf", client_id=part.id)


def test_what_contradicts_itself_of_a_subsidiary_stops_the_family_only_where_several_are_counted(
    vault: Vault, tmp_path: Path
) -> None:
    client = fill(vault, 24)
    part = add_client(vault, name="Dochter", part_of=client.id)
    entered(vault, Said(8, 8), client=part.id)
    entered(vault, Said(9, 9), client=part.id, anyway=True)
    export(vault, tmp_path / "jaar.pdf")
    entered(vault, Said(30, 50))
    with pytest.raises(ReportRefusedError, match="kan niet allemaal waar zijn"):
        export(vault, tmp_path / "half.pdf", period=HALF)


def test_the_first_edition_counts_again_beside_the_revised_one(vault: Vault, tmp_path: Path) -> None:
    """Both were audited together, as two registries; other reports wait for their own reason."""
    client = fill(vault, 24)
    first = export(vault, tmp_path / "een.pdf").publication
    ledger.never_sent(vault, first.id, reason="Toch niet gemaild.")
    with vault.transaction():
        total = first.statements[0]
        more = replace(total, minimum=total.minimum + 6, maximum=total.maximum + 6)
        vault.ledger.add(replace(first, statements=(more,), pattern=(), revision=1))
    assert ledger.was_sent(vault, first.id).out
    assert len(ledger.everything_out(vault, client.id)) == 2
