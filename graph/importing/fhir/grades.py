"""Strength and certainty as extensions state them, and the scheme to which they belong where its order is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from edgewise.graph.importing.fhir.elements import Element
from edgewise.graph.importing.sheets import Sheet, plain

Axis = Literal["strength", "certainty", "direction"]

_AXES: dict[str, Axis] = {
    "strengthofrecommendation": "strength",
    "qualityofevidence": "certainty",
    "certaintyofevidence": "certainty",
    "directionofrecommendation": "direction",
}
_ORDERED = {  # https://terminology.hl7.org: the strongest, the highest first
    "recommendation-strength": {"strong": "Strong", "weak": "Weak"},
    "evidence-quality": {"high": "High quality", "moderate": "Moderate quality", "low": "Low quality", "very-low": "Very low quality"},
    "certainty-rating": {"high": "High", "moderate": "Moderate", "low": "Low", "very-low": "Very low"},
}
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Graded:
    """One value on one axis: as the source writes it, and the last word of the code system it is from."""

    axis: Axis
    value: str
    system: str
    line: int

    @property
    def ordered(self) -> bool:
        """Whether it is one of a scheme of which the order is known."""
        return self.value in _ORDERED.get(self.system, {}).values()


def grades(owner: Element) -> Iterator[Graded]:
    """What the extensions of an action say of its strength and certainty; the first of each axis."""
    found = set[Axis]()
    for extension in owner.all("extension"):
        axis = _axis(extension.text("url"))
        value = extension.one("valueCodeableConcept") if axis and axis not in found else None
        if axis is None or value is None or not (graded := _graded(axis, value)):
            extension.leave()
            continue
        found.add(axis)
        yield graded


def is_graded(owner: Element) -> bool:
    """Whether an element has grades; nothing is counted as read."""
    urls = (inner.value for part in owner.parts if part.name == "extension" for inner in part.parts if inner.name == "url")
    return any(_axis(url) for url in urls)


def _axis(url: str) -> Axis | None:
    name = url.rpartition("/")[2].replace("-", "").lower()
    return next((axis for end, axis in _AXES.items() if name.endswith(end)), None)


def _graded(axis: Axis, concept: Element) -> Graded | None:
    coding = concept.one("coding")
    code, display = (coding.text("code"), plain(coding.text("display"))) if coding else ("", "")
    system = coding.text("system").rstrip("/").rpartition("/")[2] if coding else ""
    if axis == "direction":
        concept.take()
        return Graded(axis, code, system, concept.line) if code in ("for", "against") else None
    value = _ORDERED.get(system, {}).get(code) or display or plain(concept.text("text")) or plain(code)
    concept.take()
    return Graded(axis, value, system, concept.line) if value and len(value) <= _LONGEST else None


def add_grading(sheet: Sheet, given: Iterable[Graded]) -> None:
    """The scheme of all grades of a guideline, where they are all of known ones; otherwise none is named, and that is said."""
    held = [one for one in given if one.axis != "direction"]
    if not held:
        return
    strange = [one for one in held if not one.ordered]
    for system in dict.fromkeys(one.system for one in strange):
        first = next(one for one in strange if one.system == system)
        why = "The order of its grades does not stand in the file, so that no scheme is named and none is weighed."
        sheet.unread(first.line, f"the code system {system or '(none)'} of '{first.value}'", why)
    systems = {axis: list(dict.fromkeys(one.system for one in held if one.axis == axis)) for axis in ("strength", "certainty")}
    if strange or max(map(len, systems.values())) > 1:
        return
    named = [system for listed in systems.values() for system in listed]
    scheme: dict[str, Any] = {"label": f"HL7 {' and '.join(named)}"}
    for axis, key in (("strength", "strengths"), ("certainty", "certainties")):
        if systems[axis]:
            scheme[key] = [{"value": value} for value in _ORDERED[systems[axis][0]].values()]
    sheet.extend("gradings", scheme)
