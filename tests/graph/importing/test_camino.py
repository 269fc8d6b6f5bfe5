"""CAMINO's pathways, as its builder and viewer wrote them over the years."""

import json

import pytest

from edgewise.graph import find_gaps, parse_facts, walk
from edgewise.ontology.errors import SourceError
from tests.graph.importing.read_charts import Read
from tests.places import SHARED

ORDER = {
    "type": "create",
    "description": "Order the operation",
    "resource": {
        "resourceType": "ServiceRequest",
        "code": {"coding": [{"system": "http://snomed.info/sct", "code": "1", "display": "Operation"}]},
    },
}
NODES = {
    "Start": {"key": "Start", "label": "Start", "type": "start", "transitions": [{"id": "1", "transition": "T"}]},
    "T": {
        "key": "T", "label": "Tumour size", "type": "branch", "transitions": [
            {"id": "1", "transition": "S", "condition": {"description": "T > 2cm", "cql": "[Observation] T"}},
            {"id": "2", "transition": "R", "condition": {"description": "T <= 2cm", "cql": "[Observation] U", "criteriaSource": "c1"}},
        ],
    },
    "S": {"key": "S", "label": "Surgery", "type": "action", "action": ORDER, "cql": "[Procedure]", "transitions": [{"transition": "R"}]},
    "R": {"key": "R", "label": "Radiotherapy", "type": "action", "action": [], "transitions": []},
}  # fmt: skip


def pathway(nodes=None, **more):
    return json.dumps({"id": "p", "name": "Breast", "nodes": NODES if nodes is None else nodes, **more}, indent=1)


def test_starts_branches_and_actions_are_steps_and_conditions_are_read_by_their_descriptions():
    read = Read(pathway(description="A draft."))
    assert read.types == {"Start": "Presentation", "Tumour size": "Investigation", "Surgery": "Treatment", "Radiotherapy": "Treatment"}
    assert read.when("Tumour size", "Surgery")["moreThan"] == 2
    assert read.edge("Tumour size", "Radiotherapy")["note"] == "CQL: [Observation] U\ncriteriaSource: c1"
    assert read.steps["Surgery"]["components"] == [{"label": "Operation"}]
    assert read.steps["Surgery"]["summary"] == "Order the operation"
    assert {"create ServiceRequest: http://snomed.info/sct 1 Operation", "CQL: [Procedure]", "A draft."} <= set(read.notes)
    guideline = read.opened.guideline
    assert not [row for row in find_gaps(guideline).rows if row.kind in ("gap", "overlap")]
    assert walk(guideline, parse_facts({}, guideline)).due == (read.steps["Tumour size"]["id"],)


def older():
    """As the viewer read it at first: states, no types, criteria, actions in lists."""
    states = {key: {name: value for name, value in node.items() if name not in ("key", "type")} for key, node in NODES.items()}
    return json.dumps({"name": "Breast", "library": "x.cql", "criteria": [], "states": states})


def listed():
    return json.dumps(
        [{"name": "Breast", "nodes": list(NODES.values())}, {"name": "Other", "nodes": {"A": {"label": "A", "transitions": []}}}]
    )


def wrapped():
    return json.dumps({"pathways": [{"name": "Breast", "nodes": NODES}]})


@pytest.mark.parametrize("text", [older(), listed(), wrapped(), pathway()])
def test_older_and_other_forms_make_the_same_steps_and_edges(text):
    read = Read(text)
    assert read.types == {"Start": "Presentation", "Tumour size": "Investigation", "Surgery": "Treatment", "Radiotherapy": "Treatment"}
    assert sorted(read.edges) == [
        ("Start", "Tumour size"),
        ("Surgery", "Radiotherapy"),
        ("Tumour size", "Radiotherapy"),
        ("Tumour size", "Surgery"),
    ]


def test_further_pathways_of_a_file_are_named():
    assert [what for _, what in Read(listed()).unread] == ['pathway "Other"']


def test_preconditions_say_of_whom_it_speaks():
    asked = [
        {"id": "1", "elementName": "Condition", "expected": "Breast cancer", "cql": "x"},
        {"id": "2", "elementName": "HER2", "expected": "Negative", "cql": "y", "exclude": True},
    ]
    read = Read(pathway(preconditions=asked))
    questions = {asked["id"]: asked["question"] for asked in read.questions.values()}
    applies = [(questions[part["observable"]], part["is"]) for part in read.sheet["appliesTo"]["all"]]
    assert applies == [("Condition: is it Breast cancer?", "yes"), ("HER2: is it Negative?", "no")]


def test_what_is_not_read_is_named_with_its_line():
    nodes = {
        "Start": {"label": "Start", "type": "start", "transitions": [{"transition": "Q"}, {"transition": "gone"}]},
        "Q": {
            "label": "Other",
            "type": "reference",
            "referenceId": "z",
            "referenceLabel": "Lung",
            "elm": {"a": "1"},
            "odd": "1",
            "transitions": [],
        },
    }
    text = pathway(nodes, library=["x.cql"], elm={"b": "2"}, version="7")
    lines = [line.strip() for line in text.split("\n")]
    found = dict(reversed(pair) for pair in Read(text).unread)
    assert lines[found['transition from "Start" to "gone"'] - 1] == "{"
    assert lines[found['node "Q": odd'] - 1] == '"odd": "1",'
    assert lines[found['node "Q": elm'] - 1].startswith('"elm"')
    assert lines[found["key 'version'"] - 1] == '"version": "7"'
    assert {'reference "Lung"', "library x.cql", "elm"} <= found.keys()


def test_a_condition_in_cql_alone_is_asked_as_it_stands():
    nodes = {**NODES, "T": {**NODES["T"], "transitions": [{"transition": "S", "condition": {"cql": "exists [X]"}}, {"transition": "R"}]}}
    read = Read(pathway(nodes))
    assert read.when("Tumour size", "Surgery")["is"] == "yes"
    assert 'Does this hold: "exists [X]"?' in [asked["question"] for asked in read.questions.values()]
    assert {'condition "exists [X]"', 'transition from "T" to "R"'} <= {what for _, what in read.unread}


@pytest.mark.parametrize(
    "text", ["{}", "[]", '{"nodes": {}}', '{"nodes": [1, 2], "name": "x"}', '{"name": "x", "nodes": {"a": {"label": "A"}}}']
)
def test_json_without_a_pathway_is_refused_in_words(text):
    with pytest.raises(SourceError, match="no format that Edgewise imports"):
        Read(text)


def test_a_real_pathway_opens_walks_and_says_where_it_ends():
    file = SHARED / "imports" / "sample_pathway.json"
    if not file.exists():
        pytest.skip(f"{file} is not here")
    read = Read(file.read_bytes(), "sample_pathway.json")
    assert len(read.steps) == 8
    assert len(read.edges) == 8
    assert (168, 'transition from "N-test" to "Radiation"') in read.unread
    guideline = read.opened.guideline
    assert {row.kind for row in find_gaps(guideline).rows} == {"dead-end"}


def test_conditions_compiled_for_a_machine_may_be_nested_deep():
    elm = {"operand": "x"}
    for _ in range(40):
        elm = {"operand": [elm]}
    nodes = {**NODES, "S": {**NODES["S"], "elm": elm}}
    assert 'node "S": elm' in [what for _, what in Read(pathway(nodes)).unread]
