"""A check of a backup tells of the attachments beside it too: none, whole, real, missing, damaged or of another one."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.casework import NOW, a_case
from tests.golden.reading import GOLDEN
from tests.operations.test_attachments import a_file, backed_up, kept, opened
from tests.vault_kit import Made, made
from vpdesk.domain.attachments import Beside, BesideState
from vpdesk.operations.attachments import remove_attachment
from vpdesk.operations.backups import verify_backup
from vpdesk.operations.standing import keep_key
from vpdesk.operations.vaults import open_vault
from vpdesk.store import attached, container
from vpdesk.store.backup import BEFORE_UPDATE
from vpdesk.store.keychain import MemoryKeychain

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def kit(tmp_path: Path) -> Made:
    return made(tmp_path / "kluis")


def beside(kit: Made, copy: Path) -> tuple[Beside | None, Beside | None]:
    """Return what a check tells without a secret and with the words, which the vault and its key tell alike."""
    plain = verify_backup(copy, attachments=True)
    by_words = verify_backup(copy, words=kit.words, attachments=True)
    with opened(kit) as vault:
        by_vault, key = verify_backup(copy, vault=vault, attachments=True), keep_key(vault)
    by_key = verify_backup(copy, kept=key, attachments=True)
    assert plain.whole
    assert by_words == by_vault == by_key
    assert by_words.authentic
    return plain.beside, by_words.beside


def with_two(kit: Made, folder: Path) -> tuple[Path, Path]:
    """Make a backup of a vault with two attachments; return it and the file beside it."""
    place = folder / "kopieën"
    with opened(kit) as vault:
        case = a_case(vault)
        kept(vault, folder, b"een", case=case)
        kept(vault, folder, b"twee", case=case)
        copy = backed_up(vault, place)
    (file,) = place.glob(f"*{attached.SUFFIX}")
    return copy, file


def test_a_backup_without_attachments_says_that_none_belong_to_it_once_a_secret_tells(
    kit: Made, tmp_path: Path
) -> None:
    with opened(kit) as vault:
        a_case(vault)
        copy = backed_up(vault, tmp_path / "kopieën")
    plain, sure = beside(kit, copy)
    assert plain == Beside(BesideState.LEEG)
    assert sure == Beside(BesideState.GEEN, 0)
    assert verify_backup(copy).beside is None, "unless it was asked"


def test_whole_ones_are_opened_one_by_one_with_a_secret(kit: Made, tmp_path: Path) -> None:
    copy, file = with_two(kit, tmp_path)
    plain, sure = beside(kit, copy)
    assert (plain, sure) == (Beside(BesideState.HEEL), Beside(BesideState.ECHT, 2))
    assert sure is not None
    assert sure.sentence == "Ernaast: 2 bijlagen, echt en te openen."
    of_itself = verify_backup(file, words=kit.words, attachments=True)
    assert (of_itself.authentic, of_itself.beside) == (True, None)


def rot(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1])


@pytest.mark.parametrize(
    ("damage", "plain", "sure"),
    [
        (rot, BesideState.BESCHADIGD, BesideState.BESCHADIGD),
        (cut, BesideState.BESCHADIGD, BesideState.BESCHADIGD),
        (lambda file: file.unlink(), BesideState.LEEG, BesideState.ONTBREEKT),
    ],
)
def test_damaged_and_missing_ones_are_named(
    kit: Made, tmp_path: Path, damage: Callable[[Path], None], plain: BesideState, sure: BesideState
) -> None:
    copy, file = with_two(kit, tmp_path)
    damage(file)
    first, second = beside(kit, copy)
    assert first is not None
    assert second is not None
    assert (first.state, first.wrong) == (plain, plain is BesideState.BESCHADIGD)
    assert (second.state, second.expected, second.wrong) == (sure, 2, True)
    name = a_file(tmp_path, b"").name
    assert f"Wat ontbreekt: {name} en {name}." in second.named
    assert name not in second.sentence, "which may stand in a log"


def test_those_of_another_vault_are_known_for_that(kit: Made, tmp_path: Path) -> None:
    copy, file = with_two(kit, tmp_path)
    (tmp_path / "ander").mkdir()
    other = made(tmp_path / "ander" / "kluis")
    _, foreign = with_two(other, tmp_path / "ander")
    file.unlink()
    shutil.copy(foreign, file)
    first, second = beside(kit, copy)
    assert first == Beside(BesideState.ANDERE)
    assert second is not None
    assert (second.state, len(second.lacking)) == (BesideState.ANDERE, 2)


def test_those_of_another_copy_give_what_they_have(kit: Made, tmp_path: Path) -> None:
    copy, file = with_two(kit, tmp_path)
    with opened(kit) as vault:
        (case,) = {row.case for number in vault.attachments.numbers() for row in (vault.attachments.get(number),)}  # type: ignore[arg-type]
        first = next(one for one in vault.attachments.of_case(case))
        remove_attachment(vault, first.id, now=NOW)
        backed_up(vault, tmp_path / "elders", 1)
    (later,) = (tmp_path / "elders").glob(f"*{attached.SUFFIX}")
    file.unlink()
    shutil.copy(later, file.with_name(later.name))
    plain, sure = beside(kit, copy)
    assert plain == Beside(BesideState.HEEL)
    assert sure == Beside(BesideState.NIET_ALLE, 2, (first.name,))
    with opened(kit) as vault:
        remove_attachment(vault, vault.attachments.of_case(case)[0].id, now=NOW)
        kept(vault, tmp_path, b"drie", case=vault.cases.get(case))
        backed_up(vault, tmp_path / "nog elders", 2)
    file.with_name(later.name).unlink()
    (latest,) = (tmp_path / "nog elders").glob(f"*{attached.SUFFIX}")
    shutil.copy(latest, file)
    _, sure = beside(kit, copy)
    assert sure is not None
    assert (sure.state, len(sure.lacking)) == (BesideState.ANDERE, 2)


def test_a_backup_from_before_there_were_attachments_has_none(tmp_path: Path) -> None:
    shutil.copytree(GOLDEN / "5", tmp_path / "oud")
    open_vault(tmp_path / "oud", keychain=MemoryKeychain(), now=NOW).close()
    (copy,) = (tmp_path / "oud" / BEFORE_UPDATE).iterdir()
    assert verify_backup(copy, attachments=True).beside == Beside(BesideState.GEEN, 0)


def test_those_that_another_key_made_are_not_taken_for_its_own(kit: Made, tmp_path: Path) -> None:
    copy, file = with_two(kit, tmp_path)
    key_check = container.peek(file).key_check
    assert key_check is not None
    file.write_bytes(file.read_bytes().replace(key_check.hex().encode(), b"0" * 32))
    plain, sure = beside(kit, copy)
    assert plain == Beside(BesideState.BESCHADIGD)
    assert sure is not None
    assert (sure.state, len(sure.lacking)) == (BesideState.ANDERE, 2)
