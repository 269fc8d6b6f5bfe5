"""The mode Hand out: with the patient of the walk on the page, or without."""

from __future__ import annotations

from tests.explorer.drawn_pages import address, bodies, drawn, opened

FACTS = "radiographs~sclerosis inflammatory-suspicion~no conservative-months~6.5 block-relief~75~_"
MODE = {"page": "teach", "mode": "handout"}


def picture(at) -> str:
    """The page as it will be printed."""
    return bodies(at).partition("data:image/png;base64,")[2].partition('"')[0]


def test_without_a_patient_there_is_nothing_to_choose():
    assert not opened(**MODE).checkbox


def test_the_patient_of_the_walk_comes_onto_the_page_when_asked_for_and_leaves_it_again():
    at = opened(**MODE, facts=FACTS)
    alone = picture(at)
    at.checkbox[0].check()
    at = drawn(at)
    assert address(at, "patient")
    with_patient = picture(at)
    assert with_patient != alone
    assert picture(opened(**MODE, facts=FACTS, patient="shown")) == with_patient, "a link shows the same"
    at.checkbox[0].uncheck()
    assert picture(drawn(at)) == alone


def test_another_patient_is_another_page():
    pages = {
        picture(opened(**MODE, facts=facts, patient="shown")) for facts in (FACTS, FACTS.replace("6.5", "7"), FACTS.replace("75", "80"))
    }
    assert len(pages) == 3
