"""How far protecting and auditing is, from 0 to 1, by steps that were done, and never back."""

from collections.abc import Callable, Generator, Sequence
from typing import Final, TypeVar

T = TypeVar("T")

SHARE: Final = 0.4
"""How much of what is left the next version of the report takes: nobody knows how many will be tried."""


class Steps:
    """Versions of the report are tried one after the other, by readers one after the other, who ask the solver.

    `tell` hears each time how far it is.
    """

    def __init__(self, tell: Callable[[float], None] | None = None) -> None:
        self._tell = tell
        self._from = 0.0
        self._to = 0.0
        self.told = 0.0

    def version(self, readers: Sequence[T]) -> Generator[T, None, None]:
        """Yield the readers of one version; who asks for the next has done with the one before."""
        begun = self.told
        each = (1 - begun) * SHARE / len(readers)
        for number, reader in enumerate(readers):
            self._from, self._to = begun + number * each, begun + (number + 1) * each
            yield reader
            self.within(1)

    def within(self, part: float) -> None:
        """Tell how far the present reader's question is; a second question may be behind where the first one ended."""
        now = self._from + part * (self._to - self._from)
        if now > self.told:
            self.told = now
            if self._tell is not None:
                self._tell(now)
