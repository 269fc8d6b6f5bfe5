"""What rules say that they could not judge, and an article that is another's."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from benchmarks.drafts import Draft, draft
from edgewise.citations.audit.engine import Report, examine
from edgewise.citations.lookup.works import Listed, Notice
from tests.citations.audit.test_rules import made

PRESS = {"field": "status", "value": "in press", "statedBy": "source", "confirmed": "false"}


def reasons(report: Report, rule: str) -> list[str]:
    return [one.why for one in report.unchecked if rule in one.rules]


def changed(**reference: Any) -> Draft:
    one = draft("thumb")
    one.one("references", "r2").update(reference)
    return one


def retracted(day: str, **guideline: str):
    subject = draft("thumb").audited(frozenset(["look-ups"]))
    told = replace((subject.lookups or {})["r1"], listed=Listed("2026-05-01", (Notice("retraction", "Retraction", date=day),)))
    return replace(subject, lookups={**(subject.lookups or {}), "r1": told}, guideline=replace(subject.guideline, **guideline))


@pytest.mark.parametrize(
    ("day", "guideline", "why"),
    [
        ("", {}, "the day of its retraction is not known"),
        ("2025", {}, "the day of its retraction is not known closely enough"),
        ("2019-04-01", {"updated": ""}, "the date of what cites it is not known"),
        ("2019-04-01", {"updated": "(date not written yet)"}, "the date of what cites it is not known"),
    ],
)
def test_whether_a_work_was_cited_after_its_retraction_is_not_checked_without_both_days(day, guideline, why):
    report = examine(retracted(day, **guideline))
    assert [one.rule for one in report.findings] == ["R212"]
    assert reasons(report, "R220") == [f"whether entry 1 was cited after its retraction: {why}"]


def test_a_work_that_was_retracted_later_was_not_cited_after_it():
    report = examine(retracted("2026-01-01"))
    assert [one.rule for one in report.findings] == ["R212"]
    assert reasons(report, "R220") == []


def test_in_press_without_a_year_is_not_checked():
    one = changed(additions=[PRESS], year="2012")
    subject = one.audited(frozenset())
    undated = replace(subject.guideline.references["r2"], year=0)
    report = examine(replace(subject, guideline=replace(subject.guideline, references={**subject.guideline.references, "r2": undated})))
    assert [found.rule for found in report.findings] == ["R201"]
    assert reasons(report, "R222") == ["whether entry 2, still in press, should have appeared: no year is given"]


def test_in_press_is_judged_by_the_day_of_the_audit_where_what_cites_has_no_date_and_by_none_where_no_day_is_known():
    subject = changed(additions=[PRESS]).audited(frozenset())
    undated = replace(subject, guideline=replace(subject.guideline, updated=""))
    assert reasons(examine(undated), "R222") == [
        "whether entry 2, still in press, should have appeared: the date of what cites is not known"
    ]
    found = [one for one in examine(replace(undated, today="2013-01-01")).findings if one.rule == "R222"]
    assert [one.value for one in found] == ["in press"]
    assert not [one for one in examine(replace(undated, today="2012-12-31")).findings if one.rule == "R222"]


def test_whether_a_preprint_has_appeared_is_not_checked_before_it_was_looked_up():
    one = changed(container="medRxiv")
    assert reasons(examine(one.audited(frozenset())), "R221") == ["whether entry 2, a preprint, has appeared since: nobody looked that up"]
    assert reasons(examine(one.audited(frozenset(["look-ups"]))), "R221") == []
    one.unasked = {"r2"}
    told = reasons(examine(one.audited(frozenset(["look-ups"]))), "R221")
    assert told == ["whether entry 2, a preprint, has appeared since: no registry could be asked"]


def test_what_a_registry_was_not_asked_for_whole_is_not_checked_rather_than_not_found():
    one = changed(title="Never heard of", identifiers=[])
    del one.one("references", "r2")["author"]
    report = examine(one.audited(frozenset(["look-ups"])))
    assert "R227" not in [found.rule for found in report.findings]
    assert reasons(report, "R227") == ["whether entry 2 exists as it stands: it gives no author to seek it by"]


def test_no_finding_calls_a_work_invented():
    report = examine(
        made({"edit": {"references/r2/title": "Never heard of", "references/r2/identifiers": None}}).audited(frozenset(["look-ups"]))
    )
    told = [one.message for one in report.findings if one.rule == "R227"]
    assert len(told) == 1
    assert "was not found" in told[0]
    assert "invent" not in told[0] + next(one.repair for one in report.findings if one.rule == "R227")


OF_ARTICLE = {"M104", "M107", "M108", "M109", "M113", "M114", "R216", "P406"}


def test_with_another_article_one_rule_tells_of_it_and_those_that_need_the_article_say_why_they_wait():
    report = examine(made({"other_article": True}).audited(frozenset(["article"])))
    assert [one.rule for one in report.findings] == ["P405"]
    assert "it seems to be another article than the guideline's" in report.findings[0].message
    waiting = [one for one in report.unchecked if one.why == "the article given does not seem to be the one that the guideline is of"]
    assert [set(one.rules) for one in waiting] == [OF_ARTICLE]
    assert not OF_ARTICLE & set(report.checked)
    assert "P405" in report.checked


def test_an_article_that_shares_a_heading_is_another_all_the_same():
    one = made({"other_article": True})
    one.article = one.article.replace("Of knees", "Of knees\n\nIntra-articular injection")
    report = examine(one.audited(frozenset(["article"])))
    assert [found.message.partition(" ")[0] for found in report.findings] == ["only"]


def test_half_a_changed_article_is_still_the_article():
    one = draft("thumb")
    for word in ("Swelling", "Operate", "spares", "halve", "numbed"):
        one.article = one.article.replace(word, word.upper() + "ish")
    report = examine(one.audited(frozenset(["article"])))
    assert {found.rule for found in report.findings} == {"P405"}
    assert len(report.findings) == 5
    assert set(report.checked) >= OF_ARTICLE


def test_a_draft_that_says_of_no_passage_where_it_stands_can_be_held_against_any_article():
    subject = draft("thumb").audited(frozenset(["article"]))
    statements = {id: replace(one, fingerprint="") for id, one in subject.guideline.statements.items()}
    headings = {id: replace(one, fingerprint="") for id, one in subject.guideline.headings.items()}
    guideline = replace(subject.guideline, statements=statements, headings=headings)
    assert "P405" not in [one.rule for one in examine(replace(subject, guideline=guideline)).findings]
