"""What was made from an object that never changes, kept with it."""

from __future__ import annotations


class Remembering:
    """Room for one thing made from an object that never changes. It is no field: copies, comparisons and what is written leave it out."""

    __slots__ = ("_remembered",)
    _remembered: object

    def remembered(self) -> object:
        """What was remembered; None if nothing was."""
        return getattr(self, "_remembered", None)

    def remember(self, thing: object) -> None:
        """Keep it as long as the object."""
        object.__setattr__(self, "_remembered", thing)
