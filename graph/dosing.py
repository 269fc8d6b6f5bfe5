"""Doses in words, and whose word they are. A dose is shown as it is stated, for education; nothing is ever reckoned from it."""

from __future__ import annotations

from collections.abc import Iterator

from edgewise.graph.attribution import READING, Word
from edgewise.graph.model import Component, Dose, Guideline, Span, Step
from edgewise.graph.units import named, printed, short

NO_PASSAGE = "the modeller's dose, no passage"
"""What is said of a dose in the place of the passages that it does not have."""


def dose_told(dose: Dose) -> str:
    """A dose in words: how much, how often, within what time, at most how much, by which route.

    >>> from decimal import Decimal
    >>> day, hours = Span(Decimal(1), "d"), Span(Decimal(3), "h")
    >>> most = Span(Decimal(40), "mg")
    >>> dose_told(Dose("d", Decimal(10), "mg", per=day, frequency="once daily", route="by mouth", most=most, label="at first"))
    'at first: 10 mg per day, once daily, by mouth, at most 40 mg'
    >>> dose_told(Dose("d", Decimal(30), "mL/kg", within=hours)), dose_told(Dose("d", Decimal("0.03"), "{units}/min"))
    ('30 mL/kg within 3 hours', '0.03 units/min')
    >>> dose_told(Dose("d", Decimal("0.25"), "ug/kg/min", up_to=Decimal("0.5")))
    '0.25 to 0.5 µg/kg/min'
    >>> dose_told(Dose("d", Decimal(1), "g", per=Span(Decimal(8), "h")))
    '1 g every 8 hours'
    """
    parts = (_given(dose), dose.frequency, dose.route, f"at most {printed(*dose.most)}" if dose.most else "")
    told = ", ".join(filter(None, parts))
    return f"{dose.label}: {told}" if dose.label else told


def _given(dose: Dose) -> str:
    amount = printed(dose.amount, dose.unit) if dose.up_to is None else f"{short(dose.amount)} to {printed(dose.up_to, dose.unit)}"
    per = _per(dose.per) if dose.per else ""
    within = f"within {printed(*dose.within)}" if dose.within else ""
    return " ".join(filter(None, (amount, per, within)))


def _per(span: Span) -> str:
    """A span of time after which a dose is given again: one of a day or more is a day's dose, however it is divided."""
    if span.value == 1 and span.unit in ("d", "wk", "mo", "a"):
        return f"per {named(span.unit, one=True)}"
    return f"every {printed(*span)}" if span.value != 1 else f"every {named(span.unit, one=True)}"


def dose_word(dose: Dose) -> Word:
    """Whose word a dose is: the source's, where passages of its own state it.

    >>> from decimal import Decimal
    >>> dose_word(Dose("d", Decimal(10), "mg")).remark, dose_word(Dose("d", Decimal(10), "mg", based_on=("s1",))).stated_by
    ("the modeller's dose, no passage", 'source')
    """
    says = dose.stated_by or ("source" if dose.based_on else "modeller")
    return Word(says, dose.based_on, "" if says == "source" else READING if dose.based_on else NO_PASSAGE)


def doses(step: Step) -> Iterator[tuple[Component, Dose]]:
    """Every dose of a step, with the component that is given in it."""
    return ((component, dose) for component in step.components for dose in component.doses)


def all_doses(guideline: Guideline) -> Iterator[tuple[Step, Component, Dose]]:
    """Every dose of a guideline, with its step and component."""
    return ((step, component, dose) for step in guideline.steps.values() for component, dose in doses(step))


def component_told(component: Component) -> str:
    """A component with its doses, on one line; the modeller's are marked.

    >>> from decimal import Decimal
    >>> component_told(Component("c", "Lisinopril", doses=(Dose("d", Decimal(10), "mg", based_on=("s1",)),)))
    'Lisinopril (10 mg)'
    """
    told = [f"{dose_told(one)}{f' [{remark}]' if (remark := dose_word(one).remark) else ''}" for one in component.doses]
    return f"{component.label} ({'; '.join(told)})" if told else component.label
