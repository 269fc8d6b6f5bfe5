"""BPMN 2.0: timers and other events; sub-processes, lanes and pools."""

import pytest

from edgewise.graph import find_gaps
from tests.graph.importing.read_charts import BPMN, TASKS, Read, flows, process

# Events -----------------------------------------------------------------------------------------------------------------------


def timer(kind="timeDuration", text="PT2H"):
    return f"<timerEventDefinition><{kind}>{text}</{kind}></timerEventDefinition>"


def test_a_timer_before_one_step_is_how_long_that_waits():
    inner = (
        f'{TASKS}<intermediateCatchEvent id="t" name="Rest">{timer()}</intermediateCatchEvent>{flows(("s", "a"), ("a", "t"), ("t", "b"))}'
    )
    read = Read(process(inner))
    assert read.steps["B"]["notBefore"] == "2 h"
    assert "timedBy" not in read.steps["B"]
    assert read.edge("A", "B")["label"] == "Rest"


def test_a_timer_between_steps_that_others_lead_to_stays_a_step_of_its_own():
    inner = (
        f'{TASKS}<intermediateCatchEvent id="t">{timer()}</intermediateCatchEvent>{flows(("s", "a"), ("a", "t"), ("t", "b"), ("s", "b"))}'
    )
    read = Read(process(inner))
    assert read.steps["timer 2 h"]["notBefore"] == "2 h"
    assert "notBefore" not in read.steps["B"]


@pytest.mark.parametrize(("kind", "text"), [("timeDate", "2030-01-01T00:00:00"), ("timeDuration", "${wait}"), ("timeDuration", "P1M2D")])
def test_a_time_that_is_no_plain_stretch_is_named(kind, text):
    inner = (
        f'{TASKS}\n<intermediateCatchEvent id="t" name="Wait">{timer(kind, text)}</intermediateCatchEvent>{flows(("s", "t"), ("t", "b"))}'
    )
    read = Read(process(inner))
    assert (4, f'intermediateCatchEvent "Wait", timer {text}') in read.unread
    assert "notBefore" not in read.steps["B"]


def test_a_timer_at_a_task_is_its_time_limit_and_whether_it_came_is_asked():
    event = f'<boundaryEvent id="t" name="Too late" attachedToRef="a">{timer()}</boundaryEvent>'
    inner = f"{TASKS}{event}{flows(('s', 'a'), ('a', 'b'), ('t', 'c'))}"
    read = Read(process(inner))
    assert read.steps["A"]["within"] == "2 h"
    assert read.when("A", "C") == {"observable": "Too late", "is": "yes"}
    assert read.when("A", "B") == {"not": {"observable": "Too late", "is": "yes"}}
    assert not [row for row in find_gaps(read.opened.guideline).rows if row.kind in ("gap", "overlap")]


def test_an_event_that_does_not_break_its_task_off_leaves_the_other_way_open():
    event = '<boundaryEvent id="t" name="Mail" cancelActivity="false" attachedToRef="a"><messageEventDefinition/></boundaryEvent>'
    read = Read(process(f"{TASKS}{event}{flows(('s', 'a'), ('a', 'b'), ('t', 'c'))}"))
    assert read.when("A", "B") is None
    assert read.when("A", "C") == {"observable": "Mail", "is": "yes"}


def test_what_recurs_at_a_timer_is_done_every_so_often():
    event = f'<boundaryEvent id="t" cancelActivity="false" attachedToRef="a">{timer("timeCycle", "R/PT4H")}</boundaryEvent>'
    read = Read(process(f"{TASKS}{event}{flows(('s', 'a'), ('a', 'b'), ('t', 'c'))}"))
    assert read.steps["C"]["every"] == "4 h"


def test_of_events_the_first_decides():
    inner = f"""{TASKS}<eventBasedGateway id="g"/>
    <intermediateCatchEvent id="m" name="Result"><messageEventDefinition/></intermediateCatchEvent>
    <intermediateCatchEvent id="t">{timer()}</intermediateCatchEvent>
    {flows(("s", "a"), ("a", "g"), ("g", "m"), ("g", "t"), ("m", "b"), ("t", "c"))}"""
    read = Read(process(inner))
    asked = next(iter(read.questions.values()))
    assert asked["question"] == "Which of these comes first?"
    assert [choice["label"] for choice in asked["choices"]] == ["Result", "timer 2 h"]
    assert read.when("A", "B")["oneOf"] == ["Result"]
    assert (4, 'intermediateCatchEvent "Result", message') in read.unread, "that a message is waited for is named"


def test_links_lead_on_where_their_name_is_caught():
    def link(kind, id, name):
        return f'<{kind} id="{id}" name="to {name}"><linkEventDefinition name="{name}"/></{kind}>'

    events = link("intermediateThrowEvent", "x", "X") + link("intermediateCatchEvent", "y", "X") + link("intermediateThrowEvent", "z", "Z")
    read = Read(process(f"{TASKS}{events}{flows(('s', 'a'), ('a', 'x'), ('y', 'b'), ('b', 'z'))}"))
    assert ("A", "B") in read.edges
    assert [what for _, what in read.unread if "link" in what.casefold() or "to Z" in what] == ['intermediateThrowEvent "to Z", Z']


@pytest.mark.parametrize("kind", ["message", "signal", "escalation", "error", "compensate"])
def test_an_end_that_sends_something_is_named(kind):
    inner = f'<startEvent id="s"/>\n<endEvent id="e" name="Tell"><{kind}EventDefinition/></endEvent>{flows(("s", "e"))}'
    read = Read(process(inner))
    assert read.types["Tell"] == "Endpoint"
    assert read.unread == [(4, f'endEvent "Tell", {kind}')]


# Sub-processes, lanes, pools --------------------------------------------------------------------------------------------------


def test_a_sub_process_is_taken_apart_and_is_a_phase_where_there_are_no_lanes():
    inner = f"""{TASKS}<subProcess id="u" name="Watch"><startEvent id="us"/><task id="x" name="X"/><endEvent id="ue"/>
    {flows(("us", "x"), ("x", "ue"))}</subProcess>{flows(("s", "a"), ("a", "u"), ("u", "b"), ("b", "e"))}"""
    read = Read(process(inner))
    assert read.edges == [("Start", "A"), ("A", "X"), ("X", "B"), ("B", "End")]
    phases = {phase["id"]: phase["label"] for phase in read.sheet["phases"]}
    assert phases[read.steps["X"]["phase"]] == "Watch"
    assert phases[read.steps["A"]["phase"]] == "Care"


def test_what_may_happen_in_a_sub_process_may_happen_at_each_of_its_steps():
    inner = f"""{TASKS}<subProcess id="u"><startEvent id="us"/><task id="x" name="X"/><task id="y" name="Y"/>
    {flows(("us", "x"), ("x", "y"))}</subProcess>
    <boundaryEvent id="v" name="Collapse" attachedToRef="u"><errorEventDefinition/></boundaryEvent>
    {flows(("s", "u"), ("u", "b"), ("v", "c"))}"""
    read = Read(process(inner))
    assert {("X", "C"), ("Y", "C"), ("X", "Y"), ("Y", "B")} <= set(read.edges)
    assert not [row for row in find_gaps(read.opened.guideline).rows if row.kind in ("gap", "overlap", "never-met")]


def test_the_tasks_of_an_ad_hoc_sub_process_are_options():
    inner = (
        f'{TASKS}<adHocSubProcess id="u"><task id="x" name="X"/><task id="y" name="Y"/></adHocSubProcess>{flows(("s", "u"), ("u", "b"))}'
    )
    read = Read(process(inner))
    assert read.edge("Start", "X")["role"] == "option"
    assert ("Y", "B") in read.edges


def test_an_event_sub_process_is_entered_if_its_event_comes():
    inner = f"""{TASKS}{flows(("s", "a"), ("a", "e"))}
    <subProcess id="u" name="Rash" triggeredByEvent="true"><startEvent id="us" name="Rash seen"><signalEventDefinition/></startEvent>
    <task id="x" name="Stop"/>{flows(("us", "x"))}</subProcess>"""
    read = Read(process(inner))
    assert read.when("Start", "Stop") == {"observable": "Rash seen", "is": "yes"}
    assert (5, 'subProcess "Rash"') in read.unread


def test_a_collapsed_sub_process_is_one_step_and_says_so():
    read = Read(process(f'{TASKS}\n<subProcess id="u" name="Imaging"/>{flows(("s", "u"), ("u", "b"))}'))
    assert read.types["Imaging"] == "Treatment"
    assert (4, 'subProcess "Imaging"') in read.unread


def test_lanes_are_phases():
    lanes = "".join(f'<lane id="l{n}" name="{n}"><flowNodeRef>{id}</flowNodeRef></lane>' for n, id in (("Nurse", "s"), ("Doctor", "a")))
    read = Read(process(f"<laneSet>{lanes}</laneSet>{TASKS}{flows(('s', 'a'), ('a', 'b'))}"))
    phases = {phase["id"]: phase["label"] for phase in read.sheet["phases"]}
    assert [phases[read.steps[label]["phase"]] for label in ("Start", "A", "B")] == ["Nurse", "Doctor", "Care"]


def test_every_pool_with_a_process_is_read_and_a_message_that_begins_one_leads_there():
    text = f"""{BPMN}
    <collaboration id="c" name="Both"><participant id="p1" name="Ward" processRef="P"/><participant id="p2" name="Lab" processRef="Q"/>
    <participant id="p3" name="Family"/>
    <messageFlow id="m1" name="sample" sourceRef="a" targetRef="q"/>
    <messageFlow id="m2" name="news" sourceRef="a" targetRef="p3"/></collaboration>
    <process id="P"><startEvent id="s" name="Start"/><task id="a" name="A"/>{flows(("s", "a"))}</process>
    <process id="Q"><startEvent id="q" name="Sample comes"><messageEventDefinition/></startEvent>
    <task id="x" name="X"/>{flows(("q", "x"))}</process>
    </definitions>"""
    read = Read(text)
    assert ("A", "X") in read.edges
    assert read.sheet["title"] == "Both"
    assert {(3, 'participant "Family"'), (5, 'messageFlow "news" from "A" to "Family"')} <= set(read.unread)
