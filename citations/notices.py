"""What is known to have happened to the works that a guideline cites, by their own words and by kept answers; and whom that touches.

A retraction or a withdrawal takes a work's support away; a concern or a correction does not, and is told. A reinstatement gives it back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from edgewise.citations.evidence.support import evidence
from edgewise.citations.lookup.marked_titles import marked_reference
from edgewise.citations.lookup.works import Notice, NoticeKind, NoticeReport, Resolution
from edgewise.graph.model import Guideline, Reference

Standing = Literal["retracted", "withdrawn", "concern", "reinstated", "corrected"]
"""How a work stands, the gravest first."""
Weight = Literal["fallen", "losing", "doubted"]
"""How an edge or a step is touched: nothing that it cites stands any more; some of it does; all of it does, and some is in doubt."""
_TOLD: Mapping[NoticeKind, Standing] = {
    "retraction": "retracted", "withdrawal": "withdrawn", "concern": "concern", "reinstatement": "reinstated", "correction": "corrected",
}  # fmt: skip
_TAKEN_BACK: frozenset[Standing] = frozenset({"retracted", "withdrawn"})


@dataclass(frozen=True, slots=True)
class Noticed:
    """What is known of one reference.

    Attributes:
        reference: its id.
        standing: how it stands, all notices together.
        reports: the notices with who tells them, the oldest first; of those without a day last.
        own: what the entry itself says; None where it says nothing.
    """

    reference: str
    standing: Standing
    reports: tuple[NoticeReport, ...] = ()
    own: Notice | None = None

    @property
    def fell(self) -> bool:
        """Whether it carries nothing any more: a concern or a correction takes no support away."""
        return self.standing in _TAKEN_BACK

    @property
    def since(self) -> str:
        """The day of the notice by which it stands so, as far as anybody says one: the first of several.

        >>> given = (NoticeReport(Notice("retraction", "Retraction", date="2019-04-01"), "retraction-watch", "2026-05-01"),)
        >>> Noticed("r1", "retracted", given).since
        '2019-04-01'
        """
        return min((one.notice.date for one in self.reports if _TOLD[one.notice.kind] == self.standing and one.notice.date), default="")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the references of a guideline.

    Attributes:
        noticed: those of which there is something to tell, by id, in the order of the list.
        unchecked: ids of those of which nothing is known either way: nobody looked them up, and no list is kept that could name them.
    """

    noticed: Mapping[str, Noticed]
    unchecked: tuple[str, ...] = ()

    @property
    def fallen(self) -> tuple[str, ...]:
        """Ids of the references that carry nothing any more."""
        return tuple(id for id, one in self.noticed.items() if one.fell)

    def within(self, references: Iterable[str]) -> Known:
        """What of it is known of some references.

        >>> Known({"a": Noticed("a", "concern")}, ("b", "c")).within(["c"])
        Known(noticed={}, unchecked=('c',))
        """
        held = set(references)
        return Known({id: one for id, one in self.noticed.items() if id in held}, tuple(id for id in self.unchecked if id in held))


NOTHING_KNOWN = Known({})


@dataclass(frozen=True, slots=True)
class Touched:
    """What an edge or a step has behind it that something happened to.

    Attributes:
        weight: how far that goes.
        lost: ids of the references that fell.
        left: ids of the others.
        doubted: ids of those of the others that are under an expression of concern.
    """

    weight: Weight
    lost: tuple[str, ...]
    left: tuple[str, ...]
    doubted: tuple[str, ...]


def known(guideline: Guideline, answers: Path | None) -> Known:
    """What entries say of themselves, and what was answered of them earlier; nothing is sent.

    Args:
        guideline: whose references are meant.
        answers: the folder of kept answers and of the kept list; None where there is none.

    >>> from edgewise.graph.library import load
    >>> found = known(load("sacroiliac-sclerosis").guideline, None)
    >>> dict(found.noticed), len(found.unchecked)
    ({}, 6)
    """
    answered = _answered(guideline, answers) if answers else {}
    found = {id: noticed(one, answered.get(id)) for id, one in guideline.references.items()}
    told = {id: one for id, one in found.items() if one}
    return Known(told, tuple(id for id in found if id not in told and not _checked(answered.get(id))))


def _answered(guideline: Guideline, answers: Path) -> Mapping[str, Resolution]:
    from edgewise.citations.lookup.kept_answers import resolutions  # with what sends questions behind it: for nothing where none was asked

    return resolutions(guideline, answers)


def noticed(reference: Reference, resolution: Resolution | None = None) -> Noticed | None:
    """What is known of one reference; None where there is nothing to tell.

    >>> noticed(Reference("r1", 1, "RETRACTED: On hips", 2020)).standing
    'retracted'
    """
    own = _own(reference)
    reports = tuple(sorted((one for one in (resolution.reports if resolution else ()) if one.notice.kind in _TOLD), key=_day))
    kinds: list[NoticeKind] = [own.kind] if own else []
    if resolution and resolution.is_retracted:
        kinds += ["retraction"] if any(one.notice.kind == "retraction" for one in reports) else ["withdrawal"]
    rest: tuple[NoticeKind, ...] = ("concern", "reinstatement", "correction")
    kinds += [kind for kind in rest if any(one.notice.kind == kind for one in reports)]
    order: list[NoticeKind] = list(_TOLD)
    return Noticed(reference.id, _TOLD[min(kinds, key=order.index)], reports, own) if kinds else None


def touched(guideline: Guideline, found: Mapping[str, Noticed]) -> dict[str, Touched]:
    """Edges and steps with a work behind them that fell or is in doubt, by id.

    >>> from edgewise.graph.library import load
    >>> fell = {"reference-1": Noticed("reference-1", "retracted")}
    >>> touched(load("sacroiliac-sclerosis").guideline, fell)["mri-si-joints-without-contrast"].weight
    'fallen'
    """
    gone = {id for id, one in found.items() if one.fell}
    doubt = {id for id, one in found.items() if one.standing == "concern"}
    if not gone | doubt:
        return {}
    held = {id: [one.id for one in evidence(guideline, id).references] for id in (*guideline.transitions, *guideline.steps)}
    return {id: _touched(cited, gone, doubt) for id, cited in held.items() if (gone | doubt) & set(cited)}


def _touched(cited: Iterable[str], gone: set[str], doubt: set[str]) -> Touched:
    lost, left = tuple(id for id in cited if id in gone), tuple(id for id in cited if id not in gone)
    weight: Weight = "doubted" if not lost else "losing" if left else "fallen"
    return Touched(weight, lost, left, tuple(id for id in left if id in doubt))


def _own(reference: Reference) -> Notice | None:
    """What the entry says of its work; that it is the notice about another says nothing of that kind."""
    told = marked_reference(reference)
    if told is None or told.kind not in ("retraction", "withdrawal"):
        return None
    own = "'s own title" if told.words in reference.title else " itself"
    return Notice(told.kind, f"the entry{own} says so")


def _day(report: NoticeReport) -> str:
    return report.notice.date or "9"


def _checked(resolution: Resolution | None) -> bool:
    return resolution is not None and (resolution.listed is not None or resolution.status == "found")
