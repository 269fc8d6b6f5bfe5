"""What the walk answers on guidelines of other structure than the first, row by row: `tests/data/guidelines/*/walks.yaml`."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
import yaml

from edgewise.graph.library import load
from edgewise.graph.model import Guideline
from edgewise.graph.shelf import ids
from edgewise.graph.walking.visits import parse_told
from edgewise.graph.walking.walk import Walk, walk
from tests.places import DATA

FOLDERS = {folder.name: folder for folder in sorted((DATA / "guidelines").iterdir()) if (folder / "walks.yaml").is_file()}


@cache
def guideline(name: str) -> Guideline:
    """One that comes with Edgewise, or one that is there for the tests alone."""
    return load(name if name in ids() else str(FOLDERS[name])).guideline


@cache
def rows(name: str) -> dict[str, dict[str, Any]]:
    return {row["name"]: row for row in yaml.safe_load((FOLDERS[name] / "walks.yaml").read_text("utf-8"))}


def facts_of(name: str, row: dict[str, Any]) -> dict[str, Any]:
    before = facts_of(name, rows(name)[row["like"]]) if "like" in row else {}
    told = {**before, **row.get("facts", {})}
    return {id: value for id, value in told.items() if value is not None}  # null: what the row before has told is not known here


ROWS = [(name, row) for name in FOLDERS for row in rows(name)]
EACH = pytest.mark.parametrize(("name", "row"), ROWS, ids=[f"{name}: {row}" for name, row in ROWS])


def answered(name: str, row: str) -> tuple[dict[str, Any], Walk]:
    wanted = rows(name)[row]
    told = parse_told(wanted["visits"] if "visits" in wanted else facts_of(name, wanted), guideline(name))
    return wanted, walk(guideline(name), told.facts, told.timeline)


@EACH
def test_what_is_due_is_due_and_nothing_else(name: str, row: str) -> None:
    wanted, answer = answered(name, row)
    assert sorted(answer.due) == sorted(wanted["due"])
    assert answer.silent is wanted.get("silent", False)
    assert answer.outside is wanted.get("outside", False)


@EACH
def test_what_is_asked_could_still_decide(name: str, row: str) -> None:
    wanted, answer = answered(name, row)
    if "asked" in wanted:
        assert list(answer.questions) == wanted["asked"]
    assert set(wanted.get("asked-of", ())) <= set(answer.questions)
    assert not set(answer.questions) & set(wanted.get("not-asked", ()))


@EACH
def test_why_a_step_is_not_due_is_said_in_words(name: str, row: str) -> None:
    wanted, answer = answered(name, row)
    for target, words in wanted.get("because", {}).items():
        assert target not in answer.due
        why = " ".join(choice.why for choice in (*answer.closed, *answer.undecided) if choice.transition.target == target)
        assert [word for word in words if word not in why] == [], why


@EACH
def test_what_belongs_together_is_begun_together_and_what_is_preferred_goes_first(name: str, row: str) -> None:
    wanted, answer = answered(name, row)
    if "together" in wanted:
        assert sorted(step for bundle in answer.bundles for step in bundle.due) == sorted(wanted["together"])
    if "preferred" in wanted:
        assert [step for one in answer.alternatives for step in one.preferred] == wanted["preferred"]


@EACH
def test_what_waits_and_what_is_late_is_told_so(name: str, row: str) -> None:
    wanted, answer = answered(name, row)
    if "visits" in wanted:
        assert sorted(answer.waiting) == sorted(wanted.get("waiting", {}))
        assert sorted(answer.overdue) == sorted(wanted.get("overdue", {}))
    for step, words in {**wanted.get("waiting", {}), **wanted.get("overdue", {})}.items():
        assert words in answer.timing[step].told


@pytest.mark.parametrize("name", FOLDERS)
def test_every_step_is_due_in_some_row_or_said_never_to_be(name: str) -> None:
    due = {step for row in rows(name).values() for step in row["due"]}
    never = {edge.target for edge in guideline(name).transitions.values() if edge.role != "route"}
    begins = {step.id for step in guideline(name).steps.values() if step.kind == "Presentation"}
    assert set(guideline(name).steps) - due - begins <= never
