"""The comparison itself, made once for the same two contents and the same matches, however many sessions ask."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from edgewise.citations.comparing import cited
from edgewise.citations.ledger.entries import LedgerEntry
from edgewise.citations.lookup.kept_answers import kept_answers
from edgewise.citations.lookup.works import Resolution
from edgewise.explorer.pages.compare.address import Pair
from edgewise.explorer.pages.compare.sign_offs import sign_offs
from edgewise.explorer.pages.compare.versions import Version
from edgewise.explorer.shell.user_files import NoHome, answers_folder
from edgewise.graph.comparing.comparison import Comparison, compare
from edgewise.graph.comparing.matching import WrongMatch, match
from edgewise.graph.compiled.kept import digest_of
from edgewise.ontology.errors import UnknownName

Answers = tuple[Mapping[str, Resolution], Mapping[str, Resolution]]
_TURNS = threading.BoundedSemaphore(1)
"""As many comparisons are made at once: each takes a processor for itself, which the clicks of other readers need too."""


def compared(a: Version, b: Version, matches: Sequence[Pair]) -> tuple[Comparison, tuple[str, ...]]:
    """The comparison of two guidelines, and what of the given matches could not be used, in words."""
    used, problems = _usable(a, b, matches)
    signed = sign_offs(a, b)
    answers = _answers(a, b)
    beside = digest_of(repr((a.cases, answers)).encode(), *(one.digest for one in signed.entries))
    found = _made(a.loaded.digest, b.loaded.digest, used, beside, a, b, signed.entries, answers)
    more = tuple(filter(None, (a.unused, signed.problem)))
    return replace(found, notes=(*found.notes, *more)), problems


@st.cache_resource(show_spinner=False, max_entries=16)
def _made(
    one: str,  # noqa: ARG001  # parts of the key, as those that follow
    other: str,  # noqa: ARG001
    matches: tuple[Pair, ...],
    beside: str,  # noqa: ARG001
    _a: Version,
    _b: Version,
    _entries: tuple[LedgerEntry, ...],
    _registries: Answers,
) -> Comparison:
    with _TURNS:
        found = compare(_a.guideline, _b.guideline, match(_a.guideline, _b.guideline, matches), cases=_a.cases)
        return cited(found, _entries, _registries)


def _answers(a: Version, b: Version) -> Answers:
    """What registries answered earlier of the references of both; nothing is sent."""
    try:
        folder = answers_folder()
    except NoHome:
        return {}, {}
    return (kept_answers(a.guideline, folder), kept_answers(b.guideline, folder)) if folder.is_dir() else ({}, {})


def _usable(a: Version, b: Version, matches: Sequence[Pair]) -> tuple[tuple[Pair, ...], tuple[str, ...]]:
    """The matches that fit together, in their order; of the others, why they do not."""
    if not matches or (why := _refused(a, b, matches)) is None:
        return tuple(matches), ()
    used: list[Pair] = []
    problems: list[str] = []
    for pair in matches:
        if (why := _refused(a, b, [*used, pair])) is None:
            used.append(pair)
        else:
            problems.append(f"A match was left out: {why}.")
    return tuple(used), tuple(problems)


def _refused(a: Version, b: Version, matches: Sequence[Pair]) -> str | None:
    try:
        match(a.guideline, b.guideline, matches)
    except (WrongMatch, UnknownName) as error:
        return str(error).splitlines()[0]
    return None
