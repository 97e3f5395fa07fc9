"""The phases of Trends as a report said them, with and without a number for each."""

from __future__ import annotations

from tests.casework import NOW
from tests.report_kit import CLIENT, PHASE, YEAR
from vpdesk.domain.ids import PublicationId
from vpdesk.domain.publications import Publication
from vpdesk.domain.statements import Audience, Box, Of, Statement
from vpdesk.operations.trends import PhaseFlow, _phases_said, in_proportion


def said(**counts: int) -> PhaseFlow | None:
    """Return what is shown of a report that named these phases, and a total of 18."""
    told = [Statement(Of.CASES, Box(), YEAR, 18, 18)]
    told += [Statement(Of.CASES, Box.where_({PHASE: code}), YEAR, n, n) for code, n in counts.items()]
    return _phases_said(
        Publication(
            PublicationId(1), CLIENT.id, YEAR, Audience.OR, NOW, 5, tuple(told), (), "", b"", "", "", revision=0
        )
    )


def test_all_named_are_drawn_in_proportion() -> None:
    flow = said(voorfase=10, meldingsfase=5, nafase=3)
    assert flow is not None
    assert [post.value for post in flow.posts] == [10, 5, 3]
    assert flow.combined is None
    assert in_proportion(flow)


def test_what_is_not_named_is_hidden_and_only_their_sum_is_shown() -> None:
    flow = said(voorfase=12)
    assert flow is not None
    assert [post.value for post in flow.posts] == [12, None, None]
    assert flow.combined is not None
    assert flow.combined.value == 6
    assert not in_proportion(flow)


def test_an_unknown_phase_that_was_named_stands_there_too() -> None:
    flow = said(voorfase=12, onbekend=6)
    assert flow is not None
    assert [post.title for post in flow.posts][-1] == "Fase onbekend"


def test_no_report_and_none_that_names_a_phase_show_nothing() -> None:
    assert said() is None
    assert _phases_said(None) is None
