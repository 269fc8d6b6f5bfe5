"""How looked-up references are told: to people in lines, to programs as plain data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, get_args

from edgewise.citations.lookup.works import LinkAnswer, LinkStatus, Notice, RegistryAnswer, Resolution, Status, Work
from edgewise.explorer.cli.reports import many

if TYPE_CHECKING:
    from edgewise.graph.model import Guideline, Reference

STATUSES: tuple[Status, ...] = get_args(Status)
LINK_STATUSES: tuple[LinkStatus, ...] = get_args(LinkStatus)
_NOTICES = {
    "retraction": "RETRACTED", "correction": "corrected", "concern": "EXPRESSION OF CONCERN", "new-version": "a newer version exists",
    "is-notice": "is itself a notice",
}  # fmt: skip
_NAMES = {"crossref": "Crossref", "pubmed": "PubMed"}


def resolve_payload(guideline: Guideline, resolutions: Sequence[Resolution]) -> dict[str, Any]:
    """Every reference with what each registry answered; where nothing could be checked, with `error`.

    >>> from edgewise.graph.model import Guideline, Reference
    >>> listed = Guideline("g", "urn:g", "", "", "", "", "", "", "", "", references={"r": Reference("r", 1, "Hips", 2006)})
    >>> told = resolve_payload(listed, [Resolution("r", (RegistryAnswer("crossref", "unchecked", why="offline"),))])
    >>> told["counts"], told["error"]
    ({'found': 0, 'not-found': 0, 'ambiguous': 0, 'unchecked': 1}, 'nothing could be checked')
    """
    return {
        "guideline": guideline.id,
        "counts": _counts(resolutions),
        "linkCounts": _link_counts(resolutions),
        "references": [_resolution(guideline.references[one.reference], one) for one in resolutions],
    } | ({"error": "nothing could be checked", "findings": []} if learnt_nothing(resolutions) else {})


def learnt_nothing(resolutions: Sequence[Resolution]) -> bool:
    """Whether there was something to look up, and nothing at all came of it."""
    return bool(resolutions) and not any(one.is_known or one.malformed for one in resolutions)


def _counts(resolutions: Sequence[Resolution]) -> dict[str, int]:
    counted = Counter(one.status for one in resolutions)
    return {status: counted[status] for status in STATUSES}


def _link_counts(resolutions: Sequence[Resolution]) -> dict[str, int]:
    counted = Counter(link.status for one in resolutions for link in one.links)
    return {status: counted[status] for status in LINK_STATUSES}


def _resolution(reference: Reference, one: Resolution) -> dict[str, Any]:
    return {
        "reference": reference.id,
        "position": reference.position,
        "title": reference.title,
        "status": one.status,
        "malformed": [asdict(fault) for fault in one.malformed],
        "notices": [
            {**_notice(told.notice), "registry": told.registry, "lookedUp": told.looked_up or None} for told in one.reports
        ],
        "answers": [_answer(answer) for answer in one.answers],
        "links": [_link(link) for link in one.links],
    }  # fmt: skip


def _link(link: LinkAnswer) -> dict[str, Any]:
    return {
        "address": link.address,
        "status": link.status,
        "movedTo": link.moved or None,
        "why": link.why or None,
        "lookedUp": link.looked_up or None,
        "kept": link.kept,
    }


def _answer(answer: RegistryAnswer) -> dict[str, Any]:
    return {
        "registry": answer.registry,
        "status": answer.status,
        "by": answer.by or None,
        "why": answer.why or None,
        "lookedUp": answer.looked_up or None,
        "kept": answer.kept,
        "work": _work(answer.work) if answer.work else None,
        "differences": [asdict(difference) for difference in answer.differences],
        "lookalikes": [{"work": _work(one.work), "score": one.score, "whyNot": one.why_not} for one in answer.lookalikes],
    }


def _notice(notice: Notice) -> dict[str, Any]:
    return {field: value or None for field, value in asdict(notice).items()}


def _work(work: Work) -> dict[str, Any]:
    return {
        "title": work.title,
        "authors": list(work.authors),
        "container": work.container or None,
        "years": list(work.years),
        "volume": work.volume or None,
        "issue": work.issue or None,
        "pages": work.pages or None,
        "doi": work.doi or None,
        "pmid": work.pmid or None,
        "kind": work.kind or None,
    }


def resolve_report(guideline: Guideline, resolutions: Sequence[Resolution]) -> list[str]:
    """Reference by reference, what was found and what is wrong, then how many there are of each."""
    told = [line for one in resolutions for line in _told(guideline.references[one.reference], one)]
    links = [link for one in resolutions for link in one.links]
    opened = [f"{many(len(links), 'web address', 'web addresses')}: {_counted(_link_counts(resolutions))}"] if links else []
    return [*told, "", *opened, f"{many(len(resolutions), 'reference')}: {_counted(_counts(resolutions))}"]


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {status.replace('-', ' ')}" for status, count in counts.items())


def _told(reference: Reference, one: Resolution) -> Iterator[str]:
    yield f"{reference.position}. {reference.title} [{reference.id}]: {one.status.replace('-', ' ')}"
    yield from (f"    {fault}" for fault in one.malformed)
    for report in one.reports:
        notice = report.notice
        details = ", ".join(filter(None, (notice.label, notice.target, notice.date, notice.source)))
        yield f"    {_NOTICES[notice.kind]}: {details} ({_NAMES[report.registry]}, looked up {report.looked_up[:10]})"
    for answer in one.answers:
        yield from _answered(answer)
    yield from map(_opened, one.links)


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
    yield f"    {_NAMES[answer.registry]}: {answer.status.replace('-', ' ')}{by}{name}{why}{when}"
    for difference in answer.differences:
        yield f"      differs: {difference.field} is '{difference.ours}' here, '{difference.theirs}' there"
    for other in answer.lookalikes:
        yield f"      resembles {other.work.name}, {other.work.title} (titles {other.score:.0f} % alike): {other.why_not}"
