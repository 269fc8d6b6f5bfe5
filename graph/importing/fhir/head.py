"""What a PlanDefinition says of itself: the guideline's own keys where they fit, and the rest in notes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date

from edgewise.graph.importing.fhir.elements import Element
from edgewise.graph.importing.sheets import Sheet, plain

_ADMINISTRATIVE = (
    "url", "version", "versionAlgorithmString", "name", "subtitle", "status", "experimental", "type", "subjectCodeableConcept",
    "subjectReference", "subjectCanonical", "date", "approvalDate", "lastReviewDate", "effectivePeriod", "useContext", "jurisdiction",
    "topic", "author", "editor", "reviewer", "endorser", "contributor", "contact", "identifier", "copyrightLabel", "language",
)  # fmt: skip
_TOLD = {"purpose": "Purpose", "usage": "Usage", "copyright": "Copyright"}
_PASSED_OVER = ("id", "meta", "text", "implicitRules")  # what serves computers, and the words generated from the rest
_LONGEST, _WHOLE = 1900, 40_000  # characters of one note, and of all that one text takes
_SUMMARY = 1000


def add_head(plan: Element, sheet: Sheet) -> None:
    """Title, publisher, date and language of the guideline, as far as the file has them."""
    sheet.say("publisher", plain(plan.text("publisher"))[:200])
    with suppress(ValueError):  # a year alone is no date
        sheet.say("updated", date.fromisoformat(plan.text("date")[:10]).isoformat())
    if re.fullmatch(r"en(-\w+)?", plan.text("language")):
        sheet.say("language", "en")


def title_of(plan: Element) -> str:
    """What the plan is called."""
    return plain(plan.text("title")) or plain(plan.text("name"))


def add_words(plan: Element, sheet: Sheet, about: list[str], *, whole: bool = False) -> None:
    """What a plan says of itself in words, and what its publisher keeps about it.

    Args:
        plan: whose.
        sheet: where it is said.
        about: ids of the steps that it speaks of.
        whole: whether its description stands nowhere else.
    """
    if len(description := plan.text("description").strip()) > (0 if whole else _SUMMARY):
        tell(sheet, "Description", description, about)
    if whole:
        tell(sheet, "Publisher", plan.text("publisher"), about)
    for name in _PASSED_OVER:
        for part in plan.all(name):
            part.take()
    for key, name in _TOLD.items():
        tell(sheet, name, plan.text(key), about)
    said = [f"{part.name} {part.take().brief(_WHOLE)}" for key in _ADMINISTRATIVE for part in plan.all(key)]
    tell(sheet, "The file of itself", "; ".join(said), about)


def add_goals(plan: Element, sheet: Sheet, about: list[str], pursued: dict[str, list[str]]) -> None:
    """The goals, each at the steps that pursue it; `pursued` are ids of steps by the name of a goal."""
    for goal in plan.all("goal"):
        description = goal.one("description")
        words = plain(description.text("text")) if description else ""
        tell(sheet, "Goal", words or goal.brief(), pursued.get(goal.text("id")) or about)
        if description is not None:
            description.take()


def tell(sheet: Sheet, name: str, text: str, about: Iterable[str]) -> None:
    """A text of the file as notes, in as many pieces as it needs."""
    text, about = text.strip(), list(about)
    text = text if len(text) <= _WHOLE else f"{text[:_WHOLE]} … (the rest of {len(text):,} characters is left out)"
    pieces = list(_pieces(text))
    for number, piece in enumerate(pieces, 1):
        of = f" ({number} of {len(pieces)})" if len(pieces) > 1 else ""
        sheet.note(f"{name}{of}: {piece}", about, stated_by="editor")


def _pieces(text: str) -> Iterator[str]:
    """A text in pieces that a note can hold, cut between words where there are any."""
    while len(text) > _LONGEST:
        end = text.rfind(" ", 0, _LONGEST)
        end = end if end > 0 else _LONGEST
        yield text[:end]
        text = text[end:].lstrip()
    if text:
        yield text
