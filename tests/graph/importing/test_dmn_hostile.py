"""DMN files that somebody broke: they are refused with a finding, or read as far as they go, and what comes out can be opened."""

from random import Random

import pytest
from lxml import etree

from edgewise.graph.importing.formats import import_text
from edgewise.graph.importing.writing import as_yaml
from edgewise.graph.library import load_content
from edgewise.ontology.errors import SourceError
from tests.graph.importing.dmn_tables import POLICIES, random_table
from tests.places import DATA

FILES = [file.read_bytes() for file in sorted((DATA / "imports").glob("*.dmn"))]
TEXTS = [
    "", "-", "<", "not(", '"', "1e9999", "((((1))))", "? ? ?",
    "null", 'date("x")', "[1..", "true", '@"P1D"', "Age", "if true then 1 else 2",
    "x" * 300, "99999999999999999999", "é☃", "a.b.c", "F(1)", "some x in y satisfies z", '< "a"', "[5..1]",
    '1,2,"a"', '"\\uD800"', "1/0", "2**99",
    "FIRST", "RULE ORDER", "boolean", "string", "integer", "dateTime",
]  # fmt: skip


def broken(rng, data):
    if rng.random() < 0.2:
        return bytes(byte if rng.random() > 0.003 else rng.randrange(256) for byte in data[: rng.choice([len(data), len(data) // 2])])
    root = etree.fromstring(data, etree.XMLParser(remove_comments=True))
    for _ in range(rng.randint(1, 6)):
        change(rng, rng.choice(list(root.iter())), list(root.iter()))
    return etree.tostring(root)


def change(rng, element, others):
    match rng.randrange(6):
        case 0 if element.getparent() is not None:
            element.getparent().remove(element)
        case 1 if element.attrib:
            del element.attrib[rng.choice(list(element.attrib))]
        case 2 if element.attrib:
            element.attrib[rng.choice(list(element.attrib))] = rng.choice(TEXTS)
        case 3:
            element.tag = rng.choice(others).tag
        case 4 if len(element) > 1:
            element[:] = rng.sample(list(element), len(element))
        case _:
            rng.choice([one for one in others if one.tag.endswith("}text")] or others).text = rng.choice(TEXTS)


@pytest.mark.parametrize("seed", range(8))
def test_a_file_that_somebody_broke_is_refused_or_read_and_what_is_read_can_be_opened(seed):
    rng = Random(seed)
    for rank in range(40):
        source = rng.choice([*FILES, random_table(rng, rng.choice(POLICIES)).xml()])
        data = broken(rng, source)
        try:
            imported = import_text(data, "broken.dmn")
        except SourceError as error:
            assert error.findings
            continue
        text = as_yaml(imported, "broken.dmn").encode()
        if rank % 8 == 0:  # opening takes longest
            load_content(text, "guideline.yaml", "yaml")


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"", "empty-file"),
        (b"<definitions", "not-well-formed"),
        (b'<!DOCTYPE d [<!ENTITY a "b">]><definitions><decision id="d" name="&a;"/></definitions>', "entities"),
        (b'<!DOCTYPE d SYSTEM "file:///etc/passwd"><definitions><decision/></definitions>', "entities"),
        (b"<definitions><decision>" + b"<context>" * 200 + b"</context>" * 200 + b"</decision></definitions>", "too-deep"),
        (b"<definitions xmlns='https://www.omg.org/spec/DMN/20191111/MODEL/'/>", "no-decisions"),
        (b"<html/>", "unknown-format"),
        (b"\xff\xfe\x00", "not-utf-8"),
        (b" " * (9 * 1024 * 1024), "too-large"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(data, rule):
    with pytest.raises(SourceError) as caught:
        import_text(data, "a.dmn")
    assert [finding.rule for finding in caught.value.findings] == [rule]
    assert caught.value.findings[0].repair


def test_a_file_of_many_entities_costs_no_more_than_its_size():
    bomb = '<!DOCTYPE d [<!ENTITY a "' + "x" * 1000 + '">' + "".join(f'<!ENTITY a{n} "{"&a;" * 10}">' for n in range(9)) + "]>"
    with pytest.raises(SourceError):
        import_text(f"{bomb}<definitions><decision name='&a8;'/></definitions>".encode(), "a.dmn")


def test_texts_that_look_like_code_paths_or_markup_stay_texts():
    data = FILES[0].replace(b'"Alarm"', b'"&lt;script&gt; ../../etc &amp; {{x}} # - !tag &quot;"')
    guideline = load_content(as_yaml(import_text(data, "../../a.dmn"), "../../a.dmn").encode(), "g.yaml", "yaml").guideline
    assert any(step.label == '<script> ../../etc & {{x}} # - !tag "' for step in guideline.steps.values())
    assert guideline.id == "a"
