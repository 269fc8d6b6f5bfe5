"""Time wherever a walk is told: the command, the summary, the address, the page, the cards, the drawing and the hand-outs."""

from __future__ import annotations

import pytest

from edgewise.citations.evidence.support import evidence
from edgewise.explorer.cards.step_and_edge import step_body
from edgewise.explorer.drawing.canvas import view_data
from edgewise.explorer.drawing.picture import highlight
from edgewise.explorer.environment import GUIDELINE
from edgewise.explorer.handout.html.document import standalone
from edgewise.explorer.handout.text import steps
from edgewise.explorer.shell.location import params, read
from edgewise.graph.library import load
from edgewise.graph.walking.visits import parse_told
from edgewise.graph.walking.walk import walk
from tests.explorer.calls import answer, refused, run
from tests.explorer.drawn_pages import address, drawn, opened, text, words
from tests.places import DATA

TIMES = str(DATA / "times.yaml")
ONE, FIVE = (f"[{{at: 0 h, shock: yes, lactate-value: 3}}, {{at: {hours} h}}]" for hours in (1, 5))
AT_ONE, AT_FIVE = (f"at~0h shock~yes lactate-value~3 at~{hours}h" for hours in (1, 5))


@pytest.fixture(scope="module")
def guideline():
    return load(TIMES).guideline


@pytest.fixture(autouse=True)
def _offered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(GUIDELINE, TIMES)


def test_the_command_tells_programs_what_waits_and_what_is_overdue():
    now = answer("walk", TIMES, "--facts", "-", given=ONE)
    assert (now["waiting"], now["overdue"], now["now"]) == (["lactate-again"], {}, "1 h")
    assert (now["timing"]["lactate-again"]["since"], now["timing"]["lactate-again"]["until"]) == ("2 h", "4 h")
    assert answer("walk", TIMES, "--facts", "-", given=FIVE)["overdue"].keys() == {"antimicrobials", "lactate-again"}
    assert answer("walk", TIMES)["now"] is None


def test_the_command_tells_readers_too():
    told = run("walk", TIMES, "--facts", "-", given=ONE).stdout
    assert "Known, 1 h on: Shock: yes" in told
    assert "Its time has not come\n  lactate-again: Measure lactate again\n    in time: waiting until 2 h (in 1 h)" in told
    assert "in time: overdue by 4 h; to be done within 1 h of Recognition" in run("walk", TIMES, "--facts", "-", given=FIVE).stdout


def test_faults_of_visits_are_told_with_their_lines():
    lines = refused("walk", TIMES, "--facts", "-", given="- {at: 2 h, shock: maybe}\n- {at: 1 h}\n- {shock: yes}\n")
    assert [line.split(": ")[0] for line in lines] == ["standard input:1", "standard input:2", "standard input:3"]
    assert all("; " in line for line in lines)


def test_a_doubt_about_a_visit_names_its_line(tmp_path):
    text = (
        (DATA / "times.yaml")
        .read_text("utf-8")
        .replace("unit: mmol/L, min: 0, max: 40}\n- {id: second", 'unit: "%", min: 0, max: 100}\n- {id: second')
    )
    file = tmp_path / "guideline.yaml"
    file.write_text(text.replace("moreThan: 2, unit: mmol/L", 'moreThan: 2, unit: "%"'), "utf-8")
    doubt = run("walk", str(file), "--facts", "-", given="- {at: 0 h}\n- {at: 1 h, lactate-value: 0.5}\n").stderr
    assert doubt.startswith("standard input:2: warning: Lactate: 0.5 %")


def test_the_summary_tells_facts_by_visit_and_each_step_in_its_time():
    told = run("walk", TIMES, "--facts", "-", "--to", "text", given=ONE).stdout
    assert "At 0 h:\n  - Shock: Yes" in told
    assert "At 1 h nothing more." in told
    assert "DUE LATER, AND WHEN\n◷ Measure lactate again\n  ◷ Waiting until 2 h (in 1 h). (later, bullet 1)" in told


@pytest.mark.parametrize("facts", [AT_ONE, AT_FIVE, "at~0h reviewed~1 at~2d reviewed~2~3", "at~3wk", "shock~yes"])
def test_an_address_holds_visits_as_it_got_them(guideline, facts):
    found, problems = read({"facts": facts}, "times", guideline)
    assert problems == ()
    assert params(found)["facts"] == facts


def test_an_address_with_a_time_that_cannot_be_used_says_so_and_keeps_the_rest(guideline):
    found, problems = read({"facts": "at~0h shock~yes at~soon at~-1h at~2h at~1h lactate-value~3"}, "times", guideline)
    assert len(problems) == 3
    assert all(told.startswith("Left out of the facts") for told in problems)
    assert (found.facts["shock"], found.timeline.now.written) == ("yes", "2 h")
    assert found.timeline.last("lactate-value").written == "2 h"


def test_the_page_tells_what_waits_and_what_is_overdue():
    page = words(opened(facts=AT_ONE))
    assert "Antimicrobials due within 1 h of Recognition: 0 h left" in page
    assert "Measure lactate again ◷ waiting until 2 h (in 1 h)" in page
    assert "! overdue by 1 h; to be done 2 h (modeller's reading) to 4 h after Measure lactate" in words(opened(facts=AT_FIVE))


def test_the_time_is_told_on_the_page_and_what_is_answered_then_was_told_then():
    at = opened(facts="shock~yes lactate-value~3")
    at.number_input(key="time:amount").set_value(3.0)
    assert address(drawn(at), "facts") == "at~0h shock~yes lactate-value~3 at~3h"
    at.number_input(key="ask:times-test:second-lactate").set_value(2.0)
    assert address(drawn(at), "facts") == "at~0h shock~yes lactate-value~3 at~3h second-lactate~2"
    at.button(key="Undo").click()
    assert address(drawn(at), "facts") == "at~0h shock~yes lactate-value~3 at~3h"
    at.number_input(key="time:amount").set_value(None)
    assert address(drawn(at), "facts") == "shock~yes lactate-value~3"


def test_a_guideline_without_times_asks_for_none(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv(GUIDELINE)
    assert not [field for field in opened(g="sacroiliac-sclerosis").number_input if field.key == "time:amount"]


def test_the_drawing_marks_what_waits_and_what_is_overdue(guideline):
    told = parse_told([{"at": "0 h", "shock": "yes", "lactate-value": "3"}, {"at": "3 h"}], guideline)
    sent = view_data(None, highlight(walk(guideline, told.facts, told.timeline)), (), None)
    assert sent["overdue"] == ["antimicrobials"]
    told = parse_told([{"at": "0 h", "shock": "yes", "lactate-value": "3"}, {"at": "1 h"}], guideline)
    sent = view_data(None, highlight(walk(guideline, told.facts, told.timeline)), (), None)
    assert sent["waiting"] == ["lactate-again"]
    assert "lactate-again" not in sent["passed"] + sent["due"]
    assert sent["times"]["lactate-again"] == "waiting until 2 h (in 1 h)"


def test_a_card_and_every_hand_out_tell_when_a_step_is_to_be_done_and_who_says_so(guideline):
    step = guideline.steps["lactate-again"]
    card = text("".join(step_body(guideline, step, evidence(guideline, step.id))))
    words_of_it = "To be done 2 h (modeller's reading) to 4 h after Measure lactate"
    assert words_of_it in card
    assert "A raised lactate is measured again." in card  # the passage that states it
    assert words_of_it in text(standalone(guideline))
    (paper,) = (one for one in steps(guideline, dict.fromkeys(guideline.transitions, 1), ()) if "again" in str(one["name"]))
    assert words_of_it in "".join(run["text"] if isinstance(run, dict) else run[0] for run in paper["about"])
