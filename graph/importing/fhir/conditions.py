"""The conditions of an action: those that make it applicable, in the language that each names."""

from __future__ import annotations

from dataclasses import dataclass

from edgewise.graph.importing.fhir.elements import Element
from edgewise.graph.importing.fhir.expressions import plain_logic
from edgewise.graph.importing.fhir.logic import Holds, Logic, NotPlain
from edgewise.graph.importing.sheets import plain

_NAMED = frozenset(("text/cql-identifier", "text/cql.identifier", "text/cql-name", "text/cql.name"))
_CQL = frozenset(("text/cql", "text/cql-expression", "text/cql.expression"))
_FHIRPATH = frozenset(("text/fhirpath",))


@dataclass(frozen=True, slots=True)
class Condition:
    """What makes an action applicable.

    Attributes:
        line: in the file.
        text: the expression, or the words that stand in its place.
        logic: what it says; None where it was not read.
        why: it was not read.
        help: how the file explains it.
    """

    line: int
    text: str
    logic: Logic | None
    why: str = ""
    help: str = ""


def conditions(action: Element) -> list[Condition]:
    """The conditions by which an action applies, all of which have to hold; other kinds stay unread, one that always holds says nothing.

    >>> from edgewise.graph.importing.fhir.elements import element
    >>> from edgewise.graph.reading.lines import Marks
    >>> said = {"language": "text/cql.identifier", "expression": "Is It So?"}
    >>> conditions(element("action", {"condition": [{"kind": "applicability", "expression": said}]}, Marks(), ()))[0].logic
    Holds(path='Is It So?', defined=True)
    """
    found = []
    for one in action.all("condition"):
        if one.text("kind") not in ("applicability", ""):
            one.leave()
        elif (read := _read(one)) is not None:
            found.append(read)
    return found


def _read(condition: Element) -> Condition | None:
    expression = condition.one("expression")
    said = expression if expression is not None and expression.parts else condition
    text = plain(said.text("expression") if said is expression else expression.value if expression else "")
    explained = plain(said.text("description"))
    language = said.text("language").partition(";")[0].strip().lower()
    _ = said.text("name")
    line = expression.line if expression else condition.line
    if not text:
        words = explained or plain(said.text("reference"))
        return Condition(line, words or "a condition without an expression", None, "It has no expression.") if words or expression else None
    if text == "true":
        return None
    try:
        return Condition(line, text, _logic(text, language), help=explained)
    except NotPlain as refusal:
        return Condition(line, text, None, str(refusal), explained)


def _logic(text: str, language: str) -> Logic:
    if language in _NAMED:
        return _named(text)
    if language in _CQL or language in _FHIRPATH:
        return plain_logic(text, cql=language in _CQL)
    raise NotPlain(f"The language {language} is not read." if language else "It names no language.")


def _named(text: str) -> Logic:
    """A definition by its name, with or without quotes and its library in front."""
    try:
        found = plain_logic(text, cql=True) if '"' in text else None
    except NotPlain:
        found = None
    return found if isinstance(found, Holds) and found.defined else Holds(text, defined=True)
