"""Everything that can be said about the code without running it: lint, format, types, layers, house rules."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
LINT_IMPORTS: Final = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"
CHECKS: Final = (
    ("lint", ["-m", "ruff", "check", "--quiet", "."]),
    ("format", ["-m", "ruff", "format", "--quiet", "--check", "."]),
    ("types", ["-m", "mypy"]),
    ("layers", ["-c", LINT_IMPORTS]),
    ("house rules", ["-m", "tools.check_repository"]),
)


def main() -> int:
    failed = []
    for name, arguments in CHECKS:
        print(f"== {name}", flush=True)
        if subprocess.run([sys.executable, *arguments], cwd=ROOT, check=False).returncode:
            failed.append(name)
    print(f"make check: {', '.join(failed)} failed" if failed else "make check: all good")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
