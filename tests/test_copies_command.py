"""What the command line says of a copy and of a vault, in words and for machines."""

from __future__ import annotations

import io
import json
import shutil
import sys
from typing import TYPE_CHECKING

import pytest

from tests.operations.test_attachments import kept
from tests.vault_kit import NOW, PHRASE, SMALL, Made, made, make
from vpdesk import cli
from vpdesk.domain.errors import KeyringLockedError
from vpdesk.operations import vaults
from vpdesk.operations.backups import make_backup
from vpdesk.operations.places import usual_place
from vpdesk.operations.practice import make_practice_vault
from vpdesk.operations.vaults import enrol_device, open_vault
from vpdesk.store import attached, generations
from vpdesk.store.keys import SlotKind

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("clean_home", "no_core")


@pytest.fixture
def kit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
    kit = made(tmp_path / "kluis")
    monkeypatch.setattr(vaults, "system_keychain", lambda: kit.keychain)
    return kit


@pytest.fixture
def copy(kit: Made, tmp_path: Path) -> Path:
    with open_vault(kit.folder, words=kit.words, keychain=kit.keychain, now=NOW) as vault:
        return make_backup(vault, places=(tmp_path / "kopie",), now=NOW).path


def said(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *arguments: object, given: str = ""
) -> tuple[int, str]:
    monkeypatch.setattr(sys, "stdin", io.StringIO(given))
    code = cli.main([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return code, captured.out + captured.err


def test_a_copy_is_whole_without_a_secret_and_real_with_vault_or_words(
    kit: Made, copy: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    words = " ".join(kit.words) + "\n"
    code, text = said(capsys, monkeypatch, "verify", copy)
    of_copy, of_attachments = text.strip().splitlines()
    assert (code, of_copy.rsplit(" is ", 1)[1]) == (0, "heel.")
    assert of_attachments.startswith("Er staan geen bijlagen naast.")
    for how in ((), ("--vault", kit.folder)):
        code, text = said(capsys, monkeypatch, "verify", copy, *how, "--words-stdin", given=words)
        assert (code, text.strip().rsplit(" is ", 1)[1]) == (0, "echt en te openen.")
    content = bytearray(copy.read_bytes())
    content[-100] ^= 1
    copy.write_bytes(content)
    code, text = said(capsys, monkeypatch, "verify", copy)
    assert code == 1
    assert text.startswith("Deze reservekopie is beschadigd. Er is niets veranderd.")


def test_of_the_attachments_beside_a_copy_the_same_is_said_in_words_and_for_machines(
    kit: Made, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    words = " ".join(kit.words) + "\n"
    place = tmp_path / "kopieën"
    with open_vault(kit.folder, words=kit.words, keychain=kit.keychain, now=NOW) as vault:
        kept(vault, tmp_path)
        copy = make_backup(vault, places=(place,), now=NOW).path
    (file,) = place.glob(f"*{attached.SUFFIX}")

    def facts(*how: str) -> tuple[int, object]:
        code, text = said(capsys, monkeypatch, "verify", copy, "--json", *how, given=words if how else "")
        return code, json.loads(text)["attachments"]

    assert facts() == (0, {"state": "heel", "expected": None, "lacking": 0})
    assert facts("--words-stdin") == (0, {"state": "echt", "expected": 1, "lacking": 0})
    assert (
        "Ernaast: 1 bijlage, echt en te openen."
        in said(capsys, monkeypatch, "verify", copy, "--words-stdin", given=words)[1]
    )
    content = bytearray(file.read_bytes())
    content[-100] ^= 1
    file.write_bytes(content)
    assert facts() == (1, {"state": "beschadigd", "expected": None, "lacking": 0})
    assert facts("--words-stdin") == (1, {"state": "beschadigd", "expected": 1, "lacking": 1})
    file.unlink()
    assert facts() == (0, {"state": "niet ernaast", "expected": None, "lacking": 0})
    assert facts("--words-stdin") == (1, {"state": "ontbreekt", "expected": 1, "lacking": 1})
    code, text = said(capsys, monkeypatch, "verify", copy, "--words-stdin", given=words)
    assert code == 1
    assert "echt en te openen." in text, "the notes are there"
    assert "Zet het bestand dat eindigt op .vpfiles in dezelfde map." in text


@pytest.mark.parametrize("given", ["", "aap\n", "aap\neen lange wachtzin\n"])
def test_a_practice_copy_is_put_back_without_words_and_opens_by_itself(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    with make_practice_vault(tmp_path / "oefenkluis", now=NOW) as vault:
        path = make_backup(vault, places=(tmp_path / "stick",), now=NOW).path
    how = ["--words-stdin", "--passphrase-stdin"][: given.count("\n")]
    for folder in ("nieuw", "nieuw"):
        code, text = said(capsys, monkeypatch, "restore", path, "--vault", tmp_path / folder, *how, given=given)
        assert code == 0
        assert "Deze oefenkluis gaat vanzelf open." in text
        assert not [word for word in ("herstelwoorden", "met uw wachtzin", "verslagen uitgegeven") if word in text]


def test_it_is_said_how_a_vault_opens_in_which_a_copy_was_put_back(
    kit: Made, copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    words = " ".join(kit.words) + "\n"

    def put_back(folder: Path) -> str:
        code, text = said(capsys, monkeypatch, "restore", copy, "--vault", folder, "--words-stdin", given=words)
        assert code == 0
        return text

    assert "U opent hem met de herstelwoorden; stel" in put_back(tmp_path / "nieuw")
    assert "U opent hem hier met uw wachtzin." in put_back(kit.folder), "it still opens it"
    open_vault(kit.folder, passphrase=PHRASE, keychain=kit.keychain, now=NOW).close()
    with open_vault(kit.folder, words=kit.words, keychain=kit.keychain, now=NOW) as vault:
        enrol_device(vault, kind=SlotKind.KEYRING, keychain=kit.keychain, now=NOW, kdf=SMALL)
    assert "Hij gaat hier open met de sleutelbos van deze laptop." in put_back(kit.folder)


def test_doctor_tells_each_line_in_words_and_for_machines(
    kit: Made, copy: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    code, text = said(capsys, monkeypatch, "doctor", "--vault", kit.folder)
    assert code == 0
    assert all(line.startswith("in orde ") for line in text.splitlines() if "Inhoud" not in line)
    assert "onbekend Inhoud: De inhoud is niet nagekeken" in text
    code, text = said(capsys, monkeypatch, "doctor", "--vault", kit.folder, "--json")
    assert code == 0
    checks = {check["name"]: check["ok"] for check in json.loads(text)["checks"]}
    assert [name for name, ok in checks.items() if ok is not True] == ["Inhoud"]
    assert checks["Inhoud"] is None
    kit.folder.chmod(0o755)
    code, text = said(
        capsys, monkeypatch, "doctor", "--vault", kit.folder, "--passphrase-stdin", "--json", given=f"{PHRASE}\n"
    )
    assert code == 1, "a line that is not in order"
    checks = {check["name"]: check for check in json.loads(text)["checks"]}
    assert next(name for name, check in checks.items() if not check["ok"]) == "Map"
    assert "Anderen op deze laptop" in checks["Map"]["sentence"]
    assert "zojuist nagerekend" in checks["Inhoud"]["sentence"]
    assert "Kopieën in ‘kopie’" in checks


def test_doctor_with_a_wrong_secret_says_one_sentence(
    kit: Made, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    code, text = said(
        capsys, monkeypatch, "doctor", "--vault", kit.folder, "--passphrase-stdin", given="een heel andere zin\n"
    )
    assert code == 1
    assert text.startswith("Deze wachtzin past niet")


@pytest.mark.parametrize("how", [[], ["--json"]])
def test_doctor_tells_what_it_can_where_the_vault_does_not_open(
    kit: Made, how: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(_entry: str) -> str:
        raise KeyringLockedError("De sleutelbos is op slot.")

    monkeypatch.setattr(kit.keychain, "get", locked)
    code, text = said(
        capsys, monkeypatch, "doctor", "--vault", kit.folder, "--passphrase-stdin", *how, given=f"{PHRASE}\n"
    )
    assert code == 1
    if how:
        checks = {check["name"]: check for check in json.loads(text)["checks"]}
        assert checks["Inhoud"] == {"name": "Inhoud", "ok": False, "sentence": "De sleutelbos is op slot."}
        assert checks["Versies"]["ok"]
    else:
        assert "let op   Inhoud: De sleutelbos is op slot." in text
        assert "in orde  Versies" in text


@pytest.mark.parametrize("arguments", [("backup", "--to", "kopie"), ("verify", "copy")])
def test_a_secret_for_what_is_the_practice_vault_is_told_on_standard_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    """As when a practice vault was put in the place of the real one, and a backup by the clock goes on."""
    practice, vault = make(tmp_path / "oefen", practice=True)
    with vault:
        copy = make_backup(vault, places=(tmp_path / "kopie",), now=NOW).path
    command, *rest = (str(copy) if part == "copy" else part for part in arguments)
    monkeypatch.chdir(tmp_path)
    for given in (f"{PHRASE}\n", ""):
        how = ["--passphrase-stdin"] if given else []
        monkeypatch.setattr(sys, "stdin", io.StringIO(given))
        assert cli.main([command, *rest, "--vault", str(practice.folder), *how]) == 0
        told = capsys.readouterr()
        assert ("staat de oefenkluis" in told.err) is bool(given)
        if command == "backup":
            assert told.out.startswith("Reservekopie van de oefenkluis gemaakt, geopend en gecontroleerd: ")


@pytest.mark.parametrize("left", [(), (generations.LOCK,)])
def test_copies_beside_a_folder_that_lost_its_vault_are_named(
    kit: Made,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    left: tuple[str, ...],
) -> None:
    with open_vault(kit.folder, words=kit.words, keychain=kit.keychain, now=NOW) as vault:
        copy = make_backup(vault, places=(usual_place(kit.folder),), now=NOW).path
    shutil.rmtree(kit.folder)
    kit.folder.mkdir()
    for name in left:
        (kit.folder / name).touch()
    code, text = said(capsys, monkeypatch, "backup", "--vault", kit.folder, "--to", tmp_path / "kopie")
    assert code == 1
    assert "Deze map is leeg" in text
    assert f"Hele reservekopie van 20 januari 2026: {copy}" in text
    copy.unlink()
    code, text = said(capsys, monkeypatch, "backup", "--vault", kit.folder, "--to", tmp_path / "kopie")
    assert "reservekopie" not in text, "there are none, and perhaps there never was a vault"
