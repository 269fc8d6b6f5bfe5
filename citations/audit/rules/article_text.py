"""What only the article's text can show: markers and entries as printed, drift, and words that were taken over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from rdflib import Literal
from rdflib.namespace import DCTERMS

from edgewise.citations.audit.rules.rule import Audited, Fault, Rule, listed, many, number
from edgewise.citations.reading.own_words import RUN, grams, taken, words
from edgewise.graph.model import Reference, Statement
from edgewise.graph.pathway import Pathway
from edgewise.ontology.terms import EW

if TYPE_CHECKING:
    from edgewise.citations.reading.model import Abstention, Article, ListEntry, Sentence

_TOO_FEW = 0.1  # of the passages: an article that was written anew keeps more
_BIBLIOGRAPHIC = {DCTERMS.title, EW.container, EW.author}  # titles and names are what they are

_DOUBTFUL = {
    "figure": "could be a marker or a figure of the sentence",
    "name": "could be a citation, or a name beside a year",
    "which": "is a citation, but it is not decided of what",
    "lacking": "is a citation of nothing that the list has",
}


def unordered_markers(subject: Audited) -> Iterator[Fault]:
    """Groups that do not ascend, and numbers that come before a smaller one has been seen; lists sorted by author have no such order."""
    article = _article(subject)
    if article.style == "author-year":
        return
    seen: set[int] = set()
    early = []
    for marker in article.markers:
        if list(marker.numbers) != sorted(marker.numbers):
            message = f"the markers '{marker.raw.strip()}' do not ascend"
            yield Fault(message=message, value=marker.raw.strip(), file=article.name, line=marker.line)
        for value in sorted(set(marker.numbers) - seen):
            if value < max(seen, default=0):
                early.append((value, marker.line))
            seen.add(value)
    if early and not _is_alphabetical(article.references):
        told = listed(f"{value} (line {line})" for value, line in early)
        message = f"numbers are first cited out of order: {told} after higher ones"
        yield Fault(message=message, file=article.name, line=early[0][1])


def _is_alphabetical(entries: Iterable[ListEntry]) -> bool:
    texts = [(entry.author or entry.raw).casefold() for entry in entries]
    return texts == sorted(texts)


def unreadable_marker(subject: Audited) -> Iterator[Fault]:
    article = _article(subject)
    told = {marker.printed for marker in subject.guideline.markers.values() if not marker.entry}  # as orphans
    for doubt in article.abstentions:
        if doubt.kind == "lacking" and doubt.raw.strip() in told:
            continue
        message = f"'{doubt.raw.strip()}' {_DOUBTFUL[_kind(article, doubt)]}: {doubt.why}"
        yield Fault(message=message, value=doubt.raw.strip(), file=article.name, line=doubt.line)


def _kind(article: Article, doubt: Abstention) -> str:
    return "name" if doubt.kind == "figure" and article.style == "author-year" else doubt.kind


def broken_link(subject: Audited) -> Iterator[Fault]:
    article = _article(subject)
    for one in article.link_faults:
        shown = f"the link '{one.raw}'" if one.raw else "a link without text"
        yield Fault(message=f"{shown} {one.why}", value=one.raw, file=article.name, line=one.line)


def altered_markers(subject: Audited) -> Iterator[Fault]:
    guideline, article = subject.guideline, _article(subject)
    doubtful = {(doubt.section, doubt.sentence): set(doubt.numbers) for doubt in article.abstentions}
    held = _by_fingerprint(article)
    for statement in guideline.statements.values():
        sentences = held.get(statement.fingerprint, ())
        ours = _numbers(subject, statement)
        if not sentences or any(ours == _printed(sentence) for sentence in sentences):
            continue
        line = sentences[0].line
        theirs = _printed(sentences[0])
        if set(ours) ^ set(theirs) <= set().union(*doubtful.values()):  # the reader itself could not tell
            continue
        message = (
            f"{statement.id} ({statement.place}) cites {_told(ours)}, but its sentence on line {line} of the article prints {_told(theirs)}"
        )
        yield Fault(message=message, subject=statement.id, predicate=EW.hasCitation, value=_told(ours))


def unmodelled_citation(subject: Audited) -> Iterator[Fault]:
    article = _article(subject)
    pairs = _moved(subject)
    paired = {sentence.index for sentence in pairs.values()}
    missed = [sentence for sentence in _unclaimed(subject) if sentence.index not in paired]
    if missed:
        lines = listed(sorted({sentence.line for sentence in missed}))
        are = "is" if len(missed) == 1 else "are"
        message = f"{many(len(missed), 'sentence')} of the article with markers {are} in no statement: line {lines}"
        yield Fault(message=message, value=lines, file=article.name, line=missed[0].line)


def drifted_article(subject: Audited) -> Iterator[Fault]:
    article = _article(subject)
    gone = _drifted(subject)
    if is_another(subject):
        there = len(_passages(subject)) - len(gone)
        some = f"only {there}" if there else "none"
        message = (
            f"{some} of the {len(_passages(subject))} passages {'stand' if there > 1 else 'stands'} in {article.name}: "
            "it seems to be another article than the guideline's, or another edition of it"
        )
        repair = "give the article itself; if it is the right one, it was written anew, and so has the guideline to be"
        yield Fault(message=message, predicate=EW.hasStatement, repair=repair, related=tuple(one.id for one in gone))
        return
    moved = _moved(subject)
    for passage in gone:
        perhaps = f"; perhaps it is now line {moved[passage.id].line}" if passage.id in moved else ""
        message = f"the sentence of {passage.id} ({passage.place}) is no longer in the article{perhaps}"
        yield Fault(message=message, subject=passage.id, predicate=EW.fingerprint)


def altered_entry(subject: Audited) -> Iterator[Fault]:
    guideline, article = subject.guideline, _article(subject)
    printed = {entry.number: entry for entry in article.references}
    if not printed:
        return
    awaited = {number(marker) for marker in guideline.markers.values() if not marker.entry}
    for reference in guideline.references.values():
        if reference.position not in printed:
            message = f"the article's list has no entry {reference.position}, which here is '{reference.title[:80]}'"
            yield Fault(message=message, subject=reference.id, predicate=EW.position, value=str(reference.position))
        elif differ := _differing(reference, printed[reference.position]):
            where = f"the article's entry on line {printed[reference.position].line}"
            message = f"entry {reference.position} differs from {where} in {listed(differ)}"
            yield Fault(message=message, subject=reference.id, value=", ".join(differ))
    for position in sorted(set(printed) - {one.position for one in guideline.references.values()} - awaited):
        message = f"the article prints an entry {position} that the guideline does not have"
        yield Fault(message=message, value=str(position), file=article.name, line=printed[position].line)


def _differing(reference: Reference, entry: ListEntry) -> list[str]:
    """Fields that the article's entry does not have so; what a draft does not say yet differs from nothing."""
    raw = f" {' '.join(words(entry.raw))} "
    fields = {
        "title": ("" if reference.title == reference.id else reference.title, entry.title),
        "container": (reference.container, entry.container),
        "author": (reference.author, entry.author),
        "year": (reference.dated, str(entry.year)),
    }
    return [field for field, (ours, theirs) in fields.items() if ours and ours != theirs and f" {' '.join(words(ours))} " not in raw]


def leaked_text(subject: Audited) -> Iterator[Fault]:
    article = _article(subject)
    theirs: dict[tuple[str, ...], int] = {}
    for sentence in article.sentences:
        for gram in grams(sentence.text):
            theirs.setdefault(gram, sentence.line)
    for named in (*(entry.raw for entry in article.references), *_names(subject)):
        for gram in grams(named):
            theirs.pop(gram, None)
    base = f"{subject.guideline.iri}/"
    for node, predicate, value in sorted(subject.source.graph, key=str):
        if isinstance(value, Literal) and predicate not in _BIBLIOGRAPHIC and (taken_over := taken(str(value), theirs)):
            id = str(node).removeprefix(base) if str(node) != subject.guideline.iri else ""
            lines = listed(sorted({theirs[gram] for gram in grams(str(value)) if gram in theirs}))
            message = f"{RUN} or more words in a row are those of line {lines} of the article: {listed(taken_over)}"
            yield Fault(message=message, subject=id, predicate=predicate)  # type: ignore[arg-type]  # predicates are IRIs


def _names(subject: Audited) -> Iterator[str]:
    """Names that are what they are, however long: of sections, methods of imaging, works. A whole sentence of the article is no name."""
    guideline, article = subject.guideline, _article(subject)
    yield from (section.title for section in article.sections)
    sentences = {words(sentence.text) for sentence in article.sentences if sentence.place.part != "heading"}
    named = [modality.label for modality in guideline.modalities.values()]
    named += [reference.title for reference in guideline.references.values()]
    yield from (name for name in named if words(name) not in sentences)


def _article(subject: Audited) -> Article:
    if subject.article is None:
        raise ValueError("this rule needs the article: check `needs` before calling it")
    return subject.article


def _by_fingerprint(article: Article) -> Mapping[str, list[Sentence]]:
    held: dict[str, list[Sentence]] = {}
    for sentence in article.sentences:
        held.setdefault(sentence.fingerprint, []).append(sentence)
    return held


def _numbers(subject: Audited, statement: Statement) -> list[int]:
    return sorted(number(subject.guideline.markers[citation.marker]) for citation in statement.citations)


def _printed(sentence: Sentence) -> list[int]:
    return sorted(value for marker in sentence.markers for value in marker.numbers)


def _told(numbers: list[int]) -> str:
    return listed(numbers) if numbers else "nothing"


def _passages(subject: Audited) -> list[Statement]:
    """Those that say which sentence they are of; in a draft that may be still to do."""
    return [one for one in Pathway.of(subject.guideline).passages.values() if one.fingerprint]


def _drifted(subject: Audited) -> list[Statement]:
    held = _by_fingerprint(_article(subject))
    return [one for one in _passages(subject) if one.fingerprint not in held]


def is_another(subject: Audited) -> bool:
    """Whether the article given is not the guideline's: next to none of its passages stands there (some articles share a heading)."""
    passages = len(_passages(subject)) if subject.article else 0
    return passages > 0 and passages - len(_drifted(subject)) < passages * _TOO_FEW


def _unclaimed(subject: Audited) -> list[Sentence]:
    """Sentences of the running text with markers that are nobody's."""
    held = {one.fingerprint for one in subject.guideline.statements.values()}
    return [one for one in _article(subject).sentences if one.fingerprint not in held and any(marker.paragraph for marker in one.markers)]


def _moved(subject: Audited) -> Mapping[str, Sentence]:
    """For statements whose sentence is gone, the one that may have taken its place: first by the same markers, then in order."""
    free = _unclaimed(subject)
    gone = [one for one in _drifted(subject) if one.id in subject.guideline.statements]
    found: dict[str, Sentence] = {}
    for statement in gone:
        same = next((sentence for sentence in free if _printed(sentence) == _numbers(subject, statement)), None)
        if same:
            found[statement.id] = same
            free.remove(same)
    rest = [statement for statement in gone if statement.id not in found]
    return found | {statement.id: sentence for statement, sentence in zip(rest, free, strict=False)}


RULES = (
    Rule(
        id="M104", name="unordered-markers", severity="note", check=unordered_markers, needs=("article",),
        why="Numbers out of order are the trace of an edit after which the list may no longer fit the text.",
        fix="Look whether the entries still fit these markers; then leave the order as printed.",
    ),
    Rule(
        id="M107", name="unreadable-marker", severity="note", check=unreadable_marker, needs=("article",),
        why="A number that may be a marker or a figure must not be guessed at: a missed marker hides a citation.",
        fix="Look at the place in the article; if it is a marker, add the citation to the statement.",
    ),
    Rule(
        id="M108", name="altered-markers", severity="error", check=altered_markers, needs=("article",),
        why="A statement that cites what its sentence does not credits the wrong source.",
        fix="Write the markers as printed behind the sentence.",
    ),
    Rule(
        id="M109", name="unmodelled-citation", severity="warning", check=unmodelled_citation, needs=("article",),
        why="A cited sentence that no statement stands for is evidence that the graph does not show.",
        fix="Add a statement in your own words with its place, fingerprint and markers.",
    ),
    Rule(
        id="M113", name="broken-link", severity="error", check=broken_link, needs=("article",),
        why="A reader who follows a broken link finds nothing, or a work that was never cited; and indexes count what the links say.",
        fix="Let the link lead to the entry that is meant, in the article's own file.",
    ),
    Rule(
        id="R216", name="altered-entry", severity="error", check=altered_entry, needs=("article",),
        why="The list is kept as printed; what differs from it may lead a reader to another work.",
        fix="Write the entry as printed; what editors know better belongs under 'additions'.",
    ),
    Rule(
        id="P405", name="drifted-article", severity="error", check=drifted_article, needs=("article",),
        why="A statement whose sentence was changed says what the article may no longer say.",
        fix="Read the sentence, write the statement afresh, and renew its fingerprint; sign-offs on it expire by themselves.",
    ),
    Rule(
        id="P406", name="leaked-text", severity="error", check=leaked_text, needs=("article",),
        why="The article's sentences belong to its publisher; a guideline keeps places and fingerprints, and its own words.",
        fix="Write it afresh in your own words.",
    ),
)  # fmt: skip
