"""The attacks ask thousands of questions, so the solver answers in this process; tests/reporting holds that this is the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.reporting.disclosure.registry import answered_here
from vpdesk.reporting.disclosure.solver import Solver

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module", autouse=True)
def in_this_process() -> Iterator[None]:
    """No child process: `test_a_child_and_the_same_code_here_give_the_same_report`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Solver, "worlds", answered_here)
        yield
