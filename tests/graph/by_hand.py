"""Guidelines made for one purpose, of steps and edges written out in a test."""

from edgewise.graph.model import Comparison, Guideline, Observable, Step, Transition


def made(steps, edges, observables=(), statements=()):
    return Guideline(
        "g", "urn:g", "", "", "", "", "", "", "", "",
        steps={one.id: one for one in steps}, transitions={one.id: one for one in edges},
        observables={one.id: one for one in observables}, statements={one.id: one for one in statements},
    )  # fmt: skip


def step(id, kind="Treatment", **more):
    return Step(id, kind, id.title(), "", "p", **more)


def edge(source, target, when=None, role="route"):
    return Transition(f"{source}-{target}", source, target, f"{source} to {target}", "source", role, when)


def yes(id):
    return Comparison(f"is-{id}", id, answer="yes")


def questions(count):
    return [Observable(f"q{n}", f"Question {n}", "?", "yes-no") for n in range(count)]
