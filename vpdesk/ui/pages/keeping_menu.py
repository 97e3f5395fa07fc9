"""What Vandaag does with what was kept long enough: it goes, and for a moment it can be put back."""

from functools import partial
from typing import TYPE_CHECKING, Final

from vpdesk.domain.errors import InvalidValueError, NotFoundError
from vpdesk.operations import call_backs, conversations
from vpdesk.ui.changes import Topic

if TYPE_CHECKING:
    from vpdesk.domain.call_backs import CallBack
    from vpdesk.domain.cases import Conversation
    from vpdesk.domain.errors import VpdeskError
    from vpdesk.domain.rows import TodayItem
    from vpdesk.ui.context import Context

IN_COPIES: Final = "In reservekopieën van eerder staat zij nog."


def destroy(context: "Context", item: "TodayItem") -> None:
    """Destroy the call-back or the working note of a row; what is gone already, as after two quick keys, is well."""

    def failed(error: "VpdeskError") -> None:
        if isinstance(error, (InvalidValueError, NotFoundError)):
            context.changes.tell(Topic.CONVERSATIONS, Topic.REMINDERS)
        else:
            context.failed(error)

    if item.call_back is not None:
        context.worker.run(
            partial(call_backs.destroy_call_back, number=item.call_back), partial(_gone, context), failed
        )
    number = item.conversation
    if number is not None:
        context.worker.run(
            lambda vault: conversations.destroy_note(vault, conversation_id=number),
            partial(_destroyed, context),
            failed,
        )


def _gone(context: "Context", before: "CallBack") -> None:
    context.changes.tell(Topic.REMINDERS, Topic.DRAFTS)
    context.message(f"De terugbelnotitie is vernietigd. {IN_COPIES}", undo=partial(_call_back, context, before))


def _call_back(context: "Context", before: "CallBack") -> None:
    context.worker.run(
        partial(call_backs.put_back_call_back, gone=before),
        lambda _: context.changes.tell(Topic.REMINDERS),
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
