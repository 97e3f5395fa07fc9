"""A logo is read from a file, kept with its organisation, drawn on its covers, and taken away again."""

from __future__ import annotations

import base64
import os
from typing import TYPE_CHECKING

import pytest

from tests import report_kit as kit
from tests.casework import NOW, TODAY, a_client
from vpdesk.domain.errors import InvalidValueError, VaultDamagedError
from vpdesk.domain.periods import Period
from vpdesk.domain.statements import Audience
from vpdesk.operations import reports
from vpdesk.operations.report_logo import LOGO, NOT_READ, keep_logo, kept_logo, logo_of, read_logo
from vpdesk.reporting.logo import NO_PICTURE

if TYPE_CHECKING:
    from pathlib import Path

    from vpdesk.operations.reports import Prepared
    from vpdesk.store.vault import Vault

PNG = kit.a_logo().png


def prepared(vault: Vault) -> Prepared:
    client = a_client(vault).id
    return reports.prepare(
        reports.gather(vault, client_id=client, period=Period.year(2025), audience=Audience.OR, today=TODAY)
    )


def test_what_is_read_from_a_file_is_kept_shown_on_the_cover_and_taken_away(vault: Vault, tmp_path: Path) -> None:
    client = a_client(vault)
    plain = prepared(vault)
    path = tmp_path / "logo.png"
    path.write_bytes(PNG)
    keep_logo(vault, client.id, read_logo(path))
    path.unlink()
    made = prepared(vault)
    assert made.document.cover.logo == logo_of(vault, client)
    assert made.document.cover.logo is not None
    assert made.document.cover.logo.alt == "Logo van Stichting Speelwijs"
    assert b"/Image" in made.pdf
    assert prepared(vault).pdf == made.pdf
    assert logo_of(vault, a_client(vault, "Gemeente Oosterlee")) is None
    keep_logo(vault, client.id, None)
    assert kept_logo(vault, client.id) is None
    assert prepared(vault).pdf == plain.pdf


def test_a_report_that_is_out_keeps_the_logo_it_had_in_every_form(vault: Vault, tmp_path: Path) -> None:
    client = a_client(vault)
    keep_logo(vault, client.id, PNG)
    first = reports.deliver(vault, prepared(vault), out=tmp_path / "een.pdf", now=NOW, backup_places=())
    keep_logo(vault, client.id, None)
    again = reports.deliver(vault, prepared(vault), out=tmp_path / "twee.pdf", now=NOW, backup_places=())
    assert again.sha256 == first.sha256
    assert logo_words(vault, first.publication.id)


def logo_words(vault: Vault, publication: object) -> bool:
    return "Logo van Stichting Speelwijs" in vault.ledger.document(publication)  # type: ignore[arg-type]


def test_a_file_that_is_none_or_no_picture_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidValueError, match=r"niet te lezen"):
        read_logo(tmp_path / "weg.png")
    os.mkfifo(tmp_path / "pijp.png")
    with pytest.raises(InvalidValueError) as refused:
        read_logo(tmp_path / "pijp.png")
    assert refused.value.sentence == NOT_READ
    (tmp_path / "tekst.png").write_text("geen beeld")
    with pytest.raises(InvalidValueError) as refused:
        read_logo(tmp_path / "tekst.png")
    assert refused.value.sentence == NO_PICTURE


@pytest.mark.parametrize("kept", ["é", "AAAA", base64.b64encode(PNG[:50]).decode()])
def test_a_kept_logo_that_is_none_is_damage(vault: Vault, kept: str) -> None:
    client = a_client(vault)
    vault.settings.put(f"{LOGO}:{client.id}", kept)
    with pytest.raises(VaultDamagedError):
        logo_of(vault, client)
