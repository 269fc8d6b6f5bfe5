"""The right side for manuscripts: a finding with its sentence or entry, what came of a file and what was not checked, and the way on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import streamlit as st

from edgewise.citations.audit.engine import Unchecked
from edgewise.citations.audit.manuscripts.excerpts import Excerpt, excerpts
from edgewise.citations.audit.manuscripts.given import Given
from edgewise.citations.audit.manuscripts.judging import Judged
from edgewise.citations.audit.manuscripts.reports import together
from edgewise.citations.audit.reports import summary
from edgewise.citations.audit.rules import RULES
from edgewise.explorer.cards import markup
from edgewise.explorer.cards.markup import Html, chip, folded, join, section, tag
from edgewise.explorer.cards.numbers import many
from edgewise.explorer.pages.audit import finding_panel
from edgewise.explorer.pages.audit.address import SEVERITIES, hush, say
from edgewise.explorer.shell import new_drafts
from edgewise.ontology.errors import EdgewiseError
from edgewise.ontology.findings import Finding

MOST = 6
"""Sentences and entries of one finding in sight; the others are folded away."""
_LOOKED_FOR = (
    "markers that point to no entry, and entries that no marker points to",
    "numbers twice, left out, or out of order; links that lead nowhere, in JATS, Word, PDF and web pages",
    "entries that lack author, title, journal or identifier, or are there twice",
    "DOIs, PMIDs, ISBNs, dates and pages that cannot be",
    "once looked up: works that were retracted, corrected or superseded",
)
_NOT_ASKED = "nothing was looked up"
_MARKER = re.compile(r"marker-(\d+)$")


def promise() -> None:
    """Say what will be looked for, before anything was given."""
    told = "No guideline is made of it, and nothing is looked up unless you ask."
    parts = (
        tag("h2", "What is looked for"),
        tag("ul", *(tag("li", one) for one in _LOOKED_FOR), cls="ew-list"),
        tag("p", told, cls="ew-quiet"),
    )
    st.html(markup.page(*parts, key="overview"))


# ---- one finding -------------------------------------------------------------------------------------------------------


def finding(given: Given, found: Finding) -> None:
    """Show one finding and its place in the manuscript."""
    finding_panel.way_back()
    st.html(markup.page(*finding_panel.head(found), _places(given, found), *finding_panel.reasons(found), key="picked"))


def _places(given: Given, found: Finding) -> Html:
    shown = excerpts(given, found)
    where = f"line {found.line}" if found.line else ""
    if not shown:
        return section(
            "In the manuscript", tag("p", f"Nothing in the text shows it{f'; it is about {where}' if where else ''}.", cls="ew-quiet")
        )
    numbers = {int(match[1]) for iri in (found.subject, *found.related) if (match := _MARKER.search(iri))}
    counted = unit(given)
    cards = [_card(one, found, numbers, counted) for one in shown]
    rest = [folded(f"{len(cards) - MOST} more", *cards[MOST:])] if cards[MOST:] else []
    return section("In the manuscript", *cards[:MOST], *rest)


def unit(given: Given) -> str:
    """What an editor counts in such a file."""
    article = given.manuscript.article if given.manuscript else None
    return "paragraph" if article and article.format == "docx" else "line"


def _card(one: Excerpt, found: Finding, numbers: set[int], counted: str) -> Html:
    where = [f"{counted} {one.line}"] if one.line else []
    text = _marked(one.text, found)
    if one.kind != "sentence":
        number = [tag("span", f"[{one.numbers[0]}]", cls="ew-marker"), " "] if one.numbers else []
        quoted = tag("p", *number, text, cls="ew-quoted")
        return tag("figure", quoted, tag("figcaption", " · ".join(["Reference list", *where]), cls="ew-quiet"), cls="ew-card ew-excerpt")
    beside = [[tag("p", told, cls="ew-quiet")] if told else [] for told in (one.before, one.after)]
    quoted = tag("p", text, *_cited(one.numbers, numbers), cls="ew-quoted")
    caption = " · ".join([*([f"“{one.section}”"] if one.section else []), *where])
    return tag("figure", *beside[0], quoted, *beside[1], tag("figcaption", caption, cls="ew-quiet"), cls="ew-card ew-excerpt")


def _cited(numbers: Sequence[int], meant: set[int]) -> Iterator[Html]:
    """The numbers that a sentence cites, those that are meant marked."""
    if numbers:
        told = (tag("mark", str(number)) if number in meant else str(number) for number in numbers)
        yield tag("sup", "[", join(told, ", "), "]")


def _marked(text: str, found: Finding) -> Html:
    """A text with what the finding quotes marked in it."""
    if not found.value or f"'{found.value}'" not in found.message or found.value not in text:
        return join([text])
    before, _, after = text.partition(found.value)
    return join([before, tag("mark", found.value), after])


# ---- a file, or all ----------------------------------------------------------------------------------------------------


def of_one(given: Given, told: Judged) -> None:
    """What came of one file: what was read, what was found and not checked, and the way on."""
    if told.report is None:
        parts = [
            tag("p", tag("strong", finding_panel.sentence(one.message)), " ", finding_panel.sentence(one.repair)) for one in told.refused
        ]
        st.html(markup.page(tag("h2", "This file cannot be read"), *parts, key="overview"))
        return
    report = told.report
    checked = f"{len(report.checked)} of {len(RULES)} rules were checked."
    choose = "Choose a finding to see its place in the manuscript, why it matters, and how to mend it."
    st.html(
        markup.page(
            tag("h2", summary(report).capitalize()),
            tag("p", *_read(given), checked, cls="ew-lede"),
            tag("p", choose) if report.findings else Html(""),
            key="overview",
        )
    )
    article = given.manuscript.article if given.manuscript else None
    if article:
        st.button("Build a guideline from it", key="manuscript-build", icon=":material/construction:", on_click=_build, args=(given,))
    st.html(markup.page(section("Not checked", *finding_panel.unchecked(_of_file(report.unchecked, told.file), remedy=_remedy))))


def _of_file(some: Iterable[Unchecked], file: str) -> list[Unchecked]:
    """What was not checked of the one file that is looked at, whose name need not be said; what is no matter of the file comes last."""
    mine = [replace(one, why=one.why.removeprefix(f"{file}: ")) for one in some]
    return sorted(mine, key=lambda one: len(one.rules))


def _remedy(why: str) -> Html:
    return tag("span", "Ask under “Look up”; nothing is sent before.", cls="ew-quiet") if why == _NOT_ASKED else Html("")


def _read(given: Given) -> Iterator[str]:
    """What the reader found, so that an editor sees whether it was read as it was meant."""
    if given.manuscript is None:
        return
    article, count = given.manuscript.article, len(given.manuscript.guideline.references)
    if article is None:
        yield f"Read: {many(count, 'entry', 'entries')}. "
        return
    named = len({number for marker in article.markers for number in marker.numbers})
    markers = (
        f"{many(len(article.markers), 'marker')} that {'names' if len(article.markers) == 1 else 'name'} {many(named, 'entry', 'entries')}"
    )
    yield f"Read: {markers if article.markers else 'no markers'}; {f'{count} in the list' if count else 'no reference list'}"
    yield f"; {many(len(article.abstentions), 'place')} in doubt. " if article.abstentions else ". "


def _build(given: Given) -> None:
    """The article as the beginning of a draft; the Build page keeps its sentences in the session too."""
    hush()
    article = given.manuscript.article if given.manuscript else None
    if article is None:
        return
    try:
        made = new_drafts.of_article(article, given.name)
    except EdgewiseError as error:
        say(f"A guideline cannot be begun with it: {error}", done=False)
        return
    st.query_params.from_dict({"page": "build", "g": made})


def of_all(told: Sequence[Judged]) -> None:
    """What came of several files together."""
    report = together(told)
    refused = [one for held in told for one in held.refused]
    clean = sum(1 for one in told if one.report and not one.report.findings)
    about = f"In {many(len(told), 'file')}, {clean} of them without any finding. Choose a file to work through it."
    parts = [
        tag("h2", summary(report).capitalize()),
        tag("p", about, cls="ew-lede"),
        section("Cannot be read", *_refusals(refused)),
        section("The gravest first", *_by_rule(report.findings)),
        section("Not checked", *_unchecked(report.unchecked, [one.file for one in told])),
    ]
    st.html(markup.page(*parts, key="overview"))


def _unchecked(some: Sequence[Unchecked], files: Sequence[str]) -> Iterator[Html]:
    """What was not checked in any file; then, folded, what was not in single ones."""
    single = [(file, one) for one in some for file in files if one.why.startswith(f"{file}: ")]
    ours = [one for one in some if one not in [held for _, held in single]]
    yield from finding_panel.unchecked(sorted(ours, key=lambda one: len(one.rules)))
    if single:
        lines = (
            tag("li", tag("strong", file), f": {one.why.removeprefix(f'{file}: ')} ", tag("span", ", ".join(one.rules), cls="ew-quiet"))
            for file, one in single
        )
        yield folded(f"Not checked in single files ({len(single)})", tag("ul", *lines, cls="ew-list"))


def _refusals(refused: Iterable[Finding]) -> Iterator[Html]:
    lines = [
        tag("li", tag("strong", one.file), f" {finding_panel.sentence(one.message)} {finding_panel.sentence(one.repair)}")
        for one in refused
    ]
    if lines:
        yield tag("ul", *lines, cls="ew-list")


def _by_rule(findings: Iterable[Finding]) -> Iterator[Html]:
    """Rules with the number of files in which they found something, the gravest first, then the most frequent."""
    files: dict[str, set[str]] = {}
    grave: dict[str, int] = {}
    for one in findings:
        files.setdefault(one.rule, set()).add(one.file)
        grave[one.rule] = min(grave.get(one.rule, len(SEVERITIES)), list(SEVERITIES).index(one.severity))
    lines = []
    for id in sorted(files, key=lambda id: (grave[id], -len(files[id]), id)):
        title, sign, tone = SEVERITIES[list(SEVERITIES)[grave[id]]]
        told = f" {finding_panel.named_rule(id)}: {many(len(files[id]), 'file')}"
        lines.append(tag("li", chip(title.removesuffix("s"), tone, sign=sign), " ", tag("strong", id), told))
    if lines:
        yield tag("ul", *lines[:MOST], cls="ew-list ew-graded")
    if lines[MOST:]:
        yield folded(f"{many(len(lines) - MOST, 'more rule')}", tag("ul", *lines[MOST:], cls="ew-list ew-graded"))
