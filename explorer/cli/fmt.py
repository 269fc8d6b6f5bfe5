"""`edgewise fmt`: a guideline's YAML in house layout, comments and meaning kept."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path
from typing import Annotated

import typer

from edgewise.explorer.cards.numbers import many
from edgewise.explorer.cli.delivery import deliver
from edgewise.explorer.cli.exits import CLEAN, FINDINGS, Refused, refuse
from edgewise.explorer.cli.options import AsJson
from edgewise.explorer.cli.terminal import complain, show, show_json
from edgewise.ontology.errors import SourceError
from edgewise.ontology.findings import Finding

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Layout:
    """A file as it stands and as it should."""

    file: Path
    old: bytes
    new: str

    @property
    def changes(self) -> bool:
        """Whether the two differ, if only in their line breaks."""
        return self.old != self.new.encode("utf-8")


def fmt(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH...", help="Files, or folders of a guideline and its cases; - reads standard input.", show_default=False
        ),
    ],
    check: Annotated[bool, typer.Option("--check", help="Change nothing; name the files that are laid out otherwise.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Change nothing; show what would be changed.")] = False,
    as_json: AsJson = False,
) -> int:
    """Lay out the YAML of guidelines and cases: keys in the order of the documents, lists set in by two, long texts folded.

    What the file says and every comment in it stay: the result is read again before anything is written, and a file is replaced as a
    whole or not at all. Brackets stay brackets as long as they fit on a line of 160 characters; the order of lists is never touched.
    A file that is not yet a sound guideline is laid out too, if it is YAML. With -, an editor can do it on saving.

    Exit code 0: done, or nothing to do; 1: with --check or --diff, some files are laid out otherwise; 2: some cannot be read.

    Examples:
      edgewise fmt my-guideline/
      edgewise fmt guideline.yaml cases.yaml --diff
      edgewise fmt --check my-guideline/ --json
      edgewise fmt -
    """
    if paths == [STDIN]:
        return _piped(check=check, diff=diff)
    layouts, findings = _all(paths)
    changed = [layout for layout in layouts if layout.changes]
    if not check and not diff:
        for layout in changed:
            _replace(layout)
    if findings:
        return refuse(SourceError(findings), as_json=as_json, findings=findings)
    if as_json:
        show_json({"files": [{"file": str(one.file), "changes": one.changes} for one in layouts], "written": not (check or diff)})
    else:
        show(_told(layouts, changed, check=check, diff=diff))
    return FINDINGS if changed and (check or diff) else CLEAN


def _told(layouts: list[Layout], changed: list[Layout], *, check: bool, diff: bool) -> Iterator[str]:
    if diff:
        for layout in changed:
            yield from _difference(layout)
        return
    for layout in changed:
        yield f"{layout.file} {'would be laid out anew' if check else 'laid out anew'}"
    if len(changed) < len(layouts):
        yield f"{many(len(layouts) - len(changed), 'file')} left as {'it is' if len(layouts) - len(changed) == 1 else 'they are'}"


def _difference(layout: Layout) -> Iterator[str]:
    old = layout.old.decode("utf-8", "replace").splitlines()
    yield from unified_diff(old, layout.new.splitlines(), str(layout.file), f"{layout.file} (laid out)", lineterm="")


def _all(paths: Iterable[str]) -> tuple[list[Layout], list[Finding]]:
    layouts, findings = list[Layout](), list[Finding]()
    for path in paths:
        try:
            layouts += [_layout(file) for file in _files(path)]
        except SourceError as error:
            findings += error.findings
    return layouts, findings


def _files(path: str) -> list[Path]:
    """The files behind a path: of a folder the guideline and its cases."""
    if not Path(path).is_dir():
        return [Path(path)]
    found = [file for name in ("guideline.yaml", "cases.yaml") if (file := Path(path, name)).exists()]
    if not found:
        message = "this folder holds no guideline.yaml"
        raise SourceError([Finding(rule="no-guideline-in-folder", message=message, file=path, repair="name a file")])
    return found


def _layout(file: Path) -> Layout:
    """A file as it should stand.

    Raises:
        SourceError: it cannot be read, or is no YAML.
    """
    from edgewise.graph.formatting.formatted import formatted
    from edgewise.graph.reading.files import LIMIT, content, format_of

    if format_of(str(file)) != "yaml":
        repair = "name a .yaml file; `edgewise export` writes the other formats"
        raise SourceError([Finding(rule="not-yaml", message="only YAML is laid out", file=str(file), repair=repair)])
    old = content(file, LIMIT)
    return Layout(file, old, formatted(old, str(file)))


def _replace(layout: Layout) -> None:
    from edgewise.graph.reading.files import LIMIT, content
    from edgewise.graph.writing.export import write

    if content(layout.file, LIMIT) != layout.old:
        raise Refused(f"{layout.file} was changed meanwhile; nothing was written to it, so give the command again")
    write(layout.file, layout.new)


def _piped(*, check: bool, diff: bool) -> int:
    from edgewise.graph.formatting.formatted import formatted
    from edgewise.graph.reading.files import LIMIT

    old = sys.stdin.buffer.read(LIMIT + 1)
    layout = Layout(Path("standard input"), old, formatted(old, "standard input"))
    if diff:
        show(_difference(layout) if layout.changes else ())
    elif check and layout.changes:
        complain("standard input would be laid out anew")
    elif not check:
        deliver(layout.new, None)
    return FINDINGS if layout.changes and (check or diff) else CLEAN
