"""Files of one folder put in the place of others together: whoever is killed when, all of them are old, or all are new once it is looked.

They are made ready in a folder of their own, whose new name is the moment from which they count; what was ready and not yet moved into its
place is moved by whoever looks next.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

READY = ".edgewise-ready"
_GONE = ".gone"


def put_together(folder: Path, files: Mapping[str, bytes | None]) -> None:
    """Put files in a folder, all or none.

    Args:
        folder: where; made if there is none.
        files: name → content; None for what shall be there no more.

    Raises:
        OSError: they cannot be written; the old ones are untouched.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as there:
    ...     put_together(Path(there), {"a": b"1", "b": b"2"})
    ...     put_together(Path(there), {"a": b"3", "b": None})
    ...     sorted(one.name for one in Path(there).iterdir()), Path(there, "a").read_bytes()
    (['a'], b'3')
    """
    folder.mkdir(parents=True, exist_ok=True)
    finish(folder)
    stage = folder / f"{READY}.{secrets.token_hex(8)}"
    try:
        stage.mkdir()
        for name, data in files.items():
            if data is not None:
                _write(stage / name, data)
        _write(stage / _GONE, json.dumps([name for name, data in files.items() if data is None]).encode())
        _sync(stage)
        stage.rename(folder / READY)
    except OSError:
        shutil.rmtree(stage, ignore_errors=True)
        raise
    _sync(folder)
    finish(folder)


def finish(folder: Path) -> None:
    """Move what was ready into its place; nothing where nothing is, or where one may not write."""
    ready = folder / READY
    if not os.path.lexists(ready):
        return
    with suppress(OSError, ValueError, TypeError):
        gone = json.loads((ready / _GONE).read_bytes())
        for name in map(str, gone):
            if name == Path(name).name:
                (folder / name).unlink(missing_ok=True)
        for file in ready.iterdir():
            if file.name != _GONE:
                with suppress(FileNotFoundError):  # somebody else moves them as well
                    file.replace(folder / file.name)
        _sync(folder)
        shutil.rmtree(ready, ignore_errors=True)


def _write(file: Path, data: bytes) -> None:
    with file.open("wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())


def _sync(folder: Path) -> None:
    with suppress(OSError):  # Windows cannot
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
