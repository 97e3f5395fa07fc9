"""Closing names everything of a case that is not finished, so that nothing is left behind unseen."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tests.ui.pages.test_steps import case_of, number_of
from vpdesk.domain import melding_lists as lists
from vpdesk.domain.guided import GuidedKind
from vpdesk.domain.ids import MeldingId, RelayId
from vpdesk.domain.meldingen import Melding
from vpdesk.domain.relay import Direction, RelayMessage
from vpdesk.operations import guided, meldingen, relay
from vpdesk.ui.changes import Topic
from vpdesk.ui.pages.case_dialogs import CloseDialog

if TYPE_CHECKING:
    from tests.ui.pages.conftest import Opened
    from vpdesk.domain.ids import CaseId
    from vpdesk.operations.vaults import Vault

DAY = date(2026, 1, 20)


def closing_of(opened: Opened, pseudonym: str) -> CloseDialog:
    page = case_of(opened, pseudonym)
    page.close_case()
    return opened.child(CloseDialog)


def test_closing_names_what_waits_without_a_term(opened: Opened) -> None:
    number = number_of(case_of(opened, "Paraplu"))
    opened.ask(lambda vault: not_finished(vault, number))
    opened.desk.changes.tell(Topic.MELDINGEN)
    opened.settle()
    said = closing_of(opened, "Paraplu").unfinished.accessibleName()
    assert said == (
        "Nog niet af: Externe melding (nog geen antwoord), Wbk-melding (nog niet gedaan), 1 bericht (nog niet "
        "doorgegeven) en Verzoek om informatie (nog niet definitief). Dat blijft in de casus staan zoals het is."
    )


def not_finished(vault: Vault, case: CaseId) -> None:
    planned = Melding(MeldingId(0), case, lists.WBK, lists.CONFIDENTIAL, relay=True)
    through_me = meldingen.record_melding(vault, planned)
    meldingen.record_melding(vault, Melding(MeldingId(0), case, lists.EXTERNAL, lodged=DAY))
    meldingen.record_melding(vault, Melding(MeldingId(0), case, lists.EXTERNAL, lodged=DAY, withdrawn=DAY))
    meldingen.record_melding(vault, Melding(MeldingId(0), case, lists.EXTERNAL, lodged=DAY, feedback=DAY))
    relay.write_message(vault, RelayMessage(RelayId(0), through_me.id, Direction.NAAR, DAY, "Er is iets."))
    guided.begin_guided(vault, kind=GuidedKind.INFORMATIE, on=DAY, case_id=case)


def test_a_case_without_anything_open_says_nothing_of_it(opened: Opened) -> None:
    assert not hasattr(closing_of(opened, "Kade"), "unfinished")
