"""Files appear whole or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from tests.vault_kit import NOW, fingerprint, made, make
from vpdesk.domain.errors import OutputError
from vpdesk.operations import importing
from vpdesk.operations.backups import make_backup
from vpdesk.operations.elsewhere import save_elsewhere
from vpdesk.operations.importing import Mapping
from vpdesk.operations.output import Pending, write_sheet
from vpdesk.store import container, generations, oslock


def test_a_file_appears_only_at_the_end_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    out = tmp_path / "verslag.pdf"
    out.write_bytes(b"oud")
    with Pending() as files:
        files.add(out, b"nieuw")
        assert out.read_bytes() == b"oud"
        files.appear()
    assert out.read_bytes() == b"nieuw"
    assert list(tmp_path.iterdir()) == [out]


def test_what_did_not_appear_is_removed(tmp_path: Path) -> None:
    def fail() -> None:
        with Pending() as files:
            files.add(tmp_path / "verslag.pdf", b"nieuw")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert list(tmp_path.iterdir()) == []


def test_what_waits_holds_nothing_of_what_is_to_appear(tmp_path: Path) -> None:
    # Whoever is killed here leaves this file behind, and nothing of the report was frozen.
    content = b"vertrouwelijk" * 1000
    with Pending() as files:
        files.add(tmp_path / "verslag.pdf", content)
        (waiting,) = tmp_path.iterdir()
        assert b"vertrouwelijk" not in waiting.read_bytes()
        assert waiting.stat().st_size == len(content)
        files.appear()
    assert (tmp_path / "verslag.pdf").read_bytes() == content


def test_what_a_killed_program_left_goes_and_nothing_else(tmp_path: Path) -> None:
    """What another program waits with stays, as do files of the user with names like it, and what is new."""
    kept = [
        "verslag.pdf",
        ".vpdesk-wachtend-verslag.pdf",
        "x.vpdesk-wachtend-abcd1234.pdf",
        ".vpdesk-wachtend-map_0000",
    ]
    left = [".vpdesk-wachtend-abcd1234.pdf", ".vpdesk-wachtend-abcd_234.json", ".vpdesk-wachtend-abcd5678"]
    for name in (*kept[:-1], *left):
        (tmp_path / name).touch()
    (tmp_path / kept[-1]).mkdir()
    with Pending() as other, Pending() as files:
        other.add(tmp_path / "ander.pdf", b"van een ander")
        (waiting,) = (path for path in tmp_path.iterdir() if path.name not in {*kept, *left})
        for path in tmp_path.iterdir():
            os.utime(path, (1_700_000_000, 1_700_000_000))
        (tmp_path / ".vpdesk-wachtend-nieuw000.pdf").touch()
        (tmp_path / ".vpdesk-wachtend-link0000.pdf").symlink_to(tmp_path / "verslag.pdf")
        files.add(tmp_path / "nieuw.pdf", b"nieuw")
        files.appear()
        assert waiting.exists()
        other.appear()
    there = {path.name for path in tmp_path.iterdir()}
    links = {".vpdesk-wachtend-nieuw000.pdf", ".vpdesk-wachtend-link0000.pdf"}
    assert there == {*kept, *links, "ander.pdf", "nieuw.pdf"}


def test_a_place_without_locks_is_written_and_nothing_is_removed_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(_descriptor: int) -> None:
        raise OSError(errno.ENOTSUP, "not supported")

    monkeypatch.setattr(oslock, "_seize", unknown)
    left = tmp_path / ".vpdesk-wachtend-abcd1234.pdf"
    left.touch()
    os.utime(left, (1_700_000_000, 1_700_000_000))
    with Pending() as files:
        files.add(tmp_path / "verslag.pdf", b"nieuw")
        files.appear()
    assert {path.name for path in tmp_path.iterdir()} == {left.name, "verslag.pdf"}


@pytest.mark.parametrize("name", ["nergens/verslag.pdf", "."])
def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path, name: str) -> None:
    with Pending() as files, pytest.raises(OutputError, match="niets uitgegeven"):
        files.add(tmp_path / name, b"x")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["current", "lock", "verslag.pdf", "g/vault.db", "g/vault.keys", "g/verslag.pdf"])
def test_nothing_is_written_in_the_folder_of_a_vault(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "kluis"
    generations.make_folder(folder)
    generation = generations.begin(folder)
    (generation / generations.KEYS).write_bytes(b"sleutels")
    generations.switch(folder, generation)
    out = folder / name.replace("g/", f"{generation.name}/")
    if not out.exists():
        out.write_bytes(b"kluis")
    before = out.read_bytes()
    with Pending() as files, pytest.raises(OutputError, match="niets uitgegeven"):
        files.add(out, b"%PDF")
    (tmp_path / "weg").symlink_to(folder)
    with Pending() as files, pytest.raises(OutputError, match="map van een kluis"):
        files.add(tmp_path / "weg" / "nieuw.pdf", b"%PDF")
    assert out.read_bytes() == before


def test_a_backup_is_never_overwritten(tmp_path: Path) -> None:
    copy = tmp_path / "vakantie.pdf"
    copy.write_bytes(container.MAGIC + b"rest")
    with Pending() as files, pytest.raises(OutputError, match="reservekopie"):
        files.add(copy, b"%PDF")
    assert copy.read_bytes() == container.MAGIC + b"rest"


def test_two_files_never_take_one_place(tmp_path: Path) -> None:
    out = tmp_path / "verslag.pdf"
    with Pending() as files:
        files.add(out, b"%PDF")
        with pytest.raises(OutputError, match="twee keer"):
            files.add(tmp_path / "." / ".." / tmp_path.name / "verslag.pdf", b"{}")
    assert list(tmp_path.iterdir()) == []


def test_a_pipe_or_device_is_not_replaced_by_a_file(tmp_path: Path) -> None:
    pipe = tmp_path / "verslag.pdf"
    os.mkfifo(pipe)
    with Pending() as files, pytest.raises(OutputError, match="geen gewoon bestand"):
        files.add(pipe, b"%PDF")
    assert pipe.is_fifo()


def test_a_name_that_is_too_long_is_a_sentence(tmp_path: Path) -> None:
    with Pending() as files, pytest.raises(OutputError, match="kan niet worden geschreven"):
        files.add(tmp_path / f"{'x' * 300}.pdf", b"%PDF")


def test_a_disk_that_fills_up_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with Pending() as files, pytest.raises(OutputError):
        files.add(tmp_path / "verslag.pdf", b"x")
    assert list(tmp_path.iterdir()) == []


def test_a_move_that_fails_says_that_the_report_is_frozen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_self: Path, _target: Path) -> None:
        raise PermissionError

    with Pending() as files:
        files.add(tmp_path / "verslag.pdf", b"x")
        monkeypatch.setattr(Path, "replace", refuse)
        with pytest.raises(OutputError, match="vastgelegd in de kluis"):
            files.appear()
    assert list(tmp_path.iterdir()) == []


def test_a_sheet_that_does_not_fit_leaves_nothing_and_one_that_was_there_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "blad.pdf"

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(OutputError, match="niets bewaard"):
            write_sheet(out, b"woorden")
    assert list(tmp_path.iterdir()) == []
    out.write_bytes(b"een ander bestand, en langer")
    write_sheet(out, b"woorden")
    assert out.read_bytes() == b"woorden"


def test_a_sheet_is_never_put_beside_what_it_opens(tmp_path: Path) -> None:
    (tmp_path / "kluis").mkdir()
    (tmp_path / "kluis" / generations.KEYS).touch()
    with pytest.raises(OutputError, match="map van een kluis"):
        write_sheet(tmp_path / "kluis" / "blad.pdf", b"woorden")
    assert not (tmp_path / "kluis" / "blad.pdf").exists()


def test_a_sheet_takes_the_place_of_no_copy_folder_or_pipe(tmp_path: Path) -> None:
    copy, pipe = tmp_path / "kopie.pdf", tmp_path / "pijp.pdf"
    copy.write_bytes(container.MAGIC + b"rest")
    os.mkfifo(pipe)
    for path in (copy, pipe, tmp_path):
        with pytest.raises(OutputError, match="niets bewaard"):
            write_sheet(path, b"woorden")
    assert copy.read_bytes() == container.MAGIC + b"rest"
    assert pipe.is_fifo()


def test_a_sheet_for_a_name_or_file_that_can_not_be_looked_at_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(OutputError, match="niets bewaard"):
        write_sheet(tmp_path / f"{'x' * 300}.pdf", b"woorden")
    (tmp_path / "dicht.pdf").write_bytes(b"van een ander")

    def refused(_path: Path) -> bool:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(container, "looks_like_backup", refused)
    with pytest.raises(OutputError, match="niets bewaard"):
        write_sheet(tmp_path / "dicht.pdf", b"woorden")
    assert (tmp_path / "dicht.pdf").read_bytes() == b"van een ander"


@pytest.mark.parametrize("name", ["work", "vault.db-journal", "g/vault.db-journal", "before-update/kopie"])
def test_no_mapping_text_or_copy_comes_to_stand_in_the_folder_of_a_vault(tmp_path: Path, name: str) -> None:
    _, vault = make(tmp_path / "kluis")
    other = made(tmp_path / "andere")
    out = other.folder / name.replace("g/", f"{other.database.parent.name}/")
    before = fingerprint(other.folder)
    with vault:
        with pytest.raises(OutputError, match="map van een kluis"):
            importing.write_mapping(Mapping({}), out)
        with pytest.raises(OutputError, match="map van een kluis"):
            save_elsewhere(vault, folder=out, key="x", text="tekst", now=NOW)
        with pytest.raises(OutputError, match="gaat met de kluis verloren"):
            make_backup(vault, places=(out,), now=NOW)
        with pytest.raises(OutputError, match="gaat met de kluis verloren"):
            make_backup(vault, places=(other.folder,), now=NOW)
    assert fingerprint(other.folder) == before
    assert not out.exists()
    importing.write_mapping(Mapping({}), tmp_path / "koppeling.toml")
    assert (tmp_path / "koppeling.toml").exists()
