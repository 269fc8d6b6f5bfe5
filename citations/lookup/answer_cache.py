"""Answers kept on disk with the time they were given. A broken or foreign file is as good as none.

An HTTP cache (hishel 2.0 was tried) keeps responses, and what we promise is about answers: it keeps a 200 with broken JSON in it and serves
that again, keeps neither "there is no such DOI" (404) nor anything of PubMed (asked by POST, because of the key), has no way to be used
however old it is when offline, and never mends a broken file of its own, but logs a traceback at each question.
"""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

_VERSION = 1
_LARGEST = 8_000_000  # bytes; nothing that large was ever written


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer as it was: None where the registry said that there is nothing; and when."""

    answer: dict[str, Any] | None
    at: datetime


class Cache:
    """A folder of answers, one file each, named by the hash of the question.

    >>> from datetime import UTC
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     cache = Cache(Path(folder))
    ...     cache.put("https://…/works/1", {"status": "ok"}, datetime(2026, 1, 2, tzinfo=UTC))
    ...     cache.get("https://…/works/1").at.year, cache.get("https://…/works/2")
    True
    (2026, None)
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, question: str) -> KeptAnswer | None:
        """What was kept for a question; None where there is nothing usable."""
        try:
            with self._path(question).open("rb") as file:
                held = json.loads(file.read(_LARGEST))
            at = datetime.fromisoformat(held["at"])
            good = held["version"] == _VERSION and held["question"] == question and at.tzinfo is not None
            answer = held["answer"]
        except (OSError, ValueError, TypeError, LookupError, RecursionError):
            return None
        return KeptAnswer(answer, at) if good and (answer is None or isinstance(answer, dict)) else None

    def put(self, question: str, answer: dict[str, Any] | None, at: datetime) -> bool:
        """Keep an answer; the file appears whole or not at all. False where the disk refuses: looking up goes on without."""
        text = json.dumps({"version": _VERSION, "question": question, "at": at.isoformat(), "answer": answer}, ensure_ascii=True)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._write(self._path(question), text)
        except OSError:
            return False
        return True

    def _path(self, question: str) -> Path:
        return self.folder / f"{sha256(question.encode('utf-8', 'surrogatepass')).hexdigest()}.json"

    def _write(self, path: Path, text: str) -> None:
        handle, name = tempfile.mkstemp(dir=self.folder, prefix=".", suffix=".part")
        try:
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
