"""The people and matters of the practice vault, with the role conflict of its year; nobody in it exists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from vpdesk.domain.people import Part, Person, Voicemail
from vpdesk.operations.people import NEW, GoingOn, join_matter, save_person

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from vpdesk.domain.ids import CaseId
    from vpdesk.store.vault import Vault

MATTERS: Final = (
    ("Pauzes op de tweede verdieping", ("Kompas", "Trommel")),
    ("Overleg over de roosters", ("Sluis",)),
)
DECLINED: Final = GoingOn(
    "Na één gesprek verwezen naar een collega; er is geen steun gegeven.", "Alleen de naam, aan de telefoon."
)
WITNESS: Final = GoingOn("Alleen geluisterd. Een collega heeft het overgenomen.", "Niets over de andere gesprekken.")


def add_people(vault: Vault, cases: Mapping[str, CaseId], *, declined: date, witness: date) -> None:
    """Write who is in a few of the invented cases, and the two that meet others in a matter."""
    for person in (
        Person(
            NEW, cases["Sluis"], Part.KOMT, "Mirthe Lindeboog", ("Mir",), reach="06 00 00 00 00",
            hours="na 18 uur, niet op dinsdag", voicemail=Voicemail.NEE,
        ),
        Person(NEW, cases["Sluis"], Part.ANDER, "R. Haverkorst", function="Teamleider Publiekszaken"),
        Person(NEW, cases["Sluis"], Part.GETUIGE, function="Collega B, zat bij het overleg"),
        Person(NEW, cases["Kiezel"], Part.KOMT, "Joost Wiekendrager", reach="joost.w@proton.me", hours="weekend"),
        Person(NEW, cases["Kiezel"], Part.ANDER, function="Hoofd inkoop"),
        Person(NEW, cases["Schelp"], Part.ANDER, function="Collega A"),
        Person(NEW, cases["Emmer"], Part.KOMT, "Selam Bergenvaart", reach="06 00 00 00 01", hours="alleen met tolk"),
    ):  # fmt: skip
        save_person(vault, person, today=declined)
    for name, members in MATTERS:
        for pseudonym in members:
            join_matter(vault, case_id=cases[pseudonym], name=name, today=declined)
    ruben = Person(NEW, cases["Dakpan"], Part.KOMT, "Ruben Haverkorst")
    save_person(vault, ruben, today=declined, going_on=DECLINED)
    join_matter(vault, case_id=cases["Dakpan"], name=MATTERS[1][0], today=declined)
    join_matter(vault, case_id=cases["Klinker"], name=MATTERS[0][0], today=witness, going_on=WITNESS)
