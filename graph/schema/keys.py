"""One key of one class as JSON Schema: what may stand behind it, and how it is explained."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from rdflib import URIRef
from rdflib.namespace import RDF, RDFS, SH, SKOS, XSD
from rdflib.term import Node

from edgewise.graph.clinical_units import listed
from edgewise.graph.reading.complaints import kind, shapes, vocabulary
from edgewise.graph.reading.context import Terms
from edgewise.graph.schema import contract, values
from edgewise.graph.schema.values import Schema
from edgewise.graph.schema.words import examples, words
from edgewise.ontology.terms import CODE, EW

Reference = Callable[[Node, Terms], Schema]
"""Gives a reference to the definition of a class, as it is spelt below some key."""

_CODES = re.compile(r"(`[^`]+`(, )?)*")
_CDT = "https://w3id.org/cdt/ucum"
_UNITS = {"$ref": "#/$defs/Unit"}
_OPERATIONS = frozenset({EW.greatestOf, EW.leastOf, EW.sumOf, EW.productOf, EW.differenceOf, EW.quotientOf})


def key_schema(class_: Node, key: str, terms: Terms, block: Reference) -> Schema:
    """What may stand behind `key` in a block of a class.

    Args:
        class_: the class.
        key: as it is written.
        terms: the words in force there.
        block: how a block of another class is referred to.
    """
    predicate = terms.predicate(key) if key != "type" else RDF.type
    constraints = contract.properties(class_)[predicate]
    if key == "type":
        return _types(constraints)
    if predicate in _OPERATIONS:
        return values.listed(_operand(block, terms), least=2)
    inner = terms.below(key)
    branches = [_one(branch, predicate, inner, block) for branch in _branches(constraints)]
    blocks = [schema for schema in branches if "$ref" in schema]
    item = _either(branches)
    if _stands_once(constraints):
        return item
    least = max(contract.number(one, SH.minCount) or 0 for one in constraints)
    if blocks and len(blocks) == len(branches) and not _may_stand_alone(constraints):
        return values.listed(item, least)
    return _either([*branches, values.listed(_either(blocks or branches), least)])


def _branches(constraints: Sequence[Node]) -> list[list[Node]]:
    """The ways of writing a value, each with the constraints on it: those of an `sh:or`, else all of them together."""
    ways: list[list[Node]] = []
    for constraint in constraints:
        either = shapes().value(constraint, SH["or"])
        for n, branch in enumerate(contract.listed(either) if either is not None else ()):
            ways = [*ways, [constraint]] if len(ways) <= n else ways
            ways[n] = [*ways[n], branch]
    return ways or [list(constraints)]


def _one(constraints: Sequence[Node], predicate: URIRef, inner: Terms, block: Reference) -> Schema:
    classes = [one for constraint in constraints if (one := shapes().value(constraint, SH["class"])) is not None]
    for class_ in classes:
        if predicate in contract.containers(class_):
            return block(class_, inner)
    if classes or _first(constraints, SH.nodeKind) == SH.IRI:
        return values.name(values.REFERENCE)
    if (allowed := _first(constraints, SH["in"])) is not None:
        return _codes([str(one) for one in contract.listed(allowed)], predicate)
    if predicate in (EW.unit, EW.inUnit):
        return {"anyOf": [_UNITS, _literal(constraints)]}
    return _literal(constraints)


def _literal(constraints: Sequence[Node]) -> Schema:
    datatype, pattern = _first(constraints, SH.datatype), str(_first(constraints, SH.pattern) or "")
    least, most = (None if (found := _first(constraints, what)) is None else str(found) for what in (SH.minInclusive, SH.maxInclusive))
    if datatype == XSD.decimal:
        return values.number(pattern, least, most)
    if datatype == XSD.integer:
        return values.whole(pattern, least, most)
    if datatype == XSD.boolean:
        return values.truth()
    if datatype == XSD.date:
        return values.text(pattern) | {"format": "date"}
    longest = next((n for one in constraints if (n := contract.number(one, SH.maxLength)) is not None), None)
    if str(datatype) != _CDT and pattern.startswith("^[A-Za-z0-9]["):
        return values.code(pattern) | ({} if longest is None else {"maxLength": longest})
    return values.text(pattern, longest)


def _operand(block: Reference, terms: Terms) -> Schema:
    """An operand of a formula: a number, the id of an observable, or a formula."""
    bare = key_schema(EW.Formula, "value", terms, block)
    return {"anyOf": [*bare["anyOf"], values.name(values.REFERENCE), block(EW.Formula, terms)]}


def _types(constraints: Sequence[Node]) -> Schema:
    """The types that a block may bear; where one of several is needed, which, and which may stand together."""
    allowed = [_local(one) for one in contract.listed(_first(constraints, SH["in"]) or RDF.nil)]
    asked = [one for one in constraints if shapes().value(one, SH.qualifiedValueShape) is not None]
    if not asked:
        return {"enum": allowed, "description": f"May be left out: it goes without saying that this is {kind(EW[allowed[0]])}."}
    together: list[Schema] = [{"type": "array", "items": {"enum": allowed}, "uniqueItems": True}]
    single: list[str] = allowed
    for one in asked:
        among = [_local(each) for each in contract.listed(shapes().value(shapes().value(one, SH.qualifiedValueShape), SH["in"]) or RDF.nil)]
        if (most := contract.number(one, SH.qualifiedMaxCount)) is not None:
            together.append({"contains": {"enum": among}, "minContains": 0, "maxContains": most})
        else:
            together.append({"contains": {"enum": among}})
            single = among
    told = [_definition(EW[name]) for name in single]
    return {"anyOf": [{"enum": single, "enumDescriptions": told, "markdownEnumDescriptions": told}, {"allOf": together}]}


def _codes(allowed: list[str], predicate: URIRef) -> Schema:
    """One of a closed list of codes, each with its definition."""
    scheme = next((one for one in vocabulary().objects(predicate, RDFS.seeAlso) if str(one).startswith(str(CODE))), None)
    told = [_code(scheme, code) for code in allowed]
    return {"enum": allowed} | ({"enumDescriptions": told, "markdownEnumDescriptions": told} if any(told) else {})


def _code(scheme: Node | None, code: str) -> str:
    concepts = vocabulary().subjects(SKOS.inScheme, scheme) if scheme is not None else ()
    return next((_definition(one) for one in concepts if str(vocabulary().value(one, SKOS.notation)) == code), "")


def units() -> Schema:
    """The units that a clinician knows by name, for an editor to offer; any other UCUM code can be written too."""
    known = [unit for unit in listed().values() if unit.name]
    told = [f"{unit.name}, told also as {', '.join(unit.spellings)}" if unit.spellings else unit.name for unit in known]
    return {"enum": [unit.code for unit in known], "enumDescriptions": told, "markdownEnumDescriptions": told}


def explained(class_: Node, key: str, predicate: URIRef) -> Schema:
    """How a key is explained: what the vocabulary and the document say of it, how it is written, and an example.

    >>> explained(EW.Transition, "role", EW.role)["description"][:40]
    'Whether the source leads along the edge '
    """
    name = _local(class_)
    said = _beyond_codes(words(name).get(key) or (words("Statement").get(key, "") if name == "Heading" else ""))
    definition = _DEFINED.get(key) or _definition(predicate)
    form = next((str(found) for one in contract.properties(class_).get(predicate, ()) if (found := shapes().value(one, EW.repair))), "")
    told = [definition, _sentence(said), _sentence(form if key != "type" else "")]
    example = examples(name).get(key)
    shown = [f"For example `{key}: {example}`."] if isinstance(example, str) and len(example) < 80 else []
    plain = " ".join(part for part in (*told, *shown) if part)
    return {
        "description": plain.replace("`", "'"),
        "markdownDescription": "\n\n".join(part for part in (*told, *shown) if part),
        **({"examples": [example]} if example is not None and shown else {}),
    }


_DEFINED = {
    "id": "The name by which this is referred to: unique in the guideline, and public, as links and cases rely on it.",
    "type": "What it is.",
}


def _beyond_codes(said: str) -> str:
    """What the document says, unless it only lists the codes, which the editor lists itself."""
    return "" if _CODES.fullmatch(said) else said


def _sentence(text: str) -> str:
    text = re.sub(r"\bew:(\w+)", r"\1", text).strip()
    return f"{text[0].upper()}{text[1:]}{'' if text[-1] in '.:' else '.'}" if text else ""


@cache
def _definition(resource: Node) -> str:
    return str(vocabulary().value(resource, SKOS.definition) or "")


def _first(constraints: Sequence[Node], what: URIRef) -> Any:
    return next((found for one in constraints if (found := shapes().value(one, what)) is not None), None)


def _stands_once(constraints: Sequence[Node]) -> bool:
    return any(contract.number(one, SH.maxCount) == 1 for one in constraints)


def _may_stand_alone(constraints: Sequence[Node]) -> bool:
    return any(" a block of keys" in str(shapes().value(one, SH.message)) for one in constraints)


def _either(schemas: list[Schema]) -> Schema:
    return schemas[0] if len(schemas) == 1 else {"anyOf": schemas}


def _local(resource: Node) -> str:
    return str(resource).removeprefix(str(EW))
