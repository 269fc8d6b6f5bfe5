"""The JSON Schema of a `guideline.yaml`: a definition for each class of the contract, as it is spelt where it stands."""

from __future__ import annotations

from typing import Any

from rdflib import URIRef
from rdflib.namespace import RDF, SH, SKOS
from rdflib.term import Node

from edgewise.graph.reading.complaints import kind, vocabulary
from edgewise.graph.reading.context import Terms, edgewise_context
from edgewise.graph.reading.drafted import ABLE_TO_WAIT
from edgewise.graph.schema import blocks, contract, values
from edgewise.graph.schema.joint import Names, conditions
from edgewise.graph.schema.keys import explained, key_schema, units
from edgewise.graph.schema.snippets import snippet
from edgewise.graph.schema.values import Schema
from edgewise.graph.schema.words import IN_PROSE, words
from edgewise.ontology.terms import EW

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def guideline_schema() -> dict[str, Any]:
    """What an editor may be given to complete, explain and judge a guideline's YAML.

    Every class is defined twice: as it has to be, and as it may be while `draft: true` says that the guideline is still being written.

    >>> schema = guideline_schema()
    >>> schema["$defs"]["Guideline"]["required"][:3], schema["$defs"]["Draft-Guideline"]["required"]
    (['id', 'title', 'question'], ['id'])
    """
    definitions = {"Unit": units()}
    whole, draft = (_Book(definitions, is_draft).refer(EW.Guideline, Terms(edgewise_context())) for is_draft in (False, True))
    about = "A clinical guideline as Edgewise reads it; docs/model.md explains it, and `edgewise check` judges what no schema can."
    said: Schema = {"required": ["draft"], "properties": {"draft": {"enum": [True, "true"]}}}
    head = {"$schema": DIALECT, "title": "Edgewise guideline.yaml", "description": about, "type": "object"}
    return {**head, "if": said, "then": draft, "else": whole, "$defs": definitions}


class _Book:
    """The definitions made so far, by class and by the words in force where it stands."""

    def __init__(self, definitions: dict[str, Schema], draft: bool) -> None:
        self.definitions, self.draft = definitions, draft
        self._named: dict[tuple[Node, tuple[str, ...]], str] = {}

    def refer(self, class_: Node, terms: Terms) -> Schema:
        """A reference to a definition, which is made if there is none."""
        spelt = (class_, tuple(_names(class_, terms).values()))
        if spelt not in self._named:
            name = str(class_).removeprefix(str(EW))
            taken = sum(1 for known, _ in self._named if known == class_)
            name = f"{'Draft-' if self.draft else ''}{name}{f'-{taken + 1}' if taken else ''}"
            self._named[spelt] = name
            self.definitions[name] = {}  # before its keys are made: it may hold itself
            self.definitions[name] |= self.definition(class_, terms)
        return {"$ref": f"#/$defs/{self._named[spelt]}"}

    def definition(self, class_: Node, terms: Terms) -> Schema:
        """A block of a class: its keys, those that it needs, and what has to hold of several."""
        names = _names(class_, terms)
        keys = {"id": _id(class_) | explained(class_, "id", RDF.nil)}
        for predicate, key in names.items():
            value = key_schema(class_, key, terms, self.refer)
            keys[key] = (self._or_blank(value) if self.draft else value) | explained(class_, key, URIRef(str(predicate)))
        needed = [*(["id"] if class_ == EW.Guideline else []), *(names[one] for one in names if self._is_needed(class_, one))]
        joint = [*conditions(class_, names), *blocks.conditions(class_, names, draft=self.draft)]
        return {
            "title": kind(class_),
            "description": str(vocabulary().value(class_, SKOS.definition) or ""),
            "type": "object",
            "additionalProperties": False,
            "required": needed,
            "properties": keys,
            **({"allOf": joint} if joint else {}),
            **({"defaultSnippets": [snippet(kind(class_), needed, keys)]} if needed and class_ != EW.Guideline else {}),
        }

    def _is_needed(self, class_: Node, predicate: Node) -> bool:
        if self.draft and predicate in ABLE_TO_WAIT:
            return False
        least = (SH.minCount, SH.qualifiedMinCount)
        return any((contract.number(one, what) or 0) > 0 for one in contract.properties(class_)[URIRef(str(predicate))] for what in least)

    @staticmethod
    def _or_blank(value: Schema) -> Schema:
        """In a draft what says nothing is still to write: an empty text, or an empty list."""
        if value.get("type") == "array":
            return {key: held for key, held in value.items() if key != "minItems"}
        return {"anyOf": [*value.get("anyOf", [value]), {"type": "string", "pattern": r"^\s*$"}]}


def _id(class_: Node) -> Schema:
    return values.name(values.GUIDELINE_ID if class_ == EW.Guideline else values.OWN_ID)


def _names(class_: Node, terms: Terms) -> Names:
    """Property → key, in the order of the document; properties without a word there are left out."""
    known: dict[str, URIRef] = {"type": RDF.type}
    for predicate in contract.properties(class_):
        if predicate != RDF.type and (spelt := terms.words.get(str(predicate))):
            known[spelt[0]] = predicate
    name = str(class_).removeprefix(str(EW))
    ordered = [*(["type"] if "type" in known else []), *IN_PROSE.get(name, words(name)), *known]
    return {known[key]: key for key in dict.fromkeys(ordered) if key in known}
