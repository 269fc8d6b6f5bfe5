"""From RDF to the times of a step: those that count always, and windows of which each counts while something holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from rdflib import Literal, URIRef
from rdflib.namespace import RDF
from rdflib.term import Node

from edgewise.graph.durations import Duration, duration
from edgewise.graph.model import TimeWindow
from edgewise.graph.reading.criteria_pieces import CriteriaReader, Word
from edgewise.graph.step_times import TimeKey
from edgewise.ontology.terms import EW

KEYS: Mapping[URIRef, TimeKey] = {EW.notBefore: "notBefore", EW.within: "within", EW.every: "every", EW.after: "after"}
"""The properties that lead from a step to its times."""


class TimesReader(CriteriaReader):
    """Makes the times of steps."""

    def always(self, step: Node, predicate: URIRef) -> Duration | None:
        """A stretch of time that counts whatever holds; None where none is given."""
        given = (one for one in self.nodes(step, predicate) if isinstance(one, Literal))
        return next((duration(str(one)) for one in given), None)

    def counted_from(self, step: Node) -> str:
        """The id of the step from which is counted whatever holds; empty where none is given."""
        return next((self.id(one) for one in self.nodes(step, EW.after) if not self._is_window(one)), "")

    def windows(self, step: Node) -> tuple[TimeWindow, ...]:
        """The windows of a step, by key."""
        found = ((key, one) for predicate, key in KEYS.items() for one in self.nodes(step, predicate) if self._is_window(one))
        return tuple(self._window(step, key, one) for key, one in found)

    def _window(self, step: Node, key: TimeKey, node: Node) -> TimeWindow:
        """A window rests on passages of its own, else on those of the step; its condition rests on the same."""
        own, says = self.ids(node, EW.basedOn), self.text(node, EW.statedBy)
        inferred = not own and key in self.texts(step, EW.inferred)
        word = Word(own or self.ids(step, EW.timedBy), cast(Any, says or ("modeller" if inferred else "")))
        when = next((self.criterion(one, word) for one in self.nodes(node, EW.when)), None)
        return TimeWindow(self.id(node), key, self.duration(node, EW.lasts), self.ref(node, EW.ofStep), when, *word)

    def _is_window(self, node: Node) -> bool:
        return (node, RDF.type, EW.TimeWindow) in self.graph
