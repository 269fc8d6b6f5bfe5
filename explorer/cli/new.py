"""`edgewise new`: a guideline begun, as a draft that can be opened at once."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from edgewise.explorer.cards.numbers import many
from edgewise.explorer.cli.exits import CLEAN, Refused
from edgewise.explorer.cli.options import AsJson
from edgewise.explorer.cli.skeleton import ASKED, filled, skeleton, slug
from edgewise.explorer.cli.terminal import show, show_json
from edgewise.ontology.errors import SourceError

FILE = "guideline.yaml"
_QUESTIONS = {
    "title": "Title of the guideline",
    "question": "The clinical question that it answers",
    "publisher": "Its publisher",
    "updated": "Its date (year-month-day)",
    "audience": "Whom it addresses",
}


@dataclass(frozen=True, slots=True)
class Begun:
    """What was written: the file, and how much in it is still to do."""

    file: Path
    id: str
    article: str
    to_do: int

    @property
    def next(self) -> list[str]:
        """The commands that lead on."""
        folder = shlex.quote(f"{self.file.parent}/")
        audit = [f"edgewise audit {folder} --article {shlex.quote(self.article)}"] if self.article else []
        return [f"edgewise check {folder} --watch", f"edgewise explore {folder} --watch", f"edgewise gaps {folder}", *audit]


def new(
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="DIR", help="Folder to make or to use; one called like the id if left out.", show_default=False),
    ] = None,
    article: Annotated[
        str | None,
        typer.Option(
            "--article",
            metavar="FILE",
            help="Begin with its markers, references and places; no sentence of it is kept.",
            show_default=False,
        ),
    ] = None,
    id: Annotated[
        str | None, typer.Option("--id", metavar="ID", help="The guideline's id; made of folder or title if left out.", show_default=False)
    ] = None,
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="Its title.", show_default=False)] = None,
    question: Annotated[str | None, typer.Option("--question", metavar="TEXT", help="The clinical question.", show_default=False)] = None,
    publisher: Annotated[str | None, typer.Option("--publisher", metavar="TEXT", help="Who publishes it.", show_default=False)] = None,
    updated: Annotated[str | None, typer.Option("--updated", metavar="DATE", help="Its date: year-month-day.", show_default=False)] = None,
    audience: Annotated[str | None, typer.Option("--audience", metavar="TEXT", help="Whom it addresses.", show_default=False)] = None,
    no_input: Annotated[bool, typer.Option("--no-input", help="Ask nothing; what is not given is left to do.")] = False,
    open_it: Annotated[bool, typer.Option("--open", help="Open it on the Build page afterwards.")] = False,
    as_json: AsJson = False,
) -> int:
    """Begin a guideline: a folder with a guideline.yaml that can be opened, walked and audited while it is being written.

    On a terminal the head of it is asked for; Enter leaves a question to do. With an article, its sentences with markers, the markers
    and the list of references are there, with places and fingerprints; the words are yours. Nothing that exists is written over.

    Examples:
      edgewise new
      edgewise new sore-throat/ --title "A sore throat" --no-input
      edgewise new sore-throat/ --article article.txt --open
    """
    given = {"title": title, "question": question, "publisher": publisher, "updated": updated, "audience": audience}
    asks = not no_input and not as_json and sys.stdin.isatty()
    head = {key: _asked(key, given[key], asks) for key in ASKED}
    name = _id(id, folder, head["title"], article)
    file = (folder or Path(name)) / FILE
    if file.exists():
        raise Refused(f"{file} exists, and somebody may have worked on it; name another folder, or move it away")
    begun = Begun(file, name, article or "", _write(file, _text(name, head, article)))
    if as_json:
        show_json({"file": str(file), "id": name, "to_do": begun.to_do, "next": begun.next})
    else:
        show(_told(begun))
    if open_it:
        _open(file)
    return CLEAN


def _asked(key: str, given: str | None, asks: bool) -> str:
    if given is None and asks:
        given = typer.prompt(_QUESTIONS[key], default="", show_default=False, err=True)
    return " ".join("".join(c if c.isprintable() else " " for c in given or "").split())


def _id(given: str | None, folder: Path | None, title: str, article: str | None) -> str:
    found = given or slug(folder.resolve().name if folder else "") or slug(title) or slug(Path(article).stem if article else "")
    if not found:
        raise Refused("the guideline needs a name; give DIR, --id or --title")
    return found


def _text(id: str, head: dict[str, str], article: str | None) -> str:
    """The file, laid out as `fmt` does."""
    from edgewise.graph.formatting.formatted import formatted

    if not article:
        return formatted(skeleton(id, head), FILE)
    from edgewise.citations.reading.article import draft, read_article

    return formatted(filled(draft(read_article(article), id=id), head), FILE)


def _write(file: Path, text: str) -> int:
    """Write what is sound but for what is still to do, of which it tells how much.

    Raises:
        SourceError: what was given makes no guideline; nothing is written then.
    """
    from edgewise.graph.reading.judging import findings_of
    from edgewise.graph.writing.export import write

    findings, _ = findings_of(text.encode("utf-8"), "yaml")
    if wrong := [finding for finding in findings if finding.severity == "error"]:
        raise SourceError(wrong)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(f"the folder {file.parent} cannot be made: {error.strerror}; name another one") from None
    write(file, text)
    return len(findings)


def _told(begun: Begun) -> Iterator[str]:
    yield f"{begun.file} is written, with {many(begun.to_do, 'thing')} to do. What to do next:"
    yield ""
    yield from (f"  {command}" for command in begun.next)
    yield ""
    yield "docs/authoring.md leads through it; `edgewise schema` lets an editor complete and explain the keys."


def _open(file: Path) -> None:
    """The Build page with a draft of the file, which *Save* writes back into it."""
    from edgewise.explorer.cli import launch
    from edgewise.explorer.cli.intake import address
    from edgewise.explorer.shell import drafted
    from edgewise.graph.drafting.saving import opened

    found = opened(file)
    draft = drafted.drafts().create(found.text, found.origin, file.parent.name, cases=found.cases, said="Begun by edgewise new")
    host = "127.0.0.1"
    launch.serve(address(str(file)), host, launch.free_port(host), browser=True, query=f"?page=build&g={drafted.name_of(draft.id)}")
