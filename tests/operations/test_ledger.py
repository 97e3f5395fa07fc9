"""What left the house counts in every later report, whatever its form; what never left does not, and stays to be read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from tests.casework import NOW, TODAY, a_case, a_client
from tests.operations.test_reports import YEAR, export, fill
from vpdesk.domain.errors import ContradictsError, InvalidValueError, NotFoundError, VaultDamagedError
from vpdesk.domain.ids import PublicationId
from vpdesk.domain.periods import Period
from vpdesk.domain.publications import Kind
from vpdesk.domain.statements import Audience, Of
from vpdesk.operations import ledger, reports
from vpdesk.operations.clients import add_client
from vpdesk.operations.ledger import Entry, Said
from vpdesk.reporting.statements import SUPPORT

if TYPE_CHECKING:
    from pathlib import Path

    from vpdesk.domain.publications import Publication
    from vpdesk.store.vault import Vault

HALF = Period(date(2025, 1, 1), date(2025, 6, 30))


def entered(vault: Vault, *said: Said, period: Period = HALF) -> Publication:
    return ledger.enter(vault, Entry(a_client(vault).id, Kind.BRIEF, TODAY, " De directie ", period, said), today=TODAY)


def prepared(vault: Vault) -> reports.Prepared:
    gathered = reports.gather(
        vault, client_id=a_client(vault).id, period=YEAR, audience=Audience.WERKGEVER, today=TODAY
    )
    return reports.prepare(gathered)


def test_what_was_told_by_letter_counts_in_the_report_of_the_year(vault: Vault) -> None:
    fill(vault, 24)  # two a month
    before = prepared(vault)
    total = before.protected.total
    assert total is not None
    assert total.exact
    entered(vault, Said(21, 21))  # with the total of the year, 3 would be left for the other half
    after = prepared(vault)
    assert after.protected.total is None or not after.protected.total.exact
    assert ledger.in_words(ledger.everything_out(vault, a_client(vault).id)[0]) == ("Alle casussen: 21",)


def test_what_was_never_sent_counts_no_longer_and_is_kept_with_its_reason(vault: Vault, tmp_path: Path) -> None:
    client = fill(vault, 24)
    told = entered(vault, Said(21, 21))
    marked = ledger.never_sent(vault, told.id, reason=" Het bleef een concept. ")
    assert marked.never_sent == "Het bleef een concept."
    assert ledger.everything_out(vault, client.id) == ()
    assert reports.publications(vault, client.id) == (marked,)
    first = export(vault, tmp_path / "een.pdf")
    ledger.never_sent(vault, first.publication.id, reason="Op de verkeerde naam.")
    fill(vault, 12)
    second = export(vault, tmp_path / "twee.pdf")
    assert not second.again, "what never left is counted anew"
    assert second.sha256 != first.sha256
    assert ledger.was_sent(vault, told.id).out
    assert [p.id for p in ledger.everything_out(vault, client.id)] == [told.id, second.publication.id]


def test_a_reason_is_asked_for(vault: Vault) -> None:
    told = entered(vault, Said(8, 8))
    for nothing in ("  ", "\u200b", "\u3164 "):
        with pytest.raises(InvalidValueError, match="Schrijf op waarom"):
            ledger.never_sent(vault, told.id, reason=nothing)
    with pytest.raises(NotFoundError):
        ledger.never_sent(vault, PublicationId(77), reason="Weg.")
    assert ledger.everything_out(vault, a_client(vault).id) == (told,)


def test_to_whom_it_went_can_be_added(vault: Vault) -> None:
    told = entered(vault, Said(8, 8))
    assert told.recipient == "De directie"
    assert ledger.sent_to(vault, told.id, recipient="De OR").recipient == "De OR"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (Said(8, 8), "Alle casussen: 8"),
        (Said(1000, 1200), "Alle casussen: tussen 1.000 en 1.200"),
        (Said(3, 3, "thema", ("pesten",)), "Hoofdthema: pesten: 3"),
        (Said(3, 9, "thema", ("pesten", "fraude")), "Hoofdthema: fraude en pesten samen: tussen 3 en 9"),
        (Said(5, 5, "fase", ("nafase",)), "Fase: nafase: 5"),
        (Said(5, 5, "onderdeel", ("onbekend",)), "Onderdeel: onbekend: 5"),
        (
            Said(3, 9, "thema", ("pesten", "fraude"), "rol", ("melder",)),
            "Rol: melder en Hoofdthema: fraude en pesten samen: tussen 3 en 9",
        ),
        (Said(9, 9, "fase", ("nafase",), "rol", ("melder",)), "Fase: nafase en Rol: melder: 9"),
        (Said(20, 20, of=Of.CASES_WITH_TALK), "Casussen met een gesprek: 20"),
        (Said(41, 41, of=Of.TALKS), "Gesprekken: 41"),
        (Said(2370, 2430, of=Of.MINUTES), "Minuten: tussen 2.370 en 2.430"),
    ],
)
def test_numbers_read_back_as_they_were_told(vault: Vault, said: Said, words: str) -> None:
    assert ledger.in_words(entered(vault, said)) == (words,)


CROSSED = ("rol", "thema", "werkgebied", "relatie", "verbonden", "gevonden_via")


def test_numbers_over_too_many_pairs_are_refused_in_a_sentence_of_the_form(vault: Vault) -> None:
    known = ledger.choices(vault, a_client(vault).id)
    first = {name: known[name][0][0] for name in CROSSED}
    pairs = tuple(Said(0, 9, a, (first[a],), b, (first[b],)) for a, b in combinations(first, 2))
    with pytest.raises(InvalidValueError, match="grijpen hier zo in elkaar"):
        entered(vault, *pairs)
    assert ledger.everything_out(vault, a_client(vault).id) == ()


def themes_shown(report: reports.Prepared) -> dict[str, int]:
    tables = (table for table in report.protected.tables if table.dimension == "thema")
    return {code: n for table in tables for code, n in table.rows if isinstance(n, int) and n}


def test_what_a_letter_said_of_two_subjects_less_a_row_of_the_report_is_no_small_number(vault: Vault) -> None:
    client = fill(vault, 96)
    for theme in ("pesten", "intimidatie", "discriminatie"):
        for _ in range(2):
            a_case(vault, date(2025, 3, 3), thema=theme, rol="leidinggevende")
    theme, count = max(themes_shown(prepared(vault)).items(), key=lambda shown: shown[1])
    others = tuple(code for code, _ in ledger.choices(vault, client.id)["rol"] if code != "leidinggevende")
    entered(vault, Said(count - 2, count - 2, "thema", (theme,), "rol", others), period=YEAR)
    after = prepared(vault)
    assert after.protected.audited
    assert theme not in themes_shown(after), "less the letter, two managers with this theme would be left"


@pytest.mark.parametrize("of", [Of.CASES_WITH_TALK, Of.TALKS, Of.MINUTES])
@pytest.mark.parametrize("whole", [False, True])
def test_a_report_says_no_talks_beside_those_of_an_invoice(vault: Vault, of: Of, *, whole: bool) -> None:
    client = fill(vault, 96)
    assert SUPPORT & {s.of for s in prepared(vault).protected.statements}
    if whole:  # then it is about the cases of the subsidiary too, and stands with what is out about the family
        add_client(vault, name="Dochter", part_of=client.id)
    entered(vault, Said(20, 30, of=of), period=YEAR)
    assert not SUPPORT & {s.of for s in prepared(vault).protected.statements}


def test_a_number_over_other_days_says_which(vault: Vault) -> None:
    told = entered(vault, Said(8, 8))
    other = replace(told, period=YEAR)
    assert ledger.in_words(other) == ("Alle casussen: 8 (1 januari 2025 tot en met 30 juni 2025)",)


@pytest.mark.parametrize(
    "said",
    [
        (),
        (Said(3, 3, "thema", ()),),
        (Said(3, 3, "thema", ("bestaat niet",)),),
        (Said(3, 3, "bestaat niet", ("pesten",)),),
        (Said(3, 3, "thema", ("pesten",), "thema", ("fraude",)),),
        (Said(3, 3, "thema", ("pesten",), "rol", ()),),
        (Said(3, 3, "thema", ("pesten",), "rol", ("bestaat niet",)),),
        (Said(3, 3, "", (), "rol", ("melder",)),),
        (Said(3, 3, "thema", ("pesten",), of=Of.TALKS),),
        (Said(3, 3, "thema", ("pesten",), of=Of.CASES_WITH_TALK),),
        (Said(3, 3, of=Of.ACTIVITIES),),
        (Said(3, 10**12, of=Of.MINUTES),),
        (Said(5, 5), Said(6, 6, "thema", ("pesten",), "rol", ("melder",))),
        (Said(5, 5, "rol", ("melder",)), Said(6, 6, "thema", ("pesten",), "rol", ("melder",))),
        (Said(5, 5), Said(6, 6, of=Of.CASES_WITH_TALK)),
        (Said(9, 3),),
        (Said(3, 10**30),),
        (Said(-1, 3),),
        (Said(8, 8), Said(9, 9)),
        (Said(8, 8), Said(9, 9, "thema", ("pesten",))),
    ],
)
def test_what_can_not_be_is_refused_in_a_sentence_and_nothing_is_kept(vault: Vault, said: tuple[Said, ...]) -> None:
    client = a_client(vault).id
    with pytest.raises(InvalidValueError):
        entered(vault, *said)
    assert ledger.everything_out(vault, client) == ()


def test_a_number_that_contradicts_what_is_out_is_refused_at_first(vault: Vault, tmp_path: Path) -> None:
    fill(vault, 24)
    export(vault, tmp_path / "jaar.pdf")
    before = ledger.everything_out(vault, a_client(vault).id)
    with pytest.raises(ContradictsError, match="spreekt tegen wat al is uitgegeven: verslag van 20 januari 2026"):
        entered(vault, Said(30, 30))
    assert ledger.everything_out(vault, a_client(vault).id) == before
    entered(vault, Said(10, 30))


def test_a_report_is_made_by_vpdesk_and_not_by_hand(vault: Vault) -> None:
    with pytest.raises(InvalidValueError):
        ledger.enter(vault, Entry(a_client(vault).id, Kind.VERSLAG, TODAY, "", HALF, (Said(8, 8),)), today=TODAY)


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM publications WHERE id = 1",
        "UPDATE publications SET statements = '[]', chain = ''",
        "UPDATE publications SET pattern = '[]' WHERE id = 2",
    ],
)
def test_a_broken_ledger_lets_no_report_out(vault: Vault, tmp_path: Path, change: str) -> None:
    client = fill(vault, 96)
    entered(vault, Said(10, 90))
    export(vault, tmp_path / "jaar.pdf")
    with vault.transaction():
        vault.connection.execute(change)
    with pytest.raises(VaultDamagedError, match="Daarom gaat er geen verslag uit"):
        export(vault, tmp_path / "half.pdf", period=HALF)
    with pytest.raises(VaultDamagedError, match="Daarom gaat er geen verslag uit"):
        ledger.enter(vault, Entry(client.id, Kind.BRIEF, TODAY, "", HALF, (Said(8, 8),)), today=TODAY)
    assert not (tmp_path / "half.pdf").exists()


def test_a_hidden_set_without_its_sum_lets_no_report_out(vault: Vault, tmp_path: Path) -> None:
    """As in a ledger from before rows were bound to each other."""
    client = fill(vault, 96)  # whichever theme is drawn, two others are shown
    publication = export(vault, tmp_path / "jaar.pdf").publication
    assert publication.pattern
    line = publication.pattern[0]
    kept = tuple(s for s in publication.statements if s.box.where != ((line.dimension, line.codes),))
    with vault.transaction():
        vault.connection.execute("DELETE FROM publications")
        vault.connection.execute("UPDATE ledger_head SET chain = ''")
        vault.ledger.add(replace(publication, statements=kept))
    with pytest.raises(VaultDamagedError, match="Daarom gaat er geen verslag uit"):
        ledger.everything_out(vault, client.id)


def test_a_file_that_is_not_what_went_out_is_not_written_again(vault: Vault, tmp_path: Path) -> None:
    fill(vault, 24)
    first = export(vault, tmp_path / "jaar.pdf")
    with vault.transaction():
        vault.connection.execute("UPDATE publications SET pdf = ?", (b"%PDF anders",))
    with pytest.raises(VaultDamagedError, match="niet meer zoals het is uitgegeven"):
        reports.export_stored(vault, first.publication.id, tmp_path / "weer.pdf")
    with pytest.raises(VaultDamagedError, match="niet meer zoals het is uitgegeven"):
        export(vault, tmp_path / "weer.pdf", now=NOW)
    assert not (tmp_path / "weer.pdf").exists()


def test_what_never_left_does_not_leave_uncounted(vault: Vault, tmp_path: Path) -> None:
    fill(vault, 24)
    number = export(vault, tmp_path / "jaar.pdf").publication.id
    again = tmp_path / "weer.pdf"
    ledger.never_sent(vault, number, reason="Het bleef een concept.")
    with pytest.raises(InvalidValueError, match="kies dan eerst ‘Toch verstuurd’"):
        reports.export_stored(vault, number, again)
    assert not again.exists()
    ledger.was_sent(vault, number)
    reports.export_stored(vault, number, again)
    assert again.read_bytes() == (tmp_path / "jaar.pdf").read_bytes()


def test_a_letter_has_no_file_to_write_again(vault: Vault, tmp_path: Path) -> None:
    told = entered(vault, Said(8, 8))
    with pytest.raises(InvalidValueError, match="geen bestand"):
        reports.export_stored(vault, told.id, tmp_path / "brief.pdf")
    assert not (tmp_path / "brief.pdf").exists()


def test_a_choice_of_parts_is_offered_as_they_are_printed(vault: Vault) -> None:
    offered = ledger.choices(vault, a_client(vault).id)
    assert ("pesten", "Pesten") in offered["thema"]
    assert ("nafase", "Nafase") in offered["fase"]


def test_a_letter_over_the_days_of_a_report_is_not_that_report(vault: Vault, tmp_path: Path) -> None:
    """Otherwise the report would say what the letter said, and call it audited."""
    fill(vault, 30)
    entered(vault, Said(30, 30), Said(10, 20, "thema", ("pesten",)), period=YEAR)
    for audience in Audience:
        gathered = reports.gather(vault, client_id=a_client(vault).id, period=YEAR, audience=audience, today=TODAY)
        assert gathered.existing is None
        protected = reports.prepare(gathered).protected
        assert not any("al eerder uitgegeven" in note for note in protected.notes)
        assert all(s.exact for s in protected.statements if s.box.where), "a range in a letter is no row of a table"
    assert not export(vault, tmp_path / "jaar.pdf").again


def test_a_day_to_come_and_a_long_recipient_are_refused(vault: Vault) -> None:
    client = a_client(vault).id
    later = Period(date(2030, 1, 1), date(2035, 12, 31))
    for entry in (
        Entry(client, Kind.BRIEF, date(2030, 1, 1), "", HALF, (Said(8, 8),)),
        Entry(client, Kind.BRIEF, TODAY, "", later, (Said(8, 8),)),
        Entry(client, Kind.BRIEF, TODAY, "x" * 201, HALF, (Said(8, 8),)),
        Entry(client, Kind.BRIEF, TODAY, "De directie\nen de OR", HALF, (Said(8, 8),)),
    ):
        with pytest.raises(InvalidValueError, match="Er is niets bewaard"):
            ledger.enter(vault, entry, today=TODAY)
    assert ledger.everything_out(vault, client) == ()


def test_what_contradicts_what_came_since_does_not_count_again(vault: Vault) -> None:
    first = entered(vault, Said(8, 8))
    ledger.never_sent(vault, first.id, reason="Verkeerd getal.")
    entered(vault, Said(9, 9))
    with pytest.raises(InvalidValueError, match="kunnen de getallen ervan niet kloppen"):
        ledger.was_sent(vault, first.id)
    assert not reports.publications(vault, first.client)[0].out
