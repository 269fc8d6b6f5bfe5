"""What a guideline tells a patient, in words: made here and nowhere else, for command and page alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from edgewise.graph.comparing.alignment import Alignment
from edgewise.graph.comparing.alternatives import Order
from edgewise.graph.comparing.courses import AGAINST, OPEN, WAITS, YES, Parting, Turn
from edgewise.graph.model import Alternative, Guideline
from edgewise.graph.walking.sets import wanted
from edgewise.graph.walking.sets_told import listed
from edgewise.graph.walking.walk import Walk, Where

SILENT = "the source does not say what comes next"
OUTSIDE = "the guideline does not speak of them"


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where a walk stands.

    Attributes:
        stands: in a word.
        due: ids of the steps due, in the ids of their own guideline.
        silent_at: ids of the steps after which the source says nothing.
        offered: ids of the steps that are offered beside them.
        path: ids of the steps come to, in order.
        text: all of it in words.
    """

    stands: Where
    due: tuple[str, ...]
    silent_at: tuple[str, ...]
    offered: tuple[str, ...]
    path: tuple[str, ...]
    text: str


def whereabouts(guideline: Guideline, walked: Walk) -> Whereabouts:
    """Where a walk stands, and that in words.

    >>> from edgewise.graph.library import load
    >>> from edgewise.graph.walking.walk import walk
    >>> guideline = load("sacroiliac-sclerosis").guideline
    >>> whereabouts(guideline, walk(guideline, {})).text
    'due: X-ray SI joints and X-ray spine'
    """
    offered = tuple(dict.fromkeys(one.transition.target for one in walked.open if one.transition.role == "option"))
    told = "; ".join(_stands(guideline, walked, offered))
    return Whereabouts(walked.stands, walked.due, walked.silent_at, offered, walked.path, told)


def _stands(guideline: Guideline, walked: Walk, offered: tuple[str, ...]) -> Iterator[str]:
    names = {id: step.name for id, step in guideline.steps.items()}
    if walked.outside:
        yield OUTSIDE
    if walked.due:
        yield f"due: {listed(_one_of(walked, group, names) for group in wanted(walked.alternatives, walked.due))}"
    if walked.silent_at:
        yield f"after {listed([names[id] for id in walked.silent_at])} {SILENT}"
    if walked.stands in ("undecided", "waiting", "done"):
        yield {"undecided": "an answer is missing", "waiting": "time has to go by", "done": "all is done"}[walked.stands]
    if offered:
        yield f"offered: {listed([names[id] for id in offered])}"


def _one_of(walked: Walk, steps: tuple[str, ...], names: Mapping[str, str]) -> str:
    """A step that is due; of alternatives all that are, and which goes first."""
    first = [id for one in walked.alternatives for id in one.preferred if steps[0] in one.due and id in steps]
    told = listed((names[id] for id in steps), "or")
    return f"{told} (first {listed((names[id] for id in first), 'or')})" if len(steps) > 1 and 0 < len(first) < len(steps) else told


def told(alignment: Alignment, parting: Parting, *, new: bool) -> str:
    """What one of two guidelines tells those who part at a step: what it says or, where it says nothing of it, what it does not."""
    turns = [turn for turn in parting.turns if turn.trait.what == "outside"] or parting.turns  # whoever is outside is led nowhere
    said = [(turn, turn.new if new else turn.old) for turn in turns]
    positive = [words for turn, value in said if (words := _says(alignment, parting.step, turn, value))]
    return "; ".join(positive or [words for turn, value in said if (words := _says_not(alignment, parting.step, turn, value))])


def _says(alignment: Alignment, step: str, turn: Turn, value: str) -> str:
    what, end = turn.trait
    name = f"“{alignment.name(end)}”"
    match what, value:
        case "outside", _:
            return OUTSIDE if value == YES else ""
        case "done", "":
            return f"“{alignment.name(step)}” is still to be done"
        case "silent", _:
            return SILENT if value == YES else ""
        case "beside", str(main) if main:
            return f"“{alignment.name(step)}” goes along with “{alignment.name(main)}”"
        case "route", _:
            return {OPEN: f"on to {name}", WAITS: f"{name} not yet"}.get(value, "")
        case "option", _:
            return {OPEN: f"{name} is offered", WAITS: f"{name} is not offered yet"}.get(value, "")
        case "excluded", _:
            return f"{name} is advised against" if value == AGAINST else ""
    return ""


def _says_not(alignment: Alignment, step: str, turn: Turn, value: str) -> str:
    what, end = turn.trait
    name = f"“{alignment.name(end)}”"
    found = {
        "outside": "the guideline speaks of them",
        "done": f"“{alignment.name(step)}” is done",
        "silent": f"“{alignment.name(step)}” goes on",  # no way was turned: it has not found out all that is asked
        "beside": f"“{alignment.name(step)}” stands by itself",
        "route": f"not on to {name}",
        "option": f"{name} is not offered",
        "excluded": f"{name} is not advised against",
    }
    return found[what] if value in ("", YES) else ""


def asked_told(alignment: Alignment, step: str, turns: Sequence[Turn]) -> str:
    """Who is told otherwise, by what is asked: ``not all that the first guideline asks for “X”, and all that the second asks``."""
    return "; and ".join(_of_silence(turn) if turn.trait.what == "silent" else _asked(alignment, step, turn) for turn in turns)


def _asked(alignment: Alignment, step: str, turn: Turn) -> str:
    what, end = turn.trait
    name = f" for “{alignment.name(end)}”" if end else " of those of whom it speaks"
    met = _MET if end else _SPOKEN_OF
    said = [
        f"{met[value]} that the {which} guideline asks{name}"
        for guideline, value, which in ((alignment.a, turn.old, "first"), (alignment.told, turn.new, "second"))
        if not end or any((edge.source, edge.target, edge.role) == (step, end, what) for edge in guideline.transitions.values())
    ]
    return ", and ".join(said)


def _of_silence(turn: Turn) -> str:
    match turn.old, turn.new:
        case "", "":
            return "where both guidelines name a next step"
        case "", _:
            return "where the second guideline then says nothing"
        case _, "":
            return "where the first guideline then says nothing"
    return "where both guidelines then say nothing"


_MET = {OPEN: "all", AGAINST: "all", WAITS: "not yet all", "": "not all"}
_SPOKEN_OF = {"": "all", YES: "not all"}


def choice_told(alignment: Alignment, order: Order, alternative: Alternative | None, asks: Sequence[str] = ()) -> str:
    """What one of two guidelines says of the steps to choose from: ``first “X”, then “Y”``, ``“X” or “Y”, equally preferred``.

    Args:
        alignment: of the two.
        order: what it says.
        alternative: whose steps they are there; None where they are no alternatives.
        asks: names of what could still tell which one goes first.
    """
    tiers = [listed(_named(alignment, tier), "or") for tier in order.tiers]
    beside = _named(alignment, order.beside)
    if not tiers:
        return f"{beside[0]}, with nothing to choose from" if len(beside) == 1 else f"{listed(beside)}, not as alternatives"
    told = _preferred(tiers, len(order.tiers[0]) > 1) if order.stated else f"{tiers[0]}, {_not_stated(alternative, asks)}"
    return f"{told}; {listed(beside)} as well, not instead" if beside else told


def _preferred(tiers: list[str], several: bool) -> str:
    if not several:
        return f"first {', then '.join(tiers)}"
    return f"{tiers[0]}, equally preferred{''.join(f', then {tier}' for tier in tiers[1:])}"


def _not_stated(alternative: Alternative | None, asks: Sequence[str]) -> str:
    if alternative is None or not alternative.preference:
        return "no preference stated by the source"
    return f"what is preferred depends on {listed(asks)}" if asks else "no preference stated for them"


def _named(alignment: Alignment, steps: Iterable[str]) -> list[str]:
    """Names of steps, in the order of the pathway."""
    known = [*alignment.a.steps, *alignment.told.steps]
    return [f"“{alignment.name(id)}”" for id in sorted(steps, key=known.index)]
