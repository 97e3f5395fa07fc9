"""The letter with a report: for each edition its own words, and never a number or a hint that somebody came."""

from collections.abc import Sequence
from typing import Final

from vpdesk.domain.publications import Kind, Publication
from vpdesk.domain.statements import Audience
from vpdesk.domain.wording import long_date

_TALK: Final = (
    "Dit verslag bespreek ik graag met u. Vraag mij daarbij niet wie het waren of waar het speelde: dat vertel ik ook "
    "dan niet."
)
_TALK_WITHOUT_NUMBERS: Final = (
    "Dit verslag bespreek ik graag met u. Vraag mij daarbij niet of er iemand kwam of waarover: dat vertel ik ook dan "
    "niet."
)
_SAME: Final = "Het verslag is ook aan de werkgever gegeven, met dezelfde cijfers."
_OTHER: Final = "Het verslag is ook aan de werkgever gegeven. In die uitgave staan andere cijfers."
_GIVEN: Final = "Het verslag is ook aan de werkgever gegeven."
_SHARE: Final = "U mag het delen met uw achterban."


def letter_for(publication: Publication, out: Sequence[Publication]) -> str:
    """Return the letter with a report that went out, given all that is out; empty where none belongs to it.

    What it says of the other edition is so in the ledger: nothing where the employer has none.
    """
    if publication.kind is not Kind.VERSLAG or not publication.pdf or not publication.out:
        return ""
    if publication.audience is Audience.WERKGEVER:
        said = _TALK if publication.statements else _TALK_WITHOUT_NUMBERS
    elif publication.audience is Audience.OR:
        said = " ".join(filter(None, (_of_the_employer(publication, out), _SHARE)))
    else:
        return ""
    first, last = long_date(publication.period.first), long_date(publication.period.last)
    days = str(publication.period.first.year) if publication.period.is_calendar_year else f"{first} tot en met {last}"
    revised = " Het is een herziene uitgave; zij komt in de plaats van de eerste." if publication.revision else ""
    opening = f"Hierbij ontvangt u het verslag van de vertrouwenspersoon over {days}.{revised}"
    return "\n\n".join(("Geachte lezer,", opening, said, f"Met vriendelijke groet,\n{publication.author}"))


def _of_the_employer(publication: Publication, out: Sequence[Publication]) -> str:
    """Return what the employer has of this period, as its last edition stands in the ledger."""
    editions = [
        other
        for other in out
        if other.out
        and other.kind is Kind.VERSLAG
        and other.audience is Audience.WERKGEVER
        and other.client == publication.client
        and other.period == publication.period
    ]
    if not editions:
        return ""
    if not publication.statements and not editions[-1].statements:
        return _GIVEN
    last = editions[-1]
    if (last.statements, last.quotes) != (publication.statements, publication.quotes):
        return _OTHER
    if last.work == publication.work:
        return _SAME
    return (
        _OTHER if last.work and publication.work else _GIVEN
    )  # an older one may print work of which the ledger has none
