"""Cases and settings of guidelines in a database: practised, compared and audited as those beside a file are."""

from __future__ import annotations

import shutil

import pytest

from edgewise.citations.audit.engine import Audited, audit
from edgewise.explorer.environment import GUIDELINE, LIBRARY
from edgewise.explorer.pages.audit.audited import audit_of
from edgewise.explorer.pages.compare.versions import _as_it_is
from edgewise.explorer.shell import guidelines, search_index
from edgewise.graph.shelf import SHELF
from edgewise.graph.stores.addresses import open_store
from edgewise.graph.stores.loading import load_files
from tests.explorer.drawn_pages import bodies, opened, words

ANKLE = "ottawa-ankle"


@pytest.fixture(params=["folder", "oxigraph"])
def kept(request, tmp_path, monkeypatch):
    """A library into which a guideline was loaded with its cases and a setting of its audit."""
    files = tmp_path / "files"
    shutil.copytree(SHELF / ANKLE, files / ANKLE)
    (files / "pyproject.toml").write_text('[tool.edgewise.audit]\nseverity = { pending-review = "off" }\n')
    url = str(tmp_path / "library") if request.param == "folder" else f"oxigraph:{tmp_path / 'library'}"
    with open_store(url) as store:
        load_files(store, [str(files / ANKLE / "guideline.yaml")])
    monkeypatch.setenv(LIBRARY, url)
    monkeypatch.delenv(GUIDELINE)
    yield url
    for cache in (guidelines._store, guidelines._begun, guidelines._held, guidelines._listed, search_index._of):
        cache.cache_clear()


def test_cases_are_practised_and_compared_out_of_any_library(kept):
    cases = _as_it_is(ANKLE).cases
    assert len(cases) > 1
    at = opened(page="teach", g=ANKLE)
    shown = words(at) + " ".join(button.label for button in at.button)
    assert all(one.title in shown.replace("\\", "") for one in cases), bodies(at)


def test_what_a_project_says_of_rules_holds_in_any_library(kept):
    usual = {finding.rule for finding in audit(Audited(guidelines.loaded(ANKLE).guideline, guidelines.loaded(ANKLE)))}
    found = {finding.rule for finding in audit_of(guidelines.opened(ANKLE)).report.findings}
    assert "P407" in usual
    assert "P407" not in found
    assert found
