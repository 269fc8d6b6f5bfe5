"""An entry taken apart as styles print it that set the year behind the authors, or the authors before a colon and the year last.

Sources: the style of the American Psychological Association (7th edition) and its kin in Springer's and Elsevier's journals ("Lee A (2001)
Rest. Bone 10:1-5"); Copernicus Publications' ("Lee, A.: Rest, Bone, 10, 1-5, 2001."). What the layout does not tell apart stays empty.
"""

from __future__ import annotations

import re

from edgewise.citations.formats.names import Name, write_names
from edgewise.citations.reading.entry_layout import Layout, layout

_YEAR = r"(?:1[5-9]|20)\d\d"
_BEHIND_AUTHORS = re.compile(
    rf"^(?P<author>[^()\d]{{2,2000}}?)[\s.,]\s?(?:\((?P<year>{_YEAR})[a-z]?\)|(?P<bare>{_YEAR})[a-z]?\.)[.,:]?\s+(?P<rest>\S.*)$"
)
_REST = re.compile(r"^(?P<words>[^\d].{4,1200}?)[.,]?\s+(?P<place>\d{1,5}[A-Z]?\s?[(:,].*)$")
_SENTENCE = re.compile(r"(?<=[.?!])\s+(?=[^\W\d_])")
_ABBREVIATED = re.compile(r"(?:[A-Z][\w&-]{0,8}\.?\s?){1,2}\.")  # "J.", "Proc.", "Natl.", "Am J.": a piece of a journal's name
_PLACE = re.compile(
    r"^(?P<volume>\d{1,5}[A-Z]?)(?:\s?\((?P<issue>[^()]{1,30})\))?\s?[:,]\s?(?:pp?\.\s?)?"
    r"(?P<pages>[A-Za-z]{0,2}\d[\w.]*(?:\s?[-–—]\s?[A-Za-z]{0,2}\d\w*)?)(?=[\s.,;]|$)"
)
_COLON = re.compile(r"^(?P<author>[^:\d]{3,2000}):\s(?P<rest>\S.*)$")
_LAST_YEAR = re.compile(rf"^{_YEAR}[a-z]?$")
_LINKS = re.compile(r"[,.;]?\s*\b(?:https?://\S+|(?:doi:?\s*)?10\.\d{4,9}/\S+)", re.IGNORECASE)
_NAME = re.compile(r"(?P<family>[^\W\d_][\w’' -]{0,60}?),?\s(?P<given>(?:[A-Z]\.?[\s-]?){1,4}\.?)(?:,?\s(?:and|&)\s|,\s|$)")
_ET_AL = re.compile(r"[,;]?\s*(?:and\s)?et\.? al\.?$")


def take_apart(raw: str) -> Layout:
    """The parts of an entry, in Vancouver style or one of those above.

    >>> found = take_apart("Loe, D. and Roe, A. B.: Rest, a title, J. Rest, 10, 1-5, 2004.")
    >>> found.author, found.title, found.container, found.year, found.volume, found.pages
    ('Loe D, Roe AB', 'Rest, a title', 'J. Rest', 2004, '10', '1-5')
    """
    text = _LINKS.sub("", raw).strip()
    return _before_colon(text) or _behind_authors(text) or layout(raw)


def _behind_authors(text: str) -> Layout | None:
    match = _BEHIND_AUTHORS.match(text)
    author = _authors(match["author"]) if match else ""
    rest = _REST.match(match["rest"]) if match else None
    place = _PLACE.match(rest["place"]) if rest else None
    title, container = _title_and_container(rest["words"]) if rest else ("", "")
    if not (match and author and place and container):
        return None
    year = int(match["year"] or match["bare"])
    told = {field: value or "" for field, value in place.groupdict().items()}
    return Layout(author, title.rstrip("."), container.rstrip(" ,."), year, **told)


def _title_and_container(text: str) -> tuple[str, str]:
    """A title's sentences, and the journal behind them, whose own stops end its abbreviations; empty where there is no telling."""
    pieces = _SENTENCE.split(text)
    cut = len(pieces) - 1
    while cut > 1 and _ABBREVIATED.fullmatch(pieces[cut - 1]):
        cut -= 1
    return (" ".join(pieces[:cut]), " ".join(pieces[cut:])) if cut > 0 else ("", "")


def _before_colon(text: str) -> Layout | None:
    match = _COLON.match(text)
    author = _authors(match["author"]) if match else ""
    pieces = [piece.strip() for piece in match["rest"].rstrip(" .").split(", ")] if match else []
    if not author or len(pieces) < 5 or not _LAST_YEAR.match(pieces[-1]) or not re.fullmatch(r"\d{1,5}[A-Z]?", pieces[-3]):
        return None
    *title, container, volume, pages, year = pieces
    return Layout(author, ", ".join(title), container, int(year[:4]), volume, "", pages)


def _authors(text: str) -> str:
    """A line of names with initials, as lists of medicine print it; empty for anything else."""
    line = _ET_AL.sub("", text.strip(" ,"))
    more = ", et al." if line != text.strip(" ,") else ""
    found = list(_NAME.finditer(line))
    if not found or "".join(name[0] for name in found) != line:
        return ""
    return write_names(Name(name["family"], _initials(name["given"])) for name in found) + more


def _initials(given: str) -> str:
    return " ".join(f"{letter}." for letter in re.findall(r"[A-Z]", given))
