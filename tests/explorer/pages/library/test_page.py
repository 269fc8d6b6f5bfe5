"""The Library page: what there is as cards, what is searched down to step and statement, what is dropped in."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
import streamlit as st

from edgewise.citations.evidence.impact import impact
from edgewise.citations.lookup.answer_cache import Cache
from edgewise.citations.lookup.crossref import by_doi
from edgewise.citations.lookup.retraction_list import take_in
from edgewise.explorer.cards.listed_entries import ends
from edgewise.explorer.environment import GUIDELINE, LIBRARY
from edgewise.explorer.pages.library import dropping, hits, retraction
from edgewise.explorer.pages.library.retraction import in_a_line
from edgewise.explorer.shell import dropped, guidelines, search_index
from edgewise.explorer.shell.user_files import answers_folder
from edgewise.graph.fulltext.index import KINDS, Hit
from edgewise.graph.library import load_file
from edgewise.graph.shelf import SHELF, ids
from tests.citations.lookup.retraction_lists import row, written
from tests.explorer.drawn_pages import address, drawn, opened, words
from tests.graph.stores.guidelines import small
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


# A paper falls ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
def citing(library) -> Path:
    """The same library with two small guidelines that cite one paper."""
    for id in ("one", "two"):
        small(library, id, title=f"Thumb {id}", name=f"{id}.yaml")
    return library


def test_papers_that_several_guidelines_cite_are_to_be_chosen_from(citing):
    at = opened(page="library")
    at.button(key="library-papers").click()
    at = drawn(at)
    assert address(at, "paper") == "any"
    (paper,) = (button for button in at.button if button.key.startswith("paper:"))
    assert "in 2 guidelines, 10\\.1000/boots" in paper.label
    paper.click()
    assert address(drawn(at), "paper") == "10.1000/boots"


def test_what_falls_with_a_paper_is_told_for_each_guideline_and_leads_to_the_very_edge(citing):
    at = opened(page="library", paper="https://doi.org/10.1000/BOOTS")
    told = words(at)
    assert "2 guidelines cite 10.1000/boots" in told
    assert "Thumb one" in told
    assert "Thumb two" in told
    guideline = guidelines.loaded("one").guideline
    (boots,) = (id for id, one in guideline.references.items() if "10.1000/Boots" in [held.value for held in one.identifiers])
    found = impact(guideline, [boots])
    assert in_a_line(found) in told
    assert any("loses all support" in button.label for button in at.button if button.key.startswith("falls:"))
    edge = next(change for change in (*found.fallen, *found.weakened, *found.thinned) if change.what == "edge")
    row = next(
        button for button in at.button if button.key.split(":")[0] in ("falls", "holds") and ends(guideline, edge.id) in button.label
    )
    row.click()
    at = drawn(at)
    assert (address(at, "page"), address(at, "g"), address(at, "sel")) == ("evidence", "one", edge.id)
    assert address(at, "ref") == found.references[0]


def test_a_paper_that_nothing_cites_and_what_is_no_paper_are_told(citing):
    assert "Nothing in this library rests on 10.1000/none" in words(opened(page="library", paper="10.1000/none"))
    at = opened(page="library", paper="<b>boots</b>")
    assert "names no paper" in " ".join(one.value for one in (*at.warning, *at.error))
    at.text_input(key="library-paper").input(" 17117004 ")
    at = drawn(at)
    assert address(at, "paper") == "17117004"
    at.button(key="paper-back").click()
    at = drawn(at)
    assert address(at, "paper") == ""
    assert titles(at)


def test_many_guidelines_that_fall_are_leafed_through(citing, monkeypatch):
    monkeypatch.setattr(retraction, "PAGE", 1)
    at = opened(page="library", paper="10.1000/boots")
    assert "Thumb one" in words(at)
    assert "Thumb two" not in words(at)
    at.button(key="paper-next").click()
    assert "Thumb two" in words(drawn(at))


def test_a_card_marks_a_reference_that_a_registry_calls_retracted(citing, tmp_path, monkeypatch):
    answers = tmp_path / "answers"
    monkeypatch.setenv("EDGEWISE_CACHE", str(answers))
    assert "retracted" not in words(opened(page="library"))
    record = json.loads((DATA / "registries" / "crossref-retracted.json").read_text("utf-8"))
    record["message"] |= {"DOI": "10.1000/boots", "title": ["RETRACTED: Boots for ankles"]}
    for doi in ("10.1000/boots", "10.1000/Boots"):
        Cache(answers_folder()).put(by_doi(doi).address, record, datetime(2026, 5, 4, tzinfo=UTC))
    assert words(opened(page="library")).count("1 retracted reference") == 2
    told = words(opened(page="library", paper="10.1000/boots"))
    assert "RETRACTED: " in told
    assert "(Crossref, looked up " in told


def test_a_card_marks_a_reference_that_the_kept_list_of_retractions_has_as_soon_as_it_is_kept(citing, tmp_path, monkeypatch):
    monkeypatch.setenv("EDGEWISE_CACHE", str(tmp_path / "answers"))
    assert "retracted" not in words(opened(page="library"))
    take_in(written(tmp_path / "list.csv", [row(doi="https://doi.org/10.1000/BOOTS")]), answers_folder(), date(2026, 5, 4))
    assert words(opened(page="library")).count("1 retracted reference") == 2


def test_a_card_marks_an_entry_that_calls_itself_retracted(library):
    file = small(library, "one", name="one.yaml")
    title = next(iter(load_file(file).guideline.references.values())).title
    assert "retracted" not in words(opened(page="library"))
    file.write_text(file.read_text("utf-8").replace(title, f"RETRACTED {title}", 1), encoding="utf-8")
    assert "1 retracted reference" in words(opened(page="library"))
