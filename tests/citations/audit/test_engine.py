"""The audit as a whole: what it finds in the first guideline, settings, waivers, and what it says it did not check."""

from __future__ import annotations

import json
import warnings
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from benchmarks.drafts import GUIDELINES, draft
from benchmarks.mutants import outcomes
from benchmarks.mutants import run as mutant
from benchmarks.operators import OPERATORS
from edgewise.citations.audit.engine import Audited, audit, examine
from edgewise.citations.audit.rules import RULES
from edgewise.citations.audit.settings import AuditSettings, find_settings, read_settings
from edgewise.citations.reading.article import read_article, read_article_text
from edgewise.graph.library import load
from edgewise.graph.model import RuleSetting, Waiver
from edgewise.ontology.errors import SourceError
from edgewise.ontology.findings import Finding
from tests import likeness
from tests.places import DATA, SHARED

ARTICLES = SHARED / "article"
SI = "sacroiliac-sclerosis"


@cache
def si() -> Audited:
    loaded = load(SI)
    return Audited(loaded.guideline, loaded.source)


@pytest.fixture(params=["likeness", "article"])
def with_article(request: pytest.FixtureRequest) -> Audited:
    """With an article of our own words, and with the copy that stays with the editor; without that, the summary says so."""
    if request.param == "likeness":
        told = read_article_text(likeness.article(si().guideline), "likeness.txt", "text")
        return replace(si(), guideline=likeness.retold(si().guideline), article=told)
    found = sorted(ARTICLES.glob("*.txt"))
    if not found:
        reason = "NOT CHECKED: no ../shared/article/*.txt beside this checkout"
        warnings.warn(reason, stacklevel=2)
        pytest.skip(reason)
    return replace(si(), article=read_article(found[0]))


def row(finding: Finding) -> dict[str, Any]:
    base = f"{si().guideline.iri}/"
    return {
        "rule": finding.rule, "severity": finding.severity, "subject": finding.subject.removeprefix(base), "message": finding.message,
        "related": [iri.removeprefix(base) for iri in finding.related],
    }  # fmt: skip


def golden() -> dict[str, list[dict[str, Any]]]:
    """Reviewed row by row against the article: a changed row has to be read again before it is written here."""
    return json.loads((DATA / "audit-golden.json").read_text(encoding="utf-8"))


def found_by(findings: tuple[Finding, ...], rule: str, *words: str) -> list[Finding]:
    return [one for one in findings if one.rule == rule and all(word in one.message for word in words)]


# The first guideline ----------------------------------------------------------------------------------------------------


def test_the_first_guideline_has_exactly_the_findings_that_were_reviewed():
    assert [row(one) for one in audit(si())] == golden()["guideline"]


def test_the_article_adds_exactly_the_findings_that_were_reviewed(with_article: Audited):
    rows = [row(one) for one in audit(with_article)]
    assert [one for one in rows if one not in golden()["guideline"]] == golden()["article"]
    assert [one for one in rows if one in golden()["guideline"]] == golden()["guideline"]


def test_every_finding_leads_to_a_line_and_to_things_that_exist():
    guideline = si().guideline
    parts = (guideline.steps, guideline.transitions, guideline.observables, guideline.statements, guideline.headings, guideline.markers)
    ids = {f"{guideline.iri}/{id}" for part in (*parts, guideline.references) for id in part} | {guideline.iri}
    for one in audit(si()):
        assert one.line > 0, one
        assert {one.subject, *one.related} <= ids, one
        assert one.repair, one


@pytest.mark.parametrize(
    ("fault", "rule", "words"),
    [
        ("1: seven markers, six entries", "M101", ["6 entries", "reach 7", "lost from the list, perhaps at 5", "a slip for 1 or 5"]),
        ("2: no identifier on any reference", "R202", ["no entry of the list prints an identifier"]),
        ("3: references 1-3 are second-hand", "R207", ["1 was issued by Dr.Oracle itself", "2 and 3 are tertiary summaries"]),
        ("3: imaging rests on 1 alone", "S310", ["on entry 1 alone, issued by Dr.Oracle", "'initial imaging' and 'second imaging'"]),
        ("4: thresholds and counts before fusion", "S301", ["at least 70 % in 2 (s17", "s32", "more than 70 % (s25", "exactly 70 %"]),
        ("5: relief of 70-79 % and above 90 %", "S303", ["at least 70 % and less than 80 %, or more than 90 %", "Cooled RFA", "fusion"]),
        ("6: outcomes on different measures", "S307", ["success rate > 80 %", "17.6 %", "failure rate > 80 %", "different measures"]),
        ("7: into the joint or beside it", "S305", ["intra-articular (heading-injections)", "periarticular (s18)"]),
        ("8: when MRI is next", "S304", ["Equivocal or Negative (heading-second-imaging", "Sclerosis (s4", "no answer fits all"]),
    ],
)  # fmt: skip
def test_the_audit_finds_by_itself_what_is_wrong_with_the_first_article(fault: str, rule: str, words: list[str]):
    assert len(found_by(audit(si()), rule, *words)) == 1, fault


def test_markers_beyond_the_list_are_one_finding(with_article: Audited):
    found = [one for one in audit(with_article) if one.rule.startswith("M1") and one.severity == "error"]
    assert [(one.rule, one.value) for one in found] == [("M101", "7")]


def test_no_diagnosis_of_the_lost_entry_is_adopted():
    before = {marker.id: marker.entry for marker in si().guideline.markers.values()}
    audit(si())
    assert {marker.id: marker.entry for marker in si().guideline.markers.values()} == before
    assert before["marker-7"] == ""


# What was not checked ---------------------------------------------------------------------------------------------------


def test_rules_without_their_input_do_not_run_and_are_named():
    report = examine(si())
    unchecked = {rule for one in report.unchecked for rule in one.rules if rule not in report.checked}
    of_files = {rule.id for rule in RULES if "list" in rule.needs}  # a guideline is no file of references: nothing is missing
    assert unchecked == {rule.id for rule in RULES if rule.needs} - of_files
    assert set(report.checked) == {rule.id for rule in RULES} - unchecked - of_files


def test_what_the_search_for_gaps_left_aside_is_named_though_its_rules_ran():
    told = [one for one in examine(si()).unchecked if one.rules[0].startswith("G")]
    assert [one.why for one in told] == ["MRI SI joints, ± contrast, because the walk does not go beyond what is only offered as an option"]


def test_what_no_registry_could_be_asked_about_is_not_checked_rather_than_not_found():
    one = draft("thumb")
    one.unasked = {"r1"}
    report = examine(one.audited(frozenset(["look-ups"])))
    assert report.findings == ()
    assert any("entry 1 could not be looked up at crossref: the server does not answer" in u.why for u in report.unchecked)


def half_opened():
    """A guideline with one address opened in vain, and one not at all."""
    one = draft("thumb")
    for id in ("r1", "r2"):
        one.one("references", id)["identifiers"].append(
            {"scheme": "url", "value": f"https://example.org/{id}", "statedBy": "source", "confirmed": "false"}
        )
    one.unasked = {"r1"}
    subject = one.audited(frozenset(["links"]))
    resolved = dict(subject.lookups or {})
    return replace(subject, lookups={**resolved, "r2": replace(resolved["r2"], links=())})


def test_an_address_that_could_not_be_opened_is_not_checked_rather_than_dead():
    report = examine(half_opened())
    assert report.findings == ()
    assert [u.why for u in report.unchecked if u.rules == ("R217",)] == [
        "https://example.org/r1, in entry 1, could not be looked up: the server does not answer",
        "the web address of entry 2 was not looked up",
    ]


def test_look_ups_that_opened_no_address_leave_links_unchecked():
    report = examine(draft("thumb").audited(frozenset(["look-ups"])))
    assert [u.why for u in report.unchecked if "R217" in u.rules] == ["no web address was looked up"]


def test_a_rule_that_is_off_is_not_said_to_lack_its_input():
    assert all(one.rules for one in examine(si(), AuditSettings({"R217": "off"})).unchecked)


OF_LOOKUPS = [rule.id for rule in RULES if "look-ups" in rule.needs]


def half_looked_up():
    """A guideline with one reference looked up in vain, and one not at all."""
    one = draft("thumb")
    one.unasked = {"r1"}
    subject = one.audited(frozenset(["look-ups"]))
    return replace(subject, lookups={id: held for id, held in (subject.lookups or {}).items() if id != "r2"})


def test_what_was_not_looked_up_leaves_exactly_the_rules_of_look_ups_unchecked_and_of_them_none_that_is_off():
    named = {one.why.split(" look")[0]: one.rules for one in examine(half_looked_up(), AuditSettings({OF_LOOKUPS[0]: "off"})).unchecked}
    assert [named[why] for why in ("entry 1 could not be", "entry 2 was not")] == [tuple(OF_LOOKUPS[1:])] * 2


def test_with_every_rule_of_look_ups_off_no_reference_is_said_to_lack_one():
    told = examine(half_looked_up(), AuditSettings(dict.fromkeys(OF_LOOKUPS, "off"))).unchecked
    assert [one for one in told if "look" in one.why and "R217" not in one.rules] == []
    assert all(one.rules for one in told)


def test_with_nothing_at_hand_each_lack_is_said_once():
    assert [one.why for one in examine(draft("thumb").audited(frozenset())).unchecked] == [
        "the article's text was not given",
        "no ledger was given",
        "nothing was looked up",
        "no web address was looked up",
        "who wrote the article is not known: JATS alone says so",
        "no house style says how many authors an entry has to name",
    ]


def test_with_every_rule_of_gaps_off_nothing_is_said_of_the_search():
    off = [rule.id for rule in RULES if rule.family == "gaps"]
    told = examine(si(), AuditSettings(dict.fromkeys(off, "off"))).unchecked
    assert [one.why for one in told if set(one.rules) <= set(off)] == ["switched off by the settings"]


@pytest.mark.parametrize("subject", [si, half_looked_up, half_opened], ids=["nothing at hand", "looked up", "opened"])
def test_a_rule_that_is_off_is_unchecked_for_that_reason_alone(subject):
    """One of each kind: of those that lack something, and of those that search for gaps."""
    off = [next(rule.id for rule in RULES if given in rule.needs) for given in ("article", "ledger", "look-ups", "links")]
    off.append(next(rule.id for rule in RULES if rule.family == "gaps"))
    told = {
        rule: [one.why for one in examine(subject(), AuditSettings(dict.fromkeys(off, "off"))).unchecked if rule in one.rules]
        for rule in off
    }
    assert told == {rule: ["switched off by the settings"] for rule in off}


def test_a_reference_that_nobody_looked_up_is_named():
    subject = draft("thumb").audited(frozenset(["look-ups"]))
    report = examine(replace(subject, lookups={id: held for id, held in (subject.lookups or {}).items() if id != "r2"}))
    assert any(one.why == "entry 2 was not looked up" for one in report.unchecked)


# Settings and waivers ---------------------------------------------------------------------------------------------------


def ruled(subject: Audited, **parts: Any) -> Audited:
    return replace(subject, guideline=replace(subject.guideline, **parts))


def test_a_rule_that_is_off_is_not_checked_and_the_report_says_so():
    report = examine(si(), AuditSettings({"P407": "off"}))
    assert not [one for one in report.findings if one.rule == "P407"]
    assert [one.why for one in report.unchecked if one.rules == ("P407",)] == ["switched off by the settings"]


def test_the_guideline_wins_over_the_project():
    subject = ruled(si(), severities={"v": RuleSetting("v", "pending-review", "error")})
    assert [one.severity for one in audit(subject, AuditSettings({"P407": "off"})) if one.rule == "P407"] == ["error"]


def test_a_waived_finding_is_shown_with_its_reason_and_counts_no_more():
    subject = ruled(si(), waivers={"w": Waiver("w", "R207", "Known to the author.", ("reference-1", "reference-2", "reference-3"))})
    report = examine(subject)
    assert not [one for one in report.findings if one.rule in ("R207", "P408")]
    assert [(one.finding.rule, one.reason) for one in report.waived] == [("R207", "Known to the author.")]


def settings_of(tmp_path: Path, text: str) -> AuditSettings:
    (tmp_path / "pyproject.toml").write_text(text, encoding="utf-8")
    return find_settings(tmp_path / "deep" / "guideline.yaml")


def test_settings_are_read_from_the_nearest_project(tmp_path):
    found = settings_of(tmp_path, '[tool.edgewise.audit]\nseverity = { S309 = "note", pending-review = "off" }\n')
    assert found.levels == {"S309": "note", "P407": "off"}


@pytest.mark.parametrize(("said", "names"), [("6", 6), ('"all"', "all"), ('"3"', 3)])
def test_a_project_says_how_many_names_its_style_asks_for(tmp_path, said, names):
    assert settings_of(tmp_path, f"[tool.edgewise.audit]\nnames = {said}\n").names == names


def test_what_the_style_asks_for_is_judged_by_the_project_and_the_command_wins_over_it():
    subject = draft("thumb")
    subject.one("references", "r1")["author"] = "Ames A, Bold B, et al."
    audited = subject.audited(frozenset())
    assert [one.rule for one in audit(audited, AuditSettings(names=3))] == ["R224"]
    assert audit(audited, AuditSettings(names=3).asking_for(2)) == ()
    assert any("R224" in one.rules for one in examine(audited).unchecked), "nobody said how many"


def test_a_project_that_says_nothing_changes_nothing(tmp_path):
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'x'\n", encoding="utf-8")
    assert read_settings(tmp_path / "pyproject.toml") is None


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('[tool.edgewise.audit]\nseverity = { M999 = "note" }\n', 2, "unknown rule 'M999'"),
        ('[tool.edgewise.audit.severity]\nM101 = "loud"\n', 2, "'loud' is no severity"),
        ("[tool.edgewise.audit]\nquiet = true\n", 2, "'quiet' is not a setting"),
        ("[tool.edgewise.audit]\nnames = 0\n", 2, "is no number of names"),
        ('[tool.edgewise.audit]\nnames = "many"\n', 2, "is no number of names"),
        ("[tool.edgewise.audit]\nnames = true\n", 2, "is no number of names"),
        ("[tool.edgewise]\naudit = 3\n", 0, "not a table"),
        ("[tool.edgewise.audit]\nseverity = [1]\n", 0, "not a table"),
        ("[tool.edgewise.audit\n", 0, "cannot be read"),
        ('[tool.edgewise.audit]\nseverity = { M101 = ["note"] }\n', 2, "is no severity"),
    ],
)
def test_faulty_settings_are_refused_with_their_line(tmp_path, text, line, words):
    with pytest.raises(SourceError) as caught:
        settings_of(tmp_path, text)
    assert [(one.line, words in one.message) for one in caught.value.findings] == [(line, True)]


# Mutation proof ---------------------------------------------------------------------------------------------------------


def test_every_mutant_raises_exactly_the_rule_it_was_made_for():
    found = outcomes()
    assert [one for one in found if one.survived] == []
    killed = [one for one in found if one.verdict == "killed"]
    assert len({one.operator for one in killed}) == len(OPERATORS) >= 60
    assert {one.guideline for one in killed} == set(GUIDELINES)
    assert {one.rule for one in killed} == {rule.id for rule in RULES}


def test_a_catalogue_that_lacks_a_rule_lets_its_mutants_survive(monkeypatch):
    monkeypatch.setattr("edgewise.citations.audit.engine.RULES", tuple(rule for rule in RULES if rule.id != "S301"))
    flip = next(one for one in OPERATORS if one.name == "flip at least to more than")
    assert [mutant(flip, name).survived for name in GUIDELINES] == [True, True]


def test_a_rule_that_answers_too_often_is_noticed():
    flip = next(one for one in OPERATORS if one.name == "flip at least to more than")
    assert mutant(replace(flip, findings=2), "thumb").survived
    assert mutant(replace(flip, rule="S302"), "thumb").survived
