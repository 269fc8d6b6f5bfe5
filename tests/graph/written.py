"""Guidelines written as an author would write them, as short as can be: what is not the matter at hand is filled in."""

from textwrap import indent

from edgewise.graph.reading.projection import guideline as projected
from edgewise.graph.reading.read import read_text
from edgewise.graph.reading.validate import validate
from edgewise.graph.walking.facts import parse_facts
from edgewise.graph.walking.walk import walk

NIL, ONE = (f"sha256:{digit * 64}" for digit in "01")
_HEAD = f"""
id: written
title: A test
question: What comes next?
publisher: The Test Bench
updated: 2025-03-31
reviewStatus: pending
audience: testers
purpose: education
disclaimer: For education only.
phases: [{{id: lane, label: Lane, order: 1}}]
statements:
- {{id: s1, kind: recommendation, text: A., place: {{section: a, ordinal: 1}}, fingerprint: "{NIL}", citations: [{{marker: m1}}]}}
- {{id: s2, kind: pitfall, text: B., place: {{section: a, ordinal: 2}}, fingerprint: "{ONE}", citations: [{{marker: m1}}]}}
markers: [{{id: m1, printed: "1", entry: r1}}]
references: [{{id: r1, position: 1, title: Tests, author: A B, container: J, year: 2020}}]
"""


def source(steps="", observables="", transitions="", **more):
    """YAML of a guideline out of the lines of its lists; steps and edges need neither summary nor phase, nor label and passage."""
    text = _HEAD + "".join(f"{key}: {value}\n" for key, value in more.items())
    text += "steps:\n" + _listed(steps, "summary: It is done., phase: lane")
    text += "observables:\n" + _listed(observables, "question: How is it?") if observables else ""
    return text + "transitions:\n" + _listed(transitions, "label: onwards, justifiedBy: [s1], statedBy: source")


def _listed(lines, filling):
    entries = [line.strip() for line in lines.strip().splitlines()]
    return indent("\n".join(f"- {{{entry}, {filling}}}" for entry in entries) + "\n", "  ")


def judged(text):
    """What the shapes find, as rule and severity."""
    return [(found.rule, found.severity) for found in validate(read_text(text, "written.yaml", "yaml"))]


def made(text):
    """The guideline; it is judged first."""
    read = read_text(text, "written.yaml", "yaml")
    errors = [str(found) for found in validate(read) if found.severity == "error"]
    assert not errors, errors
    return projected(read.graph, read.iri)


def walked(guideline, **facts):
    """The walk with facts; underscores in names stand for hyphens."""
    return walk(guideline, parse_facts({name.replace("_", "-"): value for name, value in facts.items()}, guideline))
