"""What a text in a report may not name, why something may stand there all the same, and marks before an audit."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from vpdesk.domain import taxonomy
from vpdesk.domain.ids import ClientId
from vpdesk.domain.names import (
    Spoken,
    matter_words,
    organisation_words,
    spoken,
    spoken_contact,
    spoken_function,
    spoken_matter,
    spoken_organisation,
)
from vpdesk.domain.periods import Period
from vpdesk.domain.seen import says_something
from vpdesk.domain.statements import Audience
from vpdesk.reporting.text_marks import Mark, Marker, unresolved
from vpdesk.store.stored import understood
from vpdesk.store.units import UnitEventStore
from vpdesk.store.vault import Vault

_ACCEPTED: Final = "#akkoord"
THEME_WORDS: Final = frozenset(word for term in taxonomy.THEMA.terms for word in matter_words(term.shown))
"""The words of the themes: a matter that is called by them alone is told by none."""


@dataclass(frozen=True, slots=True)
class KnownNames:
    """`names` are those of units, now and before, and pseudonyms; `called` what people and matters are called."""

    names: tuple[str, ...]
    called: Spoken


@dataclass(frozen=True, slots=True)
class Watched:
    """What marks a text of a report without its numbers, read from the vault in one go."""

    known: KnownNames
    accepted: Mapping[str, Mapping[str, str]]
    marker: Marker = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "marker", Marker(self.known.names, self.known.called))

    def open_marks(self, chapter: str, text: str) -> tuple[Mark, ...]:
        """Return the open marks that need no numbers: names, functions, moments, counting words, comparisons."""
        return unresolved(self.marker.marks({chapter: text}), self.accepted)


def known_names(vault: Vault, client_id: ClientId) -> KnownNames:
    """Return what may not stand in a report of an organisation.

    People and matters of any organisation count, the names of all other organisations and of their units, and its own
    units; a matter that is called like a theme is not told by that word.
    """
    organisations = vault.clients.all()
    units = _unit_names(vault, client_id)
    own_names = {*units, *(client.name for client in organisations if client.id == client_id)}
    own = frozenset(word for name in own_names for word in organisation_words(name))
    elsewhere = {
        name
        for client in organisations
        if client.id != client_id
        for name in {client.name, *_unit_names(vault, client.id)}
    }
    said = [
        *map(spoken, vault.people.names_in_use()),
        *map(spoken_function, vault.people.functions_in_use()),
        *(spoken_contact(line) for client in organisations for line in (client.contact, client.agreed.manager)),
        *(spoken_matter(m.name) for m in vault.matters.of_client(None) if not matter_words(m.name) <= THEME_WORDS),
        *(spoken_organisation(name, own) for name in elsewhere),
    ]
    return KnownNames(tuple(sorted(units | vault.cases.pseudonyms_in_use())), Spoken.all_of(said))


def _unit_names(vault: Vault, client_id: ClientId) -> set[str]:
    """Return what the units of an organisation are called, and were called before."""
    units = {unit.name for unit in vault.clients.units(client_id)}
    for event in UnitEventStore(vault.connection).of_client(client_id):
        units |= {event.was, event.became} - {""}
    return units


def accepted_as(chapter: str, audience: Audience) -> str:
    """Return by what the reasons for a chapter are kept: apart for each edition, as other people read it.

    The name without an edition is that of before they were kept apart; those reasons hold for the employer's only.
    """
    return f"{chapter}{_ACCEPTED}" if audience is Audience.WERKGEVER else f"{chapter}{_ACCEPTED}:{audience.value}"


def accepted_in(written: Mapping[str, str], audience: Audience) -> dict[str, dict[str, str]]:
    """Return by chapter the reasons for what may stand in an edition, from all that is kept with a report."""
    ending = accepted_as("", audience)
    return {key.removesuffix(ending): json.loads(text) for key, text in written.items() if key.endswith(ending)}


@understood()
def watched(vault: Vault, *, client_id: ClientId, period: Period, audience: Audience) -> Watched:
    """Return what marks the texts of a report while its numbers are not there; quick."""
    return Watched(known_names(vault, client_id), accepted_in(vault.findings.get(client_id, period), audience))


def accept_mark(
    vault: Vault, *, client_id: ClientId, period: Period, audience: Audience, mark: Mark, reason: str
) -> None:
    """Keep the reason why a marked piece of text may stay in one edition; an empty reason takes it back."""
    chapter = accepted_as(mark.chapter, audience)
    with vault.transaction():
        with understood():
            kept: dict[str, str] = dict(json.loads(vault.findings.get(client_id, period).get(chapter, "{}")))
        kept = {**kept, mark.key: reason.strip()}
        text = json.dumps({key: why for key, why in kept.items() if says_something(why)}, ensure_ascii=False)
        vault.findings.put(client_id, period, chapter, "" if text == "{}" else text)
