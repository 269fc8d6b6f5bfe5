"""A skeleton of a `guideline.yaml` from an article: places, fingerprints, markers and references filled in, words left to the editor."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from edgewise.citations.reading.model import Abstention, Article, ListEntry, Sentence

_HEADER = """\
# Draft of a guideline, made from {name}.
#
# What the article prints stands here: the place and fingerprint of every sentence with a marker, the markers, the reference list. Yours to
# fill in are all values that are "" or []: title, question and the rest of the head; for each statement its kind (recommendation,
# criterion, evidence, outcome or pitfall) and its text in your own words, never the article's; then phases, steps, observables and
# transitions. Name the sections as you like. docs/model.md explains every key; `edgewise check` says what is still missing.
"""
_HEAD = ("question", "publisher", "updated", "reviewStatus", "audience", "purpose", "disclaimer")
_LISTS = ("phases", "steps", "observables", "transitions", "situations", "modalities", "ratings")
_SECTION_WORDS = 6  # of a heading, to name a section: no more than anybody would use for it


def draft(article: Article, *, id: str = "", statements: bool = True) -> str:
    r"""The skeleton as YAML text; none of the article's sentences is in it.

    Args:
        article: as read.
        id: of the guideline; made from the file's name if empty.
        statements: with one for every sentence that bears a marker; without, none is begun.

    >>> from edgewise.citations.reading.article import read_article_text
    >>> article = read_article_text("Care\n\nRest helps [1].\n\nReferences\n\n1. Lee A. Rest. 2001.\n", "rest.txt", "text")
    >>> 'text: ""' in draft(article), "Rest helps" in draft(article)
    (True, False)
    """
    parts = [
        _HEADER.format(name=_comment(re.split(r"[\\/]", article.name)[-1])),
        *_head(article, id),
        *(_statements(article) if statements else ["statements: []", ""]),
    ]
    parts += [*_markers(article), *_references(article), "notes: []", *_undecided(article)]
    return "\n".join(parts) + "\n"


def _head(article: Article, id: str) -> Iterator[str]:
    yield f"id: {id or _slug(article.name)}"
    yield "draft: true"
    yield f"title: {_quoted(article.title)}"
    yield from (f'{key}: ""' for key in _HEAD)
    yield "language: en"
    yield ""
    yield from (f"{key}: []" for key in _LISTS)
    yield ""


def _statements(article: Article) -> Iterator[str]:
    cited = [sentence for sentence in article.sentences if sentence.markers and sentence.fingerprint]
    yield "statements:" if cited else "statements: []"
    names = section_names(article)
    for number, sentence in enumerate(cited, 1):
        yield f"  - id: s{number}  # line {sentence.line}"
        yield '    kind: ""'
        yield '    text: ""'
        yield f"    place: {{{', '.join(_place(sentence, names))}}}"
        yield f"    fingerprint: {sentence.fingerprint}"
        numbers = dict.fromkeys(n for marker in sentence.markers for n in marker.numbers)
        yield f"    citations: [{', '.join(f'{{marker: marker-{n}}}' for n in numbers)}]"
    yield ""


def passages(article: Article, lines: Iterable[int]) -> Iterator[str]:
    r"""Place and fingerprint of every sentence, bullet or heading that begins on one of these lines, as a guideline holds them.

    Here stand those without a marker too, such as the heading that a `Heading` is for; none of their words is told.

    >>> from edgewise.citations.reading.article import read_article_text
    >>> for line in passages(read_article_text("Ankles\n\nWho it is for\n\nIt helps [1].", "a.txt", "text"), [3]):
    ...     print(line[:60])
    # line 3
    place: {section: "who it is for", part: heading}
    fingerprint: sha256:bcdecc549d07363cc6d79a4351786f6c1ca8e9fa
    """
    names, wanted = section_names(article), set(lines)
    for sentence in article.sentences:
        if sentence.line in wanted and sentence.fingerprint:
            yield f"# line {sentence.line}"
            yield f"place: {{{', '.join(_place(sentence, names))}}}"
            yield f"fingerprint: {sentence.fingerprint}"


def _place(sentence: Sentence, names: dict[int, str]) -> Iterator[str]:
    place = place_of(sentence, names)
    yield f"section: {_quoted(str(place.pop('section')))}"
    yield from (f"{key}: {value}" for key, value in place.items())


def place_of(sentence: Sentence, names: dict[int, str]) -> dict[str, str | int]:
    """Where a sentence stands, in the keys of a guideline's place; `names` as `section_names` gives them."""
    place = sentence.place
    counted = {key: number for key, number in (("ordinal", place.ordinal), ("sentence", place.sentence)) if number}
    return {"section": names[sentence.index], "part": "sentence" if place.part == "cell" else place.part, **counted}


def section_names(article: Article) -> dict[int, str]:
    """A short name for the section of each sentence, no two the same."""
    found: dict[int, str] = {}
    taken: dict[str, int] = {}
    for section in article.sections:
        words = re.findall(r"[^\W_][\w'’-]*", section.title)[:_SECTION_WORDS]
        name = " ".join(words).lower() or "opening"
        taken[name] = taken.get(name, 0) + 1
        name = f"{name} ({taken[name]})" if taken[name] > 1 else name
        found |= {sentence.index: name for sentence in section.sentences}
    return found


def _markers(article: Article) -> Iterator[str]:
    numbers = sorted({number for marker in article.markers for number in marker.numbers})
    positions = {entry.number: position for position, entry in reversed(list(enumerate(article.references, 1)))}
    yield "markers:" if numbers else "markers: []"
    for number in numbers:
        if number in positions:
            yield f'  - {{id: marker-{number}, printed: "{number}", entry: reference-{positions[number]}}}'
        else:
            note = f"The list has {len(article.references)} entries; {number} points nowhere."
            yield f'  - {{id: marker-{number}, printed: "{number}", note: {_quoted(note)}}}'
    yield ""


def _references(article: Article) -> Iterator[str]:
    yield "references:" if article.references else "references: []"
    for position, entry in enumerate(article.references, 1):
        yield f"  # as printed: {_comment(entry.raw)}"
        yield f"  - id: reference-{position}"
        yield f"    position: {entry.number}"
        yield f"    title: {_quoted(entry.title)}"
        for key, value in (("container", entry.container), ("author", entry.author), ("printedKind", entry.kind)):
            if value:
                yield f"    {key}: {_quoted(value)}"
        yield f"    year: {entry.year or _quoted('')}"
        yield from _identifiers(entry)
        yield from _additions(entry)
    yield ""


def _identifiers(entry: ListEntry) -> Iterator[str]:
    known = [(scheme, value) for scheme, value in (("doi", entry.doi), ("pmid", entry.pmid)) if value]
    if known:
        yield "    identifiers:"
        yield from (f"      - {{scheme: {s}, value: {_quoted(v)}, statedBy: source, confirmed: false}}" for s, v in known)


def _additions(entry: ListEntry) -> Iterator[str]:
    if known := entry.additions:
        yield "    additions:"
        yield from (f"      - {{field: {f}, value: {_quoted(v)}, statedBy: source, confirmed: false}}" for f, v in known.items())


def _undecided(article: Article) -> Iterator[str]:
    if article.abstentions:
        yield ""
        yield "# Not decided by the reader: a citation or not, or of which entry? Look at the article and add a citation where it is one."
    yield from (_doubt(abstention) for abstention in article.abstentions)


def _doubt(abstention: Abstention) -> str:
    perhaps = f" ({', '.join(map(str, abstention.numbers[:20]))})" if abstention.numbers else ""
    return f"#   line {abstention.line}: {_comment(abstention.raw)}{perhaps}"


def _slug(name: str) -> str:
    stem = re.split(r"[\\/]", name)[-1].rpartition(".")[0] or name
    return re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-")[:60].strip("-") or "guideline"


def _comment(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:400]


def _quoted(text: str) -> str:
    return json.dumps("".join(c if c.isprintable() else " " for c in text), ensure_ascii=False)
