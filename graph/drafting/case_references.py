"""What in a file of cases refers to a part of their guideline, as `edgewise.graph.cases.form` reads it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from edgewise.graph.cases.form import VERDICTS
from edgewise.graph.reading.implied import DONE
from edgewise.graph.reading.lines import Path
from edgewise.graph.reading.strict import Data
from edgewise.graph.walking.facts import SAID_DONE

_OF_STAGE, _OF_LURE, _OF_POINT = ("expect", "revises", "early"), ("step", "pitfall"), ("basedOn",)


class CaseReference(NamedTuple):
    """The id that stands at a path, as a value or as the key in which the path ends.

    Attributes:
        path: of the value, or of what the key leads to.
        target: id of the part that is meant.
        before: what stands in front of the id there.
        is_key: whether it is the key.
        is_word: whether another word there would be a verdict: a step that is called like one stands in a list.
    """

    path: Path
    target: str
    before: str = ""
    is_key: bool = False
    is_word: bool = False

    def renamed(self, id: str) -> str | list[str]:
        """What stands there once the part bears another id."""
        return [id] if self.is_word and id in VERDICTS else self.before + id


def case_references(data: Data) -> Iterator[CaseReference]:
    """Every reference to a part of the guideline; the guideline's own id is none.

    >>> stage = {"facts": {"fever": "yes", "done": ["rest"]}, "expect": "swab", "points": [{"text": "swab", "basedOn": ["s1"]}]}
    >>> [one.target for one in case_references({"cases": [{"id": "swab", "stages": [stage]}]})]
    ['fever', 'rest', 'swab', 's1']
    """
    for case, at_case in _each(data, (), "cases"):
        for stage, at_stage in _each(case, at_case, "stages"):
            yield from _facts(stage.get("facts"), (*at_stage, "facts"))
            yield from _named(stage, at_stage, _OF_STAGE)
            for key, names in (("lures", _OF_LURE), ("points", _OF_POINT)):
                for one, place in _each(stage, at_stage, key):
                    yield from _named(one, place, names)


def _each(data: Data, path: Path, key: str) -> Iterator[tuple[dict[str, Any], Path]]:
    """The mappings of a list, each with its place; nothing of what is no list."""
    listed = data.get(key) if isinstance(data, dict) else None
    for position, one in enumerate(listed if isinstance(listed, list) else []):
        if isinstance(one, dict):
            yield one, (*path, key, position)


def _facts(data: Data, path: Path) -> Iterator[CaseReference]:
    """An observable a key; but under `done` steps stand, unless it is answered as a question of that name would be."""
    for key, value in data.items() if isinstance(data, dict) else ():
        if key == SAID_DONE and value not in ("yes", "no"):
            yield from _values(value, (*path, key))
        else:
            yield _meant(key, (*path, key), is_key=True)


def _named(data: dict[str, Any], path: Path, keys: tuple[str, ...]) -> Iterator[CaseReference]:
    for key in keys:
        for one in _values(data.get(key), (*path, key)):
            alone = key == "expect" and one.path[-1] == key
            if not (alone and one.target in VERDICTS):
                yield one._replace(is_word=alone)


def _values(value: Data, path: Path) -> Iterator[CaseReference]:
    if isinstance(value, str):
        yield _meant(value, path)
    for position, one in enumerate(value if isinstance(value, list) else []):
        if isinstance(one, str):
            yield _meant(one, (*path, position))


def _meant(text: str, path: Path, *, is_key: bool = False) -> CaseReference:
    """What a text means: a part, or that a step is done."""
    before = DONE if text.startswith(DONE) else ""
    return CaseReference(path, text.removeprefix(before), before, is_key)
