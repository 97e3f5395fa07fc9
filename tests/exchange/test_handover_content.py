"""What a file of a handover says comes back as it was, and nothing that no case can be is taken for one."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from vpdesk.domain import phases
from vpdesk.domain.cases import Case, Conversation
from vpdesk.domain.errors import HandoverError
from vpdesk.domain.handover import HandedCase, Package
from vpdesk.domain.ids import CaseId, ClientId, ConversationId
from vpdesk.exchange.handover_content import decoded, encoded

DAY = date(2025, 3, 4)
CASE = Case(CaseId(0), ClientId(0), "", "", DAY, phases.begin(DAY), thema="pesten")
TALK = Conversation(ConversationId(1), DAY, client=ClientId(0), case=CaseId(0), report="Zij zei: “nee”.", marked=True)
PACKAGE = Package("0" * 32, DAY, "Stichting Speelwijs", practice=False, cases=(HandedCase(CASE, talks=(TALK,)),))


def changed(*path: str | int, to: object) -> bytes:
    """The content with one thing in the package changed."""
    content: dict[str, Any] = json.loads(encoded(PACKAGE))
    at: Any = content["package"]
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = to
    return json.dumps(content).encode()


def test_a_package_comes_back_as_it_was_with_spaces_behind_it() -> None:
    assert decoded(encoded(PACKAGE) + b" " * 100) == PACKAGE


def test_what_an_earlier_vpdesk_did_not_write_has_its_default() -> None:
    content = json.loads(encoded(PACKAGE))
    del content["package"]["cases"][0]["holds"]
    assert decoded(json.dumps(content).encode()) == PACKAGE


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"\xff",
        b"[" * 100_000,
        changed("made", to="2025-02-30"),
        changed("made", to="9999-01-01"),
        changed("made", to=5),
        changed("practice", to=1),
        changed("cases", to={}),
        changed("cases", to=[]),
        changed("more", to="iets"),
        changed("organisation", to="\ud800"),
        changed("organisation", to="a\0b"),
        changed("id", to="kort"),
        changed("cases", 0, "case", "thema", to="onzin"),
        changed("cases", 0, "case", "imported_minutes", to=2**80),
        changed("cases", 0, "case", "imported_minutes", to=True),
        changed("cases", 0, "case", "code", to="2025-001"),
        changed("cases", 0, "case", "moves", 0, "to", to="einde"),
        changed("cases", 0, "talks", 0, "id", to=7),
        changed("cases", 0, "talks", 0, "working_note", to="een aantekening"),
        changed("cases", 0, "matters", to=["Rooster"]),
    ],
)
def test_anything_else_is_refused_in_a_sentence(content: bytes) -> None:
    with pytest.raises(HandoverError, match="Er is niets overgenomen"):
        decoded(content)


def test_a_file_of_a_later_vpdesk_says_so() -> None:
    with pytest.raises(HandoverError, match="nieuwere"):
        decoded(json.dumps({"format": 2, "anders": True}).encode())
