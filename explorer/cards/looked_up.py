"""What registries answered about references, told in lines: in the terminal and on the Audit page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import get_args

from edgewise.citations.lookup.works import TELLERS, LinkAnswer, LinkStatus, NoticeReport, RegistryAnswer, Resolution, Status
from edgewise.explorer.cards.numbers import many
from edgewise.graph.model import Guideline, Reference

STATUSES: tuple[Status, ...] = get_args(Status)
LINK_STATUSES: tuple[LinkStatus, ...] = get_args(LinkStatus)
_NOTICES = {
    "retraction": "RETRACTED",
    "withdrawal": "WITHDRAWN",
    "reinstatement": "reinstated",
    "correction": "corrected",
    "concern": "EXPRESSION OF CONCERN",
    "new-version": "a newer version exists",
    "is-notice": "is itself a notice",
}


def learnt_nothing(resolutions: Sequence[Resolution]) -> bool:
    """Whether there was something to look up, and nothing at all came of it."""
    return bool(resolutions) and not any(one.is_known or one.malformed or one.listed for one in resolutions)


def counts(resolutions: Sequence[Resolution]) -> dict[str, int]:
    """How many references are found, not found and so on."""
    counted = Counter(one.status for one in resolutions)
    return {status: counted[status] for status in STATUSES}


def link_counts(resolutions: Sequence[Resolution]) -> dict[str, int]:
    """How many web addresses are alive, dead and so on."""
    counted = Counter(link.status for one in resolutions for link in one.links)
    return {status: counted[status] for status in LINK_STATUSES}


def resolve_report(guideline: Guideline, resolutions: Sequence[Resolution]) -> list[str]:
    """Reference by reference, what was found and what is wrong, then how many there are of each."""
    told = [line for one in resolutions for line in _told(guideline.references[one.reference], one)]
    links = [link for one in resolutions for link in one.links]
    opened = [f"{many(len(links), 'web address', 'web addresses')}: {_counted(link_counts(resolutions))}"] if links else []
    return [*told, "", *opened, f"{many(len(resolutions), 'reference')}: {_counted(counts(resolutions))}"]


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {status.replace('-', ' ')}" for status, count in counts.items())


def _told(reference: Reference, one: Resolution) -> Iterator[str]:
    yield f"{reference.position}. {reference.title} [{reference.id}]: {one.status.replace('-', ' ')}"
    yield from (f"    {fault}" for fault in one.malformed)
    yield from (f"    {reported(report)}" for report in one.reports)
    for answer in one.answers:
        yield from _answered(answer)
    if one.listed and not one.listed.notices:
        yield f"    {TELLERS['retraction-watch']}: nothing in the list that is kept{_up_to(one.listed.up_to)}"
    yield from map(_opened, one.links)


def reported(report: NoticeReport) -> str:
    """A notice with its kind, number, date and reason, and who tells it.

    >>> from edgewise.citations.lookup.works import Notice
    >>> reported(NoticeReport(Notice("concern", "Expression of concern", date="2019-04-01"), "retraction-watch", "2026-05-01"))
    'EXPRESSION OF CONCERN: Expression of concern, 2019-04-01 (Retraction Watch, list up to 2026-05-01)'
    """
    notice = report.notice
    reason = f"reason: {notice.reason}" if notice.reason else ""
    about = f"there under the title '{notice.about}'" if notice.about else ""
    details = ", ".join(filter(None, (notice.label, notice.target, notice.date, notice.source, reason, about)))
    if report.registry == "retraction-watch":
        return f"{_NOTICES[notice.kind]}: {details} ({TELLERS[report.registry]}{_up_to(report.looked_up)})"
    return f"{_NOTICES[notice.kind]}: {details} ({TELLERS[report.registry]}, looked up {report.looked_up[:10]})"


def _up_to(day: str) -> str:
    return f", list up to {day}" if day else ", list without dates"


def _opened(link: LinkAnswer) -> str:
    status = "DEAD LINK" if link.status == "dead" else f"moved for good to {link.moved}" if link.moved else link.status
    why = f": {link.why}" if link.why else ""
    when = f" (opened {link.looked_up[:10]}{', kept' if link.kept else ''})" if link.looked_up else ""
    return f"    {link.address}: {status}{why}{when}"


def _answered(answer: RegistryAnswer) -> Iterator[str]:
    by = f" by {'title' if answer.by == 'title' else answer.by.upper()}" if answer.by and answer.status == "found" else ""
    name = f": {answer.work.name}" if answer.work else ""
    why = f": {answer.why}" if answer.why else ""
    when = f" (looked up {answer.looked_up[:10]}{', kept' if answer.kept else ''})" if answer.looked_up else ""
    yield f"    {TELLERS[answer.registry]}: {answer.status.replace('-', ' ')}{by}{name}{why}{when}"
    if answer.unasked:
        yield f"      which works give notice of it is unchecked: {answer.unasked}"
    for difference in answer.differences:
        yield f"      differs: {difference.field} is '{difference.ours}' here, '{difference.theirs}' there"
    for other in answer.lookalikes:
        yield f"      resembles {other.work.name}, {other.work.title} (titles {other.score:.0f} % alike): {other.why_not}"
