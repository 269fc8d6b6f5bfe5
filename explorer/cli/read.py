"""`edgewise read`: a text of a cited work read beside the statement that cites it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from edgewise.explorer.cli.exits import CLEAN, Refused
from edgewise.explorer.cli.options import AsJson, GuidelineName
from edgewise.explorer.cli.terminal import complain, show, show_json
from edgewise.explorer.environment import MAILTO

if TYPE_CHECKING:  # help needs none of it
    from edgewise.citations.ledger.fingerprints import CitationLink
    from edgewise.citations.passages.texts import CitedText
    from edgewise.graph.model import Guideline, Reference


def read(
    guideline: GuidelineName,
    citation: Annotated[
        str,
        typer.Argument(
            metavar="CITATION", help="Id of a citation, such as s1/citations/2, or of the statement that cites.", show_default=False
        ),
    ],
    reference: Annotated[
        str | None,
        typer.Argument(metavar="[REFERENCE]", help="Id of the reference, where the statement cites several.", show_default=False),
    ] = None,
    text: Annotated[
        Path | None,
        typer.Option(
            "--text",
            metavar="FILE",
            help="Read this text of the cited work, in any format of `edgewise article`, instead of its abstract.",
            show_default=False,
        ),
    ] = None,
    most: Annotated[int, typer.Option("--most", metavar="N", help="How many of the nearest sentences are shown.", min=1, max=20)] = 5,
    offline: Annotated[bool, typer.Option("--offline", help="Send nothing; take the abstract that an earlier look-up kept.")] = False,
    mailto: Annotated[
        str,
        typer.Option(metavar="ADDRESS", envvar=MAILTO, help="Your mail address, sent along: registries ask for it.", show_default=False),
    ] = "",
    as_json: AsJson = False,
) -> int:
    """Read a cited text beside the statement: its nearest sentences, and which figures and words of the statement stand in it.

    The text is the abstract, asked for at PubMed and then at Crossref, which is said before it is sent; or a file of yours,
    and then nothing is sent. Figures, units, directions (more, less, better, worse, no difference), people and conditions of
    the statement are marked found or not found, with the sentences. "7 of 10" is met by "70 %"; a unit becomes another only where
    that is exact. No verdict is given: that is what `edgewise sign` is for, which keeps what was read with --read.

    Examples:
      edgewise read sacroiliac-sclerosis s1/citations/1 --text lee-2020.pdf
      edgewise read sacroiliac-sclerosis s24 reference-4 --offline
      edgewise read my-guideline/ s3/citations/2 --mailto editor@example.org --json
    """
    from edgewise.citations.passages.comparison import compare
    from edgewise.explorer.cards.cited_text import lines, payload
    from edgewise.explorer.cli.cited_texts import loaded_text
    from edgewise.explorer.cli.intake import load

    loaded = load(guideline).guideline
    link = _link(loaded, citation, reference)
    cited = loaded_text(text) if text else _abstract(link, offline=offline, mailto=mailto)
    found = compare(link.statement.text, cited, most)
    if as_json:
        entry = link.reference.id if link.reference else None
        head = {"guideline": loaded.id, "citation": link.citation.id, "statement": link.statement.text, "reference": entry}
        show_json({**head, **payload(found)})
    else:
        show([f"{link.citation.id}, marker {link.marker.printed}{_cited(link)}", f"  {link.statement.text}", "", *lines(found)])
    return CLEAN


def _cited(link: CitationLink) -> str:
    return f": [{link.reference.position}] {link.reference.title}" if link.reference else ""


def _link(guideline: Guideline, name: str, reference: str | None) -> CitationLink:
    """The citation that is meant; of a statement the only one, or the one to the reference named."""
    from edgewise.citations.ledger.fingerprints import find_link, links

    if name not in guideline.statements:
        if reference is not None:
            raise Refused(f"{name} is no statement; name a citation alone, or a statement and a reference")
        return find_link(guideline, name)
    of_it = [link for link in links(guideline).values() if link.statement.id == name]
    fitting = [link for link in of_it if reference is None or (link.reference and link.reference.id == reference)]
    if len(fitting) == 1:
        return fitting[0]
    known = ", ".join(f"{link.citation.id} ({link.reference.id if link.reference else 'no entry'})" for link in of_it) or "nothing"
    raise Refused(f"{name} cites {known}; name one of them")


def _abstract(link: CitationLink, *, offline: bool, mailto: str) -> CitedText:
    """The abstract, after saying what is sent."""
    from edgewise.explorer.cli.cited_texts import abstract_text

    if link.reference is None:
        raise Refused(f"marker {link.marker.printed} points to no entry of the reference list; give a text with --text")
    _notice(link.reference, offline=offline)
    found, why = abstract_text(link.reference, offline=offline, mailto=mailto)
    if found is None:
        raise Refused(f"there is no abstract to read: {'; '.join(why)}; give a text with --text")
    for line in why:
        complain(line)
    return found


def _notice(reference: Reference, *, offline: bool) -> None:
    from edgewise.citations.lookup.abstracts import sent_for

    if offline:
        complain("Offline: nothing is sent. An abstract is taken from the answers that earlier look-ups kept.")
        return
    complain("Sends to PubMed, and then to Crossref, what these addresses hold, and asks for the abstract of what is found")
    complain("(Crossref also which works update it).")
    for address in sent_for(reference):
        complain(f"  {reference.id}: {address}")
