"""What leaves on paper: numbers without a name or a code; and the texts for the AVG as the user keeps them."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.casework import NOW, TODAY, a_case, a_client, a_talk
from tests.vault_kit import make
from vpdesk.domain.avg_help import SHIPPED
from vpdesk.domain.call_backs import CallBack
from vpdesk.domain.errors import InvalidValueError, NotFoundError, VaultDamagedError
from vpdesk.domain.ids import CallBackId, PersonId
from vpdesk.domain.people import Part, Person
from vpdesk.operations.access import new_sheets, set_emergency
from vpdesk.operations.avg_help import SETTING, avg_help, change_help, help_looked_over
from vpdesk.operations.backups import make_backup
from vpdesk.operations.call_backs import save_call_back
from vpdesk.operations.cases import close_case
from vpdesk.operations.clients import add_client
from vpdesk.operations.papers import absence_paper, laptop_paper
from vpdesk.operations.people import save_person
from vpdesk.operations.vaults import begin_setup

if TYPE_CHECKING:
    from pathlib import Path

    from vpdesk.domain.papers import Paper
    from vpdesk.store.vault import Vault


def said(paper: Paper) -> str:
    return "\n".join((paper.title, *(line for section in paper.sections for line in (section.title, *section.shown))))


def section(paper: Paper, title: str) -> tuple[str, ...]:
    return next(one.shown for one in paper.sections if one.title == title)


def filled(vault: Vault) -> None:
    for number in range(7):
        case = a_case(vault, pseudonym=f"Wimpel{number}")
        a_talk(vault, case, report="Een geheim verhaal")
        if number < 2:
            person = Person(PersonId(0), case.id, Part.KOMT, name="Ottoliena Wrevelhout")
            save_person(vault, person, today=TODAY)
            close_case(vault, case_id=case.id, outcome="onbekend", reason="onbekend", on=TODAY)
    for _ in range(6):
        save_call_back(vault, CallBack(CallBackId(0), TODAY, TODAY, called="Zus van Wrevelhout"))
    add_client(vault, name="Zorggroep Zilverels")


def test_the_paper_for_a_stolen_laptop_counts_in_bands_and_names_nobody(vault: Vault, tmp_path: Path) -> None:
    filled(vault)
    paper = laptop_paper(vault, now=NOW)
    held = section(paper, "Wat erin stond")
    assert held[:5] == (
        "Casussen: 5 tot en met 9",
        "Personen met naam of bereikbaarheid: minder dan 5",
        "Terugbelnotities: 5 tot en met 9",
        "Gesprekken: 5 tot en met 9",
        "Bijlagen: minder dan 5",
    )
    assert {line.split(":")[0] for line in held} >= {
        "Meldingen",
        "Berichten tussen melder en organisatie",
        "Vastleggingen (doorbreken, verzoeken)",
    }
    assert section(paper, "Laatste gecontroleerde reservekopie") == ("Er is geen gecontroleerde reservekopie.",)
    for word in ("Wimpel", "Wrevelhout", "2025-00", "geheim", "Speelwijs", "Zilverels"):
        assert word not in said(paper), word
    make_backup(vault, places=(tmp_path / "kopie",), now=NOW)
    (copy,) = section(laptop_paper(vault, now=NOW), "Laatste gecontroleerde reservekopie")
    assert copy == "Van vandaag 10:00 (20 januari 2026), geopend en gecontroleerd."
    a_case(vault)
    (copy,) = section(laptop_paper(vault, now=NOW), "Laatste gecontroleerde reservekopie")
    assert copy.endswith("Daarna is er in de kluis nog iets veranderd.")


def test_a_higher_threshold_hides_more(vault: Vault) -> None:
    filled(vault)
    add_client(vault, name="Voorzichtig", threshold=12)
    assert section(laptop_paper(vault, now=NOW), "Wat erin stond")[0] == "Casussen: minder dan 12"


def test_the_page_for_absence_says_how_many_cases_run_and_for_whom_and_no_more(tmp_path: Path) -> None:
    _, vault = make(tmp_path / "kluis")
    with vault:
        empty = absence_paper(vault, now=NOW)
        assert section(empty, "Hoeveel er loopt, en voor wie") == ("Er zijn nog geen organisaties.",)
        assert "nog geen noodbladen" in section(empty, "Wat u eerst doet")[0]
        filled(vault)
        new = new_sheets()
        set_emergency(vault, new=new, typed=(" ".join(new.first), " ".join(new.second)), now=NOW)
        paper = absence_paper(vault, now=NOW)
        assert section(paper, "Hoeveel er loopt, en voor wie") == (
            "Stichting Speelwijs: 5 lopende casussen", "Zorggroep Zilverels: geen lopende casussen",
        )  # fmt: skip
        assert "twee noodbladen" in section(paper, "Wat u eerst doet")[0]
        for word in ("Wimpel", "Wrevelhout", "2025-00", "geheim"):
            assert word not in said(paper), word
        assert "Twee noodbladen samen" in said(laptop_paper(vault, now=NOW))


def test_a_text_for_the_avg_is_kept_with_the_day_it_was_looked_over(vault: Vault) -> None:
    assert avg_help(vault) == SHIPPED
    change_help(vault, key="register", words="Onze eigen regel", checked=TODAY)
    help_looked_over(vault, key="uitleg", on=date(2025, 1, 1))
    texts = {text.key: text for text in avg_help(vault)}
    assert (texts["register"].text, texts["register"].own, texts["register"].checked) == (
        "Onze eigen regel",
        True,
        TODAY,
    )
    assert (texts["uitleg"].own, texts["uitleg"].checked) == (False, date(2025, 1, 1))
    change_help(vault, key="register", words=SHIPPED[2].text)
    help_looked_over(vault, key="register", on=None)
    help_looked_over(vault, key="uitleg", on=None)
    assert avg_help(vault) == SHIPPED
    with pytest.raises(InvalidValueError):
        change_help(vault, key="register", words=" ")
    with pytest.raises(NotFoundError):
        help_looked_over(vault, key="iets", on=TODAY)


@pytest.mark.parametrize("kept", ["[]", '{"uitleg": 3}', '{"uitleg": {"text": "", "checked": "gisteren"}}', "{"])
def test_texts_that_cannot_be_are_refused_as_damage(tmp_path: Path, kept: str) -> None:
    with closing(begin_setup(tmp_path / "kluis", now=NOW, practice=True).confirm()) as vault:
        a_client(vault)
        with vault.transaction():
            vault.settings.put(SETTING, kept)
        with pytest.raises(VaultDamagedError):
            avg_help(vault)
