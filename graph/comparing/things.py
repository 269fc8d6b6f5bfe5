"""What observables, steps, edges and all else are told by when two guidelines are matched."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from edgewise.graph.comparing.criteria import form
from edgewise.graph.criterion import rewritten
from edgewise.graph.model import Comparison, Guideline, Observable, Reference, Statement, Transition


class Thing(NamedTuple):
    """What is to be matched.

    Attributes:
        id: its id.
        names: what it is called.
        fit: what has to be the same for a name to count.
        content: what it says or joins, where that tells it surely.
        whole: all there is to it, where even two of these may be paired.
    """

    id: str
    names: tuple[str, ...]
    fit: object = None
    content: object = None
    whole: object = None


def observables(guideline: Guideline) -> list[Thing]:
    """Questions, without those that go without saying; alike are those answered alike."""
    return [Thing(one.id, (one.label,), _kind(one)) for one in guideline.observables.values() if not one.finishes]


def _kind(one: Observable) -> tuple[str, bool]:
    return ("number" if one.value_type in ("quantity", "count") else one.value_type, one.repeated)


def steps(guideline: Guideline) -> list[Thing]:
    """Steps by their names; alike are those of one kind."""
    return [Thing(one.id, tuple(filter(None, (one.label, one.short_label))), one.kind) for one in guideline.steps.values()]


Tell = Callable[[Comparison], Comparison]
"""Tells a comparison in the words of the first guideline."""


def edges(guideline: Guideline, named: Callable[[str], str], tell: Tell) -> list[Thing]:
    """Edges by what they join and what they ask; `named` and `tell` put steps and comparisons in the words of the first guideline."""

    def thing(one: Transition) -> Thing:
        ends = (named(one.source), named(one.target))
        asks = form(rewritten(one.when, tell)) if one.when is not None else ""
        return Thing(one.id, (one.label,), ends, (*ends, one.role), (*ends, one.role, asks))

    return [thing(one) for one in guideline.transitions.values()]


def statements(guideline: Guideline) -> list[Thing]:
    """Statements and headings by their text."""

    def thing(one: Statement) -> Thing:
        return Thing(one.id, (one.text,), one.kind == "heading", one.text.casefold())

    return [thing(one) for one in (*guideline.headings.values(), *guideline.statements.values())]


def references(guideline: Guideline) -> list[Thing]:
    """References by the work that they are."""
    return [Thing(one.id, (one.title,), None, _work(one)) for one in guideline.references.values()]


def _work(one: Reference) -> object:
    """What tells a work: its DOI or PMID, else its title, year and whoever wrote it."""
    known = {identifier.scheme: identifier.value.casefold() for identifier in one.identifiers}
    for scheme in ("doi", "pmid"):
        if scheme in known:
            return scheme, known[scheme]
    return one.title.casefold(), one.year, one.author.casefold()


def modalities(guideline: Guideline) -> list[Thing]:
    """Methods of imaging by their names."""
    return [Thing(one.id, (one.label,)) for one in guideline.modalities.values()]


def situations(guideline: Guideline) -> list[Thing]:
    """Clinical situations by their names."""
    return [Thing(one.id, (one.label,)) for one in guideline.situations.values()]


def ratings(guideline: Guideline, modality: Callable[[str], str], situation: Callable[[str], str]) -> list[Thing]:
    """Ratings by what is rated where; both are told in the words of the first guideline."""
    held = ((one, (modality(one.modality), situation(one.situation))) for one in guideline.ratings.values())
    return [Thing(one.id, (), rated, rated) for one, rated in held]
