"""Family P: review and sign-off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from edgewise.citations.audit.rules.rule import Audited, Fault, Rule, listed, many
from edgewise.citations.ledger.fingerprints import links
from edgewise.ontology.terms import EW

if TYPE_CHECKING:
    from edgewise.citations.ledger.signoffs import Standing

_REJECTED = {"not-supported": "the reference does not support the statement", "wrong-reference": "it is the wrong reference"}


def pending_review(subject: Audited) -> Iterator[Fault]:
    status = subject.guideline.review_status
    if status != "approved" and not subject.guideline.draft:
        message = f"the source's own review is not finished: its status is {status}"
        yield Fault(message=message, predicate=EW.reviewStatus, value=status)


def _unwritten(subject: Audited) -> Iterator[str]:
    if subject.guideline.draft:
        yield "the guideline is a draft, and does not count as reviewed whatever its source says"


def unsigned_citation(subject: Audited) -> Iterator[Fault]:
    standings = _standings(subject)
    open_ = [id for id, standing in standings.items() if standing.state in ("unsigned", "withdrawn")]
    if open_:
        back = sum(standings[id].state == "withdrawn" for id in open_)
        withdrawn = f" ({back} of them withdrawn)" if back else ""
        message = f"{len(open_)} of {many(len(standings), 'citation')} {'is' if len(open_) == 1 else 'are'} not signed off{withdrawn}"
        yield Fault(message=message, predicate=EW.hasStatement, related=tuple(open_))


def stale_signoff(subject: Audited) -> Iterator[Fault]:
    for id, standing in _standings(subject).items():
        if standing.state == "stale" and standing.entry:
            who, when = standing.entry.content.name, standing.entry.content.time[:10]
            changed = listed(f"the {part}" for part in standing.changed)
            message = f"{id} was signed by {who} on {when}; since then {changed} changed"
            yield Fault(message=message, subject=id, related=(id.partition("/")[0],))
    for entry in subject.orphans:
        gone = entry.content.citation.removeprefix(f"{subject.guideline.iri}/")
        message = f"{gone}, signed by {entry.content.name} on {entry.content.time[:10]}, is no longer a citation of this guideline"
        yield Fault(message=message, predicate=EW.hasStatement, value=gone, repair="withdraw the sign-off, or restore the citation")


def rejected_citation(subject: Audited) -> Iterator[Fault]:
    for id, standing in _standings(subject).items():
        if standing.verdict in _REJECTED and standing.entry and not standing.disputed:
            content = standing.entry.content
            note = f": {content.note}" if content.note else ""
            message = f"{_named(subject, id)}: {content.name} found on {content.time[:10]} that {_REJECTED[standing.verdict]}{note}"
            yield Fault(message=message, subject=id, value=standing.verdict, related=(id.partition("/")[0],))


def disputed_citation(subject: Audited) -> Iterator[Fault]:
    for id, standing in _standings(subject).items():
        if standing.disputed:
            told = listed(f"{entry.content.name} says {entry.content.verdict}" for entry in standing.fitting)
            yield Fault(message=f"editors disagree on {id}: {told}", subject=id, related=(id.partition("/")[0],))


def _named(subject: Audited, id: str) -> str:
    """A citation by its id, its marker and what it leads to."""
    link = links(subject.guideline)[id]
    return f"{id}, marker {link.marker.printed} to {f'“{link.reference.title}”' if link.reference else 'no entry'}"


def _standings(subject: Audited) -> Mapping[str, Standing]:
    if subject.standings is None:
        raise ValueError("this rule needs the ledger: check `needs` before calling it")
    return subject.standings


RULES = (
    Rule(
        id="P401", name="unsigned-citation", severity="note", check=unsigned_citation, needs=("ledger",),
        why="A link that nobody compared with the cited work may be right; nobody knows.",
        fix="Compare statement and reference, then sign each citation off.",
    ),
    Rule(
        id="P402", name="stale-signoff", severity="warning", check=stale_signoff, needs=("ledger",),
        why="A verdict holds for what was seen; what has changed since was never judged.",
        fix="Look at it again and sign it anew.",
    ),
    Rule(
        id="P403", name="rejected-citation", severity="error", check=rejected_citation, needs=("ledger",),
        why="An editor has read the reference and found that it does not carry the statement.",
        fix="Ask the article's publisher for the right source; until then say so in a note.",
    ),
    Rule(
        id="P404", name="disputed-citation", severity="warning", check=disputed_citation, needs=("ledger",),
        why="Where editors differ, one of them is wrong, or the reference can be read in two ways.",
        fix="Let them settle it; the one who changes the verdict signs anew.",
    ),
    Rule(
        id="P407", name="pending-review", severity="note", check=pending_review, unjudged=_unwritten,
        why="What its own publisher has not approved may still change, or be wrong.",
        fix="Look for a newer version; write 'reviewStatus' as the article gives it.",
    ),
)  # fmt: skip
