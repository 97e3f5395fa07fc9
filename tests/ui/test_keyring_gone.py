"""The keyring ends while the vault is open: saving and locking go on, nothing is lost, and there is a way in again."""

from __future__ import annotations

import os
import signal
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtWidgets import QLabel

from tests.buses import private_bus, secret_service
from tests.ui.stage import Stage
from tests.vault_kit import NOW, PHRASE, SMALL
from vpdesk.operations import conversations
from vpdesk.operations.clients import add_client
from vpdesk.operations.setup import begin_setup
from vpdesk.operations.vaults import SlotKind, system_keychain
from vpdesk.ui.context import PageName, Place
from vpdesk.ui.desk import Desk
from vpdesk.ui.pages.conversation import ConversationPage
from vpdesk.ui.screens.lock import LockScreen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

pytestmark = [
    pytest.mark.window,
    pytest.mark.keyring,
    # The keyring library leaves its connection to be collected when nobody answers on it.
    pytest.mark.filterwarnings("ignore:unclosed <socket.socket:ResourceWarning"),
]

KEPT, TYPED = "Dit gesprek is bewaard.", "Halverwege een zin"


class Laptop:
    """A bus with a keyring on it that can be killed and started again, and a vault whose device secret is in it."""

    def __init__(self, stage: Stage, root: Path, address: str) -> None:
        self._address, self._root = address, root
        self._running = secret_service(address, root)
        self._daemon = self._running.__enter__()
        stage.keychain = system_keychain()
        folder = stage.session.door.folder
        folder.parent.mkdir(parents=True)
        setup = begin_setup(folder, passphrase=PHRASE, keychain=stage.keychain, now=NOW, kdf=SMALL)
        self.words = " ".join(setup.words)
        with setup.confirm(setup.words) as vault:
            assert vault.key_file.slot(SlotKind.DAILY) is not None
            add_client(vault, name="Gemeente Esdoornveen")

    def kill_keyring(self) -> None:
        os.killpg(self._daemon.pid, signal.SIGKILL)
        self._daemon.wait()

    def start_keyring(self) -> None:
        self._running = secret_service(self._address, self._root)
        self._daemon = self._running.__enter__()

    def end(self) -> None:
        self._running.__exit__(None, None, None)


@pytest.fixture
def laptop(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Iterator[Laptop]:
    # The keyring makes a socket below its root, and the name of a socket must be short.
    with private_bus() as address, tempfile.TemporaryDirectory(prefix="vpk-") as root:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        made = Laptop(stage, Path(root), address)
        yield made
        made.end()


@pytest.fixture
def again(qapp: QApplication, qtbot: QtBot, stage: Stage) -> Iterator[Stage]:
    """The same laptop after the process was replaced."""
    made = Stage(qtbot, stage.root)
    made.keychain = system_keychain()
    yield made
    made.close()


def locked(stage: Stage) -> LockScreen:
    stage.session.begin(locked="De kluis is dicht.")
    return cast("LockScreen", stage.screen(LockScreen))


def try_passphrase(stage: Stage, screen: LockScreen) -> None:
    screen.passphrase.setText(PHRASE)
    stage.press(screen.open)


def words_on(stage: Stage) -> str:
    return " ".join(label.text() for label in stage.window.findChildren(QLabel) if label.isVisible())


def work_and_lock_without_keyring(stage: Stage, laptop: Laptop) -> None:
    """Open, lose the keyring, keep one conversation, type half of another, and lock."""
    try_passphrase(stage, locked(stage))
    desk = cast("Desk", stage.screen(Desk))
    stage.settle()
    laptop.kill_keyring()
    for text in (KEPT, TYPED):
        desk.navigate(Place(PageName.GESPREK))
        stage.settle()
        page = desk.page
        assert isinstance(page, ConversationPage)
        stage.qtbot.keyClicks(page.writing, text)
        if text is KEPT:
            page._save_here()
            stage.settle()
    stage.session.locking.lock()
    stage.until(lambda: stage.ends)
    assert stage.ends[0].endswith("Wat u typte, is bewaard.")


def nothing_is_lost(stage: Stage) -> None:
    stage.screen(Desk)
    stage.settle()
    found: list[str] = []
    stage.worker.run(
        lambda vault: [
            *(draft.text for draft in conversations.drafts(vault)),
            *(
                conversations.get_conversation(vault, row.id).working_note
                for row in conversations.list_conversations(vault, limit=9)
            ),
        ],
        found.extend,
        _fail,
    )
    stage.settle()
    assert any(TYPED in text for text in found)
    assert KEPT in found
    assert "ouder dan" not in words_on(stage), "the keyring missed a closing; that is not an older vault"


def test_the_passphrase_waits_for_the_keyring_to_come_back(stage: Stage, laptop: Laptop, again: Stage) -> None:
    work_and_lock_without_keyring(stage, laptop)
    screen = locked(again)
    try_passphrase(again, screen)
    again.settle()
    said = words_on(again)
    assert "De sleutelbos waarin het geheim van uw kluis ligt" in said
    assert "Uw kluis is veilig" in said
    assert screen.open.isEnabled()
    assert screen.other.isVisible()
    laptop.start_keyring()
    try_passphrase(again, screen)
    nothing_is_lost(again)


def test_the_words_open_without_the_keyring(stage: Stage, laptop: Laptop, again: Stage) -> None:
    work_and_lock_without_keyring(stage, laptop)
    screen = locked(again)
    again.press(screen.other)
    screen.words.setPlainText(laptop.words)
    again.press(screen.open_words)
    nothing_is_lost(again)


def _fail(error: Exception) -> None:
    raise error
