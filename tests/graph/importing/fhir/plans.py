"""PlanDefinitions of our own, in JSON and in XML, and what becomes of them."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import quoteattr

from edgewise.graph.importing.formats import import_text
from edgewise.graph.importing.imported import Imported

Json = dict[str, Any]


def plan(*actions: Json, **more: Any) -> Json:
    """A PlanDefinition called *Fever* with these actions."""
    return {"resourceType": "PlanDefinition", "id": "fever", "status": "draft", "title": "Fever", **more, "action": list(actions)}


def bundle(*resources: Json) -> Json:
    return {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in resources]}


def when(expression: str, language: str = "text/fhirpath", kind: str = "applicability", **more: str) -> Json:
    return {"kind": kind, "expression": {"language": language, "expression": expression, **more}}


def graded(strength: str, certainty: str) -> list[Json]:
    """The two extensions, in HL7's own code systems."""
    return [
        _extension("cqf-strengthOfRecommendation", "recommendation-strength", strength),
        _extension("cqf-qualityOfEvidence", "evidence-quality", certainty),
    ]


def _extension(name: str, system: str, code: str) -> Json:
    coding = {"system": f"http://terminology.hl7.org/CodeSystem/{system}", "code": code}
    return {"url": f"http://hl7.org/fhir/StructureDefinition/{name}", "valueCodeableConcept": {"coding": [coding]}}


def as_json(resource: Json) -> bytes:
    return json.dumps(resource, indent=1, ensure_ascii=False).encode()


def as_xml(resource: Json) -> bytes:
    """The same resource as FHIR's XML has it: values are attributes, lists are repeated, a resource stands in its own element."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', *_element(resource["resourceType"], resource, ' xmlns="http://hl7.org/fhir"')]
    return "\n".join(lines).encode()


def _element(name: str, data: Any, attributes: str = "") -> list[str]:
    if not isinstance(data, dict):
        said = json.dumps(data) if isinstance(data, (bool, int, float)) else str(data)
        return [f"<{name}{attributes} value={quoteattr(said)}/>"]
    attributes += "".join(f" {key}={quoteattr(data[key])}" for key in _attributes(name, data))
    held = [line for key, value in data.items() if key not in ("resourceType", *_attributes(name, data)) for line in _repeated(key, value)]
    return [f"<{name}{attributes}>", *held, f"</{name}>"]


def _attributes(name: str, data: Json) -> list[str]:
    if "resourceType" in data:
        return []
    return [key for key in ("id", "url") if key in data and (key == "id" or name == "extension")]


def _repeated(key: str, value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    lines: list[str] = []
    for one in values:
        resource = isinstance(one, dict) and "resourceType" in one
        lines += [f"<{key}>", *_element(one["resourceType"], one), f"</{key}>"] if resource else _element(key, one)
    return lines


def read(resource: Json) -> Imported:
    return import_text(as_json(resource), "fever.json")


class Read:
    """What became of a plan, by ids and labels."""

    def __init__(self, *actions: Json, **more: Any) -> None:
        self.imported = read(plan(*actions, **more))
        self.sheet = self.imported.sheet

    def __getitem__(self, key: str) -> list[Json]:
        found: list[Json] = self.sheet.get(key, [])
        return found

    @property
    def edges(self) -> list[tuple[str, str]]:
        """Ids of the steps that each leads from and to; of the first step it is told by the word."""
        start = self["steps"][0]["id"]
        return [("start" if edge["from"] == start else edge["from"], edge["to"]) for edge in self["transitions"]]

    def edge(self, source: str, target: str) -> Json:
        found: Json = self["transitions"][self.edges.index((source, target))]
        return found

    def when(self, target: str) -> Any:
        """What is asked on the only edge to a step, whose word it is aside."""
        (edge,) = (edge for edge in self["transitions"] if edge["to"] == target)
        return {key: value for key, value in edge.get("when", {}).items() if key not in ("statedBy", "basedOn")}

    def question(self, id: str) -> Json:
        (found,) = (one for one in self["observables"] if one["id"] == id)
        return found

    def unread(self, word: str) -> str:
        """The only thing not read that holds a word."""
        (found,) = (one for one in self.imported.unread if word in str(one))
        return str(found)


def number(value: str) -> Decimal:
    return Decimal(value)


def titles(found: Read) -> list[str]:
    return [step["label"] for step in found["steps"]]


def after(name: str, relationship: str = "after", **more: object) -> Json:
    return {"actionId": name, "relationship": relationship, **more}


WORK: Json = {"type": "citation", "citation": "Lee A. Fever. 2019. PMID: 12345. https://doi.org/10.1234/ABC.5."}
