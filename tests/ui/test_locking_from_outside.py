"""After locking, on every way, the memory of the real program holds neither key, passphrase nor note."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.buses import LOGIND, SAVERS, UPOWER, Desktop, private_bus
from tests.ui.program import PLAIN, Program
from tests.vault_kit import NOW, SMALL
from vpdesk.operations import conversations
from vpdesk.operations.clients import add_client
from vpdesk.operations.places import usual_place
from vpdesk.operations.setup import begin_setup
from vpdesk.operations.vaults import system_keychain
from vpdesk.store import keys
from vpdesk.ui.system.port import Away

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

pytestmark = [pytest.mark.window, pytest.mark.keyring]

PASSPHRASE = "zevenstilleschapen"
NOTE = "zonnebloempitten"
TYPED = "dakpannenlijm"
PLACE = "X=120 Y=90 WIDTH=1010 HEIGHT=730"

# The program, except that a file decides when nobody has used it for long enough.
UNUSED = """
import runpy, sys
from pathlib import Path
from vpdesk.ui.preferences import Preferences
unused = Path(sys.argv.pop(1))
Preferences.idle_minutes = property(lambda _self: 0 if unused.exists() else 30)
runpy.run_module("vpdesk", run_name="__main__", alter_sys=True)
"""


@dataclass
class Laptop:
    """A vault with a note in it, on a laptop with a keyring, a logind, a UPower and screen savers."""

    folder: Path
    vault_key: bytes
    words: tuple[str, ...]
    system: Desktop
    session: Desktop
    address: str
    unused: Path

    @property
    def secrets(self) -> dict[str, str | bytes]:
        """What may not be left behind."""
        database = keys.derive(self.vault_key, "database")
        return {"key": self.vault_key, "database key": database, "passphrase": PASSPHRASE, "note": NOTE, "typed": TYPED}


@pytest.fixture
def laptop(tmp_path: Path, secret_service: None) -> Iterator[Laptop]:
    folder = tmp_path / "kluis"
    setup = begin_setup(folder, passphrase=PASSPHRASE, keychain=system_keychain, now=NOW, kdf=SMALL)
    with setup.confirm(setup.words) as vault:
        add_client(vault, name="Gemeente Esdoornveen")
        conversations.save_draft(vault, key="snel", text=NOTE, now=NOW)
        key = vault._vault_key
    with (
        private_bus() as address,
        Desktop(address, LOGIND, UPOWER) as system,
        Desktop(os.environ["DBUS_SESSION_BUS_ADDRESS"], *SAVERS) as session,
    ):
        yield Laptop(folder, key, setup.words, system, session, address, tmp_path / "unused")


@pytest.fixture
def start(qtbot: QtBot, laptop: Laptop, tmp_path: Path) -> Iterator[Callable[..., Program]]:
    begun: list[Program] = []

    def start(how: tuple[str, ...] = PLAIN) -> Program:
        environment = {"DBUS_SYSTEM_BUS_ADDRESS": laptop.address}
        begun.append(Program(qtbot, tmp_path / "home", "--vault", str(laptop.folder), how=how, environment=environment))
        return begun[-1]

    yield start
    for program in begun:
        program.end()


def unlock(program: Program, laptop: Laptop) -> None:
    """Type the passphrase, and wait until the desk shows the note and the system is being watched."""
    program.focus()
    # Below where a title bar would be: Qt moves a window that stands higher, and there is no window manager here.
    program.do("windowmove", "--sync", program.windows[0], "120", "90")
    program.do("windowsize", "--sync", program.windows[0], "1010", "730")
    program.type_until_there(PASSPHRASE)
    assert not program.remembers(laptop.vault_key)
    program.do("key", "Return")
    program.until(lambda: program.remembers(NOTE))
    program.until(laptop.system.holds_sleep)
    for secret in (laptop.vault_key, NOTE):
        assert program.remembers(secret), "this test would not see what stays behind"


WAYS = {
    "lock": (lambda laptop: laptop.system.lock(), Away.LOCKED),
    "hint": (lambda laptop: laptop.system.turn("LockedHint", value=True), Away.LOCKED),
    "sleep": (lambda laptop: laptop.system.sleep(), Away.SLEEP),
    "switch": (lambda laptop: laptop.system.turn("Active", value=False), Away.SWITCHED),
    "lid": (lambda laptop: laptop.system.turn("LidIsClosed", value=True), Away.LID),
    "saver": (lambda laptop: laptop.session.save_screen("org.freedesktop.ScreenSaver"), Away.LOCKED),
    "gnome": (lambda laptop: laptop.session.save_screen("org.gnome.ScreenSaver"), Away.LOCKED),
}


def left_and_replaced(program: Program, laptop: Laptop, leave: Callable[[], object]) -> str:
    """Leave, wait for the new process, and look what it holds; returns the reason it gives."""
    number = program.process.pid
    assert program.geometry == PLACE
    leave()
    program.until(lambda: program.locked and program.windows)
    assert program.process.pid == number
    assert program.process.poll() is None
    program.until(lambda: program.geometry == PLACE)
    left = [name for name, secret in laptop.secrets.items() if program.remembers(secret)]
    assert left == []
    return program.locked


SAME_ROAD = {"hint", "gnome"}  # as another way from the signal on; tests/ui/system has them all each time


@pytest.mark.parametrize("way", [pytest.param(way, marks=[pytest.mark.long] * (way in SAME_ROAD)) for way in WAYS])
def test_whatever_way_the_user_left_nothing_is_left_in_memory(
    start: Callable[..., Program], laptop: Laptop, way: str
) -> None:
    leave, why = WAYS[way]
    program = start()
    unlock(program, laptop)
    reason = left_and_replaced(program, laptop, lambda: leave(laptop))
    assert why.value in reason


def test_ctrl_l_leaves_nothing_in_memory_and_loses_no_text(start: Callable[..., Program], laptop: Laptop) -> None:
    program = start()
    unlock(program, laptop)
    program.do("key", "ctrl+n")
    program.type_until_there(TYPED)
    reason = left_and_replaced(program, laptop, lambda: program.do("key", "ctrl+l"))
    assert reason.startswith("Om ")
    assert len(list(usual_place(laptop.folder).iterdir())) == 1, "a copy was due"
    program.focus()
    program.type_until_there(PASSPHRASE)
    program.do("key", "Return")
    program.until(lambda: program.remembers(TYPED))


def test_time_without_use_leaves_nothing_in_memory(start: Callable[..., Program], laptop: Laptop) -> None:
    program = start(("-c", UNUSED, str(laptop.unused)))
    unlock(program, laptop)
    reason = left_and_replaced(program, laptop, laptop.unused.touch)
    assert "zonder gebruik" in reason
