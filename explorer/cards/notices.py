"""What is known of works since they were published, in words: in the panel of an edge, on the cards of references, in the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from edgewise.citations.evidence.support import evidence
from edgewise.citations.notices import Known, Noticed, Touched, touched
from edgewise.explorer.cards.looked_up import reported
from edgewise.explorer.cards.markup import Html, join, symbol, tag
from edgewise.explorer.drawing.palette import NOTICED, STATES
from edgewise.graph.model import Guideline

STANDINGS = {
    "retracted": "retracted",
    "withdrawn": "withdrawn",
    "concern": "under an expression of concern",
    "reinstated": "reinstated",
    "corrected": "corrected",
}
_SIGNS = {"retracted": "☒", "withdrawn": "☒", "concern": "⚑", "reinstated": "↺", "corrected": "✎"}
_TONES = {"retracted": "broken", "withdrawn": "broken", "concern": "weak"}


def in_short(one: Noticed) -> str:
    """How a work stands, and since when.

    >>> in_short(Noticed("r1", "concern"))
    'under an expression of concern'
    """
    return " ".join(filter(None, (STANDINGS[one.standing], one.since)))


def rows(one: Noticed) -> list[str]:
    """Each notice with kind, date, reason and who tells it.

    >>> from edgewise.citations.lookup.works import Notice
    >>> rows(Noticed("r1", "retracted", (), Notice("retraction", "the entry's own title says so")))
    ["RETRACTED: the entry's own title says so"]
    """
    own = [f"{'WITHDRAWN' if one.own.kind == 'withdrawal' else 'RETRACTED'}: {one.own.label}"] if one.own else []
    return [*own, *map(reported, one.reports)]


def chip_of(one: Noticed) -> Html:
    """How a work stands, in a few characters."""
    return tag("span", symbol(_SIGNS[one.standing]), " ", in_short(one), cls=f"ew-chip ew-t-{_TONES.get(one.standing, 'chip')}")


def on_card(one: Noticed | None) -> list[Html]:
    """What stands on the card of a reference: how it stands, then each notice; nothing where nothing is known."""
    if one is None:
        return []
    return [tag("div", chip_of(one), cls="ew-row"), tag("ul", *(tag("li", row) for row in rows(one)), cls="ew-quiet ew-notices")]


def behind(guideline: Guideline, id: str, known: Known) -> list[Html]:
    """What happened to the works behind an edge or a step, and what is left to it; nothing where nothing did."""
    about = touched(guideline, known.noticed).get(id)
    return [_box(guideline, id, about, known.noticed)] if about else []


def _box(guideline: Guideline, id: str, about: Touched, found: Mapping[str, Noticed]) -> Html:
    sign, label = NOTICED[about.weight]["sign"], NOTICED[about.weight]["label"]
    entries = [tag("li", *_entry(guideline, found[one])) for one in (*about.lost, *about.doubted)]
    head = tag("strong", symbol(sign), " ", label[:1].upper() + label[1:])
    tone = "weak" if about.weight == "doubted" else "broken"
    left = [tag("p", _left(guideline, id, about, found))] if about.lost else []
    return tag("div", head, tag("ul", *entries), *left, cls=f"ew-state ew-t-{tone}", role="group")


def _entry(guideline: Guideline, one: Noticed) -> Iterable[Html]:
    reference = guideline.references[one.reference]
    yield join([tag("span", f"[{reference.position}]", cls="ew-marker"), " ", reference.title, ": ", tag("strong", in_short(one)), "."])
    yield tag("ul", *(tag("li", row) for row in rows(one)), cls="ew-notices")


def _left(guideline: Guideline, id: str, about: Touched, found: Mapping[str, Noticed]) -> str:
    if not about.left:
        return "Nothing else that it cites is left: it stands without support."
    from edgewise.citations.evidence.impact import without  # brings NetworkX along, which no other card needs

    names = ", ".join(f"[{guideline.references[one].position}]" for one in about.left)
    then = evidence(without(guideline, (one for one, told in found.items() if told.fell)), id)
    return f"What is left to it: {names}. Judged by that alone: {' '.join((STATES[then.state]['sign'], STATES[then.state]['label']))}."


def lines(guideline: Guideline, found: Iterable[Noticed]) -> list[str]:
    """References with what is known of each, for a terminal."""
    told = []
    for one in found:
        reference = guideline.references[one.reference]
        told += [
            f"  {reference.position}. {reference.title} [{one.reference}]: {in_short(one)}",
            *(f"    {row}" for row in rows(one)),
        ]
    return told
