"""From pyoxigraph's terms to rdflib's, letter for letter: reading mends nothing, so that validation can judge what was written."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import pyoxigraph
from rdflib import BNode, Literal, URIRef
from rdflib.namespace import XSD

_quiet: ContextVar[bool] = ContextVar("quiet", default=False)


def _keep(record: logging.LogRecord) -> bool:
    return not (_quiet.get() and record.msg.startswith("Failed to convert Literal"))


logging.getLogger("rdflib.term").addFilter(_keep)  # without effect outside `quiet`, and in other threads


@contextmanager
def quiet() -> Iterator[None]:
    """Within it rdflib does not log a warning with a traceback for each ill-typed literal; validation reports those.

    >>> with quiet():
    ...     str(literal("seventy", str(XSD.decimal)))
    'seventy'
    """
    token = _quiet.set(True)
    try:
        yield
    finally:
        _quiet.reset(token)


def literal(text: str, datatype: str = "", language: str | None = None) -> Literal:
    """A literal with its lexical form untouched; ``xsd:string`` is written as a plain literal, as RDF 1.1 has it.

    >>> literal("007", str(XSD.integer)), literal("x", str(XSD.string))
    (rdflib.term.Literal('007', datatype=rdflib.term.URIRef('http://www.w3.org/2001/XMLSchema#integer')), rdflib.term.Literal('x'))
    """
    if language:
        return Literal(text, lang=language)
    if not datatype or datatype == str(XSD.string):
        return Literal(text)
    return Literal(text, datatype=URIRef(datatype), normalize=False)


def node(term: pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal) -> URIRef | BNode | Literal:
    """The rdflib term that says the same."""
    if isinstance(term, pyoxigraph.NamedNode):
        return URIRef(term.value)
    if isinstance(term, pyoxigraph.BlankNode):
        return BNode(term.value)
    return literal(term.value, term.datatype.value, term.language)
