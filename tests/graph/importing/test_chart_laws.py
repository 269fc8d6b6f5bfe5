"""Laws of all flow charts: nothing of a file is lost in silence, what comes out opens and is read back the same, nothing makes it crash."""

import json
import random
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edgewise.graph import find_gaps, parse_facts, walk, why
from edgewise.graph.importing.formats import import_text
from edgewise.graph.importing.imported import Imported
from edgewise.graph.importing.writing import as_yaml
from edgewise.graph.library import load_content
from edgewise.graph.reading.strict import strict_yaml
from edgewise.ontology.errors import SourceError
from tests.graph.importing.read_charts import BPMN

WORDS = st.text(alphabet="abcdefgh yesno<>=≥%0123456789?!:'\"#&-{}[],|\\", min_size=1, max_size=24)
LABELS = st.one_of(st.sampled_from(["yes", "no", "> 5 mg", "<= 5 mg", "otherwise", "", "", "≥ 70 %", "low"]), WORDS)


def as_read(value):
    """A sheet as the strict reader has it: every scalar is text."""
    if isinstance(value, dict):
        return {key: as_read(held) for key, held in value.items()}
    if isinstance(value, list):
        return [as_read(held) for held in value]
    return f"{value}".lower() if isinstance(value, bool) else f"{value:f}" if isinstance(value, Decimal) else str(value)


def opens(imported: Imported):
    """The guideline, read back from its YAML, which says the same as the sheet and has no fault."""
    text = as_yaml(imported, "chart")
    assert strict_yaml(text, "guideline.yaml")[0] == as_read(imported.sheet)
    loaded = load_content(text.encode(), "guideline.yaml", "yaml")
    assert not [finding for finding in loaded.findings if finding.severity == "error"]
    return loaded.guideline


def said(imported):
    """All that an import says, on one line."""
    return " ".join(f"{json.dumps(as_read(imported.sheet), ensure_ascii=False)} {imported.unread}".split())


def squeezed(text):
    return json.dumps(" ".join(text.split()), ensure_ascii=False)[1:-1]


# Generated charts -------------------------------------------------------------------------------------------------------------


@st.composite
def charts(draw):
    """Nodes with their kinds and labels, and arrows between them with theirs."""
    count = draw(st.integers(1, 7))
    gateways = [f"{kind}Gateway" for kind in ("exclusive", "parallel", "inclusive", "eventBased")]
    kinds = ["task", "task", "userTask", *gateways, "startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent"]
    nodes = [(f"n{at}", draw(st.sampled_from(kinds)), draw(st.one_of(st.just(""), WORDS))) for at in range(count)]
    ends = st.integers(0, count - 1)
    arrows = draw(st.lists(st.tuples(ends, ends, LABELS), max_size=12, unique_by=lambda arrow: arrow[:2]))
    return nodes, [(f"n{source}", f"n{target}", label) for source, target, label in arrows]


def as_bpmn(chart):
    nodes, arrows = chart
    inner = [f"<{kind} id={quoteattr(id)} name={quoteattr(label)}/>" for id, kind, label in nodes]
    inner += [
        f'<sequenceFlow id="f{at}" name={quoteattr(label)} sourceRef="{source}" targetRef="{target}"/>'
        for at, (source, target, label) in enumerate(arrows)
    ]
    return f"{BPMN}<process id='P'>{''.join(inner)}</process></definitions>"


def as_mermaid(chart):
    nodes, arrows = chart
    shapes = {"exclusiveGateway": "{{{}}}", "inclusiveGateway": "{{{{{}}}}}", "startEvent": "([{}])", "endEvent": "(({}))"}

    def quoted(text):
        return '"' + text.replace("#", "#35;").replace('"', "#quot;").replace("\\", "#92;").replace("<", "#lt;").replace("&", "#amp;") + '"'

    lines = [f"  {id}{shapes.get(kind, '[{}]').format(quoted(label))}" if label.strip() else f"  {id}" for id, kind, label in nodes]
    lines += [f"  {source} -->{f'|{quoted(label)}|' if label.strip() else ''} {target}" for source, target, label in arrows]
    return "flowchart TD\n" + "\n".join(lines)


def as_camino(chart):
    nodes, arrows = chart
    types = {"exclusiveGateway": "branch", "startEvent": "start"}
    return json.dumps({"name": "x", "nodes": {
        id: {"label": label, "type": types.get(kind, "action"), "transitions": [
            {"transition": target, **({"condition": {"description": name, "cql": "q"}} if name.strip() else {})}
            for source, target, name in arrows if source == id
        ]} for id, kind, label in nodes
    }})  # fmt: skip


@settings(deadline=None, max_examples=80)
@given(chart=charts(), write=st.sampled_from([as_bpmn, as_mermaid, as_camino]))
def test_every_node_and_every_named_arrow_of_a_chart_is_told_somewhere(chart, write):
    imported = import_text(write(chart).encode(), "chart")
    everything = said(imported)
    for id, kind, label in chart[0]:
        if label.strip():
            assert squeezed(label) in everything, "a node got lost"
        elif not kind.endswith(("Gateway", "Event")):
            assert id in everything
    for _, _, label in chart[1]:
        assert squeezed(label) in everything, "the label of an arrow got lost"


@settings(deadline=None, max_examples=60)
@given(chart=charts())
def test_every_arrow_between_tasks_is_an_edge(chart):
    nodes = [(id, "task", f"Task {id}") for id, _, _ in chart[0]]
    for write in (as_bpmn, as_mermaid, as_camino):
        sheet = import_text(write((nodes, chart[1])).encode(), "chart").sheet
        labels = {step["id"]: step["label"].removeprefix("Task ") for step in sheet["steps"]}
        edges = [(labels[edge["from"]], labels[edge["to"]]) for edge in sheet.get("transitions", [])]
        assert {(source, target) for source, target, _ in chart[1]} == {edge for edge in edges if edge[0] != "Start"}


@settings(deadline=None, max_examples=40)
@given(chart=charts(), write=st.sampled_from([as_bpmn, as_mermaid, as_camino]))
def test_what_comes_out_is_read_back_the_same_opens_walks_and_can_be_searched_for_gaps(chart, write):
    guideline = opens(import_text(write(chart).encode(), "chart"))
    facts = parse_facts({}, guideline)
    assert set(walk(guideline, facts).due) <= set(guideline.steps)
    find_gaps(guideline, budget=2_000)
    assert all(why(guideline, step, facts).headline for step in guideline.steps)


@settings(deadline=None, max_examples=60)
@given(chart=charts(), write=st.sampled_from([as_bpmn, as_mermaid, as_camino]))
def test_no_edge_that_asks_nothing_leaves_a_question_with_several_ways(chart, write):
    nodes = [(id, "exclusiveGateway" if at % 2 else "task", f"Node {id}") for at, (id, _, _) in enumerate(chart[0])]
    sheet = import_text(write((nodes, chart[1])).encode(), "chart").sheet
    labels = {step["id"]: step["label"] for step in sheet["steps"]}
    asking = {f"Node {id}" for at, (id, _, _) in enumerate(chart[0]) if at % 2 and sum(source == id for source, _, _ in chart[1]) > 1}
    assert not [edge for edge in sheet.get("transitions", []) if labels[edge["from"]] in asking and "when" not in edge]


@settings(deadline=None, max_examples=60)
@given(chart=charts(), write=st.sampled_from([as_bpmn, as_mermaid, as_camino]))
def test_an_edge_that_asks_something_is_never_called_always(chart, write):
    sheet = import_text(write(chart).encode(), "chart").sheet
    assert not [edge for edge in sheet.get("transitions", []) if "when" in edge and edge["label"] == "always"]


# Mistakes and attacks ---------------------------------------------------------------------------------------------------------

SEEDS = [
    f"""{BPMN}<process id="P"><laneSet><lane id="l" name="L"><flowNodeRef>a</flowNodeRef></lane></laneSet><startEvent id="s"/>
    <task id="a" name="A"/><exclusiveGateway id="g" default="f3"/><sequenceFlow id="f1" sourceRef="s" targetRef="a"/>
    <sequenceFlow id="f2" sourceRef="a" targetRef="g"/>
    <sequenceFlow id="f4" sourceRef="g" targetRef="e"><conditionExpression>${{inr &gt; 2 and not(x)}}</conditionExpression></sequenceFlow>
    <sequenceFlow id="f3" sourceRef="g" targetRef="u"/><subProcess id="u"><task id="x" name="X"/></subProcess>
    <boundaryEvent id="b" attachedToRef="u"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent>
    <sequenceFlow id="f5" sourceRef="b" targetRef="e"/><endEvent id="e" name="E"/></process></definitions>""",
    '---\ntitle: T\n---\nflowchart TD\nsubgraph s [S]\nA([x]) --> B{"Is it?"}\nend\nB -->|yes| C & D\nB -- > 5 mg --> E\n'
    'E@{ shape: diam, label: "q" } -.-> A\nC <--> D:::k\nclick A "u"\n%% c\n',
    "# T\n```mermaid\ngraph LR; A-->|< 2 h| B; A -->|≥ 2 h| C\n```\n",
    json.dumps({"name": "n", "preconditions": [{"elementName": "a", "expected": "b"}], "nodes": {
        "Start": {"label": "S", "type": "start", "transitions": [{"transition": "B"}]},
        "B": {"label": "B", "type": "branch", "transitions": [
            {"transition": "Start", "condition": {"description": "x > 2", "cql": "c"}}]}}}),
]  # fmt: skip
BITS = [
    *"<>\"'{}[]()|&;\n\r0\x00\ud7ff\u202eé𝟙", "-->", "--", "==", "-.", "subgraph", "end", "%%", "@{", ":::", "null", "   ", "id=",
    "sourceRef=", "f1", "<!--", "]]>", "<![CDATA[", "&lt;", "#35;", "P1D", "1e999", "true",
]  # fmt: skip


def mutated(text, source):
    """A text with some of its pieces taken out, doubled, exchanged or put in."""
    for _ in range(source.randint(1, 6)):
        at, length = source.randrange(len(text) + 1), source.randint(0, 12)
        other = source.randrange(len(text) + 1)
        piece = source.choice(["", source.choice(BITS), text[other : other + length]])
        text = text[:at] + piece + text[at + source.choice([0, length]) :]
    return text


@pytest.mark.parametrize("seed", range(4))
def test_a_damaged_file_is_read_or_refused_in_words(seed):
    source = random.Random(seed)
    for turn in range(150):
        text = mutated(source.choice(SEEDS), source)
        try:
            imported = import_text(text.encode("utf-8", "surrogatepass"), "chart")
        except SourceError as refused:
            assert all(finding.message and finding.repair for finding in refused.findings)
        else:
            if turn % 5 == 0:  # opening takes longest
                opens(imported)


@pytest.mark.parametrize(
    "text",
    [
        f"{BPMN}<process id='P'>{''.join(f'<subProcess id={quoteattr(str(n))}>' for n in range(90))}<task id='t'/>"
        f"{'</subProcess>' * 90}</process></definitions>",
        f"{BPMN}<process><task id='a'/><task id='a' name='b'/><sequenceFlow id='a' sourceRef='a' targetRef='a'/></process></definitions>",
        f"{BPMN}<process><boundaryEvent id='b' attachedToRef='b'/><sequenceFlow sourceRef='b' targetRef='b'/></process></definitions>",
        f"{BPMN}<process id='P'><task name='{'long ' * 4000}' id='a'/></process></definitions>",
        f"{BPMN}<process id='P'><task id='../../x' name={quoteattr(escape('<script>'))}/></process></definitions>",
        "graph TD\n" + "\n".join("subgraph x" for _ in range(300)) + "\nA-->B",
        "graph TD\nA" + "-" * 20_000,
        "graph TD\nA" + "[" * 20_000,
        "graph TD\n" + " & ".join(f"n{n}" for n in range(40)) + " --> " + " & ".join(f"m{n}" for n in range(40)),
        "graph TD\n" + "%%{" * 5_000,
        "```mermaid\n" * 2_000,
        "graph TD\nA{x} -->|" + "9" * 400 + "| B",
        json.dumps({"name": "n" * 5000, "nodes": {"a" * 5000: {"label": "l" * 5000, "transitions": [{"transition": "a" * 5000}]}}}),
        json.dumps({"name": "n", "nodes": {"a": {"label": {"x": "1"}, "transitions": [[], "a", {"transition": {}}]}}}),
        json.dumps({"name": "n", "nodes": [{"transitions": []}, {"transitions": []}, {"key": "k", "transitions": [None]}]}),
    ],
)  # fmt: skip
def test_deep_long_and_crooked_files_are_read_or_refused(text):
    try:
        opens(import_text(text.encode(), "chart"))
    except SourceError as refused:
        assert refused.findings[0].repair


def test_entities_are_refused():
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
        + BPMN
        + "<process id='P'><task id='t' name='&b;'/></process></definitions>"
    )
    with pytest.raises(SourceError, match="document type"):
        import_text(bomb.encode(), "chart.bpmn")
