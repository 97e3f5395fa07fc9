"""What the register asks is the user's own, and what was done is counted from the log."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from vpdesk.domain.certification import Scheme
from vpdesk.domain.errors import VaultDamagedError
from vpdesk.operations.certification import SETTING, certification, save_scheme, scheme
from vpdesk.operations.worklog import add_activity

if TYPE_CHECKING:
    from vpdesk.store.vault import Vault


def test_nothing_is_asked_before_the_user_said_when_her_period_began(vault: Vault) -> None:
    add_activity(vault, on=date(2025, 2, 6), task="intervisie", minutes=90)
    assert scheme(vault) is None
    assert certification(vault) is None


def test_what_the_register_asks_is_kept_and_counted_against(vault: Vault) -> None:
    inside = add_activity(vault, on=date(2025, 2, 6), task="intervisie", minutes=90, proof="Bij de groep")
    add_activity(vault, on=date(2023, 12, 31), task="intervisie", minutes=90)
    add_activity(vault, on=date(2025, 2, 6), task="artikel", minutes=90)
    for asked in (Scheme(date(2024, 1, 1)), Scheme(date(2024, 1, 1), 3, (32, 32, 8), checked=date(2026, 1, 20))):
        assert save_scheme(vault, asked) == asked
        assert scheme(vault) == asked
    found = certification(vault)
    assert found is not None
    assert found.activities == (inside,)
    assert [(kind.done, kind.target) for kind in found.progress.kinds] == [(0, 1920), (90, 1920), (0, 480)]
    assert found.progress.without_proof == 0


@pytest.mark.parametrize(
    "kept", ["{", "[]", '{"start": "ooit", "years": 4, "hours": [1, 2, 3], "checked": null}', '{"start": 1}']
)
def test_a_scheme_of_another_shape_is_refused(vault: Vault, kept: str) -> None:
    with vault.transaction():
        vault.settings.put(SETTING, kept)
    with pytest.raises(VaultDamagedError):
        scheme(vault)
