"""What a release says about itself: one licence, one version, one date, one author, wherever they stand."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[1]
APACHE = "cfc7749b96f63bd31c3c42b5c471bf756814053e847c10f3eb003417bc523d30"  # of the licence as the Apache Software Foundation gives it out
RELEASE = re.compile(r"^## (\S+) – (\d{4}-\d\d-\d\d)$", re.MULTILINE)

# Citation File Format 1.2.0: what has to be there, and what may be there without an address.
NEEDED = {"cff-version", "message", "title", "authors"}
ALLOWED = NEEDED | {
    "abstract",
    "type",
    "version",
    "date-released",
    "license",
    "keywords",
    "identifiers",
    "references",
    "preferred-citation",
}


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def citation() -> dict[str, Any]:
    return yaml.load((ROOT / "CITATION.cff").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def releases() -> list[tuple[str, str]]:
    return RELEASE.findall((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))


def test_the_licence_is_whole_and_the_one_that_is_named():
    assert sha256((ROOT / "LICENSE").read_bytes()).hexdigest() == APACHE
    assert (project()["license"], citation()["license"], project()["license-files"]) == ("Apache-2.0", "Apache-2.0", ["LICENSE"])


def test_version_and_date_are_the_same_wherever_they_stand():
    newest = releases()[0]
    assert newest == (project()["version"], citation()["date-released"])
    assert newest[0] == citation()["version"] == version("edgewise"), "install again: the version changed"


def test_the_changelog_tells_releases_newest_first():
    days = [date.fromisoformat(day) for _, day in releases()]
    assert days == sorted(days, reverse=True)
    assert len({number for number, _ in releases()}) == len(days)


def test_the_citation_has_what_its_format_needs_and_nothing_that_it_does_not_know():
    told = citation()
    assert set(told) >= NEEDED
    assert set(told) <= ALLOWED
    assert (told["cff-version"], told["type"]) == ("1.2.0", "software")
    assert all(isinstance(keyword, str) for keyword in told["keywords"])
    assert len(set(told["keywords"])) == len(told["keywords"])


def test_who_made_it_and_what_it_is_about_are_told_alike():
    assert [{"name": author["name"]} for author in citation()["authors"]] == project()["authors"]
    assert citation()["keywords"] == project()["keywords"]


def test_no_address_is_given_where_there_is_none():
    assert "urls" not in project()
    for name in ("SECURITY.md", "CITATION.cff"):
        assert not re.search(r"\w@\w|https?://", (ROOT / name).read_text(encoding="utf-8")), name


def test_what_is_out_of_scope_for_security_leads_to_documents_that_exist():
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    linked = re.findall(r"\]\(([^)]+)\)", text)
    assert linked
    assert [name for name in linked if not (ROOT / name).is_file()] == []
    assert "private reporting" in text
