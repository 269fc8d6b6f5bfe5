"""BPMN 2.0: what each kind of element becomes, and that whatever is not said is named with its line."""

from decimal import Decimal

import pytest

from edgewise.graph import find_gaps, parse_facts, walk
from edgewise.ontology.errors import SourceError
from tests.graph.importing.read_charts import BPMN, TASKS, Read, condition, flows, process
from tests.places import SHARED

# Steps and edges --------------------------------------------------------------------------------------------------------------


def test_events_tasks_and_flows_are_steps_and_edges_in_the_order_in_which_one_comes_to_them():
    read = Read(process(f"{TASKS}{flows(('b', 'e'), ('a', 'b'), ('s', 'a'))}"))
    assert read.types == {"Start": "Presentation", "A": "Treatment", "B": "Treatment", "End": "Endpoint", "C": "Treatment"}
    assert read.edges == [("Start", "A"), ("A", "B"), ("B", "End")]
    assert all(edge["statedBy"] == "source" and "justifiedBy" not in edge for edge in read.sheet["transitions"])
    assert (2, 'task "C"') in [(line - 1, what) for line, what in read.unread], "nobody comes to C"


@pytest.mark.parametrize("kind", ["task", "userTask", "manualTask", "serviceTask", "scriptTask", "sendTask", "receiveTask", "callActivity"])
def test_tasks_of_every_kind_are_steps_with_their_documentation(kind):
    inner = f'<startEvent id="s"/><{kind} id="t" name="Do it"><documentation>As told.</documentation></{kind}>{flows(("s", "t"))}'
    assert Read(process(inner)).steps["Do it"]["summary"] == "As told."


def test_a_process_without_a_start_event_begins_at_what_nothing_leads_to():
    read = Read(process(f'<task id="a" name="A"/><task id="b" name="B"/>{flows(("a", "b"))}'))
    assert read.edges == [("Start", "A"), ("A", "B")]
    assert read.edge("Start", "A")["statedBy"] == "modeller"


def test_several_start_events_are_ways_of_beginning_that_are_asked_for():
    starts = '<startEvent id="s1" name="Walks in"/><startEvent id="s2" name="By ambulance"/>'
    inner = f'{starts}<task id="a" name="A"/>{flows(("s1", "a"), ("s2", "a"))}'
    read = Read(process(inner))
    assert read.when("Walks in", "A") == {"observable": "How it begins", "oneOf": ["start-1"]}
    assert walk(read.opened.guideline, parse_facts({}, read.opened.guideline)).due == ()


# Gateways ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "criterion"),
    [
        ("${inr > 1.5}", {"observable": "inr", "moreThan": Decimal("1.5"), "unit": "1"}),
        ("${1.5 < inr}", {"observable": "inr", "moreThan": Decimal("1.5"), "unit": "1"}),
        ("=inr >= 2", {"observable": "inr", "atLeast": Decimal(2), "unit": "1"}),
        ("#{inr lt 2}", {"observable": "inr", "lessThan": Decimal(2), "unit": "1"}),
        ("inr == 2", {"observable": "inr", "atLeast": Decimal(2), "atMost": Decimal(2), "unit": "1"}),
        ("${bleeding}", {"observable": "bleeding", "is": "yes"}),
        ("${!bleeding}", {"not": {"observable": "bleeding", "is": "yes"}}),
        ("${bleeding == false}", {"observable": "bleeding", "is": "no"}),
        ("bleeding != true", {"observable": "bleeding", "is": "no"}),
        ("%bleeding = true", {"observable": "%bleeding", "is": "yes"}),
        (
            "inr in [2..3[",
            {
                "all": [
                    {"observable": "inr", "atLeast": Decimal(2), "unit": "1"},
                    {"observable": "inr", "lessThan": Decimal(3), "unit": "1"},
                ]
            },
        ),
        (
            "a == true && (b > 1 || c)",
            {
                "all": [
                    {"observable": "a", "is": "yes"},
                    {"any": [{"observable": "b", "moreThan": Decimal(1), "unit": "1"}, {"observable": "c", "is": "yes"}]},
                ]
            },
        ),
    ],
)
def test_plain_conditions_are_read_whatever_their_language(text, criterion):
    inner = f'{TASKS}<exclusiveGateway id="g" default="g-c"/>{flows(("s", "a"), ("a", "g"), ("g", "c"))}{condition("g-b", text)}'
    read = Read(process(inner))
    assert read.when("A", "B") == criterion
    assert read.when("A", "C") == {"not": criterion}, "the default flow is taken where none of the others is"
    assert not [what for _, what in read.unread if "condition" in what]


@pytest.mark.parametrize(
    "text", ["${count(items) > 2}", "x > y", "a b c ==", "${a} > ${b}", "matches(name, 'x')", "(" * 50 + "a", "x in 5", ""]
)
def test_any_other_condition_is_a_question_in_its_own_words(text):
    inner = f'{TASKS}<exclusiveGateway id="g" default="g-c"/>{flows(("s", "a"), ("a", "g"), ("g", "c"))}\n{condition("g-b", text)}'
    read = Read(process(inner))
    asked = next(asked for asked in read.questions.values())
    assert text in asked["question"] or not text
    assert asked["valueType"] == "yes-no"
    assert read.when("A", "B") == {"observable": asked["label"], "is": "yes"}
    assert 6 in [line for line, _ in read.unread]


def test_texts_compared_are_the_answers_of_one_question_which_may_be_none_of_them():
    asked = condition("g-b", "state = 'ill'") + condition("g-c", "state = 'well'")
    inner = f'{TASKS}<exclusiveGateway id="g"/>{flows(("s", "a"), ("a", "g"))}{asked}'
    read = Read(process(inner))
    assert [choice["label"] for choice in next(iter(read.questions.values()))["choices"]] == ["ill", "well", "none of these"]
    rows = find_gaps(read.opened.guideline).rows
    assert any(row.kind == "gap" and "none of these" in row.situation for row in rows)


def test_a_gateway_that_bears_a_question_is_a_step_that_asks_it():
    inner = f"""{TASKS}<exclusiveGateway id="g" name="Fever?"/>{flows(("s", "a"), ("a", "g"))}
    <sequenceFlow id="y" name="yes" sourceRef="g" targetRef="b"/><sequenceFlow id="n" name="no" sourceRef="g" targetRef="c"/>"""
    read = Read(process(inner))
    assert read.types["Fever?"] == "Investigation"
    assert read.when("Fever?", "B") == {"observable": "Fever?", "is": "yes"}
    assert read.when("Fever?", "C") == {"observable": "Fever?", "is": "no"}
    assert [read.questions[id]["question"] for id in read.steps["Fever?"]["yields"]] == ["Fever?"]


def test_a_gateway_whose_question_a_task_has_answered_is_no_step():
    tasks = TASKS.replace('<task id="a" name="A"/>', '<task id="a" name="A" camunda:resultVariable="inr"/>')
    ways = flows(("s", "a"), ("a", "g"), ("g", "c")) + condition("g-b", "inr > 2")
    inner = f'{tasks}<exclusiveGateway id="g" name="INR?" default="g-c"/>{ways}'
    read = Read(process(inner))
    assert "INR?" not in read.types
    assert read.edge("A", "B")["label"] == "INR?; inr > 2"
    assert [read.questions[id]["label"] for id in read.steps["A"]["yields"]] == ["inr"]


def test_the_names_of_flows_are_answers_where_they_are_all_there_is():
    names = (("low", "a"), ("normal", "b"), ("", "c"))
    out = "".join(f'<sequenceFlow id="f{target}" name="{name}" sourceRef="g" targetRef="{target}"/>' for name, target in names)
    read = Read(process(f'{TASKS}<exclusiveGateway id="g" name="Potassium"/>{flows(("s", "g"))}{out}'))
    assert [choice["label"] for choice in next(iter(read.questions.values()))["choices"]] == ["low", "normal", "on to: C"]
    assert 'sequenceFlow "fc"' in [what for _, what in read.unread], "that it bears no condition is named"


def test_names_that_are_ranges_of_one_quantity_are_read_as_such():
    out = "".join(
        f'<sequenceFlow id="f{target}" name="{name}" sourceRef="g" targetRef="{target}"/>'
        for name, target in (("&lt; 3.5 mmol/l", "a"), ("3.5–5 mmol/l", "b"), ("> 5 mmol/l", "c"))
    )
    read = Read(process(f'{TASKS}<exclusiveGateway id="g" name="Potassium"/>{flows(("s", "g"))}{out}'))
    assert read.when("Potassium", "B") == {"observable": "Potassium", "atLeast": Decimal("3.5"), "atMost": Decimal(5), "unit": "mmol/L"}
    assert not [row for row in find_gaps(read.opened.guideline).rows if row.kind in ("gap", "overlap")]


def test_parallel_ways_are_begun_together_and_a_join_that_waits_is_named():
    inner = f"""{TASKS}<parallelGateway id="g1"/>\n<parallelGateway id="g2"/>
    {flows(("s", "g1"), ("g1", "a"), ("g1", "b"), ("a", "g2"), ("b", "g2"), ("g2", "c"), ("c", "e"))}"""
    read = Read(process(inner))
    assert set(read.edges) == {("Start", "A"), ("Start", "B"), ("A", "C"), ("B", "C"), ("C", "End")}
    assert [read.labels[id] for id in read.sheet["bundles"][0]["together"]] == ["A", "B"]
    assert read.unread == [(4, 'parallelGateway "g2"')]
    assert not find_gaps(read.opened.guideline).rows
    assert len(walk(read.opened.guideline, parse_facts({}, read.opened.guideline)).due) == 2


def test_the_ways_of_an_exclusive_gateway_are_no_bundle_so_that_an_overlap_comes_out():
    inner = f'{TASKS}<exclusiveGateway id="g"/>{flows(("s", "a"), ("a", "g"))}{condition("g-b", "x > 1")}{condition("g-c", "x > 2")}'
    read = Read(process(inner))
    assert "bundles" not in read.sheet
    assert {row.kind for row in find_gaps(read.opened.guideline).rows} >= {"gap", "overlap"}


def test_the_ways_of_an_inclusive_gateway_are_questions_by_themselves():
    out = "".join(f'<sequenceFlow id="f{t}" name="{n}" sourceRef="g" targetRef="{t}"/>' for n, t in (("fever", "a"), ("pain", "b")))
    read = Read(process(f'{TASKS}<inclusiveGateway id="g" name="Complaint" default="fc"/>{flows(("s", "g"))}{out}'
                        '<sequenceFlow id="fc" sourceRef="g" targetRef="c"/>'))  # fmt: skip
    assert read.when("Complaint", "A") == {"observable": "fever", "is": "yes"}
    assert read.when("Complaint", "C") == {"not": {"any": [{"observable": "fever", "is": "yes"}, {"observable": "pain", "is": "yes"}]}}


def test_a_loop_stays_a_loop():
    inner = (
        f'{TASKS}<exclusiveGateway id="g" default="g-a"/>{flows(("s", "a"), ("a", "b"), ("b", "g"), ("g", "a"))}{condition("g-e", "ok")}'
    )
    read = Read(process(inner))
    assert set(read.edges) == {("Start", "A"), ("A", "B"), ("B", "A"), ("B", "End")}


def test_gateways_that_lead_in_a_circle_end_the_reading_and_stay_steps():
    inner = f'{TASKS}<exclusiveGateway id="g"/><exclusiveGateway id="h"/>{flows(("s", "g"), ("g", "h"), ("h", "g"), ("h", "a"))}'
    assert ("Start", "A") not in Read(process(inner)).edges


def test_edges_do_not_grow_as_a_product_through_gateways_in_a_row():
    many = 12
    rows = [[f"t{row}x{column}" for column in range(many)] for row in range(3)]
    inner = '<startEvent id="s"/>' + "".join(f'<task id="{id}" name="{id}"/>' for row in rows for id in row)
    inner += "".join(f'<parallelGateway id="g{number}"/>' for number in range(3))
    inner += flows(("s", "g0"), *(("g0", id) for id in rows[0]), *((id, "g1") for id in rows[0]), *(("g1", id) for id in rows[1]))
    read = Read(process(inner))
    assert len(read.edges) <= 4 * many + 2


# Beside the pathway -----------------------------------------------------------------------------------------------------------


def test_annotations_data_and_documentation_are_notes():
    inner = f"""<documentation>For wards.</documentation>{TASKS}{flows(("s", "a"))}
    <textAnnotation id="n"><text>Within the hour</text></textAnnotation><association id="x" sourceRef="a" targetRef="n"/>
    <dataObjectReference id="d" name="Chart"><documentation>paper</documentation></dataObjectReference>"""
    read = Read(process(inner))
    assert {"For wards.", "Within the hour", "Data: Chart (paper)"} <= set(read.notes)
    note = next(note for note in read.sheet["notes"] if note["text"] == "Within the hour")
    assert [read.labels[id] for id in note["about"]] == ["A"]


def test_a_decision_a_repetition_and_what_a_program_runs_are_named():
    inner = f"""<startEvent id="s"/>
    <businessRuleTask id="t" name="Decide" camunda:decisionRef="table" camunda:resultVariable="ok"/>
    <task id="u" name="Again"><multiInstanceLoopCharacteristics/></task>
    <serviceTask id="v" name="Call" camunda:class="x.Y"/>{flows(("s", "t"), ("t", "u"), ("u", "v"))}"""
    assert set(Read(process(inner)).unread) == {
        (4, 'businessRuleTask "Decide", decisionRef table'),
        (5, 'task "Again": multiInstanceLoopCharacteristics'),
        (6, 'serviceTask "Call": camunda:class'),
    }


def test_flows_that_end_nowhere_and_unknown_elements_are_named():
    inner = f"""{TASKS}{flows(("s", "a"))}
    <sequenceFlow id="lost" sourceRef="a" targetRef="gone"/>
    <choreographyTask id="k" name="Dance"/>"""
    assert {(4, 'sequenceFlow "lost"'), (5, 'choreographyTask "Dance"')} <= set(Read(process(inner)).unread)


def test_a_file_without_anything_to_do_is_refused_in_words():
    with pytest.raises(SourceError, match="no process of the file has a task"):
        Read(f'{BPMN}<process id="P"/></definitions>')


# A real one -------------------------------------------------------------------------------------------------------------------


def test_a_real_pathway_opens_walks_and_has_no_gap():
    file = SHARED / "imports" / "blood-loss.bpmn"
    if not file.exists():
        pytest.skip(f"{file} is not here")
    read = Read(file.read_bytes(), "blood-loss.bpmn")
    assert len(read.steps) == 18, "17 tasks and events, and the end; gateways and the timer are none"
    assert read.steps["Get Time Since BloodLoss"]["notBefore"] == "1 s"
    assert read.when("Get Platelets", "Check Medication") == {
        "observable": "trombocytenValue.valueQuantity.value", "atLeast": Decimal(80), "unit": "1"
    }  # fmt: skip
    assert [what for _, what in read.unread if "decisionRef" in what] == [
        'businessRuleTask "Check normal values", decisionRef bloodNormalValues',
        'businessRuleTask "Cheack Coagulation", decisionRef coagulationTable',
    ]
    guideline = read.opened.guideline
    assert find_gaps(guideline).rows == ()
    assert walk(guideline, parse_facts({}, guideline)).due == ("init-time-since-bloodloss",)


@pytest.mark.parametrize(
    ("task", "question"), [("Is there fever?", "Is there fever?"), ("Measure", 'After "Measure", which of these holds: yes, no?')]
)
def test_a_gateway_without_a_name_asks_about_the_task_before_it(task, question):
    inner = f"""{TASKS.replace('name="A"', f'name="{task}"')}<exclusiveGateway id="g"/>{flows(("s", "a"), ("a", "g"))}
    <sequenceFlow id="y" name="yes" sourceRef="g" targetRef="b"/><sequenceFlow id="n" name="no" sourceRef="g" targetRef="c"/>"""
    read = Read(process(inner))
    assert [asked["question"] for asked in read.questions.values()] == [question]
    assert read.when(task, "C")["is"] == "no"
