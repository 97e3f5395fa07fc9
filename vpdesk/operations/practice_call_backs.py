"""Who waits to be called in the practice vault: invented people, without a case yet."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from vpdesk.domain.call_backs import CallBack, WorkMail
from vpdesk.domain.people import Voicemail
from vpdesk.operations.call_backs import NEW, save_call_back
from vpdesk.operations.practice_cases import W, Z

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from vpdesk.domain.ids import ClientId
    from vpdesk.store.vault import Vault


def add_call_backs(vault: Vault, clients: Mapping[str, ClientId], *, today: date) -> None:
    """Write two call-backs, one for today and one for tomorrow."""
    day = timedelta(days=1)
    for call_back in (
        CallBack(
            NEW, today - day, today, client=clients[W], called="mevrouw Haazelnoot", reach="06 00 00 00 17",
            hours="na 16.00 uur", voicemail=Voicemail.NEE, work_mail=WorkMail.NEE,
        ),
        CallBack(NEW, today, today + day, client=clients[Z], called="Wilgentak", reach="06 00 00 00 23"),
    ):  # fmt: skip
        save_call_back(vault, call_back)
