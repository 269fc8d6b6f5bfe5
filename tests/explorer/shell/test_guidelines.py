"""Several guidelines at once: each under its own id, none with what was told in another."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from edgewise.explorer.environment import GUIDELINE
from edgewise.explorer.shell import guidelines
from tests.explorer.drawn_pages import address, drawn, opened, words
from tests.places import DATA

SMALL, THUMB = DATA / "small.yaml", DATA / "audit" / "thumb.yaml"


@pytest.fixture
def two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Two guidelines whose files are called otherwise than themselves."""
    files = [tmp_path / "one.yaml", tmp_path / "two.yaml"]
    shutil.copy(SMALL, files[0])
    shutil.copy(THUMB, files[1])
    monkeypatch.setenv(GUIDELINE, "\n".join(map(str, files)))
    return files


def test_each_is_called_by_its_id_and_the_first_named_is_first(two):
    known = guidelines.begun()
    assert (known["ankle-test"], known["thumb-test"]) == tuple(map(str, two))
    assert guidelines.first() == "ankle-test"
    assert {"ankle-test", "thumb-test", "sacroiliac-sclerosis"} <= set(guidelines.names())


def test_a_link_opens_its_guideline_whichever_is_first(two, monkeypatch):
    for order in (two, two[::-1]):
        monkeypatch.setenv(GUIDELINE, "\n".join(map(str, order)))
        assert guidelines.called("thumb-test") == "thumb-test"
        assert guidelines.opened("thumb-test").guideline.id == "thumb-test"


def test_a_link_of_before_that_names_the_file_still_leads_there(two):
    assert (guidelines.called("one"), guidelines.called("two"), guidelines.called("three")) == ("ankle-test", "thumb-test", "")


def test_a_copy_of_a_guideline_of_the_library_stands_beside_it(tmp_path, monkeypatch):
    copy = tmp_path / "mine.yaml"
    shutil.copy(guidelines.find("sacroiliac-sclerosis"), copy)
    monkeypatch.setenv(GUIDELINE, str(copy))
    assert guidelines.begun() == {"sacroiliac-sclerosis-file": str(copy)}
    assert guidelines.first() == "sacroiliac-sclerosis-file"
    assert guidelines.file_of("sacroiliac-sclerosis-file") == copy
    assert guidelines.file_of("sacroiliac-sclerosis") == guidelines.find("sacroiliac-sclerosis")


def test_a_fault_in_a_file_does_not_change_its_address(two):
    assert "thumb-test" in guidelines.names()
    two[1].write_text("id: [", encoding="utf-8")
    guidelines._begun.cache_clear()
    assert guidelines.begun()["thumb-test"] == str(two[1])


def test_another_guideline_is_shown_on_the_same_page_without_the_patient(two):
    at = opened(g="ankle-test", page="audit", facts="crack~yes")
    at.selectbox(key="guideline").select("thumb-test")
    at = drawn(at)
    assert (address(at, "g"), address(at, "page"), address(at, "facts")) == ("thumb-test", "audit", "")


def test_a_link_to_a_guideline_that_is_not_open_tells_so_and_takes_nothing_of_its_patient(two):
    at = opened(g="elsewhere", facts="crack~yes", sel="boot")
    assert "There is no guideline 'elsewhere'" in at.warning[0].value
    assert "edgewise explore" in at.warning[0].value
    assert "Crack" not in words(at).partition("Known")[2]
    assert "Take a picture" in words(at)


def without(path: Path, *cut: str) -> Path:
    """A guideline of which some blocks of the file are left out, with what names them."""
    text = SMALL.read_text(encoding="utf-8")
    for key in cut:
        before, mark, after = text.partition(f"\n{key}:")
        assert mark, key
        text = before + "\n" + "\n".join(after.split("\n\n")[1:])
    path.write_text(text, encoding="utf-8")
    return path


def test_imaging_is_offered_only_where_something_is_rated(tmp_path, monkeypatch):
    monkeypatch.setenv(GUIDELINE, str(without(tmp_path / "bare.yaml", "ratings")))
    assert not [one for one in opened(g="ankle-test").button if one.label == "Imaging"]
    assert [one for one in opened(g="sacroiliac-sclerosis").button if one.label == "Imaging"]
    there = opened(g="ankle-test", page="imaging")
    assert "Write `modalities`, `situations` and `ratings` into its file" in there.info[0].value


def test_from_imaging_one_comes_to_the_pathway_of_a_guideline_that_rates_nothing(tmp_path, monkeypatch):
    monkeypatch.setenv(GUIDELINE, str(without(tmp_path / "bare.yaml", "ratings")))
    at = opened(g="sacroiliac-sclerosis", page="imaging")
    at.selectbox(key="guideline").select("ankle-test")
    at = drawn(at)
    assert (address(at, "g"), address(at, "page")) == ("ankle-test", "")


def test_teach_without_cases_says_what_can_be_done_all_the_same(two):
    told = words(opened(g="ankle-test", page="teach"))
    assert "Set a case" in told
    assert "Present and Hand out need no case" in told


def test_the_list_on_every_page_opens_no_guideline_to_tell_its_title(monkeypatch):
    monkeypatch.setenv(GUIDELINE, "sacroiliac-sclerosis")

    def opened(*_: object) -> None:
        raise AssertionError("a guideline was opened for its title")

    monkeypatch.setattr(guidelines, "_out_of", opened)
    assert guidelines.titles(guidelines.names())["ottawa-ankle"] == "Ottawa Ankle Rules: acute ankle or midfoot injury"
