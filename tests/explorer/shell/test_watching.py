"""Watched files: the last state that could be used stays, with the faults of the present one; nothing is read twice."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from edgewise.explorer.environment import GUIDELINE, WATCH
from edgewise.explorer.shell import guidelines, usable_states
from edgewise.explorer.shell.watching import banner
from edgewise.ontology.errors import EdgewiseError, SourceError
from tests.explorer.drawn_pages import opened, words
from tests.places import DATA

SMALL = (DATA / "small.yaml").read_text(encoding="utf-8")
BROKEN = SMALL.replace("from: boot\n", "from: boots\n", 1)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = tmp_path / "ankle.yaml"
    made.write_text(SMALL, encoding="utf-8")
    monkeypatch.setenv(GUIDELINE, str(made))
    monkeypatch.setenv(WATCH, "1")
    monkeypatch.setattr(usable_states, "_states", {})
    return made


def test_of_a_file_that_cannot_be_used_the_last_state_that_could_is_kept(file):
    whole = guidelines.loaded("ankle-test")
    file.write_text(BROKEN, encoding="utf-8")
    assert guidelines.loaded("ankle-test") is whole
    state = guidelines.watched_state("ankle-test")
    assert [finding.rule for finding in state.faults] == ["unknown-reference"]
    file.write_text(SMALL, encoding="utf-8")
    assert guidelines.loaded("ankle-test")
    assert guidelines.watched_state("ankle-test").error is None


def test_a_file_that_is_gone_leaves_what_it_was(file):
    assert guidelines.loaded("ankle-test")
    file.unlink()
    assert guidelines.loaded("ankle-test").guideline.id == "ankle-test"
    assert guidelines.watched_state("ankle-test").error is not None


def test_what_could_never_be_used_is_refused_with_its_faults(file):
    file.write_text(BROKEN, encoding="utf-8")
    guidelines._begun.cache_clear()
    with pytest.raises(SourceError):
        guidelines.loaded(next(iter(guidelines.begun())))
    assert guidelines.watched_state("").faults


def test_nobody_is_watched_who_did_not_ask_for_it(file, monkeypatch):
    monkeypatch.delenv(WATCH)
    assert guidelines.loaded("ankle-test")
    file.write_text(BROKEN, encoding="utf-8")
    with pytest.raises(EdgewiseError):
        guidelines.loaded("ankle-test")


def test_a_state_is_read_once(file):
    read = []

    def once():
        read.append(1)
        return guidelines.load_file(file)

    first = usable_states.state(file, once)
    assert usable_states.state(file, once) is first
    assert read == [1]


def test_the_banner_tells_each_fault_with_its_line_and_texts_stay_texts(file):
    assert guidelines.loaded("ankle-test")
    file.write_text(SMALL.replace("from: boot\n", 'from: "<b>"\n', 1), encoding="utf-8")
    told = banner(guidelines.watched_state("ankle-test"))
    line = SMALL[: SMALL.index("from: boot\n")].count("\n") + 1
    assert f"<strong>line {line}</strong>" in told
    assert "<b>" not in told
    assert 'role="alert"' in told


def test_the_page_says_that_it_watches_and_what_is_to_do(file):
    assert re.search(r"Watching ankle.yaml, saved at [0-9:]{8}: nothing wrong\.", words(opened(g="ankle-test")))
    file.write_text(SMALL.replace("draft: false", "draft: true").replace("title: A test of", "title: '' #"), encoding="utf-8")
    told = words(opened(g="ankle-test"))
    assert "1 thing to do." in told
    assert "line 3 : a guideline needs 'title'" in told


def test_no_page_says_so_that_was_not_asked_to(file, monkeypatch):
    monkeypatch.delenv(WATCH)
    assert "Watching" not in words(opened(g="ankle-test"))
