"""The skeleton of a guideline without an article: its head, and every list with an example of what goes into it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

ASKED = ("title", "question", "publisher", "updated", "audience")
"""What is asked of whoever begins; the rest of the head is the same for all."""
GIVEN = {
    "reviewStatus": "pending",
    "purpose": "education",
    "disclaimer": "For education only. It does not replace clinical judgement.",
}
_ABOUT = """\
# A guideline that is still being written: what it lacks is told as `to-do` by `edgewise check`, and is no fault while `draft: true` stands.
# docs/model.md explains every key; take an example's `#` away to begin a list.
"""
_LISTS = """\
# Lanes of the pathway, in their order.
phases: []
# - {id: meet, label: Meeting, order: 1}

# What is met, done or reached. Everybody begins at a Presentation; an Investigation yields what it finds out; an Endpoint ends.
steps: []
# - {id: throat, type: Presentation, label: Sore throat, summary: An adult with a sore throat comes., phase: meet}
# - {id: look, type: Investigation, label: Look and ask, summary: Two findings are asked for., phase: meet, yields: [fever]}

# What can be asked or measured.
observables: []
# - {id: fever, label: Fever, question: Is there a fever?, valueType: yes-no}

# The edges: each with the passages that carry it, and what has to hold.
transitions: []
# - {id: t1, from: throat, to: look, label: everybody, statedBy: source, justifiedBy: [s1]}
# - {id: t2, from: look, to: swab, label: fever, statedBy: source, justifiedBy: [s2], when: {observable: fever, is: yes, basedOn: [s2]}}

# What the article claims, in your own words; `edgewise article FILE --line N` gives place and fingerprint.
statements: []
# - id: s1
#   kind: recommendation
#   text: Whoever has a sore throat is looked at.
#   place: {section: scope, part: bullet, ordinal: 1}
#   fingerprint: sha256:…
#   citations: [{marker: m1}]

markers: []
# - {id: m1, printed: "1", entry: r1}

references: []
# - {id: r1, position: 1, title: On throats, container: J Invented, author: Lee A, year: 2020}
"""


def skeleton(id: str, head: Mapping[str, str]) -> str:
    r"""The YAML of a guideline of which nothing is known but its head.

    >>> print(skeleton("hips", {"title": "Hips"}).split("\n")[2:5])
    ['id: hips', 'draft: true', 'title: "Hips"']
    """
    told = {**{key: head.get(key, "") for key in ASKED}, **GIVEN}
    ordered = ("title", "question", "publisher", "updated", "reviewStatus", "audience", "purpose", "disclaimer")
    lines = [f"{key}: {_written(told[key])}" for key in ordered]
    return "\n".join([f"{_ABOUT}id: {id}", "draft: true", *lines, "language: en", "", _LISTS])


def filled(text: str, head: Mapping[str, str]) -> str:
    r"""A skeleton made from an article, with what is known of its head.

    >>> filled('title: ""\nquestion: ""\n', {"title": "Hips"})
    'title: "Hips"\nquestion: ""\n'
    """
    for key, value in {**GIVEN, **{key: value for key, value in head.items() if value}}.items():
        written = f"{key}: {_written(value)}"
        text = re.sub(rf'(?m)^{key}: ".*"$', written.replace("\\", r"\\"), text, count=1)
    return text


def slug(text: str) -> str:
    """An id made of a title or the name of a folder; empty where nothing is left of it.

    >>> slug("Hips, and knees!"), slug("…")
    ('hips-and-knees', '')
    """
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:60].strip("-")


def _written(value: str) -> str:
    return value if re.fullmatch(r"[a-z]+|[0-9]{4}-[0-9]{2}-[0-9]{2}", value) else json.dumps(value, ensure_ascii=False)
