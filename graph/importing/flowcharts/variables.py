"""Observables out of the names that a file's conditions compare: what is asked of one name anywhere decides what kind of answer it has."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from edgewise.graph.importing.flowcharts.expressions import Compared, Expression, Unreadable, comparisons
from edgewise.graph.importing.flowcharts.model import Asked
from edgewise.graph.importing.sheets import Sheet, code

_OTHER = "none of these"
_KEYS = {"<": "lessThan", "<=": "atMost", ">": "moreThan", ">=": "atLeast"}


class Variables:
    """The names compared in one file, each one observable of a sheet.

    >>> from edgewise.graph.importing.flowcharts.expressions import expression_of
    >>> sheet, read = Sheet("a.bpmn", "BPMN 2.0"), [expression_of(text) for text in ("inr > 1.5", "state = 'a'", "state = 'b'")]
    >>> variables = Variables(sheet, read)
    >>> variables.criterion(read[0]), variables.criterion(read[1])
    ({'observable': 'inr', 'moreThan': Decimal('1.5'), 'unit': '1'}, {'observable': 'state', 'oneOf': ['a']})
    """

    def __init__(self, sheet: Sheet, expressions: Iterable[Expression]) -> None:
        self._sheet = sheet
        self._values: dict[str, list[object]] = {}
        self._orders: set[str] = set()
        for compared in (compared for expression in expressions for compared in comparisons(expression)):
            held = self._values.setdefault(compared.name, [])
            if compared.value not in held or isinstance(compared.value, bool):
                held.append(compared.value)
            if compared.operator in _KEYS:
                self._orders.add(compared.name)
        self._made: dict[str, str] = {}
        self._codes: dict[str, dict[str, str]] = {}

    def criterion(self, expression: Expression) -> Asked:
        """The expression as a criterion; its observables are made when they are first asked for.

        Raises:
            Unreadable: a name is compared with values of several kinds.
        """
        self._refuse_mixed(expression)
        return self._criterion(expression)

    def about(self, root: str) -> list[str]:
        """Ids of the observables asked for so far whose name is this one, or a property of it.

        >>> Variables(Sheet("a", "b"), []).about("inr")
        []
        """
        return [id for name, id in self._made.items() if name == root or name.startswith(f"{root}.")]

    def _criterion(self, expression: Expression) -> Asked:
        if isinstance(expression, Compared):
            return self._comparison(expression)
        parts = [self._criterion(part) for part in expression.parts]
        return {"not": parts[0]} if expression.by == "not" else {expression.by: parts}

    def _refuse_mixed(self, expression: Expression) -> None:
        for name in {compared.name for compared in comparisons(expression)}:
            kinds = {type(value) for value in self._values.get(name, ())}
            if len(kinds) > 1:
                raise Unreadable(f"'{name}' is compared with values of several kinds")
            if name in self._orders and kinds != {Decimal}:
                raise Unreadable(f"'{name}' is compared by order and is no number")

    def _comparison(self, compared: Compared) -> Asked:
        value, negated = compared.value, compared.operator == "!="
        if isinstance(value, bool):
            return {"observable": self._asked(compared.name, "yes-no"), "is": "yes" if value != negated else "no"}
        if isinstance(value, Decimal):
            return self._number(compared, value)
        texts = [text for text in self._values[compared.name] if isinstance(text, str)]
        if len(texts) < 2:
            label = f'{compared.name} = "{value}"'
            return {"observable": self._asked(compared.name, "yes-no", label), "is": "no" if negated else "yes"}
        found = {"observable": self._choice(compared.name, texts), "oneOf": [self._codes[compared.name][value]]}
        return {"not": found} if negated else found

    def _number(self, compared: Compared, value: Decimal) -> Asked:
        id = self._asked(compared.name, "quantity")
        if compared.operator in _KEYS:
            return {"observable": id, _KEYS[compared.operator]: value, "unit": "1"}
        band: Asked = {"observable": id, "atLeast": value, "atMost": value, "unit": "1"}
        return {"not": band} if compared.operator == "!=" else band

    def _asked(self, name: str, value_type: str, label: str = "") -> str:
        if name not in self._made:
            self._made[name] = self._sheet.observable(label or name, value_type)
        return self._made[name]

    def _choice(self, name: str, texts: list[str]) -> str:
        if name not in self._made:
            codes: dict[str, str] = {}
            for text in texts:
                codes[text] = code(text, codes.values())
            other = code(_OTHER, codes.values())
            self._codes[name] = codes
            pairs = [(value, text or '""') for text, value in codes.items()]
            self._made[name] = self._sheet.observable(name, "choice", choices=[*pairs, (other, _OTHER)])
        return self._made[name]
