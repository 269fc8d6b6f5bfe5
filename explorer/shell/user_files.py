"""Where Edgewise keeps what is the user's and lies beside no guideline: the ledger of sign-offs, the registries' answers."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from edgewise.explorer.environment import CACHE, LEDGER
from edgewise.ontology.errors import EdgewiseError

if TYPE_CHECKING:  # help needs none of it
    from platformdirs.api import PlatformDirsABC


class NoHome(EdgewiseError):
    """The system knows no home folder of this user, and no other place for files was named."""


def default_ledger(system: str = sys.platform) -> Path:
    """The SQLite file of sign-offs where no other ledger is named; one for all guidelines, and not among their files.

    Raises:
        NoHome: there is no folder of the user's.

    >>> default_ledger().parts[-2:]
    ('edgewise', 'ledger.sqlite')
    """
    return _folders(system).user_data_path / "ledger.sqlite"


def ledger_address() -> str:
    """Where sign-offs are kept: what the environment names, else one file of the user's.

    Raises:
        NoHome: there is no folder of the user's.

    >>> ledger_address() == (os.environ.get(LEDGER) or str(default_ledger()))
    True
    """
    return os.environ.get(LEDGER, "") or str(default_ledger())


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


def answers_folder(system: str = sys.platform) -> Path:
    """The folder for answers of registries, which may be deleted at any time.

    Raises:
        NoHome: there is no folder of the user's.

    >>> answers_folder().name if CACHE not in os.environ else "registries"
    'registries'
    """
    if chosen := os.environ.get(CACHE, ""):
        return Path(chosen)
    return _folders(system).user_cache_path / "registries"


def _folders(system: str) -> PlatformDirsABC:
    """The operating system's own places for such files: no author's folder around them, and no folder "Cache" inside."""
    _look_for_home()
    return _kind(system)("edgewise", appauthor=False, opinion=False)


def _kind(system: str) -> type[PlatformDirsABC]:
    if system == "win32":
        from platformdirs.windows import Windows

        return Windows
    if system == "darwin":
        from platformdirs.macos import MacOS

        return MacOS
    from platformdirs.unix import Unix

    return Unix


def _look_for_home() -> None:
    """Without this, files would go into a folder that is called ``~``."""
    try:
        os.environ.get("HOME") or Path.home()
    except RuntimeError:  # a user of a container, say, whom the system does not know
        raise NoHome(f"no home folder is known to keep files in; set HOME, or name places in {LEDGER} and {CACHE}") from None
