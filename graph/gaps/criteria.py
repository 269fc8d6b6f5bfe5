"""Steps nobody comes to, criteria nobody meets, questions that are never used or never decide.

Here every option that the source offers counts as a way: what is only offered is still reached.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from edgewise.graph.answers.diagram import NEVER
from edgewise.graph.gaps.preceding import order_of
from edgewise.graph.gaps.rows import Kind, Row, asked_in_order, behind
from edgewise.graph.gaps.situations import Situations
from edgewise.graph.model import AllOf, AnyOf, Criterion, Step, Transition
from edgewise.graph.pathway import OFFERED, comparisons
from edgewise.graph.walking.criteria import words


class Criteria:
    """Finds what no patient can ever meet or tell apart."""

    def __init__(self, situations: Situations) -> None:
        self.situations, self.guideline, self.pathway = situations, situations.guideline, situations.pathway
        self.both = situations.both

    # Steps nobody comes to ----------------------------------------------------------------------------------------------

    def unreachable(self, step: Step) -> Iterator[Row]:
        """A step to which neither route nor option leads anybody. One that is only advised against is meant to be so."""
        ways = self.pathway.into(step.id)
        if self._offered(step.id) != NEVER or any(edge.role == "excluded" and self._offered(edge.source) != NEVER for edge in ways):
            return
        ways = self.pathway.into(step.id, *OFFERED)
        if self._all_hidden([edge for edge in ways if self._offered(edge.source) != NEVER]):
            return  # told of the edges
        text = f"No patient comes to “{step.name}”: {self._why(ways)}."
        yield self._row("unreachable-step", step.id, ways, {one for edge in ways for one in asked(edge)}, text)

    def _all_hidden(self, ways: Sequence[Transition]) -> bool:
        """Whether nobody goes along these edges because of others that go before each of them."""
        return bool(ways) and all(order_of(self.situations, edge.source).hidden(edge) for edge in ways)

    def _why(self, ways: Sequence[Transition]) -> str:
        if not ways:
            return "no edge leads to it"
        met = [edge for edge in ways if self._offered(edge.source) != NEVER]
        if not met:
            names = dict.fromkeys(self.guideline.steps[edge.source].name for edge in ways)
            return f"nobody comes to {' or '.join(names)}, from where the way leads"
        return "; ".join(self._blocked(edge) for edge in met)

    def _blocked(self, edge: Transition) -> str:
        """Why nobody who comes to where an edge starts can take it: as few of its criteria as rule one another out."""
        parts = list(edge.when.parts) if isinstance(edge.when, AllOf) else [edge.when] if edge.when is not None else []
        offered = self._offered(edge.source)
        for part in list(parts):
            others = [other for other in parts if other is not part]
            if self.both(offered, *map(self.situations.true, others)) == NEVER:
                parts = others
        named = "” and “".join(words(part, self.guideline.observables) for part in parts)
        start = self.guideline.steps[edge.source].name
        if not parts:
            return f"nobody has what {start} finds out"
        alone = self.both(self.situations.domain, *map(self.situations.true, parts)) == NEVER
        who = "nobody" if alone else f"nobody who comes to {start}"
        return f"{who} can meet “{named}”{' together' if len(parts) > 1 else ''}"

    # Criteria nobody meets ----------------------------------------------------------------------------------------------

    def never_met(self, edge: Transition) -> Iterator[Row]:
        """A criterion of an edge, or an alternative within it, that no patient meets, or none who comes so far.

        What others that go before an edge leave nobody to is told of those (`edgewise.graph.gaps.masked.hidden_edges`).
        """
        if edge.when is None or edge.role == "excluded" or order_of(self.situations, edge.source).hidden(edge):
            return
        offered = self._offered(edge.source)
        for part in self._idle(edge.when, offered if offered != NEVER else self.situations.domain):
            anybody = self.both(self.situations.domain, self.situations.true(part)) != NEVER
            start, end = self.guideline.steps[edge.source].name, self.guideline.steps[edge.target].name
            who = f"No patient who comes to {start}" if anybody else "No patient"
            tail = (
                f"so it cannot open the way from {start} to {end}"
                if part is edge.when
                else f"one of the alternatives on the way from {start} to {end}"
            )
            text = f"{who} can meet “{words(part, self.guideline.observables)}”, {tail}."
            yield self._row("never-met", edge.source, [edge], {id for one in comparisons(part) for id in one.looks_at}, text)

    def _idle(self, criterion: Criterion, context: int) -> Iterator[Criterion]:
        """The outermost parts that cannot be met where the rest around them is."""
        if self.both(context, self.situations.true(criterion)) == NEVER:
            yield criterion
        elif isinstance(criterion, AnyOf):
            for part in criterion.parts:
                yield from self._idle(part, context)
        elif isinstance(criterion, AllOf):
            for part in criterion.parts:
                others = [self.situations.true(other) for other in criterion.parts if other is not part]
                yield from self._idle(part, self.both(context, *others))

    # Questions ----------------------------------------------------------------------------------------------------------

    def never_asked(self) -> Iterator[Row]:
        """Observables that no edge looks at, nor any situation in which images are rated, nor what is preferred, nor a time of a step."""
        used = {id for edge in self.pathway.edges() for id in asked(edge)} | self._asked_first() | self._asked_of_situations()
        used |= self._asked_by_passages()
        beside = [one.when for each in self.guideline.alternatives.values() for one in each.choose if one.when is not None]
        beside += [one.when for step in self.guideline.steps.values() for one in step.windows if one.when is not None]
        used |= {id for when in beside for one in comparisons(when) for id in one.looks_at}
        for id, observable in self.guideline.observables.items():
            if id not in used and not observable.finishes:
                step = next((step.id for step in self.pathway.finders(id)), "")
                yield self._row(
                    "never-asked", step, [], {id}, f"“{observable.label}” is asked, but no edge of the pathway looks at the answer."
                )

    def _asked_of_situations(self) -> set[str]:
        rated = (one.when for one in self.guideline.situations.values() if one.when is not None)
        return {id for one in rated for part in comparisons(one) for id in part.looks_at}

    def _asked_by_passages(self) -> set[str]:
        """What tells who falls into a pitfall, and how certain the evidence is for a patient."""
        said = [one for each in (*self.guideline.statements.values(), *self.guideline.headings.values()) for one in each.cautions]
        told = [when for one in said for when in (one.when, one.unless)]
        told += [one.when for each in self.guideline.statements.values() for one in each.certainty_for]
        return {id for when in told if when is not None for one in comparisons(when) for id in one.looks_at}

    def _asked_first(self) -> set[str]:
        """What tells whether the guideline speaks of a patient."""
        return {id for one in comparisons(self.guideline.applies_to) for id in one.looks_at} if self.guideline.applies_to else set()

    def never_decides(self, deciding: set[str]) -> Iterator[Row]:
        """Observables that edges look at, although all answers lead the same way whatever else is known; `deciding` are the others."""
        ways, first = self.pathway.edges(*OFFERED), self._asked_first()
        for id, observable in self.guideline.observables.items():
            if id in first:
                continue
            edges = [edge for edge in ways if id in asked(edge)]
            if edges and id not in deciding:
                start = self.guideline.steps[edges[0].source].name
                text = f"“{observable.label}” is asked for at “{start}”, but every answer leads the same way, whatever else is known."
                yield self._row("never-decides", edges[0].source, edges, {id}, text)

    def deciding(self, edge: Transition) -> set[str]:
        """What decides the state of an edge among those who come to it; where nobody does, among all."""
        if edge.role == "excluded" or edge.when is None:
            return set()
        offered = self._offered(edge.source)
        context = offered if offered != NEVER else self.situations.domain
        states = (self.situations.opened(edge), self.situations.closed(edge))
        found = {id for state in states for id in self.situations.deciding(self.both(context, state))}
        # What a score that decides is made of decides with it.
        items = (item.criterion for id in found for item in self.guideline.observables[id].items)
        return found.union(*({id for one in comparisons(item) for id in one.looks_at} for item in items))

    # Shared -------------------------------------------------------------------------------------------------------------

    def _offered(self, step: str) -> int:
        return self.situations.reached(step, by_options=True)

    def _row(self, kind: Kind, step: str, edges: Sequence[Transition], observables: set[str], text: str) -> Row:
        ordered = asked_in_order(self.guideline, observables)
        word = behind(self.guideline, edges, observables)
        return Row(kind, step, ordered, "", {}, tuple(edge.id for edge in edges), word.based_on, text, remark=word.remark)


def asked(edge: Transition) -> set[str]:
    """The observables an edge looks at."""
    return {id for one in comparisons(edge.when) for id in one.looks_at} if edge.when is not None else set()
