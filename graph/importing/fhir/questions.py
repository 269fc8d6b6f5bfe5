"""Conditions as criteria, and the questions that they ask: one for each path or definition, of the type by which it is compared."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from edgewise.graph.importing.fhir.logic import Compared, Holds, Logic, Negated, NotPlain, Number, OneOf, leaves
from edgewise.graph.importing.sheets import Sheet, code
from edgewise.graph.units import UnitError, convert, known
from edgewise.graph.units import code as ucum

_BOUNDS = {">=": ("atLeast",), ">": ("moreThan",), "<=": ("atMost",), "<": ("lessThan",), "=": ("atLeast", "atMost")}
_AGES = {"AgeInYears()": "a", "AgeInMonths()": "mo", "AgeInWeeks()": "wk", "AgeInDays()": "d", "AgeInHours()": "h"}
_GENDER = re.compile(r"%?[Pp]atient\.gender")
_GENDERS = ("male", "female", "other", "unknown")  # https://hl7.org/fhir/valueset-administrative-gender.html, to which FHIR binds it
_ANOTHER = "another value"
_LONGEST_UNIT, _MOST_DIGITS = 60, 15

Kind = Literal["yes-no", "choice", "quantity"]


@dataclass(slots=True)
class _Question:
    """What is known of a path before it is asked: how it is compared, with what, and how the file explains it."""

    kind: Kind
    defined: bool = False
    unit: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    help: str = ""
    id: str = ""


class Questions:
    """The questions of one file: first all conditions are learnt, since the choices of a question are what all of them compare it with.

    >>> from edgewise.graph.importing.fhir.expressions import plain_logic
    >>> questions = Questions(Sheet("p.json", "FHIR R4"))
    >>> asked = plain_logic("Patient.gender = 'female' and %bmi >= 30")
    >>> questions.learn(asked)
    >>> questions.criterion(asked)["all"][1]
    {'observable': 'bmi', 'atLeast': Decimal('30'), 'unit': '1'}
    """

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._asked: dict[str, _Question] = {}

    def learn(self, logic: Logic, explained: str = "") -> None:
        """Take note of what a condition compares; `explained` is what the file says of it in words."""
        for leaf in leaves(logic):
            if leaf.path not in self._asked:
                defined = isinstance(leaf, Holds) and leaf.defined
                self._asked[leaf.path] = _Question(_kind(leaf), defined, help=explained if leaf is logic else "")
            question = self._asked[leaf.path]
            if isinstance(leaf, OneOf) and question.kind == "choice":
                for text in leaf.texts:
                    question.texts.setdefault(text, "")
            if isinstance(leaf, Compared) and not question.unit:
                question.unit = _unit(leaf.path, leaf.number)

    def criterion(self, logic: Logic) -> dict[str, Any]:
        """A condition in the keys of docs/model.md.

        Raises:
            NotPlain: one path is compared in two ways, or a unit is none.
        """
        for leaf in leaves(logic):
            self._judge(leaf)
        return self._written(logic)

    def _judge(self, leaf: Holds | Compared | OneOf) -> None:
        question = self._asked[leaf.path]
        if question.kind != _kind(leaf):
            raise NotPlain(f"'{leaf.path}' is asked for as a {question.kind} elsewhere, and as a {_kind(leaf)} here.")
        if isinstance(leaf, Compared):
            if len(leaf.number.value.as_tuple().digits) > _MOST_DIGITS:
                raise NotPlain(f"A number of more than {_MOST_DIGITS} digits is not read.")
            _judge_unit(_unit(leaf.path, leaf.number), question.unit)

    def _written(self, logic: Logic) -> dict[str, Any]:
        if isinstance(logic, Negated):
            inner = self._written(logic.part)
            return {**inner, "is": "no" if inner["is"] == "yes" else "yes"} if "is" in inner else {"not": inner}
        if isinstance(logic, Holds):
            return {"observable": self._id(logic.path), "is": "yes"}
        if isinstance(logic, OneOf):
            id, texts = self._id(logic.path), self._asked[logic.path].texts
            return {"observable": id, "oneOf": [texts[text] for text in logic.texts]}
        if isinstance(logic, Compared):
            bounds: dict[str, Decimal] = dict.fromkeys(_BOUNDS[logic.sign], logic.number.value)
            return {"observable": self._id(logic.path), **bounds, "unit": _unit(logic.path, logic.number)}
        return {logic.key: [self._written(part) for part in logic.parts]}

    def _id(self, path: str) -> str:
        """The question for a path, asked for the first time or once more."""
        question = self._asked[path]
        if not question.id:
            words = f"What is {path}?"
            if question.kind == "yes-no":
                words = f"{path.rstrip('?')}?" if question.defined else f"Does this hold: {path}?"
            more = {"unit": question.unit} if question.kind == "quantity" else {}
            choices = _choices(path, question.texts) if question.kind == "choice" else ()
            question.id = self._sheet.observable(path, question.kind, question=words, choices=choices, help=question.help, **more)
        return question.id


def _kind(leaf: Holds | Compared | OneOf) -> Kind:
    return "yes-no" if isinstance(leaf, Holds) else "choice" if isinstance(leaf, OneOf) else "quantity"


def _unit(path: str, number: Number) -> str:
    return ucum(number.unit[:_LONGEST_UNIT]) if number.unit else _AGES.get(path, "1")


def _judge_unit(unit: str, asked: str) -> None:
    if not known(unit):
        raise NotPlain(f"'{unit}' is no unit of UCUM.")
    try:
        convert(Decimal(1), unit, asked)
    except UnitError:
        raise NotPlain(f"'{unit}' and '{asked}' cannot be compared.") from None


def _choices(path: str, texts: dict[str, str]) -> Iterable[tuple[str, str]]:
    """Every text that the file compares a path with, and, where no standard closes the list, that it is another."""
    closed = bool(_GENDER.fullmatch(path)) and texts.keys() <= set(_GENDERS)
    for text in (*_GENDERS, *texts) if closed else tuple(texts):
        texts[text] = texts.get(text) or code(text, texts.values())
    shown = [(texts[text], text) for text in (_GENDERS if closed else texts)]
    return shown if closed else [*shown, (code(_ANOTHER, texts.values()), _ANOTHER)]
