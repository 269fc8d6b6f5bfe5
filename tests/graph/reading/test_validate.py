"""The shapes, seen through `validate`: small.yaml passes, and each fault put into it is found once, in its line."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import yaml
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, RDFS, SH, XSD
from rdflib.term import Node

from edgewise.graph.reading.complaints import key_of, shapes
from edgewise.graph.reading.context import Terms, edgewise_context
from edgewise.graph.reading.read import Source, read, read_text
from edgewise.graph.reading.validate import validate
from edgewise.ontology.findings import Finding
from edgewise.ontology.terms import EW
from tests.places import DATA

SMALL = (DATA / "small.yaml").read_text(encoding="utf-8")
FAULTS: list[dict[str, Any]] = yaml.safe_load((DATA / "faults.yaml").read_text(encoding="utf-8"))
G = "https://w3id.org/edgewise/guideline/ankle-test/"
KEYS: dict[str, Any] = yaml.safe_load((DATA / "keys.yaml").read_text(encoding="utf-8"))


def rules(findings: list[Finding]) -> list[str]:
    return [finding.rule for finding in findings]


def test_a_guideline_without_fault_has_no_findings() -> None:
    assert validate(read(DATA / "small.yaml")) == []


def test_ten_faults_are_ten_findings_each_in_its_line() -> None:
    lines = (DATA / "ten-faults.yaml").read_text(encoding="utf-8").splitlines()
    expected = [(number, line.rsplit("# ", 1)[1]) for number, line in enumerate(lines, 1) if number > 1 and "  # " in line]
    assert len(expected) == 10
    assert [(found.line, found.rule) for found in validate(read(DATA / "ten-faults.yaml"))] == expected


@pytest.mark.parametrize("case", FAULTS, ids=[case["name"] for case in FAULTS])
def test_fault(case: dict[str, Any]) -> None:
    assert SMALL.count(case["old"]) == 1
    text = SMALL.replace(case["old"], case["new"])
    line = text[: text.index(case.get("at", case["new"]))].count("\n") + 1
    findings = validate(read_text(text, "g.yaml", "yaml"))
    assert sorted(rules(findings)) == sorted([case["rule"], *case.get("also", [])])
    found = next(finding for finding in findings if finding.rule == case["rule"])
    assert found.line == line
    assert found.message
    assert found.repair
    assert "{" not in found.message + found.repair


def test_every_rule_of_the_shapes_is_provoked_somewhere() -> None:
    elsewhere = {"stray-resource", "contained-twice"}  # YAML cannot say these: tested on graphs below
    assert {str(rule) for rule in shapes().objects(None, EW.rule)} == {case["rule"] for case in FAULTS} | elsewhere


def _each(table: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(class_, key) for class_, keys in table.items() for key in keys]


def _predicate(class_: str, key: str) -> URIRef:
    terms = Terms(edgewise_context())
    scopes = {"Rating": "ratings", "Note": "notes", "Waiver": "waivers", "Choice": "choices", "Term": "glossary", "Candidate": "choose"}
    scope = (scopes | {"Grade": "strengths", "RadiationLevel": "radiationLevels", "Formula": "atLeast", "TimeWindow": "after"}).get(class_)
    return (terms.below(scope) if scope else terms).predicate(key)


def _copy() -> Source:
    source = read(DATA / "small.yaml")
    graph = Graph()
    for triple in source.graph:
        graph.add(triple)
    return replace(source, graph=graph)


def _subject(graph: Graph, class_: str, predicate: URIRef) -> Node:
    names = ("Presentation", "Investigation", "Treatment", "Endpoint") if class_ == "Step" else (class_,)
    return next(s for name in names for s in sorted(graph.subjects(RDF.type, EW[name]), key=str) if (s, predicate, None) in graph)


def _edited(class_: str, predicate: URIRef, value: Node | None) -> Source:
    """small.yaml with one value of one resource of `class_` exchanged, or taken away if `value` is None."""
    source = _copy()
    graph = source.graph
    subject = _subject(graph, class_, predicate)
    for gone in list(graph.objects(subject, predicate)):
        graph.remove((subject, predicate, gone))
        _forget(graph, gone)
    if value is not None:
        graph.add((subject, predicate, value))
    return source


Place = tuple[str, str]  # the IRI of a resource and a key


def _all_edited(keys: list[tuple[str, str]], value: Node) -> tuple[Source, list[Place]]:
    """small.yaml with one value of each of `keys` exchanged for `value`; and where."""
    source, places = _copy(), []
    for class_, key in keys:
        predicate = _predicate(class_, key)
        subject = _subject(source.graph, class_, predicate)
        source.graph.set((subject, predicate, value))
        places.append((str(subject), key))
    return source, sorted(places)


def _places(findings: list[Finding]) -> list[Place]:
    return sorted((found.subject, found.message.split("'")[1]) for found in findings)


def _forget(graph: Graph, node: Node) -> None:
    if (None, None, node) not in graph:
        for below in list(graph.objects(node)):
            graph.remove((node, None, below))
            _forget(graph, below)


@pytest.mark.parametrize(("class_", "key"), _each(KEYS["required"]))
def test_what_a_class_needs_is_missed(class_: str, key: str) -> None:
    findings = validate(_edited(class_, _predicate(class_, key), None))
    missing = [found for found in findings if found.rule in ("missing-key", "missing-unit")]
    assert [f"'{key}'" in found.message for found in missing] == [True]
    if key not in ("phases", "steps", "statements"):  # without these, references dangle as well
        assert findings == missing


@pytest.mark.parametrize("datatype", KEYS["typed"])
@pytest.mark.parametrize("text", ["several", "", "0x10", "NaN", "1E3", r"\1", "9" * 5000])
def test_each_value_of_the_wrong_type_is_found_once(datatype: str, text: str) -> None:
    source, places = _all_edited(_each(KEYS["typed"][datatype]), Literal(text, datatype=XSD[datatype], normalize=False))
    findings = validate(source)
    assert _places(findings) == places
    assert {found.rule for found in findings} <= {"wrong-type", "wrong-form"}


@pytest.mark.parametrize("text", ["NaN", "Infinity", "-Infinity", "sNaN"])
def test_what_is_no_number_is_found_under_any_number_type(text: str) -> None:
    keys = [pair for datatype in ("integer", "decimal") for pair in _each(KEYS["typed"][datatype])]
    source, places = _all_edited(keys, Literal(text, datatype=XSD.decimal, normalize=False))
    assert _places(validate(source)) == places


def test_each_code_that_is_not_listed_is_found_once() -> None:
    source, places = _all_edited(_each(KEYS["codes"]), Literal("perhaps"))
    findings = validate(source)
    assert _places(findings) == places
    assert {found.rule for found in findings} == {"value-not-allowed"}


def test_each_reference_to_nothing_is_found_once() -> None:
    source, places = _all_edited(_each(KEYS["references"]), URIRef(G + "nowhere"))
    findings = validate(source)
    assert _places(findings) == places
    assert {found.rule for found in findings} == {"unknown-reference"}


def test_each_reference_to_the_wrong_kind_of_thing_is_found_once() -> None:
    anything = {("Note", "about"), ("Waiver", "about")}
    source, places = _all_edited([pair for pair in _each(KEYS["references"]) if pair not in anything], URIRef(G + "t-home"))
    findings = validate(source)
    assert _places(findings) == places
    assert {found.rule for found in findings} == {"unknown-reference"}


def _with(*triples: tuple[Node, Node, Node]) -> Source:
    source = read(DATA / "small.yaml")
    for triple in triples:
        source.graph.add(triple)
    return source


def test_a_resource_that_nothing_contains_is_found() -> None:
    step = URIRef(G + "stray")
    findings = validate(_with((step, RDF.type, EW.Phase), (step, RDFS.label, Literal("x")), (step, EW.order, Literal(7))))
    assert rules(findings) == ["stray-resource"]


def test_criteria_that_share_a_part_or_contain_themselves_are_found() -> None:
    part = URIRef(G + "t-boot/when/1")
    shared = _with((URIRef(G + "t-later/when/1"), EW.allOf, part))
    assert rules(validate(shared)) == ["contained-twice"]
    loop = validate(_with((URIRef(G + "t-boot/when/1/any/2"), EW.allOf, part)))
    assert rules(loop) == ["contained-twice"]


def test_a_formula_that_contains_itself_is_found() -> None:
    bound = URIRef(G + "t-later/when/1/all/3/moreThan/1")
    assert rules(validate(_with((URIRef(str(bound) + "/max/2"), EW.differenceOf, bound)))) == ["contained-twice"] * 1 + [
        "missing-key",
        "operand-count",
    ]


def test_a_guideline_cannot_bend_the_vocabulary() -> None:
    source = _with((EW.Observable, RDFS.subClassOf, EW.Step))
    source.graph.set((URIRef(G + "t-home"), EW["from"], URIRef(G + "crack")))
    assert rules(validate(source)) == ["unknown-reference"]


def test_an_id_used_for_two_things_is_one_finding() -> None:
    source = _with((URIRef(G.rstrip("/")), EW.hasObservable, URIRef(G + "boot")))
    findings = validate(source)
    assert rules(findings) == ["value-not-allowed"]
    assert "twice" in findings[0].repair


@pytest.mark.parametrize("text", [r"\1", r"\g<o>", "{key}", "{?o}", "\x1b[31m", "x" * 300, "<script>"])
def test_a_hostile_text_is_shown_as_text(text: str) -> None:
    findings = validate(_edited("Statement", EW.kind, Literal(text)))
    assert rules(findings) == ["value-not-allowed"]
    assert findings[0].message.isprintable()
    assert len(findings[0].message) < 120
    shown = validate(_edited("Criterion", EW.oneOf, Literal(text)))
    assert rules(shown) == ["wrong-form"]
    assert shown[0].message.isprintable()


def test_an_empty_graph_is_not_a_guideline() -> None:
    source = replace(read(DATA / "small.yaml"), graph=Graph())
    assert set(rules(validate(source))) == {"missing-key"}


def test_the_nearest_known_name_is_the_repair() -> None:
    repairs = {found.rule: found.repair for found in validate(read(DATA / "ten-faults.yaml"))}
    assert repairs["unknown-reference"] == "write 'home'"
    assert repairs["value-not-allowed"] == "write 'recommendation'"
    assert "summary, timedBy, type" in repairs["unknown-key"]  # none is near 'colour': all are listed


@pytest.mark.parametrize(
    ("old", "new", "repair"),
    [
        ("  strength: strong", "  strength: STRONG", "write 'strong'"),
        ("  strength: strong", "  strength: Plain-Advice", "write 'plain advice'"),
        ("{certainty: low, population", "{certainty: Low, population", "write 'low'"),
        ("  strength: strong", "  strength: fierce", "write a strength as the grading writes it, or add it there"),
    ],
)
def test_a_grade_that_typography_alone_tells_from_a_known_one_is_told_by_its_name(old: str, new: str, repair: str) -> None:
    (found,) = validate(read_text(SMALL.replace(old, new, 1), "g.yaml", "yaml"))
    assert (found.rule, found.repair) == ("unknown-grade", repair)


def test_grades_written_as_plain_texts_are_told_and_not_what_follows_from_it() -> None:
    at = SMALL.index("  strengths:\n")
    text = SMALL[:at] + "  strengths: [strong, weak]\n" + SMALL[SMALL.index("  certainties:", at) :]
    found = validate(read_text(text, "g.yaml", "yaml"))
    assert rules(found) == ["wrong-type", "wrong-type"]
    assert "'value'" in found[0].repair


def test_validation_leaves_the_source_as_it_was() -> None:
    source = read(DATA / "small.yaml")
    before = set(source.graph)
    validate(source)
    assert set(source.graph) == before


def test_every_constraint_says_in_words_what_it_wants_and_how_to_mend_it() -> None:
    graph = shapes()
    class_of = {part: class_ for shape, class_ in graph.subject_objects(SH.targetClass) for part in graph.objects(shape, SH.property)}
    for shape in [*graph.objects(None, SH.property), *graph.subjects(SH.select), *graph.subjects(SH.xone)]:
        said = graph.value(shape, SH.message)
        assert said, graph.value(shape, SH.path)
        assert graph.value(shape, EW.repair), said
        path = graph.value(shape, SH.path)
        if isinstance(path, URIRef):
            assert f"'{key_of(path, class_of.get(shape))}'" in str(said)
