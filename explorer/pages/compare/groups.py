"""The groups of patients who now go elsewhere: each a card, with the smallest patient who shows it and what makes the difference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from edgewise.citations.evidence.support import evidence
from edgewise.explorer.cards.answers import answer_in_words
from edgewise.explorer.cards.evidence import state_chip
from edgewise.explorer.cards.markup import Html, join, tag
from edgewise.explorer.cards.whose import marked
from edgewise.explorer.cards.wording import cut_words
from edgewise.explorer.drawing.lettering import clean
from edgewise.explorer.pages.compare.places import Presses, passage
from edgewise.explorer.pages.compare.versions import Version
from edgewise.explorer.shell.location import Location
from edgewise.graph.answers.in_words import facts_told
from edgewise.graph.attribution import READING
from edgewise.graph.comparing.answers import Whereabouts
from edgewise.graph.comparing.groups import Group
from edgewise.graph.walking.facts import Facts

FEW = 12
"""Groups that are shown at once."""
_SAID = 160


@dataclass(frozen=True)
class Half:
    """What one of the two guidelines says to a group."""

    letter: str
    version: Version
    answer: str
    facts: Facts
    walk: Whereabouts
    edges: Sequence[str]
    statements: Sequence[str]
    remark: str


@dataclass
class Cards:
    """Groups as cards, numbered throughout.

    Attributes:
        sides: the two guidelines.
        presses: what can be pressed.
        most: as many cards are made.
        made: how many were.
        left: how many more groups there are.
    """

    sides: tuple[Version, Version]
    presses: Presses
    most: int
    made: int = 0
    left: int = 0

    def shown(self, groups: Sequence[Group]) -> Iterator[Html]:
        """The first of some groups; what is too much is counted, and where all of them are, that is said."""
        room = groups[: self.most - self.made]
        for group in room:
            self.made += 1
            yield _card(self.made, group, halves(group, self.sides), self.presses)
        self.left += len(groups) - len(room)
        if not room:
            yield tag("p", "They are shown below the groups above, once all are.", cls="ew-quiet")


def halves(group: Group, sides: tuple[Version, Version]) -> tuple[Half, Half]:
    """What A says to a group, and what B says."""
    a, b = sides
    return (
        Half("A", a, group.old, group.example_a, group.old_walk, group.edges_a, group.statements_a, group.remark_a),
        Half("B", b, group.new, group.example_b, group.new_walk, group.edges_b, group.statements_b, group.remark_b),
    )


def side_word(letter: str) -> Html:
    """Which of the two: a letter in a box, and for those who hear the page the words."""
    return join(
        [
            tag("span", letter, cls=f"ew-letter ew-letter-{letter.lower()}", aria_hidden="true"),
            tag("span", f"In {letter}: ", cls="ew-unseen"),
        ]
    )


def _card(number: int, group: Group, both: tuple[Half, Half], presses: Presses) -> Html:
    return tag(
        "article",
        tag("h3", clean(group.place)),
        tag("p", clean(group.situation), cls="ew-who"),
        tag("div", *(_answer(half) for half in both), cls="ew-two ew-answers"),
        _patient(group, both, presses, number),
        *_moved(group),
        _both_behind(both, presses) if alike(both) else tag("div", *(_behind(half, presses) for half in both), cls="ew-two"),
        cls="ew-card ew-worded ew-group",
    )


def _answer(half: Half) -> Html:
    return tag("p", side_word(half.letter), tag("span", clean(_capital(half.answer))), cls=f"ew-answer ew-of-{half.letter.lower()}")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


# The smallest patient -----------------------------------------------------------------------------------------------------


def _patient(group: Group, both: tuple[Half, Half], presses: Presses, number: int) -> Html:
    if not group.shown:
        return tag("p", "No single patient of this group could be shown.", cls="ew-quiet")
    a, b = both
    same = list(facts_in_words(a)) == list(facts_in_words(b))
    told = [_facts(a, "Smallest example")] if same else [_facts(a, "Smallest example, as A asks it"), _facts(b, "The same, as B asks it")]
    walks = (
        tag("p", side_word(half.letter), clean(_capital(half.walk.text)), " ", _open(half, presses, number), cls="ew-walked")
        for half in both
    )
    return tag("div", *told, tag("div", *walks, cls="ew-two"), cls="ew-patient")


def _facts(half: Half, title: str) -> Html:
    rows = [join([tag("dt", clean(label)), tag("dd", clean(answer))]) for label, answer in facts_in_words(half)]
    known = tag("dl", *rows) if rows else tag("p", "Anybody, whatever is known.", cls="ew-quiet")
    return tag("div", tag("h4", title), known)


def facts_in_words(half: Half) -> Iterable[tuple[str, str]]:
    """What is known of the example patient, as this guideline asks it."""
    return facts_told(half.version.guideline, half.facts, answer_in_words).values()


def _open(half: Half, presses: Presses, number: int) -> Html:
    where = Location(half.version.name, facts=half.facts)
    return presses.button(f"Walk patient {number} in {half.letter}", lambda: half.version.open(where), f"walk {half.letter} {number}")


# What makes the difference ------------------------------------------------------------------------------------------------


def _moved(group: Group) -> Iterator[Html]:
    if group.moved:
        yield tag("h4", "Asked otherwise")
    for one in group.moved:
        row = (tag("p", side_word(letter), clean(words)) for letter, words in (("A", one.before), ("B", one.after)))
        yield tag("div", tag("p", clean(one.label), cls="ew-asked"), tag("div", *row, cls="ew-two"), cls="ew-moved")


def alike(both: tuple[Half, Half]) -> bool:
    """Whether the same edges and passages are behind both answers, so that one of the two says it all."""
    a, b = ((half.edges, half.statements, half.remark) for half in both)
    return a == b and list(map(_said_by, both[:1])) == list(map(_said_by, both[1:]))


def _said_by(half: Half) -> tuple[str, ...]:
    held = half.version.guideline
    return (*(held.passage(id).text for id in half.statements), *(held.transitions[id].label for id in half.edges))


def _both_behind(both: tuple[Half, Half], presses: Presses) -> Html:
    a, b = both
    edges = [_edge(a, id, presses, " ", _see(b, Location(b.version.name, selected=id), presses)) for id in a.edges]
    said = [_statement(a, id, presses, " ", _see(b, passage(b.version, id), presses)) for id in a.statements]
    return tag("div", tag("h4", "What is behind it in both"), *_listed(a, [*edges, *said]))


def _see(half: Half, where: Location | None, presses: Presses) -> Html:
    return presses.lead(half.version, where, f"see in {half.letter}")


def _behind(half: Half, presses: Presses) -> Html:
    rows = [*(_edge(half, id, presses) for id in half.edges), *(_statement(half, id, presses) for id in half.statements)]
    return tag("div", tag("h4", side_word(half.letter), "What is behind it"), *_listed(half, rows))


def _listed(half: Half, rows: Sequence[Html]) -> Iterator[Html]:
    if half.remark:
        yield tag("p", *marked(half.remark))
    yield tag("ul", *rows, cls="ew-list") if rows else tag("p", "No edge and no passage of it makes this difference.", cls="ew-quiet")


def _edge(half: Half, id: str, presses: Presses, *more: str) -> Html:
    guideline = half.version.guideline
    edge = guideline.transitions[id]
    ends = " → ".join(guideline.steps[end].name for end in (edge.source, edge.target))
    reading = [" ", *marked(READING)] if edge.stated_by == "modeller" else []
    told = [f" {edge.label} "] if edge.label and edge.label != ends else [" "]
    lead = presses.lead(half.version, Location(half.version.name, selected=id), ends)
    return tag("li", lead, *told, state_chip(evidence(guideline, id).state), *reading, *more)


def _statement(half: Half, id: str, presses: Presses, *more: str) -> Html:
    said = half.version.guideline.passage(id)
    lead = presses.lead(half.version, passage(half.version, id), str(said.place))
    return tag("li", lead, " ", tag("span", cut_words(clean(said.text), _SAID), cls="ew-quiet"), *more)
