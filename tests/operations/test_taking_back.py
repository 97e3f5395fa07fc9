"""What was done a moment ago is taken back whole: every table of the vault holds what it held before."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import pytest

from tests.casework import NOW, a_case, a_talk, new_vault
from vpdesk.domain.consent import Answer, Consent, ConsentTerm
from vpdesk.domain.errors import InvalidValueError, NotFoundError
from vpdesk.domain.ids import MeldingId, RelayId, StepId
from vpdesk.domain.melding_lists import WBK
from vpdesk.domain.meldingen import Melding
from vpdesk.domain.phases import Phase
from vpdesk.domain.relay import Direction, RelayMessage
from vpdesk.domain.rows import CaseFilter, TodayKind
from vpdesk.domain.steps import Actor, Choice, Step, StepKind
from vpdesk.operations import aftercare, cases, meldingen, relay, steps, taking_back, today
from vpdesk.operations.cases import Lapse
from vpdesk.operations.destroying import destroy_case
from vpdesk.store.search import search_agrees

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from vpdesk.domain.cases import Case
    from vpdesk.store.vault import Vault

DAY: Final = date(2025, 6, 2)
ALL: Final = Lapse.REMINDERS | Lapse.STEPS | Lapse.TERMS


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    """A case in the nafase with aftercare and a call planned, a step with consent and a relay melding."""
    with new_vault(tmp_path / "kluis") as opened:
        case = a_case(opened)
        a_talk(opened, case)
        for to in (Phase.MELDINGSFASE, Phase.NAFASE):
            cases.move_case(opened, case_id=case.id, to=to, on=date(2025, 4, 1))
        today.add_reminder(opened, case_id=case.id, kind=TodayKind.TERUGBELLEN, due=DAY, title="Terugbellen")
        consent = Consent(ConsentTerm(Answer.JA, DAY), "dat zij steun zoekt", "de arts")
        steps.record_step(opened, a_step(case, consent))
        melding = meldingen.record_melding(
            opened, Melding(MeldingId(0), case.id, kind=WBK, identity="vertrouwelijk", lodged=DAY, relay=True)
        )
        relay.write_message(opened, RelayMessage(RelayId(0), melding.id, Direction.NAAR, DAY, "Het gaat om geld."))
        yield opened


def a_step(case: Case, *consents: Consent) -> Step:
    return Step(
        StepId(0),
        case.id,
        StepKind.DOORGEVEN,
        Choice(DAY, "onbekend", ""),
        to="de arts",
        actor=Actor.VERTROUWENSPERSOON,
        consents=consents,
    )


def content(vault: Vault) -> dict[str, list[object]]:
    """Every table, less what counts each change; of the index of texts, which texts stand in it and that it agrees.

    A text that comes back gets another number in that index.
    """
    ask = vault.connection.execute
    names = [name for (name,) in ask("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")]
    names = [name for name in names if name not in {"vault", "last_numbers"} and not name.startswith("written")]
    found = {name: ask(f'SELECT * FROM "{name}"').fetchall() for name in names}  # noqa: S608 - its own names
    assert search_agrees(vault.connection)
    texts = "SELECT kind, source, part, text FROM written JOIN written_texts USING (id) ORDER BY 1, 2, 3"
    return found | {"written": ask(texts).fetchall()}


def the_case(vault: Vault) -> Case:
    return vault.cases.get(cases.list_cases(vault, CaseFilter(), 1)[0].id)


def the_step(vault: Vault) -> Step:
    return vault.steps.get(vault.steps.rows(the_case(vault).id)[0].id)


def moves(vault: Vault, move: Callable[[Vault], Case]) -> None:
    before = content(vault)
    moved = taking_back.moving(vault, the_case(vault).id, move)
    assert content(vault) != before
    taking_back.take_back_move(vault, moved)
    assert content(vault) == before


def closed(vault: Vault, lapse: Lapse = ALL) -> Case:
    number = the_case(vault).id
    return cases.close_case(vault, case_id=number, outcome="gedrag gestopt", reason="onbekend", on=DAY, lapse=lapse)


def test_closing_with_all_that_it_ends_is_taken_back(vault: Vault) -> None:
    moves(vault, closed)


def test_reopening_is_taken_back_with_the_aftercare_that_it_planned(vault: Vault) -> None:
    closed(vault)
    number = the_case(vault).id
    moves(vault, lambda opened: cases.move_case(opened, case_id=number, to=Phase.NAFASE, on=DAY, reason="belde"))


def test_a_case_that_moved_once_more_is_left_alone(vault: Vault) -> None:
    number = the_case(vault).id
    moved = taking_back.moving(vault, number, closed)
    cases.move_case(vault, case_id=number, to=Phase.NAFASE, on=DAY, reason="belde")
    before = content(vault)
    with pytest.raises(InvalidValueError, match="nog eens"):
        taking_back.take_back_move(vault, moved)
    assert content(vault) == before
    cases.close_case(vault, case_id=number, outcome="onbekend", reason="onbekend", on=DAY)
    destroy_case(vault, case_id=number, now=NOW)
    with pytest.raises(NotFoundError):
        taking_back.take_back_move(vault, moved)


@pytest.mark.parametrize("kind", [TodayKind.NAZORG, TodayKind.TERUGBELLEN])
@pytest.mark.parametrize("how", ["done", "later", "dropped"])
def test_a_reminder_is_as_it_was(vault: Vault, kind: TodayKind, how: str) -> None:
    before = content(vault)
    found = next(one for one in vault.reminders.of_case(the_case(vault).id) if one.kind is kind)
    settle: dict[str, Callable[[Vault], object]] = {
        "done": lambda opened: today.do_reminder(opened, reminder_id=found.id, on=DAY),
        "later": lambda opened: today.postpone_reminder(opened, reminder_id=found.id, due=date(2025, 9, 9)),
        "dropped": lambda opened: today.drop_reminder(opened, reminder_id=found.id, on=DAY),
    }
    done = taking_back.settling(vault, found.id, settle[how])  # type: ignore[arg-type]
    assert content(vault) != before
    aftercare.take_back_skip(vault, done)
    assert content(vault) == before


def test_what_was_planned_by_mistake_is_gone(vault: Vault) -> None:
    before, number = content(vault), the_case(vault).id
    planned = today.add_reminder(vault, case_id=number, kind=TodayKind.STAP, due=DAY, title="Vervolggesprek")
    taking_back.take_away_reminder(vault, planned.id)
    assert content(vault) == before


CHANGES: Final[dict[str, Callable[[Vault, StepId], object]]] = {
    "withdrawn": lambda vault, step: steps.withdraw_consent(vault, step_id=step, on=DAY),
    "taken": lambda vault, step: steps.take_step(vault, step_id=step, on=DAY, result="gebeld"),
    "lapsed": lambda vault, step: steps.lapse_step(vault, step_id=step, on=DAY),
    "removed": lambda vault, step: steps.remove_step(vault, step_id=step),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_step_is_as_it_was(vault: Vault, change: str) -> None:
    before, step = content(vault), the_step(vault)
    CHANGES[change](vault, step.id)
    assert content(vault) != before
    taking_back.put_back_step(vault, step)
    assert content(vault) == before


def test_the_reason_for_acting_without_consent_stays(vault: Vault) -> None:
    step = steps.record_step(vault, a_step(the_case(vault)))
    taken = steps.take_step(vault, step_id=step.id, on=DAY, reason="acuut gevaar")
    with pytest.raises(InvalidValueError, match="reden"):
        taking_back.put_back_step(vault, step)
    assert vault.steps.get(step.id) == taken


def test_a_removed_melding_comes_back_with_its_reference_and_what_was_prepared(vault: Vault) -> None:
    before = content(vault)
    (melding,) = vault.meldingen.of_case(the_case(vault).id)
    gone = taking_back.take_away_melding(vault, melding.id)
    assert vault.meldingen.of_case(the_case(vault).id) == ()
    taking_back.put_back_melding(vault, *gone)
    assert content(vault) == before
