"""Only regular files are opened, whatever was put in their place, also between looking and opening."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from tests.vault_kit import NOW, Made, made
from vpdesk.domain.errors import BackupError, VaultDamagedError, VaultError
from vpdesk.store import attempts, container, generations, journal, keyfile, refusals, regular
from vpdesk.store.oslock import OsLock


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    os.mkfifo(tmp_path / "pijp")
    return tmp_path / "pijp"


@pytest.fixture
def kit(tmp_path: Path) -> Made:
    return made(tmp_path / "kluis")


def test_a_link_to_a_file_is_that_file(tmp_path: Path) -> None:
    (tmp_path / "tekst").write_bytes(b"een kanarie")
    (tmp_path / "link").symlink_to("tekst")
    assert regular.read(tmp_path / "link") == b"een kanarie"
    assert regular.read(tmp_path / "link", 3) == b"een"
    assert not regular.is_other(tmp_path / "link")
    assert not regular.is_other(tmp_path / "niets")


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def test_a_pipe_that_came_between_looking_and_opening_is_not_waited_for(
    pipe: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "gewoon").write_bytes(b"x")
    plain, before = (tmp_path / "gewoon").stat(), open_files()

    def as_it_was(_: Path, **__: Any) -> os.stat_result:
        return plain

    with monkeypatch.context() as raced:
        raced.setattr(type(pipe), "stat", as_it_was)
        with pytest.raises(regular.NotRegularError):
            regular.open_file(pipe)
    assert open_files() == before


def test_each_place_says_that_it_is_no_file(pipe: Path) -> None:
    with pytest.raises(VaultDamagedError, match=r"sleutelbestand .* geen gewoon bestand"):
        keyfile.read(pipe)
    for read in (container.peek, container.check):
        with pytest.raises(BackupError, match="geen gewoon bestand"):
            read(pipe)
    with pytest.raises(VaultError, match=r"slot .* geen gewoon bestand"):
        OsLock(pipe)
    with pytest.raises(VaultDamagedError, match="niet dat van deze kluis"):
        refusals.check_file(pipe)
    assert attempts.read(pipe) == attempts.Attempts()


def test_a_loop_of_links_is_no_file(tmp_path: Path) -> None:
    loop = tmp_path / "rond"
    loop.symlink_to(loop)
    assert regular.is_other(loop)
    with pytest.raises(regular.NotRegularError):
        regular.read(loop)


def test_a_journal_that_is_none_is_refused_before_it_is_tried(kit: Made) -> None:
    journal.of(kit.database).symlink_to("/dev/full")
    with pytest.raises(VaultDamagedError, match="geen logboek") as refused:
        refusals.check_file(kit.database)
    assert "vol" not in refused.value.sentence


def test_a_wrong_passphrase_is_counted_over_whatever_stood_there(pipe: Path) -> None:
    attempts.add(pipe, NOW)
    assert attempts.read(pipe) == attempts.Attempts(1, NOW)


def test_what_stands_for_the_work_folder_goes_unless_it_is_a_file(kit: Made, tmp_path: Path) -> None:
    work, others = kit.folder / generations.WORK, tmp_path / "van een ander"
    others.mkdir()
    (others / "brief").write_bytes(b"x")
    for put in (os.mkfifo, lambda path: path.symlink_to(others)):
        put(work)
        generations.clean(kit.folder)
        assert not os.path.lexists(work)
    assert (others / "brief").exists()
    work.write_bytes(b"van iemand")
    generations.clean(kit.folder)
    assert work.read_bytes() == b"van iemand"


def test_where_the_pointer_leads_nowhere_no_generation_goes(kit: Made) -> None:
    generation = generations.current(kit.folder)
    (generation / generations.UNFINISHED).touch()  # as a stop leaves it between pointer and mark
    (kit.folder / generations.POINTER).unlink()
    (kit.folder / generations.POINTER).symlink_to("weg")
    generations.clean(kit.folder)
    assert (generation / generations.DATABASE).exists()


def test_a_database_that_can_not_be_looked_at_is_not_called_gone(tmp_path: Path) -> None:
    (tmp_path / "geen map").touch()
    with pytest.raises(VaultDamagedError, match="niet te lezen"):
        refusals.check_file(tmp_path / "geen map" / "vault.db")
    with pytest.raises(VaultDamagedError, match="is er niet"):
        refusals.check_file(tmp_path / "vault.db")
