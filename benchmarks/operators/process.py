"""Faults of review, sign-off, drift and settings."""

from __future__ import annotations

from benchmarks.drafts import Draft, NotApplicable
from benchmarks.operators.table import operator
from edgewise.citations.evidence.support import evidence


@operator("P401", "ledger")
def leave_a_citation_unsigned(draft: Draft) -> None:
    del draft.entries[0]


@operator("P402", "ledger", findings=2)
def reword_a_statement_after_it_was_signed(draft: Draft) -> None:
    draft.first("statements", lambda one: len(one.get("citations", [])) == 2)["text"] += " Or so it seems."


@operator("P402", "ledger", findings=1)
def reprint_a_marker_after_it_was_signed(draft: Draft) -> None:
    statement = draft.first("statements", lambda one: len(one.get("citations", [])) == 2)
    statement["citations"][1]["intention"] = "citesAsAuthority"


@operator("P402", "ledger")
def take_a_signed_citation_away(draft: Draft) -> None:
    edges = {one.statement.id for edge in draft.base.transitions for one in evidence(draft.base, edge).supports}
    draft.first("statements", lambda one: len(one.get("citations", [])) > 1 and one["id"] not in edges)["citations"].pop()


@operator("P403", "ledger")
def find_a_statement_unsupported(draft: Draft) -> None:
    draft.entries.pop(0)
    draft.sign(verdict="not-supported", note="It speaks of knees.")


@operator("P403", "ledger")
def find_the_reference_wrong(draft: Draft) -> None:
    draft.entries.pop(0)
    draft.sign(verdict="wrong-reference")


@operator("P404", "ledger")
def let_two_editors_disagree(draft: Draft) -> None:
    draft.sign(name="Bo Ray", verdict="not-supported")


@operator("P405", "article")
def alter_a_sentence_of_the_article(draft: Draft) -> None:
    draft.rewrite("three or more", "four or more")


@operator("P405", "article")
def reword_a_heading_of_the_article(draft: Draft) -> None:
    draft.rewrite("Intra-articular injection", "Injection")


@operator("P405", "article")
def give_another_article(draft: Draft) -> None:
    if not draft.article:
        raise NotApplicable
    for part in ("statements", "headings"):
        for thing in draft.all(part):
            thing["fingerprint"] = "sha256:" + "0" * 64


@operator("P406", "article")
def copy_a_sentence_of_the_article(draft: Draft) -> None:
    if not draft.article:
        raise NotApplicable
    draft.data["statements"][0]["text"] = "Every sore thumb is filmed before anything else is done to it, they say."


@operator("P406", "article")
def copy_a_sentence_into_a_note(draft: Draft) -> None:
    if not draft.article:
        raise NotApplicable
    draft.data["notes"][0]["text"] += " TWO INJECTIONS that each halve the pain, show that the joint is to blame!"


@operator("P407")
def put_the_guideline_back_into_review(draft: Draft) -> None:
    draft.data["reviewStatus"] = "submitted"


@operator("P408")
def waive_what_is_not_there(draft: Draft) -> None:
    draft.data["waivers"] = [{"id": "w", "rule": "malformed-pages", "reason": "They are printed so."}]


@operator("P409")
def waive_a_rule_that_does_not_exist(draft: Draft) -> None:
    draft.data["waivers"] = [{"id": "w", "rule": "M999", "reason": "To be sure."}]


@operator("P409")
def set_a_rule_that_does_not_exist(draft: Draft) -> None:
    draft.data["severities"] = [{"id": "v", "rule": "orphan-markr", "severity": "note"}]
