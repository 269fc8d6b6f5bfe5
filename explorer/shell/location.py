"""Where the reader is, as an address: guideline, selection, facts, and how far the walk goes.

    ?page=imaging&g=sacroiliac-sclerosis&sel=cooled-rfa&facts=radiographs~equivocal+block-relief~85~88&upto=conservative-care

Written are only characters that an address carries unescaped; read are also the forms somebody may type
(``radiographs:equivocal;block-relief:85,88``). ``_`` stands for one of a series that is not known. Everything that
comes in is somebody's mistake or attack: what cannot be used is left out and told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import cast
from urllib.parse import quote, unquote

from edgewise.graph.model import Guideline
from edgewise.graph.walking.facts import Answer, Facts, parse_facts, plain
from edgewise.graph.walking.pairs import unlike
from edgewise.ontology.errors import FactsError

OWN = {
    "": ("why", "vary", "gaps", "find", "summary"),
    "imaging": ("situation",),
    "audit": ("view", "severity", "rule", "finding", "citation"),
    "evidence": ("ref", "statement", "show"),
    "teach": ("mode", "case", "set", "at", "room", "paper", "patient", "view"),
}
"""Page → parameters that it alone has: it judges them itself, and no other page reads or keeps them."""
FIRST = "pathway"
"""What the first page may be called; addresses that we write leave it out."""
LONGEST = 8_000
"""How many characters of facts are looked at: some hundred facts."""
_UNKNOWN = "_"
_FACTS, _PARTS = re.compile(r"[; ]+"), re.compile(r"[:~,]")


@dataclass(frozen=True, slots=True)
class Location:
    """A view of one guideline.

    Attributes:
        guideline: its name in the library, or of the file the explorer was started with.
        selected: id of the step or edge whose evidence is shown; empty for none.
        facts: in the order they were given, so that the last can be taken back.
        upto: id of the step at which the walk is held; empty where it follows the facts as far as they lead.
        page: name of the page; empty for the first.
        own: what `OWN` names for this page, as it stands in the address.
    """

    guideline: str = ""
    selected: str = ""
    facts: Facts = field(default_factory=dict)
    upto: str = ""
    page: str = ""
    own: Mapping[str, str] = field(default_factory=dict)


def params(location: Location) -> dict[str, str]:
    """A location as the parameters of an address; what is empty is left out.

    >>> from decimal import Decimal
    >>> params(Location("g", facts={"films": "equivocal", "relief": (Decimal(85), None)}))
    {'g': 'g', 'facts': 'films~equivocal relief~85~_'}
    """
    facts = " ".join(_written(id, value) for id, value in plain(location.facts).items())
    found = {"page": location.page, "g": location.guideline, "sel": location.selected, "facts": facts, "upto": location.upto}
    found |= {key: location.own.get(key, "") for key in OWN.get(location.page, ())}
    return {key: value for key, value in found.items() if value}


def read(params: Mapping[str, str], name: str, guideline: Guideline) -> tuple[Location, tuple[str, ...]]:
    """The location that an address means in a guideline, and what in it could not be used, in plain words.

    Args:
        params: the parameters of the address.
        name: what the guideline is called in addresses.
        guideline: says which steps, edges and facts there are.

    >>> from edgewise.graph.model import Step
    >>> guideline = Guideline("g", "urn:g", "", "", "", "", "", "", "", "", steps={"a": Step("a", "Treatment", "A", "", "p")})
    >>> found, problems = read({"sel": "a", "upto": "b"}, "g", guideline)
    >>> found.selected, problems
    ('a', ("There is no step 'b' here; the walk is not held.",))
    """
    facts, problems = _facts(params.get("facts", ""), guideline)
    selected, upto = params.get("sel", ""), params.get("upto", "")
    if selected and selected not in selectable(guideline):
        problems.append(f"There is no step or edge '{cut(selected)}' here; nothing is selected.")
        selected = ""
    if upto and upto not in guideline.steps:
        problems.append(f"There is no step '{cut(upto)}' here; the walk is not held.")
        upto = ""
    found = Location(name, selected, facts, upto, page_named(params.get("page", "")))
    own = {key: params[key] for key in OWN.get(found.page, ()) if params.get(key)}
    return replace(found, own=own), tuple(problems)


def page_named(text: str) -> str:
    """The name of the page that an address means, whether it stands as we write it or as somebody types it.

    >>> page_named("pathway"), page_named(" Imaging "), page_named("")
    ('', 'imaging', '')
    """
    name = text.strip().casefold()
    return "" if name == FIRST else name


def selectable(guideline: Guideline) -> set[str]:
    """Ids that may be selected: those of steps and edges."""
    return {*guideline.steps, *guideline.transitions}


def cut(text: str) -> str:
    """A text from an address, short enough for a message.

    >>> cut("a" * 50)
    'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…'
    """
    return text if len(text) <= 40 else text[:39] + "…"


def _written(id: str, value: object) -> str:
    values = value if isinstance(value, list) else [value]
    return "~".join([_escape(id), *(_UNKNOWN if one is None else _escape(str(one)) for one in values)])


def _escape(text: str) -> str:
    return quote(text, safe="").replace("~", "%7E").replace(_UNKNOWN, "%5F") if text != _UNKNOWN else "%5F"


def _facts(text: str, guideline: Guideline) -> tuple[dict[str, Answer], list[str]]:
    if len(text) > LONGEST:
        return {}, [f"The facts in this address are too long ({len(text):,} characters) and were left out."]
    facts: dict[str, Answer] = {}
    problems: list[str] = []
    for item in filter(None, _FACTS.split(text)):
        try:
            facts |= _fact(item, guideline)
        except FactsError as error:
            problems += [_told(finding.message, finding.repair) for finding in error.findings]
    for first, second in list(unlike(facts, guideline)):  # each was read by itself
        problems.append(f"Left out of the facts: {second}, which has another number of values than {first}.")
        del facts[second]
    return facts, problems


def _fact(item: str, guideline: Guideline) -> dict[str, Answer]:
    id, *values = (None if part == _UNKNOWN else unquote(part) for part in _PARTS.split(item))
    repeated = id in guideline.observables and guideline.observables[cast(str, id)].repeated
    value = values if repeated or len(values) > 1 else values[0] if values else ""
    return parse_facts({str(id): value}, guideline)


def _told(message: str, repair: str) -> str:
    return f"Left out of the facts: {message}{f' – {repair}' if repair and len(repair) <= 80 else ''}."
