"""Family S: strength and certainty as the source states them, held against each other and against our wording."""

from __future__ import annotations

import re
from collections.abc import Iterator

from edgewise.citations.audit.rules.rule import Audited, Fault, Rule, listed
from edgewise.graph.model import Guideline, Statement
from edgewise.graph.strength import firmness, has_certainty, is_lowest, is_unclassified, part_told, scheme
from edgewise.ontology.terms import EW

# What binds, and what leaves the choice, where it stands in a main clause of our own text.
_MUST = r"must|should|shall|ought to|(?:has|have) to|(?:is|are) (?:required|mandatory|obligatory|imperative)"
_BINDS = re.compile(rf"\b(?:{_MUST})\b|^(?:do not|do|never|always)\b")
_PARTICIPLE = r"be (?:\w{2,}(?:ed|rn|wn)|given|taken|begun|done|put|made|left|kept|held)"
_DEED = rf"(?:{_PARTICIPLE}|use|give|try|add|offer|choose|start|begin|stop|omit|take|wait|receive|undergo|treat|repeat)"
_CHOOSE = r"\bconsider(?:ed)?\b|\bwe suggest\b|\b(?:is|are) (?:suggested|optional)\b"
_LEAVES = re.compile(rf"\b(?:may|might|could) (?:also |then |instead |not |\w+ly )?{_DEED}\b|{_CHOOSE}")
# Where clauses part, and what begins one that depends on another.
_CLAUSES = re.compile(r"[.,;:!?()]\s+|\s[–—]\s")
_INFERIOR = re.compile(
    r"\b(?:if|when|whenever|where|wherever|unless|until|while|because|since|who|whom|whose|which|whether|although|though|as|before|after|than)\b"
)
_THAT = re.compile(r"(?<!recommend )(?<!recommends )(?<!recommended )(?<!suggest )(?<!suggests )(?<!advise )(?<!advises )\bthat\b")


def strong_on_lowest(subject: Audited) -> Iterator[Fault]:
    guideline = subject.guideline
    for one in guideline.statements.values():
        told = list(_lowest(guideline, one)) if firmness(guideline, one) == "strong" else []
        if told:
            message = f"{one.id} ({one.place}) is a {one.strength} recommendation{_by(guideline, one)}, and its evidence is {listed(told)}"
            yield Fault(message=message, subject=one.id, predicate=EW.strength, value=one.strength)


def _lowest(guideline: Guideline, one: Statement) -> Iterator[str]:
    """The certainties that are the lowest of the scheme, each with the part that it is of."""
    if one.certainty and is_lowest(guideline, one, one.certainty):
        yield f"of {one.certainty} certainty"
    for part in one.certainty_for:
        if is_lowest(guideline, one, part.certainty):
            yield f"of {part.certainty} certainty {part_told(guideline, part)}"


def _by(guideline: Guideline, one: Statement) -> str:
    named = scheme(guideline, one)
    return f" by {named.label}" if named else ""


def wording_against_strength(subject: Audited) -> Iterator[Fault]:
    guideline = subject.guideline
    for one in guideline.statements.values():
        firm = firmness(guideline, one)
        binds, leaves = _words(one.text)
        found = leaves if firm == "strong" and not binds else binds if firm == "weak" and not leaves else ""
        if found:
            does = "leaves the choice" if firm == "strong" else "binds"
            message = f"our text of {one.id} ({one.place}) {does} by '{found}', but the source's recommendation is {one.strength}"
            yield Fault(message=message, subject=one.id, predicate=EW.text, value=found)


def _words(text: str) -> tuple[str, str]:
    """The first words in main clauses that bind, and that leave the choice; empty where there are none.

    >>> _words("Patients should rest; a brace may be worn."), _words("Rest, if the pain may be borne.")
    (('should', 'may be worn'), ('', ''))
    """
    mains = list(_main_clauses(text))
    binds = next((found[0] for one in mains if (found := _BINDS.search(one))), "")
    return binds, next((found[0] for one in mains if (found := _LEAVES.search(one))), "")


def _main_clauses(text: str) -> Iterator[str]:
    """Each clause up to where one that depends on it begins; an inverted condition (*Should it fail, …*) is none."""
    for clause in _CLAUSES.split(text):
        main = _THAT.split(_INFERIOR.split(clause.strip().casefold(), maxsplit=1)[0], maxsplit=1)[0]
        if not main.startswith("should "):
            yield main


def missing_grade(subject: Audited) -> Iterator[Fault]:
    guideline = subject.guideline
    every = [one for one in guideline.statements.values() if one.kind == "recommendation"]
    strengths, certainties = (sum(1 for one in every if has(one)) for has in (_has_strength, has_certainty))
    for one in every:
        lacks = [
            *(["strength"] if not one.strength and (strengths or _knows(guideline, "strengths")) else []),
            *(["certainty"] if _lacks_certainty(guideline, one, certainties) else []),
        ]
        if lacks:
            others = f"of {len(every)} recommendations {strengths} bear a strength and {certainties} a certainty"
            message = f"the recommendation {one.id} ({one.place}) bears no {listed(lacks, 'and no')}{_by(guideline, one)}; {others}"
            yield Fault(message=message, subject=one.id, predicate=EW.kind)


def _has_strength(one: Statement) -> bool:
    return bool(one.strength)


def _knows(guideline: Guideline, axis: str) -> bool:
    return any(getattr(grading, axis) for grading in guideline.gradings.values())


def _lacks_certainty(guideline: Guideline, one: Statement, others: int) -> bool:
    """What the source leaves ungraded in so many words has no certainty either."""
    return not has_certainty(one) and not is_unclassified(guideline, one) and bool(others or _knows(guideline, "certainties"))


RULES = (
    Rule(
        id="S312", name="strong-on-lowest", severity="warning", check=strong_on_lowest,
        why="A strong recommendation tells everybody to do what the source itself is least sure of. GRADE allows this in five situations "
        "only: it is a matter of life and death; the benefit is uncertain, but harm or cost are known to be high, so that it is advised "
        "against; two ways seem equal on uncertain evidence, and one is known to harm or cost less; two ways are known to be equal, and "
        "one may harm more; a modest benefit is known, and a catastrophic harm cannot be ruled out.",
        fix="Compare with the article; if it does say both, waive the finding with the one of the five situations that applies, or say in "
        "a note that none does.",
    ),
    Rule(
        id="S313", name="wording-against-strength", severity="note", check=wording_against_strength,
        why="Who reads 'may' in a strong recommendation, or 'must' in a weak one, takes away another strength than the source gives it.",
        fix="Word the text as firmly as the source recommends: 'should' or a plain imperative for strong, 'consider' or 'may be' for weak.",
    ),
    Rule(
        id="S314", name="missing-grade", severity="note", check=missing_grade,
        why="Where a source grades its recommendations, one without a grade reads as if the source had been silent.",
        fix="Write the strength and certainty that the article states there. If it states none, waive the finding; if it says that it does "
        "not grade this one, write its own word for it as 'strength', and list that word under 'unclassified'.",
    ),
)  # fmt: skip
