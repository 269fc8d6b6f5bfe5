"""Facts about a patient: from what somebody typed to typed values, every problem at once.

A fact that is absent is unknown. Values are kept in the observable's own unit. What can be used, but was hardly meant, says
`edgewise.graph.walking.doubts`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from fractions import Fraction

from edgewise.graph.model import Guideline, Observable
from edgewise.graph.reckoned import DIGITS, Reckoned, reckoned
from edgewise.graph.units import UnitError, code, convert, named, printed, wants_molar_mass
from edgewise.graph.walking.pairs import parted, unlike
from edgewise.ontology.errors import FactsError
from edgewise.ontology.findings import Finding

Series = tuple[Decimal | None, ...]
Answer = str | Decimal | Series
Facts = Mapping[str, Answer]

SAID_DONE = "done"
"""The key under which the steps stand that somebody says are done."""
_Line = Callable[[Sequence[object]], int]
_YES = {"yes": "yes", "true": "yes", "no": "no", "false": "no"}
_NOT_TOLD = ("unknown", "not known", "?")
_GLUED = re.compile(r"([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)(?![eE][+-]?[0-9])((?:/?[^\W\d_]|[%°\[{]).*)")
"""A number with its unit right behind it: ``26wk``, ``38.5°C``."""
_LONGEST_NUMBER = 40
_LONGEST_SERIES = 1000


class _Refused(ValueError):
    """A value is refused: what is wrong, and how to mend it."""

    def __init__(self, rule: str, message: str, repair: str) -> None:
        super().__init__(message)
        self.rule, self.repair = rule, repair


def parse_facts(
    data: object,
    guideline: Guideline,
    *,
    file: str = "",
    line: Callable[[Sequence[object]], int] = lambda _path: 0,
) -> dict[str, Answer]:
    """Turn a mapping of observable ids to plain values into facts, in the guideline's order of observables.

    Args:
        data: what YAML or JSON held: ``{"radiographs": "equivocal", "block-relief": [85, 88]}``; None values are unknown. ``done`` lists
            steps that somebody says are done, of those that find nothing out.
        guideline: says which observables there are, with their ranges and units.
        file: named in findings.
        line: line of a path into `data`, for findings.

    Raises:
        FactsError: with one finding for each unknown observable, value out of range or wrong unit.

    >>> from edgewise.graph.model import Guideline, Observable
    >>> asked = Observable("block-relief", "Relief", "How much?", "quantity", unit="%", maximum=Decimal(100), repeated=True)
    >>> guideline = Guideline("g", "urn:g", "", "", "", "", "", "", "", "", observables={"block-relief": asked})
    >>> parse_facts({"block-relief": [85, "88 %"]}, guideline)
    {'block-relief': (Decimal('85'), Decimal('88'))}
    >>> parse_facts({"block-releif": 85}, guideline)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    edgewise.ontology.errors.FactsError: error: 'block-releif' is not asked in this guideline; did you mean 'block-relief'? [...]
    """
    if data is None:
        return {}
    if not isinstance(data, Mapping):
        message = "facts are a mapping of observables to values, or a list of visits, each such a mapping with its time"
        repair = "write a mapping such as {radiographs: equivocal}"
        raise FactsError([Finding(rule="facts-not-a-mapping", message=message, file=file, repair=repair)])
    findings: list[Finding] = []
    facts: dict[str, Answer] = {}
    for name, value, key in parted(data, guideline):
        if name == SAID_DONE and SAID_DONE not in guideline.observables:
            done, wrong = _said_done(guideline, value, file, line)
            facts |= done
            findings += wrong
            continue
        try:
            if name in facts or (name != key and name in data):
                raise _Refused("told-twice", f"{name}: told beside its pair too", f"tell it once, in '{key}' or by itself")
            answer = _answer(guideline, name, value)
        except _Refused as refused:
            findings.append(
                Finding(rule=refused.rule, message=str(refused), value=_cut(value), file=file, line=line([key]), repair=refused.repair)
            )
        else:
            if answer is not None:
                facts[str(name)] = answer
    for first, second in unlike(facts, guideline):
        message = f"{first} and {second} have different numbers of values, and each reading has both"
        repair = "write pairs such as 152/94, with ? for a number that is not known"
        findings.append(Finding(rule="unlike-pair", message=message, file=file, line=line([second]), repair=repair))
    if findings:
        raise FactsError(findings)
    return {id: facts[id] for id in guideline.observables if id in facts}


def _said_done(guideline: Guideline, value: object, file: str, line: _Line) -> tuple[dict[str, Answer], list[Finding]]:
    """What is said to be done: a step, or a list of steps."""
    said = {one.finishes: one.id for one in guideline.observables.values() if one.finishes}
    done: dict[str, Answer] = {}
    findings = []
    listed = value if isinstance(value, list | tuple) else [] if value is None else [value]
    for rank, step in enumerate(listed):
        if isinstance(step, str) and step in said:
            done[said[step]] = "yes"
            continue
        known = guideline.steps.get(step) if isinstance(step, str) else None
        if known and known.yields:
            message, repair = f"'{step}' is done once it is told what it found", f"tell one of {', '.join(known.yields)}"
        else:
            message, repair = f"'{_cut(step)}' is not a step that can be done", _hint(str(step), list(said)) if said else "leave it out"
        place = [SAID_DONE, rank] if isinstance(value, list | tuple) else [SAID_DONE]
        findings.append(Finding(rule="not-to-be-done", message=message, value=_cut(step), file=file, line=line(place), repair=repair))
    return done, findings


def plain(facts: Facts, *, told: bool = False) -> dict[str, object]:
    """Facts as JSON can hold them; `parse_facts` reads them back to the same facts.

    Where `told`, numbers stand in the unit they were told in.

    >>> plain({"block-relief": (Decimal("85"), None), "documented": "yes"})
    {'block-relief': ['85', None], 'documented': 'yes'}
    >>> weeks = convert(Decimal(30), "d", "wk")
    >>> plain({"weeks": weeks}, told=True), plain({"weeks": weeks})
    ({'weeks': '30 d'}, {'weeks': '4.285714285714285714285714286'})
    """
    write = _told if told else str
    return {id: _plain(answer, write) for id, answer in facts.items()}


def _plain(answer: Answer, write: Callable[[Decimal], str]) -> object:
    if isinstance(answer, tuple):
        return [None if value is None else write(value) for value in answer]
    return write(answer) if isinstance(answer, Decimal) else answer


def _told(number: Decimal) -> str:
    """A number as it was told, in the unit in which it was: so that nothing is lost by writing it down."""
    return f"{number.told.value} {number.told.unit}" if isinstance(number, Reckoned) and number.told else str(number)


def _answer(guideline: Guideline, name: object, value: object) -> Answer | None:
    observable = guideline.observables.get(name) if isinstance(name, str) else None
    if observable is None:
        hint = _hint(str(name), list(guideline.observables))
        raise _Refused("unknown-observable", f"'{_cut(name)}' is not asked in this guideline", hint)
    if not observable.repeated:
        return None if _not_told(observable, value) else _single(observable, value)
    values = value if isinstance(value, list | tuple) else [] if _not_told(observable, value) else [value]
    if len(values) > _LONGEST_SERIES:
        raise _Refused("too-many-values", f"{name}: {len(values)} values", f"give at most {_LONGEST_SERIES}")
    series = tuple(None if _not_told(observable, one) else _number(observable, one) for one in values)
    return series or None


def _not_told(observable: Observable, value: object) -> bool:
    """Whether a value says that the answer is not known, unless that is an answer of its own."""
    said = str(value).strip().casefold() if isinstance(value, str) else ""
    return value is None or (said in _NOT_TOLD and said not in {word.casefold() for choice in observable.choices for word in choice})


def _single(observable: Observable, value: object) -> Answer:
    if isinstance(value, list | tuple):
        raise _Refused("not-repeated", f"{observable.id}: a list, but it is asked once", "give one value")
    if observable.value_type == "yes-no":
        return _one_of(observable, str(value).strip().casefold(), _YES)
    if observable.value_type == "choice":
        return _one_of(observable, str(value).strip(), _choices(observable, str(value).strip()))
    return _number(observable, value)


def _choices(observable: Observable, value: str) -> dict[str, str]:
    """How each answer may be written: by its code or its label and, where that tells it apart, in capitals or not."""
    codes = {choice.value: choice.value for choice in observable.choices}
    labels = {choice.label: choice.value for choice in observable.choices}
    alike = {code for word, code in (*codes.items(), *labels.items()) if word.casefold() == value.casefold()}
    return ({value: alike.pop()} if len(alike) == 1 else {}) | labels | codes


def _one_of(observable: Observable, value: str, allowed: Mapping[str, str]) -> str:
    if value not in allowed:
        codes = list(dict.fromkeys(allowed.values()))
        near = get_close_matches(value, allowed, n=1, cutoff=0.6)
        hint = f"; did you mean '{allowed[near[0]]}'?" if near else ""
        raise _Refused("value-not-allowed", f"{observable.id}: '{_cut(value)}' is not an answer", f"write one of {', '.join(codes)}{hint}")
    return allowed[value]


def _number(observable: Observable, value: object) -> Decimal:
    number, unit = _split(observable, value)
    if unit and unit != observable.unit:
        number = _converted(observable, number, unit)
    elif len(number.as_tuple().digits) == DIGITS:  # nobody types that many: it was reckoned, and written down by `plain`
        number = reckoned(Fraction(number))
    if observable.value_type == "count" and number != number.to_integral_value():
        raise _Refused("not-a-count", f"{observable.id}: {_cut(value)} is not a whole number", "write a whole number")
    low, high = observable.minimum, observable.maximum
    if (low is not None and number < low) or (high is not None and number > high):
        bounds = " to ".join(printed(bound, observable.unit) for bound in (low, high) if bound is not None)
        raise _Refused(
            "value-out-of-range", f"{observable.id}: {_cut(value)} is outside the allowed range", f"write a value within {bounds}"
        )
    return number


def _split(observable: Observable, value: object) -> tuple[Decimal, str]:
    """A number and its unit, out of ``85``, ``"85 %"`` or ``{value: 85, unit: "%"}``."""
    unit = ""
    if isinstance(value, Mapping):
        if set(value) - {"value", "unit"} or "value" not in value:
            raise _Refused("not-a-number", f"{observable.id}: a quantity has the keys value and unit", 'write {value: 85, unit: "%"}')
        unit, value = str(value.get("unit") or ""), value["value"]
    text = str(value).strip()
    if not unit and not isinstance(value, bool):
        text, unit = _apart(text)
    if len(text) > _LONGEST_NUMBER or "_" in text:
        raise _Refused("not-a-number", f"{observable.id}: '{_cut(text)}' is not a number", _number_hint(observable))
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise _Refused("not-a-number", f"{observable.id}: '{_cut(text)}' is not a number", _number_hint(observable)) from None
    if not number.is_finite() or abs(number.adjusted()) > _LONGEST_NUMBER:
        raise _Refused("not-a-number", f"{observable.id}: '{text}' is not a number one can measure", _number_hint(observable))
    return number, _code(observable, unit)


def _code(observable: Observable, unit: str) -> str:
    """The code of a unit as it was told; the observable's own may be told as it is shown."""
    own = observable.unit
    shown = (named(own).casefold(), named(own, one=True).casefold())
    return own if own and unit.casefold() in shown else code(unit)


def _apart(text: str) -> tuple[str, str]:
    """A number as text and its unit: ``85 %``, ``85%``, ``26 wk``, ``26wk``."""
    if glued := _GLUED.fullmatch(text):
        return glued[1], glued[2]
    head = text.rstrip("%").split()[0] if text.rstrip("%").split() else ""
    return head, text[len(head) :].strip()


def _converted(observable: Observable, number: Decimal, unit: str) -> Decimal:
    if not observable.unit:
        raise _Refused("wrong-unit", f"{observable.id}: '{_cut(unit)}', but it has no unit", "leave the unit out")
    try:
        return convert(number, unit, observable.unit, observable.molar_mass)
    except UnitError as error:
        repair = f"give it in {_own_unit(observable)} (UCUM) or a unit that converts to it"
        if observable.molar_mass is None and wants_molar_mass(unit, observable.unit):
            repair = f"give it in {named(observable.unit)}, or add 'molarMass' (g/mol) to the observable '{observable.id}'"
        raise _Refused("wrong-unit", f"{observable.id}: {_cut(error)}", repair) from None


def _number_hint(observable: Observable) -> str:
    return f"write a number{' in ' + _own_unit(observable) if observable.unit else ''}, with a point as decimal mark"


def _own_unit(observable: Observable) -> str:
    """The unit of an observable as readers see it; its code where they see none."""
    return named(observable.unit) or observable.unit


def _hint(name: str, known: list[str]) -> str:
    near = get_close_matches(name, known, n=1, cutoff=0.6)
    return f"did you mean '{near[0]}'?" if near else "known are " + ", ".join(known)


def _cut(value: object) -> str:
    text = str(value)
    return text if len(text) <= 60 else text[:59] + "…"
