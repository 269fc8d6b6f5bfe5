"""Finding the reference list of a text that does not tag it, and reading its entries as far as their layout tells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from edgewise.citations.formats.publishing_status import without_day_opened
from edgewise.citations.reading.entry_layout import layout
from edgewise.citations.reading.model import Block, ListEntry
from edgewise.citations.reading.printed_dois import first_doi

_TITLE = re.compile(
    r"^(?:\d+\.?\s*)?(?:cited |selected |key |notes and |list of )?(?:references?|bibliography|literature|works|sources|citations)"
    r"(?: (?:and|&) (?:notes|further reading|bibliography)| cited| list)?\s*:?$",
    re.IGNORECASE,
)
NUMBERED = re.compile(r"^\s*(?:\[\^?(\d{1,4})\]:?|\(?(\d{1,4})[.)]|(\d{1,3})(?=\s+\D))\s*(?=\S)")
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_YEAR_AT_END = re.compile(r"(?:^|[\s,(;])((?:1[5-9]|20)\d\d)[a-z]?\)?\.?$")
_DOI = re.compile(r"\b10\.\d{4,9}/(?:\(SICI\)[^\s\"]+|[^\s\"<>]+)", re.IGNORECASE)
PMID = re.compile(r"\bPMID:?\s*(\d{1,8})\b", re.IGNORECASE)
_MOST_LINES = 5  # of one entry, each set apart by blank lines


def names_list(words: str) -> bool:
    """Whether a heading's words name a reference list.

    >>> names_list("Literature cited"), names_list("Reference values")
    (True, False)
    """
    return bool(_TITLE.match(words))


def find_list(blocks: Sequence[Block]) -> tuple[int, int] | None:
    """Heading and end (exclusive) of the reference list: the last heading that names one and has entries behind it.

    >>> find_list([Block("heading", "Care"), Block("heading", "References"), Block("paragraph", "Lee A. Belts. 2001.")])
    (1, 3)
    """
    for index in range(len(blocks) - 1, -1, -1):
        if _TITLE.match(blocks[index].text) and index + 1 < len(blocks):
            return index, index + 1 + _extent(blocks[index + 1 :])
    return None


def _extent(after: Sequence[Block]) -> int:
    """How many blocks belong to the list."""
    if printed_number(after[0]):
        return _numbered(after)
    period = _period(after)
    if period > 1:
        return period * _repeats(after, period)
    return _unbroken(after)


def _numbered(after: Sequence[Block]) -> int:
    """Until the numbers no longer rise; lines in between go on with an entry unless a heading parts them."""
    count, last = 0, 0
    for index, block in enumerate(after):
        number = printed_number(block)
        if number > last:
            count, last = index + 1, number
        elif block.kind == "heading" or number:
            break
        elif index == count and _near(after, index):
            count = index + 1
        else:
            break
    return count


def printed_number(block: Block) -> int:
    """The number printed before an entry; 0 if there is none.

    >>> [printed_number(Block("entry", text)) for text in ("[12] Lee A.", "3. Lee A.", "Lee A.")]
    [12, 3, 0]
    """
    if block.key.isdigit():
        return int(block.key)
    match = NUMBERED.match(block.text)
    return int(next(group for group in match.groups() if group)) if match else 0


def _near(after: Sequence[Block], index: int) -> bool:
    """Whether a block stands on the very next line."""
    return index > 0 and after[index].line() - after[index - 1].lines[-1][1] == 1


def _period(after: Sequence[Block]) -> int:
    """Lines an entry, where each ends in a year and all have as many: kind, title, source and year."""
    best, most = 1, 1
    for period in range(2, _MOST_LINES + 1):
        repeats = _repeats(after, period)
        if repeats > most:
            best, most = period, repeats
    return best


def _repeats(after: Sequence[Block], period: int) -> int:
    """How many groups of so many lines end in a year, and have none before."""
    count = 0
    while (count + 1) * period <= len(after):
        group = after[count * period : (count + 1) * period]
        if not _YEAR_AT_END.search(group[-1].text) or sum(_like_entry(block.text) for block in group[:-1]) > (period - 1) // 2:
            break
        count += 1
    return count


def _unbroken(after: Sequence[Block]) -> int:
    """Until a heading, or until the spacing breaks behind which nothing looks like an entry any more."""
    spaced = len(after) > 1 and not _near(after, 1)
    for index, block in enumerate(after):
        broken = index > 0 and not spaced and not _near(after, index)
        if index and (block.kind == "heading" or broken) and not _like_entry(block.text):
            return index
        if index and spaced and not _like_entry(block.text) and not any(_like_entry(b.text) for b in after[index + 1 : index + 3]):
            return index
    return len(after)


def _like_entry(text: str) -> bool:
    return bool(_YEAR.search(text) or _DOI.search(text) or PMID.search(text))


def entries(blocks: Sequence[Block]) -> tuple[ListEntry, ...]:
    """The entries of a reference list, lines that belong together joined.

    >>> found = entries([Block("paragraph", t) for t in ("Research", "Belts.", "Spine, 2001", "Guideline", "Rest.", "Bone, 2003")])
    >>> [(e.number, e.kind, e.title, e.container, e.year) for e in found]
    [(1, 'research', 'Belts', 'Spine', 2001), (2, 'guideline', 'Rest', 'Bone', 2003)]
    """
    period = 1 if any(printed_number(block) for block in blocks[:1]) else _period(blocks)
    if period > 1:
        return tuple(_layered(i + 1, blocks[i * period : (i + 1) * period]) for i in range(len(blocks) // period))
    first = printed_number(blocks[0]) if blocks else 0
    printed = first > 0 and (len(blocks) == 1 or any(printed_number(block) == first + 1 for block in blocks[1:8]))
    joined = _joined(blocks) if printed else [[block] for block in blocks]
    return tuple(_entry(position, group, printed) for position, group in enumerate(joined, 1))


def _joined(blocks: Sequence[Block]) -> list[list[Block]]:
    groups: list[list[Block]] = []
    last = 0
    for block in blocks:
        number = printed_number(block)
        if number > last or not groups:
            groups.append([block])
            last = number
        else:
            groups[-1].append(block)
    return groups


def _layered(position: int, group: Sequence[Block]) -> ListEntry:
    """An entry in lines: (kind,) title, source and year."""
    texts = [block.text.strip() for block in group]
    source = texts[-1]
    match = _YEAR_AT_END.search(source)
    container = source[: match.start()].rstrip(" ,;(") if match else source
    return ListEntry(
        number=position,
        printed=False,
        raw=" / ".join(texts),
        line=group[0].line(),
        title=texts[-2].rstrip("."),
        container=container,
        year=int(match[1]) if match else 0,
        kind=texts[0].lower() if len(texts) > 2 and len(texts[0].split()) <= 3 else "",
        doi=first_doi(" ".join(texts)),
    )


def _entry(position: int, group: Sequence[Block], printed: bool) -> ListEntry:
    number = printed_number(group[0]) if printed else 0
    raw = " ".join(block.text for block in group)
    raw = raw if group[0].key or not number else NUMBERED.sub("", raw, count=1)
    return read_entry(number or position, raw, group[0].line(), printed=bool(number))


def read_entry(number: int, raw: str, line: int, *, printed: bool, doi: str = "", pmid: str = "") -> ListEntry:
    """An entry as far as its layout tells; `doi` and `pmid` are those of its links, for where the text shows none.

    >>> read_entry(1, "Lee A. Belts. Spine. 2001;3:4-5.", 7, printed=True, pmid="12").title
    'Belts'
    """
    found, years, shown = layout(raw), set(_YEAR.findall(without_day_opened(_DOI.sub("", raw)))), PMID.search(raw)
    return ListEntry(
        number=number,
        printed=printed,
        raw=raw,
        line=line,
        title=found.title,
        container=found.container,
        author=found.author,
        year=found.year or (int(years.pop()) if len(years) == 1 else 0),
        volume=found.volume,
        issue=found.issue,
        pages=found.pages,
        doi=first_doi(raw) or doi,
        pmid=shown[1] if shown else pmid,
    )
