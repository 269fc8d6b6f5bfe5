"""What is cited and signed otherwise in two versions of a guideline."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from edgewise.citations.comparing import cited
from edgewise.citations.evidence.support import evidence
from edgewise.citations.ledger.signoffs import sign
from edgewise.citations.ledger.store import open_ledger
from edgewise.citations.lookup.works import Notice, RegistryAnswer, Resolution, Work
from edgewise.graph.comparing.comparison import compare
from edgewise.graph.library import load
from edgewise.graph.model import Guideline

SI = load("sacroiliac-sclerosis").guideline
SAID = replace(SI, statements={**SI.statements, "s1": replace(SI.statements["s1"], text="Said in other words.")})


def test_an_edge_that_loses_all_its_citations_loses_its_evidence():
    edge = next(id for id in SI.transitions if evidence(SI, id).state in ("supported", "weak"))
    behind = {one.statement.id for one in evidence(SI, edge).supports}
    bare = {id: replace(one, citations=()) if id in behind else one for id, one in SI.statements.items()}
    found = cited(compare(SI, replace(SI, statements=bare)))
    told = {one.a: one.after for one in found.of_kind("state")}
    assert told[edge].startswith("uncited")
    assert found.same_care


def test_without_a_ledger_it_is_told_which_sign_offs_would_no_longer_fit():
    found = cited(compare(SI, SAID)).of_kind("sign-off")
    assert {one.a.split("/")[0] for one in found} == {"s1"}
    assert {one.after for one in found} == {"statement changed"}


def test_with_a_ledger_only_what_was_signed_goes_stale(tmp_path: Path):
    ledger = open_ledger(tmp_path / "signed.sqlite", create=True)
    sign(ledger, SI, "s1/citations/1", "supported", "Ann Lee")
    entries = ledger.entries(SI.iri)
    (one,) = cited(compare(SI, SAID), entries).of_kind("sign-off")
    assert (one.a, one.before, one.after) == ("s1/citations/1", "signed", "statement changed")
    sign(ledger, SAID, "s1/citations/1", "supported", "Bo Berg")
    assert not cited(compare(SI, SAID), ledger.entries(SI.iri)).of_kind("sign-off")


def test_the_sign_offs_of_another_guideline_are_its_own():
    other = replace(SAID, iri="urn:other", id="other")
    assert not cited(compare(SI, other)).of_kind("sign-off")


def test_what_registries_say_was_retracted_is_told_of_an_entry_that_is_new():
    id, reference = next(iter(SI.references.items()))
    less = replace(SI, references={one: held for one, held in SI.references.items() if one != id})
    less = replace(less, markers={one: replace(held, entry="" if held.entry == id else held.entry) for one, held in SI.markers.items()})
    work = Work("crossref", reference.title, notices=(Notice("retraction", "Retraction"),))
    answer = Resolution(id, (RegistryAnswer("crossref", "found", work=work),))
    found = cited(compare(less, SI), answers=({}, {id: answer})).of_kind("reference")
    assert "retracted, as registries say" in {one.after for one in found if one.b == id}
    both = cited(compare(SI, SI), answers=({id: answer}, {id: answer}))
    assert not both.of_kind("reference")
    assert both.notes == (f"both cite what was retracted, as registries say: {reference.title} [{id}]",)
    assert not cited(compare(SI, SI)).notes


def titled(title: str) -> Guideline:
    """The shipped guideline whose first entry bears another title."""
    id, reference = next(iter(SI.references.items()))
    return replace(SI, references={**SI.references, id: replace(reference, title=title)})


def test_an_entry_whose_own_title_says_that_its_work_was_retracted_is_told():
    fallen = titled(f"Retracted: {next(iter(SI.references.values())).title}")
    found = cited(compare(SI, fallen)).of_kind("reference")
    assert ("stands", "retracted, as its entry says") in {(one.before, one.after) for one in found}
    assert [note.partition(":")[0] for note in cited(compare(fallen, fallen)).notes] == ["both cite what was retracted, as its entry says"]


def test_a_title_that_speaks_of_retractors_or_of_retractions_was_not_retracted():
    for title in ("Retractor placement in hip surgery", "Retracted papers and who cites them"):
        assert "stands" not in {one.before for one in cited(compare(SI, titled(title))).of_kind("reference")}
