"""A condition as it stands: in words, part by part; a part that is opened has its form below it.

Whatever is submitted changes the draft at once, so that what is read here is always what the walk asks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from edgewise.explorer.cards import markup
from edgewise.explorer.cards.conditions import tree as card
from edgewise.explorer.cards.markup import tag
from edgewise.explorer.cards.wording import capital, plain
from edgewise.explorer.pages.build.forms.branches import Path, at, every, inner, opposite, replaced
from edgewise.explorer.pages.build.forms.criteria import Joined, Negated, Part, Written
from edgewise.explorer.pages.build.forms.fields import show_fault
from edgewise.explorer.pages.build.forms.holder import Adding, Holder
from edgewise.explorer.pages.build.forms.naming import called
from edgewise.graph.criterion import Criterion, parts_of
from edgewise.graph.model import Guideline
from edgewise.graph.walking.criteria import heading, words

_SIGNS = {"all": "All of these have to hold", "any": "One of these is enough"}


def criterion_of(holder: Holder) -> Criterion | None:
    """The condition as the walk has it; None while the draft cannot be used, and where it is a list of them."""
    if holder.known is not None:
        return holder.known
    known = holder.found.guideline
    if known is None:
        return None
    if holder.key == "appliesTo":
        return known.applies_to
    return known.transitions[holder.at].when if holder.at in known.transitions else None


def told(holder: Holder, tree: Part) -> dict[Path, str]:
    """Every part in words: the house's, as the walk has it; of what it cannot tell just now, that it is there."""
    known = holder.found.guideline
    made = {path: _in_short(holder, part) for path, part in every(tree)}
    if known is None:
        return made
    for path, criterion in _criteria(holder, known):
        _tell(made, known, tree, path, criterion)
    return made


def _criteria(holder: Holder, known: Guideline) -> list[tuple[Path, Criterion]]:
    if holder.key == "contraindicatedBy":
        step = known.steps.get(holder.at)
        own = [one for one in step.contraindications if one.id.startswith(f"{holder.at}/contraindicatedBy/")] if step else []
        return [((number,), one) for number, one in enumerate(own)] if len(own) > 1 else [((), one) for one in own]
    found = criterion_of(holder)
    return [((), found)] if found is not None else []


def _tell(made: dict[Path, str], known: Guideline, tree: Part, path: Path, criterion: Criterion) -> None:
    part = at(tree, path)
    if part is None:
        return
    told = heading(criterion, known.observables).removesuffix(":") or words(criterion, known.observables)
    if isinstance(part, Joined | Negated) and not part.label and not (isinstance(part, Joined) and part.how == "of"):
        told = made[path]  # as a sentence
    made[path] = f"{told} (written in the file)" if isinstance(part, Written) else told
    for number, (_, one) in enumerate(zip(inner(part), parts_of(criterion), strict=False)):
        _tell(made, known, tree, (*path, number), one)


def _in_short(holder: Holder, part: Part) -> str:
    if isinstance(part, Joined):
        return _SIGNS.get(part.how, "So many of these have to hold")
    if isinstance(part, Negated):
        return "Not the case"
    if isinstance(part, Written):
        return "Written in the file"
    asked = holder.found.entries.get(part.observable)
    return called(asked) if asked else part.observable


def condition(holder: Holder, form: Callable[[Holder, Path | None, Adding | None], None], lead: str = "When it may be taken") -> None:
    """Draw a condition, and the form of the part that is open.

    Args:
        holder: where it stands.
        form: draws the form of a part, or of one to be added.
        lead: what stands above it.
    """
    tree, (opened, adding) = holder.tree, holder.opened
    with st.container(key=f"ew-{holder.name}".replace(":", "-").replace("/", "-"), gap="small"):
        st.html(markup.page(tag("h3", lead), *_as_it_reads(holder), key=holder.name))
        show_fault(holder.name)
        if tree is None:
            _none_yet(holder, adding, form)
        else:
            rows(holder, tree, opened, form)
            _more(holder, tree, adding, form)


def _as_it_reads(holder: Holder) -> list[str]:
    found, known = criterion_of(holder), holder.found.guideline
    if found is None or known is None:
        return []
    return [card(known, found)]


def _none_yet(holder: Holder, adding: Adding | None, form: Callable[..., None]) -> None:
    if adding is None:
        st.caption(_ALWAYS.get(holder.key, ""))
        st.button("Set a condition", key=holder.name + ":set", icon=":material/add:", on_click=holder.open, args=(None, ((), "all")))
    else:
        form(holder, None, adding)


_ALWAYS: Mapping[str, str] = {
    "when": "Always: no condition is set.",
    "appliesTo": "It is not said of whom the guideline speaks.",
    "contraindicatedBy": "Nothing is said against it.",
}


def rows(holder: Holder, tree: Part, opened: Path | None, form: Callable[..., None]) -> None:
    """Each part as a button that opens its form, further in the deeper it lies."""
    named = told(holder, tree)
    for path, part in every(tree):
        label = plain("· " * len(path) + capital(named[path]) + (":" if inner(part) else ""))
        key = f"{holder.name}:row:{'.'.join(map(str, path))}"
        shut = path == opened
        st.button(
            label,
            key=key,
            type="tertiary",
            icon=":material/expand_more:" if shut else ":material/edit:",
            on_click=holder.open,
            args=(None if shut else path,),
        )
        if shut:
            with st.container(border=True, gap="small"):
                form(holder, path, None)
                _acts(holder, tree, path, part)


def _acts(holder: Holder, tree: Part, path: Path, part: Part) -> None:
    key = f"{holder.name}:act"
    with st.container(horizontal=True, gap="small"):
        if isinstance(part, Joined):
            st.button("Add a part", key=key + ":add", on_click=holder.open, args=(None, (path, "all")))
        else:
            st.button("And …", key=key + ":and", help="Another one has to hold as well", on_click=holder.open, args=(None, (path, "all")))
            st.button("Or …", key=key + ":or", help="Another one is enough as well", on_click=holder.open, args=(None, (path, "any")))
        st.button("The opposite", key=key + ":not", on_click=_turn_round, args=(holder, tree, path))
        st.button("Remove", key=key + ":remove", on_click=_take_out, args=(holder, tree, path))


def _turn_round(holder: Holder, tree: Part, path: Path) -> None:
    if (part := at(tree, path)) is not None:
        holder.keep(replaced(tree, path, opposite(part)), "condition turned into its opposite")


def _take_out(holder: Holder, tree: Part, path: Path) -> None:
    holder.keep(replaced(tree, path, None), "part of the condition removed" if path else "condition removed")


def _more(holder: Holder, tree: Part, adding: Adding | None, form: Callable[..., None]) -> None:
    if adding is not None:
        with st.container(border=True, gap="small"):
            form(holder, None, adding)
        return
    with st.container(horizontal=True, gap="small"):
        if isinstance(tree, Joined):
            st.button("Add a part", key=holder.name + ":add", icon=":material/add:", on_click=holder.open, args=(None, ((), "all")))
        else:
            st.button(
                "And …", key=holder.name + ":and", help="Another one has to hold as well", on_click=holder.open, args=(None, ((), "all"))
            )
            st.button("Or …", key=holder.name + ":or", help="Another one is enough as well", on_click=holder.open, args=(None, ((), "any")))
