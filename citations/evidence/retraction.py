"""What falls over a whole library when a paper is retracted, guideline by guideline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from edgewise.citations.evidence.impact import Impact, impact
from edgewise.graph.model import Guideline
from edgewise.graph.stores.store import Resting, Store


@dataclass(frozen=True, slots=True)
class Fall:
    """What falls in one guideline.

    Attributes:
        resting: the guideline's entry, and what of it rests on the paper.
        guideline: itself.
        impact: what happens to it without the paper.
    """

    resting: Resting
    guideline: Guideline
    impact: Impact


def falls(store: Store, resting: Iterable[Resting]) -> Iterator[Fall]:
    """What falls in each guideline that rests on a paper; each is opened as it is asked for.

    Args:
        store: the library.
        resting: those that are looked at, by `Store.resting_on`.

    Raises:
        StoreError: the library cannot be read.

    >>> from edgewise.graph.shelf import SHELF
    >>> from edgewise.graph.stores.addresses import open_store
    >>> with open_store(str(SHELF)) as store:
    ...     [(one.guideline.id, len(one.impact.fallen)) for one in falls(store, store.resting_on("17117004"))]
    [('sacroiliac-sclerosis', 4)]
    """
    for one in resting:
        guideline = store.open(one.entry.iri).guideline
        yield Fall(one, guideline, impact(guideline, one.references))
