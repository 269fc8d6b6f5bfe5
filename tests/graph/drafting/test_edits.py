"""Edits by place: what they mean, and what they leave alone."""

from hypothesis import given, settings
from hypothesis import strategies as st

from edgewise.graph.drafting.applying import applied
from edgewise.graph.drafting.errors import EditRefused
from edgewise.graph.drafting.meaning import changed
from edgewise.graph.reading.problems import Problems
from edgewise.graph.reading.strict import salvage
from tests.graph.drafting.written_texts import IDS, edits, texts

MANY = settings(max_examples=300, deadline=None)


def read(text):
    return salvage(text, Problems("g.yaml"))[0]


@MANY
@given(texts(), st.lists(edits(IDS), min_size=1, max_size=4))
def test_a_text_changed_and_read_is_the_text_read_and_changed(text, asked):
    try:
        meant = changed(read(text), *asked)
    except EditRefused:
        meant = None
    try:
        done = read(applied(text, *asked))
    except EditRefused as refused:
        assert meant is None, refused
    else:
        assert done == meant
