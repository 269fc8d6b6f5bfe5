"""A case in a link: what goes in comes out, nothing reads in clear, and whatever else comes in is refused in plain words."""

from __future__ import annotations

import json
import random
import zlib
from base64 import urlsafe_b64encode
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edgewise.explorer.pages.teach.case_link import DAMAGED, LIMITS, LONGEST, decode, encode
from edgewise.graph.cases.form import unshown
from edgewise.graph.cases.model import Case, Lure, Point, Ruling, Stage
from edgewise.graph.library import load
from edgewise.ontology.errors import EdgewiseError
from tests import work

GUIDELINE = load("sacroiliac-sclerosis").guideline
CASE = Case(
    "a-dancer",
    "The impatient dancer",
    "A dancer of 34 has had buttock pain for a year.",
    (
        Stage("Her films show sclerosis.", {"radiographs": "sclerosis", "inflammatory-suspicion": "no"}),
        Stage(
            "Two blocks were done.",
            {"block-relief": (Decimal("85.5"), None, Decimal(0)), "conservative-months": Decimal(6)},
            lures=(Lure("si-joint-fusion", "She asks for it.", "s35"), Lure("endoscopic-neurectomy", "It sounds small.")),
            points=(Point("Steps are not skipped.", ("s35", "heading-second-imaging")),),
            revises=("conservative-months",),
            early=("block-relief",),
        ),
    ),
)

NONE: list[object] = [[], [], [], []]  # no lures, points, revisions, nor anything told early

texts = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=60).filter(lambda text: not unshown(text))
steps, statements = st.sampled_from(list(GUIDELINE.steps)), st.sampled_from([*GUIDELINE.statements, *GUIDELINE.headings])
relief = st.one_of(st.none(), st.decimals(0, 100, places=2, allow_nan=False))
asked = st.lists(st.sampled_from(list(GUIDELINE.observables)), max_size=2, unique=True).map(tuple)
ANSWERS = {
    "radiographs": st.sampled_from(["sclerosis", "negative", "equivocal"]),
    "documented": st.sampled_from(["yes", "no"]),
    "conservative-months": st.decimals(0, 600, places=1),
    "rfa-attempts-failed": st.integers(0, 20).map(Decimal),
    "block-relief": st.lists(relief, min_size=1, max_size=5).map(tuple),
}
stages = st.builds(
    Stage,
    tells=texts,
    facts=st.fixed_dictionaries({}, optional=ANSWERS),
    expect=st.none(),
    lures=st.lists(st.builds(Lure, steps, texts, st.sampled_from(["", "s32", "s35"])), max_size=3).map(tuple),
    points=st.lists(st.builds(Point, texts, st.lists(statements, max_size=3).map(tuple)), max_size=3).map(tuple),
    revises=asked,
    early=asked,
)
cases = st.builds(Case, texts, texts, texts, st.lists(stages, min_size=1, max_size=4).map(tuple))


def link(value: object) -> str:
    """Anything at all, packed as an attacker would: with a check value that fits."""
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    return sealed(squeeze.compress(data) + squeeze.flush())


def sealed(body: bytes) -> str:
    return "1" + urlsafe_b64encode(zlib.crc32(b"1" + body).to_bytes(4, "big") + body).rstrip(b"=").decode()


def packed(*stages: object, id: str = GUIDELINE.id, updated: str = GUIDELINE.updated, title: object = "A case") -> list[object]:
    return [id, updated, "a-case", title, "A runner.", list(stages)]


def refused(text: str) -> str:
    with pytest.raises(EdgewiseError) as caught:
        decode(text, GUIDELINE)
    return str(caught.value)


@settings(max_examples=200, deadline=None)
@given(cases)
def test_a_case_comes_out_of_its_link_as_it_went_in(case: Case) -> None:
    assert decode(encode(case, GUIDELINE), GUIDELINE) == case


def test_what_is_expected_stays_behind() -> None:
    told = replace(CASE, stages=tuple(replace(stage, expect=Ruling("due", ("si-joint-fusion",))) for stage in CASE.stages))
    assert encode(told, GUIDELINE) == encode(CASE, GUIDELINE)
    assert [stage.expect for stage in decode(encode(told, GUIDELINE), GUIDELINE).stages] == [None, None]


def test_nothing_in_a_link_reads_in_clear_and_it_needs_no_escape() -> None:
    text = encode(CASE, GUIDELINE)
    assert text.isascii()
    assert text.replace("-", "").replace("_", "").isalnum()
    words = ["fusion", "dancer", "sclerosis", "block", "asks", "skipped", "s35", "c2k", "ZnVzaW9u"]  # the last: fusion in base64
    assert not [word for word in words if word.lower() in text.lower()]


@pytest.mark.parametrize("at", range(0, len(encode(CASE, GUIDELINE)), 7))
def test_a_link_with_one_character_changed_is_refused_or_means_the_same(at: int) -> None:
    text = encode(CASE, GUIDELINE)
    for other in "A0_-z~ %":
        changed = text[:at] + other + text[at + 1 :]
        try:
            assert decode(changed, GUIDELINE) == CASE
        except EdgewiseError as error:
            assert str(error) == DAMAGED


@pytest.mark.parametrize("length", [0, 1, 2, 5, 6, 40, -1, -4])
def test_a_link_cut_short_is_refused(length: int) -> None:
    assert refused(encode(CASE, GUIDELINE)[:length]) == DAMAGED


def test_a_link_with_something_behind_it_is_refused() -> None:
    assert refused(encode(CASE, GUIDELINE) + "AAAA") == DAMAGED
    assert refused(sealed(zlib.compress(b"[]", wbits=-15) + b"more")) == DAMAGED


@pytest.mark.parametrize("bad", ["\u202e", "\u2066", "\x07", "\ufffe"])
def test_a_text_that_reads_otherwise_than_it_is_written_is_refused_both_ways(bad: str) -> None:
    told = f"Films{bad} show nothing."
    for case in (replace(CASE, title=told), replace(CASE, vignette=told), replace(CASE, stages=(Stage(told, {}),))):
        with pytest.raises(EdgewiseError, match=f"U\\+{ord(bad):04X}"):
            encode(case, GUIDELINE)
    assert f"U+{ord(bad):04X}" in refused(link(packed([told, {}, *NONE])))


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(), st.text("ABCabc019-_"), st.binary(max_size=200).map(sealed), st.binary(max_size=200).map(link)))
def test_random_text_is_refused_and_nothing_worse(text: str) -> None:
    refused(text)
    refused("1" + text)


anything = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), texts), lambda inner: st.lists(inner) | st.dictionaries(texts, inner)
)


@settings(max_examples=200, deadline=None)
@given(anything, st.integers(0, 5))
def test_anything_in_place_of_a_part_is_refused_or_read(value: object, at: int) -> None:
    whole = packed(["It hurts.", {}, *NONE])
    whole[at] = value
    for text in (link(whole), link(packed(value)), link(packed(["It hurts.", {"block-relief": value}, *NONE]))):
        with suppress(EdgewiseError):
            assert isinstance(decode(text, GUIDELINE), Case)


@pytest.mark.parametrize(
    "text",
    [
        "1" + "A" * LONGEST,
        "x" * 2_000_000,
        link(b" " * 5_000_000)[:LONGEST],
        link(b" " * 100_000),
        link(b"[" * 60_000),
        link(b'{"a":' * 10_000),
        link(b"9" * 60_000),
        link(packed(*[["", {}, *NONE]] * 1_000)),
        link(packed(["", {f"x{n}": "1" for n in range(1_500)}, *NONE])),
        link(packed(["", {"block-relief": ["85"] * 5_000}, *NONE])),
        link(packed(["", {"block-relief": ["1 " + "furlong" * 20] * 100}, *NONE])),
        link(packed(["", {"conservative-months": "1e99999999"}, *NONE])),
    ],
    ids=["long", "longer", "bomb", "blanks", "brackets", "braces", "digits", "stages", "facts", "series", "units", "exponent"],
)
def test_a_bomb_is_refused_with_little_work_and_room(text: str) -> None:
    told: list[str] = []
    work.steps(lambda: told.append(refused(text)), at_most=250_000)
    assert work.peak(lambda: told.append(refused(text))) < 1_000_000
    assert all(len(refusal) < 400 for refusal in told)


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (packed(["", {}, [["no-such-step", "", ""]], [], [], []]), "step 'no-such-step'"),
        (packed(["", {}, [["cooled-rfa", "", "s999"]], [], [], []]), "statement 's999'"),
        (packed(["", {}, [], [["A point.", ["s1", "s998", "s999"]]], [], []]), "statement 's998', 's999'"),
        (packed(["", {"radiograph": "sclerosis"}, *NONE]), "'radiograph'"),
        (packed(["", {"radiographs": "purple"}, *NONE]), "'purple' is not an answer"),
        (packed(["", {"block-relief": ["101"]}, *NONE]), "outside the allowed range"),
        (packed(["", {"radiographs": {"value": "1"}}, *NONE]), DAMAGED),
        (packed(["", {}, [], [], ["radiographs", "x-ray"], []]), "question 'x-ray'"),
        (packed(), "at least one stage"),
        (packed(["", {}, *NONE], title="x" * (LIMITS["title"] + 1)), "The title is too long"),
        (packed(["\x1b[31m", {}, *NONE]), "U+001B"),
        (packed(["\ud800", {}, *NONE]), "U+D800"),
        (packed(["", {}, *NONE], id="hips"), "another guideline ('hips')"),
        (packed(["", {}, *NONE], updated="1999-01-01"), "the edition of 1999-01-01; here is that of 2026-02-08"),
    ],
)
def test_what_a_guideline_cannot_take_is_named(value: object, told: str) -> None:
    assert told in refused(link(value))


def test_its_author_may_open_a_case_of_another_edition() -> None:
    older = encode(CASE, replace(GUIDELINE, updated="2025-01-01"))
    assert "2025-01-01" in refused(older)
    assert decode(older, GUIDELINE, any_edition=True) == CASE


def test_no_link_is_given_that_could_not_be_opened() -> None:
    for case, told in [
        (replace(CASE, vignette="x" * 3_000), "The vignette is too long"),
        (replace(CASE, title="a\x07b"), r"U\+0007"),
        (replace(CASE, stages=()), "at least one stage"),
        (replace(CASE, stages=(Stage("", {"nothing": "yes"}),)), "'nothing'"),
    ]:
        with pytest.raises(EdgewiseError, match=told):
            encode(case, GUIDELINE)


def test_a_case_too_long_for_a_link_is_refused_with_its_length() -> None:
    signs = random.Random(0)
    long = tuple(Stage("".join(chr(signs.randrange(0x4E00, 0x9000)) for _ in range(700)), {}) for _ in range(8))
    with pytest.raises(EdgewiseError, match=r"too long for a link \([\d,]+ of 8,000 characters\)"):
        encode(replace(CASE, stages=long), GUIDELINE)


def test_a_rich_case_makes_a_link_that_mail_carries() -> None:
    assert len(encode(CASE, GUIDELINE)) < 800
