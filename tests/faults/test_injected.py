"""A call on the disk that kills the process, finds no room or fails leaves the old or the new, whole, and a sentence.

The faults come from strace: real system calls of real SQLCipher files, one at a time, everywhere in an operation.
"""

from __future__ import annotations

import random
from functools import partial
from typing import TYPE_CHECKING

import pytest

from tests.faults.scenes import EVERYWHERE, OPERATIONS, Operation, Scene, prepared
from tests.faults.strace_kit import FAULTS, KILL, Point, Told, injected, points

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("clean_home")

NOTHING_CHANGED = "Er is niets veranderd"
SEED = 20260120


def judge(operation: Operation, scene: Scene, told: Told, fault: str) -> bool:
    """Hold a scene after a fault against what was told; return whether the new state stands there."""
    assert not told.bug, told.bug
    new = operation.judge(scene)
    if told.acknowledged:
        assert new, "what was acknowledged is gone"
        return True
    if fault != KILL:
        assert told.sentences, "neither done nor told"
    for sentence in told.sentences:
        assert sentence.endswith("."), sentence
        assert "rror" not in sentence, sentence
    if operation.ends_old and any(NOTHING_CHANGED in sentence for sentence in told.sentences):
        assert not new, told.sentences
    return new


def play(operation: Operation, base: Path, chosen: Iterable[tuple[Point, str]], scene: Scene) -> set[bool]:
    """Inject each fault into the operation, from the same start; return which states were seen."""
    seen = set()
    for point, fault in chosen:
        scene.again()
        told = injected(partial(operation.run, scene), base / "trace", point, fault)
        try:
            seen.add(judge(operation, scene, told, fault))
        except AssertionError as wrong:
            wrong.add_note(f"{fault} at {point.syscall} number {point.number} on {point.place}: {told.sentences}")
            raise
    return seen


def whole(operation: Operation, base: Path) -> tuple[Scene, list[Point]]:
    """Return a scene and every call that the operation makes on it when nothing fails."""
    scene = prepared(operation, base / operation.name)
    found, told = points(partial(operation.run, scene), base / "trace", scene.root)
    assert judge(operation, scene, told, "")
    assert not told.sentences
    return scene, found


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_one_fault_of_each_kind_in_each_place(operation: Operation, tmp_path: Path) -> None:
    """Per kind of call and path one of its moments, with one of the faults."""
    scene, found = whole(operation, tmp_path)
    dice = random.Random(SEED)  # noqa: S311 - the same places every run
    places: dict[tuple[str, str], list[Point]] = {}
    for point in found:
        places.setdefault((point.syscall, point.place), []).append(point)
    chosen = [(dice.choice(there), FAULTS[number % 3]) for number, there in enumerate(places.values())]
    play(operation, tmp_path, chosen, scene)


@pytest.mark.long
@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("operation", EVERYWHERE, ids=lambda operation: operation.name)
def test_every_fault_in_every_place(operation: Operation, fault: str, tmp_path: Path) -> None:
    scene, found = whole(operation, tmp_path)
    seen = play(operation, tmp_path, ((point, fault) for point in found), scene)
    if operation.ends_old and fault == KILL:
        assert seen == {False, True}
