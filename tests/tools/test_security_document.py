"""What SECURITY.md promises is held by tests that exist."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`|`::(\w+)`")


def named_in(document: str) -> list[tuple[str, str]]:
    """Path and test, in the order in which they stand; `::test` belongs to the file named before it."""
    found = []
    path = ""
    for match in NAMED.finditer(document):
        path = match[1] or path
        found.append((path, match[2] or match[3] or ""))
    return found


def functions_of(path: str) -> set[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_test_that_the_document_names_exists() -> None:
    named = named_in((ROOT / "SECURITY.md").read_text(encoding="utf-8"))
    assert len(named) > 40
    missing = [f"{path}::{name}" for path, name in named if name and name not in functions_of(path)]
    assert missing == []
    assert all((ROOT / path).is_file() for path, _ in named)


def test_every_threat_has_a_test() -> None:
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    section = text.split("## Threat by threat")[1].split("\n## ")[0]
    threats = section.split("\n### ")[1:]
    assert len(threats) > 12
    for threat in threats:
        title = threat.splitlines()[0]
        for part in ("**Promise.**", "**How.**", "**Held by.**", "**Not promised.**"):
            assert part in threat, f"{title} lacks {part}"
        assert NAMED.search(threat), f"{title} names no test"
