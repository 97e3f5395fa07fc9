"""What a user asks for about handing over: which cases can go, the file for a colleague, and the list of what went."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from vpdesk.domain.errors import InvalidValueError, OutputError
from vpdesk.domain.handover import (
    ID_LETTERS,
    OVERGEDRAGEN,
    HandedCase,
    HandedHold,
    HandedItem,
    HandedMelding,
    HandedOverCase,
    Handover,
    Package,
    numbered,
    without_numbers,
)
from vpdesk.domain.names import Spoken
from vpdesk.domain.phases import Phase
from vpdesk.domain.rows import CaseFilter, TimelineEntry, TimelineKind
from vpdesk.exchange.handover_content import encoded
from vpdesk.operations import handover_begun
from vpdesk.operations.cases import Lapse, close_within
from vpdesk.operations.handover_consent import last_asked, settled, standing
from vpdesk.operations.handover_names import known_in, names_in_texts, reach_in
from vpdesk.operations.output import refuse_vault
from vpdesk.operations.setup import generate_passphrase
from vpdesk.store import handover_file
from vpdesk.store.keys import STANDARD

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from vpdesk.domain.consent import Consent
    from vpdesk.domain.handover import Given
    from vpdesk.domain.handover_texts import NamePlace
    from vpdesk.domain.ids import CaseId, ClientId
    from vpdesk.domain.rows import CaseRow
    from vpdesk.domain.steps import Step
    from vpdesk.store.keys import KdfParameters
    from vpdesk.store.vault import Vault

    Progress = Callable[[int, int], None]  # parts done, parts in all; an exception from it cancels

SUFFIX: Final = handover_file.SUFFIX
_PARTS: Final = 3
NOT_RUNNING: Final = "Alleen een lopende casus kunt u overdragen. Er is niets overgedragen. Heropen de casus eerst."
NOT_ONE: Final = (
    "Casussen van twee organisaties gaan niet in één bestand. Er is niets overgedragen. Maak per organisatie een "
    "bestand."
)
NOBODY: Final = Spoken()
NO_CASE: Final = "Kies minstens één casus. Er is niets overgedragen."
NO_RECIPIENT: Final = "Schrijf op aan wie u overdraagt. Er is nog niets overgedragen."
NOT_AGAIN: Final = "Er is nu niets overgedragen. Zeg er eerst bij dat u hem nog eens overdraagt."
NAMES_UNSEEN: Final = (
    "In de teksten van een casus zonder namen staat iets herkenbaars dat u nog niet hebt gezien. Er is niets "
    "overgedragen. "
    "Kijk de plaatsen eerst na."
)
TAKEN: Final = "Er staat al een bestand met die naam. Er is niets overgedragen. Kies een andere naam."


@dataclass(frozen=True, slots=True)
class Candidate:
    """A running case that could go; `consented` is the day of the yes that stands, None where nobody asked.

    `consented_to` is for whom that yes is, in the user's words, or to whom it would go where there is none. `persons`
    and `attachments` are numbers: nothing of them is read. `given` is when it was handed over before.
    """

    row: CaseRow
    consented: date | None
    persons: int
    attachments: int
    given: tuple[Given, ...] = ()
    consented_to: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A case that goes, with names or not; `consent` is a yes that is given now, `reason` why it goes without one.

    `same` is that the yes which stands is for this colleague, though it calls her otherwise.
    `seen` are the places in its texts that the user knows of, where it goes without names; `again` that the user knows
    that it was handed over before.
    """

    case: CaseId
    named: bool = False
    consent: Consent | None = None
    reason: str = ""
    seen: tuple[NamePlace, ...] = ()
    again: bool = False
    same: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """A case that goes without names, with where its texts still name somebody."""

    case: CaseId
    places: tuple[NamePlace, ...]


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What was done: the file, and how many cases are in it."""

    path: Path
    count: int


def new_phrase() -> str:
    """Return the words that open one file of a handover; they are kept nowhere."""
    return generate_passphrase()


def file_name() -> str:
    """Return a name for a file that tells nothing of what is in it."""
    return f"vpdesk-{secrets.token_hex(4)}{SUFFIX}"


def candidates(vault: Vault, client_id: ClientId, *, today: date) -> tuple[Candidate, ...]:
    """Return the running cases of an organisation, each with the consent that stands for handing it over."""
    rows = vault.cases.rows(CaseFilter(client=client_id, open_only=True), limit=-1, offset=0)
    return tuple(_candidate(vault, row, today) for row in rows)


def _candidate(vault: Vault, row: CaseRow, today: date) -> Candidate:
    last = last_asked(vault, row.id)
    consent = standing(vault, row.id, today)
    whom = "" if last is None else last.to
    return Candidate(
        row,
        None if consent is None else consent.term.on,
        vault.people.count(row.id),
        len(vault.attachments.of_case(row.id)),
        vault.handovers.given(row.id),
        whom if consent is None else consent.recipient.strip(),
    )


def settle(vault: Vault) -> str:
    """Take away a file that was being made when the program stopped; return what to say about it, or nothing."""
    return handover_begun.settle(vault)


def names_going(vault: Vault, chosen: tuple[Chosen, ...], *, to: str, today: date) -> tuple[Named, ...]:
    """Return the chosen cases that go without names, each with where its texts tell of whom; nothing is kept.

    Raises:
        InvalidValueError: a case goes without consent for this colleague and without a reason.
    """
    unnamed = [one for one in chosen if not one.named]
    known = known_in(vault, vault.cases.get(unnamed[0].case).client) if unnamed else NOBODY
    gathered = [_gathered(vault, one, settled(vault, one, to.strip(), today)) for one in unnamed]
    return tuple(
        Named(one.case, names_in_texts(handed, known, reach_in(vault, one.case)))
        for one, handed in zip(unnamed, gathered, strict=True)
    )


def handed_over(vault: Vault) -> tuple[Handover, ...]:
    """Return what was handed over, the latest first."""
    return vault.handovers.all()


def handover_entries(vault: Vault, case_id: CaseId) -> tuple[TimelineEntry, ...]:
    """Return the line of a case that was taken over for its timeline."""
    on = vault.handovers.taken_on(case_id)
    if on is None:
        return ()
    told = "Telt in het verslag van uw collega, niet in dat van u"
    return (TimelineEntry(on, TimelineKind.VERWIJZING, "Overgenomen van een collega", told),)


def hand_over(
    vault: Vault,
    chosen: tuple[Chosen, ...],
    *,
    to: str,
    phrase: str,
    path: Path,
    today: date,
    close: bool = True,
    kdf: KdfParameters = STANDARD,
    progress: Progress | None = None,
) -> HandedOver:
    """Write the chosen cases in one sealed file, and keep that they went; where asked they are closed at once.

    The file stands when the vault knows of it, or not at all; where the program is killed in between, `settle` takes it
    away.

    Raises:
        InvalidValueError: nothing was chosen, a case is closed or of another organisation, goes without consent for
            this colleague and without a reason, went before without the user knowing, or names somebody in a text that
            was not seen.
        HandoverError: the file would be too large, or there is no memory to seal it.
        OutputError: the file can't be written there.
        CancelledError: from `progress`.
    """
    told = progress or _silent
    told(0, _PARTS)
    if not to.strip():
        raise InvalidValueError(NO_RECIPIENT)
    steps = {one.case: settled(vault, one, to.strip(), today) for one in chosen}
    package, rows = _package(vault, chosen, steps, today)
    content = encoded(package)
    refuse_vault(path, "overgedragen")
    if path.exists():
        raise OutputError(TAKEN)
    told(1, _PARTS)
    whole = handover_file.sealed(content, phrase, kdf=kdf)
    told(2, _PARTS)
    handover_begun.begin(vault, path, whole)
    try:
        with vault.transaction():
            for step in steps.values():
                if step.id:
                    vault.steps.put(step)
                else:
                    vault.steps.add(step)
            vault.handovers.add(Handover(today, to.strip(), package.id, len(chosen), rows))
            if close:
                for one in chosen:
                    close_within(
                        vault,
                        case_id=one.case,
                        outcome=OVERGEDRAGEN,
                        reason=OVERGEDRAGEN,
                        on=today,
                        lapse=Lapse.STEPS | Lapse.TERMS,
                    )
            handover_begun.end(vault)
            handover_file.put(path, whole)
    except BaseException:
        handover_begun.failed(vault, path, whole)  # the vault knows of none
        raise
    vault.attachments.sweep()
    return HandedOver(path, len(chosen))


def _silent(_done: int, _of: int) -> None:
    """Report to nobody."""


def _package(
    vault: Vault, chosen: tuple[Chosen, ...], steps: dict[CaseId, Step], today: date
) -> tuple[Package, tuple[HandedOverCase, ...]]:
    cases = [vault.cases.get(one.case) for one in chosen]
    if not cases or len({case.id for case in cases}) < len(cases):
        raise InvalidValueError(NO_CASE)
    if any(case.phase is Phase.AFGESLOTEN for case in cases):
        raise InvalidValueError(NOT_RUNNING)
    if len({case.client for case in cases}) > 1:
        raise InvalidValueError(NOT_ONE)
    for one in chosen:
        given = vault.handovers.given(one.case)
        if given and not one.again:
            raise InvalidValueError(f"Deze casus is al {given[0].said}. {NOT_AGAIN}")
    known = NOBODY if all(one.named for one in chosen) else known_in(vault, cases[0].client)
    gathered = [_looked_through(vault, one, _gathered(vault, one, steps[one.case]), known) for one in chosen]
    package = Package(
        id=secrets.token_hex(ID_LETTERS // 2),
        made=today,
        organisation=vault.clients.get(cases[0].client).name,
        practice=vault.practice,
        cases=tuple(map(without_numbers, gathered)),
    )
    rows = tuple(
        HandedOverCase(
            case.id,
            case.code,
            case.pseudonym,
            handed.named,
            _yes(steps[case.id]),
            None if handed.named else handed.names_in_texts,
        )
        for case, handed in zip(cases, gathered, strict=True)
    )
    return package, rows


def _looked_through(vault: Vault, one: Chosen, handed: HandedCase, known: Spoken) -> HandedCase:
    """Return a case with how often its texts name somebody where names stay behind; refuse what was not seen."""
    if handed.named:
        return handed
    places = names_in_texts(handed, known, reach_in(vault, one.case))
    if not set(places) <= set(one.seen):
        raise InvalidValueError(NAMES_UNSEEN)
    return replace(handed, names_in_texts=len(places))


def _yes(step: Step) -> date | None:
    return None if step.reason or step.consent is None else step.consent.term.on


def _gathered(vault: Vault, one: Chosen, settled: Step) -> HandedCase:
    """Return a case with everything that goes along, still under the numbers of this vault."""
    case = vault.cases.get(one.case)
    steps = tuple(vault.steps.get(row.id) for row in vault.steps.rows(case.id) if row.id != settled.id)
    found = (vault.conversations.get(row.id) for row in vault.conversations.rows(case=case.id, limit=-1))
    talks, reminders = numbered(
        tuple(sorted(found, key=lambda talk: (talk.on, talk.id))), vault.reminders.of_case(case.id)
    )
    units = {unit.id: unit.name for unit in vault.clients.units(case.client)}
    return HandedCase(
        case=replace(case, code="", pseudonym=""),
        named=one.named,
        unit="" if case.unit is None else units[case.unit],
        talks=talks,
        checked=tuple(
            HandedItem(phase, item, *touched)
            for phase in Phase
            for item, touched in sorted(vault.cases.checked(case.id, phase).items())
        ),
        wishes=vault.wishes.of_case(case.id),
        steps=(*steps, settled),
        meldingen=tuple(
            HandedMelding(melding, vault.relay.of_melding(melding.id)) for melding in vault.meldingen.of_case(case.id)
        ),
        detriments=vault.detriments.of_case(case.id),
        aftercare_ends=vault.aftercare.of_case(case.id),
        reminders=reminders,
        holds=tuple(
            HandedHold(hold.kind, hold.since, hold.reason)
            for hold in vault.retention.holds(case.id)
            if hold.lifted is None
        ),
        persons=vault.people.of_case(case.id) if one.named else (),
        matters=tuple(matter.name for matter in vault.matters.of_case(case.id)) if one.named else (),
        attachments=len(vault.attachments.of_case(case.id)),
    )
