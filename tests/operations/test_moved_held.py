"""A case that went to another organisation with its attachments, and a hold that comes afterwards."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.casework import NOW, TODAY, a_case, a_talk
from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.retention import Going, HoldKind
from vpdesk.operations import attachments, conversations, other_client, retention
from vpdesk.operations.cases import close_case
from vpdesk.operations.clients import add_client
from vpdesk.operations.destroying import destroy_case

if TYPE_CHECKING:
    from pathlib import Path

    from vpdesk.store.vault import Vault


def test_a_case_that_moved_is_held_there_with_what_came_along(vault: Vault, tmp_path: Path) -> None:
    case, other = a_case(vault), add_client(vault, name="Zorggroep Merelhof")
    talk = a_talk(vault, case, report="Eerst zo")
    (tmp_path / "brief.txt").write_bytes(b"inhoud")
    stored = attachments.store_attachment(
        vault, case_id=case.id, path=tmp_path / "brief.txt", reason="Bewijs", today=TODAY
    )
    moved = other_client.move_to_client(vault, case_id=case.id, client_id=other.id, today=TODAY)
    assert attachments.read_attachment(vault, stored.id)[1] == b"inhoud"

    hold = retention.place_hold(vault, case_id=case.id, kind=HoldKind.CLAIM, since=TODAY, reason="Er komt een claim")
    with pytest.raises(InvalidValueError, match="Op deze casus ligt een bewaarstop"):
        other_client.take_back(vault, moved)
    assert vault.cases.get(case.id).client == other.id
    there = conversations.get_conversation(vault, talk.id)
    conversations.save_conversation(vault, replace(there, report="Later anders"), now=NOW)
    close_case(vault, case_id=case.id, outcome="niet opgelost", reason="doel bereikt", on=TODAY)
    (row,) = retention.decision_list(vault, today=TODAY)
    assert (row.case, row.client) == (case.id, other.id)

    going = retention.going_with(vault, hold.id)
    assert going == Going(attachments=1, earlier=1)
    retention.lift_hold(vault, hold_id=hold.id, on=TODAY, reason="Voorbij", going=going)
    assert not vault.attachments.file.there
    destroy_case(vault, case_id=case.id, now=NOW)
    assert conversations.search(vault, "Later") == conversations.search(vault, "claim") == ()
