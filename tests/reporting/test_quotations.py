"""What one report quotes of another that was not sent counts, as far as it is quoted and for who reads it."""

from __future__ import annotations

from dataclasses import replace

from tests.reporting.disclosure.registry import CLIENT
from tests.reporting.test_trends import cases, publication, year
from vpdesk.domain.ids import ClientId, PublicationId
from vpdesk.domain.publications import HiddenLine, Kind, Publication
from vpdesk.domain.statements import Audience, Of, Statement
from vpdesk.reporting.disclosure.family import relatives
from vpdesk.reporting.quotations import with_quotations
from vpdesk.reporting.revision import last_editions

LAST, THIS = year(2024), year(2025)
TOTAL = cases(LAST, 24)
PESTEN = cases(LAST, 9, thema="pesten")
OTHERS = cases(LAST, 15, thema=("fraude", "intimidatie"))
HIDDEN = HiddenLine("thema", LAST, ("fraude", "intimidatie"))
UNSENT = "Bleef een concept."


def source(**changed: object) -> Publication:
    said = (TOTAL, PESTEN, OTHERS, cases(LAST, 8, rol="melder"), cases(year(2023), 9), talks())
    pattern = (HIDDEN, HiddenLine("rol", LAST, ("getuige", "naaste")))
    return replace(publication(LAST, *said, never_sent=UNSENT, pattern=pattern), **changed)  # type: ignore[arg-type]


def talks() -> Statement:
    return replace(TOTAL, of=Of.TALKS)


def quoting(*quotes: Statement, on: int = 2, **changed: object) -> Publication:
    return publication(THIS, cases(THIS, 30), on=on, quotes=quotes, title="Jaarverslag 2025", **changed)


def quotations(*ledger: Publication) -> list[Publication]:
    return [p for p in with_quotations(ledger) if p.quotation]


def test_what_was_sent_says_it_itself() -> None:
    sent = source(never_sent="")
    assert with_quotations((sent, quoting(TOTAL, PESTEN))) == (sent, quoting(TOTAL, PESTEN))


def test_a_total_counts_alone_and_themes_with_what_their_table_hides() -> None:
    (total,) = quotations(source(), quoting(TOTAL))
    assert (total.statements, total.pattern, total.by_hand) == ((TOTAL,), (), True)
    (table,) = quotations(source(), quoting(TOTAL, PESTEN))
    assert (table.statements, table.pattern, table.by_hand) == ((TOTAL, PESTEN, OTHERS), (HIDDEN,), False)
    assert (table.kind, table.title, table.out, table.quotes) == (Kind.ANDERS, "Jaarverslag 2025", True, ())


def test_it_stands_where_its_report_stood_and_keeps_its_threshold() -> None:
    other = publication(LAST, cases(LAST, 7, rol="getuige"), on=3)
    out = with_quotations((source(threshold=7), other, quoting(TOTAL)))
    assert [(p.period, p.quotation, p.threshold) for p in out] == [
        (LAST, True, 7),
        (LAST, False, 5),
        (THIS, False, 5),
    ]
    (employers,) = quotations(source(audience=Audience.OPENBAAR), quoting(TOTAL))
    assert (employers.audience, employers.threshold) == (Audience.WERKGEVER, 10)


def test_of_a_report_that_the_ledger_does_not_have_the_numbers_count_by_themselves() -> None:
    other = replace(source(), statements=(cases(LAST, 25), PESTEN))
    letter = source(kind=Kind.BRIEF)
    for ledger in ((), (other,), (letter,)):
        (lost,) = quotations(*ledger, quoting(TOTAL, PESTEN))
        assert (lost.statements, lost.pattern, lost.by_hand, lost.period) == ((TOTAL, PESTEN), (), True, LAST)
        assert with_quotations((*ledger, quoting(TOTAL, PESTEN)))[-1] == lost


def test_each_year_is_looked_for_apart() -> None:
    earlier = cases(year(2023), 12)
    before = publication(year(2023), earlier)
    (one,) = quotations(before, source(), quoting(earlier, TOTAL))
    assert one.period == LAST
    lost, kept = quotations(source(), quoting(earlier, TOTAL, on=3))[::-1]
    assert (lost.period, kept.period) == (year(2023), LAST)


def test_what_was_not_sent_quotes_nothing() -> None:
    assert with_quotations((source(), quoting(TOTAL, never_sent=UNSENT))) == ()


def test_the_public_did_not_read_what_the_employer_got() -> None:
    council = publication(LAST, TOTAL, audience=Audience.OR)
    in_the_open = quoting(TOTAL, audience=Audience.OPENBAAR)
    unsent = source(audience=Audience.OPENBAAR)
    assert not quotations(council, unsent, quoting(TOTAL))
    (one,) = quotations(council, unsent, in_the_open)
    assert one.audience is Audience.OPENBAAR
    assert not quotations(replace(council, audience=Audience.OPENBAAR), unsent, in_the_open)


def test_of_editions_that_were_not_sent_it_is_the_one_that_its_readers_would_have_had() -> None:
    employers = source(id=PublicationId(1))
    in_the_open = source(id=PublicationId(2), audience=Audience.OPENBAAR, statements=(TOTAL, PESTEN))
    last = source(id=PublicationId(3), audience=Audience.OR, exported=employers.exported.replace(year=2027))
    editions = (employers, in_the_open, last)
    for audience, number in ((Audience.WERKGEVER, 1), (Audience.OPENBAAR, 2), (Audience.OR, 3)):
        (one,) = quotations(*editions, quoting(TOTAL, PESTEN, on=4, audience=audience))
        assert (one.id, one.audience) == (number, audience)
    (lost,) = quotations(employers, last, quoting(TOTAL, PESTEN, on=4, audience=Audience.OPENBAAR))
    assert (lost.id, lost.statements, lost.by_hand) == (4, (TOTAL, PESTEN), True)


def test_what_several_reports_quote_counts_once_for_each_kind_of_reader() -> None:
    later = replace(quoting(TOTAL, on=3), period=year(2026))
    assert len(quotations(source(), quoting(TOTAL), later)) == 1
    in_the_open = replace(later, audience=Audience.OPENBAAR)
    open_source = source(audience=Audience.OPENBAAR)
    assert len(quotations(open_source, quoting(TOTAL), in_the_open)) == 2
    assert len(quotations(source(), quoting(TOTAL), replace(later, quotes=(TOTAL, PESTEN)))) == 2


def test_what_is_counted_anew_afterwards_does_not_take_its_place() -> None:
    anew = publication(LAST, TOTAL, on=3)
    assert len(quotations(source(), quoting(TOTAL), anew)) == 1


def test_it_counts_its_own_organisation_and_no_part_of_it() -> None:
    part_of = {CLIENT: None, ClientId(2): CLIENT}
    letter = publication(LAST, TOTAL, kind=Kind.BRIEF, pdf=b"")
    (one,) = quotations(source(), quoting(TOTAL))
    assert [r.clients for r in relatives((one, letter), part_of)] == [{CLIENT}, {CLIENT, ClientId(2)}]


def test_it_goes_with_its_edition() -> None:
    (first,) = quotations(source(), quoting(TOTAL))
    revised = publication(LAST, cases(LAST, 30), on=3, revision=1)
    assert last_editions((first, revised)) == [revised]
    (second,) = quotations(source(revision=1), quoting(TOTAL))
    assert last_editions((publication(LAST, cases(LAST, 18)), second)) == [second]
