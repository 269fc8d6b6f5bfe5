"""The Compare page: does care differ, for whom, and in what else; matches corrected in the address; versions out of git."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
import streamlit as st

from edgewise.citations.ledger.signoffs import sign
from edgewise.citations.ledger.store import open_ledger
from edgewise.citations.lookup.answer_cache import Cache
from edgewise.citations.lookup.crossref import by_doi
from edgewise.explorer.environment import GUIDELINE, LIBRARY
from edgewise.explorer.pages.compare import choosing, groups, places, rest, versions
from edgewise.explorer.pages.compare.address import Asked
from edgewise.explorer.shell import dropped, guidelines
from edgewise.explorer.shell.location import Location
from edgewise.explorer.shell.user_files import answers_folder
from edgewise.graph.library import load
from edgewise.graph.shelf import find
from edgewise.graph.stores.addresses import open_store
from edgewise.graph.stores.loading import load_files
from tests.explorer.drawn_pages import address, bodies, drawn, opened, words
from tests.explorer.pages.compare.guidelines import LOWER, OTHER, SI, committed, preferring, written
from tests.places import DATA

DATE = ("2026-02-08", "2031-03-04")
B_WORDS = ("label: two or more blocks with 80–90 % relief", "label: said in other words")


@pytest.fixture
def start(tmp_path, monkeypatch):
    """Starts the explorer with the shipped guideline and another, changed in some places."""

    def begin(*swaps, name="other.yaml"):
        file = written(tmp_path / name, OTHER, *swaps)
        monkeypatch.setenv(GUIDELINE, f"{SI}\n{file}")
        guidelines._begun.cache_clear()
        return file

    yield begin
    guidelines._begun.cache_clear()


def comparing(**more):
    return opened(page="compare", g=SI, **{"with": "si-other", **more})


def pressable(at) -> set[str]:
    return set(re.findall(r'data-ew-pick="([^"]+)"', bodies(at)))


def test_the_headline_says_whether_care_differs_and_who_goes_elsewhere_follows(start):
    start(LOWER)
    told = words(comparing())
    assert "Care differs: 1 group of patients now goes elsewhere." in told
    assert "2 values, the lower 75 % to less than 80 %" in told
    assert "A In A: The source does not say what comes next" in told
    assert "B In B: On to “Cooled RFA, S1–S3 lateral branches”" in told
    assert told.index("Care differs") < told.index("Patients who now go elsewhere") < told.index("What was matched")


def test_who_is_told_otherwise_which_step_to_choose_has_a_card_with_both_answers_and_walks(start):
    start(preferring(2, 1))
    at = comparing()
    told = words(at)
    assert "is told otherwise which step to choose" in told or "are told otherwise which step to choose" in told
    assert "Patients who are told otherwise which step to choose" in told
    assert "To choose from “Which X-ray”" in told
    assert "A In A: “X-ray SI joints” and “X-ray spine”, not as alternatives" in told
    assert "B In B: First “X-ray spine”, then “X-ray SI joints”" in told
    assert "◇ modeller's reading" in told
    assert {"walk A 1", "walk B 1"} <= pressable(at)
    assert "Patients who now go elsewhere" not in told
    assert told.index("Patients who are told otherwise") < told.index("What was matched")


def test_source_date_review_and_purpose_of_both_are_in_sight(start):
    start(DATE)
    told = words(comparing())
    assert "In A: Management of Bilateral Sacroiliac Joint Sclerosis Dr.Oracle, updated 2026-02-08. guidelines/" in told
    assert "In B: Management of Bilateral Sacroiliac Joint Sclerosis Dr.Oracle, updated 2031-03-04. other.yaml" in told
    assert told.count("pending human review for education") == 2


def test_the_example_opens_as_a_walk_in_either(start):
    start(LOWER)
    at = comparing()
    assert {"walk A 1", "walk B 1"} <= pressable(at)
    assert "Relief by diagnostic blocks 78 %, 78 %" in words(at)


def test_edges_and_passages_behind_the_difference_lead_to_their_evidence(start):
    start(LOWER)
    leads = pressable(comparing())
    edge = "sel=diagnostic-injections-to-cooled-rfa"
    assert any(edge in lead and f"g={SI}&" in lead.replace("&amp;", "&") for lead in leads), leads
    assert any(edge in lead and "g=si-other" in lead for lead in leads)
    assert any("page=evidence" in lead and "statement=s25" in lead for lead in leads), leads


def test_the_modellers_word_is_marked(start):
    start(LOWER)
    assert "◇ 2: modeller's reading" in words(comparing())


def test_words_alone_are_no_change_of_care(start):
    start(B_WORDS)
    told = words(comparing())
    assert "Care is the same for all patients" in told
    assert "Patients who now go elsewhere" not in told
    assert "Words, order and ids alone" in told
    assert "Care differs" not in told


def test_a_guideline_beside_itself_is_the_same():
    assert "The two are the same." in words(opened(page="compare", g=SI, **{"with": SI}))


def test_what_is_in_one_alone_and_what_is_doubtful_are_told_and_corrected_in_the_address(start):
    start(
        ("id: block-relief", "id: pain-relief"),
        ("block-relief", "pain-relief"),
        ("label: Relief by diagnostic blocks", "label: Blocks, how much relief"),
    )
    at = comparing()
    before = words(at)
    assert "In A alone" in before
    at = comparing(match="block-relief~pain-relief")
    told = words(at)
    assert "What you said “Relief by diagnostic blocks” of A is “Blocks, how much relief” of B" in told
    assert "back block-relief~pain-relief" in pressable(at)
    assert "Care is the same" in told
    assert "Care is the same" not in before


def test_a_match_that_cannot_be_is_told_and_the_others_count(start):
    start(LOWER)
    at = comparing(match="nonsense~x block-relief~cooled-rfa cooled-rfa~")
    told = " ".join(one.value for one in at.warning).replace("\\", "")
    assert "unknown" in told
    assert "'block-relief' is a observable" in told
    assert "“Cooled RFA" in words(at)
    assert "is in A alone" in words(at)


def test_two_are_matched_by_hand(start):
    start(("label: Relief by diagnostic blocks", "label: Blocks, how much relief"), ("block-relief", "pain-relief"))
    at = comparing()
    at.selectbox(key="compare-a:observable").select("block-relief")
    at = drawn(at)
    at.selectbox(key="compare-b:observable").select("pain-relief")
    at = drawn(at)
    at.button(key="compare-join").click()
    at = drawn(at)
    assert address(at, "match") == "block-relief~pain-relief"
    assert "as you said" in words(at)


def test_swapping_tells_it_the_other_way_round(start):
    start(LOWER)
    at = comparing(match="cooled-rfa~")
    at.button(key="compare-swap").click()
    at = drawn(at)
    assert (address(at, "g"), address(at, "with"), address(at, "match")) == ("si-other", SI, "~cooled-rfa")
    at = opened(page="compare", g="si-other", **{"with": SI})
    assert "A In A: On to “Cooled RFA, S1–S3 lateral branches”" in words(at)


def test_choosing_another_ends_what_was_said_of_the_one_before(start):
    start(LOWER)
    at = comparing(match="cooled-rfa~")
    at.selectbox(key="compare-with").select("ottawa-ankle")
    at = drawn(at)
    assert (address(at, "with"), address(at, "match")) == ("ottawa-ankle", "")


def test_without_a_second_the_page_says_what_to_do():
    assert "Choose a guideline above" in words(opened(page="compare", g=SI))


def test_an_unknown_second_is_told_in_words():
    at = opened(page="compare", g=SI, **{"with": "no-such"})
    assert "cannot be compared" in at.error[0].value
    assert "no-such" in words(at)


def test_among_many_guidelines_one_is_found_by_words(start, monkeypatch):
    start(LOWER)
    for room in (guidelines, choosing.guidelines):
        monkeypatch.setattr(room, "FEW", 1)
    at = opened(page="compare", g=SI)
    at.text_input(key="compare-find").input("embolism")
    at = drawn(at)
    assert address(at, "find") == "embolism"
    hit = next(one for one in at.button if one.key == "compare-hit:pulmonary-embolism")
    hit.click()
    at = drawn(at)
    assert (address(at, "with"), address(at, "find")) == ("pulmonary-embolism", "")


def test_a_comparison_is_made_once(start, monkeypatch):
    start(LOWER)
    comparing()
    monkeypatch.setattr("edgewise.explorer.pages.compare.compared.compare", lambda *_, **__: pytest.fail("made again"))
    assert "Care differs" in words(comparing())


def test_many_groups_are_shown_a_few_at_a_time(start, monkeypatch):
    start(LOWER, ("atLeast: 3, unit: mo", "atLeast: 6, unit: mo"))
    monkeypatch.setattr(groups, "FEW", 1)
    at = comparing()
    assert "walk A 2" not in pressable(at)
    at.button(key="compare-all").click()
    at = drawn(at)
    assert "walk A 3" in pressable(at)
    assert address(at, "groups") == "all"


# Versions out of git ------------------------------------------------------------------------------------------------------


@pytest.fixture
def listens(monkeypatch):
    """Says to whom the explorer listens."""
    given = st.get_option

    def to(host: str) -> None:
        monkeypatch.setattr(st, "get_option", lambda name: host if name == "server.address" else given(name))

    to("localhost")
    return to


def test_an_earlier_version_of_its_own_file_comes_first(tmp_path, monkeypatch, listens):
    monkeypatch.setenv(GUIDELINE, str(committed(tmp_path, (OTHER,), (OTHER, LOWER))))
    at = opened(page="compare", g="si-other")
    at.text_input(key="compare-rev").input("HEAD~1")
    at = drawn(at)
    told = words(at)
    assert address(at, "rev") == "HEAD~1"
    assert "as of HEAD~1" in told
    assert "B In B: On to “Cooled RFA, S1–S3 lateral branches”" in told
    assert str(tmp_path) not in told, "where it lies on this machine is nobody's business"
    at.button(key="compare-swap").click()
    assert "A In A: On to “Cooled RFA, S1–S3 lateral branches”" in words(drawn(at))


def test_a_revision_that_is_not_there_is_told(tmp_path, monkeypatch, listens):
    monkeypatch.setenv(GUIDELINE, str(committed(tmp_path, (OTHER,))))
    at = opened(page="compare", g="si-other", rev="nowhere")
    assert "no revision 'nowhere'" in words(at)


def test_nobody_but_this_machine_asks_for_earlier_versions(tmp_path, monkeypatch, listens):
    listens("0.0.0.0")
    monkeypatch.setenv(GUIDELINE, str(committed(tmp_path, (OTHER,))))
    at = opened(page="compare", g="si-other", rev="HEAD")
    assert "listens to this machine alone" in words(at)
    assert not [one for one in at.text_input if one.key == "compare-rev"]


def test_the_page_stands_in_the_navigation_after_teach_and_build():
    keys = [one.key for one in opened(page="compare", g=SI).button if str(one.key).startswith("page:")]
    at = keys.index("page:teach")
    assert keys[at + 1 : at + 3] == ["page:build", "page:compare"]


def test_a_place_in_an_earlier_version_is_opened_by_holding_it_for_this_session_alone(tmp_path, monkeypatch, listens):
    monkeypatch.setenv(GUIDELINE, str(committed(tmp_path, (OTHER,), (OTHER, LOWER))))
    held: dict[str, object] = {}
    gone: list[Location] = []
    monkeypatch.setattr(dropped.st, "session_state", held)
    monkeypatch.setattr(dropped, "get_script_run_ctx", lambda **_: SimpleNamespace())
    monkeypatch.setattr(versions, "go", gone.append)
    then, now = versions.pair("si-other", Asked("", "HEAD~1"))
    then.open(Location(then.name, selected="cooled-rfa"))
    assert gone == [Location("si-other@HEAD~1", selected="cooled-rfa")]
    assert guidelines.loaded("si-other@HEAD~1").guideline == then.guideline != now.guideline
    now.open(Location(now.name))
    assert list(dropped.held()) == ["si-other@HEAD~1"]


def test_two_guidelines_of_one_title_are_told_apart_wherever_one_chooses(start):
    start(LOWER)
    at = comparing()
    for key in ("guideline", "compare-with"):
        assert len(set(at.selectbox(key=key).options)) == len(at.selectbox(key=key).options)
    assert any(option.endswith("(si-other)") for option in at.selectbox(key="guideline").options)


def test_of_very_many_differences_the_first_stand_there_and_the_others_are_counted(start, monkeypatch):
    start(LOWER)
    for room in (places, rest):
        monkeypatch.setattr(room, "MOST", 3)
    told = words(opened(page="compare", g=SI, **{"with": "ottawa-ankle"}))
    assert re.search(r"… and \d+ more: edgewise diff tells them all", told)


@pytest.mark.parametrize("signed", [True, False], ids=["signed", "not signed"])
def test_only_what_is_signed_can_go_stale(tmp_path, monkeypatch, listens, ledger, signed):
    changed = ("Plain films of SI joints and spine come first.", "Films come first.")
    file = committed(tmp_path / "mine", (), (changed,))
    monkeypatch.setenv(GUIDELINE, str(file))
    if signed:
        sign(open_ledger(str(ledger), create=True), guidelines.loaded(SI).guideline, "s1/citations/1", "supported", "Ann Lee")
    told = words(opened(page="compare", g=f"{SI}-file", rev="HEAD~1"))
    assert "Care is the same for all patients" in told
    assert ("Sign-offs that no longer fit" in told) is signed


def test_a_ledger_that_cannot_be_read_is_told(ledger):
    ledger.write_text("no ledger")
    assert "sign-offs were not looked at" in words(opened(page="compare", g=SI, **{"with": SI}))


def test_what_registries_call_retracted_is_told_from_answers_that_are_kept(start, tmp_path, monkeypatch):
    monkeypatch.setenv("EDGEWISE_CACHE", str(tmp_path / "answers"))
    start()
    assert "retracted, as registries say" not in words(comparing())
    record = json.loads((DATA / "registries" / "crossref-retracted.json").read_text("utf-8"))
    doi = "10.1097/01.phm.0000247633.68694.c1"
    record["message"] |= {"DOI": doi, "title": [load(SI).guideline.references["reference-4"].title]}
    record["message"]["issued"] = {"date-parts": [[load(SI).guideline.references["reference-4"].year]]}
    Cache(answers_folder()).put(by_doi(doi).address, record, datetime(2026, 5, 4, tzinfo=UTC))
    assert "both cite what was retracted, as registries say" in words(comparing())


@pytest.mark.parametrize("kind", ["folder", "oxigraph"])
def test_two_guidelines_of_any_library_are_compared_with_their_cases(tmp_path, monkeypatch, kind):
    url = str(tmp_path / "library") if kind == "folder" else f"oxigraph:{tmp_path / 'library'}"
    file = written(tmp_path / "other.yaml", OTHER, LOWER)
    with open_store(url) as store:
        load_files(store, [str(find(SI)), str(file)])
    monkeypatch.setenv(LIBRARY, url)
    monkeypatch.delenv(GUIDELINE)
    guidelines._begun.cache_clear()
    guidelines._store.cache_clear()
    told = words(comparing())
    guidelines._store.cache_clear()
    guidelines._begun.cache_clear()
    assert "Care differs: 1 group of patients now goes elsewhere" in told
    assert "Cases whose expectation breaks" in told
