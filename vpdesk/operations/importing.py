"""Takes registrations from a sheet into the vault, all of them or none."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vpdesk.domain import phases
from vpdesk.domain.cases import Case, Conversation, DatedCode
from vpdesk.domain.clients import Client
from vpdesk.domain.errors import AlreadyImportedError, ImportRefusedError
from vpdesk.domain.ids import CaseId, ClientId
from vpdesk.domain.phases import Phase
from vpdesk.domain.pseudonyms import free_pseudonyms
from vpdesk.domain.taxonomy import UNKNOWN
from vpdesk.domain.wording import counted
from vpdesk.exchange import mapping as mappings
from vpdesk.exchange.columns import CODE_LISTS, COLUMNS, known_code, known_column
from vpdesk.exchange.mapping import Mapping, load_mapping, propose_mapping
from vpdesk.exchange.registrations import (
    SHOWN_REJECTIONS,
    ImportPlan,
    Registration,
    Rejection,
    Undecided,
    check_sheet,
    describe_plan,
    refuse_unready,
)
from vpdesk.exchange.spreadsheets import Sheet, read_sheet
from vpdesk.operations.conversations import NEW
from vpdesk.operations.import_doubts import Doubt, doubts, units_by_word
from vpdesk.operations.output import refuse_vault
from vpdesk.store.cases import LIKENESS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vpdesk.domain.ids import UnitId
    from vpdesk.store.vault import Vault

__all__ = [
    "CODE_LISTS",
    "COLUMNS",
    "Doubt",
    "ImportPlan",
    "ImportResult",
    "Mapping",
    "Registration",
    "Rejection",
    "Sheet",
    "Undecided",
    "check_sheet",
    "describe_plan",
    "doubts",
    "import_sheet",
    "known_code",
    "known_column",
    "load_mapping",
    "propose_mapping",
    "read_sheet",
    "refuse_unready",
    "write_mapping",
]


@dataclass(frozen=True, slots=True)
class ImportResult:
    """How many registrations came in; `rejected` is empty, since a rejected row stops the whole import."""

    imported: int
    rejected: tuple[Rejection, ...] = ()


def write_mapping(mapping: Mapping, path: Path) -> None:
    """Write a proposal in a new file, never in the folder of a vault; raises OutputError."""
    refuse_vault(path, "geschreven")
    mappings.write_mapping(mapping, path)


def import_sheet(vault: Vault, *, client_name: str, plan: ImportPlan, again: bool = False) -> ImportResult:
    """Write every registration of a plan, or nothing; a client and units that are missing are made.

    Phase and outcome hold from the opening day, talks and minutes stay sums. A note becomes the verslag of one
    conversation on the opening day, which is one of the talks that the sheet counts. With `again` the user knows that
    rows look like cases that are there.

    Raises:
        ImportRefusedError: something is undecided, a row is rejected, there are no rows, or this is the practice vault.
        AlreadyImportedError: rows look like cases of this client, and `again` was not asked for.
    """
    if vault.practice:
        raise ImportRefusedError(
            "Dit is de oefenkluis: daar horen geen echte registraties in. Er is niets veranderd. Open uw eigen kluis."
        )
    refuse_unready(plan)
    if not plan.rows:
        raise ImportRefusedError("Dit bestand heeft geen enkele registratie. Er is niets veranderd.")
    with vault.transaction():
        client = vault.clients.by_name(client_name) or vault.clients.add(
            Client(id=ClientId(0), name=client_name.strip())
        )
        if not again:
            _refuse_known(vault, plan, client.id)
        units = {word: unit.id for word, unit in units_by_word(vault.clients.units(client.id)).items()}
        pseudonyms = _drawn(vault.cases.pseudonyms_in_use())
        for row in plan.rows:
            key = row.unit.casefold()
            if key and key not in units:
                units[key] = vault.clients.add_unit(client.id, row.unit).id
            _write(vault, _case(row, client.id, units.get(key), next(pseudonyms)), row.note)
    return ImportResult(len(plan.rows))


def _refuse_known(vault: Vault, plan: ImportPlan, client: ClientId) -> None:
    """Refuse rows of which the client already has the like: opened on that day, with those codes.

    Phase, outcome and closing day do not count, since they move on in the vault while the sheet stands still.
    """
    there = vault.cases.likenesses(client)
    known = []
    for row in plan.rows:
        likeness = (row.opened, *(row.codes.get(name, UNKNOWN.code) for name in LIKENESS))
        if there[likeness]:
            there[likeness] -= 1
            known.append(row.line)
    if known:
        which = ", ".join(str(line) for line in known[:SHOWN_REJECTIONS])
        more = f" en nog {len(known) - SHOWN_REJECTIONS}" if len(known) > SHOWN_REJECTIONS else ""
        rows = counted(len(plan.rows), "regel", "regels")
        rows = f"{len(known)} van de {rows}" if len(known) < len(plan.rows) else f"Alle {rows}"
        rows = "De enige regel" if len(plan.rows) == 1 else rows
        stand = "lijkt" if len(known) == 1 else "lijken"
        raise AlreadyImportedError(
            f"{rows} {stand} al bij deze organisatie te staan: er is een "
            f"casus met dezelfde datum en dezelfde codes (regel {which}{more}). Er is niets veranderd. "
            "Haal deze regels uit het bestand, anders tellen zij dubbel in het verslag."
        )


def _drawn(in_use: frozenset[str]) -> Iterator[str]:
    """Give pseudonyms at random, none of which is in use."""
    taken = in_use
    while True:
        free = list(free_pseudonyms(taken))
        secrets.SystemRandom().shuffle(free)
        taken = taken.union(free)
        yield from free


def _case(row: Registration, client: ClientId, unit: UnitId | None, pseudonym: str) -> Case:
    moves = phases.begin(row.opened)
    if row.phase in {Phase.MELDINGSFASE, Phase.NAFASE}:
        moves = phases.moved(moves, Phase.MELDINGSFASE, row.opened)
    if row.phase is Phase.NAFASE:
        moves = phases.moved(moves, Phase.NAFASE, row.opened)
    if row.closed is not None:
        moves = phases.moved(moves, Phase.AFGESLOTEN, row.closed)
    return Case(
        id=CaseId(0),
        client=client,
        code="",
        pseudonym=pseudonym,
        opened=row.opened,
        moves=moves,
        unit=unit,
        outcomes=(DatedCode(row.outcome, row.opened),) if row.outcome else (),
        imported_talks=max(0, row.talks - 1) if row.note else row.talks,
        imported_minutes=row.minutes,
        phase_unknown=row.phase is None,
        rol=row.codes.get("rol", UNKNOWN.code),
        werkgebied=row.codes.get("werkgebied", UNKNOWN.code),
        thema=row.codes.get("thema", UNKNOWN.code),
        relatie=row.codes.get("relatie", UNKNOWN.code),
        gevonden_via=row.codes.get("gevonden_via", UNKNOWN.code),
        verbonden=row.codes.get("verbonden", UNKNOWN.code),
    )


def _write(vault: Vault, case: Case, note: str) -> None:
    added = vault.cases.add(case)
    if note:
        vault.conversations.add(
            Conversation(id=NEW, on=added.opened, channel="onbekend", client=added.client, case=added.id, report=note)
        )
