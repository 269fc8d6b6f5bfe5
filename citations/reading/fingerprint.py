"""What a guideline keeps of an article's sentence: not the words, but a SHA-256 by which an editor's copy can be compared.

The fingerprint covers the sentence **without** its printed citation markers: a renumbered reference list is one fault, a
reworded sentence another. Whoever cuts the article into sentences therefore takes the markers off first, with
`part_markers` where they trail the sentence; `normalize` never guesses which number at the end is a marker and which a dose.
"""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256

# Invisible characters that copying out of a browser or a PDF leaves behind.
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63\uff0d"
_SINGLE = "\u2018\u2019\u201a\u201b\u2032\u2039\u203a\u02bc`\u00b4"
_DOUBLE = "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb"
_UNIFIED = str.maketrans(
    dict.fromkeys(_INVISIBLE) | dict.fromkeys(_DASHES, "-") | dict.fromkeys(_SINGLE, "'") | dict.fromkeys(_DOUBLE, '"')
)

# A round or square bullet may touch the text; a dash or an asterisk counts as a list sign only when a space follows it.
_LIST_SIGNS = re.compile(r"^(?:[•◦▪▫‣●○■□]\s*|[-*·](?:\s+|$)|\(?\d{1,2}[.)](?:\s+|$))+")
_MARKERS = re.compile(r"\s*\[\d{1,3}(?:\s*,\s*\d{1,3})*\]|\s+\d{1,3}(?:\s*,\s*\d{1,3})*")
_MARKER_SIGNS = "0123456789,[] \t\r\n\u00a0\u2009\u202f"


def normalize(sentence: str) -> str:
    r"""Write the sentence as it is fingerprinted: in one way what typesetting writes in many.

    Unicode NFKC; quotes and dashes of one kind; leading list signs and invisible characters gone; white space folded. Case,
    figures and punctuation stay: a change of those is a change of the article. Applying it twice changes nothing more.

    >>> normalize("  •  Relief of 80–90 %\n is “usual”\u00a0here.")
    'Relief of 80-90 % is "usual" here.'
    >>> normalize("2) -5 points") == normalize("−5 points")
    True
    """
    # Before NFKC, which would split a double prime in two; and after it, because it brings forth dashes and quotes of its own.
    text = unicodedata.normalize("NFKC", sentence.translate(_UNIFIED)).translate(_UNIFIED)
    return _LIST_SIGNS.sub("", " ".join(text.split()))


def fingerprint(sentence: str) -> str:
    """Give ``sha256:`` and 64 hexadecimal digits of the normalized sentence in UTF-8; markers are for the caller to take off.

    Raises:
        ValueError: the sentence is empty once list signs and spaces are gone.

    >>> fingerprint("• Rest.") == fingerprint("Rest.")
    True
    >>> fingerprint("Rest.")
    'sha256:a75893997ee92de8195208fcbf0f28953f4da6543af09bacd8649c1a5fbb2a0b'
    """
    text = normalize(sentence)
    if not text:
        raise ValueError(f"nothing to fingerprint in {sentence!r}: give the words of a sentence or heading")
    return f"sha256:{sha256(text.encode()).hexdigest()}"


def part_markers(sentence: str) -> tuple[str, tuple[str, ...]]:
    """Part a sentence from the markers printed behind it, as ``1, 2`` or ``[1, 2]``.

    Any number that ends the sentence is taken for a marker, so a sentence without markers should not be given if it ends in
    a figure. Ranges (``1-3``) are not read: they stay in the text, and no marker comes back.

    >>> part_markers("Rest helps. 3, 4")
    ('Rest helps.', ('3', '4'))
    >>> part_markers("Belts [12]"), part_markers("Rest for 6 weeks.")
    (('Belts', ('12',)), ('Rest for 6 weeks.', ()))
    """
    whole = sentence.strip()
    text = whole.rstrip(_MARKER_SIGNS)
    tail = whole[len(text) :]
    if not text or not _MARKERS.fullmatch(tail):
        return whole, ()
    return text, tuple(re.findall(r"\d+", tail))
