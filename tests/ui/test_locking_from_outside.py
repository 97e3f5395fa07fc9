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
    key: bytes
    words: tuple[str, ...]
    system: Desktop
    session: Desktop
    address: str
    unused: Path

    @property
    def secrets(self) -> dict[str, str | bytes]:
        """What may not be left behind."""
        database = keys.derive(self.key, "database")
        return {"key": self.key, "database key": database, "passphrase": PASSPHRASE, "note": NOTE, "typed": TYPED}


@pytest.fixture
def laptop(tmp_path: Path, secret_service: None) -> Iterator[Laptop]:
    folder = tmp_path / "kluis"
    setup = begin_setup(folder, passphrase=PASSPHRASE, keychain=system_keychain, now=NOW, kdf=SMALL)
    with setup.confirm(setup.words) as vault:
        add_client(vault, name="Gemeente Esdoornveen")
        conversations.save_draft(vault, key="snel", text=NOTE, now=NOW)
        key = vault.key
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
    before = len(laptop.system.asked)
    program.focus()
    program.type(PASSPHRASE)
    assert not program.remembers(laptop.key)
    program.do("key", "Return")
    program.until(laptop.system.holds_sleep)
    program.until(lambda: laptop.system.asked[before:].count("Get") == len(AT_REST))
    program.until(lambda: program.remembers(NOTE))
    for secret in (laptop.key, NOTE):
        assert program.remembers(secret), "this test would not see what stays behind"


def type_and_press_ctrl_l(laptop: Laptop, program: Program) -> None:
    program.do("key", "ctrl+n")
    program.type(TYPED)
    program.do("key", "ctrl+l")


# In this order every reason differs from the one before, so that the next process is told from the last.
WAYS = {
    "time": (lambda laptop, _: laptop.unused.touch(), "zonder gebruik"),
    "lock": (lambda laptop, _: laptop.system.lock(), Away.LOCKED.value),
    "sleep": (lambda laptop, _: laptop.system.sleep(), Away.SLEEP.value),
    "hint": (lambda laptop, _: laptop.system.turn("LockedHint", value=True), Away.LOCKED.value),
    "switch": (lambda laptop, _: laptop.system.turn("Active", value=False), Away.SWITCHED.value),
    "saver": (lambda laptop, _: laptop.session.save_screen("org.freedesktop.ScreenSaver"), Away.LOCKED.value),
    "lid": (lambda laptop, _: laptop.system.turn("LidIsClosed", value=True), Away.LID.value),
    "gnome": (lambda laptop, _: laptop.session.save_screen("org.gnome.ScreenSaver"), Away.LOCKED.value),
    "ctrl+l": (type_and_press_ctrl_l, ".\nWat u typte, is bewaard."),
}
# From the signal on these go the road of another; tests/ui/system hears each of them every time.
SAME_ROAD = {"hint", "gnome"}
AT_REST = {"Active": True, "LockedHint": False, "LidIsClosed": False}


@pytest.mark.parametrize(
    "ways", [[way for way in WAYS if way not in SAME_ROAD], pytest.param(list(WAYS), marks=pytest.mark.long)], ids=len
)
def test_whatever_way_the_user_leaves_nothing_is_left_in_memory(
    start: Callable[..., Program], laptop: Laptop, ways: list[str]
) -> None:
    program = start(("-c", UNUSED, str(laptop.unused)))
    number = program.process.pid
    program.focus()
    # Below where a title bar would be: Qt moves a window that stands higher, and there is no window manager here.
    program.do("windowmove", "--sync", program.windows[0], "120", "90")
    program.do("windowsize", "--sync", program.windows[0], "1010", "730")
    for way in ways:
        leave, reason = WAYS[way]
        unlock(program, laptop)
        assert program.geometry == PLACE
        before = program.locked
        leave(laptop, program)
        # empty while it is being replaced
        program.until(lambda old=before: program.locked not in {old, ""})  # type: ignore[misc]
        assert reason in program.locked
        program.until(lambda: program.windows)
        program.until(lambda: program.geometry == PLACE)
        left = [name for name, secret in laptop.secrets.items() if program.remembers(secret)]
        assert (way, left) == (way, [])
        assert program.process.pid == number
        assert program.process.poll() is None
        laptop.system.properties |= AT_REST
    assert len(list(usual_place(laptop.folder).iterdir())) == 1, "the first lock found a copy due"
    unlock(program, laptop)
    program.until(lambda: program.remembers(TYPED))
