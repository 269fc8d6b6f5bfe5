"""Where guidelines lie: those that come with Edgewise by id, any other by folder or file. Loads nothing, so it is quick to import."""

from __future__ import annotations

from pathlib import Path

from edgewise.ontology.errors import UnknownName

SHELF = Path(__file__).parent.parent / "guidelines"
_FILE = "guideline.yaml"


def ids(shelf: Path = SHELF) -> tuple[str, ...]:
    """The ids of the guidelines that come with Edgewise, sorted.

    >>> "sacroiliac-sclerosis" in ids()
    True
    """
    return tuple(sorted(path.parent.name for path in shelf.glob(f"*/{_FILE}")))


def find(name: str, shelf: Path = SHELF) -> Path:
    """The file behind a guideline's id, folder or file.

    Raises:
        UnknownName: where it is none of the three.

    >>> find("sacroiliac-sclerosis").name
    'guideline.yaml'
    >>> find("sacroiliac-sclerosi")
    Traceback (most recent call last):
        ...
    edgewise.ontology.errors.UnknownName: unknown guideline 'sacroiliac-sclerosi': did you mean 'sacroiliac-sclerosis'?
    """
    known = ids(shelf)
    if name in known:
        return shelf / name / _FILE
    path = Path(name)
    try:
        if path.is_dir() and (path / _FILE).is_file():
            return path / _FILE
        if path.is_file():
            return path
    except (OSError, ValueError):  # a name the file system cannot even hold
        pass
    raise UnknownName("guideline", name, known)
