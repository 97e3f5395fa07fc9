"""The page Kluis of the practice vault offers nothing that it can't do."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

from vpdesk.domain.rows import BackupState
from vpdesk.ui import theme
from vpdesk.ui.context import PageName, Place
from vpdesk.ui.models.copies import CopyLine
from vpdesk.ui.mover import Mover
from vpdesk.ui.pages.vault import verdict_of

if TYPE_CHECKING:
    from datetime import datetime

    from PySide6.QtWidgets import QApplication

    from tests.ui.pages.conftest import Opened
    from vpdesk.ui.pages.vault import VaultPage

pytestmark = pytest.mark.window


def test_the_practice_vault_is_not_moved(empty: Opened) -> None:
    page = cast("VaultPage", empty.go(PageName.KLUIS))
    Mover(empty.desk)
    assert not empty.desk.commands.move.isEnabled()
    assert not page.place.move_vault.isVisible()
    assert page.place.isVisible(), "where it stands is told all the same"
    assert not page.former.isVisible()


def test_the_table_of_copies_shows_its_rows_whole_after_a_change_of_text_size(
    opened: Opened, qapp: QApplication, clock: datetime
) -> None:
    page = cast("VaultPage", opened.go(PageName.KLUIS))
    page._show_copies(tuple(CopyLine(Path(f"{day}.vpkopie"), clock, 1000, "") for day in range(5)))
    table = page.table

    def whole() -> bool:
        return 0 <= table.viewport().height() - 5 * table.rowHeight(0) <= 2

    opened.until(whole)
    small = table.height()
    try:
        theme.choose(qapp, theme.Scheme.LIGHT, 1.5)
        opened.until(whole)
        assert table.height() > small
    finally:
        theme.choose(qapp, theme.Scheme.LIGHT, 1.0)


def test_that_there_is_no_copy_is_said_only_once_that_was_looked_at(opened: Opened) -> None:
    looking = threading.Event()
    opened.worker.aside(looking.wait, lambda _: None, lambda _: None)  # as while a report is audited
    try:
        opened.desk.navigate(Place(PageName.KLUIS))
        page = cast("VaultPage", opened.desk.page)
        opened.until(lambda: bool(page._places))
        assert page._none.isHidden()
    finally:
        looking.set()
    opened.until(page._none.isVisible)


def test_a_check_that_says_two_things_is_named_once(clock: datetime) -> None:
    state = BackupState(clock, "reservekopieen", verified=True, changed_since=False)
    text, kind, _ = verdict_of(state, ["Openen", "Openen", "Map"], checked=True, now=clock)
    assert (kind, text.split(".")[0]) == ("warning", "Kijk bij Controles: Openen en Map")


@pytest.mark.parametrize(("practice", "promised"), [(True, False), (False, True)])
def test_no_copy_at_closing_is_promised_of_a_practice_vault(clock: datetime, practice: bool, promised: bool) -> None:
    state = BackupState(clock, "reservekopieen", verified=True, changed_since=True)
    text, kind, _ = verdict_of(state, [], checked=True, now=clock, practice=practice)
    assert kind == "ok"
    assert "Daarna is er iets veranderd" in text
    assert ("bij het afsluiten maakt vpdesk een nieuwe" in text) is promised
