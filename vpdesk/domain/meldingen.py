"""A melding: what the person reports formally, to whom and how, and what the recipient owes on which day."""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from vpdesk.domain import melding_lists as lists
from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.ids import CaseId, MeldingId
from vpdesk.domain.taxonomy import CodeList
from vpdesk.domain.terms import SchemeTerm, Term, TermKind, scheme_terms, wbk_terms

NOT_ANONYMOUS: Final = (
    "Via u als doorgeefluik is een melding vertrouwelijk, niet anoniem: u weet wie de melder is. Bij anoniem weet "
    "niemand dat. Er is niets bewaard. Kies ‘vertrouwelijk’."
)
NOT_BY_NAME: Final = (
    "Via u als doorgeefluik hoort de organisatie niet wie de melder is: dat is vertrouwelijk. Er is niets bewaard. "
    "Kies ‘vertrouwelijk’, of zet ‘via mij als doorgeefluik’ uit."
)
REFERENCE_LETTERS: Final = "BCDFGHJKMNPRSTVWXZ"
"""No vowels, so that no word comes about, and nothing that is read for something else. No digit: it counts nothing."""

_LAST_YEAR: Final = 9000  # every term of it is a day that a calendar has
_REFERENCE: Final = re.compile(rf"[{REFERENCE_LETTERS}]{{4}}-[{REFERENCE_LETTERS}]{{4}}")
_OWN_TERM: Final = frozenset({lists.OWN_SCHEME, lists.COMPLAINT})


def asks_own_term(kind: str) -> bool:
    """Return whether the term of the organisation's own scheme counts for a kind of melding."""
    return kind in _OWN_TERM


@dataclass(frozen=True, slots=True)
class Melding:
    """One melding of a case.

    `lodged` is None until it was lodged. `relay` says that all contact goes through the advisor; then a random
    `reference` stands for the case. `confirmed` and `feedback` are the days on which the melder heard, `withdrawn` the
    day on which she took it back. `outcome` is a code of the procedure, `onbekend` where it is not kept. Terms are
    shown as long as they are `watched`.
    """

    id: MeldingId
    case: CaseId
    kind: str = "onbekend"
    identity: str = "onbekend"
    recipient: str = "onbekend"
    lodged: date | None = None
    relay: bool = False
    reference: str = ""
    scheme_term: SchemeTerm | None = None
    confirmed: date | None = None
    feedback: date | None = None
    withdrawn: date | None = None
    outcome: str = "onbekend"
    watched: bool = True

    def __post_init__(self) -> None:
        for codes, code in (
            (lists.SOORT, self.kind),
            (lists.IDENTITEIT, self.identity),
            (lists.ONTVANGER, self.recipient),
            (lists.UITKOMST, self.outcome),
        ):
            _check(codes, code)
        if self.relay and self.identity == lists.ANONYMOUS:
            raise InvalidValueError(NOT_ANONYMOUS)
        if self.relay and self.identity != lists.CONFIDENTIAL:
            raise InvalidValueError(NOT_BY_NAME)
        if self.reference and not (self.relay and _REFERENCE.fullmatch(self.reference)):
            raise InvalidValueError(
                "Alleen een melding via u heeft een kenmerk, dat vpdesk trekt. Er is niets bewaard."
            )
        if self.scheme_term is not None and not asks_own_term(self.kind):
            raise InvalidValueError(
                "Alleen bij een klacht of een integriteitsmelding volgens eigen regeling telt de termijn van die "
                "regeling. Er is niets bewaard."
            )
        self._check_days()

    def _check_days(self) -> None:
        if self.lodged is not None and self.lodged.year > _LAST_YEAR:
            raise InvalidValueError("Deze dag ligt te ver weg. Er is niets bewaard. Kies een andere dag.")
        heard = [day for day in (self.confirmed, self.feedback, self.withdrawn) if day is not None]
        if heard and self.lodged is None:
            raise InvalidValueError("Vul eerst in wanneer de melding is gedaan. Er is niets bewaard.")
        if self.lodged is not None and any(day < self.lodged for day in heard):
            raise InvalidValueError(
                "Bevestiging, terugkoppeling en intrekken komen na de dag waarop de melding is gedaan. Er is niets "
                "bewaard. Kies een andere dag."
            )

    @property
    def label(self) -> str:
        """Return what it is called on the screen."""
        return "Melding" if self.kind == "onbekend" else lists.SOORT.label(self.kind)

    @property
    def terms(self) -> tuple[Term, ...]:
        """Return the terms that bind the employer, those that were met too; none before lodging."""
        if self.lodged is None:
            return ()
        if self.kind == lists.WBK:
            return wbk_terms(self.lodged, self.confirmed, self.feedback)
        if self.scheme_term is not None:
            return scheme_terms(self.lodged, self.scheme_term, self.feedback)
        return ()

    @property
    def awaited(self) -> tuple[Term, ...]:
        """Return the terms that are not met and still matter; feedback makes a missing confirmation pointless."""
        if self.withdrawn is not None or self.feedback is not None or not self.watched:
            return ()
        return tuple(term for term in self.terms if term.met is None)

    def heard(self, kind: TermKind, on: date) -> "Melding":
        """Return the melding with the day on which confirmation or feedback came."""
        if kind is TermKind.BEVESTIGING:
            return replace(self, confirmed=on)
        return replace(self, feedback=on)


def _check(codes: CodeList, code: str) -> None:
    if code not in codes:
        raise InvalidValueError(f"‘{code}’ staat niet in de lijst {codes.title}. Er is niets bewaard.")
