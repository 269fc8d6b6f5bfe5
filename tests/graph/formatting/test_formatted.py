"""The house layout: what a file says stays, every comment stays at what it is about, and laid out twice is laid out once."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from rdflib.compare import to_isomorphic

from edgewise.graph.formatting.comments import comments
from edgewise.graph.formatting.formatted import formatted
from edgewise.graph.formatting.scalars import WIDTH
from edgewise.graph.formatting.tree import parse
from edgewise.graph.reading.read import read_text
from edgewise.graph.reading.strict import strict_yaml
from edgewise.ontology.errors import SourceError
from tests.places import DATA, ROOT

SHIPPED = sorted(ROOT.glob("guidelines/*/*.yaml"))
OTHERS = sorted([*DATA.glob("guidelines/*/guideline.yaml"), *(DATA / f"{name}.yaml" for name in ("small", "doses", "formulas", "times"))])
SMALL = (DATA / "small.yaml").read_text(encoding="utf-8")


def told(text: str) -> list[str]:
    return sorted(comment.text for comment in comments(text, parse(text)))


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: "/".join(file.parts[-2:]))
def test_what_comes_with_edgewise_is_laid_out(file):
    text = file.read_text(encoding="utf-8")
    assert formatted(text, file.name) == text, f"run: edgewise fmt {file}"


@pytest.mark.parametrize("file", OTHERS, ids=lambda file: "/".join(file.parts[-2:]))
def test_the_graph_is_the_same_before_and_after(file):
    text = file.read_text(encoding="utf-8")
    made = formatted(text, "g.yaml")
    assert made != text
    assert to_isomorphic(read_text(made, "g.yaml", "yaml").graph) == to_isomorphic(read_text(text, "g.yaml", "yaml").graph)
    assert told(made) == told(text)
    assert formatted(made, "g.yaml") == made
    assert max(map(len, made.splitlines())) <= WIDTH


def laid_out(before: str, after: str) -> None:
    made = formatted(before, "g.yaml")
    assert made == after
    assert formatted(made, "g.yaml") == made


def test_keys_stand_in_the_order_of_the_documents_and_lists_as_they_were_written():
    laid_out(
        "steps:\n- {label: B, id: b, type: Treatment}\n- {id: a}\ntitle: T\nid: g\n",
        "id: g\ntitle: T\nsteps:\n  - {id: b, type: Treatment, label: B}\n  - {id: a}\n",
    )


def test_a_key_that_nobody_knows_comes_last():
    laid_out("strange: 1\nid: g\nodd: 2\n", "id: g\nstrange: 1\nodd: 2\n")


def test_what_stands_in_brackets_stays_there_while_it_fits():
    words = ", ".join(f"statement-{n}" for n in range(30))
    made = formatted(f"id: g\nsteps:\n- {{id: a,   yields: [x,y],\n   label: L}}\n- {{id: b, describedBy: [{words}]}}\n", "g.yaml")
    assert "  - {id: a, label: L, yields: [x, y]}\n" in made
    assert "  - id: b\n    describedBy: [statement-0, " in made
    assert re.search(r"statement-29\]\n", made)
    assert max(map(len, made.splitlines())) <= WIDTH


def test_a_long_text_is_folded_where_that_cannot_change_it():
    plain, spaced = " ".join(["word"] * 60), "  ".join(["word"] * 60)
    made = formatted(f'id: g\ntitle: {plain}\nquestion: "{spaced}"\n', "g.yaml")
    assert made.startswith("id: g\ntitle: >-\n  word word")
    assert f'question: "{spaced}"\n' in made


def test_texts_of_several_lines_keep_their_lines():
    laid_out("id: g\nnote: |\n     one\n\n       two\n", "id: g\nnote: |\n  one\n\n    two\n")
    laid_out("id: g\nnote: >-\n   one\n   two\n\n   three\n", "id: g\nnote: >-\n  one\n  two\n\n  three\n")
    laid_out("id: g\nnote: 'one\n\n  two'\n", 'id: g\nnote: "one\\ntwo"\n')


def test_comments_go_with_what_they_are_about():
    laid_out(
        "# head\n\n# of the title\ntitle: T # beside\nid: g\nsteps: # all\n# of a\n- id: a # first\n  # still a\n# of b\n"
        "- {id: b, # in b\n   label: B}\n  # under b\n# end\n",
        "# head\n\nid: g\n# of the title\ntitle: T  # beside\nsteps:  # all\n  # of a\n  - id: a  # first\n    # still a\n  # of b\n"
        "  - id: b  # in b\n    label: B\n  # under b\n# end\n",
    )


def test_a_comment_that_is_set_in_stays_with_its_block():
    laid_out("id: g\nsteps:\n  - id: a\n    # more of a\nphases: []\n", "id: g\nphases: []\nsteps:\n  - id: a\n    # more of a\n")


def test_a_hash_inside_a_text_is_no_comment():
    text = 'id: g\ntitle: "a # b"\nquestion: c#d\naudience: |\n  # not one\n'
    assert formatted(text, "g.yaml") == text
    assert told(text) == []


def test_blank_lines_stay_but_never_two_together():
    laid_out("\n\nid: g\n\n\n\ntitle: T\nphases:\n\n  - {id: p}\n\n\n\n", "id: g\n\ntitle: T\nphases:\n  - {id: p}\n")


def test_breaks_of_other_systems_and_a_mark_at_the_beginning_are_left_out():
    laid_out("\ufeffid: g\r\ntitle: T\r\n", "id: g\ntitle: T\n")


def test_a_half_written_file_is_laid_out_too():
    laid_out("title:\nid: g\nsteps: ~\n", "id: g\ntitle:\nsteps: ~\n")


def test_cases_have_an_order_of_their_own():
    laid_out(
        "cases:\n- title: T\n  id: c\n  stages:\n  - {facts: {b: 1, a: 2}, tells: X}\nguideline: g\n",
        "guideline: g\ncases:\n  - id: c\n    title: T\n    stages:\n      - {tells: X, facts: {b: 1, a: 2}}\n",
    )


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("id: &a g\ntitle: *a\n", "yaml-anchor"),
        ("id: g\nid: h\n", "duplicate-key"),
        ("id: g\n---\nid: h\n", "several-documents"),
        ("id: [g\n", "yaml-syntax"),
        ("just a text\n", "not-a-guideline"),
        ("", "empty-file"),
        ("id: " + "[" * 100 + "]" * 100, "too-deep"),
    ],
)
def test_what_is_not_read_is_not_laid_out(text, rule):
    with pytest.raises(SourceError) as caught:
        formatted(text, "g.yaml")
    assert rule in {finding.rule for finding in caught.value.findings}


WORDS = st.sampled_from([*"a 1.10 # : - ? 'q' \"d\" {x} [y] , é a:b a#b ~ | > & * `".split(), "x\ty", "word" * 9])
TEXTS = st.builds(
    lambda words, between, first, last: first + between.join(words) + last,
    st.lists(WORDS, min_size=1, max_size=40), st.sampled_from([" ", " ", "  ", "\n", "\n\n", " \n"]),
    st.sampled_from(["", "", " ", "\n"]), st.sampled_from(["", "", " ", "\n", "\n\n"]),
)  # fmt: skip
KEYS = st.sampled_from(["id", "title", "steps", "type", "label", "when", "all", "is", "basedOn", "zeta", "1"])
DATA_TREES = st.recursive(TEXTS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=5), max_leaves=12)
STYLES = st.sampled_from([None, None, "'", '"', "|", ">"])


def dumped(data: object, style: Callable[[], str | None], flow: Callable[[], bool], width: int) -> str:
    """YAML in whatever styles the two choose, anew for each value."""

    class Dumper(yaml.SafeDumper):
        def ignore_aliases(self, _: object) -> bool:
            return True

    Dumper.add_representer(str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style()))
    Dumper.add_representer(dict, lambda dumper, held: dumper.represent_mapping("tag:yaml.org,2002:map", held.items(), flow_style=flow()))
    Dumper.add_representer(list, lambda dumper, held: dumper.represent_sequence("tag:yaml.org,2002:seq", held, flow_style=flow()))
    return yaml.dump(data, Dumper=Dumper, width=width, allow_unicode=True, sort_keys=False)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_whatever_is_written_says_the_same_and_keeps_its_comments(data):
    tree = data.draw(st.dictionaries(KEYS, DATA_TREES, min_size=1, max_size=5))
    text = dumped(tree, lambda: data.draw(STYLES), lambda: data.draw(st.booleans()), data.draw(st.sampled_from([20, 80, 300])))
    try:
        read, _ = strict_yaml(text, "g.yaml", allow_empty=True)
    except SourceError:
        assume(False)
    for number, note in enumerate(data.draw(st.lists(st.sampled_from(["# n", "  # n", "      # n", "beside", ""]), max_size=8))):
        text = commented(text, data.draw(st.integers(0, text.count("\n"))), note, number, read)
    made = formatted(text, "g.yaml")
    assert strict_yaml(made, "g.yaml", allow_empty=True)[0] == read
    assert told(made) == told(text)
    assert formatted(made, "g.yaml") == made


def commented(text: str, at: int, note: str, number: int, read: object) -> str:
    """The text with one comment more, if it can stand there without being taken for a part of a value."""
    lines = text.split("\n")
    if note == "beside":
        lines[at] += f"  # {number}"
    else:
        lines.insert(at, f"{note}{number}" if note else "")
    changed = "\n".join(lines)
    try:
        return changed if strict_yaml(changed, "g.yaml", allow_empty=True)[0] == read else text
    except SourceError:
        return text


@settings(max_examples=15, deadline=None)
@given(st.data())
def test_a_comment_anywhere_in_a_guideline_survives_and_changes_nothing(data):
    at = data.draw(st.integers(0, SMALL.count("\n")))
    text = commented(SMALL, at, data.draw(st.sampled_from(["# n", "    # n", "beside"])), 7, strict_yaml(SMALL, "g.yaml")[0])
    made = formatted(text, "g.yaml")
    assert told(made) == told(text)
    assert set(read_text(made, "g.yaml", "yaml").graph) == plain()


@cache
def plain():
    return set(read_text(SMALL, "g.yaml", "yaml").graph)
