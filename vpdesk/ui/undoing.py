"""Undo, for the bar below the page: an operation that takes back what was done a moment ago."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from vpdesk.ui.changes import Topic
from vpdesk.ui.context import Context

if TYPE_CHECKING:
    from vpdesk.operations.vaults import Vault


def undoing(context: Context, operation: "Callable[[Vault], object]", *topics: Topic) -> Callable[[], None]:
    """Return what runs the operation and tells that these topics changed."""

    def undo() -> None:
        context.worker.run(operation, lambda _: context.changes.tell(*topics), context.failed)

    return undo
