"""The pointer names one generation, old or new and never neither; nothing that counts is ever cleaned away."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from tests.vault_kit import Stop, Strike
from vpdesk.domain.errors import VaultDamagedError, VaultError, VaultMissingError, VaultTooNewError
from vpdesk.store import disk, generations
from vpdesk.store.generations import FolderState


def counting(folder: Path, content: str = "een") -> Path:
    generations.make_folder(folder)
    generation = generations.begin(folder)
    (generation / generations.DATABASE).write_text(content)
    generations.switch(folder, generation)
    return generation


def test_a_file_is_old_or_new_wherever_writing_stops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    generations.write_durably(path, b"old")
    for at in range(1, 10):
        with monkeypatch.context() as patch:
            strike = Strike(patch, at)
            try:
                generations.write_durably(path, b"new")
            except Stop:
                assert path.read_bytes() in {b"old", b"new"}
            else:
                assert strike.count < at
                break
        path.write_bytes(b"old")
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_failed_write_leaves_nothing_beside_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError(28, "full")))
    with pytest.raises(OSError, match="full"):
        generations.write_durably(tmp_path / "file", b"new")
    assert list(tmp_path.iterdir()) == []


def test_folders_are_for_this_user_alone(tmp_path: Path) -> None:
    generations.make_folder(tmp_path / "a" / "b")
    generations.make_folder(tmp_path / "a" / "b")
    assert [p.stat().st_mode & 0o777 for p in (tmp_path / "a", tmp_path / "a" / "b")] == [0o700, 0o700]


def test_what_stands_in_a_folder_is_told_apart(tmp_path: Path) -> None:
    folder = tmp_path / "kluis"
    assert generations.state(folder) is FolderState.MISSING
    folder.mkdir()
    assert generations.state(folder) is FolderState.EMPTY
    (folder / ".DS_Store").touch()
    (folder / generations.LOCK).touch()
    generations.begin(folder)
    (folder / "g-0123456789abcdef").mkdir()
    assert generations.state(folder) is FolderState.EMPTY
    generation = counting(folder)
    assert generations.state(folder) is FolderState.VAULT
    assert generations.current(folder) == generation
    (folder / generations.POINTER).unlink()
    assert generations.state(folder) is FolderState.POINTER_LOST
    (tmp_path / "letter.txt").touch()
    assert generations.state(tmp_path) is FolderState.FOREIGN
    assert generations.state(tmp_path / "letter.txt") is FolderState.FOREIGN


@pytest.mark.parametrize(("made", "sentence"), [(None, "geen map"), ("folder", "leeg"), ("file", "geen kluis van")])
def test_a_path_without_a_vault_is_refused(tmp_path: Path, made: str | None, sentence: str) -> None:
    path = tmp_path / "kluis"
    if made == "folder":
        path.mkdir()
    elif made == "file":
        path.write_text("brief")
    with pytest.raises(VaultMissingError, match=sentence):
        generations.current(path)


@pytest.mark.parametrize(
    "pointer",
    [b"", b"vpdesk 1 g-0000000000000000\n", b"vpdesk 1 ../../etc\n", b"vpdesk 3 g-0000000000000000\n", b"x" * 9999],
)
def test_a_pointer_that_points_nowhere_is_damage(tmp_path: Path, pointer: bytes) -> None:
    generation = counting(tmp_path)
    (tmp_path / generations.POINTER).write_bytes(pointer)
    with pytest.raises(VaultDamagedError, match="welk deel van de map geldt"):
        generations.current(tmp_path)
    generations.clean(tmp_path)
    assert (generation / generations.DATABASE).exists()


def test_a_pointer_of_the_next_format_asks_for_an_update_and_is_left(tmp_path: Path) -> None:
    generation = counting(tmp_path)
    unfinished = generations.begin(tmp_path)
    (tmp_path / generations.POINTER).write_bytes(f"vpdesk 2 {generation.name} {generation.name}\n".encode())
    with pytest.raises(VaultTooNewError, match="Werk vpdesk bij"):
        generations.current(tmp_path)
    generations.clean(tmp_path)
    assert (generation / generations.DATABASE).exists()
    assert unfinished.exists(), "nobody here knows which one counts"


def test_a_lost_pointer_or_one_that_is_a_folder_is_damage_too(tmp_path: Path) -> None:
    counting(tmp_path)
    (tmp_path / generations.POINTER).unlink()
    with pytest.raises(VaultDamagedError):
        generations.current(tmp_path)
    (tmp_path / generations.POINTER).mkdir()
    with pytest.raises(VaultDamagedError):
        generations.current(tmp_path)


def test_cleaning_removes_what_never_counted_and_nothing_else(tmp_path: Path) -> None:
    first = counting(tmp_path, "een")
    second = counting(tmp_path, "twee")
    third = generations.begin(tmp_path)
    (third / generations.DATABASE).write_text("half")
    (tmp_path / ".current.12345678").touch()
    (tmp_path / generations.WORK).mkdir()
    (tmp_path / generations.WORK / "0123456789abcdef.db").touch()
    (second / generations.UNFINISHED).touch()  # as after a stop between the pointer and the mark
    generations.clean(tmp_path)
    assert sorted(tmp_path.iterdir()) == sorted([first, second, tmp_path / generations.POINTER])
    assert not (second / generations.UNFINISHED).exists()


def test_a_stop_while_discarding_leaves_it_unfinished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for at in range(1, 4):
        generation = generations.begin(tmp_path)
        (generation / generations.DATABASE).write_text("half")
        with monkeypatch.context() as patch:
            Strike(patch, at)
            with pytest.raises(Stop):
                generations.discard(generation)
        assert generations.state(tmp_path) is FolderState.EMPTY
        generations.clean(tmp_path)
        assert not generation.exists()


def test_one_generation_counts_wherever_switching_stops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = counting(tmp_path, "een")
    for at in range(1, 10):
        second = generations.begin(tmp_path)
        (second / generations.DATABASE).write_text("twee")
        with monkeypatch.context() as patch:
            Strike(patch, at)
            try:
                generations.switch(tmp_path, second)
            except Stop:
                assert generations.current(tmp_path) in {first, second}
            else:
                break
        generations.clean(tmp_path)
        assert (first / generations.DATABASE).read_text() == "een"
    assert generations.current(tmp_path) == second
    assert at > 3


def test_on_windows_folders_need_no_sync(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        strike = Strike(patch, 0)
        patch.setattr(os, "name", "nt")
        generations.sync_folder(tmp_path)
    assert strike.count == 0


def test_a_name_that_no_folder_can_have_is_told_and_a_failing_disk_is_not_taken_for_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(VaultError, match="te lang"):
        generations.state(tmp_path / ("n" * 256))

    def failing(_path: Path) -> bool:
        raise OSError(errno.EIO, "failing")

    monkeypatch.setattr(Path, "exists", failing)
    with pytest.raises(VaultError, match="De schijf geeft een fout"):
        generations.state(tmp_path)


def test_what_is_in_the_way_of_the_work_folder_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    work = tmp_path / generations.WORK
    assert generations.work_in_the_way(tmp_path) == ""
    work.write_text("van iemand")
    assert "een bestand met de naam work" in generations.work_in_the_way(tmp_path)
    work.unlink()
    work.mkdir()
    assert generations.work_in_the_way(tmp_path) == ""
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert "een map waar vpdesk niet bij mag" in generations.work_in_the_way(tmp_path)


def test_a_generation_takes_writes_where_folder_and_database_both_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite makes its journal in the folder: without that it writes nothing in the file either."""
    database = tmp_path / generations.DATABASE
    database.touch()
    assert generations.takes_writes(tmp_path)
    for refusing in (tmp_path, database):
        monkeypatch.setattr(os, "access", lambda path, _, refusing=refusing: path != refusing)
        assert not generations.takes_writes(tmp_path)


@pytest.mark.parametrize("name", ["work/scriptie.txt", "work/map/scriptie.txt", "lock", "g-0123456789abcdef/brief"])
def test_what_somebody_keeps_under_a_name_of_ours_is_theirs(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text("drie jaar werk")
    assert generations.state(tmp_path) not in {FolderState.EMPTY, FolderState.VAULT}
    generations.clean(tmp_path)
    assert (tmp_path / name).read_text() == "drie jaar werk"


def test_of_a_work_folder_only_our_own_files_go(tmp_path: Path) -> None:
    counting(tmp_path)
    work = tmp_path / generations.WORK
    (work / "map").mkdir(parents=True)
    for name in ("0123456789abcdef.db", "0123456789abcdef.db-journal", "eigen.db"):
        (work / name).touch()
    generations.clean(tmp_path)
    assert sorted(path.name for path in work.iterdir()) == ["eigen.db", "map"]


def test_a_generation_that_the_pointer_names_is_never_discarded(tmp_path: Path) -> None:
    generation = counting(tmp_path)
    (generation / generations.UNFINISHED).touch()
    with pytest.raises(OSError, match="busy"):
        generations.discard(generation)
    assert (generation / generations.DATABASE).exists()


def test_nothing_is_discarded_while_nobody_can_say_what_the_disk_holds_of_the_pointer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = counting(tmp_path)
    counting(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", failing)
        with pytest.raises(OSError, match="failing"):
            generations.discard(first)
    assert (first / generations.DATABASE).exists()
    generations.drop_superseded(tmp_path, first.name, read_only=False)
    assert not first.exists()


def failing(*_: object) -> None:
    raise OSError(errno.EIO, "failing")


@pytest.mark.parametrize("former", [b"old", None])
def test_a_file_of_which_nobody_knows_whether_it_counts_is_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, former: bytes | None
) -> None:
    """From the move to its place on nothing syncs: the new stands there, and what the disk holds is not known."""
    path = tmp_path / "file"
    if former is not None:
        path.write_bytes(former)
    real = Path.replace

    def moved(source: Path, target: Path) -> Path:
        monkeypatch.setattr(os, "fsync", failing)
        return real(source, target)

    monkeypatch.setattr(Path, "replace", moved)
    with pytest.raises(disk.UnsettledError):
        generations.replace_durably(path, b"new")


def test_a_file_that_failed_before_its_place_is_settled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(OSError, match="failing") as failure:
        generations.replace_durably(path, b"new")
    assert not isinstance(failure.value, disk.UnsettledError)
    assert path.read_bytes() == b"old"


def test_what_a_new_key_left_stays_for_later_where_the_folder_can_not_be_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = counting(tmp_path)
    counting(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "iterdir", failing)
        generations.drop_superseded(tmp_path, first.name, read_only=False)
    assert first.exists()
