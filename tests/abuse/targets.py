"""What is fuzzed: each target takes bytes as they might stand in a file, and lets nothing out but a VpdeskError."""

from __future__ import annotations

import contextlib
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from vpdesk.domain.errors import VpdeskError
from vpdesk.exchange.mapping import load_mapping, mapping_text, propose_mapping
from vpdesk.exchange.registrations import check_sheet, describe_plan
from vpdesk.exchange.spreadsheets import read_sheet
from vpdesk.store import container, generations, keyfile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LONGEST_SENTENCE = 3000
TODAY = date(2026, 1, 20)
GENERATION = "g-0123456789abcdef"
SHARED = Path("/dev/shm")  # noqa: S108 - a hundred thousand files, each for an instant
IN_MEMORY = SHARED if SHARED.is_dir() else None


@contextlib.contextmanager
def at_a_path(data: bytes, name: str = "bestand") -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="vpdesk-abuse-", dir=IN_MEMORY) as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        yield path


@contextlib.contextmanager
def a_sentence() -> Iterator[None]:
    """Let through what an expected failure is, and nothing that a person could not read."""
    said = "."
    try:
        yield
    except VpdeskError as error:
        said = error.sentence
    assert 0 < len(said.strip()) < LONGEST_SENTENCE, said[:200]


def key_file(data: bytes) -> None:
    with a_sentence():
        read = keyfile.parse(data)
        assert keyfile.parse(keyfile.encode(read)) == read


def backup(data: bytes) -> None:
    with at_a_path(data) as path:
        with a_sentence():
            container.peek(path)
        with a_sentence():
            container.check(path)
        with a_sentence():
            container.check(path, mac_key=lambda _: bytes(32), payload_to=path.with_name("inhoud"))


def pointer(data: bytes) -> None:
    with at_a_path(data, generations.POINTER) as path:
        (path.parent / GENERATION).mkdir()
        with a_sentence():
            assert generations.current(path.parent).name == GENERATION
        generations.is_part_of_vault(path.parent)
        generations.clean(path.parent)


def mapping(data: bytes) -> None:
    with at_a_path(data) as path, a_sentence():
        read = load_mapping(path)
        path.write_text(mapping_text(read), encoding="utf-8")
        assert load_mapping(path) == read


def sheet(data: bytes) -> None:
    with at_a_path(data) as path, a_sentence():
        read = read_sheet(path)
        proposed = propose_mapping(read)
        describe_plan(check_sheet(read, proposed, today=TODAY))


TARGETS: dict[str, Callable[[bytes], None]] = {
    "sleutels": key_file,
    "kopie": backup,
    "wijzer": pointer,
    "koppeling": mapping,
    "blad": sheet,
}
