"""Telling markers from figures: brackets, ranges, and the evidence for a lost superscript."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edgewise.citations.reading.citation_order import Frontier
from edgewise.citations.reading.lost_superscripts import Reader, find_bare, opened
from edgewise.citations.reading.model import Block, Span
from edgewise.citations.reading.number_runs import Token, runs
from edgewise.citations.reading.plain_text import plain_blocks
from edgewise.citations.reading.printed_markers import brackets, numbers
from edgewise.citations.reading.reference_list import entries, find_list
from edgewise.citations.reading.sentences import bare, cut
from edgewise.citations.reading.superscript_weights import READINGS, WEIGHTS

NUMBERS = st.integers(1, 400)


def taken(*paragraphs: str, entries: int = 20) -> list[tuple[int, ...]]:
    return [span.numbers for _, span in find_bare([Block("paragraph", text) for text in paragraphs], entries)[0]]


@given(start=NUMBERS, width=st.integers(1, 60), dash=st.sampled_from("-–—‒−"))
def test_a_rising_range_is_opened_and_a_falling_one_is_not(start: int, width: int, dash: str) -> None:
    assert numbers(f"{start}{dash}{start + width}") == tuple(range(start, start + width + 1))
    assert numbers(f"{start + width}{dash}{start}") == (start + width, start)
    tokens = [Token(0, 1, start), Token(2, 3, start + width, dash=True)]
    assert opened(tokens) == tuple(range(start, start + width + 1))


@given(groups=st.lists(st.lists(NUMBERS, min_size=1, max_size=5), min_size=1, max_size=6))
def test_bracketed_groups_come_back_as_they_were_printed(groups: list[list[int]]) -> None:
    text = " so ".join(f"[{', '.join(map(str, group))}]" for group in groups)
    assert [list(span.numbers) for span in brackets(text)] == groups
    assert all(text[span.start] == "[" and text[span.end - 1] == "]" for span in brackets(text))


@pytest.mark.parametrize("text", ["[0, 1]", "[10, 20] ms", "[a1]", "[1234]", "[]", "x[", "[1,]"])
def test_intervals_and_other_brackets_are_no_markers(text: str) -> None:
    assert brackets(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "blocks of S1, S2, S3 nerves", "rated 9/9 by all", "for 3-6 months", "17.6% of them", "(p = 0.05, n = 12)", "in 2012 it rose",
        "shown in Figure 3 and Table 2", "with 12 patients", "a total of 5 trials", "5 mg daily", "type 2 disease", "3. Results",
        "on 8 February", "1,200 people", "COVID-19 cases", "2 of 12 died", "a ratio of 3:1", "age 7–12 years",
    ],
)  # fmt: skip
def test_figures_of_the_prose_stay_in_the_prose(text: str) -> None:
    said = ["Rest helps. 1 Belts do too. 2, 3 Heat, 4 however, fails. 5 Then it was tried again. 6 It held. 7", text]
    assert taken(*said) == [(1,), (2, 3), (4,), (5,), (6,), (7,)]


@pytest.mark.parametrize(("number", "read"), [(4, True), (17, False)])
def test_the_order_of_first_citation_decides_what_the_words_leave_open(number: int, read: bool) -> None:
    text = f"Rest helps. 1 Belts do too. 2 Heat fails. 3 It fell, {number} boxes held. Then it rose. 5 Ice won. 6"
    assert ((number,) in taken(text)) is read


def test_a_label_s_number_is_parted_from_the_markers_behind_it() -> None:
    text = "Rest helps. 1 Belts do too. 2 Heat fails. 3, 4 It is drawn in Figure 2. 5, 6 Then it fell. 7"
    assert taken(text) == [(1,), (2,), (3, 4), (5, 6), (7,)]


def test_items_that_all_end_in_figures_end_in_markers() -> None:
    blocks = [Block("paragraph", "Rest helps. 1 Belts do. 2, 3"), *(Block("bullet", text) for text in ("Heat 4", "Ice packs 2", "Rest 1"))]
    assert [span.numbers for _, span in find_bare(blocks, 4)[0]] == [(1,), (2, 3), (4,), (2,), (1,)]


@given(st.text(alphabet="ab 12,.–-%()", max_size=120))
def test_groups_lie_in_their_text_and_do_not_overlap(text: str) -> None:
    spans = [(t.start, t.end) for run in runs(text) for t in run]
    assert spans == sorted(spans)
    assert all(text[a:b].isdecimal() for a, b in spans)
    found, doubts = find_bare([Block("paragraph", text)], 9)
    places = sorted((span.start, span.end) for span in [*(span for _, span in found), *(doubt.span for doubt in doubts)])
    assert all(a[1] <= b[0] for a, b in pairwise(places))


def test_one_wrong_number_does_not_spoil_the_order() -> None:
    frontier = Frontier([(1, 1), (2, 2), (3, 99), (4, 3), (5, 4), (6, 5)])
    assert frontier.bounds(10, 11) == (5, None)


def test_sentences_end_behind_their_markers_but_not_at_abbreviations() -> None:
    text = "Rest (see e.g. Lee et al. 2) helps. 1 At 3.5 cm it fails! [2] Dr. B. Ray agreed."
    spans = [Span(26, 27, (2,)), Span(36, 37, (1,)), Span(58, 61, (2,))]
    assert [bare(text, a, b, spans) for a, b in cut(text, spans)] == [
        "Rest (see e.g. Lee et al. ) helps.",
        "At 3.5 cm it fails!",
        "Dr. B. Ray agreed.",
    ]


@given(st.text(alphabet="aB .!?1[]", max_size=80))
def test_sentences_cover_the_text_once(text: str) -> None:
    spans = brackets(text)
    pieces = cut(text, spans)
    assert all(a[1] <= b[0] for a, b in pairwise(pieces))
    assert "".join("".join(text[a:b] for a, b in pieces).split()) == "".join(text.split())


LISTS = {
    "numbered, with what follows": ("References\n\n1. Lee A. 2001\n2. Ray B. 2002\n\nRelated Questions\n\nWhat of 2001?\n", 2),
    "unnumbered lines": ("References\n\nLee A. 2001\nRay B.\nKim C. 2003\n\nDisclaimer\n\nNot advice.\n", 3),
    "lines apart": ("References\n\nLee A. Rest. 2001\n\nRay B. Heat. 2002\n\nMore to read\n\nWhy rest?\n\nWhy heat?\n", 2),
    "three lines an entry": ("References\n\nResearch\n\nRest.\n\nBone, 2001\n\nResearch\n\nHeat.\n\nBone, 2002\n\nRelated\n\nWhy?\n", 2),
    "two lines an entry": ("References\n\nRest.\nBone, 2001\n\nHeat.\nBone, 2002\n\nRelated\n\nWhy?\n", 2),
    "continued lines": ("References\n\n[1] Lee A. A very long title\n    Bone 2001\n[2] Ray B. 2002\n", 2),
    "named otherwise": ("Literature cited:\n\n1) Lee A. 2001\n2) Ray B. 2002\n3) Kim 2003\n", 3),
}


@pytest.mark.parametrize(("text", "count"), LISTS.values(), ids=list(LISTS))
def test_a_reference_list_ends_where_its_pattern_ends(text: str, count: int) -> None:
    blocks = plain_blocks("Care\n\nRest helps.\n\n" + text)
    place = find_list(blocks)
    assert place is not None
    assert len(entries(blocks[place[0] + 1 : place[1]])) == count


def test_a_text_without_a_list_has_none() -> None:
    assert find_list(plain_blocks("Care\n\nThe references of this page are lost.\n")) is None


def test_every_sign_that_is_found_has_its_weight() -> None:
    text = "Rest helps1,2. See Fig. 3 and ref. 4; at 5 mg (6, 7) it fell\u20148 of 9 m2. As Lee et al. (10) held. 11-13 It, 45,106 then. 14"
    groups = Reader([Block("paragraph", text)], 120, {4: "Lee A. Rest.", 10: "Kim B. Heat."}).read()
    assert {name for group in groups for name in group.found} <= WEIGHTS.keys()
    assert all(len(weights) == len(READINGS) for weights in WEIGHTS.values())


def test_a_long_list_of_numbers_above_a_hundred_is_no_number_in_thousands() -> None:
    assert [[token.number for token in run] for run in runs("so held.99,101,113 But 45,106 boxes of 1,200", 120)] == [
        [99, 101, 113],
        [45, 106],
    ]
    assert runs("so held 45,106 then") == []
