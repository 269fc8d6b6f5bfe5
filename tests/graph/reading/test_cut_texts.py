"""A comma that cuts a text in braces in two: one finding, which says what to put in quotes."""

import pytest

from edgewise.graph.reading.strict import strict_yaml
from edgewise.ontology.errors import SourceError


def findings(text):
    with pytest.raises(SourceError) as refused:
        strict_yaml(text, "g.yaml")
    return [(found.rule, found.line, found.repair) for found in refused.value.findings]


def test_a_comma_that_cuts_a_text_is_one_finding_with_the_text_in_quotes():
    found = findings("steps:\n- {id: a, label: Pain in the back, leg or both, order: 1}")
    assert found == [("unquoted-comma", 2, 'put the text in quotes: label: "Pain in the back, leg or both"')]


def test_several_commas_are_joined_as_far_as_they_go():
    found = findings("{label: Pain in the back, in a leg, or in both}")
    assert found[-1] == ("unquoted-comma", 1, 'put the text in quotes: label: "Pain in the back, in a leg, or in both"')


@pytest.mark.parametrize("text", ["{id: a, label: , order: 1}", "{id: a, label}", "{id: a, some label: ~}"])
def test_what_is_only_empty_is_said_to_be_empty(text):
    assert [rule for rule, _, _ in findings(text)] == ["empty-value"]


def test_a_word_behind_a_text_may_belong_to_it():
    assert "put that text in quotes" in findings("{label: Pain, swelling}")[0][2]
