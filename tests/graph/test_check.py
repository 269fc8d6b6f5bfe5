"""Every problem of a file at once, whatever layer it belongs to, and each cause once."""

from pathlib import Path

import pytest

from edgewise.graph.library import check, load
from edgewise.ontology.errors import SourceError
from tests.places import DATA

SMALL = (DATA / "small.yaml").read_text("utf-8")


def found(tmp_path, text):
    file = tmp_path / "g.yaml"
    file.write_text(text, "utf-8")
    return [(finding.line, finding.rule) for finding in check(file)[1]]


def line_of(text, words):
    return text[: text.index(words)].count("\n") + 1


@pytest.mark.parametrize(
    ("change", "words", "rule"),
    [
        (lambda text: text.replace("language: en", "language: en\nlanguage: de"), "language: de", "duplicate-key"),
        (lambda text: text.replace("  to: boot", "  to: no where", 1), "to: no where", "invalid-reference"),
        (lambda text: text.replace("language: en", "language:"), "language:", "empty-value"),
        (lambda text: text.replace("language: en", "langauge: en"), "langauge:", "unknown-key"),
        (lambda text: text.replace("language: en", "language: !!str en"), "language: !!str", "yaml-tag"),
        (lambda text: text.replace("language: en", "language: &a en"), "language: &a", "yaml-anchor"),
    ],
)
def test_a_fault_of_one_layer_hides_no_fault_of_another(tmp_path, change, words, rule):
    faulty = change(SMALL).replace("reviewStatus: ", "reviewStatus: not-", 1)
    expected = {(line_of(faulty, words), rule), (line_of(faulty, "reviewStatus: not-"), "value-not-allowed")}
    assert set(found(tmp_path, faulty)) == expected


def test_nothing_is_judged_where_the_text_breaks_off(tmp_path):
    assert [rule for _, rule in found(tmp_path, SMALL.replace("reviewStatus: ", "reviewStatus: [", 1))] == ["yaml-syntax"]


def test_two_things_with_one_id_are_told_once_and_not_taken_for_one(tmp_path):
    twice = SMALL.replace("- id: boot\n", "- id: picture\n", 1)
    rules = [rule for _, rule in found(tmp_path, twice)]
    assert rules.count("duplicate-id") == 1
    assert set(rules) <= {"duplicate-id", "unknown-reference"}, "what refers to the lost id dangles, and nothing else is wrong"


def test_loading_tells_all_of_it_too(tmp_path):
    file = tmp_path / "g.yaml"
    file.write_text(SMALL.replace("language: en", "language: en\nlanguage: de").replace("reviewStatus: ", "reviewStatus: not-", 1), "utf-8")
    with pytest.raises(SourceError) as caught:
        load(str(file))
    assert {finding.rule for finding in caught.value.findings} == {"duplicate-key", "value-not-allowed"}


@pytest.mark.parametrize("text", ['{"id": "g",\n"title": "\\ud800"}', '{"id": "g",\n"\\udfff": "x"}'])
def test_half_a_character_is_told_and_the_rest_is_judged(text: str, tmp_path: Path) -> None:
    (tmp_path / "g.json").write_text(text, encoding="utf-8")
    found = check(tmp_path / "g.json")[1]
    assert [(finding.rule, finding.line) for finding in found if finding.rule == "control-character"] == [("control-character", 2)]
    assert "missing-key" in {finding.rule for finding in found}
