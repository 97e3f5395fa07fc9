"""Whatever is damaged, foreign, older or left behind is refused or warned about, and stays byte for byte as it was."""

from __future__ import annotations

import contextlib
import io
import random
import shutil
import sys
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import pytest

from tests.faults.scenes import LATER, Scene, new_vault
from tests.vault_kit import NOW, PHRASE, Stop, fingerprint
from vpdesk import cli
from vpdesk.domain.errors import VaultDamagedError, VpdeskError
from vpdesk.operations.backups import make_backup
from vpdesk.operations.checking import check_vault
from vpdesk.operations.places import usual_place
from vpdesk.store import generations, keyfile
from vpdesk.store.refusals import PAGE_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from vpdesk.store.vault import Vault

pytestmark = pytest.mark.usefixtures("clean_home")

SEED: Final = 20260120


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """A vault with cases and conversations, made once and put back for every fault."""
    base = tmp_path_factory.mktemp("schade")
    scene = Scene(base)
    scene.root.mkdir()
    new_vault(scene).close()
    scene.keep()
    return scene


@pytest.fixture
def scene(kept: Scene) -> Scene:
    kept.again()
    return kept


def parts(scene: Scene) -> dict[str, Path]:
    generation = generations.current(scene.folder)
    return {
        "gegevens": generation / generations.DATABASE,
        "sleutels": generation / generations.KEYS,
        "wijzer": scene.folder / generations.POINTER,
    }


def refused(scene: Scene, *, by: type[VpdeskError] = VpdeskError) -> str:
    """Return the sentence with which the vault is refused; fails where it opens, or where a byte changed."""
    before = fingerprint(scene.folder)
    with pytest.raises(by) as refusal:
        scene.opened().close()
    assert fingerprint(scene.folder) == before
    sentence = refusal.value.sentence
    assert sentence.endswith(".")
    return sentence


def flipped(content: bytes, bit: int) -> bytes:
    changed = bytearray(content)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


REGIONS: Final = {
    "leeg": lambda content: content[:0],
    "eerste byte": lambda content: content[:1],
    "binnen het begin": lambda content: content[:20],
    "helft": lambda content: content[: len(content) // 2],
    "laatste byte eraf": lambda content: content.removesuffix(b"\n")[:-1],
    "nullen": lambda content: bytes(len(content)),
    "staart van nullen": lambda content: content[: len(content) // 2] + bytes(len(content) - len(content) // 2),
    "byte erbij": lambda content: content + b"x",
    "blok erbij": lambda content: content + bytes(PAGE_BYTES),
    "ander bestand": lambda content: b"Geachte heer, mevrouw,\n" * (1 + len(content) // 20),
    "verdubbeld": lambda content: content + content,
}


@pytest.mark.parametrize("change", REGIONS.values(), ids=REGIONS)
@pytest.mark.parametrize("part", ["gegevens", "sleutels", "wijzer"])
def test_a_changed_file_is_refused_and_left(scene: Scene, part: str, change: Callable[[bytes], bytes]) -> None:
    path = parts(scene)[part]
    path.write_bytes(change(path.read_bytes()))
    sentence = refused(scene, by=VaultDamagedError)
    assert "eranderd" in sentence  # niets veranderd
    assert "reservekopie" in sentence


@pytest.mark.parametrize("part", ["gegevens", "sleutels", "wijzer"])
def test_a_missing_file_is_refused_and_not_made(scene: Scene, part: str) -> None:
    path = parts(scene)[part]
    path.unlink()
    assert "reservekopie" in refused(scene, by=VaultDamagedError)
    assert not path.exists()


@pytest.mark.parametrize("part", ["gegevens", "sleutels", "wijzer"])
def test_the_file_of_another_vault_is_refused_and_left(scene: Scene, part: str, tmp_path: Path) -> None:
    other = Scene(tmp_path)
    other.root.mkdir()
    new_vault(other).close()
    shutil.copy(parts(other)[part], parts(scene)[part])
    refused(scene)


def test_a_key_file_cut_anywhere_is_refused(scene: Scene) -> None:
    path = parts(scene)["sleutels"]
    good = path.read_bytes()
    for size in range(0, len(good) - 1, 7):
        path.write_bytes(good[:size])
        refused(scene, by=VaultDamagedError)


def test_a_pointer_with_any_bit_flipped_is_refused(scene: Scene) -> None:
    path = parts(scene)["wijzer"]
    good = path.read_bytes()
    for bit in range(len(good) * 8):
        path.write_bytes(flipped(good, bit))
        refused(scene, by=VaultDamagedError)


def shut_with(scene: Scene, **secret: object) -> str:
    """Return the sentence with which the vault stays shut, '' where it opens, whole."""
    try:
        with scene.opened(**secret) as vault:  # type: ignore[arg-type] # words or a passphrase
            assert vault.integrity(full=True)
    except VpdeskError as error:
        return error.sentence
    return ""


def bits_of_key_file(scene: Scene, step: int) -> None:
    """Each flipped bit leaves the vault shut with a sentence and as it was, or it opens and its key file is put right."""
    path = parts(scene)["sleutels"]
    good = path.read_bytes()
    slots = set(keyfile.parse(good).slots)
    shut = 0
    for bit in range(0, len(good) * 8, step):
        for secret in ({"words": scene.words}, {"passphrase": PHRASE}):
            path.write_bytes(flipped(good, bit))
            before = fingerprint(scene.folder)
            sentence = shut_with(scene, **secret)  # type: ignore[arg-type] # words or a passphrase
            shut += bool(sentence)
            if sentence:
                assert fingerprint(scene.folder) == before
            else:
                assert set(keyfile.read(path).slots) == slots
    assert shut > len(good) * 8 / step


def test_a_key_file_with_a_bit_flipped_opens_nothing_else(scene: Scene) -> None:
    bits_of_key_file(scene, 61)


@pytest.mark.long
def test_a_key_file_with_any_byte_changed_opens_nothing_else(scene: Scene) -> None:
    bits_of_key_file(scene, 3)


def found(scene: Scene, *, full: bool) -> bool:
    """Return whether damage is found, on opening or by the check."""
    try:
        with scene.opened() as vault:
            return not check_vault(vault, full=full, now=LATER)
    except VaultDamagedError:
        return True


def test_two_hundred_random_bit_flips_are_all_found_by_the_quick_check_and_by_the_full_one(scene: Scene) -> None:
    path = parts(scene)["gegevens"]
    good = path.read_bytes()
    dice = random.Random(SEED)  # noqa: S311 - the same places every run
    for _ in range(200):
        bad = flipped(good, dice.randrange(len(good) * 8))
        for full in (False, True):
            path.write_bytes(bad)
            assert found(scene, full=full)
            assert path.read_bytes() == bad  # nothing was written into what is damaged
    path.write_bytes(good)
    assert not found(scene, full=True)


def older(scene: Scene, tmp_path: Path) -> None:
    """Let the vault go on, and put the whole of an earlier day in its place."""
    with scene.opened(passphrase=PHRASE) as vault, vault.transaction():
        vault.settings.put("proef", "eerste")
    shutil.copytree(scene.folder, tmp_path / "eerder")
    with scene.opened(passphrase=PHRASE) as vault, vault.transaction():
        vault.settings.put("proef", "tweede")
    shutil.rmtree(scene.folder)
    shutil.copytree(tmp_path / "eerder", scene.folder)


def test_an_older_whole_vault_in_its_place_is_warned_about(scene: Scene, tmp_path: Path) -> None:
    older(scene, tmp_path)
    with scene.opened(passphrase=PHRASE) as vault:
        assert any("ouder dan de kluis" in warning for warning in vault.warnings)


def journal_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-journal")


def half_done(vault: Vault, value: str) -> None:
    """Do so much in a transaction that pages and journal are on the disk before it ends."""
    vault.connection.execute("PRAGMA cache_size = 1")
    vault.connection.execute("PRAGMA cache_spill = 1")
    vault.connection.execute("UPDATE conversation_texts SET working_note = ?", (value * 600,))
    for number in range(60):
        vault.settings.put(f"n{number}", value * 300)


def crashed(scene: Scene, tmp_path: Path) -> tuple[bytes, bytes]:
    """Leave the vault as a crash in a transaction does; return database and journal."""
    copy = tmp_path / "na de klap"
    with scene.opened() as vault, contextlib.suppress(Stop), vault.transaction():
        half_done(vault, "half ")
        shutil.copytree(scene.folder, copy)
        raise Stop
    shutil.rmtree(scene.folder)
    shutil.copytree(copy, scene.folder)
    shutil.rmtree(copy)
    path = parts(scene)["gegevens"]
    return path.read_bytes(), journal_of(path).read_bytes()


def is_as_before(scene: Scene) -> None:
    with scene.opened() as vault:
        assert vault.integrity(full=True)
        assert vault.settings.get("n1") == ""
        count = "SELECT count(*) FROM conversation_texts WHERE working_note LIKE 'half%'"
        assert vault.connection.execute(count).fetchone() == (0,)
    assert not journal_of(parts(scene)["gegevens"]).exists()
    assert not (scene.folder / generations.WORK).exists()


def test_the_journal_of_a_crash_brings_the_old_back(scene: Scene, tmp_path: Path) -> None:
    crashed(scene, tmp_path)
    is_as_before(scene)


def test_without_its_journal_a_half_written_vault_is_found_damaged(scene: Scene, tmp_path: Path) -> None:
    crashed(scene, tmp_path)
    journal_of(parts(scene)["gegevens"]).unlink()
    assert found(scene, full=True)


def flips_of_journal(scene: Scene, tmp_path: Path, number: int) -> tuple[int, int]:
    """Flip a bit of the journal each time; return how often the vault was refused, and how often brought back."""
    database, journal = crashed(scene, tmp_path)
    path = parts(scene)["gegevens"]
    dice = random.Random(SEED)  # noqa: S311 - the same places every run
    outcome = [0, 0]
    for turn in range(number):
        bit = dice.randrange(512 * 8) if turn % 4 == 0 else dice.randrange(len(journal) * 8)  # its head is small
        path.write_bytes(database)
        journal_of(path).write_bytes(flipped(journal, bit))
        before = fingerprint(scene.folder)
        sentence = shut_with(scene, words=scene.words)
        if sentence:
            assert "logboek" in sentence
            assert fingerprint(scene.folder) == before
        else:
            is_as_before(scene)
        outcome[not sentence] += 1
    return outcome[0], outcome[1]


def test_a_flipped_journal_is_refused_or_did_not_matter(scene: Scene, tmp_path: Path) -> None:
    refusals, brought_back = flips_of_journal(scene, tmp_path, 60)
    assert refusals > 30
    assert brought_back > 0


@pytest.mark.long
def test_a_journal_flipped_in_many_places_is_refused_or_did_not_matter(scene: Scene, tmp_path: Path) -> None:
    assert sum(flips_of_journal(scene, tmp_path, 400)) == 400


def cuts_of_journal(scene: Scene, tmp_path: Path, step: int) -> None:
    database, journal = crashed(scene, tmp_path)
    path = parts(scene)["gegevens"]
    for size in (*range(0, len(journal), step), 1, 8, 28, 511, 512, 513):
        path.write_bytes(database)
        journal_of(path).write_bytes(journal[:size])
        before = fingerprint(scene.folder)
        if size >= len(journal):
            continue
        try:
            scene.opened().close()
        except VpdeskError:
            assert fingerprint(scene.folder) == before
        else:
            is_as_before(scene)


def test_a_journal_cut_short_is_refused(scene: Scene, tmp_path: Path) -> None:
    cuts_of_journal(scene, tmp_path, 40_000)


def test_a_journal_of_an_earlier_moment_is_refused_and_left(scene: Scene, tmp_path: Path) -> None:
    """It would bring back some pages of that moment among those of now, each of them authentic."""
    _, journal = crashed(scene, tmp_path)
    scene.opened().close()
    for number in range(3):
        with scene.opened() as vault, vault.transaction():
            vault.settings.put("proef", f"daarna {number}")
    journal_of(parts(scene)["gegevens"]).write_bytes(journal)
    assert "logboek" in refused(scene, by=VaultDamagedError)
    journal_of(parts(scene)["gegevens"]).unlink()
    with scene.opened() as vault:
        assert vault.settings.get("proef") == "daarna 2"


def test_the_journal_of_another_vault_is_refused_and_left(scene: Scene, tmp_path: Path) -> None:
    other = Scene(tmp_path / "andere")
    other.root.mkdir(parents=True)
    new_vault(other).close()
    _, journal = crashed(other, tmp_path)
    journal_of(parts(scene)["gegevens"]).write_bytes(journal)
    assert "logboek" in refused(scene, by=VaultDamagedError)
    journal_of(parts(scene)["gegevens"]).unlink()
    is_as_before(scene)


@pytest.mark.parametrize("content", [b"", bytes(512), b"\xd9\xd5\x05\xf9 \xa1c\xd7", b"brief" * 1000])
def test_a_journal_that_holds_nothing_is_cleared_away(scene: Scene, content: bytes) -> None:
    journal_of(parts(scene)["gegevens"]).write_bytes(content)
    is_as_before(scene)


def test_a_write_ahead_log_that_somebody_put_there_is_refused(scene: Scene) -> None:
    path = parts(scene)["gegevens"]
    path.with_name(f"{path.name}-wal").write_bytes(b"\x37\x7f\x06\x82" + bytes(500))
    assert "niet dat van deze kluis" in refused(scene, by=VaultDamagedError)


def test_the_command_line_names_the_newest_whole_backups(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    place = usual_place(scene.folder)
    with scene.opened() as vault:
        made = [make_backup(vault, places=(place,), now=NOW + timedelta(days=day)).path for day in range(5)]
    made[4].write_bytes(made[4].read_bytes()[:-1])
    path = parts(scene)["gegevens"]
    path.write_bytes(b"")
    before = fingerprint(scene.folder)
    said = []
    for _ in range(2):
        monkeypatch.setattr(sys, "stdin", io.StringIO(" ".join(scene.words) + "\n"))
        assert cli.main(["backup", "--words-stdin", "--vault", str(scene.folder), "--to", str(scene.place)]) == 1
        said.append(capsys.readouterr().err.splitlines())
        shutil.rmtree(place, ignore_errors=True)
    assert fingerprint(scene.folder) == before
    assert "leeg" in said[0][0]
    assert [line.rpartition(": ")[2] for line in said[0][1:]] == [str(path) for path in (made[3], made[2], made[1])]
    assert "geen hele reservekopie" in said[1][1]
