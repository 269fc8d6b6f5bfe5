"""An exercise article of six situations and eight methods, modelled whole: sound, with the figures of the article, walked by a table."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from edgewise.citations.audit.engine import Audited, audit
from edgewise.citations.reading.article import read_article_text
from edgewise.graph import ratings
from edgewise.graph.gaps.memory import gaps_of
from edgewise.graph.library import check, load
from edgewise.graph.model import Guideline
from edgewise.graph.walking.facts import parse_facts
from edgewise.graph.walking.kleene import Truth
from edgewise.graph.walking.situations import holding, placements
from edgewise.graph.walking.walk import walk
from tests.places import DATA, SHARED

FOLDER = DATA / "guidelines" / "lbp-imaging"
TABLE = {row["name"]: row for row in yaml.safe_load((FOLDER / "walk-table.yaml").read_text(encoding="utf-8"))}
ARTICLE = SHARED / "exercises" / "lbp-imaging.txt"
METHODS = ("xray", "mri-plain", "mri-both", "mri-contrast", "ct-plain", "ct-contrast", "myelography", "bone-scan")
"""In the order in which the article lists them in each situation."""


@pytest.fixture(scope="module")
def guideline() -> Guideline:
    found, findings = check(FOLDER / "guideline.yaml")
    assert findings == ()
    assert found is not None
    return found


@pytest.fixture(scope="module")
def article() -> str:
    if not ARTICLE.is_file():
        pytest.skip(f"NO ARTICLE: {ARTICLE} is not there")
    return ARTICLE.read_text(encoding="utf-8")


def facts_of(row: dict[str, Any]) -> dict[str, Any]:
    return {**(facts_of(TABLE[row["like"]]) if "like" in row else {}), **row["facts"]}


@pytest.mark.parametrize("name", TABLE)
def test_the_walk_and_the_situations_answer_as_the_table_says(guideline, name):
    row = TABLE[name]
    facts = parse_facts(facts_of(row), guideline)
    walked, placed = walk(guideline, facts), placements(guideline, facts)
    assert list(walked.due) == row["due"]
    assert list(walked.silent_at) == row.get("silent", [])
    assert list(holding(placed)) == row["holds"]
    assert [one.situation.id for one in placed if one.truth is Truth.UNKNOWN] == row["unknown"]


def test_the_situations_that_hold_come_first_and_those_not_known_say_what_would_decide(guideline):
    placed = placements(guideline, parse_facts({"steroids": "yes", "cauda-equina": "no"}, guideline))
    assert [one.truth for one in placed] == sorted((one.truth for one in placed), key=[Truth.TRUE, Truth.UNKNOWN, Truth.FALSE].index)
    asked = {one.situation.id: one.ask for one in placed}
    assert asked["variant-6"] == asked["variant-1"] == ()
    assert asked["variant-3"] == ("care-weeks", "improved", "candidate")
    assert asked["variant-5"] == ("earlier-surgery",)


def test_whose_word_a_situation_is_is_told(guideline):
    words = {one.situation.id: one.word for one in placements(guideline, {})}
    assert (words["variant-4"].stated_by, words["variant-4"].based_on, words["variant-4"].remark) == ("source", ("h4",), "")
    assert words["variant-1"].based_on == ("h1",)


def test_what_was_not_counted_yet_puts_nobody_into_a_situation(guideline):
    told = {"duration": "acute", "earlier-surgery": "no", "tumour-or-infection": "no", "cauda-equina": "no"}
    told |= dict.fromkeys(("trauma", "osteoporosis", "old-age", "steroids"), "no")
    facts = parse_facts(told, guideline)
    assert "care" in walk(guideline, facts).due, "the walk takes it that no week has gone by"
    assert holding(placements(guideline, facts)) == ()


def test_all_ratings_are_those_of_the_article(guideline, article):
    lines = re.findall(r"^- .*rated (\d), ([a-z ]+), RRL (\d)\.", article, re.MULTILINE)
    assert len(lines) == len(guideline.ratings) == 48
    for place, (score, category, level) in enumerate(lines):
        rating = guideline.ratings[f"r{place // 8 + 1}-{METHODS[place % 8]}"]
        assert (rating.situation, rating.modality) == (f"variant-{place // 8 + 1}", METHODS[place % 8])
        assert (str(rating.score), rating.category, str(ratings.radiation(guideline, rating))) == (score, category, level)
        statement = guideline.statements[rating.statement]
        assert (statement.place.section, statement.place.ordinal) == (f"variant {place // 8 + 1}", place % 8 + 1)


def test_the_audit_finds_neither_drift_nor_a_sentence_of_the_article(article):
    loaded = load(str(FOLDER))
    found = audit(Audited(loaded.guideline, loaded, read_article_text(article, "lbp-imaging.txt", "text")))
    assert {one.rule for one in found} & {"P405", "P406", "S321", "S322", "S303", "M101"} == set(), "\n".join(map(str, found))


def test_no_rating_parts_from_its_words_or_from_another_and_the_table_is_full(guideline):
    assert ratings.conflicts(guideline) == ()
    assert not any(map(ratings.parts, guideline.ratings.values()))
    found = ratings.table(guideline)
    assert (found.methods, len(found.situations), len(found.cells)) == (METHODS, 6, 48)


def test_what_only_a_situation_asks_is_not_called_idle(guideline):
    assert [row.observables for row in gaps_of(guideline).rows if row.kind == "never-asked"] == []
