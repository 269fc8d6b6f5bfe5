"""A guideline read out of its compiled form is the guideline that was read out of its file: no answer differs between the two roads."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from edgewise.graph.compiled import judged as judging
from edgewise.graph.compiled.codec import Damaged, decode, encode
from edgewise.graph.compiled.judged import judge, key_lines
from edgewise.graph.compiled.kept import digest_of, keep
from edgewise.graph.library import check, load, load_file
from edgewise.graph.model import Guideline
from edgewise.graph.reading.files import FORMATS
from edgewise.graph.reading.projection import guideline
from edgewise.graph.reading.read import Source, salvage
from edgewise.graph.reading.validate import validate
from edgewise.ontology.errors import SourceError
from edgewise.ontology.findings import Finding
from tests.graph.contents import DATA, contents
from tests.graph.small_guidelines import guidelines

CONTENTS = list(contents())
SMALL = (DATA / "small.yaml").read_bytes()
EACH = pytest.mark.parametrize(("suffix", "data"), [case[1:] for case in CONTENTS], ids=[case[0] for case in CONTENTS])


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("EDGEWISE_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "compiled"


def directly(file: Path) -> tuple[Source | None, tuple[Finding, ...], Guideline | None]:
    """A guideline read, judged and projected, with nothing kept between."""
    source, problems = salvage(file)
    if source is None:
        return None, problems, None
    broken = {problem.line for problem in problems if problem.line}
    found = sorted([*problems, *(one for one in validate(source) if one.line not in broken)], key=lambda one: one.line)
    usable = not any(one.severity == "error" for one in found)
    return source, tuple(found), guideline(source.graph, source.iri) if usable else None


def loaded(file: Path) -> Any:
    """What loading gives: pieces, findings and the line of every key; or the errors."""
    try:
        held = load_file(file)
    except SourceError as error:
        return error.findings
    lines = {pair: held.line(*map(str, pair)) for pair in held.source.lines.keys}
    return held.guideline, held.findings, lines, {subject: held.line(str(subject)) for subject in held.source.lines.subjects}


@EACH
def test_both_roads_lead_to_the_same_whatever_the_file_is_called(
    suffix: str, data: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / f"a name that nobody gives{suffix}"
    file.write_bytes(data)
    source, found, made = directly(file)
    cold = check(file), loaded(file)
    monkeypatch.setattr(judging, "_judged", None)  # nothing may be judged again
    warm = check(file), loaded(file)
    assert cold == warm
    assert cold[0] == (made, found)
    other = tmp_path / f"another{suffix}"
    other.write_bytes(data)
    assert check(other) == (made, tuple(replace(one, file=str(other)) for one in found)), "a file's name is no part of what is kept"
    if made is None or source is None:
        assert cold[1] == tuple(one for one in found if one.severity == "error")
    else:
        assert cold[1][0] == made
        assert [list(getattr(cold[1][0], name)) for name in ("steps", "transitions", "observables", "statements")] == [
            list(getattr(made, name)) for name in ("steps", "transitions", "observables", "statements")
        ], "in the same order"
        assert cold[1][2] == {pair: source.line(*pair) for pair in source.lines.keys}
        assert cold[1][3] == {subject: source.line(subject) for subject in source.lines.subjects}


def test_the_same_bytes_are_read_as_their_ending_says(tmp_path: Path) -> None:
    for suffix in FORMATS:
        (tmp_path / f"g{suffix}").write_bytes(b'{"id": "g"}')
    told = {suffix: [(one.rule, one.line) for one in check(tmp_path / f"g{suffix}")[1]] for suffix in FORMATS}
    assert told[".ttl"] != told[".json"] == told[".yaml"]
    assert told == {suffix: [(one.rule, one.line) for one in check(tmp_path / f"g{suffix}")[1]] for suffix in FORMATS}


@given(guidelines())
def test_every_guideline_survives_being_written_down(made: Guideline) -> None:
    again = decode(encode(made), Guideline)
    assert again == made
    assert repr(again) == repr(made)  # a Decimal with all its zeros


def test_what_is_kept_is_text_and_holds_no_path(cache: Path, tmp_path: Path) -> None:
    (tmp_path / "g.yaml").write_bytes((DATA / "ten-faults.yaml").read_bytes())
    check(tmp_path / "g.yaml")
    (kept,) = cache.iterdir()
    _, body = kept.read_bytes().split(b"\n", 1)
    assert json.loads(body)[0] == "_Form"
    assert str(tmp_path).encode() not in body


def forms() -> list[Any]:
    whole = json.loads(encode(judging._Form((), judge(SMALL, "yaml").guideline)))
    return [
        [],
        {},
        None,
        7,
        "x",
        whole[:2],
        [*whole, 1],
        ["Guideline", *whole[1:]],
        [whole[0], whole[1], [whole[2][0], 7, *whole[2][2:]]],
        [whole[0], whole[1], whole[2][:-1]],
        [whole[0], [["Finding", "r"]], None],
        [whole[0], [["os.system", "true"]], None],
        [whole[0], [["Finding", "r", "m", "fatal", "", "", 0, "", "", []]], None],
    ]


def test_a_form_of_another_shape_is_refused_and_made_again(tmp_path: Path) -> None:
    file = tmp_path / "g.yaml"
    file.write_bytes(SMALL)
    right = load_file(file).guideline
    for form in forms():
        keep(digest_of(SMALL, "yaml"), "judged", json.dumps(form).encode(), packages=judging.DECIDE)
        keep(digest_of(SMALL, "yaml"), "lines", json.dumps(form).encode(), packages=judging.DECIDE)
        assert load_file(file).guideline == right
        assert load_file(file).line(f"{right.iri}/boot") > 1


@pytest.mark.parametrize("data", [b"", b"{", b"\x80\x04.", b"[" * 100_000, b'["Decimal"]', b"NaN", b"\xff"])
def test_bytes_that_are_no_form_are_refused(data: bytes) -> None:
    with pytest.raises(Damaged):
        decode(data, Guideline)


@pytest.mark.parametrize(("data", "kind"), [(b'"1e"', Decimal), (b"true", int), (b"1", bool), (b"[1]", tuple[str, ...]), (b"{}", str)])
def test_a_value_of_another_type_is_refused(data: bytes, kind: Any) -> None:
    with pytest.raises(Damaged):
        decode(data, kind)


def test_an_edited_file_is_judged_afresh(tmp_path: Path) -> None:
    file = tmp_path / "g.yaml"
    file.write_bytes(SMALL)
    stamp = file.stat()
    assert load_file(file).guideline.publisher == "The Test Bench"
    file.write_bytes(SMALL.replace(b"The Test Bench", b"The Best Tench"))  # as long, and at the same time
    os.utime(file, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert load_file(file).guideline.publisher == "The Best Tench"


def test_a_guideline_s_triples_are_those_that_were_judged_even_if_the_file_changes(tmp_path: Path) -> None:
    file = tmp_path / "g.yaml"
    file.write_bytes(SMALL)
    load_file(file)
    held = load_file(file)
    file.write_bytes(b"title: gone")
    assert held.source.iri == held.guideline.iri
    assert held.source.file == str(file)
    assert len(held.graph) > 100


def test_where_nothing_can_be_kept_all_is_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDGEWISE_CACHE", "/dev/null/nowhere")
    assert load("sacroiliac-sclerosis").guideline == load("sacroiliac-sclerosis").guideline
    assert key_lines(SMALL, "yaml").subjects
