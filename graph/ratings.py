"""What a rating of appropriateness means: its category, the radiation beside it, and where two ratings part.

The three bands of the 1–9 scale come from the RAND/UCLA appropriateness method (Fitch et al., The RAND/UCLA Appropriateness Method
User's Manual, RAND 2001); their names are those of the ACR Appropriateness Criteria. A category says how appropriate a method is in
a situation. It says nothing of the strength of a recommendation or the certainty of evidence.

A category that the source words is the source's; one that follows from a score is derived, never stored, and marked wherever it shows.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import combinations
from typing import Literal, NamedTuple

from edgewise.graph.model import Guideline, RadiationLevel, Rating

Category = Literal["usually not appropriate", "may be appropriate", "usually appropriate", "not stated"]
CATEGORIES: tuple[Category, ...] = ("usually appropriate", "may be appropriate", "usually not appropriate", "not stated")
"""Best first."""

DERIVED = "derived"
"""What stands behind a category that follows from a score and that the source does not word."""


class Band(NamedTuple):
    """A stretch of the scale, both ends included, and its category."""

    low: int
    high: int
    category: Category


_SCALE = (1, 9)
_BANDS = (Band(1, 3, "usually not appropriate"), Band(4, 6, "may be appropriate"), Band(7, 9, "usually appropriate"))


def bands(scale_min: int, scale_max: int) -> tuple[Band, ...]:
    """The bands of a scale, lowest first; none for any scale but 1–9, since the method defines no other.

    >>> [f"{band.low}–{band.high} {band.category}" for band in bands(1, 9)]
    ['1–3 usually not appropriate', '4–6 may be appropriate', '7–9 usually appropriate']
    >>> bands(0, 100)
    ()
    """
    return _BANDS if (scale_min, scale_max) == _SCALE else ()


def category(rating: Rating) -> Category:
    """The category of a rating: as the source words it, else `derived`.

    >>> category(Rating("r", "mri", "pain", None, 0, 0, "s1", category="may be appropriate"))
    'may be appropriate'
    """
    return rating.category or derived(rating)


def derived(rating: Rating) -> Category:
    """What follows from the score alone; ``not stated`` without one, on a scale without bands, or for a score outside it.

    >>> derived(Rating("r", "mri", "pain", 8, 1, 9, "s1")), derived(Rating("r", "mri", "pain", 4, 1, 5, "s1"))
    ('usually appropriate', 'not stated')
    """
    score = rating.score
    found = (band.category for band in bands(rating.scale_min, rating.scale_max) if score is not None and band.low <= score <= band.high)
    return next(found, "not stated")


def parts(rating: Rating) -> bool:
    """Whether the source gives a score and words a category, and the two part.

    >>> parts(Rating("r", "mri", "pain", 8, 1, 9, "s1", category="may be appropriate"))
    True
    """
    return bool(rating.category) and derived(rating) not in (rating.category, "not stated")


def score_in_words(rating: Rating) -> str:
    """A score on its own scale; empty where the source gives none.

    >>> score_in_words(Rating("r", "mri", "pain", 8, 1, 9, "s1")), score_in_words(Rating("r", "mri", "pain", 40, 0, 100, "s1"))
    ('8 of 9', '40 on a scale of 0 to 100')
    """
    if rating.score is None:
        return ""
    scale = f"of {rating.scale_max}" if rating.scale_min == 1 else f"on a scale of {rating.scale_min} to {rating.scale_max}"
    return f"{rating.score} {scale}"


def category_in_words(rating: Rating, *, brackets: bool = True) -> str:
    """A category, and whether it is only derived; where score and words part, both. Without brackets where others follow.

    >>> category_in_words(Rating("r", "mri", "pain", 8, 1, 9, "s1")), category_in_words(Rating("r", "mri", "pain", 40, 0, 100, "s1"))
    ('usually appropriate (derived)', 'category not stated')
    >>> category_in_words(Rating("r", "mri", "pain", 8, 1, 9, "s1", category="may be appropriate"))
    'may be appropriate (the score says usually appropriate)'
    """
    if parts(rating):
        return f"{rating.category} (the score says {derived(rating)})"
    named = category(rating)
    how = f" ({DERIVED})" if brackets else f", {DERIVED}"
    return rating.category or ("category not stated" if named == "not stated" else named + how)


def rated(rating: Rating) -> str:
    """A rating in words: its score on its scale, and its category.

    >>> rated(Rating("r", "mri", "pain", 8, 1, 9, "s1")), rated(Rating("r", "mri", "pain", 40, 0, 100, "s1"))
    ('8 of 9, usually appropriate (derived)', '40 on a scale of 0 to 100, category not stated')
    >>> rated(Rating("r", "mri", "pain", None, 0, 0, "s1", category="may be appropriate"))
    'may be appropriate'
    """
    return ", ".join(part for part in (score_in_words(rating), category_in_words(rating)) if part)


def best_first(rating: Rating) -> tuple[int, int, int, int]:
    """A key by which ratings of one scale stand best first; those without a score come last, by category."""
    unscored = rating.score is None
    return rating.scale_min, rating.scale_max, 0 if rating.score is None else -rating.score, CATEGORIES.index(category(rating)) * unscored


# Radiation ------------------------------------------------------------------------------------------------------------


def radiation(guideline: Guideline, rating: Rating) -> int | None:
    """The radiation level that belongs to a rating: its own, else that of its method; None where the source gives none."""
    if rating.radiation is not None:
        return rating.radiation
    method = guideline.modalities.get(rating.modality)
    return method.radiation if method else None


def explained(guideline: Guideline, level: int) -> RadiationLevel | None:
    """What the guideline says that a level stands for, if it does."""
    return next((one for one in guideline.radiation_levels.values() if one.level == level), None)


def radiation_in_words(guideline: Guideline, level: int | None) -> str:
    """A level with what it stands for, as far as the source says; empty where there is none.

    >>> from dataclasses import replace
    >>> from edgewise.graph.library import load
    >>> guideline = load("sacroiliac-sclerosis").guideline
    >>> known = replace(guideline, radiation_levels={"l": RadiationLevel("l", 3, "1 to 10 mSv")})
    >>> radiation_in_words(known, 3), radiation_in_words(known, 2), radiation_in_words(known, None)
    ('radiation level 3 (1 to 10 mSv)', 'radiation level 2', '')
    """
    if level is None:
        return ""
    meant = explained(guideline, level)
    return f"radiation level {level} ({meant.dose})" if meant else f"radiation level {level}"


def levels_in_words(guideline: Guideline) -> str:
    """What the levels of radiation stand for, as far as the source says; empty where it gives no method a level.

    >>> from edgewise.graph.library import load
    >>> levels_in_words(load("sacroiliac-sclerosis").guideline)
    ''
    """
    given = {one.radiation for one in guideline.modalities.values()} | {one.radiation for one in guideline.ratings.values()}
    if not given - {None}:
        return ""
    told = [f"{one.level}: {one.dose}" for one in guideline.radiation_levels.values()]
    unsaid = sorted(str(level) for level in given - {None, *(one.level for one in guideline.radiation_levels.values())})
    told += [f"{level}: what it stands for is not stated by the source" for level in unsaid]
    return f"{guideline.radiation_scheme or 'Radiation level'}. {'; '.join(told)}."


# Ratings that part ----------------------------------------------------------------------------------------------------


class Conflict(NamedTuple):
    """Ratings of one method in one situation of which some are unlike; none of them is the right one."""

    modality: str
    situation: str
    ratings: tuple[Rating, ...]


def unlike(one: Rating, other: Rating) -> bool:
    """Whether two ratings of one method in one situation cannot both be meant.

    Their categories part, or their scores do. On one scale any other score does; on two, a score stands for the whole stretch of its
    scale that rounds to it, and the two part where no place is common to both: numbers of different scales are never compared as such.

    >>> nine, two = Rating("a", "m", "s", 9, 1, 9, "s1"), Rating("b", "m", "s", 2, 1, 9, "s2")
    >>> unlike(nine, two), unlike(nine, Rating("c", "m", "s", 5, 1, 5, "s2")), unlike(two, Rating("d", "m", "s", 80, 0, 100, "s2"))
    (True, False, True)
    """
    named = {category(one), category(other)} - {"not stated"}
    if len(named) > 1:
        return True
    if one.score is None or other.score is None:
        return False
    if (one.scale_min, one.scale_max) == (other.scale_min, other.scale_max):
        return one.score != other.score
    (low, high), (below, above) = _stretch(one, one.score), _stretch(other, other.score)
    return high < below or above < low


def _stretch(rating: Rating, score: int) -> tuple[Fraction, Fraction]:
    """From where to where a score reaches, the scale's ends being 0 and 1."""
    step = Fraction(1, max(rating.scale_max - rating.scale_min, 1))
    place = (score - rating.scale_min) * step
    return place - step / 2, place + step / 2


def alike(ratings: Iterable[Rating]) -> bool:
    """Whether no two of these ratings are unlike."""
    return not any(unlike(one, other) for one, other in combinations(ratings, 2))


def conflicts(guideline: Guideline) -> tuple[Conflict, ...]:
    """Where the source rates a method in one situation in several ways, in the order of the situations.

    >>> from edgewise.graph.library import load
    >>> conflicts(load("sacroiliac-sclerosis").guideline)
    ()
    """
    found: dict[tuple[str, str], list[Rating]] = {}
    for rating in guideline.ratings.values():
        found.setdefault((rating.situation, rating.modality), []).append(rating)
    place = {id: number for number, id in enumerate(guideline.situations)}
    parted = [(where, each) for where, each in found.items() if not alike(each)]
    parted.sort(key=lambda one: place.get(one[0][0], len(place)))
    return tuple(Conflict(modality, situation, tuple(each)) for (situation, modality), each in parted)


def conflict_in_words(guideline: Guideline, conflict: Conflict) -> str:
    """A conflict in one sentence, every figure with its passage."""
    method, situation = guideline.modalities.get(conflict.modality), guideline.situations.get(conflict.situation)
    told = (f"{rated(one)} – {_passage(guideline, one)}" for one in conflict.ratings)
    what = f"{method.label if method else conflict.modality} in “{situation.label if situation else conflict.situation}”"
    return f"the source rates {what} in more than one way: {'; '.join(told)}"


def _passage(guideline: Guideline, rating: Rating) -> str:
    statement = guideline.statements.get(rating.statement)
    return f"{rating.statement}, {statement.place}" if statement else rating.statement


# All at once ----------------------------------------------------------------------------------------------------------


class Table(NamedTuple):
    """All methods that are rated × all situations in which one is; `cells` by (method, situation), best first, without those not rated."""

    methods: tuple[str, ...]
    situations: tuple[str, ...]
    cells: dict[tuple[str, str], tuple[Rating, ...]]

    @property
    def dense(self) -> bool:
        """Whether more cells are filled than empty."""
        return 2 * len(self.cells) > len(self.methods) * len(self.situations)


def table(guideline: Guideline) -> Table:
    """The ratings of a guideline as a table: situations in their order, methods in that in which the source first rates them.

    >>> from edgewise.graph.library import load
    >>> found = table(load("sacroiliac-sclerosis").guideline)
    >>> len(found.methods), len(found.situations), len(found.cells), found.dense
    (5, 3, 5, False)
    """
    cells: dict[tuple[str, str], tuple[Rating, ...]] = {}
    for rating in sorted(guideline.ratings.values(), key=best_first):
        where = rating.modality, rating.situation
        cells[where] = (*cells.get(where, ()), rating)
    situations = {situation for _, situation in cells}
    return Table(_as_rated(guideline), tuple(id for id in guideline.situations if id in situations), cells)


def _as_rated(guideline: Guideline) -> tuple[str, ...]:
    said = {id: number for number, id in enumerate(guideline.statements)}
    ordered = sorted(guideline.ratings.values(), key=lambda rating: said.get(rating.statement, len(said)))
    return tuple(dict.fromkeys(rating.modality for rating in ordered))
