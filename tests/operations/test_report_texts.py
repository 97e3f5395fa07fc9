"""Standard texts as an organisation has them: changed for one, with the original never lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from tests.casework import a_client
from tests.operations.test_reports import YEAR, export, fill
from vpdesk.domain.errors import InvalidValueError, ReportRefusedError, VaultDamagedError
from vpdesk.domain.statements import Audience
from vpdesk.operations import report_texts, reports
from vpdesk.operations.clients import add_client
from vpdesk.operations.report_texts import save_standard_text, standard_texts
from vpdesk.reporting.standard_texts import STANDARD

if TYPE_CHECKING:
    from pathlib import Path

    from vpdesk.store.vault import Vault

WORDS = "Wie belt, mag ook een ander laten bellen."


def text_of(path: Path) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(path).pages)


def test_every_text_has_a_name_of_its_own_and_begins_as_the_original(vault: Vault) -> None:
    texts = standard_texts(vault, a_client(vault).id)
    assert len({text.name for text in texts}) == len(texts) > 30
    assert all(text.text == text.original == STANDARD[text.key] and not text.changed for text in texts)
    unnamed = set(STANDARD) - {text.key for text in texts}
    assert all(key.startswith(("noot.", "ondersteuning.")) for key in unnamed)


def test_a_changed_text_is_printed_for_that_organisation_alone(vault: Vault, tmp_path: Path) -> None:
    client = fill(vault, 24)
    other = add_client(vault, name="Elders")
    made = save_standard_text(vault, client.id, key="rol.ondersteunen", text=f"  {WORDS}\n")
    assert made.changed
    assert made.text == WORDS
    assert made.original == STANDARD["rol.ondersteunen"]
    changed = {text.key: text.text for text in standard_texts(vault, client.id) if text.changed}
    assert changed == {"rol.ondersteunen": WORDS}
    assert not any(text.changed for text in standard_texts(vault, other.id))
    export(vault, tmp_path / "jaar.pdf")
    said = text_of(tmp_path / "jaar.pdf")
    assert WORDS in said
    assert STANDARD["rol.ondersteunen"] not in said


@pytest.mark.parametrize("back", ["", "  \n", STANDARD["advies"]])
def test_empty_or_as_it_was_is_the_original_again(vault: Vault, back: str) -> None:
    client = a_client(vault)
    save_standard_text(vault, client.id, key="advies", text=WORDS)
    save_standard_text(vault, client.id, key="rol", text=WORDS)
    assert not save_standard_text(vault, client.id, key="advies", text=back).changed
    assert [text.key for text in standard_texts(vault, client.id) if text.changed] == ["rol"]
    save_standard_text(vault, client.id, key="rol", text=back if not back.strip() else STANDARD["rol"])
    assert vault.settings.get(f"{report_texts.TEXTS}:{client.id}") == ""


def test_braces_are_filled_where_the_original_has_them_and_nowhere_else(vault: Vault, tmp_path: Path) -> None:
    client = fill(vault, 24)
    save_standard_text(vault, client.id, key="gesprek", text="Wij bespreken dit met {opdrachtgever}.")
    save_standard_text(vault, client.id, key="opdrachtgever", text="het bestuur")
    with pytest.raises(InvalidValueError, match=r"\{naam\} vult vpdesk"):
        save_standard_text(vault, client.id, key="advies", text="Vraag het {naam}.")
    assert not next(text for text in standard_texts(vault, client.id) if text.key == "advies").changed
    low = export(vault, tmp_path / "laag.pdf", client_id=add_client(vault, name="Klein").id)
    assert "{" not in text_of(tmp_path / "laag.pdf")
    assert low.publication


def test_what_explains_the_numbers_can_not_be_changed(vault: Vault) -> None:
    client = a_client(vault)
    for key in ("noot.streepje", "ondersteuning.niets", "bestaat niet", "bestaat niet.periode"):
        with pytest.raises(InvalidValueError, match="in elk verslag gelijk"):
            save_standard_text(vault, client.id, key=key, text=WORDS)


def test_a_changed_text_is_looked_at_like_a_finding(vault: Vault, tmp_path: Path) -> None:
    client = fill(vault, 24)
    save_standard_text(vault, client.id, key="rol", text="Er was maar een melder, de teamleider van locatie Noord.")
    with pytest.raises(ReportRefusedError, match="staat nog"):
        export(vault, tmp_path / "jaar.pdf")
    marks = reports.preview(vault, client_id=client.id, period=YEAR, audience=Audience.WERKGEVER, today=YEAR.last).marks
    assert any("teamleider" in mark.found for mark in marks)


def test_below_the_threshold_a_changed_text_is_the_same_for_none_and_for_some(vault: Vault, tmp_path: Path) -> None:
    none, some = fill(vault, 3), add_client(vault, name="Leeg")
    files = []
    for client in (none, some):
        save_standard_text(vault, client.id, key="informeren.laag", text=WORDS)
        export(vault, tmp_path / f"{client.id}.pdf", client_id=client.id)
        files.append(text_of(tmp_path / f"{client.id}.pdf").replace(client.name, "X"))
    assert files[0] == files[1]
    assert WORDS in files[0]


def test_a_setting_that_is_not_what_vpdesk_wrote_is_said(vault: Vault) -> None:
    client = a_client(vault)
    with vault.transaction():
        vault.settings.put(f"{report_texts.TEXTS}:{client.id}", "geen json")
    with pytest.raises(VaultDamagedError):
        standard_texts(vault, client.id)
