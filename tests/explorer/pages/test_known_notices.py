"""Works that are known to be retracted or in doubt, wherever a page shows what rests on them, as soon as a list is kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from edgewise.citations.lookup.retraction_list import take_in
from edgewise.citations.notices import Known, Noticed
from edgewise.explorer.cards.notices import behind, on_card
from edgewise.explorer.drawing.canvas import view_data
from edgewise.explorer.drawing.folding import fold, folds
from edgewise.explorer.drawing.picture import marks, picture
from edgewise.explorer.drawing.scene import Mark
from edgewise.explorer.pages.teach.presenting import mode
from edgewise.explorer.shell.known_notices import known_of, marks_of
from edgewise.explorer.shell.user_files import answers_folder
from edgewise.graph.library import load
from tests.citations.lookup.retraction_lists import row, written
from tests.explorer.drawn_pages import address, bodies, drawn, opened, text, words

PE = "pulmonary-embolism"
GONE, DOUBTED = "10.1093/eurheartj/ehz405", "10.1001/jama.2014.2135"
EDGE, BOTH = "ctpa-to-anticoagulation", "d-dimer-to-ctpa"


@pytest.fixture
def keep(tmp_path, monkeypatch) -> Callable[..., None]:
    monkeypatch.setenv("EDGEWISE_CACHE", str(tmp_path / "answers"))

    def keep(*rows: dict[str, str]) -> None:
        take_in(written(tmp_path / "list.csv", rows), answers_folder(), date(2026, 5, 4))

    return keep


def test_the_panel_of_an_edge_tells_kind_date_and_reason_and_what_is_left_to_it(keep):
    assert "retracted" not in words(opened(g=PE, sel=EDGE))
    keep(row(doi=GONE), row(doi=DOUBTED, nature="Expression of concern", day="1/5/2018 0:00"))
    told = words(opened(g=PE, sel=EDGE))
    assert "All it cites was retracted" in told
    assert "retracted 2019-04-01" in told
    assert "RETRACTED: Retraction, 10.5555/notice, 2019-04-01, reason: Error in Data, there under the title" in told
    assert "(Retraction Watch, list up to 2019-04-01)" in told
    assert "Nothing else that it cites is left" in told
    told = words(opened(g=PE, sel=BOTH))
    assert "under an expression of concern 2018-01-05" in told
    assert "What is left to it: [2], [4], [6], [7]. Judged by that alone: ● supported." in told


def test_the_list_of_steps_and_edges_tells_it_beside_each(keep):
    keep(row(doi=GONE), row(doi=DOUBTED, nature="Expression of concern", day="1/5/2018 0:00"))
    at = opened(g=PE, find="*")
    assert "*☒ all it cites was retracted: \\[1\\] (2019-04-01)*" in at.button(key=f"row:{EDGE}").label
    assert "⊠ cites a retracted work too: \\[1\\] (2019-04-01), \\[6\\] (in doubt 2018-01-05)" in at.button(key=f"row:{BOTH}").label
    assert "⚑ cites a work in doubt" in at.button(key="row:d-dimer-to-excluded").label


def test_a_new_list_takes_the_place_of_the_old_one_on_every_page_at_once(keep):
    guideline = load(PE).guideline
    keep(row(doi=GONE))
    assert known_of(guideline).fallen == ("reference-1",)
    assert marks_of(guideline)[EDGE].weight == "fallen"
    keep(row(doi=GONE), row(doi=GONE, nature="Reinstatement", day="1/5/2020 0:00"))
    assert known_of(guideline).fallen == ()
    assert marks_of(guideline) == {}
    assert "reinstated 2020-01-05" in words(opened(g=PE, page="evidence"))


def test_on_the_evidence_page_all_that_was_retracted_is_taken_away_at_once(keep):
    keep(row(doi=GONE), row(doi="10.1001/jama.295.2.172"))
    at = opened(g=PE, page="evidence")
    assert "☒ retracted 2019-04-01" in words(at)
    at.button(key="take-retracted").click()
    at = drawn(at)
    assert address(at, "ref") == "reference-1 reference-4"
    assert not [one for one in at.button if one.key == "take-retracted"], "all of it is gone"


def test_without_anything_known_no_page_says_a_word_of_it(keep):
    at = opened(g=PE, page="evidence")
    assert not [one for one in at.button if one.key == "take-retracted"]
    assert "retracted" not in words(at)


def test_the_canvas_is_told_what_is_marked_and_how_gravely():
    guideline = load(PE).guideline
    found = marks(guideline, Known({"reference-1": Noticed("reference-1", "retracted"), "reference-6": Noticed("reference-6", "concern")}))
    told = {one["weight"]: one for one in view_data(None, None, (), None, notices=found)["notices"]}
    assert list(told) == ["fallen", "losing", "doubted"], "the gravest first, as in the legend"
    assert EDGE in told["fallen"]["told"]
    assert BOTH in told["losing"]["told"]
    assert told["doubted"]["label"] == "cites a work in doubt"
    assert view_data(None, None, (), None)["notices"] == []


def test_a_folded_lane_bears_the_gravest_of_its_marks_and_says_how_many_there_are():
    scene = picture(load(PE).guideline)
    assert not folds(scene)
    folding = fold(scene, frozenset(node.lane for node in scene.nodes if node.id in ("ctpa", "scintigraphy")))
    found = folding.marks({"ctpa": Mark("doubted", "⚑ x"), "scintigraphy": Mark("fallen", "☒ y"), "suspicion": Mark("losing", "⊠ z")})
    box = folding.drawn("ctpa")
    assert box != "ctpa"
    assert found[box] == Mark("fallen", "1 × ☒ all it cites was retracted, 1 × ⚑ cites a work in doubt")
    assert found["suspicion"] == Mark("losing", "⊠ z")


def test_what_a_list_says_is_shown_and_never_read_as_markup(keep):
    evil = "<img src=x onerror=alert(1)> ![x](http://127.0.0.1:9/x) :red[x] *x*"
    keep(row(doi=GONE, reason=evil, title=evil, nature="Retraction"))
    markup = bodies(opened(g=PE, sel=EDGE))
    assert "<img" not in markup
    assert "<img src=x onerror=alert(1)>" in text(markup)
    guideline = load(PE).guideline
    assert "<img" not in "".join(behind(guideline, EDGE, known_of(guideline)))
    assert on_card(None) == []


def test_what_is_presented_bears_the_same_marks(monkeypatch):
    sent = []
    monkeypatch.setattr(mode, "canvas", lambda *_, notices, **__: sent.append(dict(notices)))
    monkeypatch.setattr(mode, "marks_of", lambda guideline: {"ctpa": Mark("fallen", f"☒ {guideline.id}")})
    opened(g=PE, page="teach", mode="present")
    assert sent[-1] == {"ctpa": Mark("fallen", f"☒ {PE}")}
