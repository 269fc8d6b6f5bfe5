"""The Library page: what there is as cards, what is searched down to step and statement, what is dropped in."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
import streamlit as st

from edgewise.explorer.environment import GUIDELINE, LIBRARY
from edgewise.explorer.pages.library import dropping, hits
from edgewise.explorer.shell import dropped, guidelines, search_index
from edgewise.graph.fulltext.index import KINDS, Hit
from edgewise.graph.shelf import SHELF, ids
from tests.explorer.drawn_pages import address, drawn, opened, words
from tests.places import DATA


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with two of the guidelines, and nothing named at the start."""
    folder = tmp_path / "library"
    for id in ("ottawa-ankle", "pulmonary-embolism"):
        shutil.copytree(SHELF / id, folder / id)
    monkeypatch.setenv(LIBRARY, str(folder))
    monkeypatch.delenv(GUIDELINE)
    yield folder
    for kept in (guidelines._store, guidelines._begun, guidelines._held, guidelines._listed, search_index._of):
        kept.cache_clear()


def titles(at) -> list[str]:
    return [button.label for button in at.button if button.key.startswith("open:")]


def test_an_address_that_says_nothing_shows_what_there_is_to_choose_from(library):
    at = opened()
    assert titles(at) == ["Ottawa Ankle Rules: acute ankle or midfoot injury", "Suspected pulmonary embolism in a stable adult"]
    told = words(at)
    assert "For education" in told
    assert "2 guidelines: library" in told
    assert str(library.parent) not in told, "where it lies on this machine is nobody's business"
    assert "Which adults with an acute blunt injury" in told
    assert "pending human review" in told
    assert "5 steps · 5 edges · 6 references" in told
    assert "audit: " in told


def test_with_one_guideline_its_pathway_is_shown_at_once(library):
    shutil.rmtree(library / "pulmonary-embolism")
    at = opened()
    assert not titles(at)
    assert [button.label for button in at.button if button.key == "page:"] == ["Pathway"]
    assert "How old is the patient" in " ".join(one.label for one in at.number_input)


def test_what_was_named_at_the_start_is_shown_at_once(library, monkeypatch):
    monkeypatch.setenv(GUIDELINE, "pulmonary-embolism")
    assert not titles(opened())


def test_a_card_opens_its_guideline(library):
    at = opened()
    at.button(key="open:pulmonary-embolism").click()
    at = drawn(at)
    assert (address(at, "g"), address(at, "page")) == ("pulmonary-embolism", "")
    assert "Comes after CTPA" in words(at)


def test_a_step_is_found_by_a_misspelt_word_and_opened(library):
    at = opened(page="library", q="scintigrahpy", kinds="step")
    assert "Nothing has “scintigrahpy”" in words(at)
    at.button(key="hit:0").click()
    at = drawn(at)
    assert (address(at, "g"), address(at, "sel")) == ("pulmonary-embolism", "scintigraphy")


def test_searching_writes_the_address_and_begins_at_the_first_page(library):
    at = opened(page="library", **{"from": "24"})
    at.text_input(key="library-q").input("malleolar   pain")
    at = drawn(at)
    assert (address(at, "q"), address(at, "from")) == ("malleolar pain", "")
    assert "ottawa" in " ".join(button.label.casefold() for button in at.button if button.key.startswith("hit:"))


def test_guidelines_are_narrowed_by_review_and_year(library):
    assert len(titles(opened(page="library", review="pending"))) == 2
    none = opened(page="library", review="approved")
    assert not titles(none)
    assert "No guideline is like this" in none.info[0].value
    assert "Only reviewed and approved" in words(none)
    assert not titles(opened(page="library", since="2090"))
    none.button(key="library-all").click()
    assert len(titles(drawn(none))) == 2


def test_many_guidelines_are_leafed_through(library, monkeypatch):
    monkeypatch.setattr("edgewise.explorer.pages.library.page.PAGE", 1)
    at = opened(page="library")
    assert titles(at) == ["Ottawa Ankle Rules: acute ankle or midfoot injury"]
    at.button(key="library-next").click()
    at = drawn(at)
    assert titles(at) == ["Suspected pulmonary embolism in a stable adult"]
    assert not [one for one in at.button if one.key == "library-next"]
    at.button(key="library-first").click()
    assert titles(drawn(at)) == ["Ottawa Ankle Rules: acute ankle or midfoot injury"]


def test_what_changes_in_the_library_is_found_again(library, monkeypatch):
    monkeypatch.setattr(search_index, "_FRESH", 0)
    assert "Nothing was found" in words(opened(page="library", q="thumb"))
    shutil.copy(DATA / "audit" / "thumb.yaml", library / "thumb.yaml")
    assert "thumb" in " ".join(button.label.casefold() for button in opened(page="library", q="thumb").button)


def test_a_library_that_cannot_be_read_is_told_and_the_page_stands(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("x")
    monkeypatch.setenv(LIBRARY, str(tmp_path / "file"))
    monkeypatch.delenv(GUIDELINE)
    at = opened(page="library")
    assert "file" in " ".join(one.value for one in (*at.warning, *at.error))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_hit_leads_to_its_guideline(kind):
    assert hits.where(Hit("g", "G", kind, "x", "X")).guideline == "g"


def test_every_hit_in_the_guidelines_leads_to_something_there(library):
    index = search_index.kept().index
    for id in ids()[:1]:
        made = guidelines.loaded(id).guideline
        for hit in index.search("ankle", limit=200).hits:
            where = hits.where(hit)
            if hit.guideline == id and where.own.get("statement"):
                assert where.own["statement"] in {**made.statements, **made.headings}
            if hit.guideline == id and where.selected:
                assert where.selected in {**made.steps, **made.transitions}


# A file dropped in ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def session(monkeypatch) -> dict[str, object]:
    """A session's memory, as Streamlit gives it to a script."""
    held: dict[str, object] = {}
    monkeypatch.setattr(st, "session_state", held)
    monkeypatch.setattr(dropped, "get_script_run_ctx", lambda **_: SimpleNamespace())
    return held


def test_a_sound_file_is_held_by_the_session_and_opened_under_a_name_of_its_own(session):
    found = dropping._judged("small.yaml", (DATA / "small.yaml").read_bytes(), "yaml")
    assert not [finding for finding in found if finding.severity == "error"]
    assert guidelines.loaded("ankle-test-dropped").guideline.id == "ankle-test"
    assert guidelines.called("ankle-test-dropped") == "ankle-test-dropped"
    assert guidelines.file_of("ankle-test-dropped") is None
    dropped.forget("ankle-test-dropped")
    assert guidelines.called("ankle-test-dropped") == ""


def test_a_faulty_file_is_told_by_line_and_not_held(session):
    found = dropping._judged("mine.yaml", b"id: g\ntitle: Hips\ntitle: Knees", "yaml")
    assert str(found[-1]).startswith("mine.yaml:3: error: the key 'title' stands here for a second time")
    assert not dropped.held()


def test_only_the_last_files_are_held(session):
    text = (DATA / "small.yaml").read_text(encoding="utf-8")
    for number in range(dropped._MOST + 3):
        dropping._judged("mine.yaml", text.replace("id: ankle-test", f"id: ankle-{number}", 1).encode(), "yaml")
    assert len(dropped.held()) == dropped._MOST
    assert "ankle-0-dropped" not in dropped.held()


def test_it_is_kept_in_the_library_only_on_request(session, library, monkeypatch):
    monkeypatch.setattr(st, "toast", lambda _text: None)
    dropping._judged("small.yaml", (DATA / "small.yaml").read_bytes(), "yaml")
    assert [entry.id for entry in guidelines.library().entries()] == ["ottawa-ankle", "pulmonary-embolism"]
    dropping._keep("ankle-test-dropped")
    assert [entry.id for entry in guidelines.library().entries()] == ["ankle-test", "ottawa-ankle", "pulmonary-embolism"]
    assert not dropped.held()


def test_nobody_but_this_machine_may_write_into_the_library(monkeypatch):
    for host, may in (("127.0.0.1", True), ("localhost", True), ("0.0.0.0", False), ("", False)):
        monkeypatch.setattr(st, "get_option", lambda _name, host=host: host)
        assert dropping.may_write() is may
