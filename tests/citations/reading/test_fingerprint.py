"""Fingerprints: stable against typesetting, sensitive to wording, and those kept of the article are its own."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from edgewise.citations.reading.fingerprint import fingerprint, normalize, part_markers
from tests.places import ROOT

FACTS = ROOT / "tests" / "data" / "article-facts.yaml"

# How the article's headings begin, and the section (with the part its bullets are) that our places call it.
SECTIONS = {
    "Management of": ("summary", "bullet"),
    "Initial Diagnostic": ("initial imaging", "bullet"),
    "When Radiographs": ("second imaging", "bullet"),
    "Step 1": ("step 1", "bullet"),
    "Step 2": ("step 2", "bullet"),
    "Step 3": ("step 3", "bullet"),
    "Step 4": ("step 4", "bullet"),
    "Mandatory Selection": ("step 4", "criterion"),
    "Expected Surgical": ("step 4 outcomes", "bullet"),
    "Critical Pitfalls": ("pitfalls", "bullet"),
}
HEADED = {"Mandatory Selection": "step 4 criteria"}
"""Where a heading stands in a section of its own, not in that of what it heads."""
BANNER = ("Medical Advisory Board", "Educational purpose")
CLOSING = "\nProfessional Medical Disclaimer\n"
Place = tuple[str, str, int | None, int | None]


def sentences(line: str) -> list[str]:
    """Cut behind a full stop with its markers where a capital follows."""
    return re.split(r"(?<=\. \d) (?=[A-Z])", line)


def prose(section: str, lead: bool, line: str) -> Iterator[tuple[Place, str]]:
    if lead and section.startswith("step") and section != "step 4 outcomes":
        yield (section, "lead", None, None), line
        return
    part = "close" if section == "step 1" else "sentence"
    yield from (((section, part, i, None), sentence) for i, sentence in enumerate(sentences(line), 1))


def bullet(section: str, part: str, ordinal: int, line: str) -> Iterator[tuple[Place, str]]:
    parts = sentences(line)
    yield from (((section, part, ordinal, i if len(parts) > 1 else None), sentence) for i, sentence in enumerate(parts, 1))


def beside(article: str) -> Iterator[tuple[Place, str]]:
    banner = [line for line in article.partition("\nManagement of")[0].splitlines() if line.startswith(BANNER)]
    closing = article.partition(CLOSING)[2].strip().splitlines()[0]
    for section, lines in (("banner", banner), ("closing disclaimer", re.split(r"(?<=\.) (?=[A-Z])", closing))):
        yield from (((section, "sentence", number, None), line) for number, line in enumerate(lines, 1))


def passages(article: str) -> Iterator[tuple[Place, str]]:
    """Every heading, sentence and bullet of the article's body, by place, markers still on; then the lines above and below it."""
    yield from beside(article)
    section, part, lead, ordinal = "", "", True, 0
    for line in article.partition("\nReferences\n")[0].splitlines():
        begins = next((start for start in SECTIONS if line.startswith(start)), None)
        if begins:
            (section, part), lead, ordinal = SECTIONS[begins], True, 0
            yield (HEADED.get(begins, section), "heading", None, None), line
        elif section and line.strip().startswith("•"):
            ordinal += 1
            yield from bullet(section, part, ordinal, line)
        elif section and line.strip():
            yield from prose(section, lead and not ordinal, line)
            lead = False


@pytest.fixture(scope="module")
def printed() -> Mapping[Place, str]:
    found = sorted((ROOT.parent / "shared" / "article").glob("*.txt"))
    if not found:
        reason = "NOT CHECKED: the article is not beside this checkout (../shared/article/*.txt), so fingerprints were not recomputed"
        warnings.warn(reason, stacklevel=1)
        pytest.skip(reason)
    return dict(passages(found[0].read_text(encoding="utf-8")))


def kept() -> list[tuple[str, Place, str]]:
    """What test_ground_truth.py holds the guideline against."""
    data = yaml.safe_load(FACTS.read_text(encoding="utf-8"))
    rows = []
    for passage in data["statements"] + data["headings"]:
        section, part, ordinal, sentence = (*passage["place"], None, None)[:4]
        rows.append((passage["id"], (section, part, ordinal, sentence), passage["fingerprint"]))
    return rows


def test_the_fingerprints_kept_are_those_of_the_article_at_their_places(printed: Mapping[Place, str]) -> None:
    for id, place, fingerprinted in kept():
        assert place in printed, f"{id}: the article has nothing at {place}; correct 'place' in {FACTS.name}"
        computed = fingerprint(part_markers(printed[place])[0])
        assert fingerprinted == computed, f"{id}: write 'fingerprint: {computed}' once the statement was read against the article again"


def test_every_cited_passage_of_the_article_is_kept(printed: Mapping[Place, str]) -> None:
    cited = {place for place, text in printed.items() if part_markers(text)[1]}
    missing = cited - {place for _, place, _ in kept()}
    assert len(cited) == 36
    assert not missing, f"add a statement for each of {sorted(map(str, missing))}"


@pytest.mark.parametrize(
    "variant",
    [
        "• Relief of 80-90% is 'usual'.",
        "  Relief of\u00a080–90%\n is ‘usual’.",
        "1. Relief of 80−90% is \u200b’usual‘.",
        "- – Relief of 80‑90% is `usual´.",
    ],
)
def test_typesetting_does_not_change_a_fingerprint(variant: str) -> None:
    assert fingerprint(variant) == fingerprint("Relief of 80-90% is 'usual'.")


@pytest.mark.parametrize("changed", ["Relief of ≥70%.", "relief of >70%.", "Relief of >75%.", "Relief of >70%", "Relief of > 70%."])
def test_a_change_of_wording_figure_or_sign_changes_the_fingerprint(changed: str) -> None:
    assert fingerprint(changed) != fingerprint("Relief of >70%.")


@pytest.mark.parametrize("nothing", ["", " \n", "• ", "-", "1.", "\u200b"])
def test_an_empty_sentence_has_no_fingerprint(nothing: str) -> None:
    with pytest.raises(ValueError, match="nothing to fingerprint"):
        fingerprint(nothing)


@given(st.text())
def test_normalizing_twice_changes_nothing_more(text: str) -> None:
    assert normalize(normalize(text)) == normalize(text)


@pytest.mark.parametrize(
    ("sentence", "text", "markers"),
    [
        ("All must: 3, 4, 5", "All must:", ("3", "4", "5")),
        ("Belts 4", "Belts", ("4",)),
        ("Belts.[4,5] ", "Belts.", ("4", "5")),
        ("Lateral branches S1, S2", "Lateral branches S1, S2", ()),
        ("Relief of 80-90", "Relief of 80-90", ()),
        ("Belts 1-3", "Belts 1-3", ()),
        ("4", "4", ()),
        ("", "", ()),
    ],
)
def test_markers_are_parted_from_the_end_of_a_sentence(sentence: str, text: str, markers: tuple[str, ...]) -> None:
    assert part_markers(sentence) == (text, markers)


def test_a_very_long_line_is_parted_in_good_time() -> None:
    assert part_markers("1, " * 20_000 + "x")[1] == ()
