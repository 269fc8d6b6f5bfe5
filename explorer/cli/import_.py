"""`edgewise import`: somebody else's algorithm as a guideline, and by name what of it could not be read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from edgewise.explorer.cards.numbers import many
from edgewise.explorer.cli.delivery import STDOUT, deliver
from edgewise.explorer.cli.exits import CLEAN, FINDINGS, Refused
from edgewise.explorer.cli.options import AsJson
from edgewise.explorer.cli.terminal import complain, show, show_json

if TYPE_CHECKING:
    from edgewise.graph.importing.imported import Imported

GUIDELINE = "guideline.yaml"
_COUNTED = (
    ("steps", "step", "steps"),
    ("transitions", "edge", "edges"),
    ("observables", "question", "questions"),
    ("references", "reference", "references"),
)


def import_(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="DMN, BPMN, a FHIR PlanDefinition, pathway JSON or a Mermaid flowchart; its content tells which.",
            show_default=False,
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="DIR",
            help="Folder for the guideline.yaml, made if it is not there; standard output if left out.",
            show_default=False,
        ),
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Make a guideline of an algorithm that somebody wrote for another tool: steps, edges, conditions, references.

    Nothing is guessed: what could not be read is listed with its line, and stands as a note in the guideline. A condition that could
    not be read becomes a question of its own. What the file backs with no source has no source here either, and the audit says so. The
    guideline is a draft: what the file does not say is still to be written. Exit code 0: all of it was read; 1: not all of it was.

    Examples:
      edgewise import sepsis.dmn --output sepsis
      edgewise import plan-definition.xml
      edgewise import pathway.bpmn --json
    """
    from edgewise.graph.importing.formats import import_file
    from edgewise.graph.importing.writing import as_yaml

    folder = None if output is None or str(output) == STDOUT else output
    target = _target(folder) if folder else None
    imported = import_file(file)
    text = as_yaml(imported, file.name)
    if target and folder:
        _make(folder)
        deliver(text, target, reads=(str(file),))
    if as_json:
        show_json(payload(imported, str(file), None if target else text, target))
    elif target:
        show(report(imported, str(file), str(target)))
    else:
        deliver(text, None)
        for line in report(imported, str(file)):
            complain(line)
    return FINDINGS if imported.unread else CLEAN


def payload(imported: Imported, file: str, text: str | None, target: Path | None) -> dict[str, Any]:
    """What was made, as programs get it; the guideline itself where it was not written to a file."""
    counts = {key: len(imported.sheet.get(key, ())) for key, _, _ in _COUNTED}
    return {
        "file": file,
        "format": imported.format,
        "id": imported.sheet["id"],
        **counts,
        "uncited": _uncited(imported),
        "unread": [{"line": one.line, "what": one.what, "why": one.why} for one in imported.unread],
        "written": str(target) if target else None,
        "guideline": text,
    }


def report(imported: Imported, file: str, target: str = "") -> Iterator[str]:
    """What was made of a file, what could not be read, and what to do next."""
    held = [many(len(imported.sheet.get(key, ())), one, more) for key, one, more in _COUNTED]
    yield f"{file}: {imported.format}"
    yield f"{', '.join(held[:-1])} and {held[-1]}"
    edges, uncited = len(imported.sheet.get("transitions", ())), _uncited(imported)
    if uncited:
        yield f"{uncited} of {many(edges, 'edge')} without a source"
    yield from ("", "Not read") if imported.unread else ()
    for one in imported.unread:
        yield f"  {file}:{one.line}: {one.what}. {one.why}" if one.line else f"  {file}: {one.what}. {one.why}"
    if target:
        yield ""
        yield f"Written to {target}. Next:"
        folder = Path(target).parent
        yield from (f"  edgewise {command} {_quoted(folder)}" for command in ("explore", "gaps", "audit", "check"))


def _uncited(imported: Imported) -> int:
    """How many edges no statement stands behind."""
    return sum(1 for edge in imported.sheet.get("transitions", ()) if not edge.get("justifiedBy"))


def _quoted(folder: Path) -> str:
    """The folder as a shell takes it; with a stroke behind it no id of the library goes before it."""
    from shlex import quote

    return quote(f"{folder}/")


def _target(folder: Path) -> Path:
    """The file to be written, which must not be there yet.

    Raises:
        Refused: it is there, or the folder is none.
    """
    if folder.exists() and not folder.is_dir():
        raise Refused(f"{folder} is a file; name a folder with --output")
    if (folder / GUIDELINE).exists() or (folder / GUIDELINE).is_symlink():
        raise Refused(f"{folder / GUIDELINE} exists, and somebody may have worked on it; name another folder, or move this one away")
    return folder / GUIDELINE


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(f"the folder {folder} cannot be made: {error.strerror or error}; name another with --output") from None
