"""What changed after a report went out is told without numbers; a revised edition goes out only where it may."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.casework import NOW, a_case, a_client, new_vault, with_draw
from vpdesk.domain.errors import InvalidValueError, ReportRefusedError
from vpdesk.domain.periods import Period
from vpdesk.domain.publications import Kind
from vpdesk.domain.statements import Audience, Box
from vpdesk.operations import cases, corrections, ledger, reports
from vpdesk.operations.destroying import destroy_case
from vpdesk.reporting import revision
from vpdesk.store.counted import CountedStore

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vpdesk.domain.cases import Case
    from vpdesk.domain.publications import Publication
    from vpdesk.operations.corrections import Standing
    from vpdesk.operations.reports import ExportResult
    from vpdesk.store.vault import Vault

OPENED = date(2025, 3, 4)
YEAR = Period.year(2025)
LATER = NOW + timedelta(days=30)
ROLES = {
    "melder": 14,
    "getuige": 12,
    "collega": 11,
    "naaste": 3,
    "onbekend": 4,
}  # two are hidden, and no draw is needed


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with with_draw(new_vault(tmp_path / "kluis")) as opened:
        for role, number in ROLES.items():
            for _ in range(number):
                a_case(opened, rol=role)
        yield opened


def export(
    vault: Vault,
    folder: Path,
    audience: Audience = Audience.WERKGEVER,
    *,
    period: Period = YEAR,
    revised: bool = False,
    now: datetime = LATER,
) -> Publication:
    return reports.export_report(
        vault, client_id=a_client(vault).id, period=period, audience=audience, out=folder / f"{now:%j}{audience}{revised}.pdf",
        now=now, backup_places=(), revised=revised,
    ).publication  # fmt: skip


def again(vault: Vault, folder: Path) -> ExportResult:
    return reports.export_report(
        vault, client_id=a_client(vault).id, period=YEAR, audience=Audience.WERKGEVER, out=folder / "weer.pdf", now=LATER,
        backup_places=(),
    )  # fmt: skip


def standing(vault: Vault, audience: Audience = Audience.WERKGEVER) -> Standing | None:
    asked = reports.gather(vault, client_id=a_client(vault).id, period=YEAR, audience=audience, today=LATER.date())
    return corrections.standing(vault, asked)


def several(vault: Vault, number: int, **codes: str) -> list[Case]:
    return [a_case(vault, OPENED, **codes) for _ in range(number)]


def changed(vault: Vault, case: Case, **codes: str) -> None:
    with vault.transaction():
        vault.cases.put(replace(case, **codes))  # type: ignore[arg-type]


def test_a_report_that_still_says_what_the_vault_says_has_nothing_to_tell(vault: Vault, tmp_path: Path) -> None:
    assert standing(vault) is None
    first = export(vault, tmp_path, now=NOW)
    assert standing(vault) is None
    assert again(vault, tmp_path).since == ""
    kept = CountedStore(vault.connection).of(first.id)
    assert len(kept) == sum(ROLES.values())
    assert sum(codes["rol"] == "naaste" for codes in kept.values()) == 3
    with pytest.raises(ReportRefusedError, match="nog dezelfde"):
        export(vault, tmp_path, revised=True)


def test_one_case_waits_and_the_first_edition_stands_to_the_byte(vault: Vault, tmp_path: Path) -> None:
    first = export(vault, tmp_path, now=NOW)
    a_case(vault, rol="melder")
    told = standing(vault)
    assert told is not None
    assert not told.may_revise
    assert told.sentence.startswith(
        "Na de uitgave van 20 januari 2026 zijn casussen veranderd. Een herziene uitgave kan "
    )
    with pytest.raises(ReportRefusedError, match="kan pas als"):
        export(vault, tmp_path, revised=True)
    assert export(vault, tmp_path) == first
    assert again(vault, tmp_path).since == told.sentence
    other = export(vault, tmp_path, Audience.OR)
    assert (other.statements, other.revision) == (first.statements, 0)
    assert CountedStore(vault.connection).of(other.id) == CountedStore(vault.connection).of(first.id)


def test_what_is_told_says_no_number(vault: Vault, tmp_path: Path) -> None:
    export(vault, tmp_path, now=NOW)
    told = []
    for _ in range(2):
        a_case(vault, rol="melder")
        told.append(standing(vault))
    assert told[0] == told[1]


def test_enough_cases_make_a_revised_edition_beside_the_first(vault: Vault, tmp_path: Path) -> None:
    first = export(vault, tmp_path, now=NOW)
    several(vault, 6, rol="melder")
    told = standing(vault)
    assert told is not None
    assert told.may_revise
    assert export(vault, tmp_path) == first  # the first stands as long as nobody asks for another
    second = export(vault, tmp_path, revised=True)
    assert second.revision == 1
    assert (
        second.title
        == "Jaarverslag vertrouwenspersoon 2025, herziene uitgave van 19 februari 2026, Stichting Speelwijs"
    )
    assert [p.id for p in ledger.everything_out(vault, a_client(vault).id)] == [first.id, second.id]
    assert second.pattern == first.pattern
    assert {s.box: s.minimum - f.minimum for f, s in zip(first.statements, second.statements, strict=False)} == {
        s.box: 6 if s.box.where in {(), (("rol", ("melder",)),)} else 0 for s in second.statements
    }
    assert standing(vault) is None
    assert export(vault, tmp_path) == second
    assert export(vault, tmp_path, revised=True) == second
    assert vault.ledger.whole()


def test_a_revised_edition_is_repeated_for_others(vault: Vault, tmp_path: Path) -> None:
    first = export(vault, tmp_path, now=NOW)
    council = export(vault, tmp_path, Audience.OR, now=NOW)
    several(vault, 6, rol="melder")
    second = export(vault, tmp_path, revised=True)
    assert export(vault, tmp_path, Audience.OR) == council  # as it went out; the revised one has to be asked for
    again = export(vault, tmp_path, Audience.OR, revised=True)
    assert (again.statements, again.revision) == (second.statements, 1)
    assert again.statements != first.statements
    assert CountedStore(vault.connection).of(again.id) == CountedStore(vault.connection).of(second.id)
    with pytest.raises(ReportRefusedError, match="een herziene uitgave uit"):
        export(vault, tmp_path, Audience.OPENBAAR)


def test_an_audience_that_had_none_gets_the_revised_edition(vault: Vault, tmp_path: Path) -> None:
    export(vault, tmp_path, now=NOW)
    several(vault, 6, rol="melder")
    second = export(vault, tmp_path, revised=True)
    council = export(vault, tmp_path, Audience.OR)
    assert (council.statements, council.revision) == (second.statements, 1)
    assert "herziene uitgave" in council.title


def test_a_report_is_revised_once(vault: Vault, tmp_path: Path) -> None:
    export(vault, tmp_path, now=NOW)
    several(vault, 6, rol="melder")
    second = export(vault, tmp_path, revised=True)
    several(vault, 6, rol="melder")
    assert export(vault, tmp_path, revised=True) == second


def test_cases_that_changed_places_count_on_both_sides(vault: Vault, tmp_path: Path) -> None:
    export(vault, tmp_path, now=NOW)
    found = [vault.cases.get(n) for n in CountedStore(vault.connection).numbers(a_client(vault).id, YEAR)]
    for case in [case for case in found if case.rol == "melder"][:5]:
        changed(vault, case, rol="getuige")
    second = export(vault, tmp_path, revised=True)
    shown = {s.box: s.minimum for s in second.statements}
    assert (shown[Box.of(rol="melder")], shown[Box.of(rol="getuige")]) == (9, 17)
    assert shown[Box()] == sum(ROLES.values())


def test_a_destroyed_case_leaves_no_row_and_no_revised_edition(vault: Vault, tmp_path: Path) -> None:
    first = export(vault, tmp_path, now=NOW)
    number = CountedStore(vault.connection).numbers(a_client(vault).id, YEAR)[0]
    cases.close_case(vault, case_id=number, outcome="niet opgelost", reason="doel bereikt", on=OPENED)
    destroy_case(vault, case_id=number, now=NOW)
    assert number not in CountedStore(vault.connection).of(first.id)
    assert standing(vault) is None  # it still counts as it did
    several(vault, 6, rol="melder")
    told = standing(vault)
    assert told is not None
    assert not told.may_revise
    assert revision.NOT_WRITTEN in told.sentence
    with pytest.raises(ReportRefusedError, match="is vernietigd"):
        export(vault, tmp_path, revised=True)
    assert export(vault, tmp_path) == first


def test_a_report_that_counts_what_is_left_of_a_destroyed_case_is_not_kept_one_by_one(
    vault: Vault, tmp_path: Path
) -> None:
    number = CountedStore(vault.connection).numbers(a_client(vault).id, YEAR)[0]
    cases.close_case(vault, case_id=number, outcome="niet opgelost", reason="doel bereikt", on=OPENED)
    destroy_case(vault, case_id=number, now=NOW)
    assert CountedStore(vault.connection).of(export(vault, tmp_path, now=NOW).id) == {}
    several(vault, 6, rol="melder")
    told = standing(vault)
    assert told is not None
    assert revision.NOT_WRITTEN in told.sentence


def test_a_report_of_an_older_program_is_never_revised(vault: Vault, tmp_path: Path) -> None:
    export(vault, tmp_path, now=NOW)
    with vault.transaction():
        vault.connection.execute("DELETE FROM counted_cases")
    assert standing(vault) is None
    several(vault, 6, rol="melder")
    told = standing(vault)
    assert told is not None
    assert revision.NOT_WRITTEN in told.sentence


def test_nothing_is_revised_that_was_never_out(vault: Vault, tmp_path: Path) -> None:
    with pytest.raises(ReportRefusedError, match="valt niets te herzien"):
        export(vault, tmp_path, revised=True)


def test_what_was_never_sent_is_no_edition(vault: Vault, tmp_path: Path) -> None:
    first = export(vault, tmp_path, now=NOW)
    ledger.never_sent(vault, first.id, reason="op de verkeerde knop gedrukt")
    several(vault, 6, rol="melder")
    assert standing(vault) is None
    assert export(vault, tmp_path).revision == 0


def test_a_longer_period_beside_two_editions_is_refused(vault: Vault, tmp_path: Path) -> None:
    several(vault, 20, rol="melder")
    export(vault, tmp_path, now=NOW)
    several(vault, 6, rol="melder")
    export(vault, tmp_path, revised=True)
    both = Period(YEAR.first, Period.year(2026).last)
    with pytest.raises(ReportRefusedError, match="zonder die dagen"):
        export(vault, tmp_path, period=both)
    assert export(vault, tmp_path, period=Period.year(2024)).statements == ()


def test_a_letter_that_quotes_the_revised_edition_can_be_entered(vault: Vault, tmp_path: Path) -> None:
    export(vault, tmp_path, now=NOW)
    several(vault, 6, rol="melder")
    second = export(vault, tmp_path, revised=True)
    total = second.statements[0].minimum
    client = a_client(vault).id

    def enter(number: int) -> Publication:
        said = (ledger.Said(number, number),)
        entry = ledger.Entry(client, Kind.BRIEF, LATER.date(), "", YEAR, said)
        return ledger.enter(vault, entry, today=LATER.date())

    assert enter(total).statements[0].minimum == total
    with pytest.raises(InvalidValueError):
        enter(total - 6)
