"""What was agreed on with a client may stay open, and never is what can't be."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from vpdesk.domain.clients import OWN_ROLES, Agreed, Client, web_address
from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.ids import ClientId


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"fields": ("vpx",)}, "kent vpdesk niet"),
        ({"own_roles": ("baas",)}, "kent vpdesk niet"),
        ({"since": date(2025, 2, 1), "until": date(2025, 1, 31)}, "eindigt voor zij begint"),
        ({"minutes": -1}, "Zoveel uren"),
        ({"minutes": 3000 * 60 + 1}, "Zoveel uren"),
        ({"per": "dag"}, "Zoveel uren"),
        ({"report_by": (13, 1)}, "Deze dag bestaat niet"),
        ({"report_by": (2, 30)}, "Deze dag bestaat niet"),
    ],
)
def test_what_can_not_be_agreed_on_is_refused(wrong: dict[str, Any], words: str) -> None:
    with pytest.raises(InvalidValueError, match=words):
        Agreed(**wrong)


def test_an_appointment_lasts_through_its_last_day() -> None:
    agreed = Agreed(since=date(2025, 1, 1), until=date(2025, 1, 1), report_by=(2, 29))
    assert not agreed.ended_on(date(2025, 1, 1))
    assert agreed.ended_on(date(2025, 1, 2))
    assert not Agreed().ended_on(date.max)
    client = Client(ClientId(1), "Anker", agreed=agreed)
    assert client.listed(date(2025, 1, 1)) == "Anker"
    assert client.listed(date(2025, 1, 2)) == "Anker (aanstelling geëindigd)"


def test_every_role_but_another_is_warned_about_in_the_order_of_the_list() -> None:
    assert Agreed(own_roles=("hr", "leiding", "anders")).unfit == ("leiding", "hr")
    assert set(Agreed(own_roles=tuple(OWN_ROLES)).unfit) == set(OWN_ROLES) - {"anders"}


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (" https://intranet.example/meldregeling ", "https://intranet.example/meldregeling"),
        ("HTTP://intranet", "HTTP://intranet"),
        ("Op intranet, onder HR", ""),
        ("https://intranet met spatie", ""),
        ("file:///etc/passwd", ""),
        ("javascript:alert(1)", ""),
        ("https://a\x00b", ""),
    ],
)
def test_only_an_address_of_the_web_is_opened(text: str, address: str) -> None:
    assert web_address(text) == address
