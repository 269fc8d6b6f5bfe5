"""What registries answer, as data: works, notices about them, and how a reference fared. Nothing here sends or reads anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from edgewise.citations.lookup.identifiers import Malformed

Registry = Literal["crossref", "pubmed"]
Status = Literal["found", "not-found", "ambiguous", "unchecked"]
LinkStatus = Literal["alive", "dead", "unchecked"]
NoticeKind = Literal["retraction", "withdrawal", "reinstatement", "correction", "concern", "new-version", "is-notice"]
Teller = Registry | Literal["retraction-watch"]
TELLERS: Mapping[Teller, str] = {"crossref": "Crossref", "pubmed": "PubMed", "retraction-watch": "Retraction Watch"}
"""What readers call them."""
_TAKEN_BACK: tuple[NoticeKind, ...] = ("retraction", "withdrawal")


@dataclass(frozen=True, slots=True)
class Notice:
    """What happened to a work after it was published.

    Attributes:
        kind: retraction, withdrawal (removal too), reinstatement (of what was taken back), correction, concern (an expression
            of it), new-version (edition, update, replacement), or is-notice: the work is itself such a notice about another.
        label: the registry's own word, such as ``Retraction in``.
        target: DOI or PMID of the notice (of the other work for ``is-notice``), or empty.
        date: when the notice was issued, as far as the registry says (``2024-03-26``, ``2024``), or empty.
        source: who says so, where the registry tells (``publisher``, ``retraction-watch``).
        reason: why, in the words of whoever says so, or empty.
        about: the title that the notice gives the work, where it is unlike the reference's; else empty.
    """

    kind: NoticeKind
    label: str
    target: str = ""
    date: str = ""
    source: str = ""
    reason: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """A work as one registry describes it; unknown is empty. `years` holds print and online years, the registry's own first."""

    registry: Registry
    title: str
    titles: tuple[str, ...] = ()  # other forms: without the subtitle, in the original language
    years: tuple[int, ...] = ()
    container: str = ""
    containers: tuple[str, ...] = ()  # other forms, such as the abbreviation
    authors: tuple[str, ...] = ()  # surname first: ``Foley BS`` or ``Foley, Bridget``
    volume: str = ""
    issue: str = ""
    pages: str = ""
    doi: str = ""
    pmid: str = ""
    kind: str = ""
    notices: tuple[Notice, ...] = ()

    @property
    def name(self) -> str:
        """DOI or PMID, or the title where it has none."""
        return self.doi or (f"PMID {self.pmid}" if self.pmid else self.title)


@dataclass(frozen=True, slots=True)
class Difference:
    """A detail that the reference and the registry give differently."""

    field: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Lookalike:
    """A work that resembles the reference: reported, not chosen. `score` is the likeness of the titles, 0–100."""

    work: Work
    score: float
    why_not: str


@dataclass(frozen=True, slots=True)
class Match:
    """What comparing a reference with works gave."""

    status: Status
    work: Work | None = None
    why: str = ""
    lookalikes: tuple[Lookalike, ...] = ()


@dataclass(frozen=True, slots=True)
class RegistryAnswer:
    """How one reference fared at one registry.

    Attributes:
        registry: which.
        status: ``found``, ``not-found``, ``ambiguous``, or ``unchecked`` (nothing is known; `why` says for what reason).
        by: what it was found or sought by: ``doi``, ``pmid``, ``title`` or empty.
        work: what was found; None unless found.
        differences: details that differ, where both sides know them.
        lookalikes: works that resemble the reference without being chosen.
        why: the reason for every status but found.
        looked_up: when the registry was asked, ISO 8601 in UTC; the older day where the answer is a kept one; empty if never.
        kept: whether the answer came from the disk.
        unasked: why it is not known which works give notice of the work that was found; empty where that was asked, or need not be.
    """

    registry: Registry
    status: Status
    by: Literal["doi", "pmid", "title", ""] = ""
    work: Work | None = None
    differences: tuple[Difference, ...] = ()
    lookalikes: tuple[Lookalike, ...] = ()
    why: str = ""
    looked_up: str = ""
    kept: bool = False
    unasked: str = ""

    @property
    def notices(self) -> tuple[Notice, ...]:
        """Notices about the work that was found."""
        return self.work.notices if self.work else ()


class NoticeReport(NamedTuple):
    """A notice with who reported it, and when the registry was asked; of a kept list, the day up to which it goes."""

    notice: Notice
    registry: Teller
    looked_up: str


@dataclass(frozen=True, slots=True)
class Listed:
    """What the list of retractions that is kept says of one reference: nothing where `notices` is empty.

    Attributes:
        up_to: the day of the newest notice in the whole list, ISO 8601; empty if none is dated.
        notices: those of this reference.
    """

    up_to: str
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class LinkAnswer:
    """How a web address of a reference fared.

    Attributes:
        address: as the reference gives it, but for a user's name or password.
        status: ``alive``, ``dead`` (it is known to be gone), or ``unchecked`` (nothing is known; `why` says for what reason).
        moved: where it moved to for good, or empty.
        why: the reason for every status but alive.
        looked_up: when it was opened, ISO 8601 in UTC; the older day where the answer is a kept one; empty if never.
        kept: whether the answer came from the disk.
    """

    address: str
    status: LinkStatus
    moved: str = ""
    why: str = ""
    looked_up: str = ""
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Resolution:
    """How one reference fared: an answer of each registry asked, identifiers too malformed to be sent, and its links if opened.

    `listed` is what the kept list of retractions says; None where there is no list, or nothing to look it up by.
    """

    reference: str
    answers: tuple[RegistryAnswer, ...]
    malformed: tuple[Malformed, ...] = ()
    links: tuple[LinkAnswer, ...] = ()
    listed: Listed | None = None

    @property
    def is_known(self) -> bool:
        """Whether anything at all was learnt about it.

        >>> Resolution("r", (RegistryAnswer("crossref", "unchecked"),)).is_known
        False
        >>> Resolution("r", (), (), (LinkAnswer("x", "alive"),)).is_known
        True
        """
        listed = self.listed is not None and bool(self.listed.notices)
        return listed or self.status != "unchecked" or any(link.status != "unchecked" for link in self.links)

    @property
    def status(self) -> Status:
        """The registries together: found by one suffices; nothing found counts only if every registry could be asked.

        >>> Resolution("r", (RegistryAnswer("crossref", "not-found"), RegistryAnswer("pubmed", "unchecked"))).status
        'unchecked'
        """
        held = {answer.status for answer in self.answers}
        order: tuple[Status, ...] = ("found", "ambiguous", "unchecked", "not-found")
        return next((status for status in order if status in held), "unchecked")

    @property
    def is_retracted(self) -> bool:
        """Whether anybody says that it was retracted or withdrawn, and nobody that it was reinstated since.

        >>> gone, back = Notice("retraction", "Retraction", date="2019-05-01"), Notice("reinstatement", "Reinstatement", date="2020")
        >>> [Resolution("r", (), listed=Listed("2026", told)).is_retracted for told in ((gone,), (gone, back), (back,))]
        [True, False, False]
        """
        return any(one.notice.kind in _TAKEN_BACK for one in self.reports) and not self.is_reinstated

    @property
    def is_reinstated(self) -> bool:
        """Whether a reinstatement is known to be later than every retraction and withdrawal; an undated one is never the earlier."""
        back = [one.notice.date for one in self.reports if one.notice.kind == "reinstatement" and one.notice.date]
        # "9" stands behind "-" and every figure: a year alone may mean its last day
        gone = [(one.notice.date or "9").ljust(10, "9") for one in self.reports if one.notice.kind in _TAKEN_BACK]
        return bool(back) and max(back) >= max(gone, default="")

    @property
    def reports(self) -> tuple[NoticeReport, ...]:
        """Every notice about the works found, with the day of the look-up; then those of the kept list."""
        told = (NoticeReport(notice, answer.registry, answer.looked_up) for answer in self.answers for notice in answer.notices)
        held = self.listed or Listed("")
        return (*told, *(NoticeReport(notice, "retraction-watch", held.up_to) for notice in held.notices))
