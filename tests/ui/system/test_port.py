"""The way of this platform is chosen; what it tells has words for the lock screen."""

from __future__ import annotations

import pytest

from vpdesk.ui.system.linux import LinuxWatch
from vpdesk.ui.system.port import Away, here

pytestmark = pytest.mark.window


def test_on_linux_the_buses_are_heard(qapp: object) -> None:
    assert isinstance(here(0), LinuxWatch)


@pytest.mark.parametrize("why", Away)
def test_each_way_ends_the_sentence_on_the_lock_screen(why: Away) -> None:
    assert why.value.startswith("toen ")
    assert not why.value.endswith(".")
