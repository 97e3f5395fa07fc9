"""An older copy that is put back forgets no handover, bewaarstop or longer term, and says what it can not know."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.casework import a_case
from tests.full_case import a_record
from tests.vault_kit import NOW, PHRASE, SMALL, Made, make
from vpdesk.domain.consent import Answer, Consent, ConsentTerm
from vpdesk.domain.errors import ImpossibleMoveError, InvalidValueError, VaultDamagedError
from vpdesk.domain.guided_questions import GuidedKind
from vpdesk.domain.handover import COLLEAGUE
from vpdesk.domain.ids import StepId
from vpdesk.domain.phases import Phase
from vpdesk.domain.retention import HoldKind
from vpdesk.domain.rows import CaseFilter
from vpdesk.domain.steps import HANDED_OVER, Choice, Step, StepKind, StepState
from vpdesk.domain.wording import long_date
from vpdesk.operations import carrying
from vpdesk.operations.backups import make_backup, restore_backup
from vpdesk.operations.carrying import DECISIONS_OF_COPY, DECISIONS_UNKNOWN
from vpdesk.operations.cases import close_case, list_cases
from vpdesk.operations.destroying import destroy_case
from vpdesk.operations.handed import close_again, given_before
from vpdesk.operations.handover import Chosen, hand_over, handed_over
from vpdesk.operations.retention import decision_on, keep_longer, lift_hold, place_hold, take_back_decision
from vpdesk.operations.steps import record_step
from vpdesk.operations.vaults import begin_setup, open_vault
from vpdesk.store.keys import PRACTICE
from vpdesk.store.merge_cases import merge_decisions

if TYPE_CHECKING:
    from pathlib import Path

    from vpdesk.domain.cases import Case
    from vpdesk.domain.ids import CaseId, GuidedId
    from vpdesk.store.vault import Vault

TODAY = NOW.date()
LATER = TODAY + timedelta(days=2)


def give(vault: Vault, folder: Path, *cases: Case, to: str = "Bo") -> None:
    """Hand cases over to a colleague, two days later."""
    chosen = tuple(Chosen(case.id, reason="Onbereikbaar") for case in cases)
    hand_over(vault, chosen, to=to, phrase="een twee", path=folder / f"{to}.vpdesk", today=LATER, kdf=PRACTICE)


def hold(vault: Vault, case: CaseId, reason: str) -> None:
    """Have a bewaarstop on a case."""
    place_hold(vault, case_id=case, kind=HoldKind.PROCEDURE, since=TODAY, reason=reason)


def put_back(kit: Made, copy: Path) -> Vault:
    return restore_backup(copy, folder=kit.folder, words=kit.words, keychain=kit.keychain, now=NOW, kdf=SMALL)


def open_holds(vault: Vault, case: CaseId) -> list[str]:
    return [one.reason for one in vault.retention.holds(case) if one.lifted is None]


def test_an_older_copy_forgets_no_handover_and_no_hold(tmp_path: Path) -> None:
    kit, vault = make(tmp_path / "kluis")
    with vault:
        gone, held, both = a_case(vault), a_case(vault), a_case(vault)
        hold(vault, both.id, "Van voor de kopie")
        copy = make_backup(vault, places=(tmp_path / "kopieën",), now=NOW).path
        later = a_case(vault)
        hold(vault, held.id, "Van na de kopie")
        hold(vault, later.id, "Bij een casus van na de kopie")
        give(vault, tmp_path, gone, later)
        give(vault, tmp_path, later_again := a_case(vault), to="Fé")
    for _ in range(2):  # also over the copy that was just put back
        with put_back(kit, copy) as vault:
            assert [(one.on, one.to, one.count) for one in handed_over(vault)] == [(LATER, "Fé", 1), (LATER, "Bo", 2)]
            assert [case.code for one in handed_over(vault) for case in one.cases] == [gone.code]
            assert [case.running for one in handed_over(vault) for case in one.cases] == [True]
            assert open_holds(vault, held.id) == ["Van na de kopie"]
            assert open_holds(vault, both.id) == ["Van voor de kopie"]
            said = "\n".join(vault.warnings)
    assert later_again.code not in said
    with open_vault(kit.folder, passphrase=PHRASE, keychain=kit.keychain, now=NOW) as vault:
        destroyed = a_case(vault)
        give(vault, tmp_path, destroyed, to="Cas")
        destroy_case(vault, case_id=destroyed.id, now=NOW)
        assert [one.to for one in handed_over(vault)] == ["", "Fé", "Bo"]  # destroying one forgets no other


def test_what_can_not_be_carried_is_said(tmp_path: Path) -> None:
    kit, vault = make(tmp_path / "kluis")
    with vault:
        gone = a_case(vault)
        copy = make_backup(vault, places=(tmp_path / "kopieën",), now=NOW).path
        later = a_case(vault)
        hold(vault, later.id, "Bij een casus van na de kopie")
        give(vault, tmp_path, gone)
    with put_back(kit, copy) as vault:
        (runs,) = [one for one in vault.warnings if "Wat is overgedragen" in one]
        assert runs.startswith("1 casus die u had overgedragen, loopt in deze kopie weer")
        (lost,) = [one for one in vault.warnings if "bewaarstop" in one]
        assert f"1 casus die niet in deze kopie staat: {later.code}." in lost


def test_a_hold_on_a_record_without_a_case_is_carried_or_said(tmp_path: Path) -> None:
    def hold_record(vault: Vault, record: GuidedId) -> None:
        place_hold(vault, guided_id=record, kind=HoldKind.CLAIM, since=TODAY, reason="Van na de kopie")

    kit, vault = make(tmp_path / "kluis")
    with vault:
        case = a_case(vault)
        hold(vault, case.id, "Van voor de kopie")
        number = a_record(vault, GuidedKind.INFORMATIE)
        copy = make_backup(vault, places=(tmp_path / "kopieën",), now=NOW).path
        later = a_record(vault, GuidedKind.INFORMATIE)
        hold_record(vault, number)
        hold_record(vault, later)
    for missing in (True, False):  # the second time over the copy, which never knew the later record
        with put_back(kit, copy) as vault:
            (held,) = vault.retention.holds(None, number)
            assert held.reason == "Van na de kopie"
            another = place_hold(vault, case_id=case.id, kind=HoldKind.CLAIM, since=TODAY, reason="Nieuw")
            assert another.id > held.id > vault.retention.holds(case.id)[0].id
            assert ("1 losse vastlegging die niet in deze kopie staat." in "\n".join(vault.warnings)) is missing


FIRST, SECOND = date(2027, 1, 1), date(2028, 1, 1)


def longer(vault: Vault, case: CaseId, until: date, on: date = TODAY) -> None:
    """Decide that a case is kept until a day."""
    keep_longer(vault, case_id=case, until=until, reason=f"Tot {until.year}", today=on)


def until(vault: Vault, case: CaseId | None, record: GuidedId | None = None) -> list[int]:
    return [one.until.year for one in vault.retention.decisions(case, record)]


def test_an_older_copy_forgets_no_reason_to_keep_longer(tmp_path: Path) -> None:
    kit, vault = make(tmp_path / "kluis")
    with vault:
        more, back, same = a_case(vault), a_case(vault), a_case(vault)
        record = a_record(vault, GuidedKind.INFORMATIE)
        for case in (more, back, same):
            close_case(vault, case_id=case.id, outcome="gedrag gestopt", reason="doel bereikt", on=date(2025, 6, 1))
            longer(vault, case.id, FIRST)
        copy = make_backup(vault, places=(tmp_path / "kopieën",), now=NOW).path
        longer(vault, more.id, SECOND)
        take_back_decision(vault, case_id=back.id)
        keep_longer(vault, guided_id=record, until=date(2035, 1, 1), reason="Loopt nog", today=TODAY)
        later = a_case(vault)
        close_case(vault, case_id=later.id, outcome="gedrag gestopt", reason="doel bereikt", on=date(2025, 6, 1))
        longer(vault, later.id, SECOND)
    for _ in range(2):  # also over the copy that was just put back
        with put_back(kit, copy) as vault:
            assert [until(vault, case.id) for case in (more, back, same)] == [[2027, 2028], [], [2027]]
            assert until(vault, None, record) == [2035]
            assert decision_on(vault, more.id, today=TODAY).kept.longer == SECOND
            assert vault.integrity(full=True)


def test_of_two_that_went_apart_the_decision_that_was_taken_last_counts(two: tuple[Vault, Vault]) -> None:
    old, new = two
    with old, new:
        (row,) = list_cases(new, CaseFilter(), 10)
        for vault, days in (
            (old, {FIRST: TODAY, SECOND: LATER}),
            (new, {date(2029, 1, 1): TODAY + (LATER - TODAY) / 2}),
        ):
            close_case(vault, case_id=row.id, outcome="gedrag gestopt", reason="doel bereikt", on=TODAY)
            for day, on in days.items():
                longer(vault, row.id, day, on)
        for _ in range(2):
            merge_decisions(old, new)
            assert until(new, row.id) == [2027, 2029, 2028]


def test_over_a_vault_that_can_not_be_read_it_says_that_nobody_knows(tmp_path: Path) -> None:
    kit, vault = make(tmp_path / "kluis")
    with vault:
        copy = make_backup(vault, places=(tmp_path / "kopieën",), now=NOW).path
    kit.database.write_bytes(bytes(kit.database.stat().st_size))
    with put_back(kit, copy) as vault:
        assert DECISIONS_UNKNOWN in vault.warnings
    with restore_backup(
        copy, folder=tmp_path / "nieuw", words=kit.words, keychain=kit.keychain, now=NOW, kdf=SMALL
    ) as vault:
        assert DECISIONS_UNKNOWN not in vault.warnings


def test_on_a_new_laptop_it_says_that_later_decisions_are_not_in_the_copy(tmp_path: Path) -> None:
    kit, vault = make(tmp_path / "kluis")
    with vault:
        copy = make_backup(vault, places=(tmp_path / "kopieën",), now=NOW).path
        give(vault, tmp_path, a_case(vault))
    later = NOW + timedelta(days=40)
    with restore_backup(
        copy, folder=tmp_path / "nieuw", words=kit.words, keychain=kit.keychain, now=later, kdf=SMALL
    ) as vault:
        (said,) = [one for one in vault.warnings if "overdroeg" in one]
        assert said == DECISIONS_OF_COPY.format(long_date(TODAY))
    with put_back(kit, copy) as vault:  # over the vault that stood there nothing is missing
        assert not any("overdroeg" in one for one in vault.warnings)
    with begin_setup(tmp_path / "oefenen", now=NOW, practice=True).confirm() as practice:
        of_practice = make_backup(practice, places=(tmp_path / "geoefend",), now=NOW).path
    with restore_backup(of_practice, folder=tmp_path / "oefen", words=None, keychain=kit.keychain, now=later) as vault:
        assert not any("overdroeg" in one for one in vault.warnings)


def test_where_the_former_vault_turns_out_damaged_it_says_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(*_: object, **__: object) -> None:
        raise VaultDamagedError("Deze kluis is beschadigd.")

    kit, vault = make(tmp_path / "kluis")
    with vault:
        copy = make_backup(vault, places=(tmp_path / "kopieën",), now=NOW).path
    monkeypatch.setattr(carrying, "merge_decisions", damaged)
    with put_back(kit, copy) as vault:
        assert DECISIONS_UNKNOWN in vault.warnings
        assert vault.integrity(full=True)


@pytest.fixture
def two(tmp_path: Path) -> tuple[Vault, Vault]:
    """Two vaults of one beginning: what stood there, and a copy of it."""
    kit, old = make(tmp_path / "oud")
    with old:
        case = a_case(old)
        hold(old, case.id, "Loopt")
        copy = make_backup(old, places=(tmp_path / "kopieën",), now=NOW).path
    new = restore_backup(copy, folder=tmp_path / "nieuw", words=kit.words, keychain=kit.keychain, now=NOW, kdf=SMALL)
    return open_vault(kit.folder, passphrase=PHRASE, keychain=kit.keychain, now=NOW), new


@pytest.mark.parametrize("goes_on", [True, False])
def test_a_hold_that_was_lifted_since_comes_back_only_where_the_other_knows_better(
    two: tuple[Vault, Vault], *, goes_on: bool
) -> None:
    old, new = two
    with old, new:
        (row,) = list_cases(new, CaseFilter(), 10)
        case = row.id
        lift_hold(new, hold_id=new.retention.holds(case)[0].id, on=TODAY, reason="Voorbij")
        merge_decisions(old, new, goes_on=goes_on)
        assert open_holds(new, case) == (["Loopt"] if goes_on else [])


def test_a_case_of_the_same_code_that_is_another_gets_nothing(two: tuple[Vault, Vault], tmp_path: Path) -> None:
    old, new = two
    with old, new:
        of_old, of_new = a_case(old, pseudonym="Kade"), a_case(new, pseudonym="Molen")
        assert (of_old.code, of_old.id) == (of_new.code, of_new.id)
        hold(old, of_old.id, "Van een ander")
        give(old, tmp_path, of_old)
        assert merge_decisions(old, new).unheld == (of_old.code,)
        assert not open_holds(new, of_new.id)
        assert not given_before(new, of_new.id)


def test_cases_that_run_again_are_closed_as_on_the_day_they_went(tmp_path: Path) -> None:
    kit, vault = make(tmp_path / "kluis")
    with vault:
        agreed, without, another, never = (a_case(vault) for _ in range(4))
        bo, cas = (Consent(ConsentTerm(Answer.JA, TODAY), "De casus", name) for name in ("Bo", "Cas"))
        for case, consents in ((agreed, (bo,)), (without, ()), (another, (cas,))):
            kind, choice = StepKind.VERWIJZING, Choice(date(2026, 1, 5))
            step = Step(StepId(0), case.id, kind, choice, COLLEAGUE, manner=HANDED_OVER, consents=consents)
            record_step(vault, step)
        copy = make_backup(vault, places=(tmp_path / "kopieën",), now=NOW).path
        hand_over(
            vault,
            (Chosen(agreed.id), *(Chosen(case.id, reason="Onbereikbaar") for case in (without, another))),
            to="Bo",
            phrase="een twee",
            path=tmp_path / "a.vpdesk",
            today=LATER,
            kdf=PRACTICE,
        )
    with put_back(kit, copy) as vault:
        for chosen, error in (((), "minstens één"), ((agreed.id, never.id), "niet overgedragen")):
            with pytest.raises(InvalidValueError, match=error):
                close_again(vault, chosen)
        assert vault.cases.get(agreed.id).phase is Phase.VOORFASE
        assert close_again(vault, (agreed.id, without.id, another.id, agreed.id)) == 3
        for case in (agreed, without, another):
            closed = vault.cases.get(case.id)
            assert (closed.closed, closed.closing_reason) == (LATER, "overgedragen")
        states = [vault.steps.rows(case.id)[-1].state for case in (agreed, without, another)]
        assert states == [StepState.GEZET, StepState.VERVALLEN, StepState.VERVALLEN]  # the yes was for Cas
        assert vault.steps.get(vault.steps.rows(agreed.id)[-1].id).result == "Overgedragen aan Bo"
        with pytest.raises(ImpossibleMoveError):
            close_again(vault, (agreed.id,))
        assert not any(case.running for one in handed_over(vault) for case in one.cases)
