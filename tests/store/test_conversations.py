"""Lists of conversations never read a text, and what was destroyed stands in no page of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.casework import NOW, a_case, a_talk
from vpdesk.domain.errors import NotFoundError
from vpdesk.domain.ids import ConversationId
from vpdesk.operations.conversations import delete_conversation, finish_report, get_conversation

if TYPE_CHECKING:
    from collections.abc import Callable

    from vpdesk.store.vault import Vault


def asked_by(vault: Vault, question: Callable[[], object]) -> list[str]:
    seen: list[str] = []
    vault.connection.set_trace_callback(seen.append)
    question()
    vault.connection.set_trace_callback(None)
    return seen


@pytest.mark.parametrize("of_case", [True, False])
def test_a_page_of_the_list_is_one_question_along_a_covering_index(vault: Vault, of_case: bool) -> None:
    case = a_case(vault)
    for _ in range(30):
        a_talk(vault, case)
    (statement,) = asked_by(
        vault, lambda: vault.conversations.rows(case=case.id if of_case else None, limit=20, offset=5)
    )
    steps = " | ".join(row[3] for row in vault.connection.execute(f"EXPLAIN QUERY PLAN {statement}"))
    assert f"v USING COVERING INDEX {'conversations_of_case' if of_case else 'conversations_in_order'}" in steps
    assert "TEMP B-TREE" not in steps
    assert "conversation_texts" not in steps


def words_in_the_index(vault: Vault) -> bytes:
    return b"".join(bytes(block) for (block,) in vault.connection.execute("SELECT block FROM search_index_data"))


def test_the_words_of_a_text_leave_the_index_at_once_however_many_others_stay(vault: Vault) -> None:
    kept = [a_talk(vault, working_note=f"gewoon gesprek nummer {number} over werkdruk") for number in range(50)]
    gone = a_talk(vault, working_note="rabarber", report="kweepeer", agreements="mispel", next_step="lijsterbes")
    unusual = (b"rabarber", b"kweepeer", b"mispel", b"lijsterbes")
    before = words_in_the_index(vault)
    assert all(word in before for word in unusual)
    delete_conversation(vault, conversation_id=gone.id)
    after = words_in_the_index(vault)
    assert not any(word[:5] in after for word in unusual)
    assert vault.conversations.search("werkdruk", limit=99)[0].conversation == kept[-1].id


def test_the_index_agrees_with_the_texts_after_everything_that_can_happen(vault: Vault) -> None:
    talks = [a_talk(vault, working_note=f"tekst {number} met een staart") for number in range(20)]
    for talk in talks[:5]:
        finish_report(vault, conversation_id=talk.id, report="kort", today=NOW.date())
    for talk in talks[5:10]:
        delete_conversation(vault, conversation_id=talk.id)
    vault.connection.execute("INSERT INTO search_index (search_index, rank) VALUES ('integrity-check', 1)")


def test_a_conversation_that_is_not_there_is_named(vault: Vault) -> None:
    with pytest.raises(NotFoundError, match="gesprek"):
        get_conversation(vault, ConversationId(7))


def test_hits_come_the_last_written_first_and_no_more_than_asked(vault: Vault) -> None:
    talks = [a_talk(vault, working_note="appel") for _ in range(5)]
    hits = vault.conversations.search("appel", limit=3)
    assert [hit.conversation for hit in hits] == [talk.id for talk in reversed(talks)][:3]
