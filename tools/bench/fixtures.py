"""Practice vaults of any size, filled through the store, with text that looks like notes and means nothing."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from vpdesk.domain.cases import Case, Conversation
from vpdesk.domain.ids import CaseId, ConversationId
from vpdesk.domain.phases import Phase, PhaseMove
from vpdesk.operations import practice

if TYPE_CHECKING:
    from pathlib import Path

    from vpdesk.store.vault import Vault

NOW: Final = datetime(2026, 1, 20, 10, 0, 0)  # noqa: DTZ001 - the program works in local time
TALKS_PER_CASE: Final = 5
OPEN_CASES: Final = 120

SYLLABLES: Final = """
aan be bij con da de dra eel ge ging haar hou in ja ka ker kla lei li ma mel moe na nie om on op over pro raad ree sa
schap se so staan te ter tijd toe uit va ver voor waar wer wil zaam ze zorg
"""


def words(chance: random.Random, count: int) -> str:
    """Return so many invented words, some far more frequent than others, as in a language."""
    parts = SYLLABLES.split()
    weights = range(len(parts), 0, -1)
    return " ".join("".join(chance.choices(parts, weights, k=chance.choice((1, 2, 2, 3)))) for _ in range(count))


def fill(vault: Vault, conversations: int) -> None:
    """Add so many conversations to a practice vault, five to a case, in one transaction."""
    chance = random.Random(20260120)  # noqa: S311 - the same vault in every run
    client = vault.clients.all()[0].id
    cases = conversations // TALKS_PER_CASE
    with vault.transaction():
        for number in range(cases):
            opened = date(2005, 1, 1) + timedelta(days=number * 7600 // cases)
            moves = [PhaseMove(Phase.VOORFASE, opened)]
            if number < cases - OPEN_CASES:
                moves.append(PhaseMove(Phase.AFGESLOTEN, opened + timedelta(days=40), Phase.VOORFASE))
            case = vault.cases.add(
                Case(
                    id=CaseId(0),
                    client=client,
                    code="",
                    pseudonym=words(chance, 2).title(),
                    opened=opened,
                    moves=tuple(moves),
                    limits_discussed_on=opened,
                )
            )
            for talk in range(TALKS_PER_CASE):
                vault.conversations.add(
                    Conversation(
                        id=ConversationId(0),
                        on=opened + timedelta(days=7 * talk),
                        minutes=chance.choice((10, 20, 30, 45, 60)),
                        client=client,
                        case=case.id,
                        phase=Phase.VOORFASE,
                        report=words(chance, 120),
                        agreements=words(chance, 8),
                    )
                )


def filled_vault(folder: Path, conversations: int) -> Vault:
    """Return an open practice vault with so many conversations more than it comes with."""
    vault = practice.make_practice_vault(folder, now=NOW)
    fill(vault, conversations)
    return vault
