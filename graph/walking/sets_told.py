"""Bundles and alternatives of a walk in words, the same wherever they are told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from edgewise.graph.attribution import READING
from edgewise.graph.model import Alternative, Bundle, Candidate, Guideline
from edgewise.graph.walking.criteria import words
from edgewise.graph.walking.sets import Choosing, Gathered
from edgewise.graph.walking.walk import Walk


def listed(names: Iterable[str], last: str = "and") -> str:
    """Several names in a sentence.

    >>> listed(["A", "B", "C"]), listed(["A", "B"], "or"), listed(["A"])
    ('A, B and C', 'A or B', 'A')
    """
    each = list(names)
    return f" {last} ".join(filter(None, [", ".join(each[:-1]), *each[-1:]]))


def named(guideline: Guideline, steps: Iterable[str], last: str = "and") -> str:
    """Steps by their names in a sentence."""
    return listed((guideline.steps[id].name for id in steps), last)


def own_label(group: Bundle | Alternative) -> str:
    """What a bundle or an alternative is called, and whose word it is where it is not the source's.

    >>> own_label(Bundle("b", "Hour one", ("x", "y")))
    "Hour one (modeller's reading)"
    """
    return group.label if group.stated_by == "source" else f"{group.label} ({READING})"


def begun_together(guideline: Guideline, one: Gathered) -> str:
    """What of a bundle is to be begun at once, and how many of its steps these facts lead to; empty where fewer than two are due."""
    if len(one.due) < 2:
        return ""
    share = "" if not one.others else f" ({len(one.come_to)} of {len(one.bundle.together)})"
    return f"Begin together: {named(guideline, one.due)} – {own_label(one.bundle)}{share}"


def one_of(guideline: Guideline, one: Choosing) -> str:
    """What of an alternative is still to be chosen; empty where there is nothing to choose."""
    return f"One of: {named(guideline, one.due, 'or')} – {own_label(one.alternative)}" if len(one.due) > 1 else ""


def groups_told(guideline: Guideline, walked: Walk) -> tuple[str, ...]:
    """What of the steps now due is begun together, of which one is to be chosen and why, and what stands aside, a sentence each."""
    together = [told for one in walked.bundles if (told := begun_together(guideline, one))]
    chosen = [told for one in walked.alternatives if (told := choice_told(guideline, one))]
    aside = [f"{guideline.steps[id].name}: {one.told(guideline, id)}" for one in walked.alternatives for id in one.aside]
    return (*together, *chosen, *aside)


def choice_told(guideline: Guideline, one: Choosing) -> str:
    """What is to be chosen, and what is said of each candidate; empty where there is nothing to choose."""
    said = one_of(guideline, one)
    if not said or not one.alternative.preference:
        return f"{said}; no preference stated by the source" if said else ""
    first = [id for id in one.due if id in one.preferred] or one.due[:1]
    return f"{said}; " + "; ".join(f"{guideline.steps[id].name}: {one.told(guideline, id)}" for id in first)


def beside_it(guideline: Guideline, walked: Walk, step: str) -> str:
    """What is due together with a step, which others would do, or what was chosen instead, as a clause; empty where nothing is."""
    return "; ".join(_beside(guideline, walked, step))


def _beside(guideline: Guideline, walked: Walk, step: str) -> Iterator[str]:
    for bundle in walked.bundles:
        if step in bundle.due and len(bundle.due) > 1:
            yield f"together with {named(guideline, (id for id in bundle.due if id != step))}"
    for choice in walked.alternatives:
        if step in choice.aside:
            yield choice.told(guideline, step)
        elif step in choice.due and len(choice.due) > 1:
            others = named(guideline, (id for id in choice.due if id != step), "or")
            yield f"this or {others} ({choice.told(guideline, step)})"


def belongs(guideline: Guideline, step: str) -> tuple[tuple[str, Bundle | Alternative], ...]:
    """To what a step belongs, whoever the patient is: a clause each, with the bundle or the alternative."""
    bundles = ((_in_bundle(guideline, one, step), one) for one in guideline.bundles.values() if step in one.together)
    alternatives = ((_in_alternative(guideline, one, step), one) for one in guideline.alternatives.values() if step in one.steps)
    return (*bundles, *alternatives)


def passages(group: Bundle | Alternative) -> tuple[str, ...]:
    """Ids of the statements and headings by which steps belong together, or one of them is chosen and preferred."""
    own = () if isinstance(group, Bundle) else (id for one in group.choose for id in one.based_on)
    return tuple(dict.fromkeys((*group.based_on, *own)))


def preference(guideline: Guideline, alternative: Alternative, candidate: Candidate) -> str:
    """What is said of the preference for a candidate, whoever the patient is.

    >>> either = Alternative("a", "A or B", (Candidate("a/1", "x", rank=1, based_on=("s1",)), Candidate("a/2", "y", based_on=("s1",))))
    >>> guideline = Guideline("g", "urn:g", "", "", "", "", "", "", "", "")
    >>> [preference(guideline, either, one) for one in either.choose]
    ['preferred', 'after those that are preferred']
    """
    if not alternative.preference:
        return "no preference stated by the source"
    ranks = sorted({one.rank for one in alternative.choose if one.rank})
    place = f"number {ranks.index(candidate.rank) + 1} in the order of preference" if candidate.rank in ranks[1:] else ""
    said = place or ("preferred" if candidate.rank else "" if candidate.when else "after those that are preferred")
    first = f"goes first where {words(candidate.when, guideline.observables)}" if candidate.when else ""
    told = "; ".join(filter(None, [said, first])) + (f" ({candidate.reason})" if candidate.reason else "")
    return told if candidate.stated_by == "source" else f"{told} ({READING})"


def _in_bundle(guideline: Guideline, one: Bundle, step: str) -> str:
    return f"Begun together with {named(guideline, (id for id in one.together if id != step))}: {own_label(one)}"


def _in_alternative(guideline: Guideline, one: Alternative, step: str) -> str:
    others = named(guideline, (id for id in one.steps if id != step), "or")
    candidate = next(each for each in one.choose if each.step == step)
    return f"Alternative to {others}: {own_label(one)}; {preference(guideline, one, candidate)}"
