"""Where a ledger lies, as users write it: a file for SQLite, a URL for PostgreSQL. What is shown of it bears no credentials."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from edgewise.citations.ledger.entries import refuse

POSTGRESQL = "postgresql+psycopg://"
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]{0,30})://")
# Only what cannot be a part of a password that somebody forgot to escape.
_SERVER = re.compile(
    r"postgresql\+psycopg://(?:[^/?#@]*@)?(?P<host>[A-Za-z0-9.-]*)(?P<port>:[0-9]{1,5})?/(?P<name>[A-Za-z0-9_.-]*)(?:\?[^@]*)?"
)
_KNOWN = "give the path of a file, sqlite:///PATH, or postgresql+psycopg://USER:PASSWORD@HOST/DATABASE"


class Address(NamedTuple):
    """`path` for SQLite, else `url` for PostgreSQL; `shown` is what messages call it."""

    shown: str
    path: Path | None = None
    url: str = ""


def address(where: str | Path) -> Address:
    """Read where a ledger lies.

    Raises:
        LedgerError: neither a path nor a URL of a known scheme.

    >>> address("audits/signed.db").path
    PosixPath('audits/signed.db')
    >>> address("postgresql+psycopg://ann:secret@db.example/audits").shown
    'postgresql+psycopg://db.example/audits'
    """
    text = str(where)
    scheme = _SCHEME.match(text)
    if isinstance(where, Path) or scheme is None:
        return _file(text)
    if text.startswith(POSTGRESQL):
        return Address(_shown(text), url=text)
    if scheme[1] == "sqlite":
        return _sqlite(text)
    raise refuse("address", f"a ledger cannot be kept at a {scheme[1]}:// address", _KNOWN)


def _sqlite(text: str) -> Address:
    rest = text.removeprefix("sqlite://")
    if not rest.startswith("/") or "?" in rest:
        raise refuse("address", "a sqlite:// address is sqlite:/// and a path, without options", _KNOWN)
    return _file(unquote(rest[1:]))


def _file(text: str) -> Address:
    if text.startswith("file:") or text in ("", ".", ":memory:") or "\0" in text:
        raise refuse("address", "a ledger needs the path of a file to be kept in", _KNOWN)
    try:
        path = Path(text).expanduser()
    except RuntimeError:  # ~nobody-of-that-name
        path = Path(text)
    return Address(re.sub(r"[^/\s]*:\S*@", "…@", str(path)), path=path)  # a URL whose scheme was forgotten may hold a password


def _shown(url: str) -> str:
    found = _SERVER.fullmatch(url)
    return f"{POSTGRESQL}{found['host']}{found['port'] or ''}/{found['name']}" if found else f"{POSTGRESQL}…"
