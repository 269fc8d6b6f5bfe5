"""The guidelines that come with Edgewise as Turtle, kept and reviewed: whatever changes their meaning shows here as a difference.

After a change that is meant: `edgewise export sacroiliac-sclerosis --to turtle --output tests/data/sacroiliac-sclerosis.ttl`, and read
the difference.
"""

import pytest

from edgewise.graph.library import load
from edgewise.graph.reading.projection import guideline
from edgewise.graph.reading.read import read
from edgewise.graph.shelf import ids
from edgewise.graph.writing.export import export
from tests.places import DATA


@pytest.mark.parametrize("id", ids())
def test_the_guideline_is_exported_as_it_was_reviewed(id):
    assert export(load(id).source.graph, "turtle") == (DATA / f"{id}.ttl").read_text("utf-8")


@pytest.mark.parametrize("id", ids())
def test_the_turtle_is_the_same_guideline_as_the_yaml(id):
    loaded, again = load(id), read(DATA / f"{id}.ttl")
    assert guideline(again.graph, again.iri) == loaded.guideline
