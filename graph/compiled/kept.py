"""What was made of some content, kept on disk for the next process: bytes under the digest of all that decides on them.

Only data is kept, never code. Of what is found in the cache folder nothing is trusted but this: that it was written by the same user,
into a folder where nobody else may write (elsewhere nothing is kept or read). It is taken only whole (it carries its own SHA-256) and
only where it belongs (the key is part of that sum), and whoever decodes it must refuse what has another form; so the worst that a
stranger's file could do is to say something wrong. What is damaged, foreign or stale is made again in silence; a folder that cannot be
written to, or a full disk, costs nothing but time.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from edgewise.graph.compiled.cache_folder import cache_folder, own_folder
from edgewise.graph.compiled.version import PACKAGES, unchanged, version

_LARGEST = 32 * 1024 * 1024
_MOST_FILES, _MOST_BYTES = 2_000, 200 * 1024 * 1024
_DAY = 24 * 60 * 60
_OLDEST = 90 * _DAY
_MAGIC = b"edgewise 1 "
_HEAD = len(_MAGIC) + 64 + 1


def digest_of(content: bytes, *more: str) -> str:
    """The name of some content: its SHA-256, together with whatever else decides how it is read.

    >>> digest_of(b"id: g", "yaml") == digest_of(b"id: g", "json")
    False
    """
    return sha256("\0".join((*more, sha256(content).hexdigest())).encode("utf-8", "surrogatepass")).hexdigest()


def kept(digest: str, what: str, make: Callable[[], bytes], *, packages: tuple[str, ...] = PACKAGES) -> bytes:
    """The bytes that `make` gives, or gave in an earlier process.

    Args:
        digest: of the content from which they are made, by `digest_of`; nothing else but code may decide on them.
        what: the kind of thing, in small letters and ``-``.
        make: makes them; called if they are not kept.
        packages: whose code decides on them; all of Edgewise if left out.

    >>> kept(digest_of(b"id: g"), "doctest", lambda: b"drawn"), kept(digest_of(b"id: g"), "doctest", lambda: b"not called")
    (b'drawn', b'drawn')
    """
    found = look_up(digest, what, packages=packages)
    if found is None:
        found = make()
        keep(digest, what, found, packages=packages)
    return found


def look_up(digest: str, what: str, *, packages: tuple[str, ...] = PACKAGES) -> bytes | None:
    """What is kept, if it is whole and was made by this very code; else None."""
    file = _file(digest, what, packages)
    if file is None:
        return None
    try:
        data = _bytes(file)
    except (OSError, ValueError):
        return None
    body = data[_HEAD:]
    return body if data[:_HEAD] == _head(file, body) else None


def keep(digest: str, what: str, made: bytes, *, packages: tuple[str, ...] = PACKAGES) -> None:
    """Keep `made` as a whole or not at all, and let go of what is old; never raises."""
    file = _file(digest, what, packages)
    if file is None or len(made) > _LARGEST or not unchanged(packages):
        return
    successor = file.with_name(f"{os.urandom(8).hex()}.new")
    try:
        handle = os.open(successor, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as out:
            out.write(_head(file, made) + made)
        successor.replace(file)  # not synced: what a power cut tears is found out by its sum
        _let_go(file.parent)
    except OSError:
        with suppress(OSError):
            successor.unlink(missing_ok=True)


def _file(digest: str, what: str, packages: tuple[str, ...]) -> Path | None:
    code, folder = version(packages), cache_folder()
    if not code or folder is None:
        return None
    folder = folder / "compiled"
    return folder / f"{sha256(f'{code} {digest}'.encode()).hexdigest()[:40]}.{what}" if own_folder(folder) else None


def _head(file: Path, body: bytes) -> bytes:
    return _MAGIC + sha256(file.name.encode() + b"\0" + body).hexdigest().encode() + b"\n"


def _bytes(file: Path) -> bytes:
    handle = os.open(file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as opened:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode) or found.st_size > _LARGEST + _HEAD:
            return b""
        if time.time() - found.st_mtime > _DAY:  # still in use
            with suppress(OSError):
                os.utime(file)
        return opened.read()


def _let_go(folder: Path) -> None:
    """Delete what was not used for long, and the longest unused of what is too much."""
    with os.scandir(folder) as entries:
        files = sorted(((entry.stat(follow_symlinks=False), entry.path) for entry in entries), key=lambda file: -file[0].st_mtime)
    now, room = time.time(), _MOST_BYTES
    for place, (found, path) in enumerate(files):
        room -= found.st_size
        unfinished = path.endswith(".new") and now - found.st_mtime > _DAY
        if place >= _MOST_FILES or room < 0 or unfinished or now - found.st_mtime > _OLDEST:
            with suppress(OSError):
                Path(path).unlink()
