"""Every input is somebody's mistake or attack: it is answered with findings, never with a traceback, a crash or silence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from edgewise.graph.reading.read import FORMATS, read, read_text
from edgewise.ontology.errors import SourceError
from edgewise.ontology.findings import Finding
from tests.places import DATA

CASES = yaml.safe_load((DATA / "hostile" / "guidelines.yaml").read_text(encoding="utf-8"))


def findings(action: Callable[[], object]) -> tuple[Finding, ...]:
    with pytest.raises(SourceError) as caught:
        action()
    return caught.value.findings


def places(found: tuple[Finding, ...]) -> list[str]:
    return [f"{finding.rule}:{finding.line}" for finding in found]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['format']}: {case['name']}")
def test_every_fault_is_found_with_its_line_and_a_repair(case: dict[str, Any]) -> None:
    found = findings(lambda: read_text(case["text"], "g", case["format"]))
    assert places(found) == case["finds"]
    for finding in found:
        assert finding.repair, finding
        assert finding.file == "g"
        assert finding.severity == "error"
        assert str(finding).isprintable(), "a message must not carry control characters to the terminal"


@pytest.mark.parametrize("case", [case for case in CASES if case["format"] == "yaml"], ids=lambda case: str(case["name"]))
def test_without_libyaml_the_same_faults_are_found(case: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("edgewise.graph.reading.events._PARSER", yaml.Loader)
    found = findings(lambda: read_text(case["text"], "g", "yaml"))
    assert [finding.rule for finding in found] == [place.partition(":")[0] for place in case["finds"]]


@pytest.mark.parametrize("parser", [yaml.Loader, yaml.CLoader])
@pytest.mark.parametrize("opening", ["[", "- ", "{a: "])
def test_both_parsers_stop_at_the_same_depth(parser: type, opening: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("edgewise.graph.reading.events._PARSER", parser)
    assert places(findings(lambda: read_text(opening * 100_000, "g", "yaml"))) == ["too-deep:1"]


def test_a_value_lost_by_the_json_ld_library_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    """The last net: it catches what the checks before it do not know of."""

    def lose(*arguments: Any, **options: Any) -> Iterator[Any]:
        return (quad for quad in pyoxigraph_parse(*arguments, **options) if "Hips" not in str(quad))

    pyoxigraph_parse = pyoxigraph.parse
    monkeypatch.setattr("edgewise.graph.reading.yaml_ld.pyoxigraph.parse", lose)
    assert places(findings(lambda: read_text("id: g\naudience: x\ntitle: Hips\n", "g", "yaml"))) == ["lost-value:3"]


@pytest.mark.parametrize("format", ["yaml", "json", "jsonld"])
@pytest.mark.parametrize("opening", ["[", '{"a":', "- ", "? ", "[? ", "{a: "])
def test_a_hundred_thousand_open_brackets_are_a_finding_and_no_crash(format: str, opening: str) -> None:
    found = findings(lambda: read_text(opening * 100_000, "g", format))
    assert {finding.rule for finding in found} & {"too-deep", "key-not-text", "json-syntax"}


def test_nesting_by_indentation_is_bounded() -> None:
    text = "".join(f"{' ' * depth}a:\n" for depth in range(1000))
    assert places(findings(lambda: read_text(text, "g", "yaml"))) == ["too-deep:65"]


@pytest.mark.parametrize("format", ["turtle", "trig"])
@pytest.mark.parametrize("opening", ["[ <urn:x:p> ", "( ", "<<( ", "<urn:x:g> {"])
def test_a_hundred_thousand_open_nodes_of_turtle_are_a_finding_and_no_crash(format: str, opening: str) -> None:
    found = findings(lambda: read_text("<urn:x:g> <urn:x:p> " + opening * 100_000, "g", format))
    assert {finding.rule for finding in found} <= {f"{format}-syntax", "blank-node", "more-problems"}


@pytest.mark.parametrize("format", sorted(set(FORMATS.values())))
def test_every_format_has_a_limit_of_size(format: str) -> None:
    found = findings(lambda: read_text(" " * 2000, "g", format, limit=1999))
    assert places(found) == ["too-large:0"]
    assert "1,999" in found[0].message


@pytest.mark.parametrize("format", ["yaml", "json", "jsonld"])
def test_millions_of_tiny_values_are_refused(format: str) -> None:
    assert places(findings(lambda: read_text("[" + "1," * 300_000 + "1]", "g", format))) == ["too-large:1"]


def test_millions_of_tiny_triples_are_refused() -> None:
    assert places(findings(lambda: read_text("<urn:x:a> <urn:x:b> " + "1," * 300_000 + "1 .", "g", "turtle"))) == ["too-large:1"]


@pytest.mark.parametrize("format", sorted(set(FORMATS.values())))
@pytest.mark.parametrize("data", [b"\xff\xfei\x00d\x00", b"id: \xe9", b"\x89PNG\r\n\x1a\n\x00\x00", bytes(3_000_000), b"\x00"])
def test_what_is_not_text_in_utf8_is_said_in_one_place(format: str, data: bytes) -> None:
    found = findings(lambda: read_text(data, "g", format))
    assert {finding.rule for finding in found} <= {"not-utf-8", "control-character", "more-problems"}
    assert len(found) <= 101


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert read_text(b"\xef\xbb\xbfid: g\ntitle: x", "g", "yaml").iri.endswith("/g")


def test_a_flood_of_problems_is_counted_and_not_listed() -> None:
    found = findings(lambda: read_text("id: g\n" + "id: g\n" * 5000, "g", "yaml"))
    assert len(found) == 101
    assert found[-1].rule == "more-problems"
    assert "4900" in found[-1].message


def test_a_flood_of_text_does_not_fill_the_message() -> None:
    found = findings(lambda: read_text(f"id: g\nsteps:\n- id: '{'A ' * 100_000}'", "g", "yaml"))
    assert places(found) == ["invalid-id:3"]
    assert len(str(found[0])) < 300


@given(st.text(st.characters(codec="utf-8"), max_size=200), st.sampled_from(sorted(set(FORMATS.values()))))
@settings(max_examples=300, deadline=None)
def test_any_text_gives_a_guideline_or_findings(text: str, format: str) -> None:
    try:
        read_text(text, "g", format)
    except SourceError as error:
        assert error.findings  # both outcomes are right


@given(st.binary(max_size=200), st.sampled_from(sorted(set(FORMATS.values()))))
@settings(max_examples=200, deadline=None)
def test_any_bytes_give_a_guideline_or_findings(data: bytes, format: str) -> None:
    try:
        read_text(data, "g", format)
    except SourceError as error:
        assert error.findings  # both outcomes are right


YAML_PIECES = [
    "id: g",
    "\n",
    "  ",
    "- ",
    "a: ",
    "? ",
    ": ",
    "[",
    "]",
    "{",
    "}",
    ", ",
    "&x ",
    "*x",
    "!!str ",
    "'",
    '"',
    "<<: ",
    "|\n ",
    "---\n",
    "steps:",
    "~",
    "#",
]
JSON_PIECES = [
    '"@context"',
    '"@id"',
    '"@type"',
    '"id"',
    '"x"',
    '"@graph"',
    '"@list"',
    '"@value"',
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "1",
    "null",
    "true",
    "\n",
]
TURTLE_PIECES = [
    "<urn:x:a> ",
    "a ",
    "ew:x ",
    "@prefix ew: <urn:y:> .",
    "[",
    "]",
    "(",
    ")",
    "{",
    "}",
    ";",
    ".",
    ",",
    '"""',
    '"x"',
    "^^",
    "@en",
    "1 ",
    "_:b ",
    "<<",
    ">>",
    "\n",
]


@given(
    st.one_of(
        st.tuples(st.sampled_from(["yaml"]), st.lists(st.sampled_from(YAML_PIECES), max_size=25)),
        st.tuples(st.sampled_from(["json", "jsonld"]), st.lists(st.sampled_from(JSON_PIECES), max_size=25)),
        st.tuples(st.sampled_from(["turtle", "trig", "nquads"]), st.lists(st.sampled_from(TURTLE_PIECES), max_size=25)),
    )
)
@settings(max_examples=800, deadline=None)
def test_any_rubble_of_a_format_gives_a_guideline_or_findings(rubble: tuple[str, list[str]]) -> None:
    format, pieces = rubble
    try:
        read_text("".join(pieces), "g", format)
    except SourceError as error:
        assert error.findings  # both outcomes are right


def test_a_missing_file_a_folder_and_a_device_are_told_apart(tmp_path: Path) -> None:
    folder = tmp_path / "g.yaml"
    folder.mkdir()
    assert places(findings(lambda: read(tmp_path / "none.yaml"))) == ["no-file:0"]
    assert places(findings(lambda: read(folder))) == ["not-a-file:0"]
    device = tmp_path / "zero.yaml"
    device.symlink_to("/dev/zero")
    assert places(findings(lambda: read(device))) == ["not-a-file:0"]
    assert places(findings(lambda: read("a\0b.yaml"))) == ["unreadable-file:0"]
    assert places(findings(lambda: read("x" * 5000 + ".yaml"))) == ["unreadable-file:0"]


def test_a_file_without_permission_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "g.yaml"
    path.write_text("id: g")

    def refuse(*_: object, **__: object) -> None:  # the tests may run as root, whom no mode keeps out
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    found = findings(lambda: read(path))
    assert places(found) == ["no-permission:0"]
    assert found[0].file == str(path)


def test_a_file_is_read_no_further_than_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "g.yaml"
    with path.open("wb") as file:
        file.truncate(1 << 40)  # a sparse terabyte
    assert places(findings(lambda: read(path))) == ["too-large:0"]


@pytest.mark.parametrize("ending", [".rdf", ".xml", ".owl"])
def test_rdf_xml_is_refused_without_being_opened(ending: str) -> None:
    found = findings(lambda: read(f"nowhere{ending}"))
    assert places(found) == ["unknown-format:0"]
    assert "Turtle" in found[0].repair


def test_another_ending_is_refused_with_those_that_are_read() -> None:
    found = findings(lambda: read("notes.txt"))
    assert places(found) == ["unknown-format:0"]
    assert all(ending in found[0].repair for ending in FORMATS)
