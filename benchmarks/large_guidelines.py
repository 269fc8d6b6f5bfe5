"""Made-up guidelines of any number of steps: a ladder with branches in lanes, an end after every eleven steps."""

from __future__ import annotations

import random

LANE = 40  # steps
_HEAD = """id: large
title: Large
question: What comes next?
publisher: The Test Bench
updated: 2026-01-01
reviewStatus: pending
audience: testers
purpose: education
disclaimer: For education only.
phases: [%s]
statements:
- {id: said, kind: recommendation, text: A., place: {section: a}, fingerprint: "sha256:%s", citations: [{marker: m}]}
markers: [{id: m, printed: "1", entry: r}]
references: [{id: r, position: 1, title: Tests, year: 2020}]
"""
_LEAVING = 12  # every so manieth step is an end


def text(count: int) -> str:
    """A guideline of so many steps in YAML: a ladder with branches, an end after every eleven steps."""
    chance = random.Random(count)  # the same guideline each time
    steps, asked, edges = ["{id: s0, type: Presentation, label: Start, summary: It begins., phase: lane0}"], [], []
    for number in range(1, count):
        end = number % _LEAVING == 0
        kind = "Endpoint" if end else ("Investigation", "Treatment")[number % 2]
        where = f"phase: lane{number // LANE}, order: {number}"
        rest = "endpoint: discharge" if end else f"yields: [o{number}]"
        steps.append(f"{{id: s{number}, type: {kind}, label: Step {number}, summary: It is done., {where}, {rest}}}")
        asked += [] if end else [f"{{id: o{number}, label: Finding {number}, question: Is it so?, valueType: yes-no}}"]
        before = [one for one in range(max(0, number - 8), number) if one == 0 or one % _LEAVING]
        for name, source in (("t", max(before)), *((("u", chance.choice(before)),) if number % 5 == 0 else ())):
            when = f", when: {{observable: o{source}, is: {('no', 'yes')[number % 2]}, basedOn: [said]}}" if source else ""
            edges.append(f"{{id: {name}{number}, from: s{source}, to: s{number}, label: on, justifiedBy: [said], statedBy: source{when}}}")
    lists = {"steps": steps, "observables": asked, "transitions": edges}
    lanes = ", ".join(f"{{id: lane{at}, label: Lane {at}, order: {at + 1}}}" for at in range(-(-count // LANE)))
    return _HEAD % (lanes, "0" * 64) + "".join(f"{key}:\n" + "".join(f"- {one}\n" for one in each) for key, each in lists.items())
