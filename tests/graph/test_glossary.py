"""Terms in texts: which words are one, and which only look like it."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edgewise.graph.glossary import Glossary
from edgewise.graph.library import load
from edgewise.graph.model import Term
from edgewise.graph.words import stem, words
from tests.work import steps


def term(id: str, *spellings: str) -> Term:
    return Term(id, spellings[0], f"What {id} means.", "editor", spellings[1:])


GLOSSARY = Glossary(
    [
        term("block", "block", "diagnostic block"),
        term("rfa", "radiofrequency ablation", "RFA"),
        term("cooled", "cooled radiofrequency ablation", "cooled RFA"),
        term("t2", "fat-saturated T2"),
        term("enthesis", "enthesis"),
        term("meniere", "Ménière's disease"),
        term("picture", "画像"),
        term("branch", "lateral branch"),
    ]
)


def found(text: str, glossary: Glossary = GLOSSARY) -> list[tuple[str, str]]:
    return [(text[span.start : span.end], span.term.id) for span in glossary.find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two blocks.", [("blocks", "block")]),
        ("Block first", [("Block", "block")]),
        ("BLOCKS", [("BLOCKS", "block")]),
        ("a blocked or blocking nerve, a blockade", []),
        ("a diagnostic block", [("diagnostic block", "block")]),
        ("diagnostic, block", [("block", "block")]),
        ("RFA and RFAs", [("RFA", "rfa"), ("RFAs", "rfa")]),
        ("rfa, rfa-attempts, Rfa", []),
        ("cooled RFA", [("cooled RFA", "cooled")]),
        ("Cooled radio-frequency", []),
        ("cooled radiofrequency-ablation", [("cooled radiofrequency-ablation", "cooled")]),
        ("cooled ablation by RFA", [("RFA", "rfa")]),
        ("fat saturated T2; fat-saturated t2", [("fat saturated T2", "t2")]),
        ("entheses and an enthesis", [("entheses", "enthesis"), ("enthesis", "enthesis")]),
        ("Menière’s disease, MENIERE'S DISEASES", [("Menière’s disease", "meniere"), ("MENIERE'S DISEASES", "meniere")]),
        ("MRIの画像を見る", [("画像", "picture")]),
        ("lateral\nbranches", [("lateral\nbranches", "branch")]),
        ("", []),
    ],
)
def test_a_term_is_found_as_whole_words_the_longest_first_in_the_plural_too(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "pair", ["case cases", "disease diseases", "therapy therapies", "biopsy biopsies", "analysis analyses", "virus viruses"]
)
def test_singular_and_plural_are_one_word(pair: str) -> None:
    one, many = pair.split()
    assert stem(one) == stem(many)


@pytest.mark.parametrize("pair", ["car care", "not note", "plan plane", "bus bust"])
def test_words_that_only_look_alike_are_two(pair: str) -> None:
    one, other = pair.split()
    assert stem(one) != stem(other)


@given(st.text(max_size=200))
def test_words_stand_where_they_say_and_never_over_one_another(text: str) -> None:
    spans = [(word.start, word.end) for word in words(text)]
    assert all(text[word.start : word.end] == word.text for word in words(text))
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    assert "".join(word.text for word in words(text)) == "".join(re.findall(r"\w|(?<=\w)['’](?=\w)", text))


@given(
    st.lists(
        st.sampled_from(["block", "blocks", "RFA", "cooled", "radiofrequency", "ablation", "diagnostic", " ", "-", ". ", "x"]), max_size=30
    )
)
def test_whatever_the_text_terms_are_found_in_order_and_apart(pieces: list[str]) -> None:
    text = "".join(pieces)
    spans = list(GLOSSARY.find(text))
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert all(not text[span.start - 1 : span.start].isalnum() and not text[span.end : span.end + 1].isalnum() for span in spans)


def test_looking_takes_work_in_proportion_to_the_text_even_where_spellings_almost_fit() -> None:
    glossary = Glossary([term("long", "a " * 49 + "b"), term("short", "a a")])
    small, large = (steps(lambda n=n: list(glossary.find("a " * n))) for n in (200, 800))
    assert large < 5 * small


def test_what_an_explanation_needs_is_used_too() -> None:
    told = Glossary(
        [
            Term("a", "alpha", "A kind of beta.", "editor"),
            Term("b", "beta", "Needs gamma.", "editor"),
            term("c", "gamma"),
            term("d", "delta"),
        ]
    )
    assert [one.id for one in told.used(["alpha only"])] == ["a", "b", "c"]
    assert told.used(["nothing"]) == ()


def test_every_term_of_the_first_guideline_stands_in_it_and_is_an_editors() -> None:
    guideline = load("sacroiliac-sclerosis").guideline
    texts = [passage.text for passage in (*guideline.headings.values(), *guideline.statements.values())]
    texts += [text for step in guideline.steps.values() for text in (step.label, step.summary, *(part.label for part in step.components))]
    met = {span.term.id for text in texts for span in Glossary.of(guideline).find(text)}
    assert met == set(guideline.glossary)
    assert {one.stated_by for one in guideline.glossary.values()} == {"editor"}
    named = {spelling for one in guideline.glossary.values() for spelling in (one.term, *one.spellings)}
    assert {"STIR", "RFA", "block", "arthrodesis", "enthesis", "fluoroscopy", "sclerosis", "periarticular", "innominate"} <= named
