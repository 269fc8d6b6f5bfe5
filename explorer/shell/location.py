"""Where the reader is, as an address: guideline, selection, facts, and how far the walk goes.

    ?page=imaging&g=sacroiliac-sclerosis&sel=cooled-rfa&facts=radiographs~equivocal+block-relief~85~88&upto=conservative-care

Written are only characters that an address carries unescaped; read are also the forms somebody may type
(``radiographs:equivocal;block-relief:85,88``). ``_`` stands for one of a series that is not known. Facts told as visits follow
the time of each, ``at~0h shock~yes at~1h``, of which the last is now. Everything that comes in is somebody's mistake or attack:
what cannot be used is left out and told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import cast
from urllib.parse import quote, unquote

from edgewise.graph.durations import Duration
from edgewise.graph.model import Guideline
from edgewise.graph.walking.facts import Answer, Facts, parse_facts, plain
from edgewise.graph.walking.pairs import unlike
from edgewise.graph.walking.visits import AT, BEGINNING, Gathering, Timeline, as_visits, parse_told
from edgewise.ontology.errors import FactsError

OWN = {
    "": ("why", "vary", "gaps", "find", "summary"),
    "imaging": ("situation",),
    "audit": ("view", "severity", "rule", "finding", "citation", "file"),
    "evidence": ("ref", "statement", "show"),
    "teach": ("mode", "case", "set", "at", "room", "paper", "patient", "view"),
    "compare": ("with", "rev", "turned", "match", "find", "drawing", "groups"),
    "data": ("ask",),
    "build": ("at", "field", "new", "with"),
    "library": ("q", "kinds", "review", "since", "from", "after", "paper"),
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
        timeline: what time it is and when the facts were told; None where nothing says so.
        opened: ids of the lanes of a large drawing that are unfolded beside those where the walk stands; `folded` of those that are not.
    """

    guideline: str = ""
    selected: str = ""
    facts: Facts = field(default_factory=dict)
    upto: str = ""
    page: str = ""
    own: Mapping[str, str] = field(default_factory=dict)
    timeline: Timeline | None = None
    opened: frozenset[str] = frozenset()
    folded: frozenset[str] = frozenset()


def params(location: Location) -> dict[str, str]:
    """A location as the parameters of an address; what is empty is left out.

    >>> from decimal import Decimal
    >>> params(Location("g", facts={"films": "equivocal", "relief": (Decimal(85), None)}))
    {'g': 'g', 'facts': 'films~equivocal relief~85~_'}
    """
    facts = " ".join(_told_as_visits(location.facts, location.timeline) if location.timeline else _all_written(location.facts))
    found = {"page": location.page, "g": location.guideline, "sel": location.selected, "facts": facts, "upto": location.upto}
    found |= {"open": " ".join(sorted(location.opened)), "fold": " ".join(sorted(location.folded))}
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
    facts, timeline, problems = _facts(params.get("facts", ""), guideline)
    selected, upto = params.get("sel", ""), params.get("upto", "")
    if selected and selected not in selectable(guideline):
        problems.append(f"There is no step or edge '{cut(selected)}' here; nothing is selected.")
        selected = ""
    if upto and upto not in guideline.steps:
        problems.append(f"There is no step '{cut(upto)}' here; the walk is not held.")
        upto = ""
    opened, folded = (_lanes(params.get(key, ""), guideline, problems) for key in ("open", "fold"))
    page = page_named(params.get("page", ""))
    found = Location(name, selected, facts, upto, page, timeline=timeline, opened=opened - folded, folded=folded)
    own = {key: params[key] for key in OWN.get(found.page, ()) if params.get(key)}
    return replace(found, own=own), tuple(problems)


def _lanes(text: str, guideline: Guideline, problems: list[str]) -> frozenset[str]:
    named = dict.fromkeys(text[:LONGEST].split())
    unknown = [id for id in named if id not in guideline.phases]
    if unknown:
        problems.append(f"There is no lane '{cut(unknown[0])}' here; it is neither folded nor unfolded.")
    return frozenset(named) - frozenset(unknown)


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


def _all_written(facts: Facts) -> Iterator[str]:
    return (_written(id, value) for id, value in plain(facts, told=True).items())


def _told_as_visits(facts: Facts, timeline: Timeline) -> Iterator[str]:
    for at, told in as_visits(facts, timeline):
        yield f"{AT}~{at.written.replace(' ', '')}"
        yield from _all_written(told)


def _written(id: str, value: object) -> str:
    values = value if isinstance(value, list) else [value]
    return "~".join([_escape(id), *(_UNKNOWN if one is None else _escape(str(one)) for one in values)])


def _escape(text: str) -> str:
    return quote(text, safe="").replace("~", "%7E").replace(_UNKNOWN, "%5F") if text != _UNKNOWN else "%5F"


def _facts(text: str, guideline: Guideline) -> tuple[dict[str, Answer], Timeline | None, list[str]]:
    if len(text) > LONGEST:
        return {}, None, [f"The facts in this address are too long ({len(text):,} characters) and were left out."]
    heard = Gathering(guideline)
    at, problems, flat = None, list[str](), dict[str, Answer]()
    for item in filter(None, _FACTS.split(text)):
        try:
            if (time := _time(item, guideline, at)) is not None:
                at = time
            else:
                told = _fact(item, guideline)
                heard.hear(at or BEGINNING, told)
                flat |= told
        except FactsError as error:
            problems += [_told(finding.message, finding.repair) for finding in error.findings]
    facts = heard.facts if at else flat
    for first, second in list(unlike(facts, guideline)):  # each was read by itself
        problems.append(f"Left out of the facts: {second}, which has another number of values than {first}.")
        del facts[second]
    return facts, heard.timeline(at) if at else None, problems


def _time(item: str, guideline: Guideline, before: Duration | None) -> Duration | None:
    """The time of a visit that begins here; None of a fact.

    Raises:
        FactsError: it is no time, or one before the visit that went before.
    """
    id, *times = _PARTS.split(item)
    if id != AT or AT in guideline.observables:
        return None
    visits = [{AT: before.written}] if before else []
    told = parse_told([*visits, {AT: unquote(" ".join(times))}], guideline)
    return told.timeline.now if told.timeline else None


def _fact(item: str, guideline: Guideline) -> dict[str, Answer]:
    id, *values = (None if part == _UNKNOWN else unquote(part) for part in _PARTS.split(item))
    repeated = id in guideline.observables and guideline.observables[cast(str, id)].repeated
    value = values if repeated or len(values) > 1 else values[0] if values else ""
    return parse_facts({str(id): value}, guideline)


def _told(message: str, repair: str) -> str:
    return f"Left out of the facts: {message}{f' – {repair}' if repair and len(repair) <= 80 else ''}."
