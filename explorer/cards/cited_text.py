"""A statement beside a text of what it cites: as lines, as data, and as HTML. No word of it says what an editor should conclude."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from edgewise.explorer.cards.markup import Html, chip, folded, join, tag
from edgewise.explorer.cards.numbers import many
from edgewise.explorer.cards.wording import capital

if TYPE_CHECKING:
    from edgewise.citations.passages.comparison import Comparison, Mark
    from edgewise.citations.passages.texts import CitedText

YOURS = "Found and not found are said of figures and words alone: whether the text carries the statement is yours to judge."
NOTHING = "The statement names no figure, direction, people or condition that could be looked for."
UNLIKE = "No sentence of the text shares a telling word with the statement."
EMPTY = "The text has no sentences."


def origin(text: CitedText) -> str:
    """What was read, and of which day it is.

    >>> from edgewise.citations.passages.texts import CitedText
    >>> origin(CitedText("pubmed:123", "2026-01-31", "", ()))
    'the abstract at PubMed (PMID 123), of 2026-01-31, no sentences'
    """
    number = many(len(text.sentences), "sentence") if text.sentences else "no sentences"
    rest = f"; {text.left_out:,} more were left out" if text.left_out else ""
    return f"{text.name}, of {text.date}, {number}{rest}"


def place(text: CitedText, at: int) -> str:
    """Where a sentence stands.

    >>> from edgewise.citations.passages.texts import CitedText, TextSentence
    >>> place(CitedText("file:a.txt", "", "", (TextSentence("It rained.", "Results", 12),)), 0)
    'sentence 1, Results, line 12'
    """
    held = text.sentences[at]
    return ", ".join((f"sentence {at + 1}", *([held.section] if held.section else []), *([f"line {held.line}"] if held.line else [])))


def where(mark: Mark) -> str:
    """Whether something stands in the text, where, and how.

    >>> from edgewise.citations.passages.comparison import Mark
    >>> where(Mark("figure", "70 %", True, (2, 4), "as “7 of 10”"))
    'found in sentences 3 and 5, as “7 of 10”'
    >>> where(Mark("figure", "80 %", False))
    'not found'
    """
    at = f" in {_numbers(mark.where)}" if mark.where else ""
    if mark.found:
        return f"found{at}{f', {mark.note}' if mark.note else ''}"
    return f"not found{f'; {mark.note}{at}' if mark.note else ''}"


def _numbers(places: Sequence[int]) -> str:
    *some, last = [str(at + 1) for at in places]
    return f"sentences {', '.join(some)} and {last}" if some else f"sentence {last}"


def lines(found: Comparison) -> Iterator[str]:
    """The comparison for a terminal."""
    text = found.text
    yield f"Read: {origin(text)}"
    yield from ("", "The sentences nearest to it") if found.nearest else ("", _silence(text))
    for at in found.nearest:
        yield f"  [{place(text, at)}] {text.sentences[at].text}"
    yield from ("", "What of the statement stands in the text") if found.marks else ("", NOTHING)
    yield from (f"  {mark.kind} {mark.said}: {where(mark)}" for mark in found.marks)
    yield from ((f"  {others}",) if (others := _others(found)) else ())
    yield from ("", YOURS)


def _silence(text: CitedText) -> str:
    return UNLIKE if text.sentences else EMPTY


def _others(found: Comparison) -> str:
    told = [f"{group} ({_numbers(places)})" for group, places in found.others.items()]
    return f"The text also speaks of {', '.join(told)}." if told else ""


def payload(found: Comparison) -> dict[str, Any]:
    """The comparison for programs; sentences are counted from 1."""
    text = found.text
    return {
        "text": {
            "source": text.source,
            "date": text.date,
            "digest": text.digest,
            "title": text.title or None,
            "sentences": len(text.sentences),
            "leftOut": text.left_out,
        },
        "nearest": [_sentence(text, at) for at in found.nearest],
        "marks": [asdict(mark) | {"where": [at + 1 for at in mark.where], "note": mark.note or None} for mark in found.marks],
        "others": {group: [at + 1 for at in places] for group, places in found.others.items()},
    }


def _sentence(text: CitedText, at: int) -> dict[str, Any]:
    held = text.sentences[at]
    return {
        "sentence": at + 1,
        "section": held.section or None,
        "line": held.line or None,
        "text": held.text,
        "fingerprint": held.fingerprint,
    }


def cards(found: Comparison) -> Html:
    """The comparison for a page: the nearest sentences, each with what stands around it, and the marks."""
    text = found.text
    near = [tag("li", *_shown(text, at)) for at in found.nearest]
    first = tag("ol", *near, cls="ew-nearest") if near else tag("p", _silence(text), cls="ew-quiet")
    marks = [tag("li", *_marked(mark)) for mark in found.marks]
    second = tag("ul", *marks, cls="ew-marks") if marks else tag("p", NOTHING, cls="ew-quiet")
    others = [tag("p", told, cls="ew-quiet")] if (told := _others(found)) else []
    return join(
        (
            tag("article", tag("h3", "The nearest sentences"), tag("p", "Read: ", origin(text), cls="ew-quiet"), first, cls="ew-card"),
            tag(
                "article", tag("h3", "What of the statement stands there"), second, *others, tag("p", YOURS, cls="ew-quiet"), cls="ew-card"
            ),
        )
    )


def _shown(text: CitedText, at: int) -> list[Html]:
    around = range(max(0, at - 2), min(len(text.sentences), at + 3))
    passage = [tag("strong" if one == at else "span", text.sentences[one].text) for one in around]
    held = [folded("What stands around it", tag("p", join(passage, " ")))] if len(around) > 1 else []
    return [tag("p", text.sentences[at].text), tag("p", capital(place(text, at)), cls="ew-quiet"), *held]


def _marked(mark: Mark) -> list[Html]:
    told = chip("found", "chip", sign="●") if mark.found else chip("not found", "uncited", sign="○")
    rest = where(mark).removeprefix("not found").removeprefix("found").strip(" ;,")
    quiet = [tag("span", rest, cls="ew-quiet")] if rest else []
    return [told, tag("span", tag("span", f"{mark.kind} ", cls="ew-quiet"), tag("strong", mark.said)), *quiet]
