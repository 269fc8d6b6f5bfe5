"""Which round of a loop a patient is in stands in the walk, in JSON, in the summary, and on the Pathway page."""

import json

import pytest

from edgewise.explorer.cards.rounds import rounds_told
from edgewise.explorer.cli.intake import Given
from edgewise.explorer.cli.walk import walk_payload, walk_report
from edgewise.explorer.handout.patient.sections import sections
from edgewise.explorer.shell import location
from edgewise.graph.library import load
from edgewise.graph.walking.visits import parse_told
from edgewise.graph.walking.walk import present, walk_present
from tests.places import DATA

FIRST = {"at": "0 wk", "systolic": [152, 148], "diastolic": [94, 92], "known-hypertension": "yes", "age": 50} | dict.fromkeys(
    ("pregnancy", "secondary", "organ-damage", "diabetes", "african-origin", "angioedema", "cough"), "no"
)
VISITS = [
    FIRST,
    {"at": "1 d", "done": ["acei"]},
    {"at": "29 d", "systolic": [144, 142], "diastolic": [88, 86], "treatment": "one-drug"},
    {"at": "30 d", "done": ["double"]},
    {"at": "60 d"},
]
TOLD = "Measured again: round 2, since 30 days (before it: Treatment at the review: one drug; Dose doubled done: Yes)"


@pytest.fixture(scope="module")
def guideline():
    return load(str(DATA / "guidelines" / "hypertension")).guideline


@pytest.fixture
def told(guideline):
    return parse_told(VISITS, guideline)


def test_the_round_is_told_in_words_and_what_belongs_to_the_one_before_is_not_known(guideline, told):
    now = present(guideline, told.facts, told.timeline)
    walked = walk_present(now)
    assert list(rounds_told(guideline, walked)) == [TOLD]
    report = walk_report(guideline, walked, now.facts, told.timeline)
    assert report[2] == TOLD
    assert "one drug" not in report[1]
    assert TOLD in [line.text for section in sections(guideline, told.facts, walked, told.timeline) for line in section.lines]


def test_programs_get_the_round(guideline, told):
    walked = walk_present(present(guideline, told.facts, told.timeline))
    data = json.loads(json.dumps(walk_payload(guideline, walked, Given(told.facts, (), told.timeline))))
    (one,) = data["rounds"]
    assert (one["number"], one["since"], one["entries"], one["before"]["treatment"]) == (2, "30 d", ["review"], "one-drug")


def test_an_address_keeps_what_was_told_at_each_visit(guideline):
    again = parse_told([*VISITS, {"at": "61 d", "treatment": "doubled"}], guideline)
    before = location.Location("hypertension", facts=again.facts, timeline=again.timeline)
    after, problems = location.read(location.params(before), "hypertension", guideline)
    assert problems == ()
    assert walk_present(present(guideline, after.facts, after.timeline)).due == ("both",)
    assert present(guideline, after.facts, after.timeline).rounds == present(guideline, again.facts, again.timeline).rounds
