"""Words and lines that the reports of several commands share."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from edgewise.explorer.cli.terminal import complain

if TYPE_CHECKING:  # the libraries behind these load slowly
    from edgewise.graph.model import Criterion, Dose, Guideline, Observable, Span, Statement, Step, Transition
    from edgewise.graph.walking.facts import Facts
    from edgewise.ontology.findings import Finding

_PLAIN = re.compile(r"[A-Za-z0-9][\w./%-]*", re.ASCII)
_NO_CONDITION = {"route": "always", "option": "not stated"}


def state_word(state: str) -> str:
    """How far what is cited holds, by a word that nobody takes for a strength of recommendation or a certainty of evidence.

    >>> state_word("weak"), state_word("broken")
    ('one or tertiary source', 'broken')
    """
    return "one or tertiary source" if state == "weak" else state


def grade_data(guideline: Guideline, statement: Statement) -> dict[str, Any]:
    """How the source grades a statement, with its id and place."""
    from edgewise.graph.strength import plain

    return {"statement": statement.id, "place": str(statement.place), **plain(guideline, statement)}


def graded(guideline: Guideline, id: str, facts: Facts, indent: str = "    ") -> Iterator[str]:
    """Strength and certainty of what is behind a step or an edge, as the source states them for this patient, in lines of a report."""
    from edgewise.citations.evidence.support import axes_for

    yield from (f"{indent}{axis.line}" for axis in axes_for(guideline, id, facts))


def condition(transition: Transition, observables: Mapping[str, Observable]) -> str:
    """The condition of an edge in words; ``always``, ``not stated``, or who is against taking it, where it has none.

    >>> from edgewise.graph.model import Transition
    >>> condition(Transition("t", "a", "b", "next", "source"), {})
    'always'
    """
    from edgewise.graph.walking.criteria import words

    return words(transition.when, observables) if transition.when else transition.against or _NO_CONDITION[transition.role]


def known(guideline: Guideline, facts: Facts) -> Iterator[str]:
    """Facts in words."""
    from edgewise.graph.answers.in_words import facts_told

    yield from (f"{label}: {answer}" for label, answer in facts_told(guideline, facts).values())


def units_payload(guideline: Guideline, ids: Iterable[str]) -> dict[str, dict[str, str]]:
    """The units of some observables, for those that have one: the UCUM code, and what readers see."""
    from edgewise.graph.units import named

    units = {id: guideline.observables[id].unit for id in dict.fromkeys(ids) if id in guideline.observables}
    return {id: {"code": unit, "display": named(unit)} for id, unit in units.items() if unit}


def dose_lines(guideline: Guideline, step: Step) -> Iterator[str]:
    """The doses of a step, each as the source's statement with its place, or marked as the modeller's."""
    from edgewise.graph.dosing import dose_told, dose_word, doses

    for component, dose in doses(step):
        said = dose_word(dose)
        where = places(guideline, said.based_on, remark=said.remark)
        yield f"{component.label}: {dose_told(dose)} ({where})"


def doses_payload(guideline: Guideline) -> list[dict[str, Any]]:
    """Every dose of a guideline as data and in words, with whose word it is; units by code, with what readers see."""
    from edgewise.graph.dosing import all_doses, dose_told, dose_word
    from edgewise.graph.units import named

    return [
        {
            "step": step.id,
            "component": component.label,
            "id": dose.id,
            "amount": str(dose.amount),
            "upTo": None if dose.up_to is None else str(dose.up_to),
            "unit": {"code": dose.unit, "display": named(dose.unit)},
            **{key: f"{span.value} {span.unit}" if span else None for key, span in _spans(dose)},
            "route": dose.route or None,
            "frequency": dose.frequency or None,
            "text": dose_told(dose),
            "statedBy": dose_word(dose).stated_by,
            "basedOn": list(dose.based_on),
        }
        for step, component, dose in all_doses(guideline)
    ]


def _spans(dose: Dose) -> tuple[tuple[str, Span | None], ...]:
    return (("per", dose.per), ("within", dose.within), ("max", dose.most))


def notice(guideline: Guideline) -> str:
    """Where the content comes from, its date, its review status, and that it is for education."""
    purpose = "" if guideline.purpose in guideline.disclaimer.lower() else f" For {guideline.purpose} only."
    return f"{guideline.publisher}, updated {guideline.updated}, review {guideline.review_status}.{purpose} {guideline.disclaimer}"


def places(guideline: Guideline, passages: Iterable[str], markers: Iterable[str] = (), remark: str = "") -> str:
    """Passages by id and place, then the markers printed there: ``s26, step 4, criterion 2; cites [2]``; empty where there are none.

    A remark on whose word it is stands at the end, or alone where there is no passage.
    """
    from edgewise.graph.model import Marker

    told = "; ".join(f"{id}, {guideline.passage(id).place}" for id in passages)
    cited = ", ".join(Marker("", marker).shown for marker in markers)
    found = f"{told}; cites {cited}" if told and cited else told
    return "; ".join(filter(None, [found, marked(remark)]))


def marked(remark: str) -> str:
    """A remark on whose word something is, with its sign; empty where all is the source's.

    >>> marked("modeller's reading"), marked("")
    ("◇ modeller's reading", '')
    """
    from edgewise.explorer.cards.whose import SIGN

    return f"{SIGN} {remark}" if remark else ""


def suffixed(told: str, remark: str) -> str:
    """Words with the remark behind them, in brackets."""
    return f"{told} ({marked(remark)})" if remark else told


def whose_conditions(criterion: Criterion | None, observables: Mapping[str, Observable]) -> list[dict[str, Any]]:
    """For programs: every comparison of a condition, whose word it is and what it rests on; none where there is no condition."""
    from edgewise.graph.attribution import word
    from edgewise.graph.pathway import comparisons
    from edgewise.graph.walking.criteria import words

    found = comparisons(criterion) if criterion else ()
    return [
        {
            "observable": one.observable,
            "text": words(one, observables),
            "statedBy": word(one).stated_by,
            "basedOn": list(one.based_on),
            "inferred": list(one.inferred),
        }
        for one in found
    ]


def conditions(criterion: Criterion, guideline: Guideline) -> Iterator[str]:
    """Every comparison of a condition in words, each with what it rests on or whose word it is."""
    from edgewise.graph.attribution import word
    from edgewise.graph.pathway import comparisons
    from edgewise.graph.walking.criteria import words

    for one in comparisons(criterion):
        yield f"{words(one, guideline.observables)} – {places(guideline, one.based_on, remark=word(one).remark)}"


def footer(guideline: Guideline) -> list[str]:
    """A blank line and the notice: under every report."""
    return ["", notice(guideline)]


def warn(findings: Iterable[Finding]) -> None:
    """Print warnings to standard error, so that the answer on standard output stays what it is."""
    for finding in findings:
        complain(str(finding))


def flow(facts: Facts) -> str:
    """Facts as one line of YAML.

    >>> from decimal import Decimal
    >>> flow({"block-relief": (Decimal(75), Decimal("72.5"), None), "radiographs": "sclerosis", "side": "left: no"})
    '{block-relief: [75, 72.5, null], radiographs: sclerosis, side: "left: no"}'
    """
    from edgewise.graph.walking.facts import plain

    return "{" + ", ".join(f"{_scalar(id)}: {_value(answer)}" for id, answer in plain(facts, told=True).items()) + "}"


def _value(answer: object) -> str:
    return f"[{', '.join(map(_scalar, answer))}]" if isinstance(answer, list) else _scalar(answer)


def _scalar(value: object) -> str:
    if value is None:
        return "null"
    text = str(value)
    return text if _PLAIN.fullmatch(text) and text.lower() not in ("null", "nan") else json.dumps(text)
