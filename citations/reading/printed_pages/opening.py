"""The pages of a PDF file, or why they cannot be read and what to do instead."""

from __future__ import annotations

from edgewise.citations.reading.printed_pages.runs import LOCKED, SECONDS, TOO_LONG, Pages, read
from edgewise.graph.reading.bounded_process import Outcome, run_bounded
from edgewise.graph.reading.problems import fail, shorten
from edgewise.ontology.errors import SourceError

_MODULE = "edgewise.citations.reading.printed_pages.extracting"
_FEWEST = 100  # letters of a text that is worth reading
_UNKNOWN = 0.3  # of the letters
_ELSE = "or give the article as JATS XML, .docx, HTML, Markdown or text"


def open_pages(data: bytes, name: str) -> Pages:
    """The pages of a file, read in a process that is stopped after its time.

    Raises:
        SourceError: it is damaged, locked, too long, a picture of a text, or in letters that cannot be told.

    >>> open_pages(b"%PDF-1.7 torn", "a.pdf")
    Traceback (most recent call last):
        ...
    edgewise.ontology.errors.SourceError: a.pdf: error: the PDF is damaged, or is none; save or download it again, or give the article as JATS XML, .docx, HTML, Markdown or text [not-pdf]
    """  # noqa: E501
    if b"%PDF-" not in data[:1024]:
        raise _damaged(name)
    done = run_bounded(_MODULE, data, SECONDS)
    if done.code or done.out_of_time:
        raise _refused(done, name)
    try:
        pages = read(done.out)
    except (ValueError, TypeError, IndexError):
        raise _damaged(name) from None
    letters = sum(len(run.text) for page in pages.pages for run in page.runs)
    if letters < _FEWEST:
        what = "a picture of an article, as a scanner makes it" if pages.pictures or len(pages.pages) > 1 else "without text"
        raise fail(name, "no-text", f"the PDF is {what}", 0, f"run text recognition (OCR) over it and save it anew, {_ELSE}")
    if pages.unknown > _UNKNOWN:
        message = "the PDF does not tell which letters its shapes stand for"
        raise fail(name, "no-text", message, 0, f"run text recognition (OCR) over it, {_ELSE}")
    return pages


def _refused(done: Outcome, name: str) -> SourceError:
    if done.out_of_time:
        message = f"reading the PDF takes longer than {SECONDS:g} seconds and was stopped"
        return fail(name, "too-large", message, 0, f"give the article alone, without figures and appendices, {_ELSE}")
    if done.code == LOCKED:
        return fail(name, "locked", "the PDF is locked with a password", 0, f"save it without the password, {_ELSE}")
    if "MemoryError" in done.error:
        return fail(name, "too-large", "the PDF needs more memory than it may have", 0, f"give the article without its figures, {_ELSE}")
    if done.code == 1:  # of ours, not of the file
        told = done.error.strip().splitlines()[-1:] or ["no reason was given"]
        return fail(name, "not-pdf", f"the PDF cannot be read here: {shorten(told[0], 160)}", 0, f"please report it, {_ELSE}")
    if done.code == TOO_LONG:
        message = "the PDF has more pages, letters or links than any article"
        return fail(name, "too-large", message, 0, "give the article alone")
    return _damaged(name)


def _damaged(name: str) -> SourceError:
    return fail(name, "not-pdf", "the PDF is damaged, or is none", 0, f"save or download it again, {_ELSE}")
