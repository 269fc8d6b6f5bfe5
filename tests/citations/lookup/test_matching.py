"""Which work a reference names: when it can be told, when it cannot, and what differs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from edgewise.citations.lookup.crossref import read_work
from edgewise.citations.lookup.matching import choose, differences, likeness, verify
from edgewise.citations.lookup.works import RegistryAnswer, Resolution, Work
from edgewise.graph.model import Addition, Identifier, Reference

OURS = Reference("r", 1, "Stabilization of the sacroiliac joint", 2013, "Neurosurgical focus", "Shaffrey CI, Smith JS")
THEIRS = Work(
    "crossref",
    "Stabilization of the Sacroiliac Joint",
    (),
    (2013,),
    "Neurosurgical Focus",
    (),
    ("Shaffrey, Chris", "Smith, Justin"),
    doi="10.5555/1",
)


def outcome(reference: Reference, *works: Work) -> tuple[str, str]:
    match = choose(reference, works)
    return match.status, match.why


def test_case_punctuation_accents_ampersands_and_markup_do_not_count():
    sought = replace(OURS, title="Müller’s test & the “sacroiliac” joint: a trial")
    found = replace(THEIRS, title="Muller's Test and the Sacroiliac Joint - A Trial.")
    assert likeness(sought, found) == 100


def test_a_longer_title_that_contains_ours_is_a_look_alike_and_not_the_work():
    longer = replace(THEIRS, title="Stabilization of the sacroiliac joint in rheumatoid arthritis: a reply")
    assert outcome(OURS, longer) == ("not-found", "no work of that title")


def test_a_title_that_differs_in_a_word_is_shown_and_not_chosen_however_well_the_rest_agrees():
    near = replace(THEIRS, title="Stabilization of the sacrococcygeal joint")
    match = choose(OURS, [near])
    assert (match.status, match.work, [alike.why_not for alike in match.lookalikes]) == ("not-found", None, ["has another title"])


def test_the_title_without_its_subtitle_is_enough_when_all_else_agrees():
    full = replace(THEIRS, title="Stabilization of the sacroiliac joint: a review", titles=("Stabilization of the Sacroiliac Joint",))
    assert outcome(OURS, full)[0] == "found"


@pytest.mark.parametrize(
    ("years", "status"), [((2012,), "found"), ((2014,), "found"), ((2011,), "ambiguous"), ((2015, 2014), "found"), ((), "ambiguous")]
)
def test_the_year_may_be_one_off_and_no_more(years, status):
    assert outcome(OURS, replace(THEIRS, years=years))[0] == status


def test_another_first_author_makes_it_ambiguous():
    assert outcome(OURS, replace(THEIRS, authors=("Jones, A", "Shaffrey, Chris"))) == (
        "ambiguous",
        "a work of that title has another first author (Jones, A)",
    )


def test_without_authors_the_journal_must_agree():
    nameless = replace(OURS, author="")
    assert outcome(nameless, THEIRS)[0] == "found"
    assert outcome(nameless, replace(THEIRS, container="Spine"))[1] == "a work of that title stands in another journal (Spine)"
    assert outcome(replace(nameless, container=""), THEIRS)[1].endswith("neither author nor journal is known")


@pytest.mark.parametrize("journal", ["Neurosurg Focus", "Neurosurg. Focus", "NEUROSURGICAL FOCUS"])
def test_an_abbreviated_journal_is_the_same_journal(journal):
    assert outcome(replace(OURS, author=""), replace(THEIRS, container=journal))[0] == "found"


def test_two_works_that_fit_are_ambiguous_and_both_are_shown():
    twin = replace(THEIRS, doi="10.5555/2")
    match = choose(OURS, [THEIRS, twin])
    assert (match.status, match.work, match.why) == ("ambiguous", None, "2 works fit equally well")
    assert [alike.work.doi for alike in match.lookalikes] == ["10.5555/1", "10.5555/2"]


def test_a_close_runner_up_is_within_the_margin_and_keeps_the_best_from_being_chosen():
    british = replace(THEIRS, title="Stabilisation of the sacroiliac joint", doi="10.5555/2")
    assert 95 < likeness(OURS, british) < 100
    assert outcome(OURS, THEIRS, british)[0] == "ambiguous"


def test_one_doi_listed_twice_is_one_work():
    assert outcome(OURS, THEIRS, THEIRS)[0] == "found"


def test_no_work_is_not_found():
    assert outcome(OURS) == ("not-found", "no work of that title")


def test_an_organisation_or_an_et_al_is_compared_by_how_it_begins():
    assert outcome(replace(OURS, author="Shaffrey CI, et al."), THEIRS)[0] == "found"
    assert outcome(replace(OURS, author="Advisory Board & Editors"), replace(THEIRS, authors=("Advisory Board and Editors",)))[0] == "found"
    assert outcome(replace(OURS, author="Advisory Board & Editors"), THEIRS)[0] == "ambiguous"


def test_an_identifier_may_lead_to_a_reworded_title_but_not_to_another_work():
    assert verify(OURS, replace(THEIRS, title="RETRACTED: Stabilization of the sacroiliac joint"), "doi").status == "found"
    assert verify(OURS, replace(THEIRS, title="Lead in paint"), "doi").status == "ambiguous"
    assert verify(OURS, replace(THEIRS, title=""), "doi").status == "ambiguous"


def test_crossrefs_separate_subtitle_belongs_to_the_title():
    message = {
        "DOI": "10.5555/1",
        "title": ["Sacroiliac Joint Pain"],
        "subtitle": ["Anatomy and Treatment"],
        "issued": {"date-parts": [[2006]]},
    }
    work = read_work({"status": "ok", "message": message})
    assert (work.title, work.titles) == ("Sacroiliac Joint Pain: Anatomy and Treatment", ("Sacroiliac Joint Pain",))
    assert likeness(replace(OURS, title="Sacroiliac joint pain: anatomy and treatment"), work) == 100


@pytest.mark.parametrize(
    ("ours", "theirs", "differ"),
    [
        ("997–1006", "997-1006", False),
        ("1123–1135", "1123-35", False),
        ("S1-S9", "S1-9", False),
        ("997–1006", "997-1007", True),
        ("12–5", "12-5", False),
    ],
)
def test_pages_are_compared_in_full(ours, theirs, differ):
    known = replace(OURS, additions=(Addition("pages", ours, "editor", True),))
    assert bool(differences(known, replace(THEIRS, pages=theirs))) is differ


def test_what_one_side_does_not_know_is_no_difference():
    assert differences(OURS, Work("pubmed", OURS.title)) == ()


def test_every_detail_that_differs_is_named():
    known = replace(
        OURS,
        identifiers=(Identifier("doi", "10.5555/9", "editor", False),),
        additions=(Addition("volume", "1", "editor", False), Addition("issue", "2", "editor", False)),
    )
    other = replace(
        THEIRS, title="Stabilization of a joint", years=(2010,), container="Spine", authors=("Jones, A",), volume="3", issue="4"
    )
    assert [d.field for d in differences(known, other)] == ["title", "year", "container", "authors", "volume", "issue", "doi"]


def test_a_missing_co_author_is_a_difference_but_an_et_al_is_not():
    assert [d.field for d in differences(replace(OURS, author="Shaffrey CI"), THEIRS)] == ["authors"]
    assert differences(replace(OURS, author="Shaffrey CI, et al."), THEIRS) == ()


@pytest.mark.parametrize(
    ("statuses", "whole"),
    [
        (("found", "unchecked"), "found"),
        (("not-found", "unchecked"), "unchecked"),
        (("not-found", "not-found"), "not-found"),
        (("ambiguous", "not-found"), "ambiguous"),
        ((), "unchecked"),
    ],
)
def test_not_found_needs_every_registry_and_found_needs_one(statuses, whole):
    assert Resolution("r", tuple(RegistryAnswer("crossref", status) for status in statuses)).status == whole
