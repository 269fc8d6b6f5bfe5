"""What was made from an object that never changes, kept with it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from contextlib import suppress
from typing import Any, TypeVar, cast

T = TypeVar("T")
_MOST = 64
"""Answers of one asker that are kept; of more the oldest go."""


class Remembering:
    """Room for what is made from an object that never changes. It is no field: copies, comparisons and what is written leave it out.

    Attributes:
        answered: what was answered about its parts, by id; missing until somebody puts a first answer there. It is for one asker alone,
            and bare, since to ask again must not cost more than a look into a dictionary.
    """

    __slots__ = ("_once", "_remembered", "answered")
    _remembered: object
    _once: dict[str, dict[Hashable, object]]
    answered: dict[str, Any]

    def remembered(self) -> object:
        """What was remembered; None if nothing was."""
        return getattr(self, "_remembered", None)

    def remember(self, thing: object) -> None:
        """Keep it as long as the object."""
        object.__setattr__(self, "_remembered", thing)

    def once(self, asker: str, question: Hashable, make: Callable[[], T]) -> T:
        """The answer to a question about this very object: made when it is asked first, then at hand as long as the object and few others.

        Args:
            asker: whose question it is; it alone decides what type the answer has.
            question: all that the answer depends on beside the object.
            make: the answer; whoever gets it must leave it as it is.

        >>> some = Remembering()
        >>> some.once("length", "abc", lambda: 3), some.once("length", "abc", lambda: 4), some.once("length", "abcd", lambda: 4)
        (3, 3, 4)
        """
        if not hasattr(self, "_once"):
            object.__setattr__(self, "_once", {})
        kept = self._once.setdefault(asker, {})
        with suppress(KeyError):  # looked up in one go: meanwhile another thread may let go of it
            return cast(T, kept[question])
        kept[question] = found = make()
        for oldest in list(kept)[:-_MOST]:
            kept.pop(oldest, None)
        return found
