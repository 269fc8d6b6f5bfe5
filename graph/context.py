"""What `ontology/context.jsonld` says about a key at a place: for messages, lines and ids. The mapping itself is left to JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from rdflib import URIRef

from ontology.terms import CONTEXT


@cache
def edgewise_context() -> Mapping[str, Any]:
    """The content of `ontology/context.jsonld` under ``@context``.

    >>> edgewise_context()["from"]
    {'@id': 'ew:from', '@type': '@id'}
    """
    loaded: Mapping[str, Any] = json.loads(CONTEXT.read_text(encoding="utf-8"))["@context"]
    return loaded


@dataclass(frozen=True, slots=True)
class Terms:
    """The definitions in force at one place of a document.

    >>> terms = Terms(edgewise_context())
    >>> terms.predicate("from"), terms.datatype("from"), terms.keyword("id")
    (rdflib.term.URIRef('https://w3id.org/edgewise/ns#from'), '@id', '@id')
    >>> terms.predicate("lable")
    rdflib.term.URIRef('https://w3id.org/edgewise/unknown#lable')
    >>> terms.below("ratings").predicate("modality") == terms.predicate("modality")
    False
    """

    definitions: Mapping[str, Any]

    def below(self, key: str) -> Terms:
        """The definitions inside what `key` leads to: those of a context scoped to it come on top."""
        definition = self.definitions.get(key)
        scoped = definition.get("@context") if isinstance(definition, Mapping) else None
        return Terms({**self.definitions, **scoped}) if scoped else self

    def keyword(self, word: str) -> str:
        """The JSON-LD keyword that `word` stands for, or empty."""
        definition = self.definitions.get(word, "")
        return definition if isinstance(definition, str) and definition.startswith("@") else ""

    def datatype(self, key: str) -> str:
        """``@id`` for a key whose texts are references, the datatype's IRI, or empty for plain text."""
        definition = self.definitions.get(key)
        found = definition.get("@type", "") if isinstance(definition, Mapping) else ""
        return found if found.startswith("@") else self._expand(found) if found else ""

    def predicate(self, word: str) -> URIRef:
        """The IRI of a key or of a type's name."""
        definition = self.definitions.get(word)
        name = definition.get("@id") if isinstance(definition, Mapping) else definition
        return URIRef(self._expand(name) if name else str(self.definitions["@vocab"]) + word)

    def _expand(self, name: str) -> str:
        prefix, colon, rest = name.partition(":")
        namespace = self.definitions.get(prefix)
        return f"{namespace}{rest}" if colon and isinstance(namespace, str) else name
