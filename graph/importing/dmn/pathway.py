"""The decisions of a model, one after the other, as one pathway."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import networkx as nx

from edgewise.graph.importing.dmn.asking import Asking
from edgewise.graph.importing.dmn.conditions import Conditions
from edgewise.graph.importing.dmn.criteria import ALWAYS, NEVER, Criterion, all_of, negation
from edgewise.graph.importing.dmn.document import Decision, Document
from edgewise.graph.importing.dmn.expressions import Expression
from edgewise.graph.importing.dmn.feel import Feel
from edgewise.graph.importing.dmn.hit_policies import TOGETHER, spelt_out
from edgewise.graph.importing.dmn.outcomes import Outcome
from edgewise.graph.importing.dmn.planned import Planner
from edgewise.graph.importing.dmn.questions import Finder, Question, Unreadable
from edgewise.graph.importing.dmn.sources import Sources, names_source
from edgewise.graph.importing.dmn.tables import Tables, Way
from edgewise.graph.importing.dmn.telling import told
from edgewise.graph.importing.imported import Imported
from edgewise.graph.importing.sheets import Sheet


def pathway_of(document: Document, name: str) -> Imported:
    """The model as a guideline."""
    return _Model(document, name).imported()


class _Model:
    def __init__(self, document: Document, name: str) -> None:
        self.document = document
        self.sheet = Sheet(name, f"DMN {document.version}".strip(), title=document.name)
        self.parser = Feel(_names(document))
        self.asking = Asking(document, self.parser)
        self.sources = Sources(self.sheet)
        self.tables = Tables(self.sheet, self.parser, self.asking, document.language)
        self.planner = Planner(document, self.parser)
        self.order = self._ordered()
        self.planned = {id: self.planner.plan(document.decisions[id]) for id in self.order}
        self.readers = {id: Conditions(self._finder(document.decisions[id])) for id in self.order}
        self.columns: dict[str, list[Question | Expression]] = {}
        self.phases: dict[str, str] = {}
        self.begins: dict[str, str] = {}  # the step of each decision
        self.steps: dict[str, list[str]] = {}  # the steps that decisions end with

    def imported(self) -> Imported:
        for line, what, why in self.document.unread:
            self.sheet.unread(line, what, why)
        for planned in self.planned.values():
            self.asking.add_results(planned)
        self._observe()
        self._ask()
        for id in self.order:
            self._begin(id)
        for id in self.order:
            self._decide(id)
        self._go_on()
        self._tell_beside()
        for line, what, why in [*self.asking.unread, *(one for planned in self.planned.values() for one in planned.unread)]:
            self.sheet.unread(line, what, why)
        return self.sheet.finished()

    # The order of decisions ---------------------------------------------------------------------------------------------

    def _ordered(self) -> list[str]:
        """Decisions after all that they require, else as the file has them; those that require one another in a circle are told."""
        decisions = self.document.decisions
        self.network: nx.DiGraph[str] = nx.DiGraph()
        self.network.add_nodes_from(decisions)
        for id, decision in decisions.items():
            for required in decision.requires:
                if required in decisions and required != id:
                    self.network.add_edge(required, id)
                elif required not in self._known() or required == id:
                    self.sheet.unread(decision.line, f"requirement of {decision.name}", f"The file has no other element '{required[:60]}'.")
        for group in list(nx.strongly_connected_components(self.network)):
            if len(group) > 1:
                self._break(group)
        place = {id: rank for rank, id in enumerate(decisions)}
        return list(nx.lexicographical_topological_sort(self.network, key=lambda id: place[id]))

    def _break(self, group: Iterable[str]) -> None:
        inside = sorted(group, key=list(self.document.decisions).index)
        first = self.document.decisions[inside[0]]
        names = ", ".join(self.document.decisions[id].name for id in inside)
        self.sheet.unread(first.line, f"requirements of {names}", "These decisions require one another in a circle.")
        place = {id: rank for rank, id in enumerate(inside)}
        self.network.remove_edges_from(
            [(one, other) for one, other in list(self.network.edges) if place.get(one, -1) > place.get(other, len(place))]
        )

    def _known(self) -> set[str]:
        document = self.document
        return {*document.inputs, *document.decisions, *document.knowledge, *document.sources}

    # Questions ----------------------------------------------------------------------------------------------------------

    def _finder(self, decision: Decision) -> Finder:
        return lambda name: self.asking.find(name, decision)

    def _observe(self) -> None:
        for id, planned in self.planned.items():
            reader = self.readers[id]
            if planned.table is not None:
                self.columns[id] = [self.asking.column(column, planned) for column in planned.table.columns]
                self.tables.observe(planned.table, self.columns[id], reader)
            for condition, _, _ in planned.cases:
                if condition is not None:
                    reader.observe(condition)

    def _ask(self) -> None:
        """Make the questions: of inputs all of which anything is known, of results those that another decision or nothing else tells."""
        for question in self.asking.questions.values():
            question.settle()
            if not question.make(self.sheet):
                self._unasked(question)
            if question.declared:
                why = f"The file calls it {question.declared}, and compares it with values of another kind, by which it is asked for."
                self.sheet.unread(question.line, f"type of {question.label}", why)
            for text, line in question.strangers.items():
                why = "It is not among the allowed values, and is asked for all the same."
                self.sheet.unread(line, f'value "{text}" of {question.label}', why)
        for (id, _), question in self.asking.results.items():
            question.settle()
            if self._told_on(id) and not question.make(self.sheet) and not self._is_open(id):
                self._unasked(question)

    def _unasked(self, question: Question) -> None:
        kind = "Values of its kind are not compared." if question.kind == "other" else "No rule tells what its values are."
        self.sheet.unread(question.line, f"input {question.label}", f"{kind} It is not asked for.")

    def _told_on(self, id: str) -> bool:
        return bool(list(self.network.successors(id))) or self._is_open(id)

    def _is_open(self, id: str) -> bool:
        """Whether nothing says how a decision is made."""
        return self.planned[id].table is None and not self.planned[id].cases

    def _results(self, id: str) -> list[str]:
        return [question.id for (decision, _), question in self.asking.results.items() if decision == id and question.id]

    def _asks(self, id: str) -> list[str]:
        columns = [one.id for one in self.columns.get(id, ()) if isinstance(one, Question) and one.id]
        return [*columns, *(result for required in self.network.predecessors(id) for result in self._results(required))]

    # Steps --------------------------------------------------------------------------------------------------------------

    def _begin(self, id: str) -> None:
        """The step at which a decision is made."""
        planned, first = self.planned[id], not list(self.network.predecessors(id))
        decision = planned.decision
        phase = self.sheet.phase(decision.name)
        yields = self._results(id) if self._is_open(id) else [] if first else self._asks(id)
        summary = ". ".join(decision.notes)
        kind = "Presentation" if first else "Investigation"
        named = f"decide {decision.name}"
        self.begins[id] = self.sheet.step(decision.name, kind, summary=summary, phase=phase, yields=yields, id=named)
        self.steps[id] = [self.begins[id]] if self._is_open(id) else []
        self.phases[id] = phase

    def _decide(self, id: str) -> None:
        """The edges of a decision, and a step for each of its results."""
        planned = self.planned[id]
        ways = self.tables.ways(planned, self.columns.get(id, ()), self.readers[id]) if planned.table else self._case_ways(id)
        ends: dict[str, str] = {}
        for way in ways:
            label = way.outcome.label
            if label not in ends:
                notes = dict.fromkeys(note for other in ways if other.outcome.label == label for note in other.outcome.notes)
                ends[label] = self._end(id, label, ". ".join([label, *notes]))
            self._edge(id, way, ends[label])
        self.steps[id] += ends.values()
        table = planned.table
        for output in table.outputs if table is not None else ():
            if output.note:
                self.sheet.note(f"{output.label or output.name}: {output.note}", [self.begins[id]])
        if table is not None and spelt_out(table.hit_policy) in TOGETHER and len(ends) > 1:
            self._together(f"{planned.decision.name}: all that match", list(ends.values()))

    def _end(self, id: str, label: str, summary: str) -> str:
        further = bool(list(self.network.successors(id)))
        if not further:
            return self.sheet.step(label, "Endpoint", summary=summary, phase=self.phases[id])
        yields = self._results(id) or self._asks(id)
        return self.sheet.step(label, "Investigation", summary=summary, phase=self.phases[id], yields=yields)

    def _edge(self, id: str, way: Way, target: str) -> None:
        when = way.when
        if when == NEVER:
            made = [one for one in (*self.asking.questions.values(), *self.asking.results.values()) if one.id]
            if not made:
                self.sheet.unread(self.planned[id].line, f"rule {way.number}", "It can never match, and there is no question to say so by.")
                return
            when = all_of([made[0].something(), negation(made[0].something())])
        named = f"{self.planned[id].decision.name} {f'rule-{way.number}' if way.number else 'otherwise'}"
        told = [f"{name}: {text}" if name else text for name, text in way.notes if not names_source((name, text))]
        source = self.sources.statement(way.notes, f"{self.planned[id].decision.name}, rule {way.number}")
        behind: dict[str, Any] = {"justifiedBy": [source]} if source else {}
        asked = None if when == ALWAYS else {**when, **({"basedOn": [source]} if source else {})}
        self.sheet.edge(self.begins[id], target, way.label, when=asked, id=named, note="\n".join(told), **behind)

    def _case_ways(self, id: str) -> list[Way]:
        """The cases of an expression, each where none before it is so."""
        planned, reader, found, before = self.planned[id], self.readers[id], list[Way](), list[Criterion]()
        for rank, (condition, text, _) in enumerate(planned.cases, 1):
            label = f"{planned.decision.name}: {text}"
            own = ALWAYS
            if condition is not None:
                try:
                    own = reader.condition(condition)
                except Unreadable as error:
                    own = self.sheet.asked(f"{planned.decision.name}: {told(condition)}", planned.line, error.why)
            when = all_of([own, *map(negation, before)])
            said = "otherwise" if condition is None else told(condition)
            found.append(Way(rank, said, when, own, Outcome(label, (text,))))
            before.append(own)
        return found

    # From decision to decision ------------------------------------------------------------------------------------------

    def _go_on(self) -> None:
        """Edges from what a decision comes to, to those that need it and need no other that needs it."""
        groups = nx.utils.UnionFind(self.order)
        for id in self.order:
            followers = [other for other in self.network.successors(id) if not self._later(id, other)]
            for other in followers:
                for step in self.steps[id]:
                    self.sheet.edge(step, self.begins[other], f"goes on to {self.document.decisions[other].name}")
            if len(followers) > 1:
                groups.union(*followers)
        for group in groups.to_sets():
            if len(group) > 1:
                names = [self.document.decisions[id].name for id in self.order if id in group]
                self._together(" and ".join(names), [self.begins[id] for id in self.order if id in group])

    def _later(self, id: str, other: str) -> bool:
        """Whether a decision comes after another one that needs the same."""
        return any(between != other and nx.has_path(self.network, between, other) for between in self.network.successors(id))

    def _together(self, label: str, steps: Sequence[str]) -> None:
        self.sheet.extend("bundles", {"label": label[:200], "together": list(dict.fromkeys(steps))})

    # Beside the decisions -----------------------------------------------------------------------------------------------

    def _tell_beside(self) -> None:
        for source in self.document.sources.values():
            steps = [self.begins[id] for id in self.order if source.id in self._sources(id)]
            identifiers = [{"scheme": "url", "value": source.address[:500], "statedBy": "source", "confirmed": False}]
            reference = self.sheet.reference(source.name, identifiers=identifiers if source.address.strip() else [])
            said = f"The file names “{source.name}” as a knowledge source. {source.note}".strip()
            self.sheet.note(said, [reference, *steps])
        asked = {key.partition(".")[0] for key in self.asking.questions}
        for data in self.document.inputs.values():
            if data.name not in asked:
                self.sheet.unread(data.line, f"input data {data.name}", "No decision asks for it in a way that is read.")
        for text, ids in self.document.annotations:
            if text.strip():
                self.sheet.note(text, [self.begins[id] for id in ids if id in self.begins])
        for model in self.document.knowledge.values():
            steps = [self.begins[id] for id in self.order if model.id in self.document.decisions[id].requires]
            if model.id in self.planner.called:
                self.sheet.note(f"Decided by the business knowledge model “{model.name}”.", steps)
            else:
                why = "No decision calls it in a way that is read."
                self.sheet.unread(model.line, f"business knowledge model {model.name}", why, about=steps)

    def _sources(self, id: str) -> set[str]:
        """The knowledge sources of a decision, whichever of the two names the other."""
        behind = {source.id for source in self.document.sources.values() if id in source.behind}
        return {*self.document.decisions[id].requires, *behind}


def _names(document: Document) -> list[str]:
    decisions = document.decisions.values()
    found = [name for one in decisions for name in (one.name, one.variable)]
    found += [one.name for one in document.inputs.values()] + [one.name for one in document.knowledge.values()]
    found += [name for one in document.knowledge.values() for name in one.parameters]
    found += [part.name for one in document.types.values() for part in one.parts]
    return [name for name in dict.fromkeys(found) if name]
