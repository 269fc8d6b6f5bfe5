"""What is wrong with a draft, and what is left to do: told in clinicians' words, by the parts that it is about."""

from __future__ import annotations

from edgewise.explorer.pages.build.desk import Desk
from edgewise.explorer.pages.build.forms.naming import named
from edgewise.explorer.pages.build.tasks import Task, tasks
from edgewise.explorer.shell import drafted
from edgewise.graph.drafting.drafts import Drafts
from edgewise.graph.drafting.entries import entries
from edgewise.graph.gaps.memory import gaps_of
from edgewise.ontology.errors import SourceError

HEAD = "id: g\ndraft: true\ntitle: Throats\n"
TWO_STEPS = """\
steps:
- {id: sore, type: Presentation, label: Sore throat}
- {id: swab, type: Investigation, label: Swab, yields: [germ]}
- {id: rest, type: Treatment, label: Rest, summary: One rests.}
observables:
- {id: germ, label: Germ, question: Is there a germ?, valueType: yes-no}
transitions:
- {id: a, from: sore, to: swab, label: all}
- {id: b, from: swab, to: rest, label: germ, statedBy: source, when: {observable: germ, is: yes}}
"""


def laid_out(tmp_path, text: str, cases: str = "") -> Desk:
    draft = Drafts(tmp_path / "drafts.sqlite").create(text, cases=cases)
    try:
        loaded, faults = drafted.made_of(text), ()
        gaps_of(loaded.guideline)
    except SourceError as error:
        loaded, faults = None, error.findings
    return Desk("draft.x", draft, entries(text), loaded, faults, "")


def told(tmp_path, text: str, cases: str = "") -> list[Task]:
    return list(tasks(laid_out(tmp_path, text, cases)))


def test_what_several_parts_lack_is_one_entry_that_leads_to_each(tmp_path):
    assert Task("to do", "2 steps have no summary yet", ("sore", "swab"), "summary") in told(tmp_path, HEAD + TWO_STEPS)


def test_what_the_head_lacks_is_named_in_words(tmp_path):
    head, parts = [one for one in told(tmp_path, HEAD) if one.text.startswith("The guideline has no")]
    assert "publisher" in head.text
    assert "title" not in head.text + parts.text
    assert parts == Task("to do", "The guideline has no step, edge, lane or statement yet", ("",), "steps")


def test_what_the_audit_finds_is_told_by_the_names_of_the_parts(tmp_path):
    text = (HEAD + TWO_STEPS).replace("id: swab,", "id: throat-swab,").replace(": swab,", ": throat-swab,")
    texts = [one.text for one in told(tmp_path, text)]
    assert "The edge from “Swab” to rest is said to be the source's, but no statement stands behind it" in texts
    assert not any("throat-swab" in one for one in texts)


def test_an_edge_without_a_passage_is_to_do_and_no_fault(tmp_path):
    uncited = [one for one in told(tmp_path, HEAD + TWO_STEPS) if "b" in one.parts]
    assert "to do" in {one.group for one in uncited}
    assert "wrong" not in {one.group for one in uncited}


def test_what_the_source_leaves_open_is_neither_wrong_nor_to_do(tmp_path):
    open_ = [one for one in told(tmp_path, HEAD + TWO_STEPS) if one.group == "left open"]
    assert [one.parts for one in open_ if "no next step" in one.text.lower() or "swab" in one.text.lower()]


def test_what_cannot_be_used_is_wrong_with_its_repair(tmp_path):
    (wrong,) = told(tmp_path, HEAD + "steps:\n- {id: sore, label: Sore throat}\n")
    assert (wrong.group, wrong.parts) == ("wrong", ("sore",))
    assert "type" in wrong.text


def test_a_case_that_expects_something_else_is_wrong(tmp_path):
    cases = "guideline: g\ncases:\n- {id: c, title: A, vignette: B, stages: [{id: s, facts: {germ: yes}, expect: [swab]}]}\n"
    assert [one for one in told(tmp_path, HEAD + TWO_STEPS, cases) if one.group == "wrong" and "case" in one.text]


def test_parts_bear_the_names_that_people_gave_them(tmp_path):
    found = laid_out(tmp_path, HEAD + TWO_STEPS)
    assert [named(found, part) for part in ("swab", "b", "")] == ["Swab", "Swab → Rest", "The guideline"]


def test_what_the_audit_finds_is_worked_out_once_for_each_state(tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr("edgewise.explorer.pages.build.tasks.audit", lambda subject: asked.append(subject.guideline.id) or ())
    text = HEAD.replace("id: g", "id: once") + TWO_STEPS
    for _ in range(3):
        told(tmp_path, text)
    assert asked == ["once"]
