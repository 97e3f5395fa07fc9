"""House rules that no linter knows: length, one place for colours, words that are never shown, nobody's own paths."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).resolve().parent.parent
LONGEST: Final = 450

ELSEWHERE: Final = {
    "an index address (the pinned files must work with every index)": re.compile(
        r"--(?:extra-)?index-url|--find-links|--trusted-host|pypi\.org/simple|simple/pypi", re.IGNORECASE
    ),
    "somebody's own folder": re.compile(r"/(?:home|Users)/[a-z][\w.-]*/|/root/|/work/|[A-Z]:\\Users\\", re.ASCII),
    "a note for later (do it, or leave it out)": re.compile(r"\b(?:TODO|FIXME|XXX)\b"),
}
COLOUR: Final = re.compile(r"#(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b")
NEVER_SHOWN: Final = re.compile(r"\b(?:dader|slachtoffer|cliënt|dossier)(?:e|s|en)?\b", re.IGNORECASE)

# A path and a text in it that may stand there, and why.
EXCEPTIONS: Final[dict[tuple[str, str], str]] = {
    ("tools/check_repository.py", ""): "names what it looks for",
    ("requirements.txt", "--no-emit-"): "the command that made the file, which leaves addresses out",
    ("requirements-dev.txt", "--no-emit-"): "the command that made the file, which leaves addresses out",
    ("vpdesk/reporting/text_words.py", "slachtoffer"): "a word that is marked where a user writes it",
    ("vpdesk/reporting/text_people.py", "slachtoffer"): "a word that is marked where a user writes it",
    ("vpdesk/reporting/text_words.py", "cliënten"): "a word that is marked where a user writes it",
    ("vpdesk/reporting/text_events.py", "daders"): "a word that is marked where a user writes it",
    ("vpdesk/reporting/text_functions.py", "dossier"): "a word that is marked where a user writes it",
    ("vpdesk/reporting/text_functions.py", "cliënt"): "a word that is marked where a user writes it",
    ("vpdesk/reporting/text_hints.py", "dossier"): "a word that is marked where a user writes it",
    ("vpdesk/reporting/text_themes.py", "dossier"): "a word that is marked where a user writes it",
}

TEXT: Final = {".py", ".md", ".toml", ".txt", ".in", ".spec", ".sh", ".yml", ".yaml", ".json", ".csv", ".svg", ""}


def tracked() -> list[str]:
    """Paths of the files in the repository, new ones that git does not ignore among them."""
    if shutil.which("git") and (ROOT / ".git").exists():
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            check=False,
        )
        # Git refuses a checkout that belongs to somebody else; the rules hold there all the same.
        if listed.returncode == 0:
            return sorted({name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()})
    outside = {".git", ".venv", "build", "dist", "__pycache__"}
    return sorted(
        path.relative_to(ROOT).as_posix()
        for path in ROOT.rglob("*")
        if path.is_file()
        and not outside.intersection(path.relative_to(ROOT).parts)
        and not any(part.endswith("_cache") or part == ".hypothesis" for part in path.relative_to(ROOT).parts)
    )


def excepted(path: str, text: str) -> bool:
    return any(path == where and part in text for where, part in EXCEPTIONS)


def shown_texts(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and text of every string literal that is not a docstring and reads like words, not like a code."""
    documentation = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            yield node.lineno, node.value


def problems_of_python(path: str, source: str) -> Iterator[str]:
    """What is wrong with a module of the program itself."""
    length = source.count("\n")
    if length > LONGEST:
        yield f"{path}: {length} lines; a module has at most {LONGEST}, so that a reader can hold it"
    if path.startswith("vpdesk/ui/") and not path.endswith("/theme.py"):
        for number, line in enumerate(source.splitlines(), 1):
            if COLOUR.search(line):
                yield f"{path}:{number}: a colour; colours stand in vpdesk/ui/theme.py"
    for number, text in shown_texts(ast.parse(source)):
        found = NEVER_SHOWN.search(text)
        if found and not excepted(path, text):
            yield f"{path}:{number}: “{found[0]}” is never shown"


def problems_of(path: str) -> Iterator[str]:
    """What is wrong with one file; nothing for pictures, fonts and other bytes."""
    if Path(path).suffix not in TEXT:
        return
    try:
        source = (ROOT / path).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return
    for number, line in enumerate(source.splitlines(), 1):
        for what, pattern in ELSEWHERE.items():
            if pattern.search(line) and not excepted(path, line):
                yield f"{path}:{number}: {what}"
    if path.startswith("vpdesk/") and path.endswith(".py"):
        yield from problems_of_python(path, source)


def main() -> int:
    problems = [problem for path in tracked() for problem in problems_of(path)]
    print("\n".join(problems) if problems else "the house rules hold")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
