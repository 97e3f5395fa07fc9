"""How much a vault holds, in numbers and nothing else; every table is counted here or stands with another that is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vpdesk.store.vault import Connection

PART_OF: Final[Mapping[str, str]] = {
    "case_moves": "cases",
    "case_outcomes": "cases",
    "case_themes": "cases",
    "checked_items": "cases",
    "case_wishes": "cases",
    "aftercare_ends": "cases",
    "kept_longer": "cases",
    "written": "cases",
    "written_index": "cases",
    "counted_cases": "cases",
    "taken_cases": "cases",
    "conversation_texts": "conversations",
    "search_index": "conversations",
    "taken_talks": "conversations",
    "person_words": "persons",
    "case_matters": "matters",
    "conflict_cases": "conflicts",
    "consents": "steps",
    "detriment_entries": "detriments",
    "guided_answers": "guided_records",
    "guided_additions": "guided_records",
    "handed_cases": "handovers",
    "units": "clients",
    "unit_events": "clients",
    "client_items": "clients",
    "retention_terms": "clients",
    "earlier_totals": "clients",
    "takeovers": "clients",
    "timer": "activities",
}
"""Tables that say more of what another counts."""

ABOUT_NOBODY: Final = frozenset(
    {"vault", "settings", "case_numbers", "last_numbers", "ledger_head", "slots", "former_keys", "openings"}
)
"""Tables about the vault itself."""


def contents(connection: Connection) -> dict[str, int]:
    """Count what stands in a vault, by table; one query. What is left of destroyed cases is counted by case."""
    return dict(
        connection.execute(
            """
            SELECT 'cases', count(*) FROM cases
            UNION ALL SELECT 'persons', count(*) FROM persons
            UNION ALL SELECT 'call_backs', count(*) FROM call_backs
            UNION ALL SELECT 'conversations', count(*) FROM conversations
            UNION ALL SELECT 'attachments', count(*) FROM attachments
            UNION ALL SELECT 'steps', count(*) FROM steps
            UNION ALL SELECT 'meldingen', count(*) FROM meldingen
            UNION ALL SELECT 'relay_messages', count(*) FROM relay_messages
            UNION ALL SELECT 'detriments', count(*) FROM detriments
            UNION ALL SELECT 'guided_records', count(*) FROM guided_records
            UNION ALL SELECT 'matters', count(*) FROM matters
            UNION ALL SELECT 'conflicts', count(*) FROM conflicts
            UNION ALL SELECT 'holds', count(*) FROM holds
            UNION ALL SELECT 'earlier_versions', count(*) FROM earlier_versions
            UNION ALL SELECT 'reminders', count(*) FROM reminders
            UNION ALL SELECT 'drafts', count(*) FROM drafts
            UNION ALL SELECT 'handovers', count(*) FROM handovers
            UNION ALL SELECT 'activities', count(*) FROM activities
            UNION ALL SELECT 'clients', count(*) FROM clients
            UNION ALL SELECT 'directory', count(*) FROM directory
            UNION ALL SELECT 'findings', count(*) FROM findings
            UNION ALL SELECT 'publications', count(*) FROM publications
            UNION ALL SELECT 'destroyed_cases', count(DISTINCT left) FROM destroyed_cases
            """
        ).fetchall()
    )
