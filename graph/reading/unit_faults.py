"""Faults of units: what the shapes leave to a library of units, one complaint for one misconception, and the repair that names the code."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from edgewise.graph.reading.complaints import Complaint, local, rule_of
from edgewise.graph.units import UnitError, convert, known, meant, named, wants_molar_mass
from edgewise.ontology.terms import EW

_SHAPE = "https://w3id.org/edgewise/shapes#"
_UNKNOWN, _NO_TIME = URIRef(_SHAPE + "unknown-unit"), URIRef(_SHAPE + "span-of-no-time")
_SPANS = (EW.per, EW.givenWithin, EW.maxDose)
_LONGEST = 60
_MOST_LINES = 12


def unit_complaints(graph: Graph) -> Iterator[Complaint]:
    """Units that are no UCUM codes, alone or behind the number of a span, and spans of time that measure none."""
    for key in (EW.unit, EW.inUnit):
        for subject, unit in graph.subject_objects(key):
            # The rest is the shapes' matter.
            if isinstance(unit, Literal) and 0 < len(unit.strip()) <= _LONGEST and not known(str(unit)):
                yield Complaint(subject, key, unit, None, _UNKNOWN)
    for predicate in _SPANS:
        for subject, span in graph.subject_objects(predicate):
            code = _unit_of(span)
            if code and not known(code):
                yield Complaint(subject, predicate, span, None, _UNKNOWN)
            elif code and predicate != EW.maxDose and not _converts(code, "s"):
                yield Complaint(subject, predicate, span, None, _NO_TIME)


def _unit_of(span: Node) -> str:
    """The unit behind the number of a span; empty where the shapes have refused it."""
    number, _, unit = str(span).partition(" ")
    sound = isinstance(span, Literal) and number.replace(".", "", 1).isdecimal() and len(unit) <= _LONGEST
    return unit.strip() if sound else ""


def _converts(unit: str, to: str, molar_mass: Decimal | None = None) -> bool:
    try:
        convert(Decimal(1), unit, to, molar_mass)
    except UnitError:
        return False
    return True


def convertible(graph: Graph) -> Callable[[Complaint], bool]:
    """Units may differ where one can be converted into the other, by the molar mass of what is measured if it has one."""

    def fits(complaint: Complaint) -> bool:
        units = _units(graph, complaint.subject)
        observables = list(graph.objects(complaint.subject, EW.observable))
        if rule_of(complaint) != "wrong-unit" or not observables:
            return False
        return all(_converts(unit, to, _molar_mass(graph, o)) for o in observables for to in _units(graph, o) for unit in units)

    return fits


def _units(graph: Graph, subject: Node) -> list[str]:
    return sorted(str(unit) for unit in graph.objects(subject, EW.unit))


def _molar_mass(graph: Graph, observable: Node) -> Decimal | None:
    value = graph.value(observable, EW.molarMass, any=True)
    sound = isinstance(value, Literal) and isinstance(value.value, Decimal) and value.value > 0
    return value.value if sound and isinstance(value, Literal) else None


def by_misconception(complaints: Iterable[Complaint], graph: Graph) -> list[list[Complaint]]:
    """Complaints, those together that one misconception made: a code that is none, a unit forgotten or foreign, steps nothing finishes."""
    found: dict[object, list[Complaint]] = {}
    for complaint in complaints:
        found.setdefault(_misconception(complaint, graph), []).append(complaint)
    return list(found.values())


def _misconception(complaint: Complaint, graph: Graph) -> object:
    rule = rule_of(complaint)
    if rule == "unknown-unit":
        return rule, _written(complaint)
    if rule in ("missing-unit", "wrong-unit") and (observables := sorted(map(str, graph.objects(complaint.subject, EW.observable)))):
        return rule, complaint.predicate, str(complaint.value), *observables, *_units(graph, complaint.subject)
    return rule if rule == "never-finished" else complaint  # of all such steps it is believed that coming there finishes them


def _written(complaint: Complaint) -> str:
    return str(complaint.value) if complaint.predicate == EW.unit else _unit_of(complaint.value or Literal(""))


def also_at(lines: Sequence[int]) -> str:
    """Where else the same is written; nothing where it is nowhere else.

    >>> also_at([7, 7, 9]), also_at([])
    (' (and 3 times more: lines 7, 9)', '')
    """
    if not lines:
        return ""
    listed = list(dict.fromkeys(line for line in lines if line))
    shown = ", ".join(map(str, listed[:_MOST_LINES])) + (" …" if len(listed) > _MOST_LINES else "")
    where = f": line{'s' if len(listed) > 1 else ''} {shown}" if listed else ""
    return f" (and {'once' if len(lines) == 1 else f'{len(lines)} times'} more{where})"


def repair_of_unit(complaint: Complaint, graph: Graph, iri: str) -> str:
    """The code that was meant, the unit that is missing, or the molar mass that would lead from unit to unit; empty if none helps."""
    rule, observables = rule_of(complaint), list(graph.objects(complaint.subject, EW.observable))
    if rule == "unknown-unit":
        code = meant(_written(complaint))
        shown = f" ({named(code)})" if named(code) not in ("", code) else ""
        return f"did you mean '{code}'{shown}?" if code else ""
    units = [(o, unit) for o in observables for unit in _units(graph, o)]
    if rule == "missing-unit" and units:
        unit = meant(units[0][1]) or units[0][1]
        return f"write 'unit: {unit}' beside the bounds" if known(unit) else ""
    if rule == "wrong-unit":
        for o, to in units:
            if _molar_mass(graph, o) is None and any(wants_molar_mass(unit, to) for unit in _units(graph, complaint.subject)):
                return f"add 'molarMass' in g/mol to '{local(o, iri)}', by which one unit becomes the other, or write the bound in '{to}'"
    return ""
