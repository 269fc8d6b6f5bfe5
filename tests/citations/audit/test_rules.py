"""Each rule on cases kept as data (tests/rules): what it finds, what it must not find, and that no other rule answers."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
import yaml

from benchmarks.drafts import Draft, draft
from edgewise.citations.audit.engine import Audited, audit
from edgewise.citations.audit.rules import FAMILIES, RULES, find_rule
from edgewise.citations.ledger.fingerprints import find_link, seen
from edgewise.citations.lookup.works import Listed, Notice
from edgewise.citations.reading.article import Abstention
from edgewise.citations.reading.fingerprint import fingerprint
from edgewise.citations.reading.model import LinkFault
from edgewise.graph.reading.validate import validate
from edgewise.ontology.errors import UnknownName
from tests.places import DATA, ROOT

FOLDER = ROOT / "tests" / "rules"
FILES = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.yaml"))}
CASES = [
    pytest.param(case, id=f"{rule}-{kind}-{case['name']}".replace(" ", "-"))
    for rule, held in FILES.items()
    for kind in ("pass", "fail")
    for case in held[kind]
]
KEYS = {
    "name", "given", "edit", "add", "article", "doubt", "unasked", "dead", "notices", "listed", "twin", "unsigned", "signed",
    "other_article", "list_faults", "links", "authors", "names", "finds",
}  # fmt: skip


def part_of(thing: Any, name: str) -> Any:
    """A key of a mapping; of a list, the thing of that id or at that place, counted from 1."""
    if isinstance(thing, dict):
        return thing[name]
    return next((one for one in thing if one.get("id") == name), None) or thing[int(name) - 1]


def reach(data: Any, path: str) -> tuple[Any, str]:
    *steps, last = path.split("/")
    for step in steps:
        data = part_of(data, step)
    return data, last


def as_text(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: as_text(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_text(inner) for inner in value]
    if isinstance(value, str) and value.startswith("@ "):
        return fingerprint(value[2:])
    return str(value).lower() if isinstance(value, bool) else str(value)


def edit(data: Any, path: str, value: Any) -> None:
    """Set a value; None takes it away."""
    holder, last = reach(data, path)
    if isinstance(holder, list):
        holder.remove(part_of(holder, last))
    elif value is None:
        del holder[last]
    else:
        holder[last] = as_text(value)


def made(case: dict[str, Any]) -> Draft:
    one = draft("thumb")
    one.names = case.get("names")
    for path, value in case.get("edit", {}).items():
        edit(one.data, path, value)
    for path, values in case.get("add", {}).items():
        holder, last = reach(one.data, path)
        holder.setdefault(last, []).extend(as_text(values))
    for old, new in case.get("article", {}).items():
        one.rewrite(old, new)
    if case.get("other_article"):
        one.article = (
            "Of knees\n\nKnees are another matter altogether.[1] So are toes.[2]\n\nReferences\n\n"
            + one.article.partition("References\n\n")[2]
        )
    said: dict[str, Any] = {}
    if "doubt" in case:
        said["abstentions"] = (Abstention((int(case["doubt"]),), case["doubt"], 5, "First look", 1, "it could be a figure"),)
    if "links" in case:
        said["link_faults"] = tuple(LinkFault("3", 5, why) for why in case["links"])
    if "authors" in case:
        said["authors"] = tuple(case["authors"])
    one.read = lambda article: replace(article, **said)
    one.list_faults += case.get("list_faults", [])
    look_up(one, case)
    sign_off(one, case)
    return one


def look_up(one: Draft, case: dict[str, Any]) -> None:
    for id, kinds in case.get("notices", {}).items():
        held = tuple(Notice(kind, kind, f"10.5555/notice.{place}") for place, kind in enumerate(kinds))
        one.works[id] = replace(one.works[id], notices=held)
    if "twin" in case:
        one.also.append(replace(one.works[case["twin"]], doi="10.5555/twin", pmid="999"))
    one.unasked |= set(case.get("unasked", []))
    one.dead |= set(case.get("dead", []))


def with_list(subject: Audited, case: dict[str, Any]) -> Audited:
    """With what a kept list of retractions says: a kind and a day each."""
    answers = dict(subject.lookups or {})
    for id, told in case.get("listed", {}).items():
        notices = tuple(Notice(kind, kind, date=day) for kind, day in map(str.split, told))
        answers[id] = replace(answers[id], listed=Listed("2026-05-01", notices))
    return replace(subject, lookups=answers) if case.get("listed") else subject


def sign_off(one: Draft, case: dict[str, Any]) -> None:
    for id in case.get("unsigned", []):
        one.entries = [entry for entry in one.entries if entry.content.citation != f"{one.base.iri}/{id}"]
    for signed in case.get("signed", []):
        given = {key: value for key, value in signed.items() if key != "citation"}
        one.sign(citation=f"{one.base.iri}/{signed['citation']}", seen=seen(find_link(one.base, signed["citation"])), **given)


def test_every_rule_has_cases_that_pass_and_cases_that_fail_it():
    assert set(FILES) == {rule.id for rule in RULES}
    for rule, held in FILES.items():
        assert held["pass"], rule
        assert held["fail"], rule
        assert not {key for kind in ("pass", "fail") for case in held[kind] for key in case} - KEYS, rule
        assert all(not case.get("finds") for case in held["pass"]), rule
        assert all(any(found.split()[0] == rule for found in case["finds"]) for case in held["fail"]), rule


@pytest.mark.parametrize("case", CASES)
def test_the_whole_catalogue_finds_exactly_what_the_case_says(case):
    subject = with_list(made(case).audited(frozenset(case.get("given", []))), case)
    found = audit(subject)
    base = f"{subject.guideline.iri}/"
    told = [f"{one.rule} {one.subject.removeprefix(base) if one.subject != subject.guideline.iri else ''}".strip() for one in found]
    assert sorted(told) == sorted(case.get("finds", [])), "\n".join(map(str, found))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_explains_itself(rule):
    assert re.fullmatch(r"[MRSPG][1-5]\d\d", rule.id)
    assert FAMILIES[rule.id[0]] == rule.family
    assert re.fullmatch(r"[a-z]+(-[a-z]+)+", rule.name), "a name reads after 'allow…'"
    assert rule.why.endswith(".")
    assert rule.fix.endswith(".")


def test_ids_and_names_are_each_given_once_and_find_their_rule():
    assert len({rule.id for rule in RULES} | {rule.name for rule in RULES}) == 2 * len(RULES)
    assert all(find_rule(rule.id) is find_rule(rule.name) is rule for rule in RULES)
    with pytest.raises(UnknownName, match="orphan-marker"):
        find_rule("orphan-markers")


def test_ids_are_permanent():
    """A rule may be retired, but its id and name never mean anything else: settings, waivers and reports out there name them."""
    known = yaml.safe_load((DATA / "audit" / "rule-ids.yaml").read_text(encoding="utf-8"))
    assert {rule.id: rule.name for rule in RULES} == known


def test_the_guideline_behind_the_cases_is_sound():
    assert validate(draft("thumb").audited(frozenset()).source) == []
