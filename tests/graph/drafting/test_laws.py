"""Laws of edits by place, over texts as people write them."""

import re

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from edgewise.graph.drafting.applying import applied
from edgewise.graph.drafting.edits import Add, Drop, Move, Put, Remove, Rename, as_json, from_json
from edgewise.graph.drafting.entries import entries
from edgewise.graph.drafting.errors import EditRefused
from edgewise.graph.drafting.meaning import changed
from edgewise.graph.drafting.scalars import as_read
from edgewise.graph.reading.problems import Problems
from edgewise.graph.reading.strict import salvage
from tests.graph.drafting.written_texts import IDS, KEYS, VALUES, edits, texts

MANY = settings(max_examples=120, deadline=None)
VALUE_KEYS = st.sampled_from(KEYS)


def read(text):
    return salvage(text, Problems("g.yaml"))[0]


def lines_of(text):
    """With their breaks."""
    return [line for line in re.split(r"(?<=\n)|(?<=\r)(?!\n)", text) if line]


def own_lines(text, id):
    """The lines, from 0, that an entry takes up, up to whatever stands next; by the reader's marks alone."""
    data, marks = salvage(text, Problems("g.yaml"))
    path = next(p for p in marks.places if p and p[-1] == "id" and at(data, p) == id and len(p) > 1)[:-1]
    places = {p: line - 1 for p, lines in marks.places.items() for line in lines}
    inside = [line for p, line in places.items() if p[: len(path)] == path]
    behind = [line for p, line in places.items() if p[: len(path)] != path and line > max(inside)]
    return min(inside), min(behind, default=len(lines_of(text)))


def at(data, path):
    for step in path:
        data = data[step]
    return data


def present(text):
    return [id for id in entries(text) if id]


@st.composite
def texts_and_ids(draw, brackets=True):
    """A text and an entry in it."""
    text = draw(texts(least=1, brackets=brackets))
    return text, draw(st.sampled_from(present(text)))


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


@MANY
@given(texts_and_ids(), VALUE_KEYS, VALUES)
def test_what_is_put_is_read_back_and_no_line_of_anything_else_has_changed(found, key, value):
    text, id = found
    after = applied(text, Put(id, key, value))
    assert entries(after)[id].data[key] == as_read(value)
    begin, end = own_lines(text, id)
    old, new = lines_of(text), lines_of(after)
    assert new[:begin] == old[:begin]
    behind = old[end:]
    assert not behind or new[-len(behind) :] == behind


@MANY
@given(texts(least=1))
def test_putting_what_is_there_changes_nothing(text):
    known = entries(text)
    assert applied(text, *(Put(id, key, value) for id in present(text) for key, value in known[id].data.items() if key != "id")) == text


@MANY
@given(texts_and_ids(brackets=False), VALUES)  # which open out when they grow wide, and stay open
def test_a_new_key_put_and_dropped_leaves_the_text_as_it_was(found, value):
    text, id = found
    key = next(key for key in KEYS if key not in entries(text)[id].data)
    assert applied(text, Put(id, key, value), Drop(id, key)) == text


@MANY
@given(texts_and_ids(), st.booleans())
def test_a_name_given_and_taken_back_leaves_the_text_as_it_was(found, of_the_file):
    text, id = found
    id, back = ("", "g") if of_the_file else (id, id)
    assert applied(text, Rename(id, "other"), Rename("other" if id else "", back)) == text


@MANY
@given(texts_and_ids())
def test_a_new_name_changes_only_lines_on_which_the_old_one_stood(found):
    text, id = found
    for old, new in zip(lines_of(text), lines_of(applied(text, Rename(id, "other"))), strict=True):
        assert old == new or (id in old and "other" in new)


@MANY
@given(texts_and_ids(), st.data())
def test_an_entry_carried_elsewhere_takes_its_lines_along_and_no_other(found, data):
    text, id = found
    section = entries(text)[id].section
    assume(f"{section}: [" not in text)  # entries in brackets share lines
    others = [one for one in present(text) if entries(text)[one].section == section]
    after = applied(text, Move(id, data.draw(st.none() | st.sampled_from(others))))
    said = [sorted(line.strip("\r\n") for line in lines_of(one) if line.strip()) for one in (text, after)]
    assert said[0] == said[1]


@MANY
@given(texts_and_ids(), st.integers(0, 2))
def test_an_entry_added_and_removed_again_leaves_the_text_as_it_was(found, order):
    text, id = found
    section = entries(text)[id].section
    assume(all(len(line) < 110 for line in lines_of(text)))  # brackets that grow wider open out, and stay open
    assert applied(text, Add(section, {"id": "n1", "order": order}), Remove("n1")) == text


@given(edits(IDS))
def test_an_edit_kept_as_json_comes_back_as_it_was(edit):
    assert from_json(as_json(edit)) == edit
