"""A guideline out of a library as one has it in hand, the same as from its file."""

from __future__ import annotations

from dataclasses import replace

from edgewise.graph.compiled.judged import Judged
from edgewise.graph.loaded import Loaded
from edgewise.graph.stores.entry import Entry, short_name
from edgewise.graph.stores.errors import refuse
from edgewise.graph.stores.record import matches


def opened(entry: Entry, content: bytes, judged: Judged, where: str) -> Loaded:
    """The guideline of an entry.

    Args:
        entry: as the library has it.
        content: as the library has it.
        judged: what is to be said of the content.
        where: the library's URL, for messages.

    Raises:
        StoreError: the content is not that of which the entry speaks, or no guideline that can be used.
    """
    if not matches(entry, content) or judged.guideline is None:
        what = "is not the one that was loaded" if not matches(entry, content) else "is none that this version of Edgewise takes"
        raise refuse("damaged", f"the content of '{entry.id}' {what}", "load the guideline again", where)
    name = short_name(entry.file)
    findings = tuple(replace(finding, file=name) for finding in judged.findings)
    return Loaded(judged.guideline, name, findings, content, entry.format)
