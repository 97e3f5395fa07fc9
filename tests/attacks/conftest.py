"""Attacks are not measured: that takes as long as they do, and which lines run is measured where each line is tested."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _unmeasured(no_cover: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)  # nor are the children
