"""Everything that left the house: what an audit counts with, what is added by hand, and what never went after all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final

from vpdesk.domain.errors import InvalidValueError, ReportRefusedError, VaultDamagedError
from vpdesk.domain.ids import ClientId, PublicationId
from vpdesk.domain.publications import Kind, Publication
from vpdesk.domain.statements import Audience, Box, Of, Statement, dated
from vpdesk.operations.cube import dimensions, unit_names
from vpdesk.reporting import told
from vpdesk.reporting.report_words import label
from vpdesk.reporting.revision import last_editions
from vpdesk.store.ledger import BROKEN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vpdesk.domain.cases import Unit
    from vpdesk.domain.periods import Period
    from vpdesk.store.vault import Vault

KINDS: Final = {
    Kind.VERSLAG: "Verslag",
    Kind.BRIEF: "Brief of e-mail",
    Kind.FACTUUR: "Factuur of urenoverzicht",
    Kind.SIGNAAL: "Signaal aan de leiding",
    Kind.PRESENTATIE: "Presentatie",
    Kind.GESPROKEN: "Mondeling genoemd",
    Kind.ANDERS: "Anders",
}
DAY_BOUND: Final = frozenset({"fase", "afloop"})

NOTHING_SAID: Final = (
    "Er staat geen getal bij. Noem ten minste een getal dat naar buiten is gegaan; er is niets bewaard."
)
CONTRADICTS: Final = (
    "Deze getallen kunnen niet kloppen naast wat al is uitgegeven. Er is niets bewaard. Kijk ze na, of geef ze ruimer: "
    "bijvoorbeeld tussen 10 en 20. Is een eerdere regel verkeerd ingevoerd, zet die dan op ‘nooit verstuurd’."
)
MOST_CASES: Final = 100_000
LONGEST_RECIPIENT: Final = 200
TOO_MANY: Final = f"Meer dan {MOST_CASES} casussen kan niet kloppen. Er is niets bewaard. Kijk het getal na."
TOO_LONG: Final = f"Bij ‘Aan wie’ past een regel van hoogstens {LONGEST_RECIPIENT} tekens. Er is niets bewaard."
NOT_YET: Final = "Wat hier staat, is al naar buiten gegaan: kies een dag tot en met vandaag. Er is niets bewaard."
CONTRADICTS_AGAIN: Final = (
    "Als dit toch is verstuurd, kunnen de getallen ervan niet kloppen naast wat er al staat. Er is niets veranderd. "
    "Kijk na welke regel verkeerd is, en zet die op ‘nooit verstuurd’."
)
REASON_NEEDED: Final = (
    "Schrijf op waarom dit nooit is verstuurd. Zonder reden telt het mee in elk verslag; er is niets veranderd."
)


@dataclass(frozen=True, slots=True)
class Said:
    """One number that left the house: of all cases, or of the `codes` of a plain dimension; a range where unsure."""

    minimum: int
    maximum: int
    dimension: str = ""
    codes: tuple[str, ...] = ()


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
    """Return what an audit must count with, the first first; what was never sent takes no part.

    Raises:
        VaultDamagedError: the ledger lost something, so nobody knows what is out.
    """
    vault.ledger.refuse_broken()
    out = tuple(p for p in vault.ledger.publications(client) if p.out)
    if not all(told.hidden_kept(p) for p in out):
        raise VaultDamagedError(BROKEN)
    return out


def enter(vault: Vault, entry: Entry, *, today: date) -> Publication:
    """Write down what left the house, so that every later report counts with it.

    Raises:
        InvalidValueError: there is no number, a part that does not exist, a day to come, or a number that can't be true
            beside what is out; nothing was written.
        VaultDamagedError: the ledger is broken.
    """
    if entry.kind is Kind.VERSLAG or not entry.said:
        raise InvalidValueError(NOTHING_SAID)
    if entry.on > today or entry.period.first > today:
        raise InvalidValueError(NOT_YET)
    codes = dimensions(vault.clients.units(entry.client))
    statements = tuple(_statement(said, entry.period, codes) for said in entry.said)
    if not _agree(vault, entry.client, statements, entry.period):
        raise InvalidValueError(CONTRADICTS)
    client = vault.clients.get(entry.client)
    with vault.transaction():
        return vault.ledger.add(
            Publication(
                id=PublicationId(0),
                client=entry.client,
                period=entry.period,
                audience=entry.audience,
                exported=datetime.combine(entry.on, time()),
                threshold=client.threshold,
                statements=statements,
                pattern=(),
                sha256="",
                pdf=b"",
                title=KINDS[entry.kind],
                author="",
                kind=entry.kind,
                recipient=_recipient(entry.recipient),
            )
        )


def never_sent(vault: Vault, number: PublicationId, *, reason: str) -> Publication:
    """Keep why something never left after all: from now on no audit counts with it.

    Raises:
        InvalidValueError: there is no reason.
        NotFoundError, VaultDamagedError: it does not stand in the ledger, or that is broken.
    """
    if not reason.strip():
        raise InvalidValueError(REASON_NEEDED)
    return _mark(vault, number, reason=reason.strip())


def was_sent(vault: Vault, number: PublicationId) -> Publication:
    """Let something count again.

    Raises:
        InvalidValueError: its numbers can't be true beside what is out.
        NotFoundError, VaultDamagedError: as `never_sent`.
    """
    found = vault.ledger.get(number)
    if not found.out and not _agree(vault, found.client, found.statements, found.period):
        raise InvalidValueError(CONTRADICTS_AGAIN)
    return _mark(vault, number, reason="")


def sent_to(vault: Vault, number: PublicationId, *, recipient: str) -> Publication:
    """Keep to whom something went; raises InvalidValueError for more than a line, else as `never_sent` does."""
    found = vault.ledger.get(number)
    with vault.transaction():
        return vault.ledger.mark(number, recipient=_recipient(recipient), never_sent=found.never_sent)


def in_words(publication: Publication, units: Sequence[Unit] = ()) -> tuple[str, ...]:
    """Return everything about people that a publication says, a line each; units by the names they have now."""
    names = unit_names(units)
    return tuple(told.in_words(statement, publication.period, names) for statement in publication.statements)


def choices(vault: Vault, client: ClientId) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return per plain dimension its codes and how they are printed."""
    units = vault.clients.units(client)
    known, names = dimensions(units), unit_names(units)
    return {name: tuple((code, label(name, code, names)) for code in codes) for name, codes in known.items()}


def _mark(vault: Vault, number: PublicationId, *, reason: str) -> Publication:
    found = vault.ledger.get(number)
    with vault.transaction():
        return vault.ledger.mark(number, recipient=found.recipient, never_sent=reason)


def _agree(vault: Vault, client: ClientId, statements: tuple[Statement, ...], period: Period) -> bool:
    codes = dimensions(vault.clients.units(client))
    try:
        return told.agree(statements, last_editions(everything_out(vault, client)), period, codes)
    except ReportRefusedError as error:
        raise InvalidValueError(error.sentence) from error


def _recipient(words: str) -> str:
    words = words.strip()
    if len(words) > LONGEST_RECIPIENT or not words.isprintable():
        raise InvalidValueError(TOO_LONG)
    return words


def _statement(said: Said, period: Period, known: Mapping[str, Sequence[str]]) -> Statement:
    if said.dimension and (not said.codes or not set(said.codes) <= set(known.get(said.dimension, ()))):
        raise InvalidValueError("Dit onderwerp kent vpdesk niet. Er is niets bewaard. Kies een onderwerp uit de lijst.")
    if max(said.minimum, said.maximum) > MOST_CASES:
        raise InvalidValueError(TOO_MANY)
    name = dated(said.dimension, period.last) if said.dimension in DAY_BOUND else said.dimension
    box = Box.where_({name: frozenset(said.codes)}) if said.dimension else Box()
    return Statement(Of.CASES, box, period, said.minimum, said.maximum)
