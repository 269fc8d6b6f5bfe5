"""What else is otherwise between two guidelines, one by one: of which kind, where, what stood there and what stands there now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Weight = Literal["care", "pathway", "evidence", "wording"]
"""What a change touches: care itself; the pathway, of which the groups of patients say whether it changes care; what is cited for it; or
order, ids and words alone."""

ChangeKind = Literal[
    "step", "edge", "threshold", "question",
    "time", "dose", "rating", "strength", "choice", "bundle", "endpoint",
    "state", "certainty", "statement", "justification", "asserted", "reference", "sign-off", "case",
    "label", "order", "id",
]  # fmt: skip

TITLES: dict[str, str] = {
    "threshold": "Conditions that ask otherwise",
    "question": "Questions asked otherwise",
    "step": "Steps",
    "edge": "Edges",
    "endpoint": "What a step is",
    "time": "Times",
    "dose": "Doses",
    "rating": "Ratings",
    "strength": "Strength of recommendations",
    "choice": "Alternatives, and which to prefer",
    "bundle": "Steps that are begun together",
    "state": "Evidence gained or lost",
    "certainty": "Certainty of evidence",
    "statement": "Statements",
    "justification": "What edges are justified by",
    "asserted": "What passages themselves ask for",
    "reference": "References",
    "sign-off": "Sign-offs that no longer fit",
    "case": "Cases whose expectation breaks",
    "label": "Words",
    "order": "Order",
    "id": "Ids",
}
"""What stands above the changes of each kind, in this order."""

NONE = "—"
"""What stands in the place of what is not there."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is otherwise.

    Attributes:
        weight: what it touches.
        kind: what changed.
        where: what it is about, by its name.
        a: id of that in the first guideline; empty where it is in the second alone.
        b: id in the second; empty where it is in the first alone.
        before: what stood there, in words; empty where nothing did.
        after: what stands there now; empty where nothing does.
    """

    weight: Weight
    kind: ChangeKind
    where: str
    a: str
    b: str
    before: str
    after: str

    @property
    def text(self) -> str:
        """It in one line.

        >>> book = Change("evidence", "reference", "A book", "", "r9", "", "new")
        >>> Change("care", "rating", "MRI", "r1", "r1", "8 of 9", "3 of 9").text, book.text
        ('MRI: 8 of 9 → 3 of 9', 'A book: — → new')
        """
        return f"{self.where}: {self.before or NONE} → {self.after or NONE}"
