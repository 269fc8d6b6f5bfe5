"""Family M: entries that the running text does not cite, though something beside it does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from edgewise.citations.audit.rules.rule import Audited, Fault, Rule, entries, many, runs
from edgewise.citations.reading.model import Aside

_WHERE: Mapping[Aside, str] = {
    "abstract": "in the abstract",
    "figure": "in a figure",
    "table": "in a table or caption",
    "note": "in a note",
}


def cited_aside(subject: Audited) -> Iterator[Fault]:
    """One finding for each kind of place; an entry that a marker in doubt may cite is left to that marker."""
    article = subject.article
    if article is None:
        raise ValueError("this rule needs the article: check `needs` before calling it")
    perhaps = {number for doubt in article.abstentions for number in doubt.numbers}
    held = {one.position: one.id for one in reversed(list(subject.guideline.references.values()))}
    for place, where in _WHERE.items():
        aside = [number for number, there in article.asides if there == place and number in held and number not in perhaps]
        if aside:
            told = f"{entries(aside)} {'is' if len(aside) == 1 else 'are'} cited {where}"
            message = f"{told} and nowhere in the running text ({many(len(aside), 'entry', 'entries')})"
            yield Fault(message=message, subject=held[aside[0]], value=place, related=tuple(held[number] for number in aside[1:]))


def _unjudged(subject: Audited) -> Iterator[str]:
    article = subject.article
    perhaps = {number for doubt in (article.abstentions if article else ()) for number in doubt.numbers}
    doubted = sorted(number for number, _ in (article.asides if article else ()) if number in perhaps)
    if doubted:
        yield f"whether the running text cites {runs(doubted)}, which a marker in doubt may do"


RULES = (
    Rule(
        id="M114", name="cited-aside", severity="note", check=cited_aside, needs=("article",), unjudged=_unjudged,
        why="An abstract is read without its list, and a figure or note is copied without the text: what stands there alone is behind "
        "no argument, and its number is out of the text's order.",
        fix="Cite the work in the text as well, where what it is cited for is said; or leave it as it is, if the journal wants it so.",
    ),
)  # fmt: skip
