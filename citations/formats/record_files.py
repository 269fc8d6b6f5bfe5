"""Files of tagged records: each record as a reference, and whatever stands outside of them told with its line."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from edgewise.citations.formats.exchange import Reading, Spot, decode, distinct
from edgewise.citations.formats.tagged_lines import Tagged, TagStyle, records

Reader = Callable[[Tagged, int, Spot], Reading | None]
"""Takes a record, its ordinal and its place; None for what is no record."""


def read_records(text: str | bytes, name: str, style: TagStyle, reader: Reader, begin: str) -> Reading:
    """The references of a file.

    Args:
        text: its content.
        name: of the file, for findings.
        style: how its lines are written.
        reader: of one record.
        begin: how a record begins, for the repair.
    """
    content, findings = decode(text, name)
    if findings:
        return Reading(findings=findings)
    return distinct(_readings(content, name, style, reader, begin), name)


def _readings(content: str, name: str, style: TagStyle, reader: Reader, begin: str) -> Iterator[Reading]:
    number = 0
    for record in records(content, style):
        spot = Spot(name, record.line)
        read = reader(record, number + 1, spot)
        number += read is not None
        stray = spot.finding("broken-entry", "this text stands outside any record", f"begin a record with '{begin}'", "warning")
        yield read or Reading(findings=(stray,))
