"""Family R: works that say of themselves that they were taken back, and works that were cited after it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from edgewise.citations.audit.rules.printed_entries import printed_lines
from edgewise.citations.audit.rules.rule import Audited, Fault, Rule, looked_up
from edgewise.citations.lookup.marked_titles import marked_reference
from edgewise.citations.lookup.works import NoticeReport
from edgewise.graph.model import Reference
from edgewise.ontology.terms import EW

_SAYS: Mapping[str, str] = {
    "retraction": "says of itself that it was retracted",
    "withdrawal": "says of itself that it was withdrawn",
    "is-notice": "is itself the notice that another work was taken back",
    "concern": "is itself an expression of concern about another work",
}


def marked_as_retracted(subject: Audited) -> Iterator[Fault]:
    printed = printed_lines(subject)
    for reference in subject.guideline.references.values():
        if found := marked_reference(reference, printed.get(reference.id, "")):
            message = f"entry {reference.position}, '{reference.title[:80]}', {_SAYS[found.kind]}: '{found.words}'"
            yield Fault(message=message, subject=reference.id, value=found.kind)


def cited_after_retraction(subject: Audited) -> Iterator[Fault]:
    for reference, reports in _taken_back(subject):
        before = [one for one in reports if _is_before(one.notice.date, subject.dated)]
        if before:
            first = min(before, key=lambda one: one.notice.date)
            what = "withdrawn" if first.notice.kind == "withdrawal" else "retracted"
            message = (
                f"entry {reference.position}, '{reference.title[:80]}', was {what} on {first.notice.date} ({first.registry}), "
                f"and what cites it is of {subject.dated}"
            )
            yield Fault(message=message, subject=reference.id, predicate=EW.year, value=first.notice.date)


def _undecided(subject: Audited) -> Iterator[str]:
    for reference, reports in _taken_back(subject):
        orders = [_is_before(one.notice.date, subject.dated) for one in reports]
        if True not in orders and None in orders:
            why = "the date of what cites it" if not subject.dated else "the day of its retraction"
            clear = not subject.dated or not all(one.notice.date for one in reports)
            how = "" if clear else " closely enough"
            yield f"whether entry {reference.position} was cited after its retraction: {why} is not known{how}"


def _taken_back(subject: Audited) -> Iterator[tuple[Reference, list[NoticeReport]]]:
    for reference, resolution in looked_up(subject):
        if resolution.is_retracted:
            yield reference, [one for one in resolution.reports if one.notice.kind in ("retraction", "withdrawal")]


def _is_before(date: str, dated: str) -> bool | None:
    """Whether the one day comes before the other; None where one is not known, or not closely enough.

    >>> _is_before("2019-05-01", "2020-01"), _is_before("2020", "2019-12-31"), _is_before("2020", "2020-05-01"), _is_before("", "2020")
    (True, False, None, None)
    """
    shared = min(len(date), len(dated))
    if not shared or (date[:shared] == dated[:shared] and shared < 10):
        return None
    return date[:shared] < dated[:shared]


RULES = (
    Rule(
        id="R219", name="marked-as-retracted", severity="error", check=marked_as_retracted,
        why="The list itself says that the work was taken back, or that it is a notice of that; it must not go on carrying advice.",
        fix="Read the notice; see with 'edgewise impact' what falls without the reference, and cite what can stand in its place.",
    ),
    Rule(
        id="R220", name="cited-after-retraction", severity="error", check=cited_after_retraction, needs=("look-ups",), unjudged=_undecided,
        why="Whoever cites a work after its retraction did not look; what rests on it was never safe.",
        fix="Take the reference out, or say in the text that it was retracted; see with 'edgewise impact' what falls without it.",
    ),
)  # fmt: skip
