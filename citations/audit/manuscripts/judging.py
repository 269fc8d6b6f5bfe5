"""The rules of the audit on a manuscript: those that judge by what the file itself says; the others are named as not checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from edgewise.citations.audit.engine import LACKING, Report, Unchecked, examine
from edgewise.citations.audit.manuscripts.kinds import is_list
from edgewise.citations.audit.manuscripts.manuscript import Manuscript, of_article, of_list
from edgewise.citations.audit.rules import RULES, Audited, Names, Rule, find_rule
from edgewise.citations.audit.rules.rule import entries
from edgewise.citations.audit.settings import NO_SETTINGS, AuditSettings, find_settings
from edgewise.citations.reading.model import Article
from edgewise.graph.model import Guideline
from edgewise.ontology.errors import SourceError
from edgewise.ontology.findings import Finding

if TYPE_CHECKING:
    from edgewise.citations.lookup.works import Resolution

_OF_TEXT = ("M104", "M107")
_OF_TAGS = "M113"
_OF_LINKS = ("M101", "M102", "M103", "M105", "M114")
_OF_NUMBERS = ("M103", "M104", "M105")
_OF_FIELDS = "R201"
_OF_ENTRIES = (
    "R202", "R203", "R204", "R205", "R206", "R210", "R211", "R212", "R213", "R214", "R215", "R217", "R219", "R220", "R221", "R222", "R223",
    "R224", "R225", "R226", "R227",
)  # fmt: skip
_OF_FILES = "R218"
_TOLD = ("markers", "references", "process")
"""Families of which it is said what is not checked; a manuscript has neither pathway nor outcomes, and nobody asks after them."""

_MEND: Mapping[str, str] = {
    "M101": "find the entry that is meant and put it into the list, or correct the marker",
    "M102": "find the sentence that should cite it and put the marker there, or take the entry out",
    "M103": "find what was removed, and number text and list anew",
    "M104": "look whether the entries still fit these markers; then number them in the order of the text, if that is the journal's style",
    "M105": "give each entry a number of its own",
    "M114": "cite it in the text as well, where what it is cited for is said, if the journal wants it so",
    "R221": "cite the article, compare the text with it, and let all markers point there",
    "R223": "open the page, see that it still says what is cited, and give the day",
    "M107": "look at the place; if it is a citation, let it say plainly which entry it is of, as the others do",
    "R201": "look the entries up and add what is missing",
    "R202": "look the entries up and add DOI, PMID, ISBN or address",
    "R205": "look the pages up and correct them",
    "R206": "keep one of them, and let all markers point to it",
    "R210": "compare with the work itself, and correct the entry if it was miscopied",
    "R212": "read the notice, and cite what can stand in its place",
    "R219": "read the notice, and cite what can stand in its place",
    "R220": "take the entry out, or say in the text that the work was retracted",
}
"""How to mend in a manuscript what in a guideline is mended by its keys."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One file and what came of it.

    Attributes:
        file: its name.
        title: of the article; the file's name for a reference list.
        report: what was found; None if it could not be read.
        refused: why it could not.
    """

    file: str
    title: str = ""
    report: Report | None = None
    refused: tuple[Finding, ...] = ()


def judge_file(path: Path, answers: Path | None = None, names: Names | None = None, encoding: str = "") -> Judged:
    """A file read and judged, by the settings of the project that it lies in; whatever is wrong with it is told, and nothing is raised.

    Args:
        path: an article or a reference list.
        answers: folder of what registries once answered, to judge by it as well.
        names: how many authors of a work the house style asks for; None leaves it to the project's settings.
        encoding: of the text, where the file itself does not tell.

    >>> judge_file(Path("nowhere.docx")).refused[0].message
    'there is no such file'
    """
    try:
        read = of_list(path, encoding) if is_list(path) else of_article(path, encoding)
        return Judged(str(path), read.guideline.title, judge(read, find_settings(path).asking_for(names), _kept(read, answers)))
    except SourceError as error:
        return Judged(str(path), refused=error.findings)
    except Exception as error:  # one file of a folder must not cost the report on all others
        return Judged(str(path), refused=(own_fault(error, str(path)),))


def own_fault(error: Exception, file: str) -> Finding:
    """What is told where reading or judging a file fails in a way that nobody foresaw.

    >>> own_fault(KeyError("x"), "a.md").message
    "a fault in Edgewise itself: KeyError: 'x'"
    """
    what = f"a fault in Edgewise itself: {type(error).__name__}: {error}"
    return Finding(rule="own-fault", message=what[:300], file=file, repair="please report it")


def _kept(read: Manuscript, answers: Path | None) -> Mapping[str, Resolution] | None:
    if answers is None:
        return None
    from edgewise.citations.lookup.kept_answers import kept_answers

    return kept_answers(read.guideline, answers) or None


def judge(read: Manuscript, settings: AuditSettings = NO_SETTINGS, lookups: Mapping[str, Resolution] | None = None) -> Report:
    r"""What the rules find in a manuscript.

    >>> from edgewise.citations.audit.manuscripts.manuscript import of_read
    >>> from edgewise.citations.reading.article import read_article_text
    >>> text = "Care\n\nRest helps.[1] Ice helps.[1]\n\nReferences\n\n1. Lee A. Rest. J. 2001.\n2. Ray B. Ice. J. 2002.\n"
    >>> [(found.rule, found.line) for found in judge(of_read(read_article_text(text, "rest.txt", "text"))).findings if found.rule[0] == "M"]
    [('M102', 8)]
    """
    able = _able(read)
    subject = Audited(read.guideline, read, read.article, lookups=lookups, list_faults=read.faults, today=date.today().isoformat())
    whole = examine(subject, settings, [rule for rule in RULES if rule.id in able and rule.id != _OF_FIELDS])
    fields = examine(replace(subject, guideline=_divided(read)), settings, [find_rule(_OF_FIELDS)] if _OF_FIELDS in able else [])
    doubted = _doubted(read)
    cited = {*doubted, *_linked(read)}
    standing = [finding for finding in (*whole.findings, *fields.findings) if finding.rule != "M102" or finding.subject not in cited]
    order = {rule.id: place for place, rule in enumerate(RULES)}
    return Report(
        tuple(_mended(finding) for finding in sorted(standing, key=lambda one: (order[one.rule], one.line))),
        unchecked=(*_not_able(read, able, settings), *_in_doubt(read, able, doubted), *_named(read, whole.unchecked)),
        checked=tuple(rule.id for rule in RULES if rule.id in {*whole.checked, *fields.checked}),
    )


def _named(read: Manuscript, unchecked: Iterable[Unchecked]) -> Iterator[Unchecked]:
    """With the file's name where entries of it are meant."""
    yield from (one if one.why in LACKING else Unchecked(one.rules, f"{read.file}: {one.why}") for one in unchecked)


def _able(read: Manuscript) -> set[str]:
    """Rules that have what they judge by."""
    references = bool(read.guideline.references)
    able = {*_OF_ENTRIES, *([_OF_FIELDS] if _divided(read).references else [])} if references else set[str]()
    if read.article is None:
        return able | {_OF_FILES}
    if read.article.markers:
        able |= {*_OF_TEXT, *(_OF_LINKS if references else ())}
    able |= {_OF_TAGS} if _has_links(read.article) and references else set()
    able |= {"M107"} if read.article.abstentions else set()
    return able - set(_OF_NUMBERS) if read.article.style == "author-year" else able


def _has_links(article: Article) -> bool:
    """Whether the file itself says where its links lead: JATS does, and any other format where such links or keys were made."""
    return article.format == "jats" or article.style == "tagged" or bool(article.linked or article.link_faults)


def _divided(read: Manuscript) -> Guideline:
    held = read.guideline.references
    return replace(read.guideline, references={id: one for id, one in held.items() if id not in read.undivided})


def _mended(finding: Finding) -> Finding:
    return replace(finding, repair=_MEND.get(finding.rule, finding.repair))


def _doubted(read: Manuscript) -> dict[str, int]:
    """Entries that may be cited where the reader does not decide: IRI and position."""
    perhaps = {number for doubt in (read.article.abstentions if read.article else ()) for number in doubt.numbers}
    iri = read.guideline.iri
    cited = {marker.entry for marker in read.guideline.markers.values()}
    held = read.guideline.references.values()
    linked = read.article.linked if read.article else frozenset[int]()
    return {f"{iri}/{one.id}": one.position for one in held if one.position in perhaps - linked and one.id not in cited}


def _linked(read: Manuscript) -> Iterator[str]:
    """Entries that a tag somewhere in the file leads to, be it where the reader of the text does not go."""
    linked = read.article.linked if read.article else frozenset[int]()
    return (f"{read.guideline.iri}/{one.id}" for one in read.guideline.references.values() if one.position in linked)


def _in_doubt(read: Manuscript, able: Iterable[str], doubted: Mapping[str, int]) -> Iterator[Unchecked]:
    if doubted and "M102" in able:
        told = entries(doubted.values())
        yield Unchecked(("M102",), f"{read.file}: whether the text cites {told}, where the reader does not decide")
    if read.undivided:
        told = entries(read.guideline.references[id].position for id in read.undivided)
        yield Unchecked((_OF_FIELDS,), f"{read.file}: author, title and journal are not told apart in {told}")
    if crowded := [entry.number for entry in (read.article.references if read.article else ()) if entry.further]:
        yield Unchecked((_OF_FIELDS,), f"{read.file}: of the several works in {entries(crowded)}, the first alone is judged")


def _not_able(read: Manuscript, able: Iterable[str], settings: AuditSettings) -> Iterator[Unchecked]:
    left = [rule for rule in RULES if rule.id not in able and rule.family in _TOLD and settings.level(rule) != "off"]
    if read.article is None:
        yield from _told(left, {*_OF_TEXT, *_OF_LINKS}, "a reference list alone shows no markers")
    else:
        no_list, no_markers = not read.article.references, not read.article.markers
        if no_list:
            yield from _told(left, {_OF_FIELDS, *_OF_ENTRIES}, f"{read.file}: no reference list was found in it")
        if no_list or no_markers:
            why = "no numbered markers were found in it, nor any by author and year" if no_markers else "no reference list was found in it"
            yield from _told(left, {*_OF_TEXT, *_OF_LINKS}, f"{read.file}: {why}")
        elif read.article.style == "author-year":
            yield from _told(left, set(_OF_NUMBERS), f"{read.file}: it cites by author and year, and has no numbers that could be wrong")
    yield from _told(
        left,
        {_OF_TAGS},
        "only tags of JATS, fields of Word, links of web pages and PDFs and keys of Markdown tell where a link leads, and only where there "
        "is a list as well",
    )
    known = {_OF_TAGS, *_OF_TEXT, *_OF_LINKS, *_OF_ENTRIES, _OF_FIELDS, _OF_FILES}
    yield from _told(left, {rule.id for rule in left} - known, "they judge what a guideline says, and a manuscript alone is none")


def _told(left: Iterable[Rule], ids: set[str], why: str) -> Iterator[Unchecked]:
    named = tuple(rule.id for rule in left if rule.id in ids)
    if named:
        yield Unchecked(named, why)
