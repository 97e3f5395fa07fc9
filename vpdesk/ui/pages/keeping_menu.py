"""What Vandaag does with what was kept long enough: it goes, and for a moment it can be put back."""

from functools import partial
from typing import TYPE_CHECKING, Final

from vpdesk.operations import conversations
from vpdesk.ui.changes import Topic

if TYPE_CHECKING:
    from vpdesk.domain.cases import Conversation
    from vpdesk.domain.rows import TodayItem
    from vpdesk.ui.context import Context

IN_COPIES: Final = "In reservekopieën van eerder staat zij nog."


def destroy(context: "Context", item: "TodayItem") -> None:
    """Destroy the working note of a row."""
    number = item.conversation
    if number is not None:
        context.worker.run(
            lambda vault: conversations.destroy_note(vault, conversation_id=number),
            partial(_destroyed, context),
            context.failed,
        )


def _destroyed(context: "Context", before: "Conversation") -> None:
    context.changes.tell(Topic.CONVERSATIONS, Topic.DRAFTS)
    context.message(f"De werkaantekening is vernietigd. {IN_COPIES}", undo=partial(_put_back, context, before))


def _put_back(context: "Context", before: "Conversation") -> None:
    context.worker.run(
        lambda vault: conversations.put_back_note(vault, before),
        lambda _: context.changes.tell(Topic.CONVERSATIONS),
        context.failed,
    )
