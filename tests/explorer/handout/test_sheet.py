"""The hand-out: one printed page that says everything, whatever the guideline, and `edgewise export` that hands it over."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from functools import cache
from itertools import combinations, pairwise

import pytest
import typst
from lxml import etree
from PIL import Image, ImageChops

from edgewise.citations.formats.vancouver import render_all
from edgewise.explorer.drawing.geometry import Box
from edgewise.explorer.drawing.palette import STATES
from edgewise.explorer.handout import sheet as handout
from edgewise.explorer.handout.drawing import DASHES, cut_short, draw, drawn, legend, numbered, slices
from edgewise.explorer.handout.fonts import covered
from edgewise.explorer.handout.free_places import place
from edgewise.explorer.handout.paper import Paper
from edgewise.explorer.handout.sheet import handout_pdf, handout_svg, typeset
from edgewise.explorer.handout.svg import stacked
from edgewise.graph import library
from edgewise.graph.gaps.search import find_gaps
from edgewise.graph.model import Guideline, Phase, Step, Transition
from edgewise.graph.pathway import comparisons
from edgewise.graph.walking.criteria import words
from tests.explorer.calls import SI, SMALL
from tests.explorer.pdf_text import Read, read

HOSTILE = (
    "#sys.inputs", "$x^2$", "*not strong*", "_not slanted_", "@reference", "<label>", "\\u{41} \\", "`raw`", "// no comment", "/* none */",
    "= heading", "- list", "#{panic()}", '")]}#eval("1")', "[content]", "https://example.org/#x", "~ -- ---", "'quoted' \"twice\"",
)  # fmt: skip


@cache
def si() -> Guideline:
    return library.load(SI).guideline


@cache
def small() -> Guideline:
    return library.load(SMALL).guideline


@cache
def large(steps: int = 60) -> Guideline:
    """A pathway of many steps in six lanes, with detours, loops and labels that are too long for the drawing."""
    phases = {f"p{i}": Phase(f"p{i}", f"Phase {i}", i) for i in range(6)}
    made = {
        f"s{i}": Step(f"s{i}", "Treatment", f"Step number {i} by its whole name", "", f"p{i * 6 // steps}", order=i) for i in range(steps)
    }
    ways = [(i, i + 1) for i in range(steps - 1)] + [(i, i + 5) for i in range(0, steps - 5, 4)] + [(i, i - 3) for i in range(7, steps, 11)]
    edges = {f"t{n}": Transition(f"t{n}", f"s{a}", f"s{b}", f"way {n} {'long ' * 30}", "source") for n, (a, b) in enumerate(ways)}
    none = {"notes": {}, "headings": {}, "statements": {}, "ratings": {}, "bundles": {}, "alternatives": {}}
    return replace(small(), id="large", phases=phases, steps=made, transitions=edges, **none)


@cache
def printed(guideline_of, paper: Paper = Paper.a4) -> Read:
    return read(handout_pdf(guideline_of(), paper))


# ------------------------------------------------------------------------------------------------------- the first guideline


@pytest.mark.parametrize("paper", Paper)
def test_the_first_guideline_fits_on_one_page_in_type_that_can_be_read_with_its_words_explained_overleaf(paper):
    page = printed(si, paper)
    told, _, explained = page.words.partition("Wordsexplained")
    assert page.pages == 2
    assert "Page1of2" in told
    assert told.count("Pendinghumanreview") == page.words.count("Pendinghumanreview") - 1, (
        "but for its foot the second page has the words alone"
    )
    assert "STIR(" in explained
    assert min(page.sizes) >= 6


def test_terms_that_stand_on_the_page_are_explained_and_who_says_so():
    page = printed(si)
    assert page.says("An editor's words.")
    assert page.says("Radiofrequency ablation (RFA): Heat from a needle")
    assert not page.says("One vertebra has slipped"), "this term is not on the page"
    assert printed(small).says("A stiff shoe. (acting)")


@pytest.mark.parametrize("paper", Paper)
def test_it_says_whose_it_is_how_old_how_far_reviewed_and_what_it_is_for(paper):
    page, guideline = printed(si, paper), si()
    for text in (guideline.title, guideline.question, guideline.publisher, guideline.disclaimer, guideline.audience):
        assert page.says(text)
    for text in ("Pending human review", "updated 2026-02-08", "For education", "Made with Edgewise from sacroiliac-sclerosis, 2026-02-08"):
        assert page.says(text)


def test_every_step_is_named_in_full_and_every_component_told():
    page = printed(si)
    for step in si().steps.values():
        assert page.says(step.label)
        assert all(page.says(component.label) for component in step.components)


def test_every_edge_has_its_criteria_in_full_with_place_and_markers():
    page, guideline = printed(si), si()
    for edge in guideline.transitions.values():
        for comparison in comparisons(edge.when) if edge.when else ():
            assert page.says(words(comparison, guideline.observables))
    assert page.says("course of treatment documented (step 4, criterion 5 [2])")
    assert page.says("several failed RFA attempts (at least 2: modeller's reading) (step 3, bullet 2 [3]; step 4, criterion 4 [3] [7])")


def test_ratings_stand_on_their_steps_and_with_category_situation_and_place():
    page = printed(si)
    assert page.says("8/9 MRI SI joints without IV contrast: usually appropriate, derived (second imaging, bullet 1 [1])")
    assert all(page.says(situation.label) for situation in si().situations.values())


def test_references_are_in_vancouver_style_and_what_editors_added_is_marked():
    page, listed = printed(si), list(si().references.values())
    for reference, line in zip(listed, render_all(listed), strict=True):
        assert page.says(f"{reference.position}.{line}")
    assert page.says(
        "Added by an editor, confirmed: DOI 10.1097/01.phm.0000247633.68694.c1, PMID 17117004, authors, volume 85, issue 12, pages."
    )
    assert page.says("Tertiary summary, from the guideline's own publisher.")
    assert page.says("The list prints no identifier with any entry.")


def test_markers_that_point_nowhere_are_marked_with_what_editors_say_of_them():
    page = printed(si)
    assert page.says("[7] Points to no entry of the list.")
    assert page.says(si().notes["note-lost-entry"].text)


def test_what_the_source_leaves_open_is_printed_row_by_row():
    page = printed(si)
    shown = [row for row in find_gaps(si()).rows if row.kind in {"gap", "dead-end", "disagreement"}]
    assert shown
    assert all(page.says(row.situation) for row in shown)


def test_what_the_modeller_read_into_an_edge_is_marked():
    page, guideline = printed(si), si()
    assert page.says("Read in part by the modeller")
    assert page.says(f"{guideline.steps['cooled-rfa'].name}†:")
    assert not page.says(f"{guideline.steps['xray-spine'].name}†:"), "an edge without a note bears no such mark"


# ------------------------------------------------------------------------------------------------------------- both formats


def test_the_pdf_has_title_author_language_and_tags_and_no_date_of_today():
    file = handout_pdf(small())
    for part in (
        b"/Title(A test of sprained ankles)",
        b"/Author(The Test Bench)",
        b"/Lang(en-GB)",
        b"/MarkInfo<</Marked true",
        b"/StructTreeRoot",
    ):
        assert part in file, part
    assert b"CreationDate" not in file
    assert b"CreateDate" not in file


@pytest.mark.parametrize("paper", Paper)
def test_the_svg_is_one_picture_of_the_paper_with_a_title_and_nothing_from_elsewhere(paper):
    tree = etree.fromstring(handout_svg(small(), paper))
    assert [float(part) for part in tree.get("viewBox").split()[2:]] == pytest.approx(paper.points, abs=0.1)
    assert tree.findtext("{*}title") == small().title
    links = [value for element in tree.iter(etree.Element) for name, value in element.attrib.items() if name.endswith("href")]
    assert links
    assert all(link.startswith("#p1-") for link in links)
    assert not [element.tag for element in tree.iter("{*}image", "{*}script", "{*}foreignObject")]


def test_pages_of_one_picture_keep_their_shapes_apart():
    page = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><g id="a" clip-path="url(#a)"/></svg>'
    tree = etree.fromstring(stacked([page, page], "x"))
    assert [(one.get("id"), one.get("clip-path")) for one in tree.iter("{*}g")] == [("p1-a", "url(#p1-a)"), ("p2-a", "url(#p2-a)")]


def test_a_picture_of_the_page_is_a_png_of_its_size():
    (picture,) = typeset(small(), Paper.letter).pictures(36)
    assert Image.open(io.BytesIO(picture)).size == (306, 396)


def test_the_same_guideline_gives_the_same_bytes_in_every_process():
    code = (
        "import hashlib, sys; from edgewise.explorer.handout.sheet import *;"
        " from edgewise.graph.library import load; g = load(sys.argv[1]).guideline;"
        "print(hashlib.sha256(handout_pdf(g) + handout_svg(g).encode()).hexdigest())"
    )

    def digest(seed: str) -> str:
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run([sys.executable, "-c", code, SMALL], env=environment, capture_output=True, text=True, check=True)
        return done.stdout

    assert digest("1") == digest("2")


# ----------------------------------------------------------------------------------------------------- any guideline at all


def test_a_tiny_guideline_is_set_large_on_one_page():
    page = printed(small)
    assert page.pages == 1
    assert min(page.sizes) > 8.5
    assert page.says("Arrival")
    assert page.says("Nobody A. Boots for ankles. Journal of Invented Results. 2021;12.")
    assert page.says("not confirmed: link https://example.org/boots")


def test_a_guideline_without_anything_still_makes_a_page():
    page = read(handout_pdf(Guideline("g", "urn:g", "Nothing yet", "", "", "", "", "", "", "")))
    assert (page.pages, page.says("Nothing yet")) == (1, True)


def test_a_large_guideline_runs_on_to_further_pages_and_loses_nothing():
    page, guideline = printed(large), large()
    assert page.pages > 1
    assert min(page.sizes) >= 5.9
    assert all(page.says(f"Page {number} of {page.pages}") for number in range(1, page.pages + 1))
    foot = "".join("Made with Edgewise from large, 2025-03-31. Under human review. For education.".split())
    assert page.words.count(foot) == page.pages, "a page that got lost still says how far it was reviewed and what it is for"
    told = re.sub(r"MadewithEdgewise.*?Page\d+of\d+", "", page.words)
    assert all("".join(step.label.split()) in told for step in guideline.steps.values())
    assert all("".join(edge.label.split()) in told for edge in guideline.transitions.values()), (
        "what the drawing cuts short stands in the list"
    )
    assert page.says(guideline.disclaimer)


def test_the_pieces_of_a_large_drawing_cut_no_step_and_no_label_and_together_hold_all():
    drawing = draw(large())
    pieces = slices(drawing, 700)
    assert len(pieces) > 2
    assert (pieces[0][0], pieces[-1][1]) == (0, drawing.layout.height)
    assert all(one[1] == other[0] for one, other in pairwise(pieces))
    assert all(bottom - top <= 700 for top, bottom in pieces)
    boxes = [*(node.box for node in drawing.layout.nodes.values()), *(edge.label for edge in drawing.layout.edges.values() if edge.label)]
    assert not [box for box in boxes for _, cut in pieces[:-1] if box.top < cut < box.bottom]
    assert sum(len(drawn(drawing, piece)["nodes"]) for piece in pieces) == 60


def test_a_step_higher_than_any_page_does_not_stop_the_cutting():
    drawing = draw(small())
    assert slices(drawing, 1)[-1][1] == drawing.layout.height


@pytest.mark.parametrize("turned", [False, True])
def test_no_text_of_a_guideline_is_read_as_markup(turned):
    whole = "  ".join(reversed(HOSTILE) if turned else HOSTILE)
    page = read(handout_pdf(_all_texts_are(whole)))
    told = re.sub(r"MadewithEdgewise.*?Page\d+of\d+", "", page.words)
    assert told.count("".join(whole.split())) >= 20


def test_no_text_is_read_as_markup_where_it_begins_with_a_mark():
    marked = dict(zip(small().transitions, ("= heading", "- list", "#panic()", "/ term: x"), strict=True))
    edges = {id: replace(one, label=marked[id], when=None) for id, one in small().transitions.items()}
    page = read(handout_pdf(replace(small(), transitions=edges)))
    assert all(page.words.count("".join(label.split())) == 2 for label in marked.values()), "on the drawing and in the list"


def _all_texts_are(text: str) -> Guideline:
    """The small guideline with the same text at every place where a text may stand."""
    guideline = small()
    steps = {id: replace(one, label=text, short_label="", components=()) for id, one in guideline.steps.items()}
    edges = {id: replace(one, label=text, note=text, when=None) for id, one in guideline.transitions.items()}
    return replace(
        guideline,
        title=text,
        question=text,
        publisher=text,
        review_status=text,
        purpose=text,
        audience=text,
        disclaimer=text,
        steps=steps,
        transitions=edges,
        phases={id: replace(one, label=text) for id, one in guideline.phases.items()},
        observables={id: replace(one, label=text) for id, one in guideline.observables.items()},
        modalities={id: replace(one, label=text) for id, one in guideline.modalities.items()},
        situations={id: replace(one, label=text) for id, one in guideline.situations.items()},
        references={id: replace(one, title=text, container=text, author="") for id, one in guideline.references.items()},
        markers={id: replace(one, note=text) for id, one in guideline.markers.items()},
    )


def test_control_characters_endless_words_and_lone_surrogates_do_no_harm():
    for text in ("a\x00b\x1b[31m", "w" * 700, "\udc80", "\u202eturned", "漢字 😀 مرحبا", " ", ""):
        page = read(handout_pdf(_all_texts_are(text)))
        assert page.pages >= 1
        assert page.says("w" * 700 if len(text) == 700 else "Made with Edgewise")


def test_letters_that_typst_has_no_type_for_let_the_fonts_of_the_machine_help():
    assert covered("naïve привет αβγ שלום مرحبا ≥ 70 % → ✗")
    assert not covered("漢字")


def test_an_id_that_looks_like_anothers_mark_does_not_hide_the_label():
    edges = {id: replace(one, label="mnemonic mm nn") for id, one in small().transitions.items()}
    drawing = draw(replace(small(), transitions=edges))
    (piece,) = slices(drawing, 10_000)
    assert all(" ".join(edge["lines"]) == "mnemonic mm nn" for edge in drawn(drawing, piece)["edges"])
    assert not cut_short(drawing)


# --------------------------------------------------------------------------------------------------------------- the drawing


def test_a_phase_whose_name_does_not_fit_beside_its_lane_is_named_below_the_drawing():
    name = "A phase of a name that is much longer than the room that a lane has for it"
    page = read(handout_pdf(replace(small(), phases={"look": Phase("look", name, 1), "act": Phase("act", "Acting", 2)})))
    assert page.says(f"Phases: {name}.")
    assert not printed(small).says("Phases:")


def test_edges_are_numbered_from_one_step_by_step():
    numbers = numbered(si())
    assert sorted(numbers.values()) == list(range(1, 14))
    sources = [si().transitions[id].source for id in numbers]
    assert list(dict.fromkeys(sources)) == [step for step in si().steps if step in sources]


def test_states_of_evidence_are_told_apart_without_colour():
    assert set(DASHES) == set(STATES)
    assert len({tuple(dash) for dash in DASHES.values()}) == len(STATES)
    for one, other in combinations([_in_black(state, dashes={}) for state in STATES], 2):
        assert _differ(one, other) > 40, "by their signs alone"
    for one, other in combinations([_in_black(state, dashes=DASHES) for state in STATES], 2):
        assert _differ(one, other) > 120


def _in_black(state: str, *, dashes: dict[str, list[float]]) -> Image.Image:
    """The page of a small guideline whose edges all have the same state, with one ink and without legend, as grey values."""
    sheet = handout._sheet(small(), Paper.a4)
    data = json.loads(sheet.data(handout._Set(9.0, False)))
    for edge in data["pieces"][0]["edges"]:
        edge["state"] = state
    blank = {"states": [], "kinds": [], "roles": [], "groups": [], "rated": False, "silent": False}
    data |= {
        "inks": dict.fromkeys(STATES, "#000000"),
        "dashes": {name: dashes.get(name, []) for name in STATES},
        "legend": blank,
        "steps": [],
    }
    made = typst.compile(handout._template(), format="png", ppi=100, ignore_system_fonts=True, sys_inputs={"data": json.dumps(data)})
    assert isinstance(made, bytes)
    return Image.open(io.BytesIO(made)).convert("L")


def _differ(one: Image.Image, other: Image.Image) -> int:
    """How many points of two pictures are clearly different."""
    return sum(ImageChops.difference(one, other).point(lambda value: 255 if value > 90 else 0).histogram()[255:])


def test_the_legend_explains_what_occurs_and_nothing_else():
    shown = legend(draw(small()), silent=False)
    assert [name for name, _ in shown["states"]] == ["broken", "uncited", "inferred"]
    assert [name for name, _ in shown["kinds"]] == ["Presentation", "Investigation", "Treatment", "Endpoint"]
    assert ([role for role, _ in shown["roles"]], shown["rated"]) == (["option"], True)


@pytest.mark.parametrize("guideline_of", [si, small, large])
def test_a_free_place_beside_the_drawing_is_free(guideline_of):
    drawing = draw(guideline_of())
    width = 1100.0
    shift, pockets = place(drawing, width, (100.0, 50.0))
    left = min(node.box.left for node in drawing.layout.nodes.values())
    assert shift >= 0
    boxes = [node.box for node in drawing.layout.nodes.values()] + [edge.label for edge in drawing.layout.edges.values() if edge.label]
    moved = _moved(drawing, shift)
    for pocket in pockets:
        free = Box(pocket.x + pocket.w / 2, pocket.y + pocket.h / 2, pocket.w, pocket.h)
        assert pocket.x >= drawing.layout.gutter
        assert pocket.x + pocket.w <= width
        assert not [box for box in boxes if box.moved(moved, 0).meets(free)], left


def _moved(drawing, shift: float) -> float:
    """How far the page moves the drawing to the right, as the template reckons it."""
    piece = drawn(drawing, (0.0, drawing.layout.height))
    return piece["gutter"] + shift - piece["left"]
