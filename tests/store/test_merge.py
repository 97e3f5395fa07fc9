"""What left the house is carried over once, to the right organisation, whatever became of names and numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.vault_kit import NOW, make
from vpdesk.domain.clients import Client
from vpdesk.domain.ids import ClientId, PublicationId
from vpdesk.domain.periods import Period
from vpdesk.domain.publications import Kind, Publication
from vpdesk.domain.statements import Audience, Box, Of, Statement
from vpdesk.operations.cases import open_case
from vpdesk.store.keys import SlotKind
from vpdesk.store.merge import LEDGER_UNKNOWN_AFTER, merge_access, merge_ledger, merge_settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vpdesk.store.vault import Vault


@pytest.fixture
def old(tmp_path: Path) -> Iterator[Vault]:
    _, vault = make(tmp_path / "oud")
    with vault:
        yield vault


@pytest.fixture
def new(tmp_path: Path) -> Iterator[Vault]:
    _, vault = make(tmp_path / "nieuw")
    with vault:
        yield vault


def client(vault: Vault, name: str, *units: str) -> ClientId:
    with vault.transaction():
        made = vault.clients.add(Client(id=ClientId(0), name=name)).id
        for unit in units:
            vault.clients.add_unit(made, unit)
    return made


def publish(vault: Vault, to: ClientId, sha256: str) -> None:
    with vault.transaction():
        vault.ledger.add(
            Publication(
                id=PublicationId(0),
                client=to,
                period=Period(date(2025, 1, 1), date(2025, 12, 31)),
                audience=Audience.OR,
                exported=NOW,
                threshold=5,
                statements=(),
                pattern=(),
                sha256=sha256,
                pdf=b"%PDF",
                title="Jaarverslag",
                author="",
            )
        )


def ledger(vault: Vault) -> dict[str, list[str]]:
    return {c.name: [p.sha256 for p in vault.ledger.publications(c.id)] for c in vault.clients.all()}


def test_an_organisation_is_the_one_of_that_name_whatever_its_number(old: Vault, new: Vault) -> None:
    client(new, "Stichting Eik")
    client(new, "Gemeente Waterveen")
    publish(old, client(old, "gemeente waterveen"), "een")
    assert merge_ledger(old, new) == 1
    assert ledger(new) == {"Stichting Eik": [], "Gemeente Waterveen": ["een"]}


@pytest.mark.parametrize("shared", ["case", "report"])
def test_an_organisation_that_changed_its_name_is_the_one_of_that_number_with_a_case_or_report_of_it(
    old: Vault, new: Vault, shared: str
) -> None:
    numbers = client(new, "Gemeente Veen"), client(old, "Gemeente Waterveen")
    for vault, number in zip((new, old), numbers, strict=True):
        if shared == "report":
            publish(vault, number, "eerder")
        else:
            open_case(vault, client=number, opened=date(2025, 3, 4))
    publish(old, numbers[1], "een")
    merge_ledger(old, new, unsure_from=NOW.isoformat())
    assert ledger(new)["Gemeente Veen"][-1:] == ["een"]
    assert new.settings.get(LEDGER_UNKNOWN_AFTER) == ""


def test_a_number_that_was_given_to_another_organisation_since_is_not_that_one(old: Vault, new: Vault) -> None:
    client(new, "Stichting B")
    publish(old, client(old, "Bedrijf C"), "een")
    merge_ledger(old, new, unsure_from=NOW.isoformat())
    assert ledger(new) == {"Stichting B": [], "Bedrijf C": ["een"]}
    assert new.settings.get(LEDGER_UNKNOWN_AFTER) == NOW.isoformat(), "it may be another name of the same"


def test_an_organisation_that_is_new_comes_along_with_its_units(old: Vault, new: Vault) -> None:
    client(new, "Stichting Eik")
    client(old, "Stichting Eik")
    publish(old, client(old, "Gemeente Waterveen", "Buitendienst", "Griffie"), "een")
    client(old, "Zonder verslag", "Niets")
    merge_ledger(old, new)
    assert ledger(new) == {"Stichting Eik": [], "Gemeente Waterveen": ["een"]}
    found = new.clients.by_name("Gemeente Waterveen")
    assert found is not None
    assert {unit.name for unit in new.clients.units(found.id)} == {"Buitendienst", "Griffie"}


def test_a_second_time_carries_nothing_and_units_stay_single(old: Vault, new: Vault) -> None:
    publish(old, client(old, "Gemeente Waterveen", "Griffie"), "een")
    client(new, "Gemeente Waterveen", "Griffie")
    assert merge_ledger(old, new) == 1
    assert merge_ledger(old, new) == 0
    (found,) = new.clients.all()
    assert [unit.name for unit in new.clients.units(found.id)] == ["Griffie"]


def test_a_unit_that_was_renamed_in_one_of_both_is_one_unit(old: Vault, new: Vault) -> None:
    there = client(old, "Gemeente Waterveen", "Griffie", "Buitendienst")
    publish(old, there, "een")
    here = client(new, "Gemeente Waterveen", "Griffie")
    with new.transaction():
        (unit,) = new.clients.units(here)
        new.clients.rename_unit(here, unit.id, "Buitendienst")
    merge_ledger(old, new)
    merge_ledger(old, new)
    assert [(unit.code, unit.name) for unit in new.clients.units(here)] == [
        ("griffie", "Buitendienst"),
        ("buitendienst", "Buitendienst (2)"),
    ]


def test_counters_never_go_back_and_the_earliest_doubt_stands(old: Vault, new: Vault) -> None:
    for doubt in ("2026-02-01T10:00:00", "2026-01-01T10:00:00"):
        with old.transaction():
            old.settings.put(LEDGER_UNKNOWN_AFTER, doubt)
            old.connection.execute("UPDATE vault SET backup_sequence = 9")
        merge_ledger(old, new)
        assert new.revision > old.revision
        assert new.connection.execute("SELECT backup_sequence FROM vault").fetchone() == (9,)
        assert new.settings.get(LEDGER_UNKNOWN_AFTER) == doubt
    with old.transaction():
        old.settings.put(LEDGER_UNKNOWN_AFTER, "2026-03-01T10:00:00")
    merge_ledger(old, new)
    assert new.settings.get(LEDGER_UNKNOWN_AFTER) == "2026-01-01T10:00:00"


def slot_row(vault: Vault, number: str) -> tuple[object, ...]:
    sql = "SELECT replaced, marks, checked FROM slots WHERE id = ?"
    return tuple(vault.connection.execute(sql, (number,)).fetchone())


def test_what_either_withdrew_stays_withdrawn_and_the_last_check_counts(old: Vault, new: Vault) -> None:
    early, late = "2026-01-01T10:00:00", "2026-02-01T10:00:00"
    sql = (
        "INSERT INTO slots (id, kind, recipient, made, replaced, marks, checked) VALUES (?, 'recovery', ?, ?, ?, ?, ?)"
    )
    marks = b"m" * 16
    rows = {
        "a" * 16: ((early, None, early), (None, marks, late), (early, marks, late)),
        "b" * 16: ((None, marks, None), (early, None, None), (early, marks, None)),
        "c" * 16: ((late, None, late), (early, None, early), (early, None, late)),
        "d" * 16: ((None, None, early), (None, None, None), (None, None, early)),
    }
    for number, (of_old, of_new, _) in rows.items():
        for vault, (replaced, given, checked) in ((old, of_old), (new, of_new)):
            vault.connection.execute(sql, (number, b"r" * 32, early, replaced, given, checked))
    with new.transaction():
        merge_access(old, new)
    assert {number: slot_row(new, number) for number in rows} == {number: both for number, (*_, both) in rows.items()}
    assert {slot.id for slot in old.access.slots()} <= {slot.id for slot in new.access.slots()}


def test_former_keys_and_openings_of_both_are_known_and_told_once(old: Vault, new: Vault) -> None:
    for vault, days in ((old, 2), (new, 1)):
        vault.access.add_former_key(b"k" * 32, NOW + timedelta(days=days))
        vault.access.add_former_key(bytes([days]) * 32, NOW)
        vault.access.opened(SlotKind.EMERGENCY, NOW)
        vault.access.opened(SlotKind.EMERGENCY, NOW + timedelta(days=days))
    old.connection.execute("UPDATE openings SET told = 1 WHERE at = ?", (NOW.isoformat(),))
    for _ in range(2):
        with new.transaction():
            merge_access(old, new)
    assert new.access.known_until() == {
        b"k" * 32: NOW + timedelta(days=2),
        bytes([1]) * 32: NOW,
        bytes([2]) * 32: NOW,
    }
    assert new.access.openings() == (NOW + timedelta(days=2), NOW + timedelta(days=1), NOW)
    assert new.access.openings(untold=True) == (NOW + timedelta(days=2), NOW + timedelta(days=1))


def test_settings_of_a_folder_that_can_not_be_read_are_those_of_none(old: Vault, new: Vault) -> None:
    for vault in (old, new):
        for name in ("map", "moment", "keuze"):
            vault.settings.put(name, "van " + ("hier" if vault is old else "toen"))
    with new.transaction():
        merge_settings(old, new, of_folder=("map",), of_moment=("moment",), chosen=("keuze",))
    assert [new.settings.get(name) for name in ("map", "moment", "keuze")] == ["van hier", "", "van hier"]
    old.connection.execute("UPDATE settings SET value = x'00' WHERE name = 'map'")
    with new.transaction():
        merge_settings(old, new, of_folder=("map",), of_moment=(), chosen=("keuze",))
    assert [new.settings.get(name) for name in ("map", "keuze")] == ["", "van hier"]


def letters(vault: Vault, to: ClientId, *numbers: int, never_sent: str = "", recipient: str = "De directie") -> None:
    period = Period(date(2025, 1, 1), date(2025, 12, 31))
    with vault.transaction():
        for number in numbers:
            vault.ledger.add(
                Publication(
                    id=PublicationId(0),
                    client=to,
                    period=period,
                    audience=Audience.OR,
                    exported=NOW,
                    threshold=5,
                    statements=(Statement(Of.CASES, Box(), period, number, number),),
                    pattern=(),
                    sha256="",
                    pdf=b"",
                    title="Brief of e-mail",
                    author="",
                    kind=Kind.BRIEF,
                    recipient=recipient,
                    never_sent=never_sent,
                )
            )


def marks(vault: Vault) -> list[tuple[str, str]]:
    return [(p.recipient, p.never_sent) for c in vault.clients.all() for p in vault.ledger.publications(c.id)]


def test_two_letters_of_one_day_are_two(old: Vault, new: Vault) -> None:
    letters(old, client(old, "Gemeente Waterveen"), 10, 12)
    letters(new, client(new, "Gemeente Waterveen"), 10)
    assert merge_ledger(old, new) == 1
    assert len(marks(new)) == 2
    assert new.ledger.whole()


@pytest.mark.parametrize("goes_on", [True, False])
@pytest.mark.parametrize(
    ("stood", "copied", "after"),
    [("", "Concept.", ""), ("Concept.", "", "Concept."), ("Concept.", "Concept.", "Concept."), ("", "", "")],
)
def test_what_one_of_both_counts_as_sent_was_sent_unless_the_later_knows_better(
    old: Vault, new: Vault, goes_on: bool, stood: str, copied: str, after: str
) -> None:
    letters(old, client(old, "Gemeente Waterveen"), 10, never_sent=stood, recipient="De OR")
    letters(new, client(new, "Gemeente Waterveen"), 10, never_sent=copied, recipient="")
    assert merge_ledger(old, new, goes_on=goes_on) == 0
    assert marks(new) == [("De OR", after if goes_on or stood == copied else "")]


def test_what_an_organisation_is_part_of_comes_along_and_never_goes_round(old: Vault, new: Vault) -> None:
    for vault in (old, new):
        for name in ("Holding", "Dochter"):
            letters(vault, client(vault, name), 10)
    whole, part = (old.clients.by_name(name) for name in ("Holding", "Dochter"))
    assert whole is not None
    assert part is not None
    with old.transaction():
        old.clients.put(replace(part, part_of=whole.id))
    merge_ledger(old, new)
    holding, daughter = (new.clients.by_name(name) for name in ("Holding", "Dochter"))
    assert holding is not None
    assert daughter is not None
    assert daughter.part_of == holding.id
    with old.transaction():
        old.clients.put(replace(part, part_of=None))
        old.clients.put(replace(whole, part_of=part.id))
    merge_ledger(old, new)
    assert new.clients.get(holding.id).part_of is None
