"""The entries of a BibTeX file, each with its line: bibtexparser parts the file, and here strings are put in for their names.

bibtexparser puts in a string that stands alone; one joined to others by ``#`` it leaves as it is written, and a string that is defined
nowhere too. So this is done here, within bounds: strings made of strings made of strings must not fill the memory.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from bibtexparser.model import Block, DuplicateBlockKeyBlock, DuplicateFieldKeyBlock, Entry, ParsingFailedBlock, String
from bibtexparser.splitter import Splitter

from edgewise.citations.formats.details import MONTHS
from edgewise.citations.formats.exchange import MOST_REFERENCES, Spot
from edgewise.ontology.findings import Finding

_MOST_BLOCKS = 2 * MOST_REFERENCES  # entries, strings, comments
_LONGEST_ENTRY = 200_000  # characters
_DEEPEST = 20  # nested braces: what decodes them recurses
_MOST_JOINS = 100  # of strings by '#' in one value
_LONGEST_STRING = 1_000  # characters of an @string
_MOST_STRINGS = 2_000
_NEEDED = ("title", "year")
_NO_FORM = "the entry is not in the form of BibTeX, or uses a string that is not defined"
_FORM = "write @article{key, field = {value}, …}"
_DEFINE = "write the text in braces, or define it by @string"
_STRING_FORM = "the @string is not in the form of BibTeX", 'write @string{name = "text"}'
_PIECE = re.compile(r"""\s*(?:(?P<sign>[{"])|(?P<name>[^\s"#%'(),={}]+))""")
_AFTER = re.compile(r"\s*(#|\Z)")
_MARK = re.compile(r'(?<!\\)[{}"]')
_START = re.compile(r"@\w+[ \t]*[{(]")
_BRACE = re.compile(r"[{}]")

logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # findings say it, with the line


@dataclass(frozen=True, slots=True)
class BibtexEntry:
    """One entry: its type and key, its fields' LaTeX by name in lower case, where it stands, and what is odd about it."""

    kind: str
    key: str
    fields: Mapping[str, str]
    spot: Spot
    findings: tuple[Finding, ...] = ()


class _Faulty(ValueError):
    """A value that cannot be read; the message says why, `repair` what to do."""

    def __init__(self, why: str = _NO_FORM, repair: str = _FORM) -> None:
        super().__init__(why)
        self.repair = repair


def parse(content: str, name: str) -> Iterator[BibtexEntry | Finding]:
    r"""The entries of a file in order, and a finding in the place of each that is broken; what stands between them is comment.

    >>> held = parse("note\n@book{a,\n x={1}}\n@misc{b, y=\n@misc(c)", "l.bib")
    >>> [one.key if isinstance(one, BibtexEntry) else str(one) for one in held]
    ['a', "l.bib:4: error: the entry's braces are not closed; close them, or take the entry out [broken-entry]", 'c']
    """
    strings = {month[:3].lower(): month for month in MONTHS}
    given: set[str] = set()
    rest = next(islice(_START.finditer(content), _MOST_BLOCKS, None), None)
    for block in Splitter(content[: rest.start()] if rest else content).split().blocks:
        spot = Spot(name, (block.start_line or 0) + 1)
        if isinstance(block, DuplicateBlockKeyBlock | DuplicateFieldKeyBlock) and block.ignore_error_block:
            block = block.ignore_error_block
        try:
            if isinstance(block, String):
                _define(block, strings, given)
            elif isinstance(block, ParsingFailedBlock):
                raise _why_failed(block)
            elif isinstance(block, Entry):
                yield _entry(block, strings, spot)
        except _Faulty as fault:
            yield spot.finding(_rule(fault), str(fault), fault.repair)
    if rest:
        yield Spot(name).finding("file-too-large", f"only the first {_MOST_BLOCKS:,} entries were read", "split it into smaller lists")


def _rule(fault: _Faulty) -> str:
    return {"write the texts out": "file-too-large", "shorten it": "value-too-long"}.get(fault.repair, "broken-entry")


def _why_failed(block: ParsingFailedBlock) -> _Faulty:
    why = getattr(block.error, "abort_reason", "")
    if why.startswith("Unexpected"):
        return _Faulty("the entry's braces are not closed", "close them, or take the entry out")
    return _Faulty(*_STRING_FORM) if (block.raw or "").lower().startswith("@string") else _Faulty()


def _define(block: String, strings: dict[str, str], given: set[str]) -> None:
    """Take an @string in."""
    key = block.key.lower()
    if len(given) >= _MOST_STRINGS and key not in given:
        raise _Faulty(f"more than {_MOST_STRINGS:,} @strings", "write the texts out")
    try:
        value, unknown = _value(block.value, strings)
    except _Faulty:
        value, unknown = "", "it"
    if unknown or not key:
        raise _Faulty(*_STRING_FORM)
    if len(value) > _LONGEST_STRING:
        raise _Faulty(f"the @string has more than {_LONGEST_STRING:,} characters and was not read", "shorten it")
    strings[key] = value
    given.add(key)


def _entry(entry: Entry, strings: Mapping[str, str], spot: Spot) -> BibtexEntry:
    _refuse_huge(entry)
    fields: dict[str, str] = {}
    findings: list[Finding] = []
    for field in entry.fields:
        key = field.key.lower()
        value, unknown = _value(field.value, strings)
        if unknown and key in _NEEDED:
            raise _Faulty
        if unknown and key != "month":  # a month names itself
            message = f"'{unknown}' in {key} is the name of no string; it was taken for the text"
            findings.append(
                spot.finding("undefined-string", message, "write the text in braces, or define it by @string", "warning", unknown)
            )
        fields.setdefault(key, value)
    if not entry.key:
        raise _Faulty
    return BibtexEntry(entry.entry_type, entry.key, fields, spot, tuple(findings))


def _refuse_huge(block: Block) -> None:
    text = block.raw or ""
    if len(text) > _LONGEST_ENTRY:
        raise _Faulty(f"the entry has more than {_LONGEST_ENTRY:,} characters", "take out what a reference does not need")
    depth = deepest = 0
    for brace in _BRACE.finditer(text):
        depth += 1 if brace[0] == "{" else -1
        deepest = max(deepest, depth)
    if deepest > _DEEPEST:
        raise _Faulty("the entry's braces are nested too deeply", "take the needless ones out")


def _value(written: str, strings: Mapping[str, str]) -> tuple[str, str]:
    """A value as it reads once its strings are put in and joined; and the first name in it that no string has."""
    parts: list[str] = []
    unknown = ""
    at = 0
    while piece := _PIECE.match(written, at):
        if name := piece["name"]:
            known = name if name.isdigit() else strings.get(name.lower())
            unknown = unknown or ("" if known is not None else name)
            parts.append(name if known is None else known)
            end = piece.end()
        else:
            close = _close(written, piece.end(), piece["sign"])
            parts.append(written[piece.end() : close])
            end = close + 1
        if len(parts) > _MOST_JOINS + 1:
            raise _Faulty(f"the entry joins more than {_MOST_JOINS} strings", "write the text out")
        after = _AFTER.match(written, end)
        if after and not after[1]:
            return "".join(parts), unknown
        if not after:
            break
        at = after.end()
    raise _Faulty


def _close(written: str, begin: int, sign: str) -> int:
    """Where a value ends that begins with a brace or a quotation mark; behind a backslash neither counts, as for bibtexparser."""
    depth = 0
    for mark in _MARK.finditer(written, begin):
        if depth == 0 and mark[0] == ("}" if sign == "{" else sign):
            return mark.start()
        depth += {"{": 1, "}": -1}.get(mark[0], 0)
    raise _Faulty
