"""Everything that left the house: what an audit counts with, what is added by hand, and what never went after all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final

from vpdesk.domain.errors import ContradictsError, InvalidValueError, VaultDamagedError
from vpdesk.domain.ids import ClientId, PublicationId
from vpdesk.domain.publications import Kind, Publication
from vpdesk.domain.seen import says_something
from vpdesk.domain.statements import Audience, Box, Of, Statement, dated
from vpdesk.domain.taxonomy import UNKNOWN
from vpdesk.domain.units import UNITS, whole_rows
from vpdesk.operations.cube import dimensions, unit_names
from vpdesk.operations.ledger_clash import KINDS, clash
from vpdesk.reporting import told
from vpdesk.reporting.quotations import with_quotations
from vpdesk.reporting.report_words import label
from vpdesk.store.ledger import BROKEN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vpdesk.domain.clients import Unit
    from vpdesk.domain.periods import Period
    from vpdesk.store.vault import Vault

DAY_BOUND: Final = frozenset({"fase", "afloop"})

NOTHING_SAID: Final = (
    "Er staat geen getal bij. Noem ten minste een getal dat naar buiten is gegaan; er is niets bewaard."
)
CONTRADICTS: Final = (
    "{why} Er is niets bewaard. Kijk de getallen na, of geef ze ruimer: bijvoorbeeld tussen 10 en 20. Is iets anders "
    "verkeerd ingevoerd, zet dat dan op ‘nooit verstuurd’. Is dit echt zo gezegd, dan kan het er toch bij."
)
MOST_CASES: Final = 100_000
OF_CASES: Final = frozenset({Of.CASES, Of.CASES_WITH_TALK})
MOST: Final = {
    Of.CASES: MOST_CASES,
    Of.CASES_WITH_TALK: MOST_CASES,
    Of.TALKS: 100 * MOST_CASES,
    Of.MINUTES: 6_000 * MOST_CASES,
}
"""What can be told by hand, and the most of it."""

LONGEST_RECIPIENT: Final = 200
TOO_MANY: Final = f"Meer dan {MOST_CASES} casussen kan niet kloppen. Er is niets bewaard. Kijk het getal na."
TOO_MUCH: Final = "Zoveel gesprekken of uren kan niet kloppen. Er is niets bewaard. Kijk het getal na."
UNKNOWN_PART: Final = "Dit onderwerp kent vpdesk niet. Er is niets bewaard. Kies een onderwerp uit de lijst."
SAME_TWICE: Final = (
    "Hier staat twee keer hetzelfde onderwerp. Er is niets bewaard. Kies als tweede een ander onderwerp, of tel de "
    "categorieën samen met ‘Samen met…’."
)
ONLY_OF_ALL: Final = (
    "Gesprekken en uren telt vpdesk alleen voor alle casussen samen. Er is niets bewaard. Geef voor een deel het "
    "aantal casussen op, als bereik als u het niet precies weet."
)
TOO_LONG: Final = f"Bij ‘Aan wie’ past een regel van hoogstens {LONGEST_RECIPIENT} tekens. Er is niets bewaard."
NOT_YET: Final = "Wat hier staat, is al naar buiten gegaan: kies een dag tot en met vandaag. Er is niets bewaard."
CONTRADICTS_AGAIN: Final = (
    "Als dit toch is verstuurd, kunnen de getallen ervan niet kloppen. {why} Er is niets veranderd."
)
NOT_ALL_DAYS: Final = (
    "‘{name}’ was er niet in de hele periode. Er is niets bewaard. Kies een periode die ophoudt voor het onderdeel "
    "veranderde, of noem alles waar het in opging erbij."
)
UNSENT: Final = "nooit verstuurd"
REASON_NEEDED: Final = (
    "Schrijf op waarom dit nooit is verstuurd. Zonder reden telt het mee in elk verslag; er is niets veranderd."
)


@dataclass(frozen=True, slots=True)
class Said:
    """One number that left the house: of all cases, or of the `codes` of a plain dimension; a range where unsure.

    With `across` it is about cases in the `across_codes` of a second dimension too. What is counted `of` people who
    came besides cases is of all of them: vpdesk relates talks and time to no part.
    """

    minimum: int
    maximum: int
    dimension: str = ""
    codes: tuple[str, ...] = ()
    across: str = ""
    across_codes: tuple[str, ...] = ()
    of: Of = Of.CASES


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that left the house in another form than a report of vpdesk."""

    client: ClientId
    kind: Kind
    on: date
    recipient: str
    period: Period
    said: tuple[Said, ...]
    audience: Audience = Audience.WERKGEVER


def everything_out(vault: Vault, client: ClientId) -> tuple[Publication, ...]:
    """Return what an audit must count with, the first first.

    What was never sent takes no part, save what a report that was sent quotes of it.

    Raises:
        VaultDamagedError: the ledger lost something, so nobody knows what is out.
    """
    vault.ledger.refuse_broken()
    out = with_quotations(vault.ledger.publications(client))
    if not all(told.hidden_kept(p) for p in out):
        raise VaultDamagedError(BROKEN)
    return out


def enter(vault: Vault, entry: Entry, *, today: date, anyway: bool = False) -> Publication:
    """Write down what left the house, so that every later report counts with it.

    With `anyway` numbers are kept that can't be true beside what is out, since they were said all the same; then no
    report goes out that hangs together with both.

    Raises:
        ContradictsError: a number that can't be true beside what is out; nothing was written.
        InvalidValueError: there is no number, a part that does not exist, or a day to come; nothing was written.
        VaultDamagedError: the ledger is broken.
    """
    if entry.kind is Kind.VERSLAG or not entry.said:
        raise InvalidValueError(NOTHING_SAID)
    if entry.on > today or entry.period.first > today:
        raise InvalidValueError(NOT_YET)
    publication = _written(vault, entry)
    if why := "" if anyway else _clash(vault, publication):
        raise ContradictsError(CONTRADICTS.format(why=why))
    with vault.transaction():
        return vault.ledger.add(publication)


def clash_of(vault: Vault, entry: Entry) -> str:
    """Return in words why the numbers of an entry can't be true beside what is out, empty when they can.

    Raises as `enter` does.
    """
    return _clash(vault, _written(vault, entry))


def _written(vault: Vault, entry: Entry) -> Publication:
    """Return an entry as it comes to stand in the ledger."""
    units = vault.clients.units(entry.client)
    codes = dimensions(units)
    return Publication(
        id=PublicationId(0),
        client=entry.client,
        period=entry.period,
        audience=entry.audience,
        exported=datetime.combine(entry.on, time()),
        threshold=vault.clients.get(entry.client).threshold,
        statements=tuple(statement_of(said, entry.period, codes) for said in in_whole_rows(entry, units)),
        pattern=(),
        sha256="",
        pdf=b"",
        title=KINDS[entry.kind],
        author="",
        kind=entry.kind,
        recipient=_recipient(entry.recipient),
    )


def never_sent(vault: Vault, number: PublicationId, *, reason: str) -> Publication:
    """Keep why something never left after all: from now on no audit counts with it.

    What a report that was sent quotes of it still counts, since that is out.

    Raises:
        InvalidValueError: there is no reason.
        NotFoundError, VaultDamagedError: it does not stand in the ledger, or that is broken.
    """
    if not says_something(reason):
        raise InvalidValueError(REASON_NEEDED)
    return _mark(vault, number, reason=reason.strip())


def was_sent(vault: Vault, number: PublicationId, *, anyway: bool = False) -> Publication:
    """Let something count again; `anyway` is what it is for `enter`.

    Raises:
        ContradictsError: its numbers, or those that it quotes, can't be true beside what is out.
        NotFoundError, VaultDamagedError: as `never_sent`.
    """
    found = vault.ledger.get(number)
    if not found.out and not anyway and (why := _clash_again(vault, found)):
        raise ContradictsError(CONTRADICTS_AGAIN.format(why=why))
    return _mark(vault, number, reason="")


def sent_to(vault: Vault, number: PublicationId, *, recipient: str) -> Publication:
    """Keep to whom something went; raises InvalidValueError for more than a line, else as `never_sent` does."""
    found = vault.ledger.get(number)
    with vault.transaction():
        return vault.ledger.mark(number, recipient=_recipient(recipient), never_sent=found.never_sent)


def in_words(publication: Publication, units: Sequence[Unit] = ()) -> tuple[str, ...]:
    """Return every number that a publication says, a line each; units by the names they have now.

    Those about people come first, then those of the work log, then what it quotes of other periods, with its days.
    """
    names = unit_names(units, publication.period)
    said = (*publication.statements, *publication.work, *publication.quotes)
    return tuple(told.in_words(statement, publication.period, names) for statement in said)


def quoting(publication: Publication, ledger: Sequence[Publication]) -> tuple[str, ...]:
    """Return the titles of the reports because of which a part of this one counts, or would, though it was never sent.

    `ledger` is all that went out for its organisation.
    """
    unsent = replace(publication, never_sent=publication.never_sent or UNSENT)
    known = with_quotations(tuple(unsent if p.id == publication.id else p for p in ledger))
    return tuple(dict.fromkeys(p.title for p in known if p.quotation and p.id == publication.id))


def choices(vault: Vault, client: ClientId) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return per plain dimension its codes and how they are printed."""
    units = vault.clients.units(client)
    known, names = dimensions(units), unit_names(units)
    return {name: tuple((code, label(name, code, names)) for code in codes) for name, codes in known.items()}


def _mark(vault: Vault, number: PublicationId, *, reason: str) -> Publication:
    found = vault.ledger.get(number)
    with vault.transaction():
        return vault.ledger.mark(number, recipient=found.recipient, never_sent=reason)


def _clash(vault: Vault, publication: Publication) -> str:
    return clash(
        publication,
        everything_out(vault, publication.client),
        part_of={client.id: client.part_of for client in vault.clients.all()},
        codes=dimensions(vault.clients.units(publication.client)),
    )


def _clash_again(vault: Vault, publication: Publication) -> str:
    """Return in words why something, or what it quotes, can't be true if it was sent after all; empty when it can."""
    known = everything_out(vault, publication.client)
    again = replace(publication, never_sent="")
    ledger = (again if p.id == again.id else p for p in vault.ledger.publications(publication.client))
    more = (p for p in with_quotations(tuple(ledger)) if p not in known)
    return next((why for p in more if (why := _clash(vault, p))), "")


def in_whole_rows(entry: Entry, units: Sequence[Unit]) -> tuple[Said, ...]:
    """Return what was said with units that can't be told from those that it names.

    Raises:
        InvalidValueError: it names a part of units that went together in the period, or one that was not there.
    """
    return tuple(
        replace(
            said,
            codes=_in_whole_rows(said.dimension, said.codes, entry.period, units),
            across_codes=_in_whole_rows(said.across, said.across_codes, entry.period, units),
        )
        for said in entry.said
    )


def _in_whole_rows(dimension: str, codes: tuple[str, ...], period: Period, units: Sequence[Unit]) -> tuple[str, ...]:
    if dimension != UNITS:
        return codes
    whole = whole_rows(units, codes, period)
    if whole is None:
        changed = next((u.name for u in units if u.code in codes and not u.stands_on(period.last)), UNKNOWN.shown)
        raise InvalidValueError(NOT_ALL_DAYS.format(name=changed))
    return tuple(c for c in (*codes, *sorted(whole - set(codes))))


def _recipient(words: str) -> str:
    words = words.strip()
    if len(words) > LONGEST_RECIPIENT or not words.isprintable():
        raise InvalidValueError(TOO_LONG)
    return words


def statement_of(said: Said, period: Period, known: Mapping[str, Sequence[str]]) -> Statement:
    """Return what was said as a statement; `known` are the codes of each plain dimension.

    Raises:
        InvalidValueError: a part that does not exist, or a number that can't be true.
    """
    parts = [(name, codes) for name, codes in ((said.dimension, said.codes), (said.across, said.across_codes)) if name]
    if (said.across and not said.dimension) or any(
        not codes or not set(codes) <= set(known.get(name, ())) for name, codes in parts
    ):
        raise InvalidValueError(UNKNOWN_PART)
    if said.across and said.across == said.dimension:
        raise InvalidValueError(SAME_TWICE)
    if said.of not in MOST or (parts and said.of is not Of.CASES):
        raise InvalidValueError(ONLY_OF_ALL)
    if max(said.minimum, said.maximum) > MOST[said.of]:
        raise InvalidValueError(TOO_MANY if said.of in OF_CASES else TOO_MUCH)
    box = Box.where_({dated(n, period.last) if n in DAY_BOUND else n: frozenset(codes) for n, codes in parts})
    return Statement(said.of, box, period, said.minimum, said.maximum)
