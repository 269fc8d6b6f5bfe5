"""Rounds of a loop that was entered again, in words: which round, since when, and what is known of the one before alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from edgewise.explorer.cards.answers import answer_in_words
from edgewise.graph.answers.in_words import facts_told
from edgewise.graph.model import Guideline
from edgewise.graph.walking.facts import plain
from edgewise.graph.walking.rounds import Round
from edgewise.graph.walking.walk import Walk


def rounds_told(guideline: Guideline, walked: Walk) -> Iterator[str]:
    """A line for each round that has begun.

    >>> from edgewise.graph.library import load
    >>> from edgewise.graph.walking.walk import walk
    >>> guideline = load("sacroiliac-sclerosis").guideline
    >>> list(rounds_told(guideline, walk(guideline, {})))
    []
    """
    for one in walked.rounds:
        names = " and ".join(guideline.steps[id].name for id in one.entries)
        before = "; ".join(f"{label}: {answer}" for label, answer in facts_told(guideline, one.before, answer_in_words).values())
        yield f"{names}: round {one.number}, since {one.since}{f' (before it: {before})' if before else ''}"


def rounds_data(walked: Walk) -> list[dict[str, Any]]:
    """The same as JSON."""
    return [_data(one) for one in walked.rounds]


def _data(one: Round) -> dict[str, Any]:
    return {
        "number": one.number,
        "since": one.since.written,
        "entries": list(one.entries),
        "steps": list(one.steps),
        "before": plain(one.before),
    }
