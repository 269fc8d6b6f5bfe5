"""`edgewise article`: what is read of an article's citation links, and the skeleton of a guideline made from it."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING, Annotated

import typer

from edgewise.explorer.cards.numbers import many
from edgewise.explorer.cli.delivery import STDOUT, deliver, deliver_json, deliver_lines
from edgewise.explorer.cli.exits import CLEAN, Refused
from edgewise.explorer.cli.options import AsJson, Encoding, Output

if TYPE_CHECKING:
    from edgewise.citations.reading.model import Abstention, Article, PrintedMarker


class ArticleStyle(StrEnum):
    """How an article may print its markers, as `edgewise.citations.reading.marker_styles` tells apart."""

    bracket = "bracket"
    superscript = "superscript"
    parenthesis = "parenthesis"
    bare = "bare"
    author_year = "author-year"
    tagged = "tagged"


class ArticleFormat(StrEnum):
    """The formats that `edgewise.citations.reading.article` reads."""

    text = "text"
    markdown = "markdown"
    html = "html"
    jats = "jats"
    docx = "docx"
    pdf = "pdf"


_STYLES = {"author-year": "by author and year (their numbers are places in the list)"}
_DOUBTS = {
    "figure": "marker or figure? Look at the article",
    "which": "which entry is cited?",
    "lacking": "cited, but not in the list",
}


def article(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE", help="The article: .txt, .md, .html, JATS .xml, .docx or .pdf; nothing of it is kept.", show_default=False
        ),
    ],
    style: Annotated[
        ArticleStyle | None, typer.Option("--style", help="How its markers are printed; found out if left out.", show_default=False)
    ] = None,
    format: Annotated[
        ArticleFormat | None, typer.Option("--format", help="The file's format; its ending tells if left out.", show_default=False)
    ] = None,
    draft: Annotated[bool, typer.Option("--draft", help="Write the skeleton of a guideline.yaml instead.")] = False,
    line: Annotated[
        list[int] | None,
        typer.Option(
            "--line",
            metavar="N",
            help="Print place and fingerprint of what begins on this line; may be repeated.",
            show_default=False,
            min=1,
        ),
    ] = None,
    encoding: Encoding = None,
    as_json: AsJson = False,
    output: Output = None,
) -> int:
    """Show what Edgewise reads of an article: its citation markers, its reference list, and where it does not decide.

    Numbers that could be a marker as well as a figure of the prose are listed, not guessed at. With --draft: the skeleton of
    a guideline, with places, fingerprints, markers and references filled in, and the words left to you. With --line: place
    and fingerprint of any line, such as a heading, that bears no marker. No sentence of the article is printed or written.

    Examples:
      edgewise article article.txt
      edgewise article article.xml --json
      edgewise article article.txt --draft --output my-guideline/guideline.yaml
      edgewise article article.txt --line 7 --line 20
    """
    from edgewise.citations.reading.article import draft as skeleton
    from edgewise.citations.reading.article import payload, read_article

    if draft and as_json:
        raise Refused("a draft is YAML; leave out either --draft or --json")
    if line and (draft or as_json):
        raise Refused("--line prints places and fingerprints as YAML; leave out --draft and --json")
    if draft and output and str(output) != STDOUT and output.is_file():
        raise Refused(f"{output} exists, and somebody may have worked on it; name another file, or move this one away")
    read = read_article(file, format=format.value if format else None, style=style.value if style else None, encoding=encoding or "")
    if line:
        deliver_lines(_passages(read, line), output, reads=(file,))
    elif draft:
        deliver(skeleton(read), output, reads=(file,))
    elif as_json:
        deliver_json(payload(read), output, reads=(file,))
    else:
        deliver_lines(_report(read), output, reads=(file,))
    return CLEAN


def _passages(read: Article, lines: list[int]) -> list[str]:
    from edgewise.citations.reading.article import passages

    found = list(passages(read, lines))
    if empty := [line for line in lines if f"# line {line}" not in found]:
        which = f"line {empty[0]}" if len(empty) == 1 else f"lines {', '.join(map(str, empty))}"
        raise Refused(f"no sentence, bullet or heading of {read.name} begins on {which}; count the lines of the file from 1")
    return found


def _report(read: Article) -> list[str]:
    numbers = sum(len(marker.numbers) for marker in read.markers)
    return [
        f"{read.name}: {read.format}, markers {_STYLES.get(read.style, read.style)}",
        f"{many(len(read.markers), 'group')} of markers with {many(numbers, 'citation')}, "
        f"{many(len(read.references), 'entry', 'entries')} in the reference list, {len(read.abstentions)} not decided",
        *_markers(read),
        *_references(read),
        *_abstentions(read),
        *_links(read),
    ]


def _markers(read: Article) -> Iterator[str]:
    yield from ("", "Markers") if read.markers else ()
    for section, markers in groupby(read.markers, key=lambda marker: marker.section):
        yield f"  {section or '(before the first heading)'}"
        yield from (f"    {_marker(marker, named=read.style == 'author-year')}" for marker in markers)


def _marker(marker: PrintedMarker, *, named: bool) -> str:
    printed = f" {marker.raw.strip()}" if named else ""
    return f"{_line(marker.line)}sentence {marker.sentence}:{printed} {', '.join(map(str, marker.numbers))}"


def _line(line: int) -> str:
    """A line of the file; formats such as DOCX have none."""
    return f"line {line}, " if line else ""


def _references(read: Article) -> Iterator[str]:
    yield from ("", "Reference list") if read.references else ("", "Reference list: none found")
    for entry in read.references:
        known = ", ".join(f"{scheme} {value}" for scheme, value in (("doi", entry.doi), ("pmid", entry.pmid)) if value)
        counted = "" if entry.printed else " (counted, not printed)"
        several = f" ({1 + len(entry.further)} works)" if entry.further else ""
        yield f"  {entry.number}.{counted}{several} {entry.raw}{f' [{known}]' if known else ''}"


def _abstentions(read: Article) -> Iterator[str]:
    for kind, heading in _DOUBTS.items():
        held = [one for one in read.abstentions if one.kind == kind]
        shown = "citation, or a name beside a year?" if kind == "figure" and read.style == "author-year" else heading
        yield from ("", f"Not decided: {shown}") if held else ()
        yield from (f"  {_line(one.line)}{_where(one)}sentence {one.sentence}: {one.raw} ({one.why})" for one in held)


def _where(one: Abstention) -> str:
    return f"{one.section}, " if one.section else ""


def _links(read: Article) -> Iterator[str]:
    yield from ("", "Links that are broken") if read.link_faults else ()
    yield from (f"  {_line(one.line)}{one.raw} {one.why}" for one in read.link_faults)
