"""What an advisor does not do is recognised where it is typed, and what she does is left alone."""

from __future__ import annotations

import pytest

from vpdesk.domain.role_help import OUTSIDE, role_help

OUT = {
    "corrigeren": (
        "de betrokkene zelf corrigeren", "De betrokkene terechtwijzen", "Ik spreek de leidinggevende aan", "zelf corrigeren",
        "ik ga de collega aanspreken", "de manager waarschuwen",
    ),
    "onderzoek": (
        "onderzoek doen", "Onderzoek  doen naar de facturen", "Ik onderzoek dit", "zelf uitzoeken", "ga het navragen",
        "getuigen horen", "Bewijs verzamelen",
    ),
    "oordelen": (
        "beoordelen of het waar is", "Nagaan of dit klopt", "Kijken wie gelijk heeft", "waarheidsvinding",
        "Beoordelen of de klacht gegrond is",
    ),
}  # fmt: skip
IN = (
    "", "zelf aanspreken", "De persoon spreekt de leidinggevende aan", "Gesprek oefenen", "Onderzoek uitgelegd",
    "Wacht op het onderzoek van de commissie", "De leidinggevende betrekken", "Klacht indienen", "Uitkomst besproken",
    "Een waarschuwing kreeg de collega al", "Beoordelingsgesprek voorbereid", "Bewijs bewaart de persoon zelf",
)  # fmt: skip


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, texts in OUT.items() for text in texts])
def test_what_is_outside_the_role_is_recognised(code: str, text: str) -> None:
    found = role_help(f"Volgende week: {text}.")
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("text", IN)
def test_what_belongs_to_the_role_is_left_alone(text: str) -> None:
    assert role_help(text) is None


def test_help_says_what_is_possible_instead() -> None:
    assert [help_.code for help_ in OUTSIDE] == list(OUT)
    assert all("hoort niet bij uw rol" in help_.text and "U kunt" in help_.text for help_ in OUTSIDE)
