"""Practice vaults of any size, filled through the store, with text that looks like notes and means nothing."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Final

from vpdesk.domain import taxonomy
from vpdesk.domain.cases import Case, Conversation, DatedCode
from vpdesk.domain.clients import Client
from vpdesk.domain.ids import CaseId, ClientId, ConversationId
from vpdesk.domain.phases import Phase, PhaseMove
from vpdesk.domain.wishes import Wish

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from vpdesk.store.vault import Vault

NOW: Final = datetime(2026, 1, 20, 10, 0, 0)  # noqa: DTZ001 - the program works in local time
TALKS_PER_CASE: Final = 5
OPEN_CASES: Final = 120
VOCABULARY: Final = 20_000
FURTHER: Final = 0.4
"""How many of the cases in a phase go on to the next one."""

CLEAR: Final = 0.85
"""Of how many cases the field is the first that fits the theme."""


# Dutch-like: a third of the words begin with one of few prefixes, which is what makes search as you type work hard.
PREFIXES: Final = ("aan", "be", "ge", "in", "on", "op", "uit", "ver")
ONSETS: Final = (
    "b",
    "bl",
    "br",
    "d",
    "dr",
    "f",
    "g",
    "gr",
    "h",
    "j",
    "k",
    "kl",
    "l",
    "m",
    "n",
    "p",
    "pl",
    "r",
    "s",
    "sch",
)
VOWELS: Final = ("a", "aa", "e", "ee", "ei", "eu", "i", "ie", "o", "oe", "oo", "ou", "u", "uu")
CODAS: Final = ("", "", "", "d", "f", "g", "k", "l", "m", "n", "ng", "nd", "p", "r", "rt", "s", "st", "t")


class Language:
    """Invented words whose frequencies fall as those of a language do: the n-th is n times rarer than the first.

    And as in a language, frequent words are short.
    """

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - the same text in every run
        made = dict.fromkeys(self._word(turn) for turn in range(VOCABULARY))
        self._vocabulary = tuple(sorted(made, key=lambda word: len(word) + self.chance.uniform(0, 4)))
        self._weights = tuple(accumulate(1.0 / rank for rank in range(1, len(made) + 1)))

    def _word(self, turn: int) -> str:
        pick = self.chance.choice
        start = pick(PREFIXES) if turn % 3 == 0 else ""
        return start + "".join(pick(ONSETS) + pick(VOWELS) + pick(CODAS) for _ in range(1 + turn % 2))

    def words(self, count: int) -> str:
        """Return so many words."""
        return " ".join(self.chance.choices(self._vocabulary, cum_weights=self._weights, k=count))


def fill(vault: Vault, conversations: int) -> None:
    """Add so many conversations to a practice vault, five to a case with a wish, in one transaction."""
    language, wishes = Language(20260120), Language(20260121)
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
                    pseudonym=language.words(2).title(),
                    opened=opened,
                    moves=tuple(moves),
                    limits_discussed_on=opened,
                )
            )
            vault.wishes.add(case.id, Wish("erkenning", opened, wishes.words(12)))
            for talk in range(TALKS_PER_CASE):
                vault.conversations.add(
                    Conversation(
                        id=ConversationId(0),
                        on=opened + timedelta(days=7 * talk),
                        minutes=language.chance.choice((10, 20, 30, 45, 60)),
                        client=client,
                        case=case.id,
                        phase=Phase.VOORFASE,
                        report=language.words(120),
                        agreements=language.words(8),
                    )
                )


def filled_vault(folder: Path, conversations: int) -> Vault:
    """Return an open practice vault with so many conversations more than it comes with."""
    from vpdesk.operations import practice  # noqa: PLC0415 - the report is measured without a vault

    vault = practice.make_practice_vault(folder, now=NOW)
    fill(vault, conversations)
    return vault


def year_of_cases(vault: Vault, cases: int, *, varied: bool = False) -> ClientId:
    """Return a new organisation with so many cases in 2025, spread over themes and roles as cases are.

    With `varied` they have fields, phases and outcomes too, and themes and relations are as crooked as roles.
    """
    chance = random.Random(2025)  # noqa: S311 - the same cases in every run
    with vault.transaction():
        client = vault.clients.add(Client(id=ClientId(0), name="Meetorganisatie")).id
        for _ in range(cases):
            opened = date(2025, 1, 1) + timedelta(days=chance.randrange(360))
            if varied:
                vault.cases.add(varied_case(client, opened, chance))
                continue
            vault.cases.add(
                Case(
                    id=CaseId(0),
                    client=client,
                    code="",
                    pseudonym=f"Meting {chance.random()}",
                    opened=opened,
                    moves=(PhaseMove(Phase.VOORFASE, opened),),
                    rol=chance.choices(taxonomy.ROL.codes, weights=range(len(taxonomy.ROL.codes), 0, -1))[0],
                    relatie=chance.choice(taxonomy.RELATIE.codes),
                    thema=chance.choice(taxonomy.THEMA.codes),
                    werkgebied="onbekend",
                )
            )
    return client


def varied_case(client: ClientId, opened: date, chance: random.Random) -> Case:
    """Return a case of which everything that a report counts is drawn, the first codes most often."""

    def pick(codes: Sequence[str]) -> str:
        return chance.choices(codes, [1 / place for place in range(1, len(codes) + 1)])[0]

    moves = [PhaseMove(Phase.VOORFASE, opened)]
    for before, after in pairwise((Phase.VOORFASE, Phase.MELDINGSFASE, Phase.NAFASE)):
        if moves[-1].to is before and chance.random() < FURTHER:
            moves.append(PhaseMove(after, moves[-1].on + timedelta(days=chance.randrange(60)), before))
    theme = pick(taxonomy.THEMA.codes)
    fields = [field for field in taxonomy.WERKGEBIED.codes if field in taxonomy.fields_of_theme(theme)]
    soft = [code for code in taxonomy.AFLOOP.codes if code not in taxonomy.OUTCOMES_OF_A_REPORT]
    return Case(
        id=CaseId(0),
        client=client,
        code="",
        pseudonym=f"Meting {chance.random()}",
        opened=opened,
        moves=tuple(moves),
        rol=pick(taxonomy.ROL.codes),
        relatie=pick(taxonomy.RELATIE.codes),
        thema=theme,
        werkgebied=fields[0] if chance.random() < CLEAR else pick(fields),
        outcomes=(DatedCode(pick(soft), opened + timedelta(days=chance.randrange(120))),),
    )
