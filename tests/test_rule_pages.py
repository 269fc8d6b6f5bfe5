"""Every rule has its page in docs/rules, made of its own words and cases. `python -m tests.test_rule_pages` writes them anew."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
import yaml

from edgewise.citations.audit import rule_pages
from edgewise.citations.audit.engine import Report, audit
from edgewise.citations.audit.reports import html_page, sarif
from edgewise.citations.audit.rule_pages import FOLDER, INDEX, Example, index, page
from edgewise.citations.audit.rules import RULES, Rule
from edgewise.graph.model import Guideline
from edgewise.ontology.findings import Finding
from tests.citations.audit.test_rules import FILES, made, with_list

_HIDDEN = ("name", "finds")


def names(rule: Rule, kind: str) -> Sequence[str]:
    return list(dict.fromkeys(case["name"] for case in FILES[rule.id][kind]))


@cache
def example(rule: Rule) -> Example:
    """The first case that the rule answers, and what it says of it."""
    case: dict[str, Any] = FILES[rule.id]["fail"][0]
    change = {key: value for key, value in case.items() if key not in _HIDDEN}
    subject = with_list(made(case).audited(frozenset(case.get("given", []))), case)
    says = tuple(f"{one.severity}: {one.message}" for one in audit(subject) if one.rule == rule.id)
    written = yaml.safe_dump(change, allow_unicode=True, sort_keys=False, width=110) if change else "# nothing is changed"
    return Example(case["name"], written, says)


def pages() -> dict[str, str]:
    """File name → text, for all of docs/rules."""
    found = {f"{rule.id}.md": page(rule, names(rule, "fail"), names(rule, "pass"), example(rule)) for rule in RULES}
    return {INDEX: index({rule.id: names(rule, "fail") for rule in RULES}, RULES), **found}


def held() -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(FOLDER.iterdir())}


def write_anew() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = pages()
    for path in FOLDER.iterdir():
        if path.name not in wanted:
            path.unlink()
    for name, text in wanted.items():
        (FOLDER / name).write_text(text, encoding="utf-8")


def test_the_pages_say_what_the_rules_and_their_cases_say():
    wanted, there = pages(), held()
    assert set(there) == set(wanted), "run: python -m tests.test_rule_pages"
    assert [name for name in wanted if there[name] != wanted[name]] == [], "run: python -m tests.test_rule_pages"


def test_every_example_shows_what_its_rule_answers():
    assert [rule.id for rule in RULES if not example(rule).says] == []


def test_every_link_of_a_page_leads_somewhere():
    for name, text in held().items():
        prose = re.sub(r"```.*?```|^    .*$", "", text, flags=re.DOTALL | re.MULTILINE)
        for target in re.findall(r"(?<!\\)\[[^\]]*\]\(([^)#]+)", prose):
            assert (FOLDER / target).is_file(), f"{name} leads to {target}"


def test_sarif_leads_from_every_rule_to_its_page():
    driver = sarif(Report(()))["runs"][0]["tool"]["driver"]
    led = {rule["id"]: Path(unquote(urlsplit(rule["helpUri"]).path)) for rule in driver["rules"]}
    assert set(led) == {rule.id for rule in RULES}
    assert all(path.is_file() and path.read_text(encoding="utf-8").splitlines()[2].startswith(f"# {id} ") for id, path in led.items())
    assert all(rule["help"]["markdown"].startswith("**Why it matters.** ") for rule in driver["rules"])


@pytest.mark.parametrize(("given", "led"), [("https://example.org/rules/", "https://example.org/rules/M101.md"), ("", "#M101")])
def test_a_report_leads_to_the_page_on_the_web_or_to_its_own_words_on_the_rule(given, led, monkeypatch):
    """A report is sent to people who have none of our folders: a link into them would lead nowhere."""
    monkeypatch.setattr(rule_pages, "_published", lambda: given.rstrip("/"))
    finding = Finding(rule="M101", message="marker 7 points to no entry", severity="error", file="g.yaml", line=7)
    guideline = Guideline("g", "urn:g", "Hips", "", "Nobody", "2026-01-01", "pending", "", "", "")
    text = html_page(Report((finding,)), guideline)
    assert f'<a href="{led}">M101 orphan-marker</a>' in text
    assert '<dt id="M101">M101 orphan-marker</dt>' in text
    assert "file:" not in text
    driver = sarif(Report(()))["runs"][0]["tool"]["driver"]
    assert driver["rules"][0]["helpUri"].startswith(given or "file:///")


def test_a_release_names_the_address_of_its_pages(monkeypatch):
    addresses = ["Homepage, https://example.org", "Rules, https://example.org/docs/rules"]

    class Told:
        def get_all(self, _: str) -> list[str]:
            return addresses

    monkeypatch.setattr(rule_pages, "metadata", lambda _: Told())
    assert rule_pages._published.__wrapped__() == "https://example.org/docs/rules"
    addresses.clear()
    assert rule_pages._published.__wrapped__() == ""


if __name__ == "__main__":
    write_anew()
    sys.stdout.write(f"{FOLDER} is up to date\n")
