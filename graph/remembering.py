"""What was made from an object that never changes, kept with it."""

from __future__ import annotations

from typing import Any


class Remembering:
    """Room for what is made from an object that never changes. It is no field: copies, comparisons and what is written leave it out.

    Attributes:
        answered: what was answered about its parts, by id; missing until somebody puts a first answer there. It is for one asker alone,
            and bare, since to ask again must not cost more than a look into a dictionary.
    """

    __slots__ = ("_remembered", "answered")
    _remembered: object
    answered: dict[str, Any]

    def remembered(self) -> object:
        """What was remembered; None if nothing was."""
        return getattr(self, "_remembered", None)

    def remember(self, thing: object) -> None:
        """Keep it as long as the object."""
        object.__setattr__(self, "_remembered", thing)
