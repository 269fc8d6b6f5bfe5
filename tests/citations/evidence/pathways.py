"""Small pathways whose edges stand as a test wants them: what each cites is made to fit."""

from __future__ import annotations

from edgewise.graph.model import (
    Citation,
    Guideline,
    Marker,
    Place,
    Reference,
    Statement,
    Step,
    Transition,
)

REFERENCES = {f"r{n}": Reference(f"r{n}", n, f"Trial {n}", 2000 + n, tier="primary") for n in range(1, 5)}
MARKERS = {f"m{n}": Marker(f"m{n}", str(n), f"r{n}") for n in range(1, 5)} | {"m9": Marker("m9", "9")}
CITED = {"supported": ("m1", "m2"), "weak": ("m3",), "broken": ("m1", "m9"), "uncited": (), "inferred": ("m1",)}


def statement(id, *markers):
    citations = tuple(Citation(f"{id}/citations/{n}", marker) for n, marker in enumerate(markers, 1))
    return Statement(id, "recommendation", f"Claim {id}.", Place("summary"), "sha256:" + "0" * 64, citations)


def pathway(*edges, starts=("a",), statements=None, roles=None, companions=None, references=REFERENCES):
    """A guideline from edges (source, target, state or markers); edge ids are t1, t2 …, statements s1, s2 …"""
    names = dict.fromkeys([*starts, *(step for edge in edges for step in edge[:2]), *(companions or {})])
    transitions, made = {}, dict(statements or {})
    for number, (source, target, state) in enumerate(edges, 1):
        id, said = f"t{number}", f"s{number}"
        made[said] = statement(said, *(CITED[state] if isinstance(state, str) else state))
        by = "modeller" if state == "inferred" else "source"
        transitions[id] = Transition(id, source, target, f"edge {number}", by, role=(roles or {}).get(id, "route"), justified_by=(said,))
    steps = {
        name: Step(name, "Presentation" if name in starts else "Treatment", name, "", "p", companion_of=(companions or {}).get(name, ""))
        for name in names
    }
    return Guideline(
        "g", "urn:edgewise:g", "", "", "", "", "", "", "", "",
        steps=steps, transitions=transitions, statements=made, markers=MARKERS, references=references,
    )  # fmt: skip
