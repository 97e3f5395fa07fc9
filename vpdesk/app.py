"""The composition root of the window: the clock, places on disk, the keyring, one instance, and how it ends."""

import os
import sys
from collections.abc import Callable
from datetime import datetime
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QLoggingCategory, QSettings, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from vpdesk import crash
from vpdesk.ui import display, theme
from vpdesk.ui.capture import Capture, system_shield
from vpdesk.ui.clipboard import Clipboard
from vpdesk.ui.collector import Collector
from vpdesk.ui.door import Door
from vpdesk.ui.instance import OnlyOne, Start
from vpdesk.ui.locking import Ends
from vpdesk.ui.main_window import MainWindow, mark
from vpdesk.ui.preferences import kept_preferences
from vpdesk.ui.session import Session
from vpdesk.ui.stopping import Stopping
from vpdesk.ui.widgets.focus import FocusRing
from vpdesk.ui.worker import SORRY, Worker

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from vpdesk.ui.system.port import SystemWatch

LOCKED = "VPDESK_LOCKED"
BEGUN = "VPDESK_BEGUN"
CLAIM = "VPDESK_CLAIM"


def now() -> datetime:
    """Return the local time, the only clock of the window."""
    return datetime.now().astimezone().replace(tzinfo=None)  # noqa: TID251 - the composition root


def run(asked: "argparse.Namespace", *, ready: Callable[[], None] | None = None) -> int:
    """Show the window until it is closed and return the exit code.

    `asked` holds `vault` (Path or None), `demo`, `quit_after_paint` and `report_modules` (Path or None). `ready` is
    called once after the first paint of the first screen, filled in. Raises NoDisplayError where a window can't be.
    """
    display.require()
    # The desktop portal, which tells Qt light from dark, refuses a program that it can't look at. Until the first
    # screen is painted nothing was typed, and no vault is open but the one for practice.
    crash.set_dumpable(1)
    app = application()
    from vpdesk.operations import vaults  # noqa: PLC0415 - after the first words of Qt

    preferences = kept_preferences()
    standard = vaults.default_folder()
    folder: Path = asked.vault or preferences.folder or standard
    one = OnlyOne(folder, os.environ.pop(CLAIM, ""))
    start = one.start()
    if start is Start.RAISED:
        return 0
    theme.choose(app, preferences.scheme, preferences.text_size)
    ring = FocusRing(app)
    Clipboard(app, lambda: preferences.clipboard_seconds)
    Capture(app, system_shield(), lambda: preferences.hidden_from_capture)
    collector = Collector(app)
    worker = Worker()
    window = MainWindow(preferences)
    one.asked.connect(window.raise_up)
    door = Door(folder, vaults.system_keychain, now, in_use=lambda: preferences.folder or standard)

    def restart(reason: str, *, begun: bool = False) -> None:
        window.keep_geometry()
        os.environ[CLAIM] = one.hand_over(session.door.folder)
        replace_process(session.door.folder, reason, begun=begun)

    def leave() -> None:
        one.close()
        window.leave()
        app.quit()

    stopping = Stopping(app)
    session = Session(
        window,
        worker,
        door,
        practice_folder=standard.with_name("oefenkluis"),
        preferences=preferences,
        ends=Ends(
            stopping.unless_asked(restart, leave), leave, stopping.unless_asked(partial(restart, begun=True), leave)
        ),
        watch=_watch,
    )
    stopping.asked.connect(session.leave)
    sys.excepthook = told(session)

    def on_ready() -> None:
        crash.set_dumpable(0)
        collector.start()
        if ready is not None:
            ready()
        if not asked.quit_after_paint:
            one.listen()
        measure(asked, session)

    def begin() -> None:
        session.ready.connect(on_ready)
        session.begin(
            locked=os.environ.pop(LOCKED, ""),
            begun=bool(os.environ.pop(BEGUN, "")),
            practice=asked.demo,
            expected=(asked.vault or preferences.folder) is not None,
        )

    if start is Start.FIRST:
        begin()
    else:
        session.show_elsewhere(partial(one.start, 0), begin)
    code = app.exec()
    ring.deleteLater()
    return code


def replace_process(folder: "Path", reason: str, *, begun: bool = False) -> None:
    """Begin anew in this process, at the lock screen: what was in memory is gone with it.

    Where setting up was only `begun`, there is nothing to unlock: it begins at its first step.
    """
    os.environ[LOCKED] = reason
    if begun:
        os.environ[BEGUN] = "1"
    command = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "vpdesk"]
    os.execv(sys.executable, [*command, f"--vault={folder}"])  # noqa: S606 - itself, anew


def measure(asked: "argparse.Namespace", session: Session) -> None:
    """Do after the first paint what those who measure asked for."""
    if asked.report_modules:
        asked.report_modules.write_text("".join(f"{name}\n" for name in sorted(sys.modules)), encoding="utf-8")
    if asked.quit_after_paint:
        QTimer.singleShot(0, session.leave)


def _watch(window: int) -> "SystemWatch":
    from vpdesk.ui.system.port import here  # noqa: PLC0415 - after the first paint

    return here(window)


def application() -> QApplication:
    """Make the application, which says nothing of what it does."""
    app = QApplication([sys.argv[0]])
    prepare(app)
    if not sys.flags.dev_mode:
        QLoggingCategory.setFilterRules("*=false")  # Qt quotes what it worries about, and a desktop keeps what is said
    return app


def prepare(app: QApplication) -> None:
    """Give the application its name, its Dutch and its look."""
    app.setApplicationName("vpdesk")
    app.setApplicationDisplayName("")
    app.setDesktopFileName("vpdesk")
    QLocale.setDefault(QLocale(QLocale.Language.Dutch, QLocale.Country.Netherlands))
    translator = QTranslator(app)
    if translator.load("qtbase_nl", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    theme.start(app)
    # Qt's own dialogs keep folders and names they have seen in a file of Qt's; here that file can't be made.
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, f"{os.devnull}/qt")
    app.setWindowIcon(mark())


def told(session: Session) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    """Return a hook that tells a user about a bug in one sentence, and stays loud on standard error.

    Whoever waited for work that met the bug was told already.
    """
    before = sys.excepthook

    def hook(kind: type[BaseException], value: BaseException, trace: TracebackType | None) -> None:
        before(kind, value, trace)
        if session.desk is not None and session.worker.told is not value:
            session.desk.show_notice(SORRY, "danger")

    return hook
