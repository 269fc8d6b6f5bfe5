"""Family R: preprints beside the article that came of them, or instead of it."""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz import fuzz, process

from edgewise.citations.audit.rules.rule import Audited, Fault, Rule, listed
from edgewise.citations.evidence.preprints import is_preprint
from edgewise.citations.evidence.same_work import plain_title
from edgewise.citations.formats.details import author_line
from edgewise.citations.formats.people import people
from edgewise.citations.lookup.works import NoticeReport
from edgewise.graph.model import Reference

_SAME_TITLE = 93.0  # of 100: in print a word or two are another
_ALIKE_TITLE = 80.0  # enough where the first author is the same, and half of the others
_COMPARED = 5  # entries of a title that is alike
_SHORT = 3  # words; such titles are borne by many
_YEARS_TO_PRINT = 4


def preprint_cited(subject: Audited) -> Iterator[Fault]:
    for preprint, twins in _preprints(subject):
        if twins:
            beside = f"entry {twins[0].position}, in {twins[0].container}" if twins[0].container else f"entry {twins[0].position}"
            message = f"entry {preprint.position}, '{preprint.title[:80]}', is a preprint of what is cited beside it: {beside}"
            yield Fault(message=message, subject=preprint.id, related=tuple(one.id for one in twins))
            continue
        told = [report for report in _reports(subject, preprint) if report.notice.kind == "new-version"]
        if told:
            message = f"entry {preprint.position}, '{preprint.title[:80]}', is a preprint that has appeared since: {_where(told)}"
            yield Fault(message=message, subject=preprint.id, value=told[0].notice.target)


def _unjudged(subject: Audited) -> Iterator[str]:
    lookups = subject.lookups or {}
    alone = [one for one, twins in _preprints(subject) if not twins]
    unasked = [one.position for one in alone if one.id not in lookups]
    in_vain = [one.position for one in alone if one.id in lookups and lookups[one.id].status == "unchecked"]
    for positions, why in ((unasked, "nobody looked that up"), (in_vain, "no registry could be asked")):
        if positions:
            which = f"entry {positions[0]}, a preprint, has" if len(positions) == 1 else f"entries {listed(positions)}, preprints, have"
            yield f"whether {which} appeared since: {why}"


def _preprints(subject: Audited) -> Iterator[tuple[Reference, list[Reference]]]:
    """Each preprint with the entries that are its article."""
    references = subject.guideline.references.values()
    printed = [one for one in references if not is_preprint(one)]
    titles = [plain_title(one.title) for one in printed]
    for preprint in (one for one in references if is_preprint(one)):
        alike = process.extract(plain_title(preprint.title), titles, scorer=fuzz.ratio, score_cutoff=_ALIKE_TITLE, limit=_COMPARED)
        yield preprint, [printed[at] for _, score, at in alike if _came_of(preprint, printed[at], score)]


def _came_of(preprint: Reference, printed: Reference, alike: float) -> bool:
    """Whether the one is the article that came of the other, by titles and first author; where titles are less alike, by time as well."""
    ours, theirs = people(author_line(preprint)), people(author_line(printed))
    if not ours or not theirs:
        return alike >= _SAME_TITLE and len(plain_title(preprint.title).split()) > _SHORT
    if not ours[0].may_be(theirs[0]):
        return False
    shared = sum(any(one.may_be(other) for other in theirs) for one in ours)
    later = printed.year - preprint.year if preprint.year and printed.year else 0
    return alike >= _SAME_TITLE or (2 * shared >= len(ours) > 1 and 0 <= later <= _YEARS_TO_PRINT)


def _reports(subject: Audited, reference: Reference) -> tuple[NoticeReport, ...]:
    resolution = (subject.lookups or {}).get(reference.id)
    return resolution.reports if resolution else ()


def _where(told: list[NoticeReport]) -> str:
    return "; ".join(
        dict.fromkeys(f"{one.notice.target or one.notice.label} ({one.registry}, looked up {one.looked_up[:10]})" for one in told)
    )


RULES = (
    Rule(
        id="R221", name="preprint-cited", severity="warning", check=preprint_cited, unjudged=_unjudged,
        why="A preprint was reviewed by nobody, and beside its article it looks like a second study; figures often change before print.",
        fix="Cite the article, and compare the statements with it; let markers of the preprint point there.",
    ),
)  # fmt: skip
