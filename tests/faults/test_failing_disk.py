"""A disk that goes on failing, or that can't be looked at once: nothing is lost, and what is said of it is true."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from tests.faults.noting import Noting
from tests.faults.scenes import OPERATIONS, Operation, Scene, prepared
from tests.faults.strace_kit import FAILS, LOOKING, Point, injected, points
from tests.faults.test_injected import judge
from vpdesk.store import generations

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("clean_home")

REFUSED = "error=EACCES"
SWITCHED = (generations.POINTER, generations.KEYS)
"""What is written last: around these the old and the new are told apart."""


def watched(operation: Operation, base: Path, syscalls: tuple[str, ...]) -> tuple[Scene, list[Point]]:
    scene = prepared(operation, base / operation.name)
    found, told = points(partial(operation.run, scene), base / "trace", scene.root, syscalls)
    assert judge(operation, scene, told, "")
    return scene, found


def play(operation: Operation, base: Path, scene: Scene, chosen: Iterable[tuple[Point, str]], *, lasting: bool) -> None:
    for point, fault in chosen:
        scene.again()
        told = injected(partial(operation.run, scene), base / "trace", point, fault, lasting=lasting)
        with Noting(f"{fault} at {point.syscall} number {point.number} on {point.place}: {told.sentences}"):
            judge(operation, scene, told, fault)


def around_the_switch(found: list[Point]) -> list[Point]:
    """Return the last syncs from the file on that makes the new count, and one here and there before."""
    last = max((n for n, point in enumerate(found) if any(name in point.path for name in SWITCHED)), default=0)
    return [*found[: max(0, last - 1) : 9], *found[max(0, last - 1) :][:8]]


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_a_disk_that_syncs_nothing_from_some_moment_on(operation: Operation, tmp_path: Path) -> None:
    scene, found = watched(operation, tmp_path, ("fsync",))
    play(operation, tmp_path, scene, ((point, FAILS) for point in around_the_switch(found)), lasting=True)


@pytest.mark.long
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_a_disk_that_syncs_nothing_from_any_moment_on(operation: Operation, tmp_path: Path) -> None:
    scene, found = watched(operation, tmp_path, ("fsync",))
    play(operation, tmp_path, scene, ((point, FAILS) for point in found), lasting=True)


# What builds a generation or opens one looks at very many places: by themselves they take most of a minute.
SEVERAL_SECONDS = {"reservekopie", "terugzetten", "opzetten", "wachtzin", "woorden", "bijwerken"}
LOOKED_AT = [
    pytest.param(one, id=one.name, marks=[pytest.mark.long] if one.name in SEVERAL_SECONDS else [])
    for one in OPERATIONS
]


@pytest.mark.parametrize("operation", LOOKED_AT)
def test_a_folder_or_file_that_can_not_be_looked_at_once(operation: Operation, tmp_path: Path) -> None:
    """Per kind of call and path the last of its moments, which comes after the switch where there is one."""
    scene, found = watched(operation, tmp_path, LOOKING)
    places = {(point.syscall, point.place): point for point in found}
    chosen = [(point, (FAILS, REFUSED)[number % 2]) for number, point in enumerate(places.values())]
    play(operation, tmp_path, scene, chosen, lasting=False)


@pytest.mark.long
@pytest.mark.parametrize("fault", [FAILS, REFUSED])
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_a_folder_or_file_that_can_not_be_looked_at_at_any_moment(
    operation: Operation, fault: str, tmp_path: Path
) -> None:
    scene, found = watched(operation, tmp_path, LOOKING)
    play(operation, tmp_path, scene, ((point, fault) for point in found), lasting=False)
