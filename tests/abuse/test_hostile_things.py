"""A pipe, socket, device, folder or link where vpdesk expects a file gives a sentence at once, and costs nothing."""

from __future__ import annotations

import functools
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

import pytest

from tests.abuse.hostile_things import KINDS, LIMIT, PLACES

ONE_LINE: Final = r"(?!.*(HUNG|BUG|Traceback|CHANGED))"
FROM_COPY: Final = r".*Zet de nieuwste reservekopie terug.*Hele reservekopie van "
SAID: Final = {
    "the pointer": "1 .*weet niet welk deel van de map geldt.*\n1 Deze kluis is beschadigd" + FROM_COPY,
    "the keys": "1 .*\n1 Het sleutelbestand van deze kluis .*(geen gewoon bestand|is er niet)" + FROM_COPY,
    "the database": "1 .*\n1 Het gegevensbestand in deze map is niet dat van deze kluis" + FROM_COPY,
    "the journal": "1 .*\n1 Naast het gegevensbestand .* geen logboek: het is geen gewoon bestand" + FROM_COPY,
    "the write-ahead log": "1 .*\n1 Het gegevensbestand in deze map is niet dat van deze kluis" + FROM_COPY,
    "the lock": "1 .*Inhoud: Het slot .* is geen gewoon bestand.*\n1 Het slot",
    "the work folder": ".*\n0 Reservekopie van de oefenkluis gemaakt",
    "among copies": "0 Reservekopie van de oefenkluis gemaakt.* 1 1 .*\n 1 Het sleutelbestand" + FROM_COPY,
    "among copies before an update": "0 copies",
    "in the vault before a restore": ".*Vorige kluis",
    "in a vault that moves": r"moved \['vault.db', 'vault.keys'\] ",
    "the count of wrong passphrases": "[01] counted",
    "the preferences": "idle 5",
    "a text kept elsewhere": "Dit (is geen gewoon bestand|bestand is niet te lezen). Er is niets veranderd",
    "the settings of a cloud": "service ''",
    "a sheet and a mapping": "1 .*(geen gewoon bestand|niet te lezen|naar zichzelf).*\n1 .*(gewoon|naar zichzelf|kan niet in)",
    "a copy": "(1 [^\n]*(geen gewoon bestand|niet te lezen|naar zichzelf)[^\n]*\n){3}",
    "a folder of copies or a vault": ".*(geen reservekopie schrijven in|naar zichzelf).*\n1 .*\n1 .*geen reservekopie schrijven in",
}


@functools.cache
def tried(kind: str) -> dict[str, str]:
    """Return what vpdesk said in every place, from a process of its own: a pipe that is waited for stops only that."""
    with tempfile.TemporaryDirectory() as base:
        home = Path(base) / "thuis"
        home.mkdir()
        places = {f"XDG_{name}_HOME": str(home / name) for name in ("CONFIG", "DATA", "STATE", "CACHE")}
        child = subprocess.run(
            [sys.executable, "-m", "tests.abuse.hostile_things", kind, str(Path(base) / "plaatsen")],
            env={**os.environ, **places, "HOME": str(home)},
            capture_output=True,
            text=True,
            timeout=(LIMIT + 2) * len(PLACES),
            check=True,
        )
    return dict(json.loads(line) for line in child.stdout.splitlines())


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_file_is_neither_waited_for_nor_read(kind: str, place: str) -> None:
    said = tried(kind)[place]
    expected = SAID[place]
    if kind == "folder":
        expected = {
            "a folder of copies or a vault": "0 Reservekopie van de oefenkluis gemaakt.*\n1 Op deze plaats staan al andere bestanden"
        }.get(place, expected)
    assert re.match(ONE_LINE + expected, said, re.DOTALL), said
