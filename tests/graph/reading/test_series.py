"""What a file says of a series: the default written out, what RDF carries, and the guideline read back."""

from __future__ import annotations

import pytest
from rdflib import Literal

from edgewise.graph.library import load
from edgewise.graph.model import Comparison, Guideline
from edgewise.graph.pathway import Pathway
from edgewise.graph.reading.projection import guideline
from edgewise.graph.reading.read import Source, read_text
from edgewise.graph.writing.export import export
from edgewise.ontology.terms import EW
from tests.places import DATA

SMALL = (DATA / "small.yaml").read_text(encoding="utf-8")
COUNTED = "times: 2, inferred: [times]"


def source(said: str) -> Source:
    return read_text(SMALL.replace(COUNTED, said), "g.yaml", "yaml")


def widening(read: Source) -> Comparison:
    found: Guideline = guideline(read.graph, read.iri)
    return Pathway.of(found).compared("widening")[0]


@pytest.mark.parametrize(
    ("said", "statistic", "window", "times"),
    [
        ("label: wide", "last", 0, 1),
        ("times: 1", "", 0, 1),
        ("times: 2", "", 0, 2),
        ("statistic: mean", "mean", 0, 1),
        ("statistic: first, window: 2", "first", 2, 1),
    ],
)
def test_a_comparison_with_a_series_is_with_its_last_value_unless_it_says_otherwise(
    said: str, statistic: str, window: int, times: int
) -> None:
    one = widening(source(said))
    assert (one.statistic, one.window, one.times) == (statistic, window, times)


def test_the_default_is_written_out_where_there_is_a_series_and_nowhere_else() -> None:
    graph = source("label: wide").graph
    said = {str(node).partition("ankle-test/")[2] for node in graph.subjects(EW.statistic, Literal("last"))}
    assert said == {"t-boot/when/1/any/2/all/1", "s-boot/asserts/1"}
    assert len(list(graph.subjects(EW.statistic))) == 3  # and the mean of the caution


@pytest.mark.parametrize("format", ["turtle", "jsonld", "nquads", "trig"])
@pytest.mark.parametrize("said", ["label: wide", "times: 1", "statistic: max, window: 3"])
def test_every_format_gives_back_what_was_said(said: str, format: str) -> None:
    read = source(said)
    again = read_text(export(read.graph, format), f"g.{format}", format)
    assert widening(again) == widening(read)
    assert guideline(again.graph, again.iri).observables["heel"].paired_with == "toes"


def test_an_export_of_old_in_which_one_time_was_written_out_keeps_its_meaning() -> None:
    """Before there were statistics, no key and `times: 1` were the same: at least one value, whenever."""
    read = source("label: wide")
    node = next(iter(read.graph.subjects(EW.statistic, Literal("last"))))
    read.graph.remove((node, EW.statistic, None))
    again = read_text(export(read.graph, "turtle"), "g.ttl", "turtle")
    assert widening(again).statistic == ""


def test_the_first_guideline_still_counts_its_blocks() -> None:
    first = load("sacroiliac-sclerosis").guideline
    asked = list(Pathway.of(first).compared("block-relief"))
    asked += [one for passage in first.statements.values() for caution in passage.cautions if isinstance(one := caution.unless, Comparison)]
    assert {one.statistic for one in asked if one.observable == "block-relief"} == {""}
