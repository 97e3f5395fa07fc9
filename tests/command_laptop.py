"""A computer of its own on which the program is called as a user would, by its command line."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pathlib import Path

AS_IT_IS: Final = ("-m", "vpdesk")
_QUICKLY: Final = """
import sys
from vpdesk.store import keys
keys.STANDARD = keys.PRACTICE
from vpdesk.__main__ import main
sys.exit(main())
"""
QUICK: Final = ("-c", _QUICKLY)
"""The same, but new keys are stretched no longer than those of a practice vault: most of a call is that."""


@dataclass
class Laptop:
    """One computer: its own HOME and keyring; `program` is how the interpreter starts the program there."""

    environment: dict[str, str]
    folder: Path
    program: tuple[str, ...] = QUICK

    def call(self, *arguments: object, secrets: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-W", "error", *self.program, *map(str, arguments)],
            input="".join(line + "\n" for line in secrets),
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )

    def done(self, *arguments: object, secrets: tuple[str, ...] = ()) -> dict[str, Any]:
        result = self.call(*arguments, "--json", secrets=secrets)
        assert result.returncode == 0, result.stderr
        assert result.stderr == ""
        answer: dict[str, Any] = json.loads(result.stdout)
        return answer

    def refused(self, *arguments: object, secrets: tuple[str, ...] = ()) -> str:
        """Return the one Dutch sentence of an expected failure."""
        result = self.call(*arguments, secrets=secrets)
        assert result.returncode == 1, (result.stdout, result.stderr)
        assert "Traceback" not in result.stderr
        assert "liep vast" not in result.stderr
        assert len(result.stderr) > 20
        return result.stderr
