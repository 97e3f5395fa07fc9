"""Writes the golden reports anew: run `python -m tests.golden.write_reports` after an intended change, and read the diff."""

from __future__ import annotations

import hashlib
import subprocess
import tempfile
from pathlib import Path

from tests import report_kit
from vpdesk.reporting import pdf

FOLDER = Path(__file__).parent / "reports"


def text_of(content: bytes) -> str:
    """Return the text layer of a PDF as poppler lays it out."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(content)
        file.flush()
        made = subprocess.run(["pdftotext", "-layout", file.name, "-"], capture_output=True, check=True, text=True)
    return made.stdout.replace("\f", "\n=== bladzijde ===\n")


def golden(content: bytes) -> str:
    """Return what a golden file holds: the hash of the bytes, then the text."""
    return f"sha256 {hashlib.sha256(content).hexdigest()}\n\n{text_of(content)}"


def main() -> None:
    """Write all golden files."""
    FOLDER.mkdir(exist_ok=True)
    for name, document in report_kit.editions().items():
        (FOLDER / f"{name}.txt").write_text(golden(pdf.render(document)), "utf-8")


if __name__ == "__main__":
    main()
