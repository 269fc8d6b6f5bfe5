"""What `ontology/context.jsonld` says about a key at a place: for messages, lines and ids. The mapping itself is left to JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from functools import cache, cached_property
from typing import Any

from rdflib import URIRef

from edgewise.ontology.terms import CONTEXT


@cache
def edgewise_context() -> Mapping[str, Any]:
    """The content of `ontology/context.jsonld` under ``@context``.

    >>> edgewise_context()["from"]
    {'@id': 'ew:from', '@type': '@id'}
    """
    loaded: Mapping[str, Any] = json.loads(CONTEXT.read_text(encoding="utf-8"))["@context"]
    return loaded


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

    def __init__(self, definitions: Mapping[str, Any], own: Collection[str] = ()) -> None:
        self.definitions, self.own = definitions, own  # `own`: the words that only this place has
        self._below: dict[str, Terms] = {}

    def below(self, key: str) -> Terms:
        """The definitions inside what `key` leads to: those of a context scoped to it come on top."""
        definition = self.definitions.get(key)
        scoped = definition.get("@context") if isinstance(definition, Mapping) else None
        if scoped and key not in self._below:
            self._below[key] = Terms({**self.definitions, **scoped}, frozenset(scoped))
        return self._below[key] if scoped else self

    @cached_property
    def words(self) -> Mapping[str, list[str]]:
        """IRI → the words of the context that mean it, this place's own before all others; prefixes and keywords left out."""
        known: dict[str, list[str]] = {}
        kept = (word for word in self.definitions if not word.startswith("@") and not self.keyword(word))
        for word in sorted(kept, key=lambda word: (word not in self.own, word)):
            if (iri := str(self.predicate(word)))[-1] not in "/#":
                known.setdefault(iri, []).append(word)
        return known

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
