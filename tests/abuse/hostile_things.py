"""Puts what is no file in every place that vpdesk opens: `python -m tests.abuse.hostile_things KIND FOLDER` says how.

One line of JSON for each place: its name, and what vpdesk said, did wrong, or that it never came back.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import signal
import stat
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.vault_kit import fingerprint, make
from vpdesk import cli
from vpdesk.domain.errors import VpdeskError
from vpdesk.operations import backups, doctor, elsewhere, old_copies, synced, vaults
from vpdesk.operations.moving import move_vault
from vpdesk.operations.places import usual_place
from vpdesk.store import attempts, generations
from vpdesk.store.keychain import MemoryKeychain
from vpdesk.store.schema import MIGRATIONS
from vpdesk.ui.preferences import Preferences

if TYPE_CHECKING:
    from collections.abc import Callable

LIMIT: Final = 8  # seconds, for what takes a fraction of one
NOW: Final = datetime(2026, 1, 20, 10)  # noqa: DTZ001 - the product works in the laptop's local time
GOLDEN: Final = Path(__file__).parents[1] / "golden" / "vaults" / str(len(MIGRATIONS))

KINDS: Final[dict[str, Callable[[Path], object]]] = {
    "pipe": os.mkfifo,
    "socket": lambda path: os.mknod(path, stat.S_IFSOCK | 0o600),
    "endless device": lambda path: path.symlink_to("/dev/zero"),
    "full device": lambda path: path.symlink_to("/dev/full"),
    "folder": Path.mkdir,
    "link to nothing": lambda path: path.symlink_to(path.with_name("weg")),
    "loop of links": lambda path: path.symlink_to(path),
}


class Scene:
    """A practice vault with a copy, in a folder of its own, and something that is no file to put in a place."""

    def __init__(self, base: Path, put: Callable[[Path], object]) -> None:
        self.base, self._put = base, put
        self.vault = base / "kluis"
        shutil.copytree(GOLDEN, self.vault)
        self.generation = generations.current(self.vault)
        self.copies = usual_place(self.vault)

    def put(self, path: Path) -> Path:
        """Put it there, in the place of what was there; return the path."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        self._put(path)
        return path

    def run(self, *arguments: object) -> str:
        """Run a command; return its exit code and what it said."""
        said = io.StringIO()
        with contextlib.redirect_stderr(said), contextlib.redirect_stdout(said):
            code = cli.main([str(argument) for argument in arguments])
        return f"{code} {said.getvalue()}"

    def both(self, path: Path) -> str:
        """Put it there, and run doctor and a backup: return what they said, and whether they changed anything."""
        copied = self.run("backup", "--vault", self.vault, "--to", self.copies)
        self.put(path)
        before = fingerprint(self.vault)
        said = self.run("doctor", "--vault", self.vault)
        said += self.run("backup", "--vault", self.vault, "--to", self.copies)
        assert copied.startswith("0"), copied
        return said + ("" if fingerprint(self.vault) == before or path.name == generations.WORK else "CHANGED")

    def open(self) -> vaults.Vault:
        """Open the vault."""
        return vaults.open_vault(self.vault, keychain=MemoryKeychain(), now=NOW)


def among_copies(scene: Scene) -> str:
    """Copy to a place with such a thing in it, list and check what is there, then damage the vault."""
    scene.put(scene.copies / f"vpdesk-2030-01-01-100000{backups.container.SUFFIX}")
    said = scene.run("backup", "--vault", scene.vault, "--to", scene.copies)
    found = len(backups.checked_backups([scene.copies]))
    (scene.generation / generations.KEYS).unlink()
    return f"{said} {found} {scene.run('doctor', '--vault', scene.vault)} {scene.run('backup', '--vault', scene.vault, '--to', scene.copies)}"


def before_an_update(scene: Scene) -> str:
    """List the copies of an open vault, with such a thing among those from before an update."""
    scene.put(scene.vault / "before-update" / f"x{backups.container.SUFFIX}")
    with scene.open() as vault:
        return f"{len(old_copies.in_reach(vault).copies)} copies"


def moving(scene: Scene) -> str:
    """Move a vault with such things in its generation and among its copies from before an update; open it there."""
    kit, vault = make(scene.base / "echt")
    scene.put(vault.generation / "iets")
    scene.put(vault.folder / "before-update" / f"x{backups.container.SUFFIX}")
    there = move_vault(vault, scene.base / "ginds" / "kluis", count=lambda _: None)
    with vaults.open_vault(there, words=kit.words, keychain=kit.keychain, now=NOW) as moved:
        return f"moved {sorted(path.name for path in moved.generation.iterdir())} {' '.join(moved.warnings)}"


def beside_former(scene: Scene) -> str:
    """Examine a vault with such a thing in the one from before a restore, and as its database."""
    former = scene.vault / f"g-{16 * '0'}"
    scene.put(former / generations.DATABASE)
    with scene.open() as vault:
        return " ".join(line.name for line in doctor.doctor(vault, keychain=MemoryKeychain(), now=NOW))


def counting(scene: Scene) -> str:
    """Count a wrong passphrase where such a thing stands."""
    path = scene.put(scene.base / "staat" / "x.attempts")
    attempts.refuse_haste(path, NOW)
    attempts.add(path, NOW)
    return f"{attempts.read(path).count} counted, {attempts.forget(path)} before"


def looking(scene: Scene) -> str:
    """Read preferences from it, and try to keep one."""
    kept = Preferences(scene.put(scene.base / "vpdesk.ini"))
    kept.text_size = 1.5
    kept.save()
    return f"idle {kept.idle_minutes}"


def text_elsewhere(scene: Scene) -> str:
    """Take back a text that was kept elsewhere."""
    path = scene.put(scene.base / "x.vptekst")
    with scene.open() as vault:
        try:
            return str(elsewhere.read_elsewhere(vault, path))
        except VpdeskError as error:
            return error.sentence


def clouds(scene: Scene) -> str:
    """Ask which cloud a folder is in, with such a thing where Dropbox keeps its settings."""
    scene.put(Path.home() / ".dropbox" / "info.json")
    try:
        return f"service {synced.service_of(scene.base)!r}"
    finally:
        shutil.rmtree(Path.home() / ".dropbox")


def importing(scene: Scene) -> str:
    """Import it, and import with it as mapping."""
    thing = scene.put(scene.base / "blad.csv")
    sheet = scene.base / "echt.csv"
    sheet.write_text("datum;rol\n01-02-2021;melder\n")
    said = scene.run("import", "--vault", scene.vault, "--client", "X", thing, "--dry-run")
    return said + scene.run("import", "--vault", scene.vault, "--client", "X", sheet, "--mapping", thing, "--dry-run")


def single_copy(scene: Scene) -> str:
    """Verify it, and restore from it."""
    thing = scene.put(scene.base / f"kopie{backups.container.SUFFIX}")
    said = scene.run("verify", thing) + scene.run("verify", thing, "--vault", scene.vault)
    sys.stdin = io.StringIO("woorden\n")
    return said + scene.run("restore", thing, "--vault", scene.base / "nieuw", "--words-stdin")


def as_folder(scene: Scene) -> str:
    """Copy to it, restore into it, look at it and open it as a vault."""
    thing = scene.put(scene.base / "plaats")
    said = scene.run("backup", "--vault", scene.vault, "--to", thing)
    copy = Path(json.loads(scene.run("--json", "backup", "--vault", scene.vault, "--to", scene.copies)[2:])["backup"])
    sys.stdin = io.StringIO("woorden\n")
    said += scene.run("restore", copy, "--vault", thing, "--words-stdin")
    said += scene.run("doctor", "--vault", thing) + scene.run("backup", "--vault", thing, "--to", scene.copies)
    with scene.open() as vault:  # as the window may, past the command line
        try:
            backups.make_backup(vault, places=(thing,), now=NOW)
        except VpdeskError as error:
            said += error.sentence
    return f"{said} {usual_place(thing)} {synced.service_of(thing)!r} {vaults.describe(thing)}"


PLACES: Final[dict[str, Callable[[Scene], str]]] = {
    "the pointer": lambda scene: scene.both(scene.vault / generations.POINTER),
    "the keys": lambda scene: scene.both(scene.generation / generations.KEYS),
    "the database": lambda scene: scene.both(scene.generation / generations.DATABASE),
    "the journal": lambda scene: scene.both(scene.generation / f"{generations.DATABASE}-journal"),
    "the write-ahead log": lambda scene: scene.both(scene.generation / f"{generations.DATABASE}-wal"),
    "the lock": lambda scene: scene.both(scene.vault / generations.LOCK),
    "the work folder": lambda scene: scene.both(scene.vault / generations.WORK),
    "among copies": among_copies,
    "among copies before an update": before_an_update,
    "in the vault before a restore": beside_former,
    "in a vault that moves": moving,
    "the count of wrong passphrases": counting,
    "the preferences": looking,
    "a text kept elsewhere": text_elsewhere,
    "the settings of a cloud": clouds,
    "a sheet and a mapping": importing,
    "a copy": single_copy,
    "a folder of copies or a vault": as_folder,
}


class HungError(BaseException):
    """It took far longer than it may."""


def _hung(*_: object) -> None:
    raise HungError


def main() -> None:
    """Try every place with one kind of thing."""
    kind, base = sys.argv[1], Path(sys.argv[2])
    signal.signal(signal.SIGALRM, _hung)
    for number, (place, act) in enumerate(PLACES.items()):
        signal.alarm(LIMIT)
        try:
            said = act(Scene(base / str(number), KINDS[kind]))
        except HungError:
            said = "HUNG"
        except Exception as error:  # noqa: BLE001 - the test that started this wants to read of it
            said = f"BUG {error!r}"
        signal.alarm(0)
        print(json.dumps([place, said]), flush=True)  # noqa: T201 - for the test that started this


if __name__ == "__main__":
    main()
