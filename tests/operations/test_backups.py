"""A backup exists only after it was opened, and says so only to who can know it."""

from __future__ import annotations

import contextlib
import hashlib
import os
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.faults import mounts
from tests.vault_kit import NOW, PHRASE, Made, fingerprint, made, make
from vpdesk.domain.errors import (
    BackupError,
    CancelledError,
    OutputError,
    VaultDamagedError,
    VaultError,
    VaultTooNewError,
    WordsMistypedError,
    WrongSecretError,
)
from vpdesk.operations import backups
from vpdesk.operations.backups import backup_due, backup_state, make_backup, restore_backup, verify_backup
from vpdesk.operations.vaults import open_vault
from vpdesk.store import backup, cipher, container, generations, keys, rotation, schema, space
from vpdesk.store import vault as store_vault
from vpdesk.store.keychain import MemoryKeychain
from vpdesk.store.keys import SlotKind
from vpdesk.store.refusals import PAGE_BYTES
from vpdesk.store.words import encode_secret

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vpdesk.store.vault import Vault


@pytest.fixture
def kit(tmp_path: Path) -> Made:
    return made(tmp_path / "kluis")


@pytest.fixture
def vault(kit: Made) -> Iterator[Vault]:
    with open_vault(kit.folder, words=kit.words, keychain=MemoryKeychain(), now=NOW) as opened:
        yield opened


def opened(kit: Made) -> Vault:
    return open_vault(kit.folder, words=kit.words, keychain=MemoryKeychain(), now=NOW)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "kopieën"


def change(vault: Vault, value: str) -> None:
    with vault.transaction():
        vault.settings.put("proef", value)


def test_a_backup_is_made_opened_checked_and_named_after_nothing_but_its_time(vault: Vault, place: Path) -> None:
    told: list[tuple[int, int]] = []
    result = make_backup(vault, places=(place,), now=NOW, progress=lambda done, all_: told.append((done, all_)))
    assert (result.path, result.sequence, result.verified) == (place / "vpdesk-2026-01-20-100000.vpbackup", 1, True)
    assert told[-1][0] == told[-1][1] > 0
    assert sorted(place.iterdir()) == [result.path]
    assert not (vault.folder / generations.WORK).exists()
    assert place.stat().st_mode & 0o777 == 0o700
    content = result.path.read_bytes()
    assert b"eerste" not in content
    assert b"SQLite format" not in content


def test_without_a_secret_it_is_whole_and_with_one_it_is_real_and_opens(kit: Made, vault: Vault, place: Path) -> None:
    path = make_backup(vault, places=(place,), now=NOW).path
    unasked = verify_backup(path)
    assert (unasked.whole, unasked.authentic, unasked.made) == (True, None, NOW)
    assert verify_backup(path, vault=vault).authentic is True
    assert verify_backup(path, words=kit.words).authentic is True
    with pytest.raises(WordsMistypedError):
        verify_backup(path, words="fiets")
    with pytest.raises(WrongSecretError, match="woorden uit de tijd waarin zij is gemaakt"):
        verify_backup(path, words=encode_secret(b"x" * 20))


def test_a_backup_of_another_vault_is_not_authentic_for_this_one(vault: Vault, place: Path, tmp_path: Path) -> None:
    _, other = make(tmp_path / "andere")
    with other:
        path = make_backup(other, places=(place,), now=NOW).path
    with pytest.raises(BackupError, match="niet door deze kluis gemaakt"):
        verify_backup(path, vault=vault)


def test_a_backup_of_the_practice_vault_opens_by_itself(tmp_path: Path, place: Path) -> None:
    _, practice = make(tmp_path / "oefenkluis", practice=True)
    with practice:
        path = make_backup(practice, places=(place,), now=NOW).path
    assert verify_backup(path).authentic is True


def test_a_flipped_bit_or_a_missing_end_gives_a_sentence(vault: Vault, place: Path) -> None:
    path = make_backup(vault, places=(place,), now=NOW).path
    good = path.read_bytes()
    path.write_bytes(good[:-100])
    with pytest.raises(BackupError, match="niet heel"):
        verify_backup(path)
    for at in range(0, len(good), len(good) // 25):
        bad = bytearray(good)
        bad[at] ^= 4
        path.write_bytes(bad)
        with pytest.raises(BackupError):
            verify_backup(path)


def test_two_in_one_second_get_two_names(vault: Vault, place: Path) -> None:
    paths = [make_backup(vault, places=(place,), now=NOW).path.name for _ in range(3)]
    stem = "vpdesk-2026-01-20-100000"
    assert paths == [f"{stem}.vpbackup", f"{stem}-2.vpbackup", f"{stem}-3.vpbackup"]


def test_several_places_get_the_same_copy_and_one_that_is_away_is_a_message(vault: Vault, tmp_path: Path) -> None:
    one, two = tmp_path / "schijf", tmp_path / "stick"
    backups.set_places(vault, [one, two])
    assert backups.places(vault) == (one, two)
    result = make_backup(vault, places=backups.places(vault), now=NOW)
    first, second = (place.path for place in result.places)
    assert first is not None
    assert second is not None
    assert first.read_bytes() == second.read_bytes()
    for left in two.iterdir():
        left.unlink()
    two.rmdir()
    again = make_backup(vault, places=backups.places(vault), now=NOW + timedelta(hours=2))
    assert again.path.parent == one
    assert "is er nu niet" in again.places[1].message
    assert not two.exists()
    assert "is er niet. De laatste kopie is van vandaag." in backup_state(vault, now=NOW).message


def test_a_place_that_can_not_be_used_is_refused(vault: Vault, tmp_path: Path) -> None:
    (tmp_path / "brief").write_text("tekst")
    for bad in (tmp_path / "brief", tmp_path / "brief" / "kopie"):
        with pytest.raises(OutputError, match="kan geen reservekopie schrijven"):
            make_backup(vault, places=(bad,), now=NOW)
    for own in (vault.folder, vault.folder / "kopie"):
        with pytest.raises(BackupError, match="in de map van de kluis zelf"):
            backups.set_places(vault, [own])
        with pytest.raises(OutputError, match="in de map van de kluis zelf"):
            make_backup(vault, places=(own,), now=NOW)
    with pytest.raises(OutputError, match="nog geen plaats"):
        make_backup(vault, places=(), now=NOW)
    assert backups.places(vault) == ()
    assert backup_state(vault, now=NOW).made is None


@pytest.mark.parametrize(("number", "sentence"), [(28, "past niet meer"), (5, "kan geen reservekopie schrijven")])
def test_a_target_that_fails_midway_leaves_nothing_and_says_so(
    vault: Vault, place: Path, monkeypatch: pytest.MonkeyPatch, number: int, sentence: str
) -> None:
    def failing(_: int) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", failing)
        with pytest.raises(OutputError, match=sentence):
            make_backup(vault, places=(place,), now=NOW)
    assert list(place.iterdir()) == []
    assert not (vault.folder / generations.WORK).exists()
    assert backup_state(vault, now=NOW).made is None


def test_a_vault_folder_without_room_for_the_copy_says_so(vault: Vault, place: Path) -> None:
    (vault.folder / generations.WORK).write_text("in de weg")
    with pytest.raises(OutputError, match=r"een bestand met de naam work.* Verplaats .*work naar een andere map"):
        make_backup(vault, places=(place,), now=NOW)


def test_without_room_to_try_a_copy_it_is_not_unpacked_or_put_back(
    kit: Made, vault: Vault, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_backup(vault, places=(place,), now=NOW).path
    size, unpacked, real = container.peek(path).payload_bytes, [], container.check

    def watched(*arguments: Any, **named: Any) -> container.Header:
        unpacked.append(named.get("payload_to"))
        return real(*arguments, **named)

    monkeypatch.setattr(container, "check", watched)
    monkeypatch.setattr(space, "free", lambda _: size)
    with pytest.raises(BackupError, match="te weinig ruimte"):
        verify_backup(path, vault=vault)
    assert unpacked == [None]
    unpacked.clear()
    with pytest.raises(VaultError, match=r"[Rr]uimte"):
        restore_backup(path, folder=tmp_path / "nieuw", words=kit.words, keychain=kit.keychain, now=NOW)
    assert unpacked == []
    assert not (tmp_path / "nieuw").exists()


def test_a_place_that_is_a_loop_of_links_is_a_sentence(vault: Vault, place: Path) -> None:
    place.symlink_to(place)
    with pytest.raises(OutputError, match="kan geen reservekopie schrijven"):
        make_backup(vault, places=(place,), now=NOW)


def test_it_can_be_cancelled_between_two_steps(vault: Vault, place: Path) -> None:
    def stop(_done: int, _all: int) -> None:
        raise CancelledError("Gestopt. Er is geen reservekopie gemaakt.")

    with pytest.raises(CancelledError):
        make_backup(vault, places=(place,), now=NOW, progress=stop)
    assert not place.exists()
    assert not (vault.folder / generations.WORK).exists()


def backed_up(kit: Made, place: Path, *, read_only: bool = False) -> None:
    with opened(kit) as vault:
        vault.settings.put(backups.FULL_CHECK, NOW.isoformat())  # the weekly check would find damage too
        vault.read_only = read_only
        make_backup(vault, places=(place,), now=NOW)


@pytest.mark.parametrize("read_only", [False, True])
def test_a_vault_with_one_damaged_page_gives_no_backup_whichever_page_it_is(
    kit: Made, place: Path, read_only: bool
) -> None:
    """SQLCipher would hand over an empty page in its place, and the copy would pass its own check."""
    good = kit.database.read_bytes()
    for page in range(1, len(good) // PAGE_BYTES):
        content = bytearray(good)
        content[page * PAGE_BYTES + 700] ^= 1
        kit.database.write_bytes(content)
        with pytest.raises(VaultDamagedError):
            backed_up(kit, place, read_only=read_only)
        assert not place.exists()


def test_once_a_week_the_copy_is_also_checked_for_its_structure(
    vault: Vault, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []
    real = backup.check_database

    def checked(*arguments: Any, full: bool) -> None:
        asked.append(full)
        real(*arguments, full=full)

    monkeypatch.setattr(backup, "check_database", checked)
    for days in (0, 1, 6, 7, 8, -3000):
        make_backup(vault, places=(place,), now=NOW + timedelta(days=days))
    assert asked == [True, False, False, True, False, True]


def test_a_copy_that_does_not_pass_its_check_is_not_kept(
    vault: Vault, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = backup.copy_database

    def worn(source: Any, target: Path, raw_key: bytes, progress: Any = None) -> None:
        real(source, target, raw_key, progress)
        content = bytearray(target.read_bytes())
        content[-2000] ^= 1
        target.write_bytes(content)

    monkeypatch.setattr(backup, "copy_database", worn)
    with pytest.raises(BackupError, match="beschadigd"):
        make_backup(vault, places=(place,), now=NOW)
    assert not place.exists()


def test_the_state_tells_what_changed_since_and_when_the_next_is_due(vault: Vault, place: Path) -> None:
    state = backup_state(vault, now=NOW)
    assert (state.made, state.verified, state.changed_since) == (None, False, True)
    assert backup_due(vault, now=NOW)
    make_backup(vault, places=(place,), now=NOW)
    state = backup_state(vault, now=NOW)
    assert (state.made, state.place, state.verified, state.changed_since) == (NOW, str(place), True, False)
    assert not backup_due(vault, now=NOW + timedelta(hours=5))
    change(vault, "tweede")
    assert backup_state(vault, now=NOW).changed_since
    assert not backup_due(vault, now=NOW + timedelta(minutes=59))
    assert backup_due(vault, now=NOW + timedelta(minutes=60))
    assert backup_due(vault, now=NOW - timedelta(days=3650))  # the clock was set back


def test_backups_are_listed_newest_first_and_what_is_none_is_left_out(
    vault: Vault, place: Path, tmp_path: Path
) -> None:
    made_at = [NOW + timedelta(days=day) for day in (0, 2, 1)]
    paths = [make_backup(vault, places=(place,), now=now).path for now in made_at]
    (place / "vpdesk-later.vpbackup").write_bytes(b"iets anders")
    assert backups.list_backups([place, tmp_path / "is er niet"]) == (paths[1], paths[2], paths[0])
    flipped = bytearray(paths[1].read_bytes())
    flipped[-100] ^= 1
    paths[1].write_bytes(flipped)
    assert [report.path for report in backups.checked_backups([place])] == [paths[2], paths[0]]


def test_old_ones_go_only_when_three_newer_were_found_whole(vault: Vault, place: Path) -> None:
    paths = [make_backup(vault, places=(place,), now=NOW + timedelta(minutes=n)).path for n in range(3)]
    fourth = make_backup(vault, places=(place,), now=NOW + timedelta(minutes=3)).path
    assert sorted(place.iterdir()) == [*paths[1:], fourth]
    for path in (paths[2], fourth):
        flipped = bytearray(path.read_bytes())
        flipped[-100] ^= 1
        path.write_bytes(flipped)
    fifth = make_backup(vault, places=(place,), now=NOW + timedelta(minutes=4)).path
    assert set(place.iterdir()) == {*paths[1:], fourth, fifth}


def test_pruning_leaves_the_backups_of_another_vault_alone(vault: Vault, place: Path, tmp_path: Path) -> None:
    _, other = make(tmp_path / "andere")
    with other:
        theirs = [make_backup(other, places=(place,), now=NOW).path for _ in range(3)]
    for minute in range(6):
        make_backup(vault, places=(place,), now=NOW + timedelta(minutes=1 + minute))
    assert set(theirs) <= set(place.iterdir())
    assert len(list(place.iterdir())) == 3 + rotation.LEAST_VERIFIED


def test_the_space_that_copies_may_take_is_a_setting_that_is_not_noticed(vault: Vault, place: Path) -> None:
    assert backups.space_budget(vault) == 2_000_000_000
    paths = [make_backup(vault, places=(place,), now=NOW + timedelta(days=n)).path for n in range(5)]
    assert sorted(place.iterdir()) == paths
    backups.set_space_budget(vault, 4 * paths[0].stat().st_size + 100_000)
    sixth = make_backup(vault, places=(place,), now=NOW + timedelta(days=5)).path
    assert sorted(place.iterdir()) == [*paths[2:], sixth]
    backups.set_space_budget(vault, 0)
    seventh = make_backup(vault, places=(place,), now=NOW + timedelta(days=6)).path
    assert sorted(place.iterdir()) == [paths[4], sixth, seventh]


def test_a_copy_that_failed_is_told_until_one_succeeds(vault: Vault, place: Path) -> None:
    """On locking nobody sees the sentence: the screen is blank."""
    error = OutputError("vpdesk kan geen reservekopie schrijven.")
    backups.note_trouble(vault, error, now=NOW)
    state = backup_state(vault, now=NOW)
    assert state.trouble == "De kopie van 20 januari 2026 10:00 is niet gelukt. vpdesk kan geen reservekopie schrijven."
    assert state.made is None
    make_backup(vault, places=(place,), now=NOW)
    assert backup_state(vault, now=NOW).trouble == ""
    backups.note_trouble(vault, error, now=NOW + timedelta(days=1))
    later = backup_state(vault, now=NOW)
    assert later.made == NOW
    assert "21 januari 2026 10:00 is niet gelukt" in later.trouble
    assert later.changed_since, "so that locking tries again"


def test_a_place_that_was_there_and_failed_is_told_with_the_last_copy(
    vault: Vault, place: Path, tmp_path: Path
) -> None:
    (tmp_path / "stick").mkdir()
    (tmp_path / "stick" / "kopie").write_text("in de weg")
    make_backup(vault, places=(place, tmp_path / "stick" / "kopie"), now=NOW)
    assert backup_state(vault, now=NOW).message == "", (
        "it is not there, which its own sentence says where it was chosen"
    )
    small = tmp_path / "klein"
    small.mkdir()
    real = backup.Prepared.put

    def put(prepared: Any, folder: Path) -> Path:
        if folder == small:
            raise OSError(28, "full")
        return real(prepared, folder)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(backup.Prepared, "put", put)
        make_backup(vault, places=(place, small), now=NOW)
    assert "past niet meer op" in backup_state(vault, now=NOW).message


def test_nothing_is_noted_in_a_damaged_vault(vault: Vault) -> None:
    before = vault.revision
    backups.note_trouble(vault, VaultDamagedError("Beschadigd."), now=NOW)
    assert vault.revision == before


def test_what_an_interrupted_one_left_goes_with_the_next(vault: Vault, place: Path) -> None:
    place.mkdir()
    left = place / ".vpdesk-2026-01-01-000000.vpbackup.part"
    left.write_bytes(b"half")
    make_backup(vault, places=(place,), now=NOW)
    assert not left.exists()


def test_a_vault_that_is_only_read_is_copied_and_remembers_nothing(kit: Made, vault: Vault, place: Path) -> None:
    for minute in range(4):
        make_backup(vault, places=(place,), now=NOW + timedelta(minutes=minute))
    old, before = set(place.iterdir()), fingerprint(kit.folder)
    vault.read_only = True
    result = make_backup(vault, places=(place,), now=NOW + timedelta(days=900))
    assert fingerprint(kit.folder) == before
    assert verify_backup(result.path, words=kit.words).authentic
    assert set(place.iterdir()) == {*old, result.path}, "no older copy goes"


def test_a_vault_without_words_gives_no_backup_that_nobody_could_open(vault: Vault, place: Path) -> None:
    vault.key_file = type(vault.key_file)(vault.id, vault.key_file.slots[:1])
    with pytest.raises(BackupError, match="geen herstelwoorden"):
        make_backup(vault, places=(place,), now=NOW)


def test_before_an_update_the_old_schema_is_kept_twice_at_most(
    kit: Made, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    for minute in range(3):
        path = backup.before_migration(vault, now=NOW + timedelta(minutes=minute))
        assert verify_backup(path, words=kit.words).authentic
    assert len(list((kit.folder / backup.BEFORE_UPDATE).iterdir())) == 2


def test_a_backup_with_a_later_schema_asks_for_an_update(
    kit: Made, vault: Vault, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_backup(vault, places=(place,), now=NOW).path
    monkeypatch.setattr(store_vault, "MIGRATIONS", schema.MIGRATIONS[:1])
    with pytest.raises(VaultTooNewError):
        verify_backup(path, words=kit.words)


def test_a_header_whose_slot_is_of_a_kind_that_carries_no_words_is_refused(
    kit: Made, vault: Vault, place: Path
) -> None:
    path = make_backup(vault, places=(place,), now=NOW).path
    text = path.read_bytes()
    assert b'"kind":"recovery"' in text
    changed = text.replace(b'"kind":"recovery"', b'"kind":"practice"')
    path.write_bytes(changed)
    with pytest.raises(BackupError):
        verify_backup(path, words=kit.words)
    assert path.suffix == container.SUFFIX


def test_a_practice_backup_whose_slot_was_changed_is_not_authentic(tmp_path: Path, place: Path) -> None:
    _, practice = make(tmp_path / "oefenkluis", practice=True)
    with practice:
        path = make_backup(practice, places=(place,), now=NOW).path
        slot = practice.key_file.slots[0]
    changed = path.read_bytes().replace(slot.wrapped.hex().encode(), bytes(48).hex().encode())[:-32]
    path.write_bytes(changed + hashlib.sha256(changed).digest())
    with pytest.raises(BackupError, match="niet door deze kluis gemaakt"):
        verify_backup(path)


def test_a_header_with_a_slot_that_takes_no_words_is_refused(kit: Made, vault: Vault, place: Path) -> None:
    path = make_backup(vault, places=(place,), now=NOW).path
    daily = vault.key_file.slot(SlotKind.DAILY)
    assert daily is not None
    start = replace(container.peek(path), slot=daily).encoded()
    changed = start + path.read_bytes()[len(container.peek(path).encoded()) : -32]
    path.write_bytes(changed + hashlib.sha256(changed).digest())
    assert verify_backup(path).whole
    with pytest.raises(BackupError, match="beschadigd"):
        verify_backup(path, words=kit.words)


def test_a_backup_that_arrives_nowhere_changes_nothing_in_the_vault(kit: Made, tmp_path: Path) -> None:
    before = fingerprint(kit.folder)
    with open_vault(kit.folder, passphrase=PHRASE, keychain=kit.keychain, now=NOW) as vault:
        (tmp_path / "bestand").write_text("geen map", encoding="ascii")
        for bad in (tmp_path / "bestand", kit.folder / "hierin"):
            with pytest.raises((OutputError, BackupError)):
                make_backup(vault, places=(bad,), now=NOW)
    assert fingerprint(kit.folder) == before


def test_the_numbers_of_backups_go_on_after_one_was_put_back(kit: Made, place: Path, tmp_path: Path) -> None:
    with open_vault(kit.folder, passphrase=PHRASE, keychain=kit.keychain, now=NOW) as vault:
        copies = [make_backup(vault, places=(place,), now=NOW + timedelta(days=day)) for day in range(2)]
    with restore_backup(
        copies[0].path, folder=tmp_path / "nieuw", words=kit.words, keychain=kit.keychain, now=NOW, later_reports="none"
    ) as vault:
        assert make_backup(vault, places=(place,), now=NOW + timedelta(days=3)).sequence == copies[0].sequence + 1


def test_a_copy_is_refused_where_it_can_not_be_told_whether_every_page_was_read(kit: Made, vault: Vault) -> None:
    vault.connection.execute("PRAGMA busy_timeout = 0")
    key = keys.derive(vault.key, "database")
    with contextlib.closing(cipher.connect(kit.database, key, mode="rw")) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(VaultDamagedError, match="geen reservekopie gemaakt"):
            backup.refuse_unread_pages(vault)


def test_a_place_that_was_away_is_behind_until_it_has_the_last_copy(vault: Vault, tmp_path: Path) -> None:
    home, stick = tmp_path / "thuis", tmp_path / "stick"
    backups.set_places(vault, [home, stick])
    make_backup(vault, places=(home, stick), now=NOW)
    stick.rename(tmp_path / "weg")
    change(vault, "tweede")
    make_backup(vault, places=(home, stick), now=NOW + timedelta(hours=2))
    later = NOW + timedelta(hours=4)
    state = backup_state(vault, now=later)
    assert (state.behind, state.changed_since, backup_due(vault, now=later)) == (False, False, False)
    assert "is er niet. De laatste kopie is van vandaag. Die staat daar nog niet" in state.message
    (tmp_path / "weg").rename(stick)
    state = backup_state(vault, now=later)
    assert (state.behind, state.changed_since, backup_due(vault, now=later)) == (True, False, True)
    assert state.message == (
        f"In ‘{stick}’ staat de laatste kopie, van vandaag, nog niet. Bij het afsluiten zet vpdesk er een bij."
    )
    assert not backup_due(vault, now=NOW + timedelta(hours=2, minutes=30))
    make_backup(vault, places=(home, stick), now=later)
    state = backup_state(vault, now=later)
    assert (state.behind, state.message, backup_due(vault, now=later + timedelta(days=1))) == (False, "", False)


def test_a_copy_to_another_place_by_hand_leaves_the_chosen_ones_up_to_date(vault: Vault, tmp_path: Path) -> None:
    home = tmp_path / "thuis"
    backups.set_places(vault, [home])
    make_backup(vault, places=(home,), now=NOW)
    make_backup(vault, places=(tmp_path / "stick",), now=NOW + timedelta(hours=1))
    assert not backup_state(vault, now=NOW).behind
    change(vault, "tweede")
    make_backup(vault, places=(tmp_path / "stick",), now=NOW + timedelta(hours=2))
    assert backup_state(vault, now=NOW).behind


def test_a_place_that_lost_its_copy_gets_another_and_one_that_refuses_is_not_asked_again(
    vault: Vault, tmp_path: Path
) -> None:
    home, other = tmp_path / "thuis", tmp_path / "ander"
    backups.set_places(vault, [home, other])
    made_at = make_backup(vault, places=(home, other), now=NOW)
    assert made_at.places[1].path is not None
    made_at.places[1].path.unlink()
    assert backup_due(vault, now=NOW + timedelta(hours=1))
    other.rmdir()
    other.symlink_to("/proc")  # is there, and takes nothing
    result = make_backup(vault, places=(home, other), now=NOW + timedelta(hours=1))
    assert "kan geen reservekopie schrijven" in result.places[1].message
    state = backup_state(vault, now=NOW)
    assert (state.behind, state.message) == (False, result.places[1].message)


def test_a_place_that_is_away_can_stay_chosen(vault: Vault, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    backups.set_places(vault, [stick])
    stick.rmdir()
    backups.set_places(vault, [stick, tmp_path / "schijf"])
    assert backups.places(vault) == (stick, tmp_path / "schijf")
    assert not stick.exists()


def test_a_place_in_the_folder_of_another_vault_is_refused(vault: Vault, tmp_path: Path) -> None:
    other = made(tmp_path / "andere")
    for inside in (other.folder, other.key_file.parent, other.folder / "kopie"):
        with pytest.raises(BackupError, match="in de map van"):
            backups.set_places(vault, [inside])
    assert fingerprint(other.folder)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("backup_disks", "[7]"),
        ("last_backup", "[]]"),
        ("last_backup", '{"made": "2026-01-20T10:00:00", "place": "", "message": "", "revision": 1, "held": [7]}'),
        ("last_backup", '{"made": "2026-01-20T10:00:00", "place": "", "message": "", "revision": 1, "held": {}}'),
    ],
)
def test_what_a_vault_says_of_its_places_is_understood_or_refused(
    name: str, said: str, vault: Vault, tmp_path: Path
) -> None:
    backups.set_places(vault, [tmp_path / "thuis"])
    make_backup(vault, places=(tmp_path / "thuis",), now=NOW)
    with vault.transaction():
        vault.settings.put(name, said)
    with pytest.raises(VaultDamagedError, match="niet begrijpt"):
        backup_state(vault, now=NOW)


def test_a_vault_that_can_only_be_read_promises_no_copy_and_knows_the_one_that_was_made(
    kit: Made, tmp_path: Path
) -> None:
    home, stick = tmp_path / "thuis", tmp_path / "stick"
    with opened(kit) as vault:
        backups.set_places(vault, [home, stick])
        make_backup(vault, places=(home, stick), now=NOW)
        stick.rename(tmp_path / "weg")
        change(vault, "tweede")
        make_backup(vault, places=(home, stick), now=NOW + timedelta(hours=2))
    later = NOW + timedelta(hours=4)

    def read() -> None:
        mounts.read_only(kit.folder)
        with opened(kit) as vault:
            assert vault.read_only
            assert "later bij" not in backup_state(vault, now=later).message
            (tmp_path / "weg").rename(stick)
            state = backup_state(vault, now=later)
            assert state.message.startswith(f"In ‘{stick}’ staat de laatste kopie, van vandaag, nog niet. Maak er nu")
            assert "Bij het afsluiten" not in state.message
            make_backup(vault, places=(stick,), now=later)
            state = backup_state(vault, now=later)
            assert (state.message, state.behind) == ("", False)

    mounts.with_own_mounts(read)
