"""docs/vault-format.md is enough to read a backup: a reader written from it alone does."""

from __future__ import annotations

import ast
import json
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from tests import format_reader
from tests.format_reader import read_backup, read_vault, secret_of_words, vault_key
from tests.vault_kit import NOW, Made, make
from vpdesk.operations.backups import make_backup
from vpdesk.operations.cases import open_case
from vpdesk.operations.clients import add_client
from vpdesk.resources_path import resource_path

WORDS = resource_path("words", "herstelwoorden.txt")
GOLDEN = Path(__file__).parent / "golden" / "keys" / "1"
DOCUMENT = Path(__file__).parent.parent / "docs" / "vault-format.md"


@pytest.fixture
def backup(tmp_path: Path) -> tuple[Made, Path]:
    kit, vault = make(tmp_path / "kluis")
    with vault:
        client = add_client(vault, name="Gemeente Waterveen")
        open_case(vault, client=client.id, opened=date(2026, 1, 5))
        return kit, make_backup(vault, places=(tmp_path / "kopie",), now=NOW).path


def test_the_words_and_the_document_are_enough(backup: tuple[Made, Path], tmp_path: Path) -> None:
    kit, path = backup
    whole = read_backup(path)
    assert whole.header["made"] == NOW.isoformat()
    typed = ", ".join(f"{n}. {word.upper()[:5]}" for n, word in enumerate(kit.words, 1))
    key = vault_key(whole.header["slot"], whole.header["vault"], secret=secret_of_words(typed, WORDS))
    with closing(whole.opened(key, tmp_path / "payload.db")) as database:
        assert database.execute("SELECT name FROM clients").fetchall() == [("Gemeente Waterveen",)]
        assert database.execute("SELECT opened FROM cases").fetchall() == [("2026-01-05",)]
    assert b"Waterveen" not in (tmp_path / "payload.db").read_bytes()


def test_a_vault_opens_by_the_document_too(backup: tuple[Made, Path]) -> None:
    kit, _ = backup
    with closing(read_vault(kit.folder, secret_of_words(" ".join(kit.words), WORDS))) as database:
        assert database.execute("SELECT name FROM clients").fetchall() == [("Gemeente Waterveen",)]


def test_a_practice_backup_opens_with_the_phrase_in_the_document(tmp_path: Path) -> None:
    _, vault = make(tmp_path / "oefenkluis", practice=True)
    with vault:
        path = make_backup(vault, places=(tmp_path / "kopie",), now=NOW).path
    whole = read_backup(path)
    key = vault_key(whole.header["slot"], whole.header["vault"], passphrase="oefenkluis")
    whole.opened(key, tmp_path / "payload.db").close()


def test_what_the_first_vpdesk_made_is_read_by_the_document_too(tmp_path: Path) -> None:
    secrets = json.loads((GOLDEN / "secrets.json").read_text(encoding="utf-8"))
    secret = secret_of_words(secrets["words"], WORDS)
    read_vault(GOLDEN / "kluis", secret).close()
    whole = read_backup(GOLDEN / "kopie.vpbackup")
    assert whole.header["format"] == 1
    key = vault_key(whole.header["slot"], whole.header["vault"], secret=secret)
    whole.opened(key, tmp_path / "payload.db").close()


def test_the_reader_of_the_document_refuses_what_vpdesk_refuses(backup: tuple[Made, Path], tmp_path: Path) -> None:
    kit, path = backup
    good = path.read_bytes()
    for at in range(0, len(good), len(good) // 20):
        path.write_bytes(good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :])
        with pytest.raises(ValueError, match=r"."):
            read_backup(path)
    path.write_bytes(good)
    whole = read_backup(path)
    with pytest.raises(ValueError, match="does not open"):
        vault_key(whole.header["slot"], whole.header["vault"], secret=bytes(20))
    with pytest.raises(ValueError, match="made by this vault"):
        whole.opened(bytes(32), tmp_path / "payload.db")
    with pytest.raises(ValueError, match="checksum"):
        secret_of_words(" ".join((*kit.words[1:], kit.words[0])), WORDS)


def test_the_reader_knows_nothing_of_vpdesk() -> None:
    source = Path(format_reader.__file__).read_text(encoding="utf-8")
    tree = ast.walk(ast.parse(source))
    imported = {
        name
        for node in tree
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert not [name for name in imported if name.startswith(("vpdesk", "tests"))]


def test_every_name_that_the_reader_needs_stands_in_the_document() -> None:
    document = DOCUMENT.read_text(encoding="utf-8")
    for name in (
        *format_reader.HEADER_NAMES[2],
        "vpdesk slot 1",
        "vpdesk slot 2",
        "vpdesk seal 2",
        "RFC 9180",
        '"backup key check"',
        "vpdesk 1 ",
        "vpdesk herstelwoorden 1",
        '"backup database"',
        '"backup mac"',
        '"database"',
        "slot recovery",
        "0x7670646B",
        "cipher_compatibility = 4",
        "resources/words/herstelwoorden.txt",
    ):
        assert name in document, name
