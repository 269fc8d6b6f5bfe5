"""Where Edgewise keeps what is the user's and lies beside no guideline: the ledger of sign-offs, the registries' answers."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from edgewise.explorer.cli.exits import Refused

LEDGER = "EDGEWISE_LEDGER"
"""The environment variable with the ledger to use where none is named: a file or a URL."""
CACHE = "EDGEWISE_CACHE"
"""The environment variable with the folder for answers of registries."""


def default_ledger(system: str = sys.platform, environment: Mapping[str, str] = os.environ) -> Path:
    """The SQLite file of sign-offs where no other ledger is named; one for all guidelines, and not among their files.

    >>> default_ledger("linux", {"HOME": "/home/ann"}).as_posix()
    '/home/ann/.local/share/edgewise/ledger.sqlite'
    >>> default_ledger("linux", {"HOME": "/home/ann", "XDG_DATA_HOME": "/data"}).as_posix()
    '/data/edgewise/ledger.sqlite'
    """
    return _folder("XDG_DATA_HOME", ".local/share", "Application Support", system, environment) / "ledger.sqlite"


def ledger_file(where: str | None) -> tuple[str, ...]:
    """The file of a ledger, for commands that must not write over it; nothing for a server, or for no ledger.

    >>> ledger_file("signed.sqlite"), ledger_file("postgresql+psycopg://db.example/audits"), ledger_file(None)
    (('signed.sqlite',), (), ())
    """
    if where is None:
        return ()
    from edgewise.citations.ledger.address import address  # loads more than the command's help should

    file = address(where).path
    return (str(file),) if file else ()


def answers_folder(system: str = sys.platform, environment: Mapping[str, str] = os.environ) -> Path:
    """The folder for answers of registries, which may be deleted at any time.

    >>> answers_folder("linux", {"HOME": "/home/ann"}).as_posix()
    '/home/ann/.cache/edgewise/registries'
    """
    if chosen := environment.get(CACHE, ""):
        return Path(chosen)
    return _folder("XDG_CACHE_HOME", ".cache", "Caches", system, environment) / "registries"


def _folder(variable: str, unix: str, mac: str, system: str, environment: Mapping[str, str]) -> Path:
    """The operating system's own place for such files."""
    home = _home(environment)
    if system == "win32":
        base = Path(environment.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif system == "darwin":
        base = home / "Library" / mac
    else:
        named = Path(environment.get(variable, ""))  # a relative one is to be ignored, says the XDG base directory specification
        base = named if named.is_absolute() else home / unix
    return base / "edgewise"


def _home(environment: Mapping[str, str]) -> Path:
    try:
        return Path(environment.get("HOME") or Path.home())
    except RuntimeError:  # a user of a container, say, whom the system does not know
        raise Refused(f"no home folder is known to keep files in; set HOME, or name places in {LEDGER} and {CACHE}") from None
