"""The schema for editors takes every guideline that `check` takes, and refuses what `check` refuses, as far as JSON Schema has words."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from edgewise.citations.reading.article import read_article_text
from edgewise.citations.reading.drafting import draft
from edgewise.graph.reading.complaints import keys_of, shapes
from edgewise.graph.reading.judging import findings_of
from edgewise.graph.schema import blocks
from edgewise.graph.schema.guideline import guideline_schema
from edgewise.ontology.terms import EW, MODEL
from tests.graph.schema.editors import as_an_editor_reads
from tests.places import DATA, ROOT

SMALL = (DATA / "small.yaml").read_text(encoding="utf-8")
FAULTS: list[dict[str, Any]] = yaml.safe_load((DATA / "faults.yaml").read_text(encoding="utf-8"))
AUTHORING = (ROOT / "docs" / "authoring.md").read_text(encoding="utf-8")
SOUND = [
    *ROOT.glob("guidelines/*/guideline.yaml"),
    *DATA.glob("guidelines/*/guideline.yaml"),
    *(DATA / f"{name}.yaml" for name in ("small", "doses", "formulas", "graded", "readings", "sets", "times")),
]
PARTLY = {  # faults beyond a schema, whose rules have others that it sees
    "bounds have a unit": "missing-unit",
    "of several schemes one is named": "missing-key",
    "the source's word has a passage": "source-without-passage",
    "what the source says of a window stands somewhere": "source-without-passage",
}
UNSEEN = set(re.findall(r"`([a-z-]+)`", AUTHORING.partition("### What no schema sees")[2].partition("\n#")[0]))


@cache
def validator() -> Draft202012Validator:
    return Draft202012Validator(guideline_schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)


@cache
def complaints(text: str) -> list[str]:
    return [f"{'/'.join(map(str, error.absolute_path))}: {error.message}" for error in validator().iter_errors(as_an_editor_reads(text))]


def with_fault(case: dict[str, Any]) -> str:
    return SMALL.replace(case["old"], case["new"])


def test_the_schema_is_one_of_2020_12():
    Draft202012Validator.check_schema(guideline_schema())
    assert guideline_schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("file", SOUND, ids=lambda file: "/".join(file.parts[-2:]))
def test_what_check_takes_the_schema_takes(file):
    assert complaints(file.read_text(encoding="utf-8")) == []


def test_the_first_guideline_of_the_documents_is_taken():
    assert complaints(MODEL.read_text(encoding="utf-8").partition("```yaml\n")[2].partition("```")[0]) == []


@pytest.mark.parametrize("case", FAULTS, ids=[case["name"] for case in FAULTS])
def test_a_fault_that_check_finds_is_refused_unless_the_documents_say_that_no_schema_sees_it(case):
    beyond = case["rule"] in UNSEEN - set(PARTLY.values()) or case["name"] in PARTLY
    assert bool(complaints(with_fault(case))) is not beyond


def test_the_documents_list_what_no_schema_sees_and_nothing_else():
    reading = UNSEEN - {str(rule) for rule in shapes().objects(None, EW.rule)}
    assert UNSEEN - reading == {case["rule"] for case in FAULTS if not complaints(with_fault(case))}
    assert reading == {"yaml-anchor", "yaml-alias", "yaml-tag", "yaml-merge", "several-documents", "control-character", "duplicate-id"}


ALONE = {  # faults of one block where the list above has none, or none that this check alone refuses
    "paired-once": ("max: 20, repeated: true, pairedWith: toes", "max: 20, pairedWith: toes"),
    "superfluous-choices": ("id: crack, label: Crack,", "id: crack, label: Crack, choices: [{value: a, label: A}],"),
    "window-says-nothing": ("within: 2 d", "within: [{basedOn: s-look}]"),
}


@pytest.mark.parametrize("rule", sorted({rule for known in blocks.OF.values() for rule in known}))
def test_every_check_on_one_block_has_a_fault_that_it_alone_refuses(rule, monkeypatch):
    cases = [with_fault(case) for case in FAULTS if case["rule"] == rule]
    cases += [SMALL.replace(*ALONE[rule])] if rule in ALONE else []
    assert any(complaints(text) for text in cases), rule
    less = {class_: {name: make for name, make in known.items() if name != rule} for class_, known in blocks.OF.items()}
    monkeypatch.setattr(blocks, "OF", less)
    without = Draft202012Validator(guideline_schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)
    assert any(without.is_valid(as_an_editor_reads(text)) for text in cases if complaints(text))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("id: ankle-test\n", "id: Ankle Test\n"),
        ("id: ankle-test\n", ""),
        ("id: look, label: Looking,", "id: -look, label: Looking,"),
        ("from: boot", "from: a boot"),
        ("from: boot", "from: {id: boot}"),
        ("publisher: The Test Bench", "publisher:"),
        ("publisher: The Test Bench", "publisher: null"),
        ("together: [picture, boot]", "together: [picture, boot, boot]"),
        ("together: [picture, boot]", "together: [[picture, boot]]"),
        ("order: 1", "order: 1.5"),
        ("is: yes", "is: true"),
        ("updated: 2025-03-31", "updated: 31 March 2025"),
    ],
)
def test_what_cannot_even_be_read_is_refused(old, new):
    assert old in SMALL
    assert complaints(SMALL.replace(old, new, 1))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("publisher: The Test Bench", "publisher: 2025"),
        ("publisher: The Test Bench", "publisher: 1.10"),
        ("publisher: The Test Bench", "publisher: true"),
        ("publisher: The Test Bench", 'publisher: "null"'),
        ("updated: 2025-03-31", 'updated: "2025-03-31"'),
        ("order: 1", 'order: "1"'),
        ("is: yes", 'is: "yes"'),
        ("atMost: 9000", "atMost: 9000.50"),
        ("atMost: 9000", 'atMost: "9000"'),
        ("repeated: false", 'repeated: "false"'),
    ],
)
def test_a_text_may_look_like_a_number_and_a_number_may_stand_in_quotes(old, new):
    assert old in SMALL
    assert complaints(SMALL.replace(old, new, 1)) == []


def test_every_class_has_the_keys_of_its_shape_and_no_other():
    defined = guideline_schema()["$defs"]
    for name, schema in defined.items():
        if "properties" in schema:
            class_ = name.removeprefix("Draft-")
            known = {*keys_of(EW[class_.partition("-")[0]]), "id"}
            left_out = {"TimeWindow": {"step"}, "TimeWindow-2": {"value"}}.get(class_, set())  # by what leads to it, one of the two
            assert set(schema["properties"]) == known - left_out, name
            assert schema["additionalProperties"] is False


def test_every_key_and_every_code_is_explained():
    schema = guideline_schema()
    silent = [
        f"{name}.{key}"
        for name, block in schema["$defs"].items()
        for key, value in block.get("properties", {}).items()
        if len(value["markdownDescription"]) < 8
    ]
    assert silent == []
    told = json.dumps(schema, ensure_ascii=False)
    assert "what doing this step finds out; it is done once one of them is known" in told  # docs/model.md
    assert "A step that finds something out, such as imaging or a diagnostic block." in told  # the vocabulary
    assert "For example `phase: meet`." in told  # its first guideline


def test_keys_are_offered_in_the_order_of_the_documents():
    keys = list(guideline_schema()["$defs"]["Transition"]["properties"])
    assert keys == ["id", "type", "from", "to", "label", "role", "when", "justifiedBy", "statedBy", "note"]


def test_a_new_block_is_offered_with_what_it_needs():
    (offered,) = guideline_schema()["$defs"]["Transition"]["defaultSnippets"]
    assert offered["body"] == {"id": "$1", "from": "$2", "to": "$3", "label": "$4", "statedBy": "${5|source,modeller|}"}


DRAFT = """\
id: g
draft: true
title: ""
question: ""
phases: []
steps:
- {id: a, type: Presentation, summary: ""}
- {id: b, type: Treatment, phase: ""}
transitions:
- {id: t, from: a, to: b, statedBy: source}
statements:
- {id: s, kind: "", text: "", place: {section: ""}}
observables:
- {id: o, label: Sum, question: How many?, valueType: score}
references:
- {id: r, position: 1, title: "", year: ""}
"""


def test_what_a_draft_lacks_is_no_fault():
    assert [finding.rule for finding in findings_of(DRAFT.encode(), "yaml")[0] if finding.rule != "to-do"] == []
    assert complaints(DRAFT) == []
    assert complaints(DRAFT.replace("draft: true\n", ""))
    assert complaints(DRAFT.replace("draft: true", "draft: false"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("type: Treatment, ", ""),
        ("from: a, ", ""),
        ("summary:", "sumary:"),
        ("statedBy: source", "statedBy: editor"),
        ("position: 1, ", ""),
        ("draft: true", "draft: yes"),
    ],
)
def test_what_could_not_be_walked_is_wrong_in_a_draft_too(old, new):
    text = DRAFT.replace(old, new)
    assert complaints(text)
    assert [finding for finding in findings_of(text.encode(), "yaml")[0] if finding.severity == "error"]


def test_what_is_begun_from_an_article_is_taken_as_a_draft():
    article = read_article_text("Care\n\nRest helps [1].\n\nReferences\n\n1. Lee A. Rest. 2001.\n", "rest.txt", "text")
    assert complaints(draft(article)) == []
