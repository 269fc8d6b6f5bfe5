"""Two guidelines compared: the difference told in patients first, then everything else, and what could not be compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from edgewise.graph.answers.diagram import BUDGET
from edgewise.graph.cases.model import Case
from edgewise.graph.comparing.alignment import Alignment, align
from edgewise.graph.comparing.alternatives import Order
from edgewise.graph.comparing.cases import case_changes
from edgewise.graph.comparing.changes import TITLES, Change, ChangeKind, Weight
from edgewise.graph.comparing.contents import content_changes, wording_changes
from edgewise.graph.comparing.details import detail_changes, untold_changes
from edgewise.graph.comparing.groups import Choice, Group
from edgewise.graph.comparing.matching import Matching, match
from edgewise.graph.comparing.pathways import pathway_changes
from edgewise.graph.comparing.patients import patients
from edgewise.graph.model import Guideline
from edgewise.graph.walking.facts import plain

_KINDS = list(TITLES)


@dataclass(frozen=True)
class Comparison:
    """What is otherwise between two guidelines. Words are plain text, made here; ids are those of the guideline they belong to.

    Attributes:
        alignment: the two guidelines, and the second in the words of the first.
        matching: what is the same in both, what is in one alone, and what may be the same.
        groups: the patients who now go elsewhere, in the order of the pathway.
        changes: everything else, by kind.
        unchecked: what could not be compared, a line each.
        notes: what else is to be said, a line each.
        preferences: the patients who are told otherwise which of several steps to choose, as groups with a `choice`.
    """

    alignment: Alignment = field(repr=False, compare=False)
    matching: Matching
    groups: tuple[Group, ...]
    changes: tuple[Change, ...]
    unchecked: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    preferences: tuple[Group, ...] = ()

    @property
    def a(self) -> Guideline:
        """The first guideline."""
        return self.alignment.a

    @property
    def b(self) -> Guideline:
        """The second guideline."""
        return self.alignment.b

    @property
    def patients(self) -> tuple[tuple[str, tuple[Group, ...]], ...]:
        """The groups of patients under what they have in common, as far as there are any."""
        held = (("Patients who now go elsewhere", self.groups), ("Patients who are told otherwise which step to choose", self.preferences))
        return tuple((title, groups) for title, groups in held if groups)

    @property
    def care_differs(self) -> bool:
        """Whether anybody is cared for otherwise, as far as could be compared."""
        return bool(self.groups or self.preferences) or any(one.weight == "care" for one in self.changes)

    @property
    def same_care(self) -> bool:
        """Whether it is sure that nobody is cared for otherwise."""
        return not self.care_differs and not self.unchecked

    def of_weight(self, *weights: Weight) -> tuple[Change, ...]:
        """The changes of some weights."""
        return tuple(one for one in self.changes if one.weight in weights)

    def of_kind(self, *kinds: ChangeKind) -> tuple[Change, ...]:
        """The changes of some kinds."""
        return tuple(one for one in self.changes if one.kind in kinds)

    def with_changes(self, more: Iterable[Change]) -> Comparison:
        """The same with changes that only others can find: what is cited, what is signed."""
        return replace(self, changes=_in_order((*self.changes, *more)))

    @property
    def headline(self) -> str:
        """The answer in one sentence."""
        if self.care_differs:
            told = filter(None, (self._groups_told(), self._preferences_told(), self._care_told()))
            return f"Care differs: {'; '.join(told)}."
        if self.unchecked:
            return "No difference in care was found in what could be compared."
        if not self.changes:
            return "The two are the same." if self.a == self.b else "Care is the same for all patients."
        if {one.weight for one in self.changes} == {"wording"}:
            return "Care is the same for all patients: only words, order or ids differ."
        return "Care is the same for all patients."

    def _groups_told(self) -> str:
        many = len(self.groups)
        return f"{many} group{'s' if many > 1 else ''} of patients now go{'' if many > 1 else 'es'} elsewhere" if many else ""

    def _preferences_told(self) -> str:
        many = len(self.preferences)
        told = f"{many} group{'s' if many > 1 else ''} of patients {'are' if many > 1 else 'is'} told otherwise which step to choose"
        return told if many else ""

    def _care_told(self) -> str:
        kinds = Counter(TITLES[one.kind].lower() for one in self.of_weight("care"))
        return "otherwise are " + ", ".join(f"{kind} ({many})" for kind, many in kinds.items()) if kinds else ""

    def as_json(self) -> dict[str, Any]:
        """All of it as JSON can hold it."""
        return {
            "a": _about(self.a),
            "b": _about(self.b),
            "headline": self.headline,
            "careDiffers": self.care_differs,
            "sameCare": self.same_care,
            "groups": [_group(one) for one in self.groups],
            "preferences": [_group(one) | {"choice": _choice(one.choice)} for one in self.preferences if one.choice],
            "changes": [
                {name: getattr(one, name) for name in ("weight", "kind", "where", "a", "b", "before", "after")} for one in self.changes
            ],
            "unchecked": list(self.unchecked),
            "notes": list(self.notes),
            "matches": [
                {"kind": one.kind, "a": one.a, "b": one.b, "how": one.how, "answers": [list(pair) for pair in one.answers]}
                for one in self.matching.matches
            ],
            "doubts": [{"kind": one.kind, "a": one.a, "candidates": list(one.candidates)} for one in self.matching.doubts],
        }


def compare(
    a: Guideline, b: Guideline, matching: Matching | None = None, *, cases: Iterable[Case] = (), budget: int = BUDGET
) -> Comparison:
    """Compare two guidelines, or two versions of one.

    Args:
        a: the first, or older; one that `graph.check` finds no errors in, as the second.
        b: the second, or newer.
        matching: what is the same in both, if it is known better than by ids and names; `matching.match` makes one.
        cases: of the first; those whose expectation breaks in the second are told.
        budget: how many pieces all decision diagrams together may have.

    Returns:
        What is otherwise. What cannot be compared is told in `unchecked`; `TooLarge` is never raised. What is cited and signed is not
        looked at here but in `edgewise.citations.comparing`.

    >>> from edgewise.graph.library import load
    >>> guideline = load("sacroiliac-sclerosis").guideline
    >>> compare(guideline, guideline).headline
    'The two are the same.'
    >>> from dataclasses import replace
    >>> always = replace(guideline.transitions["cooled-rfa-to-si-joint-fusion"], when=None)
    >>> other = replace(guideline, transitions={**guideline.transitions, always.id: always})
    >>> compare(guideline, other).groups[0].new
    'on to “SI joint fusion, last resort”'
    """
    matching = match(a, b) if matching is None else matching
    alignment = align(a, b, matching)
    found = patients(alignment, budget)
    changes = (
        *pathway_changes(alignment, matching),
        *content_changes(alignment, matching),
        *wording_changes(alignment, matching),
        *detail_changes(alignment, matching),
        *case_changes(alignment, cases),
    )
    changes = (*changes, *untold_changes(alignment, matching, changes))
    return Comparison(
        alignment,
        matching,
        found.groups,
        _in_order(changes),
        (*alignment.apart, *found.unchecked),
        (*alignment.notes, *found.notes),
        found.preferences,
    )


def _in_order(changes: Iterable[Change]) -> tuple[Change, ...]:
    """By kind; within one as they were found."""
    return tuple(sorted(changes, key=lambda one: _KINDS.index(one.kind)))


def _about(guideline: Guideline) -> dict[str, str]:
    return {"id": guideline.id, "title": guideline.title, "updated": guideline.updated, "reviewStatus": guideline.review_status}


def _group(one: Group) -> dict[str, Any]:
    return {
        "step": one.step or None,
        "situation": one.situation,
        "old": one.old,
        "new": one.new,
        "text": one.text,
        "chosen": one.chosen,
        "shown": one.shown,
        "example": {"a": plain(one.example_a), "b": plain(one.example_b)},
        "walks": {"a": _walk(one.old_walk), "b": _walk(one.new_walk)},
        "edges": {"a": list(one.edges_a), "b": list(one.edges_b)},
        "statements": {"a": list(one.statements_a), "b": list(one.statements_b)},
        "remarks": {"a": one.remark_a, "b": one.remark_b},
        "criteria": [
            {
                "observable": each.observable, "label": each.label, "before": each.before, "after": each.after,
                "signs": {"a": each.signs_before, "b": each.signs_after},
            }
            for each in one.moved
        ],
        "turns": [{"what": turn.trait.what, "step": turn.trait.step, "a": turn.old, "b": turn.new} for turn in one.turns],
    }  # fmt: skip


def _choice(one: Choice) -> dict[str, Any]:
    return {"label": one.label, "a": one.a or None, "b": one.b or None, "order": {"a": _order(one.old), "b": _order(one.new)}}


def _order(one: Order) -> dict[str, Any]:
    return {"tiers": [sorted(tier) for tier in one.tiers], "stated": one.stated, "beside": sorted(one.beside)}


def _walk(one: Any) -> dict[str, Any]:
    return {
        "stands": one.stands,
        "due": list(one.due),
        "silentAt": list(one.silent_at),
        "offered": list(one.offered),
        "path": list(one.path),
        "text": one.text,
    }
