"""The address of the Compare page: what cannot be used is left out, and what is written is read again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edgewise.explorer.pages.compare.address import _MOST, Asked, own, read

ids = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=12)
pairs = st.tuples(ids, ids) | st.tuples(ids, st.just("")) | st.tuples(st.just(""), ids)


@given(st.lists(pairs, unique=True, max_size=8))
def test_matches_are_read_as_they_were_written_whatever_the_ids(matches):
    assert read(own(Asked("other", matches=tuple(matches)))).matches == tuple(matches)


@pytest.mark.parametrize("text", ["~", "x", "a~b~c", "", "~~", "a~b" * 5_000])
def test_what_is_no_match_is_left_out(text):
    assert read({"with": "b", "match": text}).matches == ()


def test_there_are_only_so_many_matches():
    assert len(read({"match": " ".join(f"a{n}~b{n}" for n in range(500))}).matches) == _MOST


def test_another_guideline_goes_before_a_revision_and_only_a_revision_is_turned():
    assert read({"with": "b", "rev": "HEAD", "turned": "yes"}) == Asked("b")
    assert read({"rev": " HEAD~1 ", "turned": "yes"}) == Asked("", "HEAD~1", turned=True)
