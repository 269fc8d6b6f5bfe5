"""What a PlanDefinition cites and grades, and what it says of itself."""

from __future__ import annotations

from tests.graph.importing.fhir.plans import WORK, Read, graded, when

# Works, grades, words -----------------------------------------------------------------------------------------------------


def test_a_work_named_at_an_action_stands_behind_its_edge_and_one_named_twice_is_one():
    again = {"type": "documentation", "display": "Fever", "url": "https://doi.org/10.1234/abc.5"}
    found = Read({"title": "A", "documentation": [WORK]}, {"title": "B", "documentation": [again]}, {"title": "C"})
    assert [edge.get("justifiedBy") for edge in found["transitions"]] == [["action-1"], ["action-2"], None]
    held = {(one["scheme"], one["value"]) for work in found["references"] for one in work["identifiers"]}
    assert held == {("doi", "10.1234/abc.5"), ("pmid", "12345")}
    assert [one["citations"][0].get("intention") for one in found["statements"]] == [None, "citesForInformation"]
    assert found["steps"][1]["describedBy"] == ["action-1"]


def test_the_condition_of_a_backed_action_rests_on_what_stands_behind_it():
    found = Read({"title": "A", "documentation": [WORK], "condition": [when("%x > 1")]}, {"title": "B", "condition": [when("%x > 1")]})
    asked = [{key: edge["when"].get(key) for key in ("basedOn", "statedBy")} for edge in found["transitions"]]
    assert asked == [{"basedOn": ["action-1"], "statedBy": "source"}, {"basedOn": None, "statedBy": "source"}]


def test_works_of_the_whole_plan_are_listed_and_back_no_edge():
    works = [
        {"type": "justification", "display": "Book", "document": {"url": "https://example.org/b"}},
        {"type": "depends-on", "resource": "x"},
    ]
    found = Read({"title": "A"}, relatedArtifact=works)
    assert [(work["title"], work["identifiers"][0]["value"]) for work in found["references"]] == [("Book", "https://example.org/b")]
    assert "justifiedBy" not in found["transitions"][0]
    assert "depends-on" in found.unread("relatedArtifact")


def test_strength_and_certainty_stand_at_a_statement_in_the_order_of_their_scheme():
    found = Read({"title": "A", "extension": graded("strong", "very-low")})
    assert {key: found["statements"][0][key] for key in ("strength", "certainty")} == {
        "strength": "Strong",
        "certainty": "Very low quality",
    }
    assert [one["value"] for one in found["gradings"][0]["certainties"]][-1] == "Very low quality"
    assert found["transitions"][0]["justifiedBy"] == ["action-1"]


def test_grades_of_a_scheme_whose_order_is_not_known_are_free_texts_and_that_is_named():
    extensions = graded("strong", "low")
    extensions[1]["valueCodeableConcept"] = {"coding": [{"system": "http://example.org/ours", "code": "b", "display": "B"}]}
    found = Read({"title": "A", "extension": extensions})
    assert (found["statements"][0]["certainty"], found["gradings"]) == ("B", [])
    assert "The order of its grades" in found.unread("ours")


def test_what_the_plan_says_of_itself_stands_in_its_keys_or_in_a_note():
    found = Read({"title": "A", "goalId": ["g"]}, publisher="We", date="2026-02-03T08:00:00Z", copyright="© We", purpose="To help",
                 goal=[{"id": "g", "description": {"text": "No fever"}}], approvalDate="2026-01-01", language="en-GB")  # fmt: skip
    assert (found.sheet["publisher"], found.sheet["updated"], found.sheet["language"]) == ("We", "2026-02-03", "en")
    notes = {note["text"]: note["about"] for note in found["notes"]}
    assert notes["Goal: No fever"] == ["a"]
    assert {"Copyright: © We", "Purpose: To help"} <= notes.keys()
    assert any("approvalDate 2026-01-01" in text for text in notes)


def test_a_year_alone_is_no_date():
    assert "updated" not in Read({"title": "A"}, date="2026").sheet


def test_a_long_description_is_not_lost():
    text = "word " * 900
    found = Read({"title": "A", "description": text})
    said = " ".join(note["text"].partition(": ")[2] for note in found["notes"] if note["text"].startswith("In full"))
    assert said.split() == text.split()
