"""Drafts in the app: one that is being built is a guideline like any other, under a name that only those know who were told it."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import lru_cache

from edgewise.graph.drafting.drafts import DRAFTS, Draft, Drafts, drafts_file
from edgewise.graph.library import load_content
from edgewise.graph.loaded import Loaded
from edgewise.ontology.errors import EdgewiseError

PREFIX = "draft."
"""What the names of drafts begin with in addresses; the id of no guideline holds a full stop."""
REVIEW = "review."
"""What the names begin with under which drafts are shared: they can be read so, and not changed."""
SHARED = "Draft, shared for review."
"""What marks such a draft wherever it is read."""


def drafts() -> Drafts:
    """All drafts of this server.

    Raises:
        EdgewiseError: there is no place to keep them.
    """
    return _drafts(os.environ.get(DRAFTS, ""))


@lru_cache(maxsize=4)
def _drafts(named: str) -> Drafts:
    return Drafts(named or drafts_file())


def is_draft(name: str) -> bool:
    """Whether a name in addresses means a draft that there is."""
    if not names_draft(name):
        return False
    try:
        return bool(draft(name))
    except EdgewiseError:
        return False


def names_draft(name: str) -> bool:
    """Whether a name can mean nothing but a draft, whether there is one or not.

    >>> names_draft("draft.a1"), names_draft("review.b2"), names_draft("ottawa-ankle")
    (True, True, False)
    """
    return name.startswith((PREFIX, REVIEW))


def is_for_review(name: str) -> bool:
    """Whether a draft of that name is there to be read alone."""
    return name.startswith(REVIEW)


def can_be_changed(name: str) -> bool:
    """Whether whoever knows that name can change a draft by it."""
    return name.startswith(PREFIX)


def name_of(id: str) -> str:
    """The name of a draft in addresses."""
    return PREFIX + id


def draft(name: str) -> Draft:
    """A draft as it stands now.

    Raises:
        EdgewiseError: there is none of that name.
    """
    if is_for_review(name):
        return drafts().shared(name.removeprefix(REVIEW))
    return drafts().open(name.removeprefix(PREFIX))


def loaded(name: str) -> Loaded:
    """The guideline that a draft is now.

    Raises:
        EdgewiseError: there is no such draft, or it cannot be used as it stands; every problem is in it.
    """
    return made_of(draft(name).text)


@lru_cache(maxsize=8)
def made_of(text: str) -> Loaded:
    """A guideline's text, judged.

    Raises:
        EdgewiseError: it cannot be used; every problem is in it.
    """
    found = load_content(text.encode("utf-8"), "the draft", "yaml")
    return replace(found, findings=tuple(replace(one, file="") for one in found.findings))
