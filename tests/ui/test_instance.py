"""One window a vault: the first holds a lock that ends with it, a second asks it to come forward or says what it sees."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel

from vpdesk.ui.instance import OnlyOne, Start
from vpdesk.ui.screens.elsewhere import ELSEWHERE, ElsewhereScreen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.ui.stage import Stage

pytestmark = pytest.mark.window


@pytest.fixture
def first(qapp: object, tmp_path: Path) -> Iterator[OnlyOne]:
    one = OnlyOne(tmp_path / "kluis")
    assert one.start() is Start.FIRST
    yield one
    one.close()


@pytest.fixture
def second(qapp: object, tmp_path: Path) -> Iterator[OnlyOne]:
    one = OnlyOne(tmp_path / "kluis")
    yield one
    one.close()


def test_a_second_start_is_heard_by_the_first(qtbot: QtBot, first: OnlyOne, second: OnlyOne) -> None:
    first.listen()
    first.listen()  # each screen that is painted says so
    with qtbot.waitSignal(first.asked):
        assert second.start() is Start.RAISED


def test_a_first_that_does_not_listen_yet_is_not_mistaken_for_none(first: OnlyOne, second: OnlyOne) -> None:
    assert second.start(0) is Start.UNHEARD


def test_when_the_first_is_gone_the_second_is_the_first(first: OnlyOne, second: OnlyOne) -> None:
    first.listen()
    first.close()
    assert second.start(0) is Start.FIRST


def test_the_same_vault_by_another_path_is_the_same(first: OnlyOne, tmp_path: Path) -> None:
    (tmp_path / "kluis").mkdir()
    (tmp_path / "snel").symlink_to(tmp_path / "kluis")
    assert OnlyOne(tmp_path / "snel").start(0) is Start.UNHEARD


def test_another_vault_is_another(first: OnlyOne, tmp_path: Path) -> None:
    other = OnlyOne(tmp_path / "oefenkluis")
    assert other.start(0) is Start.FIRST
    other.close()


def test_a_file_that_a_killed_process_left_counts_for_nothing(second: OnlyOne) -> None:
    """Also when the number in it is now that of somebody who is alive, as after a new start of the laptop."""
    second._path.write_text(f"{os.getppid()}\npython\nlaptop\n", encoding="utf-8")
    assert second.start(0) is Start.FIRST


def test_where_no_lock_can_be_made_the_program_starts(second: OnlyOne, tmp_path: Path) -> None:
    second._path = tmp_path / "no folder" / "lock"
    assert second.start(0) is Start.FIRST
    assert second.start(0) is Start.FIRST


def test_the_screen_beside_a_silent_first_goes_on_when_it_can(stage: Stage, qtbot: QtBot) -> None:
    answers = [Start.UNHEARD]
    begun: list[bool] = []
    stage.session.show_elsewhere(lambda: answers[-1], lambda: begun.append(True))
    screen = stage.screen(ElsewhereScreen)
    assert isinstance(screen, ElsewhereScreen)
    assert ELSEWHERE in {label.text() for label in screen.findChildren(QLabel)}
    screen.look()
    assert not begun
    assert not stage.ends
    answers.append(Start.FIRST)
    stage.until(lambda: begun)
    assert not stage.ends


@pytest.mark.parametrize("how", ["the first came forward", "the user leaves"])
def test_the_screen_beside_a_silent_first_goes_away(stage: Stage, how: str) -> None:
    answer = Start.RAISED if how == "the first came forward" else Start.UNHEARD
    stage.session.show_elsewhere(lambda: answer, lambda: None)
    screen = stage.screen(ElsewhereScreen)
    assert isinstance(screen, ElsewhereScreen)
    if answer is Start.RAISED:
        screen.look()
    else:
        stage.press(screen.quit)
    stage.until(lambda: stage.ends == ["uit"])


def test_a_process_that_is_replaced_stays_the_first(first: OnlyOne, second: OnlyOne, tmp_path: Path) -> None:
    first.listen()
    claim = first.hand_over(tmp_path / "kluis")
    assert second.start(0) is Start.UNHEARD, "it waits"
    replaced = OnlyOne(tmp_path / "kluis", claim)
    assert replaced.start(0) is Start.FIRST
    replaced.listen()
    assert second.start() is Start.RAISED
    first._lock = None  # it is gone
    replaced.close()
    assert second.start(0) is Start.FIRST


def test_on_the_way_to_another_folder_there_is_nothing_to_hand_over(
    first: OnlyOne, second: OnlyOne, tmp_path: Path
) -> None:
    assert first.hand_over(tmp_path / "elders") == ""
    assert second.start(0) is Start.FIRST


@pytest.mark.parametrize("claim", ["999999", "x", ""])
def test_a_claim_that_is_none_counts_for_nothing(first: OnlyOne, tmp_path: Path, claim: str) -> None:
    assert OnlyOne(tmp_path / "kluis", claim).start(0) is Start.UNHEARD
