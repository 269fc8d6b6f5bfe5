"""The Evidence page as its widgets and texts: what an address shows, what picking does to the address, and that no text acts."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from edgewise.citations.evidence.impact import impact, studies
from edgewise.explorer.cards.listed_entries import ListedEntry, entries
from edgewise.explorer.drawing.picture import picture
from edgewise.explorer.drawing.scene import Highlight
from edgewise.explorer.pages.evidence.address import VIEWS, Weighing, own, read
from edgewise.explorer.pages.evidence.entry_cards import entry_cards
from edgewise.explorer.pages.evidence.matrix import matrix
from edgewise.explorer.pages.evidence.what_falls import in_words, lose, marked, scene
from edgewise.explorer.shell import frame
from edgewise.explorer.shell.guidelines import Opened
from edgewise.explorer.shell.location import LONGEST, Location
from edgewise.graph.library import load
from edgewise.graph.model import Addition, Citation, Guideline, Identifier, Marker, Note, Reference
from tests.explorer import drawn_pages as pages
from tests.explorer.drawn_pages import address, bodies, drawn, text, words

SAMPLE = load("sacroiliac-sclerosis").guideline
FUSION = "cooled-rfa-to-si-joint-fusion"
HOSTILE = "<img src=x onerror=alert(1)> ![x](http://127.0.0.1:9/x) $\\x$ :red[x] </style><script>x</script>"


def opened(**address: str) -> AppTest:
    return pages.opened(page="evidence", **address)


def _page() -> None:
    from edgewise.explorer.pages.evidence.page import evidence_page

    evidence_page()


def shown(monkeypatch: pytest.MonkeyPatch, guideline: Guideline, **own: str) -> AppTest:
    """The page for any guideline, without the frame."""
    here = frame.Here(Opened("g", guideline, picture(guideline)), Location("g", page="evidence", own=own))
    monkeypatch.setattr(frame, "here", lambda: here)
    return drawn(AppTest.from_function(_page, default_timeout=120))


class Table(HTMLParser):
    """Rows of cells, each as its words."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._inside = False
        self.feed(markup)

    def handle_starttag(self, name: str, _: list[tuple[str, str | None]]) -> None:
        if name == "tr":
            self.rows.append([])
        elif name in {"th", "td"}:
            self.rows[-1].append("")
            self._inside = True

    def handle_endtag(self, name: str) -> None:
        self._inside = self._inside and name not in {"th", "td"}

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.rows[-1][-1] += f" {data}"


# ---- the list --------------------------------------------------------------------------------------------------------


def test_every_entry_stands_with_tier_weight_and_what_is_known_of_it() -> None:
    page = words(opened())
    for found in (
        "[1] Dr.Oracle Medical Advisory Board & Editors. Guideline Directed Topic Overview. 2025.",
        "from the guideline's own publisher",
        "Carries 11 citations: 11 statements",
        "Foley BS, Buschbacher RM. Sacroiliac joint pain",
        "Not all of this line is printed: authors, volume, issue, pages added by an editor.",
        "17117004 (added by an editor, confirmed)",
        "not assessed",
    ):
        assert found in page
    assert page.count("No identifier printed.") == len(SAMPLE.references)


def test_citations_of_a_marker_without_entry_are_not_counted_as_carried_by_the_list() -> None:
    page = words(opened())
    assert "6 entries carry 43 citations" in page
    assert "2 more citations lead to no entry" in page


def test_the_marker_without_entry_is_seen_to_be_broken_and_the_hypothesis_is_called_one_and_told_once() -> None:
    page = words(opened())
    assert "[7] no entry The article prints marker 7, which points to no entry of the reference list (6 entries)." in page
    assert "An editor's reading: a hypothesis, not the source's word" in page
    assert page.count(SAMPLE.notes["note-lost-entry"].text) == 1


def test_what_an_entry_carries_is_counted_from_markers_statements_edges_and_steps() -> None:
    found = entries(SAMPLE)
    assert {one.name: one.citations for one in found.values()} == {"[1]": 7, "[2]": 11, "[3]": 10, "[4]": 7, "[5]": 4, "[6]": 4, "[7]": 2}
    for id in SAMPLE.references:
        fallen = impact(SAMPLE, [id])
        assert found[id].statements == tuple(change.id for change in fallen.statements)
        assert found[id].edges == tuple(change.id for change in fallen.edges)
        assert found[id].steps == tuple(change.id for change in fallen.steps)
    assert (found["marker-7"].statements, found["marker-7"].edges) == (("s24", "s28"), (FUSION,))


def test_a_detail_nobody_confirmed_is_not_shown_as_confirmed() -> None:
    reference = Reference("r", 1, "T", 2020, identifiers=(Identifier("doi", "10.1/x", "editor", False),))
    unsure = replace(reference, additions=(Addition("volume", "9", "editor", False),))
    card = text(entry_cards(SAMPLE, [ListedEntry("r", unsure)])[0])
    assert "10.1/x (added by an editor, not confirmed)" in card
    assert "volume added by an editor; not all of it confirmed" in card
    assert "Carries no citation" in card


# ---- what falls ------------------------------------------------------------------------------------------------------


def test_an_address_with_an_entry_shows_what_falls_without_it() -> None:
    page = words(opened(ref="reference-1"))
    assert (
        "Without [1]: 3 edges (heavy), 3 steps (grey) and 6 statements lose all support; 10 criteria of edges lose their passages." in page
    )
    for change in impact(SAMPLE, ["reference-1"]).fallen:
        if change.what == "statement":
            assert SAMPLE.statements[change.id].text in page
    assert "X-ray SI joints → CT SI joints, no contrast ◐ One or tertiary source → becomes ○ No citation" in page


def test_entries_taken_together_take_more_than_each_alone() -> None:
    def fallen(*ids: str) -> set[str]:
        return {change.id for change in lose(SAMPLE, entries(SAMPLE), ids).impact.fallen}

    assert "s16" in fallen("reference-2", "reference-4") - fallen("reference-2") - fallen("reference-4")
    assert "Without [2] and [4]" in words(opened(ref="reference-2 reference-4"))


def test_the_drawing_shows_edges_in_the_state_that_is_left_and_keeps_their_places() -> None:
    loss = lose(SAMPLE, entries(SAMPLE), ["reference-1"])
    before, after = picture(SAMPLE), scene(SAMPLE, loss)
    changed = {new.id: (old.state, new.state) for old, new in zip(before.edges, after.edges, strict=True) if old != new}
    assert set(changed.values()) == {("weak", "uncited")}
    drawing = marked(SAMPLE, loss)
    assert drawing.path == frozenset(changed)
    assert drawing.unreachable == {change.id for change in loss.impact.steps if change.falls}
    assert drawing.closed == set(SAMPLE.transitions) - set(entries(SAMPLE)["reference-1"].edges)
    assert before.nodes == after.nodes


def test_without_anything_picked_the_drawing_is_plain() -> None:
    assert marked(SAMPLE, lose(SAMPLE, entries(SAMPLE), [])) == Highlight()


def test_with_a_marker_without_entry_nothing_falls_and_what_cites_it_is_drawn_and_listed() -> None:
    loss = lose(SAMPLE, entries(SAMPLE), ["marker-7"])
    assert loss.impact.changes == ()
    assert marked(SAMPLE, loss).path == {FUSION}
    assert marked(SAMPLE, loss).closed == set(SAMPLE.transitions) - {FUSION}
    page = text("".join(in_words(SAMPLE, loss)))
    assert "[7] carries nothing" in page
    assert SAMPLE.statements["s28"].text in page
    assert "Nothing falls" in words(opened(ref="marker-7"))


def test_picking_entries_writes_the_address_in_the_order_of_the_list_and_putting_back_clears_it() -> None:
    at = opened(facts="radiographs~equivocal")
    at.button_group(key="weighing:taken").set_value(["marker-7", "reference-2"])
    assert address(drawn(at), "ref") == "reference-2 marker-7"
    assert address(at, "facts") == "radiographs~equivocal", "the walk is not lost"
    at.button(key="put-back").click()
    assert address(drawn(at), "ref") == ""
    assert "put-back" not in {button.key for button in at.button}


def test_another_entry_for_the_same_work_is_offered_to_fall_too(monkeypatch: pytest.MonkeyPatch) -> None:
    again = replace(SAMPLE.references["reference-4"], id="again", position=7)
    markers = {**SAMPLE.markers, "marker-7": Marker("marker-7", "7", "again")}
    guideline = replace(SAMPLE, references={**SAMPLE.references, "again": again}, markers=markers)
    at = shown(monkeypatch, guideline, ref="reference-4")
    assert "[7] in the list is the same work under another number, and still counted." in words(at)
    assert at.button(key="twins").label == r"Take \[7\] away too"


def test_a_long_list_is_picked_from_by_search(monkeypatch: pytest.MonkeyPatch) -> None:
    many = {f"r{n}": Reference(f"r{n}", n, f"Study {n}", 2020) for n in range(1, 40)}
    at = shown(monkeypatch, replace(SAMPLE, references={**SAMPLE.references, **many}), ref="r39")
    assert at.multiselect(key="weighing:taken").value == ["r39"]
    assert "[39] Study 39" in at.multiselect(key="weighing:taken").options
    assert "[2] Study 2 (r2)" not in at.multiselect(key="weighing:taken").options, "another title tells the two at position 2 apart"
    assert "Without [39]" in words(at)


def test_a_guideline_without_references_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    bare = {id: replace(one, citations=()) for id, one in SAMPLE.statements.items()}
    at = shown(monkeypatch, replace(SAMPLE, references={}, markers={}, statements=bare))
    assert "lists no reference" in words(at)
    assert "Pick entries" not in words(at)


# ---- the matrix ------------------------------------------------------------------------------------------------------


def test_the_matrix_has_a_row_for_each_statement_and_a_mark_for_each_citation() -> None:
    head, *rows, foot = Table(matrix(SAMPLE, entries(SAMPLE), {}, (), "")).rows
    assert [name.split()[0] for name in head] == ["Statement", "[1]", "[2]", "[3]", "[4]", "[5]", "[6]", "[7]", "Holds"]
    assert len(rows) == len(SAMPLE.statements) == 36
    for statement, row in zip(SAMPLE.statements.values(), rows, strict=True):
        printed = {f"[{SAMPLE.markers[one.marker].printed}]" for one in statement.citations}
        assert {name.split()[0] for name, cell in zip(head[1:8], row[1:8], strict=True) if "cites" in cell} == printed
        assert statement.text in row[0]
    assert [int(cell) for cell in foot[1:]] == [7, 11, 10, 7, 4, 4, 2, 45]


def test_the_matrix_marks_what_is_taken_and_what_falls_with_it_in_words_too() -> None:
    loss = lose(SAMPLE, entries(SAMPLE), ["reference-2"])
    rows = Table(matrix(SAMPLE, entries(SAMPLE), loss.changed("statement"), {"reference-2"}, "")).rows
    row = next(row for row in rows if SAMPLE.statements["s17"].text in row[0])
    assert "cites [2], taken away" in row[2]
    assert "one or tertiary source becomes no citation" in row[-1]
    assert "cites [7], which is no entry" in next(row for row in rows if SAMPLE.statements["s28"].text in row[0])[7]


def test_a_statement_cited_twice_by_one_marker_says_so() -> None:
    twice = replace(SAMPLE.statements["s17"], citations=(Citation("a", "marker-2"), Citation("b", "marker-2")))
    guideline = replace(SAMPLE, statements={**SAMPLE.statements, "s17": twice})
    assert "cites [2], 2 times" in matrix(guideline, entries(guideline), {}, (), "")


def test_choosing_a_statement_writes_the_address_and_says_what_rests_on_it() -> None:
    at = opened(show="matrix")
    at.selectbox(key="weighing:statement").set_value("s28")
    assert address(drawn(at), "statement") == "s28"
    assert "On it rests: Cooled RFA, S1–S3 lateral branches → SI joint fusion, last resort" in words(at)
    assert bodies(at).count('aria-current="true"') == 1


# ---- edges and steps -------------------------------------------------------------------------------------------------


def test_every_edge_stands_with_its_entries_and_its_independent_works() -> None:
    rows = Table(bodies(opened(show="edges")).partition("ew-edges")[2]).rows[1:]
    counted = studies(SAMPLE)
    assert len(rows) == len(SAMPLE.transitions)
    for id, row in zip(SAMPLE.transitions, rows, strict=True):
        assert int(row[2]) == len(counted[id])
        if id == FUSION:
            assert text(row[1]) == "[2] [3] [4] [6] [7] no entry"


def test_what_is_left_of_the_independent_works_is_told() -> None:
    rows = Table(bodies(opened(show="edges", ref="reference-4")).partition("ew-edges")[2]).rows[1:]
    row = rows[list(SAMPLE.transitions).index("conservative-care-to-diagnostic-injections")]
    assert (text(row[2]), "[4] taken away" in text(row[1])) == ("2 → 1", True)


def test_an_edge_in_the_address_says_which_works_count_and_leads_on() -> None:
    at = opened(show="edges", sel=FUSION)
    assert "2 independent works: [4], [6]. Not counted: [2], tertiary summary; [3], tertiary summary." in words(at)
    at.button(key="take-all").click()
    assert address(drawn(at), "ref") == "reference-2 reference-3 reference-4 reference-6"
    at.button(key="to-pathway").click()
    drawn(at)
    assert (address(at, "page"), address(at, "sel"), address(at, "ref")) == ("", FUSION, "")


def test_turning_the_view_keeps_what_is_picked() -> None:
    at = opened(ref="reference-1")
    for view in ("matrix", "edges", ""):
        at.button_group(key="weighing:show").set_value(view)
        assert address(drawn(at), "show") == view
        assert address(at, "ref") == "reference-1"


# ---- addresses and hostile texts -------------------------------------------------------------------------------------


@given(st.lists(st.sampled_from([*SAMPLE.references, "marker-7"]), unique=True), st.sampled_from(["", "s1"]), st.sampled_from(list(VIEWS)))
def test_what_is_written_into_an_address_is_read_back(taken: list[str], statement: str, show: str) -> None:
    found, problems = read(own(Weighing(tuple(taken), statement, show)), SAMPLE)
    assert (set(found.taken), found.statement, found.show, problems) == (set(taken), statement, show, ())


@given(st.dictionaries(st.sampled_from(["ref", "statement", "show"]), st.text(max_size=80)))
def test_no_address_raises_an_error_and_what_is_left_is_known(params: dict[str, str]) -> None:
    found, _ = read(params, SAMPLE)
    assert set(found.taken) <= {*SAMPLE.references, "marker-7"}
    assert found.statement in {"", *SAMPLE.statements}
    assert found.show in VIEWS


def test_a_position_that_two_entries_share_names_neither() -> None:
    twin = replace(SAMPLE.references["reference-4"], id="twin")
    found, problems = read({"ref": "4 5"}, replace(SAMPLE, references={**SAMPLE.references, "twin": twin}))
    assert found.taken == ("reference-5",)
    assert "'4'" in problems[0]


@pytest.mark.parametrize(
    "query", [{"ref": "reference-9"}, {"ref": "x" * (LONGEST + 1)}, {"statement": "<script>"}, {"show": "![x](http://127.0.0.1:9/x)"}]
)
def test_an_address_that_cannot_be_used_is_told_and_the_page_works(query: dict[str, str]) -> None:
    at = opened(**query)
    assert len(at.warning) == 1
    assert len(at.warning[0].value) < 200
    assert not re.search(r"(?<!\\)[\[<]", at.warning[0].value)
    assert "6 entries carry" in words(at)


@pytest.mark.parametrize("show", list(VIEWS))
def test_words_of_a_guideline_are_never_markup(monkeypatch: pytest.MonkeyPatch, show: str) -> None:
    poisoned = replace(
        SAMPLE,
        references={id: replace(one, title=HOSTILE, author=HOSTILE, container=HOSTILE) for id, one in SAMPLE.references.items()},
        statements={id: replace(one, text=HOSTILE) for id, one in SAMPLE.statements.items()},
        steps={id: replace(one, label=HOSTILE, short_label=HOSTILE) for id, one in SAMPLE.steps.items()},
        markers={id: replace(one, printed=HOSTILE, note=HOSTILE) for id, one in SAMPLE.markers.items()},
        notes={"n": Note("n", HOSTILE, HOSTILE, ("marker-7", "reference-1"))},
    )
    at = shown(monkeypatch, poisoned, ref="reference-1 marker-7", statement="s28", show=show)
    assert "<img" in words(at)
    assert not re.search(r"<(img|script)|</style", bodies(at))
    labels = [option.content for group in at.button_group for option in group.proto.options] + [button.label for button in at.button]
    assert not [label for label in labels if re.search(r"(?<!\\)[\[<]", label)]


def test_where_it_comes_from_and_its_standing_are_in_sight() -> None:
    for at in (opened(), opened(show="matrix"), opened(ref="reference-1")):
        assert "For education. Dr.Oracle, updated 2026-02-08, pending human review." in words(at)
