"""What the shapes say about a guideline, in words: each fault once, with its line and its repair.

The texts are in ``ontology/shapes.ttl``. Nothing is ever fetched: pySHACL gets graphs, never names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, RDFS, SH
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result
from rdflib.term import Node

from edgewise.graph.reading.complaints import Complaint, key_of, local, message, near_key, repair, rule_of, shapes, vocabulary
from edgewise.graph.reading.drafted import ABLE_TO_WAIT, RULES_ABLE_TO_WAIT, TO_DO, is_draft
from edgewise.graph.reading.formula_faults import formula_faults
from edgewise.graph.reading.implied_types import ranges
from edgewise.graph.reading.indexed import Indexed
from edgewise.graph.reading.literals import quiet
from edgewise.graph.reading.queries import ask, stored
from edgewise.graph.reading.unit_faults import also_at, by_misconception, convertible, repair_of_unit, unit_complaints
from edgewise.graph.reading.window_faults import window_faults
from edgewise.ontology.findings import Finding, Severity
from edgewise.ontology.terms import EW

if TYPE_CHECKING:
    from edgewise.graph.reading.read import Source

_SHAPE = "https://w3id.org/edgewise/shapes#"
_ACROSS = (URIRef(_SHAPE + "Across"), URIRef(_SHAPE + "AcrossDoubtful"))
_IMPOSSIBLE_COUNT = URIRef(_SHAPE + "count-out-of-range")
_SEVERITIES: Mapping[Node | None, Severity] = {SH.Warning: "warning", SH.Info: "note"}
_MISSING = (SH.MinCountConstraintComponent, SH.QualifiedMinCountConstraintComponent)

# Of several complaints about one value, the first of these tells the cause.
_CAUSES = (
    SH.NodeKindConstraintComponent,
    SH.DatatypeConstraintComponent,
    SH.ClosedConstraintComponent,
    SH.InConstraintComponent,
    SH.PatternConstraintComponent,
    SH.MaxLengthConstraintComponent,
)
# Where a part has one of these faults, checks across resources judge what is not meant.
_UNSOUND = {"comparison-form", "empty-range", "missing-choices", "missing-key", "two-bounds", "unknown-unit", "wrong-form", "wrong-type"}


def validate(source: Source) -> list[Finding]:
    r"""Judge a guideline by the shapes.

    Returns:
        Findings by line; an empty list means that the guideline can be used.

    >>> from edgewise.graph.reading.read import read_text
    >>> findings = validate(read_text("id: g\ntitel: Hips", "g.yaml", "yaml"))
    >>> print(findings[0])  # what is missing has the line of what it is missing from
    g.yaml:1: error: a guideline needs 'audience'; write a text of at most 300 characters [missing-key]
    >>> print(findings[-1])
    g.yaml:2: error: 'titel' is not a key of a guideline; write 'title' [unknown-key]
    """
    with quiet():
        graph = _with_types(source)
        complained = [*map(_complaint, _results(graph)), *unit_complaints(graph), *_impossible_counts(graph), *window_faults(graph)]
        consequence = convertible(graph)
        complained += formula_faults(graph, source.iri, {one.subject for one in complained if not consequence(one)})
        complaints = _causes(complained, graph)
        draft = is_draft(source.graph, source.iri)
        findings = {_finding(alike, graph, source, draft) for alike in by_misconception(complaints, graph)}
    return sorted(findings, key=lambda found: (found.line, found.rule, found.subject, found.message, found.value))


def _with_types(source: Source) -> Indexed:
    """A copy in which everything contained has a type, even if nothing is said about it: so what it lacks is found."""
    # A guideline may not bend the vocabulary.
    said = [(s, p, _comparable(o)) for s, p, o in source.graph if p != RDFS.subClassOf]
    implied = [(o, RDF.type, class_) for _, p, o in said if isinstance(o, URIRef) for class_ in ranges().get(p, ())]  # type: ignore[call-overload]
    # An assertion has a key more than a criterion; the shapes name both.
    below = [triple for triple in vocabulary().triples((None, RDFS.subClassOf, None)) if triple[0] != EW.Assertion]
    return _Graph([*said, *implied, (URIRef(source.iri), RDF.type, EW.Guideline), *below])


class _Graph(Indexed):
    """A graph that parses a query once and not at every validation: that would take longer than all else together."""

    def query(self, query_object: Any, *args: Any, **kwargs: Any) -> Result:
        return super().query(_prepared(query_object) if isinstance(query_object, str) else query_object, *args, **kwargs)


@cache
def _prepared(text: str) -> Query:
    return prepareQuery(text)


def _comparable(value: Node) -> Node:
    """The value itself; as plain text if it is a decimal that is no number, at which rdflib's comparisons fail."""
    if isinstance(value, Literal) and isinstance(value.value, Decimal) and not value.value.is_finite():
        return Literal(str(value))
    return value


def _results(graph: Indexed) -> Iterator[Mapping[Node, Node]]:
    """What pySHACL and pyoxigraph find together: the same as pySHACL alone would, in a third of the time."""
    held = stored(graph)
    if held is None:
        return results_of_pyshacl(graph)
    return chain(results_of_pyshacl(graph, _core()), ask(graph, held))


def results_of_pyshacl(graph: Graph, by: Graph | None = None) -> Iterator[Mapping[Node, Node]]:
    """The results of pySHACL alone, by the shapes or a part of them."""
    from pyshacl import validate as run  # slow to load

    _, report, _ = run(graph, shacl_graph=shapes() if by is None else by, inference="none", inplace=True, do_owl_imports=False)
    if not isinstance(report, Graph):
        raise RuntimeError(f"the shapes cannot be applied: {report}")
    for node in report.objects(None, SH.result):
        yield dict(report.predicate_objects(node))


@cache
def _core() -> Indexed:
    """The shapes without their queries, and without our annotations, which pySHACL would look through at each resource."""
    return Indexed(t for t in shapes() if t[1] not in (SH.sparql, RDFS.comment) and not str(t[1]).startswith(str(EW)))


def _complaint(said: Mapping[Node, Node]) -> Complaint:
    subject, path, value = said[SH.focusNode], said.get(SH.resultPath), said.get(SH.value)
    if said[SH.sourceShape] in _ACROSS and value is not None:  # see the head of shapes.ttl
        subject, value = value, None
    return Complaint(
        subject=subject,
        predicate=path if isinstance(path, URIRef) else None,  # a path that runs backwards is not a key
        value=None if value == subject and path is None else value,
        component=said.get(SH.sourceConstraintComponent),
        shape=said.get(SH.sourceConstraint) or said[SH.sourceShape],
        severity=_SEVERITIES.get(said.get(SH.resultSeverity), "error"),
        message=str(said.get(SH.resultMessage, "")),
    )


def _impossible_counts(graph: Graph) -> Iterator[Complaint]:
    """So many of some criteria as there cannot be, or need not be."""
    for subject in set(graph.subjects(EW.of, None)):
        most = len(set(graph.objects(subject, EW.of)))
        for key in (EW.atLeast, EW.atMost, EW.exactly):
            for bound in graph.objects(subject, key):
                number = bound.value if isinstance(bound, Literal) else None
                if not isinstance(number, Decimal) or not number.is_finite():
                    continue  # the shapes' matter
                least, greatest = (1, most) if key == EW.atLeast else (0, most - (key == EW.atMost))
                if number != number.to_integral_value() or not least <= number <= greatest:
                    yield Complaint(subject, key, bound, None, _IMPOSSIBLE_COUNT)


def _causes(complaints: Iterable[Complaint], graph: Graph) -> list[Complaint]:
    """One complaint for each cause."""
    first: dict[tuple[object, ...], Complaint] = {}
    for complaint in sorted(complaints, key=_rank):
        first.setdefault(_cause(complaint), complaint)
    kept = list(first.values())
    for is_consequence in (_doubled(kept), _meant(kept, graph), _unsound(kept, graph), convertible(graph), _counted(graph)):
        kept = [complaint for complaint in kept if not is_consequence(complaint)]
    return kept


def _rank(complaint: Complaint) -> tuple[int, str, str]:
    component = complaint.component
    order = _CAUSES.index(component) if component in _CAUSES else len(_CAUSES)
    return (order, str(component), complaint.message)


def _cause(complaint: Complaint) -> tuple[object, ...]:
    subject, predicate, value = complaint.subject, complaint.predicate, complaint.value
    if predicate == RDF.type:  # wrong, missing or both: one type to be written
        return (subject, predicate)
    if predicate is not None and value is not None:
        return (subject, predicate, value)
    return (subject, predicate, rule_of(complaint))


def _doubled(complaints: list[Complaint]) -> Callable[[Complaint], bool]:
    """Where one id is used for two things, each lacks what the other has."""
    doubled = {c.subject for c in complaints if c.predicate == RDF.type and c.value is not None and str(c.value).startswith(str(EW))}
    return lambda c: c.subject in doubled and c.predicate != RDF.type


def _meant(complaints: list[Complaint], graph: Graph) -> Callable[[Complaint], bool]:
    """A key that is misspelt is not missing as well."""
    misspelt = {(c.subject, near_key(c, graph)) for c in complaints if c.component == SH.ClosedConstraintComponent}
    return lambda c: c.component in _MISSING and c.predicate is not None and (c.subject, key_of(c.predicate)) in misspelt


def _unsound(complaints: list[Complaint], graph: Graph) -> Callable[[Complaint], bool]:
    """A check across resources says nothing new where one of them is faulty itself."""
    unsound = {(c.subject, rule_of(c)) for c in complaints if rule_of(c) in _UNSOUND}

    def rests_on_it(complaint: Complaint) -> bool:
        if complaint.component != SH.SPARQLConstraintComponent:
            return False
        observables = set(graph.objects(complaint.subject, EW.observable))
        choices = {choice for o in observables for choice in graph.objects(o, EW.hasChoice)}
        of_grades = (EW.Grade, EW.Grading) if rule_of(complaint) == "unknown-grade" else ()
        grades = {one for class_ in of_grades for one in graph.subjects(RDF.type, class_)}
        involved = {complaint.subject} | observables | choices | grades
        # That a unit is missing here, an unknown one there does not tell.
        told_apart = {rule_of(complaint), "unknown-unit"} if rule_of(complaint) == "missing-unit" else {rule_of(complaint)}
        return any(subject in involved and rule not in told_apart for subject, rule in unsound)

    return rests_on_it


def _counted(graph: Graph) -> Callable[[Complaint], bool]:
    """So many of some criteria compare no observable."""
    return lambda c: c.component == SH.MinCountConstraintComponent and c.predicate == EW.observable and (c.subject, EW.of, None) in graph


def _finding(alike: Sequence[Complaint], graph: Graph, source: Source, draft: bool) -> Finding:
    """What one complaint says, or several about one misconception: at the first line, with the others."""
    complaint, *others = sorted(alike, key=lambda one: _line(one, source))
    to_do = draft and _can_wait(complaint)
    value = "" if complaint.value is None else local(complaint.value, source.iri)
    return Finding(
        rule=TO_DO if to_do else rule_of(complaint),
        message=message(complaint, graph, source.iri).replace(f"{source.iri}/", "") + also_at([_line(one, source) for one in others]),
        severity="note" if to_do else complaint.severity,
        subject=str(complaint.subject),
        file=source.file,
        line=_line(complaint, source),
        value=value,
        repair=repair_of_unit(complaint, graph, source.iri) or repair(complaint, graph, source.iri),
        related=tuple(dict.fromkeys(str(one.subject) for one in others)),
    )


def _can_wait(complaint: Complaint) -> bool:
    """Whether what is wrong in a draft is only that something was not written yet."""
    lacking = rule_of(complaint) == "missing-key" and complaint.predicate in ABLE_TO_WAIT
    return lacking or rule_of(complaint) in RULES_ABLE_TO_WAIT


def _line(complaint: Complaint, source: Source) -> int:
    return source.line(complaint.subject, complaint.predicate, complaint.value)
