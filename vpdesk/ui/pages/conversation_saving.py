"""What the page of a conversation does in the vault: find it, keep it, link it, drop its draft."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from vpdesk.domain.cases import Conversation, Draft
from vpdesk.domain.ids import CallBackId, CaseId, ConversationId
from vpdesk.operations import call_backs, cases, conversations
from vpdesk.operations import today as reminders
from vpdesk.operations.vaults import Vault
from vpdesk.ui.models.drafts import TalkDraft, is_of_new, with_reason
from vpdesk.ui.models.link import Limits, Link


def found(vault: Vault, key: str, number: ConversationId | None) -> tuple[Conversation | None, Draft | None]:
    """Return the draft of a place, and the conversation with that number or else the one the draft is about."""
    draft = conversations.draft(vault, key)
    number = number or (TalkDraft.read(draft).of if draft else None)
    return None if number is None else conversations.get_conversation(vault, number), draft


def earlier(vault: Vault, key: str) -> Draft | None:
    """Return the last draft of a new conversation beside the one in this place."""
    return next((one for one in conversations.drafts(vault) if is_of_new(one.key) and one.key != key), None)


def unlinked(vault: Vault, talk: Conversation, link: Link, *, key: str, now: datetime) -> Conversation:
    """Keep a conversation at no case, with what the panel was told that needs none."""
    return kept(vault, _told(talk, link), key=key, now=now)


def linked(vault: Vault, talk: Conversation, link: Link, *, key: str, now: datetime) -> CaseId:
    """Keep a conversation at the case that the panel named, or at a new one; returns the case.

    The conversation is kept first, so that a link that fails loses no text.
    """
    saved = conversations.save_conversation(vault, _told(talk, link), now=now)
    if link.case is not None and link.case == talk.case:
        case = link.case
    elif link.case is not None:
        conversations.link_conversation(vault, conversation_id=saved.id, case_id=link.case)
        case = link.case
    else:
        if link.client is None:
            raise AssertionError("the panel asks for the organisation first")
        case = conversations.link_to_new_case(
            vault,
            conversation_id=saved.id,
            client=link.client,
            pseudonym=link.pseudonym,
            rol=link.rol,
            thema=link.thema,
        ).id
    for reminder in link.done:
        reminders.do_reminder(vault, reminder_id=reminder, on=talk.on)
    if link.limits is Limits.DISCUSSED:
        cases.limits_discussed(vault, case_id=case, on=talk.on)
    conversations.drop_draft(vault, key=key)
    return case


@dataclass(frozen=True, slots=True)
class Linked:
    """The case where a conversation was kept, and whether the call-back that it answered is left where it was."""

    case: CaseId
    left: bool


def answered(vault: Vault, number: CallBackId | None, case: CaseId, *, today: date) -> bool:
    """Let who was called be who comes in a case; return whether no call-back is left."""
    return number is None or call_backs.into_case(vault, number, case_id=case, today=today)


def kept(vault: Vault, talk: Conversation, *, key: str, now: datetime) -> Conversation:
    """Keep a conversation as it is linked now, and drop its draft."""
    saved = conversations.save_conversation(vault, talk, now=now)
    conversations.drop_draft(vault, key=key)
    return saved


def finished(vault: Vault, talk: Conversation, report: str, *, key: str, today: date) -> Conversation:
    """Keep the verslag, destroy the working note and the draft."""
    done = conversations.finish_report(vault, conversation_id=talk.id, report=report, today=today, marked=True)
    conversations.drop_draft(vault, key=key)
    return done


def _told(talk: Conversation, link: Link) -> Conversation:
    told = replace(talk, agreements=link.agreements, next_step=link.next_step, next_on=link.next_on)
    if link.limits is not Limits.COULD_NOT:
        return told
    return replace(told, working_note=with_reason(told.working_note, link.limits_reason, marked=told.marked))
