"""What stands around every page: brand, pages, guideline, link to copy, and the notice that is always in sight."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache, partial
from importlib import resources
from typing import Any, Literal
from urllib.parse import quote

import streamlit as st

from edgewise.explorer.cards.markup import Html, finish, folded, join, page, style, tag
from edgewise.explorer.cards.terms import explained, script
from edgewise.explorer.cards.wording import plain, review_in_words
from edgewise.explorer.drawing.lettering import clean
from edgewise.explorer.environment import GUIDELINE
from edgewise.explorer.shell import location
from edgewise.explorer.shell.attention import attend
from edgewise.explorer.shell.drafted import SHARED, can_be_changed, is_for_review, names_draft
from edgewise.explorer.shell.guidelines import FEW, Opened, called, count, first, names, opened, titles
from edgewise.explorer.shell.location import Location, page_named
from edgewise.explorer.shell.mirror import mirror, moved
from edgewise.explorer.shell.undo import note, undo
from edgewise.explorer.shell.watching import watch
from edgewise.graph.model import Guideline
from edgewise.ontology.errors import EdgewiseError, UnknownName

_ENTITLED = frozenset({"compare", "data", "imaging", "teach"})  # pages with a title in sight
_FRAMED = "framed"
_ALL = "\0all"  # no guideline is called so
_MOST = 6  # problems of one address that are told
_SHEETS = {  # of each page: the browser weighs every rule at every click
    "": ("shell/style.css", "cards/why.css", "handout/patient/summary.css"),
    "imaging": ("shell/style.css",),
    "evidence": ("shell/style.css", "pages/evidence/evidence.css"),
    "audit": ("shell/style.css", "pages/audit/audit.css", "pages/audit/signing.css"),
    "teach": ("shell/style.css", "cards/why.css", "pages/teach/teach.css"),
    "compare": ("shell/style.css", "pages/compare/compare.css"),
    "data": ("shell/style.css", "pages/data/data.css"),
    "library": ("shell/style.css", "pages/library/library.css"),
    "build": ("shell/style.css", "pages/build/build.css"),
}
OVER_ALL = frozenset({"build", "library"})
"""Pages about no guideline in particular: they can be shown where none can be opened."""


@dataclass(frozen=True, slots=True)
class Here:
    """What the address points to, and what in it could not be used."""

    opened: Opened
    location: Location
    problems: tuple[str, ...] = ()

    @property
    def guideline(self) -> Guideline:
        """The guideline that is looked at."""
        return self.opened.guideline


def here() -> Here:
    """Read the address.

    Raises:
        EdgewiseError: no guideline can be opened at all.
    """
    wanted = st.query_params.get("g", "")
    problems: tuple[str, ...] = ()
    known = called(wanted)
    name = known or first()
    if not name:
        raise UnknownName("guideline", wanted, ())
    found = opened(name)
    if wanted and not known:
        told = f"There is no guideline '{location.cut(wanted)}' in this library; this is another one, without the patient of the link."
        problems = (f"{told} “edgewise explore” opens several guidelines by their files or folders.",)
    # What was told in one guideline is nothing that was told in another.
    params = {"page": st.query_params.get("page", "")} if problems else st.query_params
    where, more = location.read(params, name, found.guideline)
    return Here(found, where, (*problems, *more))


def within() -> Here:
    """What the address points to, for a part of the page that is drawn again by itself; all is, where the frame no longer fits."""
    try:
        found = here()
    except EdgewiseError:
        st.rerun()  # the frame tells it
    if st.session_state.get(_FRAMED, framed := _framed(found)) != framed:
        st.rerun()
    finish.set(partial(explained, found.opened.glossary))
    return found


def _framed(view: Here) -> tuple[object, ...]:
    """What the frame depends on."""
    return view.opened, view.location.page, view.problems


def go(where: Location, before: Location | None = None) -> None:
    """Write a location into the address, one step of the browser's history; what it does to the patient can be undone.

    `before` is what the address says now, where it was read just before.
    """
    before = before or here().location
    if where.timeline and where.timeline == before.timeline:  # what has changed meanwhile is told now
        where = replace(where, timeline=where.timeline.heard(before.facts, where.facts))
    note(before, where)
    _write(where)


def take_back() -> None:
    """Undo what was last done to the patient: one step of the browser's history too."""
    _write(undo(here().location))


def _write(where: Location) -> None:
    st.query_params.from_dict(location.params(where))


def page_here() -> str:
    """The page that the address means; a bare one means the library, where there are several guidelines and none was named at the start."""
    if not st.query_params.to_dict() and not os.environ.get(GUIDELINE):
        with suppress(EdgewiseError):
            return "library" if count() > 1 else ""
    return page_named(st.query_params.get("page", ""))


def show(pages: Mapping[str, str]) -> str | None:
    """Draw the frame.

    Args:
        pages: titles by name, that of the first page being empty.

    Returns:
        The name of the page to draw in it; None, with the reason on the page, where there is nothing to frame.
    """
    if (wanted := page_here()) in OVER_ALL:
        return _show_over_all(pages, wanted)
    try:
        view = here()
    except EdgewiseError as error:
        st.html(_style(""))
        refuse(error)
        watch("")
        return None
    finish.set(partial(explained, view.opened.glossary))
    problems, wanted = view.problems, view.location.page
    if wanted not in pages:
        problems = (*problems, f"There is no page '{location.cut(wanted)}'; this is the first one.")
        wanted = ""
    st.session_state[_FRAMED] = _framed(view)
    entitle(view.guideline, pages[wanted])
    attend(wanted, pages[wanted])
    _header(pages, wanted, view)
    _notice(view.opened, "" if wanted in _ENTITLED else pages[wanted])
    watch(view.opened.name)
    complain(problems)
    return wanted


def _show_over_all(pages: Mapping[str, str], wanted: str) -> str:
    """The frame of a page that is about no guideline in particular; the other pages lead back to the one that the address names."""
    try:
        view = here()
    except EdgewiseError:
        view = None
    finish.set(lambda made: made)
    st.session_state.pop(_FRAMED, None)
    st.set_page_config(page_title=f"{pages[wanted]} · Edgewise")
    attend(wanted, pages[wanted])
    _header(pages, wanted, view)
    told = tag("strong", "For education."), " Each guideline bears its own source, date and review status."
    st.html(page(tag("div", tag("p", *told), cls="ew-notice", role="note")))
    return wanted


def entitle(guideline: Guideline, *names: str) -> None:
    """Name the browser's tab, and the entry in its history: what it shows first, then the guideline."""
    st.set_page_config(page_title=" · ".join((*names, clean(guideline.title), "Edgewise")))


def complain(problems: Sequence[str]) -> None:
    """What in the address could not be used, in one box."""
    if problems:
        more = [f"… and {len(problems) - _MOST} more."] if len(problems) > _MOST else []
        st.warning("  \n".join(plain(problem) for problem in (*problems[:_MOST], *more)), icon=":material/link_off:")


def refuse(error: EdgewiseError) -> None:
    """Say why a guideline cannot be shown, every problem with its line."""
    st.error("This guideline cannot be shown.", icon=":material/error:")
    st.html(page(tag("ul", *(tag("li", line) for line in str(error).splitlines()[:50]), cls="ew-list")))


@cache
def _style(page: str) -> Html:
    """The style sheets of a page, in one element."""
    sheets = (resources.files("edgewise.explorer").joinpath(name).read_text(encoding="utf-8") for name in _SHEETS[page])
    return Html("<style>" + "\n".join((style(), *sheets)) + "</style>")


def _header(pages: Mapping[str, str], current: str, view: Here | None) -> None:
    """Brand, pages, guideline and link; in few pieces, since each one costs time at every click."""
    several = view is not None and current not in OVER_ALL and _several()
    with st.container(key="ew-top", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(join([_style(current), page(tag("span", "Edgewise", cls="ew-brand"))]), width="content")
        with st.container(key="ew-pages", horizontal=True, gap="small", width="content"):
            for name, title in pages.items():
                if name != current and not (name in OVER_ALL if view is None else _has(name, view.guideline)):
                    continue
                kind: Literal["secondary", "tertiary"] = "secondary" if name == current else "tertiary"
                st.button(title, key=f"page:{name}", type=kind, on_click=_turn, args=(name,))
        if several and view:
            _choose(view)
        alone = view is not None and not several and current not in OVER_ALL
        told = {"title": clean(view.guideline.title) if view and alone else "", "guideline": view.opened.name if view else ""}
        told["said"] = "Copied: it can change the draft" if can_be_changed(st.query_params.get("g", "")) else "Copied"
        _copy_link()(key="copy-link", data=told, width="content", on_turned_change=_redrawn)


def _has(page: str, guideline: Guideline) -> bool:
    """Whether a guideline has anything for a page; who comes to one that it has nothing for is told there what to write."""
    return page != "imaging" or bool(guideline.ratings)


def _turn(name: str) -> None:
    """To another page of the same guideline, with the same facts; from one that is about none, to that which was looked at before."""
    try:
        go(replace(here().location, selected="", page=name))
    except EdgewiseError:
        named = {key: st.query_params[key] for key in ("g",) if key in st.query_params}
        st.query_params.from_dict({"page": name, **named})


def _several() -> bool:
    try:
        return count() > 1
    except EdgewiseError:
        return False


def _choose(view: Here) -> None:
    """A choice of guidelines: all where they are few, else the way to the library."""
    told = titles(dict.fromkeys((*names(), view.opened.name))) | {_ALL: _all_told()}
    mirror("guideline", view.opened.name)
    st.selectbox(
        "Guideline", list(told), key="guideline", format_func=told.__getitem__, label_visibility="collapsed", on_change=_open_chosen
    )


def _all_told() -> str:
    return "All guidelines…" if (held := count()) <= FEW else f"All {held} guidelines…"


def _open_chosen() -> None:
    """Another guideline on the same page, without anything that was told in this one."""
    if moved("guideline"):
        name, page = st.session_state["guideline"], here().location.page
        if name == _ALL:
            _turn("library")
            return
        go(Location(name, page=page if _holds(name, page) else ""))


def _holds(name: str, page: str) -> bool:
    try:
        return _has(page, opened(name).guideline)
    except (EdgewiseError, OSError):  # the page says what is wrong with it
        return True


def _redrawn() -> None:
    """The page has turned light or dark: it is drawn again, and `st.context.theme` says in which."""


@cache
def _copy_link() -> Any:
    source = resources.files("edgewise.explorer.shell")
    icon = quote(resources.files("edgewise.explorer").joinpath("icon.svg").read_text(encoding="utf-8"))
    return st.components.v2.component(
        "edgewise_copy_link",
        html=source.joinpath("copy_link.html").read_text(encoding="utf-8"),
        css=source.joinpath("copy_link.css").read_text(encoding="utf-8"),
        js=script() + source.joinpath("copy_link.js").read_text(encoding="utf-8").replace("ICON.SVG", icon),
    )


def _notice(opened: Opened, title: str) -> None:
    """The notice; below it, for those who cannot see the page that is marked above, its title."""
    told = folded(tag("span", *_drafted(opened.name), *_told(opened.guideline)), tag("p", opened.guideline.disclaimer))
    heading = [tag("h1", title, cls="ew-unseen")] if title else []
    st.html(page(tag("div", told, cls="ew-notice", role="note"), *heading, opened.explanations))


def _drafted(name: str) -> Iterable[str]:
    """Of a guideline that is being built, that it is a draft."""
    if names_draft(name):
        yield tag("strong", SHARED if is_for_review(name) else "Draft.")
        yield " "


def _told(guideline: Guideline) -> Iterable[str]:
    yield tag("strong", f"For {guideline.purpose}.")
    yield f" {guideline.publisher}, updated {guideline.updated}, {review_in_words(guideline.review_status)}. "
    yield tag("span", "Paraphrased; what is not the source's own is marked.", cls="ew-more")
