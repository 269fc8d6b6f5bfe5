"""Words and lines that the reports of several commands share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from edgewise.explorer.cli.terminal import complain

if TYPE_CHECKING:  # the libraries behind these load slowly
    from edgewise.graph.model import Guideline, Observable, Transition
    from edgewise.graph.walking.facts import Facts
    from edgewise.ontology.findings import Finding

_NO_CONDITION = {"route": "always", "option": "not stated", "excluded": "advised against"}


def condition(transition: Transition, observables: Mapping[str, Observable]) -> str:
    """The condition of an edge in words; ``always``, ``not stated`` or ``advised against`` where it has none.

    >>> from edgewise.graph.model import Transition
    >>> condition(Transition("t", "a", "b", "next", "source"), {})
    'always'
    """
    from edgewise.graph.walking.criteria import words

    return words(transition.when, observables) if transition.when else _NO_CONDITION[transition.role]


def known(guideline: Guideline, facts: Facts) -> Iterator[str]:
    """Facts in words."""
    from edgewise.graph.answers.in_words import answer_told

    for id, answer in facts.items():
        yield f"{guideline.observables[id].label}: {answer_told(guideline.observables[id], answer)}"


def notice(guideline: Guideline) -> str:
    """Where the content comes from, its date, its review status, and that it is for education."""
    purpose = "" if guideline.purpose in guideline.disclaimer.lower() else f" For {guideline.purpose} only."
    return f"{guideline.publisher}, updated {guideline.updated}, review {guideline.review_status}.{purpose} {guideline.disclaimer}"


def places(guideline: Guideline, passages: Iterable[str], markers: Iterable[str] = ()) -> str:
    """Passages by id and place, then the markers printed there: ``s26, step 4, criterion 2; cites [2]``; empty where there are none."""
    from edgewise.graph.model import Marker

    told = "; ".join(f"{id}, {guideline.passage(id).place}" for id in passages)
    cited = ", ".join(Marker("", marker).shown for marker in markers)
    return f"{told}; cites {cited}" if told and cited else told


def footer(guideline: Guideline) -> list[str]:
    """A blank line and the notice: under every report."""
    return ["", notice(guideline)]


def warn(findings: Iterable[Finding]) -> None:
    """Print warnings to standard error, so that the answer on standard output stays what it is."""
    for finding in findings:
        complain(str(finding))
