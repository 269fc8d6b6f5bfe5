"""What a ledger says about a citation: unsigned, signed, stale or withdrawn, and by itself."""

from __future__ import annotations

import tempfile
from dataclasses import fields, replace
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edgewise.citations.ledger.entries import VERDICTS, Content, LedgerError, chain
from edgewise.citations.ledger.fingerprints import Seen, digest, find_link, seen
from edgewise.citations.ledger.signoffs import judge, orphans, progress, sign, standings, withdraw
from edgewise.citations.ledger.store import open_ledger
from edgewise.graph.model import Addition, CertaintyFor, Identifier, Reference

CITATION = "a/citations/1"


@pytest.fixture
def ledger(tmp_path):
    return open_ledger(tmp_path / "signed.db", create=True)


def state(ledger, guideline, citation=CITATION):
    return standings(guideline, ledger.entries(guideline.iri))[citation]


def test_a_citation_nobody_signed_is_unsigned(ledger, make):
    assert {one.state for one in standings(make(), ledger.entries()).values()} == {"unsigned"}


def test_a_signed_citation_bears_its_verdict_and_leaves_the_others_unsigned(ledger, make):
    sign(ledger, make(), CITATION, "not-supported", "Ann Lee")
    assert state(ledger, make()).verdict == "not-supported"
    assert progress(standings(make(), ledger.entries())) == {"signed": 1, "stale": 0, "withdrawn": 0, "unsigned": 2}


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"text": "Rest a lot."}, "statement"),
        ({"printed": "[1]"}, "citation"),
        ({"title": "On resting"}, "reference"),
        ({"sentence": "1"}, "sentence"),
    ],
)
def test_a_verdict_expires_by_itself_and_says_what_changed(ledger, make, change, named):
    sign(ledger, make(), CITATION, "supported", "Ann Lee")
    found = state(ledger, make(**change))
    assert (found.state, found.changed, found.verdict) == ("stale", (named,), "")
    assert state(ledger, make()).state == "signed", "what was seen is there again"


def test_all_that_changed_is_named(ledger, make):
    sign(ledger, make(), CITATION, "supported", "Ann Lee")
    assert state(ledger, make("x", "x", "x", "1")).changed == Seen._fields


def test_signing_a_stale_citation_again_makes_it_signed(ledger, make):
    sign(ledger, make(), CITATION, "supported", "Ann Lee")
    sign(ledger, make(title="New"), CITATION, "partly", "Ann Lee")
    found = state(ledger, make(title="New"))
    assert (found.verdict, found.outdated) == ("partly", ())
    assert state(ledger, make()).state == "stale", "an editor's newer word supersedes the older one for good"


def test_the_latest_verdict_counts_and_a_dispute_is_visible(ledger, make):
    sign(ledger, make(), CITATION, "supported", "Ann Lee")
    sign(ledger, make(), CITATION, "not-supported", "Bo Ek")
    found = state(ledger, make())
    assert (found.verdict, found.disputed, len(found.fitting)) == ("not-supported", True, 2)
    withdraw(ledger, make(), CITATION, "Bo Ek")
    found = state(ledger, make())
    assert (found.verdict, found.disputed) == ("supported", False)


def test_a_withdrawn_verdict_does_not_bring_the_same_editors_older_one_back(ledger, make):
    sign(ledger, make(), CITATION, "supported", "Ann Lee")
    sign(ledger, make(), CITATION, "partly", "Ann Lee")
    withdraw(ledger, make(), CITATION, "Ann Lee")
    assert state(ledger, make()).state == "withdrawn"
    sign(ledger, make(), CITATION, "partly", "Ann Lee")
    assert state(ledger, make()).verdict == "partly"


def test_a_citation_that_moved_to_another_place_does_not_inherit_the_verdict(ledger, make):
    """Citation ids come from their place, so one that is put before another takes its id."""
    old = make()
    sign(ledger, old, CITATION, "supported", "Ann Lee")
    first, second = old.statements["a"].citations
    swapped = replace(old.statements["a"], citations=(replace(second, id=first.id), replace(first, id=second.id)))
    new = replace(old, statements={**old.statements, "a": swapped})
    assert state(ledger, new).changed == ("citation", "reference")


def test_a_sign_off_of_a_citation_that_is_gone_is_an_orphan_and_can_be_withdrawn(ledger, make):
    old = make()
    entry = sign(ledger, old, CITATION, "supported", "Ann Lee")
    new = replace(old, statements={"b": old.statements["b"]})
    assert orphans(old, ledger.entries()) == ()
    assert orphans(new, ledger.entries()) == (entry,)
    withdraw(ledger, new, CITATION, "Ann Lee")
    assert orphans(new, ledger.entries()) == ()


def test_an_imported_older_verdict_does_not_outdo_a_newer_one(make):
    """Latest is by time: what another ledger brings comes later in the chain and is no newer for that."""
    now = seen(find_link(make(), CITATION))
    said = {"kind": "sign-off", "guideline": "urn:edgewise:g", "citation": f"urn:edgewise:g/{CITATION}", "seen": now}
    new = chain(Content(**said, name="Ann Lee", verdict="partly", time="2026-02-01T00:00:00.000Z"), 1, "")
    old = chain(Content(**said, name="Bo Ek", verdict="supported", time="2026-01-01T00:00:00.000Z"), 2, new.digest)
    assert judge([new, old], now).verdict == "partly"


@pytest.mark.parametrize("name", [field.name for field in fields(Reference)])
def test_every_field_of_the_reference_is_part_of_what_was_seen(make, name):
    changed = {
        "position": 9, "year": 1999, "own_publisher": True, "identifiers": (Identifier("doi", "10.1/x", "editor", False),),
        "additions": (Addition("volume", "1", "editor", False),),
    }.get(name, "changed")  # fmt: skip
    link = find_link(make(), CITATION)
    assert seen(link).changes(seen(link._replace(reference=replace(link.reference, **{name: changed})))) == ("reference",)


def test_the_intention_and_the_kind_are_part_of_what_was_seen(make):
    link = find_link(make(), CITATION)
    assert seen(link).changes(seen(link._replace(citation=replace(link.citation, intention="disputes")))) == ("citation",)
    assert seen(link).changes(seen(link._replace(statement=replace(link.statement, kind="pitfall")))) == ("statement",)


@pytest.mark.parametrize(
    "grades",
    [
        {"strength": "strong"},
        {"certainty": "low"},
        {"direction": "against"},
        {"certainty_for": (CertaintyFor("c", "low", population="all"),)},
    ],
)
def test_a_grade_is_part_of_what_was_seen(make, grades):
    link = find_link(make(), CITATION)
    assert seen(link).changes(seen(link._replace(statement=replace(link.statement, **grades)))) == ("statement",)


def test_a_claim_that_nobody_grades_keeps_the_fingerprint_that_it_had_before_there_were_grades(make):
    link = find_link(make(), CITATION)
    assert seen(link).statement == digest({"kind": link.statement.kind, "text": link.statement.text})


# The law, for any history ------------------------------------------------------------------------------------------------------

NAMES = ("Ann Lee", "Bo Ek", "李 雷")
PARTS = {"text": ("Rest.", "Run."), "printed": ("1", "2"), "title": ("On rest", "On running"), "sentence": ("0", "1")}
SIGN = st.tuples(st.just("sign"), st.sampled_from(NAMES), st.sampled_from(VERDICTS))
WITHDRAW = st.tuples(st.just("withdraw"), st.sampled_from(NAMES), st.sampled_from(NAMES))
CHANGE = st.tuples(st.just("change"), st.sampled_from(sorted(PARTS)), st.sampled_from((0, 1)))


class Law:
    """The state law once more, by its words and without entries: what each editor last said, and of which version."""

    def __init__(self):
        self.versions = dict.fromkeys(PARTS, 0)
        self.words, self.ever, self.clock = {}, False, count()

    def sign(self, name, verdict):
        self.words[name] = (next(self.clock), verdict, dict(self.versions))
        self.ever = True

    def expected(self):
        latest = sorted(self.words.values(), key=lambda word: -word[0])
        fitting = [word for word in latest if word[2] == self.versions]
        if fitting:
            return "signed", fitting[0][1], ()
        if latest:
            names = dict(zip(PARTS, Seen._fields, strict=True))
            changed = {names[part] for part in PARTS if latest[0][2][part] != self.versions[part]}
            return "stale", "", tuple(part for part in Seen._fields if part in changed)
        return ("withdrawn" if self.ever else "unsigned"), "", ()


@settings(max_examples=40, deadline=None)
@given(st.lists(SIGN | WITHDRAW | CHANGE, max_size=14))
def test_any_history_of_signing_withdrawing_and_changing_keeps_the_law(make, history):
    law, guideline = Law(), make()
    with tempfile.TemporaryDirectory() as folder:
        ledger = open_ledger(f"{folder}/signed.db", create=True)
        written = 0
        for act, one, two in history:
            if act == "sign":
                sign(ledger, guideline, CITATION, two, one)
                law.sign(one, two)
                written += 1
            elif act == "change":
                law.versions[one] = two
                guideline = make(**{part: values[law.versions[part]] for part, values in PARTS.items()})
            elif two in law.words:
                withdraw(ledger, guideline, CITATION, one, editor=two)
                del law.words[two]
                written += 1
            else:
                with pytest.raises(LedgerError, match="no verdict of"):
                    withdraw(ledger, guideline, CITATION, one, editor=two)
            found = state(ledger, guideline)
            assert (found.state, found.verdict, found.changed) == law.expected()
        assert ledger.verify() == ()
        assert len(ledger) == written, "every act is one entry, and nothing else is"
