"""What is known of cited works since they were published, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from edgewise.explorer.cards.numbers import many

if TYPE_CHECKING:  # help needs none of it
    from edgewise.citations.evidence.impact import Impact
    from edgewise.citations.lookup.works import NoticeReport
    from edgewise.citations.notices import Known, Noticed
    from edgewise.graph.model import Guideline

_HOW = "'edgewise resolve GUIDELINE' asks registries, 'edgewise resolve --retractions FILE' keeps a list"


def report_payload(report: NoticeReport) -> dict[str, Any]:
    """A notice with who tells it.

    >>> from edgewise.citations.lookup.works import Notice, NoticeReport
    >>> told = report_payload(NoticeReport(Notice("concern", "Expression of concern"), "crossref", ""))
    >>> told["kind"], told["date"], told["registry"]
    ('concern', None, 'crossref')
    """
    told = {field: value or None for field, value in asdict(report.notice).items()}
    return {**told, "registry": report.registry, "lookedUp": report.looked_up or None}


def known_payload(known: Known) -> dict[str, Any]:
    """Every reference of which something is known, and those of which nothing is known either way.

    >>> from edgewise.citations.notices import NOTHING_KNOWN
    >>> known_payload(NOTHING_KNOWN)
    {'retracted': [], 'noticed': [], 'unchecked': []}
    """
    return {
        "retracted": list(known.fallen),
        "noticed": [_noticed(one) for one in known.noticed.values()],
        "unchecked": list(known.unchecked),
    }


def _noticed(one: Noticed) -> dict[str, Any]:
    return {
        "reference": one.reference,
        "standing": one.standing,
        "since": one.since or None,
        "saysSo": one.own.label if one.own else None,
        "notices": [report_payload(report) for report in one.reports],
    }


def known_lines(guideline: Guideline, known: Known) -> list[str]:
    """What was retracted, what else happened to works, and of how many nothing is known."""
    return [*_told(guideline, known), *_unchecked(guideline, known), ""]


def paper_lines(guideline: Guideline, known: Known, found: Impact) -> list[str]:
    """What is known of the works that fall; nothing where nothing is, since here it is only asked what would be."""
    from edgewise.explorer.cards.notices import lines

    told = lines(guideline, known.within(found.references).noticed.values())
    return ["", "Known of it", *told] if told else []


def _told(guideline: Guideline, known: Known) -> Iterator[str]:
    from edgewise.explorer.cards.notices import lines

    fell = [one for one in known.noticed.values() if one.fell]
    yield "Known to be retracted or withdrawn" if fell else "Nothing that is cited is known to be retracted or withdrawn."
    yield from lines(guideline, fell)
    rest = [one for one in known.noticed.values() if not one.fell]
    yield from ("", "Known besides, which takes nothing away") if rest else ()
    yield from lines(guideline, rest)


def _unchecked(guideline: Guideline, known: Known) -> Iterator[str]:
    if known.unchecked:
        names = ", ".join(str(guideline.references[id].position) for id in known.unchecked)
        yield ""
        yield f"Not checked: {many(len(known.unchecked), 'reference')} ({names}); {_HOW}."
