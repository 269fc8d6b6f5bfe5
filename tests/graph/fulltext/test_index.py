"""A library's index finds guidelines, and what is in them, by words written in whatever form."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from edgewise.explorer.cli import search
from edgewise.graph.fulltext.index import KINDS, IndexBusy, LibraryIndex, Within
from edgewise.graph.fulltext.keeping import bring_up_to_date
from edgewise.graph.library import load
from edgewise.graph.model import Guideline
from edgewise.graph.shelf import ids
from edgewise.ontology.errors import UnknownName


@pytest.fixture(scope="module")
def guidelines() -> dict[str, Guideline]:
    return {id: load(id).guideline for id in ids()}


@pytest.fixture(scope="module")
def index(guidelines: dict[str, Guideline]) -> LibraryIndex:
    made = LibraryIndex()
    made.change((id, guideline) for id, guideline in guidelines.items())
    return made


def found(index: LibraryIndex, asked: str, **within: object) -> list[tuple[str, str, str]]:
    return [(hit.guideline, hit.kind, hit.id) for hit in index.search(asked, Within(**within), limit=500).hits]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("asked", "hit"),
    [
        ("arthrodeses", ("sacroiliac-sclerosis", "step", "si-joint-fusion")),
        ("d-dimer", ("pulmonary-embolism", "step", "d-dimer")),
        ("D DIMER", ("pulmonary-embolism", "step", "d-dimer")),
        ("scintigr", ("pulmonary-embolism", "step", "scintigraphy")),
        ("scintigrahpy", ("pulmonary-embolism", "step", "scintigraphy")),
        ("embolsm", ("pulmonary-embolism", "step", "excluded")),
        ("embolis", ("pulmonary-embolism", "step", "excluded")),
        ("éxcluded", ("pulmonary-embolism", "step", "excluded")),
        ("ottawa rule", ("ottawa-ankle", "guideline", "ottawa-ankle")),
    ],
)
def test_a_word_is_found_in_another_form_by_its_beginning_or_misspelt(index: LibraryIndex, asked: str, hit: tuple[str, str, str]) -> None:
    assert hit in found(index, asked, kinds=(hit[1],))[:2]


def test_the_question_of_a_guideline_is_found(index: LibraryIndex) -> None:
    assert ("ottawa-ankle", "guideline", "ottawa-ankle") in found(index, "blunt injury")[:3]


def test_every_step_is_found_by_its_label_and_stands_among_the_first(index: LibraryIndex, guidelines: dict[str, Guideline]) -> None:
    for guideline in guidelines.values():
        for step in guideline.steps.values():
            assert (guideline.id, "step", step.id) in found(index, step.label)[:5], step.label


def test_every_passage_and_reference_is_found_by_its_own_words(index: LibraryIndex, guidelines: dict[str, Guideline]) -> None:
    for guideline in guidelines.values():
        for statement in guideline.statements.values():
            assert (guideline.id, "passage", statement.id) in found(index, statement.text), statement.text
        for reference in guideline.references.values():
            assert (guideline.id, "reference", reference.id) in found(index, reference.title), reference.title


def test_all_words_are_wanted_and_some_of_them_only_where_nothing_has_all(index: LibraryIndex) -> None:
    both = index.search("contrast angiography")
    assert not both.partly
    neither = index.search("malleolar anticoagulation")
    assert neither.partly
    assert {hit.guideline for hit in neither.hits} == {"ottawa-ankle", "pulmonary-embolism"}


def test_a_word_may_be_that_of_the_guidelines_title_as_long_as_another_is_its_own(index: LibraryIndex) -> None:
    assert ("pulmonary-embolism", "step", "scintigraphy") in found(index, "embolism scintigraphy", kinds=("step",))
    assert ("pulmonary-embolism", "step", "d-dimer") not in found(index, "stable adult", kinds=("step",))


def test_what_is_found_nowhere_is_nothing(index: LibraryIndex) -> None:
    assert index.search("zzzz").total == 0
    assert index.search("zzzz").misspelt == ("zzzz",)
    assert not index.search("zzzz").partly


def test_a_search_is_narrowed_to_kinds_guidelines_status_and_year(index: LibraryIndex, guidelines: dict[str, Guideline]) -> None:
    assert {kind for _, kind, _ in found(index, "embolism", kinds=("step",))} == {"step"}
    assert {id for id, _, _ in found(index, "imaging", guidelines=("sacroiliac-sclerosis",))} == {"sacroiliac-sclerosis"}
    assert not found(index, "imaging", review=("approved",))
    assert found(index, "imaging", review=("pending",)) == found(index, "imaging")
    assert not found(index, "imaging", since=2027)
    assert found(index, "imaging", since=2026) == found(index, "imaging")


def test_kinds_are_counted_whatever_kinds_are_shown(index: LibraryIndex) -> None:
    every, steps = index.search("embolism", limit=500), index.search("embolism", Within(kinds=("step",)), limit=500)
    assert every.kinds == steps.kinds
    assert every.total == len(every.hits) == sum(every.kinds.values())
    assert steps.total == len(steps.hits) == every.kinds["step"]


def test_pages_follow_one_another_without_loss(index: LibraryIndex) -> None:
    whole = index.search("pain", limit=100).hits
    assert len(whole) > 7
    assert [hit for at in range(0, len(whole), 7) for hit in index.search("pain", limit=7, offset=at).hits] == list(whole)


@pytest.mark.parametrize("asked", ["", "   ", '"', "a AND (b OR", "names:*", "\x00", "²", "~" * 500, "word " * 300, "💥", "-", "^8"])
def test_any_question_has_an_answer(index: LibraryIndex, asked: str) -> None:
    assert index.search(asked).total >= 0


def test_of_no_word_everything_is_found(index: LibraryIndex, guidelines: dict[str, Guideline]) -> None:
    assert index.search("").kinds["guideline"] == len(guidelines)


def test_a_guideline_put_again_takes_the_place_of_the_old_and_one_that_is_gone_is_not_found(tmp_path: Path) -> None:
    index, ankle = LibraryIndex(tmp_path), load("ottawa-ankle").guideline
    index.change([("1", ankle)])
    index.change([("2", replace(ankle, title="Zebras"))])
    assert index.digests() == {"ottawa-ankle": "2"}
    assert [hit.title for hit in index.search("zebra").hits] == ["Zebras"]
    assert index.search("", Within(kinds=("guideline",))).total == 1
    index.change([], gone=["ottawa-ankle"])
    assert index.search("").total == 0


def test_an_index_is_found_again_and_a_damaged_one_made_anew(tmp_path: Path) -> None:
    LibraryIndex(tmp_path).change([("1", load("ottawa-ankle").guideline)])
    assert LibraryIndex(tmp_path).digests() == {"ottawa-ankle": "1"}
    next(tmp_path.rglob("meta.json")).write_text("{")
    again = LibraryIndex(tmp_path)
    assert again.digests() == {}
    again.change([("1", load("ottawa-ankle").guideline)])
    assert again.search("malleolar").total


def test_two_writers_are_told_apart(tmp_path: Path) -> None:
    index = LibraryIndex(tmp_path)
    index.change([("1", load("ottawa-ankle").guideline)])
    held = (
        "import sys, tantivy\nwriter = tantivy.Index.open(sys.argv[1]).writer(15_000_000, 1)\nprint('held', flush=True)\nsys.stdin.read()"
    )
    folder = next(tmp_path.iterdir())
    with subprocess.Popen([sys.executable, "-c", held, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout
        assert other.stdout.readline() == "held\n"
        with pytest.raises(IndexBusy, match="another process"):
            index.change([], gone=["ottawa-ankle"])
        assert index.search("malleolar").total  # reading goes on
        other.communicate("")
    index.change([], gone=["ottawa-ankle"])


def test_only_what_has_changed_is_read_again(guidelines: dict[str, Guideline]) -> None:
    index, read = LibraryIndex(), []

    def reading(id: str) -> Guideline:
        read.append(id)
        if id not in guidelines:
            raise UnknownName("guideline", id, guidelines)
        return guidelines[id]

    assert bring_up_to_date(index, {"ottawa-ankle": "1", "pulmonary-embolism": "1", "lost": "1"}, reading) == ("lost",)
    assert sorted(read) == ["lost", "ottawa-ankle", "pulmonary-embolism"]
    read.clear()
    assert bring_up_to_date(index, {"ottawa-ankle": "1", "pulmonary-embolism": "2"}, reading) == ()
    assert read == ["pulmonary-embolism"]
    assert bring_up_to_date(index, {"pulmonary-embolism": "2"}, reading) == ()
    assert index.digests() == {"pulmonary-embolism": "2"}


def test_the_command_knows_every_kind_without_loading_the_index() -> None:
    assert search.KINDS == KINDS
