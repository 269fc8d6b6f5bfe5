"""What if one answer were another: the guideline's answer along the whole range, and where it flips. The drawing follows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import streamlit as st

from edgewise.explorer.cards.answers import answer_in_words
from edgewise.explorer.cards.markup import Html, join, page, symbol, tag
from edgewise.explorer.cards.walked_edges import cites
from edgewise.explorer.cards.whose import marked
from edgewise.explorer.cards.wording import plain
from edgewise.explorer.drawing.lettering import clean
from edgewise.explorer.pages.pathway.page_state import PathwayState, turn_to
from edgewise.explorer.pages.pathway.varied_answer import Varied, scale
from edgewise.explorer.pages.pathway.why_panel import back
from edgewise.explorer.shell.frame import complain, go, here
from edgewise.explorer.shell.location import cut
from edgewise.explorer.shell.mirror import mirror, moved
from edgewise.graph.cases.model import Verdict
from edgewise.graph.explaining.what_if import Segment
from edgewise.graph.model import Guideline
from edgewise.graph.units import printed
from edgewise.graph.walking.facts import parse_facts
from edgewise.graph.walking.facts import plain as as_json

_PICK, _SLIDE = "vary:what", "vary:value"
_SIGNS: dict[Verdict, tuple[str, str]] = {"due": ("✓", "supported"), "not-stated": ("?", "inferred"), "undecided": ("…", "weak")}
_NEEDLE = Decimal("1.2")
"""Per cent of the bar's width that a run of a single point gets."""


def what_if(view: PathwayState, wanted: str) -> None:
    """Draw it for the observable that the address names."""
    tried = view.tried
    back()
    _pick(view.guideline, tried.observable.id if tried else "")
    if tried is None:
        complain([f"Nothing called '{cut(wanted)}' is asked here; choose something above."])
        return
    st.html(page(tag("p", "What if?", cls="ew-over"), tag("h2", tried.observable.label), tag("p", _lede(view, tried), cls="ew-lede")))
    if tried.observable.value_type in ("yes-no", "choice"):
        _choose(tried)
    elif tried.segments:
        _slide(tried)
        st.html(page(_bar(tried)))
    st.html(page(tag("ol", *(_row(view.guideline, one, here=one == tried.now) for one in tried.segments), cls="ew-runs")))
    _take(view, tried)


def _pick(guideline: Guideline, id: str) -> None:
    known = guideline.observables
    mirror(_PICK, id or None)
    st.selectbox("What is varied", list(known), index=None, format_func=lambda one: clean(known[one].label), key=_PICK, on_change=_picked)


def _picked() -> None:
    if moved(_PICK) and st.session_state[_PICK]:
        turn_to({"vary": st.session_state[_PICK]})


def _lede(view: PathwayState, tried: Varied) -> str:
    others = "All else as you have told it" if set(view.location.facts) - {tried.observable.id} else "Nothing else being known"
    flat = len({(one.answer.verdict, one.answer.steps) for one in tried.segments}) == 1
    return f"{others}.{_alike(view, tried)} {'So far every answer leads to the same.' if flat else 'The drawing follows.'}"


def _alike(view: PathwayState, tried: Varied) -> str:
    """A series is tried as one number throughout; where it was told otherwise, that is said, for it may change the answer at once."""
    if _several(tried) < 2:
        return ""
    told, observable = view.location.facts.get(tried.observable.id), tried.observable
    mixed = isinstance(told, tuple) and len(set(told)) > 1
    instead = f"Instead of {answer_in_words(observable, told)}, " if mixed and told is not None else ""
    return f" {instead}{_several(tried)} values are tried, each the same."


def _several(tried: Varied) -> int:
    return len(tried.answer) if isinstance(tried.answer, tuple) else 1


# ---- the slider ------------------------------------------------------------------------------------------------------


def _choose(tried: Varied) -> None:
    words = {segment.value: segment.words for segment in tried.segments}
    mirror(_SLIDE, tried.value)
    ask: Any = st.segmented_control if sum(map(len, words.values())) < 50 else st.radio
    ask("Answer", list(words), format_func=lambda one: plain(words[one]), key=_SLIDE, on_change=_moved, args=(tried.observable.id,))


def _slide(tried: Varied) -> None:
    low, high, step = scale(tried.observable, tried.segments)
    whole = all(number == number.to_integral_value() for number in (low, high, step, tried.value) if isinstance(number, Decimal))
    convert = int if whole else float
    unit = printed(Decimal(2), tried.observable.unit)[1:].strip().replace("%", "%%")
    mirror(_SLIDE, convert(Decimal(tried.value)))
    st.slider(
        plain(tried.observable.label),
        convert(low),
        convert(high),
        step=convert(step),
        format=f"%{'d' if whole else 'g'} {unit}".rstrip(),
        key=_SLIDE,
        label_visibility="collapsed",
        on_change=_moved,
        args=(tried.observable.id,),
    )


def _moved(observable: str) -> None:
    if moved(_SLIDE) and st.session_state[_SLIDE] is not None:
        turn_to({"vary": f"{observable}~{st.session_state[_SLIDE]}"})


def _bar(tried: Varied) -> Html:
    """The range as a band below the slider: where a next step is named, and where not."""
    low, high, _ = scale(tried.observable, tried.segments)
    return tag("div", *_pieces(tried.segments, low, high), cls="ew-band", aria_hidden="true")


def _pieces(segments: Iterable[Segment], low: Decimal, high: Decimal) -> Iterable[Html]:
    for segment in segments:
        begin, end = (min(max(bound, low), high) for bound in (low if segment.low is None else segment.low, segment.high or high))
        sign, tone = _SIGNS[segment.answer.verdict]
        width = max((end - begin) / (high - low) * 100, _NEEDLE)
        yield tag("span", sign if width > 4 else "", cls=f"ew-piece ew-t-{tone}", style=f"flex: {width:.3f} 1 0", title=segment.words)


# ---- what follows ----------------------------------------------------------------------------------------------------


def _row(guideline: Guideline, segment: Segment, *, here: bool) -> Html:
    """A run of answers with what follows; at the flip where it begins, the passages behind it."""
    sign, tone = _SIGNS[segment.answer.verdict]
    mark = tag("span", symbol(sign), cls=f"ew-mark ew-ink-{tone}")
    whose = [*cites(guideline, segment.statements), *marked(segment.remark)]
    behind = tag("span", *whose, cls="ew-flip") if whose else Html("")
    told = join([tag("strong", _follows(guideline, segment)), behind])
    row = tag("span", tag("span", segment.words, cls="ew-run"), tag("span", told))
    return tag("li", mark, row, cls="ew-here" if here else "", aria_current="true" if here else "")


def _follows(guideline: Guideline, segment: Segment) -> str:
    if segment.answer.verdict == "due":
        return ", ".join(guideline.steps[id].name for id in segment.answer.steps)
    return "the source does not say" if segment.answer.verdict == "not-stated" else "another answer is needed"


def _take(view: PathwayState, tried: Varied) -> None:
    if tried.now and view.location.facts.get(tried.observable.id) != tried.answer:
        told = printed(tried.value, tried.observable.unit) if isinstance(tried.value, Decimal) else tried.now.words
        answer = as_json({"it": tried.answer})["it"]
        times = f"{_several(tried)} × " if _several(tried) > 1 else ""
        label = f"Take {plain(times + told)} into the facts"
        st.button(label, key="vary:take", icon=":material/check:", on_click=_let, args=(tried.observable.id, answer))


def _let(id: str, answer: object) -> None:
    """Take the answer into the facts, and go back to the walk."""
    view = here()
    go(replace(view.location, facts={**view.location.facts, **parse_facts({id: answer}, view.guideline)}, own={}))
