"""What belongs to a guideline and lies beside its file: its cases, and how severe its project takes each rule of the audit.

The article is not among it: of that only fingerprints are kept, and they stand in the guideline itself.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from edgewise.graph.cases.book import LIMIT, case_file
from edgewise.graph.reading.files import content
from edgewise.graph.stores.errors import refuse
from edgewise.ontology.errors import SourceError
from edgewise.ontology.findings import Finding

SETTINGS = "pyproject.toml"
_LARGEST = 1024 * 1024  # bytes
_FORM = 1
_WHOSE = re.compile(rb"""^guideline[ ]*:[ ]*["']?([A-Za-z0-9._-]+)""", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Beside:
    """What lies beside a guideline.

    Attributes:
        cases: the bytes of its `cases.yaml`; empty where there is none.
        settings: the table ``[tool.edgewise.audit]`` as JSON; empty where there is none.
    """

    cases: bytes = b""
    settings: str = ""

    @property
    def digest(self) -> str:
        """Another one for whatever is another; empty where there is nothing.

        >>> Beside().digest, Beside(b"cases: []").digest[:6]
        ('', 'e8ba26')
        """
        return sha256(self.to_json()).hexdigest() if self else ""

    def __bool__(self) -> bool:
        return bool(self.cases or self.settings)

    def to_json(self) -> bytes:
        """As it is kept.

        >>> read_beside(Beside(b"cases: []", "{}").to_json()) == Beside(b"cases: []", "{}")
        True
        """
        return json.dumps({"form": _FORM, "cases": self.cases.decode("latin-1"), "settings": self.settings}).encode()


def read_beside(data: bytes, where: str = "") -> Beside:
    """What lies beside a guideline, as it is kept.

    Raises:
        StoreError: it has another form.
    """
    try:
        held = json.loads(data)
        form, cases, settings = held["form"], held["cases"].encode("latin-1"), held["settings"]
        json.loads(settings or "{}")
    except (ValueError, RecursionError, LookupError, TypeError, AttributeError):
        form, cases, settings = 0, b"", ""
    if form != _FORM:
        raise refuse("damaged", "what lies beside a guideline is none that this Edgewise wrote", "load the guideline again", where)
    return Beside(cases, settings)


def beside(file: str | Path, id: str = "") -> Beside:
    """What lies beside a guideline's file.

    Args:
        file: of the guideline.
        id: of the guideline: cases that say they are another's are not its own, though they lie in the same folder.

    Raises:
        SourceError: it is there and cannot be read.

    >>> from edgewise.graph.shelf import find
    >>> beside(find("ottawa-ankle")).cases.startswith(b"#"), beside("nowhere/guideline.yaml")
    (True, Beside(cases=b'', settings=''))
    """
    cases = case_file(file)
    table = nearest_table(file)
    settings = "" if table is None else json.dumps(table[1], sort_keys=True, default=str)
    held = content(cases, LIMIT) if cases else b""
    whose = _WHOSE.search(held)
    return Beside(b"" if id and whose and whose[1].decode() != id else held, settings)


def nearest_table(guideline_file: str | Path) -> tuple[Path, Any, str] | None:
    """The nearest ``pyproject.toml`` beside or above a guideline's file that has a table for the audit, that table, and the file's text.

    Raises:
        SourceError: such a file cannot be read.
    """
    for folder in Path(guideline_file).absolute().parents:
        path = folder / SETTINGS
        if path.is_file() and (found := table_of(path)) is not None:
            return path, *found
    return None


def table_of(path: Path) -> tuple[Any, str] | None:
    """The table for the audit in one ``pyproject.toml``, and the file's text; None where it says nothing about the audit.

    Raises:
        SourceError: it cannot be read, or is no TOML.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
        if len(data) > _LARGEST:
            raise _refused(path, f"the file is larger than {_LARGEST} bytes", "keep settings in a file of their own")
        text = data.decode("utf-8")
        table: Any = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise _refused(path, f"the settings cannot be read: {error}", "mend the file") from None
    for key in ("tool", "edgewise", "audit"):
        table = table.get(key) if isinstance(table, dict) else None
    return None if table is None else (table, text)


def as_toml(settings: str) -> str:
    """Settings as a ``pyproject.toml`` of their own; empty where there are none that a file could say.

    >>> print(as_toml('{"severity": {"S309": "note"}}'), end="")
    [tool.edgewise.audit]
    severity = { "S309" = "note" }
    """
    table = json.loads(settings) if settings else {}
    severity = table.get("severity") if isinstance(table, Mapping) else None
    if not isinstance(severity, Mapping) or not severity:
        return ""
    said = ", ".join(f"{json.dumps(str(rule))} = {json.dumps(str(level))}" for rule, level in severity.items())
    return f"[tool.edgewise.audit]\nseverity = {{ {said} }}\n"


def _refused(path: Path, message: str, repair: str) -> SourceError:
    return SourceError([Finding(rule="audit-settings", message=message, file=str(path), repair=repair)])
