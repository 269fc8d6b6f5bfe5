"""pySHACL with pyoxigraph says what pySHACL alone says, of every guideline whatever."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import RDF, SH, SKOS, XSD
from rdflib.term import Node

from edgewise.graph.reading import validate as judging
from edgewise.graph.reading.complaints import shapes
from edgewise.graph.reading.queries import FLAGS, LINKS, NUMBERS, TEXTS, ask, queries, stored
from edgewise.graph.reading.read import Source, read, salvage
from edgewise.graph.reading.validate import results_of_pyshacl, validate
from edgewise.ontology.terms import EW
from tests.graph.contents import DATA, contents

CONTENTS = list(contents())
SMALL = read(DATA / "small.yaml")
QUERIED = sorted(NUMBERS | TEXTS | FLAGS | LINKS)
LITERALS = [
    *(Literal(text, datatype=datatype, normalize=False) for datatype in (XSD.integer, XSD.decimal) for text in "0 1 3 5 07 -2".split()),
    *(Literal(text, datatype=XSD.decimal, normalize=False) for text in ("3.0", "3.00", "30.5", "NaN", "1e3", "1" * 30, "0.000000000001")),
    *(Literal(text, datatype=XSD.boolean, normalize=False) for text in ("true", "1", "false", "maybe")),
    *(Literal(text) for text in ("yes", "left", "middle", "choice", "count", "quantity", "wk", "d", "%", "7", "url", "https://a.b/c")),
    *(Literal(text) for text in ("", "left\n", "a\u00a0b", "https://a b", "\\1", "{?o}", "$this")),
    *(Literal(text, datatype=datatype) for text, datatype in [("left", XSD.string), ("3", XSD.double), ("2020", XSD.gYear)]),
    Literal("left", lang="en"),
]  # fmt: skip


def of_queries() -> Graph:
    """The shapes that ask queries, and nothing else."""
    asking = set(shapes().subjects(SH.sparql)) | set(shapes().objects(None, SH.sparql))
    graph = Graph()
    for triple in shapes():
        if (triple[0] in asking and triple[1] != SH.property) or triple[1] in (SH.declare, SH.prefix, SH.namespace):
            graph.add(triple)
    return graph


ASKING = of_queries()


def edited(triples: Iterable[tuple[Node, Node, Node]]) -> Graph:
    """A graph as it is validated: of a kind that parses each query once, and not again for every edit."""
    return judging._Graph(triples)  # type: ignore[arg-type]


def told(results: Iterable[Mapping[Node, Node]]) -> set[frozenset[tuple[Node, Node]]]:
    return {frozenset((key, value) for key, value in result.items() if key not in (RDF.type, SH.resultSeverity)) for result in results}


def agree(graph: Graph) -> bool:
    """Whether both engines were asked; they must say the same then."""
    held = stored(graph)
    if held is None:
        return False
    assert told(ask(graph, held)) == told(results_of_pyshacl(graph, ASKING))
    return True


def read_all(folder: Path) -> Iterator[tuple[str, Source]]:
    for name, suffix, data in CONTENTS:
        file = folder / f"g{suffix}"
        file.write_bytes(data)
        source = salvage(file)[0]
        if source is not None:
            yield name, source


@pytest.mark.parametrize(("suffix", "data"), [case[1:] for case in CONTENTS], ids=[case[0] for case in CONTENTS])
def test_findings_are_those_of_pyshacl_alone(suffix: str, data: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / f"g{suffix}"
    file.write_bytes(data)
    source = salvage(file)[0]
    if source is not None:
        together = validate(source)
        monkeypatch.setattr(judging, "stored", lambda _: None)
        assert validate(source) == together


def test_guidelines_whose_values_are_of_the_right_type_are_judged_by_both(tmp_path: Path) -> None:
    """Else the test above would compare pySHACL with itself; and each query has something to find."""
    quick, found = [], set()
    for name, source in read_all(tmp_path):
        graph = judging._with_types(source)
        held = stored(graph)
        quick += [name] if held else []
        found |= {result[SH.sourceConstraint] for result in ask(graph, held)} if held else set()
    assert len(quick) > 60
    assert {"sacroiliac-sclerosis/guideline.yaml", "data/small.yaml"} <= set(quick)
    assert found == {query.constraint for query in queries()}


def test_each_rule_case_is_judged_alike() -> None:
    from tests.citations.audit.test_rules import CASES, made

    # Whatever else differs between two cases is no triple.
    distinct = {str((case.values[0].get("edit"), case.values[0].get("add"))): case.values[0] for case in CASES}
    sources = [made(case).audited(frozenset()).source for case in distinct.values()]  # type: ignore[no-untyped-call]
    asked = [agree(judging._with_types(source)) for source in sources]
    assert asked.count(True) > 0.95 * len(asked)


@settings(max_examples=80)
@given(st.lists(st.tuples(st.sampled_from(QUERIED), st.integers(0, 99), st.sampled_from(LITERALS), st.booleans()), min_size=1, max_size=4))
def test_whatever_stands_where_queries_look_they_agree_or_rdflib_is_asked(edits: list[tuple[URIRef, int, Literal, bool]]) -> None:
    graph = Graph()
    for triple in judging._with_types(SMALL):
        graph.add(triple)
    for key, place, value, instead in edits:
        holders = sorted(set(graph.subjects(key))) or [URIRef(SMALL.iri)]
        holder = holders[place % len(holders)]
        if instead:
            graph.remove((holder, key, None))
        graph.add((holder, key, value))
    agree(edited(graph))


@pytest.mark.parametrize(
    "value", [literal for literal in LITERALS if literal.datatype in (XSD.integer, XSD.decimal)], ids=lambda one: one.n3()
)
@pytest.mark.parametrize("key", sorted(NUMBERS), ids=lambda key: str(key).rpartition("#")[2])
def test_numbers_are_compared_alike(key: URIRef, value: Literal) -> None:
    graph = edited((subject, predicate, value if predicate == key else was) for subject, predicate, was in judging._with_types(SMALL))
    usual = re.fullmatch(r"-?[0-9]{1,9}(\.[0-9]+)?", value) is not None
    assert agree(graph) or not usual


@pytest.mark.parametrize("odd", [BNode("b"), URIRef("no address"), Literal("x")], ids=str)
def test_a_graph_that_only_rdflib_can_hold_is_left_to_it(odd: Node) -> None:
    graph = Graph()
    graph.add((URIRef(SMALL.iri), EW.hasChoice, odd))
    assert stored(graph) is None


def test_every_key_that_a_query_looks_into_is_known() -> None:
    spaces = {"ew": str(EW), "skos": str(SKOS)}
    classes = {"Assertion", "Criterion", "Modality", "Phase", "Presentation", "Investigation", "Treatment", "Endpoint"}
    texts = [query.text[query.text.index("SELECT") :] for query in queries()]
    named = {URIRef(spaces[space] + name) for text in texts for space, name in re.findall(r"\b(ew|skos):(\w+)", text)}
    assert named - {EW[name] for name in classes} == (NUMBERS | TEXTS | FLAGS | LINKS) - {RDF.type}


def test_no_query_leads_out_of_the_graph() -> None:
    words = {word for query in queries() for word in re.findall(r"(?<!EW:)\b\w+", query.text.upper())}
    assert not words & {"SERVICE", "FROM", "LOAD", "GRAPH", "INSERT", "DELETE"}
