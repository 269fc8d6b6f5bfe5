"""All that can be found wrong with a guideline's content: as YAML or RDF, and as a guideline."""

from __future__ import annotations

from rdflib import URIRef

from edgewise.graph.model import Guideline
from edgewise.graph.ratings import Conflict, conflict_in_words, conflicts
from edgewise.graph.reading.drafted import filled_in, is_draft
from edgewise.graph.reading.projection import guideline
from edgewise.graph.reading.read import Source, salvage_text
from edgewise.graph.reading.validate import validate
from edgewise.ontology.findings import Finding


def findings_of(content: bytes, format: str) -> tuple[tuple[Finding, ...], Source | None]:
    """Every fault by line, and what could be read in spite of them; of what stands on one line only the cause."""
    source, problems = salvage_text(content, "", format)
    if source is None:
        return problems, None
    broken = {problem.line for problem in problems if problem.line}
    judged = [finding for finding in validate(source) if finding.line not in broken]
    return tuple(sorted([*problems, *judged], key=lambda finding: finding.line)), source


def pieces_of(source: Source) -> Guideline:
    """The pieces of a guideline without errors; of a draft, what there is of them."""
    graph = filled_in(source.graph, source.iri) if is_draft(source.graph, source.iri) else source.graph
    return guideline(graph, source.iri)


def notes_of(guideline: Guideline, source: Source) -> tuple[Finding, ...]:
    """What a guideline that can be used says in two ways, perhaps by a slip of the modeller's: ratings that part.

    Where the source itself says both, the file is right; so each is a note and no fault.
    """
    return tuple(_note(guideline, conflict, source) for conflict in conflicts(guideline))


def _note(guideline: Guideline, conflict: Conflict, source: Source) -> Finding:
    subject = URIRef(f"{source.iri}/{conflict.ratings[0].id}")
    return Finding(
        rule="conflicting-ratings",
        message=conflict_in_words(guideline, conflict),
        severity="note",
        subject=str(subject),
        line=source.line(subject, None, None),
        repair="check each figure against its passage; if the source says both, leave them: both are shown, and none is chosen",
    )
