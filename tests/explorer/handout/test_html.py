"""The hand-out file: whole, closed to the world, the same bytes each time, and every text in it a text."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser

import pytest

from edgewise.explorer.cards.named_places import with_places
from edgewise.explorer.drawing.canvas import scene_data
from edgewise.explorer.drawing.picture import picture
from edgewise.explorer.handout.html import document as module
from edgewise.explorer.handout.html.document import standalone
from edgewise.explorer.handout.html.drawing import drawing
from edgewise.explorer.handout.html.left_open import KINDS, Silence
from edgewise.graph.gaps.search import KINDS as ALL_KINDS
from edgewise.graph.gaps.search import Kind, Row, find_gaps
from edgewise.graph.library import load
from edgewise.graph.model import Guideline, Note, Phase, Place, Reference, Statement, Step, Transition
from tests.explorer.drawn_pages import text as words_of
from tests.places import DATA

SMALL = DATA / "small.yaml"
HOSTILE = "</script></style></title><script>document.title='owned'</script><img src=x onerror=alert(1)><!-- \u202e\u2028 ]]> &lt;b&gt;"
MOST = 1_200_000
VOID = {"meta", "br", "hr"}
KNOWN = VOID | set(
    "html head title style body a header main footer div section article nav h1 h2 h3 h4 p ul ol li span strong details summary dl dt dd "
    "table caption thead tbody tr th td script svg g path rect polygon circle text button".split()
)


class Document(HTMLParser):
    """The file as a browser would take it apart."""

    def __init__(self, made: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.raw: dict[str, list[str]] = {"script": [], "style": []}
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(made)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] in self.raw:
            self.raw[self._open[-1]].append(data)
        else:
            self.words.append(data)

    @property
    def told(self) -> str:
        return " ".join("".join(self.words).split())

    def attributes(self, name: str) -> list[str]:
        return [found[name] for _, found in self.elements if name in found]


@pytest.fixture(scope="module")
def sample() -> Guideline:
    return load("sacroiliac-sclerosis").guideline


@pytest.fixture(scope="module")
def made(sample: Guideline) -> str:
    return standalone(sample)


@pytest.fixture(scope="module")
def document(made: str) -> Document:
    return Document(made)


def bare(**parts: object) -> Guideline:
    return Guideline("g", "urn:g", "T", "Q", "P", "2026-01-01", "pending", "A", "education", "D", **parts)  # type: ignore[arg-type]


def test_the_whole_evidence_is_in_the_document_itself(sample, document):
    told = document.told
    texts = [one.text for one in (*sample.statements.values(), *sample.headings.values())]
    texts += [with_places(sample, note.text) for note in sample.notes.values()]
    texts += [step.label for step in sample.steps.values()] + [step.summary for step in sample.steps.values()]
    texts += [edge.label for edge in sample.transitions.values()] + [with_places(sample, edge.note) for edge in sample.transitions.values()]
    texts += [one.title for one in sample.references.values()] + [one.label for one in sample.modalities.values()]
    assert [text for text in texts if " ".join(text.split()) not in told] == []


def test_where_it_comes_from_and_what_it_is_for_stands_on_top(sample, document):
    top = document.told.partition("Steps and edges")[0]
    for text in (
        sample.title,
        sample.question,
        sample.publisher,
        sample.updated,
        "pending human review",
        "For education.",
        sample.disclaimer,
    ):
        assert text in top


def test_every_step_stands_before_the_edges_that_leave_it(sample, document):
    ids = [found["id"] for tag, found in document.elements if tag == "article" and "id" in found]
    assert sorted(ids) == sorted((*sample.steps, *sample.transitions))
    for edge in sample.transitions.values():
        assert ids.index(edge.source) < ids.index(edge.id)


def test_every_link_leads_to_something_in_the_file_and_to_one_thing_alone(document):
    ids = document.attributes("id")
    assert len(ids) == len(set(ids))
    links = document.attributes("href")
    assert len(links) > 50
    assert {link.removeprefix("#") for link in links} <= set(ids)


def test_nothing_in_it_points_outside(made, document):
    names = {name for _, found in document.elements for name in found}
    assert not names & {"src", "srcset", "style", "action", "formaction", "data", "poster", "background", "ping", "manifest"}
    assert not [name for name in names if name.startswith("on")]
    assert {tag for tag, _ in document.elements} <= KNOWN
    sheet = "".join(document.raw["style"])
    assert "url(" not in sheet
    assert "@import" not in sheet
    assert "sourceMappingURL" not in made


def test_the_policy_lets_in_its_own_script_and_style_and_nothing_else(document):
    policy = next(found["content"] for _, found in document.elements if found.get("http-equiv") == "Content-Security-Policy")
    rules = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    code = next(raw for raw in document.raw["script"] if not raw.startswith("{"))
    (sheet,) = document.raw["style"]
    assert rules == {
        "default-src": "'none'",
        "script-src": f"'{hashed(code)}'",
        "style-src": f"'{hashed(sheet)}'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def hashed(source: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()


def test_the_script_is_the_same_for_every_guideline(document):
    other = Document(standalone(load(str(SMALL)).guideline))
    assert [raw for raw in other.raw["script"] if not raw.startswith("{")] == [
        raw for raw in document.raw["script"] if not raw.startswith("{")
    ]


def test_the_canvas_gets_the_data_that_the_app_sends(sample, document):
    data = json.loads(next(raw for raw in document.raw["script"] if raw.startswith("{")))
    known = json.loads(json.dumps(scene_data(picture(sample))))
    assert data["scene"] == known["scene"]
    assert data["hash"] == known["hash"]


def test_it_is_small_enough_for_any_mailbox(made):
    assert len(made.encode()) < MOST


def test_another_process_makes_the_same_bytes_without_a_word(made):
    code = "import sys; from edgewise.explorer.handout.html.document import standalone; from edgewise.graph.library import load; "
    code += "sys.stdout.buffer.write(standalone(load('sacroiliac-sclerosis').guideline).encode())"
    environment = {"PYTHONHASHSEED": "7", "PATH": "/usr/bin:/bin"}
    done = subprocess.run([sys.executable, "-c", code], cwd=SMALL.parents[2], capture_output=True, check=True, env=environment)
    assert done.stdout == made.encode()
    assert done.stderr == b""


def poisoned() -> Guideline:
    said = Statement("s", "evidence", HOSTILE, Place(HOSTILE), "sha256:0")
    steps = {"a": Step("a", "Presentation", HOSTILE, HOSTILE, "p", described_by=("s",)), "b": Step("b", "Treatment", HOSTILE, HOSTILE, "p")}
    return replace(
        bare(),
        title=HOSTILE,
        question=HOSTILE,
        publisher=HOSTILE,
        purpose=HOSTILE,
        disclaimer=HOSTILE,
        review_status=HOSTILE,
        phases={"p": Phase("p", HOSTILE, 1)},
        steps=steps,
        transitions={"e": Transition("e", "a", "b", HOSTILE, "modeller", note=HOSTILE)},
        statements={"s": said},
        references={"r": Reference("r", 1, HOSTILE, 2020, HOSTILE, HOSTILE, HOSTILE)},
        notes={"n": Note("n", HOSTILE, "editor", ("a",))},
    )


def test_hostile_text_is_shown_and_adds_no_element():
    plain = Document(standalone(replace(poisoned(), title="T")))
    hostile = Document(standalone(poisoned()))
    assert [tag for tag, _ in hostile.elements] == [tag for tag, _ in plain.elements]
    assert {tag for tag, _ in hostile.elements} <= KNOWN
    assert len(hostile.raw["script"]) == 2
    assert len(hostile.raw["style"]) == 1
    assert hostile.told.count("<img src=x onerror=alert(1)>") > 15
    assert "\u202e" not in hostile.told
    (data,) = (raw for raw in hostile.raw["script"] if raw.startswith("{"))
    assert not re.search("[<>&\u2028\u2029]", data)


def test_a_guideline_with_next_to_nothing_in_it_is_still_a_document():
    document = Document(standalone(bare()))
    assert "Steps and edges" in document.told
    alone = Document(standalone(bare(steps={"a": Step("a", "Presentation", "Start", "", "p")}, phases={"p": Phase("p", "First", 1)})))
    assert "No statement is given for this." in alone.told
    for heading in ("Ratings", "References", "Further statements"):
        assert heading not in alone.told


def test_ids_of_a_guideline_never_meet_those_of_the_file():
    steps = {id: Step(id, "Presentation", id, "", "p") for id in ("_overview", "__references", "a")}
    document = Document(standalone(bare(steps=steps, phases={"p": Phase("p", "First", 1)})))
    ids = document.attributes("id")
    assert len(ids) == len(set(ids))
    assert "___overview" in ids


def test_a_script_that_would_end_its_element_is_refused(monkeypatch):
    for bad in ("</SCRIPT >", "<!--", "a\r\nb"):
        with pytest.raises(AssertionError, match="would not end where it should"):
            module._fit(bad, "script")


def test_the_picture_holds_every_step_and_edge_as_a_link(sample):
    found = Document(f"<div>{drawing(picture(sample))}</div>")
    links = [link.removeprefix("#") for link in found.attributes("href")]
    assert sorted(links) == sorted((*sample.steps, *sample.transitions))
    dashes = {found.get("stroke-dasharray") for tag, found in found.elements if tag == "path" and found.get("stroke") == "var(--ew-broken)"}
    assert dashes == {"7 4"}, "a broken marker is told by its dashes as well"


# ---- what the source leaves open -------------------------------------------------------------------------------------


def row(kind: Kind, step: str, situation: str, text: str, **more: object) -> Row:
    return Row(kind, step, (), situation, **{"example": {}, "edges": (), "statements": (), **more}, text=text)  # type: ignore[arg-type]


BLOCKS = row(
    "gap",
    "diagnostic-injections",
    "two blocks, lower one 70 %",
    "After them it names no step.",
    example={"block-relief": (Decimal(75), None)},
    statements=("s21",),
)


def test_every_kind_of_gap_has_a_heading():
    assert set(KINDS) == set(ALL_KINDS)


def test_a_gap_is_told_at_its_step_with_an_example_and_its_place(sample):
    silence = Silence(sample, (BLOCKS,))
    (told,) = (Document(silence.at("diagnostic-injections")).told,)
    assert KINDS["gap"] in told
    assert "After them it names no step." in told
    assert f"{sample.observables['block-relief'].label}: 75 %, not known" in told
    assert "step 3, bullet 1" in told
    assert silence.at("cooled-rfa") == ""


def test_all_gaps_are_listed_by_kind_and_what_was_not_checked_is_said(sample):
    odd = row("never-asked", "", "", "Nobody asks for it.")
    found = Document(f"<div>{Silence(sample, (odd, BLOCKS), ('CT is offered alone',)).whole()}</div>")
    assert found.attributes("href") == ["#diagnostic-injections"]
    assert found.told.index("two blocks, lower one 70 %") < found.told.index("Nobody asks for it.")
    assert found.told.endswith("CT is offered alone")


def test_all_gaps_of_the_first_guideline_are_in_the_document_at_their_step_and_in_one_place(sample, made):
    found = find_gaps(sample)
    assert found.rows
    document = Document(made)
    for row in found.rows:
        assert " ".join(row.text.split()) in document.told
        assert " ".join((row.situation or row.text).split()) in document.told.rpartition("What the source leaves open")[2]
    data = json.loads(next(raw for raw in document.raw["script"] if raw.startswith("{")))
    silent = {row.step for row in found.rows if row.kind in ("gap", "dead-end")}
    assert {ghost["at"] for ghost in data["view"]["ghosts"]} == silent


def test_the_drawing_marks_the_steps_after_which_the_source_is_silent(sample):
    doubled = (BLOCKS, replace(BLOCKS, kind="dead-end", step="si-joint-fusion"), replace(BLOCKS, kind="overlap", step="cooled-rfa"), BLOCKS)
    ghosts = Silence(sample, doubled).ghosts()
    assert [(ghost.at, ghost.faint) for ghost in ghosts] == [("diagnostic-injections", True), ("si-joint-fusion", True)]


def _article(file: str, id: str) -> str:
    """The part of the file about one step or edge."""
    return re.split(r"<article class=\"ew-part\"|<section", file.partition(f'<article class="ew-part" id="{id}">')[2])[0]


def test_the_last_step_says_that_it_is_the_end_and_no_other_does():
    guideline = load("sacroiliac-sclerosis").guideline
    file = standalone(guideline)
    assert [id for id in guideline.steps if "The end of the pathway" in _article(file, id)] == ["si-joint-fusion"]


def test_outcomes_stand_in_their_frame_and_what_the_source_leaves_out_of_it_is_said():
    told = words_of(standalone(load("sacroiliac-sclerosis").guideline))
    assert "Success rate: more than 80 %" in told
    assert "follow-up, comparator, patients (n) not stated by the source" in told
