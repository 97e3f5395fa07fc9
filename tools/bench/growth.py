"""How the cost of daily work grows from 1,000 to 100,000 conversations: flat, or as a logarithm at most."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

from tools.bench import fixtures
from tools.bench.measure import Result, Samples, interleaved, timed
from vpdesk.domain.cases import Conversation
from vpdesk.domain.ids import ConversationId
from vpdesk.domain.rows import CaseFilter
from vpdesk.operations import cases, conversations, today, vaults

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from vpdesk.store.vault import Vault

SMALL: Final = 1_000
GOAL: Final = 1.7  # the logarithm of 100,000 to that of 1,000
TURNS: Final = 20


def searching(vault: Vault, words: list[str]) -> Callable[[], object]:
    """Return a search for the next of these words, over and over."""
    turn = itertools.cycle(words)
    return lambda: conversations.search(vault, next(turn))


def saving(vault: Vault, language: fixtures.Language) -> Callable[[], object]:
    """Return the saving of a new talk with a note of 120 words."""

    def one() -> None:
        talk = Conversation(id=ConversationId(0), on=fixtures.NOW.date(), report=language.words(120))
        conversations.save_conversation(vault, talk, now=fixtures.NOW)

    return one


def opening(folder: Path) -> Callable[[], object]:
    """Return the opening, and closing, of the practice vault in a folder."""
    return lambda: vaults.open_vault(folder, keychain=vaults.system_keychain, now=fixtures.NOW).close()


def _grown(name: str, large: Samples, small: Samples) -> Result:
    return Result(f"growth of {name} from {SMALL:,} conversations", GOAL, "×", large, small)


def rows(rounds: int, folder: Path, vault: Vault) -> Iterator[Result]:
    """Yield what daily work costs in the large vault, beside a small one."""
    day = fixtures.NOW.date()
    words = ["overleg", *fixtures.PREFIXES]
    with fixtures.filled_vault(folder / "klein", SMALL) as small:
        work: dict[str, Callable[[Vault], Callable[[], object]]] = {
            "Vandaag": lambda which: lambda: today.today_items(which, today=day),
            "a page of cases": lambda which: lambda: cases.list_cases(which, CaseFilter(), 200, 0),
            "a page of conversations": lambda which: (
                lambda: conversations.list_conversations(which, limit=200, offset=0, unlinked=False)
            ),
            "search": lambda which: searching(which, words),
            "save": lambda which: saving(which, fixtures.Language(7)),
        }
        for name, job in work.items():
            taken = interleaved(rounds, {"large": timed(job(vault), TURNS), "small": timed(job(small), TURNS)})
            yield _grown(name, taken["large"], taken["small"])
    vault.close()
    both = {"large": timed(opening(folder / "kluis")), "small": timed(opening(folder / "klein"))}
    taken = interleaved(rounds, both)
    yield _grown("open", taken["large"], taken["small"])
