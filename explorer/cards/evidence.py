"""Evidence as cards: state of what is cited, which is our own judgement; grades, which are the source's; statements with their markers,
references with who says what, remarks that are not the source's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from edgewise.citations.evidence.support import Cited, Evidence, Support
from edgewise.citations.notices import Noticed
from edgewise.explorer.cards.conditions import places
from edgewise.explorer.cards.markup import Html, chip, folded, join, section, symbol, tag
from edgewise.explorer.cards.named_places import with_places
from edgewise.explorer.cards.notices import on_card
from edgewise.explorer.cards.numbers import many
from edgewise.explorer.cards.outcomes import frames
from edgewise.explorer.cards.wording import capital
from edgewise.explorer.drawing.palette import STATES as STROKES
from edgewise.graph.model import Guideline, Note, Rating, Reference
from edgewise.graph.ratings import conflict_in_words, conflicts, radiation, radiation_in_words
from edgewise.graph.ratings import rated as rated
from edgewise.graph.strength import Axis

_WORDS = {
    "supported": "Supported",
    "weak": "One or tertiary source",
    "broken": "Broken marker",
    "uncited": "No citation",
    "inferred": "Not stated by the source",
}
STATES = {name: (STROKES[name]["sign"], word) for name, word in _WORDS.items()}
"""State of evidence → the sign that the drawing bears too, and its word here."""
TIERS = {"primary": "primary study", "review": "review", "guideline": "guideline", "tertiary": "tertiary summary"}
WHO = {"source": "printed in the source", "editor": "added by an editor", "modeller": "added by the modeller"}
SHOWN = 4
PARTED, RAYS = "≠", "☢"
"""The signs of ratings that part, and of radiation."""


def state(evidence: Evidence) -> Html:
    """How far the evidence holds: sign, word and every reason."""
    sign, word = STATES[evidence.state]
    reasons = [reason for reason in evidence.reasons if not (evidence.state == "uncited" and reason.startswith("no citation"))]
    told = [reason.removeprefix("not stated by the source: ") for reason in reasons] or [_of_rest(evidence)]
    listed = tag("ul", *(tag("li", _sentence(reason)) for reason in told))
    return tag("div", tag("strong", symbol(sign), " ", word), listed, cls=f"ew-state ew-t-{evidence.state}", role="group")


def state_chip(name: str) -> Html:
    """The state in a few characters, for a table."""
    sign, word = STATES[name]
    return chip(word, name, sign=sign)


def _of_rest(evidence: Evidence) -> str:
    if evidence.state == "uncited":
        return "no reference stands behind it"
    count = len(evidence.references)
    return f"rests on {count} references, each found in the list"


def statements(supports: Sequence[Support], *, heading: str = "What the source says") -> Html:
    """Statements as cards, the first few open. Those with a broken marker lead: that is what one looks for."""
    ordered = sorted(supports, key=lambda support: all(cited.reference for cited in support.citations))
    return section(heading, *_first_few([_statement(support) for support in ordered], "more statements"))


def _statement(support: Support) -> Html:
    statement = support.statement
    markers = [_marker(cited) for cited in support.citations]
    if not markers:
        markers = [chip("no marker", "uncited")]
    remarks = join([chip(statement.kind), chip(str(statement.place)), *markers])
    graded = _graded(support.axes)
    sources = [tag("p", tag("strong", cited.marker.shown), " ", _short(cited), cls="ew-quiet") for cited in support.citations]
    if not sources:
        return tag("article", tag("p", statement.text), graded, *frames(statement), tag("div", remarks, cls="ew-row"), cls="ew-card")
    opener = tag("span", "source" if len(sources) == 1 else "sources", cls="ew-opener")
    told = [tag("p", statement.text), graded, *frames(statement)]
    return tag("article", *told, folded(join([remarks, opener]), *sources, cls="ew-row"), cls="ew-card")


def _graded(axes: Sequence[Axis]) -> Html:
    """How the source grades a statement, in a line for each axis; nothing where it does not."""
    told = [tag("div", _sentence(one.line), cls="ew-quiet", title=one.meaning) for one in axes]
    return join(told)


def grades(axes: Sequence[Axis]) -> Html:
    """Strength and certainty as the source states them, or that it states none; nothing where the guideline grades nothing."""
    return section("Strength and certainty", tag("dl", *map(axis, axes))) if axes else Html("")


def axis(one: Axis) -> Html:
    """One axis of a list: its name, what is said, by which scheme, and what that means there."""
    by = [" ", tag("span", f"({one.scheme})", cls="ew-quiet")] if one.scheme else []
    meant = [tag("div", one.meaning, cls="ew-quiet")] if one.meaning else []
    return join([tag("dt", one.name), tag("dd", one.told, *by, *meant)])


def _marker(cited: Cited) -> Html:
    printed = cited.marker.shown
    if cited.reference is None:
        return chip(f"{printed} no entry", "broken", title="This marker points to no entry of the reference list")
    entry = cited.reference.position
    told = printed if cited.marker.printed.strip("[]()") == str(entry) else f"{printed} entry {entry}"
    return tag("span", told, cls="ew-chip ew-marker", title=cited.reference.title)


def _short(cited: Cited) -> str:
    reference = cited.reference
    if reference is None:
        return f"points to no entry of the reference list. {cited.marker.note}".strip()
    note = f" {cited.marker.note}" if cited.marker.note else ""
    return f"{reference.title} ({reference.dated or 'no year stated'}).{note}"


def references(
    guideline: Guideline, listed: Sequence[Reference], supports: Sequence[Support], noticed: Mapping[str, Noticed] | None = None
) -> Html:
    """Reference cards in the order of the list; `noticed` is what is known of some since they were published, by id."""
    carried = carries(guideline)
    behind = {one.id: [s.statement.id for s in supports if any(c.reference == one for c in s.citations)] for one in listed}
    told = {id: on_card(one) for id, one in (noticed or {}).items()}
    cards = [_reference(one, carried[one.id], places(guideline, behind[one.id]), told.get(one.id, ())) for one in listed]
    return section("What it rests on", *_first_few(cards, "more references"))


def carries(guideline: Guideline) -> Counter[str]:
    """How many citations of the whole guideline each reference carries, by its id."""
    entries = (guideline.markers[c.marker].entry for statement in guideline.statements.values() for c in statement.citations)
    return Counter(entry for entry in entries if entry)


def _reference(reference: Reference, carried: int, behind: str, told: Sequence[Html]) -> Html:
    head = tag("h4", tag("span", f"[{reference.position}]", cls="ew-marker"), " ", reference.title)
    printed = " · ".join(part for part in (reference.author, reference.container, reference.dated) if part)
    weight = tag("p", f"Carries {many(carried, 'citation')} in this guideline. Here behind: {behind}.", cls="ew-quiet")
    return tag(
        "article", head, *told, tag("p", printed, cls="ew-quiet"), standing(reference), identifiers(reference), weight, cls="ew-card"
    )


def standing(reference: Reference) -> Html:
    """What kind of source it is: tier, whether the guideline's own publisher issued it, how the list calls it."""
    tier = TIERS.get(reference.tier, "not assessed")
    chips = [chip(tier, "weak" if reference.tier == "tertiary" else "chip")]
    if reference.own_publisher:
        chips.append(chip("from the guideline's own publisher", "weak"))
    if reference.printed_kind:
        chips.append(chip(f"listed as “{reference.printed_kind}”"))
    return tag("div", *chips, cls="ew-row")


def identifiers(reference: Reference) -> Html:
    """Identifiers and details beyond what is printed, each with who says so and whether it was confirmed."""
    printed = any(identifier.stated_by == "source" for identifier in reference.identifiers)
    rows = [(i.scheme.upper(), i.value, i.stated_by, i.confirmed) for i in reference.identifiers]
    added = [(a.field, a.value, a.stated_by, a.confirmed) for a in reference.additions]
    none = [] if printed else [tag("p", "No identifier printed.", cls="ew-quiet")]
    more = [folded(f"Details added to the entry ({len(added)})", _details(added))] if added else []
    return join([*none, *([_details(rows)] if rows else []), *more])


def _details(rows: Iterable[tuple[str, str, str, bool]]) -> Html:
    def told(value: str, stated_by: str, confirmed: bool) -> Html:
        who = f"{WHO.get(stated_by, stated_by)}, {'confirmed' if confirmed else 'not confirmed'}"
        return tag("dd", value, " ", tag("span", f"({who})", cls="ew-quiet"))

    return tag("dl", *(join([tag("dt", name), told(value, who, sure)]) for name, value, who, sure in rows))


def note(guideline: Guideline, text: str, stated_by: str) -> Html:
    """A remark that is not the source's own word, marked as such."""
    title = {"modeller": "Modeller's note", "editor": "Editor's note"}.get(stated_by, f"Note by {stated_by}")
    return tag("div", tag("strong", title), tag("p", with_places(guideline, text)), cls="ew-note", role="note")


def notes(guideline: Guideline, found: Sequence[Note], about: Collection[str]) -> Html:
    """Remarks on what is looked at, whose ids are `about`, in sight; those on what lies behind it folded away."""
    own = [note(guideline, one.text, one.stated_by) for one in found if set(about) & set(one.about)]
    others = [note(guideline, one.text, one.stated_by) for one in found if not set(about) & set(one.about)]
    rest = [folded(f"{many(len(others), 'note')} on the statements and references", *others)] if others else []
    return section("Remarks, not the source's own", *own, *rest)


def ratings(guideline: Guideline, found: Sequence[Rating]) -> Html:
    """Scores with their category, radiation and situation; and where the source rates one method in several ways."""
    return join([*(_rating(guideline, rating) for rating in found), *parted(guideline, found)])


def parted(guideline: Guideline, found: Sequence[Rating]) -> list[Html]:
    """Conflicts among these ratings, each with its figures and passages; none of them is chosen."""
    ids = {rating.id for rating in found}
    told = [conflict_in_words(guideline, one) for one in conflicts(guideline) if ids & {rating.id for rating in one.ratings}]
    return [conflict(one) for one in told]


def conflict(told: str) -> Html:
    """A conflict in words, marked as one."""
    line = tag("p", tag("strong", symbol(PARTED), " Conflict: "), f"{told}. None of them is chosen here.")
    return tag("div", line, cls="ew-state ew-t-broken", role="note")


def _rating(guideline: Guideline, rating: Rating) -> Html:
    situation = guideline.situations.get(rating.situation)
    where = [tag("span", situation.label, cls="ew-quiet")] if situation else []
    dose = radiation_in_words(guideline, radiation(guideline, rating))
    rays = [chip(dose, sign=RAYS)] if dose else []
    return tag("div", chip(f"Rated {rated(rating)}", "own", sign="★"), *rays, *where, cls="ew-row")


def _first_few(cards: Sequence[Html], rest: str) -> list[Html]:
    if len(cards) <= SHOWN + 1:  # one card is not worth a fold
        return list(cards)
    return [*cards[:SHOWN], folded(f"{len(cards) - SHOWN} {rest}", *cards[SHOWN:])]


def _sentence(told: str) -> str:
    return capital(told)
