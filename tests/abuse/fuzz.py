"""Coverage-guided fuzzing of one target: `python -m tests.abuse.fuzz TARGET CORPUS [options of libFuzzer]`."""

from __future__ import annotations

import random
import sys

import atheris

with atheris.instrument_imports(include=["vpdesk", "tomllib", "json", "csv"]):
    from tests.abuse.targets import TARGETS

from tests.abuse.shapes import variant


def main() -> None:
    name = sys.argv.pop(1)
    target = TARGETS[name]

    def one(data: bytes) -> None:
        if not data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):  # a process each; fuzzed apart
            target(data)

    def shaped(data: bytes, most: int, seed: int) -> bytes:
        """Half of the time change what the file says instead of its bytes."""
        drawn = random.Random(seed)  # noqa: S311 - variety, no secret
        return variant(name, data, drawn)[:most] if drawn.random() < 0.5 else atheris.Mutate(data, most)

    atheris.Setup(sys.argv, one, custom_mutator=shaped)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
