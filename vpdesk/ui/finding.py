"""What the palette finds in the vault: cases, organisations, addresses, and how many conversations hold the words."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from vpdesk.domain.clients import Client
from vpdesk.domain.errors import VpdeskError
from vpdesk.domain.rows import CaseFilter, CaseRow
from vpdesk.domain.wording import counted
from vpdesk.ui.context import Context, PageName, Place
from vpdesk.ui.matching import match
from vpdesk.ui.palette import Entry, Found, Source

if TYPE_CHECKING:
    from vpdesk.operations.vaults import Vault

_MOST_CASES: Final = 6
_MOST_CLIENTS: Final = 4
_MOST_ADDRESSES: Final = 4
_MOST_HITS: Final = 100

_Findings = tuple[tuple[CaseRow, ...], tuple[Client, ...], tuple[int, int, int], tuple[str, ...]]


def source(context: Context) -> Source:
    """Return the search of the palette over the open vault."""

    def find(text: str, found: Found, failed: Callable[[VpdeskError], None]) -> None:
        context.worker.run(partial(_search, text=text), lambda all_: found(_entries(context, text, all_)), failed)

    return find


def _search(vault: "Vault", *, text: str) -> _Findings:
    from vpdesk.operations.cases import list_cases  # noqa: PLC0415 - the palette loads what it uses
    from vpdesk.operations.clients import clients  # noqa: PLC0415
    from vpdesk.operations.conversations import search  # noqa: PLC0415
    from vpdesk.operations.directory import directory  # noqa: PLC0415

    cases = list_cases(vault, CaseFilter(text=text), limit=_MOST_CASES, offset=0)
    scored = [(found[0], client.name, client) for client in clients(vault) if (found := match(text, client.name))]
    organisations = tuple(client for _, _, client in sorted(scored, key=lambda item: item[:2])[:_MOST_CLIENTS])
    hits = search(vault, text, limit=_MOST_HITS)
    talks, others = sum(hit.conversation is not None for hit in hits), sum(hit.written is not None for hit in hits)
    spread = sum(hit.spread for hit in hits)
    named = [
        (found[0], entry.name) for entry in directory(vault) if not entry.hidden and (found := match(text, entry.name))
    ]
    return cases, organisations, (talks, others, spread), tuple(name for _, name in sorted(named)[:_MOST_ADDRESSES])


def _entries(context: Context, text: str, findings: _Findings) -> Sequence[Entry]:
    cases, organisations, (talks, others, spread), addresses = findings

    def going(place: Place) -> Callable[[], None]:
        return partial(context.navigate, place)

    entries = [
        Entry(
            "Casussen",
            f"{row.code} · {row.pseudonym}",
            going(Place(PageName.CASUS, case=row.id)),
            icon="casussen",
            more=row.client_name,
            phase=row.phase.value,
        )
        for row in cases
    ]
    entries += [
        Entry("Organisaties", client.name, going(Place(PageName.ORGANISATIES, client=client.id)), icon="organisatie")
        for client in organisations
    ]
    if talks or others or spread:
        many = _said(talks, others) or counted(spread, "casus", "casussen")
        entries.append(
            Entry(
                "Gesprekken",
                f"{many} met ‘{text}’ in de notities",
                going(Place(PageName.GESPREKKEN, text=text)),
                icon="gesprek",
                more="tekst blijft verborgen",
            )
        )
    entries += [
        Entry("Sociale kaart", name, going(Place(PageName.SOCIALE_KAART, text=name)), icon="boek") for name in addresses
    ]
    return entries


def _said(talks: int, others: int) -> str:
    if talks + others >= _MOST_HITS:
        return f"{_MOST_HITS} gesprekken en andere teksten of meer" if others else f"{_MOST_HITS} gesprekken of meer"
    said = [counted(talks, "gesprek", "gesprekken")] if talks else []
    if others:
        said.append(counted(others, "andere tekst", "andere teksten") if talks else counted(others, "tekst", "teksten"))
    return " en ".join(said)
