"""Runs the real window on a practice vault, lets it preview a report, and writes the names of all modules loaded then."""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QApplication

from vpdesk import app

PATIENCE = 100.0


def preview(out: Path) -> None:
    from vpdesk.ui.context import PageName, Place  # noqa: PLC0415 - not part of the start
    from vpdesk.ui.desk import Desk  # noqa: PLC0415
    from vpdesk.ui.pages.report import ReportPage  # noqa: PLC0415

    (desk,) = [widget for widget in QApplication.allWidgets() if isinstance(widget, Desk)]
    desk.navigate(Place(PageName.JAARVERSLAG))
    page = desk.page
    assert isinstance(page, ReportPage)
    end = time.monotonic() + PATIENCE
    while page.shown is None and time.monotonic() < end:
        QCoreApplication.processEvents()
    if page.shown is not None and page.shown.audited:
        out.write_text("".join(f"{name}\n" for name in sorted(sys.modules)), encoding="utf-8")
    sys.stderr.flush()
    os._exit(0)


def main() -> int:
    vault, out = map(Path, sys.argv[1:])
    asked = argparse.Namespace(vault=vault, demo=True, quit_after_paint=False, report_modules=None)
    return app.run(asked, ready=lambda: QTimer.singleShot(0, lambda: preview(out)))


if __name__ == "__main__":
    sys.exit(main())
