"""`edgewise references`: the reference list out to other programs, and their lists as Edgewise would hold them."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from edgewise.explorer.cards.numbers import many
from edgewise.explorer.cli.delivery import deliver, deliver_json, deliver_lines
from edgewise.explorer.cli.exits import CLEAN, FINDINGS, Refused
from edgewise.explorer.cli.options import AsJson, Encoding, Output
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
        str | None,
        typer.Option(
            "--to",
            metavar="FORMAT|FILE",
            help="What to write: csl (CSL-JSON), ris, bibtex, or vancouver for readers; or a file whose ending says it"
            " (.json, .ris, .bib, .txt).",
            show_default=False,
        ),
    ] = None,
    source: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="FILE",
            help="Read this list instead: CSL-JSON, RIS, BibTeX, PubMed's .nbib and XML, EndNote's XML and .enw, Web of Science's .ciw.",
            show_default=False,
        ),
    ] = None,
    read_as: Annotated[
        str | None,
        typer.Option(
            "--read-as",
            metavar="FORMAT",
            help="Format of the list to read, whatever its ending, as ris.",
            show_default=False,
        ),
    ] = None,
    encoding: Encoding = None,
    as_json: AsJson = False,
    output: Output = None,
) -> int:
    """Write a guideline's reference list for other programs, show a list of theirs as Edgewise would hold it, or turn that into another.

    What stands in a file tells its format, and its ending where that does not. CSL-JSON, RIS and BibTeX are read by Zotero and its like;
    notes in them say who stated what, so that reading them back loses nothing that the format can hold. What does not fit is named on
    standard error, value by value. With --from, nothing is added to any guideline, and a list that bears no notes of ours gets none; exit
    code 1 says that something is wrong with the file.

    Examples:
      edgewise references sacroiliac-sclerosis --to ris --output references.ris
      edgewise references sacroiliac-sclerosis --to vancouver
      edgewise references --from references.bib --json
      edgewise references --from references.bib --to references.ris
      edgewise references --from export.txt --read-as ris --to csl
      edgewise references --from pubmed.nbib --to bibtex
    """
    if (guideline is None) == (source is None):
        raise Refused("name either a guideline and a format (GUIDELINE --to FORMAT) or a file to read (--from FILE)")
    for option, given in (("--read-as", read_as), ("--encoding", encoding)):
        if given is not None and source is None:
            raise Refused(f"{option} says how a list is read: name the list with --from FILE")
    if to is None and guideline is not None:
        raise Refused(f"name the format to write: --to {', '.join(ReferenceFormat)}")
    form, output = _target(to, output) if to is not None else (None, output)
    if guideline is not None and form is not None:
        return _write(guideline, form, as_json, output)
    file = source or ""
    return _read(file, _list(file, read_as or "", encoding or ""), form, as_json, output)


def _target(to: str, output: Path | None) -> tuple[ReferenceFormat, Path | None]:
    """The format to write, and the file if `to` names one."""
    from edgewise.citations.formats.converting import ENDINGS

    if to in [*ReferenceFormat]:
        return ReferenceFormat(to), output
    ending = Path(to.replace("\0", "")).suffix.lower()
    if ending not in ENDINGS:
        raise Refused(
            f"'{to}' is no format that is written: name {', '.join(ReferenceFormat)}, or a file that ends in {', '.join(ENDINGS)}"
        )
    if output is not None:
        raise Refused("--to names a file, and --output another; name one of them")
    return ReferenceFormat(ENDINGS[ending]), Path(to)


def _write(name: str, to: ReferenceFormat, as_json: bool, output: Path | None) -> int:
    from edgewise.explorer.cli.intake import load

    loaded = load(name)
    written = _written(loaded.guideline.references.values(), to)
    if as_json:
        deliver_json({"format": to.value, "text": written.text, "leftOut": _left_out(written.left_out)}, output, guideline=loaded.file)
        return CLEAN
    deliver(written.text, output, guideline=loaded.file)
    _name(written.left_out)
    return CLEAN


def _written(held: Iterable[Reference], to: ReferenceFormat) -> Written:
    from edgewise.citations.formats.converting import NAMES, as_vancouver
    from edgewise.citations.formats.files import write

    return as_vancouver(held) if to is ReferenceFormat.vancouver else write(held, NAMES[to])


def _name(left_out: Iterable[LeftOut]) -> None:
    """What is not in the text, value by value."""
    for one in left_out:
        complain(f"note: {one}" + (f" ('{one.value}')" if one.value else ""))


def _list(file: str, read_as: str, encoding: str) -> Reading:
    from edgewise.citations.formats.files import read

    if "\0" in file:
        raise Refused("no file has such a name; check the path")
    return read(file, format=read_as, encoding=encoding)


def _read(file: str, found: Reading, to: ReferenceFormat | None, as_json: bool, output: Path | None) -> int:
    if not found.references and any(finding.rule in _UNREADABLE for finding in found.findings):
        raise SourceError(found.findings)
    if to is None:
        _show(file, found, as_json, output)
    else:
        _convert(file, found, to, as_json, output)
    return FINDINGS if any(finding.severity != "note" for finding in found.findings) else CLEAN


def _show(file: str, found: Reading, as_json: bool, output: Path | None) -> None:
    from edgewise.explorer.cli.findings import finding_payload
    from edgewise.explorer.cli.reference_entries import reference_payload

    if as_json:
        payload = {
            "references": [reference_payload(reference) for reference in found.references],
            "leftOut": _left_out(found.left_out),
            "findings": [finding_payload(finding) for finding in found.findings],
        }
        deliver_json(payload, output, reads=(file,))
    else:
        deliver_lines(_report(found), output, reads=(file,))


def _convert(file: str, found: Reading, to: ReferenceFormat, as_json: bool, output: Path | None) -> None:
    """The list in another format; what is wrong with it, and what is lost on the way, is told beside it."""
    from edgewise.citations.formats.converting import convert
    from edgewise.explorer.cli.findings import finding_payload

    written = convert(found, to)
    if as_json:
        told = {"leftOut": _left_out(written.left_out), "findings": [finding_payload(finding) for finding in found.findings]}
        deliver_json({"format": to.value, "text": written.text, **told}, output, reads=(file,))
        return
    deliver(written.text, output, reads=(file,))
    for finding in found.findings:
        complain(str(finding))
    _name(written.left_out)


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
