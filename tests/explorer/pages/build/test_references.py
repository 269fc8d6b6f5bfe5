"""References through their form: as printed, with identifiers that bear whose word they are, and markers that find their entry."""

from __future__ import annotations

from pathlib import Path

import pytest

from edgewise.explorer.shell import drafted
from edgewise.graph.drafting.drafts import DRAFTS, Draft
from edgewise.graph.drafting.entries import entries
from tests.explorer.drawn_pages import words
from tests.explorer.pages.build.test_pathway import TEXT, at_part, entry, now, press

LISTED = """\
markers:
- {id: m1, printed: "1", entry: r1}
- {id: m2, printed: "2", note: The list has 1 entries; 2 points nowhere.}
references:
- {id: r1, position: 1, title: On throats, container: J Invented, author: Lee A, year: 2020, identifiers: [{scheme: isbn, value: "9780000000002", statedBy: source, confirmed: true}]}
"""  # noqa: E501


@pytest.fixture
def draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Draft:
    monkeypatch.setenv(DRAFTS, str(tmp_path / "drafts.sqlite"))
    return drafted.drafts().create(TEXT + LISTED, None, "Throat")


def field(name: str, of: str = "r1") -> str:
    return f"build-reference-form:{of}:{name}"


def test_an_entry_is_changed_and_an_identifier_added_by_its_editor_beside_what_the_list_prints(draft: Draft) -> None:
    at = at_part(draft, "r1")
    at.text_input(key=field("year")).set_value("2021")
    at.text_input(key=field("doi")).set_value("10.1000/throats")
    at.radio(key=field("whose")).set_value("editor")
    press(at, "Keep the reference")
    assert entry(draft, "r1")["year"] == "2021"
    held = [{**one} for one in entry(draft, "r1")["identifiers"]]
    assert held == [
        {"scheme": "isbn", "value": "9780000000002", "statedBy": "source", "confirmed": "true"},
        {"scheme": "doi", "value": "10.1000/throats", "statedBy": "editor", "confirmed": "false"},
    ]
    assert now(draft).undoable == "Reference changed: On throats"


def test_a_new_entry_is_found_by_the_marker_of_its_number(draft: Draft) -> None:
    at = at_part(draft, "")
    assert at.text_input(key=field("position", "")).value == "2"
    at.text_area(key=field("title", "")).set_value("On swabs")
    press(at, "Add the reference")
    assert entry(draft, "r2") == {"id": "r2", "position": "2", "title": "On swabs"}
    assert entry(draft, "m2") == {"id": "m2", "printed": "2", "entry": "r2"}
    assert at.text_area(key=field("title", "")).value == ""


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [("year", "MMXX", "A whole number in figures"), ("position", "", "Write its number"), ("doi", "10.1000/x", "Say whether the list")],
)
def test_what_is_no_reference_is_refused_beside_its_field(draft: Draft, name: str, value: str, told: str) -> None:
    at = at_part(draft, "")
    at.text_area(key=field("title", "")).set_value("On swabs")
    at.text_input(key=field(name, "")).set_value(value)
    press(at, "Add the reference")
    assert told in words(at)
    assert now(draft).revision == draft.revision


def test_an_entry_that_is_removed_leaves_its_marker_pointing_nowhere(draft: Draft) -> None:
    at = press(at_part(draft, "r1"), "Remove the reference")
    press(at, "Remove it all the same")
    assert "r1" not in entries(now(draft).text)
    assert "entry" not in entry(draft, "m1")
