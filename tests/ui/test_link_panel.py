"""What is typed in the panel beside a conversation survives going back and locking."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.ui.test_away import opened, talking, writing_on
from tests.vault_kit import NOW
from vpdesk.domain.cases import Draft
from vpdesk.ui.models.drafts import Asked, TalkDraft
from vpdesk.ui.models.link import Limits
from vpdesk.ui.pages.conversation import ConversationPage
from vpdesk.ui.system.port import Away

if TYPE_CHECKING:
    from tests.ui.stage import Stage
    from tests.vault_kit import Made
    from vpdesk.ui.pages.link_panel import LinkPanel

pytestmark = pytest.mark.window


@pytest.mark.parametrize("back", [False, True], ids=["shown", "after Terug"])
def test_everything_in_the_panel_beside_a_conversation_comes_back(
    stage: Stage, kit: Made, again: Stage, *, back: bool
) -> None:
    opened(stage)
    panel = filled_in(stage)
    if back:
        stage.press(panel.back)
    before = panel.link
    stage.session.locking.away(Away.LOCKED)
    stage.until(lambda: stage.ends)
    again.keychain = kit.keychain
    opened(again)
    page = writing_on(again)
    page.go_forward()
    again.settle()
    assert page.panel.link == before
    assert (before.limits, before.limits_reason) == (Limits.COULD_NOT, "Er zat iemand bij")
    assert before.pseudonym


def test_back_and_on_again_shows_the_panel_as_it_was_and_a_new_talk_a_fresh_one(stage: Stage, kit: Made) -> None:
    opened(stage)
    panel = filled_in(stage)
    before = panel.link
    stage.press(panel.back)
    page = stage.desk.page
    assert isinstance(page, ConversationPage)
    page.go_forward()
    stage.settle()
    assert panel.link == before
    stage.press(panel.save)
    stage.settle()
    talking(stage)
    page.go_forward()
    stage.settle()
    fresh = panel.link
    assert (fresh.next_step, fresh.rol, fresh.limits, fresh.limits_reason) == ("", "onbekend", None, "")
    assert fresh.pseudonym != before.pseudonym


def test_a_draft_that_becomes_a_talk_of_its_own_keeps_what_stood_in_the_panel() -> None:
    asked = Asked(limits="COULD_NOT", limits_reason=" Er zat iemand bij ")
    talk = TalkDraft("a", NOW.date(), agreements="Belt ", next_step="Brief ", next_on=NOW.date(), asked=asked)
    assert TalkDraft.read(Draft("gesprek", talk.written(), NOW)) == talk
    made = talk.conversation()
    assert made.working_note.endswith("nog niet besproken, omdat: Er zat iemand bij")
    assert (made.agreements, made.next_step, made.next_on) == ("Belt", "Brief", NOW.date())


def filled_in(stage: Stage) -> LinkPanel:
    page = talking(stage)
    page.go_forward()
    stage.settle()
    panel = page.panel
    stage.qtbot.keyClicks(panel.next_step, "Terugbellen")
    panel.role.choose("melder")
    panel.role.activated.emit(panel.role.currentIndex())
    stage.press(panel.question.answers[Limits.COULD_NOT])
    stage.qtbot.keyClicks(panel.question.reason, "Er zat iemand bij")
    assert panel.role.currentData() == "melder"
    return panel
