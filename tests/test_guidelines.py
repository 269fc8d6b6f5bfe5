"""The authored content, tested like code: what holds for every guideline, and what the first one has to say exactly."""

from __future__ import annotations

import re
import warnings
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from edgewise.citations.audit.engine import Audited, examine
from edgewise.citations.reading.article import article_beside, read_article
from edgewise.graph.library import check
from edgewise.graph.library import load as load_judged
from edgewise.graph.model import Guideline
from edgewise.graph.pathway import comparisons
from edgewise.graph.reading.projection import guideline as project
from edgewise.graph.reading.read import read
from edgewise.graph.reading.validate import validate
from edgewise.ontology.findings import Finding

ROOT = Path(__file__).parents[1]
FOLDERS = sorted(path.parent for path in (ROOT / "guidelines").glob("*/guideline.yaml"))
WALKED = (path.parent for path in (ROOT / "tests" / "data" / "guidelines").glob("*/walks.yaml"))
EXERCISES = sorted(folder for folder in WALKED if (folder / "guideline.yaml").is_file())  # beside these some that test one thing alone
OWN = [file for folder in FOLDERS if (file := article_beside(folder / "guideline.yaml"))]
SHARED = ROOT.parent / "shared"

OF_THE_TEXT = {"M104", "M107", "M108", "M109", "R216", "P405", "P406"}  # rules of the audit that compare with the article

# Statement by statement, in the order of the article, the markers printed behind it.
# fmt: off
CITED = [
    "1,2", "1", "1", "1", "1", "1", "1", "3,4,5", "5", "5", "4", "4", "3", "5", "4", "2,4", "2", "6", "2", "3", "3", "3", "3",
    "2,6,4,7", "2", "2", "3", "3,7", "2", "2", "6", "2", "2", "3", "3,6", "4",
]
STEPS = [
    "presentation", "xray-si-joints", "xray-spine", "mri-si-joints-without-contrast", "mri-si-joints-with-and-without-contrast",
    "ct-si-joints-without-contrast", "conservative-care", "diagnostic-injections", "cooled-rfa", "si-joint-fusion",
    "endoscopic-neurectomy",
]
OBSERVABLES = [
    "radiographs", "inflammatory-suspicion", "mri-possible", "inflammation-on-imaging", "conservative-months",
    "conservative-failed", "block-relief", "hip-spine-excluded", "rfa-attempts-failed", "documented",
]
HEADINGS = [
    "heading-second-imaging", "heading-injections", "heading-step-1", "heading-step-4", "heading-criteria",
    "banner-reviewed", "banner-pending", "closing-liability",
]
# fmt: on


def load(folder: Path) -> Guideline:
    source = read(folder / "guideline.yaml")
    return project(source.graph, source.iri)


@pytest.fixture(scope="module", params=[*FOLDERS, *EXERCISES], ids=lambda folder: folder.name)
def folder(request: pytest.FixtureRequest) -> Path:
    assert isinstance(request.param, Path)
    return request.param


@pytest.fixture(scope="module")
def each(folder: Path) -> Guideline:
    return load(folder)


@pytest.fixture(scope="module")
def si() -> Guideline:
    return load(ROOT / "guidelines" / "sacroiliac-sclerosis")


def beside(pattern: str) -> Path:
    """A file that stays with the editor; without it the test is skipped, and the summary says so."""
    found = sorted(SHARED.glob(pattern))
    if not found:
        reason = f"NOT CHECKED: no ../shared/{pattern} beside this checkout"
        warnings.warn(reason, stacklevel=2)
        pytest.skip(reason)
    return found[0]


def article_of(folder: Path) -> Path:
    """The article that is ours lies in the folder; the first one's and the exercises' stay with the editor."""
    given = f"exercises/{folder.name}.txt" if folder in EXERCISES else "article/*.txt"
    return article_beside(folder / "guideline.yaml") or beside(given)


# ------------------------------------------------------------------------------------------------ every guideline


def test_there_is_content_to_test() -> None:
    assert FOLDERS, "guidelines/ holds no */guideline.yaml: the tests below would pass on nothing"


def told_as_done(folder: Path, finding: Finding) -> bool:
    """In the exercises drugs are given of which nothing is found out: their walk tables tell them among the facts, as done."""
    return folder in EXERCISES and finding.rule == "never-finished"


def test_a_guideline_fulfils_the_shapes(folder: Path) -> None:
    assert [str(finding) for finding in validate(read(folder / "guideline.yaml")) if not told_as_done(folder, finding)] == []


def test_a_guideline_and_the_cases_beside_it_are_free_of_findings(folder: Path) -> None:
    assert [str(finding) for finding in check(folder / "guideline.yaml")[1] if not told_as_done(folder, finding)] == []


def test_the_folder_bears_the_id_of_its_guideline(folder: Path, each: Guideline) -> None:
    assert each.id == folder.name, f"rename the folder to '{each.id}', or write 'id: {folder.name}'"


def ties(guideline: Guideline) -> Iterator[str]:
    """Passages by which some piece of the pathway is described, rated or justified."""
    for step in guideline.steps.values():
        yield from step.described_by
        yield from (passage for part in step.components for passage in part.described_by)
    for modality in guideline.modalities.values():
        yield from modality.described_by
    yield from (rating.statement for rating in guideline.ratings.values())
    for transition in guideline.transitions.values():
        yield from transition.justified_by
        if transition.when:
            yield from (passage for atom in comparisons(transition.when) for passage in atom.based_on)


def test_every_passage_is_reachable_from_the_pathway(each: Guideline) -> None:
    tied = set(ties(each))
    loose = sorted(set(each.statements) - tied)
    assert not loose, f"name {loose} in a 'describedBy', 'justifiedBy' or 'basedOn'"
    concerned = {subject for note in each.notes.values() for subject in note.about}
    bare = sorted(set(each.headings) - tied - concerned)
    assert not bare, f"headings {bare} tie to nothing: name them in a 'basedOn', or in a note's 'about'"


def test_no_two_passages_stand_in_the_same_place_or_share_a_fingerprint(each: Guideline) -> None:
    passages = [*each.statements.values(), *each.headings.values()]
    for what, values in (("place", [str(p.place) for p in passages]), ("fingerprint", [p.fingerprint for p in passages])):
        twice = [value for value, n in Counter(values).items() if n > 1]
        assert not twice, f"the same {what} twice: {twice}; correct one of the two"


def test_whatever_the_modeller_inferred_says_why(each: Guideline) -> None:
    silent = [t.id for t in each.transitions.values() if t.stated_by == "modeller" and not t.note]
    assert not silent, f"add a 'note' (what was inferred, and why) to {silent}"


def test_a_marker_that_points_nowhere_has_a_note(each: Guideline) -> None:
    bare = [m.id for m in each.markers.values() if not m.entry and not m.note]
    assert not bare, f"say in a 'note' why {bare} have no entry"


def test_every_bibliographic_detail_says_who_states_it(each: Guideline) -> None:
    for reference in each.references.values():
        said = [(i.value, i.stated_by) for i in reference.identifiers] + [(a.value, a.stated_by) for a in reference.additions]
        for value, stated_by in said:
            assert stated_by in ("source", "editor"), f"{reference.id}: add 'statedBy: editor' to {value}"


@pytest.mark.parametrize(
    "own", [file for folder in FOLDERS if (file := article_beside(folder / "guideline.yaml"))], ids=lambda f: f.parent.name
)
def test_no_sentence_of_an_article_of_ours_has_drifted_and_none_is_left_out(own: Path) -> None:
    loaded = load_judged(str(own.parent))
    found = [one for one in examine(Audited(loaded.guideline, loaded, read_article(own))).findings if one.rule in OF_THE_TEXT]
    assert [str(one) for one in found] == []


def test_labels_fit_the_canvas(each: Guideline) -> None:
    long = [step.id for step in each.steps.values() if len(step.short_label or step.label) > 40]
    long += [transition.id for transition in each.transitions.values() if len(transition.label) > 40]
    assert not long, f"shorten to 40 characters the 'shortLabel' or 'label' of {long}"


def test_a_question_of_a_comparison_for_no_is_not_negated_by_a_label(each: Guideline) -> None:
    conditions = [t.when for t in each.transitions.values() if t.when]
    turned = [atom.id for when in conditions for atom in comparisons(when) if atom.answer == "no" and atom.label]
    assert not turned, f"drop the 'label' of {turned}: its trace would read 'not suspected: yes'"


def test_scores_lie_on_their_scale(each: Guideline) -> None:
    off = [r.id for r in each.ratings.values() if not r.scale_min <= r.score <= r.scale_max]
    assert not off, f"correct 'score', 'scaleMin' or 'scaleMax' of {off}"


def test_no_eight_words_in_a_row_are_those_of_an_article(folder: Path) -> None:
    def grams(text: str) -> set[tuple[str, ...]]:
        words = re.findall(r"[a-z0-9%≥/]+", text.lower())
        return {tuple(words[i : i + 8]) for i in range(len(words) - 7)}

    body = article_of(folder).read_text(encoding="utf-8").partition("Related Questions")[0]
    text, _, references = body.partition("\nReferences\n")
    theirs = grams(text) - grams(references) - grams(text.splitlines()[0])
    assert theirs, "the article was not understood: nothing to compare with"
    for file in sorted(folder.rglob("*.yaml")):
        leaked = sorted(" ".join(gram) for gram in grams(file.read_text(encoding="utf-8")) & theirs)
        assert not leaked, f"{file.name}: the article's own words; write afresh: {leaked}"


# ------------------------------------------------------------------------------------------- sacroiliac-sclerosis


def cited(guideline: Guideline) -> list[str]:
    printed = {marker.id: marker.printed for marker in guideline.markers.values()}
    return [",".join(printed[c.marker] for c in s.citations) for s in guideline.statements.values()]


def test_public_names_stay(si: Guideline) -> None:
    assert set(si.steps) == set(STEPS)
    assert {id for id, asked in si.observables.items() if not asked.finishes} == set(OBSERVABLES)
    assert list(si.statements) == [f"s{i}" for i in range(1, 37)]
    assert set(si.headings) == set(HEADINGS)
    assert list(si.markers) == [f"marker-{i}" for i in range(1, 8)]
    assert list(si.references) == [f"reference-{i}" for i in range(1, 7)]
    assert all(f"{t.source}-to-{t.target}" in t.id for t in si.transitions.values())


def test_counts_are_those_of_the_article(si: Guideline) -> None:
    counts = len(si.statements), sum(len(s.citations) for s in si.statements.values()), len(si.markers), len(si.references), len(si.ratings)
    assert counts == (36, 45, 7, 6, 5)
    assert sorted(r.score for r in si.ratings.values()) == [7, 8, 8, 9, 9]


def test_each_statement_cites_what_is_printed_behind_it(si: Guideline) -> None:
    assert cited(si) == CITED
    histogram = Counter(marker for row in cited(si) for marker in row.split(","))
    assert histogram == {"1": 7, "2": 11, "3": 10, "4": 7, "5": 4, "6": 4, "7": 2}


def test_the_figures_kept_for_the_tests_are_those_of_the_ground_truth() -> None:
    """Fact, place and markers, row by row; the guideline is held against these figures in test_ground_truth.py."""
    kept = yaml.safe_load((ROOT / "tests" / "data" / "article-facts.yaml").read_text(encoding="utf-8"))["statements"]
    text = beside("article/facts.md").read_text(encoding="utf-8")
    table = re.findall(r"^\| (\d+) \| ([^|]+) \| ([^|]+) \| ([\d, ]+) \|$", text, re.MULTILINE)
    assert len(table) == 36
    for row, (number, place, fact, markers) in zip(kept, table, strict=True):
        section = re.sub(r",? (?:lead|(?:bullet|close|criterion) \d|\d[ab]?)$", "", place).replace(",", "")
        figures = set(re.findall(r"\d+(?:\.\d+)?", re.sub(r"step \d|\([^)]*heading[^)]*\)", "", fact)))
        kept_figures = [*row["figures"], *(figure for headed in row.get("headed", {}).values() for figure in headed)]
        said = (row["id"], row["place"][0], row["markers"], {str(figure) for figure in kept_figures})
        assert said == (f"s{number}", section, [int(marker) for marker in markers.split(", ")], figures)


def test_marker_7_points_nowhere_and_the_others_by_position(si: Guideline) -> None:
    entries = {marker.printed: marker.entry for marker in si.markers.values()}
    assert entries == {str(i): f"reference-{i}" for i in range(1, 7)} | {"7": ""}
    assert [reference.position for reference in si.references.values()] == [1, 2, 3, 4, 5, 6]


def test_only_what_editors_confirmed_is_added_to_references(si: Guideline) -> None:
    identifiers = {(r.id, i.scheme, i.value, i.stated_by, i.confirmed) for r in si.references.values() for i in r.identifiers}
    assert identifiers == {
        ("reference-4", "doi", "10.1097/01.phm.0000247633.68694.c1", "editor", True),
        ("reference-4", "pmid", "17117004", "editor", True),
    }
    assert {r.id for r in si.references.values() if r.additions} == {"reference-4", "reference-5"}
    assert [r.tier for r in si.references.values()] == ["tertiary", "tertiary", "tertiary", "review", "", ""]
    assert [r.id for r in si.references.values() if r.own_publisher] == ["reference-1"]


def test_no_edge_follows_where_the_source_is_silent(si: Guideline) -> None:
    leaving = Counter(t.source for t in si.transitions.values() if t.role != "excluded")
    assert not leaving["si-joint-fusion"]
    assert not leaving["endoscopic-neurectomy"]
    assert leaving["diagnostic-injections"] == 1, "a negative block leads nowhere in the article"
    confirmed = [
        t.id
        for t in si.transitions.values()
        if t.when
        for c in comparisons(t.when)
        if c.observable == "inflammation-on-imaging" and c.answer == "yes"
    ]
    assert not confirmed, "what follows confirmed inflammation is not said in the article"
