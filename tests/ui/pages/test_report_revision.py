"""Jaarverslag says that cases changed after a report went out, and leads to a revised edition where that may be."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from vpdesk.domain.errors import ReportRefusedError
from vpdesk.domain.periods import Period
from vpdesk.operations import reports
from vpdesk.operations.cases import open_case
from vpdesk.operations.clients import add_client
from vpdesk.ui.changes import Topic
from vpdesk.ui.context import PageName
from vpdesk.ui.pages.ledger_dialogs import LedgerDialog
from vpdesk.ui.pages.report import ReportPage
from vpdesk.ui.widgets.buttons import Button
from vpdesk.ui.widgets.messages import Message

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.pages.conftest import Opened
    from vpdesk.domain.ids import ClientId
    from vpdesk.operations.vaults import Vault

YEAR = Period.year(2025)
ROLES = {"melder": 14, "getuige": 12, "collega": 11, "naaste": 3, "onbekend": 4}  # two are hidden, without a draw


def several(vault: Vault, client: ClientId, roles: dict[str, int]) -> None:
    for role, number in roles.items():
        for _ in range(number):
            open_case(vault, client=client, opened=date(2025, 3, 4), rol=role)


@pytest.fixture
def client(opened: Opened) -> ClientId:
    def fill(vault: Vault) -> ClientId:
        found = add_client(vault, name="Stichting Speelwijs").id
        several(vault, found, ROLES)
        return found

    return opened.ask(fill)


@pytest.fixture
def page(opened: Opened, client: ClientId, tmp_path: Path) -> ReportPage:
    """The builder of a report that went out."""
    shown = opened.go(PageName.JAARVERSLAG, client=client)
    assert isinstance(shown, ReportPage)
    opened.made(shown)
    shown.choose(YEAR)
    opened.made(shown)
    shown.export_to(tmp_path / "eerste.pdf")
    opened.until((tmp_path / "eerste.pdf").exists)
    opened.until(lambda: shown.shown is not None and shown.shown.exported is not None)
    opened.made(shown)
    return shown


def later(opened: Opened, page: ReportPage, client: ClientId, roles: dict[str, int]) -> None:
    opened.ask(lambda vault: several(vault, client, roles))
    page.context.changes.tell(Topic.CASES)
    opened.made(page)
    opened.until(lambda: page.notice.startswith("Na de uitgave"))


def button(page: ReportPage) -> Button | None:
    message = next(m for m in page.findChildren(Message) if m.accessibleName() == page.notice)
    return next(iter(message.findChildren(Button)), None)


def test_nothing_is_said_as_long_as_the_report_is_right(opened: Opened, page: ReportPage) -> None:
    page.make()
    opened.made(page)
    assert page.notice.startswith("Dit verslag is al uitgegeven")


def test_one_case_later_is_told_without_a_way_on(opened: Opened, page: ReportPage, client: ClientId) -> None:
    later(opened, page, client, {"melder": 1})
    assert "Een herziene uitgave kan pas als" in page.notice
    assert button(page) is None


def test_enough_cases_lead_to_a_revised_edition_and_back(
    opened: Opened, page: ReportPage, client: ClientId, tmp_path: Path
) -> None:
    later(opened, page, client, {"melder": 6})
    revise = button(page)
    assert revise is not None
    revise.click()
    opened.until(lambda: page.notice.startswith("Dit wordt een herziene uitgave"))
    opened.made(page)
    back = button(page)
    assert back is not None
    back.click()
    opened.until(lambda: page.notice.startswith("Na de uitgave"))
    opened.made(page)
    again = button(page)
    assert again is not None
    again.click()
    opened.until(lambda: page.notice.startswith("Dit wordt een herziene uitgave"))
    opened.made(page)
    assert page.prepared is not None
    assert "herziene uitgave van 20 januari 2026" in page.prepared.title
    page.export_to(tmp_path / "tweede.pdf")
    opened.until((tmp_path / "tweede.pdf").exists)
    opened.until(lambda: page.shown is not None and page.shown.exported is not None)
    opened.made(page)
    page.published.click()
    opened.settle()
    dialog = opened.child(LedgerDialog)
    assert [row.title for row in dialog.list.rows.rows] == ["Verslag 2025, herzien", "Verslag 2025"]
    dialog.reject()


def test_another_report_is_not_a_revised_one(opened: Opened, page: ReportPage, client: ClientId) -> None:
    later(opened, page, client, {"melder": 6})
    revise = button(page)
    assert revise is not None
    revise.click()
    opened.until(lambda: page.notice.startswith("Dit wordt een herziene uitgave"))
    opened.made(page)
    page.choose(Period.year(2024))
    opened.made(page)
    assert page.prepared is not None
    assert page.prepared.gathered.revising is None


def test_a_revised_edition_that_can_not_be_made_leaves_the_texts_that_are_out_as_they_are(
    opened: Opened, page: ReportPage, client: ClientId, monkeypatch: pytest.MonkeyPatch
) -> None:
    later(opened, page, client, {"melder": 6})

    def refuse(*_given: object, **_named: object) -> None:
        raise ReportRefusedError("Dat is herleidbaar. Er is niets geëxporteerd.")

    revise = button(page)
    assert revise is not None
    with monkeypatch.context() as broken:
        broken.setattr(reports, "prepare", refuse)
        revise.click()
        opened.until(lambda: page.notice == "Dat is herleidbaar.")
        opened.made(page)
    assert page.findings.text.isReadOnly()
    again = button(page)
    assert again is not None
    again.click()
    opened.until(lambda: page.notice.startswith("Na de uitgave"))
    opened.made(page)
