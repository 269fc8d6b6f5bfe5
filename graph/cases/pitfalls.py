"""Who falls into a pitfall: what its cautions warn of, judged by the law on what is known of a patient and on the step that was chosen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from edgewise.graph.law import Law, read
from edgewise.graph.model import AllOf, Caution, Criterion, Guideline
from edgewise.graph.pathway import ROUTES
from edgewise.graph.walking.criteria import Trace
from edgewise.graph.walking.facts import Facts
from edgewise.graph.walking.kleene import Truth
from edgewise.graph.walking.patient import law_for


@dataclass(frozen=True, slots=True)
class Fall:
    """A caution that a chosen step does not heed.

    Attributes:
        pitfall: id of the statement that warns.
        caution: what it warns of.
        missing: what would have to be known to hold and is not, or what holds and is warned of, each as it came out.
        skipped: ids of the steps left out or not finished.
    """

    pitfall: str
    caution: Caution
    missing: tuple[Trace, ...] = ()
    skipped: tuple[str, ...] = ()


def falls(guideline: Guideline, facts: Facts, step: str) -> tuple[Fall, ...]:
    """Every caution of the guideline's pitfalls that whoever takes a step on these facts does not heed.

    Args:
        guideline: with its pitfalls.
        facts: what is known.
        step: id of the step taken; whether it is due does not matter here.

    >>> from edgewise.graph.library import load
    >>> guideline = load("sacroiliac-sclerosis").guideline
    >>> [fall.pitfall for fall in falls(guideline, {"radiographs": "sclerosis"}, "si-joint-fusion")]
    ['s32', 's34', 's35', 's36']
    >>> falls(guideline, {"radiographs": "sclerosis"}, "conservative-care")
    ()
    """
    law = law_for(guideline, facts)
    cautions = ((id, caution) for id, said in guideline.statements.items() for caution in said.cautions if step in caution.about)
    return tuple(fall for id, caution in cautions if (fall := _fall(law, id, caution)))


def _fall(law: Law[Truth, Trace], pitfall: str, caution: Caution) -> Fall | None:
    if caution.without:
        skipped = tuple(id for id in law.pathway.steps if id in caution.without and not _behind(law, id))
        return Fall(pitfall, caution, skipped=skipped) if skipped else None
    if caution.when is not None:
        found = _read(law, caution.when)
        return Fall(pitfall, caution, missing=(found,)) if found.truth is Truth.TRUE else None
    missing = tuple(_unmet(_read(law, caution.unless))) if caution.unless is not None else ()
    return Fall(pitfall, caution, missing=missing) if missing else None


def _read(law: Law[Truth, Trace], criterion: Criterion) -> Trace:
    return read(criterion, law.compared, law.algebra.joined)


def _unmet(trace: Trace) -> Iterator[Trace]:
    """What is not known to hold: of a list of which all must hold each part, of everything else the whole."""
    if trace.truth is Truth.TRUE:
        return
    parts = trace.parts if isinstance(trace.criterion, AllOf) else ()
    if not parts:
        yield trace
    for part in parts:
        yield from _unmet(part)


def _behind(law: Law[Truth, Trace], id: str) -> bool:
    """Whether a step is done and over: performed, and nothing that it finds out is still awaited on the way on."""
    if law.performed(law.pathway.steps[id]) is not Truth.TRUE:
        return False
    routes = law.pathway.out_of(id, *ROUTES)
    if any(law.opened(edge) is Truth.TRUE for edge in routes):
        return True
    return not any(Truth.TRUE is law.not_yet(edge) or Truth.UNKNOWN is law.met(edge) for edge in routes)
