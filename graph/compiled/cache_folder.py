"""The user's cache folder: what lies in it can be made again, so it may be deleted at any time."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

CACHE = "EDGEWISE_CACHE"
"""The environment variable that names another cache folder."""


def cache_folder(environment: Mapping[str, str] = os.environ) -> Path | None:
    """The folder that `CACHE` names, else the operating system's own place for such files; None where the user has no home.

    >>> cache_folder({"EDGEWISE_CACHE": "/tmp/edgewise"}).as_posix()
    '/tmp/edgewise'
    """
    if chosen := environment.get(CACHE, ""):
        return Path(chosen)
    from platformdirs import user_cache_path  # not needed where the variable is set

    found = user_cache_path("edgewise", appauthor=False, opinion=False)
    return found if found.is_absolute() else None


def own_folder(path: Path) -> bool:
    """Make sure of a folder that nobody but this user can write into; False if there can be none.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     own_folder(Path(folder, "a", "b")), oct(Path(folder, "a", "b").stat().st_mode & 0o777)
    (True, '0o700')
    """
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = path.lstat()
    except (OSError, ValueError):  # no room, no permission, a file in the way, or a name that no file system holds
        return False
    if path.is_symlink():
        return False
    return os.name == "nt" or (found.st_uid == os.geteuid() and not found.st_mode & 0o022)  # Windows keeps a user's folders by other means
