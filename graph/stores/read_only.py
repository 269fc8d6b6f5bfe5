"""Whether a question in SPARQL only reads, and only this library: judged on its parsed algebra, before any engine sees it.

SERVICE would send the user's question to any address, FROM and LOAD would fetch one, an update would change the library. rdflib parses;
nothing is run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from edgewise.graph.stores.errors import StoreError, refuse

Kind = Literal["select", "ask", "construct", "describe"]
LONGEST = 20_000  # characters
_DEEPEST = 60  # brackets: rdflib's parser goes down with each
_KINDS: dict[str, Kind] = {"SelectQuery": "select", "AskQuery": "ask", "ConstructQuery": "construct", "DescribeQuery": "describe"}
_FORBIDDEN = {
    "ServiceGraphPattern": ("SERVICE asks another server", "leave SERVICE out: only this library can be asked"),
    "DatasetClause": ("FROM names another dataset", "leave FROM out, and name a guideline's graph by GRAPH <…> { … }"),
}


PREFIXES = {
    "ew": "https://w3id.org/edgewise/ns#",
    "lib": "https://w3id.org/edgewise/library#",
    "biro": "http://purl.org/spar/biro/",
    "cito": "http://purl.org/spar/cito/",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""Prefixes that need not be declared."""
_DECLARED = re.compile(r"prefix\s+([A-Za-z][\w-]*)\s*:", re.IGNORECASE)
_WORDS = {"service": "ServiceGraphPattern", "from": "DatasetClause"}
_OPAQUE = re.compile(
    r'''"""(?:"{0,2}(?:[^"\\]|\\.))*"""|\'{3}(?:\'{0,2}(?:[^\'\\]|\\.))*\'{3}|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\''''
    r"""|<[^<>"{}|^`\\\x00-\x20]*>|\#[^\n]*""",
    re.DOTALL,
)
"""Texts, IRIs and comments, in which a word means nothing."""
_VALUES_LAST = re.compile(r"\bvalues\b[^{}]*\{[^{}]*\}\s*$", re.IGNORECASE)
_WORD = re.compile(r"(?<![?$:\w.-])(?:service|from)(?![\w:-])", re.IGNORECASE)


class Question(NamedTuple):
    """A question that only reads this library: its text, as it was judged and no other, and what it asks for."""

    text: str
    kind: Kind


def question(text: str) -> Question:
    """A question, judged.

    Raises:
        StoreError: it is no question in SPARQL 1.1, or one that does more than read this library.

    >>> question("ASK { ?s ?p ?o }").kind
    'ask'
    >>> question("DROP ALL")
    Traceback (most recent call last):
        ...
    edgewise.graph.stores.errors.StoreError: error: the question would change the library; ask with SELECT, ASK, CONSTRUCT or DESCRIBE \
[library-query]
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")  # rdflib does not end a comment at a lone carriage return, engines do
    _bounded(text)
    text = _prefixed(text)
    names = _names_of(text)
    for name in names & _FORBIDDEN.keys():
        raise _refused(*_FORBIDDEN[name])
    for found in _WORD.finditer(_OPAQUE.sub(" ", text)):  # should rdflib ever read a text in another way than an engine does
        raise _refused(*_FORBIDDEN[_WORDS[found[0].lower()]])
    kind = next((kind for name, kind in _KINDS.items() if name in names), None)
    if kind is None:
        raise _refused("this is no question", "ask with SELECT, ASK, CONSTRUCT or DESCRIBE")
    return Question(text, kind)


def limited(asked: Question, rows: int) -> str:
    r"""The text of a question that asks for no more than so many rows, where a limit can be added to it.

    >>> limited(question("SELECT * { ?s ?p ?o }"), 5), limited(question("ASK {}"), 5)
    ('SELECT * { ?s ?p ?o }\nLIMIT 5', 'ASK {}')
    """
    bare = _OPAQUE.sub(" ", asked.text)
    has_one = re.search(r"\blimit\b", bare.rpartition("}")[2], re.IGNORECASE) or _VALUES_LAST.search(bare)
    return asked.text if has_one or asked.kind == "ask" else f"{asked.text}\nLIMIT {rows}"


def _prefixed(text: str) -> str:
    """The question with the prefixes that it uses and does not declare, on its first line."""
    bare = _OPAQUE.sub(" ", text)
    declared = {name.lower() for name in _DECLARED.findall(bare)}
    used = [name for name in PREFIXES if name not in declared and re.search(rf"(?<![\w.:-]){name}:", bare)]
    return "".join(f"PREFIX {name}: <{PREFIXES[name]}> " for name in used) + text


def _bounded(text: str) -> None:
    if len(text) > LONGEST:
        raise _refused(f"the question is longer than {LONGEST:,} characters", "ask a shorter one")
    depth = deepest = 0
    for sign in text:
        depth += (sign in "{([") - (sign in "})]")
        deepest = max(deepest, depth)
    if deepest > _DEEPEST:
        raise _refused(f"the question is nested deeper than {_DEEPEST} brackets", "ask a simpler one")
    if "\\u" in text or "\\U" in text:  # they are read as if their sign stood there: anything could hide behind them
        raise _refused("the question holds an escape such as \\u0041", "write the sign itself")


def _names_of(text: str) -> set[str]:
    """The names of all parts of a question, as parsed and as algebra: making the one takes filters out of the other."""
    from pyparsing import ParseBaseException
    from rdflib.plugins.sparql.algebra import translateQuery
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        parsed = parseQuery(text)
        names = set(_names(parsed))
        return names | set(_names(translateQuery(parsed).algebra))
    except ParseBaseException as error:
        raise _syntax(text, error) from None
    except RecursionError:
        raise _refused("the question is nested too deep", "ask a simpler one") from None
    except Exception as error:  # what rdflib raises of a question that makes no sense: of many kinds, with plain words
        raise _refused(f"the question makes no sense: {error}", "check its prefixes and variables") from None


def _syntax(text: str, error: Any) -> StoreError:
    if _is_update(text):
        return _refused("the question would change the library", "ask with SELECT, ASK, CONSTRUCT or DESCRIBE")
    place = f"line {error.lineno}, column {error.column}"
    return _refused(f"the question is not well formed at {place}", "a bracket, a full stop or a prefix may be missing there")


def _is_update(text: str) -> bool:
    """Whether it is an update; nothing at all would be one as well."""
    from rdflib.plugins.sparql.parser import parseUpdate

    try:
        parseUpdate(text)
    except Exception:
        return False
    return bool(_OPAQUE.sub("", text).strip())


def _names(parsed: Any) -> Iterator[str]:
    """The names of all parts of a parsed question, at whatever depth."""
    from rdflib.plugins.sparql.parserutils import CompValue

    waiting = [parsed]
    while waiting:
        one = waiting.pop()
        if isinstance(one, CompValue):
            yield one.name
            waiting.extend(one.values())
        elif isinstance(one, dict):
            waiting.extend(one.values())
        elif isinstance(one, (list, tuple)) or hasattr(one, "asList"):
            waiting.extend(one)


def _refused(message: str, repair: str) -> StoreError:
    return refuse("query", message, repair)
