"""Terms in finished markup: marked once a card, nowhere that clutters, and no text ever becomes markup."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edgewise.explorer.cards.markup import Html, chip, folded, join, page, section, tag
from edgewise.explorer.cards.terms import explained, explanations, in_other_words
from edgewise.graph.glossary import Glossary
from edgewise.graph.library import load
from edgewise.graph.model import Guideline, Place, Statement, Term
from tests.explorer.drawn_pages import without_terms

BLOCK = Term("t1", "block", "A <b>numbing</b> injection & a test.", "editor", ("nerve <i>block</i>",), ("s1",))
RFA = Term("t2", "RFA", "Heat.", "modeller")
GLOSSARY = Glossary([BLOCK, RFA])
GUIDELINE = Guideline(
    "g", "urn:g", "", "", "", "", "", "", "", "",
    statements={"s1": Statement("s1", "evidence", "A block numbs.", Place("step 2"), "")}, glossary={"t1": BLOCK, "t2": RFA},
)  # fmt: skip


def marked(markup: Html) -> list[str]:
    return re.findall(r'<button type="button" class="ew-term"[^>]*>(.*?)</button>', explained(GLOSSARY, markup))


def test_a_term_is_marked_where_it_first_stands_and_not_again() -> None:
    assert marked(tag("div", tag("p", "Two blocks, one block."), tag("p", "RFA after a block"))) == ["blocks", "RFA"]


def test_each_card_begins_anew_and_leaves_the_rest_alone() -> None:
    cards = [tag("article", tag("p", "A block."), cls="ew-card"), tag("div", tag("p", "blocks"), cls="ew-note")]
    assert marked(tag("div", tag("p", "Block"), *cards, tag("p", "block"))) == ["Block", "block", "blocks"]


@pytest.mark.parametrize(
    "markup",
    [
        tag("h2", "A block"),
        tag("a", "block", href="#x"),
        chip("block"),
        folded("block"),
        tag("span", "block", cls="ew-cite"),
        tag("dt", "block"),
        tag("button", "block"),
        tag("p", "x", title="block"),
        tag("svg", tag("text", "block")),
        tag("div", tag("strong", "block"), cls="ew-card ew-worded"),
    ],
)
def test_names_links_boxes_and_lines_that_open_something_bear_no_button(markup: Html) -> None:
    assert explained(GLOSSARY, markup) == markup


class Balanced(HTMLParser):
    """The markup as a browser takes it apart: its words, and what stands open."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.words, self.open = "", []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002  # as it is called
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


@given(
    st.lists(st.text(max_size=30) | st.sampled_from(["block", "<b>block</b>", "RFA & block", "&lt;block&gt;", "</p><p>block"]), max_size=8)
)
def test_whatever_the_texts_the_words_stay_the_same_and_the_markup_sound(texts: list[str]) -> None:
    markup = tag("div", *(tag("p", text) for text in texts))
    made = explained(GLOSSARY, markup)
    before, after = Balanced(markup), Balanced(made)
    assert (after.words, after.open) == (before.words, [])
    assert without_terms(made) == markup


def test_an_explanation_says_what_it_is_who_says_so_and_where_and_is_text() -> None:
    told = explanations(GUIDELINE)
    assert "A &lt;b&gt;numbing&lt;/b&gt; injection &amp; a test." in told
    assert "nerve &lt;i&gt;block&lt;/i&gt;" in told
    words = " ".join(unescape(re.sub(r"<[^>]+>", " ", told)).split())
    assert "An editor's words · step 2" in words
    assert "RFA Heat. The modeller's words" in words


def test_every_button_leads_to_an_explanation_that_there_is() -> None:
    guideline = load("sacroiliac-sclerosis").guideline
    texts = join(tag("p", statement.text) for statement in guideline.statements.values())
    asked = set(re.findall(r'popovertarget="([^"]+)"', explained(Glossary.of(guideline), tag("div", texts))))
    there = set(re.findall(r'<div popover="auto" id="([^"]+)"', explanations(guideline)))
    assert len(asked) > 20
    assert asked <= there


def test_where_nothing_can_be_marked_the_terms_are_offered_beside() -> None:
    told = in_other_words(GLOSSARY, "After how many blocks?", "RFA counts; block again")
    assert re.findall(r">([^<>]+)</button>", told) == ["blocks", "RFA"]
    assert in_other_words(GLOSSARY, "How long?") == ""


def test_without_a_glossary_all_stays_as_it_was() -> None:
    markup = page(section("x", tag("p", "block")))
    assert explained(Glossary(()), markup) is markup
