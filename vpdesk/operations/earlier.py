"""What stood there before something was changed in a case on which a hold lies: kept in words, until the hold goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vpdesk.domain import taxonomy
from vpdesk.domain.markup import words_of
from vpdesk.domain.people import PART_LABELS, VOICEMAIL_LABELS, Voicemail
from vpdesk.domain.retention import Earlier
from vpdesk.domain.wording import counted, long_date
from vpdesk.operations.melding_words import how

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from vpdesk.domain.cases import Conversation
    from vpdesk.domain.detriments import Detriment
    from vpdesk.domain.guided import GuidedRecord
    from vpdesk.domain.ids import CaseId, GuidedId
    from vpdesk.domain.meldingen import Melding
    from vpdesk.domain.people import Matter, Person
    from vpdesk.domain.steps import Step
    from vpdesk.store.vault import Vault


def keep_talk(vault: Vault, before: Conversation, after: Conversation, today: date) -> None:
    """Keep the texts and facts of a conversation that another takes the place of. Within a transaction."""
    name = f"het gesprek van {long_date(before.on)}"
    talk = f"{taxonomy.KANAAL.label(before.channel)}, {counted(before.minutes, 'minuut', 'minuten')}"
    same = (before.on, before.channel, before.minutes) == (after.on, after.channel, after.minutes)
    for what, was, becomes in (
        (f"Verslag van {name}", _words(before, before.report), _words(after, after.report)),
        (f"Werkaantekening van {name}", _words(before, before.working_note), _words(after, after.working_note)),
        (f"Afspraken in {name}", before.agreements, after.agreements),
        (f"Volgende stap in {name}", before.next_step, after.next_step),
        (f"Dag, kanaal en duur van {name}", talk, talk if same else ""),
    ):
        if not becomes.startswith(was):  # what was only added to, is still there
            _keep(vault, what, was, today, before.case)


def keep_person(vault: Vault, before: Person, after: Person, today: date) -> None:
    """Keep who somebody was said to be. Within a transaction."""
    if before != after:
        lines = (
            ("Naam", before.name),
            ("Andere namen", ", ".join(before.aliases)),
            ("Functie", before.function),
            ("Bereikbaar", before.reach),
            ("Wanneer", before.hours),
            ("Voicemail", "" if before.voicemail is Voicemail.ONBEKEND else VOICEMAIL_LABELS[before.voicemail]),
        )
        _keep(vault, f"Persoon: {PART_LABELS[before.part].lower()}", _lines(lines), today, before.case, names=True)


def keep_detriment(vault: Vault, before: Detriment, after: Detriment, today: date) -> None:
    """Keep what was told of detriment; what followed stays in its own place. Within a transaction."""
    if before != after:
        lines = (
            ("Vorm", before.label),
            ("Sinds", long_date(before.since)),
            ("Tegen", before.against.value),
            ("Wat gebeurde er", before.told),
        )
        _keep(vault, "Benadeling", _lines(lines), today, before.case)


def keep_melding(vault: Vault, before: Melding, after: Melding, today: date) -> None:
    """Keep what was known of a melding. Within a transaction."""
    if before != after:
        days = (
            ("Gedaan op", before.lodged),
            ("Ontvangst bevestigd op", before.confirmed),
            ("Teruggekoppeld op", before.feedback),
            ("Ingetrokken op", before.withdrawn),
        )
        lines = (
            ("Soort", before.label),
            ("Hoe", how(before)),
            ("Kenmerk", before.reference),
            *((name, "" if day is None else long_date(day)) for name, day in days),
        )
        _keep(vault, "Melding", _lines(lines), today, before.case)


def keep_result(vault: Vault, before: Step, result: str, today: date) -> None:
    """Keep what was written of what came of a step. Within a transaction."""
    if not result.startswith(before.result):
        _keep(vault, "Wat van een stap kwam", before.result, today, before.case)


def keep_matter(vault: Vault, before: Matter, after: Matter, today: date) -> None:
    """Keep what a matter was called, at each of its cases on which a hold lies. Within a transaction."""
    if before.name != after.name:
        for case, _ in vault.matters.cases_in([before.id]):
            _keep(vault, "Naam van de kwestie", before.name, today, case.case, names=True)


def keep_answers(vault: Vault, before: GuidedRecord, after: GuidedRecord, today: date) -> None:
    """Keep the answers of an earlier day that others take the place of. Within a transaction.

    A record is written as one types, so what was typed on the same day is no version of its own.
    """
    alone = before.id if before.case is None else None
    given = dict(after.answers)
    for key, answer in before.answers:
        if answer.on < today and (key not in given or not given[key].text.startswith(answer.text)):
            _keep(vault, f"Antwoord op ‘{answer.asked}’", answer.text, today, before.case, alone)


def _keep(
    vault: Vault,
    what: str,
    text: str,
    today: date,
    case: CaseId | None,
    guided: GuidedId | None = None,
    *,
    names: bool = False,
) -> None:
    if text.strip() and vault.retention.is_held(case, guided):
        vault.earlier.add(Earlier(today, what, text, names), case, guided)


def _words(talk: Conversation, text: str) -> str:
    return words_of(text, marked=talk.marked)


def _lines(facts: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f"{name}: {value}" for name, value in facts if value)
