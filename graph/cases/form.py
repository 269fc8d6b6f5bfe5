"""The form of cases: from the plain data of a file to `edgewise.graph.cases.model`, every fault with its line and its repair."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from difflib import get_close_matches
from typing import TypeVar

from edgewise.graph.cases.model import Case, Lure, Point, Ruling, Stage
from edgewise.graph.durations import UNITS, Duration, duration
from edgewise.graph.model import Guideline
from edgewise.graph.reading.lines import Marks, Path
from edgewise.graph.reading.problems import Problems, shorten
from edgewise.graph.reading.strict import Data, forbidden
from edgewise.graph.walking.facts import Facts, parse_facts
from edgewise.ontology.errors import FactsError

MOST_CASES, MOST_STAGES, MOST_REMARKS, MOST_NAMES = 200, 20, 12, 100  # remarks: lures of a stage, or points
LONGEST = {"title": 80, "vignette": 900, "tells": 700, "why": 300, "text": 300}  # characters that are still read on a page
LONGEST_ID = 64
VERDICTS = ("not-stated", "undecided")  # behind `expect`, beside steps
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")  # they make a box, or the YAML to keep, read backwards

# The keys of each mapping, and whether it needs them.
BOOK = {"guideline": True, "cases": True}
CASE = {"id": True, "title": True, "vignette": True, "stages": True}
STAGE = {"tells": True, "facts": False, "expect": False, "lures": False, "points": False, "revises": False, "early": False, "at": False}
LURE = {"step": True, "why": True, "pitfall": False}
POINT = {"text": True, "basedOn": False}

_Made = TypeVar("_Made")


def book(data: Data, marks: Marks, problems: Problems, guideline: Guideline) -> dict[int, Case]:
    """The cases of a file without a fault of form, by their position in its list.

    Args:
        data: the whole document.
        marks: its lines.
        problems: where faults are noted.
        guideline: to which the cases have to belong.

    >>> from edgewise.graph.library import load
    >>> problems = Problems("cases.yaml")
    >>> book({"guideline": "hips", "cases": []}, Marks(), problems, load("sacroiliac-sclerosis").guideline), problems.findings()[0].rule
    ({}, 'other-guideline')
    """
    return _Reader(problems, marks, guideline).book(data)


def unshown(text: str) -> str:
    r"""The first character of a text that no case may hold, since it is not seen or turns round what is; empty if there is none.

    >>> ascii(unshown("films\u202eenod")), unshown("plain text, ≥70 %")
    ("'\\u202e'", '')
    """
    turning = _TURNING.search(text)
    return forbidden(text) or (turning[0] if turning else "")


class _Reader:
    """Makes cases out of plain data. A part with a fault is None, and so is the case that holds it."""

    def __init__(self, problems: Problems, marks: Marks, guideline: Guideline) -> None:
        self.problems, self.marks, self.guideline = problems, marks, guideline
        self.faults = 0

    def fault(self, rule: str, message: str, place: Path, repair: str, value: str = "") -> None:
        self.faults += 1
        self.problems.add(rule, message, self.marks.key(place), repair, value=value)

    def book(self, data: Data) -> dict[int, Case]:
        held = self._mapping(data, (), BOOK, "a file of cases")
        if held is None or "guideline" not in held or not self._is_ours(held["guideline"]):
            return {}
        found = self._list(held["cases"], ("cases",), MOST_CASES, "cases", 1) if "cases" in held else []
        cases: dict[int, Case] = {}
        taken: dict[str, int] = {}
        for position, one in enumerate(found):
            before = self.faults
            case = self._case(one, ("cases", position))
            if case is None:
                continue
            self._told_apart(case.id, position, taken)
            if self.faults == before:
                cases[position] = case
        return cases

    def _told_apart(self, id: str, position: int, taken: dict[str, int]) -> None:
        first = taken.setdefault(id, position)
        if id and first != position:
            message = f"there are two cases '{shorten(id)}', the first on line {self.marks.key(('cases', first, 'id'))}"
            self.fault("duplicate-id", message, ("cases", position, "id"), "give one of them another id", id)

    def _is_ours(self, id: Data) -> bool:
        if id == self.guideline.id:
            return True
        told = shorten(id) if isinstance(id, str) else "something that is no id"
        message = f"these cases are for '{told}', but the guideline beside them is '{self.guideline.id}'"
        repair = f"write 'guideline: {self.guideline.id}', or move the file to its own guideline"
        self.fault("other-guideline", message, ("guideline",), repair)
        return False

    def _case(self, data: Data, place: Path) -> Case | None:
        held = self._mapping(data, place, CASE, "a case")
        if held is None:
            return None
        id = self._id(held, place)
        title, vignette = (self._text(held, key, place) for key in ("title", "vignette"))
        listed = self._list(held["stages"], (*place, "stages"), MOST_STAGES, "stages", 1) if "stages" in held else []
        stages = [self._stage(one, (*place, "stages", position)) for position, one in enumerate(listed)]
        return Case(id, title, vignette, tuple(stage for stage in stages if stage))

    def _id(self, held: Mapping[str, Data], place: Path) -> str:
        id = self._text(held, "id", place)
        if id and not _ID.fullmatch(id):
            repair = "write letters, digits and hyphens, such as 'exactly-seventy'"
            self.fault("invalid-id", f"'{shorten(id)}' cannot be an id", (*place, "id"), repair, id)
        return id

    def _stage(self, data: Data, place: Path) -> Stage | None:
        held = self._mapping(data, place, STAGE, "a stage")
        if held is None:
            return None
        facts = self._facts(held.get("facts"), (*place, "facts"))
        return Stage(
            self._text(held, "tells", place),
            facts,
            self._expected(held["expect"], (*place, "expect")) if "expect" in held else None,
            self._parts(held, "lures", place, self._lure),
            self._parts(held, "points", place, self._point),
            self._names(held, "revises", place, "observable", self.guideline.observables),
            self._names(held, "early", place, "observable", self.guideline.observables),
            self._at(held["at"], (*place, "at")) if "at" in held else None,
        )

    def _at(self, data: Data, place: Path) -> Duration | None:
        """The time of a stage."""
        text = "0 h" if str(data).strip() == "0" else str(data)
        try:
            return duration(text)
        except ValueError as error:
            repair = f"write a number and a unit of time ({UNITS}) such as 4 wk, counted from the beginning"
            self.fault("not-a-time", f"'at' cannot be '{shorten(text)}': {error}", place, repair, shorten(text))
            return None

    def _parts(self, held: Mapping[str, Data], key: str, place: Path, make: Callable[[Data, Path], _Made | None]) -> tuple[_Made, ...]:
        listed = self._list(held[key], (*place, key), MOST_REMARKS, key) if key in held else []
        made = (make(one, (*place, key, position)) for position, one in enumerate(listed))
        return tuple(one for one in made if one is not None)

    def _lure(self, data: Data, place: Path) -> Lure | None:
        held = self._mapping(data, place, LURE, "a lure")
        if held is None:
            return None
        step = self._named(held.get("step", ""), (*place, "step"), "step", self.guideline.steps)
        pitfall = self._named(held["pitfall"], (*place, "pitfall"), "statement", self.guideline.statements) if "pitfall" in held else ""
        return Lure(step, self._text(held, "why", place), pitfall)

    def _point(self, data: Data, place: Path) -> Point | None:
        held = self._mapping(data, place, POINT, "a point")
        if held is None:
            return None
        passages = {**self.guideline.statements, **self.guideline.headings}
        return Point(self._text(held, "text", place), self._names(held, "basedOn", place, "statement", passages))

    def _expected(self, data: Data, place: Path) -> Ruling | None:
        """A word alone may be a verdict; what stands in a list is a step, whatever its id."""
        if data == "not-stated":
            return Ruling("not-stated")
        if data == "undecided":
            return Ruling("undecided")
        steps = self.guideline.steps
        if isinstance(data, list):
            listed = self._list(data, place, MOST_NAMES, "steps", 1)
            ids = [self._named(one, (*place, position), "step", tuple(steps)) for position, one in enumerate(listed)]
        else:
            ids = [self._named(data, place, "step", (*steps, *VERDICTS))]
        found = tuple(dict.fromkeys(id for id in ids if id))
        leading = tuple(id for id in found if not steps[id].companion_of or steps[id].companion_of not in found)
        return Ruling("due", leading) if leading else None

    def _facts(self, data: Data, place: Path) -> Facts:
        if isinstance(data, dict) and len(data) > MOST_NAMES:
            self.fault("too-many", f"{len(data):,} facts are more than can be told at once", place, f"tell at most {MOST_NAMES}")
            return {}
        try:
            return parse_facts(data, self.guideline, file=self.problems.file, line=lambda path: self.marks.key((*place, *map(str, path))))
        except FactsError as error:
            for found in error.findings:
                self.faults += 1
                self.problems.add(found.rule, found.message, found.line or self.marks.key(place), found.repair, value=found.value)
            return {}

    def _names(self, held: Mapping[str, Data], key: str, place: Path, what: str, known: Collection[str]) -> tuple[str, ...]:
        data, within = held.get(key, []), (*place, key)
        if not isinstance(data, list):
            return tuple(id for id in (self._named(data, within, what, known),) if id)
        listed = self._list(data, within, MOST_NAMES, key)
        return tuple(dict.fromkeys(id for n, one in enumerate(listed) if (id := self._named(one, (*within, n), what, known))))

    def _named(self, data: Data, place: Path, what: str, known: Collection[str]) -> str:
        """An id that the guideline knows; empty where it does not."""
        if not isinstance(data, str) or not data.strip():
            self._no_text(data, place, f"the id of {'an' if what[0] in 'aeiou' else 'a'} {what}")
            return ""
        if data in known:
            return data
        near = self._nearest(data, known)
        some = ", ".join([*list(known)[:12], *(["…"] if len(known) > 12 else [])])
        repair = f"did you mean '{near}'?" if near else f"name one of the guideline: {some}"
        if what == "step" and data in VERDICTS:
            repair = f"write it without brackets and without other steps: in a list, {data} is the id of a step"
        self.fault(f"unknown-{what}", f"'{shorten(data)}' is no {what} of this guideline", place, repair, data)
        return ""

    def _nearest(self, word: str, known: Collection[str]) -> str:
        """The name that was perhaps meant; not sought where nobody would read it, for a hostile file has a million."""
        near = [] if self.problems.unlisted else get_close_matches(word, list(known), n=1, cutoff=0.6)
        return near[0] if near else ""

    def _text(self, held: Mapping[str, Data], key: str, place: Path) -> str:
        if key not in held:
            return ""  # its absence is told already
        data = held[key]
        if not isinstance(data, str) or not data.strip():
            self._no_text(data, (*place, key), "a text")
            return ""
        text = " ".join(data.split()) if key == "title" else data.strip()
        most = LONGEST.get(key, LONGEST_ID)
        if len(text) > most:
            message = f"'{key}' has {len(text):,} characters, more than anybody reads here"
            self.fault("text-too-long", message, (*place, key), f"shorten it to {most}", text)
        if bad := unshown(text):
            message = f"'{key}' holds U+{ord(bad):04X}, which is not seen and turns round how the text reads"
            self.fault("turning-character", message, (*place, key), "delete it, or type the text again", text)
        return text

    def _no_text(self, data: Data, place: Path, what: str) -> None:
        if isinstance(data, dict | list):
            held = "a mapping" if isinstance(data, dict) else "a list"
            self.fault("wrong-form", f"{held} stands where {what} should", place, f"write {what} (in quotes if it begins with a bracket)")
        else:
            empty = f"'{place[-1]}' has no value" if isinstance(place[-1], str) else "this entry of the list has no value"
            self.fault("empty-value", empty, place, f"write {what}, or remove it")

    def _list(self, data: Data, place: Path, most: int, what: str, least: int = 0) -> list[Data]:
        if not isinstance(data, list):
            self.fault("wrong-form", f"'{what}' is not a list", place, f"write {what} below one another, each after a hyphen")
            return []
        if len(data) > most:
            self.fault("too-many", f"{len(data):,} {what} are more than can be used", place, f"keep at most {most} here")
            return []
        if len(data) < least:
            self.fault("empty-value", f"there are no {what}", place, "write at least one")
        return data

    def _mapping(self, data: Data, place: Path, keys: Mapping[str, bool], what: str) -> dict[str, Data] | None:
        if not isinstance(data, dict):
            self.fault("wrong-form", f"{what} is not a mapping", place, f"write its keys: {', '.join(keys)}")
            return None
        meant = {key: self._nearest(key, keys) for key in data if key not in keys}
        for key, near in meant.items():
            repair = f"write '{near}'" if near else f"known are {', '.join(keys)}"
            self.fault("unknown-key", f"'{shorten(key)}' is not a key of {what}", (*place, key), repair, key)
        for key, needed in keys.items():
            if needed and key not in data and key not in meant.values():  # a key misspelt is told once
                self.fault("missing-key", f"{what} needs '{key}'", place, f"write '{key}'")
        return data
