"""An article like the first guideline's, in no words but ours: the same sections, places, markers and list, to read and to audit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from edgewise.citations.reading.fingerprint import fingerprint
from edgewise.graph.model import Guideline, Statement

_IN_A_ROW = 5  # words; eight would be taken for the source's own text, which has to stay out of a guideline


def sentence(statement: Statement) -> str:
    """One sentence made of a statement's words, a few at a time and the last first."""
    text = re.sub(r"\bby (\d+)\b(?! weeks)", r"by \1 weeks", statement.text)
    for apart, together in ((r"(\d) of (\d)", r"\1/\2"), (r"(\d) %", r"\1%"), (r"(\d) (months|weeks)", r"\1-\2")):
        text = re.sub(apart, together, text)  # a figure away from its unit could be a marker
    words = re.sub(r"[.;:,](?!\d)", "", text).split()
    turned = [word for start in reversed(range(0, len(words), _IN_A_ROW)) for word in words[start : start + _IN_A_ROW]]
    return "So " + " ".join([*turned, "here."])


def article(guideline: Guideline) -> str:
    """The article: lines above it, headings, sentences and bullets with bare markers behind them, and a list without numbers."""
    parts = [*(sentence(one) for one in guideline.headings.values() if one.place.part != "heading"), guideline.title]
    for section, members in groupby(guideline.statements.values(), key=lambda one: one.place.section):
        parts += [] if section == "summary" else [_heading(guideline, section)]
        parts += _body(guideline, list(members))
    return "\n\n".join([*parts, "References", *_entries(guideline)]) + "\n"


def retold(guideline: Guideline) -> Guideline:
    """The guideline with the fingerprints of that article."""
    statements = {id: replace(one, fingerprint=fingerprint(sentence(one))) for id, one in guideline.statements.items()}
    headings = {id: replace(one, fingerprint=fingerprint(_line(guideline, one))) for id, one in guideline.headings.items()}
    return replace(guideline, statements=statements, headings=headings)


def _line(guideline: Guideline, passage: Statement) -> str:
    """What bears no marker: a heading, or a line beside the running text."""
    return _heading(guideline, passage.place.section) if passage.place.part == "heading" else sentence(passage)


def _heading(guideline: Guideline, section: str) -> str:
    return f"Part on {section.title()}"


def _body(guideline: Guideline, members: list[Statement]) -> Iterator[str]:
    """Sentences of one paragraph, or bullets, run by run; criteria stand below a heading of their own."""
    printed = {marker.id: marker.printed for marker in guideline.markers.values()}
    for part, run in groupby(members, key=lambda one: one.place.part):
        if part == "criterion":
            yield _heading(guideline, f"{members[0].place.section} criteria")
        by_place: dict[int, list[str]] = {}
        for one in run:
            cited = ", ".join(printed[citation.marker] for citation in one.citations)
            by_place.setdefault(one.place.ordinal if part in ("bullet", "criterion") else 0, []).append(f"{sentence(one)} {cited}")
        yield "\n".join(("  • " if part in ("bullet", "criterion") else "") + " ".join(said) for said in by_place.values())


def _entries(guideline: Guideline) -> Iterator[str]:
    for reference in guideline.references.values():
        yield f"{reference.printed_kind.title()}\n\n{reference.title}.\n\n{reference.container or reference.author}, {reference.year}"
