"""A CSL item, from whatever program, as a reference; anything may be missing, of another type or hostile."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from edgewise.citations.formats.csl_items import ADDITIONS, SCHEMES
from edgewise.citations.formats.database_fields import is_record
from edgewise.citations.formats.details import MONTHS, fold, month_number, same_value
from edgewise.citations.formats.exchange import LONGEST_VALUE, LeftOut, Reading, Spot
from edgewise.citations.formats.names import Name, write_names
from edgewise.citations.formats.note_lines import Provenance, parse_lines
from edgewise.citations.formats.publishing_status import in_press
from edgewise.graph.model import Addition, Identifier, Reference
from edgewise.ontology.findings import Finding

# What programs call the day on which an address was opened, and the state of what has not appeared yet.
_OPENED, _STATES = ("accessed", "urldate", "access_date"), ("status", "pubstate")
_PLAIN = frozenset(
    {*_OPENED, *_STATES, "id", "type", "title", "container-title", "author", "issued", "note", *ADDITIONS.values(), *SCHEMES.values()}
)
_SHORT = 60  # characters of a day or a state; more are a story
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def reading_of(item: Mapping[str, Any], position: int, spot: Spot, stated_by: str = "editor") -> Reading:
    """The reference that an item describes, as far as it holds a title.

    What a reference has no printed field for becomes an unconfirmed addition, said by `stated_by`, unless the item's notes
    say otherwise.

    >>> found = reading_of({"id": "x", "title": "A trial", "issued": {"date-parts": [[2006]]}, "volume": "3"}, 1, Spot("l.json", 1))
    >>> found.references[0].additions
    (Addition(field='volume', value='3', stated_by='editor', confirmed=False),)
    """
    findings = [*_too_long(item, spot)]
    title, year = _text(item.get("title")), _issued(item)[0]
    id = _id(item, position)
    if not title:
        findings.append(spot.finding("missing-title", f"the reference '{id}' has no title", "add it, or take the entry out"))
        return Reading(findings=tuple(findings))
    if year is None:
        findings.append(spot.finding("missing-year", f"the reference '{id}' has no year", "add it once the work has one", "warning"))
    said, foreign = parse_lines(_note_lines(item))
    reference = _reference(item, id, position, title, year or 0, said, stated_by)
    findings += _changed_elsewhere(said, reference, spot)
    noted = bool(said.properties or said.identifiers or said.additions)
    return Reading((reference,), tuple(_unplaced(item, id, foreign)), tuple(findings), (spot.line,), noted)


def _reference(item: Mapping[str, Any], id: str, position: int, title: str, year: int, said: Provenance, stated_by: str) -> Reference:
    own = said.properties
    position_said = own.get("position", "")
    return Reference(
        id=id,
        position=int(position_said) if position_said.isascii() and position_said.isdigit() and len(position_said) < 7 else position,
        title=title,
        year=year,
        container=_text(item.get("container-title")),
        author=_author(item, said),
        printed_kind=_kind(item, own),
        tier=own.get("tier", ""),
        own_publisher=own.get("ownPublisher") == "true",
        identifiers=tuple(_identifiers(item, said, stated_by)),
        additions=tuple(_additions(item, said, stated_by)),
    )


def _author(item: Mapping[str, Any], said: Provenance) -> str:
    line, printed = names_line(item), said.properties.get("author", "")
    added = any(known.field == "authors" for known in said.additions)
    return printed if added or (printed and _same_names(line, printed)) else line


def names_line(item: Mapping[str, Any]) -> str:
    """The authors of an item in one line."""
    people = item.get("author")
    return write_names(name for person in people if (name := _name(person)) != Name()) if isinstance(people, list) else ""


def _additions(item: Mapping[str, Any], said: Provenance, stated_by: str) -> Iterator[Addition]:
    native = {field: value for field, variable in ADDITIONS.items() if (value := _text(item.get(variable)))}
    _, month, day = _issued(item)
    if month:
        native["month"] = MONTHS[month - 1]
    if day:
        native["day"] = str(day)
    native |= {field: value for field, value in (("accessed", _opened(item)), ("status", _status(item))) if value}
    authors = names_line(item)
    if authors and any(known.field == "authors" for known in said.additions):
        native["authors"] = authors
    for known in said.additions:
        value = native.pop(known.field, "")
        changed = value and not _agree(known.field, value, known.value)
        yield Addition(known.field, value, stated_by, confirmed=False) if changed else known
    for field, value in native.items():
        yield Addition(field, value, stated_by, confirmed=False)


def _opened(item: Mapping[str, Any]) -> str:
    """The day on which the address was opened, as it is written, or ISO 8601 where its parts are told."""
    held = next((item[field] for field in _OPENED if item.get(field)), "")
    if not isinstance(held, Mapping):
        return _text(held).rstrip("/")[:_SHORT]
    parts = [part for part in _date_parts(held) if part]
    return "-".join(f"{part:02}" for part in parts) or _text(held.get("raw") or held.get("literal"))[:_SHORT]


def _status(item: Mapping[str, Any]) -> str:
    """That it is in press, if a field says so, or a note that says nothing else."""
    said = next((_text(item[field]) for field in _STATES if item.get(field)), "")
    notes = (line for line in _note_lines(item) if len(line) <= _SHORT and in_press(line))
    return (said or next(notes, ""))[:_SHORT]


def _identifiers(item: Mapping[str, Any], said: Provenance, stated_by: str) -> Iterator[Identifier]:
    native = {scheme: value for scheme, variable in SCHEMES.items() if (value := _text(item.get(variable)))}
    for known in said.identifiers:
        value = native.pop(known.scheme, "")
        changed = value and not same_value(value, known.value)
        yield Identifier(known.scheme, value, stated_by, confirmed=False) if changed else known
    for scheme, value in native.items():
        if scheme != "url" or not is_record(value):
            yield Identifier(scheme, value, stated_by, confirmed=False)


def _changed_elsewhere(said: Provenance, reference: Reference, spot: Spot) -> Iterator[Finding]:
    """Say where another program's value took the place of one that somebody had stated."""
    before = {("identifier " + known.scheme, known.value) for known in said.identifiers}
    before |= {("addition " + known.field, known.value) for known in said.additions}
    after = {("identifier " + known.scheme, known.value) for known in reference.identifiers}
    after |= {("addition " + known.field, known.value) for known in reference.additions}
    for what, value in sorted(before - after):
        message = f"{what.split(' ', 1)[1]} of '{reference.id}' was changed in another program; it is no longer confirmed"
        yield spot.finding("changed-elsewhere", message, f"it was '{value}': confirm one of the two", "warning", value)


def _agree(field: str, native: str, said: str) -> bool:
    if field == "authors":
        return _same_names(native, said)
    if field == "month":
        return month_number(native) == month_number(said)
    return same_value(native, said)


def _same_names(one: str, other: str) -> bool:
    return [c for c in one.casefold() if c.isalnum()] == [c for c in other.casefold() if c.isalnum()]


def _kind(item: Mapping[str, Any], own: Mapping[str, str]) -> str:
    csl_type, kind = _text(item.get("type")), own.get("printedKind", "")
    if kind or "position" in own:  # our own file: an empty kind was empty
        return kind
    return csl_type if csl_type != "document" else ""


def _issued(item: Mapping[str, Any]) -> tuple[int | None, int | None, int | None]:
    year, month, day = _date_parts(item.get("issued"))
    month = month if month and month <= len(MONTHS) else None
    return (year if year and year <= 9999 else None), month, (day if month and day and day <= 31 else None)


def _date_parts(issued: object) -> tuple[int | None, int | None, int | None]:
    dates = issued.get("date-parts") if isinstance(issued, Mapping) else None
    first = dates[0] if isinstance(dates, list) and dates and isinstance(dates[0], list) else []
    if not first and isinstance(issued, Mapping):
        words = re.match(r"\D{0,12}(\d{4})(?!\d)", _text(issued.get("raw") or issued.get("literal")))
        first = [words[1]] if words else []
    year, month, day = ([_whole(part) for part in first[:3]] + [None] * 3)[:3]
    return year, month, day


def _whole(value: object) -> int | None:
    text = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 and int(text) else None


def _name(person: object) -> Name:
    if not isinstance(person, Mapping):
        return Name()
    if literal := _text(person.get("literal")):
        return Name(literal=literal)
    particles = (_text(person.get(part)) for part in ("dropping-particle", "non-dropping-particle", "family"))
    family, given = " ".join(part for part in particles if part), _text(person.get("given"))
    suffix = _text(person.get("suffix"))
    given = f"{given} {suffix}".strip()
    return Name(family, given) if family and given else Name(literal=family or given)


def _text(value: object) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        return ""
    return fold(str(value)[:LONGEST_VALUE])


def _id(item: Mapping[str, Any], position: int) -> str:
    id = _text(item.get("id"))
    return id if _ID.fullmatch(id) and len(id) <= 100 else re.sub(r"[^A-Za-z0-9]+", "-", id)[:100].strip("-") or f"reference-{position}"


def _note_lines(item: Mapping[str, Any]) -> list[str]:
    note = item.get("note")
    return [fold(line) for line in note[: 10 * LONGEST_VALUE].split("\n")] if isinstance(note, str) else []


def _too_long(item: Mapping[str, Any], spot: Spot) -> Iterator[Finding]:
    for field, value in item.items():
        if isinstance(value, str) and field != "note" and len(value) > LONGEST_VALUE:
            message = f"{field} has {len(value):,} characters; {LONGEST_VALUE:,} were read"
            yield spot.finding("value-too-long", message, "shorten it", "warning", value)


def _unplaced(item: Mapping[str, Any], id: str, foreign: tuple[str, ...]) -> Iterator[LeftOut]:
    for field, value in item.items():
        if field not in _PLAIN and value not in ("", None, [], {}):
            yield LeftOut(id, str(field)[:80], _shown(value)[:80], "a reference has no place for it")
    if is_record(address := _text(item.get("URL"))):
        yield LeftOut(id, "URL", address[:80], "it is the address of a database's record, not of the work")
    placed = _status(item)
    for line in foreign:
        if line != placed:
            yield LeftOut(id, "note", line[:80], "a reference has no place for it")


def _shown(value: object) -> str:
    """A value in words: the parts of a list or a mapping, one after the other."""
    if isinstance(value, Mapping):
        return ", ".join(f"{field} {_shown(held)}" for field, held in list(value.items())[:10])
    return "; ".join(map(_shown, value[:10])) if isinstance(value, list) else str(value)
