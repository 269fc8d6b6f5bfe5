"""The evidence panel: everything that is weak, broken or not the source's own is said in words, and no text acts."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from streamlit.testing.v1 import AppTest

from edgewise.explorer.cards.evidence import STATES, TIERS
from edgewise.explorer.cards.markup import Html, join, tag
from edgewise.explorer.cards.named_places import with_places
from edgewise.explorer.drawing.palette import GROUNDS, INKS, TONES, contrast
from edgewise.graph.library import load
from edgewise.graph.model import (
    Addition,
    AllOf,
    AnyOf,
    Citation,
    Comparison,
    Component,
    Guideline,
    Identifier,
    Marker,
    Modality,
    Not,
    Note,
    Observable,
    Phase,
    Place,
    Rating,
    Reference,
    Situation,
    Statement,
    Step,
    Transition,
)
from edgewise.graph.walking.facts import parse_facts
from edgewise.graph.walking.walk import walk

HOSTILE = "<img src=x onerror=alert(1)> ![x](http://127.0.0.1:9/x) $\\x$ :red[x] </style><script>x</script> &lt;b&gt; \u202e"


class _Reader(HTMLParser):
    """What a browser would make of the markup: words, elements, attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self._style = False

    def handle_starttag(self, name: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((name, dict(attrs)))
        self._style = name == "style"

    def handle_endtag(self, name: str) -> None:
        self._style = self._style and name != "style"

    def handle_data(self, data: str) -> None:
        if not self._style:
            self.words.append(data)


def _panel(guideline, id, choice=None):
    import streamlit as st

    from edgewise.explorer.pages.pathway.panel import evidence_panel

    st.session_state.setdefault("asked", None)
    evidence_panel(guideline, id, lambda asked: st.session_state.update(asked=asked), choice=choice, key="test")


def opened(guideline: Guideline, id: str, choice: object = None) -> AppTest:
    at = AppTest.from_function(_panel, default_timeout=120, args=(guideline, id, choice)).run()
    assert not at.exception
    return at


def read(at: AppTest) -> _Reader:
    reader = _Reader()
    for block in at.get("html"):
        reader.feed(block.proto.body)
    return reader


def told(at: AppTest) -> str:
    return " ".join("".join(read(at).words).split())


@pytest.fixture(scope="module")
def sample() -> Guideline:
    return load("sacroiliac-sclerosis").guideline


def small(**changes: object) -> Guideline:
    """Two steps and an edge between them, without any evidence."""
    parts: dict[str, object] = {
        "observables": {
            "o": Observable("o", "Fever", "Fever?", "yes-no"),
            "n": Observable("n", "Weeks", "How long?", "count", accrues=True),
        },
        "phases": {"p": Phase("p", "First", 1)},
        "steps": {"a": Step("a", "Presentation", "Start", "", "p"), "b": Step("b", "Treatment", "Rest", "", "p")},
        "transitions": {"e": Transition("e", "a", "b", "then", "source")},
    }
    return Guideline("g", "urn:g", "T", "Q", "P", "2026-01-01", "pending", "A", "education", "D", **{**parts, **changes})  # type: ignore[arg-type]


def statement(id: str, *markers: str, text: str = "") -> Statement:
    cited = tuple(Citation(f"{id}-{marker}", marker) for marker in markers)
    return Statement(id, "evidence", text or f"words of {id}", Place("results", "bullet", 1), "sha256:0", cited)


def test_an_edge_with_a_broken_marker_says_so_and_shows_where(sample):
    at = opened(sample, "cooled-rfa-to-si-joint-fusion")
    words = told(at)
    assert "Cooled RFA, S1–S3 lateral branches → SI joint fusion, last resort" in words
    assert "Broken marker" in words
    assert "Marker 7 points to no entry of the reference list" in words
    assert "[7] no entry" in words
    assert words.index("[7] no entry") < words.index("more statements"), "a statement with a broken marker is never folded away"


def test_every_statement_and_every_reference_behind_an_edge_is_shown_with_its_place(sample):
    words = told(opened(sample, "cooled-rfa-to-si-joint-fusion"))
    for id in sample.transitions["cooled-rfa-to-si-joint-fusion"].justified_by:
        assert sample.passage(id).text in words
        assert str(sample.passage(id).place) in words
    for position in (2, 3, 4, 6):
        assert f"[{position}] {sample.references[f'reference-{position}'].title}" in words


def test_an_inferred_edge_is_told_apart_from_what_the_source_says(sample):
    edge = sample.transitions["xray-si-joints-to-conservative-care"]
    words = told(opened(sample, edge.id))
    assert "Not stated by the source" in words
    assert "Inferred by the modeller" in words
    assert f"Modeller's note{edge.note}" in words
    assert "What the source says nearby" in words


@pytest.mark.parametrize("state", sorted(STATES))
def test_each_state_of_evidence_has_a_sign_and_a_word_of_its_own(state):
    sign, word = STATES[state]
    assert [pair for pair in STATES.values() if pair[0] == sign or pair[1] == word] == [(sign, word)]
    assert word.isascii()


def test_a_reference_says_what_it_is_and_who_added_what(sample):
    words = told(opened(sample, "cooled-rfa-to-si-joint-fusion")).partition("What it rests on")[2]
    four = words[words.index("[4] Sacroiliac joint pain: anatomy") :]
    four = four[: four.index("Carries")]
    assert "American journal of physical medicine & rehabilitation · 2006" in four
    assert "review" in four
    assert "No identifier printed." in four
    assert "10.1097/01.phm.0000247633.68694.c1 (added by an editor, confirmed)" in four
    assert "Foley BS, Buschbacher RM (added by an editor, confirmed)" in four
    assert "not assessed" in words[words.index("[6] Sacroiliac Joint Pain") :]


def resting_on(reference: Reference, printed: str) -> Guideline:
    """An edge with one statement, cited once."""
    edge = Transition("e", "a", "b", "then", "source", justified_by=("s",))
    markers = {"m": Marker("m", printed, reference.id)}
    return small(statements={"s": statement("s", "m")}, markers=markers, references={reference.id: reference}, transitions={"e": edge})


def test_an_unconfirmed_or_printed_identifier_is_not_shown_as_confirmed_or_added():
    found = (Identifier("doi", "10.1/a", "source", False), Identifier("pmid", "77", "editor", False))
    reference = Reference("r", 1, "Title", 2020, identifiers=found, additions=(Addition("pages", "1–2", "editor", False),))
    words = told(opened(resting_on(reference, "1"), "e"))
    assert "10.1/a (printed in the source, not confirmed)" in words
    assert "77 (added by an editor, not confirmed)" in words
    assert "1–2 (added by an editor, not confirmed)" in words
    assert "No identifier printed" not in words


def test_a_reference_counts_what_it_carries_in_the_whole_guideline(sample):
    words = told(opened(sample, "presentation-to-xray-si-joints"))
    assert "Carries 7 citations in this guideline" in words
    assert "Carries 11 citations in this guideline" in words
    assert "from the guideline's own publisher" in words
    assert TIERS["tertiary"] in words


def test_a_marker_whose_print_is_not_the_entry_number_names_the_entry():
    assert "[a] entry 3" in told(opened(resting_on(Reference("r", 3, "T", 2020), "a"), "e"))


def test_a_criterion_is_a_list_that_names_all_any_and_not():
    fever, weeks = Comparison("1", "o", answer="yes"), Comparison("2", "n", bounds=(("≥", Decimal(3)),))
    when = AllOf("w", (AnyOf("x", (fever, weeks), label="ill"), Not("y", fever)))
    at = opened(small(transitions={"e": Transition("e", "a", "b", "then", "source", when=when)}), "e")
    words = told(at)
    assert "All of these have to hold:" in words
    assert "Ill – any of:" in words
    assert words.count("Fever: yes") == 1
    assert "Fever: no" in words, "what must not hold is told by the answer that does"
    assert "Weeks: at least 3" in words
    assert sum(name == "ul" for name, _ in read(at).elements) == 3, "the state's reasons, the whole, and a list for the group"


@pytest.mark.parametrize(
    ("role", "words"),
    [
        ("route", "Always: the guideline sets no condition."),
        ("option", "as an option"),
        ("excluded", "the source advises against this step"),
    ],
)
def test_an_edge_without_criterion_says_what_that_means(role, words):
    at = opened(small(transitions={"e": Transition("e", "a", "b", "then", "source", role=role)}), "e")
    assert words in told(at)


def test_with_a_patient_each_part_says_in_words_whether_it_holds(sample):
    facts = {"radiographs": "sclerosis", "inflammatory-suspicion": "no", "conservative-months": 6, "conservative-failed": "yes"}
    facts |= {"block-relief": [85, 88], "rfa-attempts-failed": 1}
    edge = "cooled-rfa-to-si-joint-fusion"
    words = told(opened(sample, edge, walk(sample, parse_facts(facts, sample)).edges[edge]))
    assert "Not yet open for this patient" in words
    assert "✓Holds: two or more blocks with at least 70 % relief: 2 of 2 (85 %, 88 %)" in words
    assert "◔Not yet: several failed RFA attempts (at least 2: modeller's reading): 1" in words
    assert "?Not known: hip and spine excluded as main source" in words
    assert "Failed RFA attempts: at least 2" in words


def test_of_a_step_further_ahead_the_edge_is_only_the_last_part_of_the_way(sample):
    edge = "diagnostic-injections-to-cooled-rfa"
    words = told(opened(sample, edge, walk(sample, {}).edges[edge]))
    assert "Least that this edge asks for, once reached: Relief by diagnostic blocks" in words
    assert "Least that would open it" not in words


def test_a_part_that_fails_for_good_is_told_apart_from_one_that_may_still_come(sample):
    edge = "xray-si-joints-to-conservative-care"
    facts = parse_facts({"radiographs": "sclerosis", "inflammatory-suspicion": "yes"}, sample)
    words = told(opened(sample, edge, walk(sample, facts).edges[edge]))
    assert "Closed for this patient" in words
    assert "✗Fails: Suspicion of active inflammatory disease: yes (needed: no)" in words


def test_an_edge_out_of_a_step_not_reached_says_so(sample):
    edge = "cooled-rfa-to-si-joint-fusion"
    words = told(opened(sample, edge, walk(sample, {}).edges[edge]))
    assert "this patient has not reached Cooled RFA" in words


def test_a_step_shows_kind_phase_rating_category_parts_and_end(sample):
    words = told(opened(sample, "mri-si-joints-without-contrast"))
    assert "investigation" in words
    assert "Rated 8 of 9, usually appropriate" in words
    assert "Fluid-sensitive sequences: STIR or fat-saturated T2" in words
    assert "without IV contrast" in words
    assert "not covered" in told(opened(sample, "endoscopic-neurectomy"))
    assert "Goes together with: X-ray SI joints." in told(opened(sample, "xray-spine"))


def test_notes_on_the_thing_itself_stand_in_sight_and_others_are_folded(sample):
    words = told(opened(sample, "cooled-rfa-to-si-joint-fusion"))
    fold = words.index("notes on the statements and references")
    assert words.index(with_places(sample, sample.notes["note-block-thresholds"].text)) < fold
    assert words.index(sample.notes["note-lost-entry"].text) > fold
    assert f"Editor's note{sample.notes['note-lost-entry'].text}" in words


def test_the_buttons_of_an_edge_ask_for_its_steps(sample):
    for label, id in (("← Step before", "cooled-rfa"), ("Step after →", "si-joint-fusion")):
        at = opened(sample, "cooled-rfa-to-si-joint-fusion")
        assert at.session_state["asked"] is None
        next(button for button in at.button if button.label == label).click().run()
        assert at.session_state["asked"] == id


def test_the_buttons_of_a_step_ask_for_every_edge_it_has(sample):
    at = opened(sample, "conservative-care")
    edges = [edge.id for edge in sample.transitions.values() if "conservative-care" in (edge.source, edge.target)]
    assert sorted(button.key for button in at.button) == sorted(f"test:go:{id}" for id in edges)
    at.button(key=f"test:go:{edges[-1]}").click().run()
    assert at.session_state["asked"] == edges[-1]


def test_an_unknown_id_is_answered_with_a_hint_instead_of_a_traceback(sample):
    at = opened(sample, "cooled-rfb")
    assert "did you mean" in at.info[0].value
    assert at.session_state["asked"] is None


def test_nothing_behind_an_edge_or_a_step_is_said_rather_than_left_blank():
    for id in ("e", "b"):
        words = told(opened(small(), id))
        assert "No citation" in words
        assert "No statement is given for this." in words


def _hostile() -> Guideline:
    """Every text that an author can write is an attack."""
    x = HOSTILE
    asked = Comparison("c", "o", answer="yes", label=x, based_on=("s",))
    return small(
        observables={"o": Observable("o", x, x, "yes-no")},
        phases={"p": Phase("p", x, 1)},
        modalities={"m": Modality("m", x, x, x, x, ("s",))},
        situations={"i": Situation("i", x, x, 1)},
        ratings={"r": Rating("r", "m", "i", 5, 1, 9, "s")},
        steps={
            "a": Step("a", "Presentation", x, x, "p", modality="m", described_by=("s",), components=(Component("c", x, ("s",)),)),
            "b": Step("b", "Endpoint", x, x, "p", endpoint=x, companion_of="a"),
        },
        transitions={"e": Transition("e", "a", "b", x, "source", when=asked, justified_by=("s",), note=x)},
        statements={"s": replace(statement("s", "k", "l", text=x), place=Place(x, x))},
        markers={"k": Marker("k", x, "f", x), "l": Marker("l", x, "", x)},
        references={"f": Reference("f", 1, x, 2020, x, x, x, x, True, (Identifier(x, x, x, True),), (Addition(x, x, x, False),))},
        notes={"n": Note("n", x, x, ("s", "e"))},
    )


@pytest.mark.parametrize("id", ["a", "b", "e"])
def test_a_hostile_text_is_shown_as_it_is_written_and_makes_no_element(id):
    guideline = _hostile()
    choice = walk(guideline, {"o": "no"}).edges.get(id)
    at = opened(guideline, id, choice)
    seen = read(at)
    allowed = "style div span section article h2 h3 h4 p ul li strong details summary dl dt dd"
    assert {name for name, _ in seen.elements} <= set(allowed.split())
    names = {attribute for _, attributes in seen.elements for attribute in attributes}
    assert names <= {"class", "title", "role", "aria-hidden", "data-ew"}
    assert "<img src=x onerror=alert(1)> ![x](http://127.0.0.1:9/x) $\\x$ :red[x]" in told(at)
    assert "\u202e" not in told(at)
    for button in at.button:
        assert "![x](" not in button.label


def test_very_long_and_odd_texts_do_not_break_the_panel():
    long = "relief " * 20_000
    guideline = small(steps={"a": Step("a", "Presentation", long, long, "p"), "b": Step("b", "Treatment", "\udcff\x00", "", "p")})
    for id in ("a", "b", "e"):
        opened(guideline, id)


def test_headings_never_skip_a_level(sample):
    for id in (*sample.transitions, *sample.steps):
        levels = [int(name[1]) for name, _ in read(opened(sample, id)).elements if name in {"h1", "h2", "h3", "h4"}]
        assert levels[0] == 2
        assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_signs_are_hidden_from_readers_that_hear_the_words_beside_them(sample):
    elements = read(opened(sample, "cooled-rfa-to-si-joint-fusion")).elements
    signs = [attributes for _, attributes in elements if "ew-sign" in (attributes.get("class") or "")]
    assert signs
    assert all(attributes.get("aria-hidden") == "true" for attributes in signs)


@pytest.mark.parametrize("name", sorted(TONES))
def test_colours_of_text_reach_aa_on_their_own_ground_and_on_the_page(name):
    tone = TONES[name]
    assert contrast(tone.light, tone.light_ground) >= 4.5
    assert contrast(tone.dark, tone.dark_ground) >= 4.5
    assert contrast(tone.light, GROUNDS["light"]["page"]) >= 4.5
    assert contrast(tone.dark, GROUNDS["dark"]["page"]) >= 4.5


def test_markup_glued_by_another_road_is_shown_as_text_again():
    glued = tag("b", "x") + "<i>"
    assert not isinstance(glued, Html)
    assert join([glued]) == "&lt;b&gt;x&lt;/b&gt;&lt;i&gt;"


PAIRS = {"text": "page", "strong": "page", "dim": "page", "link": "page", "on-brand": "brand", "picked-ink": "picked"}


@pytest.mark.parametrize(("ink", "behind"), [*PAIRS.items(), *((ink, "band") for ink in ("text", "strong", "dim"))])
def test_words_outside_the_cards_have_contrast(ink, behind):
    assert contrast(INKS[ink].light, INKS[behind].light) >= 4.5
    assert contrast(INKS[ink].dark, INKS[behind].dark) >= 4.5


def test_the_notice_has_contrast():
    assert contrast(INKS["warning"].light, TONES["weak"].light_ground) >= 4.5
    assert contrast(INKS["warning"].dark, TONES["weak"].dark_ground) >= 4.5
