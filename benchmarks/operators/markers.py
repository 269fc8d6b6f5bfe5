"""Faults of markers and links."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from benchmarks.drafts import Draft, NotApplicable
from benchmarks.operators.choosing import marker_of, spare
from benchmarks.operators.table import operator
from edgewise.citations.evidence.support import evidence
from edgewise.citations.reading.article import Abstention, Article
from edgewise.citations.reading.model import LinkFault


@operator("M101")
def drop_an_entry(draft: Draft) -> None:
    gone = spare(draft)
    draft.data["references"].remove(draft.one("references", gone))
    del marker_of(draft, gone)["entry"]
    draft.removed.add(gone)
    for note in draft.all("notes"):
        note["about"] = [id for id in note["about"] if id != gone]


@operator("M101")
def unlink_a_marker(draft: Draft) -> None:
    del marker_of(draft, spare(draft))["entry"]


@operator("M101")
def cite_beyond_the_list(draft: Draft) -> None:
    last = max(int(marker["printed"]) for marker in draft.all("markers")) + 1
    draft.data["markers"].append({"id": "beyond", "printed": str(last)})
    draft.first("statements", lambda one: one.get("citations"))["citations"].append({"marker": "beyond"})


@operator("M101")
def print_a_letter_for_a_number(draft: Draft) -> None:
    marker = marker_of(draft, spare(draft))
    marker["printed"] = "b"
    del marker["entry"]
    reference = draft.one("references", spare(draft))
    draft.data["references"].remove(reference)
    draft.removed.add(reference["id"])
    for note in draft.all("notes"):
        note["about"] = [id for id in note["about"] if id != reference["id"]]


@operator("M102")
def add_an_entry_that_nothing_cites(draft: Draft) -> None:
    if any(not marker.get("entry") for marker in draft.all("markers")):
        raise NotApplicable  # there the new entry would be the lost one
    copied = dict(draft.data["references"][-1], id="extra", position=str(len(draft.data["references"]) + 1), title="Quite another work")
    copied["identifiers"] = [{"scheme": "url", "value": "https://doi.org/extra", "statedBy": "source", "confirmed": "true"}]
    draft.data["references"].append(copied)


@operator("M102")
def cite_another_entry_everywhere(draft: Draft) -> None:
    gone = marker_of(draft, spare(draft))["id"]
    for other in [marker["id"] for marker in draft.all("markers") if marker.get("entry") and marker["id"] != gone]:
        users = [s for s in draft.all("statements") if any(c["marker"] == gone for c in s.get("citations", []))]
        if all(all(c["marker"] != other for c in s["citations"]) for s in users):
            for statement in users:
                next(c for c in statement["citations"] if c["marker"] == gone)["marker"] = other
            return
    raise NotApplicable


@operator("M103")
def leave_a_number_out_of_text_and_list(draft: Draft) -> None:
    for part, key in (("markers", "printed"), ("references", "position")):
        for thing in draft.all(part):
            thing[key] = str(int(thing[key]) + (int(thing[key]) > 3))


@operator("M104", "article")
def turn_a_group_of_markers_round(draft: Draft) -> None:
    draft.rewrite("[2,3]", "[3,2]")


@operator("M104", "article")
def cite_a_late_number_early(draft: Draft) -> None:
    draft.rewrite("[1,2]", "[1,2,5]")
    draft.data["statements"][0]["citations"].append({"marker": "m5"})


@operator("M105")
def print_a_number_on_two_markers(draft: Draft) -> None:
    draft.data["markers"][1]["printed"] = f"[{draft.data['markers'][0]['printed']}]"


@operator("M105")
def put_two_entries_at_one_position(draft: Draft) -> None:
    draft.one("references", spare(draft))["position"] = draft.data["references"][0]["position"]


@operator("M106")
def swap_two_markers(draft: Draft) -> None:
    one, other = draft.data["markers"][:2]
    one["printed"], other["printed"] = other["printed"], one["printed"]


@operator("M106")
def mistype_a_marker(draft: Draft) -> None:
    marker_of(draft, spare(draft))["printed"] += "0"


@operator("M113", "article")
def break_a_link(draft: Draft) -> None:
    def broken(article: Article) -> Article:
        return replace(article, link_faults=(LinkFault("3", 5, "leads nowhere: the list has no entry with the id 'b9'"),))

    draft.read = broken


@operator("M107", "article")
def print_a_figure_like_a_marker(draft: Draft) -> None:
    def doubt(article: Article) -> Article:
        return replace(article, abstentions=(Abstention((3,), "3", 5, "First look", 1, "a figure could end the sentence"),))

    draft.read = doubt


@operator("M108", "article", findings=2)
def swap_the_markers_of_two_sentences(draft: Draft) -> None:
    draft.rewrite("[2,3]", "[x]")
    draft.rewrite("[1,3]", "[2,3]")
    draft.rewrite("[x]", "[1,3]")


@operator("M108", "article")
def take_a_marker_off_a_sentence(draft: Draft) -> None:
    draft.rewrite("[2,5]", "[2]")


@operator("M108", "article")
def cite_what_the_sentence_does_not(draft: Draft) -> None:
    draft.first("statements", lambda one: len(one.get("citations", [])) == 2)["citations"].append({"marker": "m6"})


@operator("M109", "article")
def add_a_cited_sentence_to_the_article(draft: Draft) -> None:
    draft.rewrite("[3,6]", "[3,6] Smokers are better treated without any knife at all.[4,6]")


@operator("M112")
def give_a_dose_that_nobody_states(draft: Draft) -> None:
    step = draft.first("steps", lambda one: one["type"] == "Treatment")
    dose = {"id": "dose-of-nobody", "amount": "400", "unit": "mg", "per": "8 h"}
    step["components"] = [*step.get("components", []), {"id": "part-of-nobody", "label": "A remedy", "dose": dose}]


@operator("M110")
def leave_a_statement_uncited(draft: Draft) -> None:
    edges = {one.statement.id for edge in draft.base.transitions for one in evidence(draft.base, edge).supports}
    count: dict[str, int] = {}
    for statement in draft.all("statements"):
        for citation in statement.get("citations", []):
            count[citation["marker"]] = count.get(citation["marker"], 0) + 1
    fits = draft.first(
        "statements", lambda one: one.get("citations") and one["id"] not in edges and all(count[c["marker"]] > 2 for c in one["citations"])
    )
    del fits["citations"]


@operator("M111")
def orphan_an_edge(draft: Draft) -> None:
    _widest(draft).pop("justifiedBy")


@operator("M111")
def rest_an_edge_on_a_heading(draft: Draft) -> None:
    _widest(draft)["justifiedBy"] = [draft.data["headings"][0]["id"]]


def _widest(draft: Draft) -> dict[str, Any]:
    """The edge with most entries behind it, its condition based on nothing."""
    sources = [one for one in draft.all("transitions") if one["statedBy"] == "source"]
    edge = max(sources, key=lambda one: len(evidence(draft.base, one["id"]).references))
    edge.pop("when", None)
    return edge


@operator("M114", "article")
def cite_a_work_in_the_abstract_alone(draft: Draft) -> None:
    draft.rewrite("\nOperation\n", "\nAbstract\n")
