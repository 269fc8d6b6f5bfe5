"""Edges that never decide anything: whoever goes along one goes along others too, or has gone along those before it.

Open edges of a step are all taken, in no order. So an edge is *subsumed* by one that leads to the same step and asks for no more, and
*masked* where several others together are open to everybody to whom it is. What leads elsewhere and is open to all of them alone is an
overlap, and told as one. Of edges to the same step those told can be left out all at once, and no patient goes another way for it.

Sources: KIE's analysis of decision tables (``DECISION_TABLE_SUBSUMPTION_RULE``, ``DECISION_TABLE_MASKED_RULE``) and Red Hat's guide to
it (*Subsumption*: two rules of the same consequences, one on a subset of the facts of the other); dmn-check (*shadowed rules*). They
compare two rules at a time. D. Calvanese et al., Semantics, analysis and simplification of DMN decision tables, Information Systems 78
(2018).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from edgewise.graph.answers.diagram import NEVER
from edgewise.graph.answers.fewest import fewest
from edgewise.graph.gaps.examples import Patient
from edgewise.graph.gaps.fork import Fork
from edgewise.graph.gaps.preceding import Hidden, Order, order_of
from edgewise.graph.gaps.rows import Kind, Row
from edgewise.graph.gaps.situations import Situations
from edgewise.graph.gaps.ways import Claim, Ways
from edgewise.graph.model import Transition
from edgewise.graph.walking.criteria import evaluate
from edgewise.graph.walking.kleene import Truth
from edgewise.graph.walking.walk import Walk


def named(edges: Sequence[Transition], join: str = "and") -> str:
    """Edges by what they are called: ``“a”, “b” and “c”``; one without a label by its id."""
    names = [f"“{edge.label or edge.id}”" for edge in edges]
    return f" {join} ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


class Masked:
    """Finds the edges of a fork that others make needless.

    Attributes:
        needed: the edges that are left once those told to be needless are left out.
    """

    def __init__(self, fork: Fork) -> None:
        self.fork, self.situations = fork, fork.situations
        self.ways = Ways(fork.situations)
        self.needed = list(fork.edges)

    def rows(self, unchecked: list[str]) -> Iterator[Row]:
        """First what one other edge says as well, then what several say together, then what is open to nobody alone."""
        alike = list(self.fork.alike())
        for edges in alike:
            yield from self._subsumed(edges, unchecked)
        for edges in alike:
            yield from self._superfluous([edge for edge in edges if edge in self.needed], unchecked)
        yield from self._never_alone(unchecked)

    # Edges to the same step ---------------------------------------------------------------------------------------------

    def _subsumed(self, edges: Sequence[Transition], unchecked: list[str]) -> Iterator[Row]:
        """A row for each edge that says what others say, too; of edges that are open to the same patients the first is kept."""
        ranks = {edge.id: rank for rank, edge in enumerate(edges)}
        wider = {
            edge.id: [one for one in edges if one is not edge and self.fork.within(edge, one) and self._goes_before(one, edge, ranks)]
            for edge in edges
        }
        for kept in (edge for edge in edges if not wider[edge.id]):
            told = [edge for edge in edges if (first := self._widest(wider[edge.id], wider)) and first is kept]
            if told:
                self.needed = [edge for edge in self.needed if edge not in told]
                yield self._row("subsumed", (*told, kept), len(told), self._says(told, kept), unchecked)

    def _goes_before(self, one: Transition, edge: Transition, ranks: dict[str, int]) -> bool:
        return self.fork.taken[one.id] != self.fork.taken[edge.id] or ranks[one.id] < ranks[edge.id]

    @staticmethod
    def _widest(wider: Sequence[Transition], of: dict[str, list[Transition]]) -> Transition | None:
        return next((one for one in wider if not of[one.id]), None)

    def _says(self, told: Sequence[Transition], kept: Transition) -> str:
        says = "says" if len(told) == 1 else "say"
        both = "both" if len(told) == 1 else "all"
        lead = f"{both} lead from “{self.fork.step.name}” to “{self.fork.ends[kept.id]}”"
        who = "whoever goes along it" if len(told) == 1 else "whoever goes along one of them"
        return f"{named(told, 'and')} {says} nothing that {named([kept])} does not: {lead}, and {who} goes along that one too"

    def _superfluous(self, edges: Sequence[Transition], unchecked: list[str]) -> Iterator[Row]:
        """A row for each edge that others to the same step make up for together; the last is looked at first, and counts no more then."""
        found: list[Row] = []
        for edge in reversed(edges):
            others = [one for one in edges if one is not edge and one in self.needed]
            if held := self._held_by(edge, others):
                self.needed.remove(edge)
                text = (
                    f"{named([edge])} is needless: whoever goes along it from “{self.fork.step.name}” to “{self.fork.ends[edge.id]}” "
                    f"goes along {named(held, 'or')} as well, which {'leads' if len(held) == 1 else 'lead'} there too"
                )
                found.append(self._row("masked", (edge, *held), 1, text, unchecked))
        yield from reversed(found)

    # Edges to other steps -----------------------------------------------------------------------------------------------

    def _never_alone(self, unchecked: list[str]) -> Iterator[Row]:
        """A row for each edge that no patient takes alone, because others are open to all of them, though no single one is."""
        ways = [edge for edge in self.needed if edge.role == "route" and not self.fork.guideline.steps[edge.target].companion_of]
        for edge in ways:
            others = [one for one in ways if one is not edge and self._apart(edge, one)]
            if not any(self.fork.within(edge, one) for one in others) and (held := self._held_by(edge, others)):
                who = f"whoever goes that way from “{self.fork.step.name}” goes along {named(held, 'or')} as well"
                text = f"Nobody goes along {named([edge])} alone: {who}"
                yield self._row("masked", (edge, *held), 1, text, unchecked)

    def _apart(self, one: Transition, other: Transition) -> bool:
        """Whether two edges are not meant to be open at once; two that lead to the same step are not."""
        return one.target == other.target or not self.ways.belong_together(one, other)

    # Shared -------------------------------------------------------------------------------------------------------------

    def _held_by(self, edge: Transition, others: Sequence[Transition]) -> list[Transition]:
        """As few of the others as are open to all who go along an edge; none where not even all of them are."""
        meeting = [one for one in others if self.fork.together(edge, one) != NEVER]
        found = fewest(self.situations.diagrams, self.fork.taken[edge.id], [self.fork.taken[one.id] for one in meeting])
        return [meeting[at] for at in found]

    def _row(self, kind: Kind, edges: tuple[Transition, ...], masked: int, text: str, unchecked: list[str]) -> Row:
        """A row about the first few of some edges, which the others make needless."""
        wanted = self.situations.either(*(self.fork.taken[edge.id] for edge in edges[:masked]))
        unwanted = self.situations.diagrams.without(self.fork.reached, wanted)

        def shows(_: Patient, walked: Walk) -> bool:
            return all(any(is_open(walked, edge) for edge in each) for each in (edges[:masked], edges[masked:]))

        row = self.ways.pair(Claim(kind, self.fork.step, edges, wanted, unwanted, text, shows), unchecked)
        return replace(row, idle=tuple(edge.id for edge in edges[:masked]))


def hidden_edges(situations: Situations, edge: Transition, unchecked: list[str]) -> Iterator[Row]:
    """The edges that others which go before them leave nobody (`edgewise.graph.gaps.preceding`), with somebody whom one would lead.

    Told is all that the same edges hide, once, of the first of them.
    """
    order = order_of(situations, edge.source)
    if edge.role == "excluded" or (found := order.hidden(edge)) is None:
        return
    told = order.alike(found)
    if told[0] is found:
        yield _hidden_row(situations, order, told, unchecked)


def _hidden_row(situations: Situations, order: Order, told: list[Hidden], unchecked: list[str]) -> Row:
    reached, before = situations.reached(order.step.id), told[0].before
    met, text = situations.both(reached, situations.either(*(one.own for one in told))), _open_to_nobody(situations, told)
    hidden = tuple(one.edge for one in told)
    edges, ids = (*hidden, *before), tuple(edge.id for edge in hidden)
    if met == NEVER:  # only who takes an option comes there, and a walk takes none
        passages = tuple(dict.fromkeys(id for edge in edges for id in edge.justified_by))
        return Row("masked", order.step.id, (), "", {}, tuple(edge.id for edge in edges), passages, f"{text}.", idle=ids)

    def shows(facts: Patient, walked: Walk) -> bool:
        return any(is_open(walked, one) for one in before) and any(_fulfils(situations, one, facts) for one in told)

    unwanted = situations.diagrams.without(reached, met)
    return replace(Ways(situations).pair(Claim("masked", order.step, edges, met, unwanted, text, shows), unchecked), idle=ids)


def _fulfils(situations: Situations, found: Hidden, facts: Patient) -> bool:
    observables = situations.guideline.observables
    return all(evaluate(part, facts, observables).truth is Truth.TRUE for part in found.asks)


def _open_to_nobody(situations: Situations, told: list[Hidden]) -> str:
    steps, edges = situations.guideline.steps, [one.edge for one in told]
    nowhere = [id for id in dict.fromkeys(edge.target for edge in edges) if situations.reached(id, by_options=True) == NEVER]
    tail = f", so nobody comes to {' or '.join(f'“{steps[id].name}”' for id in nowhere)}" if nowhere else ""
    are, own = ("is", "what else it asks") if len(told) == 1 else ("are", "what else one of them asks")
    behind = f"whoever meets {own} goes along {named(told[0].before, 'or')} instead"
    return f"{named(edges)} {are} open to nobody from “{steps[edges[0].source].name}”{tail}: {behind}"


def is_open(walked: Walk, edge: Transition) -> bool:
    """Whether a walk goes along an edge or, where it is only offered, could."""
    standing = walked.edges[edge.id]
    return edge.id in walked.followed or (edge.role == "option" and standing.reached and standing.state == "open")
