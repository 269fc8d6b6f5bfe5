"""A guideline that is still being written: what is lacking is to do, what is there can be used."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from edgewise.citations.audit.engine import audit
from edgewise.citations.audit.rules.rule import Audited
from edgewise.explorer.drawing.canvas import scene_data
from edgewise.explorer.drawing.picture import picture
from edgewise.graph.compiled.judged import judge
from edgewise.graph.explaining.why import why
from edgewise.graph.gaps.search import find_gaps
from edgewise.graph.library import load_content
from edgewise.graph.walking.facts import parse_facts
from edgewise.graph.walking.walk import walk
from tests.places import DATA

SMALL: dict[str, Any] = yaml.load((DATA / "small.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
LATER = {
    "title", "question", "publisher", "updated", "reviewStatus", "audience", "purpose", "disclaimer", "label", "summary", "phase", "kind",
    "text", "place", "fingerprint", "statedBy", "method", "contrast", "region",
}  # fmt: skip


def written(data: dict[str, Any]) -> bytes:
    return yaml.safe_dump({**data, "draft": "true"}, sort_keys=False).encode()


def without(keys: set[str], value: Any, *, blank: bool = False) -> Any:
    if isinstance(value, list):
        return [without(keys, one, blank=blank) for one in value]
    if not isinstance(value, dict):
        return value
    kept = {
        key: without(keys, one, blank=blank)
        for key, one in value.items()
        if key not in keys or (isinstance(one, dict | list) and key != "place")
    }
    return kept | ({key: "" for key in value if key in keys and isinstance(value[key], str)} if blank else {})


def used(content: bytes) -> None:
    """Everything that one does with a guideline."""
    loaded = load_content(content, "g.yaml", "yaml")
    made = loaded.guideline
    walk(made, {})
    find_gaps(made)
    audit(Audited(made, loaded))
    scene_data(picture(made))
    for step in made.steps:
        why(made, step, {})


@pytest.mark.parametrize("key", sorted(LATER))
def test_what_is_lacking_is_to_do_and_the_rest_can_be_used(key):
    content = written(without({key}, SMALL))
    judged = judge(content, "yaml")
    assert {finding.severity for finding in judged.findings} <= {"note", "warning"}
    assert "to-do" in {finding.rule for finding in judged.findings}
    used(content)


def test_what_is_blank_is_lacking():
    blank, lacking = (judge(written(without(LATER, SMALL, blank=one)), "yaml") for one in (True, False))
    assert {finding.severity for finding in blank.findings if finding.rule == "to-do"} == {"note"}
    told = [sorted((f.subject, f.message) for f in one.findings) for one in (blank, lacking)]
    assert told[0] == told[1]
    assert blank.guideline == lacking.guideline


def test_with_everything_lacking_it_can_be_used_too():
    used(written(without(LATER, SMALL)))
    used(b"id: g\ndraft: true\n")


@pytest.mark.parametrize("key", ["type", "from", "to", "valueType"])
def test_without_what_is_walked_it_is_wrong(key):
    judged = judge(written(without({key}, SMALL)), "yaml")
    assert judged.guideline is None
    assert "missing-key" in {finding.rule for finding in judged.findings if finding.severity == "error"}


def test_the_items_of_a_score_can_wait_while_its_total_is_told():
    score = {"id": "sum", "label": "Sum", "question": "How many?", "valueType": "score", "unit": "{points}"}
    content = written({**SMALL, "observables": [*SMALL["observables"], score]})
    told = [(finding.rule, finding.message) for finding in judge(content, "yaml").findings]
    assert told == [("to-do", "an observable of the type score needs 'items'")]
    edge = {**SMALL["transitions"][0], "when": {"observable": "sum", "atLeast": "3", "unit": "{points}"}}
    asked = written({**SMALL, "observables": [*SMALL["observables"], score], "transitions": [edge, *SMALL["transitions"][1:]]})
    used(asked)
    guideline = load_content(asked, "g.yaml", "yaml").guideline
    assert edge["to"] in walk(guideline, parse_facts({"sum": "4"}, guideline)).due


def test_what_is_no_draft_has_to_be_whole():
    data = {key: value for key, value in SMALL.items() if key != "title"}
    judged = judge(yaml.safe_dump(data, sort_keys=False).encode(), "yaml")
    assert [finding.rule for finding in judged.findings if finding.severity == "error"] == ["missing-key"]


def test_what_is_wrong_is_wrong_in_a_draft_too():
    judged = judge(written({**SMALL, "titel": "Ankles"}), "yaml")
    assert [(f.rule, f.severity) for f in judged.findings if f.severity == "error"] == [("unknown-key", "error")]


def test_its_status_is_that_of_a_draft_and_what_is_lacking_is_called_lacking():
    made = judge(written(without(LATER, SMALL)), "yaml").guideline
    assert made is not None
    assert made.draft
    assert (made.review_status, made.publisher, made.title) == ("draft", "publisher not written yet", made.id)
    assert all(step.label == id and step.phase in made.phases for id, step in made.steps.items())


def test_nothing_that_stands_in_is_among_the_triples():
    source = judge(written(without(LATER, SMALL)), "yaml").source
    assert source is not None
    assert not [value for value in source.graph.objects() if "not written yet" in str(value) or str(value).endswith("no-phase-yet")]


def test_whole_drafts_are_what_they_are_without_the_word():
    draft, whole = judge(written(SMALL), "yaml").guideline, judge(yaml.safe_dump(SMALL, sort_keys=False).encode(), "yaml").guideline
    assert draft is not None and whole is not None  # noqa: PT018
    assert [draft.steps, draft.transitions, draft.statements] == [whole.steps, whole.transitions, whole.statements]


def test_a_key_that_nobody_knows_is_wrong_though_nothing_is_said_of_it():
    judged = judge(written({**SMALL, "titel": ""}), "yaml")
    assert "unknown-key" in {finding.rule for finding in judged.findings}
