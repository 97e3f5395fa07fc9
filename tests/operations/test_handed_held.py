"""A case that is handed over while a bewaarstop lies on it: what stays, what goes along, and what goes on lifting."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.casework import NOW, TODAY, a_case, a_talk
from tests.vault_kit import make
from vpdesk.domain.retention import Going, HoldKind
from vpdesk.operations import attachments, conversations, retention
from vpdesk.operations.destroying import destroy_case
from vpdesk.operations.handover import Chosen, hand_over, handed_over
from vpdesk.operations.takeover import read_package, take_over
from vpdesk.store.keys import PRACTICE

if TYPE_CHECKING:
    from pathlib import Path

    from vpdesk.store.vault import Vault

PHRASE = "een twee drie"


def test_a_held_case_that_goes_keeps_all_here_until_the_hold_goes(vault: Vault, tmp_path: Path) -> None:
    case = a_case(vault)
    talk = a_talk(vault, case, report="Eerst zo", working_note="Krabbel")
    retention.place_hold(vault, case_id=case.id, kind=HoldKind.CLAIM, since=TODAY, reason="Er komt een claim")
    stored = conversations.get_conversation(vault, talk.id)
    conversations.save_conversation(vault, replace(stored, report="Later anders"), now=NOW)
    (tmp_path / "brief.txt").write_bytes(b"inhoud")
    attachments.store_attachment(vault, case_id=case.id, path=tmp_path / "brief.txt", reason="Bewijs", today=TODAY)
    path = tmp_path / "collega.vpdesk"
    chosen = (Chosen(case.id, reason="Onbereikbaar"),)
    hand_over(vault, chosen, to="Bo", phrase=PHRASE, path=path, today=TODAY, kdf=PRACTICE)

    package = read_package(path, PHRASE)
    for stays in ("Krabbel", "Eerst zo", "brief.txt"):
        assert stays not in repr(package)
    _, colleague = make(tmp_path / "collega")
    with colleague:
        (theirs,) = take_over(colleague, package, organisation="Speelwijs", today=TODAY).cases
        there = retention.held(colleague, theirs.id)
        assert ([one.reason for one in there.in_force], there.earlier) == (["Er komt een claim"], 0)

    assert vault.cases.get(case.id).closed == TODAY
    assert conversations.get_conversation(vault, talk.id).working_note == "Krabbel"
    (hold,) = retention.held(vault, case.id).in_force
    going = retention.going_with(vault, hold.id)
    assert going == Going(attachments=1, notes=1, earlier=1)
    retention.lift_hold(vault, hold_id=hold.id, on=TODAY, reason="Voorbij", going=going)
    assert not vault.attachments.file.there
    assert conversations.get_conversation(vault, talk.id).working_note == ""
    assert [one.code for given in handed_over(vault) for one in given.cases] == [case.code]
    destroy_case(vault, case_id=case.id, now=NOW)
    assert [given.to for given in handed_over(vault)] == [""]
