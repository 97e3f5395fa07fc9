"""The words in a case that is handed over: everything that somebody typed, each with where it stands."""

from collections.abc import Iterator
from dataclasses import dataclass

from vpdesk.domain.handover import HandedCase
from vpdesk.domain.markup import unsigned
from vpdesk.domain.wording import long_date


@dataclass(frozen=True, slots=True)
class NamePlace:
    """A name in a text that goes along: in which text, the name as it stands there, and a few words around it."""

    where: str
    before: str
    found: str
    after: str


def texts_of(handed: HandedCase) -> tuple[tuple[str, str], ...]:
    """Return where each text stands, and the text as it is read; none is empty. Persons and matters are no texts."""
    return tuple((where, text) for where, text in _each(handed) if text.strip())


def _each(handed: HandedCase) -> Iterator[tuple[str, str]]:
    for move in handed.case.moves:
        yield f"Naar {move.to.value} op {long_date(move.on)}", move.reason
    for talk in handed.talks:
        on = long_date(talk.on)
        yield f"Verslag van {on}", unsigned(talk.report) if talk.marked else talk.report
        yield f"Afspraken van {on}", talk.agreements
        yield f"Vervolgstap na {on}", talk.next_step
    for wish in handed.wishes:
        yield f"Wens van {long_date(wish.on)}", wish.words
    for step in handed.steps:
        where = f"Stap van {long_date(step.choice.on)}"
        yield from ((where, text) for text in (step.to, step.choice.words, step.result, step.reason))
        for consent in step.consents:
            asked = f"Toestemming van {long_date(consent.term.on)}"
            yield from ((asked, text) for text in (consent.content, consent.recipient, consent.words))
    yield from _aftermath(handed)
    for reminder in handed.reminders:
        where = f"Herinnering van {long_date(reminder.due)}"
        yield from ((where, text) for text in (reminder.title, reminder.detail))
    for hold in handed.holds:
        yield f"Bewaarstop van {long_date(hold.since)}", hold.reason


def _aftermath(handed: HandedCase) -> Iterator[tuple[str, str]]:
    for one in handed.meldingen:
        for message in one.messages:
            yield f"Bericht van {long_date(message.on)}", message.text
    for detriment in handed.detriments:
        yield f"Benadeling van {long_date(detriment.since)}", detriment.told
        for entry in detriment.entries:
            yield f"Benadeling, wat volgde op {long_date(entry.on)}", entry.text
    for end in handed.aftercare_ends:
        yield f"Einde van de nazorg op {long_date(end.on)}", end.reason
