"""The schema of cases takes every case that comes with Edgewise, and refuses a fault of form."""

from __future__ import annotations

import pytest
from jsonschema import Draft202012Validator

from edgewise.graph.schema.cases import cases_schema
from tests.graph.schema.editors import as_an_editor_reads
from tests.places import ROOT

ONE = """\
guideline: ankle-test
cases:
- id: a-dancer
  title: The dancer
  vignette: A dancer of 34.
  stages:
  - tells: Her ankle hurts.
    at: 0 h
    facts: {pain: yes, weeks: 3, lengths: [12, null, 14.5]}
    expect: [look]
    lures: [{step: boot, why: It is near., pitfall: s-1}]
    points: [{text: Look first., basedOn: s-1}]
"""


def taken(text: str) -> bool:
    return Draft202012Validator(cases_schema()).is_valid(as_an_editor_reads(text))


@pytest.mark.parametrize("file", sorted(ROOT.glob("guidelines/*/cases.yaml")), ids=lambda file: file.parent.name)
def test_the_cases_that_come_with_edgewise_are_taken(file):
    assert taken(file.read_text(encoding="utf-8"))


def test_a_case_with_every_key_is_taken():
    Draft202012Validator.check_schema(cases_schema())
    assert taken(ONE)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: The dancer", "titel: The dancer"),
        ("  title: The dancer\n", ""),
        ("title: The dancer", f"title: {'x' * 81}"),
        ("title: The dancer", "title: {en: The dancer}"),
        ("id: a-dancer", "id: a dancer"),
        ("expect: [look]", "expect: []"),
        ("tells: Her ankle hurts.", "tells:"),
        ("facts: {pain: yes, weeks: 3, lengths: [12, null, 14.5]}", "facts: [pain]"),
        ("step: boot, ", ""),
        ("basedOn: s-1}", "basedOn: {id: s-1}}"),
    ],
)
def test_a_fault_of_form_is_refused(old, new):
    assert old in ONE
    assert not taken(ONE.replace(old, new))


def test_keys_are_explained_in_the_words_of_the_documents():
    assert "who, what hurts, what has been done" in cases_schema()["$defs"]["Case"]["properties"]["vignette"]["markdownDescription"]
    assert cases_schema()["properties"]["guideline"]["markdownDescription"].startswith("the id of the guideline")
