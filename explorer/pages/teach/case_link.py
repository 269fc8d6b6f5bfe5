"""A whole case in one parameter of an address, so that a link carries it and nothing need be kept anywhere.

    1<check><the case>      in base64url, the case being JSON, deflated; `1` is the version of this form

Nothing in it reads in clear, and what residents are asked for is not in it at all: the walk works the answers out where the link is
opened. It is no secret either: whoever wants to can unpack it.

A link names its guideline and the date of the edition it was made for. On another guideline it is refused. On another edition of the same
one it is refused too, since what was written beside the facts may no longer hold; *Set a case* opens it nonetheless (`any_edition`), so
that its author can look it over and give a new link.

What comes in is somebody's mistake or attack: its size is bounded before and after inflating, and every fault is an EdgewiseError.
"""

from __future__ import annotations

import json
import re
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Collection, Mapping
from typing import Any

from edgewise.graph.cases.form import LONGEST as LONGEST_TEXT
from edgewise.graph.cases.form import LONGEST_ID, MOST_REMARKS, MOST_STAGES, unshown
from edgewise.graph.cases.model import Case, Lure, Point, Stage
from edgewise.graph.durations import Duration, duration
from edgewise.graph.model import Guideline
from edgewise.graph.pathway import Pathway
from edgewise.graph.reading.problems import shorten
from edgewise.graph.walking.facts import Answer, Facts, parse_facts, plain
from edgewise.ontology.errors import EdgewiseError, FactsError

LONGEST = 8_000
"""Characters of a link's parameter; browsers and mail carry as many."""
LIMITS = {"id": LONGEST_ID, **LONGEST_TEXT}
"""Characters of each text, as in a file of cases."""
DAMAGED = "This link is damaged: copy it again whole."
_VERSION = "1"
_INFLATED = 64 * 1024  # bytes; the longest honest case has a third of it
_LINK, _NUMBER = re.compile(r"[A-Za-z0-9_-]+", re.ASCII), re.compile(r"[-+0-9.Ee]{1,40}", re.ASCII)
_NAMES = {
    "id": "The id",
    "title": "The title",
    "vignette": "The vignette",
    "tells": "What a stage tells",
    "why": "A lure",
    "text": "A teaching point",
}
_TOLD = 5  # unknown names in one message


def encode(case: Case, guideline: Guideline) -> str:
    """A case as the parameter `set` of an address; what its stages expect is left out.

    Args:
        case: to be carried.
        guideline: for which it was made.

    Raises:
        EdgewiseError: it is too long for a link, or `guideline` does not know what it names.

    >>> guideline = Guideline("g", "urn:g", "", "", "", "2026-02-08", "", "", "", "")
    >>> link = encode(Case("c", "A case", "A runner of 30.", (Stage("It hurts.", {}),)), guideline)
    >>> link.startswith("1"), "case" in link, decode(link, guideline).vignette
    (True, False, 'A runner of 30.')
    """
    packed = [guideline.id, guideline.updated, case.id, case.title, case.vignette, [_packed(stage) for stage in case.stages]]
    _unpacked(packed, guideline)  # what nobody could open is not given out
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = json.dumps(packed, ensure_ascii=False, separators=(",", ":")).encode()
    body = squeeze.compress(data) + squeeze.flush()
    link = _VERSION + urlsafe_b64encode(_check(body) + body).rstrip(b"=").decode()
    if len(link) > LONGEST or len(data) > _INFLATED:
        raise EdgewiseError(f"The case is too long for a link ({len(link):,} of {LONGEST:,} characters): shorten what is told.")
    return link


def decode(text: str, guideline: Guideline, *, any_edition: bool = False) -> Case:
    """The case that a link carries; its stages expect nothing (`expect` None).

    Args:
        text: as `encode` made it, or anything else.
        guideline: on which it is opened.
        any_edition: open it also where `guideline` is another edition than it was made for.

    Raises:
        EdgewiseError: it is damaged, belongs to another guideline or edition, or names what this one does not know.

    >>> decode("1nonsense", Guideline("g", "urn:g", "", "", "", "", "", "", "", ""))
    Traceback (most recent call last):
        ...
    edgewise.ontology.errors.EdgewiseError: This link is damaged: copy it again whole.
    """
    packed = _read(_inflated(text))
    _row(packed, 6)
    _meant_for(guideline, packed[0], packed[1], any_edition)
    return _unpacked(packed, guideline)


def _check(body: bytes) -> bytes:
    """CRC-32: finds every change of a single character for certain."""
    return zlib.crc32(_VERSION.encode() + body).to_bytes(4, "big")


def _inflated(text: str) -> bytes:
    text = text.strip()
    if len(text) > LONGEST or not text.startswith(_VERSION) or not _LINK.fullmatch(text):
        raise EdgewiseError(DAMAGED)
    coded = text[len(_VERSION) :]
    try:
        whole = urlsafe_b64decode(coded + "=" * (-len(coded) % 4))
        check, body = whole[:4], whole[4:]
        if check != _check(body):
            raise EdgewiseError(DAMAGED)
        squeezed = zlib.decompressobj(-15)
        data = squeezed.decompress(body, _INFLATED + 1)
    except (ValueError, zlib.error):
        raise EdgewiseError(DAMAGED) from None
    if len(data) > _INFLATED or not squeezed.eof or squeezed.unused_data:
        raise EdgewiseError(DAMAGED)
    return data


def _read(data: bytes) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        raise EdgewiseError(DAMAGED) from None


def _meant_for(guideline: Guideline, id: object, updated: object, any_edition: bool) -> None:
    if not isinstance(id, str) or not isinstance(updated, str):
        raise EdgewiseError(DAMAGED)
    if id != guideline.id:
        raise EdgewiseError(f"This link is for another guideline ('{shorten(id)}'): open it there.")
    if updated != guideline.updated and not any_edition:
        raise EdgewiseError(
            f"This case was set for the edition of {shorten(updated)}; here is that of {guideline.updated}. "
            "Its author can look it over under 'Set a case' and give a new link."
        )


def _packed(stage: Stage) -> list[object]:
    lures = [[lure.step, lure.why, lure.pitfall] for lure in stage.lures]
    points = [[point.text, list(point.based_on)] for point in stage.points]
    at = [stage.at.written] if stage.at else []
    return [stage.tells, plain(stage.facts), lures, points, list(stage.revises), list(stage.early), *at]


def _unpacked(packed: Any, guideline: Guideline) -> Case:
    _, _, id, title, vignette, stages = _row(packed, 6)
    told = tuple(_stage(stage, guideline) for stage in _list(stages, MOST_STAGES, "stages"))
    if not told:
        raise EdgewiseError("A case needs at least one stage.")
    return Case(_text(id, "id"), _text(title, "title"), _text(vignette, "vignette"), told)


def _stage(packed: Any, guideline: Guideline) -> Stage:
    timed = isinstance(packed, list) and len(packed) == 7
    tells, facts, lures, points, revises, early, *at = _row(packed, 7 if timed else 6)
    return Stage(
        tells=_text(tells, "tells"),
        facts=_facts(facts, guideline),
        lures=tuple(_lure(lure, guideline) for lure in _list(lures, MOST_REMARKS, "lures")),
        points=tuple(_point(point, guideline) for point in _list(points, MOST_REMARKS, "teaching points")),
        revises=_asked(revises, guideline),
        early=_asked(early, guideline),
        at=_time(_text(at[0], "at")) if at else None,
    )


def _time(text: str) -> Duration:
    try:
        return duration(text)
    except ValueError:
        raise EdgewiseError(DAMAGED) from None


def _lure(packed: Any, guideline: Guideline) -> Lure:
    step, why, pitfall = _row(packed, 3)
    _known("step", [step], guideline.steps)
    if pitfall != "":
        _known("statement", [pitfall], guideline.statements)
    return Lure(step, _text(why, "why"), pitfall)


def _point(packed: Any, guideline: Guideline) -> Point:
    text, based_on = _row(packed, 2)
    ids = _list(based_on, MOST_REMARKS, "statements of one point")
    _known("statement", ids, Pathway.of(guideline).passages)
    return Point(_text(text, "text"), tuple(ids))


def _asked(packed: Any, guideline: Guideline) -> tuple[str, ...]:
    ids = _list(packed, len(guideline.observables), "questions")
    _known("question", ids, guideline.observables)
    return tuple(ids)


def _facts(packed: Any, guideline: Guideline) -> Facts:
    if not isinstance(packed, Mapping):
        raise EdgewiseError(DAMAGED)
    _known("question", list(packed), guideline.observables)
    facts = {id: _plain(value, guideline.observables[id].value_type) for id, value in packed.items()}
    try:
        found: dict[str, Answer] = parse_facts(facts, guideline)
    except FactsError as error:
        raise EdgewiseError(f"This guideline cannot take a fact of this case: {error.findings[0].message}.") from None
    return found


def _plain(value: Any, kind: str) -> Any:
    """A value as `edgewise.graph.walking.facts.plain` writes it: never a unit, which would load a large library."""
    if not isinstance(value, str | list):
        raise EdgewiseError(DAMAGED)
    numeric = kind in ("quantity", "count")
    for one in value if isinstance(value, list) else [value]:
        if not (one is None and isinstance(value, list)) and not (isinstance(one, str) and (not numeric or _NUMBER.fullmatch(one))):
            raise EdgewiseError(DAMAGED)
    return value


def _row(value: Any, width: int) -> list[Any]:
    if not isinstance(value, list) or len(value) != width:
        raise EdgewiseError(DAMAGED)
    return value


def _list(value: Any, most: int, what: str) -> list[Any]:
    if not isinstance(value, list):
        raise EdgewiseError(DAMAGED)
    if len(value) > most:
        raise EdgewiseError(f"There are too many {what} ({len(value):,} of at most {most}): leave some out.")
    return value


def _text(value: Any, what: str) -> str:
    if not isinstance(value, str):
        raise EdgewiseError(DAMAGED)
    if len(value) > LIMITS[what]:
        raise EdgewiseError(f"{_NAMES[what]} is too long ({len(value):,} of at most {LIMITS[what]:,} characters): shorten it.")
    if bad := unshown(value):
        raise EdgewiseError(f"{_NAMES[what]} holds a character that cannot be shown (U+{ord(bad):04X}): delete it.")
    return value


def _known(what: str, ids: list[Any], known: Collection[str]) -> None:
    if not all(isinstance(id, str) for id in ids):
        raise EdgewiseError(DAMAGED)
    if missing := [shorten(id) for id in ids if id not in known]:
        more = [f"{len(missing) - _TOLD} more"] if len(missing) > _TOLD else []
        told = ", ".join([*(f"'{id}'" for id in missing[:_TOLD]), *more])
        raise EdgewiseError(f"The case names what this guideline does not have: {what} {told}.")
