"""The first guideline as Turtle, kept and reviewed: whatever changes its meaning shows here as a difference.

After a change that is meant: `edgewise export sacroiliac-sclerosis --to turtle --output tests/data/sacroiliac-sclerosis.ttl`, and read
the difference.
"""

from edgewise.graph.library import load
from edgewise.graph.reading.projection import guideline
from edgewise.graph.reading.read import read
from edgewise.graph.writing.export import export
from tests.places import DATA

GOLDEN = DATA / "sacroiliac-sclerosis.ttl"


def test_the_guideline_is_exported_as_it_was_reviewed():
    assert export(load("sacroiliac-sclerosis").source.graph, "turtle") == GOLDEN.read_text("utf-8")


def test_the_turtle_is_the_same_guideline_as_the_yaml():
    loaded, again = load("sacroiliac-sclerosis"), read(GOLDEN)
    assert guideline(again.graph, again.iri) == loaded.guideline
