"""What was tried, beside whatever came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType


class Noting:
    """Adds what was tried to any error that leaves the block, which goes on as it is."""

    def __init__(self, tried: str) -> None:
        self._tried = tried

    def __enter__(self) -> None:
        """Begin; there is nothing to make ready."""

    def __exit__(
        self, _kind: type[BaseException] | None, wrong: BaseException | None, _where: TracebackType | None
    ) -> None:
        if wrong is not None:
            wrong.add_note(self._tried)
