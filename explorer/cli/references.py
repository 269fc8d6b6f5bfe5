"""`edgewise references`: the reference list out to other programs, and their lists as Edgewise would hold them."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from edgewise.explorer.cards.numbers import many
from edgewise.explorer.cli.delivery import deliver, deliver_json, deliver_lines
from edgewise.explorer.cli.exits import CLEAN, FINDINGS, Refused
from edgewise.explorer.cli.options import AsJson, Output
from edgewise.explorer.cli.terminal import complain
from edgewise.ontology.errors import SourceError

if TYPE_CHECKING:
    from edgewise.citations.formats.exchange import LeftOut, Reading, Written
    from edgewise.graph.model import Reference

_UNREADABLE = frozenset(("unreadable-file", "file-too-large"))


class ReferenceFormat(StrEnum):
    """The formats of `edgewise.citations.formats`, and Vancouver for readers."""

    csl = "csl"
    ris = "ris"
    bibtex = "bibtex"
    vancouver = "vancouver"


def references(
    guideline: Annotated[
        str | None, typer.Argument(metavar="GUIDELINE", help="Id, folder or file of a guideline, with --to.", show_default=False)
    ] = None,
    to: Annotated[
        ReferenceFormat | None, typer.Option("--to", help="Format to write; csl is CSL-JSON, vancouver is for readers.", show_default=False)
    ] = None,
    source: Annotated[
        str | None, typer.Option("--from", metavar="FILE", help="Read this list instead: .json (CSL), .ris or .bib.", show_default=False)
    ] = None,
    as_json: AsJson = False,
    output: Output = None,
) -> int:
    """Write a guideline's reference list for other programs, or show a list of theirs as Edgewise would hold it.

    CSL-JSON, RIS and BibTeX are read by Zotero and its like; notes in them say who stated what, so that reading them back
    loses nothing that the format can hold. What does not fit is named. With --from, nothing is added to any guideline; exit
    code 1 says that something is wrong with the file.

    Examples:
      edgewise references sacroiliac-sclerosis --to ris --output references.ris
      edgewise references sacroiliac-sclerosis --to vancouver
      edgewise references --from references.bib --json
    """
    if (guideline is None) == (source is None):
        raise Refused("name either a guideline and a format (GUIDELINE --to FORMAT) or a file to read (--from FILE)")
    if guideline is not None:
        if to is None:
            raise Refused(f"name the format to write: --to {', '.join(ReferenceFormat)}")
        return _write(guideline, to, as_json, output)
    if to is not None:
        raise Refused("--to writes a guideline's references, --from reads a file; give one of them")
    return _read(source or "", as_json, output)


def _write(name: str, to: ReferenceFormat, as_json: bool, output: Output) -> int:
    from edgewise.explorer.cli.intake import load

    loaded = load(name)
    written = _written(loaded.guideline.references.values(), to)
    if as_json:
        deliver_json({"format": to.value, "text": written.text, "leftOut": _left_out(written.left_out)}, output, guideline=loaded.file)
        return CLEAN
    deliver(written.text, output, guideline=loaded.file)
    for one in written.left_out:
        complain(f"note: {one}")
    return CLEAN


def _written(held: Iterable[Reference], to: ReferenceFormat) -> Written:
    from edgewise.citations.formats.exchange import Written
    from edgewise.citations.formats.files import write
    from edgewise.citations.formats.vancouver import render_all

    if to is not ReferenceFormat.vancouver:
        return write(held, "csl-json" if to is ReferenceFormat.csl else to.value)
    listed = sorted(held, key=lambda reference: reference.position)
    lines = zip(listed, render_all(listed), strict=True)
    return Written("".join(f"{reference.position}. {line}\n" for reference, line in lines))


def _read(file: str, as_json: bool, output: Output) -> int:
    from edgewise.citations.formats.files import read
    from edgewise.explorer.cli.findings import finding_payload
    from edgewise.explorer.cli.reference_entries import reference_payload

    if "\0" in file:
        raise Refused("no file has such a name; check the path")
    found = read(file)
    if not found.references and any(finding.rule in _UNREADABLE for finding in found.findings):
        raise SourceError(found.findings)
    if as_json:
        payload = {
            "references": [reference_payload(reference) for reference in found.references],
            "leftOut": _left_out(found.left_out),
            "findings": [finding_payload(finding) for finding in found.findings],
        }
        deliver_json(payload, output, reads=(file,))
    else:
        deliver_lines(_report(found), output, reads=(file,))
    return FINDINGS if any(finding.severity != "note" for finding in found.findings) else CLEAN


def _report(found: Reading) -> list[str]:
    from edgewise.explorer.cli.reference_entries import reference_lines

    lines = [line for reference in found.references for line in reference_lines(reference)]
    left_out = [f"  {one} ('{one.value}')" for one in found.left_out]
    return [
        ", ".join(
            (many(len(found.references), "reference"), f"{many(len(left_out), 'value')} left out", many(len(found.findings), "finding"))
        ),
        *lines,
        *(["", "Left out", *left_out] if left_out else []),
        *(["", "Wrong with the file", *map(str, found.findings)] if found.findings else []),
    ]


def _left_out(values: Iterable[LeftOut]) -> list[dict[str, Any]]:
    return [{"reference": one.reference, "field": one.field, "value": one.value, "why": one.why} for one in values]
