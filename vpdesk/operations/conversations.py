"""What a user asks for about conversations: save first, link later, make the verslag, find again."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Unpack

from vpdesk.domain.cases import Case, Conversation, Draft
from vpdesk.domain.errors import InvalidValueError, NotFoundError, VaultDamagedError
from vpdesk.domain.ids import CaseId, ClientId, ConversationId, ReminderId
from vpdesk.domain.markup import escaped
from vpdesk.domain.reminders import STEP_TITLE, Reminder, ReminderState
from vpdesk.domain.rows import CaseFilter, SearchHit, TodayKind
from vpdesk.operations.cases import CaseFields, add_case
from vpdesk.operations.earlier import keep_talk
from vpdesk.store.spread import SpreadSearch

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from vpdesk.domain.rows import ConversationRow
    from vpdesk.store.vault import Vault

NEW: ConversationId = ConversationId(0)
_MOST_HITS: Final = 50
_ENOUGH: Final = 10
"""With so many texts that hold all words nobody looks for a case that has them here and there."""

_MOST_CASES: Final = 20


def save_conversation(vault: Vault, conversation: Conversation, *, now: datetime) -> Conversation:
    """Write a conversation: a new one when its id is `NEW`, else the changed one.

    At a case it takes the client of the case and, when it names none, the phase of now. A next step with a day stands
    on Vandaag until it is done; without a next step an open one is taken back. Where a bewaarstop lies on its case,
    what another text takes the place of is kept beside it.

    Raises:
        NotFoundError: the conversation or its case is not there.
        HeldError: a bewaarstop lies on the case that it would leave.
        InvalidValueError: the conversation lies in the future.
    """
    if conversation.on > now.date():
        raise InvalidValueError("Een gesprek kan niet in de toekomst liggen. Uw tekst is er nog; kies een andere dag.")
    with vault.transaction():
        return _save(vault, conversation, now.date())


def link_conversation(vault: Vault, *, conversation_id: ConversationId, case_id: CaseId) -> Conversation:
    """Link a conversation to a case that is there."""
    with vault.transaction():
        conversation = vault.conversations.get(conversation_id)
        client = vault.cases.get(case_id).client
        return _save(vault, replace(conversation, case=case_id, client=client, phase=None))


def link_to_new_case(
    vault: Vault, *, conversation_id: ConversationId, client: ClientId, pseudonym: str = "", **facts: Unpack[CaseFields]
) -> Case:
    """Open a case on the day of the conversation and link the two."""
    with vault.transaction():
        conversation = vault.conversations.get(conversation_id)
        case = add_case(vault, client=client, opened=conversation.on, pseudonym=pseudonym, **facts)
        _save(vault, replace(conversation, case=case.id, client=client, phase=None))
    return case


def finish_report(
    vault: Vault, *, conversation_id: ConversationId, report: str, today: date, marked: bool = False
) -> Conversation:
    """Write the verslag and destroy the working note for good; `marked` as in Conversation.

    Where a bewaarstop lies on the case, the note stays, and an earlier verslag too.

    Raises:
        InvalidValueError: the verslag is empty; the working note stays.
    """
    if not report.strip():
        raise InvalidValueError("Het verslag is nog leeg. De werkaantekening blijft staan.")
    with vault.transaction():
        talk = vault.conversations.get(conversation_id)
        note = talk.working_note if vault.retention.is_held(talk.case) else ""
        if note and marked is not talk.marked:  # both are written in one form
            note, report = (note, escaped(report)) if talk.marked else (escaped(note), report)
            marked = True
        finished = replace(talk, report=report, working_note=note, marked=marked)
        keep_talk(vault, talk, finished, today)
        vault.conversations.put(finished)
    return finished


def destroy_note(vault: Vault, *, conversation_id: ConversationId) -> Conversation:
    """Destroy a working note for good, with what is being typed in it; return the conversation as it was.

    Raises:
        HeldError: a bewaarstop lies on its case. Nothing was destroyed.
        InvalidValueError: there is no working note any more.
    """
    with vault.transaction():
        before = vault.conversations.get(conversation_id)
        vault.retention.refuse_held(before.case)
        if not before.working_note:
            raise InvalidValueError("Deze werkaantekening was al vernietigd. Er is niets veranderd.")
        vault.drafts.drop_of(conversation_id)
        vault.conversations.put(replace(before, working_note=""))
    return before


def put_back_note(vault: Vault, before: Conversation) -> Conversation:
    """Put back a working note that was destroyed a moment ago.

    Raises:
        InvalidValueError: a text was written meanwhile.
    """
    with vault.transaction():
        now = vault.conversations.get(before.id)
        if now.working_note or (now.report, now.marked) != (before.report, before.marked):
            raise InvalidValueError("Bij dit gesprek staat al een tekst. De werkaantekening is niet teruggezet.")
        restored = replace(now, working_note=before.working_note)
        vault.conversations.put(restored)
    return restored


def delete_conversation(vault: Vault, *, conversation_id: ConversationId) -> None:
    """Destroy a conversation with its text, what is being typed in it and its open next step.

    Raises:
        HeldError: a bewaarstop lies on its case. Nothing was destroyed.
    """
    with vault.transaction():
        vault.retention.refuse_held(vault.conversations.get(conversation_id).case)
        step = vault.reminders.of_conversation(conversation_id)
        if step is not None and step.state is ReminderState.OPEN:
            vault.reminders.delete(step.id)
        vault.drafts.drop_of(conversation_id)
        vault.conversations.delete(conversation_id)


def get_conversation(vault: Vault, conversation_id: ConversationId) -> Conversation:
    """Return a conversation with its text; raises NotFoundError."""
    return vault.conversations.get(conversation_id)


def list_conversations(
    vault: Vault,
    *,
    limit: int,
    offset: int = 0,
    case: CaseId | None = None,
    unlinked: bool = False,
    text: str = "",
) -> tuple[ConversationRow, ...]:
    """Return one page of the list, the latest first; see ConversationStore.rows for the filters."""
    return vault.conversations.rows(case=case, unlinked=unlinked, text=text, limit=limit, offset=offset)


def count_conversations(vault: Vault, *, unlinked: bool = False) -> int:
    """Return how many conversations there are, or how many without a case."""
    return vault.conversations.count(unlinked=unlinked)


def search(vault: Vault, text: str, *, limit: int = _MOST_HITS) -> tuple[SearchHit, ...]:
    """Return cases whose code, pseudonym or organisation holds the text, then what was written with its words.

    That is conversations and, half as many, whatever else was typed, but never people and call-backs; the newest day
    first. After those that hold all words stand cases whose texts hold them together.
    """
    if not text.strip():
        return ()
    found = tuple(
        SearchHit(
            conversation=None,
            case=row.id,
            on=row.opened,
            case_code=row.code,
            pseudonym=row.pseudonym,
            client_name=row.client_name,
        )
        for row in vault.cases.rows(CaseFilter(text=text), limit=min(limit, _MOST_CASES), offset=0)
    )
    return found + search_texts(vault, text, limit=limit, beside=[hit.case for hit in found if hit.case is not None])


def search_texts(
    vault: Vault, text: str, *, limit: int = _MOST_HITS, beside: Iterable[CaseId] = ()
) -> tuple[SearchHit, ...]:
    """Return what was written with all words of a text; where that is little, cases that have them in several texts.

    `beside` are cases that were found already.
    """
    texts = (*vault.conversations.search(text, limit=limit), *vault.written.search(text, limit=limit // 2))
    found = tuple(sorted(texts, key=lambda hit: hit.on, reverse=True)[:limit])
    if len(found) >= min(limit, _ENOUGH):
        return found
    known = {hit.case for hit in found if hit.case is not None}.union(beside)
    return found + SpreadSearch(vault.connection).find(text, beside=known, limit=min(limit - len(found), _MOST_CASES))


def save_draft(vault: Vault, *, key: str, text: str, now: datetime) -> Draft:
    """Write what is being typed over the earlier draft of that place.

    Raises:
        NotFoundError: it is about a case or a conversation that was destroyed. Nothing was written.
    """
    kept = Draft(key, text, now)
    with vault.transaction():
        if vault.drafts.names_what_is_gone(text):
            raise NotFoundError(
                "Deze tekst hoort bij een casus of gesprek dat is vernietigd. De tekst is niet bewaard; al het andere "
                "staat nog in de kluis."
            )
        vault.drafts.put(kept)
    return kept


def save_drafts(vault: Vault, drafts: Iterable[tuple[str, str]], *, now: datetime) -> None:
    """Write what is being typed in several places; what is about something that was destroyed goes with it."""
    for key, text in drafts:
        with suppress(NotFoundError):
            save_draft(vault, key=key, text=text, now=now)


def is_about_destroyed(vault: Vault, text: str) -> bool:
    """Return whether what is being typed is about a case or a conversation that is no longer there."""
    return vault.drafts.names_what_is_gone(text)


def draft(vault: Vault, key: str) -> Draft | None:
    """Return the draft of a place, None when there is none."""
    return vault.drafts.get(key)


def drafts(vault: Vault) -> tuple[Draft, ...]:
    """Return every draft, the last saved first."""
    return vault.drafts.all()


def draft_about(
    vault: Vault, *, case: CaseId | None, conversation: ConversationId | None, client: ClientId | None
) -> str:
    """Return code and pseudonym of the case that a draft is about, else its organisation, else nothing."""
    with suppress(NotFoundError, VaultDamagedError):  # a draft may outlive what it was about
        if case is None and conversation is not None:
            talk = vault.conversations.get(conversation)
            case, client = talk.case, talk.client
        if case is not None:
            found = vault.cases.get(case)
            return f"{found.code} · {found.pseudonym}"
        if client is not None:
            return vault.clients.get(client).name
    return ""


def drop_draft(vault: Vault, *, key: str) -> None:
    """Remove the draft of a place."""
    with vault.transaction():
        vault.drafts.drop(key)


def _save(vault: Vault, conversation: Conversation, today: date | None = None) -> Conversation:
    """Write a conversation; without a day its texts stay what they were."""
    if conversation.case is not None:
        case = vault.cases.get(conversation.case)
        conversation = replace(conversation, client=case.client, phase=conversation.phase or case.phase)
    if conversation.id != NEW:
        before = vault.conversations.get(conversation.id)
        if before.case != conversation.case:
            vault.retention.refuse_held(before.case)  # elsewhere nothing would keep it
        if today is not None:
            keep_talk(vault, before, conversation, today)
    if conversation.id == NEW:
        saved = vault.conversations.add(conversation)
    else:
        saved = conversation
        vault.conversations.put(saved)
    _keep_step(vault, saved)
    return saved


def _keep_step(vault: Vault, conversation: Conversation) -> None:
    kept = vault.reminders.of_conversation(conversation.id)
    step = kept if kept is not None and kept.state is ReminderState.OPEN else None
    if conversation.next_on is None:
        if step is not None:
            vault.reminders.delete(step.id)
        return
    planned = Reminder(
        id=ReminderId(0),
        kind=TodayKind.STAP,
        due=conversation.next_on,
        title=conversation.next_step.strip() or STEP_TITLE,
        client=conversation.client,
        case=conversation.case,
        conversation=conversation.id,
    )
    if step is not None:
        vault.reminders.put(replace(planned, id=step.id))
    elif kept is None or kept.due != planned.due:
        vault.reminders.add(planned)
