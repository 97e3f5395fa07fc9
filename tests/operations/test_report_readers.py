"""Where there is no works council, the edition for the employer says that it is for the staff too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.casework import TODAY, a_client
from vpdesk.domain.periods import Period
from vpdesk.domain.statements import Audience
from vpdesk.operations import reports
from vpdesk.operations.report_readers import STAFF, choose_staff, is_for_staff
from vpdesk.reporting.report_words import EDITIONS

if TYPE_CHECKING:
    from vpdesk.store.vault import Vault


YEAR = Period.year(2025)


def said(vault: Vault, audience: Audience) -> tuple[str, str]:
    """Return for whom a report is, as its cover and its footer say."""
    client = a_client(vault).id
    asked = reports.gather(vault, client_id=client, period=YEAR, audience=audience, today=TODAY)
    document = reports.prepare(asked).document
    return document.cover.edition, document.edition


def test_each_organisation_keeps_its_own_choice(vault: Vault) -> None:
    one, other = a_client(vault).id, a_client(vault, "Gemeente Oosterlee").id
    assert not is_for_staff(vault, one)
    choose_staff(vault, one, staff=True)
    assert (is_for_staff(vault, one), is_for_staff(vault, other)) == (True, False)
    choose_staff(vault, one, staff=False)
    assert not is_for_staff(vault, one)
    assert f"{STAFF}:{one}" not in vault.settings.all()


@pytest.mark.parametrize("audience", list(Audience))
def test_only_the_edition_for_the_employer_is_called_so(vault: Vault, audience: Audience) -> None:
    assert said(vault, audience) == EDITIONS[audience]
    choose_staff(vault, a_client(vault).id, staff=True)
    if audience is Audience.WERKGEVER:
        assert said(vault, audience) == (
            "Voor de werkgever en het personeel",
            "Uitgave voor de werkgever en het personeel",
        )
    else:
        assert said(vault, audience) == EDITIONS[audience]
