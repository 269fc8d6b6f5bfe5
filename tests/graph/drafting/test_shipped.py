"""Edits on the guidelines that come with Edgewise, held to what the graph says of them."""

import pytest
from rdflib import URIRef

from edgewise.graph.drafting.applying import applied
from edgewise.graph.drafting.edits import Put, Rename
from edgewise.graph.drafting.entries import entries
from edgewise.graph.reading.read import read_text
from edgewise.graph.shelf import find

GUIDELINES = ["ottawa-ankle", "pulmonary-embolism", "sacroiliac-sclerosis"]


@pytest.fixture(scope="module", params=GUIDELINES)
def shipped(request):
    return find(request.param).read_text("utf-8")


def graph_of(text):
    return set(read_text(text, "guideline.yaml", "yaml").graph)


def renamed(node, old, new):
    """A name, or that of something within, under the new name."""
    text = str(node)
    return URIRef(new + text[len(old) :]) if isinstance(node, URIRef) and (text == old or text.startswith(f"{old}/")) else node


def test_a_new_name_changes_the_graph_in_that_name_alone(shipped):
    before, known = graph_of(shipped), [one for one in entries(shipped).values() if one.id]
    base = f"https://w3id.org/edgewise/guideline/{entries(shipped)[''].data['id']}/"
    of_each_section = {one.section: one.id for one in known}
    for id in of_each_section.values():
        after = graph_of(applied(shipped, Rename(id, "another-name")))
        assert after == {tuple(renamed(node, base + id, f"{base}another-name") for node in triple) for triple in before}


def test_no_name_given_and_taken_back_leaves_a_trace(shipped):
    for id in [id for id in entries(shipped) if id][::9]:
        assert applied(shipped, Rename(id, "another-name"), Rename("another-name", id)) == shipped


def test_everything_put_where_it_is_already_changes_nothing(shipped):
    known = [one for one in entries(shipped).values() if one.id]
    same = [Put(one.id, key, value) for one in known for key, value in one.data.items() if key != "id"]
    assert applied(shipped, *same[::5]) == shipped


def test_every_value_put_anew_reads_the_same_and_changes_lines_of_its_entry_alone(shipped):
    """Each value is written afresh, as if it had been another: the layout of the house says what was there."""
    known = [one for one in entries(shipped).values() if one.id]
    for one in known[:: len(known) // 12]:
        key, value = list(one.data.items())[-1]
        after = applied(shipped, Put(one.id, key, "something else"), Put(one.id, key, value))
        assert entries(after)[one.id].data == one.data
        assert set(after.splitlines()) >= {line for line in shipped.splitlines() if line.strip().startswith("#")}
