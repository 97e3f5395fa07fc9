"""A file is kept sealed, streamed, opened from memory, exported whole, goes with the case, and travels with backups."""

from __future__ import annotations

import hashlib
import io
import os
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.casework import NOW, TODAY, a_case
from tests.pages import decrypted, pages_of, pages_with
from tests.vault_kit import PHRASE, SMALL, Made, made
from vpdesk.domain.attachments import LARGEST
from vpdesk.domain.errors import (
    BackupError,
    CancelledError,
    HeldError,
    ImpossibleMoveError,
    InvalidValueError,
    NotFoundError,
    OutputError,
    VaultDamagedError,
    VaultError,
)
from vpdesk.domain.ids import AttachmentId, CaseId
from vpdesk.domain.phases import Phase
from vpdesk.domain.retention import Going, HoldKind
from vpdesk.domain.rows import TodayKind
from vpdesk.operations.access import new_words, replace_words
from vpdesk.operations.attachments import (
    attachments,
    export_attachment,
    read_attachment,
    remove_attachment,
    remove_left_over,
    store_attachment,
)
from vpdesk.operations.backups import make_backup, restore_backup, verify_backup
from vpdesk.operations.cases import close_case, move_case
from vpdesk.operations.destroying import destroy_case
from vpdesk.operations.moving import move_vault
from vpdesk.operations.old_copies import in_reach, renew_copies
from vpdesk.operations.retention import going_with, lift_hold, place_hold, take_back_hold
from vpdesk.operations.today import today_items
from vpdesk.operations.vaults import open_vault
from vpdesk.store import attached, container, space
from vpdesk.store.attachments import CHUNK_BYTES, Sealing
from vpdesk.store.chunks import ChunkFile
from vpdesk.store.cipher import connect

if TYPE_CHECKING:
    from vpdesk.domain.attachments import Attachment
    from vpdesk.domain.cases import Case
    from vpdesk.store.vault import Vault

CANARY = b"zeldzaamwoordinbijlage "
NAME = "zeldzaamwoordnaam.txt"
KEY = "attachments"


def a_file(folder: Path, content: bytes = CANARY * 20_000, name: str = NAME) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def kept(vault: Vault, folder: Path, content: bytes = CANARY * 20_000, case: Case | None = None) -> Attachment:
    case = case or a_case(vault)
    return store_attachment(vault, case_id=case.id, path=a_file(folder, content), reason="Gaat verloren", today=TODAY)


def closed(vault: Vault, case_id: CaseId) -> None:
    close_case(vault, case_id=case_id, outcome="niet opgelost", reason="doel bereikt", on=TODAY)


@pytest.mark.parametrize("size", [1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES + 7])
def test_what_comes_back_is_what_went_in_and_nothing_stands_readable_on_disk(
    vault: Vault, tmp_path: Path, size: int
) -> None:
    content = (CANARY * (size // len(CANARY) + 1))[:size]
    moved: list[tuple[int, int]] = []
    path, case = a_file(tmp_path, content), a_case(vault)
    found = store_attachment(
        vault, case_id=case.id, path=path, reason=" Reden ", today=TODAY, progress=lambda *at: moved.append(at)
    )
    assert (found.name, found.size, found.reason) == (NAME, size, "Reden")
    assert moved[-1] == (size, size)
    assert attachments(vault, case.id) == (found,)
    assert read_attachment(vault, found.id) == (found, content)
    on_disk = b"".join(path.read_bytes() for path in vault.generation.iterdir())
    assert CANARY not in on_disk
    assert vault.attachments.file.path.stat().st_mode & 0o777 == 0o600
    assert vault.integrity(full=True)
    assert path.read_bytes() == content, "the file itself stays where it is"


def test_without_the_key_in_the_vault_the_database_beside_it_tells_nothing(vault: Vault, tmp_path: Path) -> None:
    kept(vault, tmp_path)
    pages = decrypted(vault.attachments.file.path, vault.derived_key(KEY))
    assert pages_with(pages, CANARY.decode(), NAME) == {}


def test_a_large_file_takes_little_memory(vault: Vault, tmp_path: Path) -> None:
    size = 48 * 1024 * 1024
    path = tmp_path / "groot"
    with path.open("wb") as file:
        for _ in range(size // (1024 * 1024)):
            file.write(os.urandom(1024 * 1024))
    case = a_case(vault)
    before = _memory("VmRSS")
    Path("/proc/self/clear_refs").write_text("5", "ascii")
    found = store_attachment(vault, case_id=case.id, path=path, reason="Reden", today=TODAY)
    export_attachment(vault, found.id, to=tmp_path / "uit")
    assert _memory("VmHWM") - before < 24 * 1024 * 1024
    with (tmp_path / "uit").open("rb") as file:
        assert hashlib.file_digest(file, "sha256").hexdigest() == found.sha256


def _memory(name: str) -> int:
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{name}:"))


def test_what_can_not_be_kept_is_refused_and_leaves_nothing(
    vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = a_case(vault)
    huge = tmp_path / "enorm"
    with huge.open("wb") as file:
        file.truncate(LARGEST + 1)
    (tmp_path / "map").mkdir()

    def keep(path: Path, case_id: CaseId = case.id, reason: str = "Reden", stop: bool = False) -> None:
        def progress(done: int, _total: int) -> None:
            if stop and done > CHUNK_BYTES:
                raise CancelledError("Gestopt.")

        store_attachment(vault, case_id=case_id, path=path, reason=reason, today=TODAY, progress=progress)

    whole = a_file(tmp_path, b"x" * 3 * CHUNK_BYTES)
    for refused, said, asked in (
        (InvalidValueError, "100 MB", lambda: keep(huge)),
        (InvalidValueError, "leeg", lambda: keep(a_file(tmp_path, b"", "leeg"))),
        (InvalidValueError, "niet lezen", lambda: keep(tmp_path / "weg")),
        (InvalidValueError, "niet lezen", lambda: keep(tmp_path / "map")),
        (InvalidValueError, "vraagt een reden", lambda: keep(whole, reason=" ")),
        (NotFoundError, "kluis", lambda: keep(whole, CaseId(99))),
        (CancelledError, "Gestopt", lambda: keep(whole, stop=True)),
    ):
        with pytest.raises(refused, match=said):
            asked()
    monkeypatch.setattr(space, "MARGIN", 10**18)
    with pytest.raises(VaultError, match="vol"):
        keep(whole)
    assert attachments(vault, case.id) == ()
    assert vault.attachments.file.numbers() == frozenset()
    closed(vault, case.id)
    with pytest.raises(ImpossibleMoveError, match="Heropen"):
        keep(whole)
    with pytest.raises(NotFoundError):
        read_attachment(vault, AttachmentId("niets"))


def test_a_file_that_grows_while_it_is_read_or_stops_being_readable_is_refused(
    vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vpdesk.store.attachments.LARGEST", CHUNK_BYTES)
    with pytest.raises(InvalidValueError, match="100 MB"):
        kept(vault, tmp_path, b"x" * (CHUNK_BYTES + 1))

    class Broken(io.BytesIO):
        def read(self, _size: int | None = -1) -> bytes:
            raise OSError(5, "Input/output error")

    sealing = Sealing(AttachmentId("a"), Broken(), lambda _done: None)
    with pytest.raises(InvalidValueError, match="niet lezen"):
        vault.attachments.put_in(sealing)
    assert vault.attachments.file.numbers() == frozenset()


def test_an_export_arrives_whole_or_not_at_all(vault: Vault, tmp_path: Path) -> None:
    found = kept(vault, tmp_path)
    out = tmp_path / "uit"
    out.mkdir()
    moved: list[int] = []
    export_attachment(vault, found.id, to=out / "bestand", progress=lambda done, _: moved.append(done))
    assert (out / "bestand").read_bytes() == CANARY * 20_000
    assert moved[-1] == found.size

    def stop(_done: int, _total: int) -> None:
        raise CancelledError("Gestopt.")

    with pytest.raises(CancelledError):
        export_attachment(vault, found.id, to=out / "half", progress=stop)
    with pytest.raises(OutputError, match="staat nog in de kluis"):
        export_attachment(vault, found.id, to=out / "geen" / "map")
    assert [path.name for path in out.iterdir()] == ["bestand"]


def test_an_attachment_is_gone_for_good_on_its_own_at_closing_and_with_its_case(vault: Vault, tmp_path: Path) -> None:
    case, other = a_case(vault), a_case(vault)
    one, two = kept(vault, tmp_path, case=case), kept(vault, tmp_path, b"twee", case=case)
    stays = kept(vault, tmp_path, b"drie", case=other)
    assert remove_attachment(vault, one.id, now=NOW)
    assert vault.attachments.file.numbers() == {two.id, stays.id}
    assert pages_with(pages_of(vault), one.id) == {}
    hold = place_hold(vault, case_id=case.id, kind=HoldKind.CLAIM, since=TODAY, reason="Reden")
    with pytest.raises(HeldError):
        remove_attachment(vault, two.id, now=NOW)
    closed(vault, case.id)
    assert attachments(vault, case.id) == (two,), "a bewaarstop keeps it"
    going = going_with(vault, hold.id)
    assert going == Going(attachments=1)
    lift_hold(vault, hold_id=hold.id, on=TODAY, reason="Klaar", going=going)
    assert (attachments(vault, case.id), vault.attachments.file.numbers()) == ((), {stays.id}), "as at closing"
    destroy_case(vault, case_id=case.id, now=NOW)
    closed(vault, other.id)
    assert attachments(vault, other.id) == ()
    assert not vault.attachments.file.there, "with the last attachment its database goes"
    assert pages_with(pages_of(vault), one.id, two.id) == {}


def test_what_nothing_keeps_any_more_is_asked_for_on_vandaag_and_goes_for_good(vault: Vault, tmp_path: Path) -> None:
    lifted, undone, held, open_ = (a_case(vault) for _ in range(4))
    for case in (lifted, undone, held, open_):
        (tmp_path / NAME).write_bytes(CANARY * 20)
        store_attachment(vault, case_id=case.id, path=tmp_path / NAME, reason="Bewijs", today=TODAY)
    for case in (lifted, undone, held):
        hold = place_hold(vault, case_id=case.id, kind=HoldKind.CLAIM, since=TODAY, reason="Claim")
        close_case(vault, case_id=case.id, outcome="onbekend", reason="onbekend", on=TODAY)
        if case is undone:
            take_back_hold(vault, hold)
        if case is lifted:  # as it was done before lifting took the attachments along
            vault.retention.put_hold(hold.lift(TODAY + timedelta(days=3), "Klaar"))

    def asked_for() -> list[tuple[CaseId | None, date]]:
        found = today_items(vault, today=TODAY)
        return [(item.case, item.due) for item in found if item.kind is TodayKind.BIJLAGEN]

    assert asked_for() == [(undone.id, TODAY), (lifted.id, TODAY + timedelta(days=3))]
    for case, error in ((held, HeldError), (open_, ImpossibleMoveError)):
        with pytest.raises(error, match="Er is niets vernietigd"):
            remove_left_over(vault, case.id, attachments(vault, case.id), now=NOW)
    with pytest.raises(InvalidValueError, match="intussen iets veranderd"):
        remove_left_over(vault, lifted.id, (), now=NOW)
    assert len(vault.attachments.numbers()) == 4
    for case in (lifted, undone):
        assert remove_left_over(vault, case.id, attachments(vault, case.id), now=NOW)
    assert asked_for() == []
    assert vault.attachments.numbers() == vault.attachments.file.numbers()
    assert [len(attachments(vault, case.id)) for case in (lifted, undone, held, open_)] == [0, 0, 1, 1]
    move_case(vault, case_id=held.id, to=Phase.VOORFASE, on=TODAY, reason="Wil terug")
    lift_hold(vault, hold_id=vault.retention.holds(held.id)[0].id, on=TODAY, reason="Klaar")
    assert asked_for() == [], "of a case that runs again they stay"


def test_what_was_changed_or_lost_on_disk_is_refused(vault: Vault, tmp_path: Path) -> None:
    found = kept(vault, tmp_path, b"x" * 3 * CHUNK_BYTES)
    file = vault.attachments.file

    def change(sql: str) -> None:
        connection = connect(file.path, vault.derived_key(KEY), mode="rw")
        connection.execute(sql)
        connection.close()

    change("UPDATE chunks SET position = position + 10 WHERE position = 1")
    with pytest.raises(VaultDamagedError, match="beschadigd"):
        read_attachment(vault, found.id)
    change("DELETE FROM chunks WHERE position > 0")
    with pytest.raises(VaultDamagedError, match="beschadigd"):
        read_attachment(vault, found.id)
    content = bytearray(file.path.read_bytes())
    content[5000] ^= 1
    file.path.write_bytes(content)
    assert not vault.integrity(full=True)
    file.path.write_bytes(os.urandom(8192))
    assert not file.sound()
    with pytest.raises(VaultDamagedError, match="horen bij een andere kluis"):
        read_attachment(vault, found.id)
    change_to_another = vault.generation / "ander.db"
    connection = connect(change_to_another, vault.derived_key(KEY), mode="rwc")
    connection.execute("CREATE TABLE iets (a)")
    connection.close()
    change_to_another.replace(file.path)
    with pytest.raises(VaultDamagedError, match="horen bij een andere kluis"):
        read_attachment(vault, found.id)
    file.path.unlink()
    with pytest.raises(VaultDamagedError, match="beschadigd"):
        read_attachment(vault, found.id)
    assert vault.attachments.lacking() == 1


@pytest.fixture
def kit(tmp_path: Path) -> Made:
    return made(tmp_path / "kluis")


def opened(kit: Made, folder: Path | None = None) -> Vault:
    return open_vault(folder or kit.folder, passphrase=PHRASE, keychain=kit.keychain, now=NOW)


def backed_up(vault: Vault, place: Path, day: int = 0) -> Path:
    return make_backup(vault, places=(place,), now=NOW + timedelta(days=day)).path


def files(place: Path) -> int:
    return len(list(place.glob(f"*{attached.SUFFIX}")))


def restored(kit: Made, copy: Path, folder: Path, words: tuple[str, ...] | None = None) -> Vault:
    return restore_backup(
        copy, folder=folder, words=words or kit.words, keychain=kit.keychain, now=NOW, kdf=SMALL, later_reports="none"
    )


def test_attachments_travel_with_backups_once_for_as_long_as_they_stay_the_same(kit: Made, tmp_path: Path) -> None:
    place = tmp_path / "kopieën"
    with opened(kit) as vault:
        case = a_case(vault)
        before = backed_up(vault, place)
        assert files(place) == 0
        one = kept(vault, tmp_path, case=case)
        first = backed_up(vault, place, 1)
        backed_up(vault, place, 2)
        assert files(place) == 1, "they did not change"
        two = kept(vault, tmp_path, b"twee", case=case)
        (place / f".vpdesk-half{attached.SUFFIX}.part").touch()
        last = backed_up(vault, place, 3)
        assert not list(place.glob("*.part"))
        assert files(place) == 2
    for copy, there in ((before, []), (first, [one]), (last, [one, two])):
        with restored(kit, copy, tmp_path / f"laptop-{len(there)}") as vault:
            assert sorted(attachments(vault, case.id), key=lambda found: found.size) == sorted(
                there, key=lambda found: found.size
            )
            assert all(read_attachment(vault, found.id)[1] for found in there)
            assert vault.warnings == ()
            assert vault.integrity(full=True)
    with restored(kit, last, tmp_path / "sleutels") as vault:
        vault.attachments.file.path.unlink()
        attached.bring(vault, place, 99, (), None)
        assert vault.attachments.lacking() == 2, "without the key of the vault nothing is taken for its own"


def test_a_restored_copy_without_its_attachments_says_so(kit: Made, tmp_path: Path) -> None:
    place = tmp_path / "kopieën"
    with opened(kit) as vault:
        found = kept(vault, tmp_path)
        copy = backed_up(vault, place)
    (file,) = place.glob(f"*{attached.SUFFIX}")
    content = bytearray(file.read_bytes())
    content[-100] ^= 1
    file.write_bytes(content)
    with restored(kit, copy, tmp_path / "laptop") as vault:
        assert any("niet alle bijlagen" in warning for warning in vault.warnings)
        assert vault.attachments.lacking() == 1
    with restored(kit, copy, kit.folder) as vault:
        assert read_attachment(vault, found.id)[1], "those of the vault that stood there come along"
        assert not any("bijlagen" in warning for warning in vault.warnings)


@pytest.mark.parametrize("damage", ["rotten", "gone"])
def test_a_copy_of_the_attachments_that_is_no_longer_whole_is_made_anew(kit: Made, tmp_path: Path, damage: str) -> None:
    place = tmp_path / "kopieën"
    with opened(kit) as vault:
        kept(vault, tmp_path)
        backed_up(vault, place)
        (file,) = place.glob(f"*{attached.SUFFIX}")
        if damage == "gone":
            file.unlink()
        else:
            content = bytearray(file.read_bytes())
            content[-100] ^= 1
            file.write_bytes(content)
        copy = backed_up(vault, place, 8)  # once a week everything is read
    with restored(kit, copy, tmp_path / "laptop") as vault:
        assert vault.attachments.lacking() == 0
        assert vault.warnings == ()


def test_the_file_of_attachments_is_verified_and_never_put_back_alone(kit: Made, tmp_path: Path) -> None:
    with opened(kit) as vault:
        kept(vault, tmp_path)
        backed_up(vault, tmp_path / "kopieën")
        (file,) = (tmp_path / "kopieën").glob(f"*{attached.SUFFIX}")
        assert verify_backup(file, vault=vault).authentic
    assert verify_backup(file).whole
    assert verify_backup(file, words=kit.words).authentic
    with pytest.raises(BackupError, match="alleen bijlagen"):
        restored(kit, file, tmp_path / "laptop")


def test_copies_of_another_vault_in_the_same_place_are_left_alone(kit: Made, tmp_path: Path) -> None:
    place, other = tmp_path / "kopieën", made(tmp_path / "ander")
    with opened(other) as vault:
        kept(vault, tmp_path)
        backed_up(vault, place)
    with opened(kit) as vault:
        found = kept(vault, tmp_path)
        backed_up(vault, place)
        remove_attachment(vault, found.id, now=NOW)
        copy = backed_up(vault, place, 1)
        (place / f"onleesbaar{attached.SUFFIX}").touch()
        assert len(attached.copies(place, vault.id)) == 1
        assert files(place) == 3
    with restored(kit, copy, tmp_path / "laptop") as vault:
        assert not vault.attachments.file.there


def test_a_copy_in_a_hurry_leaves_the_attachments_to_the_next(kit: Made, tmp_path: Path) -> None:
    place = tmp_path / "kopieën"
    with opened(kit) as vault:
        kept(vault, tmp_path, os.urandom(3 * 1024 * 1024))
        size = vault.attachments.file.path.stat().st_size

        def hurry(_done: int, total: int) -> None:
            if total == size:
                raise CancelledError("Gestopt.")

        copied = make_backup(vault, places=(place,), now=NOW, progress=hurry)
        assert copied.path.exists()
        assert copied.places[0].message == attached.LATER
        assert files(place) == 0
        assert not list(place.glob(".*"))
        moved: list[tuple[int, int]] = []
        make_backup(vault, places=(place,), now=NOW, progress=lambda *at: moved.append(at))
        assert files(place) == 1
        assert moved[-1] == (size, size)


def test_a_write_that_a_crash_cut_off_is_undone(vault: Vault, tmp_path: Path) -> None:
    found = kept(vault, tmp_path)
    file = vault.attachments.file.path
    journal = file.with_name(f"{file.name}-journal")
    connection = connect(file, vault.derived_key(KEY), mode="rw")
    connection.execute("PRAGMA cache_size = 2")
    connection.execute("BEGIN IMMEDIATE")
    for position in range(8):
        connection.execute("INSERT INTO chunks VALUES ('half', ?, ?)", (position, os.urandom(CHUNK_BYTES)))
    left = {path: path.read_bytes() for path in (file, journal)}
    connection.execute("ROLLBACK")
    connection.close()
    for path, content in left.items():
        path.write_bytes(content)
    assert vault.attachments.file.numbers() == {found.id}
    assert read_attachment(vault, found.id)[1]
    assert not journal.exists()


def test_the_copy_with_the_most_is_brought_back_whatever_its_number(
    kit: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "kopieën"
    with opened(kit) as vault:
        case = a_case(vault)
        one, two = kept(vault, tmp_path, case=case), kept(vault, tmp_path, b"twee", case=case)
        copy = backed_up(vault, place)
        (own,) = place.glob(f"*{attached.SUFFIX}")
        kept(vault, tmp_path, b"drie", case=case)
        backed_up(vault, place, 1)
        own.unlink()
    with restored(kit, copy, tmp_path / "later") as vault:
        assert all(read_attachment(vault, found.id)[1] for found in (one, two)), "a later copy has them too"
        vault.attachments.file.keep_only({one.id})
        with opened(kit) as former:
            remove_attachment(former, one.id, now=NOW)
            place_of_one = tmp_path / "een"
            place_of_one.mkdir()
            attached.put(vault, place_of_one, container.peek(copy))
            vault.attachments.file.path.unlink()
            attached.bring(vault, place_of_one, 1, (vault.key,), former)
            assert vault.attachments.lacking() == 1
            former.attachments.file.path.write_bytes(os.urandom(8192))
            attached.bring(vault, tmp_path / "leeg", 1, (vault.key,), former)
            assert not vault.attachments.file.there, "a damaged one is not taken over"
        vault.attachments.file.path.write_bytes(os.urandom(8192))
        monkeypatch.setattr(ChunkFile, "sound", lambda _self: True)
        (tmp_path / "rommel").mkdir()
        attached.put(vault, tmp_path / "rommel", container.peek(copy))
        vault.attachments.file.path.unlink()
        attached.bring(vault, tmp_path / "rommel", 1, (vault.key,), None)
        assert not vault.attachments.file.there, "nor one that can't be opened"


def test_a_damaged_set_is_told_and_the_rest_is_backed_up(kit: Made, tmp_path: Path) -> None:
    with opened(kit) as vault:
        kept(vault, tmp_path)
        vault.attachments.file.path.write_bytes(os.urandom(8192))
        made_now = make_backup(vault, places=(tmp_path / "kopieën",), now=NOW)
        assert made_now.path.exists()
        assert "bijlagen zijn beschadigd" in made_now.places[0].message
        assert files(tmp_path / "kopieën") == 0


def test_new_words_and_another_folder_keep_the_attachments(kit: Made, tmp_path: Path) -> None:
    place = tmp_path / "kopieën"
    with opened(kit) as vault:
        found = kept(vault, tmp_path)
        backed_up(vault, place)
        new = new_words()
        words = new.words
        replace_words(vault, new=new, typed=words, now=NOW)
        assert read_attachment(vault, found.id)[1]
        copy = backed_up(vault, place)
        assert files(place) == 1, "the set is the same, under the key of before"
        moved = move_vault(vault, tmp_path / "elders" / "kluis", count=lambda _folder: None)
    with opened(kit, moved) as vault:
        assert read_attachment(vault, found.id)[1]
    with restored(kit, copy, tmp_path / "laptop", words) as vault:
        assert read_attachment(vault, found.id)[1]
        assert vault.warnings == ()


def test_destroying_older_copies_takes_their_attachments_along(kit: Made, tmp_path: Path) -> None:
    with opened(kit) as vault:
        found = kept(vault, tmp_path)
        place = kit.folder.parent / "reservekopieen"
        backed_up(vault, place)
        closed(vault, found.case)
        backed_up(vault, place)
        assert files(place) == 1
        older = [copy.path for copy in in_reach(vault).copies]
        assert older
        renew_copies(vault, now=NOW, older=older)
        assert files(place) == 0
