"""The small guidelines of ../shared/cases, each with its right value; tests/rules holds the same kinds in words of our own."""

from __future__ import annotations

from pathlib import Path

import pytest

from edgewise.citations.audit.engine import Audited, Report, examine
from edgewise.citations.reading.article import read_article
from edgewise.graph.library import load
from tests.places import SHARED

CASES = SHARED / "cases"


def report(name: str, article: str = "") -> Report:
    file = CASES / "guidelines" / name
    if not file.exists():
        pytest.skip(f"NOT CHECKED: no ../shared/cases/guidelines/{name} beside this checkout")
    loaded = load(str(file))
    return examine(Audited(loaded.guideline, loaded, read_article(CASES / "reading" / article) if article else None))


def about(found: Report, rule: str) -> list[list[str]]:
    """What the findings of a rule are about: the ends of the ids of entries."""
    return [
        [Path(iri).name.removeprefix("reference-") for iri in (one.subject, *one.related)] for one in found.findings if one.rule == rule
    ]


@pytest.mark.parametrize(
    ("rule", "entries"),
    [
        ("R203", [["15"], ["16"], ["17"], ["19"], ["20"]]),
        ("R204", [["28"], ["29"]]),
        ("R205", [["6"], ["7"]]),
        ("R206", [["16", "11"], ["22", "21"]]),
        ("R219", [["25"]]),
        ("R221", [["23", "24"]]),
        ("R222", [["27"]]),
        ("R223", [["26"]]),
    ],
)
def test_fields_that_cannot_be_are_told_and_those_that_can_are_not(rule, entries):
    assert about(report("26-fields.yaml"), rule) == entries


def test_a_heading_of_the_article_is_a_name_and_no_leak():
    assert about(report("27-section-name.yaml", "05.xml"), "P406") == []


def test_editions_chapters_and_numbers_are_works_of_their_own_and_a_preprint_is_told_as_one():
    found = report("30-same-work.yaml")
    assert about(found, "R206") == [["4", "3"]], "the same chapter under two spellings of its title and authors"
    assert about(found, "R221") == [["7", "8"]]
