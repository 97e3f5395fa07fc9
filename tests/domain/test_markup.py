"""What is written in headings, lists and bold reads back as it was, and what was written before stays as it is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vpdesk.domain import markup
from vpdesk.domain.errors import InvalidValueError
from vpdesk.domain.markup import Block, Kind, Run, block

_TEXTS = st.text(st.sampled_from("ab1. #*-\\_é\t\r\u2028"), max_size=6) | st.text(max_size=4)
_BLOCKS = st.lists(
    st.builds(
        lambda kind, pieces: block(kind, [(text.replace("\n", ""), bold) for text, bold in pieces]),
        st.sampled_from(Kind),
        st.lists(st.tuples(_TEXTS, st.booleans()), max_size=4),
    ),
    min_size=1,
    max_size=4,
).map(tuple)


@settings(max_examples=300)
@given(_BLOCKS)
def test_what_is_written_is_read_back_as_it_was(blocks: tuple[Block, ...]) -> None:
    written = markup.printed(blocks)
    assert markup.parsed(written) == blocks
    assert markup.printed(markup.parsed(written)) == written
    cut = markup.trimmed(blocks)
    assert markup.parsed(markup.printed(cut)) == (cut or (Block(),))
    assert "".join(one.words for one in cut).strip() == "".join(one.words for one in cut)


@given(st.text(st.sampled_from("ab1. #*-\\\n"), max_size=12))
def test_whatever_is_written_is_read_and_words_without_form_stay_those_words(text: str) -> None:
    blocks = markup.parsed(text)
    assert markup.parsed(markup.printed(blocks)) == blocks
    assert markup.words_of(markup.escaped(text), marked=True) == markup.words_of(text, marked=False) == text
    assert markup.blocks_of(text, marked=False) == markup.blocks_of(markup.escaped(text), marked=True)


def test_the_form_is_the_one_that_people_know() -> None:
    blocks = (
        block(Kind.KOP, [("Afspraken", False)]),
        block(Kind.PUNT, [("zij ", False), ("belt", True), (" maandag", False)]),
        block(Kind.NUMMER, [("een", False)]),
        block(Kind.NUMMER, [("twee", False)]),
        block(Kind.TUSSENKOP, [("Verder", False)]),
        block(Kind.NUMMER, [("opnieuw", False)]),
        block(Kind.TEKST, [("- geen lijst, 5 * 3", False)]),
    )
    assert markup.printed(blocks) == (
        "# Afspraken\n- zij **belt** maandag\n1. een\n2. twee\n## Verder\n1. opnieuw\n\\- geen lijst, 5 \\* 3"
    )
    assert markup.said(blocks) == (
        "Afspraken\n- zij belt maandag\n1. een\n2. twee\nVerder\n1. opnieuw\n- geen lijst, 5 * 3"
    )


def test_part_of_a_text_loses_its_signs_wherever_it_was_cut() -> None:
    assert markup.unsigned("…elt** terug\n## Verder\n5 \\* 3 \\") == "…elt terug\nVerder\n5 * 3 \\"


@pytest.mark.parametrize("runs", [(Run("a"), Run("b")), (Run("a", bold=True), Run("b", bold=True))])
def test_pieces_that_look_alike_are_one(runs: tuple[Run, ...]) -> None:
    with pytest.raises(InvalidValueError):
        Block(Kind.TEKST, runs)


@pytest.mark.parametrize("text", ["", "twee\nregels"])
def test_a_piece_is_words_on_one_line(text: str) -> None:
    with pytest.raises(InvalidValueError):
        Run(text)
