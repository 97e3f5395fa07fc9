"""Whatever is typed into the search field is a question, never an error."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.casework import a_talk

if TYPE_CHECKING:
    from vpdesk.store.vault import Vault


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # searching changes nothing
@given(typed=st.text(max_size=40))
def test_any_text_may_be_searched_for(vault: Vault, typed: str) -> None:
    assert vault.conversations.search(typed, limit=5) == ()
    assert len(vault.conversations.rows(text=typed, limit=5)) == 0


@pytest.mark.parametrize(
    "typed", ["__", "a_b", "½½", "٤٤", "NEAR(x y)", '"', "x*y", "col:wat", "x AND NOT y", "-wat", "{a b}:c"]
)
def test_what_means_something_to_the_index_means_only_words(vault: Vault, typed: str) -> None:
    a_talk(vault, working_note="iets heel anders")
    assert vault.conversations.search(typed, limit=5) == ()


def test_accents_and_capitals_make_no_difference(vault: Vault) -> None:
    talk = a_talk(vault, working_note="Één coördinator zei: ‘naïef’")
    for typed in ("een", "COORD", "coörd", "naief", "ÉÉN co"):
        assert [hit.conversation for hit in vault.conversations.search(typed, limit=5)] == [talk.id], typed


def test_of_a_text_with_form_only_the_words_are_shown_and_of_an_older_one_every_sign(vault: Vault) -> None:
    a_talk(vault, working_note="# Kop\n- rabarber **moes** 5 \\* 3", marked=True)
    a_talk(vault, working_note="# rabarber **moes** 5 \\* 3")
    found = [
        hit.excerpt.replace("\x02", "").replace("\x03", "") for hit in vault.conversations.search("rabarber", limit=9)
    ]
    assert found == ["# rabarber **moes** 5 \\* 3", "Kop\n- rabarber moes 5 * 3"]
