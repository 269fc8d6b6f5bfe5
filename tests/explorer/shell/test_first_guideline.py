"""With what the explorer begins if nobody names a guideline."""

from __future__ import annotations

from edgewise.explorer.environment import GUIDELINE
from edgewise.explorer.shell import guidelines
from edgewise.graph.shelf import FIRST, first_id, ids
from tests.places import DATA


def test_it_begins_with_the_guideline_and_not_with_a_worked_example(monkeypatch):
    monkeypatch.delenv(GUIDELINE, raising=False)
    assert ids()[0] != FIRST, "or this would hold by the alphabet alone"
    assert guidelines.first() == FIRST == "sacroiliac-sclerosis"


def test_what_it_was_started_with_goes_before(monkeypatch):
    monkeypatch.setenv(GUIDELINE, str(DATA / "small.yaml"))
    assert guidelines.first() == "ankle-test"


def test_a_shelf_without_it_begins_with_its_first(tmp_path):
    for name in ("b", "a"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "guideline.yaml").touch()
    assert first_id(tmp_path) == "a"
    assert first_id(tmp_path / "nothing") == ""
