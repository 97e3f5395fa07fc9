"""After a power cut at any moment the vault opens with all that was acknowledged: the old or the new, never mixed."""

from __future__ import annotations

import hashlib
import random
from functools import partial
from typing import TYPE_CHECKING

import pytest

from tests.faults.noting import Noting
from tests.faults.power import Disk, Kept, Recording
from tests.faults.scenes import EVERYWHERE, OPERATIONS, Operation, Scene, prepared

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("clean_home")

SEED = 20260120
FEW, MANY, MOST = 24, 8, 200


def recorded(operation: Operation, base: Path) -> tuple[Scene, Recording]:
    """Return a scene and what the operation did to its disk."""
    scene = prepared(operation, base / operation.name)
    scene.again()
    recording = Recording(partial(operation.run, scene), base / "trace", scene.root)
    assert recording.told.acknowledged, recording.told
    return scene, recording


def fingerprint(disk: Disk) -> bytes:
    """Return a hash that is the same for disks that hold the same."""
    whole = hashlib.sha256()
    for folder in sorted(disk.folders):
        for name, inode in sorted(disk.folders[folder].items()):
            whole.update(f"{folder}/{name}={inode}\n".encode())
            whole.update(disk.files.get(inode, b""))
    return whole.digest()


class Cuts:
    """Power cuts during an operation; a disk that was judged before is not judged again."""

    def __init__(self, operation: Operation, base: Path) -> None:
        self.operation = operation
        self.scene, self.recording = recorded(operation, base)
        keyring = self.scene.keychain.path
        self.keyring = keyring.read_bytes() if keyring.exists() else b""
        self.seen: set[tuple[bytes, bool]] = set()
        self.outcomes: set[bool] = set()

    def cut(self, after: int, kept: Kept, dice: random.Random) -> None:
        """Let the power go and hold what the disk has against what was acknowledged."""
        disk = self.recording.crash(after, kept, dice)
        acknowledged = self.recording.acknowledged(after)
        key = (fingerprint(disk), acknowledged)
        if key in self.seen:
            return
        self.seen.add(key)
        self.scene.again()
        if self.keyring:  # told before the disk was, and not on it
            self.scene.keychain.path.write_bytes(self.keyring)
        disk.write_to(self.scene.root)
        with Noting(f"{kept} after step {after} of {len(self.recording.steps)}"):
            new = self.operation.judge(self.scene)
            assert new or not acknowledged, "what was acknowledged is gone"
        self.outcomes.add(new)


def test_the_model_ends_where_the_real_disk_ended(tmp_path: Path) -> None:
    """Otherwise the replay would prove something about another program."""
    for operation in OPERATIONS:
        scene, recording = recorded(operation, tmp_path)
        whole = recording.crash(len(recording.steps), Kept.ALL, random.Random(SEED))  # noqa: S311 - seeded
        whole.write_to(tmp_path / "model")
        real = {str(p.relative_to(scene.root)): p.read_bytes() for p in scene.root.rglob("*") if p.is_file()}
        model = {
            str(p.relative_to(tmp_path / "model")): p.read_bytes()
            for p in (tmp_path / "model").rglob("*")
            if p.is_file()
        }
        assert model == real, operation.name


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_power_cuts_here_and_there(operation: Operation, tmp_path: Path) -> None:
    cuts = Cuts(operation, tmp_path)
    dice = random.Random(SEED)  # noqa: S311 - the same cuts every run
    last = len(cuts.recording.steps)
    moments = [*sorted(dice.randrange(last) for _ in range(FEW)), last]
    for after in moments:
        cuts.cut(after, dice.choice(list(Kept)), dice)
    cuts.cut(last, Kept.NONE, dice)
    assert True in cuts.outcomes


@pytest.mark.long
@pytest.mark.parametrize("operation", EVERYWHERE, ids=lambda operation: operation.name)
def test_power_cuts_at_every_moment(operation: Operation, tmp_path: Path) -> None:
    """After every call: everything kept, nothing kept, and eight draws of what was kept and what was torn."""
    cuts = Cuts(operation, tmp_path)
    dice = random.Random(SEED)  # noqa: S311 - the same cuts every run
    last = len(cuts.recording.steps)
    for after in range(0, last + 1, 1 + last // MOST):  # writing every page anew takes hundreds of like moments
        for kept in (Kept.ALL, Kept.NONE, *([Kept.SOME] * MANY)):
            cuts.cut(after, kept, dice)
    assert cuts.outcomes == ({False, True} if operation.ends_old else {True})
