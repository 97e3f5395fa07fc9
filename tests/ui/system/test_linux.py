"""A logind, a UPower and screen savers on private buses: each way of leaving is heard, what is absent is silent."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from PySide6.QtDBus import QDBusConnection

from tests.buses import LOGIND, SAVERS, UPOWER, Desktop, private_bus
from vpdesk.ui.system.linux import LinuxWatch
from vpdesk.ui.system.port import Away

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.window


class Heard:
    """A watch on two private buses, and what it told."""

    def __init__(self, qtbot: QtBot, system: str, session: str) -> None:
        self.qtbot, self.told = qtbot, list[Away]()
        self.names = (f"system {id(self)}", f"session {id(self)}")
        self.watch = LinuxWatch(*map(QDBusConnection.connectToBus, (system, session), self.names))

    def until(self, holds: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(holds()))

    def start(self, desktop: Desktop) -> None:
        """Start, and wait until every question of the start was answered."""
        self.watch.start(self.told.append)
        self.until(lambda: {"Active", "LockedHint", "LidIsClosed"} <= self.watch._known.keys())
        self.until(desktop.holds_sleep)


@pytest.fixture
def system(qapp: object) -> Iterator[str]:
    with private_bus() as address:
        yield address


@pytest.fixture
def desktop(system: str) -> Iterator[Desktop]:
    with Desktop(system, LOGIND, UPOWER, *SAVERS) as made:
        yield made


@pytest.fixture
def heard(qtbot: QtBot, system: str) -> Iterator[Heard]:
    made = Heard(qtbot, system, system)
    yield made
    made.watch.stop()
    for name in made.names:
        QDBusConnection.disconnectFromBus(name)


WAYS = {
    "lock": (lambda desktop: desktop.lock(), Away.LOCKED),
    "hint": (lambda desktop: desktop.turn("LockedHint", value=True), Away.LOCKED),
    "sleep": (lambda desktop: desktop.sleep(), Away.SLEEP),
    "switch": (lambda desktop: desktop.turn("Active", value=False), Away.SWITCHED),
    "lid": (lambda desktop: desktop.turn("LidIsClosed", value=True), Away.LID),
    "saver": (lambda desktop: desktop.save_screen("org.freedesktop.ScreenSaver"), Away.LOCKED),
    "gnome": (lambda desktop: desktop.save_screen("org.gnome.ScreenSaver"), Away.LOCKED),
}


@pytest.mark.parametrize("way", WAYS)
def test_every_way_of_leaving_is_heard(heard: Heard, desktop: Desktop, way: str) -> None:
    leave, why = WAYS[way]
    heard.start(desktop)
    leave(desktop)
    heard.until(lambda: heard.told)
    assert heard.told == [why]


def test_coming_back_and_what_did_not_change_tell_nothing(heard: Heard, desktop: Desktop) -> None:
    desktop.properties |= {"LidIsClosed": True, "Active": False}  # in a dock, and seen before the first look
    heard.start(desktop)
    asked = len(desktop.asked)
    desktop.turn("LidIsClosed", value=True)
    desktop.turn("Active", value=True)
    desktop.sleep(starts=False)
    desktop.save_screen("org.gnome.ScreenSaver", active=False)
    heard.until(lambda: len(desktop.asked) == asked + 3)
    heard.until(lambda: heard.watch._known["Active"])
    assert heard.told == []
    desktop.turn("Active", value=False)
    heard.until(lambda: heard.told)
    assert heard.told == [Away.SWITCHED]


def test_sleep_waits_until_the_watch_stops(heard: Heard, desktop: Desktop) -> None:
    heard.start(desktop)
    assert desktop.inhibited == [("sleep", "vpdesk", "Bewaart eerst wat u typt", "delay")]
    assert not os.get_inheritable(heard.watch._inhibitor), "a process that is replaced lets sleep begin"
    desktop.sleep()
    heard.until(lambda: heard.told)
    assert desktop.holds_sleep()
    heard.watch.stop()
    heard.until(lambda: not desktop.holds_sleep())


def test_stopped_it_hears_nothing_and_it_can_start_again(
    qtbot: QtBot, system: str, heard: Heard, desktop: Desktop
) -> None:
    heard.start(desktop)
    heard.watch.stop()
    witness = Heard(qtbot, system, system)
    witness.start(desktop)
    desktop.lock()
    desktop.sleep()
    witness.until(lambda: len(witness.told) == 2)  # so the bus has passed them on, to whoever listened
    witness.watch.stop()
    heard.start(desktop)
    assert heard.told == []
    desktop.lock()
    heard.until(lambda: heard.told)
    assert heard.told == [Away.LOCKED]


def test_an_answer_that_comes_after_stopping_holds_nothing(heard: Heard, desktop: Desktop) -> None:
    heard.until(desktop.owns_all)
    heard.watch.start(heard.told.append)
    heard.watch.stop()
    heard.until(lambda: desktop.inhibited and not desktop.holds_sleep())
    heard.until(lambda: heard.watch._known.keys() >= {"LidIsClosed"})
    assert heard.watch._heard == []


def test_an_older_logind_is_asked_by_the_name_of_the_session(
    heard: Heard, desktop: Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_SESSION_ID", "7")
    desktop.sessions = {"7"}
    heard.start(desktop)
    desktop.lock()
    heard.until(lambda: heard.told)


def test_a_service_that_comes_later_is_heard(heard: Heard, system: str) -> None:
    heard.watch.start(heard.told.append)
    with Desktop(system, LOGIND) as late:
        heard.until(late.owns_all)
        late.sleep()
        heard.until(lambda: heard.told)
    assert heard.told == [Away.SLEEP]


def test_absent_buses_are_silent(qtbot: QtBot, capfd: pytest.CaptureFixture[str]) -> None:
    heard = Heard(qtbot, "unix:path=/nonexistent/bus", "unix:path=/nonexistent/bus")
    heard.watch.start(heard.told.append)
    heard.watch.stop()
    assert heard.told == []
    assert capfd.readouterr().err == ""


def test_a_bus_that_goes_is_silent(qtbot: QtBot, capfd: pytest.CaptureFixture[str]) -> None:
    with private_bus() as address, Desktop(address, LOGIND, UPOWER) as desktop:
        heard = Heard(qtbot, address, address)
        heard.start(desktop)
    heard.until(lambda: not heard.watch._system.isConnected())
    heard.watch.look_at_lid()
    heard.watch.stop()
    assert heard.told == []
    assert capfd.readouterr().err == ""
