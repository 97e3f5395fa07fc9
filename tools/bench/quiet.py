"""How long the window at most lets a tick of its clock wait while a report is protected, audited and drawn."""

from __future__ import annotations

import itertools
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tools.bench import fixtures
from tools.bench.measure import MeasureError, Result, interleaved
from tools.bench.reports import _parts

if TYPE_CHECKING:
    from collections.abc import Iterator

CASES: Final = 300
TICK: Final = 10


def longest_gap(folder: Path) -> float:
    """Return the seconds of the longest gap between ticks, for a year after five earlier exports."""
    from PySide6.QtCore import QCoreApplication, Qt, QTimer  # noqa: PLC0415 - in a process of its own

    from vpdesk.domain.periods import Period  # noqa: PLC0415
    from vpdesk.domain.statements import Audience  # noqa: PLC0415
    from vpdesk.operations import practice, reports  # noqa: PLC0415
    from vpdesk.ui.worker import Worker  # noqa: PLC0415

    day = fixtures.NOW.date()
    with practice.make_practice_vault(folder, now=fixtures.NOW) as vault:
        client = fixtures.year_of_cases(vault, CASES)
        for number, (period, audience) in enumerate(_parts()):
            out = folder.with_name(f"{number}.pdf")
            reports.export_report(
                vault, client_id=client, period=period, audience=audience, out=out, now=fixtures.NOW, backup_places=()
            )
        year = reports.gather(
            vault, client_id=client, period=Period.year(2025), audience=Audience.WERKGEVER, today=day
        )  # fmt: skip
    application = QCoreApplication([])
    ticks: list[float] = []
    clock = QTimer()
    clock.setTimerType(Qt.TimerType.PreciseTimer)
    clock.timeout.connect(lambda: ticks.append(time.perf_counter()))
    clock.start(TICK)
    worker = Worker()
    worker.aside(lambda: reports.prepare(year), lambda _: application.quit(), lambda _: application.exit(1))
    code = application.exec()
    worker.close()
    if code or len(ticks) < 2:  # noqa: PLR2004 - a gap has two ends
        raise MeasureError("The report could not be made.")
    return max(after - before for before, after in itertools.pairwise(ticks))


def _in_a_new_process(folder: Path) -> float:
    finished = subprocess.run(
        [sys.executable, "-m", "tools.bench.quiet", str(folder)], capture_output=True, text=True, check=False
    )
    if finished.returncode:
        raise MeasureError(f"The window could not be watched: {finished.stderr[-300:]}")
    return float(finished.stdout)


def rows(rounds: int, folder: Path) -> Iterator[Result]:
    """Yield how long the window waits."""
    places = (folder / f"stil-{number}" / "kluis" for number in itertools.count())
    taken = interleaved(rounds, {"ours": lambda: _in_a_new_process(next(places))})
    note = f"{CASES} cases, five earlier exports; between ticks of {TICK} ms"
    yield Result("longest wait of the window while a report is made", 100.0, "ms", taken["ours"], None, note)


def main() -> int:
    folder = Path(sys.argv[1])
    folder.parent.mkdir()
    print(longest_gap(folder))
    return 0


if __name__ == "__main__":
    sys.exit(main())
