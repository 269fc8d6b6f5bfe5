"""Family G: what the algorithm itself leaves open, as `graph.gaps.search` finds it. Parting thresholds are family S: S301, S302, S304."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from edgewise.citations.audit.rules.rule import Audited, Fault, Rule
from edgewise.graph.gaps.memory import gaps_of
from edgewise.graph.gaps.rows import Kind, Row


def _about(row: Row) -> tuple[str, ...]:
    """What a row concerns, first of all what an editor would mend."""
    step = (row.step,) if row.step else ()
    edges = dict.fromkeys(("never-met", "masked", "subsumed", "mergeable", "misleading-preference"), row.edges)
    first = {**edges, "never-asked": row.observables}.get(row.kind, step)
    return tuple(dict.fromkeys((*first, *step, *row.edges, *row.observables)))


def _finding(kind: Kind) -> Callable[[Audited], Iterator[Fault]]:
    def check(subject: Audited) -> Iterator[Fault]:
        for row in gaps_of(subject.guideline).rows:
            if row.kind == kind:
                first, *others = _about(row)
                related = tuple(dict.fromkeys((*others, *row.statements)))
                yield Fault(message=row.text, subject=first, value=row.situation, related=related)

    return check


RULES = (
    Rule(
        id="G501", name="silent-situation", severity="warning", check=_finding("gap"),
        why="A patient can come into this situation, and then the source names no next step: whoever follows it is left alone.",
        fix="Say in a note that the source is silent here; fill nothing in. Ask the publisher what is meant.",
    ),
    Rule(
        id="G502", name="overlapping-steps", severity="warning", check=_finding("overlap"),
        why="Where two different steps follow at once, a reader cannot tell whether both are meant or one, and which.",
        fix="If both are begun at once, write them in `bundles`; if one is chosen, in `alternatives`; if one goes along with the other, "
        "`companionOf`; if it is only offered, `role: option`; else say so in a note.",
    ),
    Rule(
        id="G503", name="dead-end", severity="note", check=_finding("dead-end"),
        why="The pathway stops at a step of which the source does not say how it goes on.",
        fix="Say so in a note; or, if the source ends the pathway here, lead it to an Endpoint.",
    ),
    Rule(
        id="G504", name="unreachable-step", severity="warning", check=_finding("unreachable-step"),
        why="No patient ever comes to this step, so nobody will see what the source says of it.",
        fix="Check the edges that lead to it and the conditions before them; if the source itself shuts it out, say so in a note.",
    ),
    Rule(
        id="G505", name="endless-loop", severity="warning", check=_finding("endless-loop"),
        why="Some patients go round and round: nothing that they find out leads out of the loop.",
        fix="Look for the source's own end of the loop, such as a number of attempts; if there is none, say so in a note.",
    ),
    Rule(
        id="G506", name="impossible-criterion", severity="warning", check=_finding("never-met"),
        why="A condition that nobody can meet shuts a way that the source means to be open.",
        fix="Check bounds, units and answers against the article; if the source itself contradicts itself, say so in a note.",
    ),
    Rule(
        id="G507", name="unused-observable", severity="note", check=_finding("never-asked"),
        why="Something is asked about the patient that no condition looks at.",
        fix="Use it in the condition it belongs to, or remove it.",
    ),
    Rule(
        id="G508", name="idle-question", severity="note", check=_finding("never-decides"),
        why="Whatever is answered, the pathway goes the same way: the question looks as if it mattered and does not.",
        fix="Check the conditions that look at it; if the source itself makes no difference, say so in a note.",
    ),
    Rule(
        id="G509", name="contraindicated-road", severity="warning", check=_finding("contraindicated-road"),
        why="In one and the same case the source leads to a step and rules it out: whoever follows the one passage acts against the other.",
        fix="Check both conditions against the article; if it states both, say in a note that it disagrees with itself.",
    ),
    Rule(
        id="G510", name="unlike-times", severity="warning", check=_finding("unlike-times"),
        why="Two times of one step count for the same patient and disagree: nobody can tell from the source by when it is to be done.",
        fix="Check the conditions of its times against the article; if they hold together there too, say in a note which one is meant.",
    ),
    Rule(
        id="G511", name="masked-edge", severity="warning", check=_finding("masked"),
        why="Others leave an edge nobody, or nobody to itself: its row looks as if it decided something, and it decides nothing.",
        fix="Where the order is to blame, put the narrower condition before the wider ones; else leave the edge out, or correct the bounds "
        "of those that take its patients. If the source itself says so, say in a note that it does.",
    ),
    Rule(
        id="G512", name="subsumed-edge", severity="note", check=_finding("subsumed"),
        why="Another edge leads to the same step and asks for no more, so this one changes nothing; a threshold may be mistaken.",
        fix="Check the bounds of both against the article; leave the edge out, and let the other be justified by its passages as well.",
    ),
    Rule(
        id="G513", name="mergeable-edges", severity="note", check=_finding("mergeable"),
        why="Several edges say what one would: the algorithm is longer than its source, and the next change has to be made in all of them.",
        fix="Write one edge with the range, or the list of answers, that they make up together; where the source says them apart, give "
        "each its own passage.",
    ),
    Rule(
        id="G514", name="misleading-preference", severity="note", check=_finding("misleading-preference"),
        why="The more specific alternative never goes first, though its condition was written for just these patients.",
        fix="Give it the better rank, or a `when` for its patients; if it is meant as a second choice, say so in a note.",
    ),
)  # fmt: skip
