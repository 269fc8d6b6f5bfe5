"""What a DMN file says, before any of it is understood: every text with its line."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Cell:
    """A text of the file; `language` is that of the expression where the file names one for it, `note` its description."""

    text: str
    line: int
    language: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """An input of a decision table.

    Attributes:
        line: where it begins.
        label: what readers see above it; may be empty.
        expression: what is compared with the cells.
        type: name of a type.
        values: those that are allowed.
        variable: name under which Camunda's cells know the value.
        note: its description.
    """

    line: int
    label: str
    expression: Cell
    type: str = ""
    values: Cell | None = None
    variable: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Output:
    """An output of a decision table; `values` are in the order of their priority, `note` is its description."""

    line: int
    name: str
    label: str
    type: str = ""
    values: Cell | None = None
    default: Cell | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of a decision table; `notes` are its annotations with the names of their columns, which may be empty."""

    line: int
    cells: tuple[Cell, ...]
    outputs: tuple[Cell, ...]
    notes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    line: int
    hit_policy: str
    aggregation: str
    columns: tuple[Column, ...]
    outputs: tuple[Output, ...]
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Context:
    """Named expressions, and the one that is the result."""

    line: int
    entries: tuple[tuple[str, Logic], ...]
    result: Logic | None


@dataclass(frozen=True, slots=True)
class Invocation:
    """A business knowledge model, and what its parameters stand for."""

    line: int
    function: str
    bindings: tuple[tuple[str, Cell], ...]


@dataclass(frozen=True, slots=True)
class Other:
    """A boxed expression of another kind."""

    line: int
    what: str


Logic = Table | Cell | Context | Invocation | Other


@dataclass(frozen=True, slots=True)
class Knowledge:
    """A business knowledge model."""

    id: str
    name: str
    line: int
    parameters: tuple[str, ...]
    body: Logic | None


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision; `notes` are what the file says of it in words, `requires` ids of whatever it rests on."""

    id: str
    name: str
    line: int
    variable: str = ""
    type: str = ""
    notes: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    logic: Logic | None = None


@dataclass(frozen=True, slots=True)
class InputData:
    id: str
    name: str
    line: int
    type: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A knowledge source: what a decision goes back to; `address` where the file has one, `behind` what it names as its own authorities."""

    id: str
    name: str
    line: int
    note: str = ""
    address: str = ""
    behind: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Type:
    """An item definition: what it is based on, which values are allowed, of which parts it is made."""

    name: str
    base: str = ""
    values: Cell | None = None
    parts: tuple[Type, ...] = ()
    many: bool = False


@dataclass(slots=True)
class Document:
    """All of a file.

    Attributes:
        version: of DMN, ``1.3``; empty where the namespace tells none.
        annotations: texts beside the diagram, with the ids of what they are attached to.
        unread: line, construct and reason of what has no place here.
    """

    name: str = ""
    version: str = ""
    language: str = ""
    inputs: dict[str, InputData] = field(default_factory=dict)
    decisions: dict[str, Decision] = field(default_factory=dict)
    knowledge: dict[str, Knowledge] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    types: dict[str, Type] = field(default_factory=dict)
    annotations: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    unread: list[tuple[int, str, str]] = field(default_factory=list)
