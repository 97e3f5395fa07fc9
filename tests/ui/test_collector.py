"""What hangs in cycles goes in the window's thread, however much other threads make."""

from __future__ import annotations

import gc
import threading
from typing import TYPE_CHECKING

import pytest

from vpdesk.ui.collector import Collector, collect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.window


class _Left:
    """Stands for a dialog that was left: it holds itself, and notes on which thread it goes."""

    def __init__(self, gone: list[int]) -> None:
        self.itself = self
        self._gone = gone

    def __del__(self) -> None:
        self._gone.append(threading.get_ident())


@pytest.fixture
def collector(qtbot: QtBot) -> Iterator[Collector]:
    del qtbot
    made = Collector()
    yield made
    made.deleteLater()
    gc.unfreeze()


def _make_much(kept: list[object]) -> None:
    kept += [[n] for n in range(100_000)]


def test_what_was_left_goes_in_the_thread_of_the_window_alone(collector: Collector) -> None:
    gone: list[int] = []
    gc.enable()
    collector.start()
    _Left(gone)
    kept: list[object] = []
    elsewhere = threading.Thread(target=_make_much, args=(kept,))
    elsewhere.start()
    elsewhere.join()
    assert gone == []
    assert len(kept) == 100_000
    collect()
    assert gone == [threading.get_ident()]


def test_nothing_is_collected_before_enough_was_made(collector: Collector) -> None:
    collector.start()
    gc.collect()
    gone: list[int] = []
    _Left(gone)
    collect()
    assert gone == []
    gc.collect()
    assert len(gone) == 1
