"""Whether a work in a registry is the one that a reference names: pure comparison, nothing is sent or read.

A title decides nothing alone. Likeness is rapidfuzz's `ratio` of whole titles (`token_set_ratio` calls a title the same as
any longer one that contains it); year and first author, or journal, must agree; and the next best must stay well behind.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz import fuzz

from edgewise.citations.formats.details import author_line, authors, detail, identifier, same_value
from edgewise.citations.formats.names import Name, parse_names, sort_key
from edgewise.citations.lookup.identifiers import doi, pmid
from edgewise.citations.lookup.marked_titles import bare
from edgewise.citations.lookup.works import Difference, Lookalike, Match, Work
from edgewise.graph.model import Reference

SAME_TITLE = 95.0  # of 100: a plural or a British spelling apart
ALIKE_TITLE = 80.0  # worth showing to an editor
OTHER_TITLE = 60.0  # below: an identifier leads to something else
MARGIN = 5.0  # by which the best must lead
SAME_JOURNAL = 85.0
SAME_NAME = 85.0
YEARS_APART = 1  # online in December, in print in January


def choose(reference: Reference, works: Iterable[Work]) -> Match:
    """The one work that the reference names, if it can be told.

    Returns:
        ``found`` with the work; ``ambiguous`` where several fit, or one has the title but not the year, author or journal;
        else ``not-found``. Whatever resembles the reference without being chosen is among the look-alikes, best first.

    >>> sought = Reference("r", 1, "Belts for low back pain", 2006, author="Foley BS")
    >>> one = Work("crossref", "Belts for Low Back Pain.", years=(2007,), authors=("Foley, Bridget",), doi="10.5555/1")
    >>> choose(sought, [one]).status
    'found'
    >>> choose(sought, [Work("crossref", "Belts for low back pain", years=(2001,), authors=("Foley, B",))]).why
    'a work of that title has another year (2001)'
    """
    ranked = sorted(((likeness(reference, work), work) for work in _distinct(works)), key=lambda pair: -pair[0])
    titled = [(score, work) for score, work in ranked if score >= SAME_TITLE]
    fitting = [(score, work) for score, work in titled if not objection(reference, work)]
    if len(fitting) == 1 or (len(fitting) > 1 and fitting[0][0] - fitting[1][0] >= MARGIN):
        return Match("found", fitting[0][1], lookalikes=_lookalikes(reference, ranked, fitting[0][1]))
    lookalikes = _lookalikes(reference, ranked)
    if fitting:
        return Match("ambiguous", why=f"{len(fitting)} works fit equally well", lookalikes=lookalikes)
    if titled:
        return Match("ambiguous", why=f"a work of that title {objection(reference, titled[0][1])}", lookalikes=lookalikes)
    return Match("not-found", why="no work of that title", lookalikes=lookalikes)


def verify(reference: Reference, work: Work, by: str) -> Match:
    """Whether the work that an identifier led to bears the reference's title at all.

    >>> verify(Reference("r", 1, "Belts for low back pain", 2006), Work("pubmed", "Lead in paint"), "pmid").why
    'the PMID leads to a work of another title'
    """
    score = likeness(reference, work)
    if score >= OTHER_TITLE or (work.title and not bare(work.title)):  # "Withdrawn" alone is the title of no other work
        return Match("found", work)
    why = f"the {by.upper()} leads to a work of another title"
    return Match("ambiguous", why=why, lookalikes=(Lookalike(work, round(score, 1), why),))


def likeness(reference: Reference, work: Work) -> float:
    """How alike the titles are, 0–100; the best of the work's forms of its title."""
    ours = _words(reference.title)
    return max((fuzz.ratio(ours, _words(title)) for title in (work.title, *work.titles) if title), default=0.0)


def objection(reference: Reference, work: Work) -> str:
    """Why a work of the right title is still not the one, or empty.

    >>> objection(Reference("r", 1, "T", 2006), Work("pubmed", "T", years=(2006,)))
    'cannot be told apart: neither author nor journal is known'
    """
    if not work.years:
        return "has no year in the registry"
    if reference.year and min(abs(reference.year - year) for year in work.years) > YEARS_APART:
        return f"has another year ({work.years[0]})"
    author, journal = _same_first_author(reference, work), _same_journal(reference, work)
    if author is False:
        return f"has another first author ({work.authors[0]})"
    if author is None and journal is False:
        return f"stands in another journal ({work.container})"
    if author is None and journal is None:
        return "cannot be told apart: neither author nor journal is known"
    return ""


def differences(reference: Reference, work: Work) -> tuple[Difference, ...]:
    """Details that both sides know and give differently, ours as written in the reference or added by editors.

    >>> differences(Reference("r", 1, "Belts", 2006), Work("pubmed", "Belts.", years=(2007, 2006)))
    ()
    >>> differences(Reference("r", 1, "Belts", 2006), Work("pubmed", "Belts", years=(2007,)))
    (Difference(field='year', ours='2006', theirs='2007'),)
    """
    return tuple(_differences(reference, work))


def _differences(reference: Reference, work: Work) -> Iterator[Difference]:
    if work.title and likeness(reference, work) < 100:
        yield Difference("title", reference.title, work.title)
    if work.years and reference.year and reference.year not in work.years:
        yield Difference("year", reference.dated, str(work.years[0]))
    if _same_journal(reference, work) is False:
        yield Difference("container", reference.container, work.container)
    if work.authors and _differ_in_authors(reference, work):
        yield Difference("authors", author_line(reference), ", ".join(work.authors))
    for field, theirs in (("volume", work.volume), ("issue", work.issue), ("pages", work.pages)):
        ours = detail(reference, field)
        if ours and theirs and not same_value(_span(ours), _span(theirs)):
            yield Difference(field, ours, theirs)
    for scheme, plain, theirs in (("doi", doi, work.doi), ("pmid", pmid, work.pmid)):
        ours = identifier(reference, scheme)
        if ours and theirs and plain(ours) != theirs:
            yield Difference(scheme, ours, theirs)


def _same_first_author(reference: Reference, work: Work) -> bool | None:
    """None where one side names none."""
    ours, theirs = authors(reference), work.authors
    if not ours or not theirs:
        return None
    return _same_person(ours[0], theirs[0])


def _same_person(ours: Name, theirs: str) -> bool:
    their_name = next(iter(parse_names(theirs)), Name())
    one, other = sort_key(ours), sort_key(their_name)
    if not one or not other:
        return False
    if ours.literal or their_name.literal:  # "Foley BS, et al." begins with the surname
        return one.startswith(other) or other.startswith(one) or fuzz.ratio(one, other) >= SAME_NAME
    return fuzz.ratio(one, other) >= SAME_NAME


def _differ_in_authors(reference: Reference, work: Work) -> bool:
    ours = authors(reference)
    if not ours:
        return False
    if any(name.literal for name in ours):
        return not _same_person(ours[0], work.authors[0])
    return len(ours) != len(work.authors) or not all(map(_same_person, ours, work.authors))


def _same_journal(reference: Reference, work: Work) -> bool | None:
    names = [name for name in (work.container, *work.containers) if name]
    if not reference.container or not names:
        return None
    ours = _words(reference.container)
    return any(fuzz.ratio(ours, _words(name)) >= SAME_JOURNAL or _abbreviates(name, reference.container) for name in names) or any(
        _abbreviates(reference.container, name) for name in names
    )


def _abbreviates(short: str, long: str) -> bool:
    """Whether every word of the one begins a word of the other, in order: ``Am J Phys Med`` of ``American journal of …``."""
    words = iter(_words(long).split())
    parts = _words(short).split()
    return len(parts) > 1 and all(any(word.startswith(part) for word in words) for part in parts)


def _words(title: str) -> str:
    """Letters and figures in lower case, without accents, punctuation or markup."""
    plain = unicodedata.normalize("NFKD", title.replace("&", " and ")).casefold()
    letters = "".join(c if c.isalnum() else "" if unicodedata.combining(c) or c in "'’" else " " for c in plain)
    return " ".join(letters.split())


def _span(pages: str) -> str:
    """Pages with the last one in full: ``1123-35`` is ``1123-1135``, ``S1-9`` is ``S1-S9``."""
    span = re.fullmatch(r"([A-Za-z]*)(\d{1,9})\s*[-–—]\s*([A-Za-z]*)(\d{1,9})", pages.strip())
    if not span or span[3] not in ("", span[1]):
        return pages
    missing = len(span[2]) - len(span[4])
    return f"{span[1]}{span[2]}-{span[1]}{span[2][: max(0, missing)]}{span[4]}"


def _distinct(works: Iterable[Work]) -> list[Work]:
    """A work that a registry lists twice under one DOI or PMID is one."""
    kept: dict[str, Work] = {}
    for number, work in enumerate(works):
        kept.setdefault(work.doi or work.pmid or f"#{number}", work)
    return list(kept.values())


def _lookalikes(reference: Reference, ranked: Sequence[tuple[float, Work]], chosen: Work | None = None) -> tuple[Lookalike, ...]:
    return tuple(
        Lookalike(work, round(score, 1), objection(reference, work) or ("fits as well" if score >= SAME_TITLE else "has another title"))
        for score, work in ranked
        if score >= ALIKE_TITLE and work is not chosen
    )
