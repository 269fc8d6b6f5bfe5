"""What decisions come to: outputs of rules in words, and the order in which they go before one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from edgewise.graph.importing.dmn import expressions as feel
from edgewise.graph.importing.dmn.document import Cell, Output
from edgewise.graph.importing.dmn.expressions import Expression
from edgewise.graph.importing.dmn.feel import Feel, Unparsed

_PLAIN = (feel.Text, feel.Number, feel.Truth, feel.Null, feel.Timed)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outputs of a rule.

    Attributes:
        label: all of them in words.
        values: each as it was parsed, or its text where it is no plain value.
        notes: descriptions of the entries.
    """

    label: str
    values: tuple[Expression | str, ...]
    notes: tuple[str, ...] = ()

    @property
    def plain(self) -> bool:
        """Whether all of them are plain values."""
        return not any(isinstance(value, str) for value in self.values)


def outcome(cells: Sequence[Cell], outputs: Sequence[Output], name: str, parser: Feel) -> Outcome:
    """What a rule comes to.

    >>> outcome([Cell('"Approved"', 1)], [Output(1, "", "Status")], "Decision", Feel()).label
    'Status: Approved'
    """
    told, values = [], []
    for rank, output in enumerate(outputs):
        text = cells[rank].text if rank < len(cells) else ""
        value = plain_value(text, parser)
        values.append(text if value is None else value)
        called = output.label or output.name or name
        told.append(f"{called}: {value.value if isinstance(value, feel.Text) and value.value.strip() else text or '-'}")
    return Outcome(", ".join(told), tuple(values), tuple(cell.note for cell in cells if cell.note))


def plain_value(text: str, parser: Feel) -> Expression | None:
    """The value, where a text is one; else None."""
    try:
        found = parser.parsed(text)
    except Unparsed:
        return None
    return found if isinstance(found, _PLAIN) else None


def is_worked_out(text: str, parser: Feel) -> bool:
    """Whether a text is an expression whose value has to be worked out; plain words are told as they stand.

    >>> is_worked_out("2 * dose", Feel()), is_worked_out("Give the dose", Feel()), is_worked_out("5", Feel())
    (True, False, False)
    """
    try:
        found = parser.parsed(text)
    except Unparsed:
        return False
    return not isinstance(found, (*_PLAIN, feel.Name))


def ranked(outcomes: Sequence[Outcome], outputs: Sequence[Output], parser: Feel) -> list[tuple[int, ...]] | None:
    """The place of each outcome by the order in which the output values stand; None where no output has such an order.

    What is not among the values comes after all of them.
    """
    orders = [_order(output.values, parser) for output in outputs]
    if not any(orders):
        return None
    return [tuple(_place(value, order) for value, order in zip(one.values, orders, strict=True) if order) for one in outcomes]


def _order(values: Cell | None, parser: Feel) -> tuple[Expression, ...]:
    try:
        found = parser.parsed(values.text) if values else feel.Listed(())
    except Unparsed:
        return ()
    return found.items if isinstance(found, feel.Listed) else (found,)


def _place(value: Expression | str, order: tuple[Expression, ...]) -> int:
    return order.index(value) if value in order else len(order)
