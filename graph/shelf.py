"""Where guidelines lie: those that come with Edgewise by id, any other by folder or file. Loads nothing, so it is quick to import."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from edgewise.graph.reading.files import FORMATS
from edgewise.ontology.errors import SourceError, UnknownName
from edgewise.ontology.findings import Finding

SHELF = Path(__file__).parent.parent / "guidelines"
FIRST = "sacroiliac-sclerosis"
"""What the explorer opens if nobody says what; the others are worked examples."""
CASES = "cases.yaml"
_FILE = "guideline.yaml"
_A_GUIDELINE = re.compile(rb"""^["']?(?:steps|phases|transitions)["']?[ ]*:|"(?:phases|transitions)"\s*:""", re.MULTILINE)
_LOOKED_AT = 4 * 1024 * 1024
"""By which of its keys a file shows that it is meant as a guideline, and how many bytes of it are looked at."""


def ids(shelf: Path = SHELF) -> tuple[str, ...]:
    """The ids of the guidelines that come with Edgewise, sorted.

    >>> "sacroiliac-sclerosis" in ids()
    True
    """
    return tuple(sorted(path.parent.name for path in shelf.glob(f"*/{_FILE}")))


def first_id(shelf: Path = SHELF) -> str:
    """The id of the guideline to begin with; empty if the shelf is.

    >>> first_id()
    'sacroiliac-sclerosis'
    """
    known = ids(shelf)
    return FIRST if FIRST in known else next(iter(known), "")


def find(name: str, shelf: Path = SHELF) -> Path:
    """The one file behind a guideline's id, folder or file; a path that nothing stands at is handed on, for reading it to say so.

    Raises:
        SourceError: it is a folder that holds no guideline, or several.
        UnknownName: it is none of the three.

    >>> find("sacroiliac-sclerosis").name
    'guideline.yaml'
    >>> find("sacroiliac-sclerosi")
    Traceback (most recent call last):
        ...
    edgewise.ontology.errors.UnknownName: unknown guideline 'sacroiliac-sclerosi': did you mean 'sacroiliac-sclerosis'?
    """
    files = list(find_all(name, shelf))
    if len(files) > 1:
        held = ", ".join(map(str, files[:3])) + (", …" if len(files) > 3 else "")
        message = f"this folder holds {len(files)} guidelines"
        raise SourceError([Finding(rule="several-guidelines", message=message, file=name, repair=f"name one: {held}")])
    return files[0]


def find_all(name: str, shelf: Path = SHELF) -> Iterator[Path]:
    """The files behind a name, which may be that of a folder with many guidelines below it; otherwise as `find`.

    >>> [file.name for file in find_all(str(SHELF))][:1]
    ['guideline.yaml']
    """
    known = ids(shelf)
    path = Path(name)
    if name in known:
        yield shelf / name / _FILE
    elif not name:
        raise UnknownName("guideline", name, known)
    elif _is_dir(path):
        yield from _in_folder(path, name)
    elif path.suffix.lower() in FORMATS or len(path.parts) > 1 or os.path.lexists(name.replace("\0", "")):
        yield path
    else:
        raise UnknownName("guideline", name, known)


def near(path: Path) -> Path:
    """A path as somebody who works beside it would write it.

    >>> near(Path.cwd() / "g.yaml").as_posix()
    'g.yaml'
    """
    try:
        return path.relative_to(Path.cwd())
    except (OSError, ValueError):
        return path


def _is_dir(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # a name that the file system cannot even hold
        return False


def _in_folder(path: Path, name: str) -> Iterator[Path]:
    """The guideline of a folder; else all in the folders below it, and all that lie in it file by file."""
    found = [path / _FILE] if (path / _FILE).is_file() else [*sorted(path.rglob(f"*/{_FILE}")), *filter(is_meant, _files(path))]
    if not found:
        message, repair = (
            "this folder holds no guideline",
            f"name a folder with a {_FILE} or files of guidelines in it, or a file",
        )
        raise SourceError([Finding(rule="no-guideline-in-folder", message=message, file=name, repair=repair)])
    yield from found


def _files(path: Path) -> list[Path]:
    """The files right in a folder that may hold a guideline, by name."""
    try:
        return sorted(one for one in path.iterdir() if one.suffix.lower() in FORMATS and one.name != CASES and one.is_file())
    except OSError:  # a folder that may not be looked into
        return []


def is_meant(file: Path) -> bool:
    """Whether a file in a folder is meant as a guideline: facts and tables of settings lie beside them. Whoever names a file means it.

    >>> is_meant(find("ottawa-ankle"))
    True
    """
    if file.suffix.lower() not in (".yaml", ".yml", ".json"):
        return True
    try:
        with file.open("rb") as opened:
            return bool(_A_GUIDELINE.search(opened.read(_LOOKED_AT)))
    except OSError:  # reading it says why
        return True
