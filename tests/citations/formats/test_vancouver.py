"""Vancouver: what a reader of medicine expects, with only what is known, and no markup out of anybody's title."""

from __future__ import annotations

import warnings
from concurrent.futures import ThreadPoolExecutor

import pytest
from citeproc import CitationStylesStyle
from hypothesis import given, settings
from hypothesis import strategies as st

from edgewise.citations.formats.vancouver import STYLE, render, render_all
from edgewise.graph.library import load
from edgewise.graph.model import Addition, Reference

OURS = tuple(load("sacroiliac-sclerosis").guideline.references.values())


def reference(title: str = "A trial", container: str = "", author: str = "", year: int = 2006, **added: str) -> Reference:
    additions = tuple(Addition(field, value, "editor", True) for field, value in added.items())
    return Reference("r", 1, title, year, container, author, additions=additions)


def test_the_style_is_valid_by_the_schema_of_csl():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        CitationStylesStyle(str(STYLE), validate=True)


def test_a_full_record_reads_as_in_a_journal():
    full = reference(
        "Sacroiliac joint pain: anatomy, biomechanics, diagnosis, and treatment",
        "American journal of physical medicine & rehabilitation",
        authors="Foley BS, Buschbacher RM",
        volume="85",
        issue="12",
        pages="997-1006",
        abbreviation="Am J Phys Med Rehabil",
    )
    assert render(full) == (
        "Foley BS, Buschbacher RM. Sacroiliac joint pain: anatomy, biomechanics, diagnosis, and treatment. "
        "Am J Phys Med Rehabil. 2006;85(12):997–1006."
    )


def test_the_first_guidelines_list_shows_only_what_is_known():
    assert render_all(OURS) == [
        "Dr.Oracle Medical Advisory Board & Editors. Guideline Directed Topic Overview. 2025.",
        "SI Joint Arthrodesis Guidelines. Praxis Medical Insights: Practical Summaries of Clinical Guidelines. 2025.",
        "Endoscopic Neurectomy for Sacroiliac Joint Pain. Praxis Medical Insights: Practical Summaries of Clinical Guidelines. 2025.",
        "Foley BS, Buschbacher RM. Sacroiliac joint pain: anatomy, biomechanics, diagnosis, and treatment. "
        "American journal of physical medicine & rehabilitation. 2006;85(12):997–1006.",
        "Shaffrey CI, Smith JS. Stabilization of the sacroiliac joint. Neurosurgical focus. 2013 July.",
        "Sacroiliac Joint Pain and Its Treatment. Clinical spine surgery. 2016.",
    ]


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (reference(), "A trial. 2006."),
        (reference("Is it so?", "J Tests"), "Is it so? J Tests. 2006."),
        (reference("So it is.", "J Tests"), "So it is. J Tests. 2006."),
        (reference(container="J Tests", volume="3"), "A trial. J Tests. 2006;3."),
        (reference(container="J Tests", issue="4", pages="e12"), "A trial. J Tests. 2006;(4):e12."),
        (reference(container="J Tests", volume="3", month="May"), "A trial. J Tests. 2006;3."),
        (reference(author="Foley, Bridget Anne; Berg, Jean-Paul"), "Foley BA, Berg JP. A trial. 2006."),
        (reference(author="van der Berg AB"), "van der Berg AB. A trial. 2006."),
        (reference(edition="2nd", publisher="A Press", place="London"), "A trial. 2nd ed. London: A Press; 2006."),
        (
            reference(author=", ".join(f"Poe {x}" for x in "ABCDEFG")),
            "Poe A, Poe B, Poe C, Poe D, Poe E, Poe F, et al. A trial. 2006.",
        ),
    ],
)
def test_what_is_unknown_leaves_no_gap(given, shown):
    assert render(given) == shown


def test_markup_in_a_title_is_plain_text_and_is_shown_as_it_is_written():
    sly = reference('<script>alert("x")</script> & <b>bold</b>', "<img src=x onerror=y>", "<i>Foley</i> BS")
    assert render(sly) == '<i>Foley</i> BS. <script>alert("x")</script> & <b>bold</b>. <img src=x onerror=y>. 2006.'


def test_two_references_of_one_id_are_both_shown():
    assert render_all([reference("One"), reference("Two")]) == ["One. 2006.", "Two. 2006."]


def test_rendering_warns_nobody():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        render_all(OURS)


def test_threads_do_not_mix_their_references():
    wanted = [f"Title {number}. 2006." for number in range(40)]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda number: render(reference(f"Title {number}")), range(40))) == wanted


@given(st.text(min_size=1, max_size=30), st.text(max_size=30), st.text(max_size=30), st.text(max_size=10), st.text(max_size=10))
@settings(max_examples=300, deadline=None)
def test_no_text_breaks_the_rendering(title, container, author, volume, pages):
    assert "2006" in render(reference(title, container, author, volume=volume, pages=pages))
